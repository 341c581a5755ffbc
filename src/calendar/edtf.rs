//! Dates in digits: EDTF (ISO 8601-2, levels 0 to 2), with ISO weeks, quarters and halves beside it.
//!
//! A date is read as a span of days. `X` runs over all values that make a real date; `?`, `~` and `%` widen the hard
//! span by the precision of what they qualify, `%` by twice that. Intervals are taken apart before they come here.

use super::convention::{Alternatives, Choice, Context, Hemisphere, Reading};
use super::date::{Day, DaySpan};
use super::error::DateError;
use super::stretch::Stretch;

/// Whether it is written as `2025-12-18`, be there such a day or not.
pub(super) fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Whether it is written as a date in digits, be it a real one or not: a year of four places with something after it
/// that only dates have, or a long year.
pub(super) fn has_the_shape(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !matches!(c, '?' | '~' | '%')).collect();
    let unsigned = bare.strip_prefix('-').unwrap_or(&bare);
    if let Some(long) = unsigned.strip_prefix(['Y', 'y']) {
        return long.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'E' | b'S'))
            && long.len() > 1;
    }
    let Some((year, rest)) = unsigned.split_at_checked(4) else { return false };
    let places = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X' || byte == b'x');
    if !places(year) {
        return false;
    }
    match rest.strip_prefix('-') {
        Some(rest) => rest.bytes().next().is_some_and(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'X' | b'x' | b'Q' | b'q' | b'H' | b'h' | b'W' | b'w')
        }),
        // A year of four digits and no more is left to the words, which know it too.
        None => match rest.strip_prefix('S') {
            Some(digits) => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()),
            None => {
                rest.is_empty()
                    && (bare.len() != text.len()
                        || bare.len() > 4
                        || year.contains(['X', 'x'])
                        || year.starts_with('0'))
            }
        },
    }
}

/// Reads a date, or a set of dates in brackets.
///
/// # Errors
/// If it is not EDTF, names a day that does not exist, several dates at once, or a year outside -9999 to 9999.
pub(super) fn read(text: &str, context: &Context) -> Result<Alternatives<Stretch>, DateError> {
    if text.starts_with('{') {
        return Err(DateError::SeveralDates { text: text.to_owned() });
    }
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return one_of(inner, text, context).map(Alternatives::one);
    }
    let readings = date(text, context)?;
    readings.try_map(|stretch| Ok(Stretch { in_digits: true, ..stretch }))
}

/// `a,b..c`: one of these.
fn one_of(inner: &str, whole: &str, context: &Context) -> Result<Stretch, DateError> {
    let unreadable = || DateError::Unreadable { text: whole.to_owned() };
    let settled =
        |text: &str| date(text.trim(), context)?.settled().and_then(|stretch| stretch.days()).ok_or_else(unreadable);
    let mut ends: Option<(DaySpan, DaySpan)> = None;
    for item in inner.split(',') {
        let (first, last) = match item.split_once("..") {
            Some((first, last)) if first.trim().is_empty() || last.trim().is_empty() => {
                return Err(DateError::Endless { text: whole.to_owned() });
            }
            Some((first, last)) => (settled(first)?, settled(last)?),
            None => (settled(item)?, settled(item)?),
        };
        if first > last {
            return Err(DateError::Backwards { text: whole.to_owned() });
        }
        ends = Some(ends.map_or((first, last), |(earliest, latest)| (earliest.min(first), latest.max(last))));
    }
    let (first, last) = ends.ok_or_else(unreadable)?;
    Ok(Stretch { in_digits: true, ..Stretch::between(first, last) })
}

/// One component of a date: its places, and how far its qualifiers widen it (0, 1 or 2 times its precision).
#[derive(Clone, Copy)]
struct Component<'t> {
    places: &'t str,
    /// By a qualifier on its left, for it alone.
    alone: i32,
    /// By a qualifier on its right, for it and all to its left.
    group: i32,
}

fn width(qualifier: Option<char>) -> i32 {
    match qualifier {
        Some('?' | '~') => 1,
        Some('%') => 2,
        _ => 0,
    }
}

