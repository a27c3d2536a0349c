#compdef fs-stream

__fs-stream_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__fs-stream_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __fs-stream_complete "${completions[@]:0:-1}"
    fi
}

__fs-stream_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_fs-stream() {
    emulate -RL zsh -G
    setopt extendedglob nullglob numericglobsort
    unsetopt aliases banghist

    local -xr SAP_SHELL=zsh
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(builtin emulate zsh -c 'printf %s "${ZSH_VERSION}"')"
    local -r SAP_SHELL_VERSION

    local context state state_descr line
    local -A opt_args

    local -r command_name="${words[1]}"
    local -ar command_line=("${words[@]}")
    local -ir current_word_index="$((CURRENT - 1))"

    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'serve:Serve standard input to WebSocket clients (the default).'
            'tail:Write the events of a server as records: comes back when the connection breaks, and goes on where it was.'
            'publish:Send the records of standard input to a server, which serves them as if they had come through its pipe.'
            'status:Say what a server does, as JSON.'
            'clients:List the clients of a server, a record each.'
            'broadcast:Send a message to all clients of a server.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        serve|tail|publish|status|clients|broadcast|help)
            "_fs-stream_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-stream_serve() {
    local -i ret=1
    local -ar ___on_full=('block' 'drop-oldest')
    local -ar arg_specs=(
        '--port[The port; 0 for any that is free.]:port:'
        '--host[The address to listen at; 0.0.0.0 or \:\: for all of this machine.]:host:'
        '--listen[Listen at a socket in the file system as well\: unix\:PATH.]:address:'
        '--input[Read this file instead of standard input\: NDJSON, CSV, Arrow or Parquet, also packed with gzip; none for nothing but what is published.]:file:_files'
        '--replay[Play this file, in the rhythm of its times (--speed 1x unless it says more).]:file:_files'
        '--fetch[Ask for quotes of these symbols, with fs-fetch, instead of reading.]:symbols:'
        '--every[How often to ask for quotes, 1s to 1d.]:span:'
        '*:options:'
        '--on-full[What to do when lines come faster than they can be served\: let the program before wait, or leave out the oldest (block, drop-oldest).]:policy:{__fs-stream_complete "${___on_full[@]}"}'
        '--speed[Send records in the rhythm of their times\: 1x, or faster\: 60x.]:factor:'
        '--linger[How long to go on serving at the end of the input; forever to stay.]:span:'
        '--auth[Clients must show one of the tokens in this file (a line each).]:file:_files'
        '--jwt-key[Take JSON web tokens signed with this key, too\: a secret of 32 bytes or more (HS256), or a public key on P-256 (ES256).]:file:_files'
        '--audience[Whom JSON web tokens must be for (aud).]:name:'
        '*--trusted-proxy[Believe this proxy about the addresses of clients (X-Forwarded-For)\: an address, or unix; several times for more.]:address:'
        '*--origin[Let pages of this origin connect, too; several times for more.]:origin:'
        '--base-path[What stands before each path\: /market, behind a proxy.]:path:'
        '--max-clients[The most clients, 1 to 1000000.]:max-clients:'
        '--max-per-address[The most clients of one address, 1 to 1000000.]:max-per-address:'
        '--max-subscriptions[The most subscriptions of one client, 1 to 1000000.]:max-subscriptions:'
        '--queue-limit[How much may wait for one client, 16KiB to 1GiB; prices are left out from half of it on.]:size:'
        '--keep[Events kept of each symbol for clients that come back, 1 to 100000.]:keep:'
        '--history[Prices kept of each symbol for get_price_history, 0 to 10000.]:history:'
        '--heartbeat[How often heartbeats are sent, 1s to 1h.]:span:'
        '--stale-after[Say of a symbol that it is stale after so long without an event; 0 for never.]:span:'
        '--deflate[Compress what is sent to clients that can unpack it (permessage-deflate).]'
        '--deflate-context[Compress with the messages before in view (context takeover), which packs single events better and takes about 17 KiB more for each client.]'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-stream_tail() {
    local -i ret=1
    local -ar arg_specs=(
        ':address:'
        '*--subscribe[What to subscribe to\: TYPE, or TYPE\:SYMBOL,SYMBOL; several times for more (default all).]:what:'
        '--conflate[At most one update of a symbol in this time.]:span:'
        '*--send[Send this text after connecting; several times for more.]:text:'
        '--map[Fields of the records out of fields of the messages\: symbol=s,price=p,ts=T (a.b for a field within a field).]:names:'
        '--token[A file with the token to show.]:file:_files'
        '--count[Write this many records, then end.]:count:'
        '--patience[Give up after so long without a connection, instead of trying for ever.]:span:'
        '--raw[Write messages as they come, all of them.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-stream_publish() {
    local -i ret=1
    local -ar arg_specs=(
        ':address:'
        '--token[A file with the token to show.]:file:_files'
        '--patience[Give up after so long without a connection, instead of trying for ever.]:span:'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-stream_status() {
    local -i ret=1
    local -ar arg_specs=(
        '--url[The server\: http\://HOST\:PORT.]:address:'
        '--token[A file with the administrator'\''s token, if the server is not one of this user here.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-stream_clients() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--url[The server\: http\://HOST\:PORT.]:address:'
        '--token[A file with the administrator'\''s token, if the server is not one of this user here.]:file:_files'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-stream_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-stream_broadcast() {
    local -i ret=1
    local -ar arg_specs=(
        ':message:'
        '--to[Only to those who have subscribed to this\: all, prices, technical_analysis, alerts.]:type:'
        '--url[The server\: http\://HOST\:PORT.]:address:'
        '--token[A file with the administrator'\''s token, if the server is not one of this user here.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-stream_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _fs-stream ]]; then
    _fs-stream "${@}"
else
    compdef _fs-stream fs-stream
fi
