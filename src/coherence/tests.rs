//! Everything that is said of small rule sets over whole figures, held against all figures there are.

use super::{Applied, Coherence, Remark, RemarkKind, look};
use crate::claim::Claims;
use crate::rule;
use crate::source::{InputErrors, NoFiles};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What is said of a rule file.
fn said_of(text: &str) -> Coherence {
    let (mut sources, mut errors) = (rule::sources(), InputErrors::default());
    let file = sources.add("rules/r.toml", text);
    let rules = rule::load(&[], &mut sources, &NoFiles, &[file], &mut errors);
    assert!(errors.is_empty(), "{:#?}\n{text}", errors.0);
    let claims = Claims { vocabulary: rules.vocabulary.clone(), ..Claims::default() };
    look(&rules, &claims, None)
}

/// A relation over measures that are named like themselves.
fn relation(id: &str, measures: &[&str], require: &str) -> String {
    let given: Vec<String> = measures.iter().map(|name| format!("{name} = {{ measure = \"{name}\" }}")).collect();
    format!("[rule.{id}]\nkind = \"relation\"\ngiven = {{ {} }}\nrequire = \"{require}\"\n", given.join(", "))
}

fn kinds(coherence: &Coherence) -> Vec<(RemarkKind, Vec<&str>)> {
    coherence.remarks.iter().map(|it| (it.kind, it.rules.iter().map(String::as_str).collect())).collect()
}

const NAMES: [&str; 3] = ["a", "b", "c"];
/// The figures are whole numbers from 0 to this.
const GREATEST: i64 = 4;

/// What is compared with a number: a sum of multiples, a product or a quotient.
#[derive(Clone, Debug)]
enum Left {
    Sum([i64; 3]),
    Product(usize, usize),
    Quotient(usize, usize),
}

/// A comparison with a number.
#[derive(Clone, Debug)]
struct Comparing {
    left: Left,
    sign: usize,
    bound: i64,
}

const SIGNS: [&str; 6] = ["<=", "<", ">=", ">", "==", "!="];

impl Comparing {
    /// Whether it holds; `None` where it says nothing.
    fn says(&self, values: &[i64; 3]) -> Option<bool> {
        // Both sides of a quotient are multiplied by the square of its divisor.
        let (left, right) = match self.left {
            Left::Sum(factors) => (factors.iter().zip(values).map(|(factor, value)| factor * value).sum(), self.bound),
            Left::Product(one, other) => (values[one] * values[other], self.bound),
            Left::Quotient(_, by) if values[by] == 0 => return None,
            Left::Quotient(of, by) => (values[of] * values[by], self.bound * values[by] * values[by]),
        };
        Some(match SIGNS[self.sign] {
            "<=" => left <= right,
            "<" => left < right,
            ">=" => left >= right,
            ">" => left > right,
            "==" => left == right,
            _ => left != right,
        })
    }

    fn written(&self) -> String {
        let left = match self.left {
            Left::Sum(factors) => {
                let terms = factors.iter().zip(NAMES).filter(|(factor, _)| **factor != 0);
                terms.map(|(factor, name)| format!("{factor} * {name}")).collect::<Vec<_>>().join(" + ")
            }
            Left::Product(one, other) => format!("{} * {}", NAMES[one], NAMES[other]),
            Left::Quotient(of, by) => format!("{} / {}", NAMES[of], NAMES[by]),
        };
        format!("{left} {} {}", SIGNS[self.sign], self.bound)
    }

    fn names(&self) -> BTreeSet<usize> {
        match self.left {
            Left::Sum(factors) => (0..3).filter(|at| factors[*at] != 0).collect(),
            Left::Product(one, other) | Left::Quotient(one, other) => BTreeSet::from([one, other]),
        }
    }
}

/// A rule of the test: `if` a condition, a comparison.
#[derive(Clone, Debug)]
struct Ruled {
    condition: Option<Comparing>,
    then: Comparing,
}

impl Ruled {
    fn holds(&self, values: &[i64; 3]) -> bool {
        let applies = self.condition.as_ref().is_none_or(|condition| condition.says(values) == Some(true));
        !applies || self.then.says(values) != Some(false)
    }

    fn names(&self) -> BTreeSet<usize> {
        let condition = self.condition.as_ref().map(Comparing::names).unwrap_or_default();
        condition.union(&self.then.names()).copied().collect()
    }

    fn written(&self) -> String {
        match &self.condition {
            Some(condition) => format!("if {} then {}", condition.written(), self.then.written()),
            None => self.then.written(),
        }
    }
}

fn sum() -> impl Strategy<Value = Left> {
    let factors = prop::array::uniform3(prop_oneof![3 => Just(0_i64), 4 => -3_i64..=3]);
    factors
        .prop_filter("a comparison is of something", |factors| factors.iter().any(|factor| *factor != 0))
        .prop_map(Left::Sum)
}

