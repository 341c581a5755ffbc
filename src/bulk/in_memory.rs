//! A table whose columns are in memory already, told apart as often as a bench likes. It is no part of the library's face.

use super::Sifter;
use crate::claim::{self, Columns, Defaults, Settled, Sieve, Sifted, Vocabulary};
use crate::rule;
use crate::source::{FileId, Files, InputErrors, Sources};
use std::cell::Cell;
use std::num::NonZeroUsize;

/// What there is to decide, and how much of it could clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// The rows of the table.
    pub rows: usize,
    /// How many groups have to do with nothing outside them.
    pub groups: usize,
    /// How many of them do not fit, and would be read as claims.
    pub clashing: usize,
}

/// A sieve that hands over its work before it does it.
struct Handing<'s> {
    sifter: Sifter<'s>,
    time: &'s dyn Fn(Size, &dyn Fn()),
    is_handed: Cell<bool>,
}

impl Sieve for Handing<'_> {
    fn jobs(&self) -> NonZeroUsize {
        self.sifter.jobs
    }

    fn sift(&self, columns: &Columns<'_>, vocabulary: &Vocabulary) -> Option<Sifted> {
        let told = self.sifter.tell(columns, vocabulary)?;
        let rows = columns.blocks.iter().map(claim::Block::len).sum();
        let size = Size { rows, groups: told.groups.len(), clashing: told.clashing.len() };
        let work = || drop(std::hint::black_box(self.sifter.sift(std::hint::black_box(columns), vocabulary)));
        (self.time)(size, &work);
        self.is_handed.set(true);
        // Nothing is read as claims: what comes of them is not asked here.
        Some(Sifted { kept: Vec::new(), settled: Settled::default(), untouched: Vec::new() })
    }
}

/// Reads the one table of a claim file and its rules, and hands over the work of telling its rows apart on one thread: from
/// columns to the rows that have to be read as claims, and what is known of all others. Whether there was such a table.
pub fn with_columns(files: &dyn Files, claims: &str, rules: &str, time: &dyn Fn(Size, &dyn Fn())) -> bool {
    let (mut sources, mut errors) = (rule::sources(), InputErrors::default());
    let read = |path: &str, sources: &mut Sources, errors: &mut InputErrors| -> Vec<FileId> {
        sources.read(files, path, errors).into_iter().collect()
    };
    let rule_files = read(rules, &mut sources, &mut errors);
    let rules = rule::load(&[], &mut sources, files, &rule_files, &mut errors);
    let claim_files = read(claims, &mut sources, &mut errors);
    let defaults = Defaults { vocabulary: rules.vocabulary.clone(), ..Defaults::default() };
    let sifter = Sifter { rules: &rules, jobs: NonZeroUsize::MIN };
    let handing = Handing { sifter, time, is_handed: Cell::new(false) };
    claim::load_sifted(&defaults, Some(&handing), NonZeroUsize::MIN, &mut sources, files, &claim_files, &mut errors);
    handing.is_handed.get()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Texts;

    #[test]
    fn the_groups_of_a_table_are_counted_and_told_apart() {
        let files = [
            ("rules.toml", "[measure.cases]\nover-time = \"adds\"\nleast = 0\n"),
            (
                "claims.toml",
                "[[table]]\nfiles = \"t.csv\"\nlayout = \"long\"\nmeasure = \"cases\"\nvalue = { column = \"value\" }\n\
                 when = { column = \"when\" }\nscope = { group = { column = \"group\" } }\nkey = [\"group\", \"when\"]\n",
            ),
            ("t.csv", "group,when,value\nA,2025-01,3\nA,through 2025-01,3\nB,2025-01,3\nB,through 2025-01,2\n"),
        ];
        let files = Texts(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
        let seen = Cell::new(None);
        let found = with_columns(&files, "claims.toml", "rules.toml", &|size, work| {
            work();
            seen.set(Some(size));
        });
        assert!(found);
        assert_eq!(seen.get(), Some(Size { rows: 4, groups: 2, clashing: 1 }));
    }
}
