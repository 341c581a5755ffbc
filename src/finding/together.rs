//! Conflicts of several constraints in words.

use super::wording::{Said, Wording};
use super::words::list;
use crate::problem::{Conflict, Says};

impl Wording<'_> {
    /// What cannot be true together: the figures, and what must hold of them.
    pub(super) fn together(&self, conflict: &Conflict) -> Said {
        let said: Vec<String> = conflict
            .statements
            .iter()
            .map(|statement| {
                let words = match &self.problem[*statement].says {
                    Says::Date(days) => days.said(),
                    _ => self.mention(*statement),
                };
                format!("`{}` is {words}", self.name(self.problem[*statement].claim, conflict))
            })
            .collect();
        let must: Vec<String> =
            conflict.constraints.iter().map(|id| format!("`{}`", self.problem[*id].words)).collect();
        let message = match (said.is_empty(), must.as_slice()) {
            (true, _) => format!("{} can never hold together", list(&must)),
            (false, [only]) => format!("{}, so {only} cannot hold", list(&said)),
            (false, _) => format!("{}, so {} cannot all hold", list(&said), list(&must)),
        };
        let steps = conflict.statements.iter().filter_map(|statement| self.reads_as(*statement, conflict.soft));
        Said { message, arithmetic: None, steps: steps.collect() }
    }
}
