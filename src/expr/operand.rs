//! What stands between operators: numbers, names, figures that are looked up, functions, parentheses.

use super::lexer::{Symbol, Token, TokenKind, shortened};
use super::parser::{Node, Parser, level};
use super::tree::{AGGREGATES, ANSWERS, CHANGE, is_reserved};
use super::{Aggregate, AnswerKind, Expr, ExprError, ExprKind, Name};

/// What a function is, by its name.
#[derive(Clone, Copy)]
enum Function {
    Aggregate(Aggregate),
    Change,
    Answers(AnswerKind),
}

impl Parser<'_> {
    /// What stands before the first operator; `least` says what may stand there without parentheses.
    pub(super) fn operand(&mut self, least: u8) -> Result<Node, ExprError> {
        let token = self.peek().clone();
        match &token.kind {
            TokenKind::Symbol(Symbol::Minus) if least <= level::NEGATE => {
                self.next = self.next.saturating_add(1);
                let inner = self.expression(level::NEGATE)?;
                self.node(ExprKind::Negative(Box::new(inner.expr)), inner.depth, token.start, inner.end)
            }
            TokenKind::Symbol(Symbol::Open) => self.parenthesis(&token),
            TokenKind::Number(value, percent) => {
                self.next = self.next.saturating_add(1);
                self.leaf(ExprKind::Number { value: value.clone(), percent: *percent }, &token)
            }
            TokenKind::Date(day) => {
                self.next = self.next.saturating_add(1);
                self.leaf(ExprKind::Date(*day), &token)
            }
            TokenKind::Text(text) => {
                self.next = self.next.saturating_add(1);
                self.leaf(ExprKind::Text(text.clone()), &token)
            }
            TokenKind::Quoted(name) => {
                self.next = self.next.saturating_add(1);
                self.name(name.clone(), &token)
            }
            TokenKind::Word(word) => self.word(word, &token, least),
            _ => Err(self.expected("a name, a number or an opening parenthesis")),
        }
    }

    fn parenthesis(&mut self, open: &Token) -> Result<Node, ExprError> {
        self.next = self.next.saturating_add(1);
        let mut node = self.expression(level::IF)?;
        let close = self.peek().clone();
        if !self.takes(Symbol::Close) {
            return Err(match close.kind {
                TokenKind::End => ExprError::new(open.start, open.end, "this parenthesis is not closed"),
                _ => self.leftover(),
            });
        }
        (node.start, node.end, node.closed) = (open.start, close.end, true);
        node.expr.span = self.literal.span(open.start, close.end);
        Ok(node)
    }

    /// What begins with a word: a function, `not`, `if`, `true`, `false`, or a name.
    fn word(&mut self, word: &str, token: &Token, least: u8) -> Result<Node, ExprError> {
        match word {
            "true" | "false" => {
                self.next = self.next.saturating_add(1);
                self.leaf(ExprKind::Truth(word == "true"), token)
            }
            "not" if least <= level::NOT => {
                self.next = self.next.saturating_add(1);
                let inner = self.expression(level::NOT)?;
                self.node(ExprKind::Not(Box::new(inner.expr)), inner.depth, token.start, inner.end)
            }
            "if" if least == level::IF => {
                self.next = self.next.saturating_add(1);
                let condition = self.expression(level::OR)?;
                if !self.at_word("then") {
                    return Err(self.expected("`then`").help("write `if … then …`"));
                }
                self.next = self.next.saturating_add(1);
                let then = self.expression(level::IF)?;
                let (end, depth) = (then.end, condition.depth.max(then.depth));
                self.node(ExprKind::If(Box::new(condition.expr), Box::new(then.expr)), depth, token.start, end)
            }
            "not" | "if" => Err(ExprError::new(token.start, token.end, format!("`{word}` needs parentheses here"))
                .help(format!("write `({word} …)`"))),
            _ if is_reserved(word) => Err(self.expected("a name, a number or an opening parenthesis").help(format!(
                "`{word}` is a word of the language; a name that is written like it goes into backticks"
            ))),
            _ => {
                self.next = self.next.saturating_add(1);
                if self.peek().kind == TokenKind::Symbol(Symbol::Open) {
                    return self.function(word, token);
                }
                self.name(word.to_owned(), token)
            }
        }
    }

    /// `sum(…)`, `change(a, b)`.
    fn function(&mut self, word: &str, token: &Token) -> Result<Node, ExprError> {
        let aggregates = AGGREGATES.iter().map(|(name, aggregate)| (*name, Function::Aggregate(*aggregate)));
        let answers = ANSWERS.iter().map(|(name, kind)| (*name, Function::Answers(*kind)));
        let mut functions = aggregates.chain([(CHANGE, Function::Change)]).chain(answers);
        let Some((_, function)) = functions.clone().find(|(name, _)| *name == word) else {
            let last = functions.next_back().map_or("", |(name, _)| name);
            let known = functions.map(|(name, _)| name).collect::<Vec<_>>().join(", ");
            return Err(ExprError::new(token.start, token.end, format!("there is no function `{}`", shortened(word)))
                .help(format!("the functions are {known} and {last}; a product is written with `*`")));
        };
        let open = self.advance();
        let mut arguments = Vec::new();
        let mut depth = 0;
        if self.peek().kind != TokenKind::Symbol(Symbol::Close) {
            loop {
                let argument = self.expression(level::IF)?;
                depth = depth.max(argument.depth);
                arguments.push(argument.expr);
                if !self.takes(Symbol::Comma) {
                    break;
                }
            }
        }
        let close = self.peek().clone();
        if !self.takes(Symbol::Close) {
            return Err(match close.kind {
                TokenKind::End => ExprError::new(open.start, open.end, "this parenthesis is not closed"),
                _ => self.leftover(),
            });
        }
        let kind = self.call(function, arguments, token.start, close.end)?;
        self.node(kind, depth, token.start, close.end)
    }

    /// A function with as many arguments as it takes.
    fn call(&self, function: Function, arguments: Vec<Expr>, start: usize, end: usize) -> Result<ExprKind, ExprError> {
        match function {
            Function::Aggregate(_) if arguments.is_empty() => {
                return Err(ExprError::new(start, end, "there is nothing between these parentheses"));
            }
            Function::Aggregate(aggregate) => return Ok(ExprKind::Aggregate(aggregate, arguments)),
            Function::Answers(kind) if matches!(arguments.len(), 3 | 4) => {
                return Ok(ExprKind::Answers(kind, arguments));
            }
            Function::Answers(kind) => {
                let name = kind.name();
                let takes = format!("`{name}` takes how many people answered, their mean and their standard deviation");
                return Err(ExprError::new(start, end, takes).help(format!(
                    "write `{name}(n, mean, sd)`, and the number of items last if each answered several"
                )));
            }
            Function::Change => {}
        }
        match <[Expr; 2]>::try_from(arguments) {
            Ok([from, to]) => Ok(ExprKind::Change(Box::new(from), Box::new(to))),
            Err(_) => Err(ExprError::new(start, end, format!("`{CHANGE}` takes two figures: from and to"))
                .help("write `change(revenue['FY2024'], revenue['FY2025'])`")),
        }
    }

    /// A name with its fields, or a measure that is looked up.
    fn name(&mut self, base: String, token: &Token) -> Result<Node, ExprError> {
        if self.peek().kind == TokenKind::Symbol(Symbol::OpenSquare) {
            return self.lookup(base, token);
        }
        let mut fields = Vec::new();
        let mut end = token.end;
        while self.peek().kind == TokenKind::Symbol(Symbol::Dot) {
            let dot = self.advance();
            let field = self.peek().clone();
            let text = match &field.kind {
                TokenKind::Word(text) if text.contains('/') => {
                    return Err(ExprError::new(field.start, field.end, format!("`{}` is no field", shortened(text)))
                        .help("a division has spaces: `a / b`"));
                }
                TokenKind::Word(text) | TokenKind::Quoted(text) if dot.start == end && dot.end == field.start => text,
                _ => {
                    return Err(ExprError::new(dot.start, dot.end, "a field follows its dot at once")
                        .help("write `share.of`; a number is written `0.5`"));
                }
            };
            fields.push(text.clone());
            end = field.end;
            self.next = self.next.saturating_add(1);
        }
        self.node(ExprKind::Name(Name { base, fields }), 0, token.start, end)
    }

    /// `revenue['Q1 2025', region = 'EU']`.
    fn lookup(&mut self, measure: String, token: &Token) -> Result<Node, ExprError> {
        if measure.contains('/') {
            return Err(ExprError::new(token.start, token.end, "a measure is looked up by its name alone")
                .help("leave out the article; one claim of another article is named by its id"));
        }
        let open = self.advance();
        let mut when = None;
        let mut scope: Vec<(String, String)> = Vec::new();
        loop {
            let part = self.advance();
            match part.kind {
                TokenKind::Text(text) if when.is_none() && scope.is_empty() => {
                    when = Some((text, self.literal.span(part.start, part.end)));
                }
                TokenKind::Date(day) if when.is_none() && scope.is_empty() => {
                    when = Some((day.to_string(), self.literal.span(part.start, part.end)));
                }
                TokenKind::Word(dimension) | TokenKind::Quoted(dimension) => {
                    if scope.iter().any(|(known, _)| *known == dimension) {
                        let message = format!("`{}` is given twice", shortened(&dimension));
                        return Err(ExprError::new(part.start, part.end, message));
                    }
                    scope.push((dimension, self.member()?));
                }
                _ => {
                    self.next = self.next.saturating_sub(1);
                    let what =
                        if when.is_none() && scope.is_empty() { "a time in quotation marks" } else { "a dimension" };
                    return Err(self.expected(what).help("write `revenue['Q1 2025', region = 'EU']`"));
                }
            }
            if self.takes(Symbol::Comma) {
                continue;
            }
            let close = self.peek().clone();
            if self.takes(Symbol::CloseSquare) {
                let kind = ExprKind::Lookup { measure, when, scope };
                return self.node(kind, 0, token.start, close.end);
            }
            return Err(match close.kind {
                TokenKind::End => ExprError::new(open.start, open.end, "this bracket is not closed"),
                _ => self.expected("`,` or `]`").help(
                    "a time goes into quotation marks: `revenue['Q1 2025']`; an id with brackets goes into backticks",
                ),
            });
        }
    }

    /// `= 'EU'` behind a dimension.
    fn member(&mut self) -> Result<String, ExprError> {
        let help = "write `revenue['Q1 2025', region = 'EU']`; a time goes into quotation marks";
        if !self.takes(Symbol::Is) {
            return Err(ExprError { help: Some(help.to_owned()), ..self.expected("`=`") });
        }
        let token = self.advance();
        match token.kind {
            TokenKind::Text(member) => Ok(member),
            _ => {
                self.next = self.next.saturating_sub(1);
                Err(self.expected("a member in quotation marks").help(help))
            }
        }
    }
}
