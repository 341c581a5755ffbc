//! The words of dates as data: units, numbers, seasons, and the phrases that open or close a running total.

/// A stretch of time that "last", "this", "past two" and the like count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    /// So many months.
    Months(u8),
    /// Saturday and Sunday.
    Weekend,
    /// The fiscal year.
    FiscalYear,
}

#[rustfmt::skip]
pub(super) const UNITS: &[(&str, Unit)] = &[
    ("hour", Unit::Hour), ("hours", Unit::Hour),
    ("day", Unit::Day), ("days", Unit::Day),
    ("week", Unit::Week), ("weeks", Unit::Week),
    ("weekend", Unit::Weekend),
    ("month", Unit::Months(1)), ("months", Unit::Months(1)),
    ("quarter", Unit::Months(3)), ("quarters", Unit::Months(3)),
    ("half year", Unit::Months(6)), ("half", Unit::Months(6)), ("half years", Unit::Months(6)), ("semester", Unit::Months(6)),
    ("calendar year", Unit::Months(12)), ("year", Unit::Months(12)), ("years", Unit::Months(12)),
    ("decade", Unit::Months(120)),
    ("fiscal year", Unit::FiscalYear), ("financial year", Unit::FiscalYear), ("business year", Unit::FiscalYear),
];

/// Small numbers in words.
#[rustfmt::skip]
pub(super) const NUMBERS: &[(&str, u32)] = &[
    ("a", 1), ("an", 1), ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7),
    ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12), ("thirteen", 13), ("fourteen", 14),
    ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20),
    ("twenty-four", 24), ("thirty", 30),
];

/// Places in a row.
#[rustfmt::skip]
pub(super) const ORDINALS: &[(&str, u32)] = &[
    ("first", 1), ("1st", 1), ("second", 2), ("2nd", 2), ("third", 3), ("3rd", 3), ("fourth", 4), ("4th", 4),
    ("opening", 1),
];

/// A season's names, with the first month that it has in the northern half of the world. In the southern half it
/// comes six months later.
#[rustfmt::skip]
pub(super) const SEASONS: &[(&str, u8)] = &[
    ("spring", 3), ("springtime", 3), ("summer", 6), ("summertime", 6), ("autumn", 9), ("fall", 9), ("winter", 12), ("wintertime", 12),
];

/// What may stand before a period without changing it.
pub(super) const LEADING: &[&str] = &[
    "in",
    "on",
    "during",
    "for",
    "over",
    "within",
    "throughout",
    "at",
    "of",
    "across",
    "the",
    "all of",
    "the whole of",
    "whole of",
    "all",
];

/// How far a running total goes that is said to go to a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// To its last moment.
    Whole,
    /// To its last moment if it is written as a date; to some moment of it if words name it: "by November" may leave
    /// November out, or take it in. A day is likely taken in.
    Loose,
    /// To its first moment.
    Before,
}

/// Words that end a running total at a stretch of time; the longer come first.
#[rustfmt::skip]
pub(super) const RUNNING: &[(&str, Ends)] = &[
    ("up to and including", Ends::Whole), ("through to", Ends::Whole), ("up through", Ends::Whole), ("through", Ends::Whole),
    ("thru", Ends::Whole), ("to", Ends::Whole), ("ending", Ends::Whole), ("ended", Ends::Whole), ("no later than", Ends::Loose),
    ("up until", Ends::Loose), ("until", Ends::Loose), ("till", Ends::Loose), ("up to", Ends::Loose), ("by", Ends::Loose),
    ("as of", Ends::Loose), ("as at", Ends::Loose), ("as on", Ends::Loose), ("as from", Ends::Loose),
    ("before", Ends::Before), ("prior to", Ends::Before), ("ahead of", Ends::Before),
];

/// Words that end a running total at the article's now.
#[rustfmt::skip]
pub(super) const TO_NOW: &[&str] = &[
    "so far", "to date", "to this date", "thus far", "until now", "till now", "up to now", "up until now", "as of now", "to now", "through now",
    "by now", "to this day", "to the present", "until the present", "to the dateline", "in total to date", "in all so far", "all time", "ever",
];

