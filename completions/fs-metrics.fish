function __fs-metrics_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-metrics_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __fs-metrics_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-metrics_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __fs-metrics_parse_tokens -S
    set -l unparsed_tokens (__fs-metrics_tokens -pc)
    switch $unparsed_tokens[1]
    case 'fs-metrics'
        __fs-metrics_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'run'
            __fs-metrics_parse_subcommand 1 'o/output=' 'name=' 'pipefail' 'store=' 'version' 'h/help'
        case 'ab'
            __fs-metrics_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'run'
                __fs-metrics_parse_subcommand 0 'a=' 'b=' 'alpha=' 'margin=' 'max-runs=' 'max-time=' 'warmup=' 'prepare=' 'seed=' 'raw=' 'ignore-output' 'q/quiet' 'version' 'h/help'
            case 'analyze'
                __fs-metrics_parse_subcommand 1 'a=' 'b=' 'pairs=' 'follow' 'alpha=' 'margin=' 'store=' 'version' 'h/help'
            case 'create'
                __fs-metrics_parse_subcommand 1 'variant=+' 'until=' 'enough=' 'store=' 'version' 'h/help'
            case 'list'
                __fs-metrics_parse_subcommand 0 'store=' 'o/output=' 'json' 'q/quiet' 'version' 'h/help'
            case 'start'
                __fs-metrics_parse_subcommand 1 'store=' 'version' 'h/help'
            case 'pause'
                __fs-metrics_parse_subcommand 1 'store=' 'version' 'h/help'
            case 'stop'
                __fs-metrics_parse_subcommand 1 'store=' 'version' 'h/help'
            case 'assign'
                __fs-metrics_parse_subcommand -r 2 'store=' 'version' 'h/help'
            case 'record'
                __fs-metrics_parse_subcommand 1 'unit=' 'variant=' 'value=' 'failed' 'store=' 'version' 'h/help'
            end
        case 'collect'
            __fs-metrics_parse_subcommand 0 'every=' 'pid=+' 'scrape=+' 'command=+' 'count=' 'print' 'store=' 'q/quiet' 'version' 'h/help'
        case 'ingest'
            __fs-metrics_parse_subcommand -r 1 'again' 'store=' 'stats' 'q/quiet' 'version' 'h/help'
        case 'report'
            __fs-metrics_parse_subcommand 1 'last=' 'label=+' 'store=' 'o/output=' 'json' 'q/quiet' 'version' 'h/help'
        case 'trend'
            __fs-metrics_parse_subcommand 1 'last=' 'label=+' 'store=' 'o/output=' 'json' 'q/quiet' 'version' 'h/help'
        case 'baseline'
            __fs-metrics_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'save'
                __fs-metrics_parse_subcommand 2 'last=' 'label=+' 'store=' 'version' 'h/help'
            case 'list'
                __fs-metrics_parse_subcommand 0 'store=' 'o/output=' 'json' 'q/quiet' 'version' 'h/help'
            case 'delete'
                __fs-metrics_parse_subcommand 1 'store=' 'version' 'h/help'
            end
        case 'compare'
            __fs-metrics_parse_subcommand 2 'last=' 'label=+' 'fail-over=' 'store=' 'o/output=' 'json' 'q/quiet' 'version' 'h/help'
        case 'score'
            __fs-metrics_parse_subcommand 1 'last=' 'label=+' 'store=' 'version' 'h/help'
        case 'recommend'
            __fs-metrics_parse_subcommand 1 'last=' 'label=+' 'store=' 'o/output=' 'json' 'q/quiet' 'version' 'h/help'
        case 'watch'
            __fs-metrics_parse_subcommand 1 'last=' 'label=+' 'every=' 'count=' 'store=' 'version' 'h/help'
        case 'export'
            __fs-metrics_parse_subcommand 1 'last=' 'label=+' 'prometheus' 'store=' 'o/output=' 'json' 'q/quiet' 'version' 'h/help'
        case 'serve'
            __fs-metrics_parse_subcommand 0 'port=' 'host=' 'name=+' 'store=' 'q/quiet' 'version' 'h/help'
        case 'rules'
            __fs-metrics_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __fs-metrics_parse_subcommand 0 'store=' 'o/output=' 'json' 'q/quiet' 'version' 'h/help'
            case 'enable'
                __fs-metrics_parse_subcommand 1 'force' 'store=' 'version' 'h/help'
            case 'disable'
                __fs-metrics_parse_subcommand 1 'cascade' 'reason=' 'store=' 'version' 'h/help'
            case 'history'
                __fs-metrics_parse_subcommand 0 'last=' 'store=' 'o/output=' 'json' 'q/quiet' 'version' 'h/help'
            end
        case 'guard'
            __fs-metrics_parse_subcommand 0 'every=' 'grace=' 'switchback=' 'metric=' 'count=' 'store=' 'q/quiet' 'version' 'h/help'
        case 'tune'
            __fs-metrics_parse_subcommand 1 'dry-run' 'last=' 'label=+' 'store=' 'version' 'h/help'
        case 'memory'
            __fs-metrics_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'status'
                __fs-metrics_parse_subcommand 0 'version' 'h/help'
            case 'health'
                __fs-metrics_parse_subcommand 0 'version' 'h/help'
            case 'diagnostics'
                __fs-metrics_parse_subcommand 0 'store=' 'version' 'h/help'
            case 'watch'
                __fs-metrics_parse_subcommand -r 1 'threshold=' 'auto=' 'every=' 'version' 'h/help'
            end
        case 'cache'
            __fs-metrics_parse_subcommand 0 'o/output=' 'json' 'q/quiet' 'version' 'h/help'
        case 'forecast'
            __fs-metrics_parse_subcommand 1 'label=+' 'ahead=' 'season=' 'threshold=' 'store=' 'version' 'h/help'
        case 'help'
            __fs-metrics_parse_subcommand -r 1 'version'
        end
    end
