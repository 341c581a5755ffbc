//! The vocabulary laid over the claims, that of rule files included.

use super::Measure;
use super::declare::unit_words;
use super::model::{Claim, Claims, Detail, FigureClaim, Kind};
use super::value::unreadable;
use crate::number::{End, Interval, ReadingPolicy, Unit, read};
use crate::source::{InputError, InputErrors, Label};

impl Claims {
    /// Holds every figure to what is declared of its measure: its unit, its way
    /// of rounding, its least and greatest value, whole numbers. Readings are cut to what the measure allows; a figure
    /// that lies outside it altogether is an error. Done twice, it changes nothing.
    pub(crate) fn apply_vocabulary(&mut self, errors: &mut InputErrors) {
        for (claim, detail) in self.claims.iter_mut().zip(&self.details) {
            let Claim { kind: Kind::Figure(figure), mentions, name, .. } = claim else { continue };
            let Some(measure) = self.vocabulary.measures.get(&figure.measure.value) else { continue };
            if let Err(error) = figure.take_unit(measure, name) {
                let at = mentions.first().map(|first| Label { span: first.span, text: first.words.clone() });
                errors.push(InputError { at: at.or(error.at.clone()), ..*error });
            }
            for ((quantity, reading), mention) in figure.readings.iter_mut().zip(mentions) {
                let policy = policy(detail, measure);
                if policy != detail.policy {
                    match read(&quantity.text, &policy) {
                        Ok(again) => *reading = again.reading,
                        Err(error) => errors.push(unreadable(mention.span, &error)),
                    }
                }
                let bounds = bounds(measure);
                match reading.within(&bounds) {
                    Some(cut) => *reading = cut,
                    None => {
                        let error =
                            InputError::at(mention.span, outside(&mention.words, measure)).label("out of range");
                        let help = "mend the figure, or the bounds that are declared";
                        errors.push(error.also(measure.name.span, "declared here").help(help));
                        continue;
                    }
                }
                if measure.integer && reading.hard().integers().is_none() {
                    let message = format!(
                        "`{}` admits no whole number, and `{}` is counted in whole ones",
                        mention.words, measure.name.value
                    );
                    let error = InputError::at(mention.span, message).also(measure.name.span, "declared here");
                    errors.push(error.help("mend the figure, or leave out `integer = true`"));
                }
                quantity.reading = reading.clone();
            }
        }
    }
}

impl FigureClaim {
    fn take_unit(&mut self, measure: &Measure, name: &str) -> Result<(), Box<InputError>> {
        let Some(declared) = &measure.unit else { return Ok(()) };
        if self.unit == Unit::One || self.unit == *declared {
            self.unit.clone_from(declared);
            for (quantity, _) in &mut self.readings {
                quantity.unit.clone_from(declared);
            }
            return Ok(());
        }
        let (is, wanted) = (unit_words(&self.unit), unit_words(declared));
        let message = format!("`{name}` is in {is}, and `{}` is declared to be in {wanted}", measure.name.value);
        let error = InputError::at(self.measure.span, message).also(measure.name.span, "declared here");
        Err(Box::new(error.help("state it in the declared unit, or leave `unit` out of the declaration")))
    }
}

/// What a claim says of its digits comes before what its measure says.
fn policy(detail: &Detail, measure: &Measure) -> ReadingPolicy {
    ReadingPolicy {
        rounding: detail.policy.rounding.or(measure.reading.rounding),
        precision: detail.policy.precision.or(measure.reading.precision),
    }
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
