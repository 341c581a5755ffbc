//! Figures and dates found in labelled sentences: precision and recall, for the part that the finder is tuned on and for the
//! part that is kept apart. `tests/prose/README.md` has the format. What is missed is printed for the tuned part alone.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::panic)]

use addup::calendar::{Context, Day, DaySpan, read_date};
use addup::draft::{Dated, Figure, FindKind, Markup, finds};
use addup::number::{End, Interval, Rational, Unit};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

#[derive(Deserialize)]
struct File {
    dateline: String,
    sentence: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    dateline: Option<String>,
    #[serde(default)]
    figures: Vec<Label>,
    #[serde(default)]
    dates: Vec<Label>,
    #[serde(default)]
    other: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    text: String,
    nth: Option<usize>,
    value: Option<String>,
    unit: Option<String>,
    when: Option<String>,
    kind: Option<String>,
    of: Option<String>,
    by: Option<String>,
}

/// How many were labelled, found, and both.
#[derive(Clone, Copy, Default)]
struct Score {
    labelled: usize,
    found: usize,
    right: usize,
}

impl Score {
    fn of_a_hundred(self) -> (usize, usize) {
        (100 * self.right / self.found.max(1), 100 * self.right / self.labelled.max(1))
    }

    fn shown(self) -> String {
        let share = |of: usize| format!("{}/{of} = 0.{:03}", self.right, (1000 * self.right / of.max(1)).min(999));
        format!("precision {}, recall {}", share(self.found), share(self.labelled))
    }
}

/// What a part comes to.
#[derive(Default)]
struct Part {
    figures: Score,
    dates: Score,
    /// Of the figures that are right, those with the right role, noun and speaker.
    roles: usize,
    nouns: usize,
    speakers: usize,
    others: Score,
    missed: String,
    /// How many of each kind were not found, and how many were found that are none.
    by_kind: BTreeMap<String, usize>,
}

fn end(text: &str) -> Option<Rational> {
    let text = text.trim();
    if text.ends_with("inf") {
        return None;
    }
    let (num, den) = text.split_once('/').unwrap_or((text, "1"));
    let num: Rational = num.parse().unwrap();
    let den: Rational = den.parse().unwrap();
    num.checked_div(&den)
}

/// A value as the labels write it.
fn interval(text: &str) -> Interval {
    if !text.starts_with(['(', '[']) {
        return Interval::point(end(text).unwrap());
    }
    let (lo, hi) = text[1..text.len() - 1].split_once(',').unwrap();
    let at = |text: &str, closed: bool| end(text).map_or(End::Unbounded, |value| End::at(value, closed));
    Interval::new(at(lo, text.starts_with('[')), at(hi, text.ends_with(']'))).unwrap()
}

/// The name of a unit as the labels have it.
fn unit_name(unit: &Unit) -> String {
    let name = match unit {
        Unit::One => "",
        unit => unit.name(),
    };
    let name = match name {
        "feet" => "foot",
        "inches" => "inch",
        "°C" => "celsius",
        "°F" => "fahrenheit",
        "km²" => "km2",
        "m²" => "m2",
        "m³" => "m3",
        "km³" => "km3",
        "square feet" => "square foot",
        "basis points" | "degrees" | "points" | "share" | "times" | "percent" | "pence" | "cents" | "knots"
        | "seconds" | "minutes" | "hours" | "days" | "weeks" | "months" | "years" | "decades" | "centuries"
        | "parts per million" | "parts per billion" | "m/s" => name,
        name => name.strip_suffix('s').unwrap_or(name),
    };
    name.to_owned()
}

