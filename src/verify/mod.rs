//! The independent checker: takes a certificate and the input files, and accepts only what it can redo by itself.
//!
//! It shares with `ground` and `solve` only the data of `problem`. Parsers, word tables and the vocabulary are the
//! trusted base; a certificate carries the hash of every input, so that it speaks of these files and no others.

mod certificate;
mod check;

pub use certificate::{Certificate, CertificateError, Certificates};
pub use check::verify;
