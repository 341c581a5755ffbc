//! Redoing the rows and choices of a joint proof from the input files.

use super::super::certificate::{Because, Certificate, Place, Point, Readings, Step};
use super::super::cycle::{Grounds, redo_step, total};
use super::super::expression::Meant;
use super::super::facts::{Checked, Facts};
use super::super::fraction::Fraction;
use super::super::instance::{self, Redone};
use super::super::notation::notation;
use super::super::words::bound;
use super::expand::{self, Polynomial, Way};
use super::format::{Given, Joint, Quantity, Reason, Row};
use super::replay::{self, Numbers, Start};
use crate::problem::{Domain, Side};
use std::collections::BTreeMap;

/// A formula that was redone, with the ways to satisfy it.
pub(super) struct Expanded {
    redone: Redone,
    /// The variables in the order in which the formula names them.
    order: Vec<usize>,
    ways: Checked<Vec<Way>>,
}

/// What is known while the rows of a proof are redone.
pub(super) struct Redoing<'a, 'p> {
    pub facts: Facts<'a>,
    pub certificate: &'p Certificate,
    pub proof: &'p Joint,
    pub formulas: Vec<Expanded>,
    pub grounds: Grounds,
    /// Whether each quantity is whole.
    pub whole: Vec<bool>,
}

/// Multiples of quantities; none is 0.
pub(super) type Terms<'p> = Vec<(&'p Quantity, Fraction)>;

impl<'a, 'p> Redoing<'a, 'p> {
    /// Redoes the formulas that a proof speaks of.
    pub fn new(facts: Facts<'a>, certificate: &'p Certificate, proof: &'p Joint) -> Checked<Self> {
        let mut grounds = Grounds::default();
        let mut formulas = Vec::new();
        for formulated in &proof.formulas {
            let redone = instance::redo(facts, &formulated.rule, &formulated.source)?;
            grounds.rules.insert(formulated.rule.clone());
            grounds.leans.extend(redone.leans.iter().cloned());
            let (_, order) = notation(&redone.formula);
            let ranges = redone.meant.iter().map(|meant| range(facts, meant)).collect::<Checked<Vec<Domain>>>()?;
            let ways = expand::ways(&redone.formula, &ranges);
            formulas.push(Expanded { redone, order, ways });
        }
        let mut redoing = Self { facts, certificate, proof, formulas, grounds, whole: Vec::new() };
        redoing.whole = proof.quantities.iter().map(|quantity| redoing.is_whole(quantity)).collect();
        Ok(redoing)
    }

    pub fn readings(&self) -> Readings {
        self.certificate.readings
    }

    /// A row in numbers; it must be written in its one form.
    pub fn numbers(&self, row: &Row) -> Checked<Numbers> {
        let (terms, scaled) = replay::numbers(&row.terms, self.proof.quantities.len())?;
        let at_most = Fraction::read(&row.at_most).ok_or("its bound is no fraction in lowest terms")?;
        let found = Numbers { terms, at_most, strict: row.strict };
        if scaled && canonical(found.clone()) == found {
            Ok(found)
        } else {
            Err("its multiples are not whole numbers without a common divisor".to_owned())
        }
    }

