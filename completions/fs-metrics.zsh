#compdef fs-metrics

__fs-metrics_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__fs-metrics_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __fs-metrics_complete "${completions[@]:0:-1}"
    fi
}

__fs-metrics_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_fs-metrics() {
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
            'run:Run a pipeline and say what each of its stages costs: time, CPU, memory, bytes, and waiting for each other.'
            'ab:Compare variants: commands that are run here, or times that were measured elsewhere.'
            'collect:Keep readings of this machine, and of processes, again and again.'
            'ingest:Keep metric records of files or standard input.'
            'report:Sum up metrics: count, mean, quantiles, rate.'
            'trend:Say whether metrics rise or fall, and when their level changed.'
            'baseline:Keep what is normal now, to compare with later.'
            'compare:Compare metrics now with a baseline.'
            'score:Say how the system does, as a status and a score.'
            'recommend:Say what could be done, with the reason, as records.'
            'watch:Show the report and the status again and again, in a terminal.'
            'export:Write readings as records, as a table in a file, or the last ones for Prometheus.'
            'serve:Show the metrics as a page, for Prometheus, and as JSON.'
            'rules:Switch optimisations on and off, which the tools then follow.'
            'guard:Watch the rules that are on, and switch off those that do harm.'
            'tune:Change settings by what was measured: fewer at a time when memory is scarce, more when there is room.'
            'memory:Say how the memory of this machine is, and watch that of a command.'
            'cache:What the caches of the tools hold and have done, as records (fs-fetch cache has more).'
            'forecast:Say where a metric with a daily rhythm goes, with its error, and whether it will pass a threshold.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        run|ab|collect|ingest|report|trend|baseline|compare|score|recommend|watch|export|serve|rules|guard|tune|memory|cache|forecast|help)
            "_fs-metrics_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-metrics_run() {
    local -i ret=1
    local -ar arg_specs=(
        ':pipeline:'
        '(-o --output)'{-o,--output}'[Write the figures into this file, as JSON, and no table.]:file:_files'
        '--name[Keep the figures under this name, for report, compare and trend.]:name:'
        '--pipefail[End with the status of the last stage that failed.]'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_ab() {
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
            'run:Run two commands in pairs until it is clear which one is faster, or that they do not differ.'
            'analyze:Compare times that were measured elsewhere, or the results of a test, with the test of ab run.'
            'create:Make a test of variants that others run; it begins with ab start.'
            'list:List the tests, as records.'
            'start:Begin a test, or go on after a pause.'
            'pause:Assign nobody and take no results until ab start.'
            'stop:End a test for good.'
            'assign:Print the variant of each unit: the control while the test does not run (with status 1).'
            'record:Keep results of a test: one, or a line each of standard input.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        run|analyze|create|list|start|pause|stop|assign|record)
            "_fs-metrics_ab_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-metrics_ab_run() {
    local -i ret=1
    local -ar arg_specs=(
        '--a[The command as it is.]:command:'
        '--b[The command as it may become.]:command:'
        '--alpha[The share of tests of equal commands that may end wrongly, 0.0001 to 0.5.]:share:'
        '--margin[Differences up to this do not matter\: with it, same is a result.]:share:'
        '--max-runs[The most pairs, 4 to 100000.]:pairs:'
        '--max-time[Begin no more runs after this time.]:span:'
        '--warmup[Pairs that come first and are not counted, 0 to 1000.]:pairs:'
        '--prepare[Run this before each run, untimed.]:command:'
        '--seed[The seed that the order is drawn from (default\: a new one).]:number:'
        '--raw[Write each run into this file, as NDJSON.]:file:_files'
        '--ignore-output[Do not compare the outputs.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_ab_analyze() {
    local -i ret=1
    local -ar arg_specs=(
        ':test:'
        '--a[Times of A, one a line.]:file:_files'
        '--b[Times of B, one a line.]:file:_files'
        '--pairs[Times of A and B, a pair a line.]:file:_files'
        '--follow[Read runs from standard input, and print a line after each pair.]'
        '--alpha[The share of tests of equal commands that may end wrongly, 0.0001 to 0.5.]:share:'
        '--margin[Differences up to this do not matter\: with it, same is a result.]:share:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_ab_create() {
    local -i ret=1
    local -ar arg_specs=(
        ':test:'
        '*--variant[A variant and its share in percent; several times.]:name=percent:'
        '--until[End by itself at this time.]:time:'
        '--enough[End by itself when each variant has so many results.]:count:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_ab_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output; its name tells the format.]:output:_files'
        '--json[Write records instead of a table, also to a terminal.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_ab_start() {
    local -i ret=1
    local -ar arg_specs=(
        ':test:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_ab_pause() {
    local -i ret=1
    local -ar arg_specs=(
        ':test:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_ab_stop() {
    local -i ret=1
    local -ar arg_specs=(
        ':test:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_ab_assign() {
    local -i ret=1
    local -ar arg_specs=(
        ':test:'
        '*:units:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_ab_record() {
    local -i ret=1
    local -ar arg_specs=(
        ':test:'
        '--unit[Whose result it is.]:unit:'
        '--variant[The variant, if it is known.]:variant:'
        '--value[The result, above zero.]:number:'
        '--failed[It has failed.]'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_collect() {
    local -i ret=1
    local -ar arg_specs=(
        '--every[How often, 100ms to 1d.]:span:'
        '*--pid[A process to look at as well; several times for more.]:number:'
        '*--scrape[A page of metrics for Prometheus to take in as well, such as http\://localhost\:8081/metrics of fs-stream; several times for more.]:address:'
        '*--command[A command whose output is such a page, such as '\''fs-queue stats --prometheus'\''; several times for more.]:command:'
        '--count[End after so many readings.]:count:'
        '--print[Write the readings to standard output as well.]'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_ingest() {
    local -i ret=1
    local -ar arg_specs=(
        '*:files:_files'
        '--again[Take files from their beginning, although they were taken before.]'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_report() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--last[So long until now, 1s to 366d.]:span:'
        '*--label[Only series with this label; several times for more.]:name=value:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output; its name tells the format.]:output:_files'
        '--json[Write records instead of a table, also to a terminal.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_trend() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--last[So long until now, 1s to 366d.]:span:'
        '*--label[Only series with this label; several times for more.]:name=value:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output; its name tells the format.]:output:_files'
        '--json[Write records instead of a table, also to a terminal.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_baseline() {
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
            'save:Keep the readings of a span of time under a name; what was there under it before goes.'
            'list:List the baselines.'
            'delete:Forget a baseline.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        save|list|delete)
            "_fs-metrics_baseline_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-metrics_baseline_save() {
    local -i ret=1
    local -ar arg_specs=(
        ':baseline:'
        ':name:'
        '--last[So long until now, 1s to 366d.]:span:'
        '*--label[Only series with this label; several times for more.]:name=value:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_baseline_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output; its name tells the format.]:output:_files'
        '--json[Write records instead of a table, also to a terminal.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_baseline_delete() {
    local -i ret=1
    local -ar arg_specs=(
        ':baseline:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_compare() {
    local -i ret=1
    local -ar arg_specs=(
        ':baseline:'
        ':name:'
        '--last[So long until now, 1s to 366d.]:span:'
        '*--label[Only series with this label; several times for more.]:name=value:'
        '--fail-over[The share by which a metric may be worse, 0% to 1000%.]:share:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output; its name tells the format.]:output:_files'
        '--json[Write records instead of a table, also to a terminal.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_score() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--last[So long until now, 1s to 366d.]:span:'
        '*--label[Only series with this label; several times for more.]:name=value:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_recommend() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--last[So long until now, 1s to 366d.]:span:'
        '*--label[Only series with this label; several times for more.]:name=value:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output; its name tells the format.]:output:_files'
        '--json[Write records instead of a table, also to a terminal.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_watch() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--last[So long until now, 1s to 366d.]:span:'
        '*--label[Only series with this label; several times for more.]:name=value:'
        '--every[How often, 1s to 1h.]:span:'
        '--count[End after so many times.]:count:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_export() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--last[So long until now, 1s to 366d.]:span:'
        '*--label[Only series with this label; several times for more.]:name=value:'
        '--prometheus[Write the last reading of each series as Prometheus takes it (text format 0.0.4).]'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output; its name tells the format.]:output:_files'
        '--json[Write records instead of a table, also to a terminal.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_serve() {
    local -i ret=1
    local -ar arg_specs=(
        '--port[The port; 0 for any that is free.]:port:'
        '--host[The address to listen at; 0.0.0.0 or \:\: for all of this machine.]:host:'
        '*--name[A name of this machine that requests may use; several times for more.]:name:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_rules() {
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
            'list:List the rules, and what they do (the default).'
            'enable:Switch a rule on: its settings are written, and what is normal now is kept to compare with.'
            'disable:Switch a rule off.'
            'history:Say what was done with rules, when and why.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        list|enable|disable|history)
            "_fs-metrics_rules_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-metrics_rules_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output; its name tells the format.]:output:_files'
        '--json[Write records instead of a table, also to a terminal.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_rules_enable() {
    local -i ret=1
    local -ar _rule=('memory_optimization_basic' 'caching_technical_analysis' 'caching_price_data' 'async_api_endpoints' 'background_heavy_tasks' 'websocket_streaming')
    local -ar arg_specs=(
        ':rule:{__fs-metrics_complete "${_rule[@]}"}'
        '--force[Although rules that it needs are off.]'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_rules_disable() {
    local -i ret=1
    local -ar _rule=('memory_optimization_basic' 'caching_technical_analysis' 'caching_price_data' 'async_api_endpoints' 'background_heavy_tasks' 'websocket_streaming')
    local -ar arg_specs=(
        ':rule:{__fs-metrics_complete "${_rule[@]}"}'
        '--cascade[With all rules that need it.]'
        '--reason[Why, for the history.]:text:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_rules_history() {
    local -i ret=1
    local -ar arg_specs=(
        '--last[So long until now, 1s to 366d.]:span:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output; its name tells the format.]:output:_files'
        '--json[Write records instead of a table, also to a terminal.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_guard() {
    local -i ret=1
    local -ar ___switchback=('memory_optimization_basic' 'caching_technical_analysis' 'caching_price_data' 'async_api_endpoints' 'background_heavy_tasks' 'websocket_streaming')
    local -ar arg_specs=(
        '--every[The time between two checks, or the length of a spell, 1s to 1d.]:span:'
        '--grace[How long a rule is left alone after it was switched on, 0 to 1d.]:span:'
        '--switchback[Switch this rule off and on at random, and test whether it does harm.]:rule:{__fs-metrics_complete "${___switchback[@]}"}'
        '--metric[The metric for --switchback.]:name:'
        '--count[End after so many checks or spells.]:count:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_tune() {
    local -i ret=1
    local -ar arg_specs=(
        '--dry-run[Show what would change, and change nothing.]'
        ':name:'
        '--last[So long until now, 1s to 366d.]:span:'
        '*--label[Only series with this label; several times for more.]:name=value:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_memory() {
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
            'status:The memory, the caches, and what could be done, as JSON (the default).'
            'health:healthy, warning or critical, as JSON: critical above 90 % or below 500 MB, warning above 75 % or below 1000 MB.'
            'diagnostics:The status, six hours of readings, whether they rise, and the caches, as JSON.'
            'watch:Run a command, warn when it takes too much memory, and make room when the machine has little.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        status|health|diagnostics|watch)
            "_fs-metrics_memory_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-metrics_memory_status() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_memory_health() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_memory_diagnostics() {
    local -i ret=1
    local -ar arg_specs=(
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_memory_watch() {
    local -i ret=1
    local -ar arg_specs=(
        '--threshold[Warn above this, 1MiB to 1TiB.]:size:'
        '--auto[The percentage of the machine'\''s memory from which on room is made, 1 to 100.]:percent:'
        '--every[How often to look, 100ms to 1h.]:span:'
        '*:command:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_cache() {
    local -i ret=1
    local -ar arg_specs=(
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output; its name tells the format.]:output:_files'
        '--json[Write records instead of a table, also to a terminal.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_forecast() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '*--label[Only series with this label; several times for more.]:name=value:'
        '--ahead[How far to look, 1h to 31d.]:span:'
        '--season[The rhythm, 2h to 31d.]:span:'
        '--threshold[Warn above this.]:number:'
        '--store[The file with the metrics (default\: metrics.db in the data folder).]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-metrics_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _fs-metrics ]]; then
    _fs-metrics "${@}"
else
    compdef _fs-metrics fs-metrics
fi
