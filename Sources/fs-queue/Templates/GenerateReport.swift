import FinstageSystem

extension BuiltInTemplates {
  static let generateReport = shellTemplate(
    """
    {"description": "Price, change, volume and technical score of symbols on a day",
     "parameters": [
       {"name": "date", "type": "date", "default": "", "help": "The last day to look at, such as 2026-01-31; empty for the newest"},
       {"name": "provider", "type": "word", "default": "yahoo", "help": "Where fs-fetch gets bars"},
       {"name": "symbols", "type": "symbols"}],
     "retries": 3, "timeout": "3m"
    """,
    #"""
    set -eu
    work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
    field() { sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p"; }
    begin=$(date +%s%N)
    if [ -n "$date" ]; then
      # The year is computed with: it must be a number.
      case $date in
        [12][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]) ;;
        *) echo "date must be a day such as 2026-01-31" >&2; exit 64 ;;
      esac
      # Begin a year earlier, for the averages.
      set -- "$@" --from "$(( ${date%%-*} - 1 ))-${date#*-}" --to "${date}T23:59:59Z"
    fi
    fs-fetch "$@" --provider "$provider" -o "$work/bars" || [ -s "$work/bars" ]
    fs-indicators -i change_percent --last "$work/bars" > "$work/last"
    fs-indicators --analyze "$work/bars" > "$work/analysis"
    data='' names='' count=0
    while read -r line; do
      symbol=$(echo "$line" | field symbol)
      score=$(grep -F "\"symbol\":$symbol," "$work/analysis" | field score)
      data="$data${data:+,}$symbol:{\"date\":$(echo "$line" | field ts),\"current_price\":$(echo "$line" | field close),"
      data="$data\"change_percent\":$(echo "$line" | field 'change_percent[^"]*'),\"volume\":$(echo "$line" | field volume),\"technical_score\":${score:-null}}"
      names="$names${names:+,}$symbol" count=$((count + 1))
    done < "$work/last"
    seconds=$(awk -v ns=$(( $(date +%s%N) - begin )) 'BEGIN { printf "%.3f", ns / 1e9 }')
    printf '{"report_date":"%s","generated_at":"%s","symbols":[%s],"summary":{"total_symbols":%s,"processing_time_seconds":%s},"symbol_data":{%s}}\n' \
      "${date:-$(date -u +%F)}" "$(date -u +%FT%TZ)" "$names" "$count" "$seconds" "$data"
    """#)
}
