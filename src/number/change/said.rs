//! What the sorted words of a change say: its sizes with their signs, a direction alone, and by which rows.

use super::super::{Found, Interval, Rational, Reading, ReadingPolicy, Rounding, Step, Unit, explain, find};
use super::scan::{Figure, Scan};
use super::table::{degree_reach, level_reaches};
use super::words::Direction;
use super::{Changes, Doubt, in_percent, of_size, towards};
use std::ops::Range;

/// A degree stands no further than this from the direction that it is one of.
const DEGREE_REACH: usize = 3;

impl Scan<'_> {
    /// What it all says.
    pub(super) fn changes(&self) -> Changes {
        let ties = |figure: &&Figure| self.marks.iter().any(|mark| self.is_tied(mark, &figure.at));
        let percent =
            self.figures.iter().filter(|figure| !figure.is_share && figure.found.quantity.unit == Unit::Percent);
        let (levels, sizes): (Vec<&Figure>, Vec<&Figure>) =
            percent.partition(|figure| self.is_level(figure) || self.is_passed(figure, &["over"]));
        let shares = self.figures.iter().filter(|figure| figure.is_share && !self.is_level(figure)).filter(ties);
        let mut sizes: Vec<&Figure> = sizes.into_iter().chain(shares).collect();
        sizes.sort_by_key(|figure| figure.at.start);

        let (ways, doubt) = self.ways(&sizes);
        let has_size = !sizes.is_empty() || !self.multiples.is_empty();
        let as_before = || self.levels.first().filter(|_| !has_size).map(|_| Direction::Level);
        let ways = ways.or_else(as_before);
        let unsaid = || (has_size && !sizes.iter().all(|it| is_signed(&it.found))).then_some(Doubt::Unsaid);
        let doubt = doubt.or_else(|| if ways.is_none() { unsaid() } else { None });
        let way = ways.filter(|_| doubt.is_none());
        let signed = sizes.iter().map(|figure| self.signed(figure, way));
        let multiples = self.multiples.iter().map(|it| {
            let direction = if it.is_turned { way.unwrap_or(it.direction) } else { it.direction };
            let range = self.with_direction(&(it.from..it.to), direction);
            let bytes = self.bytes(&range);
            let mut quantity = it.quantity(&self.tokens, direction, self.policy);
            quantity.text = self.tokens.slice(range.start, range.end).to_owned();
            Found { start: bytes.start, end: bytes.end, quantity }
        });
        let mut sizes: Vec<Found> = signed.chain(multiples).collect();
        sizes.sort_by_key(|found| found.start);
        Changes {
            alone: if has_size || doubt.is_some() { None } else { way.and_then(|way| self.alone(way)) },
            levels: levels.into_iter().map(|figure| figure.found.clone()).collect(),
            sizes,
            doubt,
        }
    }

    /// The figures that something came to or from, if a word says that it moved.
    pub(super) fn reached(&self) -> Vec<Found> {
        let moved = !self.marks.is_empty() || self.figures.len() > 1;
        let reached = self.figures.iter().filter(|it| moved && !it.is_share && self.is_level(it));
        reached.map(|figure| figure.found.clone()).collect()
    }

    /// By which rows it is read so, in the order of the words.
    pub(super) fn steps(&self) -> Vec<Step> {
        let of = |row: &'static str, range: &Range<usize>, says: String| Step {
            row,
            words: self.tokens.slice(range.start, range.end).to_owned(),
            says,
        };
        let mut steps: Vec<(usize, Step)> = Vec::new();
        for mark in &self.marks {
            let (row, says) = match mark.direction {
                Direction::Down => ("fall", "a change for less: below zero"),
                _ => ("rise", "a change for more: above zero"),
            };
            steps.push((mark.at.start, of(row, &mark.at, says.to_owned())));
        }
        for (row, range) in &self.levels {
            let (hard, soft) = level_reaches(row, self.policy);
            let says = format!("no change: within {}% of it; most likely within {}%", hard.said(), soft.said());
            steps.push((range.start, of(row.name, range, says)));
        }
        for (row, at) in &self.degrees {
            let bound = if row.at_least { "or more" } else { "or less" };
            let size = degree_reach(row, self.policy).said();
            let says = format!("without a figure: most likely by {size}% {bound}; it bounds nothing for certain");
            steps.push((*at, of(row.name, &(*at..at.saturating_add(1)), says)));
        }
        for figure in &self.figures {
            let explained = explain(self.tokens.slice(figure.at.start, figure.at.end), self.policy);
            let own = explained.map(|explained| explained.steps).unwrap_or_default();
            steps.extend(own.into_iter().map(|step| (figure.at.start, step)));
        }
        for multiple in &self.multiples {
            let own = multiple.steps(&self.tokens, self.policy);
            steps.extend(own.into_iter().map(|step| (multiple.from, step)));
        }
        steps.sort_by_key(|(at, _)| *at);
        steps.into_iter().map(|(_, step)| step).collect()
    }

    /// The one direction that the words have, if it is one.
    fn ways(&self, sizes: &[&Figure]) -> (Option<Direction>, Option<Doubt>) {
        let signs = sizes.iter().filter(|it| is_signed(&it.found)).map(|it| {
            let down = it.found.quantity.reading.hard().hi().value().is_some_and(|hi| !hi.is_positive());
            (if down { Direction::Down } else { Direction::Up }, it.at.clone())
        });
        let marks = self.marks.iter().map(|mark| (mark.direction, mark.at.clone()));
        let multiples = self.multiples.iter().filter(|it| !it.is_turned).map(|it| (it.direction, it.from..it.to));
        let mut said: Vec<(Direction, Range<usize>)> = marks.chain(multiples).chain(signs).collect();
        said.sort_by_key(|(_, at)| at.start);
        let first = |direction| said.iter().find(|(it, _)| *it == direction).map(|(_, at)| at);
        let doubt = match (self.reversal, first(Direction::Up), first(Direction::Down)) {
            (Some(at), ..) => Some(Doubt::Denied(self.bytes(&(at..at.saturating_add(1))))),
            (None, Some(up), Some(down)) => Some(Doubt::BothWays(self.bytes(up), self.bytes(down))),
            _ => None,
        };
        let turned = self.multiples.first().map(|it| it.direction);
        (said.first().map(|(direction, _)| *direction).or(turned), doubt)
    }

    /// A figure with the sign of its direction, and with the words of it where they stand beside it.
    fn signed(&self, figure: &Figure, way: Option<Direction>) -> Found {
        let Some(way) = way.filter(|_| !is_signed(&figure.found)) else { return figure.found.clone() };
        let range = self.with_direction(&figure.at, way);
        let bytes = self.bytes(&range);
        let own = &figure.found.quantity;
        // "Fell 0.0%" may be no fall at all, once it is rounded.
        let rounded = own.number.as_ref().is_some_and(Rational::is_zero);
        let rise = if rounded { Interval::at_least(Rational::ZERO) } else { towards(Direction::Up) };
        let cut = |reading: &Reading| reading.within(&rise).unwrap_or_else(|| reading.clone());
        let reading = cut(&own.reading);
        let (number, reading) = if way == Direction::Down {
            let mirrored = self.mirrored(figure).map_or_else(|| reading.clone(), |other| reading.hull(&cut(&other)));
            (own.number.as_ref().map(|number| -number), mirrored.scale(&-&Rational::ONE))
        } else {
            (own.number.clone(), reading)
        };
        let quantity = in_percent(self.tokens.slice(range.start, range.end), number, reading);
        Found { start: bytes.start, end: bytes.end, quantity }
    }

    /// The size read by the opposite rounding: whether "floor" is that of a fall's size or of the change below nought
    /// is not said, so a fall admits both.
    fn mirrored(&self, figure: &Figure) -> Option<Reading> {
        let opposite = match self.policy.rounding? {
            Rounding::Floor => Rounding::Ceiling,
            Rounding::Ceiling => Rounding::Floor,
            Rounding::HalfUp => Rounding::HalfDown,
            Rounding::HalfDown => Rounding::HalfUp,
            Rounding::Nearest | Rounding::Truncate | Rounding::Exact => return None,
        };
        let policy = ReadingPolicy { rounding: Some(opposite), ..self.policy.clone() };
        let found = find(&figure.found.quantity.text, &policy);
        found.into_iter().next().map(|found| found.quantity.reading)
    }

    /// The tokens of a size with those of the direction beside it, and the article before that.
    fn with_direction(&self, size: &Range<usize>, way: Direction) -> Range<usize> {
        let mark = self.marks.iter().find(|mark| mark.direction == way && self.is_tied(mark, size));
        let Some(mark) = mark else { return size.clone() };
        let range = mark.at.start.min(size.start)..mark.at.end.max(size.end);
        self.with_article(range)
    }

    fn with_article(&self, range: Range<usize>) -> Range<usize> {
        let is_article = |at: &usize| self.tokens.is_any(*at, &["a", "an"]);
        range.start.checked_sub(1).filter(is_article).unwrap_or(range.start)..range.end
    }

    /// A direction without a size, as sharp as its words say.
    fn alone(&self, way: Direction) -> Option<Found> {
        if way == Direction::Level {
            let (row, range) = self.levels.first()?;
            let (hard, soft) = level_reaches(row, self.policy);
            let around = |size: &Rational| Interval::around(&Rational::ZERO, size);
            return Some(self.found(range, Some(Rational::ZERO), Reading::new(around(&hard), around(&soft))));
        }
        let mark = self.marks.iter().find(|mark| mark.direction == way)?;
        let near = |at: usize| at.abs_diff(mark.at.start) <= DEGREE_REACH;
        let degree = self.degrees.iter().find(|(_, at)| near(*at));
        let hard = towards(way);
        let (soft, range) = match degree {
            Some((row, at)) => {
                let size = degree_reach(row, self.policy);
                (of_size(way, &size, row.at_least), mark.at.start.min(*at)..mark.at.end.max(at.saturating_add(1)))
            }
            None => (hard.clone(), mark.at.clone()),
        };
        Some(self.found(&self.with_article(range), None, Reading::new(hard, soft)))
    }

    fn found(&self, range: &Range<usize>, number: Option<Rational>, reading: Reading) -> Found {
        let bytes = self.bytes(range);
        let quantity = in_percent(self.tokens.slice(range.start, range.end), number, reading);
        Found { start: bytes.start, end: bytes.end, quantity }
    }
}

/// Whether a figure is written with its sign.
pub(super) fn is_signed(found: &Found) -> bool {
    let quantity = &found.quantity;
    quantity.text.starts_with('+') || quantity.number.as_ref().is_some_and(Rational::is_negative)
}
