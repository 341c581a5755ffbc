//! Values for all that is not known, and what the files say of them.

use super::super::certificate::{Among, Place, Point, Readings};
use super::super::expression::Meant;
use super::super::facts::{Checked, Facts};
use super::super::fraction::Fraction;
use super::super::joint::{Formulated, Quantity};
use super::super::witness::Witness;
use super::super::words::{read_scope, written_scope, written_unit};
use super::{balances, inside, sums};
use crate::claim::{Claim, FigureClaim, Kind, Scope};
use crate::expr::Comparison;
use crate::number::{Interval, Rational};
use crate::problem::{Domain, Formula, Term};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The running total of one measure in one scope.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Curve {
    pub measure: String,
    pub unit: String,
    pub scope: BTreeMap<String, String>,
    pub among: Among,
}

/// A claim that counts, as the increment of a running total that is declared to add up.
#[derive(Clone)]
pub(in super::super) struct Presence<'a> {
    pub claim: &'a Claim,
    pub figure: &'a FigureClaim,
    pub curve: Curve,
    pub start: Point,
    pub end: Point,
    /// Whether it stands here beside other scopes: in its own, or where an assumption puts it.
    pub stands: bool,
}

/// A claim's figure.
pub(super) type Stated<'a> = (&'a Claim, &'a FigureClaim);

/// One way in which things could be.
pub(in super::super) struct World<'a> {
    pub facts: Facts<'a>,
    /// The first claim of every figure.
    pub figures: Vec<Stated<'a>>,
    /// Every claim that stands and reports a figure, with the first claim of that figure.
    pub claims: Vec<(Stated<'a>, &'a Claim)>,
    /// All claims that count, on their running totals.
    pub presences: Vec<Presence<'a>>,
    /// The curves on which any claim stands, whether or not it is set aside.
    pub said: BTreeSet<Curve>,
    /// What flows between levels, with their moments.
    pub flows: BTreeMap<Curve, BTreeSet<Point>>,
    /// The curves on which no claim stands, and that others hang together by.
    pub linking: BTreeSet<Curve>,
    /// The curves that have values, and at which instants.
    pub curves: BTreeMap<Curve, BTreeSet<Point>>,
    /// Where each figure begins and ends on a running total that is declared to add up, by its first claim.
    on_totals: BTreeMap<String, (Point, Point)>,
    /// The instants, but for origins, at which claims that stand on a curve begin and end.
    ends: BTreeMap<Curve, BTreeSet<Point>>,
    /// The instants at which a part is compared with its wholes: where claims on it begin and end, on the parts beside it,
    /// on what lies inside it and, if it lies inside several, on these.
    looked_at: BTreeMap<Curve, BTreeSet<Point>>,
    without: BTreeSet<String>,
    rules_aside: BTreeSet<String>,
    /// The formulas whose unknowns have values, with their places from 1.
    formulas: BTreeMap<Formulated, usize>,
    values: BTreeMap<Quantity, Fraction>,
    used: RefCell<BTreeSet<Quantity>>,
}

