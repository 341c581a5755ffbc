//! What the text of a check, an assumption, a rule or a derived figure says, as a formula over named things.
//!
//! Read for the checker alone, from the same trees that the parser gives to grounding.

use super::certificate::{Leaning, Place, Readings, Unreported};
use super::facts::{Checked, Facts, WHEN};
use super::words::written_member;
use crate::calendar::{DaySpan, Moment, MomentKind, When};
use crate::claim::{ArticleId, Claim, Kind};
use crate::expr::{Aggregate, BinaryOp, Comparison, Expr, ExprKind, Expression, LookUp, Name, OrderWord};
use crate::number::{Interval, Rational, Unit};
use crate::problem::{Answers, Domain, Formula, Term};
use crate::rule::Relation;
use std::collections::{BTreeMap, BTreeSet};

/// What a variable stands for: the first claim of a figure, an event, or something unreported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    Figure(String),
    Event(String),
    Unreported(Unreported),
    Unknown(Domain),
}

/// What names stand for.
pub(super) enum Naming<'a> {
    /// The claims of an article; look-ups are made beside this claim, if one is given.
    Claims(ArticleId, Option<&'a Claim>),
    /// The figures that a relation's names are bound to, by their first claims.
    Bound(&'a Relation, BTreeMap<String, Vec<&'a Claim>>),
}

/// A formula in the making.
pub(super) struct Reader<'a> {
    pub(super) facts: Facts<'a>,
    pub(super) naming: Naming<'a>,
    /// What the variables stand for.
    pub meant: Vec<Meant>,
    /// The dimensions that were asked for and that nobody states.
    pub unsaid: BTreeSet<Leaning>,
    /// The unit in which a measure is looked up that is given in several.
    pub unit: Option<Unit>,
    /// The record for whose columns names stand.
    record: Option<&'a str>,
    unknowns: BTreeMap<String, usize>,
    /// All claims that a check names; a figure that was replaced by another than these is followed.
    kept: Option<BTreeSet<&'a str>>,
}

type Span = Option<When>;

/// The parts of a conjunction.
pub(super) fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::And(all) => all.iter().flat_map(parts).collect(),
        _ => vec![expr],
    }
}

/// `ID.dimension == 'member'`: the id, the dimension and the member.
pub(super) fn membership(expr: &Expr) -> Option<(&str, &str, &str)> {
    let ExprKind::Compare(first, rest) = &expr.kind else { return None };
    let [(Comparison::Equal, second)] = rest.as_slice() else { return None };
    match (&first.kind, &second.kind) {
        (ExprKind::Name(name), ExprKind::Text(text)) | (ExprKind::Text(text), ExprKind::Name(name)) => {
            let [dimension] = name.fields.as_slice() else { return None };
            Some((&name.base, dimension, text))
        }
        _ => None,
    }
}

/// What is said by a check or an assumption.
pub(super) struct Requirement<'a> {
    expression: &'a Expression,
    article: ArticleId,
    /// The record for whose columns its names stand.
    record: Option<&'a str>,
    pub is_assumed: bool,
}

/// What a check or an assumption says.
pub(super) fn requirement<'a>(facts: Facts<'a>, id: &str) -> Checked<Requirement<'a>> {
    let assume = facts.claims.assumes.iter().find(|assume| assume.id == id);
    match (facts.index.check(id).and_then(|at| facts.claims.checks.get(at)), assume) {
        (Some(check), _) => Ok(Requirement {
            expression: &check.require,
            article: check.article,
            record: check.record.as_deref(),
            is_assumed: false,
        }),
        (None, Some(assume)) => {
            Ok(Requirement { expression: &assume.that, article: assume.article, record: None, is_assumed: true })
        }
        (None, None) => Err(format!("there is no check or assumption `{id}`")),
    }
}

/// The claim of a name: by its id, or by the column of a record.
fn claim_of<'a>(facts: Facts<'a>, name: &str, article: ArticleId, record: Option<&str>) -> Option<&'a Claim> {
    match record {
        None => facts.named(name, article),
        Some(record) => facts.named(&format!("{record}.{name}"), article),
    }
}

