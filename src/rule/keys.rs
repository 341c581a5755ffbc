//! Every key that a rule file may hold: what the loader refuses anything beside, and what the pages explain.

/// What a rule file may hold.
pub(crate) const FILE: &[&str] = &["rule", "measure", "dimension", "edits"];
/// What every rule may say, whatever its kind.
pub(crate) const COMMON: [&str; 4] = ["kind", "about", "severity", "says"];
/// What an additive rule says besides.
pub(super) const ADDITIVE: &[&str] = &["measures"];
/// What stages say besides.
pub(super) const STAGES: &[&str] = &["order", "opening"];
/// What a balance says besides.
pub(super) const BALANCE: &[&str] = &["level", "in", "out"];
/// What a breakdown says besides.
pub(super) const BREAKDOWN: &[&str] = &["dimension", "measures"];
/// What a relation says besides.
pub(super) const RELATION: &[&str] = &["given", "unknown", "join", "where", "require"];
/// What a binding of a relation says, besides dimensions.
pub(super) const BINDING: [&str; 4] = ["measure", "unit", "when", "scope"];
/// What is said of an unknown.
pub(super) const UNKNOWN: &[&str] = &["integer", "least", "greatest"];

/// The keys of a kind, with those that every rule has.
pub(super) fn with_common(own: &[&'static str]) -> Vec<&'static str> {
    COMMON.iter().chain(own).copied().collect()
}

/// Every kind of rule with the keys that it has besides those that all have.
pub(crate) fn kinds() -> [(&'static str, &'static [&'static str]); 6] {
    [
        ("additive", ADDITIVE),
        ("stages", STAGES),
        ("balance", BALANCE),
        ("breakdown", BREAKDOWN),
        ("relation", RELATION),
        ("built-in", &[]),
    ]
}

/// Every table of a rule file with its keys; by the name of the page that explains them. (Those of `[measure.X]` and
/// `[dimension.X]` are [`crate::claim::known_keys`]'s, since claim files have them as well.)
pub fn known_keys() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("rule-files", [FILE, &COMMON].concat()),
        ("additive", ADDITIVE.to_vec()),
        ("stages", STAGES.to_vec()),
        ("balance", BALANCE.to_vec()),
        ("breakdown", BREAKDOWN.to_vec()),
        ("relation", [RELATION, &BINDING, UNKNOWN].concat()),
    ]
}
