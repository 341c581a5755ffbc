//! Words that show that digits in running text are no figure: dates, years, times, codes, scores.

/// Months, whole and cut short. "May" and "March" are months only with a capital, and so is every other.
const MONTHS: [&str; 28] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
    "JANUARY",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];

/// Whether a word names a month.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// Words before a bare four-digit number that make it a year.
pub(super) const BEFORE_YEAR: [&str; 37] = [
    "in",
    "since",
    "of",
    "by",
    "until",
    "till",
    "from",
    "after",
    "before",
    "during",
    "through",
    "throughout",
    "early",
    "late",
    "mid",
    "year",
    "years",
    "fiscal",
    "season",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "quarter",
    "half",
    "christmas",
    "easter",
    "the",
    "its",
    "their",
    "his",
    "her",
    "our",
    "this",
    "that",
    "copyright",
];

/// Nouns after a bare four-digit number that show that it is a year all the same.
pub(super) const AFTER_YEAR: [&str; 24] = [
    "accounts",
    "budgets",
    "data",
    "elections",
    "estimates",
    "figures",
    "forecasts",
    "games",
    "levels",
    "losses",
    "numbers",
    "olympics",
    "plans",
    "polls",
    "prices",
    "profits",
    "results",
    "revenues",
    "rules",
    "sales",
    "series",
    "standards",
    "targets",
    "totals",
];

/// Plurals without an s, which a number may count.
pub(super) const PLURALS: [&str; 14] = [
    "aircraft",
    "cattle",
    "children",
    "deer",
    "fish",
    "men",
    "people",
    "personnel",
    "police",
    "sheep",
    "staff",
    "teeth",
    "troops",
    "women",
];

/// Words that end in s and count nothing.
pub(super) const NO_PLURALS: [&str; 18] = [
    "across", "always", "as", "does", "has", "his", "is", "its", "less", "plus", "perhaps", "sees", "shows", "this",
    "thus", "towards", "us", "was",
];

/// Words before a number that make it a name: a chapter, a road, a type of aircraft.
pub(super) const LABELS: [&str; 44] = [
    "appendix",
    "article",
    "articles",
    "chapter",
    "chapters",
    "clause",
    "figure",
    "fig",
    "flight",
    "footnote",
    "highway",
    "line",
    "lines",
    "model",
    "page",
    "pages",
    "paragraph",
    "part",
    "pp",
    "resolution",
    "room",
    "route",
    "section",
    "sections",
    "step",
    "table",
    "terminal",
    "version",
    "vol",
    "volume",
    "zone",
    "boeing",
    "airbus",
    "windows",
    "formula",
    "channel",
    "episode",
    "gate",
    "protocol",
    "annex",
    "exhibit",
    "lot",
    "platform",
    "issue",
];

/// The same, but only with a capital: "Day 3", "Phase 2", "No. 5".
pub(super) const CAPITAL_LABELS: [&str; 14] = [
    "Area", "Building", "Class", "Day", "Division", "Group", "Level", "No", "Number", "Phase", "Stage", "Tier", "Type",
    "Week",
];

/// Words after a number that make it a time of day.
pub(super) const CLOCK_WORDS: [&str; 16] = [
    "am",
    "pm",
    "o'clock",
    "o’clock",
    "gmt",
    "utc",
    "bst",
    "cet",
    "cest",
    "est",
    "edt",
    "kst",
    "jst",
    "pst",
    "pdt",
    "hrs",
];

/// Verbs and nouns of sport and votes, before a score such as "2-1".
pub(super) const BEFORE_SCORE: [&str; 18] = [
    "beat", "beaten", "defeat", "defeated", "draw", "drew", "lead", "led", "lose", "lost", "score", "victory", "vote",
    "voted", "win", "winning", "won", "ratio",
];

/// Words that stand between what changes and "from a to b".
pub(super) const CHANGES: [&str; 84] = [
    "rose",
    "risen",
    "rise",
    "rises",
    "rising",
    "fell",
    "fallen",
    "fall",
    "falls",
    "falling",
    "grew",
    "grown",
    "grow",
    "growing",
    "growth",
    "dropped",
    "drop",
    "drops",
    "dropping",
    "declined",
    "decline",
    "declining",
    "increased",
    "increase",
    "increases",
    "increasing",
    "decreased",
    "decrease",
    "climbed",
    "climb",
    "climbing",
    "jumped",
    "jump",
    "surged",
    "surge",
    "slipped",
    "slid",
    "dipped",
    "dip",
    "soared",
    "plunged",
    "plunge",
    "tumbled",
    "shrank",
    "shrunk",
    "narrowed",
    "widened",
    "cut",
    "cuts",
    "cutting",
    "reduced",
    "reduction",
    "raised",
    "raise",
    "lowered",
    "lifted",
    "expanded",
    "up",
    "down",
    "went",
    "gone",
    "go",
    "going",
    "moved",
    "swung",
    "changed",
    "change",
    "slowed",
    "eased",
    "improved",
    "doubled",
    "revised",
    "gained",
    "gain",
    "lost",
    "lose",
    "added",
    "adds",
    "adding",
    "took",
    "taking",
    "brings",
    "bringing",
    "brought",
];

/// Words before a number of days, months or years that make it a period and not a figure.
pub(super) const BEFORE_PERIOD: [&str; 10] =
    ["past", "last", "next", "previous", "coming", "following", "preceding", "recent", "first", "final"];

/// Words after a number of days, months or years that make it a distance in time.
pub(super) const AFTER_PERIOD: [&str; 10] =
    ["ago", "later", "earlier", "before", "after", "since", "beforehand", "afterwards", "previously", "on"];

/// Words before "half" that make it a share, whatever comes after: "more than half people came".
pub(super) const BEFORE_HALF: [&str; 12] =
    ["than", "about", "around", "nearly", "almost", "over", "under", "roughly", "exactly", "least", "most", "to"];

/// Words before "one" that make it a pronoun.
pub(super) const BEFORE_ONE: [&str; 18] = [
    "no", "any", "every", "each", "this", "that", "which", "the", "another", "as", "some", "a", "only", "big", "first",
    "last", "new", "square",
];

/// Words after "one" that make it a pronoun or an idiom.
pub(super) const AFTER_ONE: [&str; 52] = [
    "of", "another", "is", "has", "had", "who", "whom", "whose", "that", "which", "can", "cannot", "could", "will",
    "would", "should", "may", "might", "must", "day", "and", "or", "but", "in", "by", "to", "at", "on", "for", "from",
    "with", "as", "if", "when", "where", "does", "did", "do", "knows", "thinks", "thing", "way", "hand", "side",
    "else", "than", "being", "needs", "wants", "sees", "time", "reason",
];

/// What a number may be joined to by a hyphen and still count: "a 26-member team".
pub(super) const COMPOUNDS: [&str; 25] = [
    "bed", "country", "foot", "ish", "man", "member", "nation", "page", "party", "person", "piece", "room", "run",
    "seat", "seater", "storey", "story", "strong", "odd", "plus", "team", "vehicle", "vote", "woman", "word",
];
