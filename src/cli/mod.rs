//! The command line: the only place that touches files, the clock, threads, the environment and the terminal.
//!
//! One small file a command. Every command gets a `Console` and gives an exit code, so that the whole program can be
//! run inside a test. Exit codes, whatever the format: 0 no finding at or above the fail level; 1 there is one, or
//! nothing was checked; 2 the input or the command line cannot be understood.

mod args;
mod baseline;
mod bounds;
mod check;
mod diff;
mod disk;
mod explain;
mod generate;
mod git;
mod init;
mod interrupt;
mod locate;
mod output;
mod phrase;
mod progress;
mod rules;
mod schema;
mod score;
mod shell;
mod verify;
mod waive;

use crate::calendar::Day;
use crate::report::input_errors;
use crate::source::{InputErrors, Sources};
use anstream::{AutoStream, ColorChoice};
use args::{Cli, Color, Command};
use clap::Parser;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// No finding at or above the fail level.
const CLEAN: u8 = 0;
/// There is a finding, or nothing was checked.
const FOUND: u8 = 1;
/// The input or the command line cannot be understood.
const MISUNDERSTOOD: u8 = 2;

/// What a command may touch.
struct Console<'a> {
    /// The current folder.
    folder: &'a Path,
    /// Standard input.
    input: &'a mut dyn Read,
    /// Standard output.
    out: &'a mut dyn Write,
    /// Standard error.
    err: &'a mut dyn Write,
    /// Whether standard output is to be coloured.
    color_out: bool,
    /// Whether standard error is to be coloured.
    color_err: bool,
    /// Whether somebody looks at standard error, to be told what long work is at.
    is_watched: bool,
}

/// Runs the program in the process's own surroundings.
pub fn run() -> ExitCode {
    let folder = match std::env::current_dir() {
        Ok(folder) => folder,
        Err(error) => {
            // If standard error is gone as well, the exit code is all that can be said.
            let _ = writeln!(io::stderr(), "error: the current folder cannot be found: {}", disk::said(error));
            return ExitCode::from(MISUNDERSTOOD);
        }
    };
    let (out, err) = (io::stdout(), io::stderr());
    let colored = |choice| choice != ColorChoice::Never;
    let (color_out, color_err) = (colored(AutoStream::choice(&out)), colored(AutoStream::choice(&err)));
    // What wipes a line is not understood by every terminal.
    let is_watched = err.is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    interrupt::mind(is_watched);
    let console = Console {
        folder: &folder,
        input: &mut io::stdin(),
        out: &mut out.lock(),
        // Without its lock, so that progress can be shown.
        err: &mut io::stderr(),
        color_out,
        color_err,
        is_watched,
    };
    ExitCode::from(dispatch(std::env::args_os().skip(1).collect(), console))
}

/// Runs the program with these arguments (without its name), in this folder, and gives its exit code. Nothing is
/// coloured unless the arguments ask for it.
pub fn run_with(
    args: impl IntoIterator<Item = impl Into<OsString>>,
    folder: &Path,
    input: &mut dyn Read,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let console = Console { folder, input, out, err, color_out: false, color_err: false, is_watched: false };
    dispatch(args.into_iter().map(Into::into).collect(), console)
}

fn dispatch(args: Vec<OsString>, mut console: Console<'_>) -> u8 {
    let name = std::iter::once(OsString::from("addup"));
    let cli = match Cli::try_parse_from(name.chain(args)) {
        Ok(cli) => cli,
        Err(error) => return misused(&error, &mut console),
    };
    match cli.color {
        Color::Auto => {}
        Color::Always => (console.color_out, console.color_err) = (true, true),
        Color::Never => (console.color_out, console.color_err) = (false, false),
    }
    match &cli.command {
        Command::Baseline(options) => baseline::run(options, &mut console),
        Command::Bounds(options) => bounds::run(options, &mut console),
        Command::Check(options) => check::run(options, &mut console),
        Command::Completions(options) => shell::completions(options, &mut console),
        Command::Diff(options) => diff::run(options, &mut console),
        Command::Explain(options) => explain::run(options, &mut console),
        Command::Generate(options) => generate::run(options, &mut console),
        Command::Init(options) => init::run(options, &mut console),
        Command::Man => shell::man(&mut console),
        Command::Rules(options) => rules::run(options, &mut console),
        Command::Schema(options) => schema::run(options, &mut console),
        Command::Verify(options) => verify::run(options, &mut console),
        Command::Waive(options) => waive::run(options, &mut console),
    }
}

/// The day that it is, in Greenwich. A clock that is not set tells none.
fn today() -> Option<Day> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let days = since.as_secs().checked_div(24 * 60 * 60)?;
    i64::try_from(days).ok().filter(|days| *days > 0).map(Day)
}

/// Help and version are asked for; everything else is a mistake on the command line.
fn misused(error: &clap::Error, console: &mut Console<'_>) -> u8 {
    let asked_for = !error.use_stderr();
    let colored = if asked_for { console.color_out } else { console.color_err };
    let text = error.render();
    let text = if colored { text.ansi().to_string() } else { text.to_string() };
    if asked_for {
        console.say(&text, CLEAN)
    } else {
        console.complain(&text);
        MISUNDERSTOOD
    }
}

impl Console<'_> {
    /// Prints what the command is for, and gives its exit code.
    fn say(&mut self, text: &str, code: u8) -> u8 {
        match output::print(self.out, text) {
            Ok(()) => code,
            Err(unwritten) => self.unwritten(&unwritten),
        }
    }

    /// Writes what the command is for to a file, if there is one, or else prints it, and gives its exit code.
    fn put(&mut self, file: Option<&Path>, text: &str, code: u8) -> u8 {
        match file.filter(|file| !output::is_standard_output(file)) {
            None => self.say(text, code),
            Some(file) => match output::write_file(self.folder, file, &|out| out.write_all(text.as_bytes())) {
                Ok(()) => code,
                Err(unwritten) => self.unwritten(&unwritten),
            },
        }
    }

    /// Says what could not be written, and why.
    fn unwritten(&mut self, unwritten: &output::Unwritten) -> u8 {
        self.refuse(&unwritten.to_string(), unwritten.help())
    }

    /// Says what is wrong with the command line or its surroundings.
    fn refuse(&mut self, message: &str, help: Option<&str>) -> u8 {
        let help = help.map_or_else(String::new, |help| format!("help: {}\n", printable(help)));
        self.complain(&format!("error: {}\n{help}", printable(message)));
        MISUNDERSTOOD
    }

    /// Says what is to be known of what was written, beside the report.
    fn note(&mut self, message: &str) {
        self.complain(&format!("note: {}\n", printable(message)));
    }

    /// Says why the input cannot be understood.
    fn misread(&mut self, sources: &Sources, errors: &InputErrors) -> u8 {
        let text = input_errors(sources, errors, self.color_err);
        self.complain(&text);
        MISUNDERSTOOD
    }

    fn complain(&mut self, text: &str) {
        // Where standard error cannot be written to, the exit code still says it.
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }
}

/// Paths and names may hold anything: what a terminal would obey is shown escaped.
fn printable(text: &str) -> String {
    text.chars().flat_map(|char| if char.is_control() { char.escape_unicode().collect() } else { vec![char] }).collect()
}
