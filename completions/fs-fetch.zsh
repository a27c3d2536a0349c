#compdef fs-fetch

__fs-fetch_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__fs-fetch_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __fs-fetch_complete "${completions[@]:0:-1}"
    fi
}

__fs-fetch_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_fs-fetch() {
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
    local -ar ___interval=('1m' '2m' '5m' '15m' '30m' '60m' '90m' '1h' '1d' '1wk' '1mo' '3mo')
    local -ar ___range=('1d' '5d' '1mo' '3mo' '6mo' '1y' '2y' '5y' '10y' 'ytd' 'max')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*:symbols:'
        '--provider[Where to get bars.]:name:'
        '--interval[How long bars last.]:interval:{__fs-fetch_complete "${___interval[@]}"}'
        '--range[How far back; 1y unless --from is given.]:range:{__fs-fetch_complete "${___range[@]}"}'
        '--from[The first day or instant, ISO 8601, instead of --range.]:from:'
        '--to[The day or instant before which to stop, with --from. (default\: now)]:to:'
        '--history[Bars\: what is written anyway.]'
        '--store[A file of bars\: write those of it, or bring it up to date with --update.]:file:_files'
        '--update[With --store\: fetch only what is missing there, and write a line about each symbol.]'
        '--quote[Instead of bars\: the last price, and the change from the close before.]'
        '--snapshot[Instead of bars\: close, high and low of the last session that is over.]'
        '--ath[Instead of bars\: the highest price there has been, and when.]'
        '--news[Instead of bars\: headlines, from Yahoo Finance'\''s feed or one of RSS or Atom that --url-template names.]'
        '--pre-post[Bars before and after the regular session, too.]'
        '--raw-prices[Keep prices that the provider widened from 32 bits as they came\: 75.0875015258789 for 75.0875.]'
        '--repair[Write bars that look wrong as they should be, where that is known, with the field "repaired".]'
        '--url-template[For csv and json\: the address, with {symbol}, and {interval}, {from}, {to}, {key} where needed.]:url:'
        '--rows[For json\: where in the answer the bars are, such as result.bars.]:path:'
        '--map[For csv, json and file\: what the fields are called there\: ts=t,open=o,close=c.]:names:'
        '--path[For file\: the folder of the files.]:folder:_files -/'
        '--base-url[Another host for the provider, with scheme\: a proxy, a test.]:url:'
        '--progress[Tell on standard error how far it has come, in plain lines.]'
        '--unordered[Write symbols as they come instead of in the order asked for.]'
        '--concurrency[Requests at once.]:concurrency:'
        '--batch-size[Symbols in work at once; bounds the memory.]:batch-size:'
        '--rate[At most so many requests to a host, such as 5/s or 30/m, of all processes together.]:rate:'
        '--retries[How often to ask again where that may help.]:retries:'
        '--retry-base[Wait up to this before asking again; doubles each time.]:time:'
        '--retry-max[The most to wait before asking again.]:time:'
        '--timeout[The longest time for one answer, from 1ms to 1h.]:time:'
        '--deadline[The longest time for everything.]:time:'
        '--offline[Ask nobody\: what the cache has, however old.]'
        '--refresh[Ask for everything, even if the cache has it; conditionally where the service allows that.]'
        '--no-cache[Neither read nor write the cache.]'
        '--max-age[Take answers up to this age from the cache.]:time:'
        '--record[Keep all answers in this folder.]:folder:_files -/'
        '--replay[Take answers from this folder, recorded before, instead of the network.]:folder:_files -/'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-fetch_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'cache:Look at the cache that all processes share, and tidy it.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        cache|help)
            "_fs-fetch_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-fetch_cache() {
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
            'stats:One JSON object for each cache: entries, bytes, hits, misses, evictions, load times.'
            'list:One JSON object for each entry, in the order of the keys.'
            'top:The entries that are used most, as JSON objects.'
            'health:One JSON object: healthy above a hit rate of 70 %, warning above 50 %, else critical.'
            'purge:Delete what is too old to be used at all.'
            'clear:Delete everything, with the counts of hits and misses.'
            'warm:Fetch the bars of symbols into the cache, so that a later run with the same options asks nobody.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        stats|list|top|health|purge|clear|warm)
            "_fs-fetch_cache_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-fetch_cache_stats() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--cache[Only this cache, such as answers or negative.]:name:'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-fetch_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-fetch_cache_list() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--cache[Only this cache, such as answers or negative.]:name:'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-fetch_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-fetch_cache_top() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--limit[How many.]:limit:'
        '--cache[Only this cache, such as answers or negative.]:name:'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-fetch_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-fetch_cache_health() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--cache[Only this cache, such as answers or negative.]:name:'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-fetch_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-fetch_cache_purge() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--expired[What has expired\: the only thing to purge; needed, so that nobody means clear.]'
        '--cache[Only this cache, such as answers or negative.]:name:'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-fetch_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-fetch_cache_clear() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--cache[Only this cache, such as answers or negative.]:name:'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-fetch_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-fetch_cache_warm() {
    local -i ret=1
    local -ar ___interval=('1m' '2m' '5m' '15m' '30m' '60m' '90m' '1h' '1d' '1wk' '1mo' '3mo')
    local -ar ___range=('1d' '5d' '1mo' '3mo' '6mo' '1y' '2y' '5y' '10y' 'ytd' 'max')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        ':list:_files'
        '--interval[How long bars last.]:interval:{__fs-fetch_complete "${___interval[@]}"}'
        '--range[How far back.]:range:{__fs-fetch_complete "${___range[@]}"}'
        '--base-url[Another host for the provider, with scheme\: a proxy, a test.]:url:'
        '--refresh[Ask for everything, even if the cache has it; conditionally where the service allows that.]'
        '--progress[Tell on standard error how far it has come, in plain lines.]'
        '--concurrency[Requests at once.]:concurrency:'
        '--batch-size[Symbols in work at once; bounds the memory.]:batch-size:'
        '--rate[At most so many requests to a host, such as 5/s or 30/m, of all processes together.]:rate:'
        '--retries[How often to ask again where that may help.]:retries:'
        '--retry-base[Wait up to this before asking again; doubles each time.]:time:'
        '--retry-max[The most to wait before asking again.]:time:'
        '--timeout[The longest time for one answer, from 1ms to 1h.]:time:'
        '--deadline[The longest time for everything.]:time:'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-fetch_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-fetch_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _fs-fetch ]]; then
    _fs-fetch "${@}"
else
    compdef _fs-fetch fs-fetch
fi
