#!/bin/sh
# What a pipeline costs, which of two commands is faster, and what the tools say of their own runs. No network.
set -eu
cd "$(dirname "$0")/.."
PATH="${FINSTAGE_BIN:-$PWD/.build/release}:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export FINSTAGE_HOME="$work"

echo "$ fs-metrics run -o costs.json 'zcat bars.gz | fs-indicators --sma 20,50 | tail -n 1'"
fs-metrics run -o "$work/costs.json" "zcat samples/bars/AAPL.1d.ndjson.gz | fs-indicators --sma 20,50 | tail -n 1" | cut -c1-60
grep -o '"bottleneck":[0-9]*' "$work/costs.json"

echo "$ fs-metrics ab run --a 'sleep 0.01' --b 'sleep 0.03'"
fs-metrics ab run --a 'sleep 0.01' --b 'sleep 0.03' --quiet | grep -o '"result":"[a-z]*"' || true

echo "$ FS_METRICS=metrics.ndjson fs-indicators ...; fs-metrics ingest metrics.ndjson; fs-metrics report fs_indicators_seconds"
for _ in 1 2 3; do
  FS_METRICS="$work/metrics.ndjson" fs-indicators --sma 20 samples/bars/AAPL.1d.ndjson.gz > /dev/null
done
fs-metrics ingest "$work/metrics.ndjson"
fs-metrics report fs_indicators_seconds | grep -o '"count":[0-9]*'
