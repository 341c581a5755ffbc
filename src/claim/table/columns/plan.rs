//! How the columns of a file are read: which of them say what, and whether they say it plainly.

use super::super::{Figure, From, Layout, Mapping, Skip, Values};
use super::{FigureColumn, Names, TimeOf, Times, numbered};
use crate::claim::article::Heading;
use crate::claim::{EVENT, Vocabulary};
use crate::number::Rounding;
use crate::source::Spanned;
use crate::source::records::Lines;

/// How a file is read. Columns are given by their places.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The rows that are left out.
    pub skip: Option<(usize, Vec<String>)>,
    /// What weighs the claims of a row.
    pub weight: Option<usize>,
    /// What a row is called.
    pub key: Vec<usize>,
    /// The dimensions of the scope that rows state.
    pub dimensions: Vec<Dimension>,
    /// The columns of times.
    pub times: Vec<TimeColumn>,
    /// The columns of figures.
    pub figures: Vec<Cells>,
    columns: Vec<FigureColumn>,
    /// The column that says what a row measures.
    pub measure: Option<Said>,
    /// The columns of dates.
    pub dates: Vec<Cells>,
    date_names: Vec<String>,
    /// The columns of texts.
    pub texts: Vec<Cells>,
    text_names: Vec<String>,
    /// Whether each row is a record.
    wide: bool,
    /// The measures of which it is declared how they behave over time. Others add up if they are counts, so that it matters
    /// whether decimals are written.
    declared: Vec<String>,
}

/// A dimension that rows state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dimension {
    pub column: usize,
    /// What stands for saying nothing.
    pub missing: Vec<String>,
    /// Whether its members are names, in which a slash is no path.
    pub is_name: bool,
    /// Whether rows of different members have nothing to do with each other.
    pub separates: bool,
}

/// A column of times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TimeColumn {
    pub column: usize,
    pub missing: Vec<String>,
    said: Option<String>,
}

/// A column that says something in words.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub column: usize,
    pub missing: Vec<String>,
}

/// A column of values.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    pub column: usize,
    pub missing: Vec<String>,
    /// Whether only whole numbers from 0 on are plain.
    pub counted: bool,
}

