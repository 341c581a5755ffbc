//! Checking a witness: every instance of every rule is looked for naively, and must hold at its values.

use super::super::certificate::{Certificate, Leaning, Readings};
use super::super::facts::Facts;
use super::super::instances::{World, all_hold};
use super::Witness;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Checks a witness against the files and the certificates beside it.
///
/// # Errors
/// What does not hold at its values, all of it.
pub(in super::super) fn check(
    facts: Facts<'_>,
    certificates: &[Certificate],
    witness: &Witness,
) -> Result<(), Vec<String>> {
    let single = |reason: String| vec![reason];
    if witness.digest != digest(witness) {
        return Err(single("its values are not those that were written down".to_owned()));
    }
    if witness.without != set_aside(certificates) {
        return Err(single("it sets aside other claims than those that clash".to_owned()));
    }
    let ascends = witness.values.windows(2).all(|pair| matches!(pair, [one, other] if one.0 < other.0));
    if !ascends || !witness.formulas.windows(2).all(|pair| pair.first() < pair.get(1)) {
        return Err(single("its values are not in order, each once".to_owned()));
    }
    let world = World::new(facts, witness, rules_aside(certificates)).map_err(single)?;
    all_hold(&world)?;
    world.all_used().map_err(single)
}

/// Whether a certificate is of a clash that leans on nothing unsaid, on hard readings.
fn is_firm(certificate: &Certificate) -> bool {
    certificate.readings == Readings::Hard
        && certificate.leans.iter().all(|leaning| matches!(leaning, Leaning::Assumed(_)))
}

/// The claims of firm clashes, in order.
pub(super) fn set_aside(certificates: &[Certificate]) -> Vec<String> {
    let firm = certificates.iter().filter(|certificate| is_firm(certificate));
    let claims: BTreeSet<&String> = firm.flat_map(|it| &it.statements).map(|said| &said.claim).collect();
    claims.into_iter().cloned().collect()
}

/// Rules that can never hold, whatever is said.
pub(super) fn rules_aside(certificates: &[Certificate]) -> BTreeSet<String> {
    let firm = certificates.iter().filter(|certificate| is_firm(certificate) && certificate.statements.is_empty());
    firm.flat_map(|certificate| certificate.rules.iter().cloned()).collect()
}

/// SHA-256 over what a witness says, in hexadecimal.
pub(super) fn digest(witness: &Witness) -> String {
    let said = (&witness.without, &witness.formulas, &witness.values);
    let text = serde_json::to_vec(&said).unwrap_or_default();
    Sha256::digest(&text).iter().fold(String::new(), |mut digest, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}
