"""Files of pyarrow, Polars and DuckDB read by fs-frame, and the other way round: equal values, equal types.

Usage: interop.py FS_FRAME [FOLDER]; with a folder, the files that were written are kept there with what fs-frame must make of them.
"""

import datetime as dt
import decimal
import json
import os
import subprocess
import sys
import tempfile

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet as pq

TOOL = os.path.abspath(sys.argv[1])
FAILURES = []
CHECKS = 0


def check(name, ok, detail=""):
    global CHECKS
    CHECKS += 1
    if not ok:
        FAILURES.append(name)
        print(f"FAILED {name}: {str(detail)[:600]}")


def run(*arguments, data=None):
    return subprocess.run([TOOL, *arguments], input=data, capture_output=True)


def plain(value):
    """A value as fs-frame writes it in JSON."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return None if value != value or value in (float("inf"), float("-inf")) else value
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        if value.tzinfo is not None:
            value = value.astimezone(dt.timezone.utc).replace(tzinfo=None)
        text = value.isoformat()
        if "." in text:
            head, fraction = text.split(".")
            fraction = fraction.rstrip("0")
            fraction += "0" * (-len(fraction) % 3)
            text = f"{head}.{fraction}"
        return text + "Z"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        text = value.isoformat()
        return text
    raise TypeError(type(value))


def same(a, b):
    if isinstance(a, float) or isinstance(b, float):
        if a is None or b is None:
            return a is b
        return a == b or abs(a - b) <= 1e-12 * max(abs(a), abs(b))
    return a == b


def compare(name, out, rows):
    if out.returncode != 0:
        check(name, False, out.stderr.decode())
        return
    got = [json.loads(line) for line in out.stdout.splitlines()]
    check(name + " rows", len(got) == len(rows), f"{len(got)} and {len(rows)}")
    for i, (g, e) in enumerate(zip(got, rows)):
        for key, value in e.items():
            if not same(g.get(key), plain(value)):
                check(f"{name} row {i} {key}", False, f"{g.get(key)!r} and {plain(value)!r}")
                return
    check(name, True)


def table(rows, nulls=True):
    """Every type that market data has, with nulls among the values."""
    def column(values, kind):
        values = [values[i % len(values)] for i in range(rows)]
        if nulls:
            values = [None if i % 7 == 3 else v for i, v in enumerate(values)]
        return pa.array(values, kind)

    day = dt.date(2024, 2, 28)
    stamp = dt.datetime(2024, 1, 2, 14, 30, 0, 250000)
    zone = dt.timezone.utc
    return pa.table({
        "symbol": column(["AAPL", "MSFT", "Ärzte", ""], pa.string()),
        "large": column(["x" * i for i in range(20)], pa.large_string()),
        "view": column(["short", "a text that is longer than twelve bytes", "ü"], pa.string_view()),
        "dict": column(["buy", "sell"], pa.string()).dictionary_encode(),
        "i8": column([-128, 0, 127], pa.int8()),
        "i16": column([-32768, 5, 32767], pa.int16()),
        "i32": column([-2**31, 7, 2**31 - 1], pa.int32()),
        "i64": column([-2**63, 9, 2**63 - 1, 2**53 + 1], pa.int64()),
        "u8": column([0, 255], pa.uint8()),
        "u16": column([0, 65535], pa.uint16()),
        "u32": column([0, 2**32 - 1], pa.uint32()),
        "u64": column([0, 2**63 - 1], pa.uint64()),
        "f32": column([1.5, -2.25, 0.5], pa.float32()),
        "f64": column([0.1, -1e300, 1e-300, 5e-324, 123456.789, -0.0], pa.float64()),
        "dec": column([decimal.Decimal("1.25"), decimal.Decimal("-99999.99"), decimal.Decimal("0.01")], pa.decimal128(12, 2)),
        "day": column([day, dt.date(1969, 12, 31), dt.date(1900, 1, 1)], pa.date32()),
        "day64": column([day, dt.date(1969, 12, 31)], pa.date64()),
        "s": column([stamp.replace(microsecond=0)], pa.timestamp("s")),
        "ms": column([stamp, dt.datetime(1950, 5, 5, 5, 5, 5, 5000)], pa.timestamp("ms", "UTC")),
        "us": column([stamp.replace(microsecond=123456)], pa.timestamp("us", "America/New_York")),
        "ns": column([1704205800123456789, -1], pa.timestamp("ns", "UTC")),
        "b": column([True, False], pa.bool_()),
        "none": pa.nulls(rows),
    })


def rows_of(t):
    rows = t.drop_columns(["ns"]).to_pylist() if "ns" in t.column_names else t.to_pylist()
    return rows


folder = sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()
os.makedirs(folder, exist_ok=True)


def path(name):
    return os.path.join(folder, name)


# --- Arrow: what others write -------------------------------------------------------------------------------------------------

for rows in (0, 1, 50, 20000):
    t = table(rows)
    for codec in (None, "lz4", "zstd"):
        name = f"pyarrow-{rows}-{codec}.arrows"
        options = pa.ipc.IpcWriteOptions(compression=codec)
        with pa.ipc.new_stream(path(name), t.schema, options=options) as w:
            for batch in t.to_batches(max_chunksize=7000):
                w.write_batch(batch)
        compare(name, run("convert", path(name)), rows_of(t))
        name = f"pyarrow-{rows}-{codec}.arrow"
        with pa.ipc.new_file(path(name), t.schema, options=options) as w:
            w.write_table(t, max_chunksize=7000)
        compare(name, run("convert", path(name)), rows_of(t))
        compare(name + " pipe", run("convert", data=open(path(name), "rb").read()), rows_of(t))

# Dictionaries that change, and that grow.
for delta in (False, True):
    schema = pa.schema({"symbol": pa.dictionary(pa.int8(), pa.string()), "n": pa.int64()})
    name = f"pyarrow-dictionary-{'delta' if delta else 'replaced'}.arrows"
    parts = [["A", "B"], ["A", "B", "C"], ["A", "B", "C", "D"]] if delta else [["A", "B"], ["C"], ["D", "A"]]
    rows = []
    with pa.ipc.new_stream(path(name), schema, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=delta)) as w:
        for k, words in enumerate(parts):
            codes = pa.array([i % len(words) for i in range(10)], pa.int8())
            batch = pa.record_batch([pa.DictionaryArray.from_arrays(codes, words), pa.array([k] * 10)], schema=schema)
            w.write_batch(batch)
            rows += batch.to_pylist()
    compare(name, run("convert", path(name)), rows)

# Sliced batches have validity bits that do not begin at a byte.
t = table(100).slice(13, 50)
name = "pyarrow-sliced.arrows"
with pa.ipc.new_stream(path(name), t.schema) as w:
    w.write_table(t)
compare(name, run("convert", path(name)), rows_of(t))

half = pa.table({"h": pa.array([1.5, -0.25, None, 65504.0], pa.float16())})
with pa.ipc.new_stream(path("pyarrow-half.arrows"), half.schema) as w:
    w.write_table(half)
compare("half", run("convert", path("pyarrow-half.arrows")), [{"h": 1.5}, {"h": -0.25}, {"h": None}, {"h": 65504.0}])

nested = pa.table({"a": [1, 2], "l": [[1], [2, 3]], "r": [{"x": 1}, {"x": 2}], "z": ["p", "q"]})
with pa.ipc.new_stream(path("pyarrow-nested.arrows"), nested.schema) as w:
    w.write_table(nested)
out = run("convert", path("pyarrow-nested.arrows"))
check("nested is refused", out.returncode == 65 and b'"l" is a list' in out.stderr, out.stderr)
compare("nested passed over", run("convert", "--columns", "a,z", path("pyarrow-nested.arrows")), nested.select(["a", "z"]).to_pylist())
pq.write_table(nested, path("nested.parquet"))
out = run("convert", path("nested.parquet"))
check("nested parquet is refused", out.returncode == 65 and b"nested" in out.stderr, out.stderr)
compare("nested parquet passed over", run("convert", "--columns", "a,z", path("nested.parquet")), nested.select(["a", "z"]).to_pylist())

# --- Parquet: what others write -----------------------------------------------------------------------------------------------

for rows in (0, 1, 50, 20000):
    t = table(rows)
    t = t.set_column(t.column_names.index("view"), "view", t["view"].cast(pa.string()))
    for codec in ("none", "snappy", "gzip", "zstd", "lz4"):
        for version in ("1.0", "2.0"):
            name = f"pyarrow-{rows}-{codec}-v{version[0]}.parquet"
            pq.write_table(t, path(name), compression=codec, data_page_version=version, row_group_size=6000, data_page_size=20000)
            compare(name, run("convert", path(name)), rows_of(t))

numbers = pa.table({
    "symbol": [f"S{i % 90}" for i in range(5000)],
    "i32": pa.array([(i * 7919) % 100003 - 50000 for i in range(5000)], pa.int32()),
    "i64": pa.array([(i * 104729) % 2**40 for i in range(5000)], pa.int64()),
    "f32": pa.array([i / 8 for i in range(5000)], pa.float32()),
    "f64": pa.array([None if i % 11 == 0 else i / 3 for i in range(5000)], pa.float64()),
    "wide": pa.array([-2**63 if i % 2 else 2**63 - 1 for i in range(5000)], pa.int64()),
})
for encoding in ("PLAIN", "DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"):
    encodings = {}
    for column in numbers.column_names:
        kind = numbers.schema.field(column).type
        if encoding == "DELTA_BINARY_PACKED" and not pa.types.is_integer(kind):
            continue
        if encoding == "BYTE_STREAM_SPLIT" and kind == pa.string():
            continue
        if encoding in ("DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY") and kind != pa.string():
            continue
        encodings[column] = encoding
    for version in ("1.0", "2.0"):
        name = f"pyarrow-{encoding}-v{version[0]}.parquet"
        pq.write_table(numbers, path(name), use_dictionary=False, column_encoding=encodings, data_page_version=version)
        compare(name, run("convert", path(name)), numbers.to_pylist())

flba = pa.table({"d": pa.array([decimal.Decimal("-1.5"), None, decimal.Decimal("123456789012.25")], pa.decimal128(18, 2)),
                 "t": pa.array([dt.time(9, 30), dt.time(16, 0, 0, 1000), None], pa.time64("us"))})
pq.write_table(flba, path("fixed.parquet"))
out = run("convert", path("fixed.parquet"))
check("fixed bytes", out.returncode == 0 and b'"d":123456789012.25' in out.stdout and b'"t":"09:30:00"' in out.stdout, out.stdout + out.stderr)
old = pa.table({"ts": pa.array([dt.datetime(2024, 1, 2, 14, 30), dt.datetime(1969, 7, 20, 20, 17, 40)], pa.timestamp("ns"))})
pq.write_table(old, path("int96.parquet"), use_deprecated_int96_timestamps=True)
compare("int96", run("convert", path("int96.parquet")), old.cast(pa.schema({"ts": pa.timestamp("us")})).to_pylist())

frame = pl.DataFrame({
    "symbol": ["A", "B", None] * 1000, "ts": [dt.datetime(2024, 1, 2) + dt.timedelta(minutes=i) for i in range(3000)],
    "close": [i / 100 for i in range(3000)], "volume": list(range(3000)), "ok": [True, None, False] * 1000,
    "day": [dt.date(2024, 1, 1)] * 3000, "cat": ["x", "y", "z"] * 1000,
}).with_columns(pl.col("cat").cast(pl.Categorical))
frame.write_parquet(path("polars.parquet"))
compare("polars parquet", run("convert", path("polars.parquet")), frame.to_dicts())
for codec in ("uncompressed", "lz4", "zstd"):
    frame.write_ipc(path(f"polars-{codec}.arrow"), compression=codec)
    compare(f"polars ipc {codec}", run("convert", path(f"polars-{codec}.arrow")), frame.to_dicts())
    frame.write_ipc_stream(path(f"polars-{codec}.arrows"), compression=codec)
    compare(f"polars stream {codec}", run("convert", path(f"polars-{codec}.arrows")), frame.to_dicts())

db = duckdb.connect()
db.sql("set timezone='UTC'")
sql = """select 'S' || (i % 5) as symbol, timestamptz '2024-01-02 14:30:00+00' + interval (i) minute as ts,
  (i / 7)::double as close, (i * 13)::bigint as volume, (i / 100)::decimal(18, 2) as price, i % 3 = 0 as ok,
  date '2024-01-01' + (i % 30)::int as day, case when i % 4 = 0 then null else i::int end as n from range(5000) t(i)"""
expected = [dict(zip([d[0] for d in db.execute(sql).description], row)) for row in db.execute(sql).fetchall()]
for codec in ("snappy", "zstd", "gzip", "uncompressed", "lz4_raw"):
    for version in ("v1", "v2"):
        name = f"duckdb-{codec}-{version}.parquet"
        db.execute(f"copy ({sql}) to '{path(name)}' (format parquet, compression {codec}, parquet_version {version})")
        compare(name, run("convert", path(name)), expected)
db.execute(f"copy ({sql}) to '{path('duckdb.csv')}' (header)")
out = run("convert", path("duckdb.csv"))
check("duckdb csv", out.returncode == 0 and len(out.stdout.splitlines()) == 5000, out.stderr)

# --- What fs-frame writes, read by all --------------------------------------------------------------------------------------

source = path("source.ndjson")
with open(source, "w") as f:
    for i in range(40000):
        row = {"symbol": f"S{i % 37}", "ts": f"2024-01-{i // 8640 % 28 + 1:02d}T{i // 360 % 24:02d}:{i // 6 % 60:02d}:{i % 6 * 10:02d}Z",
               "day": f"2024-{i % 12 + 1:02d}-15", "open": round(100 + (i * 37 % 1000) / 100, 2), "ratio": (i * 7919 % 10007) / 10007,
               "volume": i * 977 % 10**7, "big": 2**53 + i, "ok": i % 2 == 0, "note": f"text {i}" if i % 5 else None,
               "gap": None if i % 3 else i / 4, "list": [i, "x"]}
        f.write(json.dumps(row) + "\n")
expected = [json.loads(line) for line in open(source)]


def check_rows(name, rows, decimals=False):
    check(name + " rows", len(rows) == len(expected), len(rows))
    for i, (g, e) in enumerate(zip(rows, expected)):
        for key, value in e.items():
            got = g[key]
            if key == "list":
                ok = json.loads(got) == value
            else:
                got = plain(got)
                ok = same(got, value)
            if not ok:
                check(f"{name} row {i} {key}", False, f"{got!r} and {value!r}")
                return
    check(name, True)


def frames_of(file):
    kind = file.rsplit(".", 1)[1]
    if kind == "parquet":
        yield "pyarrow", pq.read_table(file).to_pylist()
        yield "polars", pl.read_parquet(file).to_dicts()
        cursor = db.execute(f"select * from '{file}'")
        yield "duckdb", [dict(zip([d[0] for d in cursor.description], row)) for row in cursor.fetchall()]
    elif kind == "arrow":
        yield "pyarrow", pa.ipc.open_file(file).read_all().to_pylist()
        yield "polars", pl.read_ipc(file).to_dicts()
    else:
        yield "pyarrow", pa.ipc.open_stream(file).read_all().to_pylist()
        yield "polars", pl.read_ipc_stream(file).to_dicts()


for options in (["ours.parquet"], ["ours-doubles.parquet", "--doubles"], ["ours-gzip.parquet", "--codec", "gzip"], ["ours-zstd.parquet", "--codec", "zstd"],
                ["ours-none.parquet", "--codec", "none"], ["ours-small.parquet", "--row-group", "5000"], ["ours.arrow"], ["ours.arrows"],
                ["packed.arrow", "--codec", "zstd"], ["packed.arrows", "--codec", "zstd"]):
    file = path(options[0])
    out = run("convert", source, "-o", file, *options[1:])
    check("write " + options[0], out.returncode == 0, out.stderr)
    if out.returncode == 0:
        for reader, rows in frames_of(file):
            check_rows(f"{options[0]} {' '.join(options[1:])} {reader}", rows)
        back = run("convert", file)
        check("back " + options[0], [json.loads(x) for x in back.stdout.splitlines()] == expected or options[0].endswith("doubles"), back.stderr)

schema = pq.read_schema(path("ours.parquet"))
types = {"symbol": pa.string(), "ts": pa.timestamp("ms", "UTC"), "day": pa.date32(), "open": pa.decimal128(9, 2), "ratio": pa.float64(),
         "volume": pa.int64(), "big": pa.int64(), "ok": pa.bool_(), "note": pa.string()}
for name, kind in types.items():
    check(f"type of {name}", schema.field(name).type == kind, schema.field(name).type)
check("doubles", pq.read_schema(path("ours-doubles.parquet")).field("open").type == pa.float64())

# Statistics and page indexes are what readers skip by.
for where in ("volume > 9990000", "open = 105.5 and volume < 5000", "ts >= '2024-01-27'", "symbol = 'S9'", "gap is null and ok", "day = date '2024-05-15'"):
    counts = {f: db.execute(f"select count(*), sum(volume) from '{path(f)}' where {where}").fetchone() for f in ("ours.parquet", "ours-small.parquet", "ours-doubles.parquet")}
    truth = db.execute(f"select count(*), sum(volume) from read_ndjson('{source}') where {where.replace('ts >=', 'ts::timestamptz >=')}").fetchone()
    check(f"duckdb where {where}", all(c == truth for c in counts.values()), f"{counts} and {truth}")
lazy = pl.scan_parquet(path("ours-small.parquet")).filter(pl.col("volume") > 9990000).select(pl.len()).collect().item()
check("polars filter", lazy == sum(e["volume"] > 9990000 for e in expected))
found = pq.read_table(path("ours-small.parquet"), filters=[("symbol", "==", "S9"), ("volume", "<", 1000)]).num_rows
check("pyarrow filter", found == sum(e["symbol"] == "S9" and e["volume"] < 1000 for e in expected))
out = run("filter", "volume > 9990000", path("ours-small.parquet"))
check("our filter", len(out.stdout.splitlines()) == lazy)

# What others have and we do not write: decimals of 38 digits, texts that are not called texts.
wide = [decimal.Decimal("1.000000000000000001"), decimal.Decimal("-12345678901234567890.5"), None, decimal.Decimal("0.1")]
pq.write_table(
    pa.table({"wide": pa.array(wide, pa.decimal128(38, 18)), "sum": pa.array([decimal.Decimal("1234.56"), decimal.Decimal("-0.01"), None, decimal.Decimal("99999999999999999999999999.99")], pa.decimal128(38, 2)),
              "raw": pa.array([b"a", "\u00e9".encode(), None, b""], pa.binary())}), path("wide.parquet"))
out = run("convert", path("wide.parquet"))
got = [json.loads(x) for x in out.stdout.splitlines()]
check("wide decimals", [None if r["wide"] is None else float(r["wide"]) for r in got] == [float(w) if w is not None else None for w in wide], out.stderr or got)
check("sums of decimals", [r["sum"] for r in got] == [1234.56, -0.01, None, 1e26], got)
check("unannotated texts", [r["raw"] for r in got] == ["a", "\u00e9", None, ""], got)
pq.write_table(pa.table({"raw": pa.array([b"\xff\xfe"], pa.binary())}), path("bytes.parquet"))
out = run("convert", path("bytes.parquet"))
check("bytes are not called damaged", out.returncode == 65 and b"not UTF-8" in out.stderr and b"damaged" not in out.stderr, out.stderr)
pq.write_table(pa.table({"a": [1, 2, 3] * 1000}), path("brotli.parquet"), compression="brotli")
out = run("convert", path("brotli.parquet"))
check("brotli is not called damaged", out.returncode == 65 and b"cannot be read" in out.stderr and b"damaged" not in out.stderr, out.stderr)

# Returns, as people compute them: the same in pandas, Polars and DuckDB, whatever the file was made from.
closes = [round(100 + 7 * ((i * 37) % 11) / 3, 2) for i in range(400)]
days = [dt.date(2024, 1, 1) + dt.timedelta(i) for i in range(400)]
lines = "".join(json.dumps({"symbol": "A", "ts": d.isoformat(), "close": c}) + "\n" for d, c in zip(days, closes)).encode()
wanted = [b / a - 1 for a, b in zip(closes, closes[1:])]
run("convert", "-o", path("decimals.parquet"), data=lines)
check("decimals", pq.read_schema(path("decimals.parquet")).field("close").type == pa.decimal128(9, 2))
for name, given in (("from-lines", lines), ("from-decimals", None)):
    for ending in ("parquet", "arrow"):
        file = path(f"returns-{name}.{ending}")
        out = run("convert", "--doubles", "--timestamps", "-o", file, *([] if given else [path("decimals.parquet")]), data=given)
        check(f"write returns {name} {ending}", out.returncode == 0, out.stderr)
        close = lambda got: len(got) == 399 and all(abs(a - b) < 1e-15 for a, b in zip(got, wanted))
        frame = pd.read_parquet(file) if ending == "parquet" else pd.read_feather(file)
        frame = frame.set_index("ts")
        check(f"pandas returns {name} {ending}", close(list(frame.close.pct_change().dropna())), frame.dtypes)
        check(f"pandas month {name} {ending}", len(frame.loc["2024-02"]) == 29)
        check(f"pandas resample {name} {ending}", len(frame.close.resample("ME").last()) == 14)
        frame = pl.read_parquet(file) if ending == "parquet" else pl.read_ipc(file)
        check(f"polars returns {name} {ending}", close(frame.select(pl.col.close / pl.col.close.shift(1) - 1).to_series().drop_nulls().to_list()), frame.schema)
        if ending == "parquet":
            found = db.execute(f"select close / lag(close) over (order by ts) - 1 as r from '{file}' qualify r is not null order by ts").fetchall()
            check(f"duckdb returns {name}", close([float(r[0]) for r in found]))

print(f"{CHECKS} checks, {len(FAILURES)} failed")
sys.exit(1 if FAILURES else 0)
