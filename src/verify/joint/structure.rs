//! Redoing rows that follow from how things lie: parts inside wholes, balances over time, periods of fixed length.

use super::super::certificate::{Among, Leaning, Place, Point};
use super::super::cycle::{never_falls, total};
use super::super::facts::{Checked, Facts, Lies};
use super::super::fraction::Fraction;
use super::super::words::{read_scope, written_scope, written_unit};
use super::format::Quantity;
use super::replay::Numbers;
use super::rows::{Redoing, Terms, sided};
use crate::calendar::When;
use crate::claim::{Member, Scope};
use crate::problem::Side;
use crate::rule::{Balance, Kind as RuleKind};
use std::collections::{BTreeMap, BTreeSet};

/// The running total of one measure in one scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Curve<'p> {
    measure: &'p str,
    unit: &'p str,
    scope: &'p BTreeMap<String, String>,
    among: &'p Among,
}

/// What a curve adds from one instant to another.
#[derive(Clone, Copy, Debug)]
struct Increment<'p> {
    curve: Curve<'p>,
    from: &'p Point,
    to: &'p Point,
}

/// The increments that the running totals of a row make up, each once, and its other terms.
fn increments<'p>(terms: &[(&'p Quantity, Fraction)]) -> Checked<(Vec<Increment<'p>>, Terms<'p>)> {
    let mut ends: BTreeMap<Curve<'p>, (Option<&'p Point>, Option<&'p Point>)> = BTreeMap::new();
    let mut others = Vec::new();
    for (quantity, factor) in terms {
        let Quantity::At(place @ Place::Total { .. }) = quantity else {
            others.push((*quantity, factor.clone()));
            continue;
        };
        let found = total(place)?;
        let curve = Curve { measure: found.measure, unit: found.unit, scope: found.scope, among: found.among };
        let slot = ends.entry(curve).or_default();
        let slot = if factor.is_positive() { &mut slot.1 } else { &mut slot.0 };
        if factor.times(factor) != Fraction::whole(1) || slot.replace(found.at).is_some() {
            return Err("it is no sum of what totals add, each once".to_owned());
        }
    }
    let increments = ends.into_iter().map(|(curve, ends)| match ends {
        (Some(from), Some(to)) => Ok(Increment { curve, from, to }),
        _ => Err("a total has no other to be compared with".to_owned()),
    });
    Ok((increments.collect::<Checked<Vec<_>>>()?, others))
}