fn component(text: &str) -> Option<Component<'_>> {
    let qualifiers = ['?', '~', '%'];
    let alone = width(text.chars().next());
    let group = width(text.chars().next_back());
    let places = text.strip_prefix(qualifiers).unwrap_or(text);
    let places = places.strip_suffix(qualifiers).unwrap_or(places);
    (!places.is_empty() && !places.contains(qualifiers)).then_some(Component { places, alone, group })
}

fn date(text: &str, context: &Context) -> Result<Alternatives<Stretch>, DateError> {
    let unreadable = || DateError::Unreadable { text: text.to_owned() };
    let impossible = || DateError::Impossible { text: text.to_owned() };
    if text.starts_with(['Y', 'y']) {
        return long_year(text);
    }
    let unsigned = text.trim_start_matches(['?', '~', '%']);
    let negative = unsigned.starts_with('-');
    // Only a qualifier may stand before the sign.
    let body = if negative { text.split_once('-').ok_or_else(unreadable)?.1 } else { text };
    let mut components = body.split('-').map(component);
    let mut year = components.next().flatten().ok_or_else(unreadable)?;
    if negative {
        year.alone = year.alone.max(width(text.chars().next()));
    }
    let second = components.next().map(|part| part.ok_or_else(unreadable)).transpose()?;
    let third = components.next().map(|part| part.ok_or_else(unreadable)).transpose()?;
    if components.next().is_some() {
        return Err(unreadable());
    }

    let span = if let Some((digits, significant)) = year.places.split_once('S') {
        significant_year(digits, significant, negative).filter(|_| second.is_none()).ok_or_else(unreadable)?
    } else {
        if let Some(named) = second.and_then(|part| named_part(year.places, part.places, third.map(|day| day.places))) {
            let qualified = [Some(year), second].into_iter().flatten().any(|part| part.alone.max(part.group) > 0);
            if qualified {
                return Err(unreadable());
            }
            return plain_year(year.places, negative)
                .ok_or_else(unreadable)
                .and_then(|year| named(year, context).ok_or_else(impossible)?);
        }
        let years = mask(year.places, 4, 0..=9999).ok_or_else(unreadable)?;
        let months = second.map(|part| mask(part.places, 2, 1..=12).ok_or_else(unreadable)).transpose()?;
        let days = third.map(|part| mask(part.places, 2, 1..=31).ok_or_else(unreadable)).transpose()?;
        let years: Vec<i32> =
            if negative { years.iter().rev().map(|year| year.saturating_neg()).collect() } else { years };
        let first = years.iter().find_map(|year| instances(*year, months.as_deref(), days.as_deref()).next());
        let last = years.iter().rev().find_map(|year| instances(*year, months.as_deref(), days.as_deref()).last());
        first.zip(last).map(|(first, last)| Stretch::between(first, last)).ok_or_else(impossible)?
    };
    widened(span, [Some(year), second, third])
        .map(Alternatives::one)
        .ok_or_else(|| DateError::OutOfRange { text: text.to_owned() })
}

/// The spans that a year, the months and the days that are possible make, in order.
fn instances<'m>(year: i32, months: Option<&'m [i32]>, days: Option<&'m [i32]>) -> impl Iterator<Item = DaySpan> + 'm {
    let months = months.map_or_else(|| vec![None], |months| months.iter().map(|month| Some(*month)).collect());
    months.into_iter().flat_map(move |month| {
        let days = days.map_or_else(|| vec![None], |days| days.iter().map(|day| Some(*day)).collect());
        days.into_iter().filter_map(move |day| {
            let Some(month) = month else { return DaySpan::year(year) };
            let month = u8::try_from(month).ok()?;
            match day {
                None => DaySpan::month(year, month),
                Some(day) => Day::from_ymd(year, month, u8::try_from(day).ok()?).map(DaySpan::day),
            }
        })
    })
}

