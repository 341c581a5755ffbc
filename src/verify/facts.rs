//! What the input files say, read by the checker for itself: times, instants, bounds, scopes, and which claims state
//! one figure. Nothing is shared with grounding.

use super::certificate::{Among, Leaning, Place, Point, Readings, Which};
use super::index::{Assumed, Index};
use super::words::{read_day, written_day, written_member, written_scope, written_unit};
use crate::calendar::{self, Alternatives, DaySet, DaySpan, Moment, MomentKind, When};
use crate::claim::{ArticleId, Claim, Claims, Compare, EVENT, FigureClaim, Kind, Member, OverTime, Scope};
use crate::number::{End, Interval, Rational, Reading, Unit};
use crate::problem::Domain;
use crate::rule::{Kind as RuleKind, Rule, Rules};
use std::collections::BTreeSet;

/// The name under which a time that is unsaid is leaned on.
pub(super) const WHEN: &str = "when";

/// Why something does not follow, in words.
pub(super) type Checked<T> = Result<T, String>;

/// Freshly loaded claims and rules.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub claims: &'a Claims,
    pub rules: &'a Rules,
    pub index: &'a Index<'a>,
}

/// How one scope lies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lies {
    Same,
    Inside,
    Around,
}

/// How a measure adds up: by which rule, whether its totals never fall, and whether that was declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Adding {
    pub rule: String,
    pub never_falls: bool,
    pub declared: bool,
}

/// Who alone can state a figure, because its time is certain only for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Anyone,
    Article(ArticleId),
    Source(ArticleId, Option<String>),
    Claim(String),
}

impl Owner {
    /// Whether the time is its own, so that no other figure is of the same.
    pub fn is_own_time(&self) -> bool {
        matches!(self, Self::Claim(_))
    }
}

