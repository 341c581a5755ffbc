//! The expression language of rules, checks and assumptions: small, typed and total.
//!
//! In: the text of an expression and the place it stands in. Out: an [`Expression`], a tree in which every node knows
//! its span in the file, so that a type error has its caret under the right word inside any kind of TOML string.
//! [`check`] gives it types against the names that its surroundings bind. Nothing here knows what a claim is.

mod display;
mod lexer;
mod literal;
mod operand;
mod parser;
#[cfg(test)]
mod tests;
mod tree;
mod types;
mod units;

pub use parser::{ExprError, parse};
pub use tree::{Aggregate, AnswerKind, BinaryOp, Comparison, Expr, ExprKind, Expression, LookUp, Name, OrderWord};
pub use types::{MOST_ITEMS, Names, Type, check, is_some_items};
pub use units::{Units, check_units};

/// Whether a text can be bound as a name and used without backticks: a kebab-case word that is no word of the language
/// and no path into another article.
pub fn is_bindable(text: &str) -> bool {
    lexer::is_plain_name(text) && !tree::is_reserved(text) && !text.contains('/')
}