fn place(sentence: &str, label: &Label) -> Range<usize> {
    let nth = label.nth.unwrap_or(1);
    let (start, _) = sentence.match_indices(&label.text).nth(nth - 1).unwrap();
    start..start + label.text.len()
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn is_figure(label: &Label, figure: &Figure) -> bool {
    let unit = label.unit.as_deref().unwrap_or("");
    interval(label.value.as_deref().unwrap()) == *figure.reading.hard() && unit == unit_name(&figure.unit)
}

fn days(when: &str, context: &Context) -> Option<DaySpan> {
    // The years 2023-24 are written otherwise in the labels.
    let winter = when.strip_suffix("-24").filter(|year| year.len() == 4).map(|year| format!("winter {year}"));
    let when = winter.as_deref().unwrap_or(when);
    read_date(when, context).ok()?.readings().first().map(|reading| reading.soft.hull())
}

fn is_date(label: &Label, date: &Dated, context: &Context) -> bool {
    label.when.as_deref().and_then(|when| days(when, context)) == date.days
}

/// Pairs labels with finds and counts; says what is left over of either.
fn pair<F>(
    score: &mut Score,
    labels: &[(Range<usize>, &Label)],
    found: &[(Range<usize>, F)],
    is_right: impl Fn(&Label, &F) -> bool,
) -> (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) {
    let mut taken = vec![false; found.len()];
    let (mut pairs, mut missed) = (Vec::new(), Vec::new());
    for (at, (span, label)) in labels.iter().enumerate() {
        let hit =
            (0..found.len()).find(|it| !taken[*it] && overlap(span, &found[*it].0) && is_right(label, &found[*it].1));
        match hit {
            Some(hit) => {
                taken[hit] = true;
                pairs.push((at, hit));
            }
            None => missed.push(at),
        }
    }
    score.labelled += labels.len();
    score.found += found.len();
    score.right += pairs.len();
    let extra = (0..found.len()).filter(|it| !taken[*it]).collect();
    (pairs, missed, extra)
}

fn measure(folder: &str) -> Part {
    let mut part = Part::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(root).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for path in files {
        let file: File = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for sentence in &file.sentence {
            sentence_in(&mut part, sentence, &file.dateline);
        }
    }
    part
}

fn sentence_in(part: &mut Part, sentence: &Sentence, dateline: &str) {
    let text = sentence.text.as_str();
    let dateline = Day::from_iso(sentence.dateline.as_deref().unwrap_or(dateline));
    let context = Context { dateline, ..Context::default() };
    let (mut figures, mut dates, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for find in finds(text, Markup::Plain, &context) {
        match find.kind {
            FindKind::Figure(figure) => figures.push((find.span, figure)),
            FindKind::Date(date) => dates.push((find.span, date)),
            FindKind::Other(other) => others.push((find.span, other)),
        }
    }
    let at = |labels: &'_ [Label]| labels.iter().map(|label| place(text, label)).collect::<Vec<_>>();
    let with = |labels: &Vec<Range<usize>>, of: &'_ [Label]| -> Vec<(Range<usize>, usize)> {
        labels.iter().cloned().zip(0..of.len()).collect()
    };
    let labelled = |of: &'_ [Label]| with(&at(of), of);
    let refer = |of| -> Vec<(Range<usize>, &Label)> {
        let labels: &[Label] = of;
        labelled(labels).into_iter().map(|(span, at)| (span, &labels[at])).collect()
    };
    let (labels, found) = (refer(&sentence.figures), figures);
    let (pairs, missed, extra) = pair(&mut part.figures, &labels, &found, is_figure);
    for (label, find) in pairs {
        let (label, figure) = (labels[label].1, &found[find].1);
        let said =
            |span: &Option<Range<usize>>| span.as_ref().and_then(|span| text.get(span.clone())).map(str::to_lowercase);
        let kind = label.kind.as_deref().unwrap_or("count");
        part.roles += usize::from(kind == figure.role.name());
        part.nouns += usize::from(label.of.as_deref().map(str::to_lowercase) == said(&figure.noun));
        part.speakers += usize::from(label.by.as_deref().map(str::to_lowercase) == said(&figure.speaker));
    }
    let mut left = String::new();
    let mut count = |what: String| *part.by_kind.entry(what).or_default() += 1;
    for at in &missed {
        count(format!("figure missed: {}", labels[*at].1.kind.as_deref().unwrap_or("count")));
    }
    for at in &extra {
        count(format!("figure too many: {}", found[*at].1.role.name()));
    }
    for at in missed {
        let label = labels[at].1;
        let _ = writeln!(
            left,
            "  - figure `{}` {} {}",
            label.text,
            label.value.as_deref().unwrap(),
            label.unit.as_deref().unwrap_or("")
        );
    }
    for at in extra {
        let (span, figure) = &found[at];
        let _ = writeln!(
            left,
            "  + figure `{}` {} {}",
            &text[span.clone()],
            figure.reading.hard(),
            unit_name(&figure.unit)
        );
    }
    let labels = refer(&sentence.dates);
    let (_, missed, extra) = pair(&mut part.dates, &labels, &dates, |label, date| is_date(label, date, &context));
    for at in &missed {
        count(format!("date missed: {}", if labels[*at].1.when.is_some() { "known" } else { "unknown" }));
    }
    for at in &extra {
        count(format!("date too many: {}", if dates[*at].1.days.is_some() { "known" } else { "unknown" }));
    }
    for at in missed {
        let label = labels[at].1;
        let _ = writeln!(left, "  - date `{}` {}", label.text, label.when.as_deref().unwrap_or("unknown"));
    }
    for at in extra {
        let (span, date) = &dates[at];
        let _ = writeln!(
            left,
            "  + date `{}` {}",
            &text[span.clone()],
            date.days.map_or("unknown".to_owned(), DaySpan::notation)
        );
    }
    let labels = refer(&sentence.other);
    let (_, missed, extra) =
        pair(&mut part.others, &labels, &others, |label, other| label.kind.as_deref() == Some(other.name()));
    for at in &missed {
        count(format!("other missed: {}", labels[*at].1.kind.as_deref().unwrap_or("")));
    }
    for at in missed {
        let _ = writeln!(left, "  - other `{}` {}", labels[at].1.text, labels[at].1.kind.as_deref().unwrap_or(""));
    }
    for at in extra {
        let (span, other) = &others[at];
        let _ = writeln!(left, "  + other `{}` {}", &text[span.clone()], other.name());
    }
    if !left.is_empty() {
        let _ = writeln!(part.missed, "{text}\n{left}");
    }
}

fn shown(name: &str, part: &Part) -> String {
    let right = part.figures.right;
    format!(
        "{name}: figures: {}; dates: {}; others: {}; of {right} figures, roles {}, nouns {}, speakers {}; {:?}",
        part.figures.shown(),
        part.dates.shown(),
        part.others.shown(),
        part.roles,
        part.nouns,
        part.speakers,
        part.by_kind
    )
}

/// Precision and recall do not fall below what was reached once.
fn at_least(score: Score, (precision, recall): (usize, usize)) {
    let (found, labelled) = score.of_a_hundred();
    assert!(found >= precision && labelled >= recall, "{}", score.shown());
}

#[test]
fn figures_and_dates_of_the_tuned_part() {
    let part = measure("tuned");
    println!("{}\n{}", part.missed, shown("tuned", &part));
    at_least(part.figures, (99, 99));
    at_least(part.dates, (98, 98));
}

#[test]
fn figures_and_dates_of_the_part_kept_apart() {
    let part = measure("apart");
    println!("{}", shown("apart", &part));
    at_least(part.figures, (89, 95));
    at_least(part.dates, (94, 90));
}
