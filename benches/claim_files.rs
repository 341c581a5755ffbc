//! How long whole processes take that check 500 claim files, beside reading and parsing the same files alone:
//!
//! ```sh
//! cargo bench --bench claim_files
//! ```
//!
//! The files are made by `addup generate` in a folder that goes away afterwards. Each figure is the median of several runs;
//! what is on the disk is in memory after the first. The baseline reads every file and hands it to the `toml` crate, on one
//! thread and in this process, and decides nothing: what is above it is what checking costs.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const FILES: usize = 500;
/// How many months each article speaks of; the more, the more claims it has.
const MONTHS: [usize; 3] = [1, 2, 12];
const RUNS: usize = 7;

fn main() {
    let folder = std::env::temp_dir().join(format!("addup-bench-{}", std::process::id()));
    println!("{FILES} claim files: wall-clock of a whole process, median of {RUNS} runs\n");
    println!("{:>8} {:>8} {:>10} {:>12} {:>12}", "claims", "KB", "toml alone", "check", "--jobs 1");
    for months in MONTHS {
        let _ = fs::remove_dir_all(&folder);
        let size = ["--groups".to_owned(), FILES.to_string(), "--months".to_owned(), months.to_string()];
        let made = addup(Path::new("."), &[]).arg("generate").arg(&folder).args(size).status().unwrap();
        assert!(made.success());
        let (claims, bytes) = parse(&folder);
        let toml = median(|| assert_eq!(parse(&folder), (claims, bytes)));
        let check = |args: &[&str]| median(|| assert!(addup(&folder, args).status().unwrap().success()));
        let (all, one) = (check(&["check"]), check(&["check", "--jobs", "1"]));
        println!("{claims:>8} {:>8} {toml:>10.1?} {all:>12.1?} {one:>12.1?}", bytes / 1024);
    }
    let _ = fs::remove_dir_all(&folder);
}

/// A call of the program in a folder, which prints nothing.
fn addup(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_addup"));
    command.current_dir(folder).args(args).stdout(Stdio::null());
    command
}

/// Reads and parses every claim file. Gives how many claims there are, and how many bytes.
fn parse(folder: &Path) -> (usize, usize) {
    let (mut claims, mut bytes) = (0, 0);
    for entry in fs::read_dir(folder.join("claims")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let table: toml::Table = toml::from_str(&text).unwrap();
        claims += ["claim", "event"]
            .iter()
            .filter_map(|key| table.get(*key)?.as_table())
            .map(toml::Table::len)
            .sum::<usize>();
        bytes += text.len();
    }
    (claims, bytes)
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}
