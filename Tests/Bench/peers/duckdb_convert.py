"""A file in another format, with DuckDB. Arguments: input, output."""
import sys
import duckdb

source, target = sys.argv[1:3]
read = f"'{source}'" if source.endswith(".parquet") else f"read_json('{source}', format = 'newline_delimited')"
write = "format parquet, compression zstd" if target.endswith(".parquet") else "format json"
duckdb.sql(f"copy (select * from {read}) to '{target}' ({write})")
