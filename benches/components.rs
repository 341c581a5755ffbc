//! How long whole components take, in the files that the rivals are timed on (see `rivals/README.md`):
//!
//! ```sh
//! python3 benches/rivals/generate.py tables --to target/rivals
//! cargo bench --bench components -- target/rivals/tables.lin
//! ```
//!
//! Each claim is a figure with its statement; a row of several variables says that they make that figure. What comes out
//! is what a check needs: minimal conflicts with refutations, and values for all the rest. Answers are held against the
//! expected ones. With `--repair`, the least claims to give up are found as well, with all ties and the values that settle them, and
//! their number for each component is written to `NAME.weights`. Without files, small tables of its own are decided, so that the bench runs by itself.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::as_conversions, clippy::indexing_slicing)]
#![allow(clippy::float_arithmetic, clippy::panic)]

use addup::claim::{ArticleId, ClaimId, Scope};
use addup::expr::Comparison;
use addup::number::{End, Interval, Rational, Reading, Unit};
use addup::problem::{
    AtMost, Constraint, ConstraintId, Difference, DifferenceId, Domain, Figure, FigureId, Form, Formula, Node, NodeId,
    Problem, Says, Side, Statement, StatementId, Term, Time, Variable, Why,
};
use addup::solve::{JointOutcome, Mend, Mending, Selection, Spread, Start, mendings, solve_graph, solve_joint};
use addup::source::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::time::Instant;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if files.is_empty() {
        for claims in [25, 2_500, 25_000] {
            run(&format!("{claims} claims in tables"), &tables(claims), None, true);
        }
    }
    let repair = std::env::args().any(|argument| argument == "--repair");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let expected = std::fs::read_to_string(file.replace(".lin", ".expect")).ok();
        let weights = run(&file, &text, expected.as_deref(), repair);
        if repair {
            let weights: Vec<String> = weights.iter().map(Rational::to_string).collect();
            std::fs::write(file.replace(".lin", ".weights"), weights.join("\n") + "\n").unwrap();
        }
    }
}

/// A row as it is read: whose it is, and what it says.
struct Row {
    owner: Option<usize>,
    relation: Comparison,
    bound: Rational,
    terms: Vec<(usize, Rational)>,
}

/// A file as it is read.
#[derive(Default)]
struct Rows {
    /// Whether each variable is whole, and its bounds.
    variables: Vec<(bool, Interval)>,
    rows: Vec<Row>,
    /// The component of each variable.
    component: Vec<usize>,
}

fn number(text: &str) -> Rational {
    text.parse().unwrap()
}

fn read(text: &str) -> Rows {
    let mut rows = Rows::default();
    let mut component = 0;
    for line in text.lines() {
        let mut fields = line.split(' ');
        match fields.next() {
            Some("k") => component = fields.next().unwrap().parse().unwrap(),
            Some("v") => {
                let (kind, low, high) = (fields.nth(1).unwrap(), fields.next().unwrap(), fields.next().unwrap());
                let end = |text: &str| if text.contains("inf") { End::Unbounded } else { End::Closed(number(text)) };
                rows.variables.push((kind == "i", Interval::new(end(low), end(high)).unwrap()));
                rows.component.push(component);
            }
            Some("r") => {
                let owner = fields.next().unwrap().strip_prefix('c').map(|claim| claim.parse().unwrap());
                let relation = match fields.next().unwrap() {
                    "<=" => Comparison::AtMost,
                    "<" => Comparison::Less,
                    ">=" => Comparison::AtLeast,
                    ">" => Comparison::More,
                    _ => Comparison::Equal,
                };
                let bound = number(fields.next().unwrap());
                let mut terms = Vec::new();
                while let (Some(factor), Some(variable)) = (fields.next(), fields.next()) {
                    terms.push((variable.parse().unwrap(), number(factor)));
                }
                rows.rows.push(Row { owner, relation, bound, terms });
            }
            _ => {}
        }
    }
    rows
}

/// A file as a problem, with the component of each claim.
struct Built {
    problem: Problem,
    component: Vec<usize>,
    figures: Vec<Option<FigureId>>,
}

