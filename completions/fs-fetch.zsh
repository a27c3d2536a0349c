#compdef fs-fetch
# fs-fetch for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_fetch_command() {
  offered=() flags=() arguments=()
  case $1 in
    '')
      offered=(
        'cache:Inspect and clean up the cache that all processes share'
        'help:Show subcommand help information')
      flags=(
        '--provider=yahoo,stooq,csv,json,file,sample:Where to get bars'
        '--interval=1m,2m,5m,15m,30m,60m,90m,1h,1d,1wk,1mo,3mo:The length of a bar'
        '--range=1d,5d,1mo,3mo,6mo,1y,2y,5y,10y,ytd,max:How far back to go; 1y unless --from is given'
        '--from=:The first day or instant, ISO 8601, instead of --range'
        '--to=:Stop before this day or instant; needs --from'
        '--history:Write bars (the default)'
        '--store=.:Write the bars stored in this file, or bring the file up to date with --update'
        '--update:With --store: fetch only the bars missing there, and write a line about each ...'
        '--quote:Instead of bars, write the last price and the change from the previous close'
        '--snapshot:Instead of bars, write the close, high and low of the last completed session'
        '--ath:Instead of bars, write the all-time high and its date'
        '--news:Instead of bars, write headlines from Yahoo Finance, or from the RSS or Atom ...'
        '--every=:Ask again and again, a round at each multiple of this time, until a signal; ...'
        '--pre-post:Include bars before and after the regular session'
        '--raw-prices:Keep prices as the provider widened them from 32 bits: 75.0875015258789 ...'
        '--repair:Repair bars that look wrong, if the right values are known, and mark them ...'
        '--url-template=:For csv and json: the address, with {symbol} and, if needed, {interval}, ...'
        '--rows=:For json: the path to the bars in the answer, such as result.bars'
        '--map=:For csv, json and file: the names of the fields in the data, such as ...'
        '--path=/:For file: the folder of the CSV files'
        '--base-url=:Another host for the provider, with scheme (for a proxy or a test)'
        '--header=:A header field to send, such as '\''X-Api-Key: {key}'\''; may be repeated'
        '--progress:Report progress on standard error, in plain lines'
        '--allow-absent:Exit with 0 if the only symbols that fail do not exist; they are still named'
        '--tolerate=:Exit with 0 if no more than this share of the symbols fails'
        '--unordered:Write symbols as they arrive instead of in the order given'
        '--concurrency=:Concurrent requests (default: the setting fetch.concurrency, or 10)'
        '--batch-size=:Symbols in progress at once; bounds memory use (default: the setting ...'
        '--rate=:At most this many requests to each host, such as 5/s or 30/m, across all ...'
        '--retries=:Retries after transient failures'
        '--retry-base=:The longest wait before the first retry; doubles with each retry'
        '--retry-max=:The longest wait before any retry'
        '--timeout=:The longest time for one answer, from 1ms to 1h'
        '--deadline=:The longest time for the whole run'
        '--patience=:How long to wait for a host that does not answer before giving up'
        '--offline:Use only the cache, however old its answers, and make no requests'
        '--refresh:Request everything, even if the cache has it; conditionally if the service ...'
        '--no-cache:Neither read nor write the cache'
        '--max-age=:Take answers up to this age from the cache'
        '--record=/:Record all answers in this folder'
        '--replay=/:Replay the answers recorded in this folder instead of using the network'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
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
      arguments=('')
      ;;
    ' cache')
      offered=(
        'stats:One JSON object for each cache: entries, bytes, hits, misses, evictions, load ...'
        'list:One JSON object for each entry, in key order'
        'top:The most used entries, as JSON objects'
        'health:One JSON object: healthy above a 70% hit rate, warning above 50%, unused ...'
        'purge:Delete entries that are too old to use, even as stale answers'
        'clear:Delete everything, including counts of hits and misses, and pauses of hosts'
        'warm:Fetch bars into the cache, so that a later run with the same options needs no ...'
        'remote:Check the Redis of FS_CACHE, and print what the caches on it have done; ...')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information'
        '--cache=:Only this cache, such as answers or negative'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never')
      arguments=()
      ;;
    ' cache stats')
      offered=()
      flags=(
        '--cache=:Only this cache, such as answers or negative'
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
      arguments=()
      ;;
    ' cache list')
      offered=()
      flags=(
        '--cache=:Only this cache, such as answers or negative'
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
      arguments=()
      ;;
    ' cache top')
      offered=()
      flags=(
        '--limit=:How many'
        '--cache=:Only this cache, such as answers or negative'
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
      arguments=()
      ;;
    ' cache health')
      offered=()
      flags=(
        '--cache=:Only this cache, such as answers or negative'
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
      arguments=()
      ;;
    ' cache purge')
      offered=()
      flags=(
        '--expired:Delete expired entries; required, so that purge is not mistaken for clear'
        '--cache=:Only this cache, such as answers or negative'
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
      arguments=()
      ;;
    ' cache clear')
      offered=()
      flags=(
        '--cache=:Only this cache, such as answers or negative'
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
      arguments=()
      ;;
    ' cache warm')
      offered=()
      flags=(
        '--interval=1m,2m,5m,15m,30m,60m,90m,1h,1d,1wk,1mo,3mo:The length of a bar'
        '--range=1d,5d,1mo,3mo,6mo,1y,2y,5y,10y,ytd,max:How far back to go'
        '--base-url=:Another host for the provider, with scheme (for a proxy or a test)'
        '--refresh:Request everything, even if the cache has it; conditionally if the service ...'
        '--progress:Report progress on standard error, in plain lines'
        '--concurrency=:Concurrent requests (default: the setting fetch.concurrency, or 10)'
        '--batch-size=:Symbols in progress at once; bounds memory use (default: the setting ...'
        '--rate=:At most this many requests to each host, such as 5/s or 30/m, across all ...'
        '--retries=:Retries after transient failures'
        '--retry-base=:The longest wait before the first retry; doubles with each retry'
        '--retry-max=:The longest wait before any retry'
        '--timeout=:The longest time for one answer, from 1ms to 1h'
        '--deadline=:The longest time for the whole run'
        '--patience=:How long to wait for a host that does not answer before giving up'
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
    ' cache remote')
      offered=()
      flags=(
        '--clear:Delete all answers on it, and counts, rates and pauses'
        '--cache=:Only this cache, such as answers or negative'
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
      arguments=()
      ;;
    ' help')
      offered=()
      flags=()
      arguments=('cache')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_fetch_takes() {
  local found=${flags[(r)${(b)1}=*]}
  [[ -n $found ]] || return 1
  kind=${${found#*=}%%:*}
}

_fs_fetch_values() {
  case $kind in
    .) _files ;;
    /) _files -/ ;;
    ?*) compadd -- ${(s:,:)kind} ;;
  esac
}

_fs_fetch() {
  local at= word takes= kind= option
  local -a offered flags arguments names
  integer i given=0
  _fs_fetch_command ''
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
      -*) if _fs_fetch_takes $word; then takes=1; fi ;;
      *)
        if ((!given && ${offered[(I)${(b)word}:*]})); then
          at+=" $word"
          _fs_fetch_command $at
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    _fs_fetch_values
  elif [[ $PREFIX == -*=* ]]; then
    _fs_fetch_takes ${PREFIX%%=*} && compset -P '*=' && _fs_fetch_values
  elif [[ $PREFIX == -* ]]; then
    for option in $flags; do names+=("${option%%[=:]*}:${option#*:}"); done
    _describe -o option names
  else
    if ((!given && ${#offered})); then _describe command offered; fi
    if ((${#arguments})); then
      kind=${arguments[given < ${#arguments} ? given + 1 : ${#arguments}]}
      _fs_fetch_values
    fi
  fi
}

if [[ $funcstack[1] == _fs-fetch ]]; then
  _fs_fetch "$@"
else
  compdef _fs_fetch fs-fetch
fi
