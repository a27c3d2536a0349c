#!/bin/sh
# A file of bars, brought up to date every evening, and read without network.
set -eu
cd "$(dirname "$0")/.."
PATH="${FINSTAGE_BIN:-$PWD/.build/release}:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
FINSTAGE_HOME="$work"
export FINSTAGE_HOME

echo '$ fs-fetch --provider sample AAPL IBM --range max --store prices.db --update'
fs-fetch --provider sample AAPL IBM --range max --store "$work/prices.db" --update

echo
echo '$ fs-fetch --provider sample AAPL IBM --range max --store prices.db --update    # the next evening'
fs-fetch --provider sample AAPL IBM --range max --store "$work/prices.db" --update

echo
echo '$ fs-fetch AAPL --store prices.db --range max | fs-indicators --sma 50,200 --last'
fs-fetch AAPL --store "$work/prices.db" --range max | fs-indicators --sma 50,200 --last

echo
echo '$ fs-fetch --provider sample AAPL IBM --quote'
fs-fetch --provider sample AAPL IBM --quote
