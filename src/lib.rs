//! Addup answers one question about a set of reported figures and dates: **can they all be true at once?**
//!
//! It reads *claims* (what a text or a data set reports) and *rules* (how such figures relate), and finds the few
//! that clash, with the arithmetic, the lines they stand in, and a certificate that an independent checker accepts.
//! It never says what is true in the world; it says what cannot be true together.
//!
//! Data flows one way, and every floor knows only the floors below it:
//!
//! | floor | module | holds |
//! |---|---|---|
//! | 1 | [`source`] | files, spans, errors with a place, TOML with spans, quotes found in a draft |
//! | 1 | [`number`] | exact rationals, intervals, the reading of quantities |
//! | 1 | [`calendar`] | days, instants, periods, words read against a dateline |
//! | 2 | [`expr`] | the expression language: lexer, parser, types |
//! | 3 | [`claim`] | claims, articles, scopes, vocabulary, and their loader |
//! | 3 | [`rule`] | rule files, the five kinds, the standard pack |
//! | 3 | `bulk` | tables at volume: which rows can be told to fit without looking closer |
//! | 4 | [`problem`] | data only: figures, constraints, conflicts, certificates |
//! | 5 | [`ground`] | joins claims by rules into a problem |
//! | 5 | [`solve`] | decides a problem |
//! | 5 | [`generate`] | data sets with planted truth |
//! | 6 | [`verify`] | checks certificates, sharing nothing with the solver but data |
//! | 6 | [`finding`] | layers, findings, fingerprints |
//! | 6 | [`coherence`] | rules against each other |
//! | 7 | [`draft`] | figures and dates found in the prose of a draft |
//! | 7 | [`report`] | one report value and its renderers |
//! | 7 | [`workspace`] | load a workspace, check it, read the report |
//! | 8 | [`schema`] | JSON Schemas of the files and of the report |
//! | 6 | `strategies` | with the feature `proptest`: workspaces, claims, quantities and times for property tests |
//! | 8 | [`cli`] | the command line: the only place that touches files and the terminal |
//!
//! Two features are off by default: `parquet` reads tables in Parquet files, and `proptest` brings `strategies`, for
//! property tests of what is built on this library (`docs/property-testing.md`).

#![cfg_attr(test, allow(clippy::arithmetic_side_effects, clippy::as_conversions))]

#[macro_use]
mod index;
#[cfg(test)]
mod looks;
mod parallel;

mod bulk;
pub mod calendar;
pub mod claim;
pub mod cli;
pub mod coherence;
pub mod draft;
pub mod expr;
pub mod finding;
pub mod generate;
pub mod ground;
pub mod number;
pub mod problem;
pub mod report;
pub mod rule;
pub mod schema;
pub mod solve;
pub mod source;
#[cfg(feature = "proptest")]
pub mod strategies;
pub mod verify;
pub mod workspace;

#[doc(hidden)]
pub use bulk::in_memory;
