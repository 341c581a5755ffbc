//! Whether rules fit the vocabulary of all files together: their dimensions are declared somewhere, their formulas mix no
//! units, and the members of their sets do not overlap by declaration.

use super::expression::is_common_field;
use super::{Binding, Kind, Pattern, Relation, Rules};
use crate::claim::{Dimension, EVENT, Vocabulary, matches_glob, unit};
use crate::expr::{Expression, LookUp, Name, Units, check_units};
use crate::number::Unit;
use crate::source::document::nearest;
use crate::source::{InputError, InputErrors, Span, Spanned};

/// The name under which `join` lists the time.
const WHEN: &str = "when";

impl Rules {
    /// Reports rules over dimensions that nothing declares, rules whose formulas mix units, and sets whose members overlap
    /// by declaration. `vocabulary` is that of all files together.
    pub fn fit(&self, vocabulary: &Vocabulary, errors: &mut InputErrors) {
        for rule in &self.rules {
            match &rule.kind {
                Kind::Breakdown(breakdown) => {
                    let Spanned { value, span } = &breakdown.dimension;
                    declared(value, *span, vocabulary, errors);
                }
                Kind::Relation(relation) => fit_relation(relation, vocabulary, errors),
                Kind::Additive(_) | Kind::Stages(_) | Kind::Balance(_) | Kind::BuiltIn => {}
            }
        }
    }
}

/// Reports a dimension that nothing declares.
fn declared(dimension: &str, span: Span, vocabulary: &Vocabulary, errors: &mut InputErrors) {
    if dimension == EVENT || vocabulary.dimensions.contains_key(dimension) {
        return;
    }
    let error = InputError::at(span, format!("no dimension `{dimension}` is declared"));
    let known = vocabulary.dimensions.keys().map(String::as_str);
    errors.push(match nearest(dimension, known) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => {
            error.help(format!("declare it: [dimension.{dimension}], with `members` or `parents` if they are known"))
        }
    });
}

fn fit_relation(relation: &Relation, vocabulary: &Vocabulary, errors: &mut InputErrors) {
    let faults = errors.0.len();
    for binding in &relation.given {
        for dimension in &binding.dimensions {
            declared(&dimension.value, dimension.span, vocabulary, errors);
        }
        for pattern in binding.scope.values() {
            if let Pattern::FieldOf { field, .. } = &pattern.value {
                declared(field, pattern.span, vocabulary, errors);
            }
        }
    }
    for dimension in relation.join.iter().flatten().filter(|dimension| dimension.value != WHEN) {
        declared(&dimension.value, dimension.span, vocabulary, errors);
    }
    for expression in expressions(relation) {
        for (name, span) in expression.root.names() {
            if let Some(field) = name.fields.first().filter(|field| !is_common_field(field)) {
                declared(field, span, vocabulary, errors);
            }
        }
    }
    if errors.0.len() > faults {
        return;
    }
    for binding in &relation.given {
        can_bind(binding, vocabulary, errors);
    }
    let units = ByBinding { relation, vocabulary };
    for expression in expressions(relation) {
        check_units(expression, &units, None, errors);
    }
    for binding in relation.given.iter().filter(|binding| binding.set) {
        apart(binding, vocabulary, errors);
    }
}

/// Reports a binding that no figure can fit: in another unit than its measure is declared to have, or for a member that a
/// complete dimension does not have.
fn can_bind(binding: &Binding, vocabulary: &Vocabulary, errors: &mut InputErrors) {
    if let (Some(Spanned { value: Pattern::Exact(measure), .. }), Some(Spanned { value: Pattern::Exact(wanted), span })) =
        (&binding.measure, &binding.unit)
        && let Some(declared) = vocabulary.measures.get(measure)
        && let Some(found) = &declared.unit
        && *found != unit(wanted)
    {
        let message = format!("no figure fits `{}`: `{measure}` is declared to be in another unit", binding.name.value);
        let error = InputError::at(*span, message).also(declared.name.span, "declared here");
        errors.push(error.help("leave out `unit`, or mend the declaration"));
    }
    for (name, pattern) in &binding.scope {
        let (Pattern::Exact(member), Some(dimension)) = (&pattern.value, vocabulary.dimensions.get(name)) else {
            continue;
        };
        let known = members(dimension);
        if !dimension.complete || member == "*" || known.contains(&member.as_str()) {
            continue;
        }
        // What lies within a member, or is one of the members it lies within, is of the dimension as well.
        let related = |known: &&str| {
            let within = |inner: &str, outer: &str| vocabulary.ancestors(name, inner).any(|it| it == outer);
            within(member, known) || within(known, member)
        };
        if known.iter().any(related) {
            continue;
        }
        let message = format!("the dimension `{name}` has no member `{member}`, and is complete");
        let error = InputError::at(pattern.span, message).also(dimension.name.span, "declared here");
        errors.push(match nearest(member, known) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("name one of its members, or leave out `complete = true`"),
        });
    }
}

