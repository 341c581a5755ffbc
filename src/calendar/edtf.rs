//! Dates in digits: EDTF (ISO 8601-2, levels 0 to 2), with ISO weeks, quarters and halves beside it.
//!
//! A date is read as a set of days. `X` runs over all values that make a real date; `?`, `~` and `%` widen the hard
//! reading by the precision of what they qualify, `%` by twice that, and leave the soft one as it is written. Intervals
//! are taken apart before they come here.

use super::alternatives::Alternatives;
use super::convention::Context;
use super::day::{Day, split_year};
use super::error::DateError;
use super::long_year;
use super::season::named_part;
use super::set::DaySet;
use super::span::DaySpan;
use super::stretch::Stretch;
use super::when::Moment;

/// Whether it is written as `2025-12-18`, be there such a day or not.
pub(super) fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Whether it is written as a day with a time of the clock, be there such a time or not.
pub(super) fn has_a_clock(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    unsigned.split_at_checked(10).is_some_and(|(day, rest)| is_day(day) && rest.starts_with('T'))
}

/// Whether it is written as a date in digits, be it a real one or not: a year of four places with something after it
/// that only dates have, or a long year.
pub(super) fn has_the_shape(text: &str) -> bool {
    if has_a_clock(text) {
        return true;
    }
    let bare: String = text.chars().filter(|c| !matches!(c, '?' | '~' | '%')).collect();
    if expanded(&bare) {
        return true;
    }
    let unsigned = bare.strip_prefix('-').unwrap_or(&bare);
    if let Some(long) = unsigned.strip_prefix('Y') {
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

/// Whether it is a day of a year of more than four digits, as ISO 8601 expands it.
fn expanded(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).map(|rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    digits.is_some_and(|digits| digits > 4) && text.bytes().filter(|byte| *byte == b'-').count() >= 2
}

/// Reads a date, or a set of dates in brackets: one of them in square ones, all of them in braces.
///
/// # Errors
/// If it is not EDTF, names a day that does not exist, or a year that cannot be reckoned with.
pub(super) fn read(text: &str, context: &Context) -> Result<Alternatives<Stretch>, DateError> {
    let bracketed = |open: char, close: char| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let readings = if let Some(inner) = bracketed('{', '}') {
        let items = items(inner, text, context)?;
        let all = |items: &[Item]| DaySet::of(items.iter().flat_map(|item| item.days.spans().to_vec()));
        match (all(&items.0), all(&items.1)) {
            (Some(hard), Some(soft)) => Alternatives::vague(Stretch::all_of(hard), Stretch::all_of(soft)),
            _ => return Err(DateError::Unreadable { text: text.to_owned() }),
        }
    } else if let Some(inner) = bracketed('[', ']') {
        let (hard, soft) = items(inner, text, context)?;
        match (one_of(&hard), one_of(&soft)) {
            (Some(hard), Some(soft)) => Alternatives::vague(hard, soft),
            _ => return Err(DateError::Unreadable { text: text.to_owned() }),
        }
    } else {
        date(text, context)?
    };
    readings.try_map(|stretch| Ok(Stretch { in_digits: true, ..stretch }))
}

/// One item of a set: the first and the last date that it can be, and all of its days.
struct Item {
    first: Stretch,
    last: Stretch,
    days: DaySet,
}

/// `a,b..c`, hard and soft.
fn items(inner: &str, whole: &str, context: &Context) -> Result<(Vec<Item>, Vec<Item>), DateError> {
    let unreadable = || DateError::Unreadable { text: whole.to_owned() };
    let read = |text: &str| {
        let readings = date(text.trim(), context)?;
        match readings.readings() {
            [only] => Ok((only.value.clone(), only.soft.clone())),
            _ => Err(unreadable()),
        }
    };
    let (mut hard, mut soft) = (Vec::new(), Vec::new());
    for written in inner.split(',') {
        let Some((first, last)) = written.split_once("..") else {
            let (value, usual) = read(written)?;
            hard.push(Item { first: value.clone(), last: value.clone(), days: value.within });
            soft.push(Item { first: usual.clone(), last: usual.clone(), days: usual.within });
            continue;
        };
        let never = |day| (Stretch::whole(DaySpan::day(day)), Stretch::whole(DaySpan::day(day)));
        let first = if first.trim().is_empty() { never(Day::FIRST) } else { read(first)? };
        let last = if last.trim().is_empty() { never(Day::LAST) } else { read(last)? };
        for (list, first, last) in [(&mut hard, first.0, last.0), (&mut soft, first.1, last.1)] {
            let days = DaySpan::new(first.hull().earliest, last.hull().latest);
            let days = days.ok_or_else(|| DateError::Backwards { text: whole.to_owned() })?.into();
            list.push(Item { first, last, days });
        }
    }
    Ok((hard, soft))
}

/// One of these.
fn one_of(items: &[Item]) -> Option<Stretch> {
    let stretches = || items.iter().flat_map(|item| [&item.first, &item.last]);
    let among = |end: fn(&Stretch) -> Moment| {
        let earliest = stretches().map(|stretch| end(stretch).earliest).min()?;
        let latest = stretches().map(|stretch| end(stretch).latest).max()?;
        Some(Moment::vague(earliest, latest))
    };
    let (start, end) = (among(|stretch| stretch.start)?, among(|stretch| stretch.end)?);
    let days = DaySet::of(items.iter().flat_map(|item| item.days.spans().to_vec()))?;
    let one_day = stretches().all(|stretch| stretch.length == Some(1) || stretch.within.is_one_day());
    let length = (one_day && start.exact().is_none()).then_some(1);
    Some(Stretch { start, end, length, ..Stretch::part(days) })
}

/// One component of a date: its places, and how far its qualifiers widen it (0, 1 or 2 times its precision).
#[derive(Clone, Copy)]
struct Component<'t> {
    places: &'t str,
    /// By a qualifier on its left, for it alone.
    alone: i64,
    /// By a qualifier on its right, for it and all to its left.
    group: i64,
}

fn width(qualifier: Option<char>) -> i64 {
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

impl Component<'_> {
    /// What it is precise to, in units of its own: the last places that are `X` are not known.
    fn precision(&self, all: i64) -> i64 {
        let unknown = self.places.bytes().rev().take_while(|byte| matches!(byte, b'X' | b'x')).count();
        if unknown == self.places.len() {
            return all;
        }
        u32::try_from(unknown).ok().and_then(|unknown| 10_i64.checked_pow(unknown)).unwrap_or(all)
    }

    /// Whether nothing of it is known.
    fn is_unknown(&self) -> bool {
        self.places.bytes().all(|byte| matches!(byte, b'X' | b'x'))
    }
}

fn date(text: &str, context: &Context) -> Result<Alternatives<Stretch>, DateError> {
    let unreadable = || DateError::Unreadable { text: text.to_owned() };
    let impossible = || DateError::Impossible { text: text.to_owned() };
    let out_of_range = || DateError::OutOfRange { text: text.to_owned() };
    if text.starts_with('Y') {
        return long_year::long(text);
    }
    if has_a_clock(text) {
        return clock(text);
    }
    if expanded(text) {
        let day = Day::from_iso(text).ok_or_else(|| match split_year(text) {
            Some(_) => impossible(),
            None => out_of_range(),
        });
        return day.map(|day| Alternatives::one(Stretch::whole(DaySpan::day(day))));
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
    if year.places.contains('S') {
        let plain = second.is_none() && year.alone.max(year.group) == 0;
        return long_year::short(year.places, negative).filter(|_| plain).ok_or_else(unreadable);
    }
    let widths = widths([Some(year), second, third]);
    if let Some(named) = second.and_then(|part| named_part(year.places, part.places, third.map(|day| day.places))) {
        let year = plain_year(year.places, negative).ok_or_else(unreadable)?;
        let readings = named(year, context).ok_or_else(impossible)??;
        return qualified(&readings, widths).ok_or_else(out_of_range);
    }
    let years = mask(year.places, 4, 0..=9999).ok_or_else(unreadable)?;
    if negative && years == [0] {
        return Err(impossible());
    }
    let years: Vec<i32> = if negative {
        years.iter().rev().map(|year| year.saturating_neg()).filter(|year| *year < 0).collect()
    } else {
        years
    };
    let months = second.map(|part| mask(part.places, 2, 1..=12).ok_or_else(unreadable)).transpose()?;
    let days = third.map(|part| mask(part.places, 2, 1..=31).ok_or_else(unreadable)).transpose()?;
    let is_unknown = |part: Option<Component<'_>>| part.is_some_and(|part| part.is_unknown());
    let first = years.iter().find_map(|year| instances(*year, months.as_deref(), days.as_deref()).next());
    let last = years.iter().rev().find_map(|year| instances(*year, months.as_deref(), days.as_deref()).last());
    let (first, last) = first.zip(last).ok_or_else(impossible)?;
    // Some day of a month may be any of its days, and some month any of its year's.
    let within = match (months.as_deref(), days.as_deref()) {
        (Some(_), None | Some(_)) if is_unknown(second) && (third.is_none() || is_unknown(third)) => {
            all_days(&years, None, None)
        }
        (months, Some(_)) if is_unknown(third) => all_days(&years, months, None),
        (months, days) => all_days(&years, months, days),
    };
    let within = within.ok_or_else(impossible)?;
    let is_one_day = third.is_some();
    let soft = Stretch { within: within.clone(), ..Stretch::between(first, last) };
    if widths == [0; 3] {
        return Ok(Alternatives::one(soft));
    }
    let scale =
        [year.precision(10_000), second.map_or(1, |it| it.precision(12)), third.map_or(1, |it| it.precision(31))];
    let [years, months, days] = [0, 1, 2].map(|at| {
        let (width, scale) = (widths.get(at).copied().unwrap_or(0), scale.get(at).copied().unwrap_or(1));
        width.saturating_mul(scale)
    });
    let months = years.saturating_mul(12).saturating_add(months);
    let hard = within.each(|span| span.widened(months, days)).ok_or_else(out_of_range)?;
    let hard = if is_one_day { Stretch::one_day(hard) } else { Stretch::part(hard) };
    Ok(Alternatives::vague(hard, soft))
}

/// How far each component is widened: by its own qualifier, or by one on the right of it or of a later one.
fn widths(components: [Option<Component<'_>>; 3]) -> [i64; 3] {
    let mut group = 0;
    let mut widths = [0; 3];
    for (width, component) in widths.iter_mut().zip(components).rev() {
        let (alone, own) = component.map_or((0, 0), |component| (component.alone, component.group));
        group = group.max(own);
        *width = group.max(alone);
    }
    widths
}

/// A season, a quarter or a week, widened by its own length where it is qualified.
fn qualified(readings: &Alternatives<Stretch>, [years, part, day]: [i64; 3]) -> Option<Alternatives<Stretch>> {
    if years == 0 && part == 0 && day == 0 {
        return Some(readings.clone());
    }
    let mut widened = Vec::new();
    for reading in readings.readings() {
        let span = reading.value.hull();
        let (months, days) = match span.len() {
            length @ ..=7 => (0, i64::try_from(length).ok()?),
            length => (i64::try_from(length.checked_div(28)?).ok()?, 0),
        };
        let wide = part.max(day);
        let months = years.checked_mul(12)?.checked_add(months.checked_mul(wide)?)?;
        let hard = Stretch::part(span.widened(months, days.checked_mul(wide)?)?.into());
        widened.push(super::alternatives::Reading { value: hard, soft: reading.soft.clone(), under: reading.under });
    }
    Alternatives::of(widened)
}

/// All days that the years, months and days make which are possible.
fn all_days(years: &[i32], months: Option<&[i32]>, days: Option<&[i32]>) -> Option<DaySet> {
    let (first, last) = (*years.first()?, *years.last()?);
    let run = i64::from(last).checked_sub(i64::from(first))?.checked_add(1)? == i64::try_from(years.len()).ok()?;
    if months.is_none() && run {
        return DaySpan::years(first, last).map(DaySet::from);
    }
    DaySet::in_order(years.iter().flat_map(|year| instances(*year, months, days)), || {
        years.iter().rev().find_map(|year| instances(*year, months, days).last())
    })
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
    match (year, negative) {
        (0, true) => None,
        (_, true) => Some(year.saturating_neg()),
        (_, false) => Some(year),
    }
}

/// `2025-12-18T09:30:00Z` or `2025-12-18T09:30:00.25`: some moment of that day. A zone does not move it to another.
fn clock(text: &str) -> Result<Alternatives<Stretch>, DateError> {
    let unreadable = || DateError::Unreadable { text: text.to_owned() };
    let (day, time) = text.split_once('T').ok_or_else(unreadable)?;
    let day = Day::from_iso(day).ok_or_else(|| DateError::Impossible { text: text.to_owned() })?;
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at_checked(zone).ok_or_else(unreadable)?;
    let pair = |part: &str, most: u8| {
        part.len() == 2
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse::<u8>().is_ok_and(|number| number <= most)
    };
    let clock = |text: &str, most: u8| text.split_once(':').is_some_and(|(h, m)| pair(h, most) && pair(m, 59));
    let seconds = |text: &str| match text.split_once('.') {
        Some((whole, part)) => pair(whole, 59) && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()),
        None => pair(text, 59),
    };
    let is_time = match time.rsplit_once(':') {
        Some((minutes, rest)) if minutes.contains(':') => clock(minutes, 23) && seconds(rest),
        _ => clock(time, 23),
    };
    let is_zone = match zone.strip_prefix(['+', '-']) {
        Some(offset) => pair(offset, 14) || clock(offset, 14),
        None => zone.is_empty() || zone == "Z",
    };
    if !is_time || !is_zone {
        return Err(unreadable());
    }
    Ok(Alternatives::one(Stretch::hour_of(day)))
}
