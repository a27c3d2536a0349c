# fs-metrics for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
function __fs_metrics_command --no-scope-shadowing
    switch $at
        case ''
            set commands \
                'run'\t'Run a pipeline and say what each of its stages costs: time, CPU, memory, ...' \
                'ab'\t'Compare variants: commands that are run here, or times that were measured ...' \
                'collect'\t'Keep readings of this machine, and of processes, again and again' \
                'ingest'\t'Keep metric records of files or standard input' \
                'report'\t'Sum up metrics: count, mean, quantiles, rate' \
                'trend'\t'Say whether metrics rise or fall, and when their level changed' \
                'baseline'\t'Keep what is normal now, to compare with later' \
                'compare'\t'Compare metrics now with a baseline' \
                'score'\t'Say how the system does, as a status and a score' \
                'recommend'\t'Say what could be done, with the reason, as records' \
                'watch'\t'Show the report and the status again and again, in a terminal' \
                'export'\t'Write readings as records, as a table in a file, or the last ones for Prometheus' \
                'serve'\t'Show the metrics as a page, for Prometheus, and as JSON' \
                'rules'\t'Switch optimisations on and off, which the tools then follow' \
                'guard'\t'Watch the rules that are on, and switch off those that do harm' \
                'tune'\t'Change settings by what was measured: fewer at a time when memory is scarce, ...' \
                'memory'\t'Say how the memory of this machine is, and watch that of a command' \
                'cache'\t'What the caches of the tools hold and have done, as records (fs-fetch cache ...' \
                'forecast'\t'Say where a metric with a daily rhythm goes, with its error, and whether it ...' \
                'help'\t'Show subcommand help information'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' run'
            set commands
            set options \
                '-o=.'\t'Write the figures into this file, as JSON, and no table' \
                '--output=.'\t'Write the figures into this file, as JSON, and no table' \
                '--name='\t'Keep the figures under this name, for report, compare and trend' \
                '--pipefail'\t'End with the status of the last stage that failed' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' ab'
            set commands \
                'run'\t'Run two commands in pairs until it is clear which one is faster, or that they ...' \
                'analyze'\t'Compare times that were measured elsewhere, or the results of a test, with ...' \
                'create'\t'Make a test of variants that others run; it begins with ab start' \
                'list'\t'List the tests, as records' \
                'start'\t'Begin a test, or go on after a pause' \
                'pause'\t'Assign nobody and take no results until ab start' \
                'stop'\t'End a test for good' \
                'assign'\t'Print the variant of each unit: the control while the test does not run (with ...' \
                'record'\t'Keep results of a test: one, or one per line on standard input'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' ab run'
            set commands
            set options \
                '--a='\t'The command as it is' \
                '--b='\t'The command as it may become' \
                '--alpha='\t'The share of tests of equal commands that may end wrongly, 0.0001 to 0.5' \
                '--margin='\t'Differences up to this do not matter: with it, same is a result' \
                '--max-runs='\t'The most pairs, 4 to 100000' \
                '--max-time='\t'Begin no more runs after this time' \
                '--warmup='\t'Pairs that come first and are not counted, 0 to 1000' \
                '--prepare='\t'Run this before each run, untimed' \
                '--seed='\t'The seed that the order is drawn from (default: a new one)' \
                '--raw=.'\t'Write each run into this file, as NDJSON' \
                '--ignore-output'\t'Do not compare the outputs' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' ab analyze'
            set commands
            set options \
                '--a=.'\t'Times of A, one a line' \
                '--b=.'\t'Times of B, one a line' \
                '--pairs=.'\t'Times of A and B, a pair a line' \
                '--follow'\t'Read runs from standard input, and print a line after each pair' \
                '--alpha='\t'The share of tests of equal commands that may end wrongly, 0.0001 to 0.5' \
                '--margin='\t'Differences up to this do not matter: with it, same is a result' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' ab create'
            set commands
            set options \
                '--variant='\t'A variant and its share in percent; several times' \
                '--until='\t'End by itself at this time' \
                '--enough='\t'Stop automatically once each variant has this many results' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' ab list'
            set commands
            set options \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' ab start'
            set commands
            set options \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' ab pause'
            set commands
            set options \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' ab stop'
            set commands
            set options \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' ab assign'
            set commands
            set options \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' ''
        case ' ab record'
            set commands
            set options \
                '--unit='\t'The unit that the result belongs to' \
                '--variant='\t'The variant, if it is known' \
                '--value='\t'The result, above zero' \
                '--failed'\t'Record a failure' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' collect'
            set commands
            set options \
                '--every='\t'How often, 100ms to 1d' \
                '--pid='\t'A process to look at as well; several times for more' \
                '--scrape='\t'A page of metrics for Prometheus to take in as well, such as ...' \
                '--command='\t'A command whose output is such a page, such as \'fs-queue stats --prometheus\'; ...' \
                '--count='\t'End after so many readings' \
                '--print'\t'Write the readings to standard output as well' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' ingest'
            set commands
            set options \
                '--again'\t'Take files from their beginning, although they were taken before' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' report'
            set commands
            set options \
                '--last='\t'How far to look back, 1s to 366d' \
                '--label='\t'Only series with this label; several times for more' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--json'\t'Write records instead of a table, also to a terminal' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' trend'
            set commands
            set options \
                '--last='\t'How far to look back, 1s to 366d' \
                '--label='\t'Only series with this label; several times for more' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--json'\t'Write records instead of a table, also to a terminal' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' baseline'
            set commands \
                'save'\t'Keep the readings of a span of time under a name; replaces an older baseline ...' \
                'list'\t'List the baselines' \
                'delete'\t'Forget a baseline'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' baseline save'
            set commands
            set options \
                '--last='\t'How far to look back, 1s to 366d' \
                '--label='\t'Only series with this label; several times for more' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' ''
        case ' baseline list'
            set commands
            set options \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--json'\t'Write records instead of a table, also to a terminal' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' baseline delete'
            set commands
            set options \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' compare'
            set commands
            set options \
                '--last='\t'How far to look back, 1s to 366d' \
                '--label='\t'Only series with this label; several times for more' \
                '--fail-over='\t'The share by which a metric may be worse, 0% to 1000%' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--json'\t'Write records instead of a table, also to a terminal' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' ''
        case ' score'
            set commands
            set options \
                '--last='\t'How far to look back, 1s to 366d' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' recommend'
            set commands
            set options \
                '--last='\t'How far to look back, 1s to 366d' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--json'\t'Write records instead of a table, also to a terminal' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' watch'
            set commands
            set options \
                '--last='\t'How far to look back, 1s to 366d' \
                '--label='\t'Only series with this label; several times for more' \
                '--every='\t'How often, 1s to 1h' \
                '--count='\t'End after so many times' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' export'
            set commands
            set options \
                '--last='\t'How far to look back, 1s to 366d' \
                '--label='\t'Only series with this label; several times for more' \
                '--prometheus'\t'Write the last reading of each series as Prometheus takes it (text format 0.0.4)' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' serve'
            set commands
            set options \
                '--port='\t'The port; 0 for any that is free' \
                '--host='\t'The address to listen at; 0.0.0.0 or :: for all of this machine' \
                '--name='\t'A name of this machine that requests may use; several times for more' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' rules'
            set commands \
                'list'\t'List the rules, and what they do (the default)' \
                'enable'\t'Switch a rule on: its settings are written, and what is normal now is kept to ...' \
                'disable'\t'Switch a rule off' \
                'history'\t'Say what was done with rules, when and why'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--json'\t'Write records instead of a table, also to a terminal'
            set arguments
        case ' rules list'
            set commands
            set options \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--json'\t'Write records instead of a table, also to a terminal' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' rules enable'
            set commands
            set options \
                '--force'\t'Enable it even if rules that it depends on are off' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments 'memory_optimization_basic,caching_technical_analysis,caching_price_data,async_api_endpoints,background_heavy_tasks,websocket_streaming'
        case ' rules disable'
            set commands
            set options \
                '--cascade'\t'Also disable the rules that depend on it' \
                '--reason='\t'Why, for the history' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments 'memory_optimization_basic,caching_technical_analysis,caching_price_data,async_api_endpoints,background_heavy_tasks,websocket_streaming'
        case ' rules history'
            set commands
            set options \
                '--last='\t'How far to look back, 1s to 366d' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' guard'
            set commands
            set options \
                '--every='\t'The time between two checks, or the length of a spell, 1s to 1d' \
                '--grace='\t'How long a rule is left alone after it was switched on, 0 to 1d' \
                '--switchback=memory_optimization_basic,caching_technical_analysis,caching_price_data,async_api_endpoints,background_heavy_tasks,websocket_streaming'\t'Switch this rule off and on at random, and test whether it does harm' \
                '--metric='\t'The metric for --switchback' \
                '--count='\t'End after so many checks or spells' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' tune'
            set commands
            set options \
                '--dry-run'\t'Show what would change, and change nothing' \
                '--last='\t'How far to look back, 1s to 366d' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' memory'
            set commands \
                'status'\t'The memory, the caches, and what could be done, as JSON (the default)' \
                'health'\t'healthy, warning or critical, as JSON: critical above 90 % or below 500 MB, ...' \
                'diagnostics'\t'The status, six hours of readings, whether they rise, and the caches, as JSON' \
                'watch'\t'Run a command, warn when it takes too much memory, and make room when the ...'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' memory status'
            set commands
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' memory health'
            set commands
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' memory diagnostics'
            set commands
            set options \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' memory watch'
            set commands
            set options \
                '--threshold='\t'Warn above this, 1MiB to 1TiB' \
                '--auto='\t'The percentage of the machine\'s memory at which expired cache entries are ...' \
                '--every='\t'How often to look, 100ms to 1h' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' cache'
            set commands
            set options \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' forecast'
            set commands
            set options \
                '--label='\t'Only series with this label; several times for more' \
                '--ahead='\t'How far to look, 1h to 31d' \
                '--season='\t'The rhythm, 2h to 31d' \
                '--threshold='\t'Warn above this' \
                '--store=.'\t'The file with the metrics (default: metrics.db in the data folder)' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' help'
            set commands
            set options
            set arguments 'run,ab,collect,ingest,report,trend,baseline,compare,score,recommend,watch,export,serve,rules,guard,tune,memory,cache,forecast'
    end
