//! What the language promises, as tables of expressions.

use super::*;
use crate::calendar::Day;
use crate::number::Rational;
use crate::source::{FileId, InputError, InputErrors, Sources, Span};
use proptest::prelude::*;

/// Parses an expression as it stands in a literal TOML string.
fn read(text: &str) -> Result<Expression, Box<InputError>> {
    let mut sources = Sources::new();
    let written = format!("'''{text}'''");
    let end = written.len();
    let file = sources.add("rules.toml", written);
    parse(&sources, Span { file, start: 0, end })
}

/// The tree in prefix form, with every grouping to be seen.
fn shape(expr: &Expr) -> String {
    let all = |parts: &mut dyn Iterator<Item = &Expr>| parts.map(shape).collect::<Vec<_>>().join(" ");
    match &expr.kind {
        ExprKind::Negative(inner) => format!("(neg {})", shape(inner)),
        ExprKind::Not(inner) => format!("(not {})", shape(inner)),
        ExprKind::Binary(operator, left, right) => format!("({} {} {})", operator.sign(), shape(left), shape(right)),
        ExprKind::Order(word, left, right) => format!("({} {} {})", word.name(), shape(left), shape(right)),
        ExprKind::If(condition, then) => format!("(if {} {})", shape(condition), shape(then)),
        ExprKind::Change(from, to) => format!("(change {} {})", shape(from), shape(to)),
        ExprKind::And(parts) => format!("(and {})", all(&mut parts.iter())),
        ExprKind::Or(parts) => format!("(or {})", all(&mut parts.iter())),
        ExprKind::Aggregate(aggregate, parts) => format!("({} {})", aggregate.name(), all(&mut parts.iter())),
        ExprKind::Compare(first, chain) => {
            let rest: Vec<_> =
                chain.iter().map(|(sign, operand)| format!("{} {}", sign.sign(), shape(operand))).collect();
            format!("(chain {} {})", shape(first), rest.join(" "))
        }
        _ => expr.to_string(),
    }
}

#[test]
fn operators_bind_as_they_are_read_aloud() {
    for (text, tree) in [
        ("raid-arrests <= december-arrests", "(chain raid-arrests <= december-arrests)"),
        ("a - b", "(- a b)"),
        ("a-b", "a-b"),
        ("a - b - c", "(- (- a b) c)"),
        ("a + b * c", "(+ a (* b c))"),
        ("(a + b) * c", "(* (+ a b) c)"),
        ("a / b / c", "(/ (/ a b) c)"),
        ("a/b / c", "(/ a/b c)"),
        ("x/2", "(/ x 2)"),
        ("-a ^ 2", "(neg (^ a 2))"),
        ("(-a) ^ 2", "(^ (neg a) 2)"),
        ("(a ^ 2) ^ 3", "(^ (^ a 2) 3)"),
        ("2 * -a", "(* 2 (neg a))"),
        ("a - -b", "(- a (neg b))"),
        ("- - a", "(neg (neg a))"),
        ("share == 100 * part / whole", "(chain share == (/ (* 100 part) whole))"),
        (
            "student-death < campaign-start <= raid < announcement",
            "(chain student-death < campaign-start <= raid < announcement)",
        ),
        ("(a < b) == c", "(chain (chain a < b) == c)"),
        ("a < b and c or not d > 1 and e", "(or (and (chain a < b) c) (and (not (chain d > 1)) e))"),
        ("a and b and c", "(and a b c)"),
        ("a and (b and c)", "(and a (and b c))"),
        ("(a or b) or c", "(or (or a b) c)"),
        ("not not a", "(not (not a))"),
        ("if staff > 0 then staff_costs > 0", "(if (chain staff > 0) (chain staff_costs > 0))"),
        ("if a then if b then c", "(if a (if b c))"),
        ("(if a then b) and (if c then d)", "(and (if a b) (if c d))"),
        ("if a or b then c and d", "(if (or a b) (and c d))"),
        ("sum(parts) == whole", "(chain (sum parts) == whole)"),
        ("min(1, 2, -x)", "(min 1 2 (neg x))"),
        ("count == sum", "(chain count == sum)"),
        ("count (parts)", "(count parts)"),
        ("change(revenue['FY2024'], revenue['FY2025'])", "(change revenue['FY2024'] revenue['FY2025'])"),
        ("a.when within b.when", "(within a.when b.when)"),
        ("december-arrests.nationality == 'KR'", "(chain december-arrests.nationality == 'KR')"),
        ("december-arrests.nationality == \"KR\"", "(chain december-arrests.nationality == 'KR')"),
        ("x == \"it's\"", "(chain x == \"it's\")"),
        ("cambodia-raid/to-november.value + 1", "(+ cambodia-raid/to-november.value 1)"),
        ("`revenue[Q1 2025]` > `and`", "(chain `revenue[Q1 2025]` > `and`)"),
        ("`a`", "a"),
        ("x.`odd field`.in", "x.`odd field`.in"),
        ("revenue['Q1 2025', region = 'EU', `odd one` = \"x\"]", "revenue['Q1 2025', region = 'EU', `odd one` = 'x']"),
        ("revenue[region = 'EU']", "revenue[region = 'EU']"),
        ("arrests[2025-12-18]", "arrests['2025-12-18']"),
        ("raid - 2025-12-18 <= 3", "(chain (- raid 2025-12-18) <= 3)"),
        ("1_200.50 + 37% + 1e3", "(+ (+ 1200.5 37%) 1000)"),
        ("true or false", "(or true false)"),
        ("größe + été-2025", "(+ größe été-2025)"),
        ("  a\n  <= b ", "(chain a <= b)"),
    ] {
        match read(text) {
            Ok(expression) => assert_eq!(shape(&expression.root), tree, "{text}"),
            Err(error) => panic!("{text}: {error} {:?}", error.at),
        }
    }
}

