#!/usr/bin/env python3
"""Writes the systems of linear constraints on which Addup and its rivals are timed. The format is explained in README.md.

    python3 benches/rivals/generate.py tables --to FOLDER [--size CLAIMS]

Truth is planted first; a contradictory component then has one figure moved so far that the clash is certain by a sum over the
figures around it. The expected answers stand in `NAME.expect`.
"""

from __future__ import annotations

import argparse
import pathlib
import random


class System:
    """Gathers components, each with its variables and rows, and numbers them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.expected: list[bool] = []
        self.variables = self.rows = self.claims = 0

    def component(self) -> None:
        self.lines.append(f"k {len(self.expected)}")
        self.expected.append(True)

    def variable(self, kind: str = "i", low: object = 0, high: object = "inf") -> int:
        self.lines.append(f"v {self.variables} {kind} {low} {high}")
        self.variables += 1
        return self.variables - 1

    def row(self, owner: str, relation: str, bound: object, terms: list[tuple[object, int]]) -> None:
        shown = " ".join(f"{coefficient} {variable}" for coefficient, variable in terms)
        self.lines.append(f"r {owner} {relation} {bound} {shown}")
        self.rows += 1

    def claim(self, low: int, high: int, terms: list[tuple[object, int]]) -> None:
        """A figure that lies in [low, high]."""
        owner = f"c{self.claims}"
        self.claims += 1
        if low == high:
            self.row(owner, "=", low, terms)
            return
        self.row(owner, ">=", low, terms)
        self.row(owner, "<=", high, terms)

    def at_least_after(self, i: int, j: int, days: int) -> None:
        """A date that comes at least so many days after another."""
        self.row(f"c{self.claims}", "<=", -days, [(1, i), (-1, j)])
        self.claims += 1

    def write(self, folder: pathlib.Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        head = f"p addup-linear 1 {self.variables} {self.rows} {self.claims} {len(self.expected)}"
        (folder / f"{name}.lin").write_text("\n".join([head, *self.lines]) + "\n")
        answers = (f"{i} {'sat' if sat else 'unsat'}" for i, sat in enumerate(self.expected))
        (folder / f"{name}.expect").write_text("\n".join(answers) + "\n")


def rounded(value: int, unit: int) -> tuple[int, int]:
    """What a figure rounded to a unit admits, in whole numbers; with unit 1 it is exact."""
    shown = (2 * value + unit) // (2 * unit) * unit
    return (max(0, shown - unit // 2), shown + unit // 2)


def tables(claims: int, draw: random.Random) -> System:
    """Components of 25 claims: a table of 4 by 4, its row and column sums and its total. A quarter is contradictory."""
    system = System()
    for _ in range(claims // 25):
        system.component()
        unit = draw.choice([1, 1, 5, 11])
        cells = [[draw.randint(0, 99) for _ in range(4)] for _ in range(4)]
        first = system.variables
        for _ in range(16):
            system.variable()
        at = [[first + 4 * i + j for j in range(4)] for i in range(4)]
        inside = [[rounded(cells[i][j], unit) for j in range(4)] for i in range(4)]
        across = [rounded(sum(cells[i]), unit) for i in range(4)]
        down = [rounded(sum(cells[i][j] for i in range(4)), unit) for j in range(4)]
        whole = rounded(sum(map(sum, cells)), unit)
        if draw.random() < 0.25:
            system.expected[-1] = False
            kind = draw.choice(["line", "total", "cross"])
            step = draw.randint(1, 40)
            if kind == "line":
                i = draw.randrange(4)
                most = sum(high for _, high in inside[i])
                across[i] = (most + step, most + step + unit)
            elif kind == "total":
                most = sum(high for _, high in across)
                whole = (most + step, most + step + unit)
            else:
                most = sum(high for _, high in across)
                others = sum(low for low, _ in down[1:])
                down[0] = (most - others + step, most - others + step + unit)
        for i in range(4):
            for j in range(4):
                system.claim(*inside[i][j], [(1, at[i][j])])
        for i in range(4):
            system.claim(*across[i], [(1, v) for v in at[i]])
        for j in range(4):
            system.claim(*down[j], [(1, at[i][j]) for i in range(4)])
        system.claim(*whole, [(1, v) for line in at for v in line])
    return system


def spoiled_tables(claims: int, draw: random.Random, errors: int) -> System:
    """The same tables, exact, each with so many of its 25 claims moved away from the truth: what are the least claims to give up?"""
    system = System()
    for _ in range(claims // 25):
        system.component()
        system.expected[-1] = errors == 0
        cells = [[draw.randint(0, 99) for _ in range(4)] for _ in range(4)]
        first = system.variables
        for _ in range(16):
            system.variable()
        at = [[first + 4 * i + j for j in range(4)] for i in range(4)]
        sums = [([(1, at[i][j])], cells[i][j]) for i in range(4) for j in range(4)]
        sums += [([(1, v) for v in at[i]], sum(cells[i])) for i in range(4)]
        sums += [([(1, at[i][j]) for i in range(4)], sum(cells[i][j] for i in range(4))) for j in range(4)]
        sums.append(([(1, v) for line in at for v in line], sum(map(sum, cells))))
        for spoiled in draw.sample(range(25), errors):
            terms, value = sums[spoiled]
            sums[spoiled] = (terms, max(0, value + draw.choice([-1, 1]) * draw.randint(1, 40)) or value + 7)
        for terms, value in sums:
            system.claim(value, value, terms)
    return system


def rarely_spoiled(claims: int, draw: random.Random) -> System:
    """Tables of which every fourth has one wrong claim: one claim in a hundred."""
    system = System()
    for number in range(claims // 25):
        one = spoiled_tables(25, draw, 1 if number % 4 == 3 else 0)
        system.lines.append(f"k {number}")
        for line in one.lines[1:]:
            system.lines.append(renumbered(line, system.variables, system.claims))
        system.variables += one.variables
        system.rows += one.rows
        system.claims += one.claims
        system.expected += one.expected
    return system


def renumbered(line: str, variables: int, claims: int) -> str:
    fields = line.split(" ")
    if fields[0] == "v":
        fields[1] = str(int(fields[1]) + variables)
    else:
        fields[1] = f"c{int(fields[1][1:]) + claims}"
        fields[5::2] = [str(int(variable) + variables) for variable in fields[5::2]]
    return " ".join(fields)


def series(nodes: int, draw: random.Random, clashes: bool, dates: bool) -> System:
    """One component: running totals (or dates) at many instants, and overlapping periods between them.

    Every stretch of 40 instants has 40 claims. With `clashes`, in every second stretch a whole is less than the sum of parts
    that follow one another: a cycle of 3 to 9 claims. `dates` has upper bounds on differences only (`y - x <= c`).
    """
    system = System()
    system.component()
    system.expected[-1] = not clashes
    for _ in range(nodes):
        system.variable(low="-inf")
    truth = [0]
    for _ in range(nodes - 1):
        truth.append(truth[-1] + draw.randint(0, 9))
    for i in range(nodes - 1):
        system.row("s", "<=", 0, [(1, i), (-1, i + 1)])
    for stretch, start in enumerate(range(0, nodes - 80, 40)):
        for _ in range(31):
            i = start + draw.randrange(40)
            j = i + draw.choice([1, 1, 2, 3, 5, 8, 13, 21, 34])
            j = min(j, nodes - 1)
            if i < j:
                between(system, i, j, truth[j] - truth[i], draw, dates)
        parts = draw.randint(2, 8)
        cuts = sorted(draw.sample(range(start, start + 40), parts + 1))
        spoiled = clashes and stretch % 2 == 1
        for i, j in zip(cuts, cuts[1:]):
            if dates and spoiled:
                system.at_least_after(i, j, truth[j] - truth[i])
            else:
                between(system, i, j, truth[j] - truth[i], draw, dates, exact=True)
        whole = truth[cuts[-1]] - truth[cuts[0]]
        if spoiled:
            whole -= draw.randint(1, 3)
        if whole >= 0 or not dates:
            system.row(f"c{system.claims}", "<=", whole, [(1, cuts[-1]), (-1, cuts[0])])
            system.claims += 1
    return system


def between(system: System, i: int, j: int, value: int, draw: random.Random, dates: bool, exact: bool = False) -> None:
    slack = 0 if exact else draw.choice([0, 0, 1, 3, 10])
    if dates and not exact:
        system.row(f"c{system.claims}", "<=", value + slack, [(1, j), (-1, i)])
        system.claims += 1
        return
    system.claim(value - slack, value + slack, [(1, j), (-1, i)])


def dense(claims: int, draw: random.Random, shares: bool, clash: bool) -> System:
    """One component: a three-way table with all its margins, each a rounded figure; every second cell a share, if asked."""
    system = System()
    system.component()
    system.expected[-1] = not clash
    a = b = max(4, round((claims / 1.5 / 1.07) ** (1 / 3)))
    c = max(4, claims * 15 // 16 // (a * b))
    cells = [[[draw.randint(0, 200) for _ in range(c)] for _ in range(b)] for _ in range(a)]
    cell = [[[system.variable() for _ in range(c)] for _ in range(b)] for _ in range(a)]
    ab = [[system.variable() for _ in range(b)] for _ in range(a)]
    ac = [[system.variable() for _ in range(c)] for _ in range(a)]
    bc = [[system.variable() for _ in range(c)] for _ in range(b)]
    one, two, three = ([system.variable() for _ in range(n)] for n in (a, b, c))
    total = system.variable()

    def sums(margin: int, parts: list[int]) -> None:
        system.row("s", "=", 0, [(1, p) for p in parts] + [(-1, margin)])

    for i in range(a):
        for j in range(b):
            sums(ab[i][j], cell[i][j])
        for k in range(c):
            sums(ac[i][k], [cell[i][j][k] for j in range(b)])
        sums(one[i], ab[i])
    for j in range(b):
        for k in range(c):
            sums(bc[j][k], [cell[i][j][k] for i in range(a)])
        sums(two[j], bc[j])
    for k in range(c):
        sums(three[k], [ac[i][k] for i in range(a)])
    sums(total, one)
    for i in range(a):
        for j in range(b):
            whole = sum(cells[i][j])
            for k in range(c):
                value = cells[i][j][k]
                if shares and (i + j + k) % 2 == 0 and whole > 0:
                    share(system, value, whole, cell[i][j][k], ab[i][j])
                else:
                    system.claim(*rounded(value, 11), [(1, cell[i][j][k])])
            system.claim(*rounded(whole, 101), [(1, ab[i][j])])
        for k in range(c):
            system.claim(*rounded(sum(cells[i][j][k] for j in range(b)), 101), [(1, ac[i][k])])
    for j in range(b):
        for k in range(c):
            system.claim(*rounded(sum(cells[i][j][k] for i in range(a)), 101), [(1, bc[j][k])])
    most = 0
    for i in range(a):
        low, high = rounded(sum(map(sum, cells[i])), 1001)
        most += high
        system.claim(low, high, [(1, one[i])])
    for j in range(b):
        system.claim(*rounded(sum(sum(cells[i][j]) for i in range(a)), 1001), [(1, two[j])])
    for k in range(c):
        value = sum(cells[i][j][k] for i in range(a) for j in range(b))
        system.claim(*rounded(value, 1001), [(1, three[k])])
    whole = rounded(sum(sum(map(sum, t)) for t in cells), 1001)
    if clash:
        whole = (most + 1, most + 1000)
    system.claim(*whole, [(1, total)])
    return system


def share(system: System, part: int, whole: int, part_at: int, whole_at: int) -> None:
    """A part as a percentage of its whole with one decimal: p ± 0.05, as two rows without a product (in 1/2000 of the whole)."""
    tenths = (2000 * part + whole) // (2 * whole)
    owner = f"c{system.claims}"
    system.claims += 1
    system.row(owner, ">=", 0, [(2000, part_at), (-(2 * tenths - 1), whole_at)])
    system.row(owner, "<=", 0, [(2000, part_at), (-(2 * tenths + 1), whole_at)])


MAKERS = {
    "tables": (1_000_000, lambda n, d: tables(n, d)),
    "repair-1": (25_000, lambda n, d: spoiled_tables(n, d, 1)),
    "repair-3": (25_000, lambda n, d: spoiled_tables(n, d, 3)),
    "repair-6": (25_000, lambda n, d: spoiled_tables(n, d, 6)),
    "repair-rare": (1_000_000, rarely_spoiled),
    "series": (100_000, lambda n, d: series(n, d, clashes=True, dates=False)),
    "series-sat": (100_000, lambda n, d: series(n, d, clashes=False, dates=False)),
    "dates": (100_000, lambda n, d: series(n, d, clashes=True, dates=True)),
    "dates-sat": (100_000, lambda n, d: series(n, d, clashes=False, dates=True)),
    "dense": (100_000, lambda n, d: dense(n, d, shares=False, clash=False)),
    "dense-unsat": (100_000, lambda n, d: dense(n, d, shares=False, clash=True)),
    "dense-shares": (100_000, lambda n, d: dense(n, d, shares=True, clash=False)),
    "dense-shares-unsat": (100_000, lambda n, d: dense(n, d, shares=True, clash=True)),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="+", choices=sorted(MAKERS))
    options.add_argument("--to", default="target/rivals", help="the folder to write to")
    options.add_argument("--size", type=int, default=0, help="claims (instants, for series and dates) instead of the full size")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    for name in chosen.names:
        size, make = MAKERS[name]
        system = make(chosen.size or size, random.Random(f"{name}/{chosen.seed}"))
        system.write(pathlib.Path(chosen.to), name)
        unsat = system.expected.count(False)
        print(f"{name}: {system.variables} variables, {system.rows} rows, {system.claims} claims, {len(system.expected)} components, {unsat} unsat")


if __name__ == "__main__":
    main()
