//! Rules against each other: can they all hold at once, and does each of them say something that the others do not?
//!
//! In: rules, and the claims at hand with the problem that they were grounded into. Out: a [`Coherence`]: remarks on rules
//! with the places that they stand in, what could not be looked at, and which rules never applied. No value that a claim
//! states counts here: rules are held against each other over figures that may be anything that the vocabulary allows.
//!
//! Everything that is said here is that some formulas cannot all be satisfied, so that figures of which it is not certain
//! that they are one and the same are simply taken to be two: less is found then, and nothing false. The steps, each a file:
//!
//! 1. `frame`: which figures a relation binds, and where another rule binds the same ones;
//! 2. `translate`: an expression as a formula over unknowns, with texts and times as unknowns of their own;
//! 3. `theory`: the formulas over one set of unknowns; of relations, of the columns of a table (`relations`, `tables`), and
//!    of the checks of claim files (`checks`);
//! 4. `questions`: what is asked of the formulas that hang together, within a budget of steps, and `look`, which asks
//!    it of every theory;
//! 5. `structure`: checks beside how their figures lie inside each other and add up;
//! 6. `alike`: rules of the structural kinds, which are only held against others of their kind;
//! 7. `words`: what was found, in sentences.

mod alike;
mod checks;
mod frame;
mod look;
mod model;
mod questions;
mod relations;
mod structure;
mod tables;
#[cfg(test)]
mod tests;
mod theory;
mod translate;
mod words;

pub use model::{Applied, Coherence, NotLooked, Remark, RemarkKind};

use crate::claim::Claims;
use crate::finding::Unapplied;
use crate::problem::Problem;
use crate::rule::Rules;
use look::Look;
use structure::Wanted;

/// Holds rules against each other. `grounded` is what the claims at hand were grounded into, and which rules did not apply to
/// them; `None` if there are no claims.
pub fn look(rules: &Rules, claims: &Claims, grounded: Option<(&Problem, &[Unapplied])>) -> Coherence {
    let mut look = Look::default();
    alike::look(rules, claims, &mut look);
    for theory in relations::theories(rules, &claims.vocabulary, &mut look) {
        look.theory(&theory);
    }
    for theory in tables::theories(rules, &mut look) {
        look.theory(&theory);
    }
    if let Some((problem, _)) = grounded {
        structure::look(claims, rules, problem, Wanted::Never, &mut look);
        let theory = checks::theory(claims, rules, problem, &mut look);
        look.theory(&theory);
        structure::look(claims, rules, problem, Wanted::All, &mut look);
    }
    let applied = match grounded {
        Some((_, unapplied)) => Applied::But(unapplied.iter().filter(|rule| !rule.elsewhere).cloned().collect()),
        None => Applied::Untold,
    };
    look.finish(applied)
}
