# fs-stream for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
function __fs_stream_command --no-scope-shadowing
    switch $at
        case ''
            set commands \
                'serve'\t'Serve standard input to WebSocket clients (the default)' \
                'tail'\t'Write the events of a server as records: comes back when the connection ...' \
                'publish'\t'Send the records of standard input to a server, which serves them as if they ...' \
                'status'\t'Say what a server does, as JSON' \
                'clients'\t'List the clients of a server, a record each' \
                'broadcast'\t'Send a message to all clients of a server' \
                'bus'\t'Check the Redis of a bus, and say where the bus is; status 65 if something is ...' \
                'help'\t'Show subcommand help information'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information' \
                '--port='\t'The port; 0 for any that is free' \
                '--host='\t'The address to listen at; 0.0.0.0 or :: for all of this machine' \
                '--listen='\t'Listen at a socket in the file system as well: unix:PATH' \
                '--input=.'\t'Read this file instead of standard input: NDJSON, CSV, Arrow or Parquet, also ...' \
                '--replay=.'\t'Play this file, in the rhythm of its times (--speed 1x unless it says more)' \
                '--fetch='\t'Ask for quotes of these symbols, with fs-fetch, instead of reading' \
                '--every='\t'How often to ask for quotes, 1s to 1d' \
                '--bus='\t'Share the events with other nodes over this Redis: redis://host:port' \
                '--bus-name='\t'The name of the bus, if one Redis has several' \
                '--follow'\t'Serve what another node reads, from the bus' \
                '--offsets=.'\t'Lines begin with a partition and an offset, as kcat -f \'%p %o %s\\n\' writes ...' \
                '--on-full=block,drop-oldest'\t'What to do when lines come faster than they can be served: let the program ...' \
                '--speed='\t'Send records in the rhythm of their times: 1x, or faster: 60x' \
                '--linger='\t'How long to go on serving at the end of the input; forever to stay' \
                '--auth=.'\t'Clients must show one of the tokens in this file (a line each)' \
                '--jwt-key=.'\t'Take JSON web tokens signed with this key, too: a secret of 32 bytes or more ...' \
                '--audience='\t'The required audience (aud) of JSON web tokens' \
                '--trusted-proxy='\t'Trust what this proxy says of the addresses of clients (X-Forwarded-For): an ...' \
                '--origin='\t'Let pages of this origin connect, too; several times for more' \
                '--base-path='\t'A prefix for all paths: /market, behind a proxy' \
                '--max-clients='\t'The most clients, 1 to 1000000' \
                '--max-per-address='\t'The most clients of one address, 1 to 1000000' \
                '--max-subscriptions='\t'The most subscriptions of one client, 1 to 1000000' \
                '--queue-limit='\t'How much may wait for one client, 16KiB to 1GiB; prices are left out from ...' \
                '--keep='\t'Events kept of each symbol for clients that come back, 1 to 100000' \
                '--history='\t'Prices kept of each symbol for get_price_history, 0 to 10000' \
                '--heartbeat='\t'How often heartbeats are sent, 1s to 1h' \
                '--stale-after='\t'Mark a symbol as stale after this long without an event; 0 for never' \
                '--deflate'\t'Compress what is sent to clients that can unpack it (permessage-deflate)' \
                '--deflate-context'\t'Compress with the messages before in view (context takeover), which packs ...' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only'
            set arguments ''
        case ' serve'
            set commands
            set options \
                '--port='\t'The port; 0 for any that is free' \
                '--host='\t'The address to listen at; 0.0.0.0 or :: for all of this machine' \
                '--listen='\t'Listen at a socket in the file system as well: unix:PATH' \
                '--input=.'\t'Read this file instead of standard input: NDJSON, CSV, Arrow or Parquet, also ...' \
                '--replay=.'\t'Play this file, in the rhythm of its times (--speed 1x unless it says more)' \
                '--fetch='\t'Ask for quotes of these symbols, with fs-fetch, instead of reading' \
                '--every='\t'How often to ask for quotes, 1s to 1d' \
                '--bus='\t'Share the events with other nodes over this Redis: redis://host:port' \
                '--bus-name='\t'The name of the bus, if one Redis has several' \
                '--follow'\t'Serve what another node reads, from the bus' \
                '--offsets=.'\t'Lines begin with a partition and an offset, as kcat -f \'%p %o %s\\n\' writes ...' \
                '--on-full=block,drop-oldest'\t'What to do when lines come faster than they can be served: let the program ...' \
                '--speed='\t'Send records in the rhythm of their times: 1x, or faster: 60x' \
                '--linger='\t'How long to go on serving at the end of the input; forever to stay' \
                '--auth=.'\t'Clients must show one of the tokens in this file (a line each)' \
                '--jwt-key=.'\t'Take JSON web tokens signed with this key, too: a secret of 32 bytes or more ...' \
                '--audience='\t'The required audience (aud) of JSON web tokens' \
                '--trusted-proxy='\t'Trust what this proxy says of the addresses of clients (X-Forwarded-For): an ...' \
                '--origin='\t'Let pages of this origin connect, too; several times for more' \
                '--base-path='\t'A prefix for all paths: /market, behind a proxy' \
                '--max-clients='\t'The most clients, 1 to 1000000' \
                '--max-per-address='\t'The most clients of one address, 1 to 1000000' \
                '--max-subscriptions='\t'The most subscriptions of one client, 1 to 1000000' \
                '--queue-limit='\t'How much may wait for one client, 16KiB to 1GiB; prices are left out from ...' \
                '--keep='\t'Events kept of each symbol for clients that come back, 1 to 100000' \
                '--history='\t'Prices kept of each symbol for get_price_history, 0 to 10000' \
                '--heartbeat='\t'How often heartbeats are sent, 1s to 1h' \
                '--stale-after='\t'Mark a symbol as stale after this long without an event; 0 for never' \
                '--deflate'\t'Compress what is sent to clients that can unpack it (permessage-deflate)' \
                '--deflate-context'\t'Compress with the messages before in view (context takeover), which packs ...' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' tail'
            set commands
            set options \
                '--subscribe='\t'What to subscribe to: TYPE, or TYPE:SYMBOL,SYMBOL; several times for more ...' \
                '--conflate='\t'At most one update of a symbol in this time' \
                '--send='\t'Send this text after connecting; several times for more' \
                '--map='\t'Fields of the records out of fields of the messages: symbol=s,price=p,ts=T ...' \
                '--token=.'\t'A file with the token to show' \
                '--count='\t'Write this many records, then end' \
                '--patience='\t'Give up after so long without a connection, instead of trying for ever' \
                '--raw'\t'Write messages as they come, all of them' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' publish'
            set commands
            set options \
                '--token=.'\t'A file with the token to show' \
                '--patience='\t'Give up after so long without a connection, instead of trying for ever' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' status'
            set commands
            set options \
                '--url='\t'The server: http://HOST:PORT' \
                '--token=.'\t'A file with the administrator\'s token, if the server is not one of this user ...' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' clients'
            set commands
            set options \
                '--url='\t'The server: http://HOST:PORT' \
                '--token=.'\t'A file with the administrator\'s token, if the server is not one of this user ...' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' broadcast'
            set commands
            set options \
                '--to='\t'Only to those who have subscribed to this: all, prices, technical_analysis, ...' \
                '--url='\t'The server: http://HOST:PORT' \
                '--token=.'\t'A file with the administrator\'s token, if the server is not one of this user ...' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' bus'
            set commands
            set options \
                '--bus-name='\t'The name of the bus' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' help'
            set commands
            set options
            set arguments 'serve,tail,publish,status,clients,broadcast,bus'
    end
