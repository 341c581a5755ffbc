#!/usr/bin/env python3
"""Times z3 and HiGHS on the systems that `generate.py` writes. Run by hand; see README.md beside this file.

    python3 benches/rivals/rivals.py --solver z3 target/rivals/tables.lin --components 2000
    python3 benches/rivals/rivals.py --solver highs target/rivals/dense.lin

One process times one solver on one file, so that its peak memory is its own. z3 names a minimal core over the claims
(`core.minimize`); HiGHS says whether the linear relaxation is feasible and names nothing; as `highs-mip` it finds the least number
of claims to give up, which is held against what `cargo bench --bench components` wrote beside the file. Both answers are held against the
expected ones.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import pathlib
import platform
import resource
import subprocess
import sys
import tempfile
import time
import venv

PACKAGES = ["z3-solver==5.4.1.0", "highspy==1.16.0", "numpy==2.4.6"]


def in_own_environment() -> None:
    """Runs this script again in a virtual environment with the rivals, made in the folder for temporary files."""
    home = pathlib.Path(tempfile.gettempdir()) / "addup-rivals"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    os.execv(str(python), [str(python), *sys.argv])


try:
    import highspy
    import numpy
    import z3
except ImportError:
    in_own_environment()


# A claim that is given up may be so far from what it says.
FAR = 10_000


class Component:
    """The variables and rows of one component, as texts and numbers."""

    __slots__ = ("first", "kinds", "lows", "highs", "rows")

    def __init__(self) -> None:
        self.first = None
        self.kinds: list[str] = []
        self.lows: list[str] = []
        self.highs: list[str] = []
        self.rows: list[tuple[str, str, str, list[str]]] = []


def components(path: pathlib.Path):
    """The components of a file, one after another."""
    current = None
    with path.open() as lines:
        for line in lines:
            fields = line.split()
            if fields[0] == "k":
                if current:
                    yield current
                current = Component()
            elif fields[0] == "v":
                if current.first is None:
                    current.first = int(fields[1])
                current.kinds.append(fields[2])
                current.lows.append(fields[3])
                current.highs.append(fields[4])
            elif fields[0] == "r":
                current.rows.append((fields[1], fields[2], fields[3], fields[4:]))
    if current:
        yield current


# z3 ------------------------------------------------------------------------------------------------------------------


def literal(text: str) -> str:
    return f"(- {text[1:]})" if text.startswith("-") else text


def product(coefficient: str, variable: str) -> str:
    if coefficient == "1":
        return f"x{variable}"
    if coefficient == "-1":
        return f"(- x{variable})"
    return f"(* {literal(coefficient)} x{variable})"


def smt(component: Component, differences: bool) -> tuple[str, list[str]]:
    """The SMT-LIB text of a component, and the names of its claims. `differences` writes `x - y` for difference logic."""
    lines = []
    owners: list[str] = []
    for i, (kind, low, high) in enumerate(zip(component.kinds, component.lows, component.highs)):
        name = f"x{component.first + i}"
        lines.append(f"(declare-const {name} {'Int' if kind == 'i' else 'Real'})")
        if low != "-inf":
            lines.append(f"(assert (>= {name} {literal(low)}))")
        if high != "inf":
            lines.append(f"(assert (<= {name} {literal(high)}))")
    for owner, relation, bound, terms in component.rows:
        pairs = list(zip(terms[::2], terms[1::2]))
        if differences and len(pairs) == 2:
            plus = next(v for c, v in pairs if c == "1")
            minus = next(v for c, v in pairs if c == "-1")
            total = f"(- x{plus} x{minus})"
        elif len(pairs) == 1:
            total = product(*pairs[0])
        else:
            total = f"(+ {' '.join(product(*p) for p in pairs)})"
        statement = f"({relation} {total} {literal(bound)})"
        if owner == "s":
            lines.append(f"(assert {statement})")
            continue
        if not owners or owners[-1] != owner:
            owners.append(owner)
            lines.append(f"(declare-const {owner} Bool)")
        lines.append(f"(assert (=> {owner} {statement}))")
    return "\n".join(lines), owners


def ask_z3(component: Component, options: argparse.Namespace) -> tuple[bool | None, int, float]:
    """Whether it is satisfiable, the size of a minimal core, and the seconds of processor time that z3 took after reading."""
    text, owners = smt(component, options.logic in ("QF_IDL", "QF_RDL"))
    solver = z3.SolverFor(options.logic) if options.logic else z3.SimpleSolver()  # the faster one on small systems
    solver.set("core.minimize", True)
    solver.set("unsat_core", True)
    solver.set("timeout", int(options.limit * 1000))
    solver.from_string(text)
    claims = [z3.Bool(owner) for owner in owners]
    began = time.process_time()
    answer = solver.check(*claims)
    core = len(solver.unsat_core()) if answer == z3.unsat else 0
    spent = time.process_time() - began
    return (None if answer == z3.unknown else answer == z3.sat), core, spent


# HiGHS ---------------------------------------------------------------------------------------------------------------


def solved(model, bounds, matrix, options: argparse.Namespace):
    """HiGHS after it solved a model with these rows, and the seconds of processor time that it took."""
    model.row_lower_, model.row_upper_ = (numpy.array(side) for side in bounds)
    model.num_row_ = len(bounds[0])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = (numpy.array(part) for part in matrix)
    highs_ = highspy.Highs()
    highs_.silent()
    highs_.setOptionValue("threads", 1)
    highs_.setOptionValue("mip_rel_gap", 0.0)
    highs_.setOptionValue("time_limit", options.limit)
    began = time.process_time()
    highs_.passModel(model)
    highs_.run()
    return highs_, time.process_time() - began


def ask_highs(component: Component, options: argparse.Namespace) -> tuple[bool | None, int, float]:
    """Whether the linear relaxation is feasible, and the seconds of processor time that HiGHS took after the model was made."""
    infinite = highspy.kHighsInf
    number = {"-inf": -infinite, "inf": infinite}
    model = highspy.HighsLp()
    model.num_col_ = len(component.kinds)
    model.col_cost_ = numpy.zeros(model.num_col_)
    model.col_lower_ = numpy.array([number.get(v) if v in number else float(v) for v in component.lows])
    model.col_upper_ = numpy.array([number.get(v) if v in number else float(v) for v in component.highs])
    lows, highs, starts, places, values = [], [], [0], [], []
    for _, relation, bound, terms in component.rows:
        value = float(bound)
        lows.append(value if relation in (">=", ">", "=") else -infinite)
        highs.append(value if relation in ("<=", "<", "=") else infinite)
        values += [float(c) for c in terms[::2]]
        places += [int(v) - component.first for v in terms[1::2]]
        starts.append(len(places))
    highs_, spent = solved(model, (lows, highs), (starts, places, values), options)
    status = highs_.getModelStatus()
    known = {highspy.HighsModelStatus.kOptimal: True, highspy.HighsModelStatus.kInfeasible: False}
    known[highspy.HighsModelStatus.kUnboundedOrInfeasible] = False
    return known.get(status), 0, spent


def ask_highs_mip(component: Component, options: argparse.Namespace) -> tuple[bool | None, int, float]:
    """The least number of claims to give up (as the core's size), as a mixed integer program with a switch for each claim."""
    infinite = highspy.kHighsInf
    number = {"-inf": -infinite, "inf": infinite}
    owners = sorted({owner for owner, *_ in component.rows if owner != "s"}, key=lambda owner: int(owner[1:]))
    switch = {owner: len(component.kinds) + at for at, owner in enumerate(owners)}
    model = highspy.HighsLp()
    columns = len(component.kinds)
    model.num_col_ = columns + len(owners)
    model.col_cost_ = numpy.array([0.0] * columns + [1.0] * len(owners))
    model.col_lower_ = numpy.array([number.get(v) if v in number else float(v) for v in component.lows] + [0.0] * len(owners))
    model.col_upper_ = numpy.array([min(number.get(v, 0) if v in number else float(v), FAR) for v in component.highs] + [1.0] * len(owners))
    whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole if kind == "i" else real for kind in component.kinds] + [whole] * len(owners)
    lows, highs, starts, places, values = [], [], [0], [], []
    for owner, relation, bound, terms in component.rows:
        for side in ("least", "most"):
            if (side == "least" and relation not in (">=", "=")) or (side == "most" and relation not in ("<=", "=")):
                continue
            values += [float(c) for c in terms[::2]]
            places += [int(v) - component.first for v in terms[1::2]]
            if owner != "s":
                values.append(float(FAR if side == "least" else -FAR))
                places.append(switch[owner])
            lows.append(float(bound) if side == "least" else -infinite)
            highs.append(float(bound) if side == "most" else infinite)
            starts.append(len(places))
    highs_, spent = solved(model, (lows, highs), (starts, places, values), options)
    if highs_.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None, 0, spent
    least = round(highs_.getInfo().objective_function_value)
    return least == 0, least, spent


