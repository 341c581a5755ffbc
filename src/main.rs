//! The `addup` program: see [`addup::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    addup::cli::run()
}
