//! How a witness stands in a certificate file: values for which everything holds that is not certified to clash.

use super::super::joint::{Formulated, Quantity};
use serde::{Deserialize, Serialize};

/// Values for which all that is said holds on hard readings, within articles and between them, together with all that
/// must hold and leans on nothing unsaid. Claims that are certified to clash on hard readings, leaning on nothing unsaid,
/// are set aside; what they are bound to may be anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Witness {
    /// The claims that are set aside: those of such clashes, in order.
    pub without: Vec<String>,
    /// The formulas whose unknowns have values, in order.
    pub formulas: Vec<Formulated>,
    /// The values, in order, each needed: figures that are no part of a running total, running totals at their instants,
    /// events as days since 1970-01-01, instants whose place is not known exactly as such days too, and unknowns.
    pub values: Vec<(Quantity, String)>,
    /// SHA-256 over all of this, so that a value that was changed is noticed even where it may be another.
    pub digest: String,
}
