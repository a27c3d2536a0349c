#!/bin/sh
# Conditions over real bars, a file of rules, and alerts that are told once. No network.
set -eu
cd "$(dirname "$0")/.."
PATH="${FINSTAGE_BIN:-$PWD/.build/release}:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "$ fs-fetch --provider sample AAPL --range max | fs-indicators --sma 50,200 | fs-alert --when 'sma_50 crosses above sma_200'"
fs-fetch --provider sample AAPL --range max > "$work/bars.ndjson"
fs-indicators --sma 50,200 "$work/bars.ndjson" | fs-alert --when 'sma_50 crosses above sma_200'

echo
echo "$ fs-alert test --when 'close falls by 10% within 5d' --cooldown 30d --summary bars.ndjson"
fs-alert test --when 'close falls by 10% within 5d' --cooldown 30d --summary "$work/bars.ndjson"

echo
echo '$ fs-alert --rules rules.conf --state alerts.db bars.ndjson    # twice: the second run has nothing new to tell'
cat > "$work/rules.conf" <<'END'
channel log file:alerts.log
rule new_year_high
  when      close new high of 252
  cooldown  90d
  severity  info
  message   {symbol} closes at {close}, its highest in a year
  to        log
END
(cd "$work" && fs-alert --rules rules.conf --state alerts.db bars.ndjson && fs-alert --rules rules.conf --state alerts.db bars.ndjson)
wc -l < "$work/alerts.log"
tail -n 1 "$work/alerts.log"