impl<'p> Redoing<'_, 'p> {
    /// Whether one instant is certainly not after another.
    fn in_order(&self, early: &Point, late: &Point) -> Checked<bool> {
        Ok(early == late || self.facts.span(early)?.1 <= self.facts.span(late)?.0)
    }

    /// Redoes a row that says that parts add no more, or no less, than their whole between two instants, of which the
    /// first is not after the second: certainly, or because it is `given` so.
    pub fn parts(&mut self, row: &Numbers, rule: &str, side: Side, given: Option<(&Point, &Point)>) -> Checked<()> {
        let (all, others) = increments(&self.terms(row))?;
        if !others.is_empty() || !row.at_most.is_nought() || row.strict {
            return Err("it says more than that parts lie inside their whole".to_owned());
        }
        // The parts rise from the first instant to the second, the whole falls, or the other way round.
        let first = all.first().ok_or("it speaks of no parts")?;
        let (mut early, mut late) = (first.from, first.to);
        let ordered = |early: &Point, late: &Point| match given {
            Some(given) => Ok(given == (early, late)),
            None => self.in_order(early, late),
        };
        if !ordered(early, late)? {
            (early, late) = (late, early);
            if !ordered(early, late)? {
                return Err("the one instant is not certainly before the other".to_owned());
            }
        }
        let (mut rising, mut falling) = (Vec::new(), Vec::new());
        for increment in all {
            if (increment.from, increment.to) == (early, late) {
                rising.push(increment.curve);
            } else if (increment.from, increment.to) == (late, early) {
                falling.push(increment.curve);
            } else {
                return Err("its totals are not all of the same two instants".to_owned());
            }
        }
        let (parts, whole) = if side == Side::Most { (rising, falling) } else { (falling, rising) };
        let [whole] = whole.as_slice() else { return Err("it speaks of no one whole".to_owned()) };
        self.inside(rule, side, whole, &parts)?;
        self.grounds.rules.insert(rule.to_owned());
        self.note_totals(row)
    }

    fn inside(&mut self, rule: &str, side: Side, whole: &Curve<'p>, parts: &[Curve<'p>]) -> Checked<()> {
        let alike =
            |part: &Curve<'p>| (part.measure, part.unit, part.among) == (whole.measure, whole.unit, whole.among);
        if parts.is_empty() || !parts.iter().all(alike) {
            return Err("its parts are not of the measure and the claims of the whole".to_owned());
        }
        if let ([part], Side::Most) = (parts, side) {
            let lies = self.facts.lies(&read_scope(part.scope), &read_scope(whole.scope));
            if let Some((Lies::Inside, unsaid)) = lies
                && self.facts.adding(whole.measure)?.rule == rule
            {
                never_falls(self.facts, whole.measure)?;
                let leaning = |(dimension, member)| Leaning::Unspecified { dimension, member };
                self.grounds.leans.extend(unsaid.into_iter().map(leaning));
                return Ok(());
            }
        }
        let found = sums_to(self.facts, rule, whole, parts)?;
        if side == Side::Least && !found.exactly {
            return Err("other parts may be left".to_owned());
        }
        if side == Side::Most && !found.exactly {
            never_falls(self.facts, whole.measure)?;
        }
        let leaning = |(dimension, member)| Leaning::Unspecified { dimension, member };
        self.grounds.leans.extend(found.unsaid.into_iter().map(leaning));
        Ok(())
    }

    /// Redoes a row that says that a level rises by no more, or no less, than what flowed in less what flowed out.
    pub fn balance(&mut self, row: &Numbers, rule: &str, side: Side) -> Checked<()> {
        let Some(RuleKind::Balance(balance)) = self.facts.rule(rule)?.map(|rule| &rule.kind) else {
            return Err(format!("there is no balance `{rule}`"));
        };
        if !row.at_most.is_nought() || row.strict {
            return Err("it says more than that a balance closes".to_owned());
        }
        let terms: Vec<_> = self.terms(row);
        let turned = |(quantity, factor): (&'p Quantity, Fraction)| {
            (quantity, if side == Side::Most { factor } else { factor.negative() })
        };
        let (flows, levels) = increments(&terms.into_iter().map(turned).collect::<Vec<_>>())?;
        let (mut before, mut after) = (None, None);
        for (quantity, factor) in levels {
            let slot = if factor.is_positive() { &mut after } else { &mut before };
            let Quantity::Figure(claim) = quantity else { return Err("it speaks of something else".to_owned()) };
            if factor.times(&factor) != Fraction::whole(1) || slot.replace(claim).is_some() {
                return Err("it is not about one rise of a level".to_owned());
            }
        }
        let (Some(before), Some(after)) = (before, after) else { return Err("it is about no rise".to_owned()) };
        let moments = (self.level(balance, before)?, self.level(balance, after)?);
        let (claim, figure) = self.facts.figure(after)?;
        let (other, beside) = self.facts.figure(before)?;
        let (place, assumed) = self.facts.placed(claim, figure);
        let (place2, assumed2) = self.facts.placed(other, beside);
        if (&figure.unit, &place, self.facts.among(claim)) != (&beside.unit, &place2, self.facts.among(other)) {
            return Err("the two levels are of different things".to_owned());
        }
        self.grounds.leans.extend(assumed.into_iter().chain(assumed2));
        let (unit, scope, among) = (written_unit(&figure.unit), written_scope(&place), self.facts.among(claim));
        let mut measures: BTreeSet<(&str, bool)> = BTreeSet::new();
        for Increment { curve, from, to } in flows {
            // What flows in is taken from the rise, so that its total falls from the first moment to the second.
            let incoming = (from, to) == (&moments.1, &moments.0);
            let outgoing = (from, to) == (&moments.0, &moments.1);
            let here = (curve.unit, curve.scope, curve.among) == (unit.as_str(), &scope, &among);
            if !here || incoming == outgoing || !measures.insert((curve.measure, incoming)) {
                return Err("what flows is not of the level's scope and moments".to_owned());
            }
        }
        let inflows = balance.inflows.iter().map(|name| (name.value.as_str(), true));
        let outflows = balance.outflows.iter().map(|name| (name.value.as_str(), false));
        let same = moments.0 == moments.1;
        if measures != inflows.chain(outflows).filter(|_| !same).collect() {
            return Err("it does not speak of all that flows in and out".to_owned());
        }
        self.grounds.rules.insert(rule.to_owned());
        self.note_totals(row)
    }

    /// The moment of a level's figure.
    fn level(&self, balance: &Balance, id: &str) -> Checked<Point> {
        let (claim, figure) = self.facts.figure(id)?;
        if figure.measure.value != balance.level.value {
            return Err(format!("`{id}` is no level of the balance"));
        }
        let first = self.facts.first_of(claim);
        let (first, figure) = self.facts.figure(&first.id)?;
        if self.facts.time(figure)?.and_then(When::stands_at).is_none() {
            return Err(format!("`{id}` is of no one moment"));
        }
        self.facts.ends(first, figure).map(|(_, end)| end)
    }

    /// Redoes a row about a period of fixed length whose ends are not known.
    pub fn length(&mut self, id: &str, side: Side) -> Checked<Numbers> {
        let (claim, figure) = self.facts.figure(id)?;
        let Some(When::Period { length: Some(length), .. }) = self.facts.time(figure)? else {
            return Err(format!("`{id}` is not over a period of fixed length"));
        };
        if self.facts.first_of(claim).id != id {
            return Err(format!("`{id}` is not the first that states its figure"));
        }
        let (start, end) = self.facts.ends(claim, figure)?;
        let mut limit = Fraction::whole(length);
        let mut terms = Vec::new();
        for (point, sign) in [(start, -1), (end, 1)] {
            if let Point::Day(_) = point {
                let day = Fraction::whole(self.facts.span(&point)?.0.0);
                limit = limit.minus(&day.times(&Fraction::whole(sign)));
            } else {
                terms.push((self.place(&Quantity::Moment(point))?, Fraction::whole(sign)));
            }
        }
        let limit = if side == Side::Most { limit } else { limit.negative() };
        Ok(sided(terms, side, (limit, false)))
    }
}

