//! Redoing certificates from the input files: each by itself, and all of it.

use super::certificate::{
    Certificate, CertificateError, Certificates, Demonstration, Leaning, Quantified, Readings, Said, Source,
    UnderChoice,
};
use super::cycle::Grounds;
use super::facts::{Checked, Facts, WHEN};
use super::index::Index;
use super::notation::notation;
use super::{cycle, evaluate, instance, joint, witness, write};
use crate::calendar::{Choice, DaySet};
use crate::claim::{ArticleId, Claims, Kind};
use crate::rule::Rules;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The version of the format that is read.
const SCHEMA: u32 = 3;

/// Checks every certificate against freshly loaded claims and rules. `inputs` are the path and SHA-256 of the files as
/// they are now.
///
/// # Errors
/// Every certificate that does not follow, at the step that fails. Where the format is another or the input has
/// changed, nothing else is looked at.
pub fn verify(
    certificates: &Certificates,
    claims: &Claims,
    rules: &Rules,
    inputs: &[(String, String)],
) -> Result<(), Vec<CertificateError>> {
    if certificates.schema != SCHEMA {
        return Err(vec![CertificateError::OtherSchema { found: certificates.schema, known: SCHEMA }]);
    }
    let changed = other_inputs(&certificates.inputs, inputs);
    if !changed.is_empty() {
        return Err(changed.into_iter().map(|path| CertificateError::OtherInput { path }).collect());
    }
    let index = Index::of(claims, rules);
    let facts = Facts { claims, rules, index: &index };
    let as_said = certificates.certificates.iter().map(|certificate| (certificate, None));
    let chosen = certificates.conventions.iter().map(|under| (&under.certificate, Some(under)));
    let mut seen: BTreeSet<(&str, Option<&[String]>)> = BTreeSet::new();
    let mut refused = Vec::new();
    for (certificate, under) in as_said.chain(chosen) {
        let name = &certificate.fingerprint;
        let again = !seen.insert((name.as_str(), under.map(|under| under.settings.as_slice())));
        let result = match under {
            _ if again => Err((None, "it is given twice".to_owned())),
            Some(under) => redo_under(claims, rules, under),
            None => redo(facts, certificate),
        };
        if let Err((step, reason)) = result {
            let certificate = name.clone();
            refused.push(match step {
                Some(step) => CertificateError::Step { certificate, step, reason },
                None => CertificateError::Whole { certificate, reason },
            });
        }
    }
    if let Some(witness) = &certificates.witness
        && let Err(reasons) = witness::check(facts, &certificates.certificates, witness)
    {
        refused.extend(reasons.into_iter().map(|reason| CertificateError::Witness { reason }));
    }
    if refused.is_empty() { Ok(()) } else { Err(refused) }
}

/// The files that are not the same, or not there, on both sides; where the lists differ otherwise, the first file.
fn other_inputs(then: &[(String, String)], now: &[(String, String)]) -> Vec<String> {
    let only = |one: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
        one.iter().filter(|input| !other.contains(input)).map(|(path, _)| path.clone()).collect()
    };
    let changed: BTreeSet<String> = only(then, now).into_iter().chain(only(now, then)).collect();
    if changed.is_empty() && then != now {
        return then.iter().take(1).map(|(path, _)| path.clone()).collect();
    }
    changed.into_iter().collect()
}

/// Redoes a certificate from the claims as they are read under a choice of conventions.
fn redo_under(claims: &Claims, rules: &Rules, under: &UnderChoice) -> Result<(), (Option<usize>, String)> {
    let whole = |reason: String| (None, reason);
    let named = claims.articles.iter().position(|article| article.id == under.article).map(ArticleId::at);
    let article = named.ok_or_else(|| whole(format!("there is no article `{}`", under.article)))?;
    let open = claims.open_choices(article);
    let choices: Vec<Choice> = open.into_iter().filter(|choice| under.settings.contains(&choice.setting())).collect();
    if choices.is_empty() || !choices.iter().map(|choice| choice.setting()).eq(under.settings.iter().cloned()) {
        return Err(whole("its settings are not those that the words of the article leave open".to_owned()));
    }
    let each_once = |(at, choice): (usize, &Choice)| {
        !choices.iter().skip(at.saturating_add(1)).any(|it| it.is_of_one_convention(*choice))
    };
    if !choices.iter().enumerate().all(each_once) {
        return Err(whole("it chooses a convention twice".to_owned()));
    }
    let claims = claims.under(article, &choices);
    let index = Index::of(&claims, rules);
    redo(Facts { claims: &claims, rules, index: &index }, &under.certificate)
}

