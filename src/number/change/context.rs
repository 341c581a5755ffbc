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

/// Words before "up" that make it another verb: "gave up 3%".
pub(super) const GIVING: [&str; 5] = ["give", "gives", "gave", "given", "giving"];

/// Words after a size that begin to tell of another change: "3.2% after a fall of 4% in 2024".
pub(super) const BESIDE_ANOTHER: [&str; 8] =
    ["after", "following", "despite", "against", "from", "reversing", "since", "offsetting"];

/// How far from such a word the direction of the other change may stand.
pub(super) const ANOTHER_REACH: usize = 4;

/// How far before "by 8%" the verb may stand that it is the size of: "cut the risk of relapse by 8%".
pub(super) const BEFORE_BY: usize = 10;

/// Words between a direction and its size: "fell by 8%", "a fall of a further 8%". Adverbs in "-ly" may stand there too.
pub(super) const BETWEEN: [&str; 29] = [
    "by",
    "of",
    "a",
    "an",
    "the",
    "another",
    "further",
    "some",
    ",",
    "as",
    "much",
    "again",
    "(",
    "only",
    "just",
    "yet",
    "still",
    "off",
    "back",
    "away",
    "record",
    "full",
    "whopping",
    "staggering",
    "mere",
    "modest",
    "total",
    "sharp",
    "steep",
];

/// Words after a verb of direction that belong to it where its size follows: "dropped off by 8%", "fell short by 8%".
pub(super) const PARTICLES: [&str; 4] = ["off", "short", "behind", "back"];

/// Words that begin where something came to after a verb of direction: "fell below 8%".
pub(super) const BOUNDS: [&str; 5] = ["below", "under", "beneath", "above", "past"];

/// Verbs between which and a percentage the thing may stand that they change: "cut emissions 23%".
pub(super) const TAKES_AN_OBJECT: [&str; 32] = [
    "cut",
    "cuts",
    "cutting",
    "slash",
    "slashes",
    "slashed",
    "slashing",
    "trim",
    "trims",
    "trimmed",
    "trimming",
    "reduce",
    "reduces",
    "reduced",
    "reducing",
    "lower",
    "lowers",
    "lowered",
    "lowering",
    "raise",
    "raises",
    "raised",
    "raising",
    "boost",
    "boosts",
    "boosted",
    "boosting",
    "hike",
    "hiked",
    "increase",
    "increased",
    "increasing",
];

/// That thing has no more words than this.
pub(super) const OBJECT_AT_MOST: usize = 3;

/// Words that part such a verb from a percentage, besides those that part a size from a direction after it.
pub(super) const WITHIN_NO_OBJECT: [&str; 22] = [
    "among", "between", "within", "per", "under", "above", "below", "across", "about", "around", "until", "up", "down",
    "out", "off", "into", "through", "against", "towards", "via", "left", "now",
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
pub(super) const REVERSALS: [&str; 17] = [
    "no", "nor", "neither", "nothing", "none", "nobody", "hardly", "barely", "scarcely", "fail", "fails", "failed",
    "denied", "denies", "deny", "instead", "negative",
];

/// Words after a count that say how many more or fewer there were: "26 fewer", "26 down on last year".
pub(super) const FEWER: [&str; 12] =
    ["fewer", "less", "more", "up", "down", "lower", "higher", "above", "below", "behind", "short", "under"];

/// Words after a measure that compare it with another one: "two inches taller". After a count they tell who is counted.
pub(super) const COMPARING: [&str; 26] = [
    "taller", "longer", "heavier", "shorter", "lighter", "cheaper", "dearer", "stronger", "weaker", "wider", "deeper",
    "older", "younger", "colder", "warmer", "hotter", "cooler", "bigger", "larger", "smaller", "greater", "richer",
    "poorer", "thicker", "thinner", "narrower",
];

/// Words beside a figure that make it less than nothing, though nothing changed: "a deficit of €3m".
pub(super) const BELOW_ZERO: [&str; 6] = ["loss", "losses", "deficit", "deficits", "shortfall", "shortfalls"];

/// A phrase beside a figure that says the same.
pub(super) const IN_THE_RED: [&str; 3] = ["in", "the", "red"];

/// Words of what was given up, which is as often counted as it is a change: "cut 1,200 jobs", "lost 12 seats".
pub(super) const LOSING: [&str; 24] = [
    "lose",
    "loses",
    "losing",
    "lost",
    "loss",
    "losses",
    "cut",
    "cuts",
    "cutting",
    "shed",
    "sheds",
    "shedding",
    "slash",
    "slashes",
    "slashed",
    "slashing",
    "trim",
    "trims",
    "trimmed",
    "trimming",
    "pared",
    "reduce",
    "reduced",
    "reduction",
];

/// A loss or a deficit stands no further than this from its figure: "the loss before tax narrowed to €3m".
pub(super) const BELOW_ZERO_REACH: usize = 6;

/// Words across which no loss reaches a figure.
pub(super) const ABOVE_ZERO: [&str; 4] = ["profit", "profits", "surplus", "surpluses"];

/// Words between a fall and the figure that it is: "the fall was 8%", "the fall in arrests was 8%".
pub(super) const LINKING: [&str; 6] = ["was", "were", "is", "are", "of", "by"];

/// Words after a verb of loss that show that a figure before it counts who lost something: "26 people lost their homes".
pub(super) const OBJECTS: [&str; 18] = [
    "their",
    "his",
    "her",
    "its",
    "our",
    "my",
    "the",
    "a",
    "an",
    "all",
    "everything",
    "power",
    "electricity",
    "contact",
    "consciousness",
    "access",
    "sight",
    "weight",
];

/// Words that end a clause, so that a percentage after them is not by how much something fell before them.
pub(super) const CLAUSE: [&str; 27] = [
    "and", "but", "or", "while", "when", "after", "before", "as", "that", "which", "who", "was", "were", "is", "are",
    "has", "have", "had", "to", "at", "from", "than", "since", "with", "where", "makes", "make",
];