fn bent() -> impl Strategy<Value = Left> {
    prop_oneof![
        sum(),
        (0_usize..3, 0_usize..3).prop_map(|(one, other)| Left::Product(one, other)),
        (0_usize..3, 0_usize..3).prop_map(|(of, by)| Left::Quotient(of, by)),
    ]
}

fn comparing(left: BoxedStrategy<Left>) -> impl Strategy<Value = Comparing> {
    (left, 0_usize..SIGNS.len(), -6_i64..=14).prop_map(|(left, sign, bound)| Comparing { left, sign, bound })
}

fn ruled(left: BoxedStrategy<Left>) -> impl Strategy<Value = Ruled> {
    (prop::option::weighted(0.25, comparing(left.clone())), comparing(left))
        .prop_map(|(condition, then)| Ruled { condition, then })
}

fn box_of_all() -> Vec<[i64; 3]> {
    let each = || 0..=GREATEST;
    each().flat_map(|a| each().flat_map(move |b| each().map(move |c| [a, b, c]))).collect()
}

/// A bound that was told, as a function of values: `a + 2 * b <= c + 3`.
fn told(text: &str, values: &[i64; 3]) -> bool {
    slack(text, values) >= 0
}

/// By how much values are within a bound that was told.
fn slack(text: &str, values: &[i64; 3]) -> i64 {
    let (left, right, at_most) = match (text.split_once(" <= "), text.split_once(" >= ")) {
        (Some((left, right)), _) => (left, right, true),
        (_, Some((left, right))) => (left, right, false),
        _ => panic!("{text}"),
    };
    let side = |side: &str| -> i64 {
        let spaced = side.replace(" - ", " + -");
        let term = |term: &str| match term.split_once(" * ") {
            Some((factor, name)) => factor.parse::<i64>().unwrap() * value(name, values),
            None => value(term, values),
        };
        spaced.split(" + ").map(term).sum()
    };
    if at_most { side(right) - side(left) } else { side(left) - side(right) }
}

fn value(name: &str, values: &[i64; 3]) -> i64 {
    match NAMES.iter().position(|own| *own == name) {
        Some(at) => values[at],
        None => name.parse().unwrap_or_else(|_| panic!("{name}")),
    }
}

/// Whether some values satisfy all of these.
fn possible(rules: &[&Ruled], also: &dyn Fn(&[i64; 3]) -> bool) -> bool {
    box_of_all().iter().any(|values| rules.iter().all(|rule| rule.holds(values)) && also(values))
}

fn implies(rules: &[&Ruled], holds: &dyn Fn(&[i64; 3]) -> bool) -> bool {
    !possible(rules, &|values| !holds(values))
}

fn without<'r>(rules: &[&'r Ruled], at: usize) -> Vec<&'r Ruled> {
    rules.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, rule)| *rule).collect()
}

