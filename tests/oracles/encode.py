"""What an article means, as an SMT-LIB problem: our own reading of the documentation, made without the engine.

- A measure that adds up is, in each scope, a running total P looked at between instants; a period is a difference of two
  of its values, a running total counts from its origin (stated, or one unknown of the measure and scope), a vague end is
  some value that P takes within its span. With `least = 0`, P never falls, and what a part gains is within what its cover
  gains, as is the sum of disjoint parts over a dimension that the measure adds over.
- A level is a value at each instant; a balance ties its changes to what came in and went out.
- Everything else is a number for each scope and time.

Every claim, rule, check and assumption stands behind a switch, so that a solver can be asked which of them clash:
`c_ID` holds a claim to its words, `g_ID` says that it was made at all (relations bind only what is reported), `r_ID` turns on
a rule (`r_additive` what the standard one says of times, `r_nested` what it says of scopes), `k_ID` a check, `u_ID` an assumption, and `lean` what is unsaid (that running totals began before everything else).

Two readings are encoded where the documentation leaves something open: the narrow one (`wide=False`) holds only what it
says outright, the wide one all that it may mean. What the narrow one contradicts must be reported; what the wide one
allows must not be.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

from formulas import COMPARISONS
from times import covered
from workspace import Article, Claim, Measure, Reading, When, starts
from world import within


def number(value: Fraction | int) -> str:
    value = Fraction(value)
    text = str(abs(value.numerator))
    if value.denominator != 1:
        text = f"(/ {text} {value.denominator})"
    return f"(- {text})" if value < 0 else text


def term(tree: object, names: dict[str, str]) -> str:
    if isinstance(tree, Fraction):
        return number(tree)
    if isinstance(tree, str):
        return names[tree]
    head, *rest = tree
    parts = [term(r, names) for r in rest]
    if head == "if":
        return f"(=> {parts[0]} {parts[1]})"
    if head in ("min", "max"):
        sign = "<=" if head == "min" else ">="
        return f"(ite ({sign} {parts[0]} {parts[1]}) {parts[0]} {parts[1]})"
    if head == "!=":
        return f"(distinct {parts[0]} {parts[1]})"
    if head in COMPARISONS:
        head = "=" if head == "==" else head
    return f"({head} {' '.join(parts)})"


class Problem:
    """The SMT-LIB text of an article, and the names of its switches."""

    def __init__(self, article: Article, wide: bool) -> None:
        self.article, self.wide = rounded_where_measured(article), wide
        article = self.article
        self.declared: list[str] = []
        self.asserted: list[str] = []
        self.switches: list[str] = []
        self.named: set[str] = set()
        self.dims = sorted({d for c in article.claims for d in (*c.scope, *c.assumed)})
        for claim in article.claims:
            self.switch(f"c_{claim.id}")
            self.switch(f"g_{claim.id}")
        for event in article.events:
            self.switch(f"c_{event.id}")
        for rule in article.rules:
            self.switch(f"r_{rule.id}")
        for check in article.checks:
            self.switch(f"k_{check.id}")
        for assumption in article.assumptions:
            self.switch(f"u_{assumption.id}")
        for rule in ("additive", "nested", "derived", "change", "percent-of-whole"):
            self.switch(f"r_{rule}")
        self.declare("lean", "Bool")
        self.find_scopes()
        self.find_instants()
        for measure in article.measures.values():
            if measure.over_time == "adds":
                self.counts(measure)
            elif measure.over_time == "level":
                self.levels(measure)
            else:
                self.figures(measure)
        for claim in article.claims:
            self.bounds(claim)
        for rule in article.rules:
            getattr(self, rule.kind)(rule)
        self.checks()

    def text(self) -> str:
        return "\n".join(self.declared + [f"(assert {a})" for a in self.asserted])

    # Names -----------------------------------------------------------------------------------------------------------

    def switch(self, name: str) -> None:
        self.declare(name, "Bool")
        self.switches.append(name)

    def declare(self, name: str, sort: str) -> str:
        if name not in self.named:
            self.named.add(name)
            self.declared.append(f"(declare-const |{name}| {sort})")
        return f"|{name}|"

    def hold(self, statement: str, *switches: str) -> None:
        if not switches:
            self.asserted.append(statement)
        elif len(switches) == 1:
            self.asserted.append(f"(=> |{switches[0]}| {statement})")
        else:
            self.asserted.append(f"(=> (and {' '.join(f'|{s}|' for s in switches)}) {statement})")

    def sort(self, measure: Measure) -> str:
        return "Int" if measure.integer else "Real"

    # Scopes ----------------------------------------------------------------------------------------------------------

    def scope(self, claim: Claim) -> tuple[str, ...]:
        named = claim.scope | claim.assumed
        return tuple(named.get(d, "") for d in self.dims)

    def broken_down(self, measure: Measure, dimension: str) -> str | None:
        """The rule that says that the members of a dimension make the whole."""
        if dimension not in measure.adds_over:
            return None
        return next((r.id for r in self.article.rules if r.kind == "breakdown" and r.dimension == dimension), None)

    def find_scopes(self) -> None:
        """For each measure, every scope that may matter: those reported, and what lies between them."""
        together: list[set[str]] = []
        for rule in self.article.rules:
            if rule.kind == "balance":
                together.append({rule.level, *rule.inflow, *rule.outflow})
            if rule.kind == "stages" and self.wide:
                together.append(set(rule.order))
        self.scopes: dict[str, list[tuple[str, ...]]] = {}
        for name, measure in self.article.measures.items():
            group = {name}
            for _ in together:
                group |= {m for t in together if t & group for m in t}
            axes: list[set[str]] = [set() for _ in self.dims]
            for claim in self.article.claims:
                if claim.measure in group or claim.change_measure in group:
                    for axis, member in zip(axes, self.scope(claim)):
                        axis.add(member)
            for axis, dimension in zip(axes, self.dims):
                if axis and self.broken_down(measure, dimension):
                    axis |= {"*", *self.article.dimensions[dimension].members}
            self.scopes[name] = [tuple(s) for s in product(*(sorted(a) for a in axes))] if all(axes) else []

    def lines(self, measure: Measure) -> list[tuple[int, tuple[str, ...], list[tuple[str, ...]]]]:
        """Each scope with the greatest ones inside it along one dimension: (dimension, cover, parts)."""
        found = []
        scopes = self.scopes[measure.name]
        for cover in scopes:
            for i, dimension in enumerate(self.dims):
                inside = [
                    s
                    for s in scopes
                    if s[i] != cover[i] and s[:i] + s[i + 1 :] == cover[:i] + cover[i + 1 :] and within(dimension, s[i], cover[i])
                ]
                parts = [s for s in inside if not any(t != s and within(dimension, s[i], t[i]) for t in inside)]
                if parts:
                    found.append((i, cover, parts))
        return found

    # Times -----------------------------------------------------------------------------------------------------------

    def find_instants(self) -> None:
        points: set[int] = set()
        for claim in self.article.claims:
            measure = self.article.measures[claim.measure]
            points.add(claim.when.end)
            if claim.when.kind in ("period", "vague"):
                points.add(claim.when.start)
            for when in claim.change or ():
                points |= {when.start, when.end}
            if measure.origin:
                points.add(starts(measure.origin))
        for measure in self.article.measures.values():
            if measure.origin:
                points.add(starts(measure.origin))
        self.instants = sorted(points)

    def at(self, measure: str, scope: tuple[str, ...], instant: int) -> str:
        return f"|{measure}[{','.join(scope)}]@{instant}|"

    def gain(self, measure: str, scope: tuple[str, ...], start: int, end: int) -> str:
        return f"(- {self.at(measure, scope, end)} {self.at(measure, scope, start)})"

    # Measures --------------------------------------------------------------------------------------------------------

    def counts(self, measure: Measure) -> None:
        name, never_falls = measure.name, measure.least is not None
        for scope in self.scopes[name]:
            for instant in self.instants:
                self.declare(self.at(name, scope, instant).strip("|"), self.sort(measure))
            if never_falls:
                for start, end in zip(self.instants, self.instants[1:]):
                    self.hold(f"(<= {self.at(name, scope, start)} {self.at(name, scope, end)})")
            if not measure.origin:
                self.declare(f"{name}[{','.join(scope)}]@origin", self.sort(measure))
                if never_falls and self.instants:
                    first = self.at(name, scope, self.instants[0])
                    self.hold(f"(<= {self.at(name, scope, 'origin')} {first})", "lean")
            if self.wide and measure.greatest is not None and self.instants:
                most = self.gain(name, scope, self.instants[0], self.instants[-1])
                self.hold(f"(<= {most} {number(measure.greatest)})")
        spans = list(zip(self.instants, self.instants[1:]))
        for i, cover, parts in self.lines(measure):
            dimension = self.dims[i]
            rule = self.broken_down(measure, dimension) if cover[i] == "*" else None
            adds = dimension in measure.adds_over
            for start, end in spans + ([] if measure.origin else [("origin", self.instants[0])]):
                on = ["lean"] if start == "origin" else []
                whole = self.gain(name, cover, start, end)
                pieces = [self.gain(name, p, start, end) for p in parts]
                total = f"(+ {' '.join(pieces)})" if len(pieces) > 1 else pieces[0]
                if never_falls and adds:
                    # A breakdown of the user's own speaks of the sum in the place of the standard rule.
                    self.hold(f"(<= {total} {whole})", f"r_{rule}" if rule else "r_nested", *on)
                    for piece in pieces if rule else []:
                        self.hold(f"(<= {piece} {whole})", "r_nested", *on)
                elif never_falls:
                    for piece in pieces:
                        self.hold(f"(<= {piece} {whole})", "r_nested", *on)
                if rule and self.article.dimensions[dimension].complete:
                    self.hold(f"(= {total} {whole})", f"r_{rule}", *on)

    def levels(self, measure: Measure) -> None:
        name = measure.name
        reported = {c.when.end for c in self.article.claims if c.measure == name}
        for scope in self.scopes[name]:
            for instant in self.instants:
                here = self.declare(self.at(name, scope, instant).strip("|"), self.sort(measure))
                if measure.least is not None and (self.wide or instant in reported):
                    self.hold(f"(>= {here} {number(measure.least)})")
                if measure.greatest is not None and self.wide:
                    self.hold(f"(<= {here} {number(measure.greatest)})")
        for i, cover, parts in self.lines(measure):
            rule = self.broken_down(measure, self.dims[i]) if cover[i] == "*" else None
            for instant in self.instants:
                if self.wide or instant in reported:
                    total = f"(+ 0 {' '.join(self.at(name, p, instant) for p in parts)})"
                    self.breaks(measure, i, total, self.at(name, cover, instant), rule)

    def breaks(self, measure: Measure, i: int, total: str, whole: str, rule: str | None) -> None:
        """What a dimension that a measure adds over says of a whole, by itself and by a breakdown."""
        if not rule:
            if self.dims[i] in measure.adds_over and measure.least is not None:
                self.hold(f"(<= {total} {whole})", "r_nested")
            return
        # A breakdown of the user's own speaks of the sum in the place of the standard rule.
        if self.article.dimensions[self.dims[i]].complete:
            self.hold(f"(= {total} {whole})", f"r_{rule}")
        elif measure.least is not None:
            self.hold(f"(<= {total} {whole})", f"r_{rule}")

    def place(self, measure: str, scope: tuple[str, ...], when: When) -> str:
        return f"|{measure}[{','.join(scope)}]{when.start}-{when.end}|"

    def figures(self, measure: Measure) -> None:
        """What does not add up over time: a number for each scope and time; distinct counts are held by their covers."""
        name = measure.name
        times: list[When] = []
        for claim in self.article.claims:
            asked = [claim.when] if claim.measure == name else []
            asked += list(claim.change or ()) if claim.change_measure == name else []
            times += [w for w in asked if all((w.start, w.end) != (t.start, t.end) for t in times)]
        for scope in self.scopes[name]:
            for when in times:
                here = self.declare(self.place(name, scope, when).strip("|"), self.sort(measure))
                if measure.least is not None:
                    self.hold(f"(>= {here} {number(measure.least)})")
                if measure.greatest is not None and self.wide:
                    self.hold(f"(<= {here} {number(measure.greatest)})")
            if measure.over_time == "distinct":
                self.covers(name, scope, times)
        for i, cover, parts in self.lines(measure):
            rule = self.broken_down(measure, self.dims[i]) if cover[i] == "*" else None
            for when in times:
                whole = self.place(name, cover, when)
                if measure.over_time == "distinct":
                    for part in parts:
                        self.hold(f"(<= {self.place(name, part, when)} {whole})", "r_additive")
                total = f"(+ 0 {' '.join(self.place(name, p, when) for p in parts)})"
                self.breaks(measure, i, total, whole, rule)

    def covers(self, name: str, scope: tuple[str, ...], times: list[When]) -> None:
        for one, other in product(times, times):
            if one is not other and other.start <= one.start and one.end <= other.end:
                self.hold(f"(<= {self.place(name, scope, one)} {self.place(name, scope, other)})", "r_additive")
        for size in range(2, len(times)):
            for group in combinations(times, size):
                for whole in times:
                    inside = all(whole.start <= p.start and p.end <= whole.end for p in group)
                    if whole not in group and covered(whole, group) and (inside or self.wide):
                        parts = " ".join(self.place(name, scope, p) for p in group)
                        self.hold(f"(<= {self.place(name, scope, whole)} (+ {parts}))", "r_additive")

    # Claims ----------------------------------------------------------------------------------------------------------

    def figure(self, claim: Claim) -> str:
        """The number that a claim bounds; an assumption makes it that of the scope that it names."""
        figure = self.value(claim.measure, self.scope(claim), claim.when, claim.id)
        if not claim.assumed:
            return figure
        own = f"{claim.id}.value"
        if own not in self.named:
            self.declare(own, self.sort(self.article.measures[claim.measure]))
            for assumption in self.article.assumptions:
                if assumption.claim == claim.id:
                    self.hold(f"(= |{own}| {figure})", f"u_{assumption.id}")
        return f"|{own}|"

    def value(self, name: str, scope: tuple[str, ...], when: When, claim: str = "") -> str:
        measure = self.article.measures[name]
        if measure.over_time == "level":
            return self.at(name, scope, when.end)
        if measure.over_time != "adds":
            return self.place(name, scope, when)
        span = self.span(Claim("", name, when, {}, Reading("", None, None)))
        figure = f"{name}[{','.join(scope)}]{when.kind}{claim if span is None else span}"
        if figure not in self.named:
            self.declare(figure, self.sort(measure))
            self.hold(f"(= |{figure}| {self.counted(measure, scope, when, claim)})", "r_additive")
        return f"|{figure}|"

    def counted(self, measure: Measure, scope: tuple[str, ...], when: When, claim: str) -> str:
        """A figure that adds up, as a difference of running totals."""
        name = measure.name
        if when.kind == "period":
            return self.gain(name, scope, when.start, when.end)
        origin = self.at(name, scope, starts(measure.origin) if measure.origin else "origin")
        if when.kind == "through":
            end = self.at(name, scope, when.end)
        else:
            end = self.declare(f"{name}[{','.join(scope)}]@{claim}", self.sort(measure))
            if measure.least is not None:
                self.hold(f"(<= {self.at(name, scope, when.start)} {end} {self.at(name, scope, when.end)})")
        return f"(- {end} {origin})"

    def within_reading(self, reading: Reading, figure: str, unit: str = "1") -> list[str]:
        """That a figure lies in a reading, times a unit."""
        found = []
        if reading.low is not None:
            low = number(reading.low) if unit == "1" else f"(* {number(reading.low)} {unit})"
            found.append(f"({'<' if reading.low_open else '<='} {low} {figure})")
        if reading.high is not None:
            high = number(reading.high) if unit == "1" else f"(* {number(reading.high)} {unit})"
            found.append(f"({'<' if reading.high_open else '<='} {figure} {high})")
        return found

    def bounds(self, claim: Claim) -> None:
        on = [f"c_{claim.id}"]
        measure = self.article.measures[claim.measure]
        figure = self.figure(claim)
        for statement in self.within_reading(claim.reading, figure):
            self.hold(statement, *on)
        if measure.least is not None:
            self.hold(f"(>= {figure} {number(measure.least)})", f"g_{claim.id}")
        if measure.greatest is not None:
            self.hold(f"(<= {figure} {number(measure.greatest)})", f"g_{claim.id}")
        if claim.of:
            self.share(claim)
        if claim.change:
            first, second = (self.compared(claim, w) for w in claim.change)
            if self.wide or self.never_zero(claim.change_measure, self.scope(claim), claim.change[0]):
                hundredfold = f"(* 100 (- {second} {first}))"
                for statement in self.within_reading(claim.reading, hundredfold, first):
                    self.hold(f"(=> (> {first} 0) {statement})", *on, "r_change")

    def compared(self, claim: Claim, when: When) -> str:
        """A figure that a change speaks of; outright, one that nobody reports is an unknown of its own."""
        name, scope = claim.change_measure, self.scope(claim)
        measure = self.article.measures[name]
        span = self.span(Claim("", name, when, {}, claim.reading))
        if self.wide or span is None or self.made(name, scope, span):
            return self.value(name, scope, when)
        unknown = self.declare(f"{claim.id}.{when.start}-{when.end}", self.sort(measure))
        if measure.least is not None:
            self.hold(f"(>= {unknown} {number(measure.least)})")
        return unknown

    def never_zero(self, name: str, scope: tuple[str, ...], when: When) -> bool:
        """Whether the words about a figure exclude 0."""
        return any(
            not c.reading.admits(Fraction(0))
            for c in self.article.claims
            if c.measure == name and self.scope(c) == scope and self.same_time(c, when, name) and not c.assumed
        )

    def span(self, claim: Claim) -> tuple[int, int] | None:
        """The certain period of a claim; of a moment, the day that it ends, which is how it is written."""
        measure = self.article.measures[claim.measure]
        if claim.when.kind == "period":
            return (claim.when.start, claim.when.end)
        if claim.when.kind == "moment":
            return (claim.when.end - 2, claim.when.end)
        if claim.when.kind == "through" and measure.origin:
            return (starts(measure.origin), claim.when.end)
        return None

    def same_time(self, claim: Claim, when: When, name: str) -> bool:
        asked = Claim("", name, when, {}, claim.reading)
        return self.span(claim) is not None and self.span(claim) == self.span(asked)

    def made(self, name: str, scope: tuple[str, ...], span: tuple[int, int]) -> str | None:
        """The condition that some claim about a figure was made; none if there is no such claim."""
        found = []
        for claim in self.article.claims:
            if claim.measure == name and self.scope(claim) == scope and self.span(claim) == span:
                on = [f"|g_{claim.id}|"] + [f"|u_{a.id}|" for a in self.article.assumptions if a.claim == claim.id]
                found.append(f"(and {' '.join(on)})")
        return f"(or {' '.join(found)})" if found else None

    def share(self, claim: Claim) -> None:
        by_id = {c.id: c for c in self.article.claims}
        on = [f"c_{claim.id}", "r_percent-of-whole"]
        if claim.of in by_id:
            part, whole = self.figure(by_id[claim.of]), self.figure(by_id[claim.share_in])
            conditions = [f"|g_{claim.of}|", f"|g_{claim.share_in}|"]
            named = by_id[claim.share_in]
            # A claim that is named by its id is meant as itself, wherever an assumption puts it.
            positive = not named.reading.admits(Fraction(0))
            positive |= self.never_zero(named.measure, self.scope(named), named.when)
        else:
            span = self.span(claim)
            if span is None:
                return  # of a share that has no certain period, no figure is known to be of the same
            conditions = [self.made(m, self.scope(claim), span) for m in (claim.of, claim.share_in)]
            if None in conditions:
                return
            part, whole = (self.value(m, self.scope(claim), claim.when) for m in (claim.of, claim.share_in))
            positive = self.never_zero(claim.share_in, self.scope(claim), claim.when)
        if not (positive or self.wide):
            return
        for statement in self.within_reading(claim.reading, f"(* 100 {part})", whole):
            self.hold(f"(=> (and {' '.join(conditions)} (> {whole} 0)) {statement})", *on)

    # Rules -----------------------------------------------------------------------------------------------------------

    def stages(self, rule) -> None:
        if not rule.opening_zero:
            return
        for first, later in zip(rule.order, rule.order[1:]):
            origin = starts(self.article.measures[first].origin)
            for scope in self.scopes[first]:
                if scope in self.scopes[later] and (self.wide or self.reported(first, scope, later)):
                    for instant in self.instants:
                        if instant > origin:
                            came = self.gain(first, scope, origin, instant)
                            went = self.gain(later, scope, origin, instant)
                            self.hold(f"(<= {went} {came})", f"r_{rule.id}")

    def reported(self, first: str, scope: tuple[str, ...], later: str) -> bool:
        """Whether something is claimed of both measures in a scope."""
        of = {c.measure for c in self.article.claims if self.scope(c) == scope}
        return {first, later} <= of

    def balance(self, rule) -> None:
        """Over every period, or outright only over those whose levels at both ends are reported."""
        for scope in self.scopes[rule.level]:
            spans = list(zip(self.instants, self.instants[1:]))
            if not self.wide:
                spans = [pair for pair in combinations(self.instants, 2) if None not in self.ends(rule.level, scope, pair)]
            for start, end in spans:
                flows = [self.gain(m, scope, start, end) for m in rule.inflow]
                flows += [f"(- {self.gain(m, scope, start, end)})" for m in rule.outflow]
                total = f"(+ {' '.join(flows)})" if len(flows) > 1 else flows[0]
                closes = f"(= {self.gain(rule.level, scope, start, end)} {total})"
                if not self.wide:
                    closes = f"(=> (and {' '.join(self.ends(rule.level, scope, (start, end)))}) {closes})"
                self.hold(closes, f"r_{rule.id}")

    def ends(self, level: str, scope: tuple[str, ...], period: tuple[int, int]) -> list[str | None]:
        """That the levels at both ends of a period were reported."""
        return [self.made(level, scope, (instant - 2, instant)) for instant in period]

    def breakdown(self, rule) -> None:
        """Held with the measures that add over the dimension."""

    def relation(self, rule) -> None:
        """One instance for each scope and time at which every bound measure is reported."""
        places = {(self.scope(c), self.span(c)) for c in self.article.claims if self.span(c)}
        for count, (scope, span) in enumerate(sorted(places)):
            conditions, names = [], {}
            for name, measure in rule.given.items():
                conditions.append(self.made(measure, scope, span))
                if conditions[-1] is None:
                    break
                claim = next(
                    c
                    for c in self.article.claims
                    if c.measure == measure and self.scope(c) == scope and self.span(c) == span
                )
                names[name] = self.value(measure, scope, claim.when, claim.id)
            if None in conditions:
                continue
            extra = []
            for name, (integer, least) in rule.unknown.items():
                names[name] = self.declare(f"{rule.id}.{name}{count}", "Int" if integer else "Real")
                if least is not None:
                    extra.append(f"(>= {names[name]} {number(least)})")
            statement = term(rule.require.tree, names)
            if extra:
                statement = f"(and {statement} {' '.join(extra)})"
            if rule.where:
                conditions.append(term(rule.where.tree, names))
            self.hold(f"(=> (and {' '.join(conditions)}) {statement})", f"r_{rule.id}")

    def checks(self) -> None:
        names = {}
        for event in self.article.events:
            day = self.declare(f"day.{event.id}", "Int")
            self.hold(f"(<= {event.earliest // 2} {day} {event.latest // 2})", f"c_{event.id}")
            names[event.id] = day
        for claim in self.article.claims:
            names[claim.id] = self.figure(claim)
        for claim in self.article.claims:
            if claim.derived:
                self.hold(f"(= {names[claim.id]} {term(claim.derived.tree, names)})", f"g_{claim.id}", "r_derived")
        for check in self.article.checks:
            self.hold(term(check.require.tree, names), f"k_{check.id}")


def rounded_where_measured(article: Article) -> Article:
    """The article with whole numbers rounded in measures of which some claim has decimals, and that are no counts."""

    def has_decimals(claim: Claim) -> bool:
        found = re.search(r"\d[\d,]*\.\d+", claim.reading.text)
        is_range = claim.reading.text.startswith("between")
        scaled = re.search(r"thousand|million|\dm\b", claim.reading.text)
        return bool(found) and not is_range and not scaled and Fraction(found.group().replace(",", "")).denominator > 1

    measured = {c.measure for c in article.claims if has_decimals(c) and not article.measures[c.measure].integer}

    def read(claim: Claim) -> Claim:
        reading = claim.reading
        whole = re.fullmatch(r"-?[\d,]+", reading.text) and reading.low is not None and reading.low == reading.high
        if claim.measure not in measured or not whole:
            return claim
        half = Fraction(1, 2)
        low = reading.low - half
        least = article.measures[claim.measure].least
        return replace(claim, reading=replace(reading, low=low if least is None else max(low, Fraction(least)), high=reading.high + half))

    return replace(article, claims=[read(claim) for claim in article.claims])
