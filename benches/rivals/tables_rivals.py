"""The four rules as each rival says them: `python tables_rivals.py NAME TABLE` prints what breaks them, as JSON.

`part` and `order` are counts of records; `totals` is the number of groups in which a total falls, or is less than the sum
of its months. Each is written as its own documentation would have it, with all its threads. `parquet TABLE TO` writes the
table as Parquet.
"""

import json
import sys


def with_duckdb(table):
    import duckdb

    columns = "{'group': 'VARCHAR', 'month': 'VARCHAR', 'monthly': 'BIGINT', 'cumulative': 'BIGINT', 'start': 'DATE', 'end': 'DATE'}"
    rows = f"read_csv('{table}', header = true, columns = {columns})"
    if table.endswith(".parquet"):
        rows = f"read_parquet('{table}')"
    found = duckdb.connect().execute(f"""
        with rows as (
            select "group" as name, monthly, cumulative, "start" as first, "end" as last,
                   lag(cumulative) over months as before, sum(monthly) over months as total
            from {rows}
            window months as (partition by "group" order by month)
        )
        select count(*) filter (where monthly > cumulative), count(*) filter (where first > last),
               count(distinct name) filter (where cumulative < before or total > cumulative)
        from rows
    """).fetchone()
    return dict(zip(["part", "order", "totals"], found))


def with_polars(table):
    import polars as pl

    rows = pl.scan_parquet(table) if table.endswith(".parquet") else pl.scan_csv(table, try_parse_dates=True)
    rows = rows.sort("group", "month").with_columns(
        before=pl.col("cumulative").shift(1).over("group"), total=pl.col("monthly").cum_sum().over("group")
    )
    wrong = (pl.col("cumulative") < pl.col("before")) | (pl.col("total") > pl.col("cumulative"))
    found = rows.select(
        part=(pl.col("monthly") > pl.col("cumulative")).sum(),
        order=(pl.col("start") > pl.col("end")).sum(),
        totals=pl.col("group").filter(wrong).n_unique(),
    ).collect()
    return {name: int(found[name][0]) for name in ["part", "order", "totals"]}


def to_parquet(table, to):
    """Writes a table as pyarrow does where nothing is said: Snappy, dictionaries, row groups of a million rows."""
    import pyarrow as pa
    import pyarrow.csv as csv
    import pyarrow.parquet as pq

    options = csv.ConvertOptions(column_types={"month": pa.string(), "start": pa.date32(), "end": pa.date32()})
    pq.write_table(csv.read_csv(table, convert_options=options), to)


def prepared(table):
    import polars as pl

    rows = pl.read_csv(table, try_parse_dates=True).sort("group", "month")
    return rows.with_columns(
        before=pl.col("cumulative").shift(1).over("group").fill_null(0),
        total=pl.col("monthly").cum_sum().over("group"),
    )


def with_pandera(table):
    import pandera.polars as pa
    import polars as pl

    def holds(expression):
        return pa.Check(lambda data: data.lazyframe.select(expression))

    checks = {
        "part": holds(pl.col("monthly") <= pl.col("cumulative")),
        "order": holds(pl.col("start") <= pl.col("end")),
        "totals": holds((pl.col("before") <= pl.col("cumulative")) & (pl.col("total") <= pl.col("cumulative"))),
    }
    rows, found = prepared(table), {}
    for name, check in checks.items():
        try:
            pa.DataFrameSchema(checks=[check]).validate(rows, lazy=True)
            found[name] = 0
        except pa.errors.SchemaErrors as errors:
            cases = errors.failure_cases
            index = cases["index"].unique().drop_nulls()
            found[name] = rows[index.to_list()]["group"].n_unique() if name == "totals" else len(index)
    return found


def with_pointblank(table):
    import pointblank as pb

    rows = prepared(table)
    found = (
        pb.Validate(rows)
        .col_vals_le("monthly", pb.col("cumulative"))
        .col_vals_le("start", pb.col("end"))
        .col_vals_le("before", pb.col("cumulative"))
        .col_vals_le("total", pb.col("cumulative"))
        .interrogate()
    )
    failed = found.n_failed()
    groups = set()
    for step in (3, 4):
        if failed[step]:
            groups |= set(found.get_data_extracts(i=step, frame=True)["group"])
    return {"part": failed[1], "order": failed[2], "totals": len(groups)}


def with_vtlengine(table):
    import pandas as pd
    from vtlengine import run

    rows = pd.read_csv(table)
    rows["start"], rows["end"] = pd.to_datetime(rows["start"]), pd.to_datetime(rows["end"])
    rows["days"] = (rows["end"] - rows["start"]).dt.days
    rows = rows.rename(columns={"group": "name", "month": "period"})[["name", "period", "monthly", "cumulative", "days"]]
    structure = {"datasets": [{"name": "DS", "DataStructure": [
        {"name": "name", "type": "String", "role": "Identifier", "nullable": False},
        {"name": "period", "type": "String", "role": "Identifier", "nullable": False},
        {"name": "monthly", "type": "Integer", "role": "Measure", "nullable": True},
        {"name": "cumulative", "type": "Integer", "role": "Measure", "nullable": True},
        {"name": "days", "type": "Integer", "role": "Measure", "nullable": True},
    ]}]}
    script = """
        W <- DS [calc total := sum(monthly over (partition by name order by period
                     data points between unbounded preceding and current data point)),
                 before := lag(cumulative, 1 over (partition by name order by period))];
        P <- W [filter monthly > cumulative];
        O <- W [filter days < 0];
        T <- W [filter total > cumulative or before > cumulative];
    """
    found = run(script=script, data_structures=structure, datapoints={"DS": rows})
    return {"part": len(found["P"].data), "order": len(found["O"].data), "totals": found["T"].data["name"].nunique()}


if __name__ == "__main__":
    if sys.argv[1] == "parquet":
        to_parquet(*sys.argv[2:])
    else:
        print(json.dumps(globals()[f"with_{sys.argv[1]}"](sys.argv[2])))