/// Words that say that some unknown part or day of a stretch is meant.
#[rustfmt::skip]
pub(super) const SOME_DAY: &[&str] = &[
    "some day", "someday", "some time", "sometime", "some point", "some date", "some moment", "one day", "a day", "a date", "an unknown day", "an unnamed day",
    "an unspecified day", "an unstated day", "unknown day", "any day", "any one day",
];

/// Which part of a stretch is meant by words that name one without exact bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Middle,
    Late,
    /// Some part, which may lie anywhere in it.
    Some,
}

/// Words that name a part of a stretch without exact bounds: hard, it is somewhere in the stretch; soft, in the days of
/// [`EARLY_MIDDLE_LATE`].
#[rustfmt::skip]
pub(super) const PARTS: &[(&str, Part)] = &[
    ("early", Part::Early), ("early in", Part::Early), ("the early part of", Part::Early), ("the first days of", Part::Early),
    ("mid", Part::Middle), ("the middle of", Part::Middle), ("middle of", Part::Middle),
    ("late", Part::Late), ("late in", Part::Late), ("the latter part of", Part::Late), ("the last days of", Part::Late), ("the final days of", Part::Late),
    ("part of", Part::Some), ("some part of", Part::Some), ("parts of", Part::Some), ("earlier in", Part::Some), ("later in", Part::Some),
];

/// The days of a month, first and last, that are usually meant. A longer stretch is cut into three of about equal
/// length, at the ends of months or of years.
pub(super) const EARLY_MIDDLE_LATE: [(Part, u8, u8); 3] =
    [(Part::Early, 1, 10), (Part::Middle, 11, 20), (Part::Late, 21, 31)];

/// Words before a weekday that is one of several.
pub(super) const SOME_ONE: &[&str] = &["a", "one", "some", "any", "an unnamed", "a certain", "some day a"];

/// Which weekday of a stretch is meant, counted from its beginning; `None` for the last.
#[rustfmt::skip]
pub(super) const NTH_WEEKDAY: &[(&str, Option<i64>)] = &[
    ("first", Some(1)), ("1st", Some(1)), ("second", Some(2)), ("2nd", Some(2)), ("third", Some(3)), ("3rd", Some(3)), ("fourth", Some(4)), ("4th", Some(4)),
    ("fifth", Some(5)), ("5th", Some(5)), ("last", None), ("final", None),
];

/// Feasts that fall on one day of every year: the words, the month, the day.
#[rustfmt::skip]
pub(super) const FEASTS: &[(&str, u8, u8)] = &[
    ("New Year s Day", 1, 1), ("Burns Night", 1, 25), ("Valentine s Day", 2, 14), ("Valentines Day", 2, 14), ("St Valentine s Day", 2, 14),
    ("St Patrick s Day", 3, 17), ("St Patricks Day", 3, 17), ("April Fools Day", 4, 1), ("April Fool s Day", 4, 1), ("St George s Day", 4, 23),
    ("Anzac Day", 4, 25), ("May Day", 5, 1), ("Juneteenth", 6, 19), ("Canada Day", 7, 1), ("the Fourth of July", 7, 4), ("Bastille Day", 7, 14),
    ("Halloween", 10, 31), ("All Saints Day", 11, 1), ("All Souls Day", 11, 2), ("Guy Fawkes Night", 11, 5), ("Bonfire Night", 11, 5),
    ("Armistice Day", 11, 11), ("Remembrance Day", 11, 11), ("Veterans Day", 11, 11), ("St Andrew s Day", 11, 30), ("Christmas Eve", 12, 24),
    ("Christmas Day", 12, 25), ("Boxing Day", 12, 26), ("St Stephen s Day", 12, 26), ("New Year s Eve", 12, 31), ("Hogmanay", 12, 31),
];

/// A month and a day of it.
type MonthDay = (u8, u8);