# -----------------------------------------------------------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--solver", choices=["z3", "highs", "highs-mip"], required=True)
    parser.add_argument("--logic", default="", help="a logic for z3, such as QF_IDL for dates and series")
    parser.add_argument("--components", type=int, default=0, help="stop after so many, and scale the time up to all")
    parser.add_argument("--limit", type=float, default=600, help="seconds at most for one component")
    options = parser.parse_args()
    head = options.file.open().readline().split()
    total, claims = int(head[6]), int(head[5])
    expected = [line.split()[1] == "sat" for line in options.file.with_suffix(".expect").open()]
    ask = {"z3": ask_z3, "highs": ask_highs, "highs-mip": ask_highs_mip}[options.solver]
    weights = options.file.with_suffix(".weights")
    known = [int(line) for line in weights.read_text().split()] if options.solver == "highs-mip" and weights.exists() else []
    began, used = time.perf_counter(), time.process_time()
    solving = 0.0
    count = unknown = wrong = unsat = cores = 0
    for component in components(options.file):
        answer, core, spent = ask(component, options)
        solving += spent
        unknown += answer is None
        wrong += answer is not None and answer != expected[count]
        wrong += bool(known) and answer is not None and core != known[count]
        unsat += answer is False
        cores += core
        count += 1
        if options.components and count == options.components:
            break
    wall, used = time.perf_counter() - began, time.process_time() - used
    scale = total / max(1, count)
    version = z3.get_version_string() if options.solver == "z3" else importlib.metadata.version("highspy")
    outcome = {
        "file": options.file.stem,
        "solver": options.solver + (f" {options.logic}" if options.logic else ""),
        "version": version,
        "claims": claims,
        "components": count,
        "of": total,
        "seconds solving": round(solving * scale, 3),
        "seconds in all": round(used * scale, 3),
        "by the clock": round(wall * scale, 3),
        "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "unsat": unsat,
        "core claims, mean": round(cores / unsat, 1) if unsat and options.solver != "highs" else None,
        "unknown": unknown,
        "wrong": wrong,
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {model_name()}, load {os.getloadavg()[0]:.1f}",
    }
    print(json.dumps(outcome))
    return 1 if wrong else 0


def model_name() -> str:
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return "unknown processor"


if __name__ == "__main__":
    sys.exit(main())
