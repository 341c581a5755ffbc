//! What if: a claim that is supposed to say something else than its file does.
//!
//! The claim keeps its measure, time and scope; its mentions give way to the one value that is supposed, and so does
//! what was wrong between them and the draft. The report says what was supposed.

use crate::calendar;
use crate::claim::{ClaimId, Claims, Kind, Mention};
use crate::number::{self, Quantity, Unit};
use crate::source::document::nearest;
use crate::source::{InputError, InputErrors, Span, Spanned};

/// A value that a claim is supposed to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supposition {
    /// The claim's id: with its article, or without if only one article has it.
    pub claim: String,
    /// The value, in the words that a claim file would use.
    pub value: String,
}

/// What was supposed of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supposed {
    /// Each claim's whole id with the value that stands in the place of what its file says.
    pub values: Vec<(String, String)>,
    /// Where drafts say otherwise: those figures are covered by a claim all the same.
    pub in_drafts: Vec<Span>,
}

/// What is shown as the place of a supposition, which stands in no file.
const PLACE: &str = "--set";

/// Puts what is supposed in the place of what the claims say.
pub(super) fn suppose(claims: &mut Claims, suppositions: &[Supposition], errors: &mut InputErrors) -> Supposed {
    let mut supposed = Supposed::default();
    for supposition in suppositions {
        let done = find(claims, &supposition.claim).and_then(|id| replace(claims, id, &supposition.value));
        match done {
            Ok((claim, _)) if supposed.values.iter().any(|(known, _)| *known == claim) => {
                errors.push(InputError::of_file(PLACE, format!("`{claim}` is set twice")).help("set it once"));
            }
            Ok((claim, in_draft)) => {
                supposed.values.push((claim, supposition.value.clone()));
                supposed.in_drafts.extend(in_draft);
            }
            Err(error) => errors.push(*error),
        }
    }
    // What is supposed is held to what its measure declares, as everything else was.
    if !suppositions.is_empty() && errors.is_empty() {
        claims.apply_vocabulary(errors);
    }
    supposed
}

fn find(claims: &Claims, written: &str) -> Result<ClaimId, Box<InputError>> {
    let is_meant = |id: &str, name: &str| if written.contains('/') { id == written } else { name == written };
    let meant: Vec<usize> = claims
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| is_meant(&claim.id, &claim.name))
        .map(|(at, _)| at)
        .collect();
    match meant.as_slice() {
        [one] => Ok(ClaimId::at(*one)),
        [] => {
            let error = InputError::of_file(PLACE, format!("there is no claim `{written}`"));
            let names = claims.claims.iter().map(|claim| if written.contains('/') { &claim.id } else { &claim.name });
            Err(Box::new(match nearest(written, names.map(String::as_str)) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help("`addup check --show claims` lists every claim"),
            }))
        }
        several => {
            let ids: Vec<&str> =
                several.iter().filter_map(|at| claims.claims.get(*at)).map(|claim| claim.id.as_str()).collect();
            let error = InputError::of_file(PLACE, format!("several articles have a claim `{written}`"));
            Err(Box::new(error.help(format!("name its article: {}", ids.join(", ")))))
        }
    }
}

fn replace(claims: &mut Claims, id: ClaimId, value: &str) -> Result<(String, Vec<Span>), Box<InputError>> {
    let unreadable = |why: String| Box::new(InputError::of_file(PLACE, why));
    let policy = claims.details.get(id.index()).map(|detail| detail.policy.clone()).unwrap_or_default();
    let Some(claim) = claims.claims.get_mut(id.index()) else { return Err(unreadable("no such claim".to_owned())) };
    match &mut claim.kind {
        Kind::Figure(figure) => {
            let quantity = number::read(value, &policy).map_err(|error| unreadable(error.to_string()))?;
            // A bare number is in the unit of the claim; another unit than the claim's would make it another figure.
            if quantity.unit != figure.unit && quantity.unit != Unit::One {
                let error = InputError::of_file(PLACE, format!("`{value}` is in another unit than `{}`", claim.id));
                return Err(Box::new(error.help("leave the unit out")));
            }
            let quantity = Quantity { unit: figure.unit.clone(), ..quantity };
            let reading = quantity.reading.clone();
            figure.readings = vec![(quantity, reading)];
            figure.unknown = false;
            // What is supposed is in the unit of the claim already.
            if let Some(detail) = claims.details.get_mut(id.index()) {
                detail.factor = None;
            }
        }
        Kind::Event(event) => {
            let context = claims.articles.get(claim.article.index()).map(|article| article.context.clone());
            let on = calendar::read_date(value, &context.unwrap_or_default());
            let on = on.map_err(|error| unreadable(error.to_string()))?;
            event.on = Some(Spanned::new(on, claim.span));
        }
        Kind::Text(text) => text.says = Spanned::new(value.to_owned(), claim.span),
    }
    let in_draft = claim.mentions.iter().filter_map(|mention| mention.in_draft).collect();
    claim.mentions = vec![Mention { span: claim.span, quote: None, in_draft: None, words: value.to_owned() }];
    claims.quote_issues.retain(|issue| issue.claim != id);
    Ok((claim.id.clone(), in_draft))
}
