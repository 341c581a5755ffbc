//! What renderers of text share: inert text, grouped counts, plurals.
