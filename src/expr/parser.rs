//! Tokens into a tree, by precedence climbing.
//!
//! Every operator has a level; an operand swallows what follows it as long as that binds at least as tightly as it is
//! asked to. From loose to tight:
//!
//! | level | what |
//! |---|---|
//! | 0 | `if … then …` |
//! | 1 | `or` |
//! | 2 | `and` |
//! | 3 | `not` |
//! | 4 | `< <= == != >= >` (chains), `within before overlaps` |
//! | 5 | `+ -` |
//! | 6 | `* /` |
//! | 7 | `-` in front |
//! | 8 | `^` |
//!
//! What stands between operators is read in `operand`. The depth of the tree is bounded, so that whoever walks it may do
//! so by recursion.

use super::lexer::{Symbol, Token, TokenKind, shortened, tokens};
use super::literal::Literal;
use super::tree::{MAX_EXPONENT, ORDER_WORDS};
use super::{BinaryOp, Comparison, Expr, ExprKind, Expression, OrderWord};
use crate::source::{InputError, Sources, Span};

/// How deep an expression may be nested, and how long a chain of one operator may be.
pub(super) const MAX_DEPTH: usize = 200;

/// How many bytes an expression may have.
pub(super) const MAX_LENGTH: usize = 16_384;

/// Why a text is not an expression. Places are bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExprError {
    /// What is wrong.
    pub message: String,
    /// How to mend it, if that is known.
    pub help: Option<String>,
    /// The first byte of what is wrong.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl ExprError {
    /// An error at a place of the text.
    pub(super) fn new(start: usize, end: usize, message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, start, end }
    }

    /// Says how to mend it.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Parses the expression that the TOML string at `span` (its quotation marks included) holds. Places in the tree are
/// places in the file, whatever kind of string it is.
///
/// # Errors
/// If it is not an expression, with the place.
pub fn parse(sources: &Sources, span: Span) -> Result<Expression, Box<InputError>> {
    if span.end.saturating_sub(span.start) > MAX_LENGTH.saturating_mul(2) {
        return Err(too_long(span));
    }
    let Some(literal) = Literal::read(sources, span) else {
        return Err(Box::new(
            InputError::at(span, "an expression is a text in quotation marks").help("write it as `\"a <= b\"`"),
        ));
    };
    if literal.text.len() > MAX_LENGTH {
        return Err(too_long(span));
    }
    let parsed = tokens(&literal.text)
        .and_then(|tokens| Parser { literal: &literal, tokens: &tokens, next: 0, nesting: 0 }.whole());
    match parsed {
        Ok(root) => Ok(Expression { text: literal.text.trim().to_owned(), span, root }),
        Err(error) => {
            let at = InputError::at(literal.span(error.start, error.end), error.message);
            Err(Box::new(if let Some(help) = error.help { at.help(help) } else { at }))
        }
    }
}

fn too_long(span: Span) -> Box<InputError> {
    let start = Span { end: span.start.saturating_add(1).min(span.end), ..span };
    Box::new(
        InputError::at(start, format!("this expression is longer than {MAX_LENGTH} characters"))
            .help("split it into several rules or checks"),
    )
}

/// Levels of operators; see the head of this file.
pub(super) mod level {
    pub(in crate::expr) const IF: u8 = 0;
    pub(in crate::expr) const OR: u8 = 1;
    pub(in crate::expr) const AND: u8 = 2;
    pub(in crate::expr) const NOT: u8 = 3;
    pub(in crate::expr) const COMPARE: u8 = 4;
    pub(in crate::expr) const ADD: u8 = 5;
    pub(in crate::expr) const MULTIPLY: u8 = 6;
    pub(in crate::expr) const NEGATE: u8 = 7;
    pub(in crate::expr) const POWER: u8 = 8;
}

const COMPARISONS: [(Symbol, Comparison); 6] = [
    (Symbol::Less, Comparison::Less),
    (Symbol::AtMost, Comparison::AtMost),
    (Symbol::Equal, Comparison::Equal),
    (Symbol::NotEqual, Comparison::NotEqual),
    (Symbol::AtLeast, Comparison::AtLeast),
    (Symbol::More, Comparison::More),
];

