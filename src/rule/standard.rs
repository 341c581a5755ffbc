//! The standard pack, embedded: one rule a file, in the language that every rule is written in.

/// The pack, in the order in which it is read: the path under which a file is shown, and its text.
pub(super) const FILES: [(&str, &str); 8] = [
    ("standard/additive.toml", include_str!("../../rules/standard/additive.toml")),
    ("standard/same-figure.toml", include_str!("../../rules/standard/same-figure.toml")),
    ("standard/change.toml", include_str!("../../rules/standard/change.toml")),
    ("standard/derived.toml", include_str!("../../rules/standard/derived.toml")),
    ("standard/percent-of-whole.toml", include_str!("../../rules/standard/percent-of-whole.toml")),
    ("standard/percent-of-count.toml", include_str!("../../rules/standard/percent-of-count.toml")),
    ("standard/weekday.toml", include_str!("../../rules/standard/weekday.toml")),
    ("standard/quote.toml", include_str!("../../rules/standard/quote.toml")),
];