/// The parts of a check or assumption that must each hold: comparisons of a chain are parts by themselves.
pub(super) fn required<'a>(facts: Facts<'a>, id: &str) -> Checked<Vec<(Reader<'a>, Formula)>> {
    let Requirement { expression, article, record, is_assumed } = requirement(facts, id)?;
    let mut found = Vec::new();
    let names = expression.root.walk().filter_map(|expr| match &expr.kind {
        ExprKind::Name(name) => claim_of(facts, &name.base, article, record).map(|claim| claim.id.as_str()),
        _ => None,
    });
    let kept: BTreeSet<&str> = names.collect();
    for part in parts(&expression.root) {
        if is_assumed && membership(part).is_some() {
            continue;
        }
        let reader =
            || Reader { kept: Some(kept.clone()), record, ..Reader::new(facts, Naming::Claims(article, None)) };
        if let ExprKind::Compare(first, rest) = &part.kind {
            let mut left: &Expr = first;
            for (comparison, right) in rest {
                let mut reader = reader();
                let formula = reader.compare(left, *comparison, right)?;
                found.push((reader, formula));
                left = right;
            }
        } else {
            let mut reader = reader();
            let formula = reader.formula(part)?;
            found.push((reader, formula));
        }
    }
    Ok(found)
}

/// A comparison of two days: `plus - minus + constant COMPARISON 0`.
pub(super) struct DayOrder {
    pub plus: Place,
    pub minus: Place,
    pub constant: Rational,
    pub comparison: Comparison,
}

/// A part of a check or assumption (counted from 1) that puts two days in order.
pub(super) fn day_order(facts: Facts<'_>, id: &str, part: usize) -> Checked<DayOrder> {
    let mut all = required(facts, id)?;
    let at = part.checked_sub(1).filter(|at| *at < all.len());
    let (reader, formula) = all.swap_remove(at.ok_or_else(|| format!("`{id}` has no comparison {part}"))?);
    let no_order = || format!("comparison {part} of `{id}` puts no days in order");
    let Formula::Compare(left, comparison, right) = formula else { return Err(no_order()) };
    let mut factors: BTreeMap<usize, Rational> = BTreeMap::new();
    let mut constant = Rational::from(0);
    add_up(&left, &Rational::from(1), &mut factors, &mut constant).ok_or_else(no_order)?;
    add_up(&right, &Rational::from(-1), &mut factors, &mut constant).ok_or_else(no_order)?;
    let (mut plus, mut minus) = (None, None);
    for (variable, factor) in factors.into_iter().filter(|(_, factor)| !factor.is_zero()) {
        let Some(Meant::Event(event)) = reader.meant.get(variable) else { return Err(no_order()) };
        let slot = match factor.to_i64() {
            Some(1) => &mut plus,
            Some(-1) => &mut minus,
            _ => return Err(no_order()),
        };
        if slot.replace(Place::Event(event.clone())).is_some() {
            return Err(no_order());
        }
    }
    if (plus.is_none() && minus.is_none()) || !constant.is_integer() {
        return Err(no_order());
    }
    let place = |event: Option<Place>| event.unwrap_or(Place::Epoch);
    Ok(DayOrder { plus: place(plus), minus: place(minus), constant, comparison })
}

