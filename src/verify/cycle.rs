//! Redoing a cycle: every step from the files, then that the steps close and add up to less than nothing.

use super::certificate::{Among, Because, Bound, Leaning, Place, Point, Readings, Said, Step};
use super::expression;
use super::facts::{Checked, Facts, Lies};
use super::words::{bound, read_scope, written, written_member, written_unit};
use crate::claim::{Claim, FigureClaim, Kind, Scope};
use crate::expr::Comparison;
use crate::number::Rational;
use crate::problem::Side;
use crate::rule::{Kind as RuleKind, Opening, Stages};
use num_bigint::BigInt;
use std::collections::BTreeSet;

/// What a cycle turned out to rest on.
#[derive(Clone, Debug, Default)]
pub(super) struct Grounds {
    pub statements: BTreeSet<(usize, Said)>,
    pub leans: BTreeSet<Leaning>,
    /// Rules that must be named.
    pub rules: BTreeSet<String>,
    /// Rules by which measures add up: they may be named.
    pub adds: BTreeSet<String>,
    /// Whether any bound is another on hard readings.
    pub softened: bool,
}

impl Grounds {
    /// Notes that a measure adds up, by which rule, and that this is not declared, if it is not.
    pub fn add_up(&mut self, facts: Facts<'_>, measure: &str) -> Checked<()> {
        let adding = facts.adding(measure)?;
        if !adding.declared {
            self.leans.insert(Leaning::Undeclared(measure.to_owned()));
        }
        self.adds.insert(adding.rule);
        Ok(())
    }
}

/// What a step should be.
pub(super) struct Expected {
    pub from: Place,
    pub to: Place,
    pub at_most: Rational,
    pub strict: bool,
}

/// Redoes a cycle.
///
/// # Errors
/// The step that does not follow (none if it is the whole), and why.
pub(super) fn redo(facts: Facts<'_>, readings: Readings, steps: &[Step]) -> Result<Grounds, (Option<usize>, String)> {
    let mut grounds = Grounds::default();
    let mut sum = (BigInt::from(0), BigInt::from(1));
    let mut strict = false;
    let mut visited: BTreeSet<&Place> = BTreeSet::new();
    for (at, step) in steps.iter().enumerate() {
        let number = Some(at.saturating_add(1));
        let fail = |reason: String| (number, reason);
        let expected = redo_step(facts, readings, step, &mut grounds).map_err(fail)?;
        if step.from != expected.from || step.to != expected.to {
            return Err(fail("it does not lead from and to what its reason speaks of".to_owned()));
        }
        if step.at_most != written(&expected.at_most) {
            return Err(fail(format!("its bound is {}, not {}", written(&expected.at_most), step.at_most)));
        }
        if step.strict != expected.strict {
            return Err(fail("whether its bound is excluded is not as its reason says".to_owned()));
        }
        let next = steps.get(at.saturating_add(1)).or(steps.first()).map(|next| &next.from);
        if next != Some(&step.to) {
            return Err(fail("the next step does not begin where it ends".to_owned()));
        }
        if !visited.insert(&step.from) {
            return Err(fail("it begins where another step began".to_owned()));
        }
        strict |= step.strict;
        let (top, bottom) = (expected.at_most.numerator(), expected.at_most.denominator());
        sum = (&sum.0 * &bottom + &top * &sum.1, &sum.1 * &bottom);
    }
    let least = visited.first().copied();
    if steps.first().map(|step| &step.from) != least {
        return Err((None, "it does not begin with its least node".to_owned()));
    }
    // Denominators are positive, so that the sign of the sum is that of its numerator.
    let nothing = BigInt::from(0);
    if sum.0 > nothing || (sum.0 == nothing && !strict) || steps.is_empty() {
        return Err((None, "the bounds do not add up to less than nothing".to_owned()));
    }
    Ok(grounds)
}

