//! What is reported of one group: which of its true figures and dates, and in which words.

use super::kind::Shape;
use super::random::Random;
use super::said::Said;
use super::world::{Date, Month, REGIONS};

/// Whom a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Region {
    /// All regions.
    All,
    /// All of them, though nothing says so.
    Unsaid,
    /// One of [`REGIONS`].
    One(usize),
}

/// Over what time. Months are numbered from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Time {
    Month(usize),
    /// The quarter that begins with this month.
    Quarter(usize),
    /// A running total to the end of the month.
    Through(usize),
    /// A running total to some moment of the month.
    Within(usize),
}

/// What is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Figure(Time, Region),
    /// When the campaign of a month begins and ends.
    Start(usize),
    End(usize),
    /// How many were asked in a month, and how many in a hundred of them were in favour.
    Asked(usize),
    InFavour(usize),
    /// How many in a thousand of a month's cases were in the region.
    Share(usize, usize),
}

/// What is given for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Given {
    Number(u64),
    Date(Date),
    /// No more than the month of the date.
    MonthOf(Date),
}

/// What a statement has to do with the contradiction that is planted in its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Nothing.
    Apart,
    /// It is true, and clashes with what is not.
    Involved,
    /// It is not true any more.
    Altered,
}

/// One claim.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement {
    pub what: What,
    /// Whether it is stated a second time.
    pub again: bool,
    pub given: Given,
    pub said: Said,
    pub role: Role,
}

impl Statement {
    fn new(what: What, given: Given, said: Said) -> Self {
        Self { what, again: false, given, said, role: Role::Apart }
    }
}

/// All that is reported of a group.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub months: Vec<Month>,
    pub statements: Vec<Statement>,
}

impl Scene {
    /// What is reported of what happened, all of it true. Shares are those of figures that are stated to the last digit,
    /// unless they may be of rounded ones.
    pub(super) fn of(months: Vec<Month>, shape: Shape, rounded_shares: bool, random: &mut Random) -> Self {
        let mut scene = Self { months, statements: Vec::new() };
        for month in 0..scene.months.len() {
            match shape {
                Shape::Wide => scene.report_record(month),
                Shape::Long => scene.report_figures(month, random, Said::in_digits),
                Shape::Toml => {
                    scene.report_figures(month, random, Said::in_words);
                    scene.report_in_prose(month, rounded_shares, random);
                }
            }
        }
        scene.statements.sort_by_key(|statement| (statement.what, statement.again));
        scene
    }

    /// A figure as it truly was.
    pub(super) fn truth(&self, what: What) -> Option<Given> {
        let month = |at: usize| self.months.get(at);
        let number = match what {
            What::Figure(Time::Month(at), Region::One(region)) => month(at)?.regions.get(region).copied()?,
            What::Figure(Time::Month(at), _) => month(at)?.whole,
            What::Figure(Time::Quarter(at), _) => month(at)?.through_quarter(self.months.get(at..)?)?,
            What::Figure(Time::Through(at) | Time::Within(at), _) => month(at)?.through,
            What::Start(at) => return Some(Given::Date(month(at)?.start)),
            What::End(at) => return Some(Given::Date(month(at)?.end)),
            What::Asked(at) => month(at)?.asked,
            What::InFavour(at) => share(month(at)?.in_favour, month(at)?.asked, 100),
            What::Share(at, region) => share(month(at)?.regions.get(region).copied()?, month(at)?.whole, 1_000),
        };
        Some(Given::Number(number))
    }

    fn add(&mut self, what: What, said: Said) {
        let given = self.truth(what);
        self.statements.extend(given.map(|given| Statement::new(what, given, said)));
    }

    /// A line of a wide table.
    fn report_record(&mut self, month: usize) {
        self.add(What::Figure(Time::Month(month), Region::All), Said::Plain);
        self.add(What::Figure(Time::Through(month), Region::All), Said::Plain);
        self.add(What::Start(month), Said::Plain);
        self.add(What::End(month), Said::Plain);
    }

    /// Some of the figures of a month, and of the quarter that it begins. Of the first month there is always something to
    /// be checked.
    fn report_figures(&mut self, month: usize, random: &mut Random, way: fn(&mut Random, u64) -> Said) {
        let first = month == 0;
        let mut wanted: Vec<What> = Vec::new();
        for region in (0..REGIONS.len()).map(Region::One).chain([Region::All]) {
            if random.happens(3, 4) || (first && region <= Region::One(0)) {
                wanted.push(What::Figure(Time::Month(month), region));
            }
        }
        if random.happens(1, 2) {
            wanted.push(What::Figure(Time::Through(month), Region::All));
        }
        if month.is_multiple_of(3) && random.happens(1, 2) {
            wanted.push(What::Figure(Time::Quarter(month), Region::All));
        }
        for what in wanted {
            if let Some(Given::Number(value)) = self.truth(what) {
                self.add(what, way(random, value));
                if random.happens(1, 8) {
                    self.statements.push(Statement {
                        again: true,
                        ..Statement::new(what, Given::Number(value), way(random, value))
                    });
                }
            }
        }
    }

    /// What articles report and tables do not.
    fn report_in_prose(&mut self, month: usize, rounded_shares: bool, random: &mut Random) {
        let Some(true_month) = self.months.get(month).cloned() else { return };
        if random.happens(1, 4) {
            // At some moment of the month it was this.
            let before = true_month.through.saturating_sub(true_month.whole);
            let by_then = before.saturating_add(random.below(true_month.whole.saturating_add(1)));
            let what = What::Figure(Time::Within(month), Region::All);
            let said = Said::in_words(random, by_then);
            self.statements.push(Statement::new(what, Given::Number(by_then), said));
        }
        if random.happens(1, 6) {
            self.add(What::Figure(Time::Month(month), Region::Unsaid), Said::in_words(random, true_month.whole));
        }
        if month == 0 || random.happens(1, 3) {
            for (what, date) in [(What::Start(month), true_month.start), (What::End(month), true_month.end)] {
                let given = if random.happens(1, 4) { Given::MonthOf(date) } else { Given::Date(date) };
                self.statements.push(Statement::new(what, given, Said::Plain));
            }
        }
        if random.happens(1, 4) {
            self.add(What::Asked(month), Said::Plain);
            self.add(What::InFavour(month), Said::Plain);
        }
        let region = random.place(REGIONS.len());
        let needed = [Region::All, Region::One(region)].map(|region| What::Figure(Time::Month(month), region));
        let said = |what: &What| {
            self.statements.iter().any(|it| it.what == *what && (rounded_shares || it.said == Said::Plain))
        };
        if random.happens(1, 2) && needed.iter().all(said) {
            self.add(What::Share(month, region), Said::Plain);
        }
    }

    /// Whether anything is said of it.
    pub(super) fn states(&self, what: What) -> bool {
        self.statements.iter().any(|statement| statement.what == what)
    }
}

impl Month {
    /// The cases of the quarter that begins with this month, which is the first of these; none if it is not over yet.
    fn through_quarter(&self, from_here: &[Month]) -> Option<u64> {
        Some(from_here.get(2)?.through.saturating_sub(self.through.saturating_sub(self.whole)))
    }
}

/// A part of a whole in so many parts of it, rounded to the nearest.
pub(super) fn share(part: u64, whole: u64, parts: u64) -> u64 {
    let twice = part.saturating_mul(parts).saturating_mul(2).saturating_add(whole);
    twice.checked_div(whole.saturating_mul(2)).unwrap_or(0)
}
