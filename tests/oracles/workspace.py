"""What a random workspace is made of, and how it is written as claim and rule files.

Plain data: measures, dimensions, claims, events, rules, checks and assumptions of one article. Nothing here knows what any
of it means; `encode.py` does, from the documentation alone.

Instants are whole numbers of half days since 1 January 2025, so that an article's "now" (some moment of the dateline's day)
lies strictly between the beginning and the end of that day.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from fractions import Fraction

EPOCH = datetime.date(2025, 1, 1)


def starts(day: datetime.date) -> int:
    """The instant at which a day begins."""
    return 2 * (day - EPOCH).days


def ends(day: datetime.date) -> int:
    """The instant at which a day ends, which is the one at which the next begins."""
    return starts(day) + 2


def last_of_month(year: int, month: int) -> datetime.date:
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)


@dataclass(frozen=True)
class Reading:
    """The true values that the words of a figure admit, at the widest. `None` is no bound."""

    text: str
    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def admits(self, value: Fraction) -> bool:
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return not (self.high is not None and (value > self.high or (self.high_open and value == self.high)))


@dataclass(frozen=True)
class When:
    """A time: a period, a running total, a running total to a vague end, or a moment.

    `kind` is `period` (start to end), `through` (a running total to `end`), `vague` (a running total to one instant from
    `start` to `end`) or `moment` (the instant `end`).
    """

    kind: str
    text: str
    start: int
    end: int


@dataclass
class Measure:
    name: str
    over_time: str
    integer: bool
    least: int | None = 0
    greatest: int | None = None
    adds_over: tuple[str, ...] = ()
    origin: datetime.date | None = None
    unit: str | None = None


@dataclass
class Dimension:
    name: str
    members: tuple[str, ...] = ()
    complete: bool = False


@dataclass
class Formula:
    """A relation over names, twice: in the language of rules, and as a list in prefix form for the solver."""

    text: str
    tree: object


@dataclass
class Claim:
    id: str
    measure: str
    when: When
    scope: dict[str, str]
    reading: Reading
    of: str | None = None
    share_in: str | None = None
    change: tuple[When, When] | None = None
    change_measure: str | None = None
    derived: Formula | None = None
    bare: bool = False
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass
class Event:
    id: str
    text: str
    earliest: int
    latest: int


@dataclass
class Rule:
    """A rule of the kinds `stages`, `balance`, `breakdown` and `relation`."""

    id: str
    kind: str
    order: tuple[str, ...] = ()
    opening_zero: bool = True
    level: str = ""
    inflow: tuple[str, ...] = ()
    outflow: tuple[str, ...] = ()
    dimension: str = ""
    given: dict[str, str] = field(default_factory=dict)
    require: Formula | None = None
    where: Formula | None = None
    unknown: dict[str, tuple[bool, int | None]] = field(default_factory=dict)


@dataclass
class Check:
    id: str
    require: Formula
    names: tuple[str, ...]


@dataclass
class Assumption:
    id: str
    claim: str
    dimension: str
    member: str


@dataclass
class Article:
    id: str
    dateline: datetime.date
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    assumptions: list[Assumption] = field(default_factory=list)
    features: set[str] = field(default_factory=set)

    def claim_file(self) -> str:
        lines = ["[article]", f"dateline = {self.dateline}", 'source = "desk"', ""]
        for claim in self.claims:
            lines.append(f"[claim.{claim.id}]")
            value = claim.reading.text
            lines.append(f"value = {value}" if claim.bare else f'value = "{value}"')
            lines.append(f'measure = "{claim.measure}"')
            lines.append(f'when = "{claim.when.text}"')
            if claim.scope:
                lines.append("scope = " + inline({k: v for k, v in claim.scope.items()}))
            if claim.of:
                lines.append(f'of = "{claim.of}"')
                lines.append(f'in = "{claim.share_in}"')
            if claim.change:
                first, second = claim.change
                name = claim.change_measure
                lines.append(f"is = \"change({name}['{first.text}'], {name}['{second.text}'])\"")
            if claim.derived:
                lines.append(f'is = "{claim.derived.text}"')
            lines.append("")
        for event in self.events:
            lines += [f"[event.{event.id}]", f'on = "{event.text}"', ""]
        for check in self.checks:
            lines += [f"[check.{check.id}]", f'require = "{check.require.text}"', ""]
        for assumption in self.assumptions:
            that = f"{assumption.claim}.{assumption.dimension} == '{assumption.member}'"
            lines += [f"[assume.{assumption.id}]", f'that = "{that}"', 'because = "the desk says so"', ""]
        return "\n".join(lines)

    def rule_file(self) -> str:
        lines: list[str] = []
        for dimension in self.dimensions.values():
            if not dimension.members:
                continue
            lines.append(f"[dimension.{dimension.name}]")
            lines.append("members = [" + ", ".join(f'"{m}"' for m in dimension.members) + "]")
            if dimension.complete:
                lines.append("complete = true")
            lines.append("")
        for measure in self.measures.values():
            lines.append(f"[measure.{measure.name}]")
            lines.append(f'over-time = "{measure.over_time}"')
            if measure.least is not None:
                lines.append(f"least = {measure.least}")
            if measure.greatest is not None:
                lines.append(f"greatest = {measure.greatest}")
            if measure.integer:
                lines.append("integer = true")
            if measure.adds_over:
                lines.append("adds-over = [" + ", ".join(f'"{d}"' for d in measure.adds_over) + "]")
            if measure.origin:
                lines.append(f"origin = {measure.origin}")
            if measure.unit:
                lines.append(f'unit = "{measure.unit}"')
            lines.append("")
        for rule in self.rules:
            lines += [f"[rule.{rule.id}]", f'kind = "{rule.kind}"']
            if rule.kind == "stages":
                lines.append("order = [" + ", ".join(f'"{m}"' for m in rule.order) + "]")
                lines.append("opening = 0" if rule.opening_zero else 'opening = "unknown"')
            elif rule.kind == "balance":
                lines.append(f'level = "{rule.level}"')
                lines.append("in = [" + ", ".join(f'"{m}"' for m in rule.inflow) + "]")
                lines.append("out = [" + ", ".join(f'"{m}"' for m in rule.outflow) + "]")
            elif rule.kind == "breakdown":
                lines.append(f'dimension = "{rule.dimension}"')
            else:
                given = ", ".join(f'{name} = {{ measure = "{m}" }}' for name, m in rule.given.items())
                lines.append(f"given = {{ {given} }}")
                if rule.unknown:
                    lines.append("unknown = { " + ", ".join(unknown_text(n, u) for n, u in rule.unknown.items()) + " }")
                if rule.where:
                    lines.append(f'where = "{rule.where.text}"')
                lines.append(f'require = "{rule.require.text}"')
            lines.append("")
        return "\n".join(lines)


def unknown_text(name: str, unknown: tuple[bool, int | None]) -> str:
    integer, least = unknown
    parts = []
    if integer:
        parts.append("integer = true")
    if least is not None:
        parts.append(f"least = {least}")
    return f"{name} = {{ {', '.join(parts)} }}"


def inline(table: dict[str, str]) -> str:
    return "{ " + ", ".join(f'{k} = "{v}"' for k, v in table.items()) + " }"
