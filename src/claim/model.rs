//! The types of what is claimed.

use super::{Rates, Scope, Settled, Vocabulary, Waiver};
use crate::calendar::{Alternatives, Choice, Context, DaySet, When};
use crate::expr::Expression;
use crate::number::{Quantity, Rational, Reading, ReadingPolicy, Unit};
use crate::source::{FileId, Severity, Span, Spanned};
use std::collections::BTreeSet;

index!(
    /// A claim of the workspace: a figure, an event or a text.
    ClaimId
);
index!(
    /// An article of the workspace.
    ArticleId
);

/// Which claims of other articles an article's claims meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compare {
    /// None.
    #[default]
    Article,
    /// Those of articles with the same `story`.
    Story,
    /// All that say so.
    All,
}

/// An article: a claim file's `[article]`.
#[derive(Clone, Debug)]
pub struct Article {
    /// The id: the stem of the claim file (`cambodia-raid`), or `id` in `[article]`.
    pub id: String,
    /// The claim file.
    pub file: FileId,
    /// Where `[article]` stands, or the file's first byte.
    pub span: Span,
    /// Its title.
    pub title: Option<String>,
    /// The draft, if one is named: its file, already read.
    pub draft: Option<FileId>,
    /// The dateline and the conventions that the article settles.
    pub context: Context,
    /// The story it belongs to.
    pub story: Option<String>,
    /// Which other articles its claims meet.
    pub compare: Compare,
    /// What currencies are worth.
    pub rates: Rates,
}

/// A mention: what one quote (or the bare value) says.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Where the claim file says it: the quote, or the value.
    pub span: Span,
    /// The quote as written in the claim file, if it is one.
    pub quote: Option<String>,
    /// Where the draft says it, if it was found there. As narrow as the figure where that is known.
    pub in_draft: Option<Span>,
    /// The words of the figure itself as they stand in the quote or value: `154`.
    pub words: String,
}

/// A figure that is reported.
#[derive(Clone, Debug)]
pub struct FigureClaim {
    /// What is measured.
    pub measure: Spanned<String>,
    /// Over what time; `None` if nothing is said.
    pub when: Option<Spanned<Alternatives<When>>>,
    /// For whom and where, the article's scope included.
    pub scope: Scope,
    /// The unit, from the words, the claim or the measure.
    pub unit: Unit,
    /// What each mention says: the mention and its reading, in the order of `mentions`. A value that is asked for has one
    /// mention without words, which admits all that its measure does.
    pub readings: Vec<(Quantity, Reading)>,
    /// Whether its value is an unknown that is asked for (`value = "?"`, or a derived figure that was not reported).
    pub unknown: bool,
    /// `is`: how it is derived from others.
    pub is: Option<Expression>,
    /// `of` and `in`: what a percentage is a share of.
    pub share: Option<Share>,
}

impl FigureClaim {
    /// Whether it gives a value, and does not only ask for one.
    pub fn gives_a_value(&self) -> bool {
        !self.unknown && !self.readings.is_empty()
    }
}

/// What a percentage is a share of: measures or claim ids.
#[derive(Clone, Debug)]
pub struct Share {
    /// The part.
    pub of: Option<Spanned<String>>,
    /// The whole.
    pub whole: Option<Spanned<String>>,
}

/// An event with its date.
#[derive(Clone, Debug)]
pub struct EventClaim {
    /// When it was.
    pub on: Option<Spanned<Alternatives<DaySet>>>,
    /// For whom and where.
    pub scope: Scope,
}

/// A name stated of a subject.
#[derive(Clone, Debug)]
pub struct TextClaim {
    /// What it is about: `raid.province`.
    pub about: Spanned<String>,
    /// What is said.
    pub says: Spanned<String>,
}

/// What a claim reports.
// Nearly every claim is a figure, so a smaller event would save nothing.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug)]
pub enum Kind {
    /// A value of a measure.
    Figure(FigureClaim),
    /// Something that happened.
    Event(EventClaim),
    /// A name.
    Text(TextClaim),
}

/// One reported thing.
#[derive(Clone, Debug)]
pub struct Claim {
    /// `cambodia-raid/raid-arrests`.
    pub id: String,
    /// The id inside its article: `raid-arrests`.
    pub name: String,
    /// Where the id stands.
    pub span: Span,
    /// The article.
    pub article: ArticleId,
    /// Who says so: the claim's, else the article's.
    pub source: Option<String>,
    /// What is reported.
    pub kind: Kind,
    /// Every mention. Never empty, but for unknowns.
    pub mentions: Vec<Mention>,
    /// The claim that replaces it, if it is retired.
    pub superseded_by: Option<ClaimId>,
}

