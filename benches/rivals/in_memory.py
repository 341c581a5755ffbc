"""Addup beside DuckDB where the rows are in memory already: one thread each, without reading and printing.

    python3 benches/rivals/in_memory.py [--rows 100000 1000000] [--rounds 9] [--errors 30]

The table and its four rules are those of `tables.py`. DuckDB has it as a table in memory, with names and months as
enumerations, `PRAGMA threads=1`; what is timed is each query from its text to its answer, and all four as one query, which is
what DuckDB is best at. Addup has it as columns (`cargo bench --bench tables`); what is timed is everything from there to the
rows that would have to be read as claims and what the report says of all others, first with all four rules, then with each
by itself, over the columns that it speaks of; that totals never fall and that months are no more than their total is one rule.
Medians. Both are held against a recount in plain Python: DuckDB by its counts, Addup by how many groups hold a breach.
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
WINDOWS = """
    with rows as (
        select *, lag(cumulative) over months as before, sum(monthly) over months as total
        from figures window months as (partition by name order by month)
    )
    select {} from rows
"""
IN_ONE = {
    "totals": WINDOWS.format("count(distinct name) filter (where cumulative < before or total > cumulative)"),
    "all": WINDOWS.format("""
        count(*) filter (where monthly > cumulative), count(*) filter (where first > last),
        count(distinct name) filter (where cumulative < before or total > cumulative),
        count(distinct name) filter (where monthly > cumulative or first > last or cumulative < before or total > cumulative)
    """),
}

# What of the claim file and the rules there is for one rule by itself.
TABLE = tables.CLAIMS[: tables.CLAIMS.index("dates ")]
DATES = 'dates  = ["start", "end"]\n'
MEASURES = tables.CLAIMS[tables.CLAIMS.index("\n[table.measures]") :]
EDITS = tables.RULES.index("[edits")
ALONE = {
    "part": (TABLE + MEASURES, '[measure.cases]\nover-time = "none"\n\n[edits.figures]\npart = "monthly <= cumulative"\n'),
    "order": (TABLE + DATES + "measures = {}\n", '[edits.figures]\norder = "start <= end"\n'),
    "totals": (TABLE + MEASURES, tables.RULES[:EDITS]),
}


def workspace(name, table):
    """A workspace with one rule over the same table."""
    folder = table.parents[2] / name
    (folder / "claims" / "data").mkdir(parents=True, exist_ok=True)
    (folder / "rules").mkdir(exist_ok=True)
    claims, rules = ALONE[name]
    (folder / "claims" / "figures.toml").write_text(claims)
    (folder / "rules" / "figures.toml").write_text(rules)
    link = folder / "claims" / "data" / "figures.csv"
    if not link.exists():
        link.symlink_to(table)
    return folder


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
    for name, query in [*QUERIES.items(), *IN_ONE.items()]:
        took[name] = []
        for _ in range(rounds):
            start = time.perf_counter()
            found = memory.execute(query).fetchone()
            took[name].append(time.perf_counter() - start)
    print(json.dumps({"seconds": took, "found": found}))  # of the last query, which is all four


def groups_with_a_breach(table):
    """How many groups hold a breach of any rule."""
    return len({group for group, broken in tables.breaches(table) if any(broken.values())})


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
        ours = {}
        for name, place in [("all", folder), *[(name, workspace(name, table)) for name in ALONE]]:
            bench = ["cargo", "bench", "-q", "--bench", "tables", "--", "--workspace", place, "--rounds", asked.rounds]
            ours[name] = said(bench, tables.ROOT)
        theirs = said([python, __file__, "--duckdb", table, "--rounds", asked.rounds], tables.ROOT)
        own = {name: statistics.median(found["nanoseconds"]) / 1e9 for name, found in ours.items()}
        seconds = {name: statistics.median(took) for name, took in theirs["seconds"].items()}
        seconds["one by one"] = sum(seconds[name] for name in QUERIES)
        print(f"\n{rows:,} rows; to be found: {expected}, in {breached} groups")
        compared = [("all", "all"), ("all", "one by one"), *[(name, name) for name in ALONE], ("totals", "falls"), ("totals", "sum")]
        for name, query in compared:
            ratio = seconds[query] / own[name]
            print(f"  addup {name:<7} {own[name] * 1000:7.1f} ms   duckdb {query:<11} {seconds[query] * 1000:7.1f} ms  {ratio:5.1f} x")
        wanted = [expected["part"], expected["order"], expected["totals"], breached]
        if theirs["found"] != wanted:
            is_right = False
            print(f"  duckdb finds {theirs['found']}, and not {wanted}")
        for name, groups in [("all", breached), ("part", expected["part"]), ("order", expected["order"]), ("totals", expected["totals"])]:
            found = ours[name]
            # A slip of `make` stands in a group of its own, so that records and groups are as many.
            if (found["rows"], found["clashing"]) != (rows, groups):
                is_right = False
                print(f"  addup, {name}: tells {found['clashing']} groups of {found['rows']} rows apart, and not {groups} of {rows}")
    sys.exit(0 if is_right else 1)


if __name__ == "__main__":
    main()