impl<'a> Facts<'a> {
    /// The claim of an id that stands: one that a newer claim replaced proves nothing any more.
    pub fn claim(&self, id: &str) -> Checked<&'a Claim> {
        match self.index.claim(id).and_then(|at| self.claims.claims.get(at)) {
            Some(claim) if claim.superseded_by.is_some() => Err(format!("`{id}` was replaced by another claim")),
            Some(claim) => Ok(claim),
            None => Err(format!("there is no claim `{id}`")),
        }
    }

    /// The claim of an id and the figure that it reports.
    pub fn figure(&self, id: &str) -> Checked<(&'a Claim, &'a FigureClaim)> {
        let claim = self.claim(id)?;
        match &claim.kind {
            Kind::Figure(figure) => Ok((claim, figure)),
            _ => Err(format!("`{id}` is not a figure")),
        }
    }

    /// The id of an article.
    pub fn article(&self, article: ArticleId) -> String {
        self.claims[article].id.clone()
    }

    /// The place of a claim in the order of all claims.
    pub fn rank(&self, id: &str) -> usize {
        self.index.claim(id).unwrap_or(usize::MAX)
    }

    /// The rule of an id, if it is not turned off.
    pub fn rule(&self, id: &str) -> Checked<Option<&'a Rule>> {
        match self.rules.rules.iter().find(|rule| rule.id.value == id) {
            Some(rule) if rule.severity.is_none() => Err(format!("the rule `{id}` is turned off")),
            found => Ok(found),
        }
    }

    /// Whose claims an article's claims meet.
    pub fn met_by(&self, article: ArticleId) -> Among {
        let found = &self.claims[article];
        match (found.compare, &found.story) {
            (Compare::All, _) => Among::All,
            (Compare::Story, Some(story)) => Among::Story(story.clone()),
            _ => Among::Article(found.id.clone()),
        }
    }

    /// What is met by a figure of an article that is of this time: others of fiscal years alone, if it is of one of which
    /// nobody says when it begins.
    pub fn met_at(&self, article: ArticleId, when: Option<&Alternatives<When>>) -> Among {
        let all = self.met_by(article);
        if when.is_some_and(Alternatives::is_fiscal) { Among::Fiscal(Box::new(all)) } else { all }
    }

    /// The claims that a claim meets.
    pub fn among(&self, claim: &Claim) -> Among {
        self.met_at(claim.article, claim.when())
    }

    /// The time of a figure: its one reading, or all usual readings together.
    pub fn time(&self, figure: &FigureClaim) -> Checked<Option<When>> {
        figure.when.as_ref().map(|when| self.settled(&when.value)).transpose()
    }

    /// The one reading of a time, or all usual ones together. Fiscal years, which meet each other alone as long as nobody
    /// says when they begin, are those of the calendar.
    pub fn settled(&self, when: &Alternatives<When>) -> Checked<When> {
        let mut readings = when.readings().iter().map(|reading| reading.value);
        let first = readings.next().ok_or("the time has no reading")?;
        if when.is_fiscal() { Ok(first) } else { readings.try_fold(first, widest) }
    }

    /// Whether a claim leaves open which time of others is its own: it gives none, or that of a level which stands at some
    /// moment of it.
    pub fn moment_unsaid(&self, figure: &FigureClaim) -> Checked<bool> {
        let declared = self.claims.vocabulary.measures.get(&figure.measure.value);
        let is_level = declared.is_some_and(|declared| declared.over_time == Some(OverTime::Level));
        Ok(self.time(figure)?.is_none_or(|when| is_level && when.stands_at().is_none()))
    }

    /// The time of a figure as claims of one figure share it: a level named for a day is that of the day's end, a moment
    /// that no running total shares; a running total that counts from a known day is of the period since.
    pub fn shared_time(&self, figure: &FigureClaim) -> Checked<Option<When>> {
        Ok(self.time(figure)?.map(|when| self.shared_when(&figure.measure.value, when)))
    }

    /// A time as all ways to say it of a measure share it.
    pub fn shared_when(&self, measure: &str, when: When) -> When {
        let declared = self.claims.vocabulary.measures.get(measure);
        if declared.is_some_and(|declared| declared.over_time == Some(OverTime::Level)) {
            let stands = when.stands_at().map(|moment| When::Period { start: moment, end: moment, length: None });
            return stands.unwrap_or(when);
        }
        let When::Through { since, end } = when else { return when };
        let declared = declared.and_then(|declared| declared.origin).map(|day| Moment::fixed(day.start()));
        let start = since.or(declared).filter(|start| start.latest < end.earliest);
        start.map_or(when, |start| When::Period { start, end, length: None })
    }

    /// The scope in which a claim's figure counts, and the assumptions that put it there: those of all claims that state it,
    /// if they agree.
    pub fn placed(&self, claim: &Claim, figure: &FigureClaim) -> (Scope, BTreeSet<Leaning>) {
        let members = |claim: &Claim| -> BTreeSet<(String, Member)> {
            let assumed = self.assumed(claim).iter();
            let open = assumed.filter(|(dimension, ..)| !figure.scope.0.contains_key(dimension));
            open.map(|(dimension, member, _)| (dimension.clone(), member.clone())).collect()
        };
        let own = members(claim);
        if own.is_empty() {
            return (figure.scope.clone(), BTreeSet::new());
        }
        let stating = self.stating(claim);
        let mut scope = figure.scope.clone();
        if stating.iter().any(|other| members(other) != own) {
            return (scope, BTreeSet::new());
        }
        scope.0.extend(own);
        let assumes = stating.into_iter().flat_map(|claim| self.assumed(claim));
        (scope, assumes.map(|(.., assume)| Leaning::Assumed(assume.clone())).collect())
    }

    /// What it leans on that two figures of times which are described alike are of one time; `None` if they are not.
    pub fn alike(
        &self,
        (claim, figure): (&Claim, &FigureClaim),
        (claim2, figure2): (&Claim, &FigureClaim),
    ) -> Option<BTreeSet<Leaning>> {
        let (time, time2) = (self.shared_time(figure).ok()?, self.shared_time(figure2).ok()?);
        if time != time2 && self.time(figure) != self.time(figure2) {
            return None;
        }
        let unsaid = || BTreeSet::from([Leaning::Unspecified { dimension: WHEN.to_owned(), member: String::new() }]);
        let Some(when) = time else { return (claim.article == claim2.article).then(unsaid) };
        // What a level shares with others is a moment, and no running total.
        let from_unsaid =
            |figure: &FigureClaim| matches!(self.time(figure), Ok(Some(own)) if self.counts_from_unsaid(figure, own));
        match (from_unsaid(figure), from_unsaid(figure2)) {
            // Each measure and scope counts from an origin of its own.
            (true, true) if !self.is_vague(when) => {
                return (claim.article == claim2.article).then(|| BTreeSet::from([Leaning::Origin]));
            }
            (one, other) if one != other => return None,
            _ => {}
        }
        if self.one_time(figure, when, claim, claim2) {
            return Some(BTreeSet::new());
        }
        let kinds: Vec<MomentKind> = when.start().into_iter().chain([when.end()]).map(|moment| moment.kind).collect();
        if claim.article != claim2.article {
            return None;
        }
        Some(if kinds.contains(&MomentKind::Vague) { unsaid() } else { BTreeSet::from([Leaning::Origin]) })
    }

    /// Whether a figure is a running total whose origin is not stated.
    pub fn counts_from_unsaid(&self, figure: &FigureClaim, when: When) -> bool {
        let declared = self.claims.vocabulary.measures.get(&figure.measure.value);
        let counts_from =
            declared.is_some_and(|declared| declared.origin.is_some() || declared.over_time == Some(OverTime::Level));
        matches!(when, When::Through { since: None, .. }) && !counts_from
    }

    fn is_vague(&self, when: When) -> bool {
        when.start().into_iter().chain([when.end()]).any(|moment| moment.kind == MomentKind::Vague)
    }

    /// Whether figures of one time, measure and unit are certainly of one time.
    fn one_time(&self, figure: &FigureClaim, when: When, one: &Claim, other: &Claim) -> bool {
        let kinds: Vec<MomentKind> = when.start().into_iter().chain([when.end()]).map(|moment| moment.kind).collect();
        if kinds.contains(&MomentKind::Vague) {
            return one.id == other.id;
        }
        if self.counts_from_unsaid(figure, when) {
            return one.article == other.article && one.source == other.source;
        }
        !kinds.contains(&MomentKind::Now) || one.article == other.article
    }

    /// The days of an event: its one reading, or all usual readings together.
    pub fn days(&self, claim: &Claim, readings: Readings) -> Checked<DaySpan> {
        let Kind::Event(_) = &claim.kind else { return Err(format!("`{}` is not an event", claim.id)) };
        match self.stretches(claim, readings).as_slice() {
            [] => Err(format!("`{}` has no date", claim.id)),
            [first, .., last] | [first @ last] => Ok(DaySpan { earliest: first.earliest, latest: last.latest }),
        }
    }

    /// The stretches of days of which an event is on one: those of all its usual readings.
    pub fn stretches(&self, claim: &Claim, readings: Readings) -> Vec<DaySpan> {
        let Kind::Event(event) = &claim.kind else { return Vec::new() };
        let all = |soft: bool| {
            let each = event.on.iter().flat_map(|on| on.value.readings());
            DaySet::of(each.flat_map(|it| if soft { it.soft.spans() } else { it.value.spans() }.to_vec()))
        };
        let Some(hard) = all(false) else { return Vec::new() };
        let usual = all(true).and_then(|soft| hard.intersect(&soft)).filter(|_| readings == Readings::Soft);
        usual.unwrap_or(hard).spans().to_vec()
    }

    /// Who alone can state a figure of a claim's time.
    pub fn owner(&self, claim: &Claim, figure: &FigureClaim) -> Checked<Owner> {
        let Some(when) = self.time(figure)? else { return Ok(Owner::Article(claim.article)) };
        let declared = self.claims.vocabulary.measures.get(&figure.measure.value);
        let level = declared.is_some_and(|declared| declared.over_time == Some(OverTime::Level));
        let start = when.start().filter(|_| !level || when.stands_at().is_none());
        let kinds: Vec<MomentKind> = start.into_iter().chain([when.end()]).map(|moment| moment.kind).collect();
        let counts_from = level || declared.is_some_and(|declared| declared.origin.is_some());
        Ok(if kinds.contains(&MomentKind::Vague) {
            Owner::Claim(claim.id.clone())
        } else if matches!(when, When::Through { since: None, .. }) && !counts_from {
            Owner::Source(claim.article, claim.source.clone())
        } else if kinds.contains(&MomentKind::Now) {
            Owner::Article(claim.article)
        } else {
            Owner::Anyone
        })
    }

    /// The instants between which a claim's figure counts.
    pub fn ends(&self, claim: &Claim, figure: &FigureClaim) -> Checked<(Point, Point)> {
        let when = self.time(figure)?.ok_or_else(|| format!("`{}` names no time", claim.id))?;
        let start = match when {
            When::Period { start, .. } => self.point(start, claim, Which::Start),
            When::Through { since: Some(since), .. } => self.point(since, claim, Which::Start),
            When::Through { since: None, .. } => match self.origin(&figure.measure.value) {
                Some(day) => Point::Day(day),
                None => Point::Origin {
                    article: self.article(claim.article),
                    source: claim.source.clone(),
                    scope: written_scope(&figure.scope),
                },
            },
        };
        Ok((start, self.point(when.end(), claim, Which::End)))
    }

    /// The same where an assumption puts the figure in a scope: what counts from an origin that is not stated counts from
    /// the one of that scope.
    pub fn ends_in(&self, claim: &Claim, figure: &FigureClaim, scope: &Scope) -> Checked<(Point, Point)> {
        let (start, end) = self.ends(claim, figure)?;
        let start = match start {
            Point::Origin { article, source, .. } => Point::Origin { article, source, scope: written_scope(scope) },
            start => start,
        };
        Ok((start, end))
    }

    /// The day from which the totals of a measure count, if that is declared.
    pub fn origin(&self, measure: &str) -> Option<String> {
        let declared = self.claims.vocabulary.measures.get(measure)?;
        declared.origin.map(|day| written_day(day.start()))
    }

    fn point(&self, moment: Moment, claim: &Claim, which: Which) -> Point {
        let (earliest, latest) = (written_day(moment.earliest), written_day(moment.latest));
        match moment.kind {
            MomentKind::Fixed => Point::Day(earliest),
            MomentKind::Now => Point::Now { article: self.article(claim.article), earliest, latest },
            MomentKind::Vague => Point::Vague { claim: claim.id.clone(), which, earliest, latest },
        }
    }

    /// The earliest and latest that an instant can be, once it is sure that there is such an instant.
    pub fn span(&self, point: &Point) -> Checked<(calendar::Instant, calendar::Instant)> {
        let (earliest, latest) = match point {
            Point::Day(day) => (day, day),
            Point::Now { article, earliest, latest } => {
                let found = self.index.article(article).and_then(|at| self.claims.articles.get(at));
                let dateline = found.and_then(|found| found.context.dateline);
                let now = dateline.map(|day| (written_day(day.start()), written_day(day.end())));
                if now.as_ref().is_none_or(|now| (&now.0, &now.1) != (earliest, latest)) {
                    return Err(format!("the dateline of `{article}` is another day"));
                }
                (earliest, latest)
            }
            Point::Vague { claim, which, earliest, latest } => {
                let (found, figure) = self.figure(claim)?;
                let (start, end) = self.ends(found, figure)?;
                let own = if *which == Which::Start { start } else { end };
                if own != *point {
                    return Err(format!("`{claim}` does not begin or end at such an instant"));
                }
                (earliest, latest)
            }
            Point::Origin { .. } => return Err("where a running total counts from is not known".to_owned()),
        };
        let read = |text: &str| read_day(text).ok_or_else(|| format!("`{text}` is not a day"));
        Ok((read(earliest)?, read(latest)?))
    }

    /// The node of a claim's running total at an instant, in a scope.
    pub fn total(&self, claim: &Claim, figure: &FigureClaim, scope: &Scope, at: Point) -> Place {
        Place::Total {
            measure: figure.measure.value.clone(),
            unit: written_unit(&figure.unit),
            scope: written_scope(scope),
            among: self.among(claim),
            at,
        }
    }

    /// Whether only whole numbers count for a measure.
    pub fn integer(&self, measure: &str) -> bool {
        self.claims.vocabulary.measures.get(measure).is_some_and(|declared| declared.integer)
    }

    /// What a measure allows at all.
    pub fn range(&self, measure: &str) -> Interval {
        let declared = self.claims.vocabulary.measures.get(measure);
        let least = declared.and_then(|declared| declared.least.clone());
        let greatest = declared.and_then(|declared| declared.greatest.clone());
        let end = |value: Option<Rational>| value.map_or(End::Unbounded, End::Closed);
        Interval::new(end(least), end(greatest)).unwrap_or_else(Interval::everything)
    }

    /// What the vocabulary leaves a figure of a measure that is looked up and that nobody reports.
    pub fn unreported(&self, measure: &str) -> Domain {
        let declared = self.claims.vocabulary.measures.get(measure);
        let least = declared.and_then(|declared| declared.least.clone());
        let interval = least.map_or_else(Interval::everything, Interval::at_least);
        Domain { interval, integer: declared.is_some_and(|declared| declared.integer) }
    }

    /// What a mention of a figure says.
    pub fn said(&self, figure: &FigureClaim, mention: usize) -> Checked<Reading> {
        let at = mention.checked_sub(1).and_then(|at| figure.readings.get(at));
        at.map(|(_, reading)| reading.clone()).ok_or_else(|| format!("there is no mention {mention}"))
    }

    /// The values that a mention leaves, rounded to whole numbers where only those count.
    pub fn values(&self, figure: &FigureClaim, mention: usize, readings: Readings) -> Checked<Interval> {
        let reading = self.said(figure, mention)?;
        let values = if readings == Readings::Soft { reading.soft() } else { reading.hard() };
        Ok(match values.integers() {
            Some(whole) if self.integer(&figure.measure.value) => whole,
            _ => values.clone(),
        })
    }

    /// How a measure adds up over time, as far as its name tells.
    pub fn adding(&self, measure: &str) -> Checked<Adding> {
        let own = self.rules.rules.iter().find(|rule| match &rule.kind {
            RuleKind::Additive(additive) => additive.measures.iter().any(|named| named.value == measure),
            _ => false,
        });
        let rule = own.map_or("additive", |rule| rule.id.value.as_str()).to_owned();
        self.rule(&rule)?;
        let declared = self.claims.vocabulary.measures.get(measure);
        let named = self.rules.rules.iter().filter(|rule| rule.severity.is_some()).any(|rule| match &rule.kind {
            RuleKind::Additive(additive) => additive.measures.iter().any(|named| named.value == measure),
            RuleKind::Balance(balance) => {
                balance.inflows.iter().chain(&balance.outflows).any(|named| named.value == measure)
            }
            _ => false,
        });
        match declared.and_then(|declared| declared.over_time) {
            Some(OverTime::Adds) => {}
            Some(_) => return Err(format!("`{measure}` is declared not to add up over time")),
            None if named => {}
            None => return Ok(Adding { rule, never_falls: true, declared: false }),
        }
        let least = declared.and_then(|declared| declared.least.as_ref());
        Ok(Adding { rule, never_falls: least.is_some_and(|least| !least.is_negative()), declared: true })
    }

    /// Where a figure begins and ends on a running total, if it is the increment of one.
    pub fn on_total(&self, claim: &Claim, figure: &FigureClaim) -> Option<(Point, Point)> {
        let adding = self.adding(&figure.measure.value).ok()?;
        let stating = self.stating(claim);
        let alike = || {
            stating.iter().filter_map(|other| match &other.kind {
                Kind::Figure(figure) => Some(figure),
                _ => None,
            })
        };
        let given = || alike().filter(|figure| !figure.unknown).flat_map(|figure| &figure.readings);
        let counts = figure.unit == Unit::One
            && given().next().is_some()
            && given().all(|(quantity, _)| quantity.is_count() && quantity.unit == Unit::One);
        if !(adding.declared || counts) {
            return None;
        }
        self.ends(claim, figure).ok()
    }

    /// The scope of a claim with what assumptions say of it, whatever they say of others of its figure.
    pub fn assumed_scope(&self, claim: &Claim, figure: &FigureClaim) -> Scope {
        let mut scope = figure.scope.clone();
        for (dimension, member, _) in self.assumed(claim) {
            scope.0.entry(dimension.clone()).or_insert_with(|| member.clone());
        }
        scope
    }

    /// Members that assumptions give to what a claim leaves unsaid, with the assumptions.
    pub fn assumed(&self, claim: &Claim) -> &'a [Assumed] {
        self.index.assumed(&claim.id)
    }

    /// The claim that a name means in an article.
    pub fn named(&self, name: &str, article: ArticleId) -> Option<&'a Claim> {
        let own = format!("{}/{name}", self.claims[article].id);
        let by = |id: &str| self.index.claim(id).and_then(|at| self.claims.claims.get(at));
        let mut found = by(&own).or_else(|| by(name))?;
        // A claim that a newer one replaced stands for that.
        while let Some(newer) = found.superseded_by {
            found = &self.claims[newer];
        }
        Some(found)
    }

    /// How a scope lies to another, and what that leaves unsaid: the dimension, and what the other side says.
    pub fn lies(&self, one: &Scope, other: &Scope) -> Option<(Lies, Vec<(String, String)>)> {
        let dimensions: BTreeSet<&String> = one.0.keys().chain(other.0.keys()).collect();
        let (mut inside, mut around, mut unsaid) = (false, false, Vec::new());
        for dimension in dimensions {
            match (one.0.get(dimension), other.0.get(dimension)) {
                (Some(here), Some(there)) if here == there => {}
                (Some(Member::Path(_)), Some(Member::All)) => inside = true,
                (Some(Member::All), Some(Member::Path(_))) => around = true,
                (Some(Member::Path(here)), Some(Member::Path(there))) => {
                    if self.above(dimension, here).contains(there) {
                        inside = true;
                    } else if self.above(dimension, there).contains(here) {
                        around = true;
                    } else {
                        return None;
                    }
                }
                (Some(_), None) if dimension == EVENT => inside = true,
                (None, Some(_)) if dimension == EVENT => around = true,
                (Some(only), None) | (None, Some(only)) => {
                    unsaid.push((dimension.clone(), written_member(only).to_owned()));
                }
                _ => {}
            }
        }
        match (inside, around) {
            (false, false) => Some((Lies::Same, unsaid)),
            (true, false) => Some((Lies::Inside, unsaid)),
            (false, true) => Some((Lies::Around, unsaid)),
            (true, true) => None,
        }
    }

    /// All that a member lies within.
    pub fn above(&self, dimension: &str, member: &str) -> BTreeSet<String> {
        let declared = self.claims.vocabulary.dimensions.get(dimension);
        let mut found = BTreeSet::new();
        let mut at = member.to_owned();
        loop {
            let parent = declared.and_then(|declared| declared.parents.get(&at)).cloned();
            let parent = parent.or_else(|| at.rsplit_once('/').map(|(above, _)| above.to_owned()));
            match parent {
                Some(parent) if parent != member && found.insert(parent.clone()) => at = parent,
                _ => return found,
            }
        }
    }

    /// Whether two claims state one figure: of one measure, unit, scope and time, where that time is certain for both.
    pub fn one_figure(&self, one: &Claim, other: &Claim) -> bool {
        if one.id == other.id {
            return true;
        }
        let (Kind::Figure(first), Kind::Figure(second)) = (&one.kind, &other.kind) else { return false };
        if first.measure.value != second.measure.value
            || first.unit != second.unit
            || first.scope != second.scope
            || self.among(one) != self.among(other)
            || one.superseded_by.is_some()
            || other.superseded_by.is_some()
        {
            return false;
        }
        let (Ok(time), Ok(time2)) = (self.shared_time(first), self.shared_time(second)) else { return false };
        match time {
            Some(when) => time == time2 && self.one_time(first, when, one, other),
            None => time2.is_none() && one.article == other.article,
        }
    }
}

/// Two readings of a time at their widest.
fn widest(one: When, other: When) -> Checked<When> {
    match (one, other) {
        (When::Period { start, end, length }, When::Period { start: start2, end: end2, length: length2 }) => {
            let length = if length == length2 { length } else { None };
            Ok(When::Period { start: wider(start, start2), end: wider(end, end2), length })
        }
        (When::Through { since, end }, When::Through { since: since2, end: end2 }) => {
            let since = match (since, since2) {
                (Some(since), Some(since2)) => Some(wider(since, since2)),
                _ => None,
            };
            Ok(When::Through { since, end: wider(end, end2) })
        }
        _ => Err("the usual readings of the time are of different kinds".to_owned()),
    }
}

fn wider(one: Moment, other: Moment) -> Moment {
    if one == other {
        return one;
    }
    let (earliest, latest) = (one.earliest.min(other.earliest), one.latest.max(other.latest));
    Moment { earliest, latest, kind: MomentKind::Vague }
}
