#!/bin/sh
# The main job, on real bars that come with finstage. No network.
set -eu
cd "$(dirname "$0")/.."
PATH="${FINSTAGE_BIN:-$PWD/.build/release}:$PATH"

echo '$ fs-fetch --provider sample AAPL | fs-indicators --sma 20 | tail -3'
fs-fetch --provider sample AAPL | fs-indicators --sma 20 | tail -3

echo
echo '$ zcat samples/bars/*.1d.ndjson.gz | fs-indicators --rsi 14 --macd 12,26,9 --bbands 20,2 --last'
zcat samples/bars/*.1d.ndjson.gz | fs-indicators --rsi 14 --macd 12,26,9 --bbands 20,2 --last