const ARITHMETIC: [(Symbol, BinaryOp, u8); 5] = [
    (Symbol::Plus, BinaryOp::Add, level::ADD),
    (Symbol::Minus, BinaryOp::Subtract, level::ADD),
    (Symbol::Times, BinaryOp::Multiply, level::MULTIPLY),
    (Symbol::Divide, BinaryOp::Divide, level::MULTIPLY),
    (Symbol::Power, BinaryOp::Power, level::POWER),
];

/// What joins two operands.
#[derive(Clone, Copy)]
enum Infix {
    Or,
    And,
    Compare(Comparison),
    Order(OrderWord),
    Arithmetic(BinaryOp, u8),
}

impl Infix {
    fn level(self) -> u8 {
        match self {
            Self::Or => level::OR,
            Self::And => level::AND,
            Self::Compare(_) | Self::Order(_) => level::COMPARE,
            Self::Arithmetic(_, level) => level,
        }
    }
}

/// A tree, how deep it is, and the bytes of the text that it covers.
pub(super) struct Node {
    pub(super) expr: Expr,
    pub(super) depth: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it stands in parentheses, and so takes part in no chain around it.
    pub(super) closed: bool,
}

/// A text on its way to a tree.
pub(super) struct Parser<'a> {
    pub(super) literal: &'a Literal,
    tokens: &'a [Token],
    pub(super) next: usize,
    nesting: usize,
}

const END: Token = Token { kind: TokenKind::End, start: 0, end: 0 };