/// Redoes one certificate.
///
/// # Errors
/// The step that does not follow (none if it is the whole), and why.
pub(super) fn redo(facts: Facts<'_>, certificate: &Certificate) -> Result<(), (Option<usize>, String)> {
    let whole = |reason: String| (None, reason);
    for rule in &certificate.rules {
        facts.rule(rule).map_err(whole)?;
    }
    match &certificate.proof {
        Demonstration::Cycle(steps) => {
            let grounds = cycle::redo(facts, certificate.readings, steps)?;
            rests_on(certificate, grounds).map_err(whole)?;
        }
        Demonstration::Apart(says) => apart(facts, certificate, says).map_err(whole)?,
        Demonstration::Impossible { source, variables, formula } => {
            impossible(facts, certificate, source, variables, formula).map_err(whole)?;
        }
        Demonstration::Joint(proof) => {
            let grounds = joint::redo(facts, certificate, proof)?;
            rests_on(certificate, grounds).map_err(whole)?;
        }
    }
    let fingerprint = fingerprint(facts, certificate).map_err(whole)?;
    if fingerprint == certificate.fingerprint {
        Ok(())
    } else {
        Err(whole("its fingerprint is not that of these rules and mentions".to_owned()))
    }
}

/// Whether a certificate names just what its proof turned out to rest on.
fn rests_on(certificate: &Certificate, grounds: Grounds) -> Checked<()> {
    if !grounds.statements.iter().map(|(_, said)| said).eq(&certificate.statements) {
        return Err("it rests on other mentions than those that it names".to_owned());
    }
    let mut rules = grounds.rules;
    rules.extend(grounds.adds.into_iter().filter(|rule| certificate.rules.contains(rule)));
    named(&certificate.rules, rules)?;
    leaned(&certificate.leans, grounds.leans)?;
    if certificate.readings == Readings::Soft && !grounds.softened {
        return Err("it rests on hard readings alone".to_owned());
    }
    Ok(())
}

fn named(listed: &[String], found: BTreeSet<String>) -> Checked<()> {
    if listed.iter().eq(found.iter()) {
        Ok(())
    } else {
        let found: Vec<String> = found.into_iter().collect();
        Err(format!("it rests on these rules, and no others: {}", found.join(", ")))
    }
}

fn leaned(listed: &[Leaning], found: BTreeSet<Leaning>) -> Checked<()> {
    if listed.iter().eq(found.iter()) { Ok(()) } else { Err("it leans on other things than it says".to_owned()) }
}

