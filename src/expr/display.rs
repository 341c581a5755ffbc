//! Expressions as text again, for reports: `raid-arrests <= december-arrests`.
//!
//! What is written parses back to the same tree: parentheses stand exactly where the tree needs them, and names go into
//! backticks exactly where they could not be read otherwise.

use super::lexer::is_plain_name;
use super::parser::level;
use super::tree::is_reserved;
use super::{BinaryOp, Expr, ExprKind, Expression, Name};
use std::fmt::{self, Display, Formatter};

impl Display for Expression {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.root.fmt(out)
    }
}

impl Display for Expr {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write_at(self, level::IF, out)
    }
}

impl Display for Name {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write_word(&self.base, !is_reserved(&self.base), out)?;
        for field in &self.fields {
            out.write_str(".")?;
            write_word(field, !field.contains('/'), out)?;
        }
        Ok(())
    }
}

/// How tightly a node holds together.
fn level_of(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::If(..) => level::IF,
        ExprKind::Or(_) => level::OR,
        ExprKind::And(_) => level::AND,
        ExprKind::Not(_) => level::NOT,
        ExprKind::Compare(..) | ExprKind::Order(..) => level::COMPARE,
        ExprKind::Binary(BinaryOp::Add | BinaryOp::Subtract, ..) => level::ADD,
        ExprKind::Binary(BinaryOp::Multiply | BinaryOp::Divide, ..) => level::MULTIPLY,
        ExprKind::Negative(_) => level::NEGATE,
        ExprKind::Binary(BinaryOp::Power, ..) => level::POWER,
        _ => u8::MAX,
    }
}

/// Writes a node where only what binds at least as tightly as `least` may stand without parentheses.
fn write_at(expr: &Expr, least: u8, out: &mut Formatter<'_>) -> fmt::Result {
    let own = level_of(expr);
    if own < least {
        out.write_str("(")?;
        write_at(expr, level::IF, out)?;
        return out.write_str(")");
    }
    let tighter = own.saturating_add(1);
    match &expr.kind {
        ExprKind::Number { value, percent } => write!(out, "{value}{}", if *percent { "%" } else { "" }),
        ExprKind::Text(text) => write_text(text, out),
        ExprKind::Date(day) => write!(out, "{day}"),
        ExprKind::Truth(truth) => write!(out, "{truth}"),
        ExprKind::Name(name) => name.fmt(out),
        ExprKind::Lookup { measure, when, scope } => {
            write_word(measure, !is_reserved(measure), out)?;
            out.write_str("[")?;
            if let Some((when, _)) = when {
                write_text(when, out)?;
            }
            for (index, (dimension, member)) in scope.iter().enumerate() {
                out.write_str(if index > 0 || when.is_some() { ", " } else { "" })?;
                write_word(dimension, true, out)?;
                out.write_str(" = ")?;
                write_text(member, out)?;
            }
            out.write_str("]")
        }
        ExprKind::Negative(inner) => {
            out.write_str("-")?;
            write_at(inner, own, out)
        }
        ExprKind::Binary(operator, left, right) => {
            write_at(left, if *operator == BinaryOp::Power { tighter } else { own }, out)?;
            write!(out, " {} ", operator.sign())?;
            write_at(right, tighter, out)
        }
        ExprKind::Compare(first, chain) => {
            write_at(first, tighter, out)?;
            for (comparison, operand) in chain {
                write!(out, " {} ", comparison.sign())?;
                write_at(operand, tighter, out)?;
            }
            Ok(())
        }
        ExprKind::Order(word, left, right) => {
            write_at(left, tighter, out)?;
            write!(out, " {} ", word.name())?;
            write_at(right, tighter, out)
        }
        ExprKind::And(parts) => write_joined(parts, " and ", tighter, out),
        ExprKind::Or(parts) => write_joined(parts, " or ", tighter, out),
        ExprKind::Not(inner) => {
            out.write_str("not ")?;
            write_at(inner, own, out)
        }
        ExprKind::If(condition, then) => {
            out.write_str("if ")?;
            write_at(condition, level::OR, out)?;
            out.write_str(" then ")?;
            write_at(then, level::IF, out)
        }
        ExprKind::Aggregate(aggregate, arguments) => {
            write!(out, "{}(", aggregate.name())?;
            write_joined(arguments, ", ", level::IF, out)?;
            out.write_str(")")
        }
        ExprKind::Answers(kind, arguments) => {
            write!(out, "{}(", kind.name())?;
            write_joined(arguments, ", ", level::IF, out)?;
            out.write_str(")")
        }
        ExprKind::Change(from, to) => {
            write!(out, "{}(", super::tree::CHANGE)?;
            write_at(from, level::IF, out)?;
            out.write_str(", ")?;
            write_at(to, level::IF, out)?;
            out.write_str(")")
        }
    }
}

fn write_joined(parts: &[Expr], between: &str, least: u8, out: &mut Formatter<'_>) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.write_str(between)?;
        }
        write_at(part, least, out)?;
    }
    Ok(())
}

/// A name, in backticks if it could not be read without.
fn write_word(word: &str, may_be_plain: bool, out: &mut Formatter<'_>) -> fmt::Result {
    if may_be_plain && is_plain_name(word) { out.write_str(word) } else { write!(out, "`{word}`") }
}

/// A text, in the quotation marks that it does not hold itself.
fn write_text(text: &str, out: &mut Formatter<'_>) -> fmt::Result {
    let mark = if text.contains('\'') { '"' } else { '\'' };
    write!(out, "{mark}{text}{mark}")
}

impl Display for super::Comparison {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(self.sign())
    }
}
