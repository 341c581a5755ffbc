//! The words by which a finder tells figures, dates and other numbers apart. Data only.

/// Months, whole and cut short, in the order of the year.
#[rustfmt::skip]
pub(super) const MONTHS: &[&[&str]] = &[
    &["January", "Jan"], &["February", "Feb"], &["March", "Mar"], &["April", "Apr"], &["May"], &["June", "Jun"],
    &["July", "Jul"], &["August", "Aug"], &["September", "Sept", "Sep"], &["October", "Oct"], &["November", "Nov"], &["December", "Dec"],];

/// Words before "May" and "March" that make them months.
#[rustfmt::skip]
pub(super) const BEFORE_A_MONTH: &[&str] = &[
    "in", "since", "by", "until", "till", "of", "from", "to", "between", "during", "and", "or", "early", "mid", "late", "last", "this", "next", "through",
    "for", "before", "after", "than", "throughout", "on", "around", "about", "but", "every", "-",];

/// Words that name a row and its member, before a number: "Article 8", "Route 9".
#[rustfmt::skip]
pub(super) const LABELS: &[&str] = &[
    "article", "articles", "section", "sections", "chapter", "paragraph", "paragraphs", "clause", "page", "pages", "room", "rooms", "flight", "platform", "route", "highway",
    "junction", "terminal", "gate", "table", "figure", "fig", "appendix", "annex", "exhibit", "note", "footnote", "part", "volume", "schedule", "rule", "regulation", "channel",
    "episode", "line", "lot", "step", "zone", "stage", "court", "courtroom", "model", "boeing", "airbus", "apollo", "formula", "phase", "group", "grade", "level",
    "tier", "ward", "district", "unit", "bus", "count", "lane", "type",
    "ftse", "cac", "nikkei", "stoxx", "dow", "nasdaq", "fortune", "russell", "dax", "ibex", "topix", "asx", "mib", "falcon", "artemis", "voyager", "soyuz", "sentinel", "starship", "row", "cell", "studio", "catch", "ps", "playstation", "xbox", "galaxy",
];

/// Those of them that name one only with a capital, or begin other phrases.
#[rustfmt::skip]
pub(super) const CAPITAL_LABELS: &[&str] = &[
    "part", "note", "court", "model", "phase", "group", "level", "tier", "ward", "district", "unit", "count", "lane", "type", "line", "lot", "rule", "schedule", "boeing",
    "airbus", "apollo", "formula",
    "fortune", "falcon", "sentinel", "russell", "row", "cell", "catch", "galaxy", "voyager", "studio", "dow",
];

/// Programs, whose numbers are versions.
#[rustfmt::skip]
pub(super) const PROGRAMS: &[&str] = &[
    "version", "versions", "python", "windows", "ios", "android", "linux", "ubuntu", "java", "release", "build", "macos", "firmware", "v",];

/// Words of sport and votes around a score.
#[rustfmt::skip]
pub(super) const BEFORE_SCORE: &[&str] = &[
    "beat", "beaten", "defeat", "defeated", "defeating", "draw", "drew", "drawn", "lead", "led", "leads", "lose", "lost", "score", "victory", "vote", "voted", "win", "winning", "won",
    "wins", "ended", "finished", "ruled", "beating", "losing", "scoreline", "result", "level", "set", "drubbing", "split", "margin", "thrashed", "trailed", "trailing", "ahead", "down",
    "made", "passed", "approved", "rejected", "upheld", "sided", "tied", "equalised", "dismissed", "backed", "through", "advanced", "deciding", "divided", "verdict", "unanimous", "tiebreak", "tie-break", "aggregate", "sets", "went",
];

/// Words after a score.
#[rustfmt::skip]
pub(super) const AFTER_SCORE: &[&str] = &[
    "win", "victory", "defeat", "draw", "lead", "loss", "vote", "majority", "decision", "ruling", "thrashing", "aggregate", "stalemate", "home", "away", "scoreline",
    "triumph", "verdict",];

/// The last word of a street's name.
#[rustfmt::skip]
pub(super) const STREETS: &[&str] = &[
    "Street", "Road", "Lane", "Avenue", "Square", "Drive", "Close", "Place", "Terrace", "Way", "Court", "Gardens", "Boulevard", "Crescent", "Row", "Hill", "Quay", "Park",];

