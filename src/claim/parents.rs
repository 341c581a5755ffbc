//! Parents of a dimension's members, from a file of `child,parent` rows.

use crate::source::{FileId, InputError, InputErrors, Sources, Span};
use std::collections::BTreeMap;

/// How many wrong rows of one file are shown.
const SHOWN_ROWS: usize = 10;

/// Reads rows of `child,parent`, child to parent. A first row that says just that is a header; a row without a parent
/// names a member that has none. Rows that are not two fields, a second parent, and a member that lies within itself
/// are reported.
pub(super) fn read_parents(sources: &Sources, file: FileId, errors: &mut InputErrors) -> BTreeMap<String, String> {
    let mut parents: BTreeMap<String, String> = BTreeMap::new();
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut start = 0_usize;
    for (row, line) in sources.text(file).split('\n').enumerate() {
        let at = Span { file, start, end: start.saturating_add(line.trim_end().len().min(200)) };
        start = start.saturating_add(line.len()).saturating_add(1);
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || (row == 0 && line.replace(' ', "").eq_ignore_ascii_case("child,parent")) {
            continue;
        }
        let fields = fields(line);
        let [child, parent] = fields.as_slice() else {
            let message = format!("a row must be `child,parent`, and this one has {} fields", fields.len());
            faults.push(InputError::at(at, message).help("put a name that holds a comma in quotation marks"));
            continue;
        };
        if child.is_empty() {
            faults.push(InputError::at(at, "this row names no member").help("write `child,parent`"));
        } else if let Some(first) = places.get(child) {
            if parents.get(child).map_or("", String::as_str) != parent {
                let error = InputError::at(at, format!("`{child}` is given a second parent"));
                faults.push(error.also(*first, "the first").help("a member has one parent; keep one of the rows"));
            }
        } else {
            places.insert(child.clone(), at);
            if !parent.is_empty() {
                parents.insert(child.clone(), parent.clone());
            }
        }
    }
    if let Some((member, at)) = circle(&parents).and_then(|it| Some((it, *places.get(it)?))) {
        let error = InputError::at(at, format!("`{member}` lies within itself, by way of its parents"));
        faults.push(error.help("mend the row that closes the circle"));
    }
    faults.truncate(SHOWN_ROWS);
    faults.into_iter().for_each(|fault| errors.push(fault));
    parents
}

/// The fields of a row, trimmed; a field in quotation marks may hold commas, and `""` for a quotation mark.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some(field) = fields.last_mut() else { break };
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if is_quoted || field.trim().is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            letter => field.push(letter),
        }
    }
    fields.into_iter().map(|field| field.trim().to_owned()).collect()
}

/// The first member, by name, that is its own ancestor. Every member is walked once.
fn circle(parents: &BTreeMap<String, String>) -> Option<&str> {
    let mut walked: BTreeMap<&str, usize> = BTreeMap::new();
    for (walk, first) in parents.keys().enumerate() {
        let mut member = first.as_str();
        loop {
            match walked.get(member) {
                Some(known) if *known == walk => return Some(member),
                Some(_) => break,
                None => {}
            }
            walked.insert(member, walk);
            match parents.get(member) {
                Some(parent) => member = parent,
                None => break,
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (BTreeMap<String, String>, Vec<String>) {
        let (mut sources, mut errors) = (Sources::new(), InputErrors::default());
        let file = sources.add("regions.csv", text);
        let parents = read_parents(&sources, file, &mut errors);
        (parents, errors.0.into_iter().map(|error| error.message).collect())
    }

    #[test]
    fn rows_give_a_parent_each() {
        let (parents, errors) = read("child,parent\r\nSeoul,KR\r\n\"Sejong, City\",KR\r\nKR,\r\n");
        assert!(errors.is_empty());
        assert_eq!(parents.len(), 2);
        assert_eq!(parents["Sejong, City"], "KR");
    }

    #[test]
    fn a_row_that_is_none_is_reported() {
        assert_eq!(read("a,b,c\n").1, ["a row must be `child,parent`, and this one has 3 fields"]);
        assert_eq!(read("a,b\na,c\na,b\n").1, ["`a` is given a second parent"]);
    }

    #[test]
    fn nobody_lies_within_himself() {
        assert_eq!(read("a,b\nb,c\nc,b\n").1, ["`b` lies within itself, by way of its parents"]);
        let chain: String = (0..100_000).map(|it| format!("m{it},m{}\n", it + 1)).collect();
        assert!(read(&chain).1.is_empty());
    }
}
