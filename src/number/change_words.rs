//! Words of change, a row each: which way something went, by how many times, and how sharply.
//!
//! They are read only where a change is what is claimed: "26 fell ill" counts 26 people, and "up to 17" is a bound. A
//! word that has other meanings counts only beside a size, and a few are no direction before or after certain words.
//! As with every word, only the hard reach of a row can make an error.

use super::Rational;
use super::table::Reach;

/// Which way a change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// More than before.
    Up,
    /// Less than before.
    Down,
    /// Much as before.
    Level,
}

/// Words of a direction.
pub(super) struct DirectionRow {
    /// The name of the row: what a workspace adds words under.
    pub name: &'static str,
    pub direction: Direction,
    /// Words that hardly mean anything else.
    pub clear: &'static [&'static str],
    /// Words that mean it beside a size only: "8% up", "a gain of 8%", "76 fewer".
    pub beside: &'static [&'static str],
}

/// The rows of directions. The words of what stays as it was are in [`LEVELS`].
pub(super) static DIRECTIONS: [DirectionRow; 2] = [
    DirectionRow {
        name: "rise",
        direction: Direction::Up,
        clear: &[
            "rose",
            "rise",
            "rises",
            "risen",
            "rising",
            "grew",
            "grow",
            "grows",
            "grown",
            "growing",
            "growth",
            "climb",
            "climbs",
            "climbed",
            "climbing",
            "increase",
            "increases",
            "increased",
            "increasing",
            "jump",
            "jumps",
            "jumped",
            "jumping",
            "surge",
            "surges",
            "surged",
            "surging",
            "soar",
            "soars",
            "soared",
            "soaring",
            "leapt",
            "leaped",
            "leaping",
            "spiked",
            "spiking",
            "swelled",
            "swollen",
            "swelling",
            "expanded",
            "expanding",
            "expansion",
            "rocketed",
            "rocketing",
            "skyrocket",
            "skyrocketed",
            "skyrocketing",
            "ballooned",
            "ballooning",
            "uptick",
            "upturn",
            "gained",
            "gaining",
            "rallied",
            "multiplied",
            "widened",
            "widening",
            "heightened",
            "raised",
            "raising",
            "lengthened",
        ],
        beside: &[
            "up",
            "more",
            "higher",
            "greater",
            "larger",
            "bigger",
            "upward",
            "upwards",
            "gain",
            "gains",
            "leap",
            "leaps",
            "spike",
            "spikes",
            "swell",
            "swells",
            "expand",
            "expands",
            "advance",
            "advances",
            "advanced",
            "advancing",
            "rocket",
            "rockets",
            "balloon",
            "balloons",
            "rally",
            "rallies",
            "rallying",
            "raise",
            "raises",
            "lift",
            "lifts",
            "lifted",
            "lifting",
            "boost",
            "boosts",
            "boosted",
            "boosting",
            "hike",
            "hikes",
            "hiked",
            "hiking",
            "add",
            "adds",
            "added",
            "adding",
            "mount",
            "mounts",
            "mounted",
            "mounting",
            "widen",
            "widens",
            "longer",
            "taller",
            "heavier",
            "dearer",
            "upswing",
            "increment",
        ],
    },
    DirectionRow {
        name: "fall",
        direction: Direction::Down,
        clear: &[
            "fell",
            "falls",
            "fallen",
            "falling",
            "drop",
            "drops",
            "dropped",
            "dropping",
            "decline",
            "declines",
            "declined",
            "declining",
            "decrease",
            "decreases",
            "decreased",
            "decreasing",
            "slump",
            "slumps",
            "slumped",
            "slumping",
            "shrink",
            "shrinks",
            "shrank",
            "shrunk",
            "shrinking",
            "shrinkage",
            "plunge",
            "plunges",
            "plunged",
            "plunging",
            "plummet",
            "plummets",
            "plummeted",
            "plummeting",
            "tumble",
            "tumbles",
            "tumbled",
            "tumbling",
            "slid",
            "sliding",
            "slipped",
            "slipping",
            "sank",
            "sunk",
            "sinking",
            "dipped",
            "dipping",
            "dwindle",
            "dwindles",
            "dwindled",
            "dwindling",
            "nosedive",
            "nosedived",
            "downturn",
            "contracted",
            "contracting",
            "contraction",
            "reduce",
            "reduces",
            "reduced",
            "reducing",
            "reduction",
            "narrowed",
            "narrowing",
            "lowered",
            "lowering",
            "slashed",
            "receded",
            "receding",
            "subsided",
            "ebbed",
            "shed",
            "diminished",
            "lessened",
            "shortened",
        ],
        beside: &[
            "fall",
            "down",
            "fewer",
            "less",
            "lower",
            "smaller",
            "downward",
            "downwards",
            "lose",
            "loses",
            "lost",
            "losing",
            "loss",
            "losses",
            "slide",
            "slides",
            "slip",
            "slips",
            "sink",
            "sinks",
            "dip",
            "dips",
            "dive",
            "dives",
            "dived",
            "dove",
            "diving",
            "crash",
            "crashes",
            "crashed",
            "crashing",
            "collapse",
            "collapses",
            "collapsed",
            "collapsing",
            "contract",
            "contracts",
            "cut",
            "cuts",
            "cutting",
            "lowers",
            "sheds",
            "shedding",
            "ease",
            "eases",
            "eased",
            "easing",
            "recede",
            "recedes",
            "retreat",
            "retreats",
            "retreated",
            "retreating",
            "trim",
            "trims",
            "trimmed",
            "trimming",
            "slash",
            "slashes",
            "slashing",
            "narrow",
            "narrows",
            "reductions",
            "shorter",
            "lighter",
            "cheaper",
            "backslide",
            "pared",
        ],
    },
];