/// Words before the digits of a telephone.
pub(super) const CALLING: &[&str] =
    &["call", "dial", "phone", "ring", "on", "tel", "telephone", "text", "fax", "hotline"];

/// Races over so many metres, which are names after "the".
pub(super) const RACES: &[&str] = &[
    "50", "60", "80", "100", "110", "200", "300", "400", "800", "1500", "1,500", "3000", "3,000", "5,000", "10,000",
    "1,000",
];

/// What is swum or run over a distance.
#[rustfmt::skip]
pub(super) const STROKES: &[&str] = &[
    "butterfly", "freestyle", "backstroke", "breaststroke", "medley", "hurdles", "relay", "sprint", "final", "steeplechase", "race", "heats", "semi-final", "title",];

/// Number words that count nothing here, the longer first.
#[rustfmt::skip]
pub(super) const IDIOMS: &[&[&str]] = &[
    &["two", "wrongs", "don't", "make", "a", "right"], &["two", "wrongs", "do", "not", "make", "a", "right"], &["a", "game", "of", "two", "halves"], &["the", "half", "of", "it"], &["at", "one", "and", "the", "same", "time"],
    &["one", "and", "the", "same"], &["second", "to", "none"], &["at", "first", "light"], &["on", "second", "glance"], &["at", "first", "glance"], &["at", "first", "sight"], &["on", "second", "thoughts"],
    &["second", "thoughts"], &["second", "thought"], &["second", "nature"], &["second", "wind"], &["second", "-", "hand"], &["second", "-", "guess"], &["first", "of", "all"], &["first", "and", "foremost"],
    &["at", "first", "hand"], &["at", "first"], &["in", "the", "first", "place"], &["first", "-", "hand"], &["one", "by", "one"], &["two", "by", "two"], &["one", "-", "off"], &["one", "-", "offs"], &["one", "-", "sided"],
    &["one", "-", "way"], &["one", "-", "time"], &["one", "-", "on", "-", "one"], &["at", "one", "point"], &["at", "one", "stage"], &["at", "one", "time"], &["as", "one"], &["one", "another"], &["one", "thing"], &["one", "day"],
    &["no", "two"], &["one", "or", "two", "things"], &["square", "one"], &["back", "to", "square", "one"], &["number", "one"], &["one", "-", "liner"], &["for", "one", "thing"], &["on", "the", "one", "hand"], &["on", "one", "hand"],
    &["one", "way", "or", "another"], &["one", "way", "or", "the", "other"], &["in", "one", "go"], &["in", "two", "minds"], &["two", "-", "way"], &["two", "-", "faced"], &["two", "-", "edged"], &["three", "-", "dimensional"], &["four", "-", "letter"],
    &["on", "all", "fours"], &["at", "sixes", "and", "sevens"], &["twenty", "-", "four", "seven"], &["a", "million", "miles", "away"], &["one", "in", "a", "million"], &["thanks", "a", "million"], &["ten", "a", "penny"], &["nine", "times", "out", "of", "ten"],
    &["third", "-", "party"],
    &["sixth", "sense"], &["at", "the", "eleventh", "hour"], &["eleventh", "-", "hour"], &["cloud", "nine"], &["zero", "tolerance"], &["zero", "-", "sum"], &["fifty", "-", "fifty"], &["50", "-", "50"], &["two", "and", "two"],
    &["third", "time", "lucky"], &["one", "at", "a", "time"], &["one", "step", "at", "a", "time"], &["worth", "a", "thousand", "words"], &["nine", "lives"], &["seventh", "heaven"], &["two", "-", "horse"], &["three", "-", "horse"], &["one", "-", "horse"],
    &["five", "-", "a", "-", "side"], &["one", "and", "only"], &["one", "too", "many"], &["in", "one", "piece"], &["first", "aid"], &["second", "fiddle"], &["six", "of", "one"], &["at", "one", "with"], &["two", "birds", "with", "one", "stone"],
    &["two", "sides", "of", "the", "same", "coin"], &["one", "step", "ahead"], &["day", "one"], &["nine", "-", "to", "-", "five"], &["nine", "to", "five"], &["split", "in", "two"], &["in", "two"], &["in", "half"], &["half", "the", "battle"],
    &["half", "-", "hearted"], &["half", "-", "time"], &["one", "fell", "swoop"], &["second", "best"], &["second", "chance"], &["first", "class"], &["four", "-", "by", "-", "four"], &["two", "left", "feet"], &["one", "eye", "on"], &["two", "a", "penny"],
    &["one", "step", "back"], &["two", "steps", "forward"], &["a", "split", "second"], &["wait", "a", "second"], &["first", "come"], &["first", "things", "first"], &["in", "the", "second", "place"], &["two", "and", "a", "half", "men"], &["one", "after", "another"],
    &["one", "after", "the", "other"], &["all", "in", "one"], &["second", "home"], &["second", "look"], &["second", "opinion"], &["third", "world"], &["third", "degree"], &["of", "one", "mind"], &["with", "one", "voice"], &["one", "way"], &["as", "one", "man"], &["the", "one", "that", "got", "away"],
    &["two", "'", "s", "company"], &["at", "one", "end"], &["hang", "ten"], &["two", "cents"], &["two", "-", "tier"], &["two", "-", "bit"], &["ten", "out", "of", "ten"], &["three", "cheers"], &["one", "size", "fits", "all"], &["one", "-", "size", "-", "fits", "-", "all"], &["one", "-", "man"], &["one", "-", "woman"],
    &["second", "only", "to"], &["fourth", "estate"], &["fifth", "column"], &["four", "corners"], &["seven", "seas"], &["eight", "ball"], &["high", "five"], &["take", "five"], &["million", "-", "dollar", "question"], &["first", "past", "the", "post"],
    &["one", "-", "stop"], &["one", "-", "track"], &["two", "for", "the", "price", "of", "one"], &["three", "-", "legged"], &["six", "-", "pack"], &["a", "hundred", "and", "one"], &["zero", "hour"], &["one", "foot", "in"], &["one", "and", "all"], &["two", "of", "a", "kind"],
    &["one", "-", "day", "international"], &["in", "a", "second"], &["one", "in", "particular"], &["ground", "zero"], &["net", "zero"], &["net", "-", "zero"], &["from", "scratch"], &["first", "light"], &["second", "hand"], &["third", "force"], &["three", "strikes"], &["two", "thumbs", "up"],
];

