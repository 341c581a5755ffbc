//! Findings: what the layers make of conflicts, in words that an editor can act on.
//!
//! In: claims, rules, a problem and what the solver says of it. Out: [`Finding`]s with a kind, a severity, places,
//! arithmetic and a fingerprint, and what was not checked. Layers are tried from the strongest accusation to the
//! weakest, and a finding has the kind of the first in which it appears.

mod model;
pub mod words;

pub use model::{Finding, FindingKind, Findings, Location, Reach, Repair, Role, Status, Tally, Touch, Unchecked};