/// Words that say that something stays as it was, with how far it may still have moved, in per cent.
pub(super) struct LevelRow {
    pub name: &'static str,
    pub hard: Rational,
    pub soft: Rational,
    pub words: &'static [&'static [&'static str]],
}

/// The rows of what stays as it was.
pub(super) static LEVELS: [LevelRow; 2] = [
    LevelRow {
        name: "unchanged",
        hard: Rational::whole(5),
        soft: Rational::whole(1),
        words: &[
            &["unchanged"],
            &["no", "change"],
            &["without", "change"],
            &["not", "change"],
            &["not", "changed"],
            &["the", "same", "as"],
            &["remained", "the", "same"],
            &["stayed", "the", "same"],
        ],
    },
    LevelRow {
        name: "flat",
        hard: Rational::whole(10),
        soft: Rational::whole(2),
        words: &[
            &["flat"],
            &["stable"],
            &["steady"],
            &["static"],
            &["stagnant"],
            &["stagnated"],
            &["almost", "unchanged"],
            &["nearly", "unchanged"],
            &["virtually", "unchanged"],
            &["broadly", "unchanged"],
            &["largely", "unchanged"],
            &["roughly", "unchanged"],
            &["little", "changed"],
            &["little", "change"],
            &["hardly", "changed"],
            &["barely", "changed"],
            &["scarcely", "changed"],
            &["much", "the", "same"],
            &["about", "the", "same"],
            &["roughly", "the", "same"],
        ],
    },
];

/// Words that say how many times as much, or how many times less, something became.
pub(super) struct SizeRow {
    /// How many times, upwards or downwards.
    pub times: i64,
    pub direction: Direction,
    pub words: &'static [&'static [&'static str]],
}

/// The name that all rows of sizes share: what a workspace overrides them under.
pub(super) const MULTIPLE: &str = "multiple";

/// A multiple that its word names alone is likely within this part of it; what a multiple with a word beside it
/// reaches is the matter of that word.
pub(super) const MULTIPLE_SOFT: Reach = Reach::Percent(Rational::whole(10));

/// The rows of sizes.
pub(super) static SIZES: [SizeRow; 5] = [
    SizeRow {
        times: 2,
        direction: Direction::Up,
        words: &[
            &["doubled"],
            &["doubling"],
            &["doubles"],
            &["double"],
            &["twofold"],
            &["twice", "as", "many"],
            &["twice", "as", "much"],
            &["twice", "as", "high"],
            &["twice", "as", "large"],
            &["twice", "as", "big"],
            &["twice", "as", "great"],
            &["twice", "the"],
            &["twice", "its"],
            &["twice", "their"],
            &["twice", "that"],
            &["twice", "what"],
        ],
    },
    SizeRow {
        times: 3,
        direction: Direction::Up,
        words: &[
            &["tripled"],
            &["tripling"],
            &["triples"],
            &["triple"],
            &["trebled"],
            &["trebling"],
            &["trebles"],
            &["treble"],
            &["threefold"],
        ],
    },
    SizeRow {
        times: 4,
        direction: Direction::Up,
        words: &[&["quadrupled"], &["quadrupling"], &["quadruples"], &["quadruple"], &["fourfold"]],
    },
    SizeRow {
        times: 5,
        direction: Direction::Up,
        words: &[&["quintupled"], &["quintupling"], &["quintuples"], &["quintuple"], &["fivefold"]],
    },
    SizeRow {
        times: 2,
        direction: Direction::Down,
        words: &[
            &["halved"],
            &["halving"],
            &["halves"],
            &["halve"],
            &["cut", "in", "half"],
            &["cuts", "in", "half"],
            &["cutting", "in", "half"],
            &["slashed", "in", "half"],
            &["half", "as", "many"],
            &["half", "as", "much"],
            &["half", "as", "high"],
            &["half", "as", "large"],
            &["half", "as", "big"],
        ],
    },
];

/// Further multiples as one word, which go up unless a direction beside them says otherwise.
pub(super) const FOLDS: [(&str, i64); 10] = [
    ("sixfold", 6),
    ("sevenfold", 7),
    ("eightfold", 8),
    ("ninefold", 9),
    ("tenfold", 10),
    ("twelvefold", 12),
    ("fifteenfold", 15),
    ("twentyfold", 20),
    ("hundredfold", 100),
    ("thousandfold", 1_000),
];

/// Multiples whose words say nothing of the direction where one stands beside them: "a threefold drop".
pub(super) const TURNED: [&str; 4] = ["twofold", "threefold", "fourfold", "fivefold"];

/// What comes after "three times" where it compares: the words, the direction, and whether "three times more" may mean
/// four times as much.
pub(super) const TIMES: [(&[&str], Direction, bool); 21] = [
    (&["as", "many"], Direction::Up, false),
    (&["as", "much"], Direction::Up, false),
    (&["as", "high"], Direction::Up, false),
    (&["as", "large"], Direction::Up, false),
    (&["as", "big"], Direction::Up, false),
    (&["as", "great"], Direction::Up, false),
    (&["the"], Direction::Up, false),
    (&["its"], Direction::Up, false),
    (&["their"], Direction::Up, false),
    (&["that"], Direction::Up, false),
    (&["what"], Direction::Up, false),
    (&["last"], Direction::Up, false),
    (&["more"], Direction::Up, true),
    (&["higher"], Direction::Up, true),
    (&["greater"], Direction::Up, true),
    (&["larger"], Direction::Up, true),
    (&["bigger"], Direction::Up, true),
    (&["fewer"], Direction::Down, true),
    (&["less"], Direction::Down, true),
    (&["lower"], Direction::Down, true),
    (&["smaller"], Direction::Down, true),
];

/// Words of how sharp a change is. They bound its size, in per cent, in the soft reading alone.
pub(super) struct DegreeRow {
    pub name: &'static str,
    /// The size that it likely has at least (or at most).
    pub size: Rational,
    pub at_least: bool,
    pub words: &'static [&'static str],
}

/// The rows of degrees.
pub(super) static DEGREES: [DegreeRow; 2] = [
    DegreeRow {
        name: "sharp",
        size: Rational::whole(25),
        at_least: true,
        words: &[
            "sharp",
            "sharply",
            "steep",
            "steeply",
            "drastic",
            "drastically",
            "dramatic",
            "dramatically",
            "precipitous",
            "precipitously",
        ],
    },
    DegreeRow {
        name: "slight",
        size: Rational::whole(5),
        at_least: false,
        words: &["slight", "slightly", "marginal", "marginally", "fractionally"],
    },
];

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