/// The editor's own relation.
#[derive(Clone, Debug)]
pub struct Check {
    /// `cambodia-raid/raid-in-month`.
    pub id: String,
    /// The article whose claims it names without a path.
    pub article: ArticleId,
    /// The record for whose columns its names stand: `survey[KR-11]`; `None` if they are names of claims.
    pub record: Option<String>,
    /// Where the id stands.
    pub span: Span,
    /// What must hold.
    pub require: Expression,
    /// Why.
    pub because: Option<String>,
    /// How much a breach weighs; an error if nothing is said.
    pub severity: Severity,
}

/// An assumption of the editor's.
#[derive(Clone, Debug)]
pub struct Assume {
    /// `cambodia-raid/all-korean`.
    pub id: String,
    /// The article.
    pub article: ArticleId,
    /// Where the id stands.
    pub span: Span,
    /// What is assumed.
    pub that: Expression,
    /// Why.
    pub because: Option<String>,
}

/// What is wrong between a draft, a quote and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuoteIssueKind {
    /// The draft has the sentence, but with another figure: `draft` beside `quote`.
    FigureChanged {
        /// The words in the draft.
        draft: String,
        /// The words in the quote.
        quote: String,
    },
    /// The draft says it in other words, with every figure as it is: no fault, but worth a look.
    Reworded {
        /// The words in the draft.
        draft: String,
        /// Whether they are the same words in another order.
        moved: bool,
    },
    /// The quote has no figure to hold the claim's `value` against: no fault, but nothing was checked.
    Silent,
    /// The draft does not have the quote.
    Lost,
    /// The draft has the quote more than once, so that its place is not certain.
    Ambiguous,
    /// The quote says one figure, the claim's `value` another.
    ValueDiffers {
        /// What the quote says.
        quote: String,
        /// What the claim says.
        value: String,
    },
    /// The claim's `value` is no figure of the quote, and what some of them come to.
    ValueReckoned {
        /// The figures of the quote.
        figures: Vec<String>,
        /// What the claim says.
        value: String,
        /// How the value may come of it: `26 − 4`.
        sum: String,
    },
    /// The claim's `value` is what the quote says only at its widest.
    ValueStrains {
        /// What the quote says.
        quote: String,
        /// What the claim says.
        value: String,
    },
    /// The quote says that something fell, the claim's `value` that it rose, or the other way round.
    DirectionDiffers {
        /// The words of the quote: `fell by 81.7%`.
        quote: String,
        /// What the claim says.
        value: String,
        /// Whether the value is a fall.
        falls: bool,
        /// The value that the quote gives, to be written instead: `-81.7%`. Left out if it has no digits.
        mend: Option<String>,
    },
    /// The quote names a weekday or a relative time that the event's date is not.
    DateDiffers {
        /// The words: `on Thursday`.
        words: String,
        /// What the words give, said for people.
        gives: String,
        /// The date, said for people.
        date: String,
    },
    /// The quote of a figure names another day than its time, which may be that of something else.
    DateAsked {
        /// The words: `on Monday`.
        words: String,
        /// What the words give, said for people.
        gives: String,
        /// The figure's day, said for people.
        date: String,
    },
    /// The words are those of the date only at their widest.
    DateStrains {
        /// The words: `early November`.
        words: String,
        /// What they usually say.
        usual: String,
        /// The date, said for people.
        date: String,
    },
    /// The words agree with the date under some usual convention only.
    DateDepends {
        /// The words: `last week`.
        words: String,
        /// What each convention gives: the convention, what the words then say, and whether it agrees.
        readings: Vec<(String, String, bool)>,
        /// The date, said for people.
        date: String,
        /// How to settle it: `week-starts = "sunday"`.
        settle: String,
    },
}

/// A clash between a quote, its draft and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteIssue {
    /// The claim.
    pub claim: ClaimId,
    /// Which mention.
    pub mention: usize,
    /// What is wrong.
    pub kind: QuoteIssueKind,
    /// Where in the claim file.
    pub span: Span,
    /// Where in the draft, if there.
    pub in_draft: Option<Span>,
}

