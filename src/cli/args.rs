//! What may be typed: the commands and their options, as data.

use crate::calendar::Day;
use crate::generate::{Kind, Shape};
use crate::report::TableForm;
use crate::source::Severity;
use crate::source::document::nearest;
use crate::source::records::parquet::INSTALL;
use crate::workspace::Supposition;
use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What each exit code means.
pub const EXIT_CODES: &str = "0 no finding at or above the fail level; 1 there is one, or nothing was checked; 2 the input or \
                              the command line cannot be understood, or an output cannot be written; 130 it was interrupted.";

/// Can these figures and dates all be true at once?
#[derive(Debug, Parser)]
#[command(
    name = "addup",
    version,
    about,
    arg_required_else_help = true,
    after_help = format!("Exit codes: {EXIT_CODES}")
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to colour what is printed.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check claims against rules: can they all be true at once?
    Check(Check),
    /// Write down the clashes that are there, so that only new ones fail a check, or take out those that are mended.
    Baseline(Baseline),
    /// What all the other claims leave open for each figure and event: the least and the greatest value.
    Bounds(Bounds),
    /// Print the completions of a shell, for its own place of such scripts.
    Completions(Completions),
    /// Hold two JSON reports against each other: which findings are new, which are fixed, which are the same.
    Diff(Diff),
    /// Explain a rule, a kind of finding or how a phrase is read; without an id, list the first two.
    Explain(Explain),
    /// Make a data set of invented figures, any size, with contradictions planted in it: to try rules and programs out on.
    Generate(Generate),
    /// Write a small example to start from.
    Init(Init),
    /// Print the manual, for `man`: addup man > addup.1.
    Man,
    /// Hold rules against each other: which can never hold together, and which say nothing of their own?
    Rules(Rules),
    /// Print the JSON Schema of a kind of file, for editors; without a name, list them.
    Schema(Schema),
    /// Redo the certificates of an earlier check from the files as they are now.
    Verify(Verify),
    /// Accept a clash: write a waiver with a reason. Without a fingerprint, list the findings with theirs.
    Waive(Waive),
}

/// Which files to read.
#[derive(Debug, Default, Args)]
pub struct Input {
    /// Rule files, or folders of such, instead of those that `addup.toml` names.
    #[arg(long, value_name = "PATH")]
    pub rules: Vec<PathBuf>,
    /// The configuration to use, instead of the nearest `addup.toml` upwards. Its folder is the workspace.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// The options of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Claim files, or folders of such, instead of those that `addup.toml` names (or else `claims`).
    #[arg(value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub input: Input,
    /// How to report: full, concise, json, jsonl, sarif, junit, github, gitlab or markdown; `NAME=FILE` writes it to a file.
    /// Several may be given (`github,sarif=addup.sarif`), at most one without a file.
    #[arg(long, value_name = "NAME[=FILE]", value_delimiter = ',')]
    pub format: Vec<super::output::FormatArgument>,
    /// Write the report that would go to standard output to this file.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The least serious finding that makes the exit code 1 [default: error].
    #[arg(long, value_name = "LEVEL")]
    pub fail_level: Option<FailLevel>,
    /// Show more: `claims` is every claim with its reading, its time and the constraints that touch it (in the full
    /// report); `all=N` is up to N contradictions, also those that share claims with others.
    #[arg(long, value_name = "WHAT", value_parser = show)]
    pub show: Vec<Show>,
    /// How many findings a text report shows; the others are counted by rule and kind. `all` (or 0) is no limit. JSON
    /// always has all [default: 100 in full, all of a concise list].
    #[arg(long, value_name = "N", value_parser = max_shown)]
    pub max_shown: Option<MaxShown>,
    /// What if: check as if the claim said VALUE (`cambodia-raid/december-arrests=20`).
    #[arg(long, value_name = "ID=VALUE", value_parser = supposition, conflicts_with = "certificates")]
    pub set: Vec<Supposition>,
    /// Read a claim file from standard input, as if it stood at this path. Without PATHS it alone is checked.
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
    /// The day against which the ends of waivers are held [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Day>,
    /// How many threads to use at most. The report is the same for any number.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Show, and decide by, only the findings that have to do with what changed since this revision of git. Everything is
    /// loaded all the same, and the report says how many others there are.
    #[arg(long, value_name = "REV", allow_hyphen_values = true, conflicts_with = "check_against")]
    pub changed: Option<String>,
    /// Write a certificate of each conflict to this file, for `addup verify`.
    #[arg(long, value_name = "FILE")]
    pub certificates: Option<PathBuf>,
    /// Write the claims of the findings to this CSV or Parquet file, a row each: record, column, rule and what would settle it.
    #[arg(long, value_name = "FILE.csv", value_parser = table_file)]
    pub export: Option<PathBuf>,
    /// Write to this CSV or Parquet file which cells of a wide table the suggested repair changes: TRUE, FALSE, or NA where nothing is
    /// stated. Where there are several such tables, TABLE says of which.
    #[arg(long, value_name = "[TABLE=]FILE.csv", value_parser = mask)]
    pub mask: Vec<Mask>,
    /// Hold the findings against the truth file of `addup generate`, and print what was found, missed and accused wrongly
    /// instead of a report. The exit code is 0 if all was found, nothing was accused wrongly and nothing is undecided.
    #[arg(long, value_name = "TRUTH", conflicts_with_all = ["output", "fail_level", "set"])]
    pub check_against: Option<PathBuf>,
}

