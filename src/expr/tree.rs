//! The syntax tree.

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
}
