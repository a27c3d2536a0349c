#!/bin/sh
# Signals, a summary, and a run that goes on where the last one stopped, on real bars. No network.
set -eu
cd "$(dirname "$0")/.."
PATH="${FINSTAGE_BIN:-$PWD/.build/release}:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo '$ fs-fetch --provider sample AAPL --range max | fs-indicators --sma 50,200 --signals | grep golden_cross'
fs-fetch --provider sample AAPL --range max | fs-indicators --sma 50,200 --signals | grep golden_cross

echo
echo '$ fs-fetch --provider sample AAPL --range max | fs-indicators --analyze'
fs-fetch --provider sample AAPL --range max | fs-indicators --analyze

echo
echo '$ fs-indicators -i adx -i stoch:14,3,3 -i obv --state ind.state bars.ndjson    # every evening: only new bars'
fs-fetch --provider sample IBM > "$work/all.ndjson"
sed '$d' "$work/all.ndjson" | sed '$d' > "$work/bars.ndjson"
fs-indicators -i adx -i stoch:14,3,3 -i obv --state "$work/ind.state" "$work/bars.ndjson" > "$work/out.ndjson"
tail -n 2 "$work/all.ndjson" >> "$work/bars.ndjson"
fs-indicators -i adx -i stoch:14,3,3 -i obv --state "$work/ind.state" "$work/bars.ndjson"
