//! `addup.toml`: where claims and rules are, what articles settle unless they say otherwise, and what fails a run.

use super::reading::read_reading;
use super::severity::{Folder, Severities, Threshold, folders, severities, thresholds, unknown};
use crate::calendar::Conventions;
use crate::claim::{Claims, Compare, Rates, Waiver, read_confidence, read_conventions, read_rates, read_waivers};
use crate::finding::FindingKind;
use crate::number::{Rational, ReadingPolicy};
use crate::rule::{PACKS, Pack, Rules};
use crate::source::document::{self, Table, nearest};
use crate::source::{Files, InputError, InputErrors, Severity, Sources, Span, Spanned};
use std::collections::BTreeMap;

/// The name under which the configuration is looked for.
pub const CONFIG_NAME: &str = "addup.toml";

/// How one and the same figure is to be taken that different sources of an article give differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BetweenSources {
    /// The sources disagree, and the article reports that they do.
    #[default]
    Disagreement,
    /// The article vouches for both figures, and contradicts itself.
    Contradiction,
}

/// What a workspace settles. Every key is optional.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// `claims`: claim files, or folders of such.
    pub claims: Vec<Spanned<String>>,
    /// `rules`: rule files, or folders of such; `None` if nothing is said, which is not the same as none at all.
    pub rules: Option<Vec<Spanned<String>>>,
    /// `packs`: packs of rules that are on besides the standard one.
    pub packs: Vec<Pack>,
    /// `compare`: which other articles an article's claims meet, unless it says so itself.
    pub compare: Option<Compare>,
    /// `between-sources`.
    pub between_sources: BetweenSources,
    /// `fail-level`: the least severity that fails a run.
    pub fail_level: Option<Severity>,
    /// `fail-on`: kinds of findings that fail a run whatever their severity.
    pub fail_on: Vec<FindingKind>,
    /// `[convention]`: what articles settle, unless they say so themselves.
    pub conventions: Conventions,
    /// `[reading]`: how digits and the words beside them are taken, unless something nearer says so.
    pub reading: ReadingPolicy,
    /// `[rate]`: what currencies are worth, unless an article says so itself.
    pub rates: Rates,
    /// `[confidence]`: how sure the workspace is of the claims of a source, in (0, 1], unless a claim says so itself.
    pub confidence: BTreeMap<String, Rational>,
    /// `baseline`: the file of clashes that are known, if it is not the usual one.
    pub baseline: Option<Spanned<String>>,
    /// `[[waive]]`: clashes that are accepted.
    pub waivers: Vec<Waiver>,
    /// `[severity]`: how much kinds of findings and rules weigh.
    pub severities: Severities,
    /// `[folder."PATH".severity]`: how much they weigh below a folder.
    pub folders: Vec<Folder>,
    /// `[error-if]`: how many breaches of a rule it takes for them to be errors.
    pub error_if: Vec<Threshold>,
}

/// Every key that a configuration may hold.
pub(crate) const KEYS: &[&str] = &[
    "claims",
    "rules",
    "packs",
    "compare",
    "between-sources",
    "fail-level",
    "fail-on",
    "convention",
    "reading",
    "rate",
    "confidence",
    "severity",
    "folder",
    "error-if",
    "baseline",
    "waive",
];
const CONVENTIONS: &[&str] = &["week-starts", "since", "seasons", "fiscal-year-starts", "fiscal-year-named-for"];
const COMPARE: &[(&str, Compare)] = &[("article", Compare::Article), ("story", Compare::Story), ("all", Compare::All)];
const BETWEEN_SOURCES: &[(&str, BetweenSources)] =
    &[("disagreement", BetweenSources::Disagreement), ("contradiction", BetweenSources::Contradiction)];
pub(super) const LEVELS: &[(&str, Severity)] =
    &[("error", Severity::Error), ("warning", Severity::Warning), ("note", Severity::Note)];
pub(super) const KINDS: &[(&str, FindingKind)] = &[
    ("contradiction", FindingKind::Contradiction),
    ("quote", FindingKind::Quote),
    ("undecided", FindingKind::Undecided),
    ("nothing-checked", FindingKind::NothingChecked),
    ("disagreement", FindingKind::Disagreement),
    ("question", FindingKind::Question),
    ("convention", FindingKind::Convention),
    ("strained", FindingKind::Strained),
    ("waiver", FindingKind::Waiver),
    ("waived", FindingKind::Waived),
];

