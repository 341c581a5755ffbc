//! The report: everything that a renderer may need.

use crate::claim::Claims;
use crate::finding::{All, Cause, Finding, FindingKind, Rewording, Status, Tally, Unchecked};
use crate::source::Sources;

/// What the run says as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A contradiction or a quote finding stands.
    Contradicted,
    /// Something could not be decided.
    Undecided,
    /// Nothing was checked.
    NothingChecked,
    /// All can be true at once.
    Consistent,
}

/// The counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles read.
    pub articles: usize,
    /// Claims read.
    pub claims: usize,
    /// Figures that they are about.
    pub figures: usize,
    /// Quotes, weekdays and relative words that were checked.
    pub quotes: usize,
    /// Constraints, by verdict.
    pub constraints: Tally,
    /// What became of the search for every contradiction, if that was asked for.
    pub all: Option<All>,
}

/// Since when what changed decides a run.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Since {
    /// The revision, as it was asked for.
    pub revision: String,
    /// How many findings have to do with nothing that changed since, and are not shown.
    pub others: usize,
}

/// One run, ready to be rendered.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The texts that places point into.
    pub sources: &'a Sources,
    /// What was read: the claims and the records of tables.
    pub read: &'a Claims,
    /// What the run says as a whole.
    pub verdict: Verdict,
    /// Its counts.
    pub summary: Summary,
    /// The findings, most serious first.
    pub findings: &'a [Finding],
    /// What would settle those that are certain, together.
    pub causes: &'a [Cause],
    /// Every claim, for `--show claims`.
    pub claims: &'a [Status],
    /// What was not checked.
    pub unchecked: &'a Unchecked,
    /// Quotes that a draft says in other words.
    pub rewordings: &'a [Rewording],
    /// What was supposed instead of what the files say: claim ids and values.
    pub supposed: &'a [(String, String)],
    /// If only what has to do with changes is shown: since when, and how much else there is.
    pub since: Option<&'a Since>,
}

impl<'a> Report<'a> {
    /// The findings that stand: those that are not waived.
    pub fn standing(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.findings.iter().filter(|finding| finding.waived.is_none())
    }

    /// How many findings there are of a kind.
    pub fn count(&self, kind: FindingKind) -> usize {
        self.findings.iter().filter(|finding| finding.kind == kind).count()
    }
}
