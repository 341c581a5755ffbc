//! Smaller groups that say nothing new: what property tests shrink to.
//!
//! What is true stays true when something else is left unsaid, and so does what clashes as long as all of it is still said.
//! So any statement can go that is no part of a contradiction, and with it those that are read by its name.

use super::group::Group;
use super::kind::Shape;
use super::said::Said;
use super::scene::{Region, Role, Statement, Time, What};

/// A statement of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark(What, bool);

impl Mark {
    fn of(statement: &Statement) -> Self {
        Self(statement.what, statement.again)
    }
}

impl Group {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn is_planted(&self) -> bool {
        self.planted.is_some()
    }

    /// How many statements it has.
    pub(crate) fn len(&self) -> usize {
        self.scene.statements.len()
    }

    /// The statements that can be left out. Of a group that `is_checked` there remains something that rules hold against
    /// each other.
    pub(crate) fn can_go(&self, shape: Shape, is_checked: bool) -> Vec<Mark> {
        let kept = |what: What| is_checked && always_checked(shape).contains(&what);
        let apart = self.scene.statements.iter().filter(|it| it.role == Role::Apart && (it.again || !kept(it.what)));
        apart.map(Mark::of).collect()
    }

    /// The same without these statements.
    #[must_use]
    pub(crate) fn without(mut self, marks: &[Mark]) -> Self {
        let statements = &mut self.scene.statements;
        statements.retain(|statement| !marks.contains(&Mark::of(statement)));
        let said: Vec<What> = statements.iter().filter(|it| !it.again).map(|it| it.what).collect();
        statements.retain(|it| named_by(it.what).iter().all(|what| said.contains(what)));
        self
    }

    /// The statements that are not said in plain digits.
    pub(crate) fn can_be_plain(&self) -> Vec<Mark> {
        let worded = self.scene.statements.iter().filter(|it| !matches!(it.said, Said::Plain | Said::Exactly));
        worded.map(Mark::of).collect()
    }

    /// The same with these statements in plain digits.
    #[must_use]
    pub(crate) fn plainly(mut self, marks: &[Mark]) -> Self {
        for statement in self.scene.statements.iter_mut().filter(|it| marks.contains(&Mark::of(it))) {
            statement.said = Said::Plain;
        }
        self
    }
}

/// Two figures of the first month, always stated, that every shape has a rule about.
fn always_checked(shape: Shape) -> [What; 2] {
    let of_all = |time| What::Figure(time, Region::All);
    match shape {
        Shape::Wide => [of_all(Time::Month(0)), of_all(Time::Through(0))],
        Shape::Long | Shape::Toml => [of_all(Time::Month(0)), What::Figure(Time::Month(0), Region::One(0))],
    }
}

/// What the claim of a statement names.
fn named_by(what: What) -> Vec<What> {
    match what {
        What::InFavour(month) => vec![What::Asked(month)],
        What::Share(month, of) => {
            [Region::One(of), Region::All].map(|region| What::Figure(Time::Month(month), region)).to_vec()
        }
        What::Figure(..) | What::Start(_) | What::End(_) | What::Asked(_) => Vec::new(),
    }
}