impl<'a> World<'a> {
    /// The world of a witness.
    pub fn new(facts: Facts<'a>, witness: &Witness, rules_aside: BTreeSet<String>) -> Checked<Self> {
        let mut values = BTreeMap::new();
        for (quantity, value) in &witness.values {
            let value = Fraction::read(value)
                .ok_or_else(|| format!("the value of {} is no fraction in lowest terms", said(quantity)))?;
            values.insert(quantity.clone(), value);
        }
        let mut claims: Vec<(Stated<'a>, &'a Claim)> = Vec::new();
        for claim in facts.claims.claims.iter().filter(|claim| claim.superseded_by.is_none()) {
            if let Kind::Figure(figure) = &claim.kind {
                claims.push(((claim, figure), facts.first_of(claim)));
            }
        }
        let figures = claims.iter().filter(|((claim, _), first)| claim.id == first.id).map(|(stated, _)| *stated);
        let mut world = Self {
            figures: figures.collect(),
            claims,
            facts,
            presences: Vec::new(),
            said: BTreeSet::new(),
            flows: BTreeMap::new(),
            linking: BTreeSet::new(),
            curves: BTreeMap::new(),
            on_totals: BTreeMap::new(),
            ends: BTreeMap::new(),
            looked_at: BTreeMap::new(),
            without: witness.without.iter().cloned().collect(),
            rules_aside,
            formulas: witness.formulas.iter().cloned().zip(1..).collect(),
            values,
            used: RefCell::new(BTreeSet::new()),
        };
        for (first, figure) in &world.figures {
            let declared = facts.adding(&figure.measure.value).is_ok_and(|adding| adding.declared);
            let (scope, _) = facts.placed(first, figure);
            let ends = facts.on_total(first, figure).and_then(|_| facts.ends_in(first, figure, &scope).ok());
            if let Some(ends) = ends.filter(|_| declared) {
                world.on_totals.insert(first.id.clone(), ends);
            }
        }
        let all = world.present();
        world.said = all.iter().filter(|presence| presence.stands).map(|presence| presence.curve.clone()).collect();
        world.flows = balances::flows(&world);
        world.linking = sums::linking(&world);
        world.linking.extend(world.flows.keys().filter(|curve| !world.said.contains(curve)).cloned());
        world.presences = all.into_iter().filter(|presence| world.counts(presence.claim)).collect();
        for presence in world.presences.iter().filter(|presence| presence.stands) {
            let ends = [&presence.start, &presence.end].into_iter().filter(|end| !matches!(end, Point::Origin { .. }));
            world.ends.entry(presence.curve.clone()).or_default().extend(ends.cloned());
        }
        for (curve, moments) in &world.flows {
            world.ends.entry(curve.clone()).or_default().extend(moments.iter().cloned());
        }
        for quantity in world.values.keys() {
            if let Quantity::At(Place::Total { measure, unit, scope, among, at }) = quantity {
                let (measure, unit, scope, among) = (measure.clone(), unit.clone(), scope.clone(), among.clone());
                world.curves.entry(Curve { measure, unit, scope, among }).or_default().insert(at.clone());
            }
        }
        world.looked_at = world.breakpoints();
        Ok(world)
    }

    /// Why this is enough: between two instants at which it is compared, a part can always be laid out inside one whole
    /// together with the parts beside it, each adding the same share of what it adds between the two. In several wholes
    /// that add at different times it cannot.
    fn breakpoints(&self) -> BTreeMap<Curve, BTreeSet<Point>> {
        let pairs = inside::nearest(self).into_iter().map(|(narrow, wide)| (wide, vec![narrow]));
        let all: Vec<(Curve, Vec<Curve>)> =
            pairs.chain(sums::groups(self).into_iter().map(|group| (group.whole, group.parts))).collect();
        let mut wholes: BTreeMap<&Curve, BTreeSet<&Curve>> = BTreeMap::new();
        for (whole, parts) in &all {
            parts.iter().for_each(|part| {
                wholes.entry(part).or_default().insert(whole);
            });
        }
        let mut found = self.ends.clone();
        loop {
            let before: usize = found.values().map(BTreeSet::len).sum();
            for (whole, parts) in &all {
                let of =
                    |found: &BTreeMap<Curve, BTreeSet<Point>>, curve| found.get(curve).cloned().unwrap_or_default();
                let is_shared = |part: &Curve| wholes.get(part).is_some_and(|wholes| wholes.len() > 1);
                for part in parts.iter().filter(|part| is_shared(part)) {
                    let points = of(&found, whole);
                    found.entry(part.clone()).or_default().extend(points);
                }
                let points: BTreeSet<Point> = parts.iter().flat_map(|part| of(&found, part)).collect();
                for curve in parts.iter().chain([whole]) {
                    found.entry(curve.clone()).or_default().extend(points.iter().cloned());
                }
            }
            if found.values().map(BTreeSet::len).sum::<usize>() == before {
                return found;
            }
        }
    }

