# fs-metrics for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_metrics_command() {
  commands= options= arguments=()
  case $1 in
    '')
      commands='run ab collect ingest report trend baseline compare score recommend watch export serve rules guard tune memory cache forecast help'
      options='--version -h --help'
      arguments=()
      ;;
    ' run')
      commands=''
      options='-o=. --output=. --name= --pipefail --store=. --version -h --help'
      arguments=('')
      ;;
    ' ab')
      commands='run analyze create list start pause stop assign record'
      options='--version -h --help'
      arguments=()
      ;;
    ' ab run')
      commands=''
      options='--a= --b= --alpha= --margin= --max-runs= --max-time= --warmup= --prepare= --seed= --raw=. --ignore-output --quiet -q --version -h --help'
      arguments=()
      ;;
    ' ab analyze')
      commands=''
      options='--a=. --b=. --pairs=. --follow --alpha= --margin= --store=. --version -h --help'
      arguments=('')
      ;;
    ' ab create')
      commands=''
      options='--variant= --until= --enough= --store=. --version -h --help'
      arguments=('')
      ;;
    ' ab list')
      commands=''
      options='--store=. -o=. --output=. --version -h --help'
      arguments=()
      ;;
    ' ab start')
      commands=''
      options='--store=. --version -h --help'
      arguments=('')
      ;;
    ' ab pause')
      commands=''
      options='--store=. --version -h --help'
      arguments=('')
      ;;
    ' ab stop')
      commands=''
      options='--store=. --version -h --help'
      arguments=('')
      ;;
    ' ab assign')
      commands=''
      options='--store=. --version -h --help'
      arguments=('' '')
      ;;
    ' ab record')
      commands=''
      options='--unit= --variant= --value= --failed --store=. --version -h --help'
      arguments=('')
      ;;
    ' collect')
      commands=''
      options='--every= --pid= --scrape= --command= --count= --print --store=. --quiet -q --version -h --help'
      arguments=()
      ;;
    ' ingest')
      commands=''
      options='--again --store=. --stats --quiet -q --version -h --help'
      arguments=('.')
      ;;
    ' report')
      commands=''
      options='--last= --label= --store=. -o=. --output=. --json --version -h --help'
      arguments=('')
      ;;
    ' trend')
      commands=''
      options='--last= --label= --store=. -o=. --output=. --json --version -h --help'
      arguments=('')
      ;;
    ' baseline')
      commands='save list delete'
      options='--version -h --help'
      arguments=()
      ;;
    ' baseline save')
      commands=''
      options='--last= --label= --store=. --version -h --help'
      arguments=('' '')
      ;;
    ' baseline list')
      commands=''
      options='--store=. -o=. --output=. --json --version -h --help'
      arguments=()
      ;;
    ' baseline delete')
      commands=''
      options='--store=. --version -h --help'
      arguments=('')
      ;;
    ' compare')
      commands=''
      options='--last= --label= --fail-over= --store=. -o=. --output=. --json --version -h --help'
      arguments=('' '')
      ;;
    ' score')
      commands=''
      options='--last= --store=. --version -h --help'
      arguments=()
      ;;
    ' recommend')
      commands=''
      options='--last= --store=. -o=. --output=. --json --version -h --help'
      arguments=()
      ;;
    ' watch')
      commands=''
      options='--last= --label= --every= --count= --store=. --version -h --help'
      arguments=('')
      ;;
    ' export')
      commands=''
      options='--last= --label= --prometheus --store=. -o=. --output=. --version -h --help'
      arguments=('')
      ;;
    ' serve')
      commands=''
      options='--port= --host= --name= --store=. --quiet -q --version -h --help'
      arguments=()
      ;;
    ' rules')
      commands='list enable disable history'
      options='--version -h --help --store=. -o=. --output=. --json'
      arguments=()
      ;;
    ' rules list')
      commands=''
      options='--store=. -o=. --output=. --json --version -h --help'
      arguments=()
      ;;
    ' rules enable')
      commands=''
      options='--force --store=. --version -h --help'
      arguments=('memory_optimization_basic,caching_technical_analysis,caching_price_data,async_api_endpoints,background_heavy_tasks,websocket_streaming')
      ;;
    ' rules disable')
      commands=''
      options='--cascade --reason= --store=. --version -h --help'
      arguments=('memory_optimization_basic,caching_technical_analysis,caching_price_data,async_api_endpoints,background_heavy_tasks,websocket_streaming')
      ;;
    ' rules history')
      commands=''
      options='--last= --store=. -o=. --output=. --version -h --help'
      arguments=()
      ;;
    ' guard')
      commands=''
      options='--every= --grace= --switchback=memory_optimization_basic,caching_technical_analysis,caching_price_data,async_api_endpoints,background_heavy_tasks,websocket_streaming --metric= --count= --store=. --quiet -q --version -h --help'
      arguments=()
      ;;
    ' tune')
      commands=''
      options='--dry-run --last= --store=. --version -h --help'
      arguments=()
      ;;
    ' memory')
      commands='status health diagnostics watch'
      options='--version -h --help'
      arguments=()
      ;;
    ' memory status')
      commands=''
      options='--version -h --help'
      arguments=()
      ;;
    ' memory health')
      commands=''
      options='--version -h --help'
      arguments=()
      ;;
    ' memory diagnostics')
      commands=''
      options='--store=. --version -h --help'
      arguments=()
      ;;
    ' memory watch')
      commands=''
      options='--threshold= --auto= --every= --version -h --help'
      arguments=('')
      ;;
    ' cache')
      commands=''
      options='-o=. --output=. --version -h --help'
      arguments=()
      ;;
    ' forecast')
      commands=''
      options='--label= --ahead= --season= --threshold= --store=. --version -h --help'
      arguments=('')
      ;;
    ' help')
      commands=''
      options=''
      arguments=('run,ab,collect,ingest,report,trend,baseline,compare,score,recommend,watch,export,serve,rules,guard,tune,memory,cache,forecast')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_metrics_takes() {
  local option
  for option in $options; do
    if [[ $option == "$1="* ]]; then
      kind=${option#*=}
      return 0
    fi
  done
  return 1
}

# Offers words that begin with the one at the cursor; what each begins with that is not part of it comes first.
_fs_metrics_offer() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$1$word"); done
}

