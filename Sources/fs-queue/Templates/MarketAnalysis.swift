import FinstageSystem

extension BuiltInTemplates {
  static let marketAnalysis = shellTemplate(
    """
    {"description": "Sentiment, change and risk of symbols, by default the sectors of the S&P 500; not a forecast",
     "parameters": [
       {"name": "type", "default": "comprehensive", "choices": ["comprehensive", "sentiment", "sectors", "risk"]},
       {"name": "period", "type": "word", "default": "1y", "help": "How far back"},
       {"name": "provider", "type": "word", "default": "yahoo", "help": "Where fs-fetch gets bars"},
       {"name": "symbols", "type": "symbols", "default": "XLB XLC XLE XLF XLI XLK XLP XLRE XLU XLV XLY"}],
     "retries": 2, "timeout": "15m"
    """,
    #"""
    set -eu
    work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
    field() { sed -n "s/.*\"$1\":\([^,}]*\).*/\1/p"; }
    fs-fetch "$@" --range "$period" --provider "$provider" -o "$work/bars" || [ -s "$work/bars" ]
    echo "progress 0.3 fetched" >&3
    fs-indicators --analyze "$work/bars" > "$work/analysis"
    echo "progress 0.6 sentiment" >&3
    fs-indicators -i volatility -i drawdown --last "$work/bars" > "$work/risk"
    bullish=$(grep -c '"sentiment":"[a-z ]*bullish"' "$work/analysis" || true)
    bearish=$(grep -c '"sentiment":"[a-z ]*bearish"' "$work/analysis" || true)
    count=$(wc -l < "$work/analysis")
    [ "$count" -gt 0 ] || { echo "no symbol has bars" >&2; exit 65; }
    stages='' findings=''
    stage() { stages="$stages,\"$1\":$2"; }
    finding() { findings="$findings${findings:+,}\"$1\""; }
    case $type in comprehensive | sentiment)
      stage sentiment "{\"bullish\":$bullish,\"bearish\":$bearish,\"neutral\":$((count - bullish - bearish))}"
      finding "$bullish of $count symbols are bullish, $bearish bearish" ;;
    esac
    case $type in comprehensive | sectors)
      while read -r line; do
        echo "$(echo "$line" | field price_change_pct) $(echo "$line" | field symbol)"
      done < "$work/analysis" | sort -rn > "$work/changes"
      stage sectors "[$(awk '{ printf "%s{\"symbol\":%s,\"change_percent\":%s}", (NR > 1 ? "," : ""), $2, $1 }' "$work/changes")]"
      finding "strongest on the last day: $(head -1 "$work/changes" | tr -d '"' | awk '{ printf "%s (%+.2f %%)", $2, $1 }')" ;;
    esac
    case $type in comprehensive | risk)
      while read -r line; do
        echo "$(echo "$line" | field 'volatility[^"]*') $(echo "$line" | field drawdown) $(echo "$line" | field symbol)"
      done < "$work/risk" | sort -rn > "$work/risks"
      stage risk "[$(awk '{ printf "%s{\"symbol\":%s,\"volatility\":%s,\"drawdown_percent\":%s}", (NR > 1 ? "," : ""), $3, $1, $2 }' "$work/risks")]"
      finding "most volatile: $(head -1 "$work/risks" | tr -d '"' | awk '{ printf "%s (%.1f %% a year)", $3, $1 * 100 }')" ;;
    esac
    # The confidence score is the share of symbols that agree with the majority.
    printf '{"analysis_type":"%s","analyzed_at":"%s","symbols":%s%s,"confidence_score":%s,"key_findings":[%s]}\n' "$type" "$(date -u +%FT%TZ)" \
      "$count" "$stages" "$(awk -v a="$bullish" -v b="$bearish" -v n="$count" 'BEGIN { printf "%.3f", (a > b ? a : b) / n }')" "$findings"
    """#)
}
