//! Figures that say how they are derived from others (`is`).
//!
//! Where a measure that is looked up is given in several units, such as two currencies, it is looked up in one of them.
//! Which one is meant is not said: of those in which everything that is looked up is reported, it may be any. Only where
//! there is none, it may be one in which something is not.

use super::Grounder;
use super::by_claim::ByClaim;
use super::checks::Heading;
use super::terms::term;
use crate::claim::{ArticleId, ClaimId, Kind};
use crate::expr::{Comparison, ExprKind, Expression, LookUp, check_units};
use crate::number::Unit;
use crate::problem::{FigureId, Formula, PassedOver, Term};
use crate::source::InputErrors;
use std::collections::BTreeSet;

impl Grounder<'_> {
    /// Figures that say how they are derived from others.
    pub(super) fn derived(&mut self) {
        let claims = self.claims;
        for (at, claim) in claims.claims.iter().enumerate() {
            let id = ClaimId::at(at);
            let Kind::Figure(stated) = &claim.kind else { continue };
            let (Some(is), Some(figure)) = (&stated.is, self.figure_of(id)) else { continue };
            let rule = if matches!(is.root.kind, ExprKind::Change(..)) { "change" } else { "derived" };
            let Some(severity) = self.severity(rule) else { continue };
            let mut binder = ByClaim::new(self, claim.article, Some(figure));
            let place = binder.figure(figure);
            let mut ways = Vec::new();
            for unit in self.units_looked_up(is, claim.article, figure) {
                binder.unit = unit;
                let found = term(&is.root, &mut binder);
                ways.extend(found.map(|found| Formula::Compare(Term::Variable(place), Comparison::Equal, found)));
            }
            let variables = binder.variables;
            let formula = match (ways.pop(), ways.is_empty()) {
                (Some(only), true) => only,
                (Some(last), false) => {
                    ways.push(last);
                    Formula::Any(ways)
                }
                (None, _) => {
                    let because = "what it is derived from is given in units that do not go together".to_owned();
                    self.problem.passed_over.push(PassedOver { rule: rule.to_owned(), claims: vec![id], because });
                    continue;
                }
            };
            let heading = Heading {
                rule: rule.into(),
                severity,
                words: format!("{} == {}", claim.name, is.text),
                because: None,
                leans: Vec::new(),
            };
            self.state(heading, formula, variables);
        }
    }

    /// The units in which what an expression looks up may be meant; `None` where no measure is given in several.
    fn units_looked_up(&self, is: &Expression, article: ArticleId, figure: FigureId) -> Vec<Option<Unit>> {
        let look_ups: Vec<LookUp<'_>> = is.root.look_ups().collect();
        let given = look_ups.iter().filter_map(|look_up| self.units_of(look_up.measure, article));
        let open: BTreeSet<&Unit> = given.filter(|units| units.len() > 1).flatten().collect();
        if open.is_empty() {
            return vec![None];
        }
        let own = &self.problem[figure].unit;
        let (mut whole, mut partial) = (Vec::new(), Vec::new());
        for unit in open {
            let mut binder = ByClaim::new(self, article, Some(figure));
            binder.unit = Some(unit.clone());
            let mut errors = InputErrors::default();
            check_units(is, &binder, Some(own), &mut errors);
            let found: Vec<Option<FigureId>> = look_ups.iter().map(|look_up| binder.looked_up(*look_up)).collect();
            let units = found.iter().flatten().map(|figure| &self.problem[*figure].unit);
            let currencies: BTreeSet<&Unit> = units.filter(|unit| matches!(unit, Unit::Currency(_))).collect();
            if errors.0.is_empty() && currencies.len() < 2 {
                let ways = if found.iter().all(Option::is_some) { &mut whole } else { &mut partial };
                ways.push(Some(unit.clone()));
            }
        }
        if whole.is_empty() { partial } else { whole }
    }

    /// The units in which a measure is reported where an article looks.
    pub(super) fn units_of(&self, measure: &str, article: ArticleId) -> Option<&BTreeSet<Unit>> {
        self.units.get(&(self.met_by(article), measure.to_owned()))
    }
}
