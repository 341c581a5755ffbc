//! The syntax tree, and the words of the language that name its nodes.

use crate::number::Rational;
use crate::source::Span;

/// A whole expression, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// The text, for reports.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Its tree.
    pub root: Expr,
}

/// A node and its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands in the file.
    pub span: Span,
}

/// A dotted name, `share.of`, or an id, `cambodia-raid/to-november`. Backticks allow any characters: `` `a b` ``.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// The name itself, article path included: `cambodia-raid/to-november`, `revenue[Q1 2025]` if in backticks.
    pub base: String,
    /// What follows its dots: `of`, `nationality`.
    pub fields: Vec<String>,
}

/// How two sides compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[allow(missing_docs)]
pub enum Comparison {
    Less,
    AtMost,
    Equal,
    NotEqual,
    AtLeast,
    More,
}

/// Arithmetic between two numbers, or a date and a number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum BinaryOp {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// Functions over one set or several numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Aggregate {
    Sum,
    Count,
    Min,
    Max,
    Mean,
}

/// Which answers there may be: `whole-answers(n, mean, sd)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerKind {
    /// Any whole numbers.
    Whole,
    /// Noughts and ones.
    YesNo,
}

/// How two times or scopes lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum OrderWord {
    Within,
    Before,
    Overlaps,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A number; `percent` if it was written `37%`.
    Number {
        /// Its value.
        value: Rational,
        /// Whether a percent sign followed.
        percent: bool,
    },
    /// A string in single or double quotes.
    Text(String),
    /// A date: `2025-12-18`.
    Date(crate::calendar::Day),
    /// `true` or `false`.
    Truth(bool),
    /// A bound name or an id.
    Name(Name),
    /// A figure looked up: `revenue['FY2025', region = 'EU']`.
    Lookup {
        /// The measure.
        measure: String,
        /// The time, in the words of a claim's `when`, and where they stand.
        when: Option<(String, Span)>,
        /// Members of dimensions.
        scope: Vec<(String, String)>,
    },
    /// The negative of a number.
    Negative(Box<Expr>),
    /// Arithmetic.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// A chain `a < b <= c`: the first operand, then each comparison with the operand to its right.
    Compare(Box<Expr>, Vec<(Comparison, Expr)>),
    /// `a within b`, `a before b`, `a overlaps b`.
    Order(OrderWord, Box<Expr>, Box<Expr>),
    /// `a and b`.
    And(Vec<Expr>),
    /// `a or b`.
    Or(Vec<Expr>),
    /// `not a`.
    Not(Box<Expr>),
    /// `if a then b`.
    If(Box<Expr>, Box<Expr>),
    /// `sum(parts)`, `min(a, b)`.
    Aggregate(Aggregate, Vec<Expr>),
    /// `change(a, b)`: from a to b, in per cent of a.
    Change(Box<Expr>, Box<Expr>),
    /// `whole-answers(n, mean, sd, items)`: such answers exist; the number of items may be left out.
    Answers(AnswerKind, Vec<Expr>),
}

/// The function from one figure to another.
pub(super) const CHANGE: &str = "change";

/// Functions over a set or several numbers, by name.
pub(super) const AGGREGATES: [(&str, Aggregate); 5] = [
    ("sum", Aggregate::Sum),
    ("count", Aggregate::Count),
    ("min", Aggregate::Min),
    ("max", Aggregate::Max),
    ("mean", Aggregate::Mean),
];

/// Functions that say that answers exist, by name.
pub(super) const ANSWERS: [(&str, AnswerKind); 2] =
    [("whole-answers", AnswerKind::Whole), ("yes-no-answers", AnswerKind::YesNo)];

/// How times and scopes lie to each other, by name.
pub(super) const ORDER_WORDS: [(&str, OrderWord); 3] =
    [("within", OrderWord::Within), ("before", OrderWord::Before), ("overlaps", OrderWord::Overlaps)];

