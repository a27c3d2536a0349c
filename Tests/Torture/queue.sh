#!/bin/bash
# Kills workers, tasks and adders at random for a while, then looks whether anything was lost, ran twice at a time, or was left behind.
#
#   Tests/Torture/queue.sh [SECONDS] [SEED]      600 seconds if not given; `make torture` runs it
#
# Each task takes a lock of its own that its children inherit: a second run beside the first would find it taken. What adders
# were told is in place is written down; at the end each of those must have come to its end at least once.
set -u
seconds=${1:-600}
RANDOM=${2:-$$}
PATH="${FINSTAGE_BIN:-$PWD/.build/release}:$PATH"
work=$(mktemp -d "${TMPDIR:-/tmp}/finstage-torture-XXXXXX")
trap 'rm -rf "$work"' EXIT
export FS_QUEUE_HOME=$work/q
cd "$work" || exit 70
mkdir locks "done"
: > acknowledged

# A number that no other process on this machine has among its arguments.
marker=7.$$
export marker
task=./task.$$.sh
cat > $task <<'TASK'
#!/bin/bash
# Runs once at a time, sometimes fails, leaves something behind, ignores TERM, or takes its worker with it; comes to its end some day.
key=${1:-$FS_TASK_ID}
exec 9> "locks/$key"
flock -n 9 || { echo "$FS_TASK_ID.$FS_ATTEMPT $key" >> clashes; exit 0; }
# In the end all is to come to its end.
[ -e quiet ] || case $((RANDOM % 24)) in
  0) exit 3 ;;
  1) trap '' TERM ;;
  2) sleep 30.$marker & ;;
  3) setsid sleep 30.$marker & ;;
  4) [ "$FS_ATTEMPT" -eq 1 ] && [ $((RANDOM % 4)) -eq 0 ] && kill -9 $PPID ;;
  5) echo "progress 0.5 half" >&3 ;;
  6) head -c 200000 /dev/zero ;;
esac
[ -e quiet ] || sleep 0.$((RANDOM % 25))
echo "$FS_TASK_ID" >> "done/$((FS_TASK_ID % 16))"
TASK
chmod +x $task

end=$((SECONDS + seconds))
worker() {
  while [ $SECONDS -lt $end ]; do
    fs-queue work --workers 3 --grace 1s 2>> worker.log &
    sleep $((RANDOM % 3)).$((RANDOM % 10))
    if [ $((RANDOM % 5)) -eq 0 ]; then kill $!; else kill -9 $!; fi
    wait $! 2> /dev/null
  done
}
adder() {
  local round=0
  while [ $SECONDS -lt $end ]; do
    round=$((round + 1))
    case $((RANDOM % 4)) in
      0)
        seq $((RANDOM % 30)) | fs-queue add --each --retries 1000 --delay 20ms -- $task '' > "ids.$1.$round" &
        [ $((RANDOM % 3)) -eq 0 ] && { sleep 0.00$((RANDOM % 10)); kill -9 $! 2> /dev/null; }
        wait $! 2> /dev/null
        cat "ids.$1.$round" >> acknowledged
        rm -f "ids.$1.$round" ;;
      1 | 2)
        # A key is the name of its lock, so that two tasks of one key at a time are seen.
        key=key$((RANDOM % 5))
        fs-queue add --unique $key --if-exists ignore --retries 1000 --delay 20ms -- $task $key >> acknowledged ;;
      3)
        id=$(fs-queue add --retries 1000 --delay 20ms -- $task) && echo "$id" >> acknowledged
        child=$(fs-queue add --after "$id" --if any --retries 1000 --delay 20ms -- $task) && echo "$child" >> acknowledged ;;
    esac
    sleep 0.$((RANDOM % 4))
  done
}
killer() {
  while [ $SECONDS -lt $end ]; do
    sleep 0.$((RANDOM % 10))
    mapfile -t victims < <(pgrep -f "^/bin/bash $task" 2> /dev/null)
    [ ${#victims[@]} -gt 0 ] && kill -9 "${victims[RANDOM % ${#victims[@]}]}" 2> /dev/null
  done
}
worker & worker & worker & adder 1 & adder 2 & killer &
wait 2> /dev/null

# All is quiet now: everything must come to its end. What died with its workers three times is asked to run once more.
touch quiet
for round in $(seq 20); do
  fs-queue work --drain --workers 8 2>> worker.log
  dead=$(fs-queue list --state dead --limit 100000 --json | sed 's/^{"task_id":\([0-9]*\).*/\1/')
  [ -z "$dead" ] && break
  fs-queue retry $dead
done
status=0
sort -un acknowledged | grep . > wanted
cat done/* 2> /dev/null | sort -n > ends
sort -un ends > reached
lost=$(comm -23 <(sort wanted) <(sort reached))
repeated=$(uniq -d ends | wc -l)
[ -z "$lost" ] || { echo "acknowledged, but never done: $lost"; status=1; }
[ ! -e clashes ] || { echo "ran twice at a time: $(cat clashes)"; status=1; }
left=$(pgrep -f "$marker|^/bin/bash $task" | grep -v "^$$\$" | wc -l)
[ "$left" -eq 0 ] || { echo "$left processes were left behind"; pgrep -fa "$marker"; status=1; }
fs-queue doctor > doctor || { cat doctor; status=1; }
echo "$seconds s: $(wc -l < wanted) tasks acknowledged, $(wc -l < reached) done, $repeated more than once,$(fs-queue stats --prometheus | sed -n 's/.*attempts_total{end="\(.*\)"} \(.*\)/ \2 \1,/p' | tr -d '\n') status $status"
exit $status