#[test]
fn what_is_no_expression_is_refused_at_its_place() {
    for (text, column, message) in [
        ("", 1, "an expression is expected here, and the expression ends here"),
        ("   ", 4, "an expression is expected here"),
        ("a <=", 5, "a name, a number or an opening parenthesis is expected here, and the expression ends here"),
        ("a = b", 3, "`=` does not compare"),
        ("a =< b", 3, "`=<` is not part of the language"),
        ("a ≤ b", 3, "`≤` is not part of the language"),
        ("a && b", 3, "`&&` is not part of the language"),
        ("!a", 1, "`!` is not part of the language"),
        ("a b", 3, "`b` does not belong here"),
        ("a 5", 3, "`5` does not belong here"),
        ("a <= b c", 8, "`c` does not belong here"),
        ("(a", 1, "this parenthesis is not closed"),
        ("a)", 2, "there is no parenthesis that this one closes"),
        ("(a b)", 4, "`b` does not belong here"),
        ("sum(a", 4, "this parenthesis is not closed"),
        ("sum()", 1, "there is nothing between these parentheses"),
        ("total(a)", 1, "there is no function `total`"),
        ("100(a)", 4, "only a function has an argument in parentheses"),
        ("change(a)", 1, "`change` takes two figures: from and to"),
        ("change(a, b, c)", 1, "`change` takes two figures"),
        ("a -b", 3, "a minus between two things has a space on both sides"),
        ("3 -2", 3, "a minus between two things has a space on both sides"),
        ("3-2", 1, "`3-2` is neither a date nor a subtraction"),
        ("2025-12", 1, "`2025-12` is neither a date nor a subtraction"),
        ("2025-02-30", 1, "there is no 2025-02-30"),
        ("raid < 2025-12-18T10", 8, "`2025-12-18T10` is neither a date nor a subtraction"),
        ("a > 1,200", 5, "`1,200` may be one number or two"),
        ("min(1,200)", 5, "`1,200` may be one number or two"),
        ("5km", 1, "`5km` is neither a number nor a name"),
        ("1e999999999", 1, "`1e999999999` is larger or finer than any figure"),
        ("37 %", 4, "`%` is not part of the language"),
        ("€5", 1, "`€` is not part of the language"),
        ("'a", 1, "this text is not closed"),
        ("`a", 1, "this name is not closed"),
        ("``", 1, "there is no name between these backticks"),
        ("a ^ 17", 5, "an exponent is a whole number from 0 to 16"),
        ("a ^ -1", 5, "an exponent is a whole number"),
        ("a ^ b", 5, "an exponent is a whole number"),
        ("a ^ 1.5", 5, "an exponent is a whole number"),
        ("a ^ 2 ^ 3", 7, "one power of another"),
        ("a. b", 2, "a field follows its dot at once"),
        ("share.of/whole", 7, "`of/whole` is no field"),
        ("a before b before c", 12, "stand in no chain"),
        ("a < b before c", 7, "stand in no chain"),
        ("a == not b", 6, "`not` needs parentheses here"),
        ("a and if b then c", 7, "`if` needs parentheses here"),
        ("if a", 5, "`then` is expected here"),
        ("if a then b else c", 13, "`else` is not part of the language"),
        ("then", 1, "a name, a number or an opening parenthesis is expected here, not `then`"),
        ("a + or", 5, "a name, a number or an opening parenthesis is expected here, not `or`"),
        ("revenue[]", 9, "a time in quotation marks is expected here, not `]`"),
        ("revenue[2025]", 9, "a time in quotation marks is expected here, not `2025`"),
        ("revenue[Q1 2025]", 12, "`=` is expected here, not `2025`"),
        ("revenue['a', 'b']", 14, "a dimension is expected here"),
        ("revenue[region = EU]", 18, "a member in quotation marks is expected here, not `EU`"),
        ("revenue[a = 'x', a = 'y']", 18, "`a` is given twice"),
        ("revenue['a'", 8, "this bracket is not closed"),
        ("company/revenue['a']", 1, "a measure is looked up by its name alone"),
        ("(a)['x']", 4, "only a measure is looked up by square brackets"),
    ] {
        let Err(error) = read(text) else { panic!("{text} is no expression") };
        let at = error.at.as_ref().unwrap().span;
        assert!(error.message.contains(message), "{text}: {}", error.message);
        let in_text = format!("'''{text}'''").get(3..at.start).map(|before| before.chars().count() + 1);
        assert_eq!(in_text, Some(column), "{text}: {}", error.message);
        assert!(at.end > at.start, "{text}: the caret is to be seen");
    }
}

