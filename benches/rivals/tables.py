"""Addup beside DuckDB, Polars, pandera, pointblank and vtlengine: the same table, the same rules, the same run.

    cargo build --release
    python3 benches/rivals/tables.py [--rows 100000 1000000] [--rounds 3] [--errors 5] [--plot docs/performance.svg]
    cargo build --release --features parquet && python3 benches/rivals/tables.py --parquet --only duckdb polars

Sets up a virtual environment with the rivals from PyPI (kept in target/rivals-tables), makes a table of group, month, monthly
value, cumulative value, start and end, and has each program hold it to four rules: monthly <= cumulative, cumulative never
falls within a group, the running sum of the months <= cumulative, start <= end. Programs run one after the other, so many
rounds; the median of the wall time of the whole process and the greatest peak of memory are printed. What each finds is
held against a recount in plain Python; a program that counts otherwise is marked.
"""

import argparse
import json
import math
import os
import random
import statistics
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PLACE = ROOT / "target" / "rivals-tables"
PACKAGES = ["duckdb", "polars", "pandas", "pyarrow", "pandera[polars]", "pointblank", "vtlengine"]
# Those that take minutes, or more memory than a desk has, beyond so many rows.
MOST_ROWS = {"pandera": 10**6, "pointblank": 10**6, "vtlengine": 10**5}
MONTHS = 100

# What `benches/tables.rs` is asked, too.
CLAIMS = (HERE / "figures" / "claims.toml").read_text()
RULES = (HERE / "figures" / "rules.toml").read_text()


def environment():
    python = PLACE / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(PLACE / "venv", with_pip=True)
    for package in PACKAGES:
        done = subprocess.run([python, "-m", "pip", "install", "-q", package], check=False)
        if done.returncode:
            print(f"{package} cannot be installed here and is left out", file=sys.stderr)
    return python


def make(rows, errors):
    """A workspace of so many rows, sorted by group and month, with so many rows in each of which one rule is broken."""
    folder = PLACE / f"{rows}-{errors}"
    table = folder / "claims" / "data" / "figures.csv"
    if table.exists():
        return folder
    (folder / "claims" / "data").mkdir(parents=True, exist_ok=True)
    (folder / "rules").mkdir(exist_ok=True)
    draw = random.Random(rows)
    # In a group of its own each, so that one slip is one finding.
    groups = rows // MONTHS
    wrong = dict(zip(draw.sample(range(groups), errors), ["falls", "order", "sum"] * errors))
    months = [f"{2015 + at // 12}-{at % 12 + 1:02d}" for at in range(MONTHS)]
    with open(table.with_suffix(".part"), "w") as out:
        out.write("group,month,monthly,cumulative,start,end\n")
        for group in range(groups):
            total, lines = 0, []
            for at, month in enumerate(months):
                value = 50 + int(draw.random() * 1000)
                total += value
                said, day = total, 1 + int(draw.random() * 20)
                last = day + int(draw.random() * 8)
                slip = wrong.get(group) if at == MONTHS // 2 else None
                if slip == "falls":
                    said = total - value - 7
                elif slip == "sum":
                    said = total - 1
                elif slip == "order":
                    last = day - 1 if day > 1 else day
                    day = max(day, 2)
                    last = day - 1
                lines.append(f"G{group:06d},{month},{value},{said},{month}-{day:02d},{month}-{last:02d}\n")
            out.write("".join(lines))
    os.rename(table.with_suffix(".part"), table)
    (folder / "claims" / "figures.toml").write_text(CLAIMS)
    (folder / "rules" / "figures.toml").write_text(RULES)
    return folder


def in_parquet(folder, python):
    """The same workspace, with its table in Parquet."""
    other = folder.with_name(folder.name + "-parquet")
    table = other / "claims" / "data" / "figures.parquet"
    if not table.exists():
        (other / "claims" / "data").mkdir(parents=True, exist_ok=True)
        (other / "rules").mkdir(exist_ok=True)
        script = HERE / "tables_rivals.py"
        part = table.with_suffix(".part")
        subprocess.run([python, script, "parquet", folder / "claims" / "data" / "figures.csv", part], check=True)
        os.rename(part, table)
        (other / "claims" / "figures.toml").write_text(CLAIMS.replace("figures.csv", "figures.parquet"))
        (other / "rules" / "figures.toml").write_text(RULES)
    return other


def breaches(table):
    """Of each row, its group and which rules it breaks: row by row, in plain Python."""
    group = before = None
    total = 0
    with open(table) as lines:
        next(lines)
        for line in lines:
            name, _, monthly, cumulative, start, end = line.rstrip("\n").split(",")
            monthly, cumulative = int(monthly), int(cumulative)
            if name != group:
                group, before, total = name, None, 0
            total += monthly
            falls = before is not None and cumulative < before
            yield name, {"part": monthly > cumulative, "order": start > end, "totals": falls or total > cumulative}
            before = cumulative


def recount(table):
    """What breaks each rule: records for rules of one record, groups for the others."""
    part = order = 0
    totals = set()
    for group, broken in breaches(table):
        part += broken["part"]
        order += broken["order"]
        if broken["totals"]:
            totals.add(group)
    return {"part": part, "order": order, "totals": len(totals)}


def measure(command, cwd):
    """Wall time, peak memory and what the program says."""
    done = subprocess.run(
        ["/usr/bin/time", "-f", "%e %M", "-o", str(PLACE / "time"), *map(str, command)],
        cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
    )
    said = (PLACE / "time").read_text().split("\n")
    wall, peak = next(line for line in reversed(said) if line and line[0].isdigit()).split()
    return float(wall), int(peak) / 1024, done


