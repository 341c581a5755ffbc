//! What dates and periods are read as: every row of `tests/dates.txt`, which was worked out by hand and by another
//! program's calendar, and the page `docs/dates.md`, which is made of the same rows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use addup::calendar::{
    Alternatives, Context, Conventions, Day, DaySet, FiscalYear, NamedFor, Reading, When, hint, read_date, read_when,
};
use std::fmt::Write;
use std::path::Path;

const OPENING: &str = "# Dates and periods

What can be written in `on` and `when`, and how it is read. The **hard** reading is all that the words can mean: only what
clashes with it can be an error. The **soft** one is what they usually mean; what only it excludes is `strained`, a warning.
Where usual conventions differ, the article settles which one holds, or every one is tried.

Readings stand in the notation that the program reads back: `2025-12-01/2025-12-14` is a period, both days included;
`2025-12-01/now` ends at the article's now, a moment within the dateline's day; `2025-11-XX` and `[2025-11-02..2025-11-04]`
are some one day of these, `[2025-11-02,2025-11-04]` one of the two; a period between two such is some part of it;
`through 2025-11-30` is a running total, and `..` an end that is open or not told.

`addup explain \"last week\" --dateline 2025-12-21` reads one phrase, and says why.
";

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Date,
    Time,
    Error,
}

struct Row {
    phrase: String,
    setting: Option<(String, String)>,
    hard: String,
    soft: String,
}

struct Section {
    title: String,
    kind: Kind,
    prose: String,
    dateline: Option<Day>,
    settings: Vec<(String, String)>,
    rows: Vec<Row>,
}

fn pair(text: &str) -> (String, String) {
    let (key, value) = text.split_once('=').expect("a setting is `key = value`");
    (key.trim().to_owned(), value.trim().to_owned())
}

fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in include_str!("dates.txt").lines().filter(|line| !line.trim().is_empty()) {
        if let Some(title) = line.strip_prefix("## ") {
            let (title, prose) = (title.to_owned(), String::new());
            let kind = Kind::Date;
            sections.push(Section { title, kind, prose, dateline: None, settings: Vec::new(), rows: Vec::new() });
            continue;
        }
        let Some(section) = sections.last_mut() else { continue };
        if let Some(kind) = line.strip_prefix("kind: ") {
            section.kind = match kind {
                "date" => Kind::Date,
                "time" => Kind::Time,
                _ => Kind::Error,
            };
        } else if let Some(day) = line.strip_prefix("dateline: ") {
            section.dateline = Some(Day::from_iso(day).expect("a day"));
        } else if let Some(setting) = line.strip_prefix("set: ") {
            section.settings.push(pair(setting));
        } else if let Some(prose) = line.strip_prefix("prose: ") {
            section.prose = prose.to_owned();
        } else if let Some(row) = line.strip_prefix("- ") {
            let parts: Vec<&str> = row.split(" | ").collect();
            let (phrase, setting) = match parts[0].split_once(" @ ") {
                Some((phrase, setting)) => (phrase, Some(pair(setting))),
                None => (parts[0], None),
            };
            let soft = if parts[2] == "=" && section.kind != Kind::Error { parts[1] } else { parts[2] };
            section.rows.push(Row {
                phrase: phrase.to_owned(),
                setting,
                hard: parts[1].to_owned(),
                soft: soft.to_owned(),
            });
        } else {
            panic!("what is `{line}`?");
        }
    }
    sections
}

fn context(section: &Section, row: &Row) -> Context {
    let mut conventions = Conventions::default();
    for (key, value) in section.settings.iter().chain(&row.setting) {
        match key.as_str() {
            "week-starts" => conventions.week_starts = Some(value.parse().unwrap()),
            "seasons" => conventions.seasons = Some(value.parse().unwrap()),
            "since" => conventions.since = Some(value.parse().unwrap()),
            "fiscal-year-starts" => {
                conventions.fiscal_year = FiscalYear::new(value.parse().unwrap(), NamedFor::End);
            }
            other => panic!("what is `{other}`?"),
        }
    }
    Context { dateline: section.dateline, conventions }
}

fn read(kind: Kind, phrase: &str, context: &Context) -> Result<Alternatives<String>, String> {
    let dates = |days: DaySet| Ok::<_, String>(days.notation());
    let times = |when: When| Ok::<_, String>(when.notation());
    match kind {
        Kind::Date => read_date(phrase, context).map_err(|error| error.to_string())?.try_map(dates),
        _ => read_when(phrase, context).map_err(|error| error.to_string())?.try_map(times),
    }
}

