//! Words for none and for one: "none of the 12", "nobody", "no arrests", "one of the 12". By
//! themselves they are no figure, since "nobody knows" counts nothing, and "one of them" no more; they show that a figure
//! beside them need not be what is claimed, and what else it may be.

use super::token::{Kind, Tokens};
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
    use super::find_few;

    #[test]
    fn words_for_few_are_told_from_those_that_bound() {
        let said = |text: &str| find_few(text).into_iter().map(|it| it.quantity.text).collect::<Vec<_>>();
        assert_eq!(said("None of the 12 was hurt, and no arrests were made."), ["None", "no"]);
        let each = ["Not a single", "not one", "nobody", "no one", "neither", "one of"];
        assert_eq!(said("Not a single one, not one, nobody, no one, neither, one of us"), each);
        assert_eq!(said("No fewer than 26, no more than 40, no. 5, no longer, no 10, one man"), [] as [&str; 0]);
    }
}
