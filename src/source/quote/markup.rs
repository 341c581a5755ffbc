//! Markup in a draft that nobody quotes: tags, entities, links, footnote marks, escapes, of HTML and Markdown.
//!
//! Only what is plainly markup is left out, and what is looked at for it is bounded, so that a text takes time in
//! proportion to its length. "a < b" and "[sic]" stay.

/// What stands at a place of a text that is no plain character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Markup {
    /// Its length in bytes.
    pub len: usize,
    /// What it stands for; `None` for nothing.
    pub says: Option<char>,
}

/// A tag, a comment or the address of a link is not longer than this.
const LONGEST: usize = 1_000;

/// Entities of HTML that drafts have.
const ENTITIES: [(&str, char); 30] = [
    ("nbsp", '\u{a0}'),
    ("thinsp", '\u{2009}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("shy", '\u{ad}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("lsquo", '\u{2018}'),
    ("rsquo", '\u{2019}'),
    ("ldquo", '\u{201c}'),
    ("rdquo", '\u{201d}'),
    ("laquo", '\u{ab}'),
    ("raquo", '\u{bb}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("minus", '\u{2212}'),
    ("hellip", '\u{2026}'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("deg", '°'),
    ("percnt", '%'),
    ("cent", '¢'),
    ("times", '×'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
];

/// Tags that part words.
const PARTING: [&str; 12] = ["br", "p", "div", "li", "ul", "ol", "td", "th", "tr", "h1", "h2", "h3"];

/// The markup that stands at a byte of a text, if one does.
pub(super) fn markup(text: &str, at: usize) -> Option<Markup> {
    let rest = text.get(at..)?;
    let before = text.get(..at)?.chars().next_back();
    match rest.as_bytes().first()? {
        b'<' => tag(rest, before),
        b'>' => quoting(text, at),
        b'&' => entity(rest),
        b'[' => note(rest).or_else(|| opened(rest)),
        b']' => closed(text, at),
        b'~' if rest.starts_with("~~") => struck(rest).or_else(|| emphasis(rest, before)),
        b'_' | b'~' => emphasis(rest, before),
        // "16¹" has a note.
        0xc2 if rest.starts_with(['¹', '²', '³']) && before.is_some_and(|it| it.is_ascii_digit() || it == '.') => {
            Some(Markup { len: 2, says: None })
        }
        b'\\' => {
            rest.get(1..)?.starts_with(|it: char| it.is_ascii_punctuation()).then_some(Markup { len: 1, says: None })
        }
        _ => None,
    }
}

/// The mark of a quoted block at the start of a line. Before digits it may be a bound.
fn quoting(text: &str, at: usize) -> Option<Markup> {
    /// A line has no more marks and spaces before its words.
    const MOST: usize = 16;
    let (before, rest) = text.split_at_checked(at)?;
    let mut back = before.chars().rev().take(MOST).skip_while(|it| matches!(it, ' ' | '>'));
    let begins = back.next().is_none_or(|it| it == '\n');
    let marks = rest.get(1..)?.starts_with(|it: char| it.is_whitespace() || it.is_alphabetic() || it == '>');
    (begins && marks).then_some(Markup { len: 1, says: None })
}

/// A text with blanks for its markup, so that every byte of the rest stays where it is.
pub fn without_markup(text: &str) -> String {
    let mut blank = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(it) = text.get(at..).and_then(|rest| rest.chars().next()) {
        match markup(text, at) {
            Some(markup) => {
                blank.extend(std::iter::repeat_n(' ', markup.len));
                at = at.saturating_add(markup.len);
            }
            None => {
                blank.push(it);
                at = at.saturating_add(it.len_utf8());
            }
        }
    }
    blank
}

/// What of a text lies near its beginning.
fn near(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or(text)
}

/// A tag, a comment, or a raised note with its tags: `<b>`, `<!-- … -->`, `<sup>1</sup>`.
fn tag(text: &str, before: Option<char>) -> Option<Markup> {
    if !text.get(1..)?.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/' || it == '!') {
        return None;
    }
    let text = near(text);
    if text.starts_with("<!--") {
        return text.find("-->").map(|end| Markup { len: end.saturating_add(3), says: None });
    }
    let end = text.get(1..)?.find(['<', '>'])?.saturating_add(1);
    let inner = text.get(1..end).filter(|_| text.get(end..).is_some_and(|rest| rest.starts_with('>')))?;
    let named = inner.strip_prefix('/').unwrap_or(inner);
    let name_len = named.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(named.len());
    let (name, attributes) = named.split_at_checked(name_len)?;
    let is_tag = name.starts_with(|it: char| it.is_ascii_alphabetic())
        && (attributes.trim_matches([' ', '/', '\n']).is_empty() || attributes.contains('='));
    if !is_tag {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let past = end.saturating_add(1);
    if name == "sup" && !inner.starts_with('/') {
        let Some((raised, _)) = near(text.get(past..)?).split_once("</sup>") else {
            return Some(Markup { len: past, says: None });
        };
        let whole = past.saturating_add(raised.len()).saturating_add("</sup>".len());
        let digits = raised.trim_matches(['[', ']', '*']);
        // km<sup>2</sup> is an area, 26<sup>2</sup> has a note.
        let says = match digits {
            "2" if before.is_some_and(char::is_alphabetic) => Some('²'),
            "3" if before.is_some_and(char::is_alphabetic) => Some('³'),
            _ => None,
        };
        let marks = |it: char| it.is_ascii_digit() || matches!(it, ',' | ' ');
        let is_note = raised.len() <= 200 && (digits.chars().all(marks) || raised.contains("<a"));
        return Some(if is_note { Markup { len: whole, says } } else { Markup { len: past, says: None } });
    }
    if ["del", "s", "strike"].contains(&name.as_str()) && !inner.starts_with('/') {
        // What was struck out is not said.
        let closing = format!("</{name}>");
        if let Some(at) = near(text.get(past..)?).find(&closing) {
            return Some(Markup { len: past.saturating_add(at).saturating_add(closing.len()), says: None });
        }
    }
    Some(Markup { len: past, says: PARTING.contains(&name.as_str()).then_some(' ') })
}

/// `&nbsp;`, `&#8217;`, `&#x2019;`.
fn entity(text: &str) -> Option<Markup> {
    let end = text.bytes().take(12).position(|it| it == b';')?;
    let name = text.get(1..end)?;
    let says = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, says)| *says)?,
    };
    Some(Markup { len: end.saturating_add(1), says: Some(says) })
}

/// The mark of a footnote: `[^2]`, `[12]`. What a bracket says in words stays.
fn note(text: &str) -> Option<Markup> {
    let end = text.bytes().take(40).position(|it| it == b']')?;
    let inner = text.get(1..end)?;
    let label = |it: &str| it.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '_'));
    let is_note = match inner.strip_prefix('^') {
        Some(name) => !name.is_empty() && label(name),
        None => (1..=3).contains(&inner.len()) && inner.bytes().all(|it| it.is_ascii_digit()),
    };
    let past = end.saturating_add(1);
    let is_link = text.get(past..).is_some_and(|after| after.starts_with(['(', ':']));
    (is_note && !is_link).then_some(Markup { len: past, says: None })
}

