//! The library's face: load a workspace, check it, read the report.

use crate::claim::Claims;
use crate::rule::Rules;
use crate::source::{Files, InputErrors, Sources};

/// Everything that a run was given, read and understood.
#[derive(Debug)]
pub struct Workspace {
    /// The texts.
    pub sources: Sources,
    /// What is reported.
    pub claims: Claims,
    /// How it relates.
    pub rules: Rules,
}

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Claim files, or folders of such, relative to the workspace.
    pub claims: Vec<String>,
    /// Rule files, or folders of such.
    pub rules: Vec<String>,
}

impl Workspace {
    /// Loads claim files, drafts and rule files.
    ///
    /// # Errors
    /// Every error of the input, each with its place; nothing is loaded in part. The texts read so far come back for
    /// showing them.
    pub fn load(files: &dyn Files, request: &Request) -> Result<Self, (Sources, InputErrors)> {
        let _ = (files, request);
        Err((Sources::new(), InputErrors::default()))
    }
}