fn hold_to_all_figures(all: &[Ruled]) {
    let mut text: String = NAMES
        .iter()
        .map(|name| {
            format!("[measure.{name}]\nover-time = \"none\"\nleast = 0\ngreatest = {GREATEST}\ninteger = true\n")
        })
        .collect();
    for (at, rule) in all.iter().enumerate() {
        let names: Vec<&str> = rule.names().iter().map(|at| NAMES[*at]).collect();
        text.push_str(&relation(&format!("r{at}"), &names, &rule.written()));
    }
    let found = said_of(&text);
    let at = |id: &String| id[1..].parse::<usize>().unwrap();
    let of = |ids: &[String]| -> Vec<&Ruled> { ids.iter().map(|id| &all[at(id)]).collect() };
    let everything: Vec<&Ruled> = all.iter().collect();
    let anything = |_: &[i64; 3]| true;
    let context = || format!("{text}\n{:#?}", found.remarks);
    let clashes: Vec<&Remark> = found.remarks.iter().filter(|it| it.kind == RemarkKind::NeverTogether).collect();
    let all_told = found.not_looked.iter().all(|it| clashes.iter().any(|clash| clash.rules.contains(&it.rule)));
    assert!(!clashes.is_empty() || !all_told || possible(&everything, &anything), "{}", context());
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for remark in &found.remarks {
        let (rules, others) = (of(&remark.rules), of(&remark.others));
        match remark.kind {
            RemarkKind::NeverTogether => {
                assert!(!possible(&rules, &anything), "{}", context());
                for at in 0..rules.len() {
                    assert!(possible(&without(&rules, at), &anything), "it is not minimal: {}", context());
                }
            }
            RemarkKind::NeverApplies => {
                let condition = rules[0].condition.as_ref().unwrap();
                assert!(!possible(&others, &|values| condition.says(values) == Some(true)), "{}", context());
                for at in 0..others.len() {
                    assert!(
                        possible(&without(&others, at), &|values| condition.says(values) == Some(true)),
                        "{}",
                        context()
                    );
                }
                gone.extend(remark.rules.iter().map(at));
            }
            RemarkKind::SaidTwice | RemarkKind::Redundant | RemarkKind::Implied => {
                assert!(implies(&others, &|values| rules[0].holds(values)), "{}", context());
                // Two that are written alike say the same, whatever each of them says.
                for at in (0..others.len()).filter(|_| remark.kind != RemarkKind::SaidTwice) {
                    assert!(!implies(&without(&others, at), &|values| rules[0].holds(values)), "{}", context());
                }
                if remark.kind == RemarkKind::SaidTwice {
                    assert!(implies(&rules, &|values| others[0].holds(values)), "{}", context());
                }
                if remark.kind == RemarkKind::Implied {
                    assert!(!remark.besides.is_empty(), "{}", context());
                } else {
                    gone.extend(remark.rules.iter().map(at));
                    assert!(others.iter().all(|other| other.names().is_subset(&rules[0].names())), "{}", context());
                }
                if let Some(bound) = &remark.instead {
                    assert!(implies(&others, &|values| told(bound, values)), "{}", context());
                    assert!(possible(&others, &|values| slack(bound, values) == 0), "it is not tight: {}", context());
                    assert!(implies_strictly(bound, rules[0]), "{bound} and {:?}: {}", rules[0], context());
                }
            }
            RemarkKind::Tighter => {
                let bound = remark.instead.as_ref().unwrap();
                let mut both = others.clone();
                both.push(rules[0]);
                assert!(implies(&both, &|values| told(bound, values)), "{}", context());
                assert!(possible(&both, &|values| slack(bound, values) == 0), "it is not tight: {}", context());
                assert!(
                    box_of_all().iter().all(|values| !told(bound, values) || rules[0].holds(values)),
                    "{}",
                    context()
                );
            }
            RemarkKind::Circle => panic!("{}", context()),
        }
    }
    if clashes.is_empty() && all_told {
        complete(all, &gone, &context);
    }
}

/// Whether a bound says more than a rule, somewhere among all numbers.
fn implies_strictly(bound: &str, rule: &Ruled) -> bool {
    let range = -20..=20_i64;
    let far = || range.clone().flat_map(|a| (-20..=20).map(move |b| [a, b, 0]));
    far().all(|values| !told(bound, &values) || rule.holds(&values))
}

