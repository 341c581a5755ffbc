//! Redoing the choices of a joint proof: that one of the alternatives holds, whatever is the case.

use super::super::certificate::{Place, Point, Readings, Said};
use super::super::cycle::{never_falls, total};
use super::super::facts::Checked;
use super::super::fraction::Fraction;
use super::format::{Choice, Chosen, Quantity};
use super::replay::Numbers;
use super::rows::{Redoing, canonical, sided};
use crate::problem::Side;

/// How the first of two instants lies to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Before,
    Same,
    After,
}

impl<'p> Redoing<'_, 'p> {
    /// Redoes a choice: one of its alternatives must hold, and each of them may be needed.
    pub fn choose(&mut self, chosen: &'p Chosen) -> Checked<Vec<Vec<Numbers>>> {
        if !chosen.alternatives.windows(2).all(|pair| pair.first() <= pair.get(1)) {
            return Err("its alternatives are not in order".to_owned());
        }
        let mut alternatives = Vec::new();
        for alternative in &chosen.alternatives {
            let sorted = alternative.windows(2).all(|pair| pair.first() < pair.get(1));
            if alternative.is_empty() || !sorted {
                return Err("the rows of an alternative are not in order, each once, one at least".to_owned());
            }
            alternatives.push(alternative.iter().map(|row| self.numbers(row)).collect::<Checked<Vec<Numbers>>>()?);
        }
        let needed = match &chosen.why {
            Choice::Formula(formula) => self.satisfied(*formula, &alternatives)?,
            Choice::Order(first, second) => self.ordered(first, second, &alternatives)?,
            Choice::Days(said) => self.days(said, &alternatives)?,
        };
        for rows in &alternatives {
            for row in rows {
                self.note_totals(row)?;
            }
        }
        if needed.iter().all(|needed| *needed) {
            Ok(alternatives)
        } else {
            Err("one of its alternatives is none".to_owned())
        }
    }

    /// Whether each way to satisfy a formula gives all rows of some alternative; which alternatives that needs.
    fn satisfied(&self, formula: usize, alternatives: &[Vec<Numbers>]) -> Checked<Vec<bool>> {
        let mut needed = vec![false; alternatives.len()];
        for way in self.ways(formula)? {
            let given = |row: &Numbers| way.iter().any(|demanded| demanded.gives(row, &self.whole));
            let mut found = false;
            for (rows, needed) in alternatives.iter().zip(&mut needed) {
                if rows.iter().all(given) {
                    (found, *needed) = (true, true);
                }
            }
            if !found {
                return Err("there is another way to satisfy the formula".to_owned());
            }
        }
        Ok(needed)
    }

    /// Whether each order of two instants gives all rows of some alternative; which alternatives that needs.
    fn ordered(&mut self, first: &Point, second: &Point, alternatives: &[Vec<Numbers>]) -> Checked<Vec<bool>> {
        if first >= second {
            return Err("its two instants are not in order".to_owned());
        }
        self.facts.span(first)?;
        self.facts.span(second)?;
        let mut needed = vec![false; alternatives.len()];
        for case in [Case::Before, Case::Same, Case::After] {
            let mut found = false;
            for (rows, needed) in alternatives.iter().zip(&mut needed) {
                let mut all = true;
                for row in rows {
                    all = all && self.follows(row, first, second, case)?;
                }
                if all {
                    (found, *needed) = (true, true);
                }
            }
            if !found {
                return Err("the two instants may lie in an order for which it has no alternative".to_owned());
            }
        }
        Ok(needed)
    }

    /// Whether a row follows from how two instants lie.
    fn follows(&mut self, row: &Numbers, first: &Point, second: &Point, case: Case) -> Checked<bool> {
        let orders: &[(&Point, &Point)] = match case {
            Case::Before => &[(first, second)],
            Case::Same => &[(first, second), (second, first)],
            Case::After => &[(second, first)],
        };
        for (early, late) in orders {
            let times = canonical(self.earlier(early, late, case != Case::Same)?);
            if times == *row || self.not_above(row, early, late, case == Case::Same)? {
                return Ok(true);
            }
            for rule in &self.certificate.rules {
                for side in [Side::Most, Side::Least] {
                    if self.parts(row, rule, side, Some((early, late))).is_ok() {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    /// That the one instant is before the other, or not after it.
    fn earlier(&self, early: &Point, late: &Point, strict: bool) -> Checked<Numbers> {
        let mut limit = Fraction::nought();
        let mut terms = Vec::new();
        for (point, sign) in [(early, 1), (late, -1)] {
            if let Point::Day(_) = point {
                let day = Fraction::whole(self.facts.span(point)?.0.0);
                limit = limit.minus(&day.times(&Fraction::whole(sign)));
            } else {
                match self.place(&Quantity::Moment(point.clone())) {
                    Ok(place) => terms.push((place, Fraction::whole(sign))),
                    // Nothing that speaks of it can be this row.
                    Err(_) => return Ok(Numbers { terms: [].into(), at_most: Fraction::whole(-1), strict: true }),
                }
            }
        }
        Ok(sided(terms, Side::Most, (limit, strict)))
    }

    /// Whether a row says that a running total is at the one instant at most what it is at the other: if it never falls,
    /// or if the two are the `same`.
    fn not_above(&self, row: &Numbers, early: &Point, late: &Point, same: bool) -> Checked<bool> {
        let terms = self.terms(row);
        let [(Quantity::At(one @ Place::Total { .. }), factor), (Quantity::At(other @ Place::Total { .. }), _)] =
            terms.as_slice()
        else {
            return Ok(false);
        };
        let (plus, minus) = if factor.is_positive() { (one, other) } else { (other, one) };
        let (plus, minus) = (total(plus)?, total(minus)?);
        let expected = plus.beside(&minus).is_ok()
            && (plus.at, minus.at) == (early, late)
            && (same || never_falls(self.facts, plus.measure).is_ok());
        let signs = terms.iter().map(|(_, factor)| factor.clone()).reduce(|one, other| one.plus(&other));
        Ok(expected && signs == Some(Fraction::nought()) && row.at_most.is_nought() && !row.strict)
    }

    /// That an event is on one of its days.
    fn days(&mut self, said: &Said, alternatives: &[Vec<Numbers>]) -> Checked<Vec<bool>> {
        let claim = self.facts.claim(&said.claim)?;
        if said.mention != 1 {
            return Err(format!("`{}` has one date only", said.claim));
        }
        self.grounds.statements.insert((self.facts.rank(&said.claim), said.clone()));
        let event = self.place(&Quantity::At(Place::Event(said.claim.clone())))?;
        let mut needed = vec![false; alternatives.len()];
        let least = sided(vec![(event, Fraction::whole(1))], Side::Least, (Fraction::nought(), false));
        let most = sided(vec![(event, Fraction::whole(1))], Side::Most, (Fraction::nought(), false));
        let stretches = self.facts.stretches(claim, self.readings());
        self.grounds.softened |= stretches != self.facts.stretches(claim, Readings::Hard);
        // Each bound is where some stretch begins or ends, so that it is written in one way only.
        let is_an_end = |row: &Numbers| {
            stretches.iter().any(|span| {
                (row.terms == most.terms && row.at_most == Fraction::whole(span.latest.0))
                    || (row.terms == least.terms && row.at_most == Fraction::whole(span.earliest.0).negative())
            })
        };
        if !alternatives.iter().flatten().all(is_an_end) {
            return Err(format!("it bounds `{}` where none of its days is the first or the last", said.claim));
        }
        for span in &stretches {
            // An alternative that bounds an event no closer than the stretch does holds on each of its days.
            let holds = |row: &Numbers| {
                let earliest = Fraction::whole(span.earliest.0).negative();
                (row.terms == most.terms && row.at_most >= Fraction::whole(span.latest.0))
                    || (row.terms == least.terms && row.at_most >= earliest)
            };
            let mut found = false;
            for (rows, needed) in alternatives.iter().zip(&mut needed) {
                if rows.iter().all(|row| !row.strict && holds(row)) {
                    (found, *needed) = (true, true);
                }
            }
            if !found {
                return Err(format!("`{}` may be on a day for which it has no alternative", said.claim));
            }
        }
        Ok(needed)
    }
}
