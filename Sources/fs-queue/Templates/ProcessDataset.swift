import FinstageSystem

extension BuiltInTemplates {
  static let processDataset = shellTemplate(
    """
    {"description": "Load bars of a symbol, narrow their columns to save memory, compute sma_20, sma_50 and rsi_14",
     "parameters": [
       {"name": "symbol", "type": "symbol"},
       {"name": "period", "type": "word", "default": "1y", "help": "How far back: 1mo, 1y, max, ..."},
       {"name": "provider", "type": "word", "default": "yahoo", "help": "Where fs-fetch gets bars"}],
     "priority": "high", "retries": 2, "timeout": "5m"
    """,
    #"""
    set -eu
    work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
    field() { sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p"; }
    fs-fetch "$symbol" --range "$period" --provider "$provider" -o "$work/bars"
    echo "progress 0.4 fetched" >&3
    memory=$(fs-frame optimize --report --json "$work/bars" -o "$work/bars.arrow" 2>&1 | field optimized_memory_mb)
    last=$(fs-indicators --sma 20,50 --rsi 14 --last "$work/bars.arrow" --format ndjson)
    echo "progress 0.8 computed" >&3
    fs-frame select low,high,close "$work/bars.arrow" --format csv | awk -F, '
      NR > 1 { n++; if ($1 != "" && (min == "" || $1 + 0 < min + 0)) min = $1; if ($2 != "" && (max == "" || $2 + 0 > max + 0)) max = $2; if ($3 != "") close_ = $3 }
      END { if (!n) exit 1; print n, min, max, close_ }' > "$work/range"
    read -r points min max current < "$work/range"
    printf '{"symbol":"%s","period":"%s","data_points":%s,"memory_usage_mb":%s,"price_range":{"min":%s,"max":%s,"current":%s},' \
      "$symbol" "$period" "$points" "$memory" "$min" "$max" "$current"
    printf '"technical_indicators":{"sma_20":%s,"sma_50":%s,"rsi":%s},"processed_at":"%s"}\n' \
      "$(echo "$last" | field sma_20)" "$(echo "$last" | field sma_50)" "$(echo "$last" | field rsi_14)" "$(date -u +%FT%TZ)"
    """#)
}