/// What can be said is said: nothing that is left follows from the rest of the same figures, and all that is gone does.
fn complete(all: &[Ruled], gone: &BTreeSet<usize>, context: &dyn Fn() -> String) {
    let kept: Vec<usize> = (0..all.len()).filter(|at| !gone.contains(at)).collect();
    let rules: Vec<&Ruled> = kept.iter().map(|at| &all[*at]).collect();
    for at in gone {
        assert!(implies(&rules, &|values| all[*at].holds(values)), "r{at} cannot be left out: {}", context());
    }
    for at in &kept {
        let names = all[*at].names();
        let near = kept.iter().filter(|other| *other != at && all[**other].names().is_subset(&names));
        let near: Vec<&Ruled> = near.map(|other| &all[*other]).collect();
        assert!(
            !implies(&near, &|values| all[*at].holds(values)),
            "r{at} follows, and that is not said: {}",
            context()
        );
        if let Some(condition) = &all[*at].condition {
            assert!(
                possible(&near, &|values| condition.says(values) == Some(true)),
                "r{at} never applies: {}",
                context()
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn what_is_said_of_rules_is_so_of_all_figures(all in prop::collection::vec(ruled(sum().boxed()), 1..6)) {
        hold_to_all_figures(&all);
    }

    #[test]
    fn what_is_said_of_products_and_quotients_is_so(all in prop::collection::vec(ruled(bent().boxed()), 1..5)) {
        hold_to_all_figures(&all);
    }
}

#[test]
fn two_figures_of_one_measure_are_not_taken_for_one() {
    let given =
        "given = { now = { measure = \"a\", when = \"2025\" }, then-was = { measure = \"a\", when = \"2024\" } }";
    let text = format!(
        "[rule.up]\nkind = \"relation\"\n{given}\nrequire = \"now > then-was\"\n\
         [rule.bounded]\nkind = \"relation\"\ngiven = {{ x = {{ measure = \"a\" }} }}\nrequire = \"x <= 3\"\n"
    );
    assert_eq!(kinds(&said_of(&text)), []);
    let again = format!("{text}[rule.down]\nkind = \"relation\"\n{given}\nrequire = \"then-was >= now\"\n");
    assert_eq!(kinds(&said_of(&again)), [(RemarkKind::NeverTogether, vec!["up", "down"])]);
}

#[test]
fn figures_of_two_places_are_two() {
    let bound = |id: &str, place: &str, require: &str| {
        let given = format!("given = {{ x = {{ measure = \"a\", scope = {{ place = \"{place}\" }} }} }}");
        format!("[rule.{id}]\nkind = \"relation\"\n{given}\nrequire = \"{require}\"\n")
    };
    let text = format!("{}{}", bound("one", "KH", "x > 3"), bound("two", "KR", "x < 3"));
    assert_eq!(kinds(&said_of(&text)), []);
    let text = format!("{text}{}", bound("three", "KH", "x < 2"));
    assert_eq!(kinds(&said_of(&text)), [(RemarkKind::NeverTogether, vec!["one", "three"])]);
    // What holds of all figures holds of those of a place; not the other way round.
    let all = format!("{}{}", relation("all", &["a"], "a <= 5"), bound("here", "KH", "x <= 7"));
    assert_eq!(kinds(&said_of(&all)), [(RemarkKind::Redundant, vec!["here"])]);
    let some = format!("{}{}", relation("all", &["a"], "a <= 7"), bound("here", "KH", "x <= 5"));
    assert_eq!(kinds(&said_of(&some)), []);
}

#[test]
fn a_division_that_says_nothing_at_nought_breaks_nothing() {
    let text = format!("{}{}", relation("share", &["a", "b"], "a / b > 5"), relation("none", &["b"], "b == 0"));
    assert_eq!(kinds(&said_of(&text)), [(RemarkKind::Redundant, vec!["share"])]);
    // Where b is 0, the share says nothing; the sum does.
    let text =
        format!("{}{}", relation("share", &["a", "b"], "a / b <= 0"), relation("sum", &["a", "b"], "a * b + a <= 0"));
    assert_eq!(kinds(&said_of(&text)), []);
}

#[test]
fn what_weighs_more_than_what_it_follows_from_is_not_said_twice() {
    let weak = relation("weak", &["a"], "a <= 3").replace("kind", "severity = \"warning\"\nkind");
    let text = format!("{weak}{}", relation("strong", &["a"], "a <= 5"));
    assert_eq!(kinds(&said_of(&text)), []);
}

#[test]
fn texts_are_one_only_if_they_are_spelled_alike() {
    let edits = "[edits.survey]\none = \"region == 'north'\"\ntwo = \"if region == 'south' then staff > 0\"\n\
                 three = \"staff > 0 or region != 'south'\"\n";
    let found = said_of(edits);
    let told = kinds(&found);
    assert!(told.contains(&(RemarkKind::NeverApplies, vec!["survey/two"])), "{told:?}");
    assert_eq!(found.applied, Applied::Untold);
    let clash = "[edits.survey]\none = \"region == 'north'\"\ntwo = \"region == 'south'\"\n";
    assert_eq!(kinds(&said_of(clash)), [(RemarkKind::NeverTogether, vec!["survey/one", "survey/two"])]);
}

#[test]
fn stages_in_a_circle_are_no_clash() {
    let stages = |id: &str, order: &str| format!("[rule.{id}]\nkind = \"stages\"\norder = [{order}]\n");
    let text = format!("{}{}", stages("there", "\"a\", \"b\""), stages("back", "\"b\", \"a\""));
    assert_eq!(kinds(&said_of(&text)), [(RemarkKind::Circle, vec!["there", "back"])]);
    let text = format!("{}{}", stages("long", "\"a\", \"b\", \"c\""), stages("short", "\"a\", \"c\""));
    assert_eq!(kinds(&said_of(&text)), [(RemarkKind::Redundant, vec!["short"])]);
}

#[test]
fn what_binds_sets_is_said_not_to_be_looked_at() {
    let set = "[rule.sum]\nkind = \"relation\"\n\
               given = { whole = { measure = \"a\" }, parts = [{ measure = \"b\" }] }\nrequire = \"sum(parts) == whole\"\n";
    let found = said_of(set);
    assert_eq!(found.not_looked.iter().map(|it| it.rule.as_str()).collect::<Vec<_>>(), ["sum"]);
    let twice = format!("{set}{}", set.replace("rule.sum", "rule.again"));
    assert_eq!(kinds(&said_of(&twice)), [(RemarkKind::SaidTwice, vec!["again"])]);
}

#[test]
fn thousands_of_rules_end_within_the_budget() {
    let declared = "[measure.a]\nleast = 0\n[measure.b]\nleast = 0\n".to_owned();
    let text: String = (0..500)
        .map(|at| relation(&format!("r{at}"), &["a", "b"], &format!("a <= {at} * b + {at}")))
        .fold(declared, |text, rule| text + &rule);
    let found = said_of(&text);
    assert!(found.rules == 500 && !found.remarks.is_empty());
}
