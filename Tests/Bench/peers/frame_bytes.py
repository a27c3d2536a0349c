"""Bytes a bar that frames of pandas and Polars take in memory. Arguments: bars as NDJSON."""
import sys

try:
    import pandas as pd
    frame = pd.read_json(sys.argv[1], lines=True)
    print("pandas", round(frame.memory_usage(deep=True, index=False).sum() / len(frame), 1))
except ImportError:
    print("pandas not installed")
import polars as pl
frame = pl.read_ndjson(sys.argv[1])
print("polars", round(frame.estimated_size() / frame.height, 1))