    fn present(&self) -> Vec<Presence<'a>> {
        let mut found = Vec::new();
        for ((claim, figure), first) in &self.claims {
            if self.on_total(&first.id).is_none() {
                continue;
            }
            let mut mentions = 1..=figure.readings.len();
            let said = |mention| self.facts.values(figure, mention, Readings::Hard);
            if mentions.all(|mention| said(mention) == Ok(Interval::everything())) {
                continue; // it is asked for, and may be anything
            }
            let assumed = self.facts.assumed_scope(claim, figure);
            let mut scopes = vec![&figure.scope];
            if assumed != figure.scope {
                scopes.push(&assumed);
            }
            for scope in scopes {
                let curve = self.curve((claim, figure), scope);
                let Ok((start, end)) = self.facts.ends_in(first, figure, scope) else { continue };
                let stands = *scope == assumed;
                found.push(Presence { claim, figure, curve, start, end, stands });
            }
        }
        found
    }

    /// Where a figure begins and ends on a running total that is declared to add up, by its first claim.
    pub fn on_total(&self, first: &str) -> Option<(Point, Point)> {
        self.on_totals.get(first).cloned()
    }

    /// The instants, but for origins, at which claims that stand on a curve begin and end.
    pub fn ends_on(&self, curve: &Curve) -> BTreeSet<Point> {
        self.ends.get(curve).cloned().unwrap_or_default()
    }

    /// Instants in the order of their times.
    pub fn in_order(&self, points: impl Iterator<Item = Point>) -> Checked<Vec<(Fraction, Point)>> {
        let mut timed = Vec::new();
        for point in points {
            if let Some(time) = self.time(&point)? {
                timed.push((time, point));
            }
        }
        timed.sort();
        Ok(timed)
    }

    /// The times at which all of some curves have values, all at which the first few are compared with wholes among them,
    /// with the totals of each.
    pub fn together(&self, parts: &[Curve], whole: &Curve) -> Checked<Vec<(Fraction, Vec<Fraction>)>> {
        let needed: BTreeSet<Point> =
            parts.iter().filter_map(|part| self.looked_at.get(part)).flatten().cloned().collect();
        let known = |curve: &Curve| self.curves.get(curve).cloned().unwrap_or_default();
        let all: BTreeSet<Point> = parts.iter().chain([whole]).flat_map(known).chain(needed.iter().cloned()).collect();
        let has_all = |point: &Point| parts.iter().chain([whole]).all(|curve| self.has(&curve.at(point)));
        let compared = all.into_iter().filter(|point| needed.contains(point) || has_all(point));
        let compared: Vec<Point> = compared.filter(|point| !matches!(point, Point::Origin { .. })).collect();
        if compared.len() < 2 {
            return Ok(Vec::new()); // over no stretch of time is anything compared
        }
        let mut found = Vec::new();
        for (time, point) in self.in_order(compared.into_iter())? {
            let totals = parts.iter().chain([whole]).map(|curve| self.total(curve, &point));
            found.push((time, totals.collect::<Checked<Vec<Fraction>>>()?));
        }
        Ok(found)
    }

    /// Whether a claim counts: it is not set aside.
    pub fn counts(&self, claim: &Claim) -> bool {
        !self.without.contains(&claim.id)
    }

    /// Whether a rule or check counts: it is on, and not set aside.
    pub fn binds(&self, rule: &str) -> bool {
        !self.rules_aside.contains(rule) && self.facts.rule(rule).is_ok()
    }

    /// The value of something that is not known.
    pub fn value(&self, quantity: &Quantity) -> Checked<Fraction> {
        let found = self.values.get(quantity).ok_or_else(|| format!("it gives no value for {}", said(quantity)))?;
        self.used.borrow_mut().insert(quantity.clone());
        Ok(found.clone())
    }

    /// Whether something has a value.
    pub fn has(&self, quantity: &Quantity) -> bool {
        self.values.contains_key(quantity)
    }

    /// Whether a value was needed.
    pub fn is_used(&self, quantity: &Quantity) -> bool {
        self.used.borrow().contains(quantity)
    }

    /// Whether every value was needed.
    pub fn all_used(&self) -> Checked<()> {
        let used = self.used.borrow();
        match self.values.keys().find(|quantity| !used.contains(quantity)) {
            Some(quantity) => Err(format!("nothing needs a value for {}", said(quantity))),
            None => Ok(()),
        }
    }

    /// The curve on which a figure lies.
    pub fn curve(&self, (claim, figure): Stated<'_>, scope: &Scope) -> Curve {
        Curve {
            measure: figure.measure.value.clone(),
            unit: written_unit(&figure.unit),
            scope: written_scope(scope),
            among: self.facts.among(claim),
        }
    }

    /// The curves of a measure on which any claim stands, in all scopes that a curve may lie in, its own among them.
    pub fn around(&self, narrow: &Curve, measure: &str) -> BTreeSet<Curve> {
        self.around_among(narrow, measure, |curve| self.said.contains(curve))
    }

    /// The curves of a measure on which any claim stands or that flow between levels, in all scopes that a curve may lie in.
    pub fn around_or_flowing(&self, narrow: &Curve, measure: &str) -> BTreeSet<Curve> {
        self.around_among(narrow, measure, |curve| self.is_told(curve))
    }

    /// Whether any claim stands on a curve, or it flows between levels.
    pub fn is_told(&self, curve: &Curve) -> bool {
        self.said.contains(curve) || self.flows.contains_key(curve)
    }

    fn around_among(&self, narrow: &Curve, measure: &str, counts: impl Fn(&Curve) -> bool) -> BTreeSet<Curve> {
        let Some(scopes) = self.facts.around(&read_scope(&narrow.scope)) else {
            let all = self.said.iter().chain(self.flows.keys());
            return all.filter(|curve| curve.measure == measure && counts(curve)).cloned().collect();
        };
        let in_scope = |scope| Curve { measure: measure.to_owned(), scope: written_scope(&scope), ..narrow.clone() };
        scopes.into_iter().map(in_scope).filter(|curve| counts(curve)).collect()
    }

    /// The running total of a curve at an instant.
    pub fn total(&self, curve: &Curve, at: &Point) -> Checked<Fraction> {
        self.value(&curve.at(at))
    }

    /// The time of an instant, in days since 1970-01-01; `None` for an origin, of which no time is known.
    pub fn time(&self, point: &Point) -> Checked<Option<Fraction>> {
        match point {
            Point::Origin { .. } => Ok(None),
            Point::Day(_) => Ok(Some(Fraction::whole(self.facts.span(point)?.0.0))),
            _ => {
                let (earliest, latest) = self.facts.span(point)?;
                let (earliest, latest) = (Fraction::whole(earliest.0), Fraction::whole(latest.0));
                let time =
                    if earliest == latest { earliest.clone() } else { self.value(&Quantity::Moment(point.clone()))? };
                if time < earliest || time > latest {
                    return Err(format!("{} is not where it can be", said(&Quantity::Moment(point.clone()))));
                }
                Ok(Some(time))
            }
        }
    }

    /// The value of a figure, by the first claim that states it.
    pub fn figure(&self, first: &str) -> Checked<Fraction> {
        match self.on_totals.get(first) {
            None => self.value(&Quantity::Figure(first.to_owned())),
            Some((start, end)) => {
                let (claim, figure) = self.facts.figure(first)?;
                let curve = self.curve((claim, figure), &self.facts.placed(claim, figure).0);
                Ok(self.total(&curve, end)?.minus(&self.total(&curve, start)?))
            }
        }
    }

    /// Whether a figure is on no running total, or its total has values where it begins and ends. It has, where any claim
    /// that counts says what it is.
    pub fn is_looked_at(&self, first: &str) -> bool {
        let (Some((start, end)), Ok((claim, figure))) = (self.on_totals.get(first), self.facts.figure(first)) else {
            return true;
        };
        let curve = self.curve((claim, figure), &self.facts.placed(claim, figure).0);
        self.has(&curve.at(start)) && self.has(&curve.at(end))
    }

    /// The value of something that nobody reports, which has to be one that it may have.
    fn unreported(&self, quantity: &Quantity, domain: &Domain) -> Checked<Fraction> {
        let value = self.value(quantity)?;
        if !domain.interval.contains(&value.rational()) || (domain.integer && !value.is_whole()) {
            return Err(format!("{} may not have its value", said(quantity)));
        }
        Ok(value)
    }

    /// Whether a formula is satisfied; what its unknowns are is told by what it follows from.
    pub fn satisfies(&self, formula: &Formula, meant: &[Meant], order: &[usize], from: &Formulated) -> Checked<bool> {
        let mut values: Vec<Option<Fraction>> = vec![None; meant.len()];
        for (number, place) in order.iter().enumerate() {
            let value = match meant.get(*place) {
                Some(Meant::Figure(first)) => self.figure(first)?,
                Some(Meant::Event(event)) => self.value(&Quantity::At(Place::Event(event.clone())))?,
                Some(Meant::Unreported(found)) => {
                    self.unreported(&Quantity::Unreported(found.clone()), &self.facts.unreported(&found.measure))?
                }
                Some(Meant::Unknown(domain)) => {
                    let formula = self.formulas.get(from).copied().unwrap_or(0);
                    self.unreported(&Quantity::Unknown { formula, variable: number.saturating_add(1) }, domain)?
                }
                None => continue,
            };
            if let Some(slot) = values.get_mut(*place) {
                *slot = Some(value);
            }
        }
        holds(formula, &values, true, 0)
    }
}

