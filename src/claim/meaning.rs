//! What expressions over claims mean beyond their types: units, figures that are looked up, superseded claims, and what
//! can be assumed at all.

use super::figure::undated;
use super::model::{Claims, Compare, FigureClaim, Kind};
use super::names::Ids;
use super::scope::Member;
use super::{ArticleId, ClaimId, Scope};
use crate::calendar::{Alternatives, When, read_when};
use crate::expr::{Comparison, Expr, ExprKind, Expression, LookUp, Name, Units, check_units};
use crate::number::Unit;
use crate::source::{InputError, InputErrors, Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// Fields of a figure that are no dimensions of its scope.
const DESCRIBED: [&str; 6] = ["when", "measure", "unit", "source", "of", "in"];

/// Reports what cannot be meant in checks, assumptions and derived figures that have their types. Done once the
/// vocabulary was laid over the claims, so that every figure has its unit.
pub(super) fn check_meanings(claims: &Claims, errors: &mut InputErrors) {
    let ids = Ids::of(claims);
    for it in &claims.checks {
        let names = InArticle { ids: &ids, claims, article: it.article, unit: None };
        names.hold(&it.require, None, errors);
        names.one_figure(&it.require, errors);
    }
    for it in &claims.assumes {
        let names = InArticle { ids: &ids, claims, article: it.article, unit: None };
        names.hold(&it.that, None, errors);
        names.one_figure(&it.that, errors);
        for part in it.that.root.conjuncts() {
            names.assumed(part, errors);
        }
    }
    for claim in &claims.claims {
        if let Kind::Figure(figure) = &claim.kind
            && let Some(is) = &figure.is
        {
            let names = InArticle { ids: &ids, claims, article: claim.article, unit: None };
            names.hold(is, Some(&figure.unit), errors);
        }
    }
}

/// The names of one article.
struct InArticle<'a> {
    ids: &'a Ids<'a>,
    claims: &'a Claims,
    article: ArticleId,
    /// The unit in which a measure is looked up that is given in several.
    unit: Option<&'a Unit>,
}

impl<'a> InArticle<'a> {
    fn claim(&self, name: &str) -> Option<ClaimId> {
        Some(self.claims.standing(self.ids.find(self.article, name)?))
    }

    fn hold(&self, expression: &Expression, wanted: Option<&Unit>, errors: &mut InputErrors) {
        self.check_units(expression, wanted, errors);
        self.named_twice(expression, errors);
        for node in expression.root.walk() {
            if let ExprKind::Lookup { when: Some((words, span)), .. } = &node.kind
                && let Err(error) = read_when(words, &self.claims[self.article].context)
            {
                errors.push(undated(&Spanned::new(words.clone(), *span), &error));
            }
        }
    }

    /// Reports where an expression mixes units, in whichever unit it looks up what is given in several.
    fn check_units(&self, expression: &Expression, wanted: Option<&Unit>, errors: &mut InputErrors) {
        let given = expression.root.look_ups().map(|look_up| self.units_of(look_up));
        let open: BTreeSet<&Unit> = given.filter(|units| units.len() > 1).flatten().collect();
        let units = if open.is_empty() { vec![None] } else { open.into_iter().map(Some).collect() };
        let mut first = None;
        for unit in units {
            let mut found = InputErrors::default();
            check_units(expression, &InArticle { unit, ..*self }, wanted, &mut found);
            if found.is_empty() {
                return;
            }
            first.get_or_insert(found);
        }
        errors.0.extend(first.into_iter().flat_map(|found| found.0));
    }

