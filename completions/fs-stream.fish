function __fs-stream_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-stream_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __fs-stream_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-stream_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __fs-stream_parse_tokens -S
    set -l unparsed_tokens (__fs-stream_tokens -pc)
    switch $unparsed_tokens[1]
    case 'fs-stream'
        __fs-stream_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'serve'
            __fs-stream_parse_subcommand -r 1 'port=' 'host=' 'listen=' 'input=' 'replay=' 'fetch=' 'every=' 'on-full=' 'speed=' 'linger=' 'auth=' 'jwt-key=' 'audience=' 'trusted-proxy=+' 'origin=+' 'base-path=' 'max-clients=' 'max-per-address=' 'max-subscriptions=' 'queue-limit=' 'keep=' 'history=' 'heartbeat=' 'stale-after=' 'deflate' 'deflate-context' 'stats' 'q/quiet' 'version' 'h/help'
        case 'tail'
            __fs-stream_parse_subcommand 1 'subscribe=+' 'conflate=' 'send=+' 'map=' 'token=' 'count=' 'patience=' 'raw' 'q/quiet' 'version' 'h/help'
        case 'publish'
            __fs-stream_parse_subcommand 1 'token=' 'patience=' 'stats' 'q/quiet' 'version' 'h/help'
        case 'status'
            __fs-stream_parse_subcommand 0 'url=' 'token=' 'version' 'h/help'
        case 'clients'
            __fs-stream_parse_subcommand 0 'url=' 'token=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'broadcast'
            __fs-stream_parse_subcommand 1 'to=' 'url=' 'token=' 'version' 'h/help'
        case 'help'
            __fs-stream_parse_subcommand -r 1 'version'
        end
    end
end

