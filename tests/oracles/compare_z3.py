#!/usr/bin/env python3
"""Compares `addup check` with z3 on random small workspaces. Run by hand; see README.md beside this file.

    python3 tests/oracles/compare_z3.py --count 100000 --binary target/release/addup

Every article is drawn from the seed and its number alone, so that a difference can be drawn again. z3 gets it as an SMT-LIB
problem made from the documentation (`encode.py`); the program gets TOML files. Both say whether it is contradictory.
"""

from __future__ import annotations

import argparse
import collections
import copy
import datetime
import itertools
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import venv

Z3 = "z3-solver==5.4.1.0"


def in_own_environment() -> None:
    """Runs this script again in a virtual environment that has z3, made in the folder for temporary files."""
    home = pathlib.Path(tempfile.gettempdir()) / "addup-oracles"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", Z3], check=True)
    os.execv(str(python), [str(python), *sys.argv])


try:
    import z3
except ImportError:
    in_own_environment()

from draw import draw_article  # noqa: E402
from encode import Problem  # noqa: E402
from program import Answer, ask, write  # noqa: E402
from workspace import EPOCH, Article  # noqa: E402

STEPS = 2_000_000  # the most that z3 may spend on one question (`rlimit`), so that its answers never depend on the clock


def memory() -> str | None:
    """A folder in memory for the files of a run, where there is one."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def solver_with(solver: z3.Solver, text: str) -> z3.Solver:
    solver.set("rlimit", STEPS)
    solver.from_string(text)
    return solver


class Judge:
    """z3's view of one article: what holds with which switches on."""

    def __init__(self, article: Article, wide: bool) -> None:
        self.article = article
        self.problem = Problem(article, wide)
        text = self.problem.text()
        self.solvers = []
        for make in (z3.SimpleSolver, z3.Solver):
            self.solvers.append(lambda make=make: solver_with(make(), text))
        self.literals = {}
        for switch in (*self.problem.switches, "lean"):
            literal = z3.Bool(switch)
            self.literals[switch] = (literal, z3.Not(literal))

    def possible(self, off: set[str] = frozenset(), lean: bool = False) -> bool | None:
        """Whether all can hold, but for the switches that are off; `None` if z3 does not know."""
        on = [self.literals[s][s in off] for s in self.problem.switches]
        on.append(self.literals["lean"][not lean])
        for i, solver in enumerate(self.solvers):
            if callable(solver):
                solver = self.solvers[i] = solver()
            answer = solver.check(*on)
            if answer != z3.unknown:
                return answer == z3.sat
        return None

    def bounds(self) -> list[str]:
        return [s for s in self.problem.switches if s.startswith("c_")]

    def only_jointly(self) -> bool:
        """Whether no single claim and no pair of claims clashes by itself (with all rules, and all checks)."""
        claims = self.bounds()
        for pair in itertools.combinations(claims, 2) if len(claims) > 1 else [tuple(claims)]:
            if self.possible({c for c in claims if c not in pair}) is not True:
                return False
        return True

    def judge(self, conflict: dict) -> str | None:
        """What is wrong with a reported conflict, if anything: its claims and rules must clash, and no fewer."""
        prefix = self.article.id + "/"
        claims = {f"c_{c[len(prefix):]}" for c in conflict["claims"]}
        named = {r.removeprefix(prefix) for r in conflict["rules"]}
        leaned = {name.removeprefix(prefix) for name in conflict["leans-on"]}
        rules = {s for s in self.problem.switches if s[:2] in ("r_", "k_") and s[2:] in named}
        assumed = {s for s in self.problem.switches if s[:2] == "u_" and s[2:] in leaned}
        inside = claims | rules | assumed
        off = {s for s in self.problem.switches if s not in inside and not s.startswith("g_")}
        standard = {"r_additive", "r_nested"}
        if self.possible(off - standard) is not False:
            return "what it names can be true together"
        if "additive" in named:
            off -= standard
        if rules & {f"r_{rule.id}" for rule in self.article.rules if rule.kind != "relation"}:
            off.discard("r_additive")  # what stages, balances and breakdowns say is about running totals
        # What other claims say is no part of the conflict; that they were made may be, or may not.
        others = {s for s in self.problem.switches if s.startswith("g_") and "c_" + s[2:] not in claims}
        for one in sorted(inside - standard):
            gone = {one, "g_" + one[2:]} if one.startswith("c_") else {one}
            if self.possible(off | gone) is not True and self.possible(off | gone | others) is not True:
                return f"it needs no {one[2:]}"
        return None


def with_origins(article: Article) -> Article:
    """The article with all its running totals counting from one early day."""
    stated = copy.deepcopy(article)
    for measure in stated.measures.values():
        if measure.over_time == "adds" and not measure.origin:
            measure.origin = EPOCH - datetime.timedelta(days=31)
    return stated


