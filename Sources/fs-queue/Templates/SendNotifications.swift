import FinstageSystem

extension BuiltInTemplates {
  static let sendNotifications = shellTemplate(
    """
    {"description": "Post each line of a file (JSON objects) to a webhook, and report what arrived",
     "parameters": [
       {"name": "file", "type": "path", "help": "One JSON object a line"},
       {"name": "url", "type": "url", "help": "Where to post the lines: http or https"}],
     "priority": "high", "retries": 5, "delay": "2s"
    """,
    #"""
    set -eu
    work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
    total=0 sent=0 details=
    while IFS= read -r line || [ -n "$line" ]; do
      [ -n "$line" ] || continue
      total=$((total + 1)) problem=
      printf '%s' "$line" | curl -q -fsS -m 20 --proto =http,https -H 'content-type: application/json' --data-binary @- \
        --url "$url" > /dev/null 2> "$work/problem" || problem=$(tr -d '"\\' < "$work/problem" | tr -s '[:cntrl:]' ' ')
      if [ -z "$problem" ]; then sent=$((sent + 1)) status=sent; else status=failed; fi
      details="$details${details:+,}{\"line\":$total,\"status\":\"$status\",\"error\":$([ -z "$problem" ] && echo null || printf '"%s"' "$problem")}"
    done < "$file"
    printf '{"total_notifications":%s,"successful_sends":%s,"failed_sends":%s,"send_details":[%s],"sent_at":"%s"}\n' \
      "$total" "$sent" "$((total - sent))" "$details" "$(date -u +%FT%TZ)"
    # Lines that arrived must not be sent again, so retry only if none did.
    [ "$sent" -eq "$total" ] || if [ "$sent" -eq 0 ]; then exit 75; else exit 100; fi
    """#)
}
