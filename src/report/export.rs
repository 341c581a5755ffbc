//! `--export`: what was found, as a table with a row for each claim of each finding, to be joined to the data.
//!
//! The first two columns, and the third where the claim is a cell of a record, say which claim it is: its id is
//! `ARTICLE/KEY`, or `ARTICLE/KEY.COLUMN`. A finding of no claim has a row without them, so that none is lost.

use super::Report;
use super::cells::{Cell, Holds, Table, TableForm, begin};
use super::json::Place;
use super::summary::{kind_name, severity_name};
use super::volume::rules_of;
use crate::claim::{ArticleId, Claims};
use crate::finding::{Finding, Repair, Role, Settling};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::{self, Write};

/// The columns.
const HEADER: [(&str, Holds); 13] = [
    ("article", Holds::Texts),
    ("key", Holds::Texts),
    ("column", Holds::Texts),
    ("rule", Holds::Texts),
    ("finding", Holds::Texts),
    ("kind", Holds::Texts),
    ("severity", Holds::Texts),
    ("role", Holds::Texts),
    ("settled-by", Holds::Texts),
    ("exact", Holds::Truths),
    ("together-with", Holds::Texts),
    ("file", Holds::Texts),
    ("line", Holds::Counts),
];

/// Writes the claims of the findings of a report as a table.
///
/// # Errors
/// If it cannot be written.
pub fn export(report: &Report<'_>, form: TableForm, out: &mut dyn Write) -> io::Result<()> {
    let names = Names::of(report.read);
    let mut ways: HashMap<&str, Vec<&Repair>> = HashMap::new();
    for cause in report.causes {
        if let Settling::By { repairs, .. } = &cause.settling {
            for finding in &cause.findings {
                ways.entry(finding).or_default().extend(repairs);
            }
        }
    }
    let mut table = begin(form, &HEADER, out)?;
    for finding in report.findings {
        // What settles all that hangs together comes before what would settle this finding alone.
        let together = ways.get(finding.fingerprint.as_str()).into_iter().flatten().copied();
        let repairs: Vec<&Repair> = together.chain(&finding.repairs).collect();
        if finding.claims.is_empty() {
            claim_of(report, finding, None, &names, &repairs, table.as_mut())?;
        }
        for claim in &finding.claims {
            claim_of(report, finding, Some(claim), &names, &repairs, table.as_mut())?;
        }
    }
    table.finish()
}

/// The row of a claim of a finding.
fn claim_of(
    report: &Report<'_>,
    finding: &Finding,
    claim: Option<&String>,
    names: &Names<'_>,
    repairs: &[&Repair],
    table: &mut dyn Table,
) -> io::Result<()> {
    let (article, key, column) = claim.map_or(("", "", ""), |claim| names.parts(claim));
    let location = finding.locations.iter().find(|it| claim.is_none() || it.claim.as_ref() == claim);
    let role = location.map_or("", |location| match location.role {
        Role::Primary => "primary",
        Role::Secondary => "secondary",
    });
    let place = location.map(|location| Place::of(report.sources, location.span));
    let repair = claim.and_then(|claim| {
        let of_it = || repairs.iter().filter(|repair| repair.values.iter().any(|(id, _)| id == claim));
        of_it().find(|repair| repair.claims.len() == 1).or_else(|| of_it().next())
    });
    let value = repair.and_then(|it| it.values.iter().find(|(id, _)| Some(id) == claim)).map_or("", |(_, it)| it);
    let others = repair.into_iter().flat_map(|it| &it.claims).filter(|id| Some(*id) != claim);
    let others: Vec<&str> = others.map(String::as_str).collect();
    let rules = rules_of(finding);
    let cells = [
        Cell::Name(article),
        Cell::Name(key),
        Cell::Name(column),
        Cell::Name(&rules.join("; ")),
        Cell::Value(&finding.fingerprint),
        Cell::Value(kind_name(finding.kind)),
        Cell::Value(severity_name(finding.severity)),
        Cell::Value(role),
        Cell::Value(point(value)),
        repair.map_or(Cell::None, |repair| Cell::Truth(repair.exact)),
        Cell::Name(&others.join("; ")),
        Cell::Name(place.as_ref().map_or("", |place| place.file)),
        place.as_ref().map_or(Cell::None, |place| Cell::Count(place.line)),
    ];
    table.row(&cells)
}

/// A single value without its brackets: `246` of `[246, 246]`. Every other set stays as it is.
fn point(values: &str) -> &str {
    let ends = values.strip_prefix('[').and_then(|it| it.strip_suffix(']')).and_then(|it| it.split_once(", "));
    ends.filter(|(least, most)| least == most).map_or(values, |(value, _)| value)
}

/// What the parts of claim ids are.
pub(super) struct Names<'a> {
    articles: HashMap<&'a str, ArticleId>,
    /// The records of each article, and the columns that they may have.
    records: BTreeMap<ArticleId, (HashSet<&'a str>, BTreeSet<&'a str>)>,
}

impl<'a> Names<'a> {
    pub(super) fn of(claims: &'a Claims) -> Self {
        let articles = claims.articles.iter().enumerate().map(|(at, it)| (it.id.as_str(), ArticleId::at(at))).collect();
        let mut records: BTreeMap<ArticleId, (HashSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
        for table in &claims.records {
            let (names, columns) = records.entry(table.article).or_default();
            names.extend(table.records.iter().map(String::as_str));
            columns.extend(table.columns.iter().map(|(column, _)| column.as_str()));
        }
        Self { articles, records }
    }

    /// The article of a claim, its record and its column; or its article, its name and nothing.
    pub(super) fn parts<'i>(&self, id: &'i str) -> (&'i str, &'i str, &'i str) {
        let splits = id.match_indices('/').filter_map(|(at, _)| Some((id.get(..at)?, id.get(at.saturating_add(1)..)?)));
        let found =
            splits.filter_map(|(article, name)| Some((article, name, *self.articles.get(article)?))).next_back();
        let Some((article, name, number)) = found else { return ("", id, "") };
        let cell = self.records.get(&number).and_then(|(records, columns)| {
            let dots = name.match_indices('.');
            let mut splits = dots.filter_map(|(at, _)| Some((name.get(..at)?, name.get(at.saturating_add(1)..)?)));
            splits.rfind(|(record, column)| columns.contains(column) && records.contains(record))
        });
        cell.map_or((article, name, ""), |(record, column)| (article, record, column))
    }
}