/// The numbers of a range that a mask such as `20XX`, `0X` or `12` stands for. `None` if it has another width.
fn mask(places: &str, width: usize, range: std::ops::RangeInclusive<i32>) -> Option<Vec<i32>> {
    let bytes = places.as_bytes();
    if bytes.len() != width || !bytes.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'X' | b'x')) {
        return None;
    }
    if let Ok(number) = places.parse() {
        return Some(if range.contains(&number) { vec![number] } else { Vec::new() });
    }
    let fits = |number: &i32| {
        let mut rest = *number;
        bytes.iter().rev().all(|byte| {
            let digit = rest % 10;
            rest /= 10;
            matches!(byte, b'X' | b'x') || i32::from(byte.saturating_sub(b'0')) == digit
        })
    };
    Some(range.filter(fits).collect())
}

fn plain_year(places: &str, negative: bool) -> Option<i32> {
    let year: i32 = places.parse().ok().filter(|_| places.len() == 4)?;
    Some(if negative { year.saturating_neg() } else { year })
}

/// `1950S2`: two digits are significant, so that hard it is some year of 1900 to 1999.
fn significant_year(digits: &str, significant: &str, negative: bool) -> Option<Stretch> {
    let year = plain_year(digits, false)?;
    let kept: u32 = significant.parse().ok().filter(|kept| (1..=4).contains(kept))?;
    let step = 10_i32.checked_pow(4_u32.checked_sub(kept)?)?;
    let least = year.saturating_sub(year.checked_rem(step)?);
    let most = least.saturating_add(step).saturating_sub(1);
    let (first, last) = if negative { (most.saturating_neg(), least.saturating_neg()) } else { (least, most) };
    Some(Stretch::between(DaySpan::year(first)?, DaySpan::year(last)?))
}

fn long_year(text: &str) -> Result<Alternatives<Stretch>, DateError> {
    let out_of_range = || DateError::OutOfRange { text: text.to_owned() };
    let digits = text.trim_start_matches(['Y', 'y']);
    let year = digits.parse::<i32>().map_err(|_| out_of_range())?;
    DaySpan::year(year).map(|span| Alternatives::one(Stretch::whole(span))).ok_or_else(out_of_range)
}

/// How to read the second part of a date once its year is known.
type Named = Box<dyn Fn(i32, &Context) -> Option<Result<Alternatives<Stretch>, DateError>>>;

/// Weeks, quarters, halves, seasons and other parts of a year; `None` if it is a month, or not such a part.
fn named_part(year: &str, part: &str, day: Option<&str>) -> Option<Named> {
    let whole = |span: Option<DaySpan>| span.map(|span| Ok(Alternatives::one(Stretch::whole(span))));
    let months =
        move |first: u8, count: u8| -> Named { Box::new(move |year, _| whole(DaySpan::months(year, first, count))) };
    if let Some(week) = part.strip_prefix(['W', 'w']) {
        let week: i32 = week.parse().ok().filter(|_| week.len() == 2)?;
        let weekday: Option<i32> = day
            .map(|day| day.parse().ok().filter(|day| (1..=7).contains(day)))
            .map_or(Some(None), |day| day.map(Some))?;
        return Some(Box::new(move |year, _| whole(iso_week(year, week, weekday))));
    }
    if day.is_some() {
        return None;
    }
    if let Some(quarter) = part.strip_prefix(['Q', 'q']) {
        let quarter: u8 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
        return Some(months(quarter.saturating_sub(1).saturating_mul(3).saturating_add(1), 3));
    }
    if let Some(half) = part.strip_prefix(['H', 'h']) {
        let half: u8 = half.parse().ok().filter(|half| (1..=2).contains(half))?;
        return Some(months(half.saturating_sub(1).saturating_mul(6).saturating_add(1), 6));
    }
    let code: u8 = part.parse().ok().filter(|_| part.len() == 2)?;
    // 2024-25 is spring by the letter of EDTF, and a fiscal or school year to nearly everyone who writes it.
    let next_year = year.parse::<i32>().ok().map(|year| year.saturating_add(1).rem_euclid(100));
    if (21..=41).contains(&code) && next_year == Some(i32::from(code)) {
        return Some(Box::new(move |year, _| {
            let text = format!("{year:04}-{code}");
            Some(Err(DateError::SeasonOrYear { text, ends: year.saturating_add(1) }))
        }));
    }
    let season = |code: u8| code.saturating_mul(3);
    Some(match code {
        21..=24 => Box::new(move |year, context| seasons(year, season(code.saturating_sub(20)), context).map(Ok)),
        25..=28 => {
            Box::new(move |year, _| whole(season_span(year, season(code.saturating_sub(24)), Hemisphere::North)))
        }
        29..=32 => {
            Box::new(move |year, _| whole(season_span(year, season(code.saturating_sub(28)), Hemisphere::South)))
        }
        33..=36 => months(code.saturating_sub(33).saturating_mul(3).saturating_add(1), 3),
        37..=39 => months(code.saturating_sub(37).saturating_mul(4).saturating_add(1), 4),
        40..=41 => months(code.saturating_sub(40).saturating_mul(6).saturating_add(1), 6),
        _ => return None,
    })
}

