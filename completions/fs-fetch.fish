function __fs-fetch_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-fetch_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __fs-fetch_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-fetch_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __fs-fetch_parse_tokens -S
    set -l unparsed_tokens (__fs-fetch_tokens -pc)
    switch $unparsed_tokens[1]
    case 'fs-fetch'
        __fs-fetch_parse_subcommand -r 1 'provider=' 'interval=' 'range=' 'from=' 'to=' 'history' 'store=' 'update' 'quote' 'snapshot' 'ath' 'news' 'every=' 'pre-post' 'raw-prices' 'repair' 'url-template=' 'rows=' 'map=' 'path=' 'base-url=' 'header=+' 'progress' 'allow-absent' 'tolerate=' 'unordered' 'concurrency=' 'batch-size=' 'rate=' 'retries=' 'retry-base=' 'retry-max=' 'timeout=' 'deadline=' 'patience=' 'offline' 'refresh' 'no-cache' 'max-age=' 'record=' 'replay=' 'doubles' 'decimals' 'timestamps' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'cache'
            __fs-fetch_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'stats'
                __fs-fetch_parse_subcommand 0 'cache=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
            case 'list'
                __fs-fetch_parse_subcommand 0 'cache=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
            case 'top'
                __fs-fetch_parse_subcommand 0 'limit=' 'cache=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
            case 'health'
                __fs-fetch_parse_subcommand 0 'cache=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
            case 'purge'
                __fs-fetch_parse_subcommand 0 'expired' 'cache=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
            case 'clear'
                __fs-fetch_parse_subcommand 0 'cache=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
            case 'warm'
                __fs-fetch_parse_subcommand 1 'interval=' 'range=' 'base-url=' 'refresh' 'progress' 'concurrency=' 'batch-size=' 'rate=' 'retries=' 'retry-base=' 'retry-max=' 'timeout=' 'deadline=' 'patience=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
            end
        case 'help'
            __fs-fetch_parse_subcommand -r 1 'version'
        end
    end
end

function __fs-fetch_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __fs-fetch_parse_subcommand -S -a positional_count
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

