import FinstageSystem

extension BuiltInTemplates {
  static let historicalCollection = shellTemplate(
    """
    {"description": "Bring a file of prices up to date, ten symbols at a time and no faster than ten requests a second",
     "parameters": [
       {"name": "store", "type": "path", "help": "The file (SQLite)"},
       {"name": "period", "type": "word", "default": "1y", "help": "How far back to begin for new symbols"},
       {"name": "provider", "type": "word", "default": "yahoo", "help": "Where fs-fetch gets bars"},
       {"name": "symbols", "type": "symbols"}],
     "priority": "low", "retries": 1, "timeout": "30m"
    """,
    #"""
    set -eu
    work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
    field() { sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p"; }
    status=0
    fs-fetch "$@" --store "$store" --update --range "$period" --provider "$provider" --batch-size 10 --rate 10/s -o "$work/result" || status=$?
    [ -s "$work/result" ] || exit "$status"
    items=
    while read -r line; do
      case $line in *'"type":"update",'*) ;; *) continue ;; esac
      items="$items${items:+,}{\"symbol\":$(echo "$line" | field symbol),\"status\":$(echo "$line" | field status),\"data_points\":$(echo "$line" | field total_records)"
      items="$items,\"added\":$(echo "$line" | field added_count),\"last_date\":$(echo "$line" | field last_date)}"
    done < "$work/result"
    printf '{"collected_at":"%s","store":"%s","symbols":[%s]}\n' "$(date -u +%FT%TZ)" "$store" "$items"
    exit "$status"
    """#)
}
