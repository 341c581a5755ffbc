//! Property tests of something that an outside user builds on Addup: a converter from the export of a German office to a
//! claim file, and the rule file beside it.
//!
//! `cargo run --example property_test` converts a small export, `cargo test --example property_test` runs the tests.
//! `docs/property-testing.md` explains them.

/// What the newsroom holds such figures to.
const RULES: &str = r#"
[measure.cases]
over-time = "adds"
least     = 0
integer   = true
origin    = 2015-01-01
"#;

/// An export: a district, a month, the cases of the month, and all up to its end. Thousands are set off by points.
const EXPORT: &str = "\
Kreis;Monat;Neu;Gesamt
Harburg;2025-10;1.204;8.730
Harburg;2025-11;988;9.718
";

/// The claim file of an export. An empty cell claims nothing.
fn claim_file(export: &str) -> Result<String, String> {
    let mut text = "[article]\ntitle = \"Cases by district\"\n".to_owned();
    for (line, row) in (1..).zip(export.lines()).skip(1) {
        let [district, month, new, total] = row.split(';').collect::<Vec<_>>()[..] else {
            return Err(format!("line {line} has other than four cells"));
        };
        for (cell, name, when) in [(new, "new", month.to_owned()), (total, "total", format!("through {month}"))] {
            if cell.is_empty() {
                continue;
            }
            text += &format!(
                "\n[claim.{district}-{name}-{month}]\nvalue   = {}\nmeasure = \"cases\"\nwhen    = \"{when}\"\n\
                 scope   = {{ district = \"{district}\" }}\ndigits  = \"exact\"\n",
                cell.replace('.', "")
            );
        }
    }
    Ok(text)
}

fn main() {
    match claim_file(EXPORT) {
        Ok(text) => print!("{text}\n# rules/cases.toml\n{RULES}"),
        Err(message) => eprintln!("{message}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{RULES, claim_file};
    use addup::calendar::Day;
    use addup::generate::{Kind, Shape, WrittenClaim};
    use addup::report::{Verdict, input_errors};
    use addup::source::Texts;
    use addup::strategies::{consistent, period, planted, quantity_of};
    use addup::workspace::{Checked, Request, Workspace};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Checks a claim file against the newsroom's rules.
    fn check(claims: String) -> Result<Checked, TestCaseError> {
        let files = [("claims/cases.toml", claims), ("rules/cases.toml", RULES.to_owned())];
        let files = Texts(files.map(|(path, text)| (path.to_owned(), text)).into());
        match Workspace::load(&files, &Request::default()) {
            Ok(workspace) => Ok(workspace.check()),
            Err((sources, errors)) => Err(TestCaseError::fail(input_errors(&sources, &errors, false))),
        }
    }

    /// The export in which an office would report these claims.
    fn export(claims: &[WrittenClaim]) -> String {
        let mut rows: BTreeMap<(&str, &str), [String; 2]> = BTreeMap::new();
        for figure in claims.iter().filter_map(WrittenClaim::figure) {
            let (month, column) = match figure.when.strip_prefix("through ") {
                Some(month) => (month, 1),
                None => (figure.when.as_str(), 0),
            };
            let count = addup::number::grouped(&figure.value).replace(',', ".");
            rows.entry((&figure.scope["group"], month)).or_default()[column] = count;
        }
        let rows = rows.iter().map(|((district, month), [new, total])| format!("{district};{month};{new};{total}\n"));
        format!("Kreis;Monat;Neu;Gesamt\n{}", rows.collect::<String>())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn an_export_that_is_true_is_not_accused(drawn in consistent(Shape::Wide).groups(1..=3).months(1..=12)) {
            let claims = claim_file(&export(&drawn.claims)).map_err(TestCaseError::fail)?;
            let checked = check(claims)?;
            prop_assert_eq!(checked.verdict(), Verdict::Consistent);
            prop_assert!(checked.findings.findings.is_empty());
        }

        #[test]
        fn an_export_that_cannot_be_true_is_found_out(
            drawn in planted(Shape::Wide).of_kinds([Kind::FallingTotal, Kind::Swapped, Kind::Chain, Kind::LongChain]),
        ) {
            let claims = claim_file(&export(&drawn.claims)).map_err(TestCaseError::fail)?;
            prop_assert_eq!(check(claims)?.verdict(), Verdict::Contradicted);
        }

        #[test]
        fn two_reports_of_one_count_agree(
            (one, other) in (0..50_000_u64).prop_flat_map(|cases| (quantity_of(cases), quantity_of(cases))),
            when in period(Day(20_000)),
        ) {
            let claim = |name: &str, words: &str| {
                format!("[claim.{name}]\nvalue = \"{words}\"\nmeasure = \"cases\"\nwhen = \"{}\"\n", when.text)
            };
            let article = format!("[article]\ndateline = {}\n", Day(20_000));
            let checked = check(article + &claim("agency", &one.text) + &claim("office", &other.text))?;
            prop_assert!(checked.findings.findings.is_empty());
        }
    }
}
