//! How the names of a check or of a derived figure are bound: each to a claim of the article, or to a figure that is
//! looked up.

use super::checks::name_of;
use super::terms::{Binder, Bound, Variables};
use super::{Grounder, Group, WHEN};
use crate::calendar::{DaySpan, Moment, MomentKind, When, read_when};
use crate::claim::{ArticleId, ClaimId, Kind, Member, Scope};
use crate::expr::{LookUp, Name, Units};
use crate::number::{Interval, Unit};
use crate::problem::{Domain, FigureId, Says, Time, Unreported, Variable};
use std::collections::BTreeSet;

/// Binds names to the claims of an article.
pub(super) struct ByClaim<'g, 'a> {
    grounder: &'g Grounder<'a>,
    article: ArticleId,
    /// The figure in whose scope look-ups are made.
    beside: Option<FigureId>,
    /// The record for whose columns names stand.
    pub(super) record: Option<&'a str>,
    /// The unit in which a measure is looked up that is given in several.
    pub(super) unit: Option<Unit>,
    pub(super) variables: Variables,
    /// The dimensions that were asked for and are unsaid.
    pub(super) unsaid: Vec<(String, ClaimId)>,
    /// The claims of figures that were named.
    pub(super) named: BTreeSet<ClaimId>,
    /// All claims that a check names: of these each is meant as itself. Any other claim that was replaced is followed to the
    /// one that replaced it. `None` if nothing is followed.
    pub(super) kept: Option<BTreeSet<ClaimId>>,
}

impl<'g, 'a> ByClaim<'g, 'a> {
    pub(super) fn new(grounder: &'g Grounder<'a>, article: ArticleId, beside: Option<FigureId>) -> Self {
        Self {
            grounder,
            article,
            beside,
            record: None,
            unit: None,
            variables: Variables::default(),
            unsaid: Vec::new(),
            named: BTreeSet::new(),
            kept: None,
        }
    }

    /// The variable of a figure.
    pub(super) fn figure(&mut self, figure: FigureId) -> usize {
        self.variables.place(Variable::Figure(figure), self.grounder.domain(figure))
    }

    /// The claim that replaced a figure that was retired, or the claim itself if none did or if both are named.
    fn standing(&self, claim: ClaimId) -> ClaimId {
        let Some(kept) = &self.kept else { return claim };
        let mut at = claim;
        // A list of claims that replace each other is no longer than there are claims.
        for _ in 0..self.grounder.claims.claims.len() {
            match self.grounder.claims[at].superseded_by {
                Some(newer) => at = newer,
                None => break,
            }
        }
        let is_figure = matches!(self.grounder.claims[at].kind, Kind::Figure(_));
        if is_figure && !kept.contains(&at) { at } else { claim }
    }

    /// What a claim's scope says of a dimension; that it says nothing is noted.
    fn member(&mut self, scope: &Scope, dimension: &str, claim: ClaimId) -> Bound {
        Bound::Text(match scope.0.get(dimension) {
            Some(member) => super::scopes::spelled(member).to_owned(),
            None => {
                self.unsaid.push((dimension.to_owned(), claim));
                String::new()
            }
        })
    }
}

/// Some one day of these.
fn one_of_days(DaySpan { earliest, latest }: DaySpan) -> When {
    let kind = if earliest == latest { MomentKind::Fixed } else { MomentKind::Vague };
    let start = Moment { earliest: earliest.start(), latest: latest.start(), kind };
    When::Period { start, end: Moment { earliest: earliest.end(), latest: latest.end(), kind }, length: Some(1) }
}

impl Binder for ByClaim<'_, '_> {
    fn name(&mut self, name: &Name) -> Option<Bound> {
        let claim = self.grounder.claim_named(&name_of(&name.base, self.record), self.article)?;
        let found = &self.grounder.claims[claim];
        match (&found.kind, name.fields.as_slice()) {
            (Kind::Figure(_), []) => {
                let claim = self.standing(claim);
                self.named.insert(claim);
                let figure = self.grounder.figure_of(claim);
                Some(Bound::Variable(match figure {
                    Some(figure) => self.figure(figure),
                    None => {
                        let anything = Domain { interval: Interval::everything(), integer: false };
                        self.variables.place(Variable::Unknown, anything)
                    }
                }))
            }
            (Kind::Event(_), []) => {
                let days = Domain { interval: Interval::everything(), integer: true };
                Some(Bound::Variable(self.variables.place(Variable::Event(claim), days)))
            }
            (Kind::Text(text), []) => {
                self.named.insert(claim);
                Some(Bound::Text(text.says.value.clone()))
            }
            (_, [field]) if field == "source" => Some(found.source.clone().map_or(Bound::Untold, Bound::Text)),
            (Kind::Event(event), [field]) if field == WHEN => {
                let days = self.grounder.problem.said_by(claim).find_map(|(_, statement)| match &statement.says {
                    Says::Date(days) => Some(days.hard().hull()),
                    _ => None,
                });
                Some(Bound::Span(days.map(one_of_days), event.scope.clone()))
            }
            (Kind::Event(event), [field]) => Some(self.member(&event.scope, field, claim)),
            (Kind::Figure(stated), [field]) => Some(match field.as_str() {
                "measure" => Bound::Text(stated.measure.value.clone()),
                "unit" => Bound::Text(stated.unit.name().to_owned()),
                "of" | "in" => {
                    let share = stated.share.as_ref();
                    let named = share.and_then(|it| if field == "of" { it.of.as_ref() } else { it.whole.as_ref() });
                    named.map_or(Bound::Untold, |named| Bound::Text(named.value.clone()))
                }
                WHEN => Bound::Span(
                    self.grounder.figure_of(claim).and_then(|figure| match self.grounder.problem[figure].time {
                        Time::At(when) => Some(when),
                        Time::Unsaid => None,
                    }),
                    stated.scope.clone(),
                ),
                dimension => self.member(&stated.scope, dimension, claim),
            }),
            _ => None,
        }
    }