impl Built {
    fn new(rows: &Rows) -> Self {
        let mut built = Self { problem: Problem::default(), component: Vec::new(), figures: Vec::new() };
        built.figures = vec![None; rows.variables.len()];
        let mut by_owner: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
        let is_order = |row: &Row| {
            row.terms.len() == 2
                && row.terms.iter().all(|(_, it)| it.abs() == Rational::ONE)
                && row.terms[0].1 != row.terms[1].1
        };
        let graph = rows.rows.iter().filter(|row| row.terms.len() > 1).all(is_order);
        if graph {
            let nodes = (0..rows.variables.len()).map(|at| Node::Event(ClaimId(at as u32)));
            built.problem.nodes = nodes.collect();
        }
        for row in &rows.rows {
            match row.owner {
                Some(owner) => by_owner.entry(owner).or_default().push(row),
                None if graph => built.edges(row, None),
                None => built.structure(rows, row),
            }
        }
        for (claim, own) in by_owner {
            if built.component.len() <= claim {
                built.component.resize(claim + 1, 0);
            }
            built.component[claim] = rows.component[own[0].terms[0].0];
            if graph {
                own.iter().for_each(|row| built.edges(row, Some(claim)));
                continue;
            }
            let same = own.iter().all(|row| row.terms == own[0].terms);
            match own[0].terms.as_slice() {
                [(variable, _)] => {
                    let figure = built.variable(rows, *variable);
                    built.say(claim, figure, interval(&own));
                }
                terms if same => {
                    let whole = terms.iter().all(|(at, factor)| rows.variables[*at].0 && factor.is_integer());
                    let figure = built.figure(Interval::everything(), whole);
                    let sum = built.sum(rows, terms);
                    let mut variables = vec![Variable::Figure(figure)];
                    variables.extend(sum.1);
                    let formula = Formula::Compare(Term::Variable(0), Comparison::Equal, shifted(sum.0));
                    built.relate(formula, variables);
                    built.say(claim, figure, interval(&own));
                }
                // Two bounds of a share: the claim itself is the rule.
                _ => own.iter().for_each(|row| built.structure(rows, row)),
            }
        }
        built
    }

    fn constrain(&mut self, form: Form) {
        self.problem.constraints.push(Constraint {
            rule: "sum".into(),
            severity: Severity::Error,
            words: String::new(),
            because: None,
            form,
            claims: Vec::new(),
            leans: Vec::new(),
            across: false,
        });
    }

    fn relate(&mut self, formula: Formula, variables: Vec<Variable>) {
        let domains = variables.iter().map(|_| Domain { interval: Interval::everything(), integer: false }).collect();
        self.constrain(Form::Relation { formula, variables, domains });
    }

    fn figure(&mut self, range: Interval, integer: bool) -> FigureId {
        self.problem.figures.push(Figure {
            measure: "count".into(),
            unit: Unit::One,
            scope: Scope::default(),
            time: Time::Unsaid,
            fiscal: false,
            integer,
            range,
            statements: Vec::new(),
            leans: Vec::new(),
            curve: None,
            ends: None,
        });
        FigureId::at(self.problem.figures.len() - 1)
    }

    fn variable(&mut self, rows: &Rows, variable: usize) -> FigureId {
        if let Some(found) = self.figures[variable] {
            return found;
        }
        let (whole, range) = &rows.variables[variable];
        let made = self.figure(range.clone(), *whole);
        self.figures[variable] = Some(made);
        made
    }

    fn say(&mut self, claim: usize, figure: FigureId, interval: Interval) {
        let id = self.statement(claim, Says::Value(figure, Reading::firm(interval)));
        self.problem.figures[figure.index()].statements.push(id);
    }

    fn statement(&mut self, claim: usize, says: Says) -> StatementId {
        let claim = ClaimId(claim as u32);
        self.problem.statements.push(Statement { claim, mention: 0, article: ArticleId(0), source: None, says });
        StatementId::at(self.problem.statements.len() - 1)
    }