/// Words that are names only in backticks. Functions are not among them: `count` is a name unless `(` follows.
const RESERVED: [&str; 11] =
    ["and", "or", "not", "if", "then", "else", "true", "false", "within", "before", "overlaps"];

/// The largest exponent: what is beyond it is no relation between reported figures.
pub(super) const MAX_EXPONENT: i64 = 16;

/// Whether a word is part of the language, so that a name like it needs backticks.
pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

impl Comparison {
    /// As it is written: `<=`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }

    /// What must hold of two numbers for this to be false: `<` becomes `>=`.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::More,
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::AtLeast => Self::Less,
            Self::More => Self::AtMost,
        }
    }
}

impl BinaryOp {
    /// As it is written: `+`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "^",
        }
    }
}

impl Aggregate {
    /// As it is written: `sum`.
    pub fn name(self) -> &'static str {
        AGGREGATES.iter().find(|(_, aggregate)| *aggregate == self).map_or("", |(name, _)| name)
    }
}

impl AnswerKind {
    /// As it is written: `whole-answers`.
    pub fn name(self) -> &'static str {
        ANSWERS.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

impl OrderWord {
    /// As it is written: `within`.
    pub fn name(self) -> &'static str {
        ORDER_WORDS.iter().find(|(_, word)| *word == self).map_or("", |(name, _)| name)
    }
}

impl Expr {
    /// The parts that all have to hold: those of `a and b`, or the node itself.
    pub fn conjuncts(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::And(parts) => parts.iter().flat_map(Self::conjuncts).collect(),
            _ => vec![self],
        }
    }

    /// The nodes right below this one, from left to right.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Number { .. }
            | ExprKind::Text(_)
            | ExprKind::Date(_)
            | ExprKind::Truth(_)
            | ExprKind::Name(_)
            | ExprKind::Lookup { .. } => Vec::new(),
            ExprKind::Negative(inner) | ExprKind::Not(inner) => vec![inner],
            ExprKind::Binary(_, left, right)
            | ExprKind::Order(_, left, right)
            | ExprKind::If(left, right)
            | ExprKind::Change(left, right) => vec![left, right],
            ExprKind::Compare(first, chain) => {
                std::iter::once(first.as_ref()).chain(chain.iter().map(|(_, operand)| operand)).collect()
            }
            ExprKind::And(parts)
            | ExprKind::Or(parts)
            | ExprKind::Aggregate(_, parts)
            | ExprKind::Answers(_, parts) => parts.iter().collect(),
        }
    }

    /// This node and all below it, each before those below it, from left to right.
    pub fn walk(&self) -> impl Iterator<Item = &Expr> {
        let mut ahead = vec![self];
        std::iter::from_fn(move || {
            let node = ahead.pop()?;
            ahead.extend(node.children().into_iter().rev());
            Some(node)
        })
    }

    /// What it looks up, from left to right.
    pub fn look_ups(&self) -> impl Iterator<Item = LookUp<'_>> {
        self.walk().filter_map(Self::look_up)
    }

    /// What this node looks up, if it is a look-up.
    pub fn look_up(&self) -> Option<LookUp<'_>> {
        let ExprKind::Lookup { measure, when, scope } = &self.kind else { return None };
        Some(LookUp { measure, when: when.as_ref().map(|(words, _)| words.as_str()), scope })
    }

    /// Every name in it with its place, from left to right; a name that is used twice comes twice.
    pub fn names(&self) -> impl Iterator<Item = (&Name, Span)> {
        self.walk().filter_map(|node| match &node.kind {
            ExprKind::Name(name) => Some((name, node.span)),
            _ => None,
        })
    }
}

/// What a look-up asks for: the figure of a measure.
#[derive(Clone, Copy, Debug)]
pub struct LookUp<'e> {
    /// The measure.
    pub measure: &'e str,
    /// The words of the time, if they are given.
    pub when: Option<&'e str>,
    /// The dimensions that are named, with their members.
    pub scope: &'e [(String, String)],
}