impl Config {
    /// Reads a configuration. What is wrong with it goes to `errors`; what is right still counts, so that the errors
    /// of claim files can be shown beside them.
    pub fn load(sources: &mut Sources, files: &dyn Files, path: &str, errors: &mut InputErrors) -> Self {
        let Some(file) = sources.read(files, path, errors) else { return Self::default() };
        let Some(table) = document::parse(sources, file, errors) else { return Self::default() };
        table.finish(KEYS, errors);
        Self {
            claims: table.strings("claims", errors),
            rules: table.get("rules").is_some().then(|| table.strings("rules", errors)),
            packs: packs(&table, errors),
            compare: table.choice("compare", COMPARE, errors).map(|given| given.value),
            between_sources: table
                .choice("between-sources", BETWEEN_SOURCES, errors)
                .map_or_else(BetweenSources::default, |given| given.value),
            fail_level: table.choice("fail-level", LEVELS, errors).map(|given| given.value),
            fail_on: fail_on(&table, errors),
            conventions: table
                .table("convention", errors)
                .map_or_else(Conventions::default, |it| conventions(it, errors)),
            reading: table.table("reading", errors).map_or_else(ReadingPolicy::default, |it| read_reading(it, errors)),
            rates: table.table("rate", errors).map_or_else(Rates::default, |it| read_rates(it, errors)),
            confidence: table.table("confidence", errors).map(|it| confidences(it, errors)).unwrap_or_default(),
            baseline: table.string("baseline", errors),
            waivers: read_waivers(&table, errors),
            severities: severities(&table, errors),
            folders: folders(&table, errors),
            error_if: thresholds(&table, errors),
        }
    }

    /// Gives claims the confidence that the configuration sets for their sources, where they do not say it themselves.
    pub(super) fn trust(&self, claims: &mut Claims) {
        if self.confidence.is_empty() {
            return;
        }
        for (claim, detail) in claims.claims.iter().zip(&mut claims.details) {
            if let (None, Some(source)) = (&detail.confidence, &claim.source) {
                detail.confidence = self.confidence.get(source).cloned();
            }
        }
    }

    /// Gives rules the severity that the configuration sets for them. A name that is neither a kind of finding nor a
    /// rule is an error: a setting that does nothing would be taken for one that does.
    pub(super) fn weigh(&self, rules: &mut Rules, errors: &mut InputErrors) {
        for (id, severity) in &self.severities.rules {
            for rule in rules.rules.iter_mut().filter(|rule| rule.id.value == *id) {
                rule.severity = severity.value;
            }
        }
        let names = self.severities.rules.iter().map(|(id, severity)| (id.as_str(), severity.span));
        unknown(names, rules, None, errors);
    }

    /// The rules that it names for a folder or a threshold, with their places.
    pub(super) fn rules_named(&self) -> impl Iterator<Item = (&str, Span)> {
        let of_folders = self.folders.iter().flat_map(|folder| &folder.severities.rules);
        let of_folders = of_folders.map(|(id, severity)| (id.as_str(), severity.span));
        of_folders.chain(self.error_if.iter().map(|it| (it.rule.value.as_str(), it.rule.span)))
    }
}

/// The confidence of each source.
fn confidences(table: &Table, errors: &mut InputErrors) -> BTreeMap<String, Rational> {
    let mut found = BTreeMap::new();
    for (source, _) in table.entries() {
        if let Some(confidence) = read_confidence(table, &source.value, errors) {
            found.insert(source.value.clone(), confidence);
        }
    }
    found
}

/// The packs that are asked for, each once.
fn packs(table: &Table, errors: &mut InputErrors) -> Vec<Pack> {
    let mut packs = Vec::new();
    for given in table.strings("packs", errors) {
        match PACKS.iter().find(|(name, _)| *name == given.value) {
            Some((_, pack)) if packs.contains(pack) => {
                errors.push(InputError::at(given.span, format!("the pack `{}` is named twice", given.value)));
            }
            Some((_, pack)) => packs.push(*pack),
            None => {
                let error = InputError::at(given.span, format!("there is no pack `{}`", given.value));
                errors.push(match nearest(&given.value, PACKS.iter().map(|(name, _)| *name)) {
                    Some(near) => error.label(format!("did you mean `{near}`?")),
                    None if given.value == "standard" => error.help("the standard pack is always on"),
                    None => error.help("write packs = [\"statistics\"]"),
                });
            }
        }
    }
    packs
}

fn fail_on(table: &Table, errors: &mut InputErrors) -> Vec<FindingKind> {
    let mut kinds = Vec::new();
    for given in table.strings("fail-on", errors) {
        match KINDS.iter().find(|(name, _)| *name == given.value) {
            Some((_, kind)) => kinds.push(*kind),
            None => errors.push(unknown_kind(&given)),
        }
    }
    kinds
}

