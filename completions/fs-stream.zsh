#compdef fs-stream
# fs-stream for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_stream_command() {
  offered=() flags=() arguments=()
  case $1 in
    '')
      offered=(
        'serve:Serve standard input to WebSocket clients (the default)'
        'tail:Write the events of a server as records: comes back when the connection ...'
        'publish:Send the records of standard input to a server, which serves them as if they ...'
        'status:Say what a server does, as JSON'
        'clients:List the clients of a server, a record each'
        'broadcast:Send a message to all clients of a server'
        'bus:Check the Redis of a bus, and say where the bus is; status 65 if something is ...'
        'help:Show subcommand help information')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information'
        '--port=:The port; 0 for any that is free'
        '--host=:The address to listen at; 0.0.0.0 or :: for all of this machine'
        '--listen=:Listen at a socket in the file system as well: unix:PATH'
        '--input=.:Read this file instead of standard input: NDJSON, CSV, Arrow or Parquet, also ...'
        '--replay=.:Play this file, in the rhythm of its times (--speed 1x unless it says more)'
        '--fetch=:Ask for quotes of these symbols, with fs-fetch, instead of reading'
        '--every=:How often to ask for quotes, 1s to 1d'
        '--bus=:Share the events with other nodes over this Redis: redis://host:port'
        '--bus-name=:The name of the bus, if one Redis has several'
        '--follow:Serve what another node reads, from the bus'
        '--offsets=.:Lines begin with a partition and an offset, as kcat -f '\''%p %o %s\n'\'' writes ...'
        '--on-full=block,drop-oldest:What to do when lines come faster than they can be served: let the program ...'
        '--speed=:Send records in the rhythm of their times: 1x, or faster: 60x'
        '--linger=:How long to go on serving at the end of the input; forever to stay'
        '--auth=.:Clients must show one of the tokens in this file (a line each)'
        '--jwt-key=.:Take JSON web tokens signed with this key, too: a secret of 32 bytes or more ...'
        '--audience=:The required audience (aud) of JSON web tokens'
        '--trusted-proxy=:Trust what this proxy says of the addresses of clients (X-Forwarded-For): an ...'
        '--origin=:Let pages of this origin connect, too; several times for more'
        '--base-path=:A prefix for all paths: /market, behind a proxy'
        '--max-clients=:The most clients, 1 to 1000000'
        '--max-per-address=:The most clients of one address, 1 to 1000000'
        '--max-subscriptions=:The most subscriptions of one client, 1 to 1000000'
        '--queue-limit=:How much may wait for one client, 16KiB to 1GiB; prices are left out from ...'
        '--keep=:Events kept of each symbol for clients that come back, 1 to 100000'
        '--history=:Prices kept of each symbol for get_price_history, 0 to 10000'
        '--heartbeat=:How often heartbeats are sent, 1s to 1h'
        '--stale-after=:Mark a symbol as stale after this long without an event; 0 for never'
        '--deflate:Compress what is sent to clients that can unpack it (permessage-deflate)'
        '--deflate-context:Compress with the messages before in view (context takeover), which packs ...'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only')
      arguments=('')
      ;;
    ' serve')
      offered=()
      flags=(
        '--port=:The port; 0 for any that is free'
        '--host=:The address to listen at; 0.0.0.0 or :: for all of this machine'
        '--listen=:Listen at a socket in the file system as well: unix:PATH'
        '--input=.:Read this file instead of standard input: NDJSON, CSV, Arrow or Parquet, also ...'
        '--replay=.:Play this file, in the rhythm of its times (--speed 1x unless it says more)'
        '--fetch=:Ask for quotes of these symbols, with fs-fetch, instead of reading'
        '--every=:How often to ask for quotes, 1s to 1d'
        '--bus=:Share the events with other nodes over this Redis: redis://host:port'
        '--bus-name=:The name of the bus, if one Redis has several'
        '--follow:Serve what another node reads, from the bus'
        '--offsets=.:Lines begin with a partition and an offset, as kcat -f '\''%p %o %s\n'\'' writes ...'
        '--on-full=block,drop-oldest:What to do when lines come faster than they can be served: let the program ...'
        '--speed=:Send records in the rhythm of their times: 1x, or faster: 60x'
        '--linger=:How long to go on serving at the end of the input; forever to stay'
        '--auth=.:Clients must show one of the tokens in this file (a line each)'
        '--jwt-key=.:Take JSON web tokens signed with this key, too: a secret of 32 bytes or more ...'
        '--audience=:The required audience (aud) of JSON web tokens'
        '--trusted-proxy=:Trust what this proxy says of the addresses of clients (X-Forwarded-For): an ...'
        '--origin=:Let pages of this origin connect, too; several times for more'
        '--base-path=:A prefix for all paths: /market, behind a proxy'
        '--max-clients=:The most clients, 1 to 1000000'
        '--max-per-address=:The most clients of one address, 1 to 1000000'
        '--max-subscriptions=:The most subscriptions of one client, 1 to 1000000'
        '--queue-limit=:How much may wait for one client, 16KiB to 1GiB; prices are left out from ...'
        '--keep=:Events kept of each symbol for clients that come back, 1 to 100000'
        '--history=:Prices kept of each symbol for get_price_history, 0 to 10000'
        '--heartbeat=:How often heartbeats are sent, 1s to 1h'
        '--stale-after=:Mark a symbol as stale after this long without an event; 0 for never'
        '--deflate:Compress what is sent to clients that can unpack it (permessage-deflate)'
        '--deflate-context:Compress with the messages before in view (context takeover), which packs ...'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' tail')
      offered=()
      flags=(
        '--subscribe=:What to subscribe to: TYPE, or TYPE:SYMBOL,SYMBOL; several times for more ...'
        '--conflate=:At most one update of a symbol in this time'
        '--send=:Send this text after connecting; several times for more'
        '--map=:Fields of the records out of fields of the messages: symbol=s,price=p,ts=T ...'
        '--token=.:A file with the token to show'
        '--count=:Write this many records, then end'
        '--patience=:Give up after so long without a connection, instead of trying for ever'
        '--raw:Write messages as they come, all of them'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' publish')
      offered=()
      flags=(
        '--token=.:A file with the token to show'
        '--patience=:Give up after so long without a connection, instead of trying for ever'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' status')
      offered=()
      flags=(
        '--url=:The server: http://HOST:PORT'
        '--token=.:A file with the administrator'\''s token, if the server is not one of this user ...'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' clients')
      offered=()
      flags=(
        '--url=:The server: http://HOST:PORT'
        '--token=.:A file with the administrator'\''s token, if the server is not one of this user ...'
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
    ' broadcast')
      offered=()
      flags=(
        '--to=:Only to those who have subscribed to this: all, prices, technical_analysis, ...'
        '--url=:The server: http://HOST:PORT'
        '--token=.:A file with the administrator'\''s token, if the server is not one of this user ...'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' bus')
      offered=()
      flags=(
        '--bus-name=:The name of the bus'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' help')
      offered=()
      flags=()
      arguments=('serve,tail,publish,status,clients,broadcast,bus')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_stream_takes() {
  local found=${flags[(r)${(b)1}=*]}
  [[ -n $found ]] || return 1
  kind=${${found#*=}%%:*}
}

_fs_stream_values() {
  case $kind in
    .) _files ;;
    /) _files -/ ;;
    ?*) compadd -- ${(s:,:)kind} ;;
  esac
}

_fs_stream() {
  local at= word takes= kind= option
  local -a offered flags arguments names
  integer i given=0
  _fs_stream_command ''
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
      -*) if _fs_stream_takes $word; then takes=1; fi ;;
      *)
        if ((!given && ${offered[(I)${(b)word}:*]})); then
          at+=" $word"
          _fs_stream_command $at
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    _fs_stream_values
  elif [[ $PREFIX == -*=* ]]; then
    _fs_stream_takes ${PREFIX%%=*} && compset -P '*=' && _fs_stream_values
  elif [[ $PREFIX == -* ]]; then
    for option in $flags; do names+=("${option%%[=:]*}:${option#*:}"); done
    _describe -o option names
  else
    if ((!given && ${#offered})); then _describe command offered; fi
    if ((${#arguments})); then
      kind=${arguments[given < ${#arguments} ? given + 1 : ${#arguments}]}
      _fs_stream_values
    fi
  fi
}

if [[ $funcstack[1] == _fs-stream ]]; then
  _fs_stream "$@"
else
  compdef _fs_stream fs-stream
fi