impl Plan {
    /// How a file is read; `None` if something is said that is not plain.
    pub fn of(
        mapping: &Mapping,
        heading: &Heading,
        lines: &Lines<'_>,
        vocabulary: &Vocabulary,
        times: &mut Times<'_>,
        measures: &mut Vec<String>,
    ) -> Option<Self> {
        // What a table says of units may have to be converted into those that are declared.
        if matches!(mapping.source, Some(From::Column { .. })) || mapping.unit.is_some() {
            return None;
        }
        if mapping.of.is_some() || mapping.whole.is_some() {
            return None;
        }
        if heading.scope.0.contains_key(EVENT) || !is_plain(&mapping.values) {
            return None;
        }
        let place = |name: &Spanned<String>| lines.column(&name.value);
        let key: Vec<usize> = mapping.key.iter().map(place).collect::<Option<_>>()?;
        let declared = |measure: &str| vocabulary.measures.get(measure).is_some_and(|it| it.over_time.is_some());
        let known = vocabulary.measures.keys().filter(|name| declared(name)).cloned();
        let mut plan = Self {
            skip: match &mapping.skip {
                Some(Skip { column, values }) => Some((place(column)?, values.clone())),
                None => None,
            },
            weight: match &mapping.weight {
                Some(weight) => Some(place(weight)?),
                None => None,
            },
            key,
            dimensions: Vec::new(),
            times: Vec::new(),
            figures: Vec::new(),
            columns: Vec::new(),
            measure: None,
            dates: Vec::new(),
            date_names: Vec::new(),
            texts: Vec::new(),
            text_names: Vec::new(),
            wide: matches!(mapping.layout, Layout::Wide { .. }),
            declared: known.collect(),
        };
        let when = match &mapping.when {
            Some(when) => plan.time(when, lines, times)?,
            None => TimeOf::All(0),
        };
        match &mapping.layout {
            Layout::Long { measure, value } => {
                let number = match measure {
                    From::Fixed(name) => Some(name.value.as_str()),
                    From::Column { said: Some(_), .. } => return None,
                    From::Column { name, missing, .. } => {
                        plan.measure = Some(Said { column: place(name)?, missing: missing.clone() });
                        None
                    }
                };
                plan.figure(value, number, &mapping.values, when, lines, measures)?;
            }
            Layout::Wide { dates, texts, .. } => {
                for Figure { column, measure, when: own, unit, values } in mapping.figures(lines.columns()) {
                    let time = match &own {
                        Some(own) => plan.time(own, lines, times)?,
                        None => when,
                    };
                    if unit.is_some() || values.as_ref().is_some_and(|values| !is_plain(values)) {
                        return None;
                    }
                    let values = values.as_ref().unwrap_or(&mapping.values);
                    plan.figure(&column, Some(&measure.value), values, time, lines, measures)?;
                }
                let cells = |column| {
                    let missing = missing(&mapping.values, lines);
                    Some(Cells { column: place(column)?, missing, counted: false })
                };
                plan.dates = dates.iter().map(cells).collect::<Option<_>>()?;
                plan.date_names = dates.iter().map(|column| column.value.clone()).collect();
                plan.texts = texts.iter().map(cells).collect::<Option<_>>()?;
                plan.text_names = texts.iter().map(|column| column.value.clone()).collect();
            }
        }
        plan.dimensions(mapping, vocabulary, lines)?;
        let cells = plan.figures.iter().chain(&plan.dates).chain(&plan.texts);
        let mut places: Vec<usize> = cells.map(|it| it.column).collect();
        let count = places.len();
        places.sort_unstable();
        places.dedup();
        // A column that states two claims is an error of every row.
        (places.len() == count).then_some(plan)
    }

    fn figure(
        &mut self,
        column: &Spanned<String>,
        measure: Option<&str>,
        values: &Values,
        time: TimeOf,
        lines: &Lines<'_>,
        measures: &mut Vec<String>,
    ) -> Option<()> {
        self.figures.push(Cells {
            column: lines.column(&column.value)?,
            missing: missing(values, lines),
            counted: measure.is_some_and(|measure| self.counts(measure, time)),
        });
        let measure = measure.map(|name| usize::try_from(numbered(measures, name)).unwrap_or(usize::MAX));
        self.columns.push(FigureColumn { column: column.value.clone(), measure, time });
        Some(())
    }

    /// Where a time is said.
    fn time(&mut self, from: &From, lines: &Lines<'_>, times: &mut Times<'_>) -> Option<TimeOf> {
        match from {
            From::Fixed(words) => Some(TimeOf::All(usize::try_from(times.number(&words.value)).ok()?)),
            From::Column { name, said, missing } => {
                let (said, missing) = (said.as_ref().map(|it| it.value.clone()), missing.clone());
                let column = TimeColumn { column: lines.column(&name.value)?, missing, said };
                let at = self.times.iter().position(|known| *known == column).unwrap_or_else(|| {
                    self.times.push(column);
                    self.times.len().saturating_sub(1)
                });
                Some(TimeOf::Column(at))
            }
        }
    }

    fn dimensions(&mut self, mapping: &Mapping, vocabulary: &Vocabulary, lines: &Lines<'_>) -> Option<()> {
        // What a member lies within may be declared apart from its path.
        let has_parents = |name: &str| vocabulary.dimensions.get(name).is_some_and(|it| !it.parents.is_empty());
        let mut used: Vec<&str> = Vec::new();
        for (name, from) in &mapping.scope {
            if name.value == EVENT {
                return None;
            }
            let From::Column { name: column, said, missing } = from else { continue };
            used.push(&column.value);
            if said.is_some() {
                return None;
            }
            let (column, missing) = (lines.column(&column.value)?, missing.clone());
            let separates = !has_parents(&name.value);
            self.dimensions.push(Dimension { column, missing, is_name: false, separates });
        }
        if self.wide {
            used.extend(mapping.when.as_ref().and_then(From::column));
            for column in mapping.key.iter().filter(|column| !used.contains(&column.value.as_str())) {
                // A dimension that the table states is overwritten by a key of its name.
                if column.value == EVENT || mapping.scope.iter().any(|(name, _)| name.value == column.value) {
                    return None;
                }
                let separates = !has_parents(&column.value);
                let (column, missing) = (lines.column(&column.value)?, Vec::new());
                self.dimensions.push(Dimension { column, missing, is_name: true, separates });
            }
        }
        Some(())
    }

