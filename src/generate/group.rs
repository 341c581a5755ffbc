//! A group of a data set, and how what is reported of it is written down in each shape.

use super::kind::{Kind, Shape};
use super::scene::{Role, Scene, Statement};
use super::truth::{Planted, Reach};
use super::written::WrittenClaim;
use super::{article, long, wide};

/// A group: its name, what is reported of it, and the contradiction that is planted in it, if there is one.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(super) name: String,
    pub(super) scene: Scene,
    pub(super) planted: Option<Kind>,
}

impl Group {
    /// Its claim file, its lines or its rows.
    pub(crate) fn text(&self, shape: Shape) -> String {
        match shape {
            Shape::Wide => wide::lines(&self.name, &self.scene),
            Shape::Long => long::rows(&self.name, &self.scene),
            Shape::Toml => article::file(&self.name, &self.scene),
        }
    }

    /// Each statement, and the claim that states it.
    fn stated(&self, shape: Shape) -> impl Iterator<Item = (&Statement, WrittenClaim)> {
        self.scene.statements.iter().enumerate().filter_map(move |(place, statement)| {
            let claim = match shape {
                Shape::Wide => wide::claim(&self.name, statement),
                Shape::Long => long::claim(&self.name, place, statement),
                Shape::Toml => article::claim(&self.name, statement),
            };
            claim.map(|claim| (statement, claim))
        })
    }

    /// What it says, claim by claim.
    pub(crate) fn claims(&self, shape: Shape) -> impl Iterator<Item = WrittenClaim> {
        self.stated(shape).map(|(_, claim)| claim)
    }

    /// What is planted in it.
    pub(crate) fn truth(&self, shape: Shape) -> Option<Planted> {
        let kind = self.planted?;
        let ids = |least: Role| {
            let of_role = self.stated(shape).filter(|(statement, _)| statement.role >= least);
            of_role.map(|(_, claim)| claim.id()).collect()
        };
        Some(Planted {
            kind: kind.name().to_owned(),
            reach: if kind.is_joint() { Reach::Joint } else { Reach::Single },
            claims: ids(Role::Involved),
            altered: ids(Role::Altered),
        })
    }
}
