"""Bars into SQLite with executemany, rows ready in memory. Arguments: bars as NDJSON, database. Prints rows a second."""
import json
import sqlite3
import sys
import time

rows = []
with open(sys.argv[1]) as lines:
    for line in lines:
        bar = json.loads(line)
        rows.append((bar["symbol"], "1m", bar["ts"], bar["open"], bar["high"], bar["low"], bar["close"], bar["volume"]))
start = time.perf_counter()
connection = sqlite3.connect(sys.argv[2])
connection.execute("pragma journal_mode=wal")
connection.execute(
    "create table bars (symbol text, interval text, ts text, open real, high real, low real, close real, volume real,"
    " unique (symbol, interval, ts))"
)
connection.executemany("insert into bars values (?,?,?,?,?,?,?,?) on conflict do update set close = excluded.close", rows)
connection.commit()
print(round(len(rows) / (time.perf_counter() - start)))
