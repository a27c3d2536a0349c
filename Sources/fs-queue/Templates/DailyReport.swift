import FinstageSystem

extension BuiltInTemplates {
  static let dailyReport = shellTemplate(
    """
    {"description": "A comprehensive technical report on indices, or on other symbols",
     "parameters": [
       {"name": "provider", "type": "word", "default": "yahoo", "help": "Where fs-fetch gets bars"},
       {"name": "symbols", "type": "symbols", "default": "^IXIC ^GSPC ^DJI"}],
     "retries": 1, "timeout": "10m"
    """,
    #"""
    set -eu
    work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
    status=0
    fs-fetch "$@" --range 1y --provider "$provider" -o "$work/bars" || status=$?
    [ -s "$work/bars" ] || exit "$status"
    fs-indicators --analyze "$work/bars" > "$work/analysis"
    printf '{"report_date":"%s","generated_at":"%s","requested":%s,"analyzed":%s,"reports":[%s]}\n' "$(date -u +%F)" "$(date -u +%FT%TZ)" \
      "$#" "$(wc -l < "$work/analysis")" "$(paste -sd, "$work/analysis")"
    """#)
}