    fn look_up(&mut self, measure: &str, when: Option<&str>, scope: &[(String, String)]) -> Option<Bound> {
        let sought = self.sought(LookUp { measure, when, scope })?;
        Some(Bound::Variable(match sought.figure {
            Some(figure) => self.figure(figure),
            None => {
                let declared = self.grounder.claims.vocabulary.measures.get(measure);
                let least = declared.and_then(|measure| measure.least.clone());
                let interval = least.map_or_else(Interval::everything, Interval::at_least);
                let domain = Domain { interval, integer: declared.is_some_and(|measure| measure.integer) };
                match (sought.time, sought.unit) {
                    // Who else looks up the same means the same, if its time is certain for everyone.
                    (Some(Time::At(time)), Some(unit)) if time.is_certain() && !measure.is_empty() => {
                        let (measure, article) = (measure.to_owned(), self.article);
                        let (scope, fiscal) = (sought.scope, sought.group.fiscal);
                        self.variables.unreported(Unreported { measure, unit, scope, time, fiscal, article, domain })
                    }
                    _ => self.variables.place(Variable::Unknown, domain),
                }
            }
        }))
    }
}

/// What a look-up asks for.
struct Sought {
    /// The figure that it finds, if one is reported.
    figure: Option<FigureId>,
    time: Option<Time>,
    group: Group,
    /// The scope of what is looked up.
    scope: Scope,
    /// The unit, if the measure is given in several; `None` if it is not known which one is meant.
    unit: Option<Option<Unit>>,
}

impl ByClaim<'_, '_> {
    /// The figure that a look-up finds, if one is reported.
    pub(super) fn looked_up(&self, look_up: LookUp<'_>) -> Option<FigureId> {
        self.sought(look_up)?.figure
    }

    /// What a look-up asks for; `None` if its time cannot be read.
    fn sought(&self, LookUp { measure, when, scope }: LookUp<'_>) -> Option<Sought> {
        let grounder = self.grounder;
        let (time, group) = match when {
            // Beside a figure, what is looked up without a time is of its time.
            None => {
                let group = self.beside.and_then(|figure| grounder.figure_groups.get(figure.index()).cloned());
                (
                    self.beside.map(|figure| grounder.problem[figure].time.clone()),
                    group.unwrap_or_else(|| grounder.group(self.article, None)),
                )
            }
            Some(words) => {
                let read = read_when(words, &grounder.claims[self.article].context).ok()?;
                let time = grounder.chosen_when(&read, self.article);
                (Some(Time::At(time)), grounder.group(self.article, Some(&read)))
            }
        };
        let unit = self.unit_asked(measure);
        // One figure may be said in several ways: since its origin, and over the period from there.
        let shared = time.as_ref().map(|time| grounder.keyed(time, measure));
        let named = scope.iter().map(|(dimension, member)| {
            let member = if member == "*" { Member::All } else { Member::Path(member.clone()) };
            (dimension.clone(), member)
        });
        let named: Vec<(String, Member)> = named.collect();
        // Beside a figure, what is looked up is of its scope, but for the dimensions that the look-up names.
        let mut wanted = self.beside.map(|beside| grounder.problem[beside].scope.clone()).unwrap_or_default();
        wanted.0.extend(named.iter().cloned());
        let candidates = match self.beside {
            Some(_) => grounder.by_scope.get(&(measure.to_owned(), wanted.clone())),
            None => grounder.by_measure.get(measure),
        };
        let fits = |id: &FigureId| {
            let figure = &grounder.problem[*id];
            grounder.figure_groups.get(id.index()) == Some(&group)
                && shared.as_ref().is_none_or(|shared| grounder.figure_times.get(id.index()) == Some(shared))
                && unit.as_ref().is_some_and(|unit| unit.as_ref().is_none_or(|unit| *unit == figure.unit))
                && named.iter().all(|(dimension, member)| figure.scope.0.get(dimension) == Some(member))
        };
        let found = candidates.into_iter().flatten().copied().filter(fits);
        let figure = found.min_by_key(|id| (grounder.problem[*id].scope.0.len(), *id));
        Some(Sought { figure, time, group, scope: wanted, unit })
    }

    /// The unit in which a measure is looked up, if it is given in several; `None` if that is in none of them.
    fn unit_asked(&self, measure: &str) -> Option<Option<Unit>> {
        let units = self.grounder.units_of(measure, self.article);
        match &self.unit {
            Some(unit) if units.is_some_and(|units| units.len() > 1) => {
                units?.contains(unit).then(|| Some(unit.clone()))
            }
            _ => Some(None),
        }
    }
}

impl Units for ByClaim<'_, '_> {
    fn unit_of(&self, name: &Name) -> Option<Unit> {
        match &self.grounder.claims[self.grounder.claim_named(&name.base, self.article)?].kind {
            Kind::Figure(stated) => Some(stated.unit.clone()),
            _ => None,
        }
    }

    fn unit_of_look_up(&self, look_up: LookUp<'_>) -> Option<Unit> {
        Some(self.grounder.problem[self.looked_up(look_up)?].unit.clone())
    }
}