/// ISO 8601: the first week is the one with the year's 4 January; weeks begin on Monday.
pub(super) fn iso_week(year: i32, week: i32, weekday: Option<i32>) -> Option<DaySpan> {
    let monday = |year: i32| {
        let fourth = Day::from_ymd(year, 1, 4)?;
        fourth.plus_days(fourth.weekday().place().checked_neg()?)
    };
    let first = monday(year)?.plus_days(week.checked_sub(1)?.checked_mul(7)?)?;
    if week < 1 || first >= monday(year.checked_add(1)?)? {
        return None;
    }
    match weekday {
        Some(weekday) => first.plus_days(weekday.checked_sub(1)?).map(DaySpan::day),
        None => DaySpan::new(first, first.plus_days(6)?),
    }
}

/// Three months from the one given for the northern half of the world; in the southern half six months away. A
/// season that runs over the new year is named for the year in which it begins.
pub(super) fn season_span(year: i32, northern_month: u8, hemisphere: Hemisphere) -> Option<DaySpan> {
    let month = match hemisphere {
        Hemisphere::North => northern_month,
        Hemisphere::South if northern_month > 6 => northern_month.saturating_sub(6),
        Hemisphere::South => northern_month.saturating_add(6),
    };
    DaySpan::months(year, month, 3)
}

/// A season, in both halves of the world unless the article settles which.
pub(super) fn seasons(year: i32, northern_month: u8, context: &Context) -> Option<Alternatives<Stretch>> {
    if let Some(hemisphere) = context.conventions.seasons {
        return season_span(year, northern_month, hemisphere).map(|span| Alternatives::one(Stretch::whole(span)));
    }
    let readings = Hemisphere::NAMES.iter().map(|(_, hemisphere)| {
        let value = Stretch::whole(season_span(year, northern_month, *hemisphere)?);
        Some(Reading { value, under: Some(Choice::Seasons(*hemisphere)) })
    });
    Alternatives::of(readings.collect::<Option<Vec<_>>>()?)
}

/// Widens a date by its qualifiers. `None` if that leaves the calendar.
fn widened(stretch: Stretch, components: [Option<Component<'_>>; 3]) -> Option<Stretch> {
    let finest = components.iter().filter(|component| component.is_some()).count().checked_sub(1)?;
    // A qualifier on the right of a part covers all to its left too, but widens by the finest precision it covers.
    let [years, months, days] = [0, 1, 2].map(|place| {
        let here = components.get(place).copied().flatten();
        here.map_or(0, |component| component.alone.max(component.group))
    });
    if years == 0 && months == 0 && days == 0 {
        return Some(stretch);
    }
    let months = years.checked_mul(12)?.checked_add(months)?;
    let span = stretch.within;
    let hull = span.widened(months, days)?;
    Some(if finest == 2 { Stretch::one_day(hull) } else { Stretch::part(hull) })
}