pub(super) fn redo_step(facts: Facts<'_>, readings: Readings, step: &Step, grounds: &mut Grounds) -> Checked<Expected> {
    for place in [&step.from, &step.to] {
        if let Place::Total { measure, .. } = place {
            grounds.add_up(facts, measure)?;
        }
    }
    let nought = |from: &Place, to: &Place| Expected {
        from: from.clone(),
        to: to.clone(),
        at_most: Rational::from(0),
        strict: false,
    };
    match &step.why {
        Because::Stated(by) => {
            let (claim, figure) = facts.figure(&by.claim)?;
            carried(facts, readings, (claim, figure), by, [&figure.scope, &figure.scope], grounds)
        }
        Because::Within(said) => {
            let by = Bound { claim: said.claim.clone(), mention: said.mention, side: Side::Least };
            scoped(facts, readings, step, &by, Lies::Inside, grounds)
        }
        Because::SameScope(by) => scoped(facts, readings, step, by, Lies::Same, grounds),
        Because::Dated(by) => dated(facts, readings, by, grounds),
        Because::Ordered { by, comparison } => {
            grounds.rules.insert(by.clone());
            if facts.claims.assumes.iter().any(|assume| assume.id == *by) {
                grounds.leans.insert(Leaning::Assumed(by.clone()));
            }
            ordered(facts, step, by, *comparison)
        }
        Because::SameOrigin => {
            let (one, other) = (total(&step.from)?, total(&step.to)?);
            one.beside(&other)?;
            match (one.at, other.at) {
                (Point::Origin { .. }, Point::Origin { .. }) => {}
                _ => return Err("it speaks of two origins that are not stated".to_owned()),
            }
            facts_of_origin(facts, &one)?;
            facts_of_origin(facts, &other)?;
            grounds.leans.insert(Leaning::Origin);
            Ok(nought(&step.from, &step.to))
        }
        Because::BegunBefore => {
            let (late, early) = (total(&step.from)?, total(&step.to)?);
            early.beside(&late)?;
            never_falls(facts, early.measure)?;
            facts_of_origin(facts, &early)?;
            facts.span(late.at)?;
            grounds.leans.insert(Leaning::Origin);
            Ok(nought(&step.from, &step.to))
        }
        Because::Stage(rule) => {
            let stages = stages(facts, rule)?;
            grounds.rules.insert(rule.clone());
            let (first, later) = (total(&step.from)?, total(&step.to)?);
            let place = |name: &str| stages.order.iter().position(|measure| measure.value == name);
            match (place(first.measure), place(later.measure)) {
                (Some(one), Some(other)) if one < other => {}
                _ => return Err(format!("the rule `{rule}` does not put these measures in this order")),
            }
            if (first.unit, first.among, first.at) != (later.unit, later.among, later.at) {
                return Err("the two totals differ in more than their measure and scope".to_owned());
            }
            match facts.lies(&read_scope(later.scope), &read_scope(first.scope)) {
                Some((Lies::Same | Lies::Inside, unsaid)) => {
                    let leaning = |(dimension, member)| Leaning::Unspecified { dimension, member };
                    grounds.leans.extend(unsaid.into_iter().map(leaning));
                }
                _ => return Err("the earlier total's scope does not cover that of the later one".to_owned()),
            }
            never_falls(facts, first.measure)?;
            never_falls(facts, later.measure)?;
            facts.span(first.at)?;
            Ok(nought(&step.from, &step.to))
        }
        Because::Opening(rule) => {
            let stages = stages(facts, rule)?;
            grounds.rules.insert(rule.clone());
            let found = match (&step.from, &step.to) {
                (Place::Nothing, place) | (place, Place::Nothing) => total(place)?,
                _ => return Err("it does not compare a total with nothing".to_owned()),
            };
            if stages.opening != Opening::Zero || !stages.order.iter().any(|measure| measure.value == found.measure) {
                return Err(format!("the rule `{rule}` does not say that nothing was there before"));
            }
            match facts.origin(found.measure) {
                Some(day) if *found.at == Point::Day(day.clone()) => {}
                Some(_) => return Err("the measure counts from another day".to_owned()),
                None => {
                    facts_of_origin(facts, &found)?;
                    grounds.leans.insert(Leaning::Origin);
                }
            }
            Ok(nought(&step.from, &step.to))
        }
        Because::Order => {
            let (late, early) = (total(&step.from)?, total(&step.to)?);
            early.beside(&late)?;
            never_falls(facts, early.measure)?;
            if facts.span(early.at)?.1 > facts.span(late.at)?.0 {
                return Err("the one instant is not certainly before the other".to_owned());
            }
            Ok(nought(&step.from, &step.to))
        }
    }
}

