//! The shape of claim files: an article a group, with figures in words, dates and percentages.

use super::said::Said;
use super::scene::{Given, Region, Scene, Statement, Time, What};
use super::words::{CASES, below_the_point, region, when};
use super::world::{REGIONS, month_text, quarter_text};
use super::written::{Stated, WrittenClaim, WrittenFigure};
use std::fmt::Write;

/// What is declared besides cases.
pub(super) const RULES: &str = "
[measure.people-asked]
over-time = \"none\"
least     = 0
integer   = true

[measure.share-in-favour]
over-time = \"none\"
least     = 0
greatest  = 100
unit      = \"percent\"

[measure.share-of-cases]
over-time = \"none\"
least     = 0
greatest  = 100
unit      = \"percent\"
";

/// The claim file of a group.
pub(super) fn file(group: &str, scene: &Scene) -> String {
    let mut text = format!("[article]\ntitle  = \"Cases in {group}\"\nsource = \"Registry of {group}\"\n");
    for claim in scene.statements.iter().filter_map(|statement| claim(group, statement)) {
        text.push('\n');
        text.push_str(&claim.toml());
    }
    for month in 0..scene.months.len() {
        let (start, end) = (What::Start(month), What::End(month));
        if scene.states(start) && scene.states(end) {
            let (start, end, month) = (name(start, false), name(end, false), month_text(month));
            // Writing to a string cannot fail.
            let _ = write!(text, "\n[check.campaign-{month}]\nrequire = \"{start} <= {end}\"\n");
        }
    }
    text
}

/// The claim of a statement.
pub(super) fn claim(group: &str, statement: &Statement) -> Option<WrittenClaim> {
    let Statement { what, again, given, said, .. } = *statement;
    let states = match given {
        Given::Date(date) => Stated::Event { on: date.text() },
        Given::MonthOf(date) => Stated::Event { on: month_text(date.month) },
        Given::Number(value) => Stated::Figure(figure(what, said, value)?),
    };
    Some(WrittenClaim { article: group.to_owned(), name: name(what, again), states })
}

fn figure(what: What, said: Said, value: u64) -> Option<WrittenFigure> {
    let words = said.words(value);
    let digits = words.to.map(below_the_point);
    let written = match what {
        What::Figure(time, of) => WrittenFigure {
            digits,
            scope: region(of).map(|member| ("region".to_owned(), member.to_owned())).into_iter().collect(),
            ..WrittenFigure::new(CASES, words.text, when(time))
        },
        What::Asked(month) => {
            WrittenFigure { digits, ..WrittenFigure::new("people-asked", words.text, month_text(month)) }
        }
        What::InFavour(month) => WrittenFigure {
            scope: [("counted".to_owned(), "raw".to_owned())].into(),
            whole: Some(name(What::Asked(month), false)),
            ..WrittenFigure::new("share-in-favour", format!("{value}%"), month_text(month))
        },
        What::Share(month, of) => {
            let (part, whole) = (Region::One(of), Region::All);
            let claim_of = |region| name(What::Figure(Time::Month(month), region), false);
            WrittenFigure {
                scope: region(part).map(|member| ("region".to_owned(), member.to_owned())).into_iter().collect(),
                of: Some(claim_of(part)),
                whole: Some(claim_of(whole)),
                ..WrittenFigure::new("share-of-cases", format!("{}.{}%", value / 10, value % 10), month_text(month))
            }
        }
        What::Start(_) | What::End(_) => return None,
    };
    Some(written)
}

fn name(what: What, again: bool) -> String {
    let region = |region: Region| match region {
        Region::All => "all".to_owned(),
        Region::Unsaid => "cases".to_owned(),
        Region::One(region) => REGIONS.get(region).copied().unwrap_or("").to_lowercase(),
    };
    let name = match what {
        What::Figure(Time::Month(month), of) => format!("{}-{}", region(of), month_text(month)),
        What::Figure(Time::Quarter(first), of) => {
            format!("{}-{}", region(of), quarter_text(first).to_lowercase().replace(' ', "-"))
        }
        What::Figure(Time::Through(month), of) => format!("{}-through-{}", region(of), month_text(month)),
        What::Figure(Time::Within(month), of) => format!("{}-within-{}", region(of), month_text(month)),
        What::Start(month) => format!("start-{}", month_text(month)),
        What::End(month) => format!("end-{}", month_text(month)),
        What::Asked(month) => format!("asked-{}", month_text(month)),
        What::InFavour(month) => format!("in-favour-{}", month_text(month)),
        What::Share(month, of) => format!("share-{}-{}", region(Region::One(of)), month_text(month)),
    };
    if again { format!("{name}-again") } else { name }
}
