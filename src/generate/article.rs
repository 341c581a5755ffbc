//! The shape of claim files: an article a group, with figures in words, dates and percentages.

use super::long::when;
use super::said::Said;
use super::scene::{Given, Region, Scene, Statement, Time, What};
use super::world::{REGIONS, month_text, quarter_text};
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
    for statement in &scene.statements {
        write_claim(&mut text, statement);
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

/// What the claim of a statement is called.
pub(super) fn id(group: &str, statement: &Statement) -> String {
    format!("{group}/{}", name(statement.what, statement.again))
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

fn write_claim(text: &mut String, statement: &Statement) {
    let Statement { what, again, given, said, .. } = *statement;
    let name = name(what, again);
    // Writing to a string cannot fail, here and below.
    let _ = match (what, given) {
        (_, Given::Date(date)) => write!(text, "\n[event.{name}]\non = \"{}\"\n", date.text()),
        (_, Given::MonthOf(date)) => write!(text, "\n[event.{name}]\non = \"{}\"\n", month_text(date.month)),
        (What::Figure(time, region), Given::Number(value)) => {
            let _ = write!(
                text,
                "\n[claim.{name}]\n{}measure = \"cases\"\nwhen    = \"{}\"\n",
                value_lines(said, value),
                when(time)
            );
            match region {
                Region::Unsaid => Ok(()),
                Region::All => text.write_str("scope   = { region = \"*\" }\n"),
                Region::One(region) => {
                    writeln!(text, "scope   = {{ region = \"{}\" }}", REGIONS.get(region).copied().unwrap_or(""))
                }
            }
        }
        (What::Asked(month), Given::Number(value)) => {
            let value = value_lines(said, value);
            write!(text, "\n[claim.{name}]\n{value}measure = \"people-asked\"\nwhen    = \"{}\"\n", month_text(month))
        }
        (What::InFavour(month), Given::Number(percent)) => write!(
            text,
            "\n[claim.{name}]\nvalue   = \"{percent}%\"\nmeasure = \"share-in-favour\"\nwhen    = \"{}\"\n\
             scope   = {{ counted = \"raw\" }}\nin      = \"asked-{0}\"\n",
            month_text(month)
        ),
        (What::Share(month, of), Given::Number(share)) => {
            let month = month_text(month);
            let region = REGIONS.get(of).copied().unwrap_or("");
            write!(
                text,
                "\n[claim.{name}]\nvalue   = \"{}.{}%\"\nmeasure = \"share-of-cases\"\nwhen    = \"{month}\"\n\
                 scope   = {{ region = \"{region}\" }}\nof      = \"{}-{month}\"\nin      = \"all-{month}\"\n",
                share / 10,
                share % 10,
                region.to_lowercase(),
            )
        }
        (What::Start(_) | What::End(_), Given::Number(_)) => Ok(()),
    };
}

/// The value, and the digit to which it is rounded.
fn value_lines(said: Said, value: u64) -> String {
    let words = said.words(value);
    let digits = words.to.map_or_else(String::new, |power| format!("digits  = -{power}\n"));
    format!("value   = \"{}\"\n{digits}", words.text)
}
