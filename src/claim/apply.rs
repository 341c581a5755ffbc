//! The vocabulary laid over the claims, that of rule files included.

use super::model::{Claim, Claims, Detail, FigureClaim, Kind, Mention};
use super::value::unreadable;
use super::{Measure, OverTime, Rates};
use crate::expr::{Aggregate, BinaryOp, ExprKind, Expression};
use crate::number::{
    End, Interval, Quantity, QuantityError, QuantityForm, Rational, Reading, ReadingPolicy, Unit, read,
};
use crate::source::{InputError, InputErrors, Label};
use std::collections::BTreeSet;

impl Claims {
    /// Holds every figure to what is declared of its measure: its unit, its way of rounding, its least and greatest
    /// value, whole numbers; and to what the workspace settles of digits and currencies. Readings are cut to what the
    /// measure allows; a figure that lies outside it altogether is an error. Done twice, it changes nothing.
    pub(crate) fn apply_vocabulary(&mut self, errors: &mut InputErrors) {
        let in_percent = self.measures(|figure| figure.unit == Unit::Percent);
        // A whole number of what some claim gives with decimals is no count, but rounded.
        let measured = self.measures(FigureClaim::has_decimals);
        for (claim, detail) in self.claims.iter_mut().zip(&mut self.details) {
            let Claim { kind: Kind::Figure(figure), mentions, name, article, .. } = claim else { continue };
            let measure = self.vocabulary.measures.get(&figure.measure.value);
            let nearer = measure.map_or_else(|| detail.policy.clone(), |measure| detail.policy.or(&measure.reading));
            let policy = nearer.or(&self.reading);
            if policy != detail.policy {
                reread(figure, mentions, detail, &policy, errors);
            }
            let is_measured = measured.contains(&figure.measure.value) || figure.is.as_ref().is_some_and(is_ratio);
            let is_counted = measure.is_some_and(|measure| measure.integer);
            if is_measured && !is_counted && policy.rounding.is_none() && policy.precision.is_none() {
                figure.round();
            }
            if let Some(rates) = self.articles.get(article.index()).map(|article| &article.rates) {
                figure.convert(measure, rates, detail);
            }
            if measure.is_none_or(|measure| measure.unit.is_none()) && in_percent.contains(&figure.measure.value) {
                figure.take_percent();
            }
            let Some(measure) = measure else { continue };
            if let Err(error) = figure.take_unit(measure, name) {
                let first = mentions.first().filter(|first| !first.words.is_empty());
                let at = first.map(|first| Label { span: first.span, text: first.words.clone() });
                errors.push(InputError { at: at.or(error.at.clone()), ..*error });
            }
            for ((quantity, reading), mention) in figure.readings.iter_mut().zip(mentions) {
                hold(measure, mention, reading, errors);
                quantity.reading = reading.clone();
            }
        }
    }

    /// The measures of which some claim is so.
    fn measures(&self, is_so: impl Fn(&FigureClaim) -> bool) -> BTreeSet<String> {
        let figures = self.claims.iter().filter_map(|claim| match &claim.kind {
            Kind::Figure(figure) if is_so(figure) => Some(figure.measure.value.clone()),
            _ => None,
        });
        figures.collect()
    }
}

/// Reads the words of a figure once more, under the policy that holds for it.
fn reread(
    figure: &mut FigureClaim,
    mentions: &[Mention],
    detail: &Detail,
    policy: &ReadingPolicy,
    errors: &mut InputErrors,
) {
    for ((quantity, reading), mention) in figure.readings.iter_mut().zip(mentions) {
        match read(&quantity.text, policy) {
            Ok(again) => {
                // A share beside a percentage was taken as per cent.
                let in_percent = quantity.unit == Unit::Percent && again.is_share();
                let again = if in_percent { again.in_percent() } else { again };
                let is_below = |number: &Option<Rational>| number.as_ref().is_some_and(Rational::is_negative);
                let plain = || again.reading.clone();
                let read = detail.factor.as_ref().map_or_else(plain, |factor| again.converted(factor));
                // "76" in "76 fewer" is below zero, which its sentence alone says; whether the size of a fall or the
                // change itself is rounded is not said, so it may be either.
                *reading = if is_below(&quantity.number) && !is_below(&again.number) {
                    read.scale(&-&Rational::ONE).hull(reading)
                } else {
                    read
                };
                quantity.reading = reading.clone();
            }
            Err(error @ QuantityError::TooFine { .. }) => errors.push(unreadable(mention.span, &error)),
            // Words that only their sentence makes a figure stay as they were read in it.
            Err(_) => {}
        }
    }
}

