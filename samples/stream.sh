#!/bin/sh
# A server of quotes and alerts over loopback, and a client that makes records of them again. No network.
set -eu
cd "$(dirname "$0")/.."
PATH="${FINSTAGE_BIN:-$PWD/.build/release}:$PATH"
work=$(mktemp -d)
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
export FINSTAGE_HOME="$work"
server=

echo "$ fs-alert --when 'close > 4' --pass < feed | fs-stream --port 0 --linger forever &"
mkfifo "$work/feed"
fs-alert --when 'close > 4' --pass --line-buffered < "$work/feed" 2>/dev/null | fs-stream --port 0 --linger forever 2> "$work/log" &
server=$!
exec 3> "$work/feed"
while ! grep -qs '^fs-stream: ws:' "$work/log"; do :; done
url=$(sed -n 's/^fs-stream: \(ws:[^,]*\),.*/\1/p' "$work/log")

echo '{"symbol":"AAPL","ts":"2024-03-01","close":3.50}' >&3
echo '{"symbol":"AAPL","ts":"2024-03-04","close":4.25}' >&3

base=${url#ws:}
web="http:${base%/ws/realtime}"
while ! fs-stream status --url "$web" | grep -q '"total_alerts_sent":1'; do :; done

echo "$ fs-stream tail ws://localhost:PORT --count 2"
# A client that comes late begins with the last event of each kind.
fs-stream tail "$url" --count 2 2>/dev/null | sort -r

echo "$ fs-stream status --url http://localhost:PORT"
fs-stream status --url "$web" | grep -o '"symbols_with_prices":[0-9]*'
exec 3>&-