    /// The quantities of a row and their multiples.
    pub fn terms(&self, row: &Numbers) -> Terms<'p> {
        row.terms.iter().filter_map(|(at, factor)| Some((self.proof.quantities.get(*at)?, factor.clone()))).collect()
    }

    /// The place of a quantity among those that the proof speaks of.
    pub fn place(&self, quantity: &Quantity) -> Checked<usize> {
        let unknown = |_| "it does not speak of what its reason speaks of".to_owned();
        self.proof.quantities.binary_search(quantity).map_err(unknown)
    }

    /// Redoes a row: its reason must give it, and no other.
    pub fn redo(&mut self, given: &'p Given) -> Checked<Numbers> {
        let row = self.numbers(&given.row)?;
        let expected = match &given.why {
            Reason::Step(why) => self.step(&row, why)?,
            Reason::Stated(by) => {
                let (claim, figure) = self.facts.figure(&by.claim)?;
                let values = self.facts.values(figure, by.mention, self.readings())?;
                let (at_most, strict) = bound(&values, by.side)?;
                let hard = self.facts.values(figure, by.mention, Readings::Hard)?;
                self.grounds.softened |= bound(&hard, by.side) != Ok((at_most.clone(), strict));
                let said = super::super::certificate::Said { claim: by.claim.clone(), mention: by.mention };
                self.grounds.statements.insert((self.facts.rank(&claim.id), said));
                self.of_figure(&by.claim, by.side, (Fraction::from(&at_most), strict))?
            }
            Reason::Increment(side) => self.increment(&row, *side)?,
            Reason::Range(side) => {
                let terms = self.terms(&row);
                let [(Quantity::Figure(claim), _)] = terms.as_slice() else {
                    return Err("it bounds one figure".to_owned());
                };
                let (_, figure) = self.facts.figure(claim)?;
                let measure = &figure.measure.value;
                let range = self.facts.range(measure);
                let whole = range.integers().filter(|_| self.facts.integer(measure));
                let (at_most, strict) = bound(&whole.unwrap_or(range), *side)?;
                self.of_figure(claim, *side, (Fraction::from(&at_most), strict))?
            }
            Reason::Domain(side) => {
                let terms = self.terms(&row);
                let [(quantity, _)] = terms.as_slice() else {
                    return Err("it bounds one unknown".to_owned());
                };
                let domain = self.domain(quantity)?;
                let whole = domain.interval.integers().filter(|_| domain.integer);
                let (at_most, strict) = bound(&whole.unwrap_or(domain.interval), *side)?;
                let at = self.place(quantity)?;
                sided(vec![(at, Fraction::whole(1))], *side, (Fraction::from(&at_most), strict))
            }
            Reason::Parts { rule, side } => {
                self.parts(&row, rule, *side, None)?;
                row.clone()
            }
            Reason::Balance { rule, side } => {
                self.balance(&row, rule, *side)?;
                row.clone()
            }
            Reason::Formula(formula) => {
                self.note_totals(&row)?;
                for way in self.ways(*formula)? {
                    let holds = way.iter().any(|known| known.gives(&row, &self.whole));
                    if !holds {
                        return Err("there is a way to satisfy the formula that does not demand it".to_owned());
                    }
                }
                row.clone()
            }
            Reason::Window(side) => {
                let terms = self.terms(&row);
                let [(quantity @ Quantity::Moment(point), _)] = terms.as_slice() else {
                    return Err("it bounds one instant".to_owned());
                };
                let (earliest, latest) = self.facts.span(point)?;
                let at_most = match side {
                    Side::Most => Fraction::whole(latest.0),
                    Side::Least => Fraction::whole(earliest.0).negative(),
                };
                sided(vec![(self.place(quantity)?, Fraction::whole(1))], *side, (at_most, false))
            }
            Reason::Length { claim, side } => self.length(claim, *side)?,
        };
        if canonical(expected) == row { Ok(row) } else { Err("its reason gives another row".to_owned()) }
    }

    /// A step between two places.
    fn step(&mut self, row: &Numbers, why: &Because) -> Checked<Numbers> {
        let (mut plus, mut minus) = (None, None);
        for (quantity, factor) in self.terms(row) {
            let Quantity::At(place) = quantity else { return Err("it is no step between totals or days".to_owned()) };
            let slot = if factor.is_positive() { &mut plus } else { &mut minus };
            if slot.replace(place.clone()).is_some() {
                return Err("it is no step from one place to another".to_owned());
            }
        }
        let nothing = |beside: &Place| match beside {
            Place::Event(_) => Place::Epoch,
            _ => Place::Nothing,
        };
        let (from, to) = match (minus, plus) {
            (Some(from), Some(to)) => (from, to),
            (Some(from), None) => (from.clone(), nothing(&from)),
            (None, Some(to)) => (nothing(&to), to),
            (None, None) => return Err("it leads nowhere".to_owned()),
        };
        let step = Step { from, to, at_most: String::new(), strict: false, why: why.clone() };
        let expected = redo_step(self.facts, self.readings(), &step, &mut self.grounds)?;
        if (&expected.from, &expected.to) != (&step.from, &step.to) {
            return Err("it does not lead from and to what its reason speaks of".to_owned());
        }
        let mut terms = Polynomial::new();
        for (place, sign) in [(expected.to, 1), (expected.from, -1)] {
            if !matches!(place, Place::Epoch | Place::Nothing) {
                expand::add(&mut terms, vec![self.place(&Quantity::At(place))?], &Fraction::whole(sign));
            }
        }
        Ok(Numbers { terms: single(terms), at_most: Fraction::from(&expected.at_most), strict: expected.strict })
    }

    /// A bound on a claim's figure.
    fn of_figure(&self, claim: &str, side: Side, limit: (Fraction, bool)) -> Checked<Numbers> {
        let (found, _) = self.facts.figure(claim)?;
        let figure = Quantity::Figure(self.facts.first_of(found).id.clone());
        Ok(sided(vec![(self.place(&figure)?, Fraction::whole(1))], side, limit))
    }

    /// A figure as the increment of its running total.
    fn increment(&mut self, row: &Numbers, side: Side) -> Checked<Numbers> {
        let terms = self.terms(row);
        let mut figures = terms.iter().filter_map(|(quantity, _)| match quantity {
            Quantity::Figure(claim) => Some(claim),
            _ => None,
        });
        let claim = figures.next().ok_or("it speaks of no figure")?;
        let (found, figure) = self.facts.figure(claim)?;
        self.facts.on_total(found, figure).ok_or_else(|| format!("`{claim}` is no part of a running total"))?;
        // Where assumptions put it, that is where it counts.
        let (scope, assumed) = self.facts.placed(found, figure);
        let (start, end) = self.facts.ends_in(found, figure, &scope)?;
        let at = |point: Point| self.place(&Quantity::At(self.facts.total(found, figure, &scope, point)));
        let mut terms = vec![(self.place(&Quantity::Figure(claim.clone()))?, Fraction::whole(1))];
        if start != end {
            terms.extend([(at(end)?, Fraction::whole(-1)), (at(start)?, Fraction::whole(1))]);
        }
        self.grounds.leans.extend(assumed);
        self.grounds.add_up(self.facts, &figure.measure.value)?;
        Ok(sided(terms, side, (Fraction::nought(), false)))
    }

    /// Notes that the measures of the running totals of a row add up.
    pub fn note_totals(&mut self, row: &Numbers) -> Checked<()> {
        let terms = self.terms(row);
        let factors = terms.iter().flat_map(|(quantity, _)| match quantity {
            Quantity::Product(factors) => factors.iter().collect(),
            quantity => vec![*quantity],
        });
        for quantity in factors {
            if let Quantity::At(place @ Place::Total { .. }) = quantity {
                self.grounds.add_up(self.facts, total(place)?.measure)?;
            }
        }
        Ok(())
    }

    fn expanded(&self, formula: usize) -> Checked<&Expanded> {
        let found = formula.checked_sub(1).and_then(|at| self.formulas.get(at));
        found.ok_or_else(|| format!("there is no formula {formula}"))
    }

    /// What an unknown may be.
    pub fn domain(&self, quantity: &Quantity) -> Checked<Domain> {
        if let Quantity::Unreported(found) = quantity {
            let mut meant = self.formulas.iter().flat_map(|formula| &formula.redone.meant);
            let looked_up = meant.any(|meant| matches!(meant, Meant::Unreported(other) if other == found));
            let unknown = || format!("no formula looks up `{}`", found.measure);
            return looked_up.then(|| self.facts.unreported(&found.measure)).ok_or_else(unknown);
        }
        let Quantity::Unknown { formula, variable } = quantity else { return Err("it is no unknown".to_owned()) };
        let expanded = self.expanded(*formula)?;
        let place = variable.checked_sub(1).and_then(|at| expanded.order.get(at));
        match place.and_then(|place| expanded.redone.meant.get(*place)) {
            Some(Meant::Unknown(domain)) => Ok(domain.clone()),
            _ => Err(format!("formula {formula} has no unknown {variable}")),
        }
    }

    /// The ways to satisfy a formula, each with those of its rows that the proof could speak of.
    pub fn ways(&self, formula: usize) -> Checked<Vec<Vec<Demanded>>> {
        let expanded = self.expanded(formula)?;
        let mut forms: BTreeMap<usize, Option<Polynomial>> = BTreeMap::new();
        for (at, meant) in expanded.redone.meant.iter().enumerate() {
            forms.insert(at, self.meant(formula, at, meant, &expanded.order));
        }
        let ways = expanded.ways.as_ref().map_err(String::clone)?;
        let demanded = |way: &Way| way.iter().filter_map(|atom| self.demanded(atom, &forms)).collect();
        Ok(ways.iter().map(demanded).collect())
    }

    /// A variable in quantities; `None` if the proof does not speak of them.
    fn meant(&self, formula: usize, at: usize, meant: &Meant, order: &[usize]) -> Option<Polynomial> {
        let quantity = match meant {
            Meant::Event(event) => Quantity::At(Place::Event(event.clone())),
            Meant::Unreported(found) => Quantity::Unreported(found.clone()),
            Meant::Unknown(_) => {
                let variable = order.iter().position(|known| *known == at)?.saturating_add(1);
                Quantity::Unknown { formula, variable }
            }
            Meant::Figure(claim) => Quantity::Figure(claim.clone()),
        };
        Some(Polynomial::from([(vec![self.place(&quantity).ok()?], Fraction::whole(1))]))
    }

    fn demanded(&self, atom: &expand::Atom, forms: &BTreeMap<usize, Option<Polynomial>>) -> Option<Demanded> {
        let mut sum = Polynomial::new();
        for (product, multiple) in &atom.polynomial {
            let mut part = Polynomial::from([(Vec::new(), multiple.clone())]);
            for place in product {
                part = expand::times(&part, forms.get(place)?.as_ref()?).ok()?;
            }
            for (product, multiple) in part {
                expand::add(&mut sum, product, &multiple);
            }
        }
        let at_most = sum.remove(&Vec::new()).unwrap_or_else(Fraction::nought).negative();
        let mut terms = BTreeMap::new();
        for (product, multiple) in sum {
            let place = match product.as_slice() {
                [only] => *only,
                several => {
                    let factors = several.iter().filter_map(|at| self.proof.quantities.get(*at).cloned()).collect();
                    self.place(&Quantity::Product(factors)).ok()?
                }
            };
            terms.insert(place, multiple);
        }
        Some(Demanded(canonical(Numbers { terms, at_most, strict: atom.strict })))
    }

    fn is_whole(&self, quantity: &Quantity) -> bool {
        match quantity {
            Quantity::At(Place::Total { measure, .. }) => self.facts.integer(measure),
            Quantity::At(Place::Event(_)) => true,
            Quantity::At(_) | Quantity::Moment(_) => false,
            Quantity::Figure(claim) => {
                self.facts.figure(claim).is_ok_and(|(_, figure)| self.facts.integer(&figure.measure.value))
            }
            Quantity::Unreported(_) | Quantity::Unknown { .. } => {
                self.domain(quantity).is_ok_and(|domain| domain.integer)
            }
            Quantity::Product(factors) => factors.iter().all(|factor| self.is_whole(factor)),
        }
    }
}

