//! Words for none: "none of the 12", "nobody", "no arrests". By themselves they are no figure, since "nobody knows" counts
//! nothing; they show what a figure beside them is not, and that nought is what a quote may say.

use super::token::{Kind, Tokens};
use super::{Found, Quantity, QuantityForm, Rational, Reading, Unit};

/// Words that say that there was none of something.
const NONE: [&[&str]; 8] = [
    &["none"],
    &["nobody"],
    &["no", "one"],
    &["not", "one"],
    &["not", "a", "single"],
    &["neither"],
    &["zero"],
    &["nil"],
];

/// Words after "no" with which it counts nothing.
const AFTER_NO: [&str; 16] = [
    "better", "doubt", "fewer", "further", "greater", "higher", "larger", "later", "less", "longer", "lower", "matter",
    "more", "smaller", "sooner", "worse",
];

/// The words of a text that say none, as the count nought.
pub fn find_none(text: &str) -> Vec<Found> {
    let tokens = Tokens::new(text);
    let none = |at: usize| {
        let next = at.saturating_add(1);
        let named = NONE.iter().filter_map(|words| tokens.past_words(at, words)).max();
        let counted = || tokens.is_kind(next, Kind::Word) && tokens.follows(next) && !tokens.is_any(next, &AFTER_NO);
        named.or_else(|| (tokens.is(at, "no") && counted()).then_some(next))
    };
    let placed = (0..tokens.len()).filter_map(|at| {
        let last = none(at)?.checked_sub(1)?;
        let (start, end) = (tokens.get(at)?.start, tokens.get(last)?.end);
        let quantity = Quantity {
            text: text.get(start..end).unwrap_or_default().to_owned(),
            number: Some(Rational::ZERO),
            unit: Unit::One,
            reading: Reading::exact(Rational::ZERO),
            form: QuantityForm::Whole,
        };
        Some(Found { start, end, quantity })
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::find_none;

    #[test]
    fn words_for_none_are_told_from_those_that_bound() {
        let said = |text: &str| find_none(text).into_iter().map(|it| it.quantity.text).collect::<Vec<_>>();
        assert_eq!(said("None of the 12 was hurt, and no arrests were made."), ["None", "no"]);
        assert_eq!(
            said("Not a single one, not one, nobody, no one, neither"),
            ["Not a single", "not one", "nobody", "no one", "neither"]
        );
        assert_eq!(said("No fewer than 26, no more than 40, no. 5, no longer, no 10"), [] as [&str; 0]);
    }
}
