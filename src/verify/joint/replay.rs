//! Replaying a refutation: every move follows from the rows before it, every branch is closed, and nothing is left over.
//!
//! It knows nothing of claims: rows are given as numbers. Open branches are kept in a list of their own, so that no
//! depth of a hostile proof can exhaust the stack, and the work is counted, so that none can exhaust memory or patience.

use super::super::fraction::Fraction;
use super::format::{Combination, Move};
use std::collections::{BTreeMap, BTreeSet};

/// How much work a proof may take: about one addition of two small fractions each.
const MOST_WORK: u64 = 50_000_000;
/// How many terms the rows of all open branches may hold together.
const MOST_TERMS: usize = 4_000_000;
/// How many branches may be open at once.
const MOST_OPEN: usize = 1_000_000;
/// How many bits a number may take.
const MOST_BITS: u64 = 16_384;

/// A row in numbers: the multiples of quantities by their places from 0, none of them 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    pub terms: BTreeMap<usize, Fraction>,
    pub at_most: Fraction,
    pub strict: bool,
}

/// What a refutation starts from.
#[derive(Clone, Debug, Default)]
pub(super) struct Start {
    /// The given rows.
    pub rows: Vec<Numbers>,
    /// The rows of each alternative of each choice.
    pub choices: Vec<Vec<Vec<Numbers>>>,
    /// Whether each quantity is whole.
    pub whole: Vec<bool>,
    /// The factors of each quantity that is a product, by their places, in order; itself alone for any other.
    pub factors: Vec<Vec<usize>>,
    /// The products, by their factors.
    pub products: BTreeMap<Vec<usize>, usize>,
}

/// Why a refutation does not follow: the move, from 1, unless it is the whole.
pub(super) type Failed = (Option<usize>, String);

/// Where a row on the way came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Given(usize),
    /// A row of an alternative of a choice.
    Chosen(usize, usize, usize),
    Made,
}

/// A row on the way, and the addition that it came with.
struct Standing {
    row: Numbers,
    origin: Origin,
    addition: Option<usize>,
}

/// A branch that is still to be closed: how many rows stand before it, and what it adds.
struct Open {
    keep: usize,
    adds: Adds,
}

enum Adds {
    Alternative(usize, usize),
    Row(Numbers),
}

struct Replay<'s> {
    start: &'s Start,
    way: Vec<Standing>,
    terms: usize,
    work: u64,
    open: Vec<Open>,
    /// For each addition: the move that made it, and whether a row of it was used.
    additions: Vec<(usize, bool)>,
    used_rows: Vec<bool>,
    used_choices: Vec<Vec<Vec<bool>>>,
    named_choices: BTreeSet<usize>,
}

type Done<T> = Result<T, String>;

/// Replays all moves.
///
/// # Errors
/// The first move that does not follow, and why.
pub(super) fn replay(start: &Start, moves: &[Move]) -> Result<(), Failed> {
    let whole = |reason: &str| (None, reason.to_owned());
    let mut replay = Replay {
        start,
        way: Vec::new(),
        terms: 0,
        work: 0,
        open: Vec::new(),
        additions: Vec::new(),
        used_rows: vec![false; start.rows.len()],
        used_choices: start
            .choices
            .iter()
            .map(|choice| choice.iter().map(|rows| vec![false; rows.len()]).collect())
            .collect(),
        named_choices: BTreeSet::new(),
    };
    for (at, row) in start.rows.iter().enumerate() {
        replay.stand(row.clone(), Origin::Given(at), None).map_err(|reason| (None, reason))?;
    }
    let mut closed = false;
    for (at, made) in moves.iter().enumerate() {
        let number = at.saturating_add(1);
        if closed {
            return Err((Some(number), "every branch is closed already".to_owned()));
        }
        let before = at.checked_sub(1).and_then(|before| moves.get(before));
        let apart = before.is_none_or(|before| replay.in_order(before, made));
        if !apart {
            return Err((Some(number), "it does not depend on the move before it, and is less than that".to_owned()));
        }
        closed = replay.make(number, made).map_err(|reason| (Some(number), reason))?;
    }
    if !closed {
        return Err(whole("not every branch of its proof is closed"));
    }
    replay.fall_back(start.rows.len()).map_err(|reason| (None, reason))?;
    if let Some(at) = replay.used_rows.iter().position(|used| !used) {
        return Err((None, format!("its proof does not need row {}", at.saturating_add(1))));
    }
    let all_used = replay.used_choices.iter().flatten().flatten().all(|used| *used);
    let all_used = all_used && replay.named_choices.len() == start.choices.len();
    if all_used { Ok(()) } else { Err(whole("its proof does not need all of its choices")) }
}