/// Words after a place in a row that belong to it: "first-time", "first half".
pub(super) const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "hundredth",
    "thousandth",
    "1000th",
];

/// Words that tell of a game, in which halves and quarters are parts of it.
#[rustfmt::skip]
pub(super) const OF_A_GAME: &[&str] = &[
    "goal", "goals", "goalless", "scoreless", "match", "hosts", "visitors", "penalty", "keeper", "striker", "scored", "score", "equaliser", "kick-off", "try", "tries", "touchdown",
    "touchdowns", "fans", "coach", "referee", "side", "minutes", "teams",];

/// Words after which a date lies ahead.
#[rustfmt::skip]
pub(super) const AHEAD: &[&str] = &[
    "will", "won't", "shall", "may", "might", "could", "would", "can", "due", "expected", "expects", "expect", "plans", "planned", "scheduled", "going", "starts", "begins", "opens", "closes",
    "resumes", "ends", "runs", "takes", "meets", "goes", "wants", "hopes", "aims", "until", "should", "must", "intends", "faces", "forecast", "upcoming", "deadline",];

/// Verbs of the past that do not end in "-ed".
#[rustfmt::skip]
pub(super) const PAST: &[&str] = &[
    "was", "were", "had", "did", "said", "told", "took", "fell", "rose", "won", "lost", "met", "went", "broke", "sold", "held", "left", "began", "came", "gave", "made", "put", "cut", "hit", "ran", "saw",
    "sent", "set", "shot", "sank", "spoke", "spent", "stood", "struck", "led", "kept", "grew", "got", "flew", "fought", "found", "drew", "drove", "died", "caught", "bought", "brought", "built", "beat", "became",
    "ended", "wrote", "threw", "stole", "slid", "shut", "paid", "read", "rang", "has", "have", "been",];

/// Words before a number of units, or before "year", that make it the stretch up to now or from now on.
pub(super) const UP_TO_NOW: &[&str] = &["past", "last", "previous", "preceding", "recent"];
pub(super) const FROM_NOW: &[&str] = &["next", "coming", "following"];

/// Parts of a day after a date.
pub(super) const PARTS_OF_A_DAY: &[&str] =
    &["morning", "afternoon", "evening", "night", "lunchtime", "midnight", "noon", "overnight"];

