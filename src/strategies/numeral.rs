//! Numbers in words.

const BELOW_TWENTY: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The first number that is not said in words.
pub(super) const END: u64 = 1_000_000;

/// A number in words: `one hundred and fifty-four thousand two hundred`. `None` from [`END`] on.
pub(super) fn in_words(number: u64) -> Option<String> {
    let name = |names: &[&'static str], at: u64| names.get(usize::try_from(at).ok()?).copied();
    let below = |rest: u64, joined: &str| {
        if rest == 0 { Some(String::new()) } else { in_words(rest).map(|rest| format!("{joined}{rest}")) }
    };
    match number {
        0..20 => name(&BELOW_TWENTY, number).map(str::to_owned),
        20..100 => Some(format!("{}{}", name(&TENS, number / 10)?, below(number % 10, "-")?)),
        100..1_000 => Some(format!("{} hundred{}", name(&BELOW_TWENTY, number / 100)?, below(number % 100, " and ")?)),
        1_000..END => {
            let rest = number % 1_000;
            let joined = if rest < 100 { " and " } else { " " };
            Some(format!("{} thousand{}", in_words(number / 1_000)?, below(rest, joined)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        let said = |number| in_words(number).unwrap();
        assert_eq!(said(0), "zero");
        assert_eq!(said(21), "twenty-one");
        assert_eq!(said(40), "forty");
        assert_eq!(said(112), "one hundred and twelve");
        assert_eq!(said(2_005), "two thousand and five");
        assert_eq!(said(154_300), "one hundred and fifty-four thousand three hundred");
        assert_eq!(in_words(1_000_000), None);
    }
}
