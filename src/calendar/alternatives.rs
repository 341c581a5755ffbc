//! All usual ways to read a phrase: what it can mean, what it usually means, and under which convention.

use super::convention::Choice;

/// One way to read a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading<T> {
    /// The hard reading: all that it can mean. Only this one can make an error.
    pub value: T,
    /// The soft reading: what it usually means; it lies inside the hard one, and is the same where nothing is vague.
    pub soft: T,
    /// The convention under which it is read so; `None` if there is no other way.
    pub under: Option<Choice>,
}

impl<T: Clone> Reading<T> {
    /// A reading that is not vague.
    pub fn plain(value: T, under: Option<Choice>) -> Self {
        Self { soft: value.clone(), value, under }
    }
}

/// Every usual way to read a phrase: never empty, one without a convention, or several that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternatives<T>(Vec<Reading<T>>);

impl<T: Clone + PartialEq> Alternatives<T> {
    /// A phrase that has one reading only.
    pub fn one(value: T) -> Self {
        Self(vec![Reading::plain(value, None)])
    }

    /// A phrase that can mean one thing at most, and usually means another that lies inside it.
    pub(super) fn vague(hard: T, soft: T) -> Self {
        Self(vec![Reading { value: hard, soft, under: None }])
    }

    /// A phrase whose reading depends on a convention. `None` if `readings` is empty; one plain reading if they all
    /// say the same.
    pub fn of(readings: Vec<Reading<T>>) -> Option<Self> {
        let first = readings.first()?;
        let alike = readings.iter().all(|reading| reading.value == first.value && reading.soft == first.soft);
        Some(if alike { Self::vague(first.value.clone(), first.soft.clone()) } else { Self(readings) })
    }

    /// The one hard reading, if no convention matters.
    pub fn settled(&self) -> Option<T> {
        match self.0.as_slice() {
            [only] => Some(only.value.clone()),
            _ => None,
        }
    }

    /// The one reading that holds under these choices; all that there are if none of them settles it.
    pub fn under(&self, choices: &[Choice]) -> Self {
        let holds = |reading: &&Reading<T>| reading.under.is_some_and(|under| choices.contains(&under));
        match self.0.iter().find(holds) {
            Some(reading) => Self::vague(reading.value.clone(), reading.soft.clone()),
            None => self.clone(),
        }
    }

    /// Whether it depends on when fiscal years begin.
    pub fn is_fiscal(&self) -> bool {
        self.0.iter().any(|reading| reading.under.is_some_and(|choice| choice.fiscal_year().is_some()))
    }

    /// Every reading, in the order of its convention.
    pub fn readings(&self) -> &[Reading<T>] {
        &self.0
    }

    /// What follows from each reading, hard and soft. A reading from which nothing sensible follows is dropped, as long
    /// as another remains.
    ///
    /// # Errors
    /// The first error, if no reading remains.
    pub fn try_map<U: Clone + PartialEq, E>(
        &self,
        mut follow: impl FnMut(T) -> Result<U, E>,
    ) -> Result<Alternatives<U>, E> {
        self.try_vague(|value| follow(value).map(|value| (value.clone(), value)))
    }

    /// As [`Alternatives::try_map`], for what is vaguer, or less so, than what it follows from: the hard part of the result
    /// is taken from the hard reading, the soft one from the soft.
    pub(super) fn try_vague<U: Clone + PartialEq, E>(
        &self,
        mut follow: impl FnMut(T) -> Result<(U, U), E>,
    ) -> Result<Alternatives<U>, E> {
        let mut kept = Vec::new();
        let mut first_error = None;
        for reading in &self.0 {
            match follow(reading.value.clone()) {
                Ok((value, soft)) => {
                    let soft = if reading.soft == reading.value {
                        soft
                    } else {
                        follow(reading.soft.clone()).map_or_else(|_| value.clone(), |(_, soft)| soft)
                    };
                    kept.push(Reading { value, soft, under: reading.under });
                }
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        match (Alternatives::of(kept), first_error) {
            (Some(alternatives), _) => Ok(alternatives),
            (None, Some(error)) => Err(error),
            // A phrase has at least one reading, so that one of the two is always there.
            (None, None) => Ok(Alternatives(Vec::new())),
        }
    }

    /// The same readings, where every soft one that lies outside its hard one gives way to it.
    pub(super) fn with_soft_inside(self, admits: impl Fn(&T, &T) -> bool) -> Self {
        let inside = |reading: Reading<T>| {
            if admits(&reading.value, &reading.soft) { reading } else { Reading::plain(reading.value, reading.under) }
        };
        Self(self.0.into_iter().map(inside).collect())
    }

    /// What follows from each pair of readings that one choice of conventions allows together; `None` if the two
    /// depend on different conventions.
    pub(super) fn pair<U: Clone + PartialEq>(&self, other: &Alternatives<U>) -> Option<Alternatives<(T, U)>> {
        let both = |one: &Reading<T>, two: &Reading<U>| Reading {
            value: (one.value.clone(), two.value.clone()),
            soft: (one.soft.clone(), two.soft.clone()),
            under: one.under.or(two.under),
        };
        let pairs = match (self.0.as_slice(), other.0.as_slice()) {
            ([only], others) => others.iter().map(|reading| both(only, reading)).collect(),
            (ours, [only]) => ours.iter().map(|reading| both(reading, only)).collect(),
            (ours, others) => ours
                .iter()
                .map(|reading| {
                    let same = others.iter().find(|candidate| candidate.under == reading.under)?;
                    Some(both(reading, same))
                })
                .collect::<Option<Vec<_>>>()?,
        };
        Alternatives::of(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::super::convention::WeekStart;
    use super::*;

    #[test]
    fn readings_that_agree_are_one() {
        let reading = |value, start| Reading::plain(value, Some(Choice::Week(start)));
        let same = Alternatives::of(vec![reading(1, WeekStart::Monday), reading(1, WeekStart::Sunday)]).unwrap();
        assert_eq!(same.settled(), Some(1));
        let differing = Alternatives::of(vec![reading(1, WeekStart::Monday), reading(2, WeekStart::Sunday)]).unwrap();
        assert_eq!(differing.settled(), None);
        let dropped = differing.try_map(|value| if value == 1 { Ok(value) } else { Err(()) }).unwrap();
        assert_eq!(dropped.settled(), Some(1));
        assert_eq!(differing.pair(&differing).unwrap().readings().len(), 2);
    }

    #[test]
    fn what_follows_from_a_vague_phrase_is_as_vague() {
        let vague = Alternatives::vague(10, 3);
        let follows = vague.try_map(|value| Ok::<_, ()>(value * 2)).unwrap();
        assert_eq!(follows.readings(), [Reading { value: 20, soft: 6, under: None }]);
        let only_hard = vague.try_map(|value| if value == 10 { Ok(value) } else { Err(()) }).unwrap();
        assert_eq!(only_hard.readings(), [Reading::plain(10, None)]);
        let paired = vague.pair(&Alternatives::one(7)).unwrap();
        assert_eq!(paired.readings(), [Reading { value: (10, 7), soft: (3, 7), under: None }]);
        let outside = vague.with_soft_inside(|hard, soft| hard < soft);
        assert_eq!(outside.readings(), [Reading::plain(10, None)]);
    }
}
