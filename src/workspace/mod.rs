//! The library's face: load a workspace, check it, read the report.
//!
//! In: [`Files`] and a [`Request`]. Out: a [`Workspace`], and from it what was [`Checked`]. Nothing here decides
//! anything: it calls the stages in their order, and refuses to go on where one of them did not understand its input.

mod accepted;
mod baseline;
#[cfg(test)]
mod cases;
mod changes;
mod checked;
mod config;
mod edits;
mod reading;
mod severity;
mod suppose;

pub use accepted::waiver_text;
pub use baseline::{BASELINE_NAME, Baseline};
#[cfg(test)]
pub(crate) use cases::cases;
pub use changes::{Changes, Earlier};
pub use checked::{Checked, NoWitness};
pub(crate) use config::KEYS as CONFIG_KEYS;
pub use config::{BetweenSources, CONFIG_NAME, Config};
pub use severity::{Folder, Severities, Threshold};
pub use suppose::{Supposed, Supposition};

use crate::bulk;
use crate::calendar::{Conventions, Day};
use crate::claim::{self, Claims, Defaults};
use crate::coherence::{self, Coherence};
use crate::finding::{Accepted, Bound, Finding, FindingKind, bounds};
use crate::ground::{Choices, ground};
use crate::number::ReadingPolicy;
use crate::rule::{self, Rules};
use crate::source::records::Format;
use crate::source::{FileId, Files, InputError, InputErrors, Label, Severity, Sources, Spanned};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io;
use std::num::NonZeroUsize;

/// The folder that claims are read from where nothing else is said.
const CLAIMS: &str = "claims";
/// The folder that rules are read from where nothing else is said.
const RULES: &str = "rules";

/// Everything that a run was given, read and understood.
#[derive(Debug)]
pub struct Workspace {
    /// The texts.
    pub sources: Sources,
    /// What the workspace settles.
    pub config: Config,
    /// What is reported.
    pub claims: Claims,
    /// How it relates.
    pub rules: Rules,
    /// What is supposed instead of what the files say.
    pub supposed: Supposed,
    /// The clashes that are known and accepted.
    pub accepted: Vec<Accepted>,
    /// How many threads may be used.
    pub jobs: NonZeroUsize,
    /// If set, up to so many contradictions are looked for, also those that share claims.
    pub all: Option<NonZeroUsize>,
}

/// What a check is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files are read.
    Reading,
    /// Claims are joined by rules.
    Grounding,
    /// What they say together is decided.
    Deciding,
}

/// What to load. All paths are relative to the workspace.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The configuration, if there is one.
    pub config: Option<String>,
    /// Claim files, or folders of such; if empty, those that the configuration names, or else `claims`.
    pub claims: Vec<String>,
    /// Rule files, or folders of such; if empty, those that the configuration names, or else `rules`, if that exists.
    pub rules: Vec<String>,
    /// What is supposed, a claim at most once.
    pub suppose: Vec<Supposition>,
    /// How many threads may be used; one if that is not said. What comes out is the same for any number.
    pub jobs: Option<NonZeroUsize>,
    /// If set, up to so many contradictions are looked for, also those that share claims.
    pub all: Option<NonZeroUsize>,
    /// The day against which the ends of waivers are held; if there is none, no waiver ends.
    pub today: Option<Day>,
    /// Whether the baseline is left unread, as it is to be written anew.
    pub writes_baseline: bool,
    /// Whether there may be no claim file at all.
    pub may_lack_claims: bool,
    /// Whether rows of tables in which nothing can clash may be left unread as claims. What is found is the same, and much
    /// faster; but certificates, bounds and what became of each claim are then those of the other rows only.
    pub sift: bool,
}