fn unknown_kind(given: &Spanned<String>) -> InputError {
    let names = || KINDS.iter().map(|(name, _)| *name);
    let error = InputError::at(given.span, format!("`{}` is no kind of finding", given.value));
    match nearest(&given.value, names()) {
        Some(near) => error.label(format!("did you mean `{near}`?")),
        None => error.help(format!("kinds are {}", names().collect::<Vec<_>>().join(", "))),
    }
}

fn conventions(table: &Table, errors: &mut InputErrors) -> Conventions {
    table.finish(CONVENTIONS, errors);
    read_conventions(table, &Conventions::default(), errors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{FiscalYear, NamedFor, WeekStart};
    use crate::number::Rounding;
    use std::io;

    /// A workspace that has nothing but a configuration.
    struct Only(&'static str);

    impl Files for Only {
        fn read(&self, _: &str) -> io::Result<Vec<u8>> {
            Ok(self.0.as_bytes().to_vec())
        }

        fn list(&self, _: &str) -> io::Result<Vec<String>> {
            Err(io::ErrorKind::NotFound.into())
        }

        fn is_inside(&self, _: &str) -> bool {
            true
        }
    }

    fn read(text: &'static str) -> (Config, Vec<String>) {
        let mut errors = InputErrors::default();
        let config = Config::load(&mut Sources::new(), &Only(text), CONFIG_NAME, &mut errors);
        (config, errors.0.into_iter().map(|error| error.message).collect())
    }

    #[test]
    fn an_empty_configuration_settles_nothing() {
        let (config, errors) = read("");
        assert!(errors.is_empty() && config.rules.is_none() && config.compare.is_none() && config.fail_level.is_none());
        assert_eq!(
            (config.between_sources, config.conventions),
            (BetweenSources::Disagreement, Conventions::default())
        );
    }

    #[test]
    fn every_key_is_read() {
        let (config, errors) = read(
            "claims = \"texts\"\nrules = []\npacks = [\"statistics\"]\ncompare = \"story\"\nbetween-sources = \"contradiction\"\n\
             fail-level = \"note\"\nfail-on = [\"question\", \"strained\"]\n\
             [convention]\nweek-starts = \"sunday\"\nsince = \"end\"\nseasons = \"south\"\nfiscal-year-starts = 4\n\
             [reading]\nrounding = \"half-up\"\n[reading.about]\nsoft = \"5%\"\nwords = \"in the ballpark of\"\n\
             [rate]\nto = \"EUR\"\nUSD = 0.9\n[severity]\nquestion = \"error\"\nadditive = \"off\"\n",
        );
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(config.claims.first().map(|path| path.value.as_str()), Some("texts"));
        assert_eq!(config.packs, [Pack::Statistics]);
        assert_eq!(config.rules.map(|rules| rules.len()), Some(0), "no rules at all is not nothing said");
        assert_eq!((config.compare, config.between_sources), (Some(Compare::Story), BetweenSources::Contradiction));
        assert_eq!(config.fail_level, Some(Severity::Note));
        assert_eq!(config.fail_on, [FindingKind::Question, FindingKind::Strained]);
        assert_eq!(config.conventions.week_starts, Some(WeekStart::Sunday));
        assert_eq!(config.conventions.fiscal_year, FiscalYear::new(4, NamedFor::End));
        assert_eq!(config.reading.rounding, Some(Rounding::HalfUp));
        assert!(config.reading.table.is_some_and(|table| !table.is_empty()));
        assert_ne!(config.rates, Rates::default());
        assert_eq!(config.severities.kinds.get(&FindingKind::Question), Some(&Severity::Error));
        assert_eq!(config.severities.rules.get("additive").map(|it| it.value), Some(None));
    }

    #[test]
    fn every_mistake_is_an_error_and_none_hides_another() {
        let (_, errors) = read(
            "claim = 1\nrules = 2\npacks = [\"statistic\", \"standard\"]\ncompare = \"al\"\nfail-level = \"fatal\"\nfail-on = \"all\"\n\
             [convention]\nweek-start = \"sunday\"\nfiscal-year-starts = 0\n[severity]\nquote = \"off\"\n\
             [reading]\nrounding = \"up\"\nabout = 5\n[reading.nearly]\nsoft = \"lots\"\nhart = \"any\"\n\
             [reading.abuot]\nsoft = \"5%\"\n[rate]\nUSD = 0\n",
        );
        assert_eq!(errors.len(), 17, "{errors:#?}");
    }
}