    /// Whether the columns of another file say the same.
    pub fn is_like(&self, other: &Self) -> bool {
        let named = |plan: &Self| -> Vec<String> { plan.columns.iter().map(|it| it.column.clone()).collect() };
        named(self) == named(other)
    }

    /// Whether each row is a record.
    pub fn is_wide(&self) -> bool {
        self.wide
    }

    /// The columns of figures.
    pub fn figures(&self) -> Vec<FigureColumn> {
        self.columns.clone()
    }

    /// The columns of dates.
    pub fn dates(&self) -> Vec<String> {
        self.date_names.clone()
    }

    /// The columns of texts.
    pub fn texts(&self) -> Vec<String> {
        self.text_names.clone()
    }

    /// Whether only whole numbers from 0 on are plain values of a measure, in rows that say what they measure.
    pub fn is_counted(&self, measure: &str) -> bool {
        self.columns.first().is_some_and(|value| self.counts(measure, value.time))
    }

    fn counts(&self, measure: &str, time: TimeOf) -> bool {
        !matches!(time, TimeOf::All(0)) && self.undeclared(measure)
    }

    fn undeclared(&self, measure: &str) -> bool {
        !self.declared.iter().any(|known| known == measure)
    }

    /// How rows that are called the same are found.
    pub fn names(&self) -> Names {
        if self.key.is_empty() {
            return Names::Numbers;
        }
        let dimensions: Vec<usize> = self.dimensions.iter().map(|it| it.column).collect();
        let separating = self.dimensions.iter().filter(|it| it.separates).map(|it| it.column);
        let others: Vec<usize> = self.key.iter().copied().filter(|column| !dimensions.contains(column)).collect();
        let in_group = separating.clone().all(|column| self.key.contains(&column));
        // Within a group the scope is the same, so that only what is beside it can tell two rows apart.
        match others.as_slice() {
            [] if in_group => Names::InGroup(None),
            [other] if in_group => match self.times.iter().position(|it| it.column == *other) {
                Some(at) => Names::InGroup(Some(at)),
                None => Names::Hashed,
            },
            _ => Names::Hashed,
        }
    }

    /// The words of a time in a cell; `None` if it says nothing.
    pub fn time_words(&self, column: usize, cell: &str) -> Option<String> {
        let column = self.times.get(column)?;
        if cell.is_empty() || column.missing.iter().any(|it| it == cell) {
            return None;
        }
        Some(column.said.as_ref().map_or_else(|| cell.to_owned(), |said| said.replace("{}", cell)))
    }

    /// What a row is called.
    pub fn called(&self, file: &str, number: usize, cells: &[Spanned<&str>]) -> String {
        if self.key.is_empty() {
            return format!("{file}[{}]", number.saturating_add(1));
        }
        let parts: Vec<&str> = self.key.iter().filter_map(|at| cells.get(*at)).map(|cell| cell.value).collect();
        format!("{file}[{}]", parts.join(","))
    }
}

/// What stands for no value, in a file in which an empty cell may be none.
fn missing(values: &Values, lines: &Lines<'_>) -> Vec<String> {
    values.missing.iter().cloned().chain(lines.may_lack_cells().then(String::new)).collect()
}

/// Whether figures are exactly what their digits say.
fn is_plain(values: &Values) -> bool {
    values.digits.is_none() && values.policy.rounding == Some(Rounding::Exact) && values.policy.precision.is_none()
}