#[test]
fn errors_say_how_to_mend_them() {
    for (text, help) in [
        ("a = b", "use `==`"),
        ("a ≤ b", "write `<=`"),
        ("a > 1,200", "write `1_200` for one number"),
        ("2025-12", "a period goes into quotation marks"),
        ("a -b", "`a - b` subtracts, `a-b` is one name"),
        ("revenue[Q1 2025]", "a time goes into quotation marks"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.help.as_deref().unwrap_or_default().contains(help), "{text}: {:?}", error.help);
    }
}

#[test]
fn hostile_expressions_are_refused_at_once() {
    let parentheses = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    assert!(read(&parentheses).unwrap_err().message.contains("longer than"));
    let parentheses = format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000));
    assert!(read(&parentheses).unwrap_err().message.contains("nested more than 200 deep"));
    assert!(read(&"(".repeat(201)).unwrap_err().message.contains("nested more than"));
    assert!(read(&format!("{}a{}", "(".repeat(199), ")".repeat(199))).is_ok());
    for chain in ["- ".repeat(5_000), "not ".repeat(3_000), "if a then ".repeat(1_000), "1 + ".repeat(3_000)] {
        assert!(read(&format!("{chain}a")).unwrap_err().message.contains("nested more than"), "{}", &chain[..4]);
    }
    assert!(read(&"x".repeat(10_000_000)).unwrap_err().message.contains("longer than"));
    assert!(read(&format!("{}a", "a and ".repeat(2_000))).is_ok());
    assert!(read(&format!("{}a", "a < ".repeat(2_000))).is_ok());
    assert!(read(&"9".repeat(10_000)).unwrap_err().message.contains("larger or finer"));
}

#[test]
fn every_node_knows_its_place_in_the_file() {
    let mut sources = Sources::new();
    let text = "require = \"\\u0061 <= (b + 'x\\\"y')\"\n";
    let file = sources.add("rules.toml", text);
    let expression = parse(&sources, Span { file, start: 10, end: text.len() - 1 }).unwrap();
    let places: Vec<_> = expression.root.walk().map(|node| sources.slice(node.span)).collect();
    assert_eq!(places, ["\\u0061 <= (b + 'x\\\"y')", "\\u0061", "(b + 'x\\\"y')", "b", "'x\\\"y'"]);
    assert_eq!(expression.text, "a <= (b + 'x\"y')");
}

#[test]
fn names_come_from_left_to_right() {
    let expression = read("if a > 0 then sum(b, c.when) <= change(d/e, a) and f['2025'] < 2").unwrap();
    let names: Vec<_> = expression.root.names().map(|(name, _)| name.to_string()).collect();
    assert_eq!(names, ["a", "b", "c.when", "d/e", "a"]);
}

#[test]
fn what_is_no_string_is_no_expression() {
    let mut sources = Sources::new();
    let file = sources.add("rules.toml", "12");
    let error = parse(&sources, Span { file, start: 0, end: 2 }).unwrap_err();
    assert_eq!(error.message, "an expression is a text in quotation marks");
}

