//! The articles in `claims/` can be read, and nothing in them is called into question.

use super::*;

const ARTICLES: &[(&str, &str)] = &[
    ("claims/cambodia-raid.toml", include_str!("../../../claims/cambodia-raid.toml")),
    ("claims/cambodia-raid.md", include_str!("../../../claims/cambodia-raid.md")),
    ("claims/company-results.toml", include_str!("../../../claims/company-results.toml")),
    ("claims/company-results.md", include_str!("../../../claims/company-results.md")),
    ("claims/town-poll.toml", include_str!("../../../claims/town-poll.toml")),
    ("claims/town-poll.md", include_str!("../../../claims/town-poll.md")),
];

fn with(from: &str, to: &str) -> Loaded {
    let changed: Vec<(&str, String)> = ARTICLES.iter().map(|(path, text)| (*path, text.replace(from, to))).collect();
    assert!(ARTICLES.iter().zip(&changed).any(|(was, is)| was.1 != is.1), "nothing reads {from}");
    load_all(&changed.iter().map(|(path, text)| (*path, text.as_str())).collect::<Vec<_>>())
}

#[test]
fn every_article_is_read_without_a_fault() {
    let loaded = load_all(ARTICLES);
    assert_eq!(loaded.faults(), []);
    assert_eq!(loaded.issues(), []);
    assert_eq!(loaded.claims.articles.len(), 3);
    assert!(loaded.claims.articles.is_sorted_by(|one, other| one.id < other.id));
    assert!(loaded.claims.quotes_checked > 20);
}

#[test]
fn every_quote_is_found_in_its_draft() {
    let loaded = load_all(ARTICLES);
    for claim in &loaded.claims.claims {
        for mention in claim.mentions.iter().filter(|it| it.quote.is_some()) {
            let place = mention.in_draft.unwrap_or_else(|| panic!("{} is not in its draft", claim.id));
            // Where the quote has the figure in it, the place is no wider than that.
            let has_figure = mention.quote.as_ref().is_some_and(|it| it.contains(&mention.words));
            if has_figure && matches!(claim.kind, Kind::Figure(_)) {
                assert_eq!(loaded.sources.slice(place), mention.words, "{}", claim.id);
            }
        }
    }
}

#[test]
fn a_second_mention_with_another_figure_is_a_statement_of_its_own() {
    let loaded = with("26 of those", "27 of those");
    assert_eq!(loaded.issues(), []);
    assert_eq!(loaded.hard("raid-arrests"), ["[26, 26]", "[27, 27]"]);
}

#[test]
fn the_wrong_weekday_is_told() {
    let loaded = with("The raid itself came on Thursday", "The raid itself came on Friday");
    let issues = loaded.issues();
    assert!(
        matches!(issues.as_slice(), [("raid", QuoteIssueKind::DateDiffers { words, gives, .. })]
            if words.contains("Friday") && gives == "a Friday"),
        "{issues:?}"
    );
}

#[test]
fn last_week_depends_on_the_week_start_where_none_is_set() {
    let loaded = with("week-starts = \"sunday\"", "#");
    let issues = loaded.issues();
    assert!(
        matches!(issues.as_slice(), [("raid", QuoteIssueKind::DateDepends { words, settle, .. })]
            if words == "last week" && settle == "week-starts = \"sunday\""),
        "{issues:?}"
    );
    let loaded = with("week-starts = \"sunday\"", "week-starts = \"monday\"");
    assert!(matches!(loaded.issues().as_slice(), [("raid", QuoteIssueKind::DateDiffers { .. })]));
}

#[test]
fn a_figure_that_changed_in_the_draft_alone_is_named() {
    let mut texts = ARTICLES.to_vec();
    let draft = texts[1].1.replace("26 South Koreans", "28 South Koreans");
    texts[1].1 = &draft;
    let loaded = load_all(&texts);
    let wanted = QuoteIssueKind::FigureChanged { draft: "28".into(), quote: "26".into() };
    assert_eq!(loaded.issues(), [("raid-arrests", &wanted)]);
}
