//! Negative cycles: the core of every verdict about running totals and dates.
//!
//! In: a system of differences `to - from <= at_most`. Out: values that satisfy all of them, or a cycle whose bounds
//! add up to less than nothing, which is why there are none.

use super::search::Ends;
use super::weight::{Engine, engine};
use crate::number::Rational;

/// An edge `to - from <= at_most` between nodes `0..n`.
#[derive(Clone, Debug)]
pub struct Arc {
    /// The node that is subtracted.
    pub from: usize,
    /// The node that it is subtracted from.
    pub to: usize,
    /// The bound.
    pub at_most: Rational,
    /// Whether the bound is excluded.
    pub strict: bool,
}

/// Values for all nodes that satisfy every arc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Potentials(pub Vec<Rational>);

/// Decides a system of differences over `nodes` nodes, exactly. It is fastest if nodes are numbered in time order. An
/// arc that names a node which is none of them is taken to add that node.
///
/// # Errors
/// If it has no solution: the places in `arcs` of a simple cycle whose bounds add up to less than zero, or to zero with
/// a strict one among them, in the order in which they are walked.
pub fn negative_cycle(nodes: usize, arcs: &[Arc]) -> Result<Potentials, Vec<usize>> {
    let mut search = prepare(nodes, arcs);
    match search.find() {
        Some(cycle) => Err(cycle),
        None => Ok(Potentials(search.values())),
    }
}

