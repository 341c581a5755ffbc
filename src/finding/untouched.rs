//! The claims that no constraint touches, with why: those that were read one by one, and those of tables that were not, which
//! are named only as they are shown.

use crate::claim::{Claims, Kind, Says, Untouched, UntouchedClaim};
use crate::source::{Sources, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is said of a claim that nothing binds.
pub(super) const UNNAMED: &str = "no check names it";

/// The claims that no constraint touches: those of each article in the order of their places, whether they were read one by
/// one or not.
#[derive(Clone, Debug, Default)]
pub struct UncheckedClaims {
    read: Vec<Read>,
    /// Those that were not read, and the number of their article.
    settled: Vec<(usize, Arc<Untouched>)>,
    reported: Reported,
}

/// A claim that was read.
#[derive(Clone, Debug)]
struct Read {
    claim: String,
    because: String,
    article: usize,
    span: Span,
}

impl UncheckedClaims {
    /// Those of some claims; `because` says why, of those that nothing touches.
    pub(super) fn of<'a>(claims: &Claims, because: impl Iterator<Item = Option<&'a str>>) -> Self {
        let read = claims.claims.iter().zip(because).filter_map(|(claim, because)| {
            let because = because?.to_owned();
            Some(Read { claim: claim.id.clone(), because, article: claim.article.index(), span: claim.span })
        });
        let mut read: Vec<Read> = read.collect();
        let settled = claims.settled.iter().filter(|it| !it.untouched.is_empty()).filter_map(|it| {
            let article = claims.articles.iter().position(|article| article.id == it.article)?;
            Some((article, Arc::clone(&it.untouched)))
        });
        let mut settled: Vec<(usize, Arc<Untouched>)> = settled.collect();
        if settled.is_empty() {
            return Self { read, ..Self::default() };
        }
        read.sort_by_key(|it| (it.article, it.span));
        settled.sort_by_key(|(article, _)| *article);
        Self { read, settled, reported: Reported::of(claims) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.settled.iter().fold(self.read.len(), |sum, (_, it)| sum.saturating_add(it.len()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Each claim, and why no constraint touches it. The sources are those that the claims were read from.
    pub fn iter<'a>(&'a self, sources: &'a Sources) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> {
        let mut read = self.read.iter().peekable();
        let of_tables = |(article, untouched): &'a (usize, Arc<Untouched>)| {
            untouched.iter(sources).map(move |it| ((*article, it.span), it))
        };
        let mut settled = self.settled.iter().flat_map(of_tables).peekable();
        std::iter::from_fn(move || {
            let is_next = |it: &&Read| settled.peek().is_none_or(|(place, _)| (it.article, it.span) <= *place);
            match read.next_if(is_next) {
                Some(it) => Some((Cow::Borrowed(it.claim.as_str()), Cow::Borrowed(it.because.as_str()))),
                None => settled.next().map(|(_, it)| {
                    let because = self.reported.why(&it);
                    (Cow::Owned(it.claim), because)
                }),
            }
        })
    }
}

#[cfg(test)]
impl FromIterator<(String, String, Span)> for UncheckedClaims {
    /// Claims of one article, with why nothing touches them and where they stand.
    fn from_iter<T: IntoIterator<Item = (String, String, Span)>>(claims: T) -> Self {
        let read = claims.into_iter().map(|(claim, because, span)| Read { claim, because, article: 0, span });
        Self { read: read.collect(), ..Self::default() }
    }
}

/// How many claims report figures of each measure.
#[derive(Clone, Debug, Default)]
pub(super) struct Reported(BTreeMap<String, usize>);

impl Reported {
    /// Those of all claims, read or not.
    pub fn of(claims: &Claims) -> Self {
        let mut reported: BTreeMap<String, usize> = BTreeMap::new();
        let measures = claims.claims.iter().filter_map(|claim| match &claim.kind {
            Kind::Figure(figure) => Some((&figure.measure.value, 1)),
            _ => None,
        });
        let settled = claims.settled.iter().flat_map(|it| &it.reported).map(|(measure, count)| (measure, *count));
        for (measure, more) in measures.chain(settled) {
            match reported.get_mut(measure) {
                Some(count) => *count = count.saturating_add(more),
                None => drop(reported.insert(measure.clone(), more)),
            }
        }
        Self(reported)
    }

    /// Why no constraint touches a figure of which nothing special is to be said.
    pub fn why_alone(&self, measure: &str) -> String {
        if self.0.get(measure).is_some_and(|count| *count > 1) {
            format!("{UNNAMED}, and no other figure of {measure} covers it, lies in it or is the same")
        } else {
            format!("{UNNAMED}, and it is the only figure of {measure}")
        }
    }

    /// Why no constraint touches a claim that was not read.
    fn why(&self, claim: &UntouchedClaim<'_>) -> Cow<'static, str> {
        match claim.says {
            Says::Figure(measure) => self.why_alone(measure).into(),
            Says::Event => UNNAMED.into(),
            Says::Text => nothing_else(&claim.claim).into(),
        }
    }
}

/// Why nothing touches a text.
pub(super) fn nothing_else(about: &str) -> String {
    format!("nothing else is said of {about}")
}
