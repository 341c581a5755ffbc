//! Types: what an expression gives, and whether it can be understood at all.

use super::{Expression, Name};
use crate::source::InputErrors;

/// What a node gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// A number: a figure's true value, or arithmetic over such.
    Number,
    /// A day: an event's date.
    Date,
    /// A string: a text claim, a dimension's member, a measure's or unit's name.
    Text,
    /// True or false.
    Truth,
    /// A set of figures.
    Set,
    /// A time span or scope, as `x.when` gives it.
    Span,
}

/// What the surroundings of an expression bind.
pub trait Names {
    /// The type of a name, or why there is none, in words for people, with a hint if there is one.
    ///
    /// # Errors
    /// If nothing of that name is bound: a message, and the nearest name that is.
    fn type_of(&self, name: &Name) -> Result<Type, (String, Option<String>)>;

    /// Whether a figure of this measure can be looked up at all.
    ///
    /// # Errors
    /// As [`Names::type_of`].
    fn measure(&self, measure: &str) -> Result<(), (String, Option<String>)>;
}

/// Gives an expression its types; it must come out as `wanted`. All errors are collected, each at the narrowest place.
pub fn check(expression: &Expression, names: &dyn Names, wanted: Type, errors: &mut InputErrors) {
    let _ = (expression, names, wanted, errors);
}
