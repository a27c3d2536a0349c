"""One operation on bars. Arguments: duckdb or polars, the operation, the input, the output (a file)."""
import sys

engine, operation, source, target = sys.argv[1:5]
if engine == "duckdb":
    import duckdb

    table = f"read_parquet('{source}')"
    copy = f"to '{target}' (format parquet)"
    queries = {
        "csv-to-parquet": f"copy (from read_csv('{source}')) {copy}",
        "parquet-to-csv": f"copy (from {table}) to '{target}' (format csv)",
        "sort": f"copy (from {table} order by close) {copy}",
        "sort-symbol": f"copy (from {table} order by symbol, ts) {copy}",
        "dedup": f"copy (select distinct on (symbol, ts) * from {table}) {copy}",
        "asof": f"copy (select a.*, b.* exclude (symbol) from {table} a asof join {table} b"
        f" on a.symbol = b.symbol and a.ts >= b.ts) {copy}",
        "resample": f"copy (select symbol, time_bucket(interval 5 minute, ts) as ts, first(open order by ts),"
        f" max(high), min(low), last(close order by ts), sum(volume) from {table} group by 1, 2) {copy}",
        "save": "",
    }
    if operation == "save":
        connection = duckdb.connect(target)
        connection.sql(
            "create table bars (symbol varchar, ts timestamptz, open double, high double, low double,"
            " close double, volume double, primary key (symbol, ts))")
        connection.sql(f"insert into bars select symbol, ts, open, high, low, close, volume from {table}")
        connection.close()
    else:
        duckdb.sql(queries[operation])
else:
    import polars

    def bars():
        return polars.read_parquet(source)

    def resampled():
        column = polars.col
        return bars().group_by("symbol", column("ts").dt.truncate("5m"), maintain_order=True).agg(
            column("open").first(), column("high").max(), column("low").min(), column("close").last(),
            column("volume").sum())

    operations = {
        "csv-to-parquet": lambda: polars.read_csv(source, try_parse_dates=True),
        "parquet-to-csv": bars,
        "sort": lambda: bars().sort("close"),
        "sort-symbol": lambda: bars().sort("symbol", "ts"),
        "dedup": lambda: bars().unique(["symbol", "ts"], keep="first", maintain_order=True),
        "asof": lambda: bars().join_asof(bars(), on="ts", by="symbol", check_sortedness=False),
        "resample": resampled,
    }
    frame = operations[operation]()
    if operation == "parquet-to-csv":
        frame.write_csv(target)
    else:
        frame.write_parquet(target, compression="snappy")
