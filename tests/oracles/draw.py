"""Draws a random article: a true world first, claims read off it, and then, mostly, one or two of them spoiled.

Each article draws a few parts (stages, balance, breakdown, shares, relations, checks, events, …) over shared measures,
scopes and times, so that they meet in the same figures.
"""

from __future__ import annotations

import random
from fractions import Fraction

import spoil
from readings import as_written, percent_for, plain, words_for
from times import Frame, draw_frame
from workspace import Article, Claim, Dimension, Measure, Reading, Rule, When, starts
from world import World

PARTS = {
    "nested-scopes": 5,
    "breakdown": 6,
    "stages": 4,
    "balance": 4,
    "share": 4,
    "change": 3,
    "derived": 3,
    "relation": 7,
    "check": 6,
    "events": 3,
    "assumption": 3,
    "distinct": 2,
    "event-scope": 2,
}


class Drawing:
    """One article in the making."""

    def __init__(self, seed: int, index: int) -> None:
        self.draw = draw = random.Random(f"{seed}/{index}")
        self.frame: Frame = draw_frame(draw)
        self.id = f"a{index}"
        self.article = Article(self.id, self.frame.dateline)
        self.features = self.article.features
        names = list(PARTS)
        count = draw.choice([1, 2, 2, 3, 3, 4])
        self.parts: set[str] = set()
        while len(self.parts) < count:
            self.parts.add(draw.choices(names, [PARTS[n] for n in names])[0])
        self.features |= self.parts
        self.integer = draw.random() < 0.7
        self.features.add("integer" if self.integer else "real")
        self.tight = draw.choice([0.2, 0.5, 0.8])
        self.make_dimensions()
        self.make_world()
        self.make_measures()
        self.make_scopes_and_times()
        self.make_claims()

    # What there is -------------------------------------------------------------------------------------------------

    def make_dimensions(self) -> None:
        self.dims: list[str] = []
        self.complete = False
        if "nested-scopes" in self.parts or self.draw.random() < 0.1:
            self.dims.append("place")
        if self.parts & {"breakdown", "assumption"} or self.draw.random() < 0.1:
            self.complete = self.draw.random() < 0.6
            name = f"{self.id}-party"
            self.dims.append(name)
            self.article.dimensions[name] = Dimension(name, ("p", "q", "r"), self.complete)
        if "event-scope" in self.parts:
            self.dims.append("event")
        self.party = next((d for d in self.dims if d.endswith("-party")), None)

    def make_world(self) -> None:
        scale = Fraction(1)
        if self.integer:
            if self.draw.random() < 0.2:
                scale = Fraction(self.draw.choice([170, 1300, 410_000]))
        else:
            scale = Fraction(1, 10)
        self.origin = None
        instants = list(self.frame.instants)
        if self.draw.random() < 0.5:
            first = self.frame.cuts[0]
            self.origin = self.draw.choice([first, first.replace(day=1), first.replace(month=1, day=1)])
            if self.draw.random() < 0.15:
                self.origin = self.draw.choice(self.frame.cuts[:-1])
            instants = sorted(set(instants) | {starts(self.origin)})
        self.world = World(instants, self.dims, self.complete, scale, self.integer, self.draw)

    def measure(self, name: str, over_time: str, **more: object) -> str:
        full = f"{self.id}-{name}"
        integer = more.pop("integer", self.integer)
        self.article.measures[full] = Measure(full, over_time, integer, **more)
        return full

    def other_origin(self):
        """The origin of the second count: that of the first, except that it may be left unsaid where no stages need it."""
        if "stages" in self.parts or self.draw.random() < 0.75:
            return self.origin
        return None

    def make_measures(self) -> None:
        draw, parts = self.draw, self.parts
        needs_count = parts & {"stages", "balance", "share"}
        adds_over = ()
        if self.party and ("breakdown" in parts or draw.random() < 0.5):
            adds_over += (self.party,)
        if "place" in self.dims and draw.random() < 0.3:
            adds_over += ("place",)
        if adds_over:
            self.features.add("adds-over")
        signed = not needs_count and draw.random() < 0.12
        kind = "adds"
        if not needs_count and not signed and draw.random() < 0.15:
            kind = draw.choice(["none", "level"])
        origin = self.origin if kind == "adds" else None
        self.a = self.measure("arrests", kind, adds_over=adds_over, origin=origin, least=None if signed else 0)
        self.features.add("signed" if signed else f"main-{kind}")
        if kind == "adds":
            self.world.add_count(self.a, signed, origin=starts(origin) if origin and "stages" in parts else None)
        elif kind == "level":
            self.world.add_level(self.a, (), ())
        else:
            self.world.add_count(self.a, False)
        self.counts = [self.a]
        if parts & {"stages", "balance", "share", "relation"}:
            below = self.a if kind == "adds" and ("stages" in parts or draw.random() < 0.4) else None
            kind = kind if kind == "adds" or draw.random() < 0.5 else "adds"
            self.b = self.measure(
                "returns",
                kind if kind != "level" or "relation" in parts else "adds",
                adds_over=adds_over,
                origin=self.other_origin() if kind == "adds" else None,
                least=None if signed else 0,
            )
            if self.article.measures[self.b].over_time == "level":
                self.world.add_level(self.b, (), ())
            else:
                self.world.add_count(self.b, signed, below)
            self.counts.append(self.b)
        if "stages" in parts:
            opening = self.origin is not None and draw.random() < 0.85
            if not opening:
                self.features.add("stages-unknown-opening")
            self.article.rules.append(Rule(f"{self.id}-stages", "stages", order=(self.a, self.b), opening_zero=opening))
        self.level = None
        if "balance" in parts:
            out = (self.b,) if draw.random() < 0.8 else ()
            self.level = self.measure("custody", "level", adds_over=adds_over)
            self.world.add_level(self.level, (self.a,), out)
            self.article.rules.append(
                Rule(f"{self.id}-balance", "balance", level=self.level, inflow=(self.a,), outflow=out)
            )
        if "breakdown" in parts:
            self.features.add("complete" if self.complete else "incomplete")
            self.article.rules.append(Rule(f"{self.id}-parties", "breakdown", dimension=self.party))
        self.visitors = None
        if "distinct" in parts:
            self.visitors = self.measure("visitors", "distinct")
            self.world.add_visits(self.visitors)

    def make_scopes_and_times(self) -> None:
        draw = self.draw
        scopes: list[dict[str, str]] = [{}]
        for dimension in self.dims:
            if dimension == "place":
                options = draw.choice([["K", "K/A"], ["K", "K/A", "K/B"], ["*", "K", "K/A"], ["*", "K/B"]])
                if "nested-scopes" not in self.parts:
                    options = ["K"]
            elif dimension == "event":
                options = ["", "raid"]
            else:
                options = ["*", "p", "q", "r"]
                if "breakdown" not in self.parts:
                    options = draw.choice([["*", "p"], ["p"], ["*", "p", "q"], ["p", "q"]])
            scopes = [scope | ({dimension: o} if o else {}) for scope in scopes for o in options]
        limit = 5 if "breakdown" in self.parts else draw.choice([1, 2, 3])
        if len(scopes) > limit:
            first = scopes[0]
            if "breakdown" in self.parts:
                base = draw.choice(scopes)
                line = [base | {self.party: o} for o in ("*", "p", "q", "r")]
                rest = [s for s in scopes if s not in line]
                scopes = line + draw.sample(rest, min(len(rest), draw.choice([0, 0, 1, 2])))
            else:
                scopes = [first] + draw.sample(scopes[1:], limit - 1)
        self.scopes = scopes

    # Claims --------------------------------------------------------------------------------------------------------

    def times_for(self, measure: str) -> list[When]:
        """The times at which claims of a measure are made: a few, the same for measures of one kind."""
        kind = self.article.measures[measure].over_time
        if not hasattr(self, "times"):
            self.times: dict[str, list[When]] = {}
        if kind in self.times:
            return self.times[kind]
        draw, frame = self.draw, self.frame
        if kind == "level":
            moments = frame.moments()
            chosen = draw.sample(moments, min(len(moments), draw.choice([2, 2, 3])))
        else:
            periods = frame.periods()
            chosen = draw.sample(periods, min(len(periods), draw.choice([2, 3, 4, 5])))
            if kind == "adds":
                if draw.random() < 0.45:
                    late = [t for t in frame.throughs() if not self.origin or t.end > starts(self.origin)]
                    chosen += draw.sample(late, min(len(late), draw.choice([1, 2])))
                vagues = [t for t in frame.vagues() if not self.origin or t.start >= starts(self.origin)]
                if vagues and draw.random() < 0.35:
                    chosen.append(draw.choice(vagues))
                if draw.random() < 0.25:
                    chosen.append(frame.so_far())
                    if not self.origin or frame.now > starts(self.origin):
                        chosen.append(frame.to_date())
        self.times[kind] = chosen
        return chosen

    def truth(self, measure: str, scope: dict[str, str], when: When) -> Fraction:
        """The true value of a figure; for a vague end, that at some moment of its span."""
        about = self.article.measures[measure]
        if measure == self.visitors:
            return self.world.distinct(measure, scope, when.start, when.end)
        if about.over_time == "level":
            return self.world.running(measure, scope, when.end)
        if when.kind == "period":
            return self.world.count(measure, scope, when.start, when.end)
        end = when.end
        if when.kind == "vague":
            inside = [i for i in self.world.instants if when.start <= i <= when.end]
            end = self.draw.choice(inside)
        if about.origin:
            return self.world.count(measure, scope, starts(about.origin), end)
        return self.world.running(measure, scope, end)

    def words(self, value: Fraction, measure: str) -> Reading:
        if value < 0:
            return Reading(f"exactly {plain(value)}", value, value)
        about = self.article.measures[measure]
        if about.unit == "percent":
            return percent_for(value, self.draw, self.features)
        if self.draw.random() < self.tight:
            return as_written(value)
        return words_for(value, about.integer, self.draw, self.features)

    def claim(self, measure: str, scope: dict[str, str], when: When, value: Fraction | None = None) -> Claim:
        value = self.truth(measure, scope, when) if value is None else value
        claim = Claim(f"c{len(self.article.claims)}", measure, when, dict(scope), self.words(value, measure))
        if self.draw.random() < 0.3 and claim.reading.text.replace(".", "").isdigit():
            claim.bare = True
        if when.kind in ("through", "vague"):
            self.features.add("vague-end" if when.kind == "vague" else "running-total")
            self.features.add("known-origin" if self.article.measures[measure].origin else "unknown-origin")
        if when.end == self.frame.now:
            self.features.add("now")
        self.truths[claim.id] = value
        self.article.claims.append(claim)
        return claim

    def make_claims(self) -> None:
        draw = self.draw
        self.truths: dict[str, Fraction] = {}
        target = draw.choice([2, 4, 6, 7, 8, 9, 10, 11])
        places = [(m, s, t) for m in self.counts for s in self.scopes for t in self.times_for(m)]
        if self.level:
            places += [(self.level, s, t) for s in self.scopes for t in self.times_for(self.level)] * 2
        if self.visitors:
            places += [(self.visitors, s, t) for s in self.scopes for t in self.times_for(self.visitors)]
        draw.shuffle(places)
        chosen: list[tuple] = []
        while places and len(chosen) < target:
            place = places.pop()
            if place in chosen and draw.random() < 0.7:
                continue
            chosen.append(place)
            measure, scope, when = place
            if len(self.counts) > 1 and measure in self.counts and draw.random() < 0.6:
                other = self.counts[1 - self.counts.index(measure)]
                if when in self.times_for(other) and (other, scope, when) not in chosen:
                    chosen.append((other, scope, when))
            if "breakdown" in self.parts and draw.random() < 0.5 and measure in (*self.counts, self.level):
                for member in ("*", "p", "q", "r"):
                    beside = (measure, scope | {self.party: member}, when)
                    if beside not in chosen and len(chosen) < 11:
                        chosen.append(beside)
        for place in chosen[:11]:
            self.claim(*place)
        if draw.random() < 0.12 and len(self.article.claims) > 2:
            self.features.add("unknown-value")
            claim = draw.choice(self.article.claims)
            claim.reading, claim.bare = Reading("?", None, None), False
        spoil.add_shares(self)
        spoil.add_changes(self)
        spoil.add_derived(self)
        spoil.add_relations(self)
        spoil.add_assumption(self)
        spoil.add_checks(self)
        spoil.add_events(self)
        spoil.spoil(self)
        spoil.cap(self)


def draw_article(seed: int, index: int) -> Article:
    return Drawing(seed, index).article