/// Names by their first letter: n numbers, d dates, t texts, s sets, w times, c columns.
struct ByLetter;

impl Names for ByLetter {
    fn type_of(&self, name: &Name) -> Result<Type, (String, Option<String>)> {
        let known = [("n", Type::Number), ("d", Type::Date), ("t", Type::Text), ("s", Type::Set), ("c", Type::Column)];
        let whole = name.base.trim_end_matches(|letter: char| letter.is_ascii_digit());
        match (known.iter().find(|(letter, _)| *letter == whole), name.fields.as_slice()) {
            (Some((_, found)), []) => Ok(*found),
            (Some((_, Type::Number)), [field]) if field == "when" => Ok(Type::Span),
            (Some((_, Type::Number)), [field]) if field == "of" => Ok(Type::Text),
            _ => Err((format!("nothing is called `{name}`"), Some("known is n".to_owned()))),
        }
    }

    fn measure(&self, measure: &str) -> Result<(), (String, Option<String>)> {
        if measure == "m" { Ok(()) } else { Err((format!("there is no measure `{measure}`"), None)) }
    }
}

fn typed(text: &str, wanted: Type) -> Vec<InputError> {
    let expression = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let mut errors = InputErrors::default();
    check(&expression, &ByLetter, wanted, &mut errors);
    errors.0
}

#[test]
fn what_has_a_meaning_has_a_type() {
    for text in [
        "n < 5",
        "n1 == n2 * 100 / n3 <= 37% ^ 2",
        "d < d2 <= 2025-12-18",
        "d - d2 <= 3",
        "d + 3 < d2 - n",
        "3 + d < d2",
        "t == 'KR' and n.of != t",
        "n.when within n2.when or n.when before n2.when or not n.when overlaps n2.when",
        "sum(s) == n and count(s) > 2 and min(s, n) < max(1, 2) and mean(s) > 0",
        "if n > 0 then n2 > 0",
        "change(n, m['2025']) > 5",
        "c < 5 and c == 't' and c + c2 == c3 and c != t",
        "true",
        "-n < n",
    ] {
        assert_eq!(typed(text, Type::Truth), [], "{text}");
    }
    assert_eq!(typed("change(n, n2)", Type::Number), []);
    assert_eq!(typed("d + 1", Type::Date), []);
}

#[test]
fn a_type_error_stands_at_the_narrowest_place() {
    for (text, place, message, help) in [
        ("n + n2 < 'KR'", "'KR'", "`<` cannot compare a number with a text", "a name goes into backticks: `KR`"),
        ("n12345 == '26'", "'26'", "`==` cannot compare a number with a text", "without quotation marks: 26"),
        ("d == '2025-12-18'", "d", "cannot compare a date with a text", "without quotation marks: 2025-12-18"),
        ("d < 5", "5", "`<` cannot compare a date with a number", "one day less another is a number of days"),
        ("t < t2", "t", "`<` cannot compare texts", "`==` or `!=`"),
        ("s == n", "s", "`==` cannot compare a set of figures", "write `sum(s)` or `count(s)`"),
        ("(n < 1) == (n2 < 1)", "(n < 1)", "`==` cannot compare a condition", "joined by `and`"),
        ("n.when == n2.when", "n.when", "`==` cannot compare a time", "`within`"),
        ("n.when within '2025'", "'2025'", "`within` stands between two times, and this is a text", "a.when within"),
        ("n.when before d2.x", "d2.x", "nothing is called `d2.x`", "known is n"),
        ("d before n.when", "d", "`before` stands between two times, and this is a date", "compared by `<`"),
        ("n", "n", "this must be a condition, which is true or false, and it is a number", "`n == …`"),
        ("n + t > 1", "t", "`+` stands between two numbers, and this is a text", "compared with a text"),
        ("n * d > 1", "d", "`*` stands between two numbers, and this is a date", "subtracted"),
        ("d + d2 > d", "d + d2", "two dates cannot be added", "a number of days"),
        ("3 - d > d", "3 - d", "a date cannot be taken from a number", "days are taken from a date"),
        ("n / 0 > 1", "0", "nothing is divided by 0", ""),
        ("not n", "n", "a condition is needed here, and this is a number", "compare it to something"),
        ("n and n > 1", "n", "a condition is needed here", ""),
        ("-t < 1", "t", "a number is needed here, and this is a text", ""),
        ("sum(t) > 1", "t", "`sum` takes a set of figures or numbers, and this is a text", ""),
        ("count(n) > 1", "n", "`count` takes a set of figures, and this is a number", ""),
        ("change(s, n) > 1", "s", "a number is needed here, and this is a set of figures", "write `sum(s)`"),
        ("x['2025'] > 1", "x['2025']", "there is no measure `x`", ""),
        ("n-n2 > 1", "n-n2", "nothing is called `n-n2`", "with spaces, `n - n2`, it is arithmetic"),
        ("n/n2 > 1", "n/n2", "nothing is called `n/n2`", "with spaces, `n / n2`, it is arithmetic"),
        ("if n then n > 1", "n", "a condition is needed here", ""),
    ] {
        let errors = typed(text, Type::Truth);
        let [error] = errors.as_slice() else { panic!("{text}: {errors:?}") };
        let at = error.at.as_ref().unwrap().span;
        assert_eq!(&format!("'''{text}'''")[at.start..at.end], place, "{text}");
        assert!(error.message.contains(message), "{text}: {}", error.message);
        assert!(error.help.as_deref().unwrap_or_default().contains(help), "{text}: {:?}", error.help);
    }
}

