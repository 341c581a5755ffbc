//! Reports: one [`Report`] value, and one renderer a format. Nothing here decides anything.

mod concise;
mod full;

mod excerpt;
mod json;
mod model;
mod text;

pub use concise::concise;
pub use full::{FullOptions, full};
pub use json::json;
pub use model::{Report, Summary, Verdict};
