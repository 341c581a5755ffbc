//! Certificate files that are broken, forged or meant to do harm: each is refused in words, and never by a panic.
//!
//! How long that takes is bounded by what is counted, and not measured here: the bytes that are read (`cli::disk`), the signs
//! of a number (`verify::fraction`), the steps, terms, branches and bits of a proof (`verify::joint::replay`), the ways of a
//! name and the boxes of a relation (`verify::bindings`, `verify::evaluate`). The forged files below run into these bounds
//! or into a mismatch before them, and say so.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod program;

use program::{Folder, Ran, run};
use serde_json::{Value, json};
use std::path::Path;
use std::thread;

const FILE: &str = "certificates.json";

/// Three towns that make more than their country: refuted by a sum over running totals, with a witness for the rest.
const CLAIMS: &str = r#"
[article]
title = "A"
dateline = 2025-12-05

[measure.arrests]
over-time = "adds"
least = 0
integer = true
adds-over = ["place"]

[claim.north]
measure = "arrests"
value = 60
when = "2025-11"
scope = { place = "KH/north" }

[claim.south]
measure = "arrests"
value = 50
when = "2025-11"
scope = { place = "KH/south" }

[claim.early]
measure = "arrests"
value = 40
when = "2025-11-01/2025-11-10"
scope = { place = "KH" }

[claim.late]
measure = "arrests"
value = 50
when = "2025-11-11/2025-11-30"
scope = { place = "KH" }

[claim.heads]
measure = "deaths"
value = 12
when = "2025-11"

[event.start]
on = "2025-11"

[check.deaths-are-few]
require = "heads < early"
"#;

/// A folder with its certificates.
fn certified() -> (Folder, Value) {
    let folder = Folder::with(&[("claims/a.toml", CLAIMS)]);
    let ran = run(folder.path(), &["check", "--certificates", FILE]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    let certificates: Value = serde_json::from_str(&folder.read(FILE)).unwrap();
    assert!(certificates["certificates"][0]["proof"]["joint"].is_object(), "{certificates:#}");
    assert!(certificates["witness"].is_object());
    (folder, certificates)
}

/// What `verify` says of a file, on a thread with the usual stack.
fn verified(folder: &Path, text: impl AsRef<[u8]>) -> Ran {
    std::fs::write(folder.join(FILE), text).unwrap();
    let folder = folder.to_owned();
    let run = thread::Builder::new().stack_size(2 << 20).spawn(move || run(&folder, &["verify", FILE]));
    run.unwrap().join().expect("the program does not panic")
}

/// The file is refused, with a code that says why, in words that can be read and have all of these.
fn refused(folder: &Folder, text: impl AsRef<[u8]>, code: u8, words: &[&str]) {
    let ran = verified(folder.path(), text);
    let said = format!("{}{}", ran.out, ran.err);
    let cut: String = said.chars().take(2_000).collect();
    assert_eq!(ran.code, code, "{cut}");
    assert!(said.len() < 20_000, "{} bytes of refusals", said.len());
    for word in words {
        assert!(said.contains(word), "`{word}` is not in: {cut}");
    }
}

fn with(certificates: &Value, pointer: &str, value: Value) -> String {
    let mut changed = certificates.clone();
    *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("there is no {pointer}")) = value;
    changed.to_string()
}

#[test]
fn the_file_as_it_was_written_is_accepted() {
    let (folder, certificates) = certified();
    let ran = verified(folder.path(), certificates.to_string());
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn a_file_for_other_inputs_is_refused_with_their_names() {
    let (folder, certificates) = certified();
    folder.write("claims/a.toml", CLAIMS.replace("value = 60", "value = 61"));
    refused(&folder, certificates.to_string(), 1, &["it was made for another version of claims/a.toml"]);
    folder.write("claims/a.toml", CLAIMS);
    folder.write("claims/b.toml", CLAIMS.replace("value = 60", "value = 10"));
    refused(&folder, certificates.to_string(), 1, &["it was made for another version of claims/b.toml"]);
    std::fs::remove_file(folder.path().join("claims/b.toml")).unwrap();
    let hash = json!("0".repeat(64));
    refused(
        &folder,
        with(&certificates, "/inputs/0/1", hash),
        1,
        &["it was made for another version of claims/a.toml"],
    );
    refused(
        &folder,
        with(&certificates, "/inputs", json!([])),
        1,
        &["it was made for another version of claims/a.toml"],
    );
    refused(&folder, with(&certificates, "/schema", json!(1)), 1, &["certificate format 1", "reads format 3"]);
}

#[test]
fn a_file_that_was_cut_off_anywhere_is_refused() {
    let (folder, certificates) = certified();
    let text = certificates.to_string();
    for end in (0..text.len()).step_by(97).chain([text.len() - 1]) {
        refused(&folder, &text[..end], 2, &["certificates.json:1:"]);
    }
}

#[test]
fn other_bytes_anywhere_are_refused() {
    let (folder, certificates) = certified();
    let text = certificates.to_string().into_bytes();
    for at in (0..text.len()).step_by(41) {
        for byte in [0, b'"', b'9', b'{', 0xff] {
            let mut changed = text.clone();
            if changed[at] != byte {
                changed[at] = byte;
                let ran = verified(folder.path(), &changed);
                assert_ne!(ran.code, 0, "byte {at} as {byte}: {}", String::from_utf8_lossy(&changed));
            }
        }
    }
}

#[test]
fn deep_nesting_is_refused() {
    let (folder, certificates) = certified();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(1_000_000), close.repeat(1_000_000));
        refused(&folder, &deep, 2, &["certificates.json:1:"]);
        let inside = certificates.to_string().replacen("\"schema\":", &format!("\"more\":{deep},\"schema\":"), 1);
        refused(&folder, inside, 2, &["certificates.json:1:"]);
    }
    // Products of products, as deep as a reader follows them.
    let mut product = json!({ "figure": "a/heads" });
    for _ in 0..60 {
        product = json!({ "product": [product.clone(), { "figure": "a/heads" }] });
    }
    refused(&folder, with(&certificates, "/witness/values/0/0", product), 1, &["witness"]);
}

