//! The units a quantity may be written in: per cent and points, currencies by their ISO 4217 code, measures.

use super::words::SCALE_SUFFIXES;
use super::{Rational, Unit};

/// Words for per cent and percentage points: the words, whether they are points, and the power of ten that the number
/// is multiplied by (25 basis points are 0.25 points).
pub(super) const PERCENT: [(&[&str], bool, i32); 17] = [
    (&["percentage", "points"], true, 0),
    (&["percentage", "point"], true, 0),
    (&["percentage", "-", "point"], true, 0),
    (&["percent", "points"], true, 0),
    (&["%", "points"], true, 0),
    (&["pp"], true, 0),
    (&["ppt"], true, 0),
    (&["ppts"], true, 0),
    (&["basis", "points"], true, -2),
    (&["basis", "point"], true, -2),
    (&["bps"], true, -2),
    (&["bp"], true, -2),
    (&["%"], false, 0),
    (&["per", "cent"], false, 0),
    (&["percent"], false, 0),
    (&["pct"], false, 0),
    (&["‰"], false, -1),
];

/// Currency signs before a number. What stands before `$` must touch it.
pub(super) const CURRENCY_SIGNS: [(&[&str], &str); 26] = [
    (&["RMB"], "CNY"),
    (&["US", "$"], "USD"),
    (&["C", "$"], "CAD"),
    (&["CA", "$"], "CAD"),
    (&["A", "$"], "AUD"),
    (&["AU", "$"], "AUD"),
    (&["NZ", "$"], "NZD"),
    (&["HK", "$"], "HKD"),
    (&["S", "$"], "SGD"),
    (&["NT", "$"], "TWD"),
    (&["R", "$"], "BRL"),
    (&["CN", "¥"], "CNY"),
    (&["$"], "USD"),
    (&["€"], "EUR"),
    (&["£"], "GBP"),
    (&["¥"], "JPY"),
    (&["￥"], "JPY"),
    (&["₩"], "KRW"),
    (&["￦"], "KRW"),
    (&["₹"], "INR"),
    (&["₽"], "RUB"),
    (&["₺"], "TRY"),
    (&["₪"], "ILS"),
    (&["₫"], "VND"),
    (&["฿"], "THB"),
    (&["៛"], "KHR"),
];

/// ISO 4217 codes that are read before or after a number, in capitals only.
pub(super) const CURRENCY_CODES: [&str; 40] = [
    "AED", "ARS", "AUD", "BDT", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP",
    "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KHR", "KRW", "MXN", "MYR", "NGN", "NOK", "NZD", "PHP", "PKR", "PLN",
    "RON", "RUB", "SAR", "SEK", "SGD", "THB", "USD", "VND",
];

/// What is written before digits, and often without a space: "Rmb5bn", "CHF5m".
pub(super) fn is_money_before_digits(letters: &str) -> bool {
    letters.eq_ignore_ascii_case("RMB") || CURRENCY_CODES.contains(&letters)
}

/// Currency words after a number. `only_scaled` marks those that mean something else after a plain small number
/// ("26 won medals", "lost 20 pounds").
pub(super) struct CurrencyWord {
    pub words: &'static [&'static str],
    pub code: &'static str,
    pub only_scaled: bool,
}

const fn currency(words: &'static [&'static str], code: &'static str, only_scaled: bool) -> CurrencyWord {
    CurrencyWord { words, code, only_scaled }
}

