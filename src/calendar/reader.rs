//! What the forms read from: the tokens of a phrase, the context it stands in, and the year that is not said.

use super::alternatives::{Alternatives, Reading};
use super::convention::{Choice, Context, WeekStart};
use super::day::Day;
use super::error::DateError;
use super::fiscal_year::FiscalYear;
use super::span::DaySpan;
use super::stretch::Stretch;
use super::tables::LEADING;
use super::token::{Cursor, Kind, Token};
use super::when::Moment;

/// Where the year of "October" comes from, if it is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Years {
    /// The latest one that begins no later than the dateline.
    Dateline,
    /// The latest one that begins no later than this day.
    NotAfter(Day),
    /// The first one that ends no earlier than this day.
    NotBefore(Day),
}

/// Everything that a form reads from.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// The phrase as errors show it.
    pub(super) shown: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) context: &'t Context,
    /// The forms that are known.
    pub(super) forms: &'static [Known],
    pub(super) years: Years,
    /// How many phrases this one stands within; "some day of the end of early ..." has to end somewhere.
    pub(super) depth: u8,
}

pub(super) type Readings = Result<Alternatives<Stretch>, DateError>;

/// A form: `None` if the phrase is not of this form, an error if it is and yet names nothing.
pub(super) type Form = fn(&Reader<'_>, &mut Cursor<'_>) -> Option<Readings>;

/// A form, and how it reads, in a sentence for whoever asks why.
pub(super) struct Known {
    pub(super) form: Form,
    pub(super) why: &'static str,
}

const DEEPEST: u8 = 4;

impl<'t> Reader<'t> {
    pub(super) fn unreadable(&self) -> DateError {
        DateError::Unreadable { text: self.shown.to_owned() }
    }

    pub(super) fn impossible(&self) -> DateError {
        DateError::Impossible { text: self.shown.to_owned() }
    }

    pub(super) fn out_of_range(&self) -> DateError {
        DateError::OutOfRange { text: self.shown.to_owned() }
    }

    pub(super) fn backwards(&self) -> DateError {
        DateError::Backwards { text: self.shown.to_owned() }
    }

    pub(super) fn dateline(&self) -> Result<Day, DateError> {
        self.context.dateline.ok_or_else(|| DateError::NoDateline { text: self.shown.to_owned() })
    }

    pub(super) fn now(&self) -> Result<Moment, DateError> {
        self.dateline().map(Moment::now)
    }

    /// The same reader, for a year that is said elsewhere.
    pub(super) fn with_years(&self, years: Years) -> Self {
        Self { years, ..*self }
    }