impl Workspace {
    /// Loads the configuration, rule files, claim files and the drafts that they name.
    ///
    /// # Errors
    /// Every error of the input, each with its place, by file and place; nothing is loaded in part. The texts read so
    /// far come back for showing them.
    pub fn load(files: &dyn Files, request: &Request) -> Result<Self, (Sources, InputErrors)> {
        let (mut sources, mut errors) = (rule::sources(), InputErrors::default());
        let config = match &request.config {
            Some(path) => Config::load(&mut sources, files, path, &mut errors),
            None => Config::default(),
        };
        let found = Found::find(files, request, &config, &mut errors);

        let rules_read = read(&mut sources, files, &found.rules, &mut errors);
        let before = errors.0.len();
        let mut rules = rule::load(&config.packs, &mut sources, files, &rules_read, &mut errors);
        // Names can be looked up only among rules that were all understood.
        if errors.0.len() == before && rules_read.len() == found.rules.len() {
            config.weigh(&mut rules, &mut errors);
        }

        let claims_read = read(&mut sources, files, &found.claims, &mut errors);
        let defaults = Defaults {
            compare: config.compare.unwrap_or_default(),
            conventions: config.conventions.clone(),
            vocabulary: rules.vocabulary.clone(),
            reading: config.reading.clone(),
            rates: config.rates.clone(),
            derivations: rules.derivations(),
        };
        let jobs = request.jobs.unwrap_or(NonZeroUsize::MIN);
        let read = |sieve: Option<&dyn claim::Sieve>, sources: &mut Sources, errors: &mut InputErrors| {
            let mut claims = claim::load_sifted(&defaults, sieve, jobs, sources, files, &claims_read, errors);
            rules.fit(&claims.vocabulary, errors);
            config.trust(&mut claims);
            let rows_read = errors.is_empty();
            if rows_read {
                edits::hold_records(&mut claims, &rules, errors);
            }
            // What is wrong with rows is said of those that are read; what is wrong elsewhere may be said of every row.
            let is_of_row = |error: &InputError| {
                error.at.as_ref().is_some_and(|at| Format::of(sources.path(at.span.file)).is_some())
            };
            let waivers = || claims.waivers.iter().chain(&config.waivers);
            let is_whole = claims.settled.is_empty()
                || (!rows_read && errors.0.iter().all(is_of_row))
                || (errors.is_empty() && bulk::agree(&claims) && accepted::are_all_read(&claims, waivers()));
            is_whole.then_some(claims)
        };
        let sifter = bulk::Sifter { rules: &rules, jobs };
        let sieve: Option<&dyn claim::Sieve> = if request.sift && errors.is_empty() { Some(&sifter) } else { None };
        let before = errors.clone();
        let sifted = read(sieve, &mut sources, &mut errors);
        let mut claims = match sifted {
            Some(claims) => claims,
            None => {
                errors = before;
                read(None, &mut sources, &mut errors).unwrap_or_default()
            }
        };
        // Ids can be looked up only among claims that were all understood.
        let supposed = if errors.is_empty() {
            suppose::suppose(&mut claims, &request.suppose, &mut errors)
        } else {
            Supposed::default()
        };

        if errors.is_empty() {
            severity::unknown(config.rules_named(), &rules, Some(&claims), &mut errors);
        }
        let known = match request.writes_baseline {
            true => Vec::new(),
            false => baseline::read(&mut sources, files, config.baseline.as_ref(), &mut errors),
        };
        let accepted = if errors.is_empty() {
            let waivers = claims.waivers.iter().chain(&config.waivers);
            let is_partial = !request.claims.is_empty();
            accepted::accepted(&claims, &rules, waivers, &known, is_partial, request.today, &mut errors)
        } else {
            Vec::new()
        };

        if errors.is_empty() {
            Ok(Self { sources, config, claims, rules, supposed, accepted, jobs, all: request.all })
        } else {
            let errors = in_order(&sources, errors);
            Err((sources, errors))
        }
    }

    /// Checks the claims against the rules.
    pub fn check(&self) -> Checked {
        self.check_telling(&|_| ())
    }

    /// The same, and says what it is at as it comes to it.
    pub fn check_telling(&self, begins: &dyn Fn(Stage)) -> Checked {
        Checked::of(self, begins)
    }

    /// Whether a finding fails the run: it is at or above the level (the workspace's own if none is given), it is of a kind
    /// that `fail-on` names, or nothing was checked. What is waived fails it only if `fail-on` says so.
    pub fn fails(&self, finding: &Finding, level: Option<Severity>) -> bool {
        let level = level.or(self.config.fail_level).unwrap_or(Severity::Error);
        (finding.severity >= level && finding.kind != FindingKind::Waived)
            || finding.kind == FindingKind::NothingChecked
            || self.config.fail_on.contains(&finding.kind)
    }