def addup_counts(text):
    report = json.loads(text)
    found = {"part": 0, "order": 0, "totals": 0}
    groups = set()
    for finding in report["findings"]:
        rules = finding["rules"]
        for name in ("part", "order"):
            found[name] += any(rule.startswith(f"figures/{name}[") for rule in rules)
        if "additive" in rules:
            groups.add(finding["claims"][0].split("[")[1].split(",")[0])
    found["totals"] = len(groups)
    return found


def plot(points, path):
    """Rows against seconds, both by powers of ten, as an SVG; `points` has (rows, seconds) by program."""
    width, height, left, top = 640, 400, 60, 20
    rows = [rows for line in points.values() for rows, _ in line]
    walls = [wall for line in points.values() for _, wall in line]
    x0, x1 = math.floor(math.log10(min(rows))), math.ceil(math.log10(max(rows)))
    y0, y1 = math.floor(math.log10(min(walls))), math.ceil(math.log10(max(walls)))
    x = lambda value: left + (math.log10(value) - x0) / max(x1 - x0, 1) * (width - left - 120)
    y = lambda value: height - 40 - (math.log10(value) - y0) / max(y1 - y0, 1) * (height - 40 - top)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
           f'<rect width="{width}" height="{height}" fill="white"/>']
    for power in range(x0, x1 + 1):
        at = x(10**power)
        out.append(f'<path d="M{at:.0f} {top}V{height - 40}" stroke="#ddd"/>')
        out.append(f'<text x="{at:.0f}" y="{height - 22}" text-anchor="middle">{10**power:,}</text>')
    for power in range(y0, y1 + 1):
        at = y(10.0**power)
        out.append(f'<path d="M{left} {at:.0f}H{width - 120}" stroke="#ddd"/>')
        out.append(f'<text x="{left - 6}" y="{at + 4:.0f}" text-anchor="end">{10.0**power:g} s</text>')
    out.append(f'<text x="{(width - 120 + left) / 2:.0f}" y="{height - 4}" text-anchor="middle">rows</text>')
    colors = ["#d62728", "#1f77b4", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b"]
    for (name, line), color in zip(points.items(), colors):
        path_of = "L".join(f"{x(rows):.1f} {y(wall):.1f}" for rows, wall in line)
        out.append(f'<path d="M{path_of}" fill="none" stroke="{color}" stroke-width="2"/>')
        out += [f'<circle cx="{x(rows):.1f}" cy="{y(wall):.1f}" r="3" fill="{color}"/>' for rows, wall in line]
        rows, wall = line[-1]
        out.append(f'<text x="{x(rows) + 8:.0f}" y="{y(wall) + 4:.0f}" fill="{color}">{name}</text>')
    Path(path).write_text("\n".join(out + ["</svg>\n"]))


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rows", type=int, nargs="+", default=[10**5, 10**6])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--errors", type=int, default=0)
    options.add_argument("--only", nargs="+")
    options.add_argument("--parquet", action="store_true", help="read Parquet: DuckDB, Polars and Addup alone")
    options.add_argument("--addup", default=str(ROOT / "target" / "release" / "addup"))
    options.add_argument("--plot", help="an SVG of rows against seconds")
    options.add_argument("--python", help="an interpreter that has the rivals already")
    asked = options.parse_args()
    PLACE.mkdir(parents=True, exist_ok=True)
    python = asked.python or environment()
    points = {}
    for rows in asked.rows:
        folder = make(rows, asked.errors)
        table = folder / "claims" / "data" / "figures.csv"
        expected = recount(table)
        print(f"\n{rows:,} rows, {table.stat().st_size / 2**20:.0f} MB; to be found: {expected}")
        names = ["addup", "duckdb", "polars", "pandera", "pointblank", "vtlengine"]
        if asked.parquet:
            folder, names = in_parquet(folder, python), names[:3]
            table = folder / "claims" / "data" / "figures.parquet"
            print(f"in Parquet {table.stat().st_size / 2**20:.0f} MB")
        names = [name for name in names if rows <= MOST_ROWS.get(name, rows)]
        names = [name for name in names if name == "addup" or not asked.only or name in asked.only]
        walls, peaks, remarks = {name: [] for name in names}, dict.fromkeys(names, 0), {}
        for _ in range(asked.rounds):
            for name in names:
                if name == "addup":
                    command = [asked.addup, "check", "--format", "json"]
                else:
                    command = [python, HERE / "tables_rivals.py", name, table]
                wall, peak, done = measure(command, folder)
                walls[name].append(wall)
                peaks[name] = max(peaks[name], peak)
                try:
                    text = done.stdout.decode()
                    found = addup_counts(text) if name == "addup" else json.loads(text.strip().split("\n")[-1])
                    # Where one monthly value is above its total, that total does not fit either.
                    remarks[name] = "" if found == expected else f"finds {found}"
                except (ValueError, KeyError, IndexError):
                    remarks[name] = f"failed: {done.stderr.decode().strip().split(chr(10))[-1][:80]}"
        ours = statistics.median(walls["addup"])
        for name in names:
            wall = statistics.median(walls[name])
            points.setdefault(name, []).append((rows, wall))
            print(f"  {name:<11} {wall:8.2f} s  {wall / ours:6.1f} x  {peaks[name]:7.0f} MB  {remarks[name]}")
    if asked.plot:
        plot(points, asked.plot)


if __name__ == "__main__":
    main()
