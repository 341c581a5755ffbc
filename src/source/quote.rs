//! Quotes found again in a draft, on normalised text.
