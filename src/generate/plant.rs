//! Planting a contradiction: a few true statements are made exact, and one or two of them untrue, so that they cannot all
//! hold; what else was said of the same figures goes.
//!
//! All but what is [`Role::Altered`] stays true in one and the same world. So whatever is said to clash and names nothing
//! that was altered is a false accusation, whatever else it names.

use super::kind::{Kind, Shape};
use super::random::Random;
use super::said::Said;
use super::scene::{Given, Region, Role, Scene, Statement, Time, What};
use super::world::{Date, REGIONS};

/// A running total without months in between stands for so many months at least.
const LONG: usize = 4;
/// A share of all, in thousandths.
const ALL: u64 = 1_000;

fn month_of(month: usize) -> What {
    What::Figure(Time::Month(month), Region::All)
}

fn through(month: usize) -> What {
    What::Figure(Time::Through(month), Region::All)
}

impl Scene {
    /// Plants a contradiction of a kind that fits the shape, and the number of months.
    pub(super) fn plant(&mut self, kind: Kind, shape: Shape, random: &mut Random) {
        let last = self.months.len().saturating_sub(1);
        let any = random.between(0, last);
        let later = random.between(1, last.max(1));
        match kind {
            Kind::SubtotalAboveTotal if shape == Shape::Wide => {
                let before = later.saturating_sub(1);
                self.forget(through(before));
                self.involve(&[through(later)]);
                self.raise_above(month_of(before), through(later), random);
            }
            Kind::SubtotalAboveTotal => {
                let part = What::Figure(Time::Month(any), Region::One(random.place(REGIONS.len())));
                self.involve(&[month_of(any)]);
                self.raise_above(part, month_of(any), random);
            }
            Kind::RecordRule => {
                self.involve(&[through(any)]);
                self.raise_above(month_of(any), through(any), random);
            }
            Kind::FallingTotal => {
                let before = through(later.saturating_sub(1));
                self.involve(&[before]);
                let total = self.number(before);
                let fall = random.below(total / 2).saturating_add(1);
                self.alter(through(later), Given::Number(total.saturating_sub(fall)));
            }
            Kind::Swapped => {
                let (month, total) = (self.number(month_of(later)), self.number(through(later)));
                self.alter(month_of(later), Given::Number(total));
                self.alter(through(later), Given::Number(month));
            }
            Kind::SameFigure => {
                self.involve(&[month_of(any)]);
                let raised = self.number(month_of(any)).saturating_add(random.below(90)).saturating_add(1);
                self.state(month_of(any), true, Given::Number(raised), Role::Altered);
            }
            Kind::DatesOutOfOrder => {
                self.involve(&[What::Start(any)]);
                let day = self.months.get(any).map_or(2, |month| month.start.day);
                let day = random.between(1, day.saturating_sub(1));
                self.alter(What::End(any), Given::Date(Date { month: any, day }));
            }
            Kind::PercentOfCount => {
                self.involve(&[What::Asked(any)]);
                let (asked, near) = (self.number(What::Asked(any)), self.number(What::InFavour(any)));
                // Of at most 40 people there are at most 41 percentages.
                let impossible = (near..=100).chain(0..near).find(|percent| !is_percent_of(*percent, asked));
                self.alter(What::InFavour(any), Given::Number(impossible.unwrap_or(near)));
            }
            Kind::ShareOfWhole => {
                let region = random.place(REGIONS.len());
                self.involve(&[What::Figure(Time::Month(any), Region::One(region)), month_of(any)]);
                let (part, whole) =
                    (self.number(What::Figure(Time::Month(any), Region::One(region))), self.number(month_of(any)));
                // All of it is possible for the part alone and for the whole alone, so that there is always one such share.
                let start = random.below(ALL);
                let mut shares = (start..=ALL).chain(0..start);
                let moved = shares.find(|share| is_of_each_alone(*share, part, whole)).unwrap_or(ALL);
                self.alter(What::Share(any, region), Given::Number(moved));
            }
            Kind::PartsNotWhole if shape == Shape::Wide => {
                let whole = random.between(2, last.max(2));
                (0..whole).for_each(|month| self.forget(through(month)));
                self.involve(&[through(whole)]);
                self.add_up_wrongly(&(0..=whole).map(month_of).collect::<Vec<_>>(), random);
            }
            Kind::PartsNotWhole => {
                self.involve(&[month_of(any)]);
                let parts = (0..REGIONS.len()).map(|region| What::Figure(Time::Month(any), Region::One(region)));
                self.add_up_wrongly(&parts.collect::<Vec<_>>(), random);
            }
            Kind::Chain => {
                self.involve(&[through(later.saturating_sub(1)), through(later)]);
                self.add_up_wrongly(&[month_of(later)], random);
            }
            Kind::LongChain => {
                let from = random.between(0, last.saturating_sub(LONG));
                let to = random.between(from.saturating_add(LONG), last);
                let between = from.saturating_add(1)..=to;
                between.clone().for_each(|month| self.forget(through(month)));
                self.involve(&[through(from), through(to)]);
                self.add_up_wrongly(&between.map(month_of).collect::<Vec<_>>(), random);
            }
        }
        self.statements.sort_by_key(|statement| (statement.what, statement.again));
    }

