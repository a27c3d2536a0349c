#!/bin/sh
# Bars as small files that any tool reads, asked questions of, and drawn.
set -eu
cd "$(dirname "$0")/.."
PATH="${FINSTAGE_BIN:-$PWD/.build/release}:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
FINSTAGE_HOME="$work"
export FINSTAGE_HOME
cd "$work"

echo '$ fs-fetch --provider sample AAPL MSFT IBM --range max -o bars.parquet && fs-frame info bars.parquet'
fs-fetch --provider sample AAPL MSFT IBM --range max -o bars.parquet
fs-frame info bars.parquet

echo
echo '$ fs-frame filter '"'"'close / open - 1 > 8% and volume > 20M'"'"' bars.parquet | fs-frame select symbol,ts,open,close'
fs-frame filter 'close / open - 1 > 8% and volume > 20M' bars.parquet | fs-frame select symbol,ts,open,close

echo
echo '$ fs-frame resample 1y bars.parquet --format csv | tail -3'
fs-frame resample 1y bars.parquet --format csv | tail -3

echo
echo '$ export FS_FORMAT=arrow; fs-frame convert bars.parquet | fs-indicators --sma 50,200 --rsi 14 | fs-frame tail -n 1 --by symbol --format csv'
(FS_FORMAT=arrow; export FS_FORMAT
  fs-frame convert bars.parquet | fs-indicators --sma 50,200 --rsi 14 | fs-frame tail -n 1 --by symbol --format csv)

echo
echo '$ fs-frame plot AAPL bars.parquet --term --last 120 --indicator sma_20 --width 80 --height 20'
fs-frame plot AAPL bars.parquet --term --last 120 --indicator sma_20 --width 80 --height 20
