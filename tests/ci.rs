//! What is given to pipelines: the shell steps of the action and of the documentation run as they stand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(unix)]

mod program;

use program::Folder;
use std::path::Path;
use std::process::{Command, Output};

const CLASH: &str = "[article]\ndateline = 2025-12-21\n[claim.a]\nvalue = 2\nmeasure = \"m\"\n[claim.b]\nvalue = 1\n\
                     measure = \"n\"\n[check.c]\nrequire = \"a < b\"\n";

/// Runs a script as a step does, with the program on the path.
fn step(folder: &Folder, script: &str, environment: &[(&str, &str)]) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_addup")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    // What GitHub runs steps of `shell: bash` with.
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
    command.current_dir(folder.path()).env("PATH", path).envs(environment.iter().copied()).output().unwrap()
}

/// The lines of a block that follows a line, without their indent.
fn block(text: &str, head: &str) -> String {
    let (_, rest) = text.split_once(head).unwrap_or_else(|| panic!("there is no `{head}`"));
    let mut lines = rest.lines().skip(1).peekable();
    let indent = lines.peek().map_or(0, |line| line.chars().take_while(|it| *it == ' ').count());
    let inside = lines.take_while(|line| line.trim().is_empty() || line.starts_with(&" ".repeat(indent)));
    inside.map(|line| format!("{}\n", line.get(indent..).unwrap_or_default())).collect()
}

#[test]
fn the_check_of_the_action_runs_as_it_stands() {
    let action = include_str!("../action.yml");
    let (_, check) = action.split_once("name: Check claims").unwrap();
    let script = block(check, "run: |");
    assert!(script.contains("addup check"), "{script}");
    let folder = Folder::with(&[("claims/a.toml", CLASH), ("other claims/b.toml", CLASH)]);
    let inputs = |paths, level| {
        [("ADDUP_PATHS", paths), ("ADDUP_FORMAT", "github,json=addup.json"), ("ADDUP_FAIL_LEVEL", level)]
    };

    let ran = step(&folder, &script, &inputs("", ""));
    assert_eq!(ran.status.code(), Some(1), "{ran:?}");
    assert!(String::from_utf8_lossy(&ran.stdout).starts_with("::error file=claims/a.toml,line="), "{ran:?}");
    assert!(folder.read("addup.json").contains("\"contradicted\""));

    let ran = step(&folder, &script, &inputs("other claims/b.toml\nclaims/a.toml\n", "note"));
    assert_eq!(ran.status.code(), Some(1), "{ran:?}");
    assert!(folder.read("addup.json").contains("\"articles\": 2"));

    let ran = step(&folder, &script, &inputs("$(touch made)", ""));
    assert_eq!(ran.status.code(), Some(2), "{ran:?}");
    assert!(!folder.path().join("made").exists(), "an input is no shell");

    let ran = step(&folder, &script, &inputs("--help", ""));
    assert_eq!(ran.status.code(), Some(2), "an input is no option: {ran:?}");
}

#[test]
fn the_steps_of_the_documentation_run_as_they_stand() {
    let docs = include_str!("../docs/ci.md");
    let line = docs.lines().find_map(|line| line.trim().strip_prefix("- addup check")).unwrap();
    let folder = Folder::with(&[("claims/a.toml", CLASH)]);
    let ran = step(&folder, &format!("addup check{line}"), &[]);
    assert_eq!(ran.status.code(), Some(1), "{ran:?}");
    assert!(folder.read("gl-code-quality.json").contains("\"critical\""));
    assert!(folder.read("addup.xml").contains("failures=\"1\""));

    // After `cargo install`, in a home in which nothing is yet.
    let (_, install) = docs.split_once("cargo install --locked --path .").unwrap();
    let (_, rest) = install.split_once('\n').unwrap();
    let (script, _) = rest.split_once("```").unwrap();
    let home = folder.path().to_string_lossy().into_owned();
    let ran = step(&folder, script, &[("HOME", &home)]);
    assert_eq!(ran.status.code(), Some(0), "{ran:?}");
    assert!(folder.read(".local/share/man/man1/addup.1").contains("ADDUP CHECK"));
}

#[test]
fn the_settings_of_the_documentation_are_understood() {
    let docs = include_str!("../docs/ci.md");
    let (_, rest) = docs.split_once("```toml\n").unwrap();
    let (settings, _) = rest.split_once("```").unwrap();
    let folder = Folder::with(&[("addup.toml", settings), ("claims/a.toml", CLASH)]);
    let ran = program::run(folder.path(), &["check", "--format", "concise"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{}", ran.out);
}

/// The claim file of the clash that the documentation waives.
const AUTUMN: &str = include_str!("cases/baseline-of-a-clash/claims/autumn.toml");

#[test]
fn the_waiver_of_the_documentation_is_what_is_written() {
    let docs = include_str!("../docs/ci.md");
    let (_, rest) = docs.split_once("$ addup waive").unwrap();
    let (options, rest) = rest.split_once('\n').unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    let folder = Folder::with(&[("claims/autumn.toml", AUTUMN)]);
    // The day until which it is may be over by now.
    let ran = step(&folder, &format!("addup waive{}", options.replace("2026-06-30", "9026-06-30")), &[]);
    assert_eq!(ran.status.code(), Some(0), "{ran:?}");
    assert_eq!(String::from_utf8_lossy(&ran.stdout).replace("9026-06-30", "2026-06-30"), shown);
    assert!(folder.read("claims/autumn.toml").contains("[[waive]]"));
}

#[test]
fn completions_and_the_manual_come_from_the_command_line() {
    let folder = Folder::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = program::run(folder.path(), &["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.contains("check-against") && ran.out.contains("explain"), "{shell}: {}", ran.out);
    }
    let bash = program::run(folder.path(), &["completions", "bash"]).out;
    folder.write("addup.bash", bash);
    let ran = step(&folder, "source addup.bash && complete -p addup", &[]);
    assert_eq!(ran.status.code(), Some(0), "{ran:?}");

    let man = program::run(folder.path(), &["man"]);
    assert_eq!((man.code, man.err.as_str()), (0, ""));
    for command in ["check", "bounds", "completions", "diff", "explain", "generate", "init", "rules", "verify"] {
        assert!(man.out.contains(&format!(".SH \"ADDUP {}\"", command.to_uppercase())), "{command}");
    }
    assert!(
        man.out.contains(".SH \"EXIT STATUS\"\n0 no finding") && !man.out.contains("addup\\-check(1)"),
        "{}",
        man.out
    );
    assert!(man.out.starts_with(".ie") && man.out.contains("max\\-shown"), "{}", man.out);
}

#[test]
fn the_hook_checks_all_claims() {
    let hooks = include_str!("../.pre-commit-hooks.yaml");
    assert!(hooks.contains("\n  entry: addup check\n") && hooks.contains("\n  pass_filenames: false\n"));
}
