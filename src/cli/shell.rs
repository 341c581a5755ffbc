//! `addup completions` and `addup man`: what shells and manuals know of the command line, made from its definition.

use super::args::{Cli, Completions};
use super::{CLEAN, Console};
use clap::CommandFactory;

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
    let written = clap_mangen::Man::new(cli.clone()).render(&mut page).and_then(|()| {
        cli.get_subcommands().filter(|command| command.get_name() != "help").try_for_each(|command| {
            let name = format!("{NAME} {}", command.get_name());
            page.extend(format!(".SH \"{}\"\n", name.to_uppercase()).as_bytes());
            let command = clap_mangen::Man::new(command.clone());
            command.render_description_section(&mut page)?;
            command.render_synopsis_section(&mut page)?;
            command.render_options_section(&mut page)
        })
    });
    match written {
        Ok(()) => console.say(&String::from_utf8_lossy(&page), CLEAN),
        Err(error) => console.refuse(&format!("the manual cannot be written: {error}"), None),
    }
}
