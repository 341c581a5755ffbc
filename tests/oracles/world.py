"""A true world: whole tables of what really happened, from which claims are then taken.

Every measure has a value in each smallest part of scope and time; the value of a claim is the sum over what it covers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from fractions import Fraction

# The members that a claim may name in each dimension, with the smallest parts (atoms) that each of them holds.
MEMBERS = {
    "place": {"*": ("a", "b", "k", "o"), "K": ("a", "b", "k"), "K/A": ("a",), "K/B": ("b",)},
    "party": {"*": ("p", "q", "r", "x"), "p": ("p",), "q": ("q",), "r": ("r",)},
    "event": {"": ("e", "f"), "raid": ("e",)},
}


def kind_of(dimension: str) -> str:
    """`a17-party` is a dimension of the kind `party`; `event` is itself."""
    return dimension.rsplit("-", 1)[-1]


def within(dimension: str, part: str, cover: str) -> bool:
    members = MEMBERS[kind_of(dimension)]
    return set(members[part]) <= set(members[cover])


def apart(dimension: str, one: str, other: str) -> bool:
    members = MEMBERS[kind_of(dimension)]
    return not set(members[one]) & set(members[other])


@dataclass
class World:
    """Increments of counts, levels at the beginning, and figures that do not add up."""

    instants: list[int]
    dimensions: list[str]
    complete: bool
    scale: Fraction
    integer: bool
    draw: random.Random
    steps: dict[str, dict[tuple[str, ...], list[Fraction]]] = field(default_factory=dict)
    bases: dict[str, dict[tuple[str, ...], Fraction]] = field(default_factory=dict)
    visits: dict[str, list[tuple[tuple[str, ...], frozenset[int], Fraction]]] = field(default_factory=dict)
    rates: dict[tuple, Fraction] = field(default_factory=dict)

    def atoms(self, scope: dict[str, str]) -> list[tuple[str, ...]]:
        cells: list[tuple[str, ...]] = [()]
        for dimension in self.dimensions:
            named = scope.get(dimension, "" if dimension == "event" else "*")
            kind = kind_of(dimension)
            parts = [a for a in MEMBERS[kind][named] if not (a == "x" and self.complete)]
            cells = [cell + (part,) for cell in cells for part in parts]
        return cells

    def some(self, most: int) -> Fraction:
        if self.draw.random() < 0.25:
            return Fraction(0)
        return Fraction(self.draw.randint(0, most)) * self.scale

    def add_count(self, measure: str, signed: bool, below: str | None = None, origin: int | None = None) -> None:
        """A count; with `below`, one that never outruns another in any cell."""
        table: dict[tuple[str, ...], list[Fraction]] = {}
        for cell in self.atoms({}):
            steps: list[Fraction] = []
            spare = Fraction(0)
            for i in range(len(self.instants) - 1):
                before = origin is not None and self.instants[i] < origin
                if below is not None:
                    spare += Fraction(0) if before else self.steps[below][cell][i]
                    share = self.draw.choice([0, 1, 2, 2]) * spare / 2
                    step = Fraction(int(share / self.scale)) * self.scale
                    step = Fraction(0) if before else step
                    spare -= step
                elif before:
                    step = Fraction(0)
                else:
                    step = self.some(12)
                    if signed and self.draw.random() < 0.3:
                        step = -step
                steps.append(step)
            table[cell] = steps
        self.steps[measure] = table
        self.bases[measure] = {cell: self.some(6) for cell in table}

    def add_level(self, measure: str, inflow: tuple[str, ...], outflow: tuple[str, ...]) -> None:
        table: dict[tuple[str, ...], list[Fraction]] = {}
        bases: dict[tuple[str, ...], Fraction] = {}
        for cell in self.atoms({}):
            steps = []
            for i in range(len(self.instants) - 1):
                if inflow or outflow:
                    gained = sum((self.steps[m][cell][i] for m in inflow), Fraction(0))
                    step = gained - sum((self.steps[m][cell][i] for m in outflow), Fraction(0))
                else:
                    step = self.some(6) - self.some(6)
                steps.append(step)
            lowest, total = Fraction(0), Fraction(0)
            for step in steps:
                total += step
                lowest = min(lowest, total)
            table[cell] = steps
            bases[cell] = self.some(5) - lowest
        self.steps[measure] = table
        self.bases[measure] = bases

    def add_visits(self, measure: str) -> None:
        groups = []
        for cell in self.atoms({}):
            for _ in range(self.draw.randint(1, 3)):
                seen = frozenset(i for i in range(len(self.instants) - 1) if self.draw.random() < 0.5)
                groups.append((cell, seen, self.some(12)))
        self.visits[measure] = groups

    def count(self, measure: str, scope: dict[str, str], start: int, end: int) -> Fraction:
        first, last = self.instants.index(start), self.instants.index(end)
        return sum((sum(self.steps[measure][c][first:last], Fraction(0)) for c in self.atoms(scope)), Fraction(0))

    def running(self, measure: str, scope: dict[str, str], end: int) -> Fraction:
        """A running total from an origin that nobody states: what there was before, and all since."""
        base = sum((self.bases[measure][c] for c in self.atoms(scope)), Fraction(0))
        return base + self.count(measure, scope, self.instants[0], end)

    def distinct(self, measure: str, scope: dict[str, str], start: int, end: int) -> Fraction:
        first, last = self.instants.index(start), self.instants.index(end)
        span, cells = set(range(first, last)), set(self.atoms(scope))
        return sum((n for cell, seen, n in self.visits[measure] if cell in cells and seen & span), Fraction(0))

    def rate(self, key: tuple, most: int = 9) -> Fraction:
        """A figure that does not add up, such as a price: the same whenever it is asked for again."""
        if key not in self.rates:
            self.rates[key] = Fraction(self.draw.randint(1, most))
        return self.rates[key]
