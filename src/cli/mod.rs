//! The command line: the only place that touches files, the clock, threads, the environment and the terminal.

use std::process::ExitCode;

/// Runs the program.
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
