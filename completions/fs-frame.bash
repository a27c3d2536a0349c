# fs-frame for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_frame_command() {
  commands= options= arguments=()
  case $1 in
    '')
      commands='convert info optimize head tail sample select drop rename cast fill filter compute sort dedup merge join resample validate describe plot save load db help'
      options='--version -h --help'
      arguments=()
      ;;
    ' convert')
      commands=''
      options='--bars --symbol= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' info')
      commands=''
      options='--json --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' optimize')
      commands=''
      options='--report --json --aggressive --max-error= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' head')
      commands=''
      options='-n= --rows= --by= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' tail')
      commands=''
      options='-n= --rows= --by= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' sample')
      commands=''
      options='-n= --rows= --fraction= --seed= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' select')
      commands=''
      options='--input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '.')
      ;;
    ' drop')
      commands=''
      options='--input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '.')
      ;;
    ' rename')
      commands=''
      options='--input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '.')
      ;;
    ' cast')
      commands=''
      options='--force --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '.')
      ;;
    ' fill')
      commands=''
      options='--with= --only= --by= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' filter')
      commands=''
      options='--input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '.')
      ;;
    ' compute')
      commands=''
      options='--input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '.')
      ;;
    ' sort')
      commands=''
      options='--memory= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '.')
      ;;
    ' dedup')
      commands=''
      options='--by= --last --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' merge')
      commands=''
      options='--by= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' join')
      commands=''
      options='--on= --asof --tolerance= --inner --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.' '.')
      ;;
    ' resample')
      commands=''
      options='--zone= --session= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('' '.')
      ;;
    ' validate')
      commands=''
      options='--repair --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' describe')
      commands=''
      options='--input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' plot')
      commands=''
      options='--symbol= --indicator= --db=. --interval= --last= --term --style=auto,light,dark --width= --height= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' save')
      commands=''
      options='--db=. --interval= --symbol= --input-format=ndjson,arrow,arrow-file,parquet,csv --columns= --infer-rows= --on-error=stop,skip,pass --delimiter= --text= --types= --null= --comment= --date-format= --input-zone= --decimal-comma --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' load')
      commands=''
      options='--db=. --interval= --from= --to= --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --cluster= --row-group= --codec= --line-buffered -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' db')
      commands='stats check backup gc slow advise'
      options='--version -h --help -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never'
      arguments=('.')
      ;;
    ' db stats')
      commands=''
      options='-o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' db check')
      commands=''
      options='-o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' db backup')
      commands=''
      options='-o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.' '.')
      ;;
    ' db gc')
      commands=''
      options='--older= --interval= --dry-run -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' db slow')
      commands=''
      options='-o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' db advise')
      commands=''
      options='--sql= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' help')
      commands=''
      options=''
      arguments=('convert,info,optimize,head,tail,sample,select,drop,rename,cast,fill,filter,compute,sort,dedup,merge,join,resample,validate,describe,plot,save,load,db')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_frame_takes() {
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
_fs_frame_offer() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$1$word"); done
}

_fs_frame_values() {
  case $kind in
    .) compopt -o filenames 2>/dev/null; _fs_frame_offer "$2" < <(compgen -f -- "$1") ;;
    /) compopt -o filenames 2>/dev/null; _fs_frame_offer "$2" < <(compgen -d -- "$1") ;;
    ?*) _fs_frame_offer "$2" < <(compgen -W "${kind//,/ }" -- "$1") ;;
  esac
}

_fs_frame() {
  local at= commands options word takes= kind= names= i
  local -a arguments
  local -i given=0
  local current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  _fs_frame_command ''
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
          _fs_frame_offer '' < <(compgen -c -- "$current")
        else
          kind=.
          _fs_frame_values "$current" ''
        fi
        return
        ;;
      -*=*) ;;
      -*) if _fs_frame_takes "$word"; then takes=1; fi ;;
      *)
        if ((given == 0)) && [[ " $commands " == *" $word "* ]]; then
          at+=" $word"
          _fs_frame_command "$at"
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    [[ $current == = ]] && current=
    _fs_frame_values "$current" ''
  elif [[ $current == -*=* ]]; then
    _fs_frame_takes "${current%%=*}" && _fs_frame_values "${current#*=}" "${current%%=*}="
  elif [[ $current == -* ]]; then
    for word in $options; do names+=" ${word%%=*}"; done
    _fs_frame_offer '' < <(compgen -W "$names" -- "$current")
  else
    if ((given == 0)); then _fs_frame_offer '' < <(compgen -W "$commands" -- "$current"); fi
    if ((${#arguments[@]} > 0)); then
      kind=${arguments[given < ${#arguments[@]} ? given : ${#arguments[@]} - 1]}
      _fs_frame_values "$current" ''
    fi
  fi
}

complete -F _fs_frame fs-frame
