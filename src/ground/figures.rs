//! Which claims state one figure, and what each mention says of it.
//!
//! Claims with the same measure, unit, scope and certain period state one figure. A period that is vague is its
//! claim's own. Two claims that give no time at all state one figure only as a question, and so do two that give a level
//! for a whole month or year: was the same time meant?

use super::terms::Variables;
use super::{FigureKey, Grounder, Group, Owner, WHEN};
use crate::calendar::{Alternatives, Choice, DaySet, Instant, Moment, MomentKind, Reading, When};
use crate::claim::{ArticleId, Claim, ClaimId, FigureClaim, Kind, OverTime};
use crate::number::Interval;
use crate::problem::{
    Constraint, Days, Figure, FigureId, Form, Lean, Says, Statement, StatementId, Time, UnreportedId, Variable,
};

impl Grounder<'_> {
    /// Makes the figures and all statements: of figures, events and texts.
    pub(super) fn figures(&mut self) {
        let claims = self.claims;
        for (at, claim) in claims.claims.iter().enumerate() {
            let id = ClaimId::at(at);
            if claim.superseded_by.is_some() || !self.counts(claim.article) {
                continue;
            }
            match &claim.kind {
                Kind::Figure(figure) => self.figure(id, claim, figure),
                Kind::Event(event) => {
                    let days = event.on.as_ref().and_then(|on| self.chosen_days(&on.value, claim.article));
                    if let Some(days) = days {
                        self.say(id, 0, claim, Says::Date(days));
                    }
                }
                Kind::Text(text) => {
                    self.say(id, 0, claim, Says::Text(text.says.value.clone()));
                }
            }
        }
    }

    fn figure(&mut self, id: ClaimId, claim: &Claim, stated: &FigureClaim) {
        let time =
            stated.when.as_ref().map_or(Time::Unsaid, |when| Time::At(self.chosen_when(&when.value, claim.article)));
        let key = FigureKey {
            group: self.group(claim.article, claim.when()),
            measure: stated.measure.value.clone(),
            unit: stated.unit.clone(),
            scope: stated.scope.clone(),
            own: self.owner(&time, id, claim, stated),
            time: self.keyed(&time, &stated.measure.value),
        };
        let figure = self.figure_at(key, time);
        if let Some(slot) = self.stated.get_mut(id.index()) {
            *slot = Some(figure);
        }
        for (mention, (_, reading)) in stated.readings.iter().enumerate() {
            let statement = self.say(id, mention, claim, Says::Value(figure, reading.clone()));
            if let Some(figure) = self.problem.figures.get_mut(figure.index()) {
                figure.statements.push(statement);
            }
        }
    }

    /// A time as claims of one figure share it: a level named for a day is that of the day's end, a moment and no running
    /// total, however it is written; a running total from a declared origin is that of the period since.
    pub(super) fn keyed(&self, time: &Time, measure: &str) -> Time {
        let Time::At(when) = time else { return time.clone() };
        let declared = self.claims.vocabulary.measures.get(measure);
        let origin = declared.and_then(|measure| measure.origin).map(|day| Moment::fixed(day.start()));
        let shared = match when {
            _ if declared.is_some_and(|measure| measure.over_time == Some(OverTime::Level)) => {
                when.stands_at().map_or(*when, |moment| When::Period { start: moment, end: moment, length: None })
            }
            When::Through { since, end } => match since.or(origin) {
                Some(start) if start.latest < end.earliest => When::Period { start, end: *end, length: None },
                _ => *when,
            },
            When::Period { .. } => *when,
        };
        Time::At(shared)
    }

    /// Who alone can state a figure of this time.
    fn owner(&self, time: &Time, id: ClaimId, claim: &Claim, stated: &FigureClaim) -> Owner {
        let ends: Vec<MomentKind> = match &self.keyed(time, &stated.measure.value) {
            Time::Unsaid => return Owner::Article(claim.article),
            Time::At(When::Period { start, end, .. }) => vec![start.kind, end.kind],
            Time::At(When::Through { since, end }) => since.iter().chain([end]).map(|moment| moment.kind).collect(),
        };
        let origin_unsaid = self.counts_from_unsaid(&stated.measure.value, time);
        if ends.contains(&MomentKind::Vague) {
            Owner::Claim(id)
        } else if origin_unsaid {
            Owner::Source(claim.article, claim.source.clone())
        } else if ends.contains(&MomentKind::Now) {
            Owner::Article(claim.article)
        } else {
            Owner::Anyone
        }
    }

    /// Whether what a measure counts by a time is a running total whose origin is not stated.
    pub(super) fn counts_from_unsaid(&self, measure: &str, time: &Time) -> bool {
        let declared = self.claims.vocabulary.measures.get(measure);
        matches!(time, Time::At(When::Through { since: None, .. }))
            && declared.is_none_or(|measure| measure.origin.is_none() && measure.over_time != Some(OverTime::Level))
    }

    /// The figure of a key, made if it is new.
    pub(super) fn figure_at(&mut self, key: FigureKey, time: Time) -> FigureId {
        if let Some(found) = self.figure_index.get(&key) {
            return *found;
        }
        let measure = self.claims.vocabulary.measures.get(&key.measure);
        let range = measure.and_then(|measure| {
            let lower = measure.least.clone().map_or_else(Interval::everything, Interval::at_least);
            let upper = measure.greatest.clone().map_or_else(Interval::everything, Interval::at_most);
            lower.intersect(&upper)
        });
        let figure = Figure {
            measure: key.measure.clone(),
            unit: key.unit.clone(),
            scope: key.scope.clone(),
            time,
            fiscal: key.group.fiscal,
            integer: measure.is_some_and(|measure| measure.integer),
            range: range.unwrap_or_else(Interval::everything),
            statements: Vec::new(),
            curve: None,
            ends: None,
            leans: Vec::new(),
        };
        let id = FigureId::at(self.problem.figures.len());
        self.problem.figures.push(figure);
        self.figure_groups.push(key.group.clone());
        self.figure_owners.push(key.own.clone());
        self.figure_times.push(key.time.clone());
        self.by_measure.entry(key.measure.clone()).or_default().push(id);
        self.units.entry((key.group.articles.clone(), key.measure.clone())).or_default().insert(key.unit.clone());
        self.by_scope.entry((key.measure.clone(), key.scope.clone())).or_default().push(id);
        self.figure_index.insert(key, id);
        id
    }

    /// Makes of the figures that one constraint looks up and nobody reports those that others look up as well.
    pub(super) fn share_unreported(&mut self, variables: &mut Variables) {
        for variable in &mut variables.list {
            let Variable::Unreported(own) = variable else { continue };
            let Some(found) = variables.unreported.get(own.index()) else { continue };
            let (measure, unit, scope, time, fiscal) = found.names();
            let names = (measure.to_owned(), unit.cloned(), scope.clone(), time);
            let next = UnreportedId::at(self.problem.unreported.len());
            let group = Group { articles: self.met_by(found.article), fiscal };
            let id = *self.unreported_index.entry((group, names)).or_insert(next);
            if id == next {
                self.problem.unreported.push(found.clone());
            }
            *own = id;
        }
    }

    fn say(&mut self, id: ClaimId, mention: usize, claim: &Claim, says: Says) -> StatementId {
        let statement = Statement { claim: id, mention, article: claim.article, source: claim.source.clone(), says };
        self.problem.statements.push(statement);
        StatementId::at(self.problem.statements.len().saturating_sub(1))
    }

    /// The statements that give a figure a value, and do not only ask for it.
    pub(super) fn values_given(&self, figure: FigureId) -> impl Iterator<Item = StatementId> {
        let gives = |statement: &StatementId| match &self.claims[self.problem[*statement].claim].kind {
            Kind::Figure(stated) => stated.gives_a_value(),
            _ => false,
        };
        self.problem[figure].statements.iter().copied().filter(gives)
    }

    /// A time in the reading that the choices give it, or the hull of all readings. Among fiscal years it does not matter
    /// when they begin, so that where nothing else meets them they are the calendar's.
    pub(super) fn chosen_when(&self, alternatives: &Alternatives<When>, article: ArticleId) -> When {
        let of_calendar = || alternatives.readings().first().filter(|_| alternatives.is_fiscal());
        let found = self.chosen(alternatives, article).or_else(of_calendar).map(|reading| reading.value);
        let nothing = Moment { earliest: Instant::FIRST, latest: Instant::LAST, kind: MomentKind::Vague };
        found.unwrap_or_else(|| {
            let all = alternatives.readings().iter().map(|reading| reading.value);
            all.reduce(hull).unwrap_or(When::Through { since: None, end: nothing })
        })
    }

    /// The days of an event in the reading that the choices give them, or those of all readings.
    fn chosen_days(&self, alternatives: &Alternatives<DaySet>, article: ArticleId) -> Option<Days> {
        let all = alternatives.readings();
        let of_all = |pick: fn(&Reading<DaySet>) -> &DaySet| {
            all.iter().map(pick).cloned().reduce(|one, other| one.union(&other))
        };
        match self.chosen(alternatives, article) {
            Some(reading) => Some(Days::new(reading.value.clone(), &reading.soft)),
            None => Some(Days::new(of_all(|reading| &reading.value)?, &of_all(|reading| &reading.soft)?)),
        }
    }

    /// The reading that holds under the article's choices, if they settle it.
    pub(super) fn chosen<'t, T: Clone + PartialEq>(
        &self,
        alternatives: &'t Alternatives<T>,
        article: ArticleId,
    ) -> Option<&'t Reading<T>> {
        let chosen = self.choices.taken.get(&article);
        let holds = |under: Choice| chosen.is_some_and(|chosen| chosen.contains(&under));
        alternatives.readings().iter().find(|reading| reading.under.is_none_or(holds))
    }

    /// Whether claims of a figure may mean different times: none is given, or the figure is a level, which stands at some
    /// moment of the month or year that is given, such as its high or its low.
    fn moment_unsaid(&self, figure: FigureId) -> bool {
        let figure = &self.problem[figure];
        let declared = self.claims.vocabulary.measures.get(&figure.measure);
        match figure.time {
            Time::Unsaid => true,
            Time::At(when) => {
                declared.is_some_and(|measure| measure.over_time == Some(OverTime::Level)) && when.stands_at().is_none()
            }
        }
    }

    /// All statements of one figure are of one true value.
    pub(super) fn same_figures(&mut self) {
        let Some(severity) = self.severity("same-figure") else { return };
        for at in 0..self.problem.figures.len() {
            let id = FigureId::at(at);
            if self.values_given(id).count() < 2 {
                continue;
            }
            let claims = self.claims_of(id);
            let leans = match claims.as_slice() {
                [first, _, ..] if self.moment_unsaid(id) => {
                    vec![self.lean(Lean::Unspecified { dimension: WHEN.into(), claim: *first, member: String::new() })]
                }
                _ => Vec::new(),
            };
            let across = self.across(&claims);
            let words = format!("every mention of {} is of one figure", self.problem[id].measure);
            self.constrain(Constraint {
                rule: "same-figure".into(),
                severity,
                words,
                because: None,
                form: Form::SameFigure(id),
                claims,
                leans,
                across,
            });
        }
    }
}

/// What two readings of a time have in common at their widest.
fn hull(one: When, other: When) -> When {
    match (one, other) {
        (When::Period { start, end, length }, When::Period { start: start2, end: end2, length: length2 }) => {
            When::Period {
                start: wider(start, start2),
                end: wider(end, end2),
                length: length.filter(|length| Some(*length) == length2),
            }
        }
        (When::Through { since, end }, When::Through { since: since2, end: end2 }) => When::Through {
            since: since.zip(since2).map(|(since, since2)| wider(since, since2)),
            end: wider(end, end2),
        },
        (one, _) => one,
    }
}

fn wider(one: Moment, other: Moment) -> Moment {
    if one == other {
        return one;
    }
    Moment { earliest: one.earliest.min(other.earliest), latest: one.latest.max(other.latest), kind: MomentKind::Vague }
}