#[test]
fn every_phrase_is_read_as_the_table_says() {
    let mut wrong = String::new();
    let mut count = 0_usize;
    for section in sections() {
        for row in &section.rows {
            count = count.saturating_add(1);
            let context = context(&section, row);
            let expected = (row.hard.clone(), row.soft.clone());
            let read = match (section.kind, read(section.kind, &row.phrase, &context)) {
                (Kind::Error, Ok(readings)) => (readings.readings()[0].value.clone(), String::new()),
                (Kind::Error, Err(error)) => (error, hint(&row.phrase).unwrap_or_else(|| "=".to_owned())),
                (_, Ok(readings)) => match readings.readings() {
                    [only] => (only.value.clone(), only.soft.clone()),
                    several => (format!("{} readings", several.len()), String::new()),
                },
                (_, Err(error)) => (error, String::new()),
            };
            if read != expected {
                let (hard, soft) = expected;
                let _ =
                    writeln!(wrong, "{}\n  expected {hard} | {soft}\n  read     {} | {}", row.phrase, read.0, read.1);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 200, "{count} phrases");
}

#[test]
fn a_convention_that_is_not_settled_gives_the_same_reading_beside_others() {
    for section in sections() {
        for row in section.rows.iter().filter(|row| section.settings.is_empty() && row.setting.is_some()) {
            let (key, value) = row.setting.clone().unwrap();
            let open = Context { conventions: Conventions::default(), ..context(&section, row) };
            let readings = read(section.kind, &row.phrase, &open).unwrap();
            let under = |reading: &&Reading<String>| {
                reading.under.is_some_and(|choice| choice.setting() == format!("{key} = \"{value}\""))
            };
            let found = readings.readings().iter().find(under).or(readings.readings().first()).unwrap();
            // "Since" beside a week or a season that is open is read in both ways at once.
            assert_eq!((&found.value, &found.soft), (&row.hard, &row.soft), "{}", row.phrase);
        }
    }
}

#[test]
fn every_reading_reads_back_to_itself() {
    for section in sections().iter().filter(|section| section.kind != Kind::Error) {
        for row in &section.rows {
            let context = context(section, row);
            for written in [&row.hard, &row.soft] {
                // A list of more days than a phrase may be long is for people only.
                if written.len() > 180 {
                    continue;
                }
                let again = read(section.kind, written, &context).map(|readings| readings.settled());
                assert_eq!(again, Ok(Some(written.clone())), "{}", row.phrase);
            }
        }
    }
}

fn page() -> String {
    let mut page = OPENING.to_owned();
    for section in sections() {
        let _ = write!(page, "\n## {}\n\n{}", section.title, section.prose);
        if let Some(day) = section.dateline.filter(|_| section.kind != Kind::Error) {
            let _ = write!(page, " The dateline is {}, {}.", day.weekday().name(), day.said());
        }
        for (key, value) in &section.settings {
            let _ = write!(page, " The article sets `{key} = {value}`.");
        }
        page.push_str("\n\n");
        let under = section.rows.iter().any(|row| row.setting.is_some());
        let code = |text: &str| format!("`{text}`");
        page.push_str(match (section.kind, under) {
            (Kind::Error, _) => "| written | error | nearest |\n|---|---|---|\n",
            (_, true) => "| written | if the article sets | hard | soft |\n|---|---|---|---|\n",
            (_, false) => "| written | hard | soft |\n|---|---|---|\n",
        });
        for row in &section.rows {
            let written = code(&row.phrase);
            let (hard, soft) = match section.kind {
                Kind::Error => (row.hard.clone(), if row.soft == "=" { String::new() } else { code(&row.soft) }),
                _ => (code(&row.hard), if row.soft == row.hard { "the same".to_owned() } else { code(&row.soft) }),
            };
            let setting = row.setting.as_ref().map(|(key, value)| format!("`{key} = \"{value}\"`"));
            let _ = match under {
                true => writeln!(page, "| {written} | {} | {hard} | {soft} |", setting.unwrap_or_default()),
                false => writeln!(page, "| {written} | {hard} | {soft} |"),
            };
        }
    }
    page
}

#[test]
fn the_page_is_made_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dates.md");
    let made = page();
    if std::env::var_os("ADDUP_REFRESH").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(stands == made, "docs/dates.md is not what tests/dates.txt says: ADDUP_REFRESH=1 cargo test --test dates");
}
