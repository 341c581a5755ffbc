//! Ages in completed years: "in his 20s", "aged 20 to 29", "26-year-old".

use super::numeral::{Form, Numeral, is_number_word};
use super::phrase::{Core, Phrases};
use super::token::{Kind, Tokens};
use super::words::{DECADES, PARTS_OF_DECADE, POSSESSIVES};
use super::{End, Interval, QuantityForm, Rational, Reading, ReadingPolicy};

const YEARS_OLD: [&[&str]; 7] = [
    &["-", "year", "-", "olds"],
    &["-", "year", "-", "old"],
    &["-", "year", "old"],
    &["-", "years", "-", "old"],
    &["years", "old"],
    &["year", "old"],
    &["years", "of", "age"],
];

/// How an age is said, which decides whether it is what a sentence counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeForm {
    /// Beside somebody: "aged 34", "in his 20s".
    Aside,
    /// As what somebody is: "a 34-year-old", "34 years old".
    Adjective,
}

/// How a phrase says an age, if it does.
pub fn age_of(text: &str) -> Option<AgeForm> {
    let (tokens, policy) = (Tokens::new(text), ReadingPolicy::default());
    let phrases = Phrases::new(&tokens, &policy, true);
    let at = (0..tokens.len()).find(|at| phrases.age(*at).is_some_and(|age| age.end == tokens.len()))?;
    let is_adjective = tokens.is_kind(at, Kind::Number) || is_number_word(tokens.text(at));
    Some(if is_adjective { AgeForm::Adjective } else { AgeForm::Aside })
}

impl Phrases<'_> {
    /// Ages in completed years: "in his 20s", "aged 20 to 29", "26-year-old", "26 years old".
    pub(super) fn age(&self, at: usize) -> Option<Core> {
        let tokens = self.tokens;
        let next = at.saturating_add(1);
        if tokens.is(at, "in") && tokens.is_any(next, &POSSESSIVES) {
            let mut decade = at.saturating_add(2);
            let part = PARTS_OF_DECADE.iter().find(|(name, _, _)| tokens.is(decade, name));
            if part.is_some() {
                decade = decade.saturating_add(if tokens.is(decade.saturating_add(1), "-") { 2 } else { 1 });
            }
            let (first, years, end) = self.decade(decade)?;
            return Some(years_from(first, years, part.map(|(_, from, to)| (*from, *to)), end));
        }
        if !self.prose
            && let Some((first, years, end)) = self.decade(at)
        {
            return Some(years_from(first, years, None, end));
        }
        let spelled = tokens
            .past_words(at, &["between", "the", "ages", "of"])
            .or_else(|| tokens.past_words(at, &["aged", "between"]))
            .or_else(|| tokens.past_words(at, &["aged"]))
            .or_else(|| tokens.past_words(at, &["ages"]));
        if let Some(start) = spelled.filter(|start| tokens.follows(*start)) {
            return self.aged(start);
        }
        // Looking for "years old" is cheaper than reading a number that is not followed by it.
        let digits = tokens.is_kind(at, Kind::Number);
        let past_old = |end: usize| YEARS_OLD.iter().find_map(|words| tokens.past_words(end, words));
        if !(digits && past_old(next).is_some()) && (digits || !is_number_word(tokens.text(at))) {
            return None;
        }
        let amount = tokens.numeral(at, false, false)?;
        let end = past_old(amount.end)?;
        whole_age(&amount).map(|age| years_from(age, 1, None, end))
    }

    /// "20s" or "twenties": the first year, the number of years, and where it ends.
    pub(super) fn decade(&self, at: usize) -> Option<(i64, i64, usize)> {
        let tokens = self.tokens;
        if let Some((_, first)) = DECADES.iter().find(|(name, _)| tokens.is(at, name)) {
            return Some((*first, if *first == 13 { 7 } else { 10 }, at.saturating_add(1)));
        }
        let suffix = at.saturating_add(1);
        if !tokens.is_kind(at, Kind::Number) || !tokens.touches(suffix) || !tokens.is_any(suffix, &["s", "'s", "’s"])
        {
            return None;
        }
        let first = tokens.text(at).parse::<i64>().ok().filter(|first| (10..=90).contains(first) && first % 10 == 0)?;
        Some((first, 10, at.saturating_add(2)))
    }

    /// What follows "aged".
    fn aged(&self, at: usize) -> Option<Core> {
        let tokens = self.tokens;
        let under = tokens.is_any(at, &["under", "below"]);
        let over = tokens.is_any(at, &["over", "above"]);
        let at = if under || over { at.saturating_add(1) } else { at };
        let numeral = |at: usize| {
            let numeral = tokens.numeral(at, false, false)?;
            whole_age(&numeral).map(|age| (age, numeral.end))
        };
        let (first, end) = numeral(at)?;
        let core = years_from(first, 1, None, end);
        let value = Rational::from(first);
        if under {
            return Some(Core { plain: Reading::firm(Interval::less_than(value)), ..core });
        }
        let more =
            [["and", "over"], ["and", "above"], ["and", "older"], ["or", "over"], ["or", "older"], ["or", "above"]];
        let past = more.iter().find_map(|words| tokens.past_words(end, words));
        if over || past.is_some() {
            let plain = Reading::firm(Interval::at_least(value));
            return Some(Core { plain, end: past.unwrap_or(end), ..core });
        }
        if tokens.is_any(end, &["to", "-", "–", "and"])
            && let Some((last, end)) = numeral(end.saturating_add(1))
            && let Some(years) =
                last.checked_sub(first).and_then(|years| years.checked_add(1)).filter(|years| *years > 1)
        {
            return Some(years_from(first, years, None, end));
        }
        Some(core)
    }
}

/// An age in whole years, if a number is one.
fn whole_age(numeral: &Numeral) -> Option<i64> {
    if numeral.form == Form::Whole { numeral.value.to_i64().filter(|age| (0..=150).contains(age)) } else { None }
}

/// `years` completed years from `first` on; the soft part of them if one is named.
fn years_from(first: i64, years: i64, part: Option<(i64, i64)>, end: usize) -> Core {
    let span = |from: i64, to: i64| {
        let at = |years: i64| Rational::from(first) + Rational::from(years);
        Interval::new(End::Closed(at(from)), End::Open(at(to))).unwrap_or_else(Interval::everything)
    };
    let hard = span(0, years);
    let soft = part.map_or_else(|| hard.clone(), |(from, to)| span(from, to));
    let value = Rational::from(first);
    let core = Core::spanning("age", &value, Reading::new(hard, soft), end);
    Core { number: (years == 1).then_some(value), form: QuantityForm::Whole, ..core }
}