    /// One of these, which make a whole that is stated, is one more than it was. It is less than the whole still, since
    /// nothing is less than two.
    fn add_up_wrongly(&mut self, parts: &[What], random: &mut Random) {
        self.involve(parts);
        if let Some(part) = parts.get(random.place(parts.len())) {
            self.alter(*part, Given::Number(self.number(*part).saturating_add(1)));
        }
    }

    /// States more of a part than there is of the whole.
    fn raise_above(&mut self, part: What, whole: What, random: &mut Random) {
        let whole = self.number(whole);
        let above = random.below(whole).saturating_add(1);
        self.alter(part, Given::Number(whole.saturating_add(above)));
    }

    fn number(&self, what: What) -> u64 {
        match self.truth(what) {
            Some(Given::Number(number)) => number,
            _ => 0,
        }
    }

    /// States these as they are, to the last digit.
    fn involve(&mut self, all: &[What]) {
        for what in all {
            if let Some(truth) = self.truth(*what) {
                self.forget(*what);
                self.state(*what, false, truth, Role::Involved);
            }
        }
    }

    /// States this instead of what was.
    fn alter(&mut self, what: What, given: Given) {
        self.forget(what);
        self.state(what, false, given, Role::Altered);
    }

    fn state(&mut self, what: What, again: bool, given: Given, role: Role) {
        self.statements.push(Statement { what, again, given, said: Said::Exactly, role });
    }

    /// Says no more of a figure, nor of what would give it away: with a month's figures their shares go, and with those
    /// of a running total the ones of that month that are vague, and the quarter's.
    fn forget(&mut self, what: What) {
        self.statements.retain(|statement| match (what, statement.what) {
            (What::Figure(Time::Month(month), region), it) => {
                let quarter = month.saturating_sub(month % 3);
                it != what
                    && !matches!(it, What::Share(of, _) if of == month)
                    && !(region == Region::All && it == What::Figure(Time::Month(month), Region::Unsaid))
                    && it != What::Figure(Time::Quarter(quarter), Region::All)
            }
            (What::Figure(Time::Through(month), _), What::Figure(Time::Within(of), _)) => of != month,
            (_, it) => it != what,
        });
    }
}

/// Whether some whole number of those asked is that percentage, rounded either way.
fn is_percent_of(percent: u64, asked: u64) -> bool {
    (0..=asked).any(|count| {
        // 100 count / asked lies within half of the percentage.
        let exact = count.saturating_mul(200);
        exact.abs_diff(percent.saturating_mul(2).saturating_mul(asked)) <= asked
    })
}

/// Whether a share, rounded to thousandths, may be that of the part in some whole, and that of some part in the whole, but
/// not of the one in the other.
fn is_of_each_alone(share: u64, part: u64, whole: u64) -> bool {
    // |1000 part / whole - share| <= 1/2
    let fits = |part: u64, whole: u64| {
        let exact = part.saturating_mul(ALL).saturating_mul(2);
        exact.abs_diff(share.saturating_mul(2).saturating_mul(whole)) <= whole
    };
    let near = |number: u64| number.saturating_sub(1)..=number.saturating_add(1);
    let some_part = near(share.saturating_mul(whole) / ALL).any(|part| fits(part, whole));
    let some_whole = part.saturating_mul(ALL).checked_div(share);
    let some_whole = some_whole.is_some_and(|whole| near(whole).any(|whole| whole >= part && fits(part, whole)));
    some_part && some_whole && !fits(part, whole)
}
