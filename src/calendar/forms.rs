//! The forms in which people write a stretch of time. Each form reads one kind of phrase from a place on; the longest
//! that fits is what is meant.

use super::reader::Known;
use super::{counted, fiscal, loose, named, parts, relative};

/// Every form, with how it reads in a sentence.
#[rustfmt::skip]
pub(super) const FORMS: &[Known] = &[
    Known { form: named::in_digits, why: "a date in digits is EDTF (ISO 8601-2): X is any digit that makes a real date, `?` and `~` widen what they qualify by its own precision, `%` by twice that" },
    Known { form: relative::day_word, why: "today, yesterday and tomorrow are counted from the dateline; \"today\" is known up to now" },
    Known { form: named::weekday, why: "a weekday alone is the latest one that is not after the dateline; \"last\", \"this\" and \"next\" leave open which of two it is" },
    Known { form: named::some_weekday, why: "one of several weekdays stays a set of days" },
    Known { form: named::nth_weekday, why: "weekdays of a stretch are counted from its first day, or back from its last" },
    Known { form: named::day_and_month, why: "a date without a year is the latest one that is not after the dateline" },
    Known { form: named::month_and_day, why: "a date without a year is the latest one that is not after the dateline" },
    Known { form: named::month, why: "a month without a year is the latest one that begins no later than the dateline" },
    Known { form: named::feast, why: "a feast falls on its day of every year; without one it is the latest that is not after the dateline" },
    Known { form: named::holiday, why: "a holiday of several days has no exact bounds: hard, it is some days about it; soft, its usual ones" },
    Known { form: named::nth_day, why: "a day without a month is the latest one that is not after the dateline" },
    Known { form: named::year, why: "a year is from 1 January to 31 December" },
    Known { form: named::decade, why: "the 1990s are 1990 to 1999; round hundreds may be ten years or a hundred" },
    Known { form: named::century, why: "a century ends with its hundredth year; many count it from the round year to the one before the next" },
    Known { form: parts::quarter, why: "quarters are those of the calendar year, or of the fiscal year where that is named" },
    Known { form: parts::half, why: "halves are those of the calendar year, or of the fiscal year where that is named" },
    Known { form: parts::season, why: "seasons are three whole months, and half a year apart north and south of the equator; winter is named for the year in which it begins" },
    Known { form: parts::months_from_january, why: "so many months are counted from January" },
    Known { form: fiscal::year, why: "a fiscal year is twelve months; `fiscal-year-starts` says in which month it begins, and without it every month may be meant" },
    Known { form: relative::unit, why: "units of the calendar are counted from the one that holds the dateline; what is under way is known up to now" },
    Known { form: counted::past_units, why: "\"the past\" so many units may be counted from the hour, the day or the beginning of a unit, and ends now" },
    Known { form: relative::to_date, why: "words without a date end at the article's now, a moment within the dateline's day" },
    Known { form: counted::units_to, why: "so many units are counted back from where they end" },
    Known { form: counted::first_units, why: "so many units are counted from the beginning or back from the end" },
    Known { form: counted::days_within, why: "so many days in a row may lie anywhere in it" },
    Known { form: counted::ago, why: "\"ago\" counts back from the dateline and may be out by a unit" },
    Known { form: relative::week_of, why: "a week is known by a day that it holds, begins or ends with, or by its ISO number" },
    Known { form: loose::some_day, why: "an unknown day may be any day of it" },
    Known { form: loose::part, why: "early, mid and late leave the bounds open: hard, it is anywhere in it; soft, in its first, second or last third (1st to 10th, 11th to 20th, 21st to the end of a month)" },
    Known { form: loose::edge, why: "the start or the end of a stretch is its first or last moment" },
    Known { form: loose::about, why: "\"around\" widens a date by as much as it is precise to; soft, it is what it says" },
];
