# fs-alert for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_alert_command() {
  commands= options= arguments=()
  case $1 in
    '')
      commands='watch test rules active history stats ack silence unsilence outbox resend check-channel doctor help'
      options='--version -h --help --rules=. --when= --until= --for= --reset= --cooldown= --once --momentary --repeat= --severity= --message= --name= --by= --state=. --to= --baselines=. --pass --exit-code --max-age= --linger= --format=ndjson,arrow,arrow-file,parquet,csv --on-error=stop,skip,pass --line-buffered --text= --types= --null= --comment= --date-format= --input-zone= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never'
      arguments=('.')
      ;;
    ' watch')
      commands=''
      options='--rules=. --when= --until= --for= --reset= --cooldown= --once --momentary --repeat= --severity= --message= --name= --by= --state=. --to= --baselines=. --pass --exit-code --max-age= --linger= --format=ndjson,arrow,arrow-file,parquet,csv --on-error=stop,skip,pass --line-buffered --text= --types= --null= --comment= --date-format= --input-zone= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' test')
      commands=''
      options='--rules=. --when= --until= --for= --reset= --cooldown= --once --momentary --repeat= --severity= --message= --name= --by= --state=. --summary --explain --format=ndjson,arrow,arrow-file,parquet,csv --on-error=stop,skip,pass --line-buffered --text= --types= --null= --comment= --date-format= --input-zone= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' rules')
      commands=''
      options='--lint --fields= --print=prices,technical,metrics --json --version -h --help'
      arguments=('.')
      ;;
    ' active')
      commands=''
      options='--state=. --limit= --json --version -h --help'
      arguments=()
      ;;
    ' history')
      commands=''
      options='--state=. --last= --limit= --json --version -h --help'
      arguments=()
      ;;
    ' stats')
      commands=''
      options='--state=. --last= --version -h --help'
      arguments=()
      ;;
    ' ack')
      commands=''
      options='--state=. --version -h --help'
      arguments=('')
      ;;
    ' silence')
      commands=''
      options='--state=. --for= --rule= --comment= --version -h --help'
      arguments=('')
      ;;
    ' unsilence')
      commands=''
      options='--state=. --rule= --id= --version -h --help'
      arguments=('')
      ;;
    ' outbox')
      commands=''
      options='--state=. --limit= --json --version -h --help'
      arguments=()
      ;;
    ' resend')
      commands=''
      options='--state=. --failed --rules=. --linger= --version -h --help'
      arguments=()
      ;;
    ' check-channel')
      commands=''
      options='--rules=. --version -h --help'
      arguments=('')
      ;;
    ' doctor')
      commands=''
      options='--state=. --version -h --help'
      arguments=()
      ;;
    ' help')
      commands=''
      options=''
      arguments=('watch,test,rules,active,history,stats,ack,silence,unsilence,outbox,resend,check-channel,doctor')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_alert_takes() {
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
_fs_alert_offer() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$1$word"); done
}

_fs_alert_values() {
  case $kind in
    .) compopt -o filenames 2>/dev/null; _fs_alert_offer "$2" < <(compgen -f -- "$1") ;;
    /) compopt -o filenames 2>/dev/null; _fs_alert_offer "$2" < <(compgen -d -- "$1") ;;
    ?*) _fs_alert_offer "$2" < <(compgen -W "${kind//,/ }" -- "$1") ;;
  esac
}

_fs_alert() {
  local at= commands options word takes= kind= names= i
  local -a arguments
  local -i given=0
  local current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  _fs_alert_command ''
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
          _fs_alert_offer '' < <(compgen -c -- "$current")
        else
          kind=.
          _fs_alert_values "$current" ''
        fi
        return
        ;;
      -*=*) ;;
      -*) if _fs_alert_takes "$word"; then takes=1; fi ;;
      *)
        if ((given == 0)) && [[ " $commands " == *" $word "* ]]; then
          at+=" $word"
          _fs_alert_command "$at"
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    [[ $current == = ]] && current=
    _fs_alert_values "$current" ''
  elif [[ $current == -*=* ]]; then
    _fs_alert_takes "${current%%=*}" && _fs_alert_values "${current#*=}" "${current%%=*}="
  elif [[ $current == -* ]]; then
    for word in $options; do names+=" ${word%%=*}"; done
    _fs_alert_offer '' < <(compgen -W "$names" -- "$current")
  else
    if ((given == 0)); then _fs_alert_offer '' < <(compgen -W "$commands" -- "$current"); fi
    if ((${#arguments[@]} > 0)); then
      kind=${arguments[given < ${#arguments[@]} ? given : ${#arguments[@]} - 1]}
      _fs_alert_values "$current" ''
    fi
  fi
}

complete -F _fs_alert fs-alert
