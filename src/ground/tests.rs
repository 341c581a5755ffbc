//! What is grounded, from small workspaces in memory.

use super::{Choices, ground};
use crate::claim::Claims;
use crate::problem::{Constraint, Form, InstantKind, Lean, Node, Problem, Time, Variable, Why};
use crate::source::Texts;
use crate::workspace::{Request, Workspace};
use proptest::prelude::*;
use std::collections::BTreeMap;

const RULES: &str = "
[measure.arrests]
over-time = \"adds\"
least     = 0
integer   = true
adds-over = [\"place\"]

[measure.in-custody]
over-time = \"level\"

[measure.admissions]
least = 0

[rule.custody]
kind  = \"balance\"
level = \"in-custody\"
in    = [\"admissions\"]
out   = [\"releases\"]

[rule.home]
kind    = \"stages\"
order   = [\"arrests\", \"returns\"]
opening = 0

[measure.returns]
over-time = \"adds\"
least     = 0
origin    = 2020-01-01

[rule.bail]
kind    = \"relation\"
given   = { part = { measure = \"bailed\" }, whole = { measure = \"arrests\" } }
require = \"part <= whole\"
";

/// A claim of a file: its id, and the lines under it.
type Written = (String, String);

fn claim(id: &str, measure: &str, value: u32, when: &str, scope: &str) -> Written {
    (id.to_owned(), format!("measure = \"{measure}\"\nvalue = {value}\nwhen = \"{when}\"\nscope = {{ {scope} }}\n"))
}

fn workspace(more_rules: &str, files: &[(&str, &[Written])]) -> Workspace {
    let mut held = BTreeMap::from([("rules/r.toml".to_owned(), format!("{RULES}{more_rules}"))]);
    for (file, claims) in files {
        let mut text = "[article]\ntitle = \"T\"\ndateline = 2025-12-31\ncompare = \"all\"\n".to_owned();
        claims.iter().for_each(|(id, lines)| text += &format!("[claim.{id}]\n{lines}"));
        held.insert(format!("claims/{file}.toml"), text);
    }
    Workspace::load(&Texts(held), &Request::default()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"))
}

fn grounded(more_rules: &str, claims: &[Written]) -> (Workspace, Problem) {
    let workspace = workspace(more_rules, &[("a", claims)]);
    let problem = ground(&workspace.claims, &workspace.rules, &Choices::default());
    (workspace, problem)
}

/// The words of the constraints of a form, with what they lean on.
fn words(problem: &Problem, is: impl Fn(&Form) -> bool) -> Vec<String> {
    let constraints = problem.constraints.iter().filter(|constraint| is(&constraint.form));
    constraints.map(|constraint| described(problem, constraint)).collect()
}

fn described(problem: &Problem, constraint: &Constraint) -> String {
    let mut leans: Vec<String> = constraint.leans.iter().map(|lean| leaned(&problem[*lean])).collect();
    leans.sort();
    let exactly = matches!(constraint.form, Form::Inside { exactly: true, .. });
    let leaning = if leans.is_empty() { String::new() } else { format!(" (if {})", leans.join(", ")) };
    format!("{}{}{leaning}", constraint.words, if exactly { " exactly" } else { "" })
}

fn leaned(lean: &Lean) -> String {
    match lean {
        Lean::Assumed(id) => id.clone(),
        Lean::Unspecified { dimension, member, .. } => format!("{dimension} {member}"),
        Lean::Undeclared { measure } => measure.clone(),
        Lean::Origin { claims } => format!("origin of {}", claims.len()),
        Lean::Convention { .. } => "convention".to_owned(),
    }
}

fn is_inside(form: &Form) -> bool {
    matches!(form, Form::Inside { .. })
}

fn is_relation(form: &Form) -> bool {
    matches!(form, Form::Relation { .. })
}

#[test]
fn a_scope_lies_in_the_nearest_ones_that_cover_it() {
    let places = ["KH/A/Town", "KH/A", "KH"];
    let claims =
        places.map(|place| claim(&place.replace('/', "-"), "arrests", 5, "2025-11", &format!("place = \"{place}\"")));
    let (_, problem) = grounded("", &claims);
    assert_eq!(
        words(&problem, is_inside),
        [
            "arrests for place KH/A/Town are at most those for place KH/A",
            "arrests for place KH/A are at most those for place KH"
        ]
    );
}

#[test]
fn parts_that_are_all_there_is_make_the_whole() {
    let parts = [("a", "KH/A"), ("b", "KH/B"), ("c", "KH")];
    let claims = parts.map(|(id, place)| claim(id, "arrests", 5, "2025-11", &format!("place = \"{place}\"")));
    let inside = |rules: &str| {
        words(&grounded(rules, &claims).1, |form| matches!(form, Form::Inside { parts, .. } if parts.len() > 1))
    };
    assert_eq!(inside(""), ["arrests of KH/A + KH/B are at most the whole"]);
    let members = "[dimension.place]\nmembers = [\"KH\", \"KH/A\", \"KH/B\"]\ncomplete = true\n";
    assert_eq!(inside(members), ["arrests of KH/A + KH/B make the whole exactly"]);
    let more = "[dimension.place]\nmembers = [\"KH\", \"KH/A\", \"KH/B\", \"KH/C\"]\ncomplete = true\n";
    assert_eq!(inside(more), ["arrests of KH/A + KH/B are at most the whole"]);
}

#[test]
fn parts_lie_together_in_a_whole_that_is_wider_in_other_ways_too() {
    let claims = [
        claim("a", "arrests", 5, "2025-11", "place = \"KH/A\", sex = \"f\""),
        claim("b", "arrests", 5, "2025-11", "place = \"KH/B\", sex = \"f\""),
        claim("all", "arrests", 9, "2025-11", "place = \"KH\", sex = \"*\""),
    ];
    let (_, problem) = grounded("", &claims);
    let sums = words(&problem, |form| matches!(form, Form::Inside { parts, .. } if parts.len() > 1));
    assert_eq!(sums, ["arrests of KH/A + KH/B are at most the whole"]);
}

#[test]
fn parts_are_told_apart_from_what_they_lie_in_by_time_too() {
    let claims = [
        claim("a", "arrests", 5, "2025-11", "place = \"KH/A\""),
        claim("b", "arrests", 5, "2025-10", "place = \"KH/B\""),
        claim("c", "arrests", 5, "2025", "place = \"KH\""),
    ];
    let (workspace, problem) = grounded("", &claims);
    let sum = problem.constraints.iter().find(|it| matches!(&it.form, Form::Inside { parts, .. } if parts.len() > 1));
    assert_eq!(named(&workspace.claims, sum.unwrap()), ["a/a", "a/b", "a/c"]);
    assert_eq!(words(&problem, is_relation), Vec::<String>::new());
}

#[test]
fn levels_and_what_flows_between_them_are_one_constraint() {
    let claims = [
        claim("l3", "in-custody", 30, "2025-03-31", ""),
        claim("l1", "in-custody", 10, "2025-01-31", ""),
        claim("l2", "in-custody", 20, "2025-02-28", ""),
        claim("feb", "admissions", 10, "2025-02", ""),
        claim("both", "admissions", 30, "2025-02/2025-03", ""),
    ];
    let (workspace, problem) = grounded("", &claims);
    let balance = problem.constraints.iter().find(|it| matches!(it.form, Form::Balance { .. })).unwrap();
    let Form::Balance { levels, inflows, outflows } = &balance.form else { unreachable!() };
    let order: Vec<&str> = levels
        .iter()
        .map(|(_, figure)| {
            let statement = problem[*figure].statements[0];
            workspace.claims[problem[statement].claim].name.as_str()
        })
        .collect();
    assert_eq!(order, ["l1", "l2", "l3"]);
    assert_eq!((inflows.len(), outflows.len()), (1, 1));
    assert!(problem[inflows[0]].monotone && !problem[outflows[0]].monotone, "only `admissions` has a least value");
    assert!(balance.leans.is_empty(), "what flows adds up by its role");
    // What was reported over the time between two levels, next to each other or not, is decided by itself besides.
    assert_eq!(words(&problem, is_relation).len(), 2);
}

#[test]
fn the_ends_of_a_figure_and_a_length_that_is_certain_are_kept() {
    let (_, problem) = grounded("", &[claim("a", "arrests", 5, "some day of November 2025", "")]);
    let (start, end) = problem.figures[0].ends.unwrap();
    assert!(matches!(problem[start].kind, InstantKind::Vague(_, false)));
    assert_eq!(problem.lengths, [(start, end, 1)]);
}

#[test]
fn what_comes_later_is_held_to_every_scope_that_covers_it() {
    let claims = [
        claim("wide", "arrests", 5, "2025-11", "place = \"KH\""),
        claim("narrow", "returns", 6, "2025-11", "place = \"KH/A\""),
    ];
    let stages = |claims: &[Written]| {
        let (_, problem) = grounded("", claims);
        problem.differences.iter().filter(|it| it.why == Why::Stage).count()
    };
    assert_eq!(stages(&claims), 2);
    let turned = [
        claim("narrow", "arrests", 5, "2025-11", "place = \"KH/A\""),
        claim("wide", "returns", 6, "2025-11", "place = \"KH\""),
    ];
    assert_eq!(stages(&turned), 0, "what the country sent home may have been arrested elsewhere in it");
}

#[test]
fn two_cuts_of_one_count_are_not_compared() {
    let claims = [
        claim("women", "arrests", 41, "2025-11", "sex = \"f\""),
        claim("seoul", "arrests", 30, "2025-11", "place = \"KR/Seoul\""),
    ];
    let (_, problem) = grounded("", &claims);
    assert_eq!(words(&problem, |form| !matches!(form, Form::Additive(_))), Vec::<String>::new());
}

#[test]
fn a_total_beside_its_parts_covers_them_and_is_none_of_them() {
    let claims = [claim("all", "arrests", 100, "2025-11", ""), claim("seoul", "arrests", 30, "2025-11", "sex = \"f\"")];
    let (_, problem) = grounded("", &claims);
    let carried = problem.differences.iter().filter(|it| it.constraint.is_some());
    assert!(carried.clone().all(|it| matches!(it.why, Why::Within(_))) && carried.count() == 1);
}

fn named(claims: &Claims, constraint: &Constraint) -> Vec<String> {
    let mut names: Vec<String> = constraint.claims.iter().map(|claim| claims[*claim].id.clone()).collect();
    names.sort();
    names
}

/// All that a problem says, in an order that owes nothing to that of its lists.
fn in_any_order(claims: &Claims, problem: &Problem) -> Vec<String> {
    let statement = |id| {
        let found: &crate::problem::Statement = &problem[id];
        format!("{}#{}", claims[found.claim].id, found.mention)
    };
    let figure = |id: crate::problem::FigureId| {
        let mut statements: Vec<String> = problem[id].statements.iter().map(|id| statement(*id)).collect();
        statements.sort();
        statements.join("+")
    };
    let instant = |id| {
        let found: &crate::problem::Instant = &problem[id];
        let kind = match &found.kind {
            InstantKind::Vague(claim, end) => format!("{} {end}", claims[*claim].id),
            InstantKind::Now(article) => format!("now {}", claims[*article].id),
            InstantKind::Origin { article, source, scope, .. } => {
                format!("{} {source:?} {scope:?}", claims[*article].id)
            }
            InstantKind::Fixed => String::new(),
        };
        format!("{kind}{:?}{:?}", found.earliest, found.latest)
    };
    let curve = |id: crate::problem::CurveId| format!("{} {:?}", problem[id].measure, problem[id].scope);
    let node = |id| match problem[id] {
        Node::Total(of, at) => format!("{} @ {}", curve(of), instant(at)),
        Node::Event(claim) => claims[claim].id.clone(),
        Node::Epoch => "epoch".to_owned(),
        Node::Nothing => "nothing".to_owned(),
    };
    let mut all = Vec::new();
    for (at, found) in problem.figures.iter().enumerate() {
        let time = if found.time == Time::Unsaid { "unsaid" } else { "" };
        let ends = found.ends.map(|(start, end)| (instant(start), instant(end)));
        all.push(format!("{} {:?} {time} {ends:?}", figure(crate::problem::FigureId::at(at)), found.scope));
    }
    for constraint in &problem.constraints {
        let form = match &constraint.form {
            Form::SameFigure(of) => figure(*of),
            Form::Additive(of) => curve(*of),
            Form::Differences(edges) => edges.len().to_string(),
            Form::Inside { whole, parts, .. } => {
                let mut parts: Vec<String> = parts.iter().map(|part| curve(*part)).collect();
                parts.sort();
                format!("{} {parts:?}", curve(*whole))
            }
            Form::Balance { levels, .. } => {
                levels.iter().map(|(at, level)| format!("{} {}", instant(*at), figure(*level))).collect()
            }
            Form::Relation { variables, .. } => {
                let said = |variable: &Variable| match variable {
                    Variable::Figure(of) => figure(*of),
                    other => format!("{other:?}"),
                };
                let mut variables: Vec<String> = variables.iter().map(said).collect();
                variables.sort();
                variables.join(" ")
            }
            Form::SameText(texts) => texts.len().to_string(),
        };
        let said = described(problem, constraint);
        let mut words: Vec<&str> = said.split(' ').collect();
        words.sort_unstable();
        all.push(format!("{words:?} {form} {:?}", named(claims, constraint)));
    }
    for difference in &problem.differences {
        let mut leans: Vec<String> = difference.leans.iter().map(|lean| leaned(&problem[*lean])).collect();
        leans.sort();
        let by = match difference.why {
            Why::Stated(by, side) | Why::SameScope(by, side) => format!("{} {side:?}", statement(by)),
            Why::Within(by) => statement(by),
            _ => String::new(),
        };
        all.push(format!("{} -> {} {by} {:?} {leans:?}", node(difference.from), node(difference.to), difference.hard));
    }
    all.sort();
    all
}

fn any_claim() -> impl Strategy<Value = (u32, &'static str, &'static str, &'static str)> {
    let measures = ["arrests", "arrests", "returns", "admissions", "in-custody", "bailed", "counted"];
    let times = [
        "2025-11",
        "2025-12",
        "2025",
        "2025-11/2025-12",
        "through 2025-11-30",
        "to date",
        "some day of November 2025",
        "so far this month",
    ];
    let scopes = [
        "",
        "place = \"KH\"",
        "place = \"KH/A\"",
        "place = \"KH/B\"",
        "place = \"*\"",
        "place = \"KH\", sex = \"f\"",
        "event = \"raid\"",
    ];
    (
        0_u32..50,
        prop::sample::select(measures.to_vec()),
        prop::sample::select(times.to_vec()),
        prop::sample::select(scopes.to_vec()),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_claims_never_matters(
        (claims, shuffled) in prop::collection::vec(any_claim(), 1..14).prop_flat_map(|drawn| {
            let claims: Vec<Written> = drawn
                .into_iter()
                .enumerate()
                .map(|(at, (value, measure, when, scope))| claim(&format!("c{at}"), measure, value, when, scope))
                .collect();
            (Just(claims.clone()), Just(claims).prop_shuffle())
        })
    ) {
        let (one, problem) = grounded("", &claims);
        let (other, turned) = grounded("", &shuffled);
        prop_assert_eq!(in_any_order(&one.claims, &problem), in_any_order(&other.claims, &turned));
        let again = ground(&one.claims, &one.rules, &Choices::default());
        prop_assert_eq!(format!("{problem:?}"), format!("{again:?}"));
    }

    #[test]
    fn the_order_of_files_never_matters(drawn in prop::collection::vec(any_claim(), 2..10), cut in 1_usize..9) {
        let claims: Vec<Written> = drawn
            .into_iter()
            .enumerate()
            .map(|(at, (value, measure, when, scope))| claim(&format!("c{at}"), measure, value, when, scope))
            .collect();
        let (first, second) = claims.split_at(cut.min(claims.len()));
        let one = workspace("", &[("a", first), ("b", second)]);
        let other = workspace("", &[("b", second), ("a", first)]);
        let problem = |workspace: &Workspace| ground(&workspace.claims, &workspace.rules, &Choices::default());
        prop_assert_eq!(format!("{:?}", problem(&one)), format!("{:?}", problem(&other)));
    }
}
