//! Balances: the change of a level between two moments is what came in less what went out.
//!
//! Why this is sound. The rule says that nothing but the flows that it names changes the level. Between any two moments
//! the level's change is therefore the sum of what flowed between them, and what flows adds up over time by its very
//! role: what came in over two months came in over the one or over the other. A flow that nobody reports may be
//! anything that its measure allows.
//!
//! Levels of one scope, in the order of time, together with the running totals of the flows are one constraint, which is
//! decided jointly. Where a flow is reported over just the time between two levels, the three are a formula of their
//! own besides, which is decided, and worded, by itself.

use super::Grounder;
use super::checks::Heading;
use super::flowing::{Place, key};
use super::sums::exact_period;
use super::terms::Variables;
use crate::calendar::Instant;
use crate::claim::ClaimId;
use crate::expr::Comparison;
use crate::number::Interval;
use crate::problem::{Constraint, CurveId, Domain, FigureId, Form, Formula, InstantId, Term, Time, Variable};
use crate::rule::Balance;
use crate::source::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// The figures of a balance's flows that are reported over a certain period, by measure.
type Flows = BTreeMap<(Place, (Instant, Instant)), BTreeMap<String, FigureId>>;

impl Grounder<'_> {
    /// The change of a level between two moments is what came in less what went out.
    pub(super) fn balance(&mut self, heading: &Heading, rule: &Balance) {
        let heading = Heading { words: said(rule), ..heading.clone() };
        let mut levels: BTreeMap<Place, Vec<FigureId>> = BTreeMap::new();
        for id in self.by_measure.get(&rule.level.value).cloned().unwrap_or_default() {
            if let Some(place) = self.place_of(id) {
                levels.entry(place).or_default().push(id);
            }
        }
        let flows = self.flows(rule);
        for (place, figures) in levels {
            let mut exact: BTreeMap<Instant, Vec<FigureId>> = BTreeMap::new();
            for figure in &figures {
                if let Some(instant) = self.level_instant(*figure) {
                    exact.entry(instant).or_default().push(*figure);
                }
            }
            let periods = flows.range((place.clone(), FIRST)..=(place.clone(), LAST));
            for ((_, (start, end)), reported) in periods {
                // What follows without the flows that an assumption puts here does not lean on it; it is said first.
                let stated: BTreeMap<String, FigureId> = reported
                    .iter()
                    .filter(|(_, it)| !self.is_assumed(**it))
                    .map(|(name, it)| (name.clone(), *it))
                    .collect();
                let one_way = rule.inflows.is_empty() || rule.outflows.is_empty();
                let binds = stated.len() < reported.len() && (one_way || !stated.is_empty());
                for before in exact.get(start).into_iter().flatten() {
                    for after in exact.get(end).into_iter().flatten() {
                        if binds {
                            self.balance_between(&heading, rule, (*before, *after), &stated);
                        }
                        self.balance_between(&heading, rule, (*before, *after), reported);
                    }
                }
            }
            // What follows without those that an assumption puts here does not lean on it. Those that are one figure with
            // another are bound by what binds that.
            let stated: Vec<FigureId> = figures.iter().copied().filter(|it| !self.is_assumed(*it)).collect();
            let apart: Vec<FigureId> = figures.iter().copied().filter(|it| !self.made_one.contains(it)).collect();
            self.balance_over_time(&heading, rule, &place, &stated);
            if stated.len() < apart.len() {
                self.balance_over_time(&heading, rule, &place, &apart);
            }
        }
    }

    /// Whether an assumption puts a figure where it is.
    pub(super) fn is_assumed(&self, figure: FigureId) -> bool {
        !self.problem[figure].leans.is_empty()
    }

    /// Where a figure stands: in the scope in which assumptions put it, if they do.
    fn place_of(&self, figure: FigureId) -> Option<Place> {
        let group = self.figure_groups.get(figure.index())?.clone();
        Some((group, self.problem[figure].unit.clone(), self.scope_of(figure).clone()))
    }

    /// The moment of a level, if it is known exactly.
    fn level_instant(&self, figure: FigureId) -> Option<Instant> {
        match self.problem[figure].time {
            Time::At(when) => when.stands_at().filter(|moment| moment.earliest == moment.latest).map(|it| it.earliest),
            Time::Unsaid => None,
        }
    }

    fn flows(&self, rule: &Balance) -> Flows {
        let mut flows = Flows::new();
        for name in rule.inflows.iter().chain(&rule.outflows) {
            for id in self.by_measure.get(&name.value).into_iter().flatten() {
                let (Some(place), Some(period)) = (self.place_of(*id), exact_period(&self.problem[*id].time)) else {
                    continue;
                };
                flows.entry((place, period)).or_default().entry(name.value.clone()).or_insert(*id);
            }
        }
        flows
    }

    fn balance_between(
        &mut self,
        heading: &Heading,
        rule: &Balance,
        (before, after): (FigureId, FigureId),
        reported: &BTreeMap<String, FigureId>,
    ) {
        let mut variables = Variables::default();
        let level = |grounder: &Self, variables: &mut Variables, figure: FigureId| {
            Term::Variable(variables.place(Variable::Figure(figure), grounder.domain(figure)))
        };
        let rise =
            vec![level(self, &mut variables, after), Term::Negative(Box::new(level(self, &mut variables, before)))];
        let mut flow = Vec::new();
        for (names, incoming) in [(&rule.inflows, true), (&rule.outflows, false)] {
            for name in names {
                let place = match reported.get(&name.value) {
                    Some(figure) => variables.place(Variable::Figure(*figure), self.domain(*figure)),
                    None => {
                        let declared = self.claims.vocabulary.measures.get(&name.value);
                        let least = declared.and_then(|measure| measure.least.clone());
                        let interval = least.map_or_else(Interval::everything, Interval::at_least);
                        let integer = declared.is_some_and(|measure| measure.integer);
                        variables.place(Variable::Unknown, Domain { interval, integer })
                    }
                };
                let term = Term::Variable(place);
                flow.push(if incoming { term } else { Term::Negative(Box::new(term)) });
            }
        }
        let formula = Formula::Compare(Term::Sum(rise), Comparison::Equal, Term::Sum(flow));
        let bound: Vec<FigureId> = [before, after].into_iter().chain(reported.values().copied()).collect();
        let leans = heading.leans.iter().copied().chain(self.leans_of_places(&bound)).collect();
        self.state(Heading { leans, ..heading.clone() }, formula, variables);
    }

    /// All levels of a place with the running totals of what flows there.
    fn balance_over_time(&mut self, heading: &Heading, rule: &Balance, place: &Place, figures: &[FigureId]) {
        let mut levels: Vec<(InstantId, FigureId)> = Vec::new();
        for figure in figures {
            levels.extend(self.moment_of(*figure).map(|instant| (instant, *figure)));
        }
        levels.sort_by_key(|(instant, figure)| {
            let found = &self.problem[*instant];
            (found.earliest, found.latest, *figure)
        });
        let all: Vec<&Spanned<String>> = rule.inflows.iter().chain(&rule.outflows).collect();
        let one_way = rule.inflows.is_empty() || rule.outflows.is_empty();
        let is_reported = all.iter().any(|name| self.known_curve(&key(place, &name.value)).is_some());
        if levels.len() < 2 || !(is_reported || one_way) {
            return; // whatever the levels do, flows that nobody reports can make up for it
        }
        let mut curves = |names: &[Spanned<String>]| -> Option<Vec<CurveId>> {
            names.iter().map(|name| self.flow_curve(key(place, &name.value))).collect()
        };
        let (Some(inflows), Some(outflows)) = (curves(&rule.inflows), curves(&rule.outflows)) else { return };
        let reach = (
            levels.first().and_then(|(instant, _)| self.problem[*instant].earliest),
            levels.iter().filter_map(|(instant, _)| self.problem[*instant].latest).max(),
        );
        let mut claims: BTreeSet<ClaimId> = levels.iter().flat_map(|(_, figure)| self.claims_of(*figure)).collect();
        let mut leans = heading.leans.clone();
        for curve in inflows.iter().chain(&outflows) {
            leans.extend(self.problem[self.problem[*curve].constraint].leans.iter().copied());
            let spread = self.spread(*curve);
            claims.extend(spread.meeting(reach).map(|presence| self.problem[presence.statement].claim));
        }
        leans.sort_unstable();
        leans.dedup();
        let claims: Vec<ClaimId> = claims.into_iter().collect();
        let across = self.across(&claims);
        self.constrain(Constraint {
            rule: heading.rule.clone(),
            severity: heading.severity,
            words: heading.words.clone(),
            because: heading.because.clone(),
            form: Form::Balance { levels, inflows, outflows },
            claims,
            leans,
            across,
        });
    }

    /// The instant at which a level stands.
    fn moment_of(&mut self, figure: FigureId) -> Option<InstantId> {
        let found = &self.problem[figure];
        let Time::At(when) = found.time else { return None };
        let claim = self.problem[*found.statements.first()?].claim;
        Some(self.moment(when.stands_at()?, claim, true))
    }
}

const FIRST: (Instant, Instant) = (Instant::FIRST, Instant::FIRST);
const LAST: (Instant, Instant) = (Instant::LAST, Instant::LAST);

/// A balance in words.
fn said(rule: &Balance) -> String {
    let sum = |names: &[Spanned<String>]| match names {
        [] => "0".to_owned(),
        _ => names.iter().map(|name| name.value.as_str()).collect::<Vec<_>>().join(" + "),
    };
    format!("the change of {} is {} - {}", rule.level.value, sum(&rule.inflows), sum(&rule.outflows))
}