/// A mask that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    /// Of which table; if that is not said, of the only one.
    pub table: Option<String>,
    /// Where it goes.
    pub file: PathBuf,
}

/// The options of `schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// What to print the schema of: claim, rule, config or report.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// The options of `baseline`.
#[derive(Debug, Args)]
pub struct Baseline {
    /// Write the baseline anew: every clash that stands, those that are known and those that are new.
    #[arg(long, required_unless_present = "prune", conflicts_with = "prune")]
    pub write: bool,
    /// Take out of the baseline what is mended, and add nothing.
    #[arg(long)]
    pub prune: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub input: Input,
    /// The day against which the ends of waivers are held [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Day>,
    /// How many threads to use at most.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// The options of `bounds`.
#[derive(Debug, Args)]
pub struct Bounds {
    /// Claim files, or folders of such, instead of those that `addup.toml` names (or else `claims`).
    #[arg(value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub input: Input,
    /// Only this claim; may be repeated.
    #[arg(long, value_name = "ID")]
    pub of: Vec<String>,
    /// What if: as if the claim said VALUE (`cambodia-raid/december-arrests=20`).
    #[arg(long, value_name = "ID=VALUE", value_parser = supposition)]
    pub set: Vec<Supposition>,
    /// How to report: full or json.
    #[arg(long, value_name = "NAME", default_value = "full")]
    pub format: Form,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How many threads to use at most. What comes out is the same for any number.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// The options of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// Which shell: bash, elvish, fish, powershell or zsh.
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// The options of `diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The earlier report: what `addup check --format json` wrote.
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The later one.
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// How to report: full or json.
    #[arg(long, value_name = "NAME", default_value = "full")]
    pub format: Form,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The least serious new finding that makes the exit code 1 [default: error].
    #[arg(long, value_name = "LEVEL")]
    pub fail_level: Option<FailLevel>,
}

/// A form of what `bounds` and `diff` print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For an editor at a terminal.
    Full,
    /// For programs.
    Json,
}

/// The options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A rule, a kind of finding, or a figure or date as it is written ("about 1.2 million", "last week"). Without it
    /// rules and kinds are listed.
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// The day that a date in words is read against.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub dateline: Option<Day>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub input: Input,
}

/// The options of `generate`.
#[derive(Debug, Args)]
pub struct Generate {
    /// The folder to write to; it is made if it does not exist.
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// The number from which everything is drawn: the same seed and options give the same files.
    #[arg(long, value_name = "N", default_value = "1")]
    pub seed: u64,
    /// How figures are written down: long (CSV, a claim a row), wide (CSV, a record a row) or toml (a claim file a group).
    #[arg(long, value_name = "SHAPE", default_value = "toml", value_parser = shape)]
    pub shape: Shape,
    /// How many groups there are.
    #[arg(long, value_name = "N", default_value = "10")]
    pub groups: u64,
    /// How many months each group has. A wide table has one row for each group and month.
    #[arg(long, value_name = "N", default_value = "12")]
    pub months: usize,
    /// How many contradictions of a kind to plant: `chain=2`; may be repeated. Each takes a group of its own.
    #[arg(long, value_name = "KIND=N", value_parser = plant, value_delimiter = ',')]
    pub plant: Vec<(Kind, u64)>,
    /// State the percentages that rounded figures are of others, too, which makes articles much harder to decide.
    #[arg(long)]
    pub rounded_shares: bool,
    /// Replace the files of an earlier data set.
    #[arg(long)]
    pub overwrite: bool,
}

/// The options of `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to write to; it is made if it does not exist.
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
}

/// The options of `rules`.
#[derive(Debug, Args)]
pub struct Rules {
    /// Claim files, or folders of such, instead of those that `addup.toml` names (or else `claims`): their checks are looked
    /// at as well, and which rules applied to them is said. There may be none.
    #[arg(value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub input: Input,
    /// How to report: full, concise, json or jsonl; `NAME=FILE` writes it to a file. Several may be given, at most one
    /// without a file.
    #[arg(long, value_name = "NAME[=FILE]", value_delimiter = ',')]
    pub format: Vec<super::output::FormatArgument>,
    /// Write the report that would go to standard output to this file.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The least serious remark that makes the exit code 1 [default: error].
    #[arg(long, value_name = "LEVEL")]
    pub fail_level: Option<FailLevel>,
}

