#!/usr/bin/env python3
"""Asks z3 whether what `addup generate` plants is contradictory, and needs all of the claims that the truth file names.

    python3 tests/oracles/confirm_plants.py --count 200 --binary target/release/addup

Nothing of the program is trusted but that it writes files: the planted claims are read from them, and put to z3 as whole
numbers of cases by region and month, as the documentation says what the claims mean.
"""

from __future__ import annotations

import argparse
import collections
import csv
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

import compare_z3  # noqa: F401  (runs this script again where z3 is, if it is not here)
import z3

REGIONS = ["North", "South", "West"]
KINDS = {
    "wide": ["subtotal-above-total", "falling-total", "swapped", "record-rule", "dates-out-of-order", "parts-not-whole",
             "chain", "long-chain"],
    "long": ["subtotal-above-total", "falling-total", "swapped", "same-figure", "parts-not-whole", "chain", "long-chain"],
    "toml": ["subtotal-above-total", "falling-total", "swapped", "same-figure", "dates-out-of-order", "percent-of-count",
             "share-of-whole", "parts-not-whole", "chain", "long-chain"],
}
MONTHS = 12


class Claim:
    """What a claim says, read from its file: a figure, a date, or a percentage."""

    def __init__(self, measure: str, when: str, region: str, value: str) -> None:
        self.measure, self.when, self.region, self.value = measure, when, region, value


def read_table(folder: pathlib.Path, shape: str) -> dict[str, Claim]:
    claims = {}
    with open(folder / "data/figures.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if shape == "long":
                assert int(row["digits"]) <= 0
                value = row["value"] if row["digits"] == "0" else "?"
                claims[f"figures/figures[{row['id']}]"] = Claim("cases", row["when"], row["region"], value)
                continue
            name = f"figures/figures[{row['group']},{row['month']}]"
            for column, when in (("monthly", row["month"]), ("cumulative", f"through {row['month']}")):
                claims[f"{name}.{column}"] = Claim("cases", when, "*", row[column])
            for column in ("start", "end"):
                claims[f"{name}.{column}"] = Claim(column, row["month"], "*", row[column])
    return claims


def read_article(folder: pathlib.Path, name: str) -> dict[str, Claim]:
    text = tomllib.loads((folder / f"claims/{name}.toml").read_text(encoding="utf-8"))
    claims = {}
    for key, claim in text.get("claim", {}).items():
        region = claim.get("scope", {}).get("region", "")
        value = "?" if "digits" in claim else claim["value"].removeprefix("exactly ")
        claims[f"{name}/{key}"] = Claim(claim["measure"], claim["when"], region, value)
    for key, event in text.get("event", {}).items():
        which, month = key.split("-", 1)
        assert text["check"][f"campaign-{month}"]["require"] == f"start-{month} <= end-{month}"
        claims[f"{name}/{key}"] = Claim(which, month, "*", event["on"])
    return claims


class World:
    """The unknowns of one group, and what holds of them."""

    def __init__(self) -> None:
        self.cases = {(r, m): z3.Int(f"cases-{r}-{m}") for r in REGIONS for m in range(MONTHS)}
        self.asked = [z3.Int(f"asked-{m}") for m in range(MONTHS)]
        self.days = {(w, m): z3.Int(f"{w}-{m}") for w in ("start", "end") for m in range(MONTHS)}
        self.rules = [unknown >= 0 for unknown in (*self.cases.values(), *self.asked)]
        self.rules += [self.days["start", m] <= self.days["end", m] for m in range(MONTHS)]

    def figure(self, region: str, when: str) -> z3.ArithRef:
        last = month_of(when.removeprefix("through "))
        months = range(last + 1) if when.startswith("through ") else [last]
        regions = REGIONS if region == "*" else [region]
        return z3.Sum([self.cases[r, m] for r in regions for m in months])

    def says(self, claim: Claim, number: int) -> z3.BoolRef:
        month = month_of(claim.when.removeprefix("through "))
        if claim.measure in ("start", "end"):
            return self.days[claim.measure, month] == int(claim.value.replace("-", ""))
        if claim.measure == "cases":
            return self.figure(claim.region, claim.when) == int(claim.value.replace(",", ""))
        if claim.measure == "people-asked":
            return self.asked[month] == int(claim.value.replace(",", ""))
        digits = claim.value.removesuffix("%")
        if claim.measure == "share-in-favour":
            count = z3.Int(f"count-{number}")
            return z3.And(0 <= count, count <= self.asked[month], rounds_to(count, self.asked[month], digits))
        return rounds_to(self.figure(claim.region, claim.when), self.figure("*", claim.when), digits)


def rounds_to(part, whole, percent: str) -> z3.BoolRef:
    """The part in per cent of the whole lies within half of the last digit of the percentage, both ends included."""
    scale = 10 ** len(percent.partition(".")[2])
    off = 2 * (100 * scale * part - int(percent.replace(".", "")) * whole)
    return z3.And(-whole <= off, off <= whole)


def month_of(text: str) -> int:
    year, month = re.fullmatch(r"(\d{4})-(\d{2})", text).groups()
    return (int(year) - 2015) * 12 + int(month) - 1


def fault(claims: list[Claim]) -> str | None:
    """What is wrong with planted claims, if anything: they must clash, and no fewer of them."""
    world = World()
    solver = z3.Solver()
    solver.set("rlimit", 20_000_000)
    solver.add(world.rules)
    says = [world.says(claim, number) for number, claim in enumerate(claims)]
    switches = [z3.Bool(f"says-{number}") for number in range(len(says))]
    solver.add([z3.Implies(switch, it) for switch, it in zip(switches, says)])
    if solver.check(*switches) != z3.unsat:
        return f"z3 says {solver.check(*switches)}"
    for left in itertools.combinations(switches, len(switches) - 1):
        if solver.check(*left) != z3.sat:
            return f"without {set(map(str, switches)) - set(map(str, left))} z3 says {solver.check(*left)}"
    return None


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", default="target/release/addup")
    options.add_argument("--count", type=int, default=200, help="how many contradictions of each shape, about")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    binary = str(pathlib.Path(chosen.binary).resolve())
    counts: collections.Counter = collections.Counter()
    wrong = 0
    for shape, kinds in KINDS.items():
        each = -(-chosen.count // len(kinds))
        with tempfile.TemporaryDirectory(prefix="addup-plants-") as folder:
            made = pathlib.Path(folder) / "set"
            plants = itertools.chain.from_iterable(("--plant", f"{kind}={each}") for kind in kinds)
            sizes = ["--groups", str(each * len(kinds) * 2), "--months", str(MONTHS), "--seed", str(chosen.seed)]
            command = [binary, "generate", str(made), "--shape", shape, *sizes, *plants]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            table = None if shape == "toml" else read_table(made, shape)
            for planted in json.loads((made / "truth.json").read_text())["planted"]:
                article = planted["claims"][0].split("/")[0]
                claims = table or read_article(made, article)
                why = fault([claims[name] for name in planted["claims"]])
                counts[shape, planted["kind"]] += 1
                if why or (len(planted["claims"]) > 2) != (planted["reach"] == "joint"):
                    wrong += 1
                    print(f"{shape}, {planted['kind']}, {planted['claims']}: {why or 'of another reach'}", flush=True)
    for (shape, kind), count in sorted(counts.items()):
        print(f"{shape:5} {kind:21} {count}")
    print(f"{sum(counts.values())} planted, {wrong} wrong (z3 {z3.get_version_string()}, seed {chosen.seed})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