end

# Whether an option takes a value, and which.
function __fs_metrics_takes --no-scope-shadowing
    for option in $options
        set -l name (string split -m 1 \t -- $option)[1]
        if string match -q -- "$argv[1]=*" $name
            set kind (string split -m 1 = -- $name)[2]
            return 0
        end
    end
    return 1
end

function __fs_metrics_values
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

function __fs_metrics
    set -l commands
    set -l options
    set -l arguments
    set -l at ''
    set -l takes 0
    set -l kind ''
    set -l given 0
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    __fs_metrics_command
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
                __fs_metrics_takes $word; and set takes 1
            case '*'
                if test $given = 0; and string match -qr -- "^$(string escape --style=regex -- $word)\t" $commands
                    set at "$at $word"
                    __fs_metrics_command
                else
                    set given (math $given + 1)
                end
        end
    end
    if test $takes = 1
        __fs_metrics_values "$kind" "$current"
    else if string match -q -- '-*=*' $current
        set -l parts (string split -m 1 = -- $current)
        __fs_metrics_takes $parts[1]; and string replace -r -- '^' "$parts[1]=" (__fs_metrics_values "$kind" "$parts[2]")
    else if string match -q -- '-*' $current
        string replace -r -- '=[^\t]*' '' $options
    else
        test $given = 0; and string join \n -- $commands
        if set -q arguments[1]
            set -l place (math "min($given + 1, $(count $arguments))")
            __fs_metrics_values "$arguments[$place]" "$current"
        end
    end
end

complete -c fs-metrics -e
complete -c fs-metrics -f -a '(__fs_metrics)'