/// Holidays of several days without exact bounds: the words, their usual first and last day, and by how many days more they
/// may be meant on either side.
#[rustfmt::skip]
pub(super) const HOLIDAYS: &[(&str, MonthDay, MonthDay, i64)] = &[
    ("Christmas and New Year", (12, 24), (1, 1), 4), ("Christmas", (12, 24), (12, 26), 7), ("the Christmas period", (12, 24), (12, 26), 10),
    ("the Christmas holidays", (12, 24), (1, 1), 7), ("the Christmas break", (12, 24), (1, 1), 7), ("the Christmas weekend", (12, 24), (12, 26), 4),
    ("the festive period", (12, 24), (1, 1), 10), ("the festive season", (12, 24), (1, 1), 14), ("the New Year", (12, 31), (1, 1), 2),
    ("New Year", (12, 31), (1, 1), 2),
];

/// Words around the day of a night, before it or after it, and from which to which day from that day on the night may be:
/// "on Wednesday night" may be after midnight, and "in the early hours of Thursday" Wednesday's night.
#[rustfmt::skip]
pub(super) const NIGHTS_BEFORE: &[(&str, i64, i64)] = &[
    ("overnight", -1, 1), ("overnight on", -1, 1), ("overnight into", -1, 0), ("overnight to", -1, 0), ("overnight from", 0, 1),
    ("early hours of", -1, 0), ("small hours of", -1, 0), ("night of", 0, 1), ("night on", 0, 1), ("midnight on", -1, 1), ("midnight of", -1, 1),
    ("night to", -1, 0), ("night into", -1, 0), ("dead of night on", -1, 1),
];

/// The same after its day.
#[rustfmt::skip]
pub(super) const NIGHTS_AFTER: &[(&str, i64, i64)] = &[
    ("night", 0, 1), ("overnight", -1, 1), ("at midnight", -1, 1), ("around midnight", -1, 1), ("shortly after midnight", 0, 1), ("into the night", 0, 1),
    ("late night", 0, 1), ("nights", 0, 1), ("s night", 0, 1),
];

/// Phrases that count from something else in their text, which nobody can tell who reads them alone.
#[rustfmt::skip]
pub(super) const UNANCHORED: &[&str] = &[
    "the year before", "the month before", "the week before", "the day before", "the quarter before", "the decade before", "the night before",
    "the year after", "the month after", "the week after", "the day after", "a year before", "a year earlier", "a month earlier", "a week earlier",
    "a day earlier", "a year later", "a month later", "a week later", "a day later", "the year prior", "the same day", "the same month", "the same week",
    "that year", "that month", "that week", "that day", "the next day", "the following day",
];

/// Words that show that a phrase is of a time, beside the names of days, months, seasons and units.
#[rustfmt::skip]
pub(super) const OF_A_TIME: &[&str] = &[
    "o'clock", "o’clock", "past", "midnight", "noon", "midday", "morning", "afternoon", "evening", "night", "tonight", "overnight", "dawn", "dusk",
    "ago", "am", "pm", "yesterday", "today", "tomorrow", "fortnight", "christmas", "easter", "ramadan", "diwali", "hanukkah", "thanksgiving",
];

/// Words for the first and last moment of a stretch; `true` for the last.
#[rustfmt::skip]
pub(super) const EDGES: &[(&str, bool)] = &[
    ("the start of", false), ("start of", false), ("the beginning of", false), ("beginning of", false), ("the outset of", false), ("the opening of", false),
    ("the end of", true), ("end of", true), ("the close of", true), ("close of", true), ("year end", true), ("end", true),
];

/// Words that loosen a date.
pub(super) const ABOUT: &[&str] = &["about", "around", "circa", "approximately", "roughly", "c", "ca"];

/// Parts of a day, which say no more than the day itself.
pub(super) const TIMES_OF_DAY: &[&str] = &[
    "early morning",
    "late evening",
    "late night",
    "early hours",
    "small hours",
    "early",
    "late",
    "dawn",
    "daybreak",
    "sunrise",
    "lunchtime",
    "dusk",
    "sunset",
    "nightfall",
    "overnight",
    "morning",
    "afternoon",
    "evening",
    "night",
    "tonight",
    "noon",
    "midday",
    "midnight",
];