    /// A baseline of the clashes that are there, or, if it is only pruned, of those that are known and still there.
    pub fn baseline(&self, only_known: bool) -> Baseline {
        baseline::of(self, only_known)
    }

    /// What all the other claims leave open for each figure and event.
    pub fn bounds(&self) -> Vec<Bound> {
        let problem = ground(&self.claims, &self.rules, &Choices::default());
        bounds(&self.claims, &problem, self.jobs)
    }

    /// Holds the rules against each other.
    pub fn coherence(&self) -> Coherence {
        if self.claims.claims.is_empty() {
            return coherence::look(&self.rules, &self.claims, None);
        }
        let checked = self.check();
        let unapplied = &checked.findings.unchecked.rules;
        coherence::look(&self.rules, &self.claims, Some((&checked.problem, unapplied)))
    }

    /// Path and SHA-256 (in hexadecimal) of every text of the run, by path.
    pub fn inputs(&self) -> Vec<(String, String)> {
        let inputs: BTreeMap<_, _> =
            self.sources.files().map(|(_, file)| (file.path().to_owned(), sha256(file.text().as_bytes()))).collect();
        inputs.into_iter().collect()
    }
}

/// The rules of a workspace alone: for looking one up without reading claims.
///
/// # Errors
/// Every error of the configuration and the rule files.
pub fn load_rules(files: &dyn Files, request: &Request) -> Result<(Sources, Rules), (Sources, InputErrors)> {
    let (mut sources, mut errors) = (rule::sources(), InputErrors::default());
    let config = match &request.config {
        Some(path) => Config::load(&mut sources, files, path, &mut errors),
        None => Config::default(),
    };
    let paths = found_rules(files, request, &config, &mut errors);
    let read = read(&mut sources, files, &paths.into_iter().collect::<Vec<_>>(), &mut errors);
    let mut rules = rule::load(&config.packs, &mut sources, files, &read, &mut errors);
    if errors.is_empty() {
        config.weigh(&mut rules, &mut errors);
    }
    if errors.is_empty() { Ok((sources, rules)) } else { Err((sources, errors)) }
}

/// How a workspace reads figures and dates: what its configuration settles of digits, of the words beside them, and of the
/// conventions that articles leave open.
///
/// # Errors
/// Every error of the configuration.
pub fn load_reading(
    files: &dyn Files,
    request: &Request,
) -> Result<(ReadingPolicy, Conventions), (Sources, InputErrors)> {
    let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
    let config = match &request.config {
        Some(path) => Config::load(&mut sources, files, path, &mut errors),
        None => Config::default(),
    };
    if errors.is_empty() {
        return Ok((config.reading, config.conventions));
    }
    let errors = in_order(&sources, errors);
    Err((sources, errors))
}

/// The paths of the files that a run reads, sorted, so that the order in which they are given never matters.
struct Found {
    claims: Vec<String>,
    rules: Vec<String>,
}

