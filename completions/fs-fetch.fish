# fs-fetch for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
function __fs_fetch_command --no-scope-shadowing
    switch $at
        case ''
            set commands \
                'cache'\t'Inspect and clean up the cache that all processes share' \
                'help'\t'Show subcommand help information'
            set options \
                '--provider=yahoo,stooq,csv,json,file,sample'\t'Where to get bars' \
                '--interval=1m,2m,5m,15m,30m,60m,90m,1h,1d,1wk,1mo,3mo'\t'The length of a bar' \
                '--range=1d,5d,1mo,3mo,6mo,1y,2y,5y,10y,ytd,max'\t'How far back to go; 1y unless --from is given' \
                '--from='\t'The first day or instant, ISO 8601, instead of --range' \
                '--to='\t'Stop before this day or instant; needs --from' \
                '--history'\t'Write bars (the default)' \
                '--store=.'\t'Write the bars stored in this file, or bring the file up to date with --update' \
                '--update'\t'With --store: fetch only the bars missing there, and write a line about each ...' \
                '--quote'\t'Instead of bars, write the last price and the change from the previous close' \
                '--snapshot'\t'Instead of bars, write the close, high and low of the last completed session' \
                '--ath'\t'Instead of bars, write the all-time high and its date' \
                '--news'\t'Instead of bars, write headlines from Yahoo Finance, or from the RSS or Atom ...' \
                '--every='\t'Ask again and again, a round at each multiple of this time, until a signal; ...' \
                '--pre-post'\t'Include bars before and after the regular session' \
                '--raw-prices'\t'Keep prices as the provider widened them from 32 bits: 75.0875015258789 ...' \
                '--repair'\t'Repair bars that look wrong, if the right values are known, and mark them ...' \
                '--url-template='\t'For csv and json: the address, with {symbol} and, if needed, {interval}, ...' \
                '--rows='\t'For json: the path to the bars in the answer, such as result.bars' \
                '--map='\t'For csv, json and file: the names of the fields in the data, such as ...' \
                '--path=/'\t'For file: the folder of the CSV files' \
                '--base-url='\t'Another host for the provider, with scheme (for a proxy or a test)' \
                '--header='\t'A header field to send, such as \'X-Api-Key: {key}\'; may be repeated' \
                '--progress'\t'Report progress on standard error, in plain lines' \
                '--allow-absent'\t'Exit with 0 if the only symbols that fail do not exist; they are still named' \
                '--tolerate='\t'Exit with 0 if no more than this share of the symbols fails' \
                '--unordered'\t'Write symbols as they arrive instead of in the order given' \
                '--concurrency='\t'Concurrent requests (default: the setting fetch.concurrency, or 10)' \
                '--batch-size='\t'Symbols in progress at once; bounds memory use (default: the setting ...' \
                '--rate='\t'At most this many requests to each host, such as 5/s or 30/m, across all ...' \
                '--retries='\t'Retries after transient failures' \
                '--retry-base='\t'The longest wait before the first retry; doubles with each retry' \
                '--retry-max='\t'The longest wait before any retry' \
                '--timeout='\t'The longest time for one answer, from 1ms to 1h' \
                '--deadline='\t'The longest time for the whole run' \
                '--patience='\t'How long to wait for a host that does not answer before giving up' \
                '--offline'\t'Use only the cache, however old its answers, and make no requests' \
                '--refresh'\t'Request everything, even if the cache has it; conditionally if the service ...' \
                '--no-cache'\t'Neither read nor write the cache' \
                '--max-age='\t'Take answers up to this age from the cache' \
                '--record=/'\t'Record all answers in this folder' \
                '--replay=/'\t'Replay the answers recorded in this folder instead of using the network' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
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
            set arguments ''
        case ' cache'
            set commands \
                'stats'\t'One JSON object for each cache: entries, bytes, hits, misses, evictions, load ...' \
                'list'\t'One JSON object for each entry, in key order' \
                'top'\t'The most used entries, as JSON objects' \
                'health'\t'One JSON object: healthy above a 70% hit rate, warning above 50%, unused ...' \
                'purge'\t'Delete entries that are too old to use, even as stale answers' \
                'clear'\t'Delete everything, including counts of hits and misses, and pauses of hosts' \
                'warm'\t'Fetch bars into the cache, so that a later run with the same options needs no ...' \
                'remote'\t'Check the Redis of FS_CACHE, and print what the caches on it have done; ...'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information' \
                '--cache='\t'Only this cache, such as answers or negative' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never'
            set arguments
        case ' cache stats'
            set commands
            set options \
                '--cache='\t'Only this cache, such as answers or negative' \
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
        case ' cache list'
            set commands
            set options \
                '--cache='\t'Only this cache, such as answers or negative' \
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
        case ' cache top'
            set commands
            set options \
                '--limit='\t'How many' \
                '--cache='\t'Only this cache, such as answers or negative' \
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
        case ' cache health'
            set commands
            set options \
                '--cache='\t'Only this cache, such as answers or negative' \
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
        case ' cache purge'
            set commands
            set options \
                '--expired'\t'Delete expired entries; required, so that purge is not mistaken for clear' \
                '--cache='\t'Only this cache, such as answers or negative' \
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
        case ' cache clear'
            set commands
            set options \
                '--cache='\t'Only this cache, such as answers or negative' \
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
        case ' cache warm'
            set commands
            set options \
                '--interval=1m,2m,5m,15m,30m,60m,90m,1h,1d,1wk,1mo,3mo'\t'The length of a bar' \
                '--range=1d,5d,1mo,3mo,6mo,1y,2y,5y,10y,ytd,max'\t'How far back to go' \
                '--base-url='\t'Another host for the provider, with scheme (for a proxy or a test)' \
                '--refresh'\t'Request everything, even if the cache has it; conditionally if the service ...' \
                '--progress'\t'Report progress on standard error, in plain lines' \
                '--concurrency='\t'Concurrent requests (default: the setting fetch.concurrency, or 10)' \
                '--batch-size='\t'Symbols in progress at once; bounds memory use (default: the setting ...' \
                '--rate='\t'At most this many requests to each host, such as 5/s or 30/m, across all ...' \
                '--retries='\t'Retries after transient failures' \
                '--retry-base='\t'The longest wait before the first retry; doubles with each retry' \
                '--retry-max='\t'The longest wait before any retry' \
                '--timeout='\t'The longest time for one answer, from 1ms to 1h' \
                '--deadline='\t'The longest time for the whole run' \
                '--patience='\t'How long to wait for a host that does not answer before giving up' \
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
            set arguments '.'
        case ' cache remote'
            set commands
            set options \
                '--clear'\t'Delete all answers on it, and counts, rates and pauses' \
                '--cache='\t'Only this cache, such as answers or negative' \
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
        case ' help'
            set commands
            set options
            set arguments 'cache'
    end
