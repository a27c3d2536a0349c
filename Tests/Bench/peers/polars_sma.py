"""sma_20 of each symbol, NDJSON to NDJSON, with Polars. Arguments: input, output."""
import sys
import polars as pl

frame = pl.read_ndjson(sys.argv[1])
frame = frame.with_columns(pl.col("close").rolling_mean(20).over("symbol").alias("sma_20"))
frame.write_ndjson(sys.argv[2])