function __fs-stream_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __fs-stream_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __fs-stream_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __fs-stream_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__fs-stream_tokens -p)
    if test -z "$(__fs-stream_tokens -t)"
        set -l index (count (__fs-stream_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'fs-stream' -f
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream" version' -l 'version' -d 'Show the version.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_positional "fs-stream" -eq 1' -fa 'serve' -d 'Serve standard input to WebSocket clients (the default).'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_positional "fs-stream" -eq 1' -fa 'tail' -d 'Write the events of a server as records: comes back when the connection breaks, and goes on where it was.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_positional "fs-stream" -eq 1' -fa 'publish' -d 'Send the records of standard input to a server, which serves them as if they had come through its pipe.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_positional "fs-stream" -eq 1' -fa 'status' -d 'Say what a server does, as JSON.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_positional "fs-stream" -eq 1' -fa 'clients' -d 'List the clients of a server, a record each.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_positional "fs-stream" -eq 1' -fa 'broadcast' -d 'Send a message to all clients of a server.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_positional "fs-stream" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" port' -l 'port' -d 'The port; 0 for any that is free.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" host' -l 'host' -d 'The address to listen at; 0.0.0.0 or :: for all of this machine.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" listen' -l 'listen' -d 'Listen at a socket in the file system as well: unix:PATH.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" input' -l 'input' -d 'Read this file instead of standard input: NDJSON, CSV, Arrow or Parquet, also packed with gzip; none for nothing but what is published.' -rF
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" replay' -l 'replay' -d 'Play this file, in the rhythm of its times (--speed 1x unless it says more).' -rF
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" fetch' -l 'fetch' -d 'Ask for quotes of these symbols, with fs-fetch, instead of reading.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" every' -l 'every' -d 'How often to ask for quotes, 1s to 1d.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" on-full' -l 'on-full' -d 'What to do when lines come faster than they can be served: let the program before wait, or leave out the oldest (block, drop-oldest).' -rfka 'block drop-oldest'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" speed' -l 'speed' -d 'Send records in the rhythm of their times: 1x, or faster: 60x.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" linger' -l 'linger' -d 'How long to go on serving at the end of the input; forever to stay.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" auth' -l 'auth' -d 'Clients must show one of the tokens in this file (a line each).' -rF
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" jwt-key' -l 'jwt-key' -d 'Take JSON web tokens signed with this key, too: a secret of 32 bytes or more (HS256), or a public key on P-256 (ES256).' -rF
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" audience' -l 'audience' -d 'Whom JSON web tokens must be for (aud).' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve"' -l 'trusted-proxy' -d 'Believe this proxy about the addresses of clients (X-Forwarded-For): an address, or unix; several times for more.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve"' -l 'origin' -d 'Let pages of this origin connect, too; several times for more.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" base-path' -l 'base-path' -d 'What stands before each path: /market, behind a proxy.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" max-clients' -l 'max-clients' -d 'The most clients, 1 to 1000000.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" max-per-address' -l 'max-per-address' -d 'The most clients of one address, 1 to 1000000.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" max-subscriptions' -l 'max-subscriptions' -d 'The most subscriptions of one client, 1 to 1000000.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" queue-limit' -l 'queue-limit' -d 'How much may wait for one client, 16KiB to 1GiB; prices are left out from half of it on.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" keep' -l 'keep' -d 'Events kept of each symbol for clients that come back, 1 to 100000.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" history' -l 'history' -d 'Prices kept of each symbol for get_price_history, 0 to 10000.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" heartbeat' -l 'heartbeat' -d 'How often heartbeats are sent, 1s to 1h.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" stale-after' -l 'stale-after' -d 'Say of a symbol that it is stale after so long without an event; 0 for never.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" deflate' -l 'deflate' -d 'Compress what is sent to clients that can unpack it (permessage-deflate).'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" deflate-context' -l 'deflate-context' -d 'Compress with the messages before in view (context takeover), which packs single events better and takes about 17 KiB more for each client.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" version' -l 'version' -d 'Show the version.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail"' -l 'subscribe' -d 'What to subscribe to: TYPE, or TYPE:SYMBOL,SYMBOL; several times for more (default all).' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail" conflate' -l 'conflate' -d 'At most one update of a symbol in this time.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail"' -l 'send' -d 'Send this text after connecting; several times for more.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail" map' -l 'map' -d 'Fields of the records out of fields of the messages: symbol=s,price=p,ts=T (a.b for a field within a field).' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail" token' -l 'token' -d 'A file with the token to show.' -rF
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail" count' -l 'count' -d 'Write this many records, then end.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail" patience' -l 'patience' -d 'Give up after so long without a connection, instead of trying for ever.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail" raw' -l 'raw' -d 'Write messages as they come, all of them.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail" version' -l 'version' -d 'Show the version.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream tail" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream publish" token' -l 'token' -d 'A file with the token to show.' -rF
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream publish" patience' -l 'patience' -d 'Give up after so long without a connection, instead of trying for ever.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream publish" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream publish" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream publish" version' -l 'version' -d 'Show the version.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream publish" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream status" url' -l 'url' -d 'The server: http://HOST:PORT.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream status" token' -l 'token' -d 'A file with the administrator\'s token, if the server is not one of this user here.' -rF
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream status" version' -l 'version' -d 'Show the version.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream clients" url' -l 'url' -d 'The server: http://HOST:PORT.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream clients" token' -l 'token' -d 'A file with the administrator\'s token, if the server is not one of this user here.' -rF
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream clients" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream clients" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream clients" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream clients" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream clients" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream clients" version' -l 'version' -d 'Show the version.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream clients" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream broadcast" to' -l 'to' -d 'Only to those who have subscribed to this: all, prices, technical_analysis, alerts.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream broadcast" url' -l 'url' -d 'The server: http://HOST:PORT.' -rfka ''
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream broadcast" token' -l 'token' -d 'A file with the administrator\'s token, if the server is not one of this user here.' -rF
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream broadcast" version' -l 'version' -d 'Show the version.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream broadcast" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-stream' -n '__fs-stream_should_offer_completions_for_flags_or_options "fs-stream help" version' -l 'version' -d 'Show the version.'
