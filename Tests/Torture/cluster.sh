#!/usr/bin/env bash
# Workers of four "machines", adders and PostgreSQL itself are killed at random, connections are cut, and answers swallowed on their way:
#
#   Tests/Cluster/servers.sh Tests/Torture/cluster.sh SECONDS
#
# At the end every acknowledged task must be done, no two attempts of a task must have run at the same time by the tasks' own account, no task must be
# there twice, and no process must be left.
set -u
seconds=${1:-60}
bin=${FINSTAGE_BIN:-$PWD/.build/release}
export PATH="$bin:$PATH"
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/finstage-torture.XXXXXX")
export WORK=$work TORTURE=$$
mkdir -p "$work/locks"
server=${FINSTAGE_TEST_POSTGRES#postgres://fs@}
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
python3 "$here/Cluster/proxy.py" "$port" "${server%%/*}" 0.001 >/dev/null & proxy=$!
direct="$FINSTAGE_TEST_POSTGRES?schema=torture"
export FS_QUEUE="postgres://fs@127.0.0.1:$port/fs?schema=torture"
FS_QUEUE=$direct FINSTAGE_HOME=$work/m0 fs-queue schema --apply > /dev/null || exit 70

# A task takes a lock that the kernel releases with its last process, says what it does, and takes a while.
cat > "$work/task.sh" <<'END'
exec 9> "$WORK/locks/$FS_TASK_ID"
flock -n 9 || { echo "$FS_TASK_ID $FS_ATTEMPT" >> "$WORK/overlaps"; exit 1; }
echo "$1" >> "$WORK/begun"
sleep 0.$((RANDOM % 4))
echo "$1" >> "$WORK/done"
END

worker() { # machine
  while [ -e "$work/go" ]; do
    FINSTAGE_HOME=$work/m$1 fs-queue work --workers 3 --grace 2s >> "$work/worker.$1.log" 2>&1 &
    echo $! > "$work/worker.$1.pid"
    wait $! 2> /dev/null
    sleep 0.2
  done
}
adder() { # number
  local n=0
  while [ -e "$work/adding" ]; do
    n=$((n + 1))
    if id=$(FINSTAGE_HOME=$work/a$1 timeout -s KILL $((RANDOM % 20 + 1)) fs-queue add --retries 1000 --delay 100ms --backoff fixed -- bash "$work/task.sh" "$1.$n" 2>> "$work/adder.log") && [ -n "$id" ]; then
      echo "$1.$n $id" >> "$work/acknowledged"
    fi
  done
}
touch "$work/go" "$work/adding" "$work/overlaps"
for m in 1 2 3 4; do worker $m & done
for a in 1 2 3; do adder $a & done
end=$((SECONDS + seconds))
kills=0 restarts=0 cuts=0
while [ $SECONDS -lt $end ]; do
  sleep 0.$((RANDOM % 9))
  case $((RANDOM % 12)) in
    0 | 1 | 2 | 3) kill -9 "$(cat "$work/worker.$((RANDOM % 4 + 1)).pid" 2> /dev/null)" 2> /dev/null && kills=$((kills + 1)) ;;
    4 | 5 | 6) kill -USR1 $proxy && cuts=$((cuts + 1)) ;;
    7) pkill -9 -n -x fs-queue -P "$(pgrep -f 'timeout -s KILL' | head -1)" 2> /dev/null ;;
    8)
      if [ $((RANDOM % 4)) = 0 ] && [ -n "${FINSTAGE_TEST_DATA:-}" ]; then
        # One of its processes is killed: the server ends all others and recovers.
        pid=$(pgrep -f 'postgres: fs fs' | shuf -n 1)
        [ -n "$pid" ] && kill -9 "$pid" && restarts=$((restarts + 1))
      fi
      ;;
  esac
done
rm "$work/adding"
echo "killed workers $kills, cut all connections $cuts, crashed the server $restarts times; waiting for the rest"
# What was lost with a machine for the third time is dead: somebody looks and runs it again.
for _ in $(seq 120); do
  FS_QUEUE=$direct FINSTAGE_HOME=$work/m0 fs-queue stats > /dev/null 2>&1 || { sleep 1; continue; }
  dead=$(FS_QUEUE=$direct FINSTAGE_HOME=$work/m0 fs-queue list --state dead --limit 1000 --json | sed -n 's/.*"task_id":\([0-9]*\).*/\1/p')
  # shellcheck disable=SC2086 # one number a word
  [ -z "$dead" ] || FS_QUEUE=$direct FINSTAGE_HOME=$work/m0 fs-queue retry $dead > /dev/null 2>&1
  left=$(FS_QUEUE=$direct FINSTAGE_HOME=$work/m0 fs-queue list --limit 100000 --json | grep -cE '"status":"(pending|scheduled|claimed|running|retrying)"')
  [ "$left" = 0 ] && [ -z "$dead" ] && break
  sleep 1
done
rm "$work/go"
for m in 1 2 3 4; do kill "$(cat "$work/worker.$m.pid")" 2> /dev/null; done
sleep 3
kill $proxy 2> /dev/null
wait 2> /dev/null
status=0
fail() { echo "FAILED: $*"; status=1; }
acknowledged=$(wc -l < "$work/acknowledged")
cut -d' ' -f1 "$work/acknowledged" | sort > "$work/wanted"
sort -u "$work/done" > "$work/finished"
missing=$(comm -23 "$work/wanted" "$work/finished" | wc -l)
[ "$missing" = 0 ] || fail "$missing acknowledged tasks are not done: $(comm -23 "$work/wanted" "$work/finished" | head -5 | tr '\n' ' ')"
[ -s "$work/overlaps" ] && fail "two attempts at a time: $(head -5 "$work/overlaps" | tr '\n' ';')"
twice=$(FS_QUEUE=$direct FINSTAGE_HOME=$work/m0 fs-queue list --limit 100000 --json | sed 's/.*"command":\[\([^]]*\)\].*/\1/' | sort | uniq -d | wc -l)
[ "$twice" = 0 ] || fail "$twice tasks were added twice"
FS_QUEUE=$direct FINSTAGE_HOME=$work/m0 fs-queue doctor > "$work/doctor" 2>&1 || grep -q '^wrong' "$work/doctor" && fail "$(grep '^wrong' "$work/doctor")"
left=$(pgrep -f "$work/task.sh" | wc -l)
[ "$left" = 0 ] || fail "$left processes of tasks are left"
echo "$acknowledged tasks acknowledged, $(wc -l < "$work/begun") attempts begun, $(wc -l < "$work/finished") tasks done"
[ $status = 0 ] && rm -rf "$work" || echo "see $work"
exit $status
