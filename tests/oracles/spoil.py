"""The parts of a random article that come after its counts: shares, changes, relations, assumptions, checks, events; and
what spoils it. All constants are chosen so that the true world satisfies them, before something is spoiled.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

from formulas import formula, value
from readings import plain
from times import DAY
from workspace import Assumption, Check, Claim, Event, Reading, Rule, When, last_of_month, starts

LIMIT = 12


def room(self) -> int:
    return LIMIT - len(self.article.claims) - len(self.article.events)


def figures(self, measure: str) -> list[tuple[dict[str, str], When]]:
    """Where a measure is reported over a certain time."""
    found = []
    for claim in self.article.claims:
        certain = claim.when.kind in ("period", "moment")
        certain |= claim.when.kind == "through" and self.article.measures[measure].origin is not None
        if claim.measure == measure and certain:
            if (claim.scope, claim.when) not in found:
                found.append((claim.scope, claim.when))
    return found


def shared(self, one: str, other: str) -> list[tuple[dict[str, str], When]]:
    there = [(scope, span(self, other, when)) for scope, when in figures(self, other)]
    return [(scope, when) for scope, when in figures(self, one) if (scope, span(self, one, when)) in there]


def span(self, measure: str, when: When) -> tuple[int, int] | When:
    """The certain time of a figure; a running total counts from its stated origin, and has none without."""
    origin = self.article.measures[measure].origin
    if when.kind == "through" and origin:
        return (starts(origin), when.end)
    return (when.start, when.end) if when.kind in ("period", "moment") else when


def true_at(self, measure: str, scope: dict[str, str], time: tuple[int, int]) -> Fraction:
    """The true value of a reported figure, however its time is said."""
    return self.truths[who_says(self, measure, scope, time)]


def who_says(self, measure: str, scope: dict[str, str], time: tuple[int, int]) -> str:
    """The id of the first claim about a figure."""
    ids = [c.id for c in self.article.claims if (c.measure, c.scope) == (measure, scope) and span(self, measure, c.when) == time]
    return ids[0]


def add_shares(self) -> None:
    """A percentage of a part in a whole, by measures or by the ids of claims."""
    if "share" not in self.parts or room(self) < 1:
        return
    draw = self.draw
    share = self.measure("rate", "none", integer=False, unit="percent")
    places = shared(self, self.a, self.b)
    draw.shuffle(places)
    for scope, when in places[: draw.choice([1, 2])]:
        time = span(self, self.a, when)
        whole = true_at(self, self.a, scope, time)
        if whole <= 0 or room(self) < 1:
            continue
        claim = self.claim(share, scope, when, 100 * true_at(self, self.b, scope, time) / whole)
        if draw.random() < 0.25:
            claim.of, claim.share_in = who_says(self, self.b, scope, time), who_says(self, self.a, scope, time)
            self.features.add("share-of-claims")
        else:
            claim.of, claim.share_in = self.b, self.a


def add_changes(self) -> None:
    """How much a figure changed from one time to another, in per cent."""
    kind = self.article.measures[self.a].over_time
    if "change" not in self.parts or room(self) < 1 or kind == "level":
        return
    draw = self.draw
    periods = [t for t in self.times_for(self.a) if t.kind == "period" and t.text[:2] == "20" and "/" not in t.text]
    if len(periods) < 2:
        return
    first, second = draw.sample(periods, 2)
    scope = draw.choice(self.scopes)
    before, after = self.truth(self.a, scope, first), self.truth(self.a, scope, second)
    if before <= 0:
        return
    growth = self.measure("growth", "none", integer=False, least=None, unit="percent")
    percent = 100 * (after - before) / before
    if percent < 0:
        return
    claim = self.claim(growth, scope, second, percent)
    claim.change, claim.change_measure = (first, second), self.a


def add_derived(self) -> None:
    """A claim that says how it follows from two others."""
    usable = [c for c in self.article.claims if self.article.measures[c.measure].unit is None]
    if "derived" not in self.parts or room(self) < 1 or len(usable) < 2:
        return
    x, y = self.draw.sample(usable, 2)
    if self.truths[x.id] < self.truths[y.id]:
        x, y = y, x
    name = self.measure("both", "none", least=None)
    tree = self.draw.choice([("+", x.id, y.id), ("-", x.id, y.id), ("+", ("*", Fraction(2), x.id), y.id)])
    claim = self.claim(name, x.scope, x.when, value(tree, self.truths))
    if claim.when.kind != "period":
        claim.when = self.frame.periods()[0]
    claim.derived = formula(tree)


RELATIONS = ["sum", "product", "order", "if", "or", "where", "unknown", "twice", "not", "mean"]


def add_relations(self) -> None:
    """One or two rules of the kind `relation` over the two counts, or over a count, a price and their product."""
    if "relation" not in self.parts:
        return
    for form in self.draw.sample(RELATIONS, self.draw.choice([1, 1, 2])):
        rule = Rule(f"{self.id}-relation-{form}", "relation", given={"a": self.a, "b": self.b})
        if form == "sum":
            relate_sum(self, rule)
        elif form == "product":
            relate_product(self, rule)
        elif form == "mean":
            relate_mean(self, rule)
        else:
            relate_pair(self, rule, form)
        self.features.add(f"relation-{form}")
        self.article.rules.append(rule)


def relate_sum(self, rule: Rule) -> None:
    """`a + b == c`."""
    rule.given["c"] = self.measure("total", "none", least=None)
    rule.require = formula(("==", ("+", "a", "b"), "c"))
    places = shared(self, self.a, self.b)
    self.draw.shuffle(places)
    for scope, when in places[:2]:
        if room(self) >= 1:
            time = span(self, self.a, when)
            total = true_at(self, self.a, scope, time) + true_at(self, self.b, scope, time)
            self.claim(rule.given["c"], scope, when, total)


def relate_product(self, rule: Rule) -> None:
    """`n * a == c`."""
    rule.given = {"a": self.a, "n": self.measure("price", "none", integer=True)}
    rule.given["c"] = self.measure("sales", "none", least=None)
    rule.require = formula(("==", ("*", "n", "a"), "c"))
    places = figures(self, self.a)
    self.draw.shuffle(places)
    for scope, when in places[:2]:
        if room(self) >= 2:
            rate = self.world.rate((scope.get("place"), when.text))
            self.claim(rule.given["n"], scope, when, rate)
            self.claim(rule.given["c"], scope, when, rate * self.truth(self.a, scope, when))


def relate_mean(self, rule: Rule) -> None:
    """`m * a == t` for some whole number t."""
    mean = self.measure("mean", "none", integer=False)
    rule.given = {"m": mean, "a": self.a}
    rule.unknown = {"t": (True, 0)}
    rule.require = formula(("==", ("*", "m", "a"), "t"))
    for scope, when in figures(self, self.a)[:1]:
        number = self.truth(self.a, scope, when)
        if number > 0 and room(self) >= 1:
            total = Fraction(self.draw.randint(1, 9 * max(1, int(number))))
            shown = round(total / number * 100) / Fraction(100)
            claim = self.claim(mean, scope, when, shown)
            claim.bare = False
            claim.reading = Reading(f"{float(shown):.2f}", shown - Fraction(1, 200), shown + Fraction(1, 200))


def relate_pair(self, rule: Rule, form: str) -> None:
    """An order, a choice or a condition over `a` and `b`, with constants that make it true wherever both are reported."""
    draw = self.draw
    one = Fraction(1) if self.integer else Fraction(1, 10)
    places = shared(self, self.a, self.b)
    times = [(scope, span(self, self.a, when)) for scope, when in places]
    pairs = [(true_at(self, self.a, *place), true_at(self, self.b, *place)) for place in times]
    if not pairs:
        pairs = [(Fraction(5), Fraction(3))]
    slack = draw.choice([0, 0, 1, 2]) * one
    gap = max(b - a for a, b in pairs) + slack
    if form == "order":
        sign = draw.choice(["<=", "<"])
        gap += one if sign == "<" else 0
        rule.require = formula((sign, "b", ("+", "a", gap)) if gap >= 0 else (sign, ("+", "b", -gap), "a"))
    elif form == "twice":
        most = max(2 * b - a for a, b in pairs) + slack
        rule.require = formula(("<=", ("-", ("*", Fraction(2), "b"), "a"), most))
    elif form == "unknown":
        rule.unknown = {"k": (self.integer, 0)}
        rule.require = formula(("==", ("+", "a", max(gap, Fraction(0))), ("+", "b", "k")))
    else:
        turn = draw.choice(pairs)[0] - one * draw.choice([0, 1])
        above = [b for a, b in pairs if a > turn]
        least = min(above) if above else Fraction(2)
        if form == "if":
            rule.require = formula(("if", (">", "a", turn), (">=", "b", least)))
        elif form == "or":
            rule.require = formula(("or", ("<=", "a", turn), (">=", "b", least)))
        elif form == "not":
            rule.require = formula(("not", ("and", (">", "a", turn), ("<", "b", least))))
        else:
            rule.where = formula((">", "a", turn))
            rule.require = formula((">=", "b", least))


def add_assumption(self) -> None:
    """One claim leaves the party out, and the desk assumes which it is."""
    if "assumption" not in self.parts:
        return
    claims = [c for c in self.article.claims if c.measure in (*self.counts, self.level) and self.party in c.scope]
    if len(claims) < 2:
        return
    claim: Claim = self.draw.choice(claims)
    member = claim.scope.pop(self.party)
    claim.assumed[self.party] = member
    self.article.assumptions.append(Assumption(f"{self.id}-so", claim.id, self.party, member))


def add_checks(self) -> None:
    """Relations between claims by their ids."""
    if "check" not in self.parts:
        return
    draw = self.draw
    one = Fraction(1) if self.integer else Fraction(1, 10)
    usable = [
        c
        for c in self.article.claims
        if self.article.measures[c.measure].unit is None and not c.measure.endswith("mean")
    ]
    if len(usable) < 3:
        return
    for number in range(draw.choice([1, 2, 2, 3])):
        x, y, z = draw.sample(usable, 3)
        u, v, w = (self.truths[c.id] for c in (x, y, z))
        names = (x.id, y.id)
        form = draw.choice(["order", "sum", "equal", "if", "or", "twice", "chain", "min", "at-least", "differ"])
        slack = draw.choice([0, 0, 1, 3]) * one
        if form == "order":
            tree = ("<=", x.id, ("+", y.id, u - v + slack)) if u >= v else ("<=", ("+", x.id, v - u), ("+", y.id, slack))
        elif form == "sum":
            names = (x.id, y.id, z.id)
            rest = u + v - w + slack
            sum_ = ("+", x.id, y.id)
            tree = ("<=", sum_, ("+", z.id, rest)) if rest >= 0 else ("<=", ("+", sum_, -rest), z.id)
        elif form == "equal":
            tree = ("==", x.id, ("+", y.id, u - v)) if u >= v else ("==", ("+", x.id, v - u), y.id)
        elif form == "if":
            tree = ("if", (">", x.id, u - one), (">=", y.id, v - slack))
        elif form == "or":
            tree = ("or", (">", x.id, u + one), ("<=", y.id, v + slack))
        elif form == "twice":
            tree = ("<=", ("*", Fraction(2), x.id), ("+", y.id, 2 * u - v + slack))
            if 2 * u - v + slack < 0:
                tree = ("<=", ("*", Fraction(2), x.id), y.id)
        elif form == "chain":
            names = (x.id, y.id, z.id)
            low, middle, high = sorted((x, y, z), key=lambda c: self.truths[c.id])
            tree = ("<=", low.id, middle.id, high.id)
        elif form == "min":
            tree = ("<=", ("min", x.id, y.id), min(u, v) + slack)
        elif form == "at-least":
            tree = (">=", x.id, u - slack)
            names = (x.id,)
        else:
            tree = ("!=", x.id, ("+", y.id, abs(u - v) + one))
        if not value(tree, {x.id: u, y.id: v, z.id: w}):
            continue
        self.features.add(f"check-{form}")
        self.article.checks.append(Check(f"{self.id}-check{number}", formula(tree), names))


def add_events(self) -> None:
    """A few events, and the order that they are said to have come in."""
    if "events" not in self.parts:
        return
    draw = self.draw
    count = min(draw.choice([2, 3, 3, 4]), room(self))
    if count < 2:
        return
    first = self.frame.cuts[0]
    days = sorted(first + draw.randint(0, 40) * DAY for _ in range(count))
    for number, day in enumerate(days):
        if draw.random() < 0.3:
            month_end = last_of_month(day.year, day.month)
            text = f"{day.year}-{day.month:02}"
            event = Event(f"e{number}", text, starts(day.replace(day=1)), starts(month_end))
            self.features.add("vague-date")
        else:
            event = Event(f"e{number}", str(day), starts(day), starts(day))
        self.article.events.append(event)
    signs = ["<" if a < b else "<=" for a, b in zip(days, days[1:])]
    ids = [e.id for e in self.article.events]
    if len(set(signs)) == 1 and draw.random() < 0.5:
        orders = [(signs[0], *ids)]
    else:
        orders = [(s, a, b) for s, a, b in zip(signs, ids, ids[1:])]
        draw.shuffle(orders)
    for number, order in enumerate(orders):
        self.article.checks.append(Check(f"{self.id}-order{number}", formula(order), order[1:]))


def spoil(self) -> None:
    """Moves one or two things away from the truth; a tenth of the articles are left true."""
    draw = self.draw
    if draw.random() < 0.1:
        return
    self.features.add("spoiled")
    one = Fraction(1) if self.integer else Fraction(1, 10)
    for _ in range(draw.choice([1, 2, 2, 3])):
        if self.article.events and draw.random() < 0.3:
            event = draw.choice([e for e in self.article.events])
            move = draw.choice([-30, -12, -5, -2, -1, 1, 2, 5, 12, 30])
            if event.earliest == event.latest:
                day = datetime.date.fromisoformat(event.text) + move * DAY
                event.text, event.earliest, event.latest = str(day), starts(day), starts(day)
            continue
        claims = [c for c in self.article.claims if c.reading.text != "?"]
        if not claims:
            return
        claim = draw.choice(claims)
        percent = self.article.measures[claim.measure].unit == "percent"
        true = self.truths[claim.id]
        whole = self.article.measures[claim.measure].integer
        unit = Fraction(1) if percent or whole else one
        if self.integer and not percent and not claim.measure.endswith("-price"):
            unit = self.world.scale
        move = draw.choice([1, 1, 2, 2, 3, 4, 6, 10, 20]) * unit * draw.choice([-1, 1])
        if whole:
            move = Fraction(int(move)) or Fraction(1)
        moved = true + move
        if moved < 0:
            moved = true - move
        if claim.measure.endswith("-mean"):
            continue
        claim.bare = False
        if draw.random() < 0.5 and moved >= 0 and not percent:
            claim.reading = Reading(f"exactly {plain(moved)}", moved, moved)
        else:
            claim.reading = self.words(moved, claim.measure)


def cap(self) -> None:
    """A greatest value of the main count, beyond all that is said of it."""
    if self.draw.random() > 0.08:
        return
    lows = [c.reading.low or Fraction(0) for c in self.article.claims if c.measure == self.a]
    highs = [c.reading.high or Fraction(0) for c in self.article.claims if c.measure == self.a]
    truths = [self.truths[c.id] for c in self.article.claims if c.measure == self.a]
    self.features.add("greatest")
    self.article.measures[self.a].greatest = int(max(lows + highs + truths + [Fraction(0)])) + self.draw.choice([1, 2, 9])
