"""Writes the Parquet files beside it: one table by four writers, and a column of every kind.

python3 write.py FOLDER; needs duckdb, fastparquet, pandas, polars and pyarrow. The files here were written by DuckDB 2.0.1,
fastparquet (for pandas 3.1.1), Polars 2.1.0 and pyarrow 26.0.1.
"""

import datetime as dt
import os
import sys
import uuid
from decimal import Decimal as D

import duckdb
import fastparquet
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

to = sys.argv[1]
os.makedirs(to, exist_ok=True)

rates = [12.5, 0.1, None, 1e21, -0.0, 2.5e-7]
table = pa.table(
    {
        "region": pa.array(["North", "North", None, "", "Südost, 1", "two\nlines\tand \\ more"]),
        "counted": pa.array([True, False, None, True, True, False]),
        "small": pa.array([1, -2, None, 127, -128, 0], pa.int8()),
        "staff": pa.array([12, 0, None, 2147483647, -2147483648, 7], pa.int32()),
        "arrests": pa.array([12, 0, None, 9223372036854775807, -9223372036854775808, 7], pa.int64()),
        "most": pa.array([1, 0, None, 18446744073709551615, 2, 3], pa.uint64()),
        "rate": pa.array(rates),
        "share": pa.array([12.5, 0.1, None, 16777216.0, 1 / 3, 0.0], pa.float32()),
        "revenue": pa.array([D("12.50"), D("-0.05"), None, D("99999999.99"), D("0.00"), D("1.00")], pa.decimal128(10, 2)),
        "day": pa.array(
            [dt.date(2025, 12, 18), dt.date(1969, 12, 31), None, dt.date(9999, 12, 31), dt.date(2024, 2, 29), dt.date(1, 1, 1)]
        ),
        "seen": pa.array(
            [
                dt.datetime(2025, 12, 18),
                dt.datetime(2025, 12, 18, 9, 30),
                None,
                dt.datetime(1969, 12, 31, 23, 59, 59, 250000),
                dt.datetime(2024, 2, 29),
                dt.datetime(2000, 1, 1, 0, 0, 1),
            ],
            pa.timestamp("us"),
        ),
    }
)


def write(name, of=table, **options):
    pq.write_table(of, f"{to}/{name}.parquet", store_schema=False, **options)


write("pyarrow", compression="snappy")
write(
    "pyarrow-second-version",
    data_page_version="2.0",
    compression="zstd",
    use_dictionary=False,
    row_group_size=4,
    write_page_checksum=True,
    column_encoding={
        "region": "DELTA_BYTE_ARRAY",
        "staff": "DELTA_BINARY_PACKED",
        "arrests": "DELTA_BINARY_PACKED",
        "rate": "BYTE_STREAM_SPLIT",
        "share": "BYTE_STREAM_SPLIT",
        "revenue": "DELTA_BYTE_ARRAY",
    },
)
write(
    "pyarrow-lengths",
    compression="gzip",
    use_dictionary=False,
    store_decimal_as_integer=True,
    data_page_size=1,
    max_rows_per_page=2,
    write_page_checksum=True,
    column_encoding={"region": "DELTA_LENGTH_BYTE_ARRAY"},
)
duckdb.from_arrow(table).write_parquet(f"{to}/duckdb.parquet", compression="zstd")
pl.from_arrow(table).write_parquet(f"{to}/polars.parquet", compression="lz4")

frame = pd.DataFrame({"region": table["region"].to_pylist()})
kinds = {"counted": "boolean", "small": "Int8", "staff": "Int32", "arrests": "Int64", "most": "UInt64"}
for column, kind in kinds.items():
    frame[column] = pd.array(table[column].to_pylist(), dtype=kind)
frame["rate"] = pd.array(rates, dtype="Float64")
fastparquet.write(f"{to}/fastparquet.parquet", frame, compression="GZIP", object_encoding="utf8")

ids = pa.array([uuid.UUID(int=1).bytes, uuid.UUID(int=2**127).bytes, None], pa.binary(16))
every_kind = pa.table(
    {
        "key": pa.array(["a", "b", "a"]).dictionary_encode(),
        "decimal-9": pa.array([D("1.5"), D("-12345678.9"), None], pa.decimal128(9, 1)),
        "decimal-18": pa.array([D("1.500"), D("-0.001"), None], pa.decimal128(18, 3)),
        "decimal-38": pa.array([D("1.50"), D("123456789012345678901234567890123456.78"), None], pa.decimal128(38, 2)),
        "decimal-76": pa.array([D("1.50"), D("-1e60"), None], pa.decimal256(76, 2)),
        "utc": pa.array([dt.datetime(2025, 12, 18), dt.datetime(2025, 12, 18, 9, 30), None], pa.timestamp("ms", tz="UTC")),
        "nanos": pa.array([1766016000000000000, 1766050200000000250, None], pa.timestamp("ns")),
        "u8": pa.array([255, 0, None], pa.uint8()),
        "u16": pa.array([65535, 0, None], pa.uint16()),
        "u32": pa.array([4294967295, 0, None], pa.uint32()),
        "float": pa.array([float("nan"), float("inf"), float("-inf")]),
        "bytes": pa.array([b"text", "Zü".encode(), None], pa.binary()),
        "not-text": pa.array([b"\xff\xfe", b"", None], pa.binary()),
        "uuid": ids.cast(pa.uuid()),
        "json": pa.array(['{"a": 1}', "2", None], pa.json_()),
        "null": pa.nulls(3),
        "time": pa.array([dt.time(9, 30), dt.time(0), None]),
        "half": pa.array([1.5, 2, None], pa.float16()),
        "list": pa.array([[1], [], None]),
        "struct": pa.array([{"a": 1, "b": "x"}, None, None]),
        "map": pa.array([[("a", 1)], [], None], pa.map_(pa.string(), pa.int32())),
        "fixed": pa.array([b"abcd", b"efgh", None], pa.binary(4)),
        "after": pa.array([1, 2, 3], pa.int32()),
    }
)
write("kinds", every_kind, use_dictionary=["key"], compression="zstd")
moments = pa.array([dt.datetime(2025, 12, 18), dt.datetime(2025, 12, 18, 9, 30)], pa.timestamp("ns"))
write("int96", pa.table({"key": ["a", "b"], "old": moments}), use_deprecated_int96_timestamps=True)
duckdb.sql(
    "select 1::hugeint h, interval 3 day i, 'a'::enum('a', 'b') e, "
    "'00000000-0000-0000-0000-000000000001'::uuid u, '{\"a\": 1}'::json j"
).write_parquet(f"{to}/duckdb-kinds.parquet", compression="uncompressed")
