//! The first real article with slips planted in it, one at a time, in the draft and in the claim file alike: in at least eight
//! of ten the first repair that is named is the planted claim, and the slip is recognised. Two may be missed: where either of two
//! claims may have a nought too many or too few, only the order of the file tells them apart; and where anything from 26 on
//! would do, a digit that was left out has no name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod program;

use program::{Folder, run};
use std::fs;
use std::path::Path;

/// What is replaced in the claim file and in the draft, the claim that is then wrong, and what its slip is called.
struct Plant {
    swaps: &'static [(&'static str, &'static str)],
    claim: &'static str,
    slip: &'static str,
}

const PLANTS: [Plant; 10] = [
    Plant { swaps: &[("just 17", "just 71")], claim: "missing-november", slip: "17: two digits swapped" },
    Plant { swaps: &[("just 17", "just 170")], claim: "missing-november", slip: "17: a factor of ten" },
    Plant {
        swaps: &[("took 26", "took 260"), ("All 26", "All 260")],
        claim: "raid-arrests",
        slip: "26: a factor of ten",
    },
    Plant { swaps: &[("caught 92", "caught 9")], claim: "december-arrests", slip: "a digit left out" },
    Plant { swaps: &[("93 in October", "13 in October")], claim: "missing-october", slip: "31: two digits swapped" },
    Plant {
        swaps: &[
            ("on    = 2025-12-18", "on    = 2026-01-18"),
            ("on Thursday", "on Sunday"),
            ("Cambodia last week", "Cambodia"),
        ],
        claim: "raid",
        slip: "18 December 2025: a month off",
    },
    Plant {
        swaps: &[("on    = 2025-12-18", "on    = 2025-12-25"), ("Cambodia last week", "Cambodia")],
        claim: "raid",
        slip: "18 December 2025: a week off",
    },
    Plant {
        swaps: &[
            ("on    = 2025-12-21\nquote = \"the agency", "on    = 2024-12-21\nquote = \"the agency"),
            ("on Sunday", "on Saturday"),
        ],
        claim: "briefing",
        slip: "a year off",
    },
    Plant {
        swaps: &[("on    = \"2025-10\"", "on    = \"2026-10\"")],
        claim: "campaign-start",
        slip: "October 2025: a year off",
    },
    Plant {
        swaps: &[("on    = \"2025-08\"", "on    = \"2026-08\"")],
        claim: "student-death",
        slip: "August 2025: a year off",
    },
];

/// The article with a slip in it, as it is checked: the first repair of the first cause, and its slip.
fn first_repair(plant: &Plant) -> (String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Folder::copy_of(&root.join("claims"));
    for (from, to) in plant.swaps {
        let mut found = false;
        for file in ["cambodia-raid.toml", "cambodia-raid.md"] {
            let path = folder.path().join(file);
            let text = fs::read_to_string(&path).unwrap();
            found = found || text.contains(from);
            fs::write(&path, text.replace(from, to)).unwrap();
        }
        assert!(found, "{from}");
    }
    let rules = root.join("rules").to_string_lossy().into_owned();
    let ran = run(folder.path(), &["check", "cambodia-raid.toml", "--rules", &rules, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
    let repair = &report["causes"][0]["repairs"][0];
    let claims: Vec<&str> = repair["claims"].as_array().into_iter().flatten().filter_map(|id| id.as_str()).collect();
    (claims.join(" and "), format!("{} / {}", repair["words"], repair["slip"]))
}

#[test]
fn the_first_repair_is_the_planted_slip() {
    let mut missed = Vec::new();
    for plant in &PLANTS {
        let (claim, slip) = first_repair(plant);
        println!("{}: {claim}, {slip}", plant.claim);
        if claim != format!("cambodia-raid/{}", plant.claim) || !slip.contains(plant.slip) {
            missed.push(format!("{}: {claim}, {slip}", plant.claim));
        }
    }
    assert!(missed.len() <= 2, "{missed:#?}");
}