/// A search over arcs that can go on after some are removed.
pub(super) fn prepare(nodes: usize, arcs: &[Arc]) -> Box<dyn Engine> {
    let named = arcs.iter().map(|arc| arc.from.max(arc.to).saturating_add(1)).max().unwrap_or(0);
    let nodes = u32::try_from(nodes.max(named)).unwrap_or(u32::MAX);
    let number = |node: usize| u32::try_from(node).unwrap_or(u32::MAX);
    let ends: Vec<Ends> = arcs.iter().map(|arc| Ends { from: number(arc.from), to: number(arc.to) }).collect();
    engine(nodes, arcs, &ends)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn arc(from: usize, to: usize, at_most: Rational, strict: bool) -> Arc {
        Arc { from, to, at_most, strict }
    }

    /// Textbook Bellman-Ford over pairs (sum, strict arcs), compared as "less" or "equal with more strict ones".
    fn has_solution(nodes: usize, arcs: &[Arc]) -> bool {
        let mut labels = vec![(Rational::ZERO, 0_i64); nodes];
        for round in 0..=nodes {
            let mut fell = false;
            for arc in arcs {
                let (sum, strict) = &labels[arc.from];
                let reached = (sum + &arc.at_most, strict - i64::from(arc.strict));
                if reached < labels[arc.to] {
                    labels[arc.to] = reached;
                    fell = true;
                }
            }
            if !fell {
                return true;
            }
            if round == nodes {
                return false;
            }
        }
        true
    }

    fn hold(values: &[Rational], arcs: &[Arc]) -> bool {
        arcs.iter().all(|arc| {
            let difference = &values[arc.to] - &values[arc.from];
            if arc.strict { difference < arc.at_most } else { difference <= arc.at_most }
        })
    }

    fn is_impossible_simple_cycle(cycle: &[usize], arcs: &[Arc]) -> bool {
        let mut nodes: Vec<usize> = cycle.iter().map(|at| arcs[*at].from).collect();
        let closes = cycle.iter().zip(cycle.iter().cycle().skip(1)).all(|(a, b)| arcs[*a].to == arcs[*b].from);
        nodes.sort_unstable();
        nodes.dedup();
        let sum: Rational = cycle.iter().map(|at| arcs[*at].at_most.clone()).sum();
        let strict = cycle.iter().any(|at| arcs[*at].strict);
        !cycle.is_empty() && nodes.len() == cycle.len() && closes && (sum.is_negative() || sum.is_zero() && strict)
    }

    fn check(nodes: usize, arcs: &[Arc]) {
        match negative_cycle(nodes, arcs) {
            Ok(Potentials(values)) => {
                assert_eq!(values.len(), nodes);
                assert!(hold(&values, arcs), "{values:?} {arcs:?}");
                assert!(has_solution(nodes, arcs));
            }
            Err(cycle) => {
                assert!(is_impossible_simple_cycle(&cycle, arcs), "{cycle:?} {arcs:?}");
                assert!(!has_solution(nodes, arcs));
            }
        }
    }

    fn bounds() -> impl Strategy<Value = Rational> {
        prop_oneof![
            8 => (-3_i64..8).prop_map(Rational::from),
            4 => (-20_i64..60, 1_i64..12).prop_map(|(top, bottom)| Rational::new(top, bottom).unwrap()),
            1 => (any::<i64>(), 1_i64..i64::MAX).prop_map(|(top, bottom)| Rational::new(top, bottom).unwrap()),
            1 => (-40..40).prop_map(|power| Rational::power_of_ten(power).unwrap()),
            1 => (-40..40).prop_map(|power| -Rational::power_of_ten(power).unwrap()),
        ]
    }

    fn systems(bounds: impl Strategy<Value = Rational>) -> impl Strategy<Value = (usize, Vec<Arc>)> {
        let arcs = prop::collection::vec((0_usize..12, 0_usize..12, bounds, prop::bool::weighted(0.2)), 0..40);
        (1_usize..12, arcs).prop_map(|(nodes, arcs)| {
            let arcs =
                arcs.into_iter().map(|(from, to, at_most, strict)| arc(from % nodes, to % nodes, at_most, strict));
            (nodes, arcs.collect())
        })
    }

    proptest! {
        #[test]
        fn it_says_what_the_textbook_says((nodes, arcs) in systems(bounds())) {
            check(nodes, &arcs);
        }

        #[test]
        fn it_says_so_near_the_edge_too((nodes, arcs) in systems((-1_i64..4).prop_map(Rational::from))) {
            check(nodes, &arcs);
        }

        #[test]
        fn a_search_that_goes_on_finds_what_is_left((nodes, arcs) in systems((-3_i64..4).prop_map(Rational::from))) {
            let mut search = prepare(nodes, &arcs);
            let mut left: Vec<bool> = vec![true; arcs.len()];
            while let Some(cycle) = search.find() {
                prop_assert!(cycle.iter().all(|at| left[*at]));
                prop_assert!(is_impossible_simple_cycle(&cycle, &arcs));
                search.remove(cycle[0]);
                left[cycle[0]] = false;
            }
            let rest: Vec<Arc> = arcs.iter().zip(&left).filter(|(_, left)| **left).map(|(arc, _)| arc.clone()).collect();
            prop_assert!(hold(&search.values(), &rest));
        }
    }

    proptest! {
        #[test]
        fn arcs_that_come_back_count_again(
            (nodes, arcs) in systems((-2_i64..5).prop_map(Rational::from)),
            turns in prop::collection::vec(any::<prop::sample::Index>(), 1..30),
        ) {
            prop_assume!(!arcs.is_empty());
            let mut search = prepare(nodes, &arcs);
            let mut left = vec![true; arcs.len()];
            for turn in turns {
                let at = turn.index(arcs.len());
                left[at] = !left[at];
                if left[at] { search.restore(at) } else { search.remove(at) }
                let rest: Vec<Arc> = arcs.iter().zip(&left).filter(|(_, left)| **left).map(|(arc, _)| arc.clone()).collect();
                match search.find() {
                    Some(cycle) => {
                        prop_assert!(cycle.iter().all(|at| left[*at]) && is_impossible_simple_cycle(&cycle, &arcs));
                        prop_assert!(!has_solution(nodes, &rest));
                    }
                    None => prop_assert!(hold(&search.values(), &rest)),
                }
            }
        }
    }

    #[test]
    fn an_arc_that_comes_back_beside_a_loop_is_looked_at() {
        let arcs = [arc(1, 0, Rational::from(-1), false), arc(2, 2, Rational::from(-1), false)];
        let mut search = prepare(3, &arcs);
        search.remove(0);
        assert_eq!(search.find(), Some(vec![1]));
        search.restore(0);
        assert_eq!(search.find(), Some(vec![1]));
        search.remove(1);
        assert_eq!(search.find(), None);
        assert!(hold(&search.values(), &arcs[..1]));
    }

    #[test]
    fn an_empty_system_has_a_solution() {
        assert_eq!(negative_cycle(0, &[]), Ok(Potentials(Vec::new())));
        assert_eq!(negative_cycle(2, &[]), Ok(Potentials(vec![Rational::ZERO; 2])));
    }

    #[test]
    fn less_than_itself_is_impossible_and_at_most_itself_is_not() {
        assert_eq!(negative_cycle(1, &[arc(0, 0, Rational::ZERO, true)]), Err(vec![0]));
        assert!(negative_cycle(1, &[arc(0, 0, Rational::ZERO, false)]).is_ok());
    }

    #[test]
    fn bounds_beyond_machine_words_are_exact() {
        let huge = Rational::power_of_ten(900).unwrap();
        let tiny = Rational::power_of_ten(-900).unwrap();
        let arcs = [arc(0, 1, huge.clone(), false), arc(1, 0, -(&huge + &tiny), false)];
        assert_eq!(negative_cycle(2, &arcs).map_err(|cycle| cycle.len()), Err(2));
        let arcs = [arc(0, 1, huge.clone(), false), arc(1, 0, -huge, false)];
        assert!(negative_cycle(2, &arcs).is_ok());
    }

    #[test]
    fn a_long_chain_against_its_whole_is_found() {
        let months = 1_000;
        let mut arcs: Vec<Arc> = (0..months).map(|at| arc(at + 1, at, Rational::from(-2), false)).collect();
        arcs.push(arc(0, months, Rational::from(1_999), false));
        let cycle = negative_cycle(months + 1, &arcs).unwrap_err();
        assert_eq!(cycle.len(), months + 1);
        assert!(is_impossible_simple_cycle(&cycle, &arcs));
    }
}
