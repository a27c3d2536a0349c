# fs-stream for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_stream_command() {
  commands= options= arguments=()
  case $1 in
    '')
      commands='serve tail publish status clients broadcast bus help'
      options='--version -h --help --port= --host= --listen= --input=. --replay=. --fetch= --every= --bus= --bus-name= --follow --offsets=. --on-full=block,drop-oldest --speed= --linger= --auth=. --jwt-key=. --audience= --trusted-proxy= --origin= --base-path= --max-clients= --max-per-address= --max-subscriptions= --queue-limit= --keep= --history= --heartbeat= --stale-after= --deflate --deflate-context --text= --types= --null= --comment= --date-format= --input-zone= --stats --quiet -q'
      arguments=('')
      ;;
    ' serve')
      commands=''
      options='--port= --host= --listen= --input=. --replay=. --fetch= --every= --bus= --bus-name= --follow --offsets=. --on-full=block,drop-oldest --speed= --linger= --auth=. --jwt-key=. --audience= --trusted-proxy= --origin= --base-path= --max-clients= --max-per-address= --max-subscriptions= --queue-limit= --keep= --history= --heartbeat= --stale-after= --deflate --deflate-context --text= --types= --null= --comment= --date-format= --input-zone= --stats --quiet -q --version -h --help'
      arguments=('')
      ;;
    ' tail')
      commands=''
      options='--subscribe= --conflate= --send= --map= --token=. --count= --patience= --raw --quiet -q --version -h --help'
      arguments=('')
      ;;
    ' publish')
      commands=''
      options='--token=. --patience= --text= --types= --null= --comment= --date-format= --input-zone= --stats --quiet -q --version -h --help'
      arguments=('')
      ;;
    ' status')
      commands=''
      options='--url= --token=. --version -h --help'
      arguments=()
      ;;
    ' clients')
      commands=''
      options='--url= --token=. -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' broadcast')
      commands=''
      options='--to= --url= --token=. --version -h --help'
      arguments=('')
      ;;
    ' bus')
      commands=''
      options='--bus-name= --version -h --help'
      arguments=('')
      ;;
    ' help')
      commands=''
      options=''
      arguments=('serve,tail,publish,status,clients,broadcast,bus')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_stream_takes() {
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
_fs_stream_offer() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$1$word"); done
}

_fs_stream_values() {
  case $kind in
    .) compopt -o filenames 2>/dev/null; _fs_stream_offer "$2" < <(compgen -f -- "$1") ;;
    /) compopt -o filenames 2>/dev/null; _fs_stream_offer "$2" < <(compgen -d -- "$1") ;;
    ?*) _fs_stream_offer "$2" < <(compgen -W "${kind//,/ }" -- "$1") ;;
  esac
}

_fs_stream() {
  local at= commands options word takes= kind= names= i
  local -a arguments
  local -i given=0
  local current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  _fs_stream_command ''
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
          _fs_stream_offer '' < <(compgen -c -- "$current")
        else
          kind=.
          _fs_stream_values "$current" ''
        fi
        return
        ;;
      -*=*) ;;
      -*) if _fs_stream_takes "$word"; then takes=1; fi ;;
      *)
        if ((given == 0)) && [[ " $commands " == *" $word "* ]]; then
          at+=" $word"
          _fs_stream_command "$at"
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    [[ $current == = ]] && current=
    _fs_stream_values "$current" ''
  elif [[ $current == -*=* ]]; then
    _fs_stream_takes "${current%%=*}" && _fs_stream_values "${current#*=}" "${current%%=*}="
  elif [[ $current == -* ]]; then
    for word in $options; do names+=" ${word%%=*}"; done
    _fs_stream_offer '' < <(compgen -W "$names" -- "$current")
  else
    if ((given == 0)); then _fs_stream_offer '' < <(compgen -W "$commands" -- "$current"); fi
    if ((${#arguments[@]} > 0)); then
      kind=${arguments[given < ${#arguments[@]} ? given : ${#arguments[@]} - 1]}
      _fs_stream_values "$current" ''
    fi
  fi
}

complete -F _fs_stream fs-stream