/// Two mentions that have nothing in common.
fn apart(facts: Facts<'_>, certificate: &Certificate, says: &[String]) -> Checked<()> {
    named(&certificate.rules, BTreeSet::from(["same-figure".to_owned()]))?;
    let [one, other] = certificate.statements.as_slice() else {
        return Err("two mentions clash, no more and no less".to_owned());
    };
    if (facts.rank(&one.claim), one.mention) >= (facts.rank(&other.claim), other.mention) {
        return Err("its mentions are not in the order of their files".to_owned());
    }
    let (claim, claim2) = (facts.claim(&one.claim)?, facts.claim(&other.claim)?);
    let mut leans = BTreeSet::new();
    let found = match (&claim.kind, &claim2.kind) {
        (Kind::Figure(figure), Kind::Figure(figure2)) => {
            if !facts.one_figure(claim, claim2) {
                return Err("the two are not mentions of one figure".to_owned());
            }
            if claim.id != claim2.id && facts.moment_unsaid(figure)? {
                leans.insert(Leaning::Unspecified { dimension: WHEN.to_owned(), member: String::new() });
            }
            let values = |readings| -> Checked<_> {
                Ok([facts.values(figure, one.mention, readings)?, facts.values(figure2, other.mention, readings)?])
            };
            let [first, second] = values(certificate.readings)?;
            if first.meets(&second) {
                return Err("the two mentions have values in common".to_owned());
            }
            for (figure, mention, values) in [(figure, one.mention, &first), (figure2, other.mention, &second)] {
                let says_so = |earlier| facts.values(figure, earlier, certificate.readings).as_ref() == Ok(values);
                if (1..mention).any(says_so) {
                    return Err("an earlier mention of the claim says the same".to_owned());
                }
            }
            let [hard, hard2] = values(Readings::Hard)?;
            if certificate.readings == Readings::Soft && !hard.meets(&hard2) {
                return Err("it rests on hard readings alone".to_owned());
            }
            [first.to_string(), second.to_string()]
        }
        (Kind::Text(text), Kind::Text(text2)) => {
            let alike = text.about.value == text2.about.value
                && facts.among(claim) == facts.among(claim2)
                && (one.mention, other.mention) == (1, 1)
                && certificate.readings == Readings::Hard;
            if !alike || text.says.value.trim() == text2.says.value.trim() {
                return Err("the two texts do not differ on one thing".to_owned());
            }
            [text.says.value.clone(), text2.says.value.clone()]
        }
        _ => return Err("the two are neither figures nor texts".to_owned()),
    };
    if found.as_slice() != says {
        return Err("its mentions say something else".to_owned());
    }
    leaned(&certificate.leans, leans)
}

/// A formula that no choice of values satisfies.
fn impossible(
    facts: Facts<'_>,
    certificate: &Certificate,
    source: &Source,
    variables: &[Quantified],
    formula: &str,
) -> Checked<()> {
    let [rule] = certificate.rules.as_slice() else { return Err("one rule is broken, no more and no less".to_owned()) };
    let redone = instance::redo(facts, rule, source)?;
    let (text, order) = notation(&redone.formula);
    if text != formula {
        return Err(format!("its source gives another formula: {text}"));
    }
    let mut bounding: BTreeSet<(usize, Said)> = BTreeSet::new();
    for said in &certificate.statements {
        let claim = facts.claim(&said.claim)?;
        let bounds = redone.meant.iter().any(|meant| match meant {
            super::expression::Meant::Figure(id) => facts.claim(id).is_ok_and(|first| facts.one_figure(first, claim)),
            super::expression::Meant::Event(id) => *id == said.claim && said.mention == 1,
            super::expression::Meant::Unreported(_) | super::expression::Meant::Unknown(_) => false,
        });
        if !bounds {
            return Err(format!("`{}` has nothing to do with it", said.claim));
        }
        bounding.insert((facts.rank(&said.claim), said.clone()));
    }
    if !bounding.iter().map(|(_, said)| said).eq(&certificate.statements) {
        return Err("its mentions are not in the order of their files, each once".to_owned());
    }
    let quantified = |readings| write::quantified(facts, readings, &certificate.statements, &redone.meant, &order);
    for (_, said) in &bounding {
        let mentions = facts.figure(&said.claim).map_or(1, |(_, figure)| figure.readings.len());
        let listed = certificate.statements.iter().filter(|other| other.claim == said.claim).count();
        if listed != mentions {
            return Err(format!("it leaves out a mention of `{}`", said.claim));
        }
    }
    let found = quantified(certificate.readings)?;
    if found != variables {
        return Err("its variables stand for something else, or may have other values".to_owned());
    }
    if certificate.readings == Readings::Soft && quantified(Readings::Hard)? == found {
        return Err("it rests on hard readings alone".to_owned());
    }
    leaned(&certificate.leans, redone.leans)?;
    let domains =
        redone.meant.iter().map(|meant| write::domain(facts, certificate.readings, &certificate.statements, meant));
    match evaluate::impossible(&redone.formula, &domains.collect::<Checked<Vec<_>>>()?) {
        Some(true) => Ok(()),
        _ => Err("that no values satisfy it could not be redone".to_owned()),
    }
}

