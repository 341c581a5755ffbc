//! Constraints: what must hold, by which rule, over which figures, and what that leans on.

use super::{CurveId, DifferenceId, Domain, FigureId, Formula, InstantId, LeanId, StatementId, UnreportedId};
use crate::calendar::Choice;
use crate::claim::{ArticleId, ClaimId};
use crate::source::Severity;

/// Something that is not in the text and that a constraint needs to bind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lean {
    /// An assumption of the editor's, by its id (`cambodia-raid/all-korean`). It counts as said.
    Assumed(String),
    /// Two claims are compared over a dimension that one of them does not state.
    Unspecified {
        /// The dimension: `nationality`.
        dimension: String,
        /// The claim that does not state it.
        claim: ClaimId,
        /// The member that the other side states, as a path: `KR`.
        member: String,
    },
    /// A measure that is not declared is taken to add up.
    Undeclared {
        /// The measure.
        measure: String,
    },
    /// Running totals whose origin is not stated are taken to count from the same one, or to have begun before a period.
    Origin {
        /// The claims whose origin is unsaid.
        claims: Vec<ClaimId>,
    },
    /// The time of a claim is read under this convention.
    Convention {
        /// The article whose convention it is.
        article: ArticleId,
        /// What is chosen.
        choice: Choice,
    },
}

impl Lean {
    /// Whether this was said after all: an assumption counts as said, everything else is a question.
    pub fn counts_as_said(&self) -> bool {
        matches!(self, Self::Assumed(_))
    }
}

/// What a variable of a relation stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// The true value of a figure.
    Figure(FigureId),
    /// The day of an event, as a number of days since 1970-01-01.
    Event(ClaimId),
    /// The true value of a figure that nobody reports.
    Unreported(UnreportedId),
    /// An unknown that some value must exist for.
    Unknown,
}

/// What a constraint says, in the form in which it is decided.
#[derive(Clone, Debug)]
pub enum Form {
    /// All statements of one figure are of one true value.
    SameFigure(FigureId),
    /// A measure adds up over time in one scope: its figures are increments of one running total.
    Additive(CurveId),
    /// Differences between nodes: orders of events, stages, nested scopes.
    Differences(Vec<DifferenceId>),
    /// Disjoint parts lie inside their whole: over any two instants of which the second is certainly not before the
    /// first, what the parts add together is at most what the whole adds, or exactly that.
    Inside {
        /// The curve of the whole.
        whole: CurveId,
        /// The curves of the parts, in canonical order. Parts are disjoint where there are several.
        parts: Vec<CurveId>,
        /// Whether the parts are all that there is, so that they make the whole.
        exactly: bool,
    },
    /// The change of a level between two moments is what came in less what went out.
    Balance {
        /// The level's figures with their moments, in the order of time; those of one moment are one figure.
        levels: Vec<(InstantId, FigureId)>,
        /// The curves of what comes in.
        inflows: Vec<CurveId>,
        /// The curves of what goes out.
        outflows: Vec<CurveId>,
    },
    /// A formula over figures and unknowns.
    Relation {
        /// What must be true.
        formula: Formula,
        /// What its variables stand for.
        variables: Vec<Variable>,
        /// What each variable may be where no statement bounds it.
        domains: Vec<Domain>,
    },
    /// Texts about the same thing say the same.
    SameText(Vec<StatementId>),
}

/// One instance of a rule, over the figures that it binds.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// The rule's id: `additive`, `same-figure`, `raid-in-month`.
    pub rule: String,
    /// How much a breach weighs.
    pub severity: Severity,
    /// What must hold, in words with the names of the figures: `raid-arrests <= december-arrests`.
    pub words: String,
    /// Why the editor says that it must hold.
    pub because: Option<String>,
    /// What is to be decided.
    pub form: Form,
    /// The claims that it binds, in canonical order.
    pub claims: Vec<ClaimId>,
    /// What it leans on.
    pub leans: Vec<LeanId>,
    /// Whether it compares different sources, or different articles: a breach is then a disagreement.
    pub across: bool,
}

impl Constraint {
    /// One that binds nothing.
    pub(super) fn nothing() -> Self {
        Self {
            rule: String::new(),
            severity: Severity::Note,
            words: String::new(),
            because: None,
            form: Form::SameText(Vec::new()),
            claims: Vec::new(),
            leans: Vec::new(),
            across: false,
        }
    }
}
