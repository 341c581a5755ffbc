//! The independent checker: takes a certificate and the input files, and accepts only what it can redo by itself.
//!
//! In: [`Certificates`], freshly loaded claims and rules, and the hashes of the files. Out: nothing, or every reason why
//! a certificate does not follow. It shares with `ground` and `solve` only the data of `problem`; it calls neither.
//!
//! What is redone: that the files are the same; for a cycle, every step (what a mention bounds and between which
//! instants, how scopes nest, what a check's own text says of two days, that a measure never falls, which instants are
//! certainly in order), that the steps close, and their sum in big rationals; for two mentions apart, that they are of
//! one figure and have nothing in common; for an impossible formula, the formula from the text of its check or rule or
//! from the declarations that it follows from, which figures it binds, and by interval arithmetic and halving that no
//! values satisfy it, and of answers by going through every sum that they may have; for all, what it leans on, the rules and mentions that it rests on, and its fingerprint.
//!
//! What is trusted: the readers of files (TOML, quantities, dates, expressions) and the vocabulary, the arithmetic of
//! `number` below intervals, and the data that they give. What is not redone: that a conflict is minimal, that no other
//! conflict was missed, and the words and the severity of its finding.

mod answers;
mod bindings;
mod certificate;
mod check;
mod cycle;
mod evaluate;
mod expression;
mod facts;
mod fraction;
mod index;
mod instance;
mod instances;
pub mod joint;
mod look_up;
mod notation;
mod structural;
mod witness;
mod words;
mod write;

pub use certificate::{
    Among, Because, Bound, Certificate, CertificateError, Certificates, Demonstration, Leaning, Place, Point,
    Quantified, Readings, Said, Source, Step, UnderChoice, What, Which,
};
pub use check::verify;
pub use witness::Witness;
pub use write::Written;
