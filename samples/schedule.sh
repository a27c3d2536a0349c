#!/bin/sh
# Tasks that depend on each other, a batch with one result, a template, and a schedule around the sessions of the exchange.
set -eu
cd "$(dirname "$0")/.."
PATH="${FINSTAGE_BIN:-$PWD/.build/release}:$PATH"
jobs=$PWD/samples/jobs.conf
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
FINSTAGE_HOME="$work"
export FINSTAGE_HOME
cd "$work"

echo '$ id=$(fs-queue add -- sh -c "fs-fetch --provider sample AAPL > bars; wc -l < bars")'
id=$(fs-queue add -- sh -c 'fs-fetch --provider sample AAPL > bars; wc -l < bars')
echo '$ fs-queue add --after $id --if "exit_status == 0" -- fs-indicators --rsi 14 --last bars'
fs-queue add --after "$id" --if 'exit_status == 0' -- fs-indicators --rsi 14 --last bars

echo
echo '$ printf "AAPL\\nIBM\\n" | fs-queue batch -- fs-fetch --provider sample --quote {}'
printf 'AAPL\nIBM\n' | fs-queue batch -- fs-fetch --provider sample --quote {}

echo
echo '$ fs-queue run process_dataset AAPL --period 1y --provider sample'
fs-queue run process_dataset AAPL --period 1y --provider sample

echo
echo '$ fs-queue work --drain; fs-queue result 2 | cut -c1-60; fs-queue result 3 | cut -c1-60; fs-queue result 6 | cut -c1-60'
fs-queue work --drain
fs-queue result 2 | cut -c1-60
fs-queue result 3 | cut -c1-60
fs-queue result 6 | cut -c1-60

echo
echo '$ fs-queue schedule --file jobs.conf > /dev/null; fs-queue schedule next historical-collection --from 2026-11-25 --count 2'
fs-queue schedule --file "$jobs" > /dev/null
fs-queue schedule next historical-collection --from 2026-11-25 --count 2