impl Replay<'_> {
    /// Whether of two moves that each add a row the second uses that of the first, or is not less than it.
    fn in_order(&self, before: &Move, made: &Move) -> bool {
        let last = self.way.len();
        let uses = |combination: &Combination| combination.iter().any(|(row, _)| *row == last);
        let used = match (before, made) {
            (Move::Rounded(_) | Move::Product(..), Move::Rounded(sum)) => uses(sum),
            (Move::Rounded(_) | Move::Product(..), Move::Product(one, other)) => uses(one) || uses(other),
            _ => true,
        };
        used || before <= made
    }

    /// Makes one move; says whether it closed the last branch.
    fn make(&mut self, number: usize, made: &Move) -> Done<bool> {
        match made {
            Move::Rounded(combination) => {
                let sum = self.sum(combination)?;
                let row = self.rounded(sum)?;
                self.add(number, row)?;
            }
            Move::Product(one, other) => {
                if one > other {
                    return Err("its two sums are not in order".to_owned());
                }
                let row = self.product(one, other)?;
                self.add(number, row)?;
            }
            Move::Chosen { choice, alternative } => {
                let (choice, count) = self.choice(*choice)?;
                let left = alternative.checked_sub(1).filter(|left| *left < count);
                let left = left.ok_or("there is no such alternative")?;
                self.branch(choice, std::iter::once(left).chain((0..count).rev().filter(|at| *at != left)));
                self.next(number)?;
            }
            Move::Cases(choice) => {
                let (choice, count) = self.choice(*choice)?;
                self.branch(choice, (0..count).rev());
                self.next(number)?;
            }
            Move::Split { terms, below, above } => {
                let (first, second) = self.split(terms, below, above)?;
                let keep = self.way.len();
                self.open.push(Open { keep, adds: Adds::Row(second) });
                self.open.push(Open { keep, adds: Adds::Row(first) });
                self.next(number)?;
            }
            Move::Sum(combination) => {
                let sum = self.sum(combination)?;
                self.closes(&sum, combination)?;
                return self.next(number);
            }
        }
        Ok(false)
    }

    /// Goes on with the branch that was opened last, if there is one; says whether there is none.
    fn next(&mut self, number: usize) -> Done<bool> {
        let Some(Open { keep, adds }) = self.open.pop() else { return Ok(true) };
        self.fall_back(keep)?;
        match adds {
            Adds::Row(row) => self.add(number, row)?,
            Adds::Alternative(choice, alternative) => {
                let addition = self.addition(number);
                let rows = self.start.choices.get(choice).and_then(|choice| choice.get(alternative));
                for (at, row) in rows.into_iter().flatten().enumerate() {
                    self.stand(row.clone(), Origin::Chosen(choice, alternative, at), Some(addition))?;
                }
            }
        }
        Ok(false)
    }

    fn branch(&mut self, choice: usize, alternatives: impl Iterator<Item = usize>) {
        let keep = self.way.len();
        let opened = alternatives.map(|alternative| Open { keep, adds: Adds::Alternative(choice, alternative) });
        self.open.extend(opened);
    }

    /// The place of a choice, and how many alternatives it has.
    fn choice(&mut self, named: usize) -> Done<(usize, usize)> {
        let at = named.checked_sub(1).ok_or("choices count from 1")?;
        let found = self.start.choices.get(at).ok_or_else(|| format!("there is no choice {named}"))?;
        if self.open.len().saturating_add(found.len()) > MOST_OPEN {
            return Err(format!("more than {MOST_OPEN} branches are open at once, which is more than is checked"));
        }
        self.named_choices.insert(at);
        Ok((at, found.len()))
    }

    fn addition(&mut self, number: usize) -> usize {
        self.additions.push((number, false));
        self.additions.len().saturating_sub(1)
    }

    fn add(&mut self, number: usize, row: Numbers) -> Done<()> {
        let addition = self.addition(number);
        self.stand(row, Origin::Made, Some(addition))
    }

    fn stand(&mut self, row: Numbers, origin: Origin, addition: Option<usize>) -> Done<()> {
        self.terms = self.terms.saturating_add(row.terms.len().max(1));
        if self.terms > MOST_TERMS {
            return Err(format!("its rows have more than {MOST_TERMS} terms together, which is more than is checked"));
        }
        self.way.push(Standing { row, origin, addition });
        Ok(())
    }

    /// Takes back the rows after the first few; all that was added must have been used.
    fn fall_back(&mut self, keep: usize) -> Done<()> {
        while self.way.len() > keep {
            let Some(standing) = self.way.pop() else { break };
            self.terms = self.terms.saturating_sub(standing.row.terms.len().max(1));
            if let Some((number, false)) = standing.addition.and_then(|addition| self.additions.get(addition)) {
                return Err(format!("no row that move {number} adds is needed"));
            }
        }
        Ok(())
    }

    fn spend(&mut self, number: &Fraction) -> Done<()> {
        let bits = number.bits();
        if bits > MOST_BITS {
            return Err(format!("a number takes more than {MOST_BITS} bits, which is more than is checked"));
        }
        let words = bits / 64;
        self.work = self.work.saturating_add(1).saturating_add(words.saturating_mul(words).saturating_mul(16));
        if self.work > MOST_WORK {
            return Err("the proof takes more work than a proof may".to_owned());
        }
        Ok(())
    }

    /// The sum of multiples of rows on the way.
    fn sum(&mut self, combination: &Combination) -> Done<Numbers> {
        let mut sum = Numbers { terms: BTreeMap::new(), at_most: Fraction::nought(), strict: false };
        let mut before = 0;
        for (named, multiple) in combination {
            if *named <= before {
                return Err("its rows are not in order, each once".to_owned());
            }
            before = *named;
            let multiple = Fraction::read(multiple).filter(Fraction::is_positive);
            let multiple = multiple.ok_or("a multiple is no fraction above 0 in lowest terms")?;
            let at = named.saturating_sub(1);
            let standing = self.way.get(at).ok_or_else(|| format!("no row {named} stands there"))?;
            let row = standing.row.clone();
            match standing.origin {
                Origin::Given(at) => mark(self.used_rows.get_mut(at)),
                Origin::Chosen(choice, alternative, at) => {
                    let rows = self.used_choices.get_mut(choice).and_then(|choice| choice.get_mut(alternative));
                    mark(rows.and_then(|rows| rows.get_mut(at)));
                }
                Origin::Made => {}
            }
            let addition = standing.addition.and_then(|addition| self.additions.get_mut(addition));
            mark(addition.map(|(_, used)| used));
            for (quantity, factor) in &row.terms {
                let product = factor.times(&multiple);
                let total = sum.terms.get(quantity).map_or_else(|| product.clone(), |known| known.plus(&product));
                self.spend(&total)?;
                if total.is_nought() {
                    sum.terms.remove(quantity);
                } else {
                    sum.terms.insert(*quantity, total);
                }
            }
            sum.at_most = sum.at_most.plus(&row.at_most.times(&multiple));
            self.spend(&sum.at_most)?;
            sum.strict |= row.strict;
        }
        if combination.is_empty() { Err("it adds up no rows".to_owned()) } else { Ok(sum) }
    }

    fn is_whole(&self, terms: &BTreeMap<usize, Fraction>) -> bool {
        let whole = |quantity: &usize| self.start.whole.get(*quantity).copied().unwrap_or_default();
        terms.iter().all(|(quantity, factor)| factor.is_whole() && whole(quantity))
    }

    fn rounded(&self, sum: Numbers) -> Done<Numbers> {
        if !self.is_whole(&sum.terms) {
            return Err("the sum is not of whole multiples of whole quantities".to_owned());
        }
        let at_most = tightened(&sum.at_most, sum.strict);
        Ok(Numbers { at_most, strict: false, ..sum })
    }

    /// From `a x <= b` and `c y <= d`: `a d x + b c y - a c x y <= b d`.
    fn product(&mut self, one: &Combination, other: &Combination) -> Done<Numbers> {
        let (first, second) = (self.sum(one)?, self.sum(other)?);
        let (x, a, b) = only(&first)?;
        let (y, c, d) = only(&second)?;
        let factors = |at: usize| self.start.factors.get(at).cloned().unwrap_or_default();
        let mut both: Vec<usize> = factors(x).into_iter().chain(factors(y)).collect();
        both.sort_unstable();
        let xy =
            *self.start.products.get(&both).ok_or("the product of the two quantities is none that it speaks of")?;
        let mut row = Numbers {
            terms: BTreeMap::new(),
            at_most: b.times(&d),
            // The product of two positive numbers is positive; it may be nought where one of them may be.
            strict: first.strict && second.strict,
        };
        for (quantity, factor) in [(x, a.times(&d)), (y, b.times(&c)), (xy, a.times(&c).negative())] {
            let total = row.terms.get(&quantity).map_or_else(|| factor.clone(), |known| known.plus(&factor));
            self.spend(&total)?;
            if total.is_nought() {
                row.terms.remove(&quantity);
            } else {
                row.terms.insert(quantity, total);
            }
        }
        self.spend(&row.at_most)?;
        Ok(row)
    }

    fn split(&mut self, terms: &[(usize, String)], below: &str, above: &str) -> Done<(Numbers, Numbers)> {
        let (terms, scaled) = numbers(terms, self.start.whole.len())?;
        if !scaled || !terms.first_key_value().is_some_and(|(_, factor)| factor.is_positive()) {
            return Err("its terms are not whole numbers without a common divisor, the first above 0".to_owned());
        }
        let read = |text| Fraction::read(text).ok_or("a bound is no fraction in lowest terms");
        let (below, above) = (read(below)?, read(above)?);
        let next = if self.is_whole(&terms) { below.next_whole() } else { below.clone() };
        if above != next || (self.is_whole(&terms) && !below.is_whole()) {
            return Err("there may be something between its two sides".to_owned());
        }
        self.spend(&above)?;
        let negative = terms.iter().map(|(quantity, factor)| (*quantity, factor.negative())).collect();
        let upper = Numbers { terms, at_most: below, strict: false };
        Ok((upper, Numbers { terms: negative, at_most: above.negative(), strict: false }))
    }

    fn closes(&self, sum: &Numbers, combination: &Combination) -> Done<()> {
        let nought = Fraction::nought();
        if !sum.terms.is_empty() {
            return Err("the sum still speaks of quantities".to_owned());
        }
        if sum.at_most > nought || (sum.at_most == nought && !sum.strict) {
            return Err("the sum does not say that nothing is less than nothing".to_owned());
        }
        let multiples: Vec<Fraction> =
            combination.iter().filter_map(|(_, multiple)| Fraction::read(multiple)).collect();
        if Fraction::to_coprime(multiples.iter()) != Some(Fraction::whole(1)) {
            return Err("its multiples are not whole numbers without a common divisor".to_owned());
        }
        let bare = |named: &usize| self.way.get(named.saturating_sub(1)).is_some_and(|row| row.row.terms.is_empty());
        if combination.len() > 1 && combination.iter().any(|(named, _)| bare(named)) {
            return Err("a row without quantities closes a branch by itself, or not at all".to_owned());
        }
        Ok(())
    }
}