/// The bracket before the words of a link.
fn opened(text: &str) -> Option<Markup> {
    let text = near(text);
    let end = text.get(1..)?.find([']', '[', '\n'])?.saturating_add(1);
    closed(text, end).map(|_| Markup { len: 1, says: None })
}

/// What follows the words of a link: `](https://…)`.
fn closed(text: &str, at: usize) -> Option<Markup> {
    let rest = near(text.get(at..)?);
    let address = rest.strip_prefix("](")?;
    let end = address.find([')', '(', '\n', ' '])?;
    let is_whole = address.get(end..)?.starts_with(')');
    is_whole.then_some(Markup { len: end.saturating_add(3), says: None })
}

/// Words that are struck out: `~~200~~`.
fn struck(text: &str) -> Option<Markup> {
    let rest = near(text).strip_prefix("~~")?;
    let at = rest.find(['~', '\n']).filter(|at| *at > 0)?;
    rest.get(at..)?.starts_with("~~").then_some(Markup { len: at.saturating_add(4), says: None })
}

/// Marks around words that are set in italics.
fn emphasis(text: &str, before: Option<char>) -> Option<Markup> {
    let mark = text.chars().next()?;
    // No run is longer, so that none is gone through again and again.
    let run = text.chars().take(4).take_while(|it| *it == mark).count();
    let after = text.chars().nth(run);
    let open = |it: Option<char>| it.is_none_or(|it| !it.is_alphanumeric());
    let is_emphasis = mark == '_' && open(before) != open(after);
    is_emphasis.then_some(Markup { len: run, says: None })
}

#[cfg(test)]
mod tests {
    use super::markup;

    #[test]
    fn markup_is_told_from_plain_characters() {
        let first = |text: &str| markup(text, 0).map(|it| (it.len, it.says));
        assert_eq!(first("<b>26"), Some((3, None)));
        assert_eq!(first("</em>"), Some((5, None)));
        assert_eq!(first("<a href=\"x\">"), Some((12, None)));
        assert_eq!(first("<br/>26"), Some((5, Some(' '))));
        assert_eq!(first("<sup>12</sup> people"), Some((13, None)));
        assert_eq!(markup("km<sup>2</sup>", 2).and_then(|it| it.says), Some('²'));
        assert_eq!(first("<!-- 27 -->26"), Some((11, None)));
        assert_eq!(first("&nbsp;%"), Some((6, Some('\u{a0}'))));
        assert_eq!(first("&#8217;s"), Some((7, Some('’'))));
        assert_eq!(first("[^2] by"), Some((4, None)));
        assert_eq!(first("[12]"), Some((4, None)));
        assert_eq!(first("[26 people](https://example.org)"), Some((1, None)));
        assert_eq!(markup("26](https://example.org) died", 2).map(|it| it.len), Some(22));
        assert_eq!(first("_26_"), Some((1, None)));
        for plain in ["< 26", "<26", "<b and c>", "[sic]", "[26 people]", "& 4", "&26;", "[26](x", "~26"] {
            assert_eq!(first(plain), None, "{plain}");
        }
        assert_eq!(markup("took 26\n> people", 8).map(|it| it.len), Some(1));
        assert_eq!(markup("26 > 25", 3), None);
        assert_eq!(first(">26"), None);
        assert_eq!(markup("snake_case", 5), None);
        assert_eq!(super::without_markup("a<b>26</b>&nbsp;%"), "a   26          %");
    }
}
