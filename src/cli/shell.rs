//! `addup completions` and `addup man`: what shells and manuals know of the command line, made from its definition.

use super::args::{Cli, Completions, EXIT_CODES};
use super::{CLEAN, Console};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::io::{self, Write};

/// The name of the program.
const NAME: &str = "addup";

/// Prints the completions of a shell.
pub(super) fn completions(options: &Completions, console: &mut Console<'_>) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), NAME, &mut script);
    console.say(&String::from_utf8_lossy(&script), CLEAN)
}

/// Prints the manual: the program, then each of its commands as a section with its options.
pub(super) fn man(console: &mut Console<'_>) -> u8 {
    let mut cli = Cli::command();
    cli.build();
    let mut page = Vec::new();
    match manual(&cli, &mut page) {
        Ok(()) => console.say(&String::from_utf8_lossy(&page), CLEAN),
        Err(error) => console.refuse(&format!("the manual cannot be written: {error}"), None),
    }
}

fn manual(cli: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let program = Man::new(cli.clone());
    program.render_title(page)?;
    program.render_name_section(page)?;
    program.render_synopsis_section(page)?;
    program.render_options_section(page)?;
    for command in cli.get_subcommands().filter(|command| command.get_name() != "help") {
        writeln!(page, ".SH \"{}\"", format!("{NAME} {}", command.get_name()).to_uppercase())?;
        let man = Man::new(command.clone());
        man.render_description_section(page)?;
        man.render_synopsis_section(page)?;
        man.render_options_section(page)?;
    }
    let mut last = Roff::new();
    last.control("SH", ["EXIT STATUS"]).text([roman(EXIT_CODES)]);
    last.to_writer(page)
}