def compare(article: Article, answer: Answer, closely: bool) -> dict:
    """The outcome of one article: what each says, and what is wrong with it."""
    narrow = Judge(article, wide=False)
    told = bool(answer.contradictions())
    outcome = {"id": article.id, "told": told, "undecided": "undecided" in answer.kinds(), "wrong": [], "joint": None}
    possible = narrow.possible()
    outcome["contradictory"] = possible is False
    outcome["unknown"] = possible is None
    if possible is None:
        return outcome
    if possible and "spoiled" not in article.features:
        outcome["true world"] = True
    if not possible and "spoiled" not in article.features:
        outcome["wrong"].append("the oracle contradicts a world that was true")
    if possible is False and not told and not outcome["undecided"]:
        outcome["wrong"].append("missed")
    if told and possible is not False:
        wide = Judge(article, wide=True).possible()
        outcome["unknown"] = wide is None
        if wide is True and Judge(with_origins(article), wide=True).possible() is False:
            outcome["wrong"].append("FALSE ACCUSATION, if origins differ")
        elif wide is True:
            outcome["wrong"].append("FALSE ACCUSATION")
        else:
            outcome["open"] = True
    if possible and not told and "unknown-origin" in article.features and not outcome["undecided"]:
        leaning = narrow.possible(lean=True)
        outcome["question"] = leaning is False
        outcome["asked"] = "question" in answer.kinds()
    if closely and possible is False:
        outcome["joint"] = narrow.only_jointly()
    if closely and told:
        outcome["wrong"] += repeated(answer.contradictions())
    if closely and told and possible is False:
        for conflict in answer.contradictions():
            fault = narrow.judge(conflict)
            if fault and Judge(article, wide=True).judge(conflict):
                if fault != Judge(with_origins(article), wide=True).judge(conflict):
                    fault += ", if origins differ"
                outcome["wrong"].append(f"CONFLICT OF {', '.join(conflict['claims'])}: {fault}")
            outcome["conflicts"] = outcome.get("conflicts", 0) + 1
    return outcome


def repeated(conflicts: list[dict]) -> list[str]:
    """Conflicts whose claims and rules contain those of another one: the same clash, said again."""
    found = []
    for one, other in itertools.permutations(conflicts, 2):
        less, more = ({*it["claims"], *it["rules"]} for it in (one, other))
        if less < more or (less == more and one["fingerprint"] < other["fingerprint"]):
            found.append(f"SAID AGAIN OF {', '.join(other['claims'])}: {', '.join(one['claims'])} clash already")
    return found


def batch(task: tuple) -> tuple[list[dict], list[set[str]]]:
    """One run of the program over many articles, each of them judged."""
    seed, first, size, binary, closely, folder = task
    articles = [draw_article(seed, index) for index in range(first, first + size)]
    answers = ask(binary, pathlib.Path(folder) / f"run-{first}", articles)
    outcomes = []
    for number, article in enumerate(articles):
        outcome = compare(article, answers[article.id], closely > 0 and (first + number) % closely == 0)
        if outcome["wrong"]:
            # Alone, it has to come out the same: articles do not meet.
            alone = ask(binary, pathlib.Path(folder) / f"alone-{article.id}", [article])[article.id]
            if bool(alone.contradictions()) != outcome["told"]:
                outcome["wrong"].append("alone it comes out otherwise")
        outcomes.append(outcome)
    return outcomes, [article.features for article in articles]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", default="target/release/addup", help="the program under test")
    options.add_argument("--count", type=int, default=2000, help="how many workspaces (articles)")
    options.add_argument("--first", type=int, default=0, help="the number of the first one")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--batch", type=int, default=200, help="articles for one run of the program")
    options.add_argument("--closely", type=int, default=10, help="look at pairs and at conflicts in one article of so many")
    options.add_argument("--jobs", type=int, default=1, help="how many processes")
    options.add_argument("--keep", default="", help="a folder for the articles that differ")
    options.add_argument("--tally", default="", help="a file for the counts, to be summed with others by --sum")
    options.add_argument("--sum", nargs="+", default=[], help="report the sum of such files, and run nothing")
    options.add_argument("--keep-most", type=int, default=40, help="how many of each kind of difference to keep")
    chosen = options.parse_args()
    if chosen.sum:
        return sum_up(chosen.sum)
    binary = str(pathlib.Path(chosen.binary).resolve())
    began = time.time()
    counts: collections.Counter = collections.Counter()
    kept: collections.Counter = collections.Counter()
    missed_with: collections.Counter = collections.Counter()
    pairs: collections.Counter = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="addup-oracle-", dir=memory()) as folder:
        tasks = [
            (chosen.seed, first, min(chosen.batch, chosen.first + chosen.count - first), binary, chosen.closely, folder)
            for first in range(chosen.first, chosen.first + chosen.count, chosen.batch)
        ]
        pool = multiprocessing.Pool(chosen.jobs) if chosen.jobs > 1 else None
        results = pool.imap(batch, tasks) if pool else (batch(task) for task in tasks)
        for outcomes, features in results:
            for outcome, has in zip(outcomes, features):
                tally(counts, outcome)
                for pair in itertools.combinations_with_replacement(sorted(has), 2):
                    pairs[pair] += 1
                for wrong in outcome["wrong"]:
                    kind = wrong.split(" OF ")[0]
                    counts[f"! {kind}"] += 1
                    if kind == "missed":
                        missed_with.update(has)
                    kept[kind] += 1
                    if kept[kind] <= chosen.keep_most:
                        print(f"{outcome['id']}: {wrong}", flush=True)
                        if chosen.keep:
                            keep(pathlib.Path(chosen.keep), kind, draw_article(chosen.seed, int(outcome["id"][1:])), wrong)
    seconds = time.time() - began
    about = f"seed {chosen.seed}, workspaces {chosen.first} to {chosen.first + chosen.count - 1}"
    report(counts, pairs, missed_with, f"{about}, {seconds:.0f} s")
    if chosen.tally:
        tables = [dict(counts), [[*pair, n] for pair, n in pairs.items()], dict(missed_with), about]
        pathlib.Path(chosen.tally).write_text(json.dumps(tables))
    return 1 if any(kind.startswith("!") for kind in counts) else 0