function __fs-fetch_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __fs-fetch_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__fs-fetch_tokens -p)
    if test -z "$(__fs-fetch_tokens -t)"
        set -l index (count (__fs-fetch_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'fs-fetch' -f
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" provider' -l 'provider' -d 'Where to get bars.' -rfka 'yahoo stooq csv json file sample'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" interval' -l 'interval' -d 'The length of a bar.' -rfka '1m 2m 5m 15m 30m 60m 90m 1h 1d 1wk 1mo 3mo'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" range' -l 'range' -d 'How far back to go; 1y unless --from is given.' -rfka '1d 5d 1mo 3mo 6mo 1y 2y 5y 10y ytd max'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" from' -l 'from' -d 'The first day or instant, ISO 8601, instead of --range.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" to' -l 'to' -d 'Stop before this day or instant; needs --from. (default: now)' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" history' -l 'history' -d 'Write bars (the default).'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" store' -l 'store' -d 'Write the bars stored in this file, or bring the file up to date with --update.' -rF
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" update' -l 'update' -d 'With --store: fetch only the bars missing there, and write a line about each symbol.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" quote' -l 'quote' -d 'Instead of bars, write the last price and the change from the previous close.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" snapshot' -l 'snapshot' -d 'Instead of bars, write the close, high and low of the last completed session.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" ath' -l 'ath' -d 'Instead of bars, write the all-time high and its date.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" news' -l 'news' -d 'Instead of bars, write headlines from Yahoo Finance, or from the RSS or Atom feed of --url-template.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" every' -l 'every' -d 'Ask again and again, a round at each multiple of this time, until a signal; no answer is older than it.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" pre-post' -l 'pre-post' -d 'Include bars before and after the regular session.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" raw-prices' -l 'raw-prices' -d 'Keep prices as the provider widened them from 32 bits: 75.0875015258789 instead of 75.0875.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" repair' -l 'repair' -d 'Repair bars that look wrong, if the right values are known, and mark them with the field "repaired".'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" url-template' -l 'url-template' -d 'For csv and json: the address, with {symbol} and, if needed, {interval}, {from}, {to}, {key}.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" rows' -l 'rows' -d 'For json: the path to the bars in the answer, such as result.bars.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" map' -l 'map' -d 'For csv, json and file: the names of the fields in the data, such as ts=t,open=o,close=c.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" path' -l 'path' -d 'For file: the folder of the CSV files.' -rfa '(__fs-fetch_complete_directories)'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" base-url' -l 'base-url' -d 'Another host for the provider, with scheme (for a proxy or a test).' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch"' -l 'header' -d 'A header field to send, such as \'X-Api-Key: {key}\'; may be repeated.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" progress' -l 'progress' -d 'Report progress on standard error, in plain lines.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" allow-absent' -l 'allow-absent' -d 'Exit with 0 if the only symbols that fail do not exist; they are still named.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" tolerate' -l 'tolerate' -d 'Exit with 0 if no more than this share of the symbols fails.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" unordered' -l 'unordered' -d 'Write symbols as they arrive instead of in the order given.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" concurrency' -l 'concurrency' -d 'Concurrent requests (default: the setting fetch.concurrency, or 10).' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" batch-size' -l 'batch-size' -d 'Symbols in progress at once; bounds memory use (default: the setting fetch.batch_size, or 128).' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" rate' -l 'rate' -d 'At most this many requests to each host, such as 5/s or 30/m, across all processes.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" retries' -l 'retries' -d 'Retries after transient failures.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" retry-base' -l 'retry-base' -d 'The longest wait before the first retry; doubles with each retry.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" retry-max' -l 'retry-max' -d 'The longest wait before any retry.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" timeout' -l 'timeout' -d 'The longest time for one answer, from 1ms to 1h.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" deadline' -l 'deadline' -d 'The longest time for the whole run.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" patience' -l 'patience' -d 'How long to wait for a host that does not answer before giving up.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" offline' -l 'offline' -d 'Use only the cache, however old its answers, and make no requests.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" refresh' -l 'refresh' -d 'Request everything, even if the cache has it; conditionally if the service supports that.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" no-cache' -l 'no-cache' -d 'Neither read nor write the cache.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" max-age' -l 'max-age' -d 'Take answers up to this age from the cache.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" record' -l 'record' -d 'Record all answers in this folder.' -rfa '(__fs-fetch_complete_directories)'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" replay' -l 'replay' -d 'Replay the answers recorded in this folder instead of using the network.' -rfa '(__fs-fetch_complete_directories)'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" doubles' -l 'doubles' -d 'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" decimals' -l 'decimals' -d 'Parquet and Arrow: prices are exact decimals, where their values allow it (the default for Parquet).'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" timestamps' -l 'timestamps' -d 'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as pandas wants its index.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" version' -l 'version' -d 'Show the version.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch" -eq 1' -fa 'cache' -d 'Inspect and clean up the cache that all processes share.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache" version' -l 'version' -d 'Show the version.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch cache" -eq 1' -fa 'stats' -d 'One JSON object for each cache: entries, bytes, hits, misses, evictions, load times.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch cache" -eq 1' -fa 'list' -d 'One JSON object for each entry, in key order.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch cache" -eq 1' -fa 'top' -d 'The most used entries, as JSON objects.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch cache" -eq 1' -fa 'health' -d 'One JSON object: healthy above a 70% hit rate, warning above 50%, unused without hits, else critical.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch cache" -eq 1' -fa 'purge' -d 'Delete entries that are too old to use, even as stale answers.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch cache" -eq 1' -fa 'clear' -d 'Delete everything, including counts of hits and misses, and pauses of hosts.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch cache" -eq 1' -fa 'warm' -d 'Fetch bars into the cache, so that a later run with the same options needs no requests.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache stats" cache' -l 'cache' -d 'Only this cache, such as answers or negative.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache stats" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache stats" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache stats" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache stats" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache stats" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache stats" version' -l 'version' -d 'Show the version.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache stats" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache list" cache' -l 'cache' -d 'Only this cache, such as answers or negative.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache list" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache list" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache list" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache list" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache list" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache list" version' -l 'version' -d 'Show the version.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache top" limit' -l 'limit' -d 'How many.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache top" cache' -l 'cache' -d 'Only this cache, such as answers or negative.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache top" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache top" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache top" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache top" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache top" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache top" version' -l 'version' -d 'Show the version.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache top" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache health" cache' -l 'cache' -d 'Only this cache, such as answers or negative.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache health" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache health" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache health" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache health" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache health" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache health" version' -l 'version' -d 'Show the version.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache health" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache purge" expired' -l 'expired' -d 'Delete expired entries; required, so that purge is not mistaken for clear.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache purge" cache' -l 'cache' -d 'Only this cache, such as answers or negative.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache purge" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache purge" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache purge" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache purge" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache purge" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache purge" version' -l 'version' -d 'Show the version.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache purge" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache clear" cache' -l 'cache' -d 'Only this cache, such as answers or negative.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache clear" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache clear" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache clear" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache clear" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache clear" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache clear" version' -l 'version' -d 'Show the version.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache clear" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch cache warm" -eq 1' -F
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" interval' -l 'interval' -d 'The length of a bar.' -rfka '1m 2m 5m 15m 30m 60m 90m 1h 1d 1wk 1mo 3mo'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" range' -l 'range' -d 'How far back to go.' -rfka '1d 5d 1mo 3mo 6mo 1y 2y 5y 10y ytd max'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" base-url' -l 'base-url' -d 'Another host for the provider, with scheme (for a proxy or a test).' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" refresh' -l 'refresh' -d 'Request everything, even if the cache has it; conditionally if the service supports that.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" progress' -l 'progress' -d 'Report progress on standard error, in plain lines.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" concurrency' -l 'concurrency' -d 'Concurrent requests (default: the setting fetch.concurrency, or 10).' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" batch-size' -l 'batch-size' -d 'Symbols in progress at once; bounds memory use (default: the setting fetch.batch_size, or 128).' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" rate' -l 'rate' -d 'At most this many requests to each host, such as 5/s or 30/m, across all processes.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" retries' -l 'retries' -d 'Retries after transient failures.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" retry-base' -l 'retry-base' -d 'The longest wait before the first retry; doubles with each retry.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" retry-max' -l 'retry-max' -d 'The longest wait before any retry.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" timeout' -l 'timeout' -d 'The longest time for one answer, from 1ms to 1h.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" deadline' -l 'deadline' -d 'The longest time for the whole run.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" patience' -l 'patience' -d 'How long to wait for a host that does not answer before giving up.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" version' -l 'version' -d 'Show the version.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch cache warm" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch help" version' -l 'version' -d 'Show the version.'
