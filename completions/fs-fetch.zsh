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
    local -ar ___provider=('yahoo' 'stooq' 'csv' 'json' 'file' 'sample')
    local -ar ___interval=('1m' '2m' '5m' '15m' '30m' '60m' '90m' '1h' '1d' '1wk' '1mo' '3mo')
    local -ar ___range=('1d' '5d' '1mo' '3mo' '6mo' '1y' '2y' '5y' '10y' 'ytd' 'max')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*:symbols:'
        '--provider[Where to get bars.]:name:{__fs-fetch_complete "${___provider[@]}"}'
        '--interval[The length of a bar.]:interval:{__fs-fetch_complete "${___interval[@]}"}'
        '--range[How far back to go; 1y unless --from is given.]:range:{__fs-fetch_complete "${___range[@]}"}'
        '--from[The first day or instant, ISO 8601, instead of --range.]:from:'
        '--to[Stop before this day or instant; needs --from. (default\: now)]:to:'
        '--history[Write bars (the default).]'
        '--store[Write the bars stored in this file, or bring the file up to date with --update.]:file:_files'
        '--update[With --store\: fetch only the bars missing there, and write a line about each symbol.]'
        '--quote[Instead of bars, write the last price and the change from the previous close.]'
        '--snapshot[Instead of bars, write the close, high and low of the last completed session.]'
        '--ath[Instead of bars, write the all-time high and its date.]'
        '--news[Instead of bars, write headlines from Yahoo Finance, or from the RSS or Atom feed of --url-template.]'
        '--every[Ask again and again, a round at each multiple of this time, until a signal; no answer is older than it.]:span:'
        '--pre-post[Include bars before and after the regular session.]'
        '--raw-prices[Keep prices as the provider widened them from 32 bits\: 75.0875015258789 instead of 75.0875.]'
        '--repair[Repair bars that look wrong, if the right values are known, and mark them with the field "repaired".]'
        '--url-template[For csv and json\: the address, with {symbol} and, if needed, {interval}, {from}, {to}, {key}.]:url:'
        '--rows[For json\: the path to the bars in the answer, such as result.bars.]:path:'
        '--map[For csv, json and file\: the names of the fields in the data, such as ts=t,open=o,close=c.]:names:'
        '--path[For file\: the folder of the CSV files.]:folder:_files -/'
        '--base-url[Another host for the provider, with scheme (for a proxy or a test).]:url:'
        '*--header[A header field to send, such as '\''X-Api-Key\: {key}'\''; may be repeated.]:field:'
        '--progress[Report progress on standard error, in plain lines.]'
        '--allow-absent[Exit with 0 if the only symbols that fail do not exist; they are still named.]'
        '--tolerate[Exit with 0 if no more than this share of the symbols fails.]:percent:'
        '--unordered[Write symbols as they arrive instead of in the order given.]'
        '--concurrency[Concurrent requests (default\: the setting fetch.concurrency, or 10).]:concurrency:'
        '--batch-size[Symbols in progress at once; bounds memory use (default\: the setting fetch.batch_size, or 128).]:batch-size:'
        '--rate[At most this many requests to each host, such as 5/s or 30/m, across all processes.]:rate:'
        '--retries[Retries after transient failures.]:retries:'
        '--retry-base[The longest wait before the first retry; doubles with each retry.]:time:'
        '--retry-max[The longest wait before any retry.]:time:'
        '--timeout[The longest time for one answer, from 1ms to 1h.]:time:'
        '--deadline[The longest time for the whole run.]:time:'
        '--patience[How long to wait for a host that does not answer before giving up.]:time:'
        '--offline[Use only the cache, however old its answers, and make no requests.]'
        '--refresh[Request everything, even if the cache has it; conditionally if the service supports that.]'
        '--no-cache[Neither read nor write the cache.]'
        '--max-age[Take answers up to this age from the cache.]:time:'
        '--record[Record all answers in this folder.]:folder:_files -/'
        '--replay[Replay the answers recorded in this folder instead of using the network.]:folder:_files -/'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
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
            'cache:Inspect and clean up the cache that all processes share.'
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
            'list:One JSON object for each entry, in key order.'
            'top:The most used entries, as JSON objects.'
            'health:One JSON object: healthy above a 70% hit rate, warning above 50%, unused without hits, else critical.'
            'purge:Delete entries that are too old to use, even as stale answers.'
            'clear:Delete everything, including counts of hits and misses, and pauses of hosts.'
            'warm:Fetch bars into the cache, so that a later run with the same options needs no requests.'
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
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
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
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
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
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
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
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
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
        '--expired[Delete expired entries; required, so that purge is not mistaken for clear.]'
        '--cache[Only this cache, such as answers or negative.]:name:'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
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
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
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
        '--interval[The length of a bar.]:interval:{__fs-fetch_complete "${___interval[@]}"}'
        '--range[How far back to go.]:range:{__fs-fetch_complete "${___range[@]}"}'
        '--base-url[Another host for the provider, with scheme (for a proxy or a test).]:url:'
        '--refresh[Request everything, even if the cache has it; conditionally if the service supports that.]'
        '--progress[Report progress on standard error, in plain lines.]'
        '--concurrency[Concurrent requests (default\: the setting fetch.concurrency, or 10).]:concurrency:'
        '--batch-size[Symbols in progress at once; bounds memory use (default\: the setting fetch.batch_size, or 128).]:batch-size:'
        '--rate[At most this many requests to each host, such as 5/s or 30/m, across all processes.]:rate:'
        '--retries[Retries after transient failures.]:retries:'
        '--retry-base[The longest wait before the first retry; doubles with each retry.]:time:'
        '--retry-max[The longest wait before any retry.]:time:'
        '--timeout[The longest time for one answer, from 1ms to 1h.]:time:'
        '--deadline[The longest time for the whole run.]:time:'
        '--patience[How long to wait for a host that does not answer before giving up.]:time:'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
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