/// A row that a way to satisfy a formula demands.
pub(super) struct Demanded(Numbers);

impl Demanded {
    /// Whether it is this row, as it stands or with its bound rounded where all is whole.
    pub fn gives(&self, row: &Numbers, whole: &[bool]) -> bool {
        if self.0 == *row {
            return true;
        }
        let all_whole = self.0.terms.iter().all(|(at, factor)| factor.is_whole() && whole.get(*at) == Some(&true));
        let at_most = replay::tightened(&self.0.at_most, self.0.strict);
        all_whole && *row == Numbers { terms: self.0.terms.clone(), at_most, strict: false }
    }
}

/// The values that the vocabulary alone leaves a variable.
fn range(facts: Facts<'_>, meant: &Meant) -> Checked<Domain> {
    Ok(match meant {
        Meant::Unknown(domain) => domain.clone(),
        Meant::Unreported(found) => facts.unreported(&found.measure),
        Meant::Event(_) => Domain { interval: crate::number::Interval::everything(), integer: true },
        Meant::Figure(claim) => {
            let measure = &facts.figure(claim)?.1.measure.value;
            Domain { interval: facts.range(measure), integer: facts.integer(measure) }
        }
    })
}

/// Terms at most a bound, or, for a least bound, their negatives: the bound is turned already.
pub(super) fn sided(terms: Vec<(usize, Fraction)>, side: Side, (at_most, strict): (Fraction, bool)) -> Numbers {
    let mut sum = Polynomial::new();
    for (at, factor) in terms {
        let factor = if side == Side::Most { factor } else { factor.negative() };
        expand::add(&mut sum, vec![at], &factor);
    }
    Numbers { terms: single(sum), at_most, strict }
}

