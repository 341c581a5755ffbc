//! Witnesses: values that show that what is left can all be true, how they are written down, and how they are checked.

mod check;
mod format;
mod write;

#[cfg(test)]
mod tests;

pub(super) use check::check;
pub use format::Witness;