impl Curve {
    /// Its total at an instant.
    pub fn at(&self, at: &Point) -> Quantity {
        Quantity::At(Place::Total {
            measure: self.measure.clone(),
            unit: self.unit.clone(),
            scope: self.scope.clone(),
            among: self.among.clone(),
            at: at.clone(),
        })
    }
}

/// A quantity in a refusal.
pub(super) fn said(quantity: &Quantity) -> String {
    serde_json::to_string(quantity).unwrap_or_default()
}

/// How deep a formula may be nested.
const DEEPEST: usize = 400;

/// Whether a formula, or its negation, is satisfied. A comparison in which something is divided by 0 says nothing: it is
/// satisfied either way.
fn holds(formula: &Formula, values: &[Option<Fraction>], positive: bool, depth: usize) -> Checked<bool> {
    let deeper = depth.saturating_add(1);
    if depth > DEEPEST {
        return Err("a formula is nested too deep to be looked at".to_owned());
    }
    match formula {
        Formula::Known(truth) => Ok(*truth == positive),
        Formula::Unread => Err("a formula could not be read".to_owned()),
        Formula::Answers(answers) => {
            let found = answers.variables().map(|place| values.get(place).cloned().flatten());
            let [Some(count), Some(mean), Some(deviation)] = found else {
                return Err("a formula speaks of what has no value".to_owned());
            };
            let found = super::super::answers::exist(answers, &[count, mean, deviation].map(|it| it.rational()))?;
            Ok(found.is_none_or(|exist| exist == positive))
        }
        Formula::Not(of) => holds(of, values, !positive, deeper),
        Formula::All(all) | Formula::Any(all) => {
            let every = matches!(formula, Formula::All(_)) == positive;
            for part in all {
                if holds(part, values, positive, deeper)? != every {
                    return Ok(!every);
                }
            }
            Ok(every)
        }
        Formula::Compare(left, comparison, right) => {
            let (Some(left), Some(right)) = (number(left, values, deeper)?, number(right, values, deeper)?) else {
                return Ok(true);
            };
            let truth = match comparison {
                Comparison::Less => left < right,
                Comparison::AtMost => left <= right,
                Comparison::Equal => left == right,
                Comparison::NotEqual => left != right,
                Comparison::AtLeast => left >= right,
                Comparison::More => left > right,
            };
            Ok(truth == positive)
        }
    }
}