fn single(sum: Polynomial) -> BTreeMap<usize, Fraction> {
    sum.into_iter().filter_map(|(product, factor)| Some((*product.first()?, factor))).collect()
}

/// A row with whole multiples without a common divisor; one without quantities has a bound of 1, 0 or -1.
pub(super) fn canonical(row: Numbers) -> Numbers {
    let scale = match Fraction::to_coprime(row.terms.values()) {
        Some(scale) => scale,
        None if row.at_most.is_nought() => return row,
        None => {
            let at_most = Fraction::whole(if row.at_most.is_negative() { -1 } else { 1 });
            return Numbers { at_most, ..row };
        }
    };
    let terms = row.terms.iter().map(|(at, factor)| (*at, factor.times(&scale))).collect();
    Numbers { terms, at_most: row.at_most.times(&scale), strict: row.strict }
}

/// What a replay starts from, but for its rows.
pub(super) fn started(proof: &Joint, whole: Vec<bool>) -> Checked<Start> {
    let mut start = Start { whole, ..Start::default() };
    for (at, quantity) in proof.quantities.iter().enumerate() {
        let factors = match quantity {
            Quantity::Product(factors) => {
                let sorted = factors.windows(2).all(|pair| pair.first() <= pair.get(1));
                let plain = factors.iter().all(|factor| !matches!(factor, Quantity::Product(_)));
                if factors.len() < 2 || !sorted || !plain {
                    return Err("a product is not of two or more quantities, in order".to_owned());
                }
                let missing = |_| "a factor is none of its quantities".to_owned();
                let places = factors.iter().map(|factor| proof.quantities.binary_search(factor).map_err(missing));
                let places = places.collect::<Checked<Vec<usize>>>()?;
                start.products.insert(places.clone(), at);
                places
            }
            _ => vec![at],
        };
        start.factors.push(factors);
    }
    Ok(start)
}