/// Phrases to offer when one cannot be read: one of every kind.
#[rustfmt::skip]
pub(super) const EXAMPLES: &[&str] = &[
    "2025-12-18", "2025-11", "2025", "2025-Q1", "Q1 2025", "first quarter of 2025", "H1 2025", "first half of 2025", "FY2025", "Q1 FY2025",
    "nine months to September 2025", "2025-10-01/2025-12-19", "December 2025", "in November", "18 December 2025", "December 18, 2025",
    "so far this month", "this month so far", "so far in December", "this year to date", "year to date", "today", "yesterday", "on Thursday",
    "last week", "this week", "last month", "last year", "over the past two months", "summer 2025", "to date", "so far", "through 2025-11-30",
    "through November", "until Friday", "by 2025-11-30", "by Friday", "as of 2025-11-30", "by some day of November", "through 2025-11-XX",
    "since October", "since October, by Friday", "since 2025-10-01, through 2025-12-19", "since the start of 2025", "late October 2025",
    "between 2025-10-01 and 2025-12-19", "from 2025-10-01 to 2025-12-19", "before 2025-12-18", "after 2025-12-18",
];

/// Words before a date that make it a bound, a comparison or a habit, and not the day of what is told.
#[rustfmt::skip]
pub(super) const BOUNDING: &[&str] = &[
    "since", "until", "till", "by", "before", "after", "from", "to", "through", "than", "between", "with", "against", "except", "following", "prior", "ahead",
    "compared", "versus", "vs", "or", "like", "unlike", "as", "over", "around", "about", "circa", "every", "each", "per", "most", "not", "beyond", "past",
];

/// Words that may stand between such a word and its date.
#[rustfmt::skip]
pub(super) const BETWEEN: &[&str] = &[
    "in", "on", "the", "of", "at", "during", "throughout", "late", "early", "mid", "end", "start", "beginning", "middle", "last", "this", "next",
];

/// Words that may follow a date in running text; after "18 December" a noun may make it "18 December arrests".
#[rustfmt::skip]
pub(super) const AFTER_A_DATE: &[&str] = &[
    "the", "a", "an", "and", "or", "but", "by", "with", "for", "from", "to", "at", "on", "in", "as", "was", "were", "is", "are", "had", "has", "have", "when",
    "after", "before", "while", "where", "who", "which", "that", "it", "he", "she", "they", "we", "its", "there", "alone", "because", "since", "until",
];

/// What joins two dates, so that neither is the only one.
pub(super) const JOINING: &[&str] = &["and", "or", "to", "into", "through", "until", "till"];

/// Words before a weekday that make it a name: "Good Friday".
#[rustfmt::skip]
pub(super) const NAMING_BEFORE: &[&str] = &[
    "good", "black", "ash", "palm", "easter", "cyber", "super", "fat", "shrove", "maundy", "holy", "bloody", "giving", "ruby", "man", "girl", "freaky", "casual",
    "sheffield", "mail", "boxing", "whit", "any", "another",
];

/// Papers that are called by the day they come out on: the last word before "on Sunday".
pub(super) const PAPERS_ON: &[&str] =
    &["Mail", "Independent", "Scotland", "Wales", "Ireland", "Star", "Sun", "Business", "Mirror", "Express"];

/// Words before the name of a country that make it the country and no paper: "a march in Scotland on Sunday".
pub(super) const IN_A_COUNTRY: &[&str] = &[
    "in",
    "across",
    "from",
    "to",
    "for",
    "around",
    "throughout",
    "over",
    "of",
    "and",
    "northern",
    "hit",
    "left",
    "reached",
];

/// Words after a weekday that make it a name: "Sunday Times".
#[rustfmt::skip]
pub(super) const NAMING_AFTER: &[&str] = &[
    "times", "telegraph", "mirror", "express", "mail", "post", "herald", "world", "people", "sun", "school", "league", "roast", "best", "prayers", "addams",
    "agreement", "magazine", "supplement", "lunch", "club", "group", "independent", "life", "mercury", "age", "business", "star", "sport", "national", "night",
    "brunch", "murder", "tribune", "chronicle", "standard", "morning",
];