#[test]
fn every_type_error_is_reported_and_each_once() {
    assert_eq!(typed("n < 'a' and x > 1 and y + z == t", Type::Truth).len(), 4);
    assert_eq!(typed("x < 1 < 2 < y", Type::Truth).len(), 2);
    assert_eq!(typed("n + 1", Type::Truth).len(), 1);
    assert_eq!(typed("n < 1", Type::Number).len(), 1);
}

fn unplaced(expr: &Expr) -> Expr {
    let nowhere = Span { file: FileId(0), start: 0, end: 0 };
    let one = |inner: &Expr| Box::new(unplaced(inner));
    let all = |parts: &[Expr]| parts.iter().map(unplaced).collect();
    let kind = match &expr.kind {
        ExprKind::Negative(inner) => ExprKind::Negative(one(inner)),
        ExprKind::Not(inner) => ExprKind::Not(one(inner)),
        ExprKind::Binary(operator, left, right) => ExprKind::Binary(*operator, one(left), one(right)),
        ExprKind::Order(word, left, right) => ExprKind::Order(*word, one(left), one(right)),
        ExprKind::If(condition, then) => ExprKind::If(one(condition), one(then)),
        ExprKind::Change(from, to) => ExprKind::Change(one(from), one(to)),
        ExprKind::And(parts) => ExprKind::And(all(parts)),
        ExprKind::Or(parts) => ExprKind::Or(all(parts)),
        ExprKind::Aggregate(aggregate, parts) => ExprKind::Aggregate(*aggregate, all(parts)),
        ExprKind::Compare(first, chain) => {
            ExprKind::Compare(one(first), chain.iter().map(|(sign, operand)| (*sign, unplaced(operand))).collect())
        }
        ExprKind::Lookup { measure, when, scope } => ExprKind::Lookup {
            measure: measure.clone(),
            when: when.as_ref().map(|(when, _)| (when.clone(), nowhere)),
            scope: scope.clone(),
        },
        leaf => leaf.clone(),
    };
    Expr { kind, span: nowhere }
}

fn placed(kind: ExprKind) -> Expr {
    Expr { kind, span: Span { file: FileId(0), start: 0, end: 0 } }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z_é][a-z0-9_]{0,4}(-[a-z0-9]{1,3}){0,2}",
        "[a-z]{1,4}/[a-z]{1,4}",
        "[^`'\\\\\u{0}-\u{1f}\u{7f}]{1,8}",
        Just("and".to_owned()),
        Just("sum".to_owned()),
        Just("if".to_owned())
    ]
}

fn quoted_text() -> impl Strategy<Value = String> {
    prop_oneof!["[^'\\\\\u{0}-\u{1f}\u{7f}]{0,8}", "[a-z' ]{0,3}x"]
}

