function __fs-frame_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-frame_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __fs-frame_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-frame_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __fs-frame_parse_tokens -S
    set -l unparsed_tokens (__fs-frame_tokens -pc)
    switch $unparsed_tokens[1]
    case 'fs-frame'
        __fs-frame_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'convert'
            __fs-frame_parse_subcommand -r 1 'bars' 'symbol=' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'info'
            __fs-frame_parse_subcommand -r 1 'json' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'optimize'
            __fs-frame_parse_subcommand -r 1 'report' 'json' 'aggressive' 'max-error=' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'head'
            __fs-frame_parse_subcommand -r 1 'n/rows=' 'by=' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'tail'
            __fs-frame_parse_subcommand -r 1 'n/rows=' 'by=' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'sample'
            __fs-frame_parse_subcommand -r 1 'n/rows=' 'fraction=' 'seed=' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'select'
            __fs-frame_parse_subcommand -r 2 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'drop'
            __fs-frame_parse_subcommand -r 2 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'rename'
            __fs-frame_parse_subcommand -r 2 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'cast'
            __fs-frame_parse_subcommand -r 2 'force' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'fill'
            __fs-frame_parse_subcommand -r 1 'with=' 'only=' 'by=' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'filter'
            __fs-frame_parse_subcommand -r 2 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'compute'
            __fs-frame_parse_subcommand -r 2 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'sort'
            __fs-frame_parse_subcommand -r 2 'memory=' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'dedup'
            __fs-frame_parse_subcommand -r 1 'by=' 'last' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'merge'
            __fs-frame_parse_subcommand -r 1 'by=' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'join'
            __fs-frame_parse_subcommand 2 'on=' 'asof' 'tolerance=' 'inner' 'input-format=' 'columns=' 'infer-rows=' 'on-error=' 'delimiter=' 'decimal-comma' 'format=' 'doubles' 'cluster=' 'row-group=' 'codec=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'help'
            __fs-frame_parse_subcommand -r 1 'version'
        end
    end
end

function __fs-frame_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __fs-frame_parse_subcommand -S -a positional_count
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

function __fs-frame_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __fs-frame_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__fs-frame_tokens -p)
    if test -z "$(__fs-frame_tokens -t)"
        set -l index (count (__fs-frame_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'fs-frame' -f
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'convert' -d 'Write the rows in another format.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'info' -d 'Tell rows, columns, types, nulls, bounds, and the bytes as text, as a plain frame, narrowed, and on disk.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'optimize' -d 'Narrow each column as far as its values allow, without loss unless --aggressive says how much.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'head' -d 'Write the first rows.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'tail' -d 'Write the last rows.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'sample' -d 'Write some rows by chance, in their order.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'select' -d 'Write some columns, in the order given.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'drop' -d 'Write all columns but some.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'rename' -d 'Give columns other names.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'cast' -d 'Give columns other types; a value that would change is an error.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'fill' -d 'Put values where there are none: the last ones of the same symbol, or a number.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'filter' -d 'Write the rows for which an expression is true.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'compute' -d 'Add columns that are computed from the others of their row.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'sort' -d 'Sort the rows by columns; equal rows keep their order, nulls come last.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'dedup' -d 'Of rows with the same symbol and time write one.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'merge' -d 'Merge files that are sorted by the same columns into one that is; memory does not grow with their length.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'join' -d 'Put the columns of a second file beside those of the first, by symbol and time.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" bars' -l 'bars' -d 'Give the columns of usual services (Date, Adj Close, o, v, ...) the names of bars: ts, open, high, low, close, ...'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" symbol' -l 'symbol' -d 'With --bars: the symbol of rows that have none.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame convert" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame convert" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" json' -l 'json' -d 'One JSON object instead of a table.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame info" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame info" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" report' -l 'report' -d 'Tell on standard error what became of each column, before and after.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" json' -l 'json' -d 'The report as one JSON object.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" aggressive' -l 'aggressive' -d 'Round doubles to 32 bits where that changes none by more than --max-error; never times and volumes.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" max-error' -l 'max-error' -d 'The largest relative change that --aggressive may make.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame optimize" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame optimize" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" n rows' -s 'n' -l 'rows' -d 'How many.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" by' -l 'by' -d 'So many of each value of these columns.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame head" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame head" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" n rows' -s 'n' -l 'rows' -d 'How many.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" by' -l 'by' -d 'So many of each value of these columns.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame tail" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame tail" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" n rows' -s 'n' -l 'rows' -d 'How many rows.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" fraction' -l 'fraction' -d 'The share of rows, 0 to 1.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" seed' -l 'seed' -d 'The same seed gives the same rows.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame sample" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sample" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame select" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame select" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame drop" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame drop" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame rename" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame rename" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" force' -l 'force' -d 'Values that cannot be had in the type become null.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame cast" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame cast" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" with' -l 'with' -d 'A number instead of the last value.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" only' -l 'only' -d 'Fill these columns; all numbers if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" by' -l 'by' -d 'Last values are those of the same value of this column.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame fill" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame fill" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame filter" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame filter" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame compute" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame compute" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" memory' -l 'memory' -d 'How much may be held in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame sort" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame sort" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" by' -l 'by' -d 'The columns that must be the same; \'all\' for whole rows.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" last' -l 'last' -d 'The last of them instead of the first; all rows are kept in memory then.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame dedup" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame dedup" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" by' -l 'by' -d 'The columns that the files are sorted by.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame merge" -ge 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame merge" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame join" -eq 1' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_positional "fs-frame join" -eq 2' -F
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" on' -l 'on' -d 'The columns that must be the same.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" asof' -l 'asof' -d 'The last row that is not later, instead of the one of the same time.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" tolerance' -l 'tolerance' -d 'With --asof: no row that is older than this.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" inner' -l 'inner' -d 'Leave out rows that have none in the second file.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" input-format' -l 'input-format' -d 'The format of the input, if its first bytes do not tell.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" columns' -l 'columns' -d 'Read these columns only.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" infer-rows' -l 'infer-rows' -d 'Records that columns and types are found from; 0 for all, which are then kept in memory.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" on-error' -l 'on-error' -d 'Bad records: stop at the first, or skip them.' -rfka 'stop skip pass'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" delimiter' -l 'delimiter' -d 'What separates the fields of CSV; found if not given. \\t is a tab.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" decimal-comma' -l 'decimal-comma' -d 'Numbers of CSV have a comma instead of a point.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" format' -l 'format' -d 'The format to write.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" doubles' -l 'doubles' -d 'Parquet: keep prices as doubles instead of exact decimals.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" cluster' -l 'cluster' -d 'Parquet: sort each row group by this column, then by ts.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" row-group' -l 'row-group' -d 'Parquet: rows of a row group, 1024 to 10,000,000.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" codec' -l 'codec' -d 'Parquet: none, gzip or zstd; chosen for each column if not given.' -rfka ''
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" line-buffered' -l 'line-buffered' -d 'Write rows as soon as they are there (the default on a terminal).'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" version' -l 'version' -d 'Show the version.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame join" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-frame' -n '__fs-frame_should_offer_completions_for_flags_or_options "fs-frame help" version' -l 'version' -d 'Show the version.'
