//! The standard pack, embedded.
