//! The `junit` format: XML that every CI server reads as the result of tests.
//!
//! A suite a claim file, a case a finding, which is a failure if it fails the run. An article without findings is a case that
//! passed, so that a run in which nothing was checked is not taken for one in which all passed. Findings of other files
//! (a configuration, a rule file) have suites of their own. What is waived is skipped.

use super::gate::{Gate, lines, title};
use super::text::inert;
use super::{Report, Since};
use crate::finding::{Finding, FindingKind};
use std::collections::BTreeMap;

/// The findings of a file, and whether it is a claim file.
#[derive(Default)]
struct Suite<'a> {
    findings: Vec<&'a Finding>,
    passed: Option<&'a str>,
}

/// Renders a report as JUnit's XML.
pub fn junit(report: &Report<'_>, gate: Gate<'_>) -> String {
    let mut suites: BTreeMap<String, Suite<'_>> = BTreeMap::new();
    for article in &report.read.articles {
        let (path, _) = gate.place(report.sources, article.span);
        suites.entry(path.into_owned()).or_default().passed = Some(&article.id);
    }
    for finding in report.findings {
        let (path, _) = gate.shown_in(report.sources, finding);
        suites.entry(path.into_owned()).or_default().findings.push(finding);
    }
    let nothing = report.findings.iter().any(|finding| finding.kind == FindingKind::NothingChecked);
    let suites: Vec<(String, usize, usize)> =
        suites.iter().map(|(path, suite)| suite_of(report, gate, path, suite, nothing)).collect();
    let total = |count: fn(&(String, usize, usize)) -> usize| suites.iter().map(count).fold(0, usize::saturating_add);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"addup\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"0\">\n",
        total(|suite| suite.1),
        total(|suite| suite.2)
    );
    if let Some(Since { revision, others }) = report.since {
        let about = [("since", attribute(revision)), ("others", others.to_string())];
        let about = about.map(|(name, value)| format!("      <property name=\"{name}\" value=\"{value}\"/>\n"));
        text.push_str(&format!(
            "  <testsuite name=\"changes\" tests=\"0\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"0\">\n    \
             <properties>\n{}    </properties>\n  </testsuite>\n",
            about.concat()
        ));
    }
    suites.iter().for_each(|(suite, ..)| text.push_str(suite));
    text.push_str("</testsuites>\n");
    text
}

/// A suite with the numbers of its cases and failures.
fn suite_of(
    report: &Report<'_>,
    gate: Gate<'_>,
    path: &str,
    suite: &Suite<'_>,
    nothing_checked: bool,
) -> (String, usize, usize) {
    let mut cases = String::new();
    let (mut count, mut failures) = (0_usize, 0_usize);
    let skipped = suite.findings.iter().filter(|finding| finding.waived.is_some() && !(gate.fails)(finding)).count();
    for finding in &suite.findings {
        let fails = (gate.fails)(finding);
        count = count.saturating_add(1);
        failures = failures.saturating_add(usize::from(fails));
        cases.push_str(&case(report, gate, path, finding, fails));
    }
    if let (Some(article), true, false) = (suite.passed, suite.findings.is_empty(), nothing_checked) {
        count = count.saturating_add(1);
        let name = format!("{article}: nothing clashes");
        cases.push_str(&format!(
            "    <testcase classname=\"{}\" name=\"{}\" time=\"0\"/>\n",
            attribute(path),
            attribute(&name)
        ));
    }
    let head = format!(
        "  <testsuite name=\"{}\" tests=\"{count}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" time=\"0\">\n",
        attribute(path)
    );
    (format!("{head}{cases}  </testsuite>\n"), count, failures)
}

fn case(report: &Report<'_>, gate: Gate<'_>, path: &str, finding: &Finding, fails: bool) -> String {
    let title = title(finding);
    // Names are told apart by the fingerprint: two findings of one rule in one file are two cases.
    let short: String = finding.fingerprint.chars().take(8).collect();
    let about = if finding.claims.is_empty() { &finding.message } else { &finding.claims.join(", ") };
    let name = format!("{title} {short}: {about}");
    let places: Vec<String> = finding
        .locations
        .iter()
        .map(|location| {
            let (path, place) = gate.place(report.sources, location.span);
            format!("{path}:{}:{} {}", place.line, place.column, location.label).trim_end().to_owned()
        })
        .collect();
    let body: Vec<String> = lines(finding).into_iter().chain(places).map(|line| element(&line)).collect();
    let said = body.join("\n");
    let inner = if fails {
        format!(
            "      <failure type=\"{}\" message=\"{}\">{said}</failure>\n",
            attribute(&title),
            attribute(finding.message.trim())
        )
    } else if finding.waived.is_some() {
        let why =
            finding.waived.as_ref().and_then(|waived| waived.because.as_deref()).unwrap_or("known from the baseline");
        format!("      <skipped message=\"{}\"/>\n      <system-out>{said}</system-out>\n", attribute(why))
    } else {
        format!("      <system-out>{said}</system-out>\n")
    };
    format!(
        "    <testcase classname=\"{}\" name=\"{}\" time=\"0\">\n{inner}    </testcase>\n",
        attribute(path),
        attribute(&name)
    )
}

/// A text in an element. What acts on a terminal is shown as an escape, which leaves nothing that XML 1.0 does not allow
/// but two code points that are no characters.
fn element(text: &str) -> String {
    let text = inert(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text in an attribute.
fn attribute(text: &str) -> String {
    element(text).replace('"', "&quot;").replace('\'', "&apos;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(
            element("]]></failure>&\u{1b}[1m\u{0}\u{ffff}"),
            "]]&gt;&lt;/failure&gt;&amp;\\u{1b}[1m\\u{0}\u{fffd}"
        );
        assert_eq!(attribute("\"a\" 'b'\n<c>"), "&quot;a&quot; &apos;b&apos;\\n&lt;c&gt;");
    }
}
