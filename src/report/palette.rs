//! The colours of text reports: the terminal's own, and only where they are asked for.

use anstyle::{AnsiColor, Style};

/// A style for each role; all are plain without colour.
pub(super) struct Palette {
    /// Whether there is any colour.
    pub color: bool,
    /// What cannot stand.
    pub error: Style,
    /// What is worth asking about.
    pub warning: Style,
    /// What holds.
    pub good: Style,
    /// Headings.
    pub heading: Style,
    /// What matters less.
    pub faint: Style,
}

impl Palette {
    /// With colour or without.
    pub fn of(color: bool) -> Self {
        let style = |style: Style| if color { style } else { Style::new() };
        Self {
            color,
            error: style(AnsiColor::Red.on_default().bold()),
            warning: style(AnsiColor::Yellow.on_default().bold()),
            good: style(AnsiColor::Green.on_default().bold()),
            heading: style(Style::new().bold()),
            faint: style(Style::new().dimmed()),
        }
    }
}
