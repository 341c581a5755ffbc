//! Words around a word of change that decide whether it is one, and what it is the size of.

/// Words after which "fall" is autumn or a name: "in fall", "last fall", "in the fall".
pub(super) const BEFORE_SEASON: [&str; 18] = [
    "in", "last", "this", "next", "each", "every", "during", "since", "until", "before", "after", "early", "late",
    "mid", "previous", "coming", "autumn", "for",
];

/// Words after which "fall" is what something did or had, whatever comes next.
pub(super) const BEFORE_FALL: [&str; 22] = [
    "a", "its", "their", "biggest", "largest", "steepest", "sharpest", "annual", "monthly", "weekly", "further", "to",
    "will", "would", "could", "may", "might", "can", "should", "did", "does", "overall",
];

/// Words before which a verb of direction means something else: "26 fell ill", "fell short", "dropped out".
pub(super) const NO_DIRECTION_BEFORE: [&str; 22] = [
    "ill",
    "sick",
    "asleep",
    "victim",
    "foul",
    "silent",
    "apart",
    "prey",
    "short",
    "behind",
    "out",
    "off",
    "over",
    "overboard",
    "within",
    "outside",
    "under",
    "arms",
    "charges",
    "dead",
    "unconscious",
    "pregnant",
];

/// Words after "up" or "down" that make it a direction without a size: "up from 93", "down on last year".
pub(super) const AFTER_UP: [&str; 6] = ["from", "by", "on", "versus", "against", "compared"];

/// Words before "up" or "down" that make it a direction without a size: "went down".
pub(super) const BEFORE_UP: [&str; 16] = [
    "went", "go", "goes", "gone", "going", "sharply", "slightly", "moved", "crept", "edged", "inched", "ticked",
    "nudged", "came", "drifted", "pushed",
];

/// How far before "by 8%" the verb may stand that it is the size of: "cut the risk of relapse by 8%".
pub(super) const BEFORE_BY: usize = 10;

/// Words between a direction and its size: "fell by 8%", "a fall of a further 8%". Adverbs in "-ly" may stand there too.
pub(super) const BETWEEN: [&str; 17] = [
    "by", "of", "a", "an", "the", "another", "further", "some", ",", "as", "much", "again", "(", "only", "just", "yet",
    "still",
];

/// Words that part a size from a direction after it: "8% in the fall", "8% and then fell".
pub(super) const PARTING: [&str; 43] = [
    "in", "on", "of", "to", "at", "by", "and", "but", "or", "from", "after", "before", "as", "with", "without",
    "while", "when", "where", "is", "was", "are", "were", "be", "been", "has", "have", "had", "that", "which", "who",
    "than", "then", "since", "for", "because", "despite", "though", "although", "over", "during", "said", "says",
    "the",
];

/// Words before a percentage that make it where something came to or from, and not by how much it changed.
pub(super) const BEFORE_LEVEL: [&str; 14] = [
    "to", "from", "at", "reach", "reached", "reaches", "reaching", "hit", "hits", "hitting", "touched", "totalled",
    "totaled", "until",
];

/// Further words that turn a direction around, or take it back: "hardly rose", "failed to fall", "no rise".
pub(super) const REVERSALS: [&str; 16] = [
    "no", "nor", "neither", "nothing", "none", "nobody", "hardly", "barely", "scarcely", "fail", "fails", "failed",
    "denied", "denies", "deny", "instead",
];

/// Words before a figure that make it less than nothing, though nothing changed: "a deficit of €3m".
pub(super) const BELOW_ZERO: [&str; 4] = ["loss", "losses", "deficit", "shortfall"];
