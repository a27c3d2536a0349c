# fs-fetch for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_fetch_command() {
  commands= options= arguments=()
  case $1 in
    '')
      commands='cache help'
      options='--provider=yahoo,stooq,csv,json,file,sample --interval=1m,2m,5m,15m,30m,60m,90m,1h,1d,1wk,1mo,3mo --range=1d,5d,1mo,3mo,6mo,1y,2y,5y,10y,ytd,max --from= --to= --history --store=. --update --quote --snapshot --ath --news --every= --pre-post --raw-prices --repair --url-template= --rows= --map= --path=/ --base-url= --header= --progress --allow-absent --tolerate= --unordered --concurrency= --batch-size= --rate= --retries= --retry-base= --retry-max= --timeout= --deadline= --patience= --offline --refresh --no-cache --max-age= --record=/ --replay=/ --doubles --decimals --timestamps -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('')
      ;;
    ' cache')
      commands='stats list top health purge clear warm remote'
      options='--version -h --help --cache= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never'
      arguments=()
      ;;
    ' cache stats')
      commands=''
      options='--cache= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' cache list')
      commands=''
      options='--cache= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' cache top')
      commands=''
      options='--limit= --cache= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' cache health')
      commands=''
      options='--cache= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' cache purge')
      commands=''
      options='--expired --cache= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' cache clear')
      commands=''
      options='--cache= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' cache warm')
      commands=''
      options='--interval=1m,2m,5m,15m,30m,60m,90m,1h,1d,1wk,1mo,3mo --range=1d,5d,1mo,3mo,6mo,1y,2y,5y,10y,ytd,max --base-url= --refresh --progress --concurrency= --batch-size= --rate= --retries= --retry-base= --retry-max= --timeout= --deadline= --patience= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' cache remote')
      commands=''
      options='--clear --cache= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=()
      ;;
    ' help')
      commands=''
      options=''
      arguments=('cache')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_fetch_takes() {
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
_fs_fetch_offer() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$1$word"); done
}

_fs_fetch_values() {
  case $kind in
    .) compopt -o filenames 2>/dev/null; _fs_fetch_offer "$2" < <(compgen -f -- "$1") ;;
    /) compopt -o filenames 2>/dev/null; _fs_fetch_offer "$2" < <(compgen -d -- "$1") ;;
    ?*) _fs_fetch_offer "$2" < <(compgen -W "${kind//,/ }" -- "$1") ;;
  esac
}

_fs_fetch() {
  local at= commands options word takes= kind= names= i
  local -a arguments
  local -i given=0
  local current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  _fs_fetch_command ''
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
          _fs_fetch_offer '' < <(compgen -c -- "$current")
        else
          kind=.
          _fs_fetch_values "$current" ''
        fi
        return
        ;;
      -*=*) ;;
      -*) if _fs_fetch_takes "$word"; then takes=1; fi ;;
      *)
        if ((given == 0)) && [[ " $commands " == *" $word "* ]]; then
          at+=" $word"
          _fs_fetch_command "$at"
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    [[ $current == = ]] && current=
    _fs_fetch_values "$current" ''
  elif [[ $current == -*=* ]]; then
    _fs_fetch_takes "${current%%=*}" && _fs_fetch_values "${current#*=}" "${current%%=*}="
  elif [[ $current == -* ]]; then
    for word in $options; do names+=" ${word%%=*}"; done
    _fs_fetch_offer '' < <(compgen -W "$names" -- "$current")
  else
    if ((given == 0)); then _fs_fetch_offer '' < <(compgen -W "$commands" -- "$current"); fi
    if ((${#arguments[@]} > 0)); then
      kind=${arguments[given < ${#arguments[@]} ? given : ${#arguments[@]} - 1]}
      _fs_fetch_values "$current" ''
    fi
  fi
}

complete -F _fs_fetch fs-fetch