impl Found {
    fn find(files: &dyn Files, request: &Request, config: &Config, errors: &mut InputErrors) -> Self {
        let before = errors.0.len();
        let rules = found_rules(files, request, config, errors);
        let given = if request.claims.is_empty() { config.claims.as_slice() } else { &[] };
        let mut claims = BTreeSet::new();
        let baseline = config.baseline.as_ref().map_or(BASELINE_NAME, |path| path.value.as_str());
        for path in request.claims.iter().map(|path| Given::Asked(path)).chain(given.iter().map(Given::Configured)) {
            claims.extend(toml_below(files, &path, errors).into_iter().filter(|file| {
                // `addup check .` means the claims that are there, not the rules and the configuration beside them.
                file == path.path()
                    || !(file == baseline
                        || rules.contains(file)
                        || request.config.as_ref() == Some(file)
                        || is_of_a_pack(file))
            }));
        }
        if request.claims.is_empty() && config.claims.is_empty() {
            match files.list(CLAIMS) {
                Ok(listed) => claims.extend(listed.into_iter().filter(|file| is_toml(file) && file != baseline)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => errors.push(InputError::of_file(CLAIMS, format!("cannot be read: {error}"))),
            }
        }
        if claims.is_empty() && errors.0.len() == before && !request.may_lack_claims {
            let looked_in = if !request.claims.is_empty() {
                request.claims.join(", ")
            } else if !config.claims.is_empty() {
                config.claims.iter().map(|path| path.value.as_str()).collect::<Vec<_>>().join(", ")
            } else {
                CLAIMS.to_owned()
            };
            errors.push(
                InputError::of_file(looked_in, "there is no claim file (*.toml) here")
                    .help("name a claim file or a folder of such, or write an example with `addup init`"),
            );
        }
        Self { claims: claims.into_iter().collect(), rules: rules.into_iter().collect() }
    }
}

fn found_rules(files: &dyn Files, request: &Request, config: &Config, errors: &mut InputErrors) -> BTreeSet<String> {
    let configured = if request.rules.is_empty() { config.rules.as_deref() } else { None };
    let mut rules = BTreeSet::new();
    let asked = request.rules.iter().map(|path| Given::Asked(path));
    for path in asked.chain(configured.unwrap_or_default().iter().map(Given::Configured)) {
        let listed = toml_below(files, &path, errors);
        rules.extend(listed.into_iter().filter(|file| !lies_in_a_pack(path.path(), file)));
    }
    if request.rules.is_empty() && configured.is_none() {
        match files.list(RULES) {
            Ok(listed) => rules.extend(listed.into_iter().filter(|file| is_toml(file) && !lies_in_a_pack(RULES, file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => errors.push(InputError::of_file(RULES, format!("cannot be read: {error}"))),
        }
    }
    rules
}

/// A path and who named it: the caller, or the configuration, at a place.
enum Given<'a> {
    Asked(&'a str),
    Configured(&'a Spanned<String>),
}

impl Given<'_> {
    fn path(&self) -> &str {
        match self {
            Self::Asked(path) => path,
            Self::Configured(path) => &path.value,
        }
    }

    fn error(&self, message: String) -> InputError {
        match self {
            Self::Asked(path) => InputError::of_file(*path, message),
            Self::Configured(path) => InputError::at(path.span, format!("{}: {message}", path.value)),
        }
    }
}

/// The TOML files below a folder, or the file itself, which must then be one.
fn toml_below(files: &dyn Files, given: &Given<'_>, errors: &mut InputErrors) -> Vec<String> {
    match files.list(given.path()) {
        Ok(listed) => match listed.as_slice() {
            [only] if only == given.path() && !is_toml(only) => {
                let error = given.error("this is neither a folder nor a TOML file".to_owned());
                errors.push(error.help("claim files and rule files end in .toml"));
                Vec::new()
            }
            _ => listed.into_iter().filter(|file| is_toml(file)).collect(),
        },
        Err(error) => {
            errors.push(given.error(format!("cannot be read: {error}")));
            Vec::new()
        }
    }
}

fn is_toml(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("toml"))
}

/// Whether a file lies in the folder of a pack below the rule folder that was given.
fn lies_in_a_pack(folder: &str, file: &str) -> bool {
    let below = if folder == "." { file } else { file.strip_prefix(folder).unwrap_or("") };
    below.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(|part| rule::FOLDERS.contains(&part)))
}

fn is_of_a_pack(file: &str) -> bool {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    rule::FOLDERS.iter().any(|pack| folder.ends_with(&format!("rules/{pack}")))
}

/// Reads files into `sources`, in their order, and gives those that could be read.
fn read(sources: &mut Sources, files: &dyn Files, paths: &[String], errors: &mut InputErrors) -> Vec<FileId> {
    paths.iter().filter_map(|path| sources.read(files, path, errors)).collect()
}

/// Errors by file and place; those without a text come first, by path. An error said twice is shown once.
fn in_order(sources: &Sources, errors: InputErrors) -> InputErrors {
    let mut errors = errors.0;
    let key = |error: &InputError| {
        let place = error.at.as_ref().map(|Label { span, .. }| (sources.path(span.file).to_owned(), span.start));
        (place, error.path.clone())
    };
    errors.sort_by_key(key);
    errors.dedup();
    InputErrors(errors)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