    fn sum(&mut self, rows: &Rows, terms: &[(usize, Rational)]) -> (Term, Vec<Variable>) {
        let mut variables = Vec::new();
        let mut parts = Vec::new();
        for (at, (variable, factor)) in terms.iter().enumerate() {
            variables.push(Variable::Figure(self.variable(rows, *variable)));
            let factor = Term::Number(factor.clone());
            parts.push(Term::Product(Box::new(factor), Box::new(Term::Variable(at))));
        }
        (Term::Sum(parts), variables)
    }

    fn structure(&mut self, rows: &Rows, row: &Row) {
        let (sum, variables) = self.sum(rows, &row.terms);
        self.relate(Formula::Compare(sum, row.relation, Term::Number(row.bound.clone())), variables);
    }

    /// A row of a difference as edges: `to - from` is at most, or at least, the bound. One that no claim owns is a check.
    fn edges(&mut self, row: &Row, claim: Option<usize>) {
        let statement = claim.map(|claim| {
            let (claim, mention) = (ClaimId(claim as u32), 0);
            let days = addup::calendar::DaySpan { earliest: addup::calendar::Day(0), latest: addup::calendar::Day(0) };
            let says = Says::Date(days.into());
            self.problem.statements.push(Statement { claim, mention, article: ArticleId(0), source: None, says });
            StatementId::at(self.problem.statements.len() - 1)
        });
        let node = |sign: &Rational| {
            NodeId::at(row.terms.iter().find(|(_, factor)| factor == sign).map_or(0, |(variable, _)| *variable))
        };
        let (plus, minus) = (node(&Rational::ONE), node(&Rational::from(-1)));
        let upper = matches!(row.relation, Comparison::AtMost | Comparison::Less | Comparison::Equal);
        let lower = matches!(row.relation, Comparison::AtLeast | Comparison::More | Comparison::Equal);
        let strict = matches!(row.relation, Comparison::Less | Comparison::More);
        if claim.is_none() {
            self.constrain(Form::Differences(Vec::new()));
        }
        let own = ConstraintId::at(self.problem.constraints.len().saturating_sub(1));
        for (wanted, from, to, value, side) in
            [(upper, minus, plus, row.bound.clone(), Side::Most), (lower, plus, minus, -&row.bound, Side::Least)]
        {
            if wanted {
                let bound = Some(AtMost { value, strict });
                let id = DifferenceId::at(self.problem.differences.len());
                if claim.is_none()
                    && let Form::Differences(all) = &mut self.problem.constraints[own.index()].form
                {
                    all.push(id);
                }
                self.problem.differences.push(Difference {
                    from,
                    to,
                    hard: bound.clone(),
                    soft: bound,
                    why: statement.map_or(Why::Ordered(0), |statement| Why::Dated(statement, side)),
                    constraint: claim.is_none().then_some(own),
                    leans: Vec::new(),
                    article: None,
                });
            }
        }
    }
}

/// Moves the variables of a term one place on.
fn shifted(term: Term) -> Term {
    match term {
        Term::Variable(at) => Term::Variable(at + 1),
        Term::Sum(parts) => Term::Sum(parts.into_iter().map(shifted).collect()),
        Term::Product(left, right) => Term::Product(Box::new(shifted(*left)), Box::new(shifted(*right))),
        other => other,
    }
}

/// What the rows of one claim leave.
fn interval(rows: &[&Row]) -> Interval {
    rows.iter().fold(Interval::everything(), |all, row| {
        let factor = if row.terms.len() == 1 { row.terms[0].1.clone() } else { Rational::ONE };
        let bound = row.bound.checked_div(&factor).unwrap();
        let own = match row.relation {
            Comparison::AtMost => Interval::at_most(bound),
            Comparison::Less => Interval::less_than(bound),
            Comparison::AtLeast => Interval::at_least(bound),
            Comparison::More => Interval::more_than(bound),
            _ => Interval::point(bound),
        };
        all.intersect(&own).unwrap()
    })
}