/// What parts of a whole turned out to be.
struct Sum {
    /// Whether they are all that there is.
    exactly: bool,
    /// The dimensions that the whole leaves unsaid, with what it is taken to cover of each.
    unsaid: BTreeSet<(String, String)>,
}

/// Whether a rule says that disjoint parts add up inside a whole: over some dimension, of which each is a member, and
/// whatever else the parts state lies inside what the whole states.
fn sums_to(facts: Facts<'_>, rule: &str, whole: &Curve<'_>, parts: &[Curve<'_>]) -> Checked<Sum> {
    let cover = read_scope(whole.scope);
    let scopes: Vec<Scope> = parts.iter().map(|part| read_scope(part.scope)).collect();
    let first = scopes.first().ok_or("there are no parts")?;
    let differs = |dimension: &&String| first.0.get(*dimension) != cover.0.get(*dimension);
    let mut reason = "the parts are the whole".to_owned();
    for dimension in first.0.keys().filter(differs) {
        match sums_over(facts, rule, whole.measure, dimension, &cover, &scopes) {
            Ok(found) => return Ok(found),
            Err(why) => reason = why,
        }
    }
    Err(reason)
}

fn sums_over(
    facts: Facts<'_>,
    rule: &str,
    measure: &str,
    dimension: &str,
    cover: &Scope,
    scopes: &[Scope],
) -> Checked<Sum> {
    let declared = facts.claims.vocabulary.measures.get(measure);
    let adds = declared.is_some_and(|declared| declared.adds_over.iter().any(|over| over.value == dimension));
    let holds = match facts.rule(rule)?.map(|rule| &rule.kind) {
        Some(RuleKind::Breakdown(breakdown)) => {
            let listed = breakdown.measures.iter().any(|listed| listed.value == measure);
            breakdown.dimension.value == dimension && (listed || (breakdown.measures.is_empty() && adds))
        }
        _ => rule == "additive" && adds,
    };
    if !holds {
        return Err(format!("`{rule}` does not say that `{measure}` adds up over `{dimension}`"));
    }
    let rest = |scope: &Scope| {
        let mut rest = scope.clone();
        rest.0.remove(dimension);
        rest
    };
    let of_whole = rest(cover);
    let mut members: Vec<String> = Vec::new();
    let mut unsaid = BTreeSet::new();
    let mut alike = true;
    for scope in scopes {
        let Some(Member::Path(member)) = scope.0.get(dimension) else {
            return Err(format!("a part is no member of `{dimension}`"));
        };
        let above = facts.above(dimension, member);
        let inside = match cover.0.get(dimension) {
            None | Some(Member::All) => true,
            Some(Member::Path(cover)) => above.contains(cover),
        };
        let apart = members
            .iter()
            .all(|other| other != member && !above.contains(other) && !facts.above(dimension, other).contains(member));
        let own = rest(scope);
        // What the whole leaves unsaid may be granted it; what a part leaves unsaid may not.
        let open = match facts.lies(&own, &of_whole) {
            Some((Lies::Same | Lies::Inside, open)) if open.iter().all(|(over, _)| own.0.contains_key(over)) => open,
            _ => return Err("its parts are not parts of their own inside the whole".to_owned()),
        };
        if !inside || !apart {
            return Err("its parts are not parts of their own inside the whole".to_owned());
        }
        alike = alike && own == of_whole;
        unsaid.extend(open);
        members.push(member.clone());
    }
    if !cover.0.contains_key(dimension) {
        unsaid.insert((dimension.to_owned(), "*".to_owned()));
    }
    Ok(Sum { exactly: alike && closed(facts, dimension, cover.0.get(dimension), &members), unsaid })
}

/// Whether members that are apart are all that there is of what a member covers, or of the whole dimension: every
/// declared member inside it lies in one of them, or has one of them inside and all that is declared in it is covered.
pub(in super::super) fn closed(facts: Facts<'_>, dimension: &str, cover: Option<&Member>, members: &[String]) -> bool {
    let Some(declared) = facts.claims.vocabulary.dimensions.get(dimension).filter(|declared| declared.complete) else {
        return false;
    };
    let all = declared_members(facts, dimension);
    let direct = |of: Option<&str>| -> Vec<&String> {
        let nearest = |member: &str| {
            let mut at = member.to_owned();
            loop {
                let parent = declared.parents.get(&at).cloned();
                at = parent.or_else(|| at.rsplit_once('/').map(|(above, _)| above.to_owned()))?;
                if at == member || all.contains(&at) {
                    return Some(at).filter(|at| at != member);
                }
            }
        };
        all.iter().filter(|member| nearest(member).as_deref() == of).collect()
    };
    if !members.iter().all(|member| all.contains(member)) {
        return false;
    }
    let top = match cover {
        None | Some(Member::All) => None,
        Some(Member::Path(path)) => Some(path.as_str()),
    };
    let mut open = vec![(top, 0_usize)];
    while let Some((of, depth)) = open.pop() {
        let children = direct(of);
        // One declared member alone of what another covers may be a mere example of it.
        if children.is_empty() || (of.is_some() && children.len() < 2) || depth > all.len() {
            return false;
        }
        let missing = children.into_iter().filter(|child| !members.contains(child));
        open.extend(missing.map(|child| (Some(child.as_str()), depth.saturating_add(1))));
    }
    true
}

/// The members that a complete dimension declares, by themselves or with their parents.
fn declared_members(facts: Facts<'_>, dimension: &str) -> BTreeSet<String> {
    let declared = facts.claims.vocabulary.dimensions.get(dimension).filter(|declared| declared.complete);
    let listed = declared.iter().flat_map(|declared| declared.members.iter().map(|member| member.value.clone()));
    let parents = declared.iter().flat_map(|declared| &declared.parents);
    listed.chain(parents.flat_map(|(child, parent)| [child.clone(), parent.clone()])).collect()
}