    pub(super) fn cursor(&self) -> Cursor<'t> {
        Cursor::new(self.text, self.tokens, 0)
    }

    /// The same reader for some of the tokens.
    pub(super) fn part(&self, from: usize, to: usize) -> Self {
        Self { tokens: self.tokens.get(from..to).unwrap_or_default(), ..*self }
    }

    /// The longest phrase that begins at the cursor; the cursor moves past it.
    pub(super) fn stretch(&self, cursor: &mut Cursor<'t>) -> Option<Readings> {
        self.known_stretch(cursor).map(|(readings, _)| readings)
    }

    /// As [`Reader::stretch`], with the sentence that says how it was read.
    pub(super) fn known_stretch(&self, cursor: &mut Cursor<'t>) -> Option<(Readings, &'static str)> {
        if self.depth > DEEPEST {
            return None;
        }
        let deeper = Self { depth: self.depth.saturating_add(1), ..*self };
        let mut best: Option<(usize, Readings, &'static str)> = None;
        for known in self.forms {
            let mut ahead = *cursor;
            if let Some(readings) = (known.form)(&deeper, &mut ahead)
                && best.as_ref().is_none_or(|(longest, ..)| ahead.at > *longest)
            {
                best = Some((ahead.at, readings, known.why));
            }
        }
        let (at, readings, why) = best?;
        cursor.at = at;
        Some((readings, why))
    }

    /// A phrase within a phrase, with "the" or "in" before it if it likes.
    pub(super) fn inner(&self, cursor: &mut Cursor<'_>) -> Option<Readings> {
        let mut ahead = Cursor::new(self.text, self.tokens, cursor.at);
        let mut plain = ahead;
        let _ = ahead.one_of(&["the", "in the", "in"]);
        let found = self.stretch(&mut plain);
        let (at, readings) = match self.stretch(&mut ahead) {
            Some(readings) if found.is_none() || ahead.at > plain.at => (ahead.at, readings),
            _ => (plain.at, found?),
        };
        cursor.at = at;
        Some(readings)
    }

    /// All tokens as one stretch, after words such as "in" and "the".
    pub(super) fn phrase_whole(&self) -> Readings {
        let mut cursor = self.cursor();
        let mut telling = None;
        loop {
            let mut ahead = cursor;
            match self.stretch(&mut ahead) {
                Some(Ok(readings)) if ahead.is_done() => return Ok(readings),
                Some(Err(error)) if ahead.is_done() => telling = telling.or(Some(error)),
                _ => {}
            }
            if cursor.one_of(LEADING).is_none() {
                return Err(telling.unwrap_or_else(|| self.unreadable()));
            }
        }
    }

    /// Whether the year of what it names is said in it.
    pub(super) fn says_a_year(&self) -> bool {
        self.tokens.iter().any(|token| match token.kind {
            Kind::Date => true,
            Kind::Number { digits, .. } => digits == 4,
            Kind::Word => {
                let word = self.text.get(token.start..token.end).unwrap_or_default();
                word.len() >= 4 && word.bytes().any(|byte| byte.is_ascii_digit())
            }
            Kind::Figure | Kind::Mark(_) => false,
        })
    }

    /// Where the first of these words stands, if it is there: its first token and the one after it.
    pub(super) fn find<T: Copy>(
        &self,
        table: impl Iterator<Item = (&'static str, T)> + Clone,
        from: usize,
    ) -> Option<(usize, usize, T)> {
        (from..self.tokens.len()).find_map(|at| {
            let mut cursor = Cursor::new(self.text, self.tokens, at);
            cursor.entry(table.clone()).map(|value| (at, cursor.at, value))
        })
    }

    /// The place of the comma before a token, or the token's own.
    pub(super) fn before_comma(&self, at: usize) -> usize {
        let before = at.saturating_sub(1);
        let comma = self.tokens.get(before).is_some_and(|token: &Token| token.kind == Kind::Mark(','));
        if comma && at > 0 { before } else { at }
    }

    /// Two readings that hold together.
    pub(super) fn pair<T: Clone + PartialEq, U: Clone + PartialEq>(
        &self,
        first: &Alternatives<T>,
        second: &Alternatives<U>,
    ) -> Result<Alternatives<(T, U)>, DateError> {
        first.pair(second).ok_or_else(|| DateError::TwoConventions { text: self.shown.to_owned() })
    }

    /// The stretch of a year that is not said.
    pub(super) fn without_year(&self, of_year: impl Fn(i32) -> Option<DaySpan>) -> Result<DaySpan, DateError> {
        // A 29 February may lie eight years away, over a century without a leap day.
        let around =
            |day: Day| (0..=8).map(move |step| (day.year().saturating_sub(step), day.year().saturating_add(step)));
        let latest = |day: Day| around(day).find_map(|(year, _)| of_year(year).filter(|span| span.earliest <= day));
        let found = match self.years {
            Years::Dateline => latest(self.dateline()?),
            Years::NotAfter(day) => latest(day),
            Years::NotBefore(day) => around(day).find_map(|(_, year)| of_year(year).filter(|span| span.latest >= day)),
        };
        found.ok_or_else(|| self.impossible())
    }

    /// The stretch of this year, or of the year that follows from the dateline.
    pub(super) fn of_year(
        &self,
        year: Option<i32>,
        span: impl Fn(i32) -> Option<DaySpan>,
    ) -> Result<DaySpan, DateError> {
        match year {
            Some(year) => span(year).ok_or_else(|| self.impossible()),
            None => self.without_year(span),
        }
    }

    /// What follows from every usual start of the week, or from the one that the article sets.
    pub(super) fn weeks(&self, of_start: impl Fn(WeekStart) -> Option<Stretch>) -> Readings {
        let of_start = |start| of_start(start).ok_or_else(|| self.out_of_range());
        if let Some(start) = self.context.conventions.week_starts {
            return of_start(start).map(Alternatives::one);
        }
        let readings = WeekStart::NAMES
            .iter()
            .map(|(_, start)| Ok(Reading::plain(of_start(*start)?, Some(Choice::Week(*start)))))
            .collect::<Result<Vec<_>, DateError>>()?;
        Alternatives::of(readings).ok_or_else(|| self.unreadable())
    }

    /// What follows from every usual fiscal year, or from the one that the article sets. Where nothing sensible follows
    /// from some of them, the others are meant.
    pub(super) fn fiscal_years(&self, of_years: impl Fn(FiscalYear) -> Result<Stretch, DateError>) -> Readings {
        if let Some(years) = self.context.conventions.fiscal_year {
            return of_years(years).map(Alternatives::one);
        }
        let all = FiscalYear::all().map(|years| Reading::plain(years, Some(Choice::Fiscal(years)))).collect();
        Alternatives::of(all).ok_or_else(|| self.unreadable())?.try_map(of_years)
    }
}

/// The one reading of a phrase that names exactly these days.
pub(super) fn whole(span: Result<DaySpan, DateError>) -> Readings {
    span.map(|span| Alternatives::one(Stretch::whole(span)))
}
