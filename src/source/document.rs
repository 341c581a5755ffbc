//! TOML with places: tables whose keys know where they stand, and which of them nobody asked for.