fn leaf() -> impl Strategy<Value = Expr> {
    let comparison_free = word().prop_filter("no path", |word| !word.contains('/'));
    prop_oneof![
        (0_i64..10_000, 0_u32..4, any::<bool>()).prop_map(|(digits, places, percent)| {
            let value = Rational::from(digits) * Rational::new(1, 10_i64.pow(places)).unwrap();
            placed(ExprKind::Number { value, percent })
        }),
        quoted_text().prop_map(|text| placed(ExprKind::Text(text))),
        (-10_000_i64..40_000).prop_map(|day| placed(ExprKind::Date(Day(day)))),
        any::<bool>().prop_map(|truth| placed(ExprKind::Truth(truth))),
        (word(), prop::collection::vec(word(), 0..3))
            .prop_map(|(base, fields)| placed(ExprKind::Name(Name { base, fields }))),
        (comparison_free, quoted_text(), prop::collection::btree_map(word(), quoted_text(), 0..3)).prop_map(
            |(measure, when, scope)| placed(ExprKind::Lookup {
                measure,
                when: Some((when, Span { file: FileId(0), start: 0, end: 0 })),
                scope: scope.into_iter().collect(),
            })
        ),
    ]
}

fn sign() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![Comparison::Less, Comparison::AtMost, Comparison::Equal, Comparison::NotEqual])
}

fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(6, 60, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let several = |least| prop::collection::vec(inner.clone(), least..4);
        let arithmetic =
            prop::sample::select(vec![BinaryOp::Add, BinaryOp::Subtract, BinaryOp::Multiply, BinaryOp::Divide]);
        let word = prop::sample::select(vec![OrderWord::Within, OrderWord::Before, OrderWord::Overlaps]);
        let function = prop::sample::select(vec![Aggregate::Sum, Aggregate::Count, Aggregate::Min, Aggregate::Mean]);
        prop_oneof![
            boxed().prop_map(|it| placed(ExprKind::Negative(it))),
            boxed().prop_map(|it| placed(ExprKind::Not(it))),
            (arithmetic, boxed(), boxed()).prop_map(|(op, left, right)| placed(ExprKind::Binary(op, left, right))),
            (boxed(), 0_i64..=16).prop_map(|(base, exponent)| {
                let exponent = placed(ExprKind::Number { value: Rational::from(exponent), percent: false });
                placed(ExprKind::Binary(BinaryOp::Power, base, Box::new(exponent)))
            }),
            (boxed(), prop::collection::vec((sign(), inner.clone()), 1..3))
                .prop_map(|(first, chain)| placed(ExprKind::Compare(first, chain))),
            (word, boxed(), boxed()).prop_map(|(word, left, right)| placed(ExprKind::Order(word, left, right))),
            several(2).prop_map(|parts| placed(ExprKind::And(parts))),
            several(2).prop_map(|parts| placed(ExprKind::Or(parts))),
            (boxed(), boxed()).prop_map(|(condition, then)| placed(ExprKind::If(condition, then))),
            (function, several(1)).prop_map(|(function, parts)| placed(ExprKind::Aggregate(function, parts))),
            (boxed(), boxed()).prop_map(|(from, to)| placed(ExprKind::Change(from, to))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back_as_the_same_tree(tree in tree()) {
        let written = tree.to_string();
        let mut sources = Sources::new();
        let toml = toml::Value::String(written.clone()).to_string();
        let end = toml.len();
        let file = sources.add("rules.toml", toml);
        let read = parse(&sources, Span { file, start: 0, end });
        let read = read.map_err(|error| TestCaseError::fail(format!("{written}: {error}")))?;
        prop_assert_eq!(unplaced(&read.root), tree, "{}", written);
    }

    #[test]
    fn no_text_makes_it_stumble(text in any::<String>(), mark in prop::sample::select(vec!["'", "\"", "'''", "\"\"\"", ""])) {
        let mut sources = Sources::new();
        let written = format!("{mark}{text}{mark}");
        let end = written.len();
        let file = sources.add("rules.toml", written);
        if let Err(error) = parse(&sources, Span { file, start: 0, end }) {
            let at = error.at.map(|at| at.span);
            prop_assert!(at.is_some_and(|at| at.start <= at.end && at.end <= end));
        }
    }

    #[test]
    fn no_jumble_of_its_own_words_makes_it_stumble(
        words in prop::collection::vec(prop::sample::select(vec![
            "a", "b-c", "a/b", "1", "2025-01-01", "37%", "(", ")", "[", "]", "+", "-", "*", "/", "^", "<", "==", "=", ",", ".",
            "and", "or", "not", "if", "then", "sum", "change", "within", "'x'", "`y`", " ", " ", " ",
        ]), 0..40)
    ) {
        if let Ok(expression) = read(&words.concat()) {
            let again = read(&expression.to_string());
            prop_assert_eq!(again.ok().map(|it| unplaced(&it.root)), Some(unplaced(&expression.root)));
        }
    }
}