def tally(counts: collections.Counter, outcome: dict) -> None:
    counts["workspaces"] += 1
    for key in ("contradictory", "told", "undecided", "unknown", "question", "asked", "open"):
        counts[key] += bool(outcome.get(key))
    counts["question asked"] += bool(outcome.get("question") and outcome.get("asked"))
    counts["conflicts judged"] += outcome.get("conflicts", 0)
    if outcome["joint"] is not None:
        counts["looked at for pairs"] += 1
        counts["only jointly"] += outcome["joint"]


def keep(folder: pathlib.Path, kind: str, article: Article, wrong: str) -> None:
    place = folder / kind.lower().replace(" ", "-") / article.id
    if place.exists():
        return
    write(place, [article])
    (place / "why").write_text(wrong + "\n")
    (place / "problem.smt2").write_text(Problem(article, wide=False).text() + "\n")


def sum_up(files: list[str]) -> int:
    """The report of several runs together."""
    counts, pairs, missed_with = collections.Counter(), collections.Counter(), collections.Counter()
    for file in files:
        some, met, missed, about = json.loads(pathlib.Path(file).read_text())
        counts.update(some)
        missed_with.update(missed)
        for one, other, n in met:
            pairs[(one, other)] += n
        print(about)
    report(counts, pairs, missed_with, f"{len(files)} runs")
    return 1 if any(kind.startswith("!") for kind in counts) else 0


# Pairs that no article can have, since each says the opposite of the other.
OPPOSITES = [
    {"integer", "real"},
    {"complete", "incomplete"},
    {"main-adds", "main-level", "main-none", "signed"},
    {"signed", "stages", "balance", "share", "share-of-claims", "stages-unknown-opening"},
    {"main-level", "main-none", "stages", "balance", "share", "share-of-claims", "stages-unknown-opening"},
]


def opposite(one: str, other: str) -> bool:
    """Whether two features exclude each other: what adds up signed, or not at all, has no stages, balances or shares."""
    fits = {"stages", "balance", "share", "share-of-claims", "stages-unknown-opening"}
    return any({one, other} <= group and not {one, other} <= fits for group in OPPOSITES)


def report(counts, pairs, missed_with, about: str) -> None:
    total = max(1, counts["workspaces"])
    print(f"\nz3 {z3.get_version_string()}, {about}")
    print(f"workspaces              {counts['workspaces']}")
    print(f"contradictory           {counts['contradictory']} ({100 * counts['contradictory'] / total:.1f}%)")
    looked = max(1, counts["looked at for pairs"])
    print(f"  of them only jointly  {counts['only jointly']} of {counts['looked at for pairs']} looked at ({100 * counts['only jointly'] / looked:.1f}%)")
    print(f"said to be so           {counts['told']}")
    print(f"conflicts judged        {counts['conflicts judged']}")
    print(f"undecided               {counts['undecided']} ({100 * counts['undecided'] / total:.2f}%)")
    print(f"unknown to z3           {counts['unknown']}")
    print(f"open in the docs        {counts['open']}")
    print(f"would lean on origins   {counts['question']}, asked {counts['question asked']}")
    for kind in sorted(counts):
        if kind.startswith("!"):
            print(f"{kind:24}{counts[kind]}")
    features = sorted({f for pair in pairs for f in pair})
    possible = [p for p in itertools.combinations(features, 2) if not opposite(*p)]
    unmet = [p for p in possible if not pairs[p]]
    print(f"features                {len(features)}, pairs {len(possible)}, never met {len(unmet)}")
    for feature in features:
        alone = [b if a == feature else a for a, b in unmet if feature in (a, b)]
        missed = f" missed {missed_with[feature]}" if missed_with[feature] else ""
        never = f"  never with {', '.join(alone)}" if alone else ""
        print(f"  {feature:24}{pairs[(feature, feature)]:8}{never}{missed}")


if __name__ == "__main__":
    sys.exit(main())
