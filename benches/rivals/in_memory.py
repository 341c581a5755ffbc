"""Addup beside DuckDB where the rows are in memory already: four constraints, one thread each, without reading and printing.

    python3 benches/rivals/in_memory.py [--rows 100000 1000000] [--rounds 9] [--errors 30]

The table and its rules are those of `tables.py`. DuckDB has it as a table in memory, with names and months as enumerations,
`PRAGMA threads=1`; what is timed is each query from its text to its answer, and all four as one query, which is what DuckDB
is best at. Addup has it as columns (`cargo bench --bench tables`); what is timed is everything from there to the rows that
would have to be read as claims: grouping them, all four constraints at once, and what is counted for the report. Medians.
Both are held against a recount in plain Python: DuckDB by its counts, Addup by how many groups hold a breach.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time

import tables

QUERIES = {
    "part": "select count(*) from figures where monthly > cumulative",
    "order": "select count(*) from figures where first > last",
    "falls": """select count(distinct name) from (
        select name, cumulative, lag(cumulative) over (partition by name order by month) as before from figures)
        where cumulative < before""",
    "sum": """select count(distinct name) from (
        select name, cumulative, sum(monthly) over (partition by name order by month) as total from figures)
        where total > cumulative""",
}
ALL = """
    with rows as (
        select name, monthly, cumulative, first, last, lag(cumulative) over months as before, sum(monthly) over months as total
        from figures window months as (partition by name order by month)
    )
    select count(*) filter (where monthly > cumulative), count(*) filter (where first > last),
           count(distinct name) filter (where cumulative < before or total > cumulative),
           count(distinct name) filter (where monthly > cumulative or first > last or cumulative < before or total > cumulative)
    from rows
"""


def with_duckdb(table, rounds):
    """Seconds of each query by its name, and what all of them find, as JSON on standard output."""
    import duckdb

    memory = duckdb.connect()
    memory.execute("pragma threads=1")
    types = "{'group': 'VARCHAR', 'month': 'VARCHAR', 'monthly': 'BIGINT', 'cumulative': 'BIGINT', 'start': 'DATE', 'end': 'DATE'}"
    memory.execute(f"create temp table raw as select * from read_csv('{table}', header = true, columns = {types})")
    memory.execute('create type names as enum (select distinct "group" from raw order by 1)')
    memory.execute("create type months as enum (select distinct month from raw order by 1)")
    memory.execute("""create table figures as select "group"::names as name, month::months as month, monthly, cumulative,
        "start" as first, "end" as last from raw""")
    memory.execute("drop table raw")
    took = {}
    for name, query in [*QUERIES.items(), ("all", ALL)]:
        took[name] = []
        for _ in range(rounds):
            start = time.perf_counter()
            found = memory.execute(query).fetchone()
            took[name].append(time.perf_counter() - start)
    print(json.dumps({"seconds": took, "found": found}))


def groups_with_a_breach(table):
    """How many groups hold a breach of any rule, counted row by row."""
    breached, group, before, total = set(), None, None, 0
    with open(table) as lines:
        next(lines)
        for line in lines:
            name, _, monthly, cumulative, start, end = line.rstrip("\n").split(",")
            monthly, cumulative = int(monthly), int(cumulative)
            if name != group:
                group, before, total = name, 0, 0
            total += monthly
            if monthly > cumulative or start > end or cumulative < before or total > cumulative:
                breached.add(name)
            before = cumulative
    return len(breached)


def said(command, cwd):
    done = subprocess.run([*map(str, command)], cwd=cwd, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.decode().strip().split("\n")[-1])


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rows", type=int, nargs="+", default=[10**5, 10**6])
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--errors", type=int, default=30)
    options.add_argument("--python", help="an interpreter that has DuckDB already")
    options.add_argument("--duckdb", metavar="TABLE", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.duckdb:
        return with_duckdb(asked.duckdb, asked.rounds)
    tables.PLACE.mkdir(parents=True, exist_ok=True)
    python = asked.python or tables.environment()
    is_right = True
    for rows in asked.rows:
        folder = tables.make(rows, asked.errors)
        table = folder / "claims" / "data" / "figures.csv"
        expected, breached = tables.recount(table), groups_with_a_breach(table)
        bench = ["cargo", "bench", "-q", "--bench", "tables", "--", "--workspace", folder, "--rounds", asked.rounds]
        ours = said(bench, tables.ROOT)
        theirs = said([python, __file__, "--duckdb", table, "--rounds", asked.rounds], tables.ROOT)
        seconds = {name: statistics.median(took) for name, took in theirs["seconds"].items()}
        own = statistics.median(ours["nanoseconds"]) / 1e9
        print(f"\n{rows:,} rows; to be found: {expected}, in {breached} groups")
        print(f"  addup, all four          {own * 1000:8.2f} ms")
        for name, label in [("all", "duckdb, all in one query"), *[(name, f"duckdb, {name}") for name in QUERIES]]:
            print(f"  {label:<24} {seconds[name] * 1000:8.2f} ms  {seconds[name] / own:5.1f} x")
        each = sum(seconds[name] for name in QUERIES)
        print(f"  {'duckdb, one by one':<24} {each * 1000:8.2f} ms  {each / own:5.1f} x")
        wanted = [expected["part"], expected["order"], expected["totals"], breached]
        if theirs["found"] != wanted:
            is_right = False
            print(f"  duckdb finds {theirs['found']}, and not {wanted}")
        if (ours["rows"], ours["clashing"]) != (rows, breached):
            is_right = False
            print(f"  addup tells {ours['clashing']} groups of {ours['rows']} rows apart, and not {breached} of {rows}")
    sys.exit(0 if is_right else 1)


if __name__ == "__main__":
    main()
