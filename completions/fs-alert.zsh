#compdef fs-alert
# fs-alert for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_alert_command() {
  offered=() flags=() arguments=()
  case $1 in
    '')
      offered=(
        'watch:Watch a stream of records (the default)'
        'test:Replay records: what would have fired, when and how often; nothing is delivered'
        'rules:List the rules of files, check them, or print the rules that come with fs-alert'
        'active:List the alerts that have fired and not ended'
        'history:List recent alerts, the newest first'
        'stats:Count the recent alerts by severity, rule and hour'
        'ack:Acknowledge alerts: they are not repeated; their end is told'
        'silence:Do not tell alerts of symbols, or of a rule, for a while; without either, ...'
        'unsilence:End silences, by symbol, rule or number'
        'outbox:List deliveries that wait or were given up'
        'resend:Deliver what waits; with --failed, what was given up as well'
        'check-channel:Send a test alert to a channel; status 69 if it does not arrive'
        'doctor:Say whether channels work and the outbox is empty; status 65 if not'
        'help:Show subcommand help information')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information'
        '--rules=.:Rules in a file; several times for more'
        '--when=:Fire while this is true'
        '--until=:End it when this is true'
        '--for=:Fire only after it has been true for this long'
        '--reset=:End it only if this is true as well'
        '--cooldown=:Do not fire again for the same symbol within this time'
        '--once:Fire once for each symbol, and never again'
        '--momentary:It is told when it becomes true, and has no end to tell of, as a crossing has ...'
        '--repeat=:Tell again after this time while it lasts'
        '--severity=:The severity: info, warning, critical'
        '--message=:The text, with {field} for values of the record'
        '--name=:The name of the rule'
        '--by=:The field that tells series apart; '\'''\'' if the whole input is one series'
        '--state=.:The file of alerts, deliveries and silences'
        '--to=:Where alerts go: stdout, or a channel (see CHANNELS); several times for more'
        '--baselines=.:Take previous closes, highs and all-time highs from this store of bars'
        '--pass:Write the records, too, byte for byte, each alert after the record that it is ...'
        '--exit-code:End with status 1 if nothing fired'
        '--max-age=:Keep alerts of records that are older than this, but do not deliver them'
        '--linger=:How long to go on delivering at the end of the input'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write; overrides the name after -o and FS_FORMAT'
        '--on-error=stop,skip,pass:Bad records: stop at the first, skip them, or pass them through (default: ...'
        '--line-buffered:Write each line as soon as its input line is complete (the default on a ...'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never')
      arguments=('.')
      ;;
    ' watch')
      offered=()
      flags=(
        '--rules=.:Rules in a file; several times for more'
        '--when=:Fire while this is true'
        '--until=:End it when this is true'
        '--for=:Fire only after it has been true for this long'
        '--reset=:End it only if this is true as well'
        '--cooldown=:Do not fire again for the same symbol within this time'
        '--once:Fire once for each symbol, and never again'
        '--momentary:It is told when it becomes true, and has no end to tell of, as a crossing has ...'
        '--repeat=:Tell again after this time while it lasts'
        '--severity=:The severity: info, warning, critical'
        '--message=:The text, with {field} for values of the record'
        '--name=:The name of the rule'
        '--by=:The field that tells series apart; '\'''\'' if the whole input is one series'
        '--state=.:The file of alerts, deliveries and silences'
        '--to=:Where alerts go: stdout, or a channel (see CHANNELS); several times for more'
        '--baselines=.:Take previous closes, highs and all-time highs from this store of bars'
        '--pass:Write the records, too, byte for byte, each alert after the record that it is ...'
        '--exit-code:End with status 1 if nothing fired'
        '--max-age=:Keep alerts of records that are older than this, but do not deliver them'
        '--linger=:How long to go on delivering at the end of the input'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write; overrides the name after -o and FS_FORMAT'
        '--on-error=stop,skip,pass:Bad records: stop at the first, skip them, or pass them through (default: ...'
        '--line-buffered:Write each line as soon as its input line is complete (the default on a ...'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' test')
      offered=()
      flags=(
        '--rules=.:Rules in a file; several times for more'
        '--when=:Fire while this is true'
        '--until=:End it when this is true'
        '--for=:Fire only after it has been true for this long'
        '--reset=:End it only if this is true as well'
        '--cooldown=:Do not fire again for the same symbol within this time'
        '--once:Fire once for each symbol, and never again'
        '--momentary:It is told when it becomes true, and has no end to tell of, as a crossing has ...'
        '--repeat=:Tell again after this time while it lasts'
        '--severity=:The severity: info, warning, critical'
        '--message=:The text, with {field} for values of the record'
        '--name=:The name of the rule'
        '--by=:The field that tells series apart; '\'''\'' if the whole input is one series'
        '--state=.:Carry on where the last test with this file stopped'
        '--summary:Write figures for each rule instead of its alerts'
        '--explain:Say on standard error what the fields of a condition were at each firing'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write; overrides the name after -o and FS_FORMAT'
        '--on-error=stop,skip,pass:Bad records: stop at the first, skip them, or pass them through (default: ...'
        '--line-buffered:Write each line as soon as its input line is complete (the default on a ...'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' rules')
      offered=()
      flags=(
        '--lint:Say what is wrong or doubtful; status 65 if anything is'
        '--fields=:Fields that the records have besides those of finstage, such as those of ...'
        '--print=prices,technical,metrics:Print rules that come with fs-alert: prices, technical, metrics'
        '--json:Print one JSON object a line instead of a table'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' active')
      offered=()
      flags=(
        '--state=.:The file of alerts, deliveries and silences'
        '--limit=:The most alerts to list, 1 to 1000000'
        '--json:Print one JSON object a line instead of a table'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' history')
      offered=()
      flags=(
        '--state=.:The file of alerts, deliveries and silences'
        '--last=:How far to look back'
        '--limit=:The most alerts to list, 1 to 1000000'
        '--json:Print one JSON object a line instead of a table'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' stats')
      offered=()
      flags=(
        '--state=.:The file of alerts, deliveries and silences'
        '--last=:How far to look back'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' ack')
      offered=()
      flags=(
        '--state=.:The file of alerts, deliveries and silences'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' silence')
      offered=()
      flags=(
        '--state=.:The file of alerts, deliveries and silences'
        '--for=:For how long'
        '--rule=:Only alerts of this rule'
        '--comment=:Why'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' unsilence')
      offered=()
      flags=(
        '--state=.:The file of alerts, deliveries and silences'
        '--rule=:The rule of the silence'
        '--id=:The number of the silence'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' outbox')
      offered=()
      flags=(
        '--state=.:The file of alerts, deliveries and silences'
        '--limit=:The most deliveries to list, 1 to 1000000'
        '--json:Print one JSON object a line instead of a table'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' resend')
      offered=()
      flags=(
        '--state=.:The file of alerts, deliveries and silences'
        '--failed:Try again what was given up, and turn channels on that were turned off'
        '--rules=.:Rules that name channels; several times for more'
        '--linger=:How long to go on'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' check-channel')
      offered=()
      flags=(
        '--rules=.:Rules that name channels; several times for more'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' doctor')
      offered=()
      flags=(
        '--state=.:The file of alerts, deliveries and silences'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' help')
      offered=()
      flags=()
      arguments=('watch,test,rules,active,history,stats,ack,silence,unsilence,outbox,resend,check-channel,doctor')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_alert_takes() {
  local found=${flags[(r)${(b)1}=*]}
  [[ -n $found ]] || return 1
  kind=${${found#*=}%%:*}
}

_fs_alert_values() {
  case $kind in
    .) _files ;;
    /) _files -/ ;;
    ?*) compadd -- ${(s:,:)kind} ;;
  esac
}

_fs_alert() {
  local at= word takes= kind= option
  local -a offered flags arguments names
  integer i given=0
  _fs_alert_command ''
  for ((i = 2; i < CURRENT; i++)); do
    word=${words[i]}
    if [[ -n $takes ]]; then
      takes=
      continue
    fi
    case $word in
      --)
        # A command of its own follows.
        shift $i words
        ((CURRENT -= i))
        if ((CURRENT == 1)); then _command_names -e; else _normal; fi
        return
        ;;
      -*=*) ;;
      -*) if _fs_alert_takes $word; then takes=1; fi ;;
      *)
        if ((!given && ${offered[(I)${(b)word}:*]})); then
          at+=" $word"
          _fs_alert_command $at
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    _fs_alert_values
  elif [[ $PREFIX == -*=* ]]; then
    _fs_alert_takes ${PREFIX%%=*} && compset -P '*=' && _fs_alert_values
  elif [[ $PREFIX == -* ]]; then
    for option in $flags; do names+=("${option%%[=:]*}:${option#*:}"); done
    _describe -o option names
  else
    if ((!given && ${#offered})); then _describe command offered; fi
    if ((${#arguments})); then
      kind=${arguments[given < ${#arguments} ? given + 1 : ${#arguments}]}
      _fs_alert_values
    fi
  fi
}

if [[ $funcstack[1] == _fs-alert ]]; then
  _fs_alert "$@"
else
  compdef _fs_alert fs-alert
fi
