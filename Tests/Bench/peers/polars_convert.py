"""A file in another format, with Polars. Arguments: input, output, sorted or not."""
import sys
import polars as pl

source, target = sys.argv[1:3]
frame = pl.read_parquet(source) if source.endswith(".parquet") else pl.read_ndjson(source)
if not source.endswith(".parquet"):
    frame = frame.with_columns(pl.col("ts").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_zone="UTC"))
if "sorted" in sys.argv[3:]:
    frame = frame.sort("symbol", "ts")
if target.endswith(".parquet"):
    frame.write_parquet(target, compression="zstd")
else:
    frame.write_ndjson(target)