/// Adds a multiple of a term to factors of variables and a constant, if the term is linear.
pub(super) fn add_up(
    term: &Term,
    factor: &Rational,
    factors: &mut BTreeMap<usize, Rational>,
    constant: &mut Rational,
) -> Option<()> {
    match term {
        Term::Number(number) => *constant += number * factor,
        Term::Variable(place) => *factors.entry(*place).or_default() += factor,
        Term::Negative(of) => add_up(of, &-factor, factors, constant)?,
        Term::Sum(terms) => {
            for term in terms {
                add_up(term, factor, factors, constant)?;
            }
        }
        Term::Product(left, right) => {
            let scale = |term: &Term| {
                let (mut none, mut scale) = (BTreeMap::new(), Rational::from(0));
                add_up(term, &Rational::from(1), &mut none, &mut scale)?;
                none.is_empty().then_some(scale)
            };
            match (scale(left), scale(right)) {
                (Some(scale), _) => add_up(right, &(factor * &scale), factors, constant)?,
                (_, Some(scale)) => add_up(left, &(factor * &scale), factors, constant)?,
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(())
}

impl<'a> Reader<'a> {
    pub fn new(facts: Facts<'a>, naming: Naming<'a>) -> Self {
        Self {
            facts,
            naming,
            meant: Vec::new(),
            unsaid: BTreeSet::new(),
            unit: None,
            record: None,
            unknowns: BTreeMap::new(),
            kept: None,
        }
    }

    pub(super) fn place(&mut self, meant: Meant) -> Term {
        let known = self.meant.iter().position(|known| *known == meant && !matches!(meant, Meant::Unknown(_)));
        Term::Variable(known.unwrap_or_else(|| {
            self.meant.push(meant);
            self.meant.len().saturating_sub(1)
        }))
    }

    /// The variable of a claim's figure.
    pub fn figure(&mut self, claim: &'a Claim) -> Term {
        let first = self.facts.first_of(claim).id.clone();
        self.place(Meant::Figure(first))
    }

    /// A variable for something that is not reported.
    pub fn unreported(&mut self, interval: Interval, integer: bool) -> Term {
        self.place(Meant::Unknown(Domain { interval, integer }))
    }

    fn name(&mut self, name: &Name) -> Checked<Term> {
        let said = format!("`{}` is no number", name.base);
        if let ([field], Naming::Bound(..)) = (name.fields.as_slice(), &self.naming)
            && field == "items"
            && let Some(Claim { kind: Kind::Figure(figure), .. }) = self.described(name)
        {
            let declared = self.facts.claims.vocabulary.measures.get(&figure.measure.value);
            let items = declared.and_then(|measure| measure.answers.items.clone());
            return Ok(Term::Number(items.unwrap_or_else(|| Rational::from(1))));
        }
        if !name.fields.is_empty() {
            return Err(said);
        }
        let claim = match &self.naming {
            Naming::Claims(article, _) => {
                claim_of(self.facts, &name.base, *article, self.record).ok_or_else(|| said.clone())?
            }
            Naming::Bound(relation, bound) => {
                if let Some(unknown) = relation.unknown.iter().find(|unknown| unknown.name.value == name.base) {
                    if let Some(known) = self.unknowns.get(&name.base) {
                        return Ok(Term::Variable(*known));
                    }
                    let lower = unknown.least.clone().map_or_else(Interval::everything, Interval::at_least);
                    let upper = unknown.greatest.clone().map_or_else(Interval::everything, Interval::at_most);
                    let interval = lower.intersect(&upper).unwrap_or_else(Interval::everything);
                    self.unknowns.insert(name.base.clone(), self.meant.len());
                    return Ok(self.unreported(interval, unknown.integer));
                }
                match bound.get(&name.base).map(Vec::as_slice) {
                    Some([only]) => only,
                    _ => return Err(said),
                }
            }
        };
        let claim = self.standing(claim);
        match &claim.kind {
            Kind::Figure(_) => Ok(self.figure(claim)),
            Kind::Event(_) => Ok(self.place(Meant::Event(claim.id.clone()))),
            Kind::Text(_) => Err(said),
        }
    }

    /// The claim that replaced one that was retired, in a check that does not name both.
    fn standing(&self, claim: &'a Claim) -> &'a Claim {
        let Some(kept) = &self.kept else { return claim };
        let mut newest = claim;
        while let Some(newer) = newest.superseded_by {
            newest = &self.facts.claims[newer];
        }
        let is_figure = matches!(newest.kind, Kind::Figure(_));
        if is_figure && !kept.contains(newest.id.as_str()) { newest } else { claim }
    }

    /// The number that an expression gives.
    pub fn term(&mut self, expr: &Expr) -> Checked<Term> {
        let minus = |term: Term| Term::Negative(Box::new(term));
        Ok(match &expr.kind {
            ExprKind::Number { value, .. } => Term::Number(value.clone()),
            ExprKind::Date(day) => Term::Number(Rational::from(day.0)),
            ExprKind::Name(name) => self.name(name)?,
            ExprKind::Lookup { measure, when, scope } => {
                let when = when.as_ref().map(|(words, _)| words.as_str());
                self.look_up(LookUp { measure, when, scope })?
            }
            ExprKind::Negative(of) => minus(self.term(of)?),
            ExprKind::Binary(op, left, right) => {
                let (left, right) = (self.term(left)?, self.term(right)?);
                match op {
                    BinaryOp::Add => Term::Sum(vec![left, right]),
                    BinaryOp::Subtract => Term::Sum(vec![left, minus(right)]),
                    BinaryOp::Multiply => Term::Product(Box::new(left), Box::new(right)),
                    BinaryOp::Divide => Term::Quotient(Box::new(left), Box::new(right)),
                    BinaryOp::Power => {
                        let Term::Number(power) = right else { return Err("a power is not fixed".to_owned()) };
                        let power = power.to_i64().and_then(|power| u32::try_from(power).ok());
                        Term::Power(Box::new(left), power.ok_or("a power is no small whole number")?)
                    }
                }
            }
            ExprKind::Change(before, after) => {
                let (before, after) = (self.term(before)?, self.term(after)?);
                let rise = Term::Sum(vec![after, minus(before.clone())]);
                let hundred = Box::new(Term::Number(Rational::from(100)));
                // Of a figure that is not above 0 it says nothing.
                let above = Term::Greatest(vec![before, Term::Number(Rational::from(0))]);
                Term::Quotient(Box::new(Term::Product(hundred, Box::new(rise))), Box::new(above))
            }
            ExprKind::Aggregate(kind, of) => {
                let mut terms = Vec::new();
                for expr in of {
                    match self.set(expr) {
                        Some(set) => {
                            for claim in set {
                                terms.push(self.figure(claim));
                            }
                        }
                        None => terms.push(self.term(expr)?),
                    }
                }
                let count = Term::Number(Rational::from(i64::try_from(terms.len()).unwrap_or(i64::MAX)));
                match kind {
                    Aggregate::Sum => Term::Sum(terms),
                    Aggregate::Count => count,
                    Aggregate::Min => Term::Least(terms),
                    Aggregate::Max => Term::Greatest(terms),
                    Aggregate::Mean => Term::Quotient(Box::new(Term::Sum(terms)), Box::new(count)),
                }
            }
            _ => return Err(format!("`{expr}` is no number")),
        })
    }

    /// The claims of a set, if an expression names one.
    fn set(&self, expr: &Expr) -> Option<Vec<&'a Claim>> {
        let (ExprKind::Name(name), Naming::Bound(relation, bound)) = (&expr.kind, &self.naming) else { return None };
        let given = relation.given.iter().find(|given| given.name.value == name.base && given.set)?;
        bound.get(&given.name.value).cloned()
    }

    /// The formula that an expression gives.
    pub fn formula(&mut self, expr: &Expr) -> Checked<Formula> {
        Ok(match &expr.kind {
            ExprKind::Truth(truth) => Formula::Known(*truth),
            ExprKind::And(all) => Formula::All(all.iter().map(|part| self.formula(part)).collect::<Checked<_>>()?),
            ExprKind::Or(all) => Formula::Any(all.iter().map(|part| self.formula(part)).collect::<Checked<_>>()?),
            ExprKind::Not(of) => Formula::Not(Box::new(self.formula(of)?)),
            ExprKind::If(condition, then) => {
                let condition = Formula::Not(Box::new(self.formula(condition)?));
                Formula::Any(vec![condition, self.formula(then)?])
            }
            ExprKind::Compare(first, rest) => {
                let mut all = Vec::new();
                let mut left: &Expr = first;
                for (comparison, right) in rest {
                    all.push(self.compare(left, *comparison, right)?);
                    left = right;
                }
                if all.len() == 1 { all.swap_remove(0) } else { Formula::All(all) }
            }
            ExprKind::Answers(kind, arguments) => {
                let mut places = Vec::new();
                for figure in arguments.iter().take(3) {
                    let Term::Variable(place) = self.term(figure)? else {
                        return Err(format!("`{figure}` is no figure"));
                    };
                    places.push(place);
                }
                let Ok([count, mean, deviation]) = <[usize; 3]>::try_from(places) else {
                    return Err(format!("`{expr}` has too few figures"));
                };
                let items = match arguments.get(3).map(|items| self.term(items)).transpose()? {
                    None => Some(1),
                    Some(Term::Number(items)) => items.to_i64().and_then(|items| u32::try_from(items).ok()),
                    Some(_) => None,
                };
                let items = items.ok_or_else(|| format!("the number of items in `{expr}` is not known"))?;
                Formula::Answers(Answers { kind: *kind, count, mean, deviation, items })
            }
            ExprKind::Order(word, left, right) => {
                let certain = self.span(left).zip(self.span(right)).and_then(|(left, right)| lie(*word, left, right));
                certain.map_or_else(|| self.open(), Formula::Known)
            }
            _ => return Err(format!("`{expr}` is neither true nor false")),
        })
    }

    /// True or false: nothing tells which.
    fn open(&mut self) -> Formula {
        let untold = self.unreported(Interval::everything(), false);
        Formula::Compare(untold, Comparison::Equal, Term::Number(Rational::from(0)))
    }

    /// One comparison, of numbers or of texts.
    pub fn compare(&mut self, left: &Expr, comparison: Comparison, right: &Expr) -> Checked<Formula> {
        if let (Some(one), Some(other)) = (self.text(left), self.text(right)) {
            let (Some(one), Some(other)) = (one, other) else { return Ok(self.open()) };
            return match comparison {
                Comparison::Equal => Ok(Formula::Known(one == other)),
                Comparison::NotEqual => Ok(Formula::Known(one != other)),
                _ => Err("texts have no order".to_owned()),
            };
        }
        Ok(Formula::Compare(self.term(left)?, comparison, self.term(right)?))
    }

    /// The claim that stands behind a name with a field.
    fn described(&self, name: &Name) -> Option<&'a Claim> {
        match &self.naming {
            Naming::Claims(article, _) => claim_of(self.facts, &name.base, *article, self.record),
            Naming::Bound(_, bound) => bound.get(&name.base).and_then(|claims| claims.first().copied()),
        }
    }

    /// What a text says, or nothing if that is not told; `None` if it is no text.
    fn text(&mut self, expr: &Expr) -> Option<Option<String>> {
        let name = match &expr.kind {
            ExprKind::Text(text) => return Some(Some(text.clone())),
            ExprKind::Name(name) => name,
            _ => return None,
        };
        let claim = self.described(name)?;
        let by_id = matches!(self.naming, Naming::Claims(..));
        match (&claim.kind, name.fields.as_slice()) {
            (Kind::Text(text), []) => Some(Some(text.says.value.clone())),
            (_, [field]) if field == WHEN => None,
            (_, [field]) if field == "source" && by_id => Some(claim.source.clone()),
            (Kind::Figure(figure), [field]) if by_id && (field == "of" || field == "in") => {
                let share = figure.share.as_ref();
                let named =
                    share.and_then(|share| if field == "of" { share.of.as_ref() } else { share.whole.as_ref() });
                Some(named.map(|named| named.value.clone()))
            }
            (Kind::Figure(figure), [field]) => {
                let member = super::instance::field(self.facts, claim, figure, field);
                if ["mean-of", "n", "sd"].contains(&field.as_str()) {
                    return Some(Some(member.unwrap_or_default()));
                }
                Some(Some(self.or_unsaid(field, member)))
            }
            (Kind::Event(event), [field]) => {
                let member = event.scope.0.get(field).map(|member| written_member(member).to_owned());
                Some(Some(self.or_unsaid(field, member)))
            }
            _ => None,
        }
    }

    /// A member; that nobody states it is noted.
    fn or_unsaid(&mut self, dimension: &str, member: Option<String>) -> String {
        member.unwrap_or_else(|| {
            let (dimension, member) = (dimension.to_owned(), String::new());
            self.unsaid.insert(Leaning::Unspecified { dimension, member });
            String::new()
        })
    }

    fn span(&self, expr: &Expr) -> Option<Span> {
        let ExprKind::Name(name) = &expr.kind else { return None };
        let claim = self.described(name)?;
        match (&claim.kind, name.fields.as_slice()) {
            (Kind::Figure(figure), [field]) if field == WHEN => self.facts.time(figure).ok(),
            (Kind::Event(_), [field]) if field == WHEN => {
                Some(self.facts.days(claim, Readings::Hard).ok().map(one_of_days))
            }
            _ => None,
        }
    }
}

/// Some one day of these.
fn one_of_days(days: DaySpan) -> When {
    let DaySpan { earliest, latest } = days;
    let kind = if earliest == latest { MomentKind::Fixed } else { MomentKind::Vague };
    let start = Moment { earliest: earliest.start(), latest: latest.start(), kind };
    When::Period { start, end: Moment { earliest: earliest.end(), latest: latest.end(), kind }, length: Some(1) }
}

/// Whether two periods lie so; `None` if that is not certain.
fn lie(word: OrderWord, left: Span, right: Span) -> Option<bool> {
    let (Some(When::Period { start: a, end: b, .. }), Some(When::Period { start: c, end: d, .. })) = (left, right)
    else {
        return None;
    };
    // The article's now is one instant, wherever in the day it lies.
    let same = |one: Moment, two: Moment| one == two && one.kind == MomentKind::Now;
    let surely_not_after = |one: Moment, two: Moment| same(one, two) || one.latest <= two.earliest;
    let surely_before = |one: Moment, two: Moment| !same(one, two) && one.latest < two.earliest;
    // Whether the first surely does not end by the time the second begins.
    let never_before = |(a, b): (Moment, Moment), (c, d): (Moment, Moment)| {
        surely_not_after(c, a) || surely_not_after(d, a) || surely_not_after(d, b) || surely_before(c, b)
    };
    let (yes, no) = match word {
        OrderWord::Before => (surely_not_after(b, c), never_before((a, b), (c, d))),
        OrderWord::Within => (
            surely_not_after(c, a) && surely_not_after(b, d),
            surely_before(a, c) || surely_before(d, b) || surely_not_after(d, a) || surely_not_after(b, c),
        ),
        OrderWord::Overlaps => (
            never_before((a, b), (c, d)) && never_before((c, d), (a, b)),
            surely_not_after(b, c) || surely_not_after(d, a),
        ),
    };
    if yes || no { Some(yes) } else { None }
}