#[test]
fn huge_numbers_are_refused() {
    let (folder, certificates) = certified();
    let digits = "9".repeat(5_000_000);
    for (pointer, number) in [
        ("/certificates/0/proof/joint/rows/0/row/at-most", json!(digits)),
        ("/certificates/0/proof/joint/rows/0/row/at-most", json!(format!("1/{digits}"))),
        ("/certificates/0/proof/joint/rows/0/row/terms/0/1", json!(digits)),
        ("/witness/values/0/1", json!(digits)),
        ("/witness/values/0/1", json!("1/0")),
    ] {
        let ran = verified(folder.path(), with(&certificates, pointer, number));
        assert_eq!(ran.code, 1, "{pointer}");
        assert!(ran.out.len() + ran.err.len() < 20_000, "{pointer}: {} bytes", ran.out.len());
    }
    for pointer in ["/certificates/0/proof/joint/rows/0/row/terms/0/0", "/certificates/0/statements/0/mention"] {
        refused(&folder, with(&certificates, pointer, json!(u64::MAX)), 1, &["certificate"]);
        let huge = with(&certificates, pointer, json!("HUGE")).replace("\"HUGE\"", &digits[..400]);
        refused(&folder, huge, 2, &["certificates.json:1:"]);
    }
}

#[test]
fn unknown_keys_and_wrong_types_are_refused() {
    let (folder, certificates) = certified();
    let mut pointers = Vec::new();
    places(&certificates, "", &mut pointers);
    for pointer in pointers.iter().filter(|pointer| !pointer.starts_with("/witness/values/1")) {
        for value in [json!(null), json!(-1), json!(1.5), json!([[]]), json!({ "more": 1 }), json!("\u{0}")] {
            if certificates.pointer(pointer) != Some(&value) {
                let ran = verified(folder.path(), with(&certificates, pointer, value.clone()));
                let is_allowed = pointer == "/witness" && value.is_null();
                assert_eq!(ran.code == 0, is_allowed, "{pointer} as {value}");
            }
        }
    }
}

#[test]
fn a_great_many_of_anything_is_refused() {
    let (folder, certificates) = certified();
    let certificate = certificates["certificates"][0].clone();
    refused(&folder, with(&certificates, "/certificates", json!(vec![certificate; 3_000])), 1, &["given twice"]);
    let moves = certificates["certificates"][0]["proof"]["joint"]["moves"][0].clone();
    let many = with(&certificates, "/certificates/0/proof/joint/moves", json!(vec![moves; 20_000]));
    refused(&folder, many, 1, &["certificate"]);
    let split = json!({ "split": { "terms": [[1, "1"]], "below": "0", "above": "1" } });
    let many = with(&certificates, "/certificates/0/proof/joint/moves", json!(vec![split; 50_000]));
    refused(&folder, many, 1, &["certificate"]);
    let value = certificates["witness"]["values"][0].clone();
    refused(&folder, with(&certificates, "/witness/values", json!(vec![value; 20_000])), 1, &["witness"]);
}

#[test]
fn what_is_no_certificate_file_is_refused() {
    let (folder, _) = certified();
    for text in ["", "null", "[]", "{}", "\u{feff}{}", "schema = 3", "{\"schema\": 3}", "\u{0}\u{1}"] {
        refused(&folder, text, 2, &["certificates.json:", "write it again with `addup check --certificates FILE`"]);
    }
}

/// The paths of all places inside a value.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| {
            found.push(format!("{path}/{at}"));
            places(item, &format!("{path}/{at}"), found);
        }),
        Value::Object(fields) => fields.iter().for_each(|(key, item)| {
            let key = key.replace('~', "~0").replace('/', "~1");
            found.push(format!("{path}/{key}"));
            places(item, &format!("{path}/{key}"), found);
        }),
        _ => {}
    }
}
