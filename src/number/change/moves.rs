//! Figures in any unit that words make a rise, a fall or a loss. Where a figure is not known to be a change, what they say
//! of it decides nothing: it shows that its sign has to be asked for.

use super::super::token::Kind;
use super::super::{Found, Unit};
use super::context::{
    ABOVE_ZERO, BEFORE_BY, BELOW_ZERO, BELOW_ZERO_REACH, BETWEEN, CLAUSE, COMPARING, FEWER, IN_THE_RED, LINKING,
    LOSING, OBJECTS, PARTING,
};
use super::said::is_signed;
use super::scan::{Figure, Mark, Scan};
use super::words::Direction;
use super::{Move, Way};
use std::ops::Range;

impl Scan<'_> {
    /// The figures that words make a rise, a fall or a loss, in their order.
    pub(super) fn moves(&self) -> Vec<Move> {
        let plain = self.figures.iter().filter(|figure| !is_signed(&figure.found));
        let figures = plain.filter_map(|figure| Some((figure.at.start, self.moved(figure)?)));
        let multiples = self.multiples.iter().filter_map(|multiple| {
            let at = multiple.from..multiple.to;
            let falls = self.marks.iter().any(|mark| mark.direction == Direction::Down && self.is_tied(mark, &at));
            (multiple.direction == Direction::Down || (multiple.is_turned && falls)).then(|| {
                let Range { start, end } = self.bytes(&at);
                let quantity = multiple.quantity(&self.tokens, Direction::Down, self.policy);
                (multiple.from, Move { found: Found { start, end, quantity }.turned(), way: Way::Less })
            })
        });
        let mut moves: Vec<(usize, Move)> = figures.chain(multiples).collect();
        moves.sort_by_key(|(at, _)| *at);
        moves.into_iter().map(|(_, moved)| moved).collect()
    }

    fn moved(&self, figure: &Figure) -> Option<Move> {
        let in_the_red = self.is_loss(figure);
        if self.is_level(figure) && !in_the_red {
            return None;
        }
        let says =
            |direction| self.marks.iter().filter(move |mark| mark.direction == direction && self.is_of(mark, figure));
        let loses = |mark: &&Mark| self.tokens.is_any(mark.at.start, &LOSING);
        let up = says(Direction::Up).next().is_some();
        let down = says(Direction::Down).any(|mark| !loses(&mark));
        let lost = in_the_red || says(Direction::Down).any(|mark| loses(&mark));
        let way = match (up, down, lost) {
            (false, false, false) => return None,
            (true, false, false) => Way::More,
            (false, true, false) => Way::Less,
            (false, false, true) => Way::Lost,
            _ => Way::Unclear,
        };
        Some(Move { found: figure.found.clone(), way })
    }

    /// Whether a direction is that of a figure: it stands beside it, or the figure is what it came to in the end.
    fn is_of(&self, mark: &Mark, figure: &Figure) -> bool {
        let size = &figure.at;
        let counts = !matches!(figure.found.quantity.unit, Unit::Percent | Unit::Points | Unit::Currency(_));
        // "26 people lost their homes" counts those who lost something, "26 contracts" and "26 buildings collapsed" count
        // what they name. "26 fewer" is a fall.
        let after = counts && mark.at.start >= size.end;
        let is_verb = after
            && (self.tokens.is_any(mark.at.end, &OBJECTS)
                || !self.is_fewer(mark, figure.found.quantity.unit != Unit::One));
        !is_verb && (self.is_tied(mark, size) || self.is_linked(mark, size) || self.is_in_clause(mark, figure))
    }

    /// Whether a word after a count says how many more or fewer there were, and names nothing.
    fn is_fewer(&self, mark: &Mark, is_measured: bool) -> bool {
        let at = mark.at.start;
        let compares = is_measured && self.tokens.is_any(at, &COMPARING);
        compares || self.tokens.is_any(at, &FEWER) || self.tokens.is_any(at, &LOSING)
    }

    /// The figures that words make a profit or a loss, and whether it is a loss: "a profit of $45m", "a loss before tax of
    /// $45m". From the word to the end of the figure.
    pub(super) fn profits_and_losses(&self) -> Vec<(Range<usize>, bool)> {
        let tokens = &self.tokens;
        let signed = self.figures.iter().filter_map(|figure| {
            let of = figure.at.start.checked_sub(1).filter(|at| tokens.is_any(*at, &["of", "was"]))?;
            let back = |at: usize, words: &[&str]| at.checked_sub(1).filter(|at| tokens.is_any(*at, words));
            let tax = back(of, &["tax"]).and_then(|tax| back(tax, &["before", "after"])).unwrap_or(of);
            let word = tax.checked_sub(1)?;
            let is_loss = tokens.is_any(word, &BELOW_ZERO);
            (is_loss || tokens.is_any(word, &ABOVE_ZERO)).then(|| (self.bytes(&(word..figure.at.end)), is_loss))
        });
        signed.collect()
    }

    /// "The fall was 8%", "the fall in arrests was 8%", "a decline in the number of reports of 8%".
    fn is_linked(&self, mark: &Mark, size: &Range<usize>) -> bool {
        let tokens = &self.tokens;
        let Some(last) = size.start.checked_sub(1).filter(|last| tokens.is_any(*last, &LINKING)) else { return false };
        let between = mark.at.end..last;
        if between.start > between.end || between.len() > BEFORE_BY {
            return false;
        }
        let of_what = tokens.is_any(between.start, &["in", "of"]) && !between.clone().any(|at| self.parts(at));
        of_what || between.clone().all(|at| tokens.is_any(at, &BETWEEN))
    }

    /// "Sales fell in May 8%": a percentage after a clear word of less, within one clause.
    fn is_in_clause(&self, mark: &Mark, figure: &Figure) -> bool {
        let between = mark.at.end..figure.at.start;
        let inside =
            |at: usize| self.tokens.is_kind(at, Kind::Word) && !self.tokens.is_any(at, &CLAUSE) && !self.parts(at);
        mark.is_clear
            && mark.direction == Direction::Down
            && figure.found.quantity.unit == Unit::Percent
            && between.start <= between.end
            && between.len() <= BEFORE_BY
            && between.clone().all(inside)
    }

    /// Whether words beside a figure make it less than nothing: "a loss of €3m", "the loss narrowed to €3m", "a €3m
    /// budget deficit", "€3m in the red".
    fn is_loss(&self, figure: &Figure) -> bool {
        let tokens = &self.tokens;
        let says = |at: usize| tokens.is_any(at, &BELOW_ZERO) || tokens.past_words(at, &IN_THE_RED).is_some();
        let stops = |at: usize| {
            let sign = tokens.is_any(at, &[".", ",", ";", ":", "?", "!"]);
            sign || tokens.is_kind(at, Kind::Number) || tokens.is_any(at, &ABOVE_ZERO)
        };
        let before = (0..BELOW_ZERO_REACH).map_while(|back| figure.at.start.checked_sub(back.saturating_add(1)));
        let after = figure.at.end..figure.at.end.saturating_add(BELOW_ZERO_REACH);
        before.take_while(|at| !stops(*at)).any(says)
            || tokens.past_words(figure.at.end, &IN_THE_RED).is_some()
            || after
                .take_while(|at| {
                    let word = tokens.is_kind(*at, Kind::Word) || tokens.is_any(*at, &["-", "\u{2011}"]);
                    word && !stops(*at) && (tokens.touches(*at) || !tokens.is_any(*at, &PARTING))
                })
                .any(|at| tokens.is_any(at, &BELOW_ZERO))
    }
}
