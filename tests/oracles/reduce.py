#!/usr/bin/env python3
"""Reduces articles to their smallest clash: which claims, rules, checks and assumptions z3 needs for it.

    python3 tests/oracles/reduce.py --seed 1 17 204 …          the cores, one a line
    python3 tests/oracles/reduce.py --seed 1 --to FOLDER 17    and a workspace with nothing but the core
"""

from __future__ import annotations

import argparse
import pathlib

from compare_z3 import Judge
from draw import draw_article
from program import write
from workspace import Article

STANDARD = {"r_additive", "r_nested", "r_derived", "r_change", "r_percent-of-whole"}


def core(article: Article, wide: bool = False) -> list[str]:
    """A smallest set of switches (no subset will do) that clash."""
    judge = Judge(article, wide)
    if judge.possible() is not False:
        return []
    off: set[str] = set()
    for switch in judge.problem.switches:
        if switch in STANDARD or switch.startswith("g_"):
            continue
        trial = off | {switch} | ({"g_" + switch[2:]} if switch.startswith("c_") else set())
        if judge.possible(trial) is False:
            off = trial
    return [s for s in judge.problem.switches if s not in off and not s.startswith("g_") and s not in STANDARD]


def only(article: Article, switches: list[str]) -> Article:
    """The article with nothing but what is named."""
    keep = {s[2:] for s in switches}
    article.checks = [c for c in article.checks if c.id in keep]
    named = {n for c in article.checks for n in c.names} | {a.claim for a in article.assumptions if a.id in keep}
    named |= {n for c in article.claims if c.id in keep for n in (c.of, c.share_in) if n}
    article.claims = [c for c in article.claims if c.id in keep or c.id in named]
    article.events = [e for e in article.events if e.id in keep or e.id in named]
    article.rules = [r for r in article.rules if r.id in keep]
    article.assumptions = [a for a in article.assumptions if a.id in keep]
    return article


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--to", default="")
    options.add_argument("numbers", type=int, nargs="+")
    chosen = options.parse_args()
    for number in chosen.numbers:
        article = draw_article(chosen.seed, number)
        switches = core(article)
        kinds = {r.id: r.kind for r in article.rules}
        print(article.id, " ".join(kinds.get(s[2:], s) for s in switches), flush=True)
        if chosen.to:
            write(pathlib.Path(chosen.to) / article.id, [only(article, switches)])


if __name__ == "__main__":
    main()
