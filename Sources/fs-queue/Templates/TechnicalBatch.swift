import FinstageSystem

extension BuiltInTemplates {
  static let technicalBatch = shellTemplate(
    """
    {"description": "The newest indicators and signals of symbols, a JSON object a line",
     "parameters": [
       {"name": "indicators", "default": "--sma 20,50,200 --ema 12,26 --rsi 14 --macd 12,26,9 --bbands 20,2 --stoch 14,3,3", "help": "Options of fs-indicators"},
       {"name": "period", "type": "word", "default": "2y", "help": "How far back: enough for the longest average"},
       {"name": "provider", "type": "word", "default": "yahoo", "help": "Where fs-fetch gets bars"},
       {"name": "symbols", "type": "symbols"}],
     "retries": 2, "timeout": "15m"
    """,
    #"""
    set -euf
    # These words become options: none of them may name a file.
    for word in $indicators; do
      case $word in
        -o* | --output* | --state* | */* | *[!A-Za-z0-9,._=-]*) echo "indicators: $word is not allowed" >&2; exit 64 ;;
      esac
    done
    work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
    status=0
    fs-fetch "$@" --range "$period" --provider "$provider" -o "$work/bars" || status=$?
    [ -s "$work/bars" ] || exit "$status"
    # Without quotes, so that the options are separate words.
    fs-indicators $indicators --signals --last "$work/bars"
    exit "$status"
    """#)
}
