//! Times of day, in digits and in words.

use super::prose::Prose;

/// "10.30am", "3:20 am", "15:00 GMT", "9 o'clock".
pub(super) fn time(prose: &Prose<'_>, at: usize) -> Option<usize> {
    let scan = &prose.scan;
    let past = at.saturating_add(1);
    let clock = |end: usize| prose.joins(end, &[":"]) && prose.is_digits(end.saturating_add(1));
    let mut end = past;
    let is_hour = scan.word(at).len() <= 2;
    let mut is_time = false;
    if is_hour && scan.is_any(past, &["noon", "midnight"]) {
        return Some(past.saturating_add(1));
    }
    if let Some(end) = bare_time(prose, at) {
        return Some(end);
    }
    if is_hour && clock(end) && scan.word(end.saturating_add(1)).len() == 2 {
        end = end.saturating_add(2);
        is_time = true;
        if clock(end) {
            // "A time of 2:05:14" is how long it took.
            if prose.after(at, &["of", "in"]) {
                return None;
            }
            end = end.saturating_add(2);
        }
    }
    let hour: Option<u32> = scan.word(at).split('.').next().and_then(|hour| hour.parse().ok());
    let halves = [(["a", "."], ["m", "."]), (["p", "."], ["m", "."])];
    let dotted = halves.iter().find_map(|(half, m)| {
        let words = [half.as_slice(), m.as_slice()].concat();
        scan.past(end, &words).or_else(|| scan.past(end, words.get(..3)?))
    });
    if let Some(past) = dotted.filter(|_| hour.is_some_and(|hour| hour <= 12)) {
        end = past;
        is_time = true;
    } else if scan.is_any(end, &["o'clock", "o’clock"])
        || scan.is_any(end, &["am", "pm"]) && hour.is_some_and(|hour| hour <= 12)
    {
        end = end.saturating_add(1);
        is_time = true;
    }
    if scan.is_any(end, &["gmt", "utc", "bst", "cet", "cest", "est", "edt", "kst", "jst", "pst", "pdt"]) {
        let is_compact = scan.word(at).len() == 4 || is_time || is_hour;
        return is_compact.then(|| end.saturating_add(1));
    }
    is_time.then_some(end)
}

/// "Doors open at 7", "kick-off 19.45", "at 0600": a time that only its place shows.
fn bare_time(prose: &Prose<'_>, at: usize) -> Option<usize> {
    let scan = &prose.scan;
    let end = at.saturating_add(1);
    let word = scan.word(at);
    let is_free = !scan.touches(end) && (!prose.is_word(end) || scan.is_any(end, super::tables::SMALL))
        || scan.is_any(end, &[".", ",", ";"]);
    let (hour, minutes) = word.split_once('.').map_or((word, None), |(hour, minutes)| (hour, Some(minutes)));
    let is_hour = hour.len() <= 2 && hour.parse::<u32>().is_ok_and(|hour| hour <= 24);
    let is_minute =
        minutes.is_none_or(|minutes| minutes.len() == 2 && minutes.parse::<u32>().is_ok_and(|minutes| minutes < 60));
    let starts = [
        "kick-off", "kick", "kicks", "off", "doors", "open", "opens", "starts", "start", "begins", "begin", "starting",
        "curfew", "closes", "close", "departs", "train", "whistle",
    ];
    let near = (1..=4).any(|back| at.checked_sub(back).is_some_and(|place| scan.is_any(place, &starts)));
    let says_when = is_minute && minutes.is_some() && hour.parse::<u32>().is_ok_and(|hour| hour <= 12);
    let on_a_day = says_when
        && prose.after(at, &["at"])
        && scan.is_any(end, &["on", "in", "yesterday", "today", "tonight", "that"]);
    if on_a_day || says_when && scan.is_any(end, &["train", "flight", "service", "bus", "ferry"]) {
        return Some(end);
    }
    let military = prose.whole(at, 4).is_some()
        && word.len() == 4
        && word.starts_with('0')
        && prose.after(at, &["at", "from", "until", "till", "to", "by", "before", "after", "or", "about"]);
    let timed =
        is_hour && is_minute && near && prose.after(at, &["at", "off", "from", "until", "till", "around", "about"]);
    (is_free && (military || timed)).then_some(end)
}

/// "Half past seven", "noon", "seven o'clock".
pub(super) fn time_in_words(prose: &Prose<'_>, at: usize) -> Option<usize> {
    let scan = &prose.scan;
    let next = at.saturating_add(1);
    if scan.is_any(at, &["noon", "midnight", "midday"]) {
        return Some(next);
    }
    if scan.is_any(at, &["half", "quarter", "ten", "five", "twenty"]) && scan.is_any(next, &["past", "to"]) {
        let hour = at.saturating_add(2);
        let is_past = scan.is(next, "past") || scan.is(at, "quarter") && scan.is(next, "to");
        let is_hour = HOURS.iter().any(|word| scan.is(hour, word)) || prose.whole(hour, 2).is_some();
        return (is_past && is_hour).then(|| hour.saturating_add(1));
    }
    let is_hour = HOURS.iter().any(|word| scan.is(at, word));
    (is_hour && scan.is_any(next, &["o'clock", "o’clock"])).then(|| next.saturating_add(1))
}

pub(super) const HOURS: [&str; 14] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "noon",
    "midnight",
];
