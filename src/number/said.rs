//! Intervals in words, for people: "between 1,150 and 1,250", "more than 100", "exactly 26".

use super::{End, Interval, Rational};

/// Round numbers from here on are said with a scale.
const SCALES: [(i32, &str); 3] = [(12, "trillion"), (9, "billion"), (6, "million")];

/// More decimals than this before a scale word are harder to read than plain digits.
const MAX_SCALED_DECIMALS: u32 = 2;

/// The largest scale in which a number has few decimals, and the number in it.
fn scaled(value: &Rational) -> Option<(Rational, &'static str)> {
    // Most figures are too small for any scale, and comparing is cheap.
    if value.small().is_some_and(|(num, _)| num.unsigned_abs() < 1_000_000) {
        return None;
    }
    SCALES.iter().find_map(|(power, name)| {
        let in_scale = value.times(&Rational::power_of_ten(power.checked_neg()?)?);
        let large = in_scale.abs() >= Rational::ONE;
        let short = large && in_scale.decimals().is_some_and(|places| places <= MAX_SCALED_DECIMALS);
        short.then_some((in_scale, *name))
    })
}

impl Rational {
    /// For people: like [`Rational::grouped`], but `1.2 million` where that is as exact and shorter, and `about 41.67`
    /// for 125/3: a fraction is said as one only where it is a part of one.
    pub fn said(&self) -> String {
        match scaled(self) {
            Some((in_scale, name)) => format!("{} {name}", in_scale.grouped()),
            None if self.decimals().is_none() && self.abs() > Rational::ONE => self.said_roughly(),
            None => self.grouped(),
        }
    }
}

impl Rational {
    /// For people, to two decimals where the exact value has more than four: `about 36.96` for 850/23.
    pub fn said_roughly(&self) -> String {
        match self.decimals() {
            Some(decimals) if decimals <= 4 => self.said(),
            _ => {
                let hundred = Rational::from(100);
                let near = self.times(&hundred).round().checked_div(&hundred);
                near.map_or_else(|| self.grouped(), |near| format!("about {}", near.grouped()))
            }
        }
    }
}

impl Interval {
    /// In words: "between 1,150 and 1,250", "more than 100", "at least 5", "exactly 26", "any number". An end that is
    /// not itself possible is said so: "at least 20 and under 30".
    pub fn said(&self) -> String {
        if let Some(value) = self.as_point() {
            return format!("exactly {}", value.said());
        }
        match (&self.lo, &self.hi) {
            (End::Unbounded, End::Unbounded) => "any number".to_owned(),
            (End::Closed(lo), End::Closed(hi)) => match (scaled(lo), scaled(hi)) {
                (Some((a, scale)), Some((b, same))) if scale == same => {
                    format!("between {} and {} {scale}", a.grouped(), b.grouped())
                }
                _ => format!("between {} and {}", lo.said(), hi.said()),
            },
            (lo, End::Unbounded) => said_lower(lo),
            (End::Unbounded, hi) => said_upper(hi),
            (lo, hi) => format!("{} and {}", said_lower(lo), said_upper(hi)),
        }
    }
}

fn said_lower(lo: &End) -> String {
    match lo {
        End::Unbounded => "any number".to_owned(),
        End::Open(value) => format!("more than {}", value.said()),
        End::Closed(value) => format!("at least {}", value.said()),
    }
}

fn said_upper(hi: &End) -> String {
    match hi {
        End::Unbounded => "any number".to_owned(),
        End::Open(value) => format!("under {}", value.said()),
        End::Closed(value) => format!("at most {}", value.said()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::interval::samples::interval;

    #[test]
    fn people_read_words() {
        for (machine, words) in [
            ("[1150, 1250]", "between 1,150 and 1,250"),
            ("(100, ∞)", "more than 100"),
            ("[5, ∞)", "at least 5"),
            ("(-∞, 5]", "at most 5"),
            ("(-∞, 26)", "under 26"),
            ("[26, 26]", "exactly 26"),
            ("(-∞, ∞)", "any number"),
            ("[20, 30)", "at least 20 and under 30"),
            ("(0, 3.5]", "more than 0 and at most 3.5"),
            ("[1150000, 1250000]", "between 1.15 and 1.25 million"),
            ("[950000, 1050000]", "between 950,000 and 1.05 million"),
            ("[1234567, 1234568]", "between 1,234,567 and 1,234,568"),
            ("[2500000000, ∞)", "at least 2.5 billion"),
            ("[1/3, 1/2]", "between 1/3 and 0.5"),
            ("[125/3, 175/3]", "between about 41.67 and about 58.33"),
        ] {
            assert_eq!(interval(machine).said(), words);
        }
    }
}