    /// The units of the figures that a look-up may find.
    fn units_of(&self, look_up: LookUp<'_>) -> BTreeSet<&'a Unit> {
        self.looked_up(look_up).into_iter().flatten().map(|(_, figure)| &figure.unit).collect()
    }

    /// A claim that was superseded stands for the newer one. An expression that names both would compare a figure with
    /// itself.
    fn named_twice(&self, expression: &Expression, errors: &mut InputErrors) {
        let mut named: BTreeMap<ClaimId, BTreeSet<ClaimId>> = BTreeMap::new();
        let found = |name: &Name| Some((self.ids.find(self.article, &name.base)?, self.claim(&name.base)?));
        for (name, _) in expression.root.names() {
            if let Some((own, standing)) = found(name) {
                named.entry(standing).or_default().insert(own);
            }
        }
        for (name, span) in expression.root.names() {
            let Some((own, standing)) = found(name) else { continue };
            if own == standing || named.get(&standing).is_none_or(|all| all.len() < 2) {
                continue;
            }
            let (old, new) = (&name.base, &self.claims[standing].name);
            let error =
                InputError::at(span, format!("`{old}` is superseded by `{new}`, so that both are one figure here"));
            errors.push(error.help("leave one of the two out, or leave out `supersedes` if both are to stand"));
            return;
        }
    }

    /// Reports look-ups that fit several figures: which of them is meant is not said, and none is taken at random.
    fn one_figure(&self, expression: &Expression, errors: &mut InputErrors) {
        for node in expression.root.walk() {
            let Some(looked_up) = node.look_up().and_then(|look_up| self.looked_up(look_up)) else { continue };
            let mut found: BTreeMap<(usize, &Scope, Option<When>, &Unit), ClaimId> = BTreeMap::new();
            for (claim, figure) in looked_up {
                let own = figure.when.as_ref().and_then(first_time);
                found.entry((figure.scope.0.len(), &figure.scope, own, &figure.unit)).or_insert(claim);
            }
            let least = found.keys().next().map(|(dimensions, ..)| *dimensions);
            let nearest: Vec<(&Unit, ClaimId)> = found
                .iter()
                .filter(|((dimensions, ..), _)| Some(*dimensions) == least)
                .map(|((.., unit), claim)| (*unit, *claim))
                .collect();
            if let [(unit, first), (other, second), ..] = nearest.as_slice() {
                let names = [first, second].map(|claim| format!("`{}`", self.claims[*claim].name));
                let message = format!("this may be {} or {}", names[0], names[1]);
                let help = if unit == other {
                    "say the time and the scope that tell them apart, as in `arrests['2025-11', place = 'KH']`, or name \
                     the claim"
                        .to_owned()
                } else {
                    format!("the one is in {} and the other in {}: name the claim", unit.words(), other.words())
                };
                errors.push(InputError::at(node.span, message).help(help));
            }
        }
    }

    /// The figures that a look-up may find; `None` if its time cannot be read.
    fn looked_up<'l>(
        &'l self,
        LookUp { measure, when, scope }: LookUp<'l>,
    ) -> Option<impl Iterator<Item = (ClaimId, &'a FigureClaim)> + use<'a, 'l>> {
        let time = match when {
            None => None,
            Some(words) => {
                let read = read_when(words, &self.claims[self.article].context).ok()?;
                read.readings().first().map(|reading| reading.value)
            }
        };
        let claims = self.claims.claims.iter().enumerate();
        Some(claims.filter_map(move |(at, claim)| {
            let Kind::Figure(figure) = &claim.kind else { return None };
            let fits = figure.measure.value == measure
                && claim.superseded_by.is_none()
                && self.meets(claim.article)
                && (time.is_none() || figure.when.as_ref().and_then(first_time) == time)
                && scope.iter().all(|(dimension, member)| {
                    figure.scope.0.get(dimension).is_some_and(|found| spelled(found) == member)
                });
            fits.then_some((ClaimId::at(at), figure))
        }))
    }

    /// Whether claims of another article meet those of this one.
    fn meets(&self, other: ArticleId) -> bool {
        let (one, two) = (&self.claims[self.article], &self.claims[other]);
        other == self.article
            || match (one.compare, two.compare) {
                (Compare::All, Compare::All) => true,
                (Compare::Story, Compare::Story) => one.story.is_some() && one.story == two.story,
                _ => false,
            }
    }

