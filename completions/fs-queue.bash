# fs-queue for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_queue_command() {
  commands= options= arguments=()
  case $1 in
    '')
      commands='add work status wait result logs cancel list retry pause resume release edit priority on-failure workers stats purge batch results template run group schedule dashboard export doctor schema move help'
      options='--version -h --help'
      arguments=()
      ;;
    ' add')
      commands=''
      options='--priority=critical,high,normal,low --retries= --delay= --max-delay= --backoff=exponential,fixed --retry-on= --timeout= --in= --at= --expires= --after= --if= --group= --limit= --rate= --on= --env= --clean-env --cwd=/ --on-failure= --tag= --unique= --if-exists=ignore,replace,reject --chain=. --each --stdin --paused --spool --wait --stats --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' work')
      commands=''
      options='--workers= --host-tag= --drain --grace= --starve= --output-limit= --keep-completed= --keep-failed= --fast --stats --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' status')
      commands=''
      options='--json --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' wait')
      commands=''
      options='--timeout= --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' result')
      commands=''
      options='--wait -o=. --output=. --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' logs')
      commands=''
      options='--follow -f --stdout --attempt= --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' cancel')
      commands=''
      options='--queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' list')
      commands=''
      options='--state=paused,pending,scheduled,claimed,running,retrying,completed,failed,cancelled,dead --limit= --tag= --group= --batch= --schedule= --json -o=. --output=. --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' retry')
      commands=''
      options='--queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' pause')
      commands=''
      options='--queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' resume')
      commands=''
      options='--queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' release')
      commands=''
      options='--queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' edit')
      commands=''
      options='--set= --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '')
      ;;
    ' priority')
      commands=''
      options='--queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('critical,high,normal,low' '')
      ;;
    ' on-failure')
      commands=''
      options='--none --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' workers')
      commands=''
      options='--json --slots= --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' stats')
      commands=''
      options='--prometheus --json -o=. --output=. --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' purge')
      commands=''
      options='--older= --state=paused,pending,scheduled,claimed,running,retrying,completed,failed,cancelled,dead --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' batch')
      commands=''
      options='--priority=critical,high,normal,low --retries= --delay= --max-delay= --backoff=exponential,fixed --retry-on= --timeout= --in= --at= --expires= --after= --if= --group= --limit= --rate= --on= --env= --clean-env --cwd=/ --on-failure= --tag= --reduce= --wait --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' results')
      commands=''
      options='--check -o=. --output=. --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' template')
      commands='save show list remove run'
      options='--version -h --help'
      arguments=()
      ;;
    ' template save')
      commands=''
      options='--file=. --description= --default= --priority=critical,high,normal,low --retries= --delay= --max-delay= --backoff=exponential,fixed --retry-on= --timeout= --in= --at= --expires= --after= --if= --group= --limit= --rate= --on= --env= --clean-env --cwd=/ --on-failure= --tag= --quiet -q --version -h --help'
      arguments=('' '')
      ;;
    ' template show')
      commands=''
      options='--script --version -h --help'
      arguments=('')
      ;;
    ' template list')
      commands=''
      options='--version -h --help'
      arguments=()
      ;;
    ' template remove')
      commands=''
      options='--version -h --help'
      arguments=('')
      ;;
    ' template run')
      commands=''
      options='--priority=critical,high,normal,low --unique= --if-exists=ignore,replace,reject --wait --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '')
      ;;
    ' run')
      commands=''
      options='--priority=critical,high,normal,low --unique= --if-exists=ignore,replace,reject --wait --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '')
      ;;
    ' group')
      commands=''
      options='--limit= --rate= --pause --resume --json --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' schedule')
      commands='load next list log remove'
      options='--version -h --help --file=. --zone= --check --queue=/ --quiet -q --verbose -v --color=auto,always,never'
      arguments=()
      ;;
    ' schedule load')
      commands=''
      options='--file=. --zone= --check --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' schedule next')
      commands=''
      options='--count= --from= --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' schedule list')
      commands=''
      options='--json --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' schedule log')
      commands=''
      options='--limit= --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' schedule remove')
      commands=''
      options='--queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' dashboard')
      commands=''
      options='--once --json --interval= --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' export')
      commands=''
      options='--state=paused,pending,scheduled,claimed,running,retrying,completed,failed,cancelled,dead --tag= --after= --outputs --history -o=. --output=. --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' doctor')
      commands=''
      options='--mend --recover=/ --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' schema')
      commands=''
      options='--apply --print --check --role= --queue=/ --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' move')
      commands=''
      options='--from= --to= --quiet -q --version -h --help'
      arguments=()
      ;;
    ' help')
      commands=''
      options=''
      arguments=('add,work,status,wait,result,logs,cancel,list,retry,pause,resume,release,edit,priority,on-failure,workers,stats,purge,batch,results,template,run,group,schedule,dashboard,export,doctor,schema,move')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_queue_takes() {
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
_fs_queue_offer() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$1$word"); done
}

_fs_queue_values() {
  case $kind in
    .) compopt -o filenames 2>/dev/null; _fs_queue_offer "$2" < <(compgen -f -- "$1") ;;
    /) compopt -o filenames 2>/dev/null; _fs_queue_offer "$2" < <(compgen -d -- "$1") ;;
    ?*) _fs_queue_offer "$2" < <(compgen -W "${kind//,/ }" -- "$1") ;;
  esac
}

_fs_queue() {
  local at= commands options word takes= kind= names= i
  local -a arguments
  local -i given=0
  local current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  _fs_queue_command ''
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
          _fs_queue_offer '' < <(compgen -c -- "$current")
        else
          kind=.
          _fs_queue_values "$current" ''
        fi
        return
        ;;
      -*=*) ;;
      -*) if _fs_queue_takes "$word"; then takes=1; fi ;;
      *)
        if ((given == 0)) && [[ " $commands " == *" $word "* ]]; then
          at+=" $word"
          _fs_queue_command "$at"
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    [[ $current == = ]] && current=
    _fs_queue_values "$current" ''
  elif [[ $current == -*=* ]]; then
    _fs_queue_takes "${current%%=*}" && _fs_queue_values "${current#*=}" "${current%%=*}="
  elif [[ $current == -* ]]; then
    for word in $options; do names+=" ${word%%=*}"; done
    _fs_queue_offer '' < <(compgen -W "$names" -- "$current")
  else
    if ((given == 0)); then _fs_queue_offer '' < <(compgen -W "$commands" -- "$current"); fi
    if ((${#arguments[@]} > 0)); then
      kind=${arguments[given < ${#arguments[@]} ? given : ${#arguments[@]} - 1]}
      _fs_queue_values "$current" ''
    fi
  fi
}

complete -F _fs_queue fs-queue