/// Holds one reading to what a measure allows.
fn hold(measure: &Measure, mention: &Mention, reading: &mut Reading, errors: &mut InputErrors) {
    match reading.within(&bounds(measure)) {
        Some(cut) => *reading = cut,
        None => {
            let error = InputError::at(mention.span, outside(&mention.words, measure)).label("out of range");
            let help = "mend the figure, or the bounds that are declared";
            errors.push(error.also(measure.name.span, "declared here").help(help));
            return;
        }
    }
    if measure.integer && reading.hard().integers().is_none() {
        let message = format!(
            "`{}` admits no whole number, and `{}` is counted in whole ones",
            mention.words, measure.name.value
        );
        let error = InputError::at(mention.span, message).also(measure.name.span, "declared here");
        errors.push(error.help("mend the figure, or leave out `integer = true`"));
    } else if measure.integer && reading.soft().integers().is_none() {
        *reading = Reading::new(reading.hard().clone(), outwards(reading.soft()));
    }
}

/// An interval with its ends moved out to whole numbers: what is most likely of a whole count that lies between two,
/// such as the 4 that "nearly 5" leaves.
fn outwards(interval: &Interval) -> Interval {
    let end = |end: &End, round: &dyn Fn(&Rational) -> Rational| match end.value() {
        Some(value) => End::Closed(round(value)),
        None => End::Unbounded,
    };
    let moved = Interval::new(end(interval.lo(), &Rational::floor), end(interval.hi(), &Rational::ceil));
    moved.unwrap_or_else(|| interval.clone())
}

impl FigureClaim {
    /// Multiplies all that it reports, as its unit changes.
    pub(super) fn multiply(&mut self, factor: &Rational) {
        for (quantity, reading) in &mut self.readings {
            *reading = Quantity { reading: reading.clone(), ..quantity.clone() }.converted(factor);
            quantity.reading = reading.clone();
            quantity.number = quantity.number.as_ref().map(|number| number * factor);
            quantity.form = QuantityForm::Other;
        }
    }

    /// Counts it in the unit of its measure, or else in the currency that rates lead to, where an exact factor does so.
    fn convert(&mut self, measure: Option<&Measure>, rates: &Rates, detail: &mut Detail) {
        let declared = measure.and_then(|measure| measure.unit.clone());
        let Some(target) = declared.or_else(|| rates.target(&self.unit)).filter(|target| *target != self.unit) else {
            return;
        };
        let Some(factor) = rates.factor(&self.unit, &target) else { return };
        self.multiply(&factor);
        for (quantity, _) in &mut self.readings {
            quantity.unit.clone_from(&target);
        }
        self.unit = target;
        detail.factor = Some(detail.factor.as_ref().map_or_else(|| factor.clone(), |before| before * &factor));
    }

    /// Takes whole numbers that would be exact to be rounded ones, as those of a measure that is no count are. Of what is
    /// "exactly" so, nothing changes.
    fn round(&mut self) {
        for (quantity, reading) in &mut self.readings {
            let is_bare = quantity.form == QuantityForm::Whole && !is_stated_exactly(&quantity.text);
            if let Some(number) = reading.hard().as_point().filter(|_| is_bare) {
                *reading = Reading::firm(Interval::around(number, &Rational::ONE.half()));
                quantity.reading = reading.clone();
            }
        }
    }

    /// Whether any mention gives decimals: of its number, or of the ends of a range or of a margin ("5 ± 0.3").
    fn has_decimals(&self) -> bool {
        let is_whole = |number: &Rational| number.floor() == *number;
        self.readings.iter().any(|(quantity, _)| {
            let plain = quantity.form == QuantityForm::Other && quantity.unit == Unit::One;
            let hard = quantity.reading.hard();
            let mut ends = [hard.lo(), hard.hi()].into_iter().filter_map(End::value).filter(|_| plain);
            quantity.number.as_ref().is_some_and(|number| !is_whole(number)) || ends.any(|end| !is_whole(end))
        })
    }