    /// Reports a part of an assumption that is about the description of a claim and does not put one claim into one
    /// scope. Nothing else about descriptions can be assumed: what they leave unsaid is one member, known or not.
    fn assumed(&self, part: &Expr, errors: &mut InputErrors) {
        let fields: Vec<(&Name, Span)> = part.names().filter(|(name, _)| !name.fields.is_empty()).collect();
        let Some((first, span)) = fields.first() else { return };
        let refuse = |errors: &mut InputErrors, span: Span, message: String, help: String| {
            errors.push(InputError::at(span, message).help(help));
        };
        for (name, span) in &fields {
            if let Some(field) = name.fields.first().filter(|field| DESCRIBED.contains(&field.as_str())) {
                let message = format!("`{field}` is what the claim itself says, and cannot be assumed");
                return refuse(errors, *span, message, format!("state it in the claim `{}`", name.base));
            }
        }
        let Some((name, dimension, member)) = membership(part) else {
            let (one, other) = (first, fields.get(1).map(|(name, _)| *name));
            let both = match other {
                Some(other) if other.base != one.base => format!("`{one} == '…' and {other} == '…'`"),
                _ => format!("`{one} == '…'`"),
            };
            let message = "an assumption puts one claim into a scope by naming the member".to_owned();
            return refuse(errors, part.span, message, format!("write {both}, with the member that is meant"));
        };
        let Some(claim) = self.claim(&name.base) else { return };
        let claim = &self.claims[claim];
        let scope = match &claim.kind {
            Kind::Figure(FigureClaim { scope, .. }) => scope,
            Kind::Event(_) | Kind::Text(_) => {
                let message = format!("`{}` is no figure, and only a figure's scope can be assumed", claim.name);
                return refuse(errors, *span, message, "state it in the claim's `scope`".to_owned());
            }
        };
        match scope.0.get(dimension) {
            Some(stated) if spelled(stated) != member => {
                let said = spelled(stated);
                let message = format!("`{}` states that its {dimension} is `{said}`, and not `{member}`", claim.name);
                refuse(errors, *span, message, "only what a claim leaves unsaid can be assumed of it".to_owned());
            }
            _ => {}
        }
    }
}

impl Units for InArticle<'_> {
    fn unit_of(&self, name: &Name) -> Option<Unit> {
        match &self.claims[self.claim(&name.base)?].kind {
            Kind::Figure(figure) => Some(figure.unit.clone()),
            _ => None,
        }
    }

    fn unit_of_look_up(&self, look_up: LookUp<'_>) -> Option<Unit> {
        let units = self.units_of(look_up);
        let wanted = self.unit.filter(|unit| units.contains(unit));
        wanted.or_else(|| units.first().copied().filter(|_| units.len() == 1)).cloned()
    }

    /// The rate that is missing between two currencies.
    fn rate(&self, first: &str, second: &str) -> Option<String> {
        Some(match self.claims[self.article].rates.leads_to() {
            Some(to) => {
                let missing: Vec<String> =
                    [first, second].into_iter().filter(|code| *code != to).map(|code| format!("{code} = …")).collect();
                format!("say what one of it is worth in {to}, under [rate]: {}", missing.join(", "))
            }
            None => {
                format!("say what one of it is worth, here or in addup.toml: [rate] to = \"{first}\", {second} = …")
            }
        })
    }
}

/// What a time is read as first.
fn first_time(when: &Spanned<Alternatives<When>>) -> Option<When> {
    Some(when.value.readings().first()?.value)
}

fn spelled(member: &Member) -> &str {
    match member {
        Member::All => "*",
        Member::Path(path) => path,
    }
}

/// `ID.dimension == 'member'`, if that is what an expression is.
fn membership(expr: &Expr) -> Option<(&Name, &str, &str)> {
    let ExprKind::Compare(first, rest) = &expr.kind else { return None };
    let [(Comparison::Equal, second)] = rest.as_slice() else { return None };
    match (&first.kind, &second.kind) {
        (ExprKind::Name(name), ExprKind::Text(text)) | (ExprKind::Text(text), ExprKind::Name(name)) => {
            Some((name, name.fields.first()?, text))
        }
        _ => None,
    }
}