/// The options of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// What `addup check --certificates FILE` wrote.
    #[arg(value_name = "CERTIFICATES")]
    pub certificates: PathBuf,
    /// The claim files or folders that were checked, instead of those that `addup.toml` names (or else `claims`).
    #[arg(value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub input: Input,
}

/// The options of `waive`.
#[derive(Debug, Args)]
pub struct Waive {
    /// The fingerprint of the finding, or its beginning.
    #[arg(value_name = "FINGERPRINT", requires = "because")]
    pub fingerprint: Option<String>,
    /// Why the clash is accepted.
    #[arg(long, value_name = "REASON", requires = "fingerprint", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub because: Option<String>,
    /// The last day on which it is.
    #[arg(long, value_name = "DATE", requires = "fingerprint", value_parser = day)]
    pub until: Option<Day>,
    /// Accept the clash however far apart its figures come to be, and not only up to the gap that there is now.
    #[arg(long, requires = "fingerprint")]
    pub any_gap: bool,
    /// Write the waiver to this claim file or configuration, instead of the claim file of the claims (or `addup.toml`, if
    /// they are of several articles).
    #[arg(long, value_name = "FILE", requires = "fingerprint")]
    pub to: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub input: Input,
    /// How many threads to use at most.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What `--show` can add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Every claim with its reading, its time and the constraints that touch it, or why none does.
    Claims,
    /// Contradictions that share claims, too, until there are so many in all.
    All(NonZeroUsize),
}

/// How many findings are shown; `None` is all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaxShown(pub Option<usize>);

/// A severity, as `--fail-level` takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailLevel(pub Severity);

impl ValueEnum for FailLevel {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Severity::Error), Self(Severity::Warning), Self(Severity::Note)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self.0 {
            Severity::Error => PossibleValue::new("error"),
            Severity::Warning => PossibleValue::new("warning").help("warnings and errors"),
            Severity::Note => PossibleValue::new("note").help("any finding"),
        })
    }
}

/// Reads `claims` or `all=20`.
fn show(text: &str) -> Result<Show, String> {
    let limit = |most: &str| most.parse().map(Show::All).map_err(|_| "write how many at most: all=20".to_owned());
    match text.split_once('=') {
        None if text == "claims" => Ok(Show::Claims),
        Some(("all", most)) => limit(most),
        None if text == "all" => limit(""),
        _ => Err("write claims, or all=N with how many contradictions at most".to_owned()),
    }
}

/// Reads `100` or `all`.
fn max_shown(text: &str) -> Result<MaxShown, String> {
    match text {
        "all" => Ok(MaxShown(None)),
        _ => text
            .parse()
            .map(|most: usize| MaxShown(Some(most).filter(|most| *most > 0)))
            .map_err(|_| "write how many at most, or all".to_owned()),
    }
}

/// Reads the path of a file that a table is written to.
fn table_file(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() {
        return Err("what is written is CSV or Parquet: name a file such as findings.csv".to_owned());
    }
    if TableForm::of(text) == TableForm::Parquet && cfg!(not(feature = "parquet")) {
        return Err(format!("this addup was built without the feature that writes Parquet; {INSTALL}"));
    }
    Ok(PathBuf::from(text))
}

/// Reads `mask.csv` or `survey=mask.csv`.
fn mask(text: &str) -> Result<Mask, String> {
    let (table, file) = text.split_once('=').map_or((None, text), |(table, file)| (Some(table.to_owned()), file));
    Ok(Mask { table, file: table_file(file)? })
}

/// Reads `2025-12-21`.
fn day(text: &str) -> Result<Day, String> {
    Day::from_iso(text.trim()).ok_or_else(|| "write a day of the calendar: 2025-12-21".to_owned())
}

/// Reads `ID=VALUE`.
fn supposition(text: &str) -> Result<Supposition, String> {
    match text.split_once('=') {
        Some((claim, value)) if !claim.trim().is_empty() && !value.trim().is_empty() => {
            Ok(Supposition { claim: claim.trim().to_owned(), value: value.trim().to_owned() })
        }
        _ => Err("write the claim's id, an equals sign and the value: raid/december-arrests=20".to_owned()),
    }
}

/// Reads `wide`.
fn shape(text: &str) -> Result<Shape, String> {
    Shape::ALL.into_iter().find(|shape| shape.name() == text).ok_or_else(|| "write long, wide or toml".to_owned())
}

/// Reads `chain=2`.
fn plant(text: &str) -> Result<(Kind, u64), String> {
    let (name, count) = text.split_once('=').ok_or("write the kind and how many: chain=2")?;
    let names = || Kind::ALL.into_iter().map(Kind::name);
    let kind = Kind::named(name.trim()).ok_or_else(|| match nearest(name.trim(), names()) {
        Some(near) => format!("there is no kind `{name}`; did you mean `{near}`?"),
        None => format!("there is no kind `{name}`; kinds are {}", names().collect::<Vec<_>>().join(", ")),
    })?;
    let count = count.trim().parse().map_err(|_| "write how many to plant as a number: chain=2".to_owned())?;
    Ok((kind, count))
}