/// SHA-256 over rule ids, claim ids and their readings, in hexadecimal.
fn fingerprint(facts: Facts<'_>, certificate: &Certificate) -> Checked<String> {
    let mut said = BTreeSet::new();
    for mention in &certificate.statements {
        let claim = facts.claim(&mention.claim)?;
        let says = match &claim.kind {
            Kind::Figure(figure) => {
                let reading = facts.said(figure, mention.mention)?;
                format!("{} / {}", reading.hard(), reading.soft())
            }
            Kind::Event(_) => {
                let said = |readings| {
                    DaySet::of(facts.stretches(claim, readings)).map(|days| days.notation()).unwrap_or_default()
                };
                format!("{} / {}", said(Readings::Hard), said(Readings::Soft))
            }
            Kind::Text(text) => text.says.value.clone(),
        };
        said.insert(format!("{}\t{says}", claim.id));
    }
    let mut hasher = Sha256::new();
    for part in certificate.rules.iter().map(String::as_str).chain(["\u{0}"]).chain(said.iter().map(String::as_str)) {
        hasher.update(part.as_bytes());
        hasher.update([0x1f]);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{Because, Place, Step};

    fn certificates(schema: u32, inputs: &[(&str, &str)], steps: Vec<Step>) -> Certificates {
        let certificate = Certificate {
            fingerprint: "f".to_owned(),
            readings: Readings::Hard,
            rules: Vec::new(),
            statements: Vec::new(),
            leans: Vec::new(),
            proof: Demonstration::Cycle(steps),
        };
        let inputs = inputs.iter().map(|(path, hash)| ((*path).to_owned(), (*hash).to_owned())).collect();
        Certificates { schema, inputs, certificates: vec![certificate], conventions: Vec::new(), witness: None }
    }

    fn refused(given: &Certificates, now: &[(&str, &str)]) -> Vec<String> {
        let now: Vec<(String, String)> =
            now.iter().map(|(path, hash)| ((*path).to_owned(), (*hash).to_owned())).collect();
        let result = verify(given, &Claims::default(), &Rules::default(), &now);
        result.err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn another_format_is_refused_before_anything_is_looked_at() {
        let found = refused(&certificates(4, &[("a", "1")], Vec::new()), &[]);
        assert_eq!(found, ["the file is of certificate format 4, but this program reads format 3; write it again"]);
    }

    #[test]
    fn every_file_that_changed_came_or_went_is_named() {
        let found = refused(&certificates(3, &[("a", "1"), ("b", "1")], Vec::new()), &[("a", "2"), ("c", "1")]);
        let other = |path: &str| format!("it was made for another version of {path}");
        assert_eq!(found, [other("a"), other("b"), other("c")]);
    }

    #[test]
    fn nothing_adds_up_to_less_than_nothing() {
        let found = refused(&certificates(3, &[], Vec::new()), &[]);
        assert_eq!(found, ["certificate f: the bounds do not add up to less than nothing"]);
    }

    #[test]
    fn a_step_that_speaks_of_no_claim_is_refused_at_its_place() {
        let why = Because::Dated(crate::verify::Bound {
            claim: "a/b".to_owned(),
            mention: 1,
            side: crate::problem::Side::Least,
        });
        let step = Step { from: Place::Epoch, to: Place::Epoch, at_most: "-1".to_owned(), strict: false, why };
        let found = refused(&certificates(3, &[], vec![step.clone()]), &[]);
        assert_eq!(found, ["certificate f, step 1: there is no claim `a/b`"]);
        let order = Step { why: Because::Order, ..step };
        let found = refused(&certificates(3, &[], vec![order]), &[]);
        assert_eq!(found, ["certificate f, step 1: it does not speak of running totals"]);
    }
}