end

function __fs-metrics_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __fs-metrics_parse_subcommand -S -a positional_count
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

function __fs-metrics_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __fs-metrics_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__fs-metrics_tokens -p)
    if test -z "$(__fs-metrics_tokens -t)"
        set -l index (count (__fs-metrics_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'fs-metrics' -f
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'run' -d 'Run a pipeline and say what each of its stages costs: time, CPU, memory, bytes, and waiting for each other.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'ab' -d 'Compare variants: commands that are run here, or times that were measured elsewhere.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'collect' -d 'Keep readings of this machine, and of processes, again and again.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'ingest' -d 'Keep metric records of files or standard input.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'report' -d 'Sum up metrics: count, mean, quantiles, rate.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'trend' -d 'Say whether metrics rise or fall, and when their level changed.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'baseline' -d 'Keep what is normal now, to compare with later.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'compare' -d 'Compare metrics now with a baseline.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'score' -d 'Say how the system does, as a status and a score.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'recommend' -d 'Say what could be done, with the reason, as records.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'watch' -d 'Show the report and the status again and again, in a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'export' -d 'Write readings as records, as a table in a file, or the last ones for Prometheus.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'serve' -d 'Show the metrics as a page, for Prometheus, and as JSON.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'rules' -d 'Switch optimisations on and off, which the tools then follow.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'guard' -d 'Watch the rules that are on, and switch off those that do harm.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'tune' -d 'Change settings by what was measured: fewer at a time when memory is scarce, more when there is room.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'memory' -d 'Say how the memory of this machine is, and watch that of a command.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'cache' -d 'What the caches of the tools hold and have done, as records (fs-fetch cache has more).'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'forecast' -d 'Say where a metric with a daily rhythm goes, with its error, and whether it will pass a threshold.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics run" o output' -s 'o' -l 'output' -d 'Write the figures into this file, as JSON, and no table.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics run" name' -l 'name' -d 'Keep the figures under this name, for report, compare and trend.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics run" pipefail' -l 'pipefail' -d 'End with the status of the last stage that failed.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics run" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics run" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics run" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics ab" -eq 1' -fa 'run' -d 'Run two commands in pairs until it is clear which one is faster, or that they do not differ.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics ab" -eq 1' -fa 'analyze' -d 'Compare times that were measured elsewhere, or the results of a test, with the test of ab run.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics ab" -eq 1' -fa 'create' -d 'Make a test of variants that others run; it begins with ab start.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics ab" -eq 1' -fa 'list' -d 'List the tests, as records.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics ab" -eq 1' -fa 'start' -d 'Begin a test, or go on after a pause.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics ab" -eq 1' -fa 'pause' -d 'Assign nobody and take no results until ab start.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics ab" -eq 1' -fa 'stop' -d 'End a test for good.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics ab" -eq 1' -fa 'assign' -d 'Print the variant of each unit: the control while the test does not run (with status 1).'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics ab" -eq 1' -fa 'record' -d 'Keep results of a test: one, or a line each of standard input.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" a' -l 'a' -d 'The command as it is.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" b' -l 'b' -d 'The command as it may become.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" alpha' -l 'alpha' -d 'The share of tests of equal commands that may end wrongly, 0.0001 to 0.5.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" margin' -l 'margin' -d 'Differences up to this do not matter: with it, same is a result.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" max-runs' -l 'max-runs' -d 'The most pairs, 4 to 100000.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" max-time' -l 'max-time' -d 'Begin no more runs after this time.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" warmup' -l 'warmup' -d 'Pairs that come first and are not counted, 0 to 1000.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" prepare' -l 'prepare' -d 'Run this before each run, untimed.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" seed' -l 'seed' -d 'The seed that the order is drawn from (default: a new one).' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" raw' -l 'raw' -d 'Write each run into this file, as NDJSON.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" ignore-output' -l 'ignore-output' -d 'Do not compare the outputs.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab run" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab analyze" a' -l 'a' -d 'Times of A, one a line.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab analyze" b' -l 'b' -d 'Times of B, one a line.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab analyze" pairs' -l 'pairs' -d 'Times of A and B, a pair a line.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab analyze" follow' -l 'follow' -d 'Read runs from standard input, and print a line after each pair.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab analyze" alpha' -l 'alpha' -d 'The share of tests of equal commands that may end wrongly, 0.0001 to 0.5.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab analyze" margin' -l 'margin' -d 'Differences up to this do not matter: with it, same is a result.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab analyze" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab analyze" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab analyze" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab create"' -l 'variant' -d 'A variant and its share in percent; several times.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab create" until' -l 'until' -d 'End by itself at this time.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab create" enough' -l 'enough' -d 'End by itself when each variant has so many results.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab create" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab create" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab create" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab list" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab list" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output; its name tells the format.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab list" json' -l 'json' -d 'Write records instead of a table, also to a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab list" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab list" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab start" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab start" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab start" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab pause" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab pause" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab pause" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab stop" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab stop" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab stop" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab assign" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab assign" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab assign" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab record" unit' -l 'unit' -d 'Whose result it is.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab record" variant' -l 'variant' -d 'The variant, if it is known.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab record" value' -l 'value' -d 'The result, above zero.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab record" failed' -l 'failed' -d 'It has failed.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab record" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab record" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ab record" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics collect" every' -l 'every' -d 'How often, 100ms to 1d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics collect"' -l 'pid' -d 'A process to look at as well; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics collect"' -l 'scrape' -d 'A page of metrics for Prometheus to take in as well, such as http://localhost:8081/metrics of fs-stream; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics collect"' -l 'command' -d 'A command whose output is such a page, such as \'fs-queue stats --prometheus\'; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics collect" count' -l 'count' -d 'End after so many readings.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics collect" print' -l 'print' -d 'Write the readings to standard output as well.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics collect" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics collect" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics collect" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics collect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics ingest" -ge 1' -F
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ingest" again' -l 'again' -d 'Take files from their beginning, although they were taken before.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ingest" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ingest" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ingest" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ingest" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics ingest" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics report" last' -l 'last' -d 'So long until now, 1s to 366d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics report"' -l 'label' -d 'Only series with this label; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics report" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics report" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output; its name tells the format.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics report" json' -l 'json' -d 'Write records instead of a table, also to a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics report" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics report" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics report" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics trend" last' -l 'last' -d 'So long until now, 1s to 366d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics trend"' -l 'label' -d 'Only series with this label; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics trend" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics trend" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output; its name tells the format.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics trend" json' -l 'json' -d 'Write records instead of a table, also to a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics trend" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics trend" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics trend" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics baseline" -eq 1' -fa 'save' -d 'Keep the readings of a span of time under a name; what was there under it before goes.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics baseline" -eq 1' -fa 'list' -d 'List the baselines.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics baseline" -eq 1' -fa 'delete' -d 'Forget a baseline.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline save" last' -l 'last' -d 'So long until now, 1s to 366d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline save"' -l 'label' -d 'Only series with this label; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline save" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline save" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline save" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline list" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline list" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output; its name tells the format.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline list" json' -l 'json' -d 'Write records instead of a table, also to a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline list" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline list" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline delete" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline delete" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics baseline delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics compare" last' -l 'last' -d 'So long until now, 1s to 366d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics compare"' -l 'label' -d 'Only series with this label; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics compare" fail-over' -l 'fail-over' -d 'The share by which a metric may be worse, 0% to 1000%.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics compare" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics compare" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output; its name tells the format.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics compare" json' -l 'json' -d 'Write records instead of a table, also to a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics compare" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics compare" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics compare" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics score" last' -l 'last' -d 'So long until now, 1s to 366d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics score"' -l 'label' -d 'Only series with this label; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics score" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics score" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics score" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics recommend" last' -l 'last' -d 'So long until now, 1s to 366d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics recommend"' -l 'label' -d 'Only series with this label; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics recommend" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics recommend" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output; its name tells the format.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics recommend" json' -l 'json' -d 'Write records instead of a table, also to a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics recommend" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics recommend" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics recommend" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics watch" last' -l 'last' -d 'So long until now, 1s to 366d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics watch"' -l 'label' -d 'Only series with this label; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics watch" every' -l 'every' -d 'How often, 1s to 1h.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics watch" count' -l 'count' -d 'End after so many times.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics watch" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics watch" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics watch" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics export" last' -l 'last' -d 'So long until now, 1s to 366d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics export"' -l 'label' -d 'Only series with this label; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics export" prometheus' -l 'prometheus' -d 'Write the last reading of each series as Prometheus takes it (text format 0.0.4).'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics export" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics export" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output; its name tells the format.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics export" json' -l 'json' -d 'Write records instead of a table, also to a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics export" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics export" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics serve" port' -l 'port' -d 'The port; 0 for any that is free.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics serve" host' -l 'host' -d 'The address to listen at; 0.0.0.0 or :: for all of this machine.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics serve"' -l 'name' -d 'A name of this machine that requests may use; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics serve" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics serve" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics serve" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics rules" -eq 1' -fa 'list' -d 'List the rules, and what they do (the default).'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics rules" -eq 1' -fa 'enable' -d 'Switch a rule on: its settings are written, and what is normal now is kept to compare with.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics rules" -eq 1' -fa 'disable' -d 'Switch a rule off.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics rules" -eq 1' -fa 'history' -d 'Say what was done with rules, when and why.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules list" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules list" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output; its name tells the format.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules list" json' -l 'json' -d 'Write records instead of a table, also to a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules list" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules list" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics rules enable" -eq 1' -fka 'memory_optimization_basic caching_technical_analysis caching_price_data async_api_endpoints background_heavy_tasks websocket_streaming'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules enable" force' -l 'force' -d 'Although rules that it needs are off.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules enable" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules enable" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules enable" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics rules disable" -eq 1' -fka 'memory_optimization_basic caching_technical_analysis caching_price_data async_api_endpoints background_heavy_tasks websocket_streaming'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules disable" cascade' -l 'cascade' -d 'With all rules that need it.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules disable" reason' -l 'reason' -d 'Why, for the history.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules disable" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules disable" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules disable" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules history" last' -l 'last' -d 'So long until now, 1s to 366d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules history" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules history" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output; its name tells the format.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules history" json' -l 'json' -d 'Write records instead of a table, also to a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules history" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules history" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics rules history" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics guard" every' -l 'every' -d 'The time between two checks, or the length of a spell, 1s to 1d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics guard" grace' -l 'grace' -d 'How long a rule is left alone after it was switched on, 0 to 1d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics guard" switchback' -l 'switchback' -d 'Switch this rule off and on at random, and test whether it does harm.' -rfka 'memory_optimization_basic caching_technical_analysis caching_price_data async_api_endpoints background_heavy_tasks websocket_streaming'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics guard" metric' -l 'metric' -d 'The metric for --switchback.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics guard" count' -l 'count' -d 'End after so many checks or spells.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics guard" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics guard" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics guard" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics guard" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics tune" dry-run' -l 'dry-run' -d 'Show what would change, and change nothing.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics tune" last' -l 'last' -d 'So long until now, 1s to 366d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics tune"' -l 'label' -d 'Only series with this label; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics tune" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics tune" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics tune" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics memory" -eq 1' -fa 'status' -d 'The memory, the caches, and what could be done, as JSON (the default).'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics memory" -eq 1' -fa 'health' -d 'healthy, warning or critical, as JSON: critical above 90 % or below 500 MB, warning above 75 % or below 1000 MB.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics memory" -eq 1' -fa 'diagnostics' -d 'The status, six hours of readings, whether they rise, and the caches, as JSON.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_positional "fs-metrics memory" -eq 1' -fa 'watch' -d 'Run a command, warn when it takes too much memory, and make room when the machine has little.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory status" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory health" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory health" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory diagnostics" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory diagnostics" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory diagnostics" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory watch" threshold' -l 'threshold' -d 'Warn above this, 1MiB to 1TiB.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory watch" auto' -l 'auto' -d 'The percentage of the machine\'s memory from which on room is made, 1 to 100.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory watch" every' -l 'every' -d 'How often to look, 100ms to 1h.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory watch" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics memory watch" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics cache" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output; its name tells the format.' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics cache" json' -l 'json' -d 'Write records instead of a table, also to a terminal.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics cache" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics cache" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics cache" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics forecast"' -l 'label' -d 'Only series with this label; several times for more.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics forecast" ahead' -l 'ahead' -d 'How far to look, 1h to 31d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics forecast" season' -l 'season' -d 'The rhythm, 2h to 31d.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics forecast" threshold' -l 'threshold' -d 'Warn above this.' -rfka ''
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics forecast" store' -l 'store' -d 'The file with the metrics (default: metrics.db in the data folder).' -rF
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics forecast" version' -l 'version' -d 'Show the version.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics forecast" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-metrics' -n '__fs-metrics_should_offer_completions_for_flags_or_options "fs-metrics help" version' -l 'version' -d 'Show the version.'
