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
    # These words become options: --NAME and -i, each with at most one value of numbers or names. None of them may name a file.
    before=
    for word in $indicators; do
      case $word in
        --output* | --state* | --format* | --stats* | --help* | --version*) bad=1 ;;
        --[a-z]*) case $word in *[!a-z0-9_,.=-]*) bad=1 ;; *) bad='' before=option ;; esac ;;
        -i) bad='' before=option ;;
        -*) bad=1 ;;
        *) case $before$word in option*[!A-Za-z0-9_,.:=]*) bad=1 ;; option*) bad='' before= ;; *) bad=1 ;; esac ;;
      esac
      [ -z "$bad" ] || { echo "indicators: $word is not allowed" >&2; exit 64; }
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
