//! The arithmetic of rationals, small and big.

use super::*;
use proptest::prelude::*;

fn ratio(a: i64, b: i64) -> Rational {
    Rational::new(a, b).unwrap()
}

fn canonical(value: &Rational) -> bool {
    let (num, den) = (value.numerator(), value.denominator());
    let fits = num.to_i64().is_some() && den.to_i64().is_some();
    den.is_positive() && num.gcd(&den).is_one() && fits == value.small().is_some()
}

#[test]
fn a_number_takes_two_words() {
    assert_eq!(std::mem::size_of::<Rational>(), 16);
}

#[test]
fn signs_and_common_factors_are_put_in_order() {
    assert_eq!(ratio(6, -4), ratio(-3, 2));
    assert_eq!(ratio(-6, -4), ratio(3, 2));
    assert_eq!(ratio(0, -7), Rational::ZERO);
    assert_eq!(Rational::new(1, 0), None);
    assert_eq!(ratio(i64::MIN, i64::MIN), Rational::ONE);
    assert_eq!(ratio(1, i64::MIN).numerator(), BigInt::from(-1));
}

#[test]
fn what_outgrows_a_word_comes_back_when_it_fits_again() {
    let most = Rational::from(i64::MAX);
    let beyond = &most + &Rational::ONE;
    assert_eq!(beyond.small(), None);
    assert_eq!(&beyond - &Rational::ONE, most);
    assert_eq!((-&Rational::from(i64::MIN)).to_i128(), Some(1_i128 << 63));
    assert_eq!(-(-&Rational::from(i64::MIN)), Rational::from(i64::MIN));
    assert!(beyond > most && -&beyond < most);
}

#[test]
fn floor_and_ceiling_go_the_right_way_below_nought() {
    assert_eq!(ratio(-7, 2).floor(), Rational::from(-4));
    assert_eq!(ratio(-7, 2).ceil(), Rational::from(-3));
    assert_eq!(ratio(7, 2).floor(), Rational::from(3));
    assert_eq!(ratio(7, 2).round(), Rational::from(4));
    assert_eq!(ratio(-7, 2).round(), Rational::from(-3));
    assert_eq!(ratio(10, 3).round(), Rational::from(3));
}

#[test]
fn powers_are_exact_and_bounded() {
    assert_eq!(ratio(-2, 3).pow(3), Some(ratio(-8, 27)));
    assert_eq!(Rational::ZERO.pow(0), Some(Rational::ONE));
    assert_eq!(Rational::from(-1).pow(u32::MAX), Some(Rational::from(-1)));
    assert!(Rational::from(10).pow(1_000).is_some());
    assert_eq!(Rational::from(9).pow(387_420_489), None);
    assert_eq!(Rational::power_of_ten(-2), Some(ratio(1, 100)));
    assert_eq!(Rational::power_of_ten(1_001), None);
    assert_eq!(Rational::power_of_ten(40).unwrap() * Rational::power_of_ten(-40).unwrap(), Rational::ONE);
}

#[test]
fn division_by_nought_has_no_answer() {
    assert_eq!(Rational::ONE.checked_div(&Rational::ZERO), None);
    assert_eq!(Rational::ONE.checked_div(&ratio(-2, 3)), Some(ratio(-3, 2)));
}

prop_compose! {
    fn any_rational()(a in prop_oneof![any::<i64>(), -50_i64..50], b in prop_oneof![1_i64..=i64::MAX, 1_i64..50],
                      shift in prop_oneof![Just(0_u32), Just(70)]) -> Rational {
        ratio(a, b) * Rational::from(2).pow(shift).unwrap()
    }
}

proptest! {
    #[test]
    fn the_laws_of_a_field_hold(a in any_rational(), b in any_rational(), c in any_rational()) {
        prop_assert_eq!(&a + &b, &b + &a);
        prop_assert_eq!((&a + &b) + &c, &a + (&b + &c));
        prop_assert_eq!((&a * &b) * &c, &a * (&b * &c));
        prop_assert_eq!(&a * (&b + &c), &a * &b + &a * &c);
        prop_assert_eq!(&a - &b, &a + -&b);
        prop_assert_eq!((&a - &b) + &b, a.clone());
        if !b.is_zero() {
            prop_assert_eq!(a.checked_div(&b).unwrap() * &b, a.clone());
        }
        for value in [&a + &b, &a - &b, &a * &b, -&a, a.floor(), a.midpoint(&b)] {
            prop_assert!(canonical(&value));
        }
    }

    #[test]
    fn order_is_that_of_the_difference(a in any_rational(), b in any_rational()) {
        prop_assert_eq!(a.cmp(&b), (&a - &b).signum().cmp(&0));
        prop_assert!(a.floor() <= a && a < a.floor() + Rational::ONE);
        prop_assert_eq!(a.ceil(), -((-&a).floor()));
    }
}