end

# Whether an option takes a value, and which.
function __fs_stream_takes --no-scope-shadowing
    for option in $options
        set -l name (string split -m 1 \t -- $option)[1]
        if string match -q -- "$argv[1]=*" $name
            set kind (string split -m 1 = -- $name)[2]
            return 0
        end
    end
    return 1
end

function __fs_stream_values
    switch $argv[1]
        case ''
        case .
            __fish_complete_path $argv[2]
        case /
            __fish_complete_directories $argv[2]
        case '*'
            string split , -- $argv[1]
    end
end

function __fs_stream
    set -l commands
    set -l options
    set -l arguments
    set -l at ''
    set -l takes 0
    set -l kind ''
    set -l given 0
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    __fs_stream_command
    for i in (seq (count $words))
        test $i = 1; and continue
        set -l word $words[$i]
        if test $takes = 1
            set takes 0
            continue
        end
        switch $word
            case --
                # A command of its own follows.
                set -e words[1..$i]
                complete -C (string join ' ' -- (string escape -- $words) "$current")
                return
            case '-*=*'
            case '-*'
                __fs_stream_takes $word; and set takes 1
            case '*'
                if test $given = 0; and string match -qr -- "^$(string escape --style=regex -- $word)\t" $commands
                    set at "$at $word"
                    __fs_stream_command
                else
                    set given (math $given + 1)
                end
        end
    end
    if test $takes = 1
        __fs_stream_values "$kind" "$current"
    else if string match -q -- '-*=*' $current
        set -l parts (string split -m 1 = -- $current)
        __fs_stream_takes $parts[1]; and string replace -r -- '^' "$parts[1]=" (__fs_stream_values "$kind" "$parts[2]")
    else if string match -q -- '-*' $current
        string replace -r -- '=[^\t]*' '' $options
    else
        test $given = 0; and string join \n -- $commands
        if set -q arguments[1]
            set -l place (math "min($given + 1, $(count $arguments))")
            __fs_stream_values "$arguments[$place]" "$current"
        end
    end
end

complete -c fs-stream -e
complete -c fs-stream -f -a '(__fs_stream)'
