//! Conflicts of several constraints in words.

use super::phrases::Common;
use super::wording::{Said, Wording, folded};
use super::words::{capitalized, list};
use crate::problem::refutation::Joint;
use crate::problem::{Conflict, Says, StatementId};

/// More figures than this are counted, not named, in a sentence.
const MOST_NAMED: usize = 6;

impl Wording<'_> {
    /// What cannot be true together: the figures, and what must hold of them.
    pub(super) fn together(&self, conflict: &Conflict, joint: &Joint) -> Said {
        let said = match self.joint_sum(conflict, joint) {
            Some(sum) if sum.in_words => sum.said,
            Some(sum) => Said { arithmetic: sum.said.arithmetic, ..self.all_of(conflict) },
            None => self.all_of(conflict),
        };
        Said { steps: self.read_as(conflict), ..said }
    }

    /// All figures and dates, and all that must hold of them.
    fn all_of(&self, conflict: &Conflict) -> Said {
        let common = self.common(conflict, &conflict.statements);
        let said: Vec<String> =
            folded(conflict.statements.iter().map(|statement| self.stated(*statement, conflict, &common)).collect());
        let (formulas, others): (Vec<_>, Vec<_>) =
            conflict.constraints.iter().map(|id| &self.problem[*id]).partition(|it| self.demands_formula(it));
        let mut must: Vec<String> = folded(others.into_iter().map(|constraint| self.demand(constraint)).collect());
        let formulas = folded(formulas.into_iter().map(|constraint| format!("`{}`", constraint.words)).collect());
        if said.is_empty() {
            must.extend(formulas);
        } else if !formulas.is_empty() {
            must.push(format!("{} must hold", list(&formulas)));
        }
        let time = if common.time.is_empty() { String::new() } else { format!("{}, ", common.time) };
        let message = match said.len() {
            0 => format!("{} can never hold together", list(&must)),
            many if many > MOST_NAMED => {
                format!(
                    "{time}{many} figures{} cannot all be true, because {}",
                    self.of_measures(conflict),
                    list(&must)
                )
            }
            _ => format!("{time}{} cannot all be true, because {}", list(&said), list(&must)),
        };
        Said { message: capitalized(&message), arithmetic: None, steps: Vec::new() }
    }

    /// How many figures there are of each measure: ` (48 of arrests and 12 of releases)`; nothing if all are of one.
    fn of_measures(&self, conflict: &Conflict) -> String {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for measure in conflict.statements.iter().map(|statement| self.measure(*statement)) {
            match counts.iter_mut().find(|(known, _)| *known == measure) {
                Some((_, count)) => *count = count.saturating_add(1),
                None => counts.push((measure, 1)),
            }
        }
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        if counts.len() < 2 || counts.len() > MOST_NAMED {
            return String::new();
        }
        let said: Vec<String> = counts.iter().map(|(measure, count)| format!("{count} of {measure}")).collect();
        format!(" ({})", list(&said))
    }

    fn stated(&self, statement: StatementId, conflict: &Conflict, common: &Common) -> String {
        match &self.problem[statement].says {
            Says::Date(days) => {
                format!("`{}` ({})", self.name(self.problem[statement].claim, conflict), days.hard().said())
            }
            Says::Text(text) => format!("“{text}”"),
            Says::Value(..) => self.figure(statement, common),
        }
    }
}
