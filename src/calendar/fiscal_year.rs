//! The convention of fiscal years: in which month one begins, and which of its two calendar years it is named for.

use super::convention::Choice;
use super::names::month_name;
use std::fmt;

/// The calendar year whose number a fiscal year bears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedFor {
    /// The one in which it ends: the US government, most companies.
    #[default]
    End,
    /// The one in which it begins: Japan, many retailers.
    Start,
}

impl NamedFor {
    /// Every choice with its name.
    pub const NAMES: [(&'static str, Self); 2] = [("end", Self::End), ("start", Self::Start)];
}

/// How fiscal years lie in the calendar. The most usual come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear {
    named_for: NamedFor,
    /// The place of its first month in [`MONTHS`].
    place: usize,
}

/// The months in which fiscal years begin, the most usual first: the calendar's own; Britain, India, Japan and Canada;
/// Australia; the United States; and those of single companies.
const MONTHS: [u8; 12] = [1, 4, 7, 10, 2, 3, 5, 6, 8, 9, 11, 12];

impl FiscalYear {
    /// One that begins with a month, 1 to 12. `None` if there is no such month.
    pub fn new(first_month: u8, named_for: NamedFor) -> Option<Self> {
        let place = MONTHS.iter().position(|month| *month == first_month)?;
        Some(Self { named_for: if first_month == 1 { NamedFor::End } else { named_for }, place })
    }

    /// All there are, the most usual first. The first is the calendar year.
    pub fn all() -> impl Iterator<Item = Self> {
        let begin_before = MONTHS.into_iter().filter_map(|month| Self::new(month, NamedFor::End));
        let begin_within = MONTHS.into_iter().filter(|month| *month != 1);
        begin_before.chain(begin_within.filter_map(|month| Self::new(month, NamedFor::Start)))
    }

    /// The month in which it begins, 1 to 12.
    pub fn first_month(self) -> u8 {
        MONTHS.get(self.place).copied().unwrap_or(1)
    }

    /// The calendar year in which the one of this name begins; `None` outside the calendar.
    pub(super) fn begins_in(self, name: i32) -> Option<i32> {
        match self.named_for {
            NamedFor::End if self.first_month() > 1 => name.checked_sub(1),
            _ => Some(name),
        }
    }

    fn month(self) -> &'static str {
        month_name(self.first_month())
    }

    /// The lines that settle it: `fiscal-year-starts = 4`.
    pub(super) fn setting(self) -> String {
        match self.named_for {
            NamedFor::End => format!("fiscal-year-starts = {}", self.first_month()),
            NamedFor::Start => {
                format!("fiscal-year-starts = {}\nfiscal-year-named-for = \"start\"", self.first_month())
            }
        }
    }
}

/// "fiscal years that begin in April of the year before".
impl fmt::Display for FiscalYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.named_for {
            _ if self.first_month() == 1 => formatter.write_str("fiscal years that are calendar years"),
            NamedFor::End => write!(formatter, "fiscal years that begin in {} of the year before", self.month()),
            NamedFor::Start => {
                write!(formatter, "fiscal years that begin in {} of the year that they are named for", self.month())
            }
        }
    }
}

/// Choices for people, where several come to the same: those of fiscal years, of which there are many, in few words.
pub fn said_together(choices: &[Choice]) -> Vec<String> {
    let fiscal: Vec<FiscalYear> = choices.iter().filter_map(|choice| choice.fiscal_year()).collect();
    let others = choices.iter().filter(|choice| choice.fiscal_year().is_none());
    let mut said: Vec<String> = others.map(ToString::to_string).collect();
    let all = FiscalYear::all().count();
    if fiscal.len() == all {
        said.push("whenever fiscal years begin".to_owned());
        return said;
    } else if fiscal.len().saturating_mul(2) > all {
        said.push("any other fiscal year".to_owned());
        return said;
    }
    let (calendar, rest): (Vec<FiscalYear>, Vec<FiscalYear>) = fiscal.iter().partition(|year| year.first_month() == 1);
    said.extend(calendar.iter().map(ToString::to_string));
    let is_both = |year: &FiscalYear| rest.iter().filter(|other| other.place == year.place).count() == 2;
    let months = |meant: &dyn Fn(&FiscalYear) -> bool| {
        let months: Vec<&str> = rest.iter().filter(|year| meant(year)).map(|year| year.month()).collect();
        match months.as_slice() {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        }
    };
    let either = months(&|year| is_both(year) && year.named_for == NamedFor::End);
    let before = months(&|year| !is_both(year) && year.named_for == NamedFor::End);
    let within = months(&|year| !is_both(year) && year.named_for == NamedFor::Start);
    let parts = [(either, ""), (before, " of the year before"), (within, " of the year that they are named for")];
    for (months, which) in parts.into_iter().filter(|(months, _)| !months.is_empty()) {
        said.push(format!("fiscal years that begin in {months}{which}"));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_two_for_each_month_but_january() {
        let all: Vec<FiscalYear> = FiscalYear::all().collect();
        assert_eq!(all.len(), 23);
        assert_eq!(all.first().map(ToString::to_string).as_deref(), Some("fiscal years that are calendar years"));
        let april = FiscalYear::new(4, NamedFor::End).unwrap();
        assert_eq!((april.begins_in(2025), april.setting().as_str()), (Some(2024), "fiscal-year-starts = 4"));
        let japan = FiscalYear::new(4, NamedFor::Start).unwrap();
        assert_eq!(japan.begins_in(2025), Some(2025));
        assert_eq!(FiscalYear::new(13, NamedFor::End), None);
    }

    #[test]
    fn many_choices_are_said_in_few_words() {
        let choices: Vec<Choice> = FiscalYear::all().map(Choice::Fiscal).collect();
        assert_eq!(said_together(&choices), ["whenever fiscal years begin"]);
        assert_eq!(said_together(&choices[..1]), ["fiscal years that are calendar years"]);
        assert_eq!(said_together(&choices[1..]), ["any other fiscal year"]);
        assert_eq!(
            said_together(&choices[1..7]),
            ["fiscal years that begin in April, July, October, February, March or May of the year before"]
        );
        let april = [NamedFor::End, NamedFor::Start].map(|named| Choice::Fiscal(FiscalYear::new(4, named).unwrap()));
        assert_eq!(said_together(&april), ["fiscal years that begin in April"]);
    }
}