/// Nouns after a bare year that it dates and does not count.
#[rustfmt::skip]
pub(super) const DATED_NOUNS: &[&str] = &["accounts", "budgets", "data", "elections", "estimates", "figures", "forecasts", "games", "levels", "losses", "numbers", "olympics", "plans", "polls", "prices", "profits", "results", "revenues", "rules", "sales", "series", "standards", "targets", "totals", "is", "was", "has", "as", "his", "its", "this", "us", "across", "always", "does", "finals", "riots", "floods", "protests"];

/// Words after a bare year-like number that make it a count.
#[rustfmt::skip]
pub(super) const COUNTED_NOUNS: &[&str] = &[
    "people", "men", "women", "children", "troops", "staff", "police", "cattle", "sheep", "fish", "aircraft", "million", "billion", "thousand", "trillion", "hundred", "bn", "m", "km", "kg", "per", "percent",];

/// Verbs of change, before what changed by so much.
#[rustfmt::skip]
pub(super) const MOVING: &[&str] = &[
    "rose", "risen", "rise", "rises", "rising", "fell", "fallen", "fall", "falls", "falling", "grew", "grown", "grow", "grows", "growing", "dropped", "drop", "drops", "dropping", "declined", "decline", "declines", "increased", "increase", "increases",
    "decreased", "decrease", "climbed", "climb", "climbs", "jumped", "jump", "jumps", "surged", "surge", "slipped", "slip", "slid", "dipped", "dip", "soared", "plunged", "plunge", "tumbled", "shrank", "shrunk", "shrink", "narrowed", "widened", "cut",
    "cuts", "reduced", "reduce", "raised", "raise", "lowered", "lower", "lifted", "expanded", "up", "down", "went", "gone", "moved", "swung", "changed", "slowed", "eased", "improved", "gained", "gain", "gains", "lost", "lose", "loses",
    "added", "missed", "beat", "beating", "trimmed", "edged", "sank", "shed", "cooled", "warmed", "warming", "off", "advanced", "retreated", "rebounded", "recovered", "strengthened", "weakened", "exceeded", "overshot", "won",];

/// Comparatives after a difference.
#[rustfmt::skip]
pub(super) const COMPARED: &[&str] = &[
    "more", "fewer", "less", "higher", "lower", "above", "below", "behind", "ahead", "faster", "slower", "further", "farther", "longer", "shorter", "larger", "bigger", "smaller", "better", "worse", "warmer", "colder", "cooler", "hotter", "older", "younger", "taller", "heavier",
    "lighter", "deeper", "wider", "cheaper", "dearer", "later", "earlier", "outside", "inside", "short", "shy", "clear", "rise", "fall", "increase", "decrease", "drop", "cut", "gain", "greater",];

/// Verbs of saying.
#[rustfmt::skip]
pub(super) const SAYING: &[&str] = &[
    "said", "says", "say", "told", "tells", "tell", "reported", "reports", "report", "put", "puts", "added", "adds", "announced", "announces", "estimated", "estimates", "estimate", "claimed", "claims", "claim", "confirmed", "confirms",
    "warned", "warns", "stated", "states", "found", "finds", "showed", "shows", "noted", "notes", "argued", "argues", "insisted", "insists", "believes", "believe", "reckons", "forecasts", "predicted", "predicts", "calculated", "calculates", "revealed",];

/// Small words that are no noun.
#[rustfmt::skip]
pub(super) const SMALL: &[&str] = &["a", "an", "the", "and", "or", "but", "nor", "of", "in", "on", "at", "to", "by", "for", "from", "with", "as", "than", "that", "which", "who", "whom", "whose", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "will", "would", "can", "could", "may", "might", "must", "shall", "should", "not", "no", "it", "its", "they", "them", "their", "he", "she", "his", "her", "we", "our", "you", "your", "this", "these", "those", "there", "here", "when", "while", "where", "if", "because", "so", "since", "until", "after", "before", "during", "over", "under", "against", "between", "into", "out", "off", "up", "down", "about", "around", "per", "each", "every", "all", "both", "some", "any", "more", "less", "fewer", "most", "least", "only", "just", "still", "now", "then", "also", "too", "ago", "said", "says", "say", "took", "went", "held", "fell", "rose", "left", "yet"];
