//! How claims of an article are derived, as far as their words are read by it: as a change in per cent, or as a
//! difference of two figures whose order decides which sign a fall has.

use crate::calendar::{Context, When, read_when};
use crate::expr::{self, BinaryOp, Expr, ExprKind, Expression};
use crate::source::document::Table;
use crate::source::{InputErrors, Sources};
use std::collections::{BTreeMap, BTreeSet};

/// What a claim says of itself with `is`, as far as its words are read by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Derived {
    /// It is no change, as far as can be told.
    Plain,
    /// A change in per cent, so that "fell by 8%" is below nought.
    Change,
    /// A difference of two figures.
    Difference(Order),
}

/// The order in time of the two figures of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The later less the earlier one: a fall is below nought.
    LaterFirst,
    /// The earlier less the later one: a rise is below nought.
    EarlierFirst,
    /// It cannot be told.
    Unknown,
}

/// What is known of the claims of a file before any of them is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Derivations {
    /// The measures that some claim derives as a change.
    changes: BTreeSet<String>,
    /// When each claim is, in its own words.
    times: BTreeMap<String, String>,
}

impl Derivations {
    /// Looks through a claim file. What cannot be read there is reported when the claim itself is read.
    pub(super) fn of_file(root: &Table, sources: &Sources) -> Self {
        let mut ignored = InputErrors::default();
        let mut found = Self::default();
        for (id, table) in root.tables("claim", "[claim.ID]", &mut ignored) {
            found.times.extend(table.date("when", &mut ignored).map(|when| (id.value.clone(), when.value)));
            let is = table.string("is", &mut ignored).and_then(|text| expr::parse(sources, text.span).ok());
            if is.is_some_and(|is| matches!(is.root.kind, ExprKind::Change(..))) {
                found.changes.extend(table.string("measure", &mut ignored).map(|measure| measure.value));
            }
        }
        found
    }

    /// How a claim of a measure is derived. One of a measure that another claim derives as a change is one, too.
    pub(super) fn of(&self, measure: &str, is: Option<&Expression>, context: &Context) -> Derived {
        match is.map(|is| &is.root.kind) {
            Some(ExprKind::Change(..)) => Derived::Change,
            _ if self.changes.contains(measure) => Derived::Change,
            Some(ExprKind::Binary(BinaryOp::Subtract, from, less)) => {
                Derived::Difference(self.order(from, less, context))
            }
            _ => Derived::Plain,
        }
    }

    fn order(&self, from: &Expr, less: &Expr, context: &Context) -> Order {
        let (Some(from), Some(less)) = (self.time(from, context), self.time(less, context)) else {
            return Order::Unknown;
        };
        let (from, less) = (from.end(), less.end());
        if from.earliest > less.latest {
            Order::LaterFirst
        } else if from.latest < less.earliest {
            Order::EarlierFirst
        } else {
            Order::Unknown
        }
    }

    /// When a figure is that an expression names: by the claim, by the key of its series, or by its look-up.
    fn time(&self, figure: &Expr, context: &Context) -> Option<When> {
        let words = match &figure.kind {
            ExprKind::Name(name) if name.fields.is_empty() => {
                let key = || name.base.strip_suffix(']').and_then(|base| base.split_once('['));
                self.times.get(&name.base).map(String::as_str).or_else(|| key().map(|(_, key)| key))?
            }
            ExprKind::Lookup { when: Some((words, _)), .. } => words,
            _ => return None,
        };
        read_when(words, context).ok()?.settled()
    }
}