end

# Whether an option takes a value, and which.
function __fs_fetch_takes --no-scope-shadowing
    for option in $options
        set -l name (string split -m 1 \t -- $option)[1]
        if string match -q -- "$argv[1]=*" $name
            set kind (string split -m 1 = -- $name)[2]
            return 0
        end
    end
    return 1
end

function __fs_fetch_values
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

function __fs_fetch
    set -l commands
    set -l options
    set -l arguments
    set -l at ''
    set -l takes 0
    set -l kind ''
    set -l given 0
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    __fs_fetch_command
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
                __fs_fetch_takes $word; and set takes 1
            case '*'
                if test $given = 0; and string match -qr -- "^$(string escape --style=regex -- $word)\t" $commands
                    set at "$at $word"
                    __fs_fetch_command
                else
                    set given (math $given + 1)
                end
        end
    end
    if test $takes = 1
        __fs_fetch_values "$kind" "$current"
    else if string match -q -- '-*=*' $current
        set -l parts (string split -m 1 = -- $current)
        __fs_fetch_takes $parts[1]; and string replace -r -- '^' "$parts[1]=" (__fs_fetch_values "$kind" "$parts[2]")
    else if string match -q -- '-*' $current
        string replace -r -- '=[^\t]*' '' $options
    else
        test $given = 0; and string join \n -- $commands
        if set -q arguments[1]
            set -l place (math "min($given + 1, $(count $arguments))")
            __fs_fetch_values "$arguments[$place]" "$current"
        end
    end
end

complete -c fs-fetch -e
complete -c fs-fetch -f -a '(__fs_fetch)'
