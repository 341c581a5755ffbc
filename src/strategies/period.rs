//! Times as people write them.

use super::Reported;
use crate::calendar::{Day, DaySpan, Moment, When};
use proptest::prelude::*;
use proptest::sample::select;

/// How many days before the dateline a time begins, at most.
const LONG_AGO: i64 = 1_500;
/// How many days a time from one day to another has, at most.
const LONGEST: i64 = 400;

/// The days that a time is made of.
#[derive(Clone, Copy, Debug)]
struct Days {
    first: Day,
    last: Day,
    dateline: Day,
}

/// How a time is written, each with the time that it then is.
const FORMS: [fn(Days) -> (String, When); 21] = [
    |it| (it.last.to_string(), days(it.last, it.last)),
    |it| (it.last.said(), days(it.last, it.last)),
    |it| (month_of(it.last), months(it.last, 1)),
    |it| (month_in_words(it.last), months(it.last, 1)),
    |it| {
        let (year, quarter) = part_of_year(it.last, 3);
        (format!("Q{quarter} {year}"), months(first_of_part(it.last, 3), 3))
    },
    |it| {
        let (year, quarter) = part_of_year(it.last, 3);
        (format!("{year}-Q{quarter}"), months(first_of_part(it.last, 3), 3))
    },
    |it| {
        let (year, half) = part_of_year(it.last, 6);
        (format!("H{half} {year}"), months(first_of_part(it.last, 6), 6))
    },
    |it| (format!("{:04}", it.last.year()), months(first_of_part(it.last, 12), 12)),
    |it| (format!("{}/{}", it.first, it.last), days(it.first, it.last)),
    |it| (format!("from {} to {}", it.first.said(), it.last.said()), days(it.first, it.last)),
    |it| ("yesterday".to_owned(), days(earlier(it.dateline, 1), earlier(it.dateline, 1))),
    |it| ("last month".to_owned(), months(months_later(it.dateline, -1), 1)),
    |it| ("last year".to_owned(), months(first_of_part(months_later(it.dateline, -12), 12), 12)),
    |it| ("so far this month".to_owned(), days(first_of_part(it.dateline, 1), it.dateline)),
    |it| ("so far this year".to_owned(), days(first_of_part(it.dateline, 12), it.dateline)),
    |it| (format!("through {}", it.last), total(None, it.last)),
    |it| (format!("through {}", month_of(it.last)), total(None, of_months(it.last, 1).latest)),
    |it| (format!("since {}, through {}", it.first, it.last), total(Some(it.first), it.last)),
    |it| (format!("by some day of {}", month_in_words(it.last)), total(None, it.last)),
    |it| (format!("through {}-XX", month_of(it.last)), total(None, it.last)),
    |it| ("to date".to_owned(), total(None, it.dateline)),
];

/// The time of a figure, in EDTF or in words that are read against a dateline: days, months, quarters, halves, years, from
/// one day to another, and running totals: `2025-11`, `Q3 2025`, `so far this month`, `through 2025-11-30`, `by some day of
/// November 2025`. [`read_when`](crate::calendar::read_when) reads it in one way only, whatever the conventions, and the
/// truth, a time of which both ends are known, is one that it may be.
///
/// It shrinks to days, and to those near the dateline.
///
/// ```
/// use addup::calendar::{Context, Conventions, Day, read_when};
/// use proptest::prelude::*;
/// const DATELINE: Day = Day(20_443); // 2025-12-21
/// proptest! {
/// # #![proptest_config(ProptestConfig::with_cases(20))]
///     fn words_admit_the_time_that_they_were_written_of(said in addup::strategies::period(DATELINE)) {
///         let context = Context { dateline: Some(DATELINE), conventions: Conventions::default() };
///         let when = read_when(&said.text, &context).unwrap();
///         prop_assert!(when.settled().unwrap().admits(said.truth));
///     }
/// }
/// # words_admit_the_time_that_they_were_written_of();
/// ```
pub fn period(dateline: Day) -> impl Strategy<Value = Reported<When>> {
    (select(FORMS.to_vec()), 0..LONG_AGO, 0..LONGEST).prop_map(move |(form, back, length)| {
        let last = earlier(dateline, back);
        let (text, truth) = form(Days { first: earlier(last, length), last, dateline });
        Reported { text, truth }
    })
}

fn earlier(day: Day, days: i64) -> Day {
    day.plus_days(days.saturating_neg()).unwrap_or(day)
}

fn months_later(day: Day, months: i64) -> Day {
    day.plus_months(months).unwrap_or(day)
}

/// The first day of the part of its year that a day lies in, where all parts have so many months.
fn first_of_part(day: Day, months: u8) -> Day {
    let (year, month, _) = day.ymd();
    let before = month.saturating_sub(1).checked_rem(months).unwrap_or(0);
    Day::from_ymd(year, month.saturating_sub(before), 1).unwrap_or(day)
}

/// The year of a day, and which part of it, from 1, where all parts have so many months.
fn part_of_year(day: Day, months: u8) -> (i32, u8) {
    let (year, month, _) = day.ymd();
    (year, month.saturating_sub(1).checked_div(months).unwrap_or(0).saturating_add(1))
}

/// So many whole months, from the one of this day on.
fn of_months(day: Day, count: u8) -> DaySpan {
    let (year, month, _) = day.ymd();
    DaySpan::months(year, month, count).unwrap_or(DaySpan::day(day))
}

fn months(day: Day, count: u8) -> When {
    When::days(of_months(day, count))
}

fn days(earliest: Day, latest: Day) -> When {
    When::days(DaySpan { earliest, latest })
}

/// A running total to the end of a day, from the start of another or from an origin that is not said.
fn total(since: Option<Day>, last: Day) -> When {
    When::Through { since: since.map(|day| Moment::fixed(day.start())), end: Moment::fixed(last.end()) }
}

/// `2025-11`
fn month_of(day: Day) -> String {
    let text = day.to_string();
    text.rsplit_once('-').map_or(text.clone(), |(month, _)| month.to_owned())
}

/// `November 2025`
fn month_in_words(day: Day) -> String {
    let text = day.said();
    text.split_once(' ').map_or(text.clone(), |(_, month)| month.to_owned())
}