/// What the claims to give up weigh in each component, if that is asked for.
fn run(name: &str, text: &str, expected: Option<&str>, repair: bool) -> Vec<Rational> {
    let rows = read(text);
    let built = Built::new(&rows);
    let problem = &built.problem;
    let begun = Instant::now();
    let jobs = std::env::var("ADDUP_JOBS").ok().and_then(|jobs| jobs.parse().ok()).unwrap_or(NonZeroUsize::MIN);
    let selection = Selection::default();
    let graph = solve_graph(problem, &selection);
    let outcome = if problem.differences.is_empty() {
        solve_joint(problem, &selection, Start::of(&[]), jobs)
    } else {
        JointOutcome { conflicts: graph.conflicts, ..JointOutcome::default() }
    };
    let seconds = begun.elapsed().as_secs_f64();
    let mut contradicted = vec![false; rows.component.last().map_or(0, |last| last + 1)];
    for conflict in &outcome.conflicts {
        for statement in &conflict.statements {
            contradicted[built.component[problem.statements[statement.index()].claim.index()]] = true;
        }
    }
    let wrong = expected.map(|text| {
        let wanted = |line: &str| line.split(' ').nth(1) == Some("unsat");
        text.lines().zip(&contradicted).filter(|(line, found)| wanted(line) != **found).count()
    });
    println!(
        "{name}: {seconds:.3} s, {} conflicts in {} of {} components, {} undecided, {}",
        outcome.conflicts.len(),
        contradicted.iter().filter(|found| **found).count(),
        contradicted.len(),
        outcome.undecided.len(),
        wrong.map_or("no answers to compare".to_owned(), |wrong| format!("{wrong} answers other than expected")),
    );
    let mut weights = vec![Rational::ZERO; contradicted.len()];
    if repair {
        let begun = Instant::now();
        let clashes: Vec<BTreeSet<ClaimId>> =
            outcome.conflicts.iter().map(|conflict| conflict.claims(problem)).collect();
        let alone = |_: ConstraintId, _: &BTreeSet<ClaimId>| Ok(BTreeSet::new());
        let one = |_: ClaimId| Some(Rational::ONE);
        let rank = |_: ClaimId, _: Option<&Spread>| 0;
        let mend =
            Mend { problem, selection: &selection, clashes: &clashes, weights: &one, rank: &rank, alone: &alone, jobs };
        let mendings = mendings(&mend);
        let (mut ways, mut values, mut open) = (0, 0, 0);
        for mending in &mendings {
            let Mending::GiveUp { ways: own, weight, complete, .. } = mending else {
                open += 1;
                continue;
            };
            weights[built.component[own[0].claims[0].index()]] += weight.clone();
            ways += own.len();
            values += own.iter().flat_map(|way| &way.values).filter(|values| values.is_some()).count();
            open += usize::from(!complete);
        }
        println!(
            "  repairs: {:.3} s, {} causes, {ways} ways, {values} claims with values, {open} incomplete or not found",
            begun.elapsed().as_secs_f64(),
            mendings.len(),
        );
    }
    weights
}

/// Tables of 4 by 4 with their margins, exact, 25 claims each; in every fourth the total is one too small.
fn tables(claims: usize) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for table in 0..claims / 25 {
        let (first, claim) = (table * 16, table * 25);
        writeln!(text, "k {table}").unwrap();
        (first..first + 16).for_each(|variable| writeln!(text, "v {variable} i 0 inf").unwrap());
        let value = |cell: usize| (table * 7 + cell * cell) % 23;
        (0..16).for_each(|cell| writeln!(text, "r c{} = {} 1 {}", claim + cell, value(cell), first + cell).unwrap());
        let mut sum = |number: usize, cells: Vec<usize>, less: usize| {
            let total = cells.iter().map(|cell| value(*cell)).sum::<usize>() - less;
            let terms: Vec<String> = cells.iter().map(|cell| format!("1 {}", first + cell)).collect();
            writeln!(text, "r c{} = {total} {}", claim + 16 + number, terms.join(" ")).unwrap();
        };
        (0..4).for_each(|row| sum(row, (0..4).map(|cell| row * 4 + cell).collect(), 0));
        (0..4).for_each(|column| sum(4 + column, (0..4).map(|row| row * 4 + column).collect(), 0));
        sum(8, (0..16).collect(), usize::from(table % 4 == 3));
    }
    text
}
