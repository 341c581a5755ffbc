//! Words that count without being a figure, for none and for one: "none of the 12", "nobody", "no arrests", "one of the
//! 12". By themselves they are no figure, since "nobody knows" counts nothing, and "one of them" no more; they show that
//! a figure beside them need not be what is claimed, and what else it may be. So do ranks ("the fifth death in 12 days"
//! tells of five) and numbers that hyphens join to other words ("a 20-point margin").

use super::token::{Kind, Tokens};
use super::words::{MORE_ORDINALS, ORDINAL_ENDINGS, ORDINALS, SMALL_NUMBERS};
use super::{Found, Quantity, QuantityForm, Rational, Reading, Unit};

/// Words, and what they count.
const FEW: [(&[&str], i64); 9] = [
    (&["none"], 0),
    (&["nobody"], 0),
    (&["no", "one"], 0),
    (&["not", "one"], 0),
    (&["not", "a", "single"], 0),
    (&["neither"], 0),
    (&["zero"], 0),
    (&["nil"], 0),
    (&["one", "of"], 1),
];

/// Words that may count one, and mostly count nothing.
const ONE: [&str; 7] = ["a", "an", "one", "single", "sole", "lone", "another"];

/// Words after "no" with which it counts nothing.
const AFTER_NO: [&str; 16] = [
    "better", "doubt", "fewer", "further", "greater", "higher", "larger", "later", "less", "longer", "lower", "matter",
    "more", "smaller", "sooner", "worse",
];

/// The words of a text that count few, in order.
pub fn find_few(text: &str) -> Vec<Found> {
    let tokens = Tokens::new(text);
    found(&tokens, text, |at| {
        let next = at.saturating_add(1);
        let named = FEW.iter().filter_map(|(words, count)| Some((tokens.past_words(at, words)?, *count)));
        let counted = || tokens.is_kind(next, Kind::Word) && tokens.follows(next) && !tokens.is_any(next, &AFTER_NO);
        let longest = named.max_by_key(|(end, _)| *end);
        longest.or_else(|| (tokens.is(at, "no") && counted()).then_some((next, 0)))
    })
}

/// The words of a text that may count one, "a man" and "the sole survivor" among them.
pub fn find_one(text: &str) -> Vec<Found> {
    let tokens = Tokens::new(text);
    found(&tokens, text, |at| tokens.is_any(at, &ONE).then_some((at.saturating_add(1), 1)))
}

/// The ranks of a text, as what they are of: "the fifth", "26th", "twenty-sixth". "A third" is none.
pub fn find_ranks(text: &str) -> Vec<Found> {
    let tokens = Tokens::new(text);
    found(&tokens, text, |at| {
        let end = at.saturating_add(1);
        let before = at.checked_sub(1);
        let is_share = before.is_some_and(|before| tokens.is_any(before, &["a", "an", "one"]));
        let mut words = (1_i64..).zip(ORDINALS.iter().chain(&MORE_ORDINALS));
        if let Some((rank, _)) = words.find(|(_, word)| tokens.is(at, word)) {
            let joined = before.filter(|dash| tokens.is(*dash, "-")).and_then(|dash| dash.checked_sub(1));
            let tens = joined.and_then(|at| SMALL_NUMBERS.iter().find(|(word, _)| tokens.is(at, word)));
            let tens = tens.map_or(0, |(_, tens)| *tens);
            return (!is_share || tens > 0).then(|| (end, rank.saturating_add(tens)));
        }
        let ends = tokens.touches(end) && tokens.is_any(end, &ORDINAL_ENDINGS);
        let rank = tokens.text(at).parse().ok().filter(|_| ends && tokens.is_kind(at, Kind::Number))?;
        Some((end.saturating_add(1), rank))
    })
}

/// The numbers of a text that hyphens join to other words: "a 20-point margin", "a two-goal lead".
pub fn find_joined(text: &str) -> Vec<Found> {
    let tokens = Tokens::new(text);
    found(&tokens, text, |at| {
        let (dash, word) = (at.saturating_add(1), at.saturating_add(2));
        let is_joined = tokens.is(dash, "-") && tokens.touches(dash) && tokens.touches(word);
        let number = if tokens.is_kind(at, Kind::Number) {
            tokens.text(at).parse().ok()
        } else {
            SMALL_NUMBERS.iter().find(|(name, _)| tokens.is(at, name)).map(|(_, number)| *number)
        };
        Some((dash, number.filter(|_| is_joined && tokens.is_kind(word, Kind::Word))?))
    })
}

fn found(tokens: &Tokens<'_>, text: &str, count: impl Fn(usize) -> Option<(usize, i64)>) -> Vec<Found> {
    let placed = (0..tokens.len()).filter_map(|at| {
        let (end, count) = count(at)?;
        let (start, end) = (tokens.get(at)?.start, tokens.get(end.checked_sub(1)?)?.end);
        let number = Rational::from(count);
        let quantity = Quantity {
            text: text.get(start..end).unwrap_or_default().to_owned(),
            reading: Reading::exact(number.clone()),
            number: Some(number),
            unit: Unit::One,
            form: QuantityForm::Whole,
        };
        Some(Found { start, end, quantity })
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::{find_few, find_joined, find_ranks};

    #[test]
    fn ranks_are_counted() {
        let ranks = |text: &str| {
            let found = find_ranks(text).into_iter().filter_map(|it| it.quantity.number);
            found.map(|it| it.to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(ranks("the fifth death in 12 days, and the twenty-sixth this year"), "5 26");
        assert_eq!(ranks("ranked 26th of 180, 101st in the twelfth year"), "26 101 12");
        assert_eq!(ranks("a third of the 12, one fifth, the second"), "2");
    }

    #[test]
    fn numbers_are_found_that_hyphens_join_to_words() {
        let found = find_joined("a 20-point margin, a two-goal lead, 3-1 and 26 men").into_iter();
        assert_eq!(found.map(|it| it.quantity.text).collect::<Vec<_>>(), ["20", "two"]);
    }

    #[test]
    fn words_for_few_are_told_from_those_that_bound() {
        let said = |text: &str| find_few(text).into_iter().map(|it| it.quantity.text).collect::<Vec<_>>();
        assert_eq!(said("None of the 12 was hurt, and no arrests were made."), ["None", "no"]);
        let each = ["Not a single", "not one", "nobody", "no one", "neither", "one of"];
        assert_eq!(said("Not a single one, not one, nobody, no one, neither, one of us"), each);
        assert_eq!(said("No fewer than 26, no more than 40, no. 5, no longer, no 10, one man"), [] as [&str; 0]);
    }
}
