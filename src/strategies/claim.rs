//! Claims by themselves, for what reads or writes claim files.

use super::period::period;
use super::quantity::quantity_with_measure;
use crate::calendar::Day;
use crate::generate::{Stated, WrittenClaim, WrittenFigure};
use proptest::collection::{SizeRange, vec};
use proptest::prelude::*;
use proptest::sample::select;

/// The article that claims are drawn for.
const ARTICLE: &str = "drawn";
const PLACES: [&str; 4] = ["*", "North", "North/Harbour", "South"];
const GROUPS: [&str; 3] = ["*", "adults", "children"];

/// So many claims of one article with this dateline: figures in words and digits over times in EDTF and words, for scopes of
/// up to two dimensions. Each can be read. They are drawn one by one, so that they may well contradict each other: see
/// [`consistent`](super::consistent) for claims that do not.
///
/// They shrink to fewer claims that say less.
///
/// ```
/// use addup::calendar::Day;
/// use addup::source::Texts;
/// use addup::strategies::claims;
/// use addup::workspace::{Request, Workspace};
/// use proptest::prelude::*;
/// proptest! {
/// # #![proptest_config(ProptestConfig::with_cases(8))]
///     fn every_claim_can_be_read(claims in claims(Day::from_ymd(2025, 12, 21).unwrap(), 1..5)) {
///         let tables: String = claims.iter().map(|claim| format!("\n{}", claim.toml())).collect();
///         let file = format!("[article]\ndateline = 2025-12-21\n{tables}");
///         let files = Texts([("claims/drawn.toml".to_owned(), file)].into());
///         let workspace = Workspace::load(&files, &Request::default()).unwrap();
///         prop_assert_eq!(workspace.claims.claims.len(), claims.len());
///     }
/// }
/// every_claim_can_be_read();
/// ```
pub fn claims(dateline: Day, count: impl Into<SizeRange>) -> impl Strategy<Value = Vec<WrittenClaim>> {
    let member = |members: &[&'static str]| proptest::option::of(select(members.to_vec()));
    let one = (quantity_with_measure(), period(dateline), member(&PLACES), member(&GROUPS));
    let figure = one.prop_map(|((value, measure), when, place, group)| {
        let scope = [("place", place), ("group", group)].into_iter();
        let scope = scope.filter_map(|(dimension, member)| Some((dimension.to_owned(), member?.to_owned())));
        WrittenFigure { scope: scope.collect(), ..WrittenFigure::new(measure, value.text, when.text) }
    });
    vec(figure, count).prop_map(|figures| {
        let claim = |(number, figure): (usize, WrittenFigure)| WrittenClaim {
            article: ARTICLE.to_owned(),
            name: format!("{}-{number}", figure.measure),
            states: Stated::Figure(figure),
        };
        (1..).zip(figures).map(claim).collect()
    })
}