/// The number that a term is; `None` where something is divided by 0.
fn number(term: &Term, values: &[Option<Fraction>], depth: usize) -> Checked<Option<Fraction>> {
    let deeper = depth.saturating_add(1);
    if depth > DEEPEST {
        return Err("a formula is nested too deep to be looked at".to_owned());
    }
    let of = |term: &Term| number(term, values, deeper);
    let both = |left: &Term, right: &Term| Ok::<_, String>(of(left)?.zip(of(right)?));
    let all = |terms: &[Term]| terms.iter().map(of).collect::<Checked<Option<Vec<Fraction>>>>();
    let exact = |number: &Rational| Fraction::from(number);
    Ok(match term {
        Term::Number(number) => Some(exact(number)),
        Term::Variable(place) => {
            Some(values.get(*place).cloned().flatten().ok_or("a formula speaks of what has no value")?)
        }
        Term::Negative(term) => of(term)?.map(|value| value.negative()),
        Term::Sum(terms) => all(terms)?.map(|all| all.iter().fold(Fraction::nought(), |sum, value| sum.plus(value))),
        Term::Product(left, right) => both(left, right)?.map(|(left, right)| left.times(&right)),
        Term::Quotient(left, right) => both(left, right)?.and_then(|(left, right)| left.over(&right)),
        Term::Power(base, power) => {
            let base = of(base)?;
            if base.as_ref().is_some_and(|base| base.bits().saturating_mul(u64::from(*power)) > 100_000) {
                return Err("a power is too large to be looked at".to_owned());
            }
            base.map(|base| (0..*power).fold(Fraction::whole(1), |product, _| product.times(&base)))
        }
        Term::Least(terms) => all(terms)?.and_then(|all| all.into_iter().min()),
        Term::Greatest(terms) => all(terms)?.and_then(|all| all.into_iter().max()),
    })
}