/// A running total at an instant.
pub(super) struct Total<'s> {
    pub measure: &'s str,
    pub unit: &'s str,
    pub scope: &'s std::collections::BTreeMap<String, String>,
    pub among: &'s Among,
    pub at: &'s Point,
}

impl Total<'_> {
    /// Whether both are totals of one curve.
    pub fn beside(&self, other: &Total<'_>) -> Checked<()> {
        let same =
            (self.measure, self.unit, self.scope, self.among) == (other.measure, other.unit, other.scope, other.among);
        if same { Ok(()) } else { Err("the two totals are not of one measure, scope and group of claims".to_owned()) }
    }
}

pub(super) fn total(place: &Place) -> Checked<Total<'_>> {
    match place {
        Place::Total { measure, unit, scope, among, at } => Ok(Total { measure, unit, scope, among, at }),
        _ => Err("it does not speak of running totals".to_owned()),
    }
}

pub(super) fn never_falls(facts: Facts<'_>, measure: &str) -> Checked<()> {
    if facts.adding(measure)?.never_falls { Ok(()) } else { Err(format!("totals of `{measure}` may fall")) }
}

/// Whether some claim counts from such an origin.
fn facts_of_origin(facts: Facts<'_>, total: &Total<'_>) -> Checked<()> {
    let Point::Origin { scope: from, .. } = total.at else {
        return Err("it speaks of an origin that is not stated".to_owned());
    };
    // An origin is of its claim's own scope, which may lie inside that of the total.
    let counts = |claim: &Claim| {
        let Kind::Figure(figure) = &claim.kind else { return false };
        figure.measure.value == total.measure
            && written_unit(&figure.unit) == total.unit
            && facts.among(claim) == *total.among
            && figure.scope.0.iter().all(|(it, member)| from.get(it).is_some_and(|at| written_member(member) == at))
            && [&figure.scope, &facts.assumed_scope(claim, figure)]
                .into_iter()
                .any(|scope| facts.ends_in(claim, figure, scope).is_ok_and(|(start, _)| start == *total.at))
    };
    if facts.claims.claims.iter().any(counts) { Ok(()) } else { Err("no claim counts from such an origin".to_owned()) }
}

fn stages<'a>(facts: Facts<'a>, id: &str) -> Checked<&'a Stages> {
    match facts.rule(id)?.map(|rule| &rule.kind) {
        Some(RuleKind::Stages(stages)) => Ok(stages),
        _ => Err(format!("there is no rule `{id}` of stages")),
    }
}

/// What a mention says of the running total in a scope: its own, counted from where it stands there.
fn carried(
    facts: Facts<'_>,
    readings: Readings,
    (claim, figure): (&Claim, &FigureClaim),
    by: &Bound,
    [own, scope]: [&Scope; 2],
    grounds: &mut Grounds,
) -> Checked<Expected> {
    let measure = &figure.measure.value;
    if !facts.adding(measure)?.declared {
        let counts = facts.on_total(claim, figure).is_some();
        if !counts {
            return Err(format!("`{measure}` is not declared to add up, and `{}` is not a whole count", claim.id));
        }
        grounds.leans.insert(Leaning::Undeclared(measure.clone()));
    }
    let (at_most, strict) = bound(&facts.values(figure, by.mention, readings)?, by.side)?;
    let hard = facts.values(figure, by.mention, Readings::Hard).and_then(|values| bound(&values, by.side));
    grounds.softened |= hard != Ok((at_most.clone(), strict));
    grounds.statements.insert((facts.rank(&claim.id), Said { claim: claim.id.clone(), mention: by.mention }));
    let (start, end) = facts.ends_in(claim, figure, own)?;
    let (start, end) = (facts.total(claim, figure, scope, start), facts.total(claim, figure, scope, end));
    let (from, to) = if by.side == Side::Most { (start, end) } else { (end, start) };
    Ok(Expected { from, to, at_most, strict })
}