fn mark(used: Option<&mut bool>) {
    if let Some(used) = used {
        *used = true;
    }
}

/// The greatest whole number that a bound allows.
pub(super) fn tightened(at_most: &Fraction, strict: bool) -> Fraction {
    if strict && at_most.is_whole() { at_most.minus(&Fraction::whole(1)) } else { at_most.floor() }
}

/// The one quantity of a sum, its multiple, which is 1 or -1, and the bound.
fn only(sum: &Numbers) -> Done<(usize, Fraction, Fraction)> {
    let mut terms = sum.terms.iter();
    match (terms.next(), terms.next()) {
        (Some((quantity, factor)), None) if factor.times(factor) == Fraction::whole(1) => {
            Ok((*quantity, factor.clone(), sum.at_most.clone()))
        }
        _ => Err("each of its sums bounds one quantity, once".to_owned()),
    }
}

/// Terms in numbers, and whether they are whole numbers without a common divisor.
pub(super) fn numbers(terms: &[(usize, String)], quantities: usize) -> Done<(BTreeMap<usize, Fraction>, bool)> {
    let mut found = BTreeMap::new();
    let mut before = 0;
    for (named, factor) in terms {
        if *named <= before || *named > quantities {
            return Err("its quantities are not in order, each once".to_owned());
        }
        before = *named;
        let factor = Fraction::read(factor).filter(|factor| !factor.is_nought());
        found.insert(named.saturating_sub(1), factor.ok_or("a multiple is no fraction in lowest terms, or 0")?);
    }
    let scaled = Fraction::to_coprime(found.values()).is_none_or(|scale| scale == Fraction::whole(1));
    Ok((found, scaled))
}