_fs_metrics_values() {
  case $kind in
    .) compopt -o filenames 2>/dev/null; _fs_metrics_offer "$2" < <(compgen -f -- "$1") ;;
    /) compopt -o filenames 2>/dev/null; _fs_metrics_offer "$2" < <(compgen -d -- "$1") ;;
    ?*) _fs_metrics_offer "$2" < <(compgen -W "${kind//,/ }" -- "$1") ;;
  esac
}

_fs_metrics() {
  local at= commands options word takes= kind= names= i
  local -a arguments
  local -i given=0
  local current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  _fs_metrics_command ''
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ -n $takes ]]; then
      # Bash takes --option=value for three words.
      [[ $word == = ]] || takes=
      continue
    fi
    case $word in
      --)
        # A command of its own follows.
        if declare -F _command_offset > /dev/null; then
          _command_offset $((i + 1))
        elif ((i + 1 == COMP_CWORD)); then
          _fs_metrics_offer '' < <(compgen -c -- "$current")
        else
          kind=.
          _fs_metrics_values "$current" ''
        fi
        return
        ;;
      -*=*) ;;
      -*) if _fs_metrics_takes "$word"; then takes=1; fi ;;
      *)
        if ((given == 0)) && [[ " $commands " == *" $word "* ]]; then
          at+=" $word"
          _fs_metrics_command "$at"
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    [[ $current == = ]] && current=
    _fs_metrics_values "$current" ''
  elif [[ $current == -*=* ]]; then
    _fs_metrics_takes "${current%%=*}" && _fs_metrics_values "${current#*=}" "${current%%=*}="
  elif [[ $current == -* ]]; then
    for word in $options; do names+=" ${word%%=*}"; done
    _fs_metrics_offer '' < <(compgen -W "$names" -- "$current")
  else
    if ((given == 0)); then _fs_metrics_offer '' < <(compgen -W "$commands" -- "$current"); fi
    if ((${#arguments[@]} > 0)); then
      kind=${arguments[given < ${#arguments[@]} ? given : ${#arguments[@]} - 1]}
      _fs_metrics_values "$current" ''
    fi
  fi
}

complete -F _fs_metrics fs-metrics
