#!/usr/bin/env python3
"""Compares repairs and bounds with z3 on random small workspaces. Run by hand; see README.md beside this file.

    python3 tests/oracles/compare_repairs.py --count 10000 --binary target/release/addup

Of every workspace that is contradictory: once the claims of a repair are given up, z3 has to find values for all the rest; for
no fewer claims may that be so, tried by brute force over all sets; where the ties are said to be complete, every set that z3 finds
is one of them; each end of the values that settle a claim settles it, and beyond an exact end nothing does. Of every other
workspace `addup bounds` is held against z3 in the same way: each end can be, and nothing beyond it.
"""

from __future__ import annotations

import argparse
import collections
import copy
import itertools
import json
import multiprocessing
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from compare_z3 import Judge, keep, memory  # noqa: E402
from draw import draw_article  # noqa: E402
from program import write  # noqa: E402
from workspace import Article, Reading  # noqa: E402

PART = re.compile(r"([\[(])(-?[^,\s]+), ([^\s,]+)([\])])")


def parts(text: str) -> list[tuple[Fraction | None, bool, Fraction | None, bool]] | None:
    """Intervals as the report writes them: least, whether it is in, greatest, whether it is in. `None` for dates."""
    found = []
    for piece in text.split(" ∪ "):
        match = PART.fullmatch(piece)
        if not match:
            try:
                point = Fraction(piece.strip("{}"))
            except ValueError:
                return None
            found.append((point, True, point, True))
            continue
        opening, low, high, closing = match.groups()
        try:
            least = None if "∞" in low else Fraction(low)
            most = None if "∞" in high else Fraction(high)
        except ValueError:
            return None
        found.append((least, opening == "[", most, closing == "]"))
    return found


