//! A count of work for tests: how often the readers of text looked at a token. A bound on it is one on the time that
//! a text takes, and unlike a clock it gives the same answer on every machine.

use std::cell::Cell;

thread_local! {
    static LOOKS: Cell<u64> = const { Cell::new(0) };
}

/// Counts one look at a token.
pub(crate) fn count() {
    LOOKS.set(LOOKS.get().saturating_add(1));
}

/// How many looks some work takes.
pub(crate) fn during(work: impl FnOnce()) -> u64 {
    let before = LOOKS.get();
    work();
    LOOKS.get().saturating_sub(before)
}