/// Longest first where one begins another.
pub(super) const CURRENCY_WORDS: [CurrencyWord; 53] = [
    currency(&["us", "dollars"], "USD", false),
    currency(&["american", "dollars"], "USD", false),
    currency(&["canadian", "dollars"], "CAD", false),
    currency(&["australian", "dollars"], "AUD", false),
    currency(&["new", "zealand", "dollars"], "NZD", false),
    currency(&["hong", "kong", "dollars"], "HKD", false),
    currency(&["singapore", "dollars"], "SGD", false),
    currency(&["swiss", "francs"], "CHF", false),
    currency(&["south", "korean", "won"], "KRW", false),
    currency(&["korean", "won"], "KRW", false),
    currency(&["japanese", "yen"], "JPY", false),
    currency(&["chinese", "yuan"], "CNY", false),
    currency(&["pounds", "sterling"], "GBP", false),
    currency(&["dollars"], "USD", false),
    currency(&["dollar"], "USD", false),
    currency(&["euros"], "EUR", false),
    currency(&["euro"], "EUR", false),
    currency(&["pounds"], "GBP", true),
    currency(&["yen"], "JPY", false),
    currency(&["yuan"], "CNY", false),
    currency(&["renminbi"], "CNY", false),
    currency(&["won"], "KRW", true),
    currency(&["riel"], "KHR", false),
    currency(&["baht"], "THB", false),
    currency(&["dong"], "VND", true),
    currency(&["ringgit"], "MYR", false),
    currency(&["rupiah"], "IDR", false),
    currency(&["rupees"], "INR", false),
    currency(&["roubles"], "RUB", false),
    currency(&["rubles"], "RUB", false),
    currency(&["zloty"], "PLN", false),
    currency(&["shekels"], "ILS", false),
    currency(&["lira"], "TRY", false),
    currency(&["rand"], "ZAR", false),
    currency(&["danish", "kroner"], "DKK", false),
    currency(&["norwegian", "kroner"], "NOK", false),
    currency(&["swedish", "kronor"], "SEK", false),
    currency(&["swedish", "krona"], "SEK", false),
    currency(&["icelandic", "krona"], "ISK", false),
    currency(&["mexican", "pesos"], "MXN", false),
    currency(&["philippine", "pesos"], "PHP", false),
    currency(&["argentine", "pesos"], "ARS", false),
    currency(&["kronor"], "SEK", false),
    currency(&["forints"], "HUF", false),
    currency(&["forint"], "HUF", false),
    currency(&["koruna"], "CZK", false),
    currency(&["lei"], "RON", false),
    currency(&["leva"], "BGN", false),
    currency(&["taka"], "BDT", false),
    currency(&["naira"], "NGN", false),
    currency(&["riyals"], "SAR", false),
    currency(&["reais"], "BRL", false),
    currency(&["hryvnia"], "UAH", false),
];

/// Areas, volumes, miles at sea, tons and energy in words: the word before a unit, the unit, and what stands for both.
pub(super) const POWERS: [(&[&str], &str, &str); 15] = [
    (&["kilowatt"], "hours", "kWh"),
    (&["megawatt"], "hours", "MWh"),
    (&["gigawatt"], "hours", "GWh"),
    (&["terawatt"], "hours", "TWh"),
    (&["short"], "tons", "short tons"),
    (&["long"], "tons", "long tons"),
    (&["metric"], "tons", "tonnes"),
    (&["metric"], "tonnes", "tonnes"),
    (&["nautical"], "miles", "nautical miles"),
    (&["square", "sq"], "km", "km²"),
    (&["square", "sq"], "m", "m²"),
    (&["square", "sq"], "miles", "square miles"),
    (&["square", "sq"], "feet", "square feet"),
    (&["cubic", "cu"], "m", "m³"),
    (&["cubic", "cu"], "feet", "cubic feet"),
];

/// Words after a length that make a speed of it.
const IN_AN_HOUR: [&[&str]; 4] = [&["an", "hour"], &["per", "hour"], &["/", "h"], &["/", "hour"]];

const IN_A_SECOND: [&[&str]; 4] = [&["a", "second"], &["per", "second"], &["/", "s"], &["/", "sec"]];

/// Speeds in words: the length, the words after it, and what stands for both.
pub(super) const SPEEDS: [(&str, &[&[&str]], &str); 3] =
    [("km", &IN_AN_HOUR, "km/h"), ("miles", &IN_AN_HOUR, "mph"), ("m", &IN_A_SECOND, "m/s")];

