//! Times of day in running text, which are no figures: "8pm", "10.30am", "half past seven", "seven in the morning".

use super::numeral::is_number_word;
use super::prose_words::CLOCK_WORDS;
use super::token::{Kind, Tokens};

/// Parts of an hour before "past" or "to": the word, and whether it is one before "to" as well ("ten to twelve" may be a
/// range).
const PARTS_OF_AN_HOUR: [(&str, bool); 7] = [
    ("half", false),
    ("quarter", true),
    ("five", false),
    ("ten", false),
    ("twenty", false),
    ("minute", true),
    ("minutes", true),
];

/// Words after an hour that is said in words.
const AFTER_AN_HOUR: [&[&str]; 5] =
    [&["o'clock"], &["o’clock"], &["in", "the", "morning"], &["in", "the", "afternoon"], &["in", "the", "evening"]];

impl Tokens<'_> {
    /// "8pm", "8 p.m.", "10.30am", "1800 GMT", "8 o'clock".
    pub fn clock(&self, at: usize) -> Option<usize> {
        let next = at.saturating_add(1);
        if !self.follows(next) {
            return None;
        }
        // "1800hrs" is a time, "2hrs" is none.
        let lasts = self.is_any(next, &["hrs"]) && self.text(at).len() < 4;
        if self.is_any(next, &CLOCK_WORDS) && !self.is_any(next, &["est"]) && !lasts {
            return Some(at.saturating_add(2));
        }
        let meridiem = self.is_any(next, &["a", "p"])
            && self.is(at.saturating_add(2), ".")
            && self.touches(at.saturating_add(2))
            && self.is(at.saturating_add(3), "m")
            && self.touches(at.saturating_add(3));
        if meridiem {
            return Some(at.saturating_add(4));
        }
        let text = self.text(at);
        let clock = text.split_once('.').is_some_and(|(hour, minute)| {
            let bounded = |part: &str, most: u32| part.parse::<u32>().is_ok_and(|value| value < most);
            hour.len() <= 2 && minute.len() == 2 && bounded(hour, 24) && bounded(minute, 60)
        });
        (clock && self.is(self.before(at), "at") && !self.is_any(next, &["%", "per", "percent"])).then_some(next)
    }

    /// "Half past seven", "a quarter to eight", "ten past 8", "seven o'clock", "seven in the morning".
    pub fn clock_words(&self, at: usize) -> Option<usize> {
        // "A quarter to eight".
        let at = if self.is(at, "a") { at.saturating_add(1) } else { at };
        let next = at.saturating_add(1);
        let is_hour = |at: usize| {
            let digits = self.is_kind(at, Kind::Number) && self.text(at).parse().is_ok_and(|hour: u32| hour <= 24);
            (digits || is_number_word(self.text(at))) && self.follows(at)
        };
        let part = PARTS_OF_AN_HOUR.iter().find(|(word, _)| self.is(at, word));
        let links = part.is_some_and(|(_, to)| self.is(next, "past") || (*to && self.is(next, "to")));
        let hour = next.saturating_add(1);
        if links && self.follows(next) && is_hour(hour) {
            return Some(hour.saturating_add(1));
        }
        if !is_number_word(self.text(at)) {
            return None;
        }
        // "Twenty-five minutes past seven", "25 minutes to 8": the hour is no figure, nor are the minutes.
        let minutes = self.is_any(next, &["minute", "minutes"]) && self.is_any(hour, &["past", "to"]);
        let timed = hour.saturating_add(1);
        if minutes && is_hour(timed) {
            return Some(timed.saturating_add(1));
        }
        let past = AFTER_AN_HOUR.iter().find_map(|words| self.past_words(next, words))?;
        self.follows(next).then_some(past)
    }
}
