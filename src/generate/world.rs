//! What happened in one group: the true events that figures are drawn from.

use super::random::Random;

/// The regions of a group, in the order of their figures.
pub(super) const REGIONS: [&str; 3] = ["North", "South", "West"];
/// The first year of every data set.
const FIRST_YEAR: usize = 2015;
/// How many cases a region has in a month, at most, by group.
const SCALES: [u64; 5] = [30, 300, 3_000, 300_000, 3_000_000];
/// The fewest cases of a region in a month. With less than two, one case too many could be more than its whole.
const FEWEST: u64 = 2;
/// The last day of a month that anything happens on: every month has it.
const LAST_DAY: usize = 28;

/// A day, by the number of its month and its day in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    pub month: usize,
    pub day: usize,
}

impl Date {
    pub(super) fn text(self) -> String {
        format!("{}-{:02}", month_text(self.month), self.day)
    }
}

/// A month by its number, the first of all being 0.
pub(super) fn month_text(month: usize) -> String {
    format!("{}-{:02}", FIRST_YEAR.saturating_add(month / 12), (month % 12).saturating_add(1))
}

/// The quarter that begins with this month.
pub(super) fn quarter_text(first: usize) -> String {
    format!("Q{} {}", (first % 12 / 3).saturating_add(1), FIRST_YEAR.saturating_add(first / 12))
}

/// A month of a group.
#[derive(Clone, Debug)]
pub(super) struct Month {
    /// The cases of each region.
    pub regions: [u64; REGIONS.len()],
    /// All cases of the month.
    pub whole: u64,
    /// All cases up to its end.
    pub through: u64,
    /// The first and the last day of a campaign. It begins on the second of the month or later.
    pub start: Date,
    pub end: Date,
    /// How many people were asked about it, and how many were in favour.
    pub asked: u64,
    pub in_favour: u64,
}

/// All months of a group, in which no region has `most` cases more than the fewest. From the same stream come the same
/// months, with smaller figures if that is less.
pub(super) fn months(random: &mut Random, count: usize, most: u64) -> Vec<Month> {
    let scale = SCALES.get(random.place(SCALES.len())).copied().unwrap_or(FEWEST).min(most);
    let mut through = 0_u64;
    let mut months = Vec::with_capacity(count);
    for month in 0..count {
        let regions = [(); REGIONS.len()].map(|()| random.below(scale).saturating_add(FEWEST));
        let whole = regions.iter().sum();
        through = through.saturating_add(whole);
        let start = Date { month, day: random.between(2, LAST_DAY) };
        let end = if random.happens(1, 2) {
            Date { month, day: random.between(start.day, LAST_DAY) }
        } else {
            Date { month: month.saturating_add(1), day: random.between(1, LAST_DAY) }
        };
        let asked = random.below(34).saturating_add(7);
        let in_favour = random.below(asked.saturating_add(1));
        months.push(Month { regions, whole, through, start, end, asked, in_favour });
    }
    months
}
