//! Every approximator, a row each: its name, the words that say it, and how far it lets the true value lie.
//!
//! A row has a hard and a soft reach. Only the hard one can make an error, so it is as wide as the words can be meant:
//! how far "about" goes varies much between readers, so any number of the same sign may be meant. A workspace may
//! override the reach of a row, and add words to it, under the row's name.

use super::Rational;
use super::table::Reach;

/// What a word before or after a number makes of it: the row that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Approximation {
    /// As the number alone.
    Plain,
    /// The number and nothing else.
    Exactly,
    /// Somewhere about it.
    About,
    /// On either side of it.
    CloseTo,
    /// Under it, though not by much.
    Nearly,
    /// Over it.
    MoreThan,
    /// It or over it, though likely not by much.
    Plus,
    /// Over it, though not by much.
    JustOver,
    /// It or more.
    AtLeast,
    /// Under it.
    FewerThan,
    /// It or less.
    AtMost,
    /// It or less, but the speaker may take that back.
    UpTo,
    /// It or more, but the speaker may take that back.
    DownTo,
    /// Anything: the number is named only to deny it.
    Denied,
}

/// On which side of the number the true value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// As the number is read by itself.
    Alone,
    /// Nowhere but at the number.
    Point,
    /// On either side; at least half the last place that is not nought if that is said.
    Both { half_place: bool },
    /// Below it, the number itself included if closed. Of a negative number some rows may mean its size.
    Below { closed: bool, of_size: bool },
    /// Above it, likewise.
    Above { closed: bool, of_size: bool },
}