/// What a mention says of the running total in another scope: a wider one, or one taken to be the same.
fn scoped(
    facts: Facts<'_>,
    readings: Readings,
    step: &Step,
    by: &Bound,
    wanted: Lies,
    grounds: &mut Grounds,
) -> Checked<Expected> {
    let (claim, figure) = facts.figure(&by.claim)?;
    let place = total(&step.from)?;
    let target = read_scope(place.scope);
    let mut own = figure.scope.clone();
    for (dimension, member, assume) in facts.assumed(claim) {
        if own.0.contains_key(dimension) {
            return Err(format!("`{}` states `{dimension}`, so that it cannot be assumed", claim.id));
        }
        own.0.insert(dimension.clone(), member.clone());
        grounds.leans.insert(Leaning::Assumed(assume.clone()));
    }
    if target == figure.scope {
        return Err("it carries a mention to the scope that it has".to_owned());
    }
    let Some((lies, unsaid)) = facts.lies(&own, &target) else {
        return Err("the two scopes have nothing to do with each other".to_owned());
    };
    // A scope that leaves unsaid what another states covers it, if the two are of one thing at all.
    let covers = lies == Lies::Same && unsaid.iter().any(|(dimension, _)| !target.0.contains_key(dimension));
    if lies != wanted && !(wanted == Lies::Inside && covers) {
        return Err("the scopes do not lie as it says".to_owned());
    }
    if wanted == Lies::Inside {
        never_falls(facts, &figure.measure.value)?;
    }
    let unsaid = unsaid.into_iter().map(|(dimension, member)| Leaning::Unspecified { dimension, member });
    grounds.leans.extend(unsaid);
    carried(facts, readings, (claim, figure), by, [&own, &target], grounds)
}

fn dated(facts: Facts<'_>, readings: Readings, by: &Bound, grounds: &mut Grounds) -> Checked<Expected> {
    let claim = facts.claim(&by.claim)?;
    let days = facts.days(claim, readings)?;
    grounds.softened |= days != facts.days(claim, Readings::Hard)?;
    if by.mention != 1 {
        return Err(format!("`{}` has one date only", claim.id));
    }
    grounds.statements.insert((facts.rank(&claim.id), Said { claim: claim.id.clone(), mention: 1 }));
    let event = Place::Event(claim.id.clone());
    let (from, to, days) = match by.side {
        Side::Most => (Place::Epoch, event, Rational::from(days.latest.0)),
        Side::Least => (event, Place::Epoch, -Rational::from(days.earliest.0)),
    };
    Ok(Expected { from, to, at_most: days, strict: false })
}

/// What a comparison of days bounds: from, to, and by what.
fn ordered(facts: Facts<'_>, step: &Step, by: &str, comparison: usize) -> Checked<Expected> {
    let (from, to, at_most) = order_of(facts, by, comparison, &step.to)?;
    Ok(Expected { from, to, at_most, strict: false })
}

/// A comparison of days, `plus - minus + constant COMPARISON 0` over whole days, as the bound of a step that leads to
/// `towards` if it has two.
pub(super) fn order_of(
    facts: Facts<'_>,
    by: &str,
    comparison: usize,
    towards: &Place,
) -> Checked<(Place, Place, Rational)> {
    let order = expression::day_order(facts, by, comparison)?;
    let one = Rational::from(1);
    let upper = (order.minus.clone(), order.plus.clone(), -order.constant.clone());
    let lower = (order.plus, order.minus, order.constant);
    match order.comparison {
        Comparison::AtMost => Ok(upper),
        Comparison::Less => Ok((upper.0, upper.1, upper.2 - one)),
        Comparison::AtLeast => Ok(lower),
        Comparison::More => Ok((lower.0, lower.1, lower.2 - one)),
        Comparison::Equal if *towards == upper.1 => Ok(upper),
        Comparison::Equal => Ok(lower),
        Comparison::NotEqual => Err("that two days differ puts them in no order".to_owned()),
    }
}