impl Parser<'_> {
    fn whole(mut self) -> Result<Expr, ExprError> {
        if self.peek().kind == TokenKind::End {
            return Err(self.expected("an expression"));
        }
        let node = self.expression(level::IF)?;
        match self.peek().kind {
            TokenKind::End => Ok(node.expr),
            _ => Err(self.leftover()),
        }
    }

    pub(super) fn peek(&self) -> &Token {
        self.tokens.get(self.next).or(self.tokens.last()).unwrap_or(&END)
    }

    pub(super) fn advance(&mut self) -> Token {
        let token = self.peek().clone();
        self.next = self.next.saturating_add(1);
        token
    }

    /// Takes the sign that is expected, if it is there.
    pub(super) fn takes(&mut self, symbol: Symbol) -> bool {
        let is_there = self.peek().kind == TokenKind::Symbol(symbol);
        if is_there {
            self.next = self.next.saturating_add(1);
        }
        is_there
    }

    pub(super) fn at_word(&self, word: &str) -> bool {
        matches!(&self.peek().kind, TokenKind::Word(found) if found == word)
    }

    /// What was expected at the next token, and what is there instead.
    pub(super) fn expected(&self, what: &str) -> ExprError {
        let token = self.peek();
        let found = match &token.kind {
            TokenKind::End => "and the expression ends here".to_owned(),
            _ => format!("not `{}`", shortened(self.written(token.start, token.end))),
        };
        let error = ExprError::new(token.start, token.end, format!("{what} is expected here, {found}"));
        if token.kind == TokenKind::Symbol(Symbol::Is) { error.help("a comparison is written `==`") } else { error }
    }

    /// Why what follows a whole expression does not belong to it.
    pub(super) fn leftover(&self) -> ExprError {
        let token = self.peek();
        let written = self.written(token.start, token.end);
        let error = |message: &str| ExprError::new(token.start, token.end, message);
        match &token.kind {
            TokenKind::Symbol(Symbol::Is) => error("`=` does not compare").help("use `==`"),
            TokenKind::Symbol(Symbol::Close) => error("there is no parenthesis that this one closes"),
            TokenKind::Symbol(Symbol::OpenSquare) => error("only a measure is looked up by square brackets")
                .help("write `revenue['Q1 2025', region = 'EU']`"),
            TokenKind::Symbol(Symbol::Open) => error("only a function has an argument in parentheses")
                .help("the functions are sum, count, min, max, mean, change, whole-answers and yes-no-answers; a product is written with `*`"),
            TokenKind::Word(word) if word == "else" => error("`else` is not part of the language")
                .help("`if a then b` leaves open what holds otherwise; write a second rule for that"),
            TokenKind::Word(word) if word == "then" => error("there is no `if` that this `then` belongs to"),
            TokenKind::Word(word) if word == "if" => error("`if` begins an expression").help("put it in parentheses"),
            TokenKind::Word(_) | TokenKind::Quoted(_) => {
                ExprError::new(token.start, token.end, format!("`{}` does not belong here", shortened(written)))
                    .help("names with spaces go into backticks; conditions are joined by `and` or `or`")
            }
            _ => ExprError::new(token.start, token.end, format!("`{}` does not belong here", shortened(written))),
        }
    }

    fn written(&self, start: usize, end: usize) -> &str {
        self.literal.text.get(start..end).unwrap_or_default()
    }

    /// A node around others, of which the deepest is `depth` deep.
    pub(super) fn node(&self, kind: ExprKind, depth: usize, start: usize, end: usize) -> Result<Node, ExprError> {
        if depth >= MAX_DEPTH {
            return Err(ExprError::new(
                end.saturating_sub(1),
                end,
                format!("this is nested more than {MAX_DEPTH} deep"),
            )
            .help("split it into several rules or checks; many numbers are added up by `sum`"));
        }
        let expr = Expr { kind, span: self.literal.span(start, end) };
        Ok(Node { expr, depth: depth.saturating_add(1), start, end, closed: false })
    }

    pub(super) fn leaf(&self, kind: ExprKind, token: &Token) -> Result<Node, ExprError> {
        self.node(kind, 0, token.start, token.end)
    }

    /// An expression of operators that bind at least as tightly as `least`.
    pub(super) fn expression(&mut self, least: u8) -> Result<Node, ExprError> {
        if self.nesting >= MAX_DEPTH {
            let token = self.peek();
            return Err(ExprError::new(token.start, token.end, format!("this is nested more than {MAX_DEPTH} deep"))
                .help("split it into several rules or checks"));
        }
        self.nesting = self.nesting.saturating_add(1);
        let mut left = self.operand(least)?;
        while let Some(infix) = self.infix()?
            && infix.level() >= least
        {
            let operator = self.advance();
            self.spaced(infix, &operator)?;
            left = self.joined(left, infix, &operator)?;
        }
        self.nesting = self.nesting.saturating_sub(1);
        Ok(left)
    }

    /// The operator that comes next, if one does.
    fn infix(&self) -> Result<Option<Infix>, ExprError> {
        let token = self.peek();
        Ok(match &token.kind {
            TokenKind::Symbol(Symbol::Is) => return Err(self.leftover()),
            TokenKind::Symbol(symbol) => COMPARISONS
                .iter()
                .find(|(sign, _)| sign == symbol)
                .map(|(_, comparison)| Infix::Compare(*comparison))
                .or_else(|| {
                    let found = ARITHMETIC.iter().find(|(sign, ..)| sign == symbol);
                    found.map(|(_, operator, level)| Infix::Arithmetic(*operator, *level))
                }),
            TokenKind::Word(word) if word == "and" => Some(Infix::And),
            TokenKind::Word(word) if word == "or" => Some(Infix::Or),
            TokenKind::Word(word) => {
                ORDER_WORDS.iter().find(|(name, _)| name == word).map(|(_, order)| Infix::Order(*order))
            }
            _ => None,
        })
    }

    /// A minus between two things has spaces on both sides, or it would be part of a name.
    fn spaced(&self, infix: Infix, operator: &Token) -> Result<(), ExprError> {
        let spaces =
            self.literal.text.get(..operator.start).is_some_and(|before| before.ends_with(char::is_whitespace))
                && self.literal.text.get(operator.end..).is_some_and(|after| after.starts_with(char::is_whitespace));
        if spaces || !matches!(infix, Infix::Arithmetic(BinaryOp::Subtract, _)) {
            return Ok(());
        }
        Err(ExprError::new(operator.start, operator.end, "a minus between two things has a space on both sides")
            .help("`a - b` subtracts, `a-b` is one name"))
    }

    /// Joins what stands left of an operator to what follows it.
    fn joined(&mut self, left: Node, infix: Infix, operator: &Token) -> Result<Node, ExprError> {
        match infix {
            Infix::Or | Infix::And => self.logical(left, infix),
            Infix::Compare(comparison) => self.comparison(left, comparison, operator),
            Infix::Order(order) => {
                if !left.closed && matches!(left.expr.kind, ExprKind::Compare(..) | ExprKind::Order(..)) {
                    return Err(not_in_chain(operator));
                }
                let right = self.expression(level::ADD)?;
                let (start, end, depth) = (left.start, right.end, left.depth.max(right.depth));
                self.node(ExprKind::Order(order, Box::new(left.expr), Box::new(right.expr)), depth, start, end)
            }
            Infix::Arithmetic(BinaryOp::Power, _) => self.power(left, operator),
            Infix::Arithmetic(arithmetic, level) => {
                let right = self.expression(level.saturating_add(1))?;
                let (start, end, depth) = (left.start, right.end, left.depth.max(right.depth));
                self.node(ExprKind::Binary(arithmetic, Box::new(left.expr), Box::new(right.expr)), depth, start, end)
            }
        }
    }

    /// `a and b and c` is one node.
    fn logical(&mut self, left: Node, infix: Infix) -> Result<Node, ExprError> {
        let right = self.expression(infix.level().saturating_add(1))?;
        let (start, end) = (left.start, right.end);
        let is_or = matches!(infix, Infix::Or);
        let (mut parts, depth) = match left.expr.kind {
            ExprKind::Or(parts) if is_or && !left.closed => (parts, left.depth.saturating_sub(1)),
            ExprKind::And(parts) if !is_or && !left.closed => (parts, left.depth.saturating_sub(1)),
            _ => (vec![left.expr], left.depth),
        };
        parts.push(right.expr);
        let kind = if is_or { ExprKind::Or(parts) } else { ExprKind::And(parts) };
        self.node(kind, depth.max(right.depth), start, end)
    }

    /// `a < b <= c` is one node.
    fn comparison(&mut self, left: Node, comparison: Comparison, operator: &Token) -> Result<Node, ExprError> {
        if !left.closed && matches!(left.expr.kind, ExprKind::Order(..)) {
            return Err(not_in_chain(operator));
        }
        let right = self.expression(level::ADD)?;
        let (start, end) = (left.start, right.end);
        let (first, mut chain, depth) = match left.expr.kind {
            ExprKind::Compare(first, chain) if !left.closed => (first, chain, left.depth.saturating_sub(1)),
            _ => (Box::new(left.expr), Vec::new(), left.depth),
        };
        chain.push((comparison, right.expr));
        self.node(ExprKind::Compare(first, chain), depth.max(right.depth), start, end)
    }

    /// `a ^ 2`: the exponent is a small whole number, so that nothing grows without bound.
    fn power(&mut self, base: Node, operator: &Token) -> Result<Node, ExprError> {
        if !base.closed && matches!(base.expr.kind, ExprKind::Binary(BinaryOp::Power, ..)) {
            return Err(ExprError::new(operator.start, operator.end, "one power of another may be meant either way")
                .help("put parentheses round the first"));
        }
        let token = self.advance();
        let small = match &token.kind {
            TokenKind::Number(value, false) => value.to_i64().is_some_and(|whole| (0..=MAX_EXPONENT).contains(&whole)),
            _ => false,
        };
        if !small {
            let place = ExprError::new(
                token.start,
                token.end,
                format!("an exponent is a whole number from 0 to {MAX_EXPONENT}"),
            );
            return Err(place.help("write the number itself, as in `a ^ 2`"));
        }
        let TokenKind::Number(value, percent) = token.kind.clone() else {
            return Err(self.expected("a number"));
        };
        let exponent = self.leaf(ExprKind::Number { value, percent }, &token)?;
        let (start, depth) = (base.start, base.depth);
        let kind = ExprKind::Binary(BinaryOp::Power, Box::new(base.expr), Box::new(exponent.expr));
        self.node(kind, depth, start, token.end)
    }
}

fn not_in_chain(operator: &Token) -> ExprError {
    ExprError::new(operator.start, operator.end, "`within`, `before` and `overlaps` stand in no chain")
        .help("join two comparisons by `and`")
}
