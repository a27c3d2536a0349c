import FinstageSystem

extension BuiltInTemplates {
  static let cleanupData = shellTemplate(
    """
    {"description": "Remove old bars from a store, old finished tasks, and expired answers from the cache",
     "parameters": [
       {"name": "days", "type": "integer", "default": "30", "help": "How many days to keep, 1 to 3650"},
       {"name": "store", "type": "path", "default": "", "help": "A file of prices; empty for none"}],
     "priority": "low", "retries": 1, "timeout": "10m"
    """,
    #"""
    set -eu
    [ "$days" -ge 1 ] && [ "$days" -le 3650 ] || { echo "days must be 1 to 3650" >&2; exit 64; }
    field() { sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p"; }
    size() { [ -e "$1" ] && wc -c < "$1" || echo 0; }
    begin=$(date +%s%N) tables='' total=0 freed=0
    add() {
      tables="$tables${tables:+,}{\"table_name\":\"$1\",\"records_deleted\":$2,\"space_freed_mb\":$(awk -v b="$3" 'BEGIN { printf "%.3f", b / 1e6 }')}"
      total=$((total + $2)) freed=$((freed + $3))
    }
    if [ -n "$store" ]; then
      before=$(size "$store")
      removed=$(fs-frame db gc --older "${days}d" "$store" | field removed_in_all)
      add bars "${removed:-0}" "$((before - $(size "$store")))"
    fi
    add tasks "$(fs-queue purge --older "${days}d" | field removed)" 0
    purged=$(fs-fetch cache purge --expired | field purged)
    add cache "${purged:-0}" 0
    printf '{"cutoff_date":"%s","cleaned_tables":[%s],"total_records_deleted":%s,"space_freed_mb":%s,"cleanup_time_seconds":%s}\n' \
      "$(date -u -d "$days days ago" +%F 2> /dev/null || date -u -v-"${days}"d +%F)" \
      "$tables" "$total" "$(awk -v b="$freed" 'BEGIN { printf "%.3f", b / 1e6 }')" \
      "$(awk -v ns=$(( $(date +%s%N) - begin )) 'BEGIN { printf "%.3f", ns / 1e9 }')"
    """#)
}
