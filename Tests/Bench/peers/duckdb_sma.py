"""sma_20 of each symbol, NDJSON to NDJSON, with DuckDB. Arguments: input, output."""
import sys
import duckdb

duckdb.sql(f"""
    copy (
        select *, case when count(*) over w = 20 then avg(close) over w end as sma_20
        from read_json('{sys.argv[1]}', format = 'newline_delimited')
        window w as (partition by symbol order by ts rows 19 preceding)
    ) to '{sys.argv[2]}' (format json)
""")