    /// Counts a share in per cent: "half" beside 50% in another claim of its measure.
    fn take_percent(&mut self) {
        if self.unit != Unit::One || self.readings.is_empty() || !self.readings.iter().all(|(it, _)| it.is_share()) {
            return;
        }
        for (quantity, reading) in &mut self.readings {
            *quantity = quantity.in_percent();
            *reading = quantity.reading.clone();
        }
        self.unit = Unit::Percent;
    }

    fn take_unit(&mut self, measure: &Measure, name: &str) -> Result<(), Box<InputError>> {
        let Some(declared) = &measure.unit else { return self.can_add_up(measure, name) };
        if self.unit == Unit::One || self.unit == *declared {
            self.unit.clone_from(declared);
            for (quantity, reading) in &mut self.readings {
                if *declared == Unit::Percent && quantity.is_share() {
                    *quantity = quantity.in_percent();
                    *reading = quantity.reading.clone();
                }
                quantity.unit.clone_from(declared);
            }
            return Ok(());
        }
        let (is, wanted) = (self.unit.words(), declared.words());
        let message = format!("`{name}` is in {is}, and `{}` is declared to be in {wanted}", measure.name.value);
        let error = InputError::at(self.measure.span, message).also(measure.name.span, "declared here");
        Err(Box::new(match (&self.unit, declared) {
            (Unit::Currency(from), Unit::Currency(to)) => {
                error.help(format!("say what they are worth, here or in addup.toml: [rate] to = \"{to}\", {from} = …"))
            }
            _ => error.help("state it in the declared unit, or leave `unit` out of the declaration"),
        }))
    }

    /// Percentages do not add up, unless a measure is declared to be of shares of one whole.
    fn can_add_up(&self, measure: &Measure, name: &str) -> Result<(), Box<InputError>> {
        let adds =
            matches!(measure.over_time, Some(OverTime::Adds | OverTime::Distinct)) || !measure.adds_over.is_empty();
        if !adds || !matches!(self.unit, Unit::Percent | Unit::Points) {
            return Ok(());
        }
        let (is, measured) = (self.unit.words(), &measure.name.value);
        let message = format!(
            "`{name}` is in {is}, and `{measured}` is declared to add up: percentages of different wholes do not"
        );
        let error = InputError::at(self.measure.span, message).also(measure.name.span, "declared here");
        let unit = self.unit.name();
        Err(Box::new(error.help(format!(
            "name a measure of its own for the share, such as \"{measured}-share\"; or, if all are shares of one whole, \
             declare [measure.{measured}] unit = \"{unit}\""
        ))))
    }
}

/// Whether a figure is derived as so many of one thing for each of another, which is hardly ever a whole number.
fn is_ratio(is: &Expression) -> bool {
    is.root.walk().any(|part| {
        matches!(part.kind, ExprKind::Binary(BinaryOp::Divide, ..) | ExprKind::Aggregate(Aggregate::Mean, _))
    })
}

/// What a measure allows at all; everything, if its bounds are at odds (which is reported where they stand).
fn bounds(measure: &Measure) -> Interval {
    let lo = measure.least.clone().map_or(End::Unbounded, End::Closed);
    let hi = measure.greatest.clone().map_or(End::Unbounded, End::Closed);
    Interval::new(lo, hi).unwrap_or_else(Interval::everything)
}

fn outside(words: &str, measure: &Measure) -> String {
    let name = &measure.name.value;
    match (&measure.least, &measure.greatest) {
        (Some(least), Some(greatest)) => {
            format!("`{words}` is outside what `{name}` can be, {} to {}", least.said(), greatest.said())
        }
        (Some(least), None) => format!("`{words}` is below {}, the least that `{name}` can be", least.said()),
        (None, Some(greatest)) => format!("`{words}` is above {}, the greatest that `{name}` can be", greatest.said()),
        (None, None) => format!("`{words}` is not what `{name}` can be"),
    }
}

fn is_stated_exactly(words: &str) -> bool {
    let words = words.to_lowercase();
    words.contains("exact") || words.contains("precise")
}
