//! The words that all shapes have in common.

use super::scene::{Region, Time};
use super::world::{REGIONS, month_text, quarter_text};

/// The measure that everything is about.
pub(super) const CASES: &str = "cases";

/// A time, as claim files and tables write it.
pub(super) fn when(time: Time) -> String {
    match time {
        Time::Month(month) => month_text(month),
        Time::Quarter(first) => quarter_text(first),
        Time::Through(month) => format!("through {}", month_text(month)),
        Time::Within(month) => format!("through {}-XX", month_text(month)),
    }
}

/// The member of a region, if it is said.
pub(super) fn region(region: Region) -> Option<&'static str> {
    match region {
        Region::All => Some("*"),
        Region::Unsaid => None,
        Region::One(region) => REGIONS.get(region).copied(),
    }
}

/// The decimals of what is rounded to a power of ten: two less than none for hundreds.
pub(super) fn below_the_point(power: u32) -> i32 {
    i32::try_from(power).map_or(0, i32::saturating_neg)
}