/// The records of one file of a table in which each row is a record.
#[derive(Clone, Debug)]
pub struct RecordTable {
    /// The stem of the file's name.
    pub name: String,
    /// The article of the claim file that names it.
    pub article: ArticleId,
    /// The columns that hold figures, dates or texts. The claim of a record's column is called `RECORD.COLUMN`.
    pub columns: Vec<(String, Holds)>,
    /// What the records are called, in the order of the rows: `survey[KR-11]`.
    pub records: Vec<String>,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Figures.
    Figures,
    /// Dates of events.
    Dates,
    /// Texts.
    Texts,
}

/// The name of the claim of a record's column.
pub fn in_record(record: &str, column: &str) -> String {
    format!("{record}.{column}")
}

/// Everything that claim files say.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// The articles, by id.
    pub articles: Vec<Article>,
    /// The claims, by article, then in the order of their file.
    pub claims: Vec<Claim>,
    /// The checks, likewise.
    pub checks: Vec<Check>,
    /// The assumptions, likewise.
    pub assumes: Vec<Assume>,
    /// The tables in which each row is a record, by article, then in the order of their file.
    pub records: Vec<RecordTable>,
    /// The clashes that are accepted, likewise.
    pub waivers: Vec<Waiver>,
    /// What measures and dimensions are.
    pub vocabulary: Vocabulary,
    /// What is wrong between quotes, drafts and values.
    pub quote_issues: Vec<QuoteIssue>,
    /// How many quotes and dated words were checked.
    pub quotes_checked: usize,
    /// What else claim files say of each claim, in the order of `claims`.
    pub details: Vec<Detail>,
    /// How the workspace wants digits to be taken, after all that is nearer.
    pub reading: ReadingPolicy,
    /// What is known of rows of tables that were not read as claims, by article.
    pub settled: Vec<Settled>,
}

impl Claims {
    /// The same claims as they are read once an article's conventions are chosen.
    pub fn under(&self, article: ArticleId, choices: &[Choice]) -> Self {
        let mut claims = self.clone();
        if let Some(article) = claims.articles.get_mut(article.index()) {
            choices.iter().for_each(|choice| article.context.conventions.settle(*choice));
        }
        for claim in claims.claims.iter_mut().filter(|claim| claim.article == article) {
            match &mut claim.kind {
                Kind::Figure(figure) => {
                    figure.when.iter_mut().for_each(|when| when.value = when.value.under(choices));
                }
                Kind::Event(event) => event.on.iter_mut().for_each(|on| on.value = on.value.under(choices)),
                Kind::Text(_) => {}
            }
        }
        claims
    }

    /// How many claims there are, those included that were not read one by one.
    pub fn count(&self) -> usize {
        self.settled.iter().fold(self.claims.len(), |count, settled| count.saturating_add(settled.claims))
    }

    /// The checks that claim files state.
    pub fn own_checks(&self) -> impl DoubleEndedIterator<Item = &Check> {
        self.checks.iter().filter(|check| check.record.is_none())
    }

    /// The choices that an article's words leave open.
    pub fn open_choices(&self, article: ArticleId) -> BTreeSet<Choice> {
        self.claims.iter().filter(|claim| claim.article == article).flat_map(Claim::choices).collect()
    }
}

impl Claim {
    /// The time of a figure, if it is one and gives it.
    pub fn when(&self) -> Option<&Alternatives<When>> {
        match &self.kind {
            Kind::Figure(figure) => figure.when.as_ref().map(|when| &when.value),
            _ => None,
        }
    }

    /// The choices of conventions on which its time depends.
    pub fn choices(&self) -> impl Iterator<Item = Choice> {
        let on = match &self.kind {
            Kind::Event(event) => event.on.as_ref().map(|on| &on.value),
            _ => None,
        };
        let of_figure = self.when().into_iter().flat_map(Alternatives::readings).filter_map(|reading| reading.under);
        of_figure.chain(on.into_iter().flat_map(Alternatives::readings).filter_map(|reading| reading.under))
    }
}

/// What a claim file says of a claim besides what it reports.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    /// How the claim (or its article) wants digits to be taken, before what its measure declares.
    pub policy: ReadingPolicy,
    /// How sure the editor is of it, in (0, 1]: `confidence`.
    pub confidence: Option<Rational>,
    /// Whether it may never be given up: `fixed`.
    pub fixed: bool,
    /// What its readings were multiplied by to be in its unit; `None` if they are as its words say.
    pub factor: Option<Rational>,
}
