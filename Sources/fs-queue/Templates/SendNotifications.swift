import FinstageSystem

extension BuiltInTemplates {
  static let sendNotifications = shellTemplate(
    """
    {"description": "Post each line of a file (JSON objects) to a webhook, and report what arrived",
     "parameters": [
       {"name": "file", "help": "One JSON object a line"},
       {"name": "url", "help": "Where to post the lines; file:///path appends to a file"}],
     "priority": "high", "retries": 5, "delay": "2s"
    """,
    #"""
    set -eu
    work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
    total=0 sent=0 details=
    while IFS= read -r line || [ -n "$line" ]; do
      [ -n "$line" ] || continue
      total=$((total + 1)) problem=
      case $url in
        file:///*) printf '%s\n' "$line" >> "${url#file://}" || problem="cannot be written" ;;
        *) printf '%s' "$line" | curl -fsS -m 20 -H 'content-type: application/json' --data-binary @- "$url" \
             > /dev/null 2> "$work/problem" || problem=$(tr -d '"\\' < "$work/problem" | tr -s '[:cntrl:]' ' ') ;;
      esac
      if [ -z "$problem" ]; then sent=$((sent + 1)) status=sent; else status=failed; fi
      details="$details${details:+,}{\"line\":$total,\"status\":\"$status\",\"error\":$([ -z "$problem" ] && echo null || printf '"%s"' "$problem")}"
    done < "$file"
    printf '{"total_notifications":%s,"successful_sends":%s,"failed_sends":%s,"send_details":[%s],"sent_at":"%s"}\n' \
      "$total" "$sent" "$((total - sent))" "$details" "$(date -u +%FT%TZ)"
    # Lines that arrived must not be sent again, so retry only if none did.
    [ "$sent" -eq "$total" ] || if [ "$sent" -eq 0 ]; then exit 75; else exit 100; fi
    """#)
}
