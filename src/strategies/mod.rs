//! Strategies for property tests of what you build on this library: feature `proptest`.
//!
//! In: sizes and shapes, or a dateline. Out: what people report, beside what is true: quantities and periods in words,
//! claims, and whole workspaces that are known to be consistent, or of which it is known what clashes. Whatever they shrink
//! to is as true: a smaller workspace has fewer claims of the same world, in plainer words and with smaller figures.
//! Nothing here knows how claims are checked; what is drawn comes from [`generate`](crate::generate).
//!
//! `docs/property-testing.md` shows them in use, and `examples/property_test.rs` is a test that runs.
//!
//! ```
//! use addup::generate::Shape;
//! use addup::report::Verdict;
//! use addup::strategies::{consistent, planted};
//! use addup::workspace::{Request, Workspace};
//! use proptest::prelude::*;
//! use proptest::test_runner::TestRunner;
//!
//! let mut runner = TestRunner::new(ProptestConfig::with_cases(4));
//! runner.run(&(consistent(Shape::Toml), planted(Shape::Wide)), |(true_one, other)| {
//!     let check = |files| Workspace::load(files, &Request::default()).map(|workspace| workspace.check()).unwrap();
//!     prop_assert_eq!(check(&true_one.files).verdict(), Verdict::Consistent);
//!     prop_assert!(check(&other.files).score(&other.truth).is_perfect());
//!     Ok(())
//! }).unwrap();
//! ```

mod claim;
mod numeral;
mod period;
mod quantity;
mod workspace;

pub use claim::claims;
pub use period::period;
pub use quantity::{quantity, quantity_of};
pub use workspace::{Drawn, Workspaces, consistent, planted};

/// What a text says, and what is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported<T> {
    /// The words.
    pub text: String,
    /// What they were written of. It lies in the reading of the words, hard and soft.
    pub truth: T,
}