class Court:
    """z3's two views of an article: the one that demands the least, and the one that demands the most."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.views = {wide: Judge(article, wide) for wide in (False, True)}
        self.claims = [f"c_{claim.id}" for claim in article.claims] + [f"c_{event.id}" for event in article.events]

    def possible(self, off: set[str], wide: bool, value: tuple[str, str, Fraction] | None = None) -> bool | None:
        """Whether all but these claims can be true, with a figure as compared with a value."""
        if value is None:
            return self.views[wide].possible(off)
        claim, sign, bound = value
        stated = copy.deepcopy(self.article)
        found = next((c for c in stated.claims if c.id == claim), None)
        if found is None:
            return None
        # The claim says so in place of what it says: all that its words bound is bound by the value that is asked for.
        text = found.reading.text if "." in found.reading.text else "said"  # measures with decimals are rounded
        reads = {
            "=": Reading(text, bound, bound),
            "<": Reading(text, None, bound, high_open=True),
            "<=": Reading(text, None, bound),
            ">": Reading(text, bound, None, low_open=True),
            ">=": Reading(text, bound, None),
        }
        found.reading = reads[sign]
        return Judge(stated, wide).possible(off - {"c_" + claim})


def ends(court: Court, claim: str, values: str, off: set[str], exact: bool, what: str) -> list[str]:
    """What is wrong with the ends of some values of a claim."""
    wrong = []
    intervals = parts(values)
    if intervals is None:
        return []
    for at, (least, least_in, most, most_in) in enumerate(intervals):
        for end, inside, beyond in ((least, least_in, "<"), (most, most_in, ">")):
            if end is None:
                continue
            if inside and exact and court.possible(off, False, (claim, "=", end)) is False:
                wrong.append(f"{what} END: {claim} cannot be {end}")
            sign = beyond if inside else beyond + "="
            outermost = at == (0 if beyond == "<" else len(intervals) - 1)
            if outermost and court.possible(off, True, (claim, sign, end)) is True:
                wrong.append(f"{what} BEYOND: {claim} can be {sign} {end}")
        if exact and least is not None and most is not None and most - least > 2:
            middle = Fraction((least + most) // 2)
            if court.possible(off, False, (claim, "=", middle)) is False:
                wrong.append(f"{what} HOLE: {claim} cannot be {middle}")
    return wrong


def repairs(article: Article, causes: list[dict]) -> tuple[list[str], collections.Counter]:
    court, wrong, counts = Court(article), [], collections.Counter()
    settled = [cause for cause in causes if cause["settled"] == "repairs"]
    if len(settled) < len(causes):
        counts["not found"] += 1
        return [], counts
    name = lambda claim: "c_" + claim.split("/", 1)[1]  # noqa: E731
    ways = [[frozenset(map(name, repair["claims"])) for repair in cause["repairs"]] for cause in settled]
    first = set().union(*(way[0] for way in ways))
    counts[f"of {min(len(first), 4)} claims"] += 1
    if court.possible(first, False) is False:
        wrong.append("REPAIR: the rest still clashes")
    for fewer in range(len(first)):
        for off in itertools.combinations(court.claims, fewer):
            if court.possible(set(off), True) is True:
                wrong.append(f"REPAIR: {', '.join(off)} is enough")
                break
    listed = {frozenset().union(*choice) for choice in itertools.product(*ways)}
    for at, group in enumerate(ways):
        rest = set().union(*(way[0] for other, way in enumerate(ways) if other != at))
        for way in group[1:]:
            if court.possible(rest | way, False) is False:
                wrong.append(f"TIE: {', '.join(sorted(way))} settles nothing")
    if all(cause["complete"] for cause in settled):
        counts["ties complete"] += 1
        for off in itertools.combinations(court.claims, len(first)):
            if frozenset(off) not in listed and court.possible(set(off), True) is True:
                wrong.append(f"TIE: {', '.join(off)} is not listed")
    for at, cause in enumerate(settled):
        rest = set().union(*(way[0] for other, way in enumerate(ways) if other != at))
        for repair in cause["repairs"]:
            off = rest | set(map(name, repair["claims"]))
            for claim, values in repair["values"].items():
                counts["values"] += 1
                counts["exact"] += repair["exact"]
                wrong += ends(court, claim.split("/", 1)[1], values, off, repair["exact"], "VALUE")
    return wrong, counts


def bounds(article: Article, found: list[dict]) -> tuple[list[str], collections.Counter]:
    court, wrong, counts = Court(article), [], collections.Counter()
    for bound in found:
        counts[f"bound {bound['left']}"] += 1
        claim = bound["claim"].split("/", 1)[1]
        if bound["left"] == "between":
            wrong += ends(court, claim, bound["values"], {"c_" + claim}, True, "BOUND")
    # A middle value need not be one that can be.
    return [it for it in wrong if "HOLE" not in it], counts


def run(command: list[str], folder: pathlib.Path) -> dict:
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode not in (0, 1):
        raise RuntimeError(f"the program refused {folder} (exit {ran.returncode}):\n{ran.stderr[:3000]}")
    return json.loads(ran.stdout)


def held(task: tuple[str, int, int, str]) -> tuple[int, list[str], collections.Counter]:
    binary, seed, index, root = task
    article = draw_article(seed, index)
    folder = pathlib.Path(root) / f"a{index}"
    shutil.rmtree(folder, ignore_errors=True)
    write(folder, [article])
    report = run([binary, "check", "--format", "json"], folder)
    kinds = {finding["kind"] for finding in report["findings"]}
    counts = collections.Counter({"workspaces": 1})
    if "contradiction" in kinds:
        wrong, more = repairs(article, report.get("causes", []))
        if not report.get("causes"):
            more["without claims"] += 1
    elif "undecided" in kinds:
        wrong, more = [], collections.Counter({"undecided": 1})
    else:
        found = run([binary, "bounds", "--format", "json"], folder)["bounds"]
        wrong, more = bounds(article, found)
    shutil.rmtree(folder)
    return index, wrong, counts + more


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", default="target/release/addup")
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--keep", default="", help="where workspaces that differ stay")
    chosen = options.parse_args()
    binary = str(pathlib.Path(chosen.binary).resolve())
    counts: collections.Counter = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="addup-repairs-", dir=memory()) as root:
        tasks = [(binary, chosen.seed, index, root) for index in range(chosen.first, chosen.first + chosen.count)]
        pool = multiprocessing.Pool(chosen.jobs)
        for index, wrong, more in pool.imap(held, tasks, chunksize=10):
            counts += more
            for fault in wrong:
                counts["! " + fault.split(":")[0]] += 1
                print(f"a{index}: {fault}", flush=True)
                if chosen.keep:
                    keep(pathlib.Path(chosen.keep), fault.split(":")[0], draw_article(chosen.seed, index), fault)
    for name, count in sorted(counts.items()):
        print(f"{name:24}{count}")
    return 1 if any(name.startswith("!") for name in counts) else 0


if __name__ == "__main__":
    sys.exit(main())
