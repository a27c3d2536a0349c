#!/bin/sh
# A nightly pipeline as tasks: fetched and computed by two workers at a time, the outcome asked for.
set -eu
cd "$(dirname "$0")/.."
PATH="${FINSTAGE_BIN:-$PWD/.build/release}:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
FINSTAGE_HOME="$work"
export FINSTAGE_HOME
cd "$work"

echo '$ printf "AAPL\\nMSFT\\nNO-SUCH\\n" | fs-queue add --each -- sh -c "fs-fetch --provider sample \$1 > \$1.ndjson && fs-indicators --rsi 14 --last \$1.ndjson" sh'
printf 'AAPL\nMSFT\nNO-SUCH\n' | fs-queue add --each -- sh -c 'fs-fetch --provider sample "$1" > "$1.ndjson" && fs-indicators --rsi 14 --last "$1.ndjson"' sh

echo
echo '$ fs-queue work --workers 2 --drain'
fs-queue work --workers 2 --drain || echo "status $?"

echo
echo '$ fs-queue list'
fs-queue list

echo
echo '$ fs-queue result 1 | cut -c1-80; fs-queue logs 3'
fs-queue result 1 | cut -c1-80
fs-queue logs 3