/// A row of the table.
pub(super) struct Row {
    /// Its name: what a workspace overrides it under.
    pub name: &'static str,
    pub meaning: Approximation,
    pub side: Side,
    pub hard: Reach,
    pub soft: Reach,
    /// Words before a number.
    pub before: &'static [&'static [&'static str]],
    /// Words after a number. A leading `-` or `+` must touch it.
    pub after: &'static [&'static [&'static str]],
}

const fn percent(percent: i64) -> Reach {
    Reach::Percent(Rational::whole(percent))
}

/// The rows, in the order of the documentation.
pub(super) static ROWS: [Row; 14] = [
    Row {
        name: "about",
        meaning: Approximation::About,
        side: Side::Both { half_place: true },
        hard: Reach::Any,
        soft: percent(10),
        before: &[
            &["about"],
            &["around"],
            &["roughly"],
            &["approximately"],
            &["approx", "."],
            &["approx"],
            &["some"],
            &["an", "estimated"],
            &["estimated"],
            &["est", "."],
            &["circa"],
            &["ca", "."],
            &["c", "."],
            &["something", "like"],
            &["in", "the", "region", "of"],
            &["in", "the", "order", "of"],
            &["of", "the", "order", "of"],
            &["on", "the", "order", "of"],
            &["little", "more", "than"],
            &["little", "over"],
            &["barely"],
            &["hardly"],
            &["more", "or", "less"],
            &["~"],
            &["≈"],
        ],
        after: &[
            &["or", "so"],
            &["or", "thereabouts"],
            &["more", "or", "less"],
            &[",", "more", "or", "less"],
            &["-", "odd"],
            &["-", "ish"],
            &["ish"],
        ],
    },
    Row {
        name: "close-to",
        meaning: Approximation::CloseTo,
        side: Side::Both { half_place: false },
        hard: Reach::Any,
        soft: percent(10),
        before: &[&["close", "to"], &["close", "on"], &["near"], &["near", "to"], &["not", "far", "off"]],
        after: &[],
    },
    Row {
        name: "nearly",
        meaning: Approximation::Nearly,
        side: Side::Below { closed: false, of_size: true },
        hard: Reach::Any,
        soft: percent(15),
        before: &[
            &["nearly"],
            &["almost"],
            &["just", "under"],
            &["just", "below"],
            &["just", "short", "of"],
            &["just", "shy", "of"],
            &["just", "less", "than"],
            &["a", "little", "under"],
            &["a", "little", "less", "than"],
            &["a", "shade", "under"],
            &["slightly", "under"],
            &["slightly", "below"],
            &["slightly", "less", "than"],
            &["slightly", "fewer", "than"],
            &["not", "quite"],
            &["nigh", "on"],
            &["getting", "on", "for"],
            &["the", "best", "part", "of"],
            &["virtually"],
            &["approaching"],
            &["pushing"],
            &["nudging"],
            &["knocking", "on"],
            &["within", "a", "whisker", "of"],
        ],
        after: &[],
    },
    Row {
        name: "just-over",
        meaning: Approximation::JustOver,
        side: Side::Above { closed: false, of_size: true },
        hard: Reach::Any,
        soft: percent(15),
        before: &[
            &["just", "over"],
            &["just", "above"],
            &["just", "more", "than"],
            &["a", "little", "over"],
            &["a", "little", "more", "than"],
            &["a", "shade", "over"],
            &["slightly", "over"],
            &["slightly", "above"],
            &["slightly", "more", "than"],
        ],
        after: &[],
    },
    Row {
        name: "more-than",
        meaning: Approximation::MoreThan,
        side: Side::Above { closed: false, of_size: false },
        hard: Reach::Any,
        soft: Reach::NextRounder,
        before: &[
            &["more", "than"],
            &["greater", "than"],
            &["larger", "than"],
            &["bigger", "than"],
            &["higher", "than"],
            &["well", "over"],
            &["well", "above"],
            &["far", "more", "than"],
            &["over"],
            &["above"],
            &["in", "excess", "of"],
            &["upward", "of"],
            &["upwards", "of"],
            &["exceed"],
            &["exceeds"],
            &["exceeded"],
            &["exceeding"],
            &["surpass"],
            &["surpasses"],
            &["surpassed"],
            &["surpassing"],
            &["topped"],
            &["beyond"],
            &["past"],
            &["well", "past"],
            &["north", "of"],
            &[">"],
        ],
        after: &[],
    },
    Row {
        name: "plus",
        meaning: Approximation::Plus,
        side: Side::Above { closed: true, of_size: false },
        hard: Reach::Any,
        soft: Reach::NextRounder,
        before: &[],
        after: &[&["-", "plus"], &["+"]],
    },
    Row {
        name: "at-least",
        meaning: Approximation::AtLeast,
        side: Side::Above { closed: true, of_size: false },
        hard: Reach::Any,
        soft: Reach::Any,
        before: &[
            &["at", "least"],
            &["at", "the", "least"],
            &["at", "the", "very", "least"],
            &["at", "a", "minimum"],
            &["no", "fewer", "than"],
            &["not", "fewer", "than"],
            &["no", "less", "than"],
            &["not", "less", "than"],
            &["a", "minimum", "of"],
            &["minimum", "of"],
            &["greater", "or", "equal", "to"],
            &["greater", "or", "equal", "than"],
            &["greater", "than", "or", "equal", "to"],
            &["equal", "to", "or", "greater", "than"],
            &["more", "or", "equal", "to"],
            &["more", "or", "equal", "than"],
            &["more", "than", "or", "equal", "to"],
            &["equal", "to", "or", "more", "than"],
            &["larger", "or", "equal", "to"],
            &["larger", "or", "equal", "than"],
            &["larger", "than", "or", "equal", "to"],
            &["equal", "to", "or", "larger", "than"],
            &["bigger", "or", "equal", "to"],
            &["bigger", "or", "equal", "than"],
            &["bigger", "than", "or", "equal", "to"],
            &["equal", "to", "or", "bigger", "than"],
            &["higher", "or", "equal", "to"],
            &["higher", "or", "equal", "than"],
            &["higher", "than", "or", "equal", "to"],
            &["equal", "to", "or", "higher", "than"],
            &["at", "least", "or", "equal", "to"],
            &["≥"],
            &[">", "="],
            &["=", ">"],
        ],
        after: &[
            &["or", "more"],
            &["or", "over"],
            &["or", "above"],
            &["or", "higher"],
            &["or", "greater"],
            &["or", "older"],
            &["or", "better"],
            &["and", "more"],
            &["and", "over"],
            &["and", "above"],
            &["and", "older"],
            &["and", "up"],
            &["and", "counting"],
            &["and", "rising"],
            &["at", "least"],
            &["at", "the", "least"],
            &["minimum"],
        ],
    },
    Row {
        name: "fewer-than",
        meaning: Approximation::FewerThan,
        side: Side::Below { closed: false, of_size: false },
        hard: Reach::Any,
        soft: Reach::Any,
        before: &[
            &["fewer", "than"],
            &["less", "than"],
            &["lower", "than"],
            &["smaller", "than"],
            &["far", "fewer", "than"],
            &["far", "less", "than"],
            &["well", "under"],
            &["well", "below"],
            &["under"],
            &["below"],
            &["well", "short", "of"],
            &["south", "of"],
            &["sub", "-"],
            &["<"],
        ],
        after: &[],
    },
    Row {
        name: "at-most",
        meaning: Approximation::AtMost,
        side: Side::Below { closed: true, of_size: false },
        hard: Reach::Any,
        soft: Reach::Any,
        before: &[
            &["at", "most"],
            &["at", "the", "most"],
            &["no", "more", "than"],
            &["not", "more", "than"],
            &["no", "greater", "than"],
            &["no", "higher", "than"],
            &["no", "larger", "than"],
            &["not", "exceeding"],
            &["a", "maximum", "of"],
            &["maximum", "of"],
            &["less", "or", "equal", "to"],
            &["less", "or", "equal", "than"],
            &["less", "than", "or", "equal", "to"],
            &["equal", "to", "or", "less", "than"],
            &["fewer", "or", "equal", "to"],
            &["fewer", "or", "equal", "than"],
            &["fewer", "than", "or", "equal", "to"],
            &["equal", "to", "or", "fewer", "than"],
            &["lower", "or", "equal", "to"],
            &["lower", "or", "equal", "than"],
            &["lower", "than", "or", "equal", "to"],
            &["equal", "to", "or", "lower", "than"],
            &["smaller", "or", "equal", "to"],
            &["smaller", "or", "equal", "than"],
            &["smaller", "than", "or", "equal", "to"],
            &["equal", "to", "or", "smaller", "than"],
            &["at", "most", "or", "equal", "to"],
            &["up", "to", "and", "including"],
            &["at", "the", "very", "most"],
            &["≤"],
            &["<", "="],
            &["=", "<"],
        ],
        after: &[
            &["or", "fewer"],
            &["or", "less"],
            &["or", "lower"],
            &["or", "under"],
            &["or", "younger"],
            &["and", "under"],
            &["and", "younger"],
            &["at", "most"],
            &["at", "the", "most"],
            &["tops"],
            &["maximum"],
        ],
    },
    Row {
        name: "up-to",
        meaning: Approximation::UpTo,
        side: Side::Below { closed: true, of_size: false },
        hard: Reach::Cancelled,
        soft: Reach::Any,
        before: &[
            &["up", "to"],
            &["as", "many", "as"],
            &["as", "much", "as"],
            &["as", "high", "as"],
            &["as", "large", "as"],
        ],
        after: &[],
    },
    Row {
        name: "down-to",
        meaning: Approximation::DownTo,
        side: Side::Above { closed: true, of_size: false },
        hard: Reach::Cancelled,
        soft: Reach::Any,
        before: &[&["as", "few", "as"], &["as", "little", "as"], &["as", "low", "as"], &["as", "small", "as"]],
        after: &[],
    },
    Row {
        name: "denied",
        meaning: Approximation::Denied,
        side: Side::Both { half_place: false },
        hard: Reach::Cancelled,
        soft: Reach::Cancelled,
        before: &[&["anything", "but"], &["nowhere", "near"]],
        after: &[],
    },
    Row {
        name: "exactly",
        meaning: Approximation::Exactly,
        side: Side::Point,
        hard: Reach::Any,
        soft: Reach::Any,
        before: &[&["exactly"], &["precisely"], &["an", "exact"]],
        after: &[&["exactly"], &["precisely"], &["or", "equal"], &["or", "equal", "to"], &["or", "equal", "to", "it"]],
    },
    Row {
        name: "just",
        meaning: Approximation::Plain,
        side: Side::Alone,
        hard: Reach::Any,
        soft: Reach::Any,
        before: &[
            &["just"],
            &["only"],
            &["a", "mere"],
            &["a", "total", "of"],
            &["a", "record"],
            &["equal", "to"],
            &["equals"],
            &["equals", "to"],
            &["equaling", "to"],
        ],
        after: &[&["-", "strong"]],
    },
];

/// Words that are approximators only after one of some others: "the count went past 155", but "the past 155 days" and
/// "ten past eight".
pub(super) const ONLY_AFTER: [(&str, &[&str]); 1] = [(
    "past",
    &[
        "went", "go", "goes", "gone", "going", "rose", "risen", "rises", "rising", "climbed", "climbs", "climbing",
        "pushed", "pushes", "pushing", "moved", "moves", "moving", "ticked", "crept", "edged", "inched", "surged",
        "soared", "raced", "sailed", "swept", "shot", "jumped", "grew", "grown", "swelled", "roared", "blew",
        "marched", "powered", "taken", "took", "now", "already", "far",
    ],
)];

/// Words that turn what comes after them into its opposite: "does not exceed 26", "never more than 26".
pub(super) const DENIALS: [&str; 4] = ["not", "never", "cannot", "without"];

impl Approximation {
    /// What is said of a number if this is denied.
    pub(super) fn denied(self) -> Self {
        match self {
            Self::MoreThan => Self::AtMost,
            Self::FewerThan => Self::AtLeast,
            Self::AtLeast | Self::Plus => Self::FewerThan,
            Self::AtMost => Self::MoreThan,
            // "Not just 26": 26 they were, and others besides.
            Self::Plain => Self::Plain,
            _ => Self::Denied,
        }
    }

    /// Its row.
    pub(super) fn row(self) -> &'static Row {
        static FIRST: &Row = &ROWS[0];
        ROWS.iter().find(|row| row.meaning == self).unwrap_or(FIRST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_meaning_has_one_row_and_every_wording_one_meaning() {
        let names: BTreeSet<&str> = ROWS.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), ROWS.len());
        for row in &ROWS {
            assert_eq!(row.meaning.row().name, row.name);
        }
        for side in [|row: &Row| row.before, |row: &Row| row.after] {
            let words: Vec<_> = ROWS.iter().flat_map(|row| side(row).iter()).collect();
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        }
    }
}