fn expressions(relation: &Relation) -> impl Iterator<Item = &Expression> {
    relation.condition.iter().chain([&relation.require])
}

/// Reports a set that takes both a declared member of a dimension and another that lies within it.
fn apart(binding: &Binding, vocabulary: &Vocabulary, errors: &mut InputErrors) {
    for (name, pattern) in &binding.scope {
        let (Pattern::Glob(glob), Some(dimension)) = (&pattern.value, vocabulary.dimensions.get(name)) else {
            continue;
        };
        let taken: Vec<&str> = members(dimension).into_iter().filter(|member| matches_member(glob, member)).collect();
        let nested = taken.iter().find_map(|inner| {
            let above: Vec<String> = vocabulary.ancestors(name, inner).collect();
            let outer = taken.iter().find(|outer| above.iter().any(|it| it == **outer))?;
            Some((*inner, *outer))
        });
        let Some((inner, outer)) = nested else { continue };
        let message = format!("the members of `{}` overlap: `{inner}` lies within `{outer}`", binding.name.value);
        let error = InputError::at(pattern.span, message).also(dimension.name.span, "declared here");
        errors.push(error.help(format!("a sum would count `{inner}` twice: take members of one level")));
    }
}

/// Every member that a dimension declares, each once, in order.
fn members(dimension: &Dimension) -> Vec<&str> {
    let listed = dimension.members.iter().map(|member| member.value.as_str());
    let placed = dimension.parents.iter().flat_map(|(child, parent)| [child.as_str(), parent.as_str()]);
    let mut members: Vec<&str> = listed.chain(placed).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// Whether a member fits a pattern in which a star stands for any characters of one step of a path.
pub(crate) fn matches_member(glob: &str, member: &str) -> bool {
    let (glob, member): (Vec<&str>, Vec<&str>) = (glob.split('/').collect(), member.split('/').collect());
    glob.len() == member.len() && glob.iter().zip(member).all(|(glob, step)| matches_glob(glob, step))
}

/// The units of a relation's names, as far as rule and vocabulary tell them.
struct ByBinding<'a> {
    relation: &'a Relation,
    vocabulary: &'a Vocabulary,
}

impl ByBinding<'_> {
    fn declared(&self, measure: &str) -> Option<Unit> {
        self.vocabulary.measures.get(measure)?.unit.clone()
    }

    fn unit(&self, name: &str) -> Option<Unit> {
        let binding = self.relation.given.iter().find(|binding| binding.name.value == name)?;
        match (binding.unit.as_ref().map(|it| &it.value), binding.measure.as_ref().map(|it| &it.value)) {
            (Some(Pattern::Exact(name)), _) => Some(unit(name)),
            // A name looks back only to names that were bound before it, so that this ends.
            (Some(Pattern::FieldOf { binding, .. }), _) => self.unit(binding),
            (None, Some(Pattern::Exact(measure))) => self.declared(measure),
            _ => None,
        }
    }
}

impl Units for ByBinding<'_> {
    fn unit_of(&self, name: &Name) -> Option<Unit> {
        self.unit(&name.base)
    }

    fn unit_of_look_up(&self, look_up: LookUp<'_>) -> Option<Unit> {
        self.declared(look_up.measure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        assert!(matches_glob("*-mean", "age-mean") && matches_glob("a*c*e", "abcde") && matches_glob("exact", "exact"));
        assert!(!matches_glob("*-mean", "mean-age") && !matches_glob("exact", "exactly"));
    }

    #[test]
    fn in_a_path_a_star_stands_for_one_step() {
        assert!(
            matches_member("KH/*", "KH/Mondulkiri") && matches_member("K*", "KH") && matches_member("*/M*", "KH/M")
        );
        assert!(
            !matches_member("KH/*", "KH")
                && !matches_member("KH/*", "KH/Mondulkiri/Sen")
                && !matches_member("*", "a/b")
        );
    }
}