/// Measures: the spellings, and the one that stands for them all. Time comes last, from [`TIME_UNITS_FROM`] on.
pub(super) const MEASURES: [(&[&str], &str); 66] = [
    (&["km", "kilometre", "kilometres", "kilometer", "kilometers"], "km"),
    (&["m", "metre", "metres", "meter", "meters"], "m"),
    (&["cm", "centimetre", "centimetres", "centimeter", "centimeters"], "cm"),
    (&["mm", "millimetre", "millimetres", "millimeter", "millimeters"], "mm"),
    (&["mile", "miles"], "miles"),
    (&["foot", "feet", "ft"], "feet"),
    (&["inch", "inches"], "inches"),
    (&["yard", "yards"], "yards"),
    (&["km²", "km2"], "km²"),
    (&["m²", "m2"], "m²"),
    (&["m³", "m3"], "m³"),
    (&["hectare", "hectares", "ha"], "hectares"),
    (&["acre", "acres"], "acres"),
    (&["kg", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes"], "kg"),
    (&["g", "gram", "grams", "gramme", "grammes"], "g"),
    (&["mg", "milligram", "milligrams"], "mg"),
    (&["tonne", "tonnes"], "tonnes"),
    (&["stone"], "stone"),
    (&["ton", "tons"], "tons"),
    (&["lb", "lbs", "pound", "pounds"], "pounds"),
    (&["ounce", "ounces", "oz"], "ounces"),
    (&["litre", "litres", "liter", "liters"], "litres"),
    (&["ml", "millilitre", "millilitres", "milliliter", "milliliters"], "ml"),
    (&["barrel", "barrels"], "barrels"),
    (&["pint", "pints"], "pints"),
    (&["quart", "quarts"], "quarts"),
    (&["bushel", "bushels"], "bushels"),
    (&["carat", "carats"], "carats"),
    (&["calorie", "calories"], "calories"),
    (&["decibel", "decibels"], "decibels"),
    (&["megabyte", "megabytes"], "MB"),
    (&["kroner", "krone"], "kroner"),
    (&["krona"], "krona"),
    (&["francs", "franc"], "francs"),
    (&["pesos", "peso"], "pesos"),
    (&["dinars", "dinar"], "dinars"),
    (&["dirhams", "dirham"], "dirhams"),
    (&["shillings", "shilling"], "shillings"),
    (&["gallon", "gallons"], "gallons"),
    (&["mw", "megawatt", "megawatts"], "MW"),
    (&["gw", "gigawatt", "gigawatts"], "GW"),
    (&["kw", "kilowatt", "kilowatts"], "kW"),
    (&["kwh"], "kWh"),
    (&["mwh"], "MWh"),
    (&["gwh"], "GWh"),
    (&["twh"], "TWh"),
    (&["kph", "kmh"], "km/h"),
    (&["knots"], "knots"),
    (&["mph"], "mph"),
    (&["psi"], "psi"),
    (&["hp", "horsepower"], "hp"),
    (&["gb", "gigabyte", "gigabytes"], "GB"),
    (&["tb", "terabyte", "terabytes"], "TB"),
    (&["degree", "degrees", "°"], "degrees"),
    (&["cent", "cents", "¢"], "cents"),
    (&["pence", "p"], "pence"),
    (&["second", "seconds", "sec", "secs"], "seconds"),
    (&["minute", "minutes", "min", "mins"], "minutes"),
    (&["hour", "hours", "h", "hr", "hrs"], "hours"),
    (&["day", "days"], "days"),
    (&["week", "weeks"], "weeks"),
    (&["month", "months"], "months"),
    (&["year", "years", "yr", "yrs"], "years"),
    (&["decade", "decades"], "decades"),
    (&["century", "centuries"], "centuries"),
    (&["fortnight", "fortnights"], "fortnights"),
];

/// The first row of [`MEASURES`] that measures time.
pub(super) const TIME_UNITS_FROM: usize = 56;

/// Scales of temperature after "degrees": a degree of one is no degree of the other, and none converts by a factor.
pub(super) const TEMPERATURES: [(&[&str], &str); 2] =
    [(&["C", "celsius", "centigrade"], "°C"), (&["F", "fahrenheit"], "°F")];

/// Units that measure the same thing, with the exact factor to the first of their kind: the unit, the numerator and the
/// denominator. Feet, yards, miles, pounds and ounces are by the international agreement of 1959. What differs from
/// place to place (tons, gallons, barrels, a month in days) has no factor.
const KINDS: [&[(&str, i64, i64)]; 9] = [
    &[
        ("m", 1, 1),
        ("km", 1_000, 1),
        ("cm", 1, 100),
        ("mm", 1, 1_000),
        ("miles", 1_609_344, 1_000),
        ("yards", 9_144, 10_000),
        ("feet", 3_048, 10_000),
        ("inches", 254, 10_000),
    ],
    &[
        ("m²", 1, 1),
        ("km²", 1_000_000, 1),
        ("hectares", 10_000, 1),
        ("acres", 40_468_564_224, 10_000_000),
        ("square miles", 2_589_988_110_336, 1_000_000),
        ("square feet", 9_290_304, 100_000_000),
    ],
    &[("litres", 1, 1), ("ml", 1, 1_000), ("m³", 1_000, 1), ("cubic feet", 28_316_846_592, 1_000_000_000)],
    &[
        ("kg", 1, 1),
        ("g", 1, 1_000),
        ("mg", 1, 1_000_000),
        ("tonnes", 1_000, 1),
        ("pounds", 45_359_237, 100_000_000),
        ("ounces", 45_359_237, 1_600_000_000),
        ("stone", 635_029_318, 100_000_000),
        ("short tons", 90_718_474, 100_000),
        ("long tons", 10_160_469_088, 10_000_000),
    ],
    &[("kW", 1, 1), ("MW", 1_000, 1), ("GW", 1_000_000, 1)],
    &[("kWh", 1, 1), ("MWh", 1_000, 1), ("GWh", 1_000_000, 1), ("TWh", 1_000_000_000, 1)],
    &[("km/h", 1, 1), ("mph", 1_609_344, 1_000_000), ("m/s", 36, 10)],
    &[
        ("seconds", 1, 1),
        ("minutes", 60, 1),
        ("hours", 3_600, 1),
        ("days", 86_400, 1),
        ("weeks", 604_800, 1),
        ("fortnights", 1_209_600, 1),
    ],
    &[("months", 1, 1), ("years", 12, 1), ("decades", 120, 1), ("centuries", 1_200, 1)],
];

/// The exact factor from one unit to another of its kind: 1,000 from kilometres to metres.
///
/// `None` if they do not measure the same thing, or not in a fixed ratio. Currencies have rates, not factors, but for
/// pence, cents and what they are a hundredth of. Bare degrees may be of either scale.
pub fn factor(from: &Unit, to: &Unit) -> Option<Rational> {
    match (from, to) {
        (from, to) if from == to => Some(Rational::ONE),
        (one, other) if is_bare(one, other) || is_bare(other, one) => Some(Rational::ONE),
        (Unit::Other(from), Unit::Other(to)) => KINDS.iter().find_map(|kind| {
            let scale = |unit: &str| {
                let (_, num, den) = kind.iter().find(|(name, _, _)| *name == unit)?;
                Rational::new(*num, *den)
            };
            scale(from)?.checked_div(&scale(to)?)
        }),
        (Unit::Other(part), Unit::Currency(code)) if is_hundredth(part, code) => Rational::new(1, 100),
        (Unit::Currency(code), Unit::Other(part)) if is_hundredth(part, code) => Rational::new(100, 1),
        _ => None,
    }
}

/// Whether a unit is one that is read, so that a figure in it is told from a count of people or things.
pub fn is_measured(unit: &Unit) -> bool {
    let Unit::Other(name) = unit else { return matches!(unit, Unit::Currency(_)) };
    let words = POWERS.iter().map(|(_, _, unit)| *unit).chain(SPEEDS.iter().map(|(_, _, unit)| *unit));
    words.chain(MEASURES.iter().map(|(_, unit)| *unit)).any(|unit| unit == name)
}

/// Whether a word after digits is a unit, a scale or a time of day cut so short that a space before it says nothing:
/// "84.6 mm" and "84.6mm", "5 pm" and "5pm".
pub fn is_short_unit(word: &str) -> bool {
    const LONGEST: usize = 4;
    let small = word.to_lowercase();
    let measure = || MEASURES.iter().flat_map(|(names, _)| names.iter()).filter(|name| name.len() <= 3);
    let is_measure = || measure().any(|name| *name == small && !WHOLE_WORDS.contains(name));
    let is_scale = || SCALE_SUFFIXES.iter().any(|(name, ..)| *name == word);
    let is_other = || OTHER_SHORT.contains(&small.as_str()) || CURRENCY_CODES.contains(&word);
    word.len() <= LONGEST && (is_measure() || is_scale() || is_other())
}

/// Words of three letters that name a unit and are not cut short.
const WHOLE_WORDS: [&str; 2] = ["day", "ton"];

/// Short words after digits that are no unit in the tables.
const OTHER_SHORT: [&str; 6] = ["am", "pm", "°c", "°f", "°", "c"];

/// Words that name a unit and leave out which: a rise of 5.4 degrees is one of 5.4 °C or °F, and 500 kroner are Danish or
/// Norwegian.
const BARE: [(&str, &[&str]); 7] = [
    ("degrees", &["°C", "°F"]),
    ("kroner", &["DKK", "NOK"]),
    ("krona", &["SEK", "ISK"]),
    ("francs", &["CHF", "XOF", "XAF", "FRF", "BEF"]),
    ("pesos", &["MXN", "PHP", "ARS", "CLP", "COP", "CUP", "UYU", "DOP"]),
    ("dinars", &["KWD", "BHD", "JOD", "IQD", "DZD", "TND", "RSD", "LYD"]),
    ("dirhams", &["AED", "MAD"]),
];

/// Whether one unit is another one that is named without saying which.
fn is_bare(bare: &Unit, whole: &Unit) -> bool {
    let Unit::Other(bare) = bare else { return false };
    BARE.iter().any(|(known, of)| known == bare && of.contains(&whole.name()))
}

fn is_hundredth(part: &str, code: &str) -> bool {
    (part == "pence" && code == "GBP") || (part == "cents" && OF_CENTS.contains(&code))
}

/// Currencies of a hundred cents.
const OF_CENTS: [&str; 8] = ["USD", "EUR", "AUD", "CAD", "NZD", "HKD", "SGD", "ZAR"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_are_exact_and_go_both_ways() {
        let of = |from: &str, to: &str| {
            let unit = |name: &str| Unit::Other(name.to_owned());
            factor(&unit(from), &unit(to)).map(|factor| factor.to_string())
        };
        assert_eq!(of("km", "m").as_deref(), Some("1000"));
        assert_eq!(of("m", "km").as_deref(), Some("0.001"));
        assert_eq!(of("miles", "km").as_deref(), Some("1.609344"));
        assert_eq!(of("mph", "km/h").as_deref(), Some("1.609344"));
        assert_eq!(of("ounces", "pounds").as_deref(), Some("0.0625"));
        assert_eq!(of("acres", "m²").as_deref(), Some("4046.8564224"));
        assert_eq!(of("weeks", "hours").as_deref(), Some("168"));
        for (from, to) in [("km", "kg"), ("tons", "tonnes"), ("months", "days"), ("°C", "°F")] {
            assert_eq!(of(from, to), None, "{from} {to}");
        }
        let pounds = Unit::Currency("GBP".to_owned());
        assert_eq!(factor(&Unit::Other("pence".to_owned()), &pounds), Rational::new(1, 100));
        assert_eq!(factor(&Unit::Percent, &Unit::Points), None);
    }

    #[test]
    fn every_unit_with_a_factor_is_one_that_is_read() {
        for (name, _, _) in KINDS.iter().flat_map(|kind| kind.iter()) {
            let in_words = POWERS.iter().any(|(_, _, unit)| unit == name);
            let is_speed = SPEEDS.iter().any(|(_, _, unit)| unit == name);
            assert!(in_words || is_speed || MEASURES.iter().any(|(_, unit)| unit == name), "{name}");
        }
    }

    #[test]
    fn units_of_time_come_last() {
        let of_time: Vec<&str> = MEASURES[TIME_UNITS_FROM..].iter().map(|(_, unit)| *unit).collect();
        let long = ["decades", "centuries", "fortnights"];
        let known = ["seconds", "minutes", "hours", "days", "weeks", "months", "years"];
        assert_eq!(of_time, [known.as_slice(), &long].concat());
    }
}
