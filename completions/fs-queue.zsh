#compdef fs-queue

__fs-queue_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__fs-queue_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __fs-queue_complete "${completions[@]:0:-1}"
    fi
}

__fs-queue_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_fs-queue() {
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
            'add:Add a command, or one for each line of standard input; print the numbers of the tasks.'
            'work:Run tasks as they come, and what is scheduled, until a signal says stop, or until all are finished.'
            'status:Tell of a task, with its history; or how many tasks there are in each state.'
            'wait:Wait until tasks have ended; end with the status of the task, or 1 if one of several has failed.'
            'result:Print what a task has printed on standard output; status 69 if it has not ended.'
            'logs:Print the standard error of a task'\''s last run, or of a running one as it comes.'
            'cancel:Cancel tasks: at once if they wait; a running one is ended with its whole process group.'
            'list:List tasks, the newest first.'
            'retry:Run finished tasks again, under their old numbers.'
            'pause:Let no task begin until resume; what runs goes on.'
            'resume:Let tasks begin again after pause.'
            'workers:Tell of each worker its process, its tasks, and how many it has finished.'
            'stats:Depth by state, success rate, age of the oldest ready task, workers: a table, JSON, or Prometheus text.'
            'purge:Remove finished tasks with their logs; dead ones only with --state dead.'
            'batch:Add a command for each line of standard input, and a task that gathers their results; print its number.'
            'results:Print what the tasks of a batch have come to, a JSON object a line.'
            'template:Keep tasks with parameters under a name, and run them.'
            'run:Add the tasks of a template; print the number of the last one.'
            'group:Set limits of a group of tasks; without options show one, or all.'
            'schedule:Add tasks again and again: crontab lines, intervals, or around the sessions of the exchange.'
            'dashboard:Show the queue on a page of the terminal that stays up to date, until q or Ctrl-C; or once.'
            'export:Print tasks with their attempts, the oldest first: one JSON object a line.'
            'doctor:Check the files of the queue, its counts, its workers and the disk; status 65 if something is wrong.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        add|work|status|wait|result|logs|cancel|list|retry|pause|resume|workers|stats|purge|batch|results|template|run|group|schedule|dashboard|export|doctor|help)
            "_fs-queue_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-queue_add() {
    local -i ret=1
    local -ar ___priority=('critical' 'high' 'normal' 'low')
    local -ar ___backoff=('exponential' 'fixed')
    local -ar ___if_exists=('ignore' 'replace' 'reject')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--priority[How urgent it is.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--retries[How often it is run again after a failure, 0 to 1000.]:retries:'
        '--delay[The time before the first retry; doubled each time, with jitter.]:span:'
        '--max-delay[The longest time before a retry.]:span:'
        '--backoff[How the time before a retry grows.]:backoff:{__fs-queue_complete "${___backoff[@]}"}'
        '--retry-on[Retry after these exit statuses only, in place of all but 64, 65, 77, 78, 100, 126 and 127; 124 is a time-out, 128 + n a signal.]:n,n,...:'
        '--timeout[End it, and count a failure, after this time.]:span:'
        '--in[Run it no sooner than in this time.]:span:'
        '--at[Run it no sooner than at this time.]:time:'
        '--expires[It fails if it has not begun after this time.]:span:'
        '*--after[Run it after this task; several times for more.]:id:'
        '--if[What the tasks before it must have come to\: ok, failed, any, or an expression such as '\''exit_status == 3 or rows > 100'\''.]:condition:'
        '--group[Tasks of a group share its limits (see fs-queue group).]:name:'
        '--limit[Run at most so many of the group at a time, from now on.]:n:'
        '--rate[Begin no more of the group than this, from now on, such as 30/m.]:rate:'
        '*--env[A variable for it; several times for more.]:name=value:'
        '--clean-env[Give it no variables of the worker but PATH, HOME, USER, SHELL, LANG, LC_ALL, TZ and TMPDIR.]'
        '--cwd[Where it runs; here if not given.]:folder:_files -/'
        '*--tag[Something to find it by; several times for more.]:word:'
        '--unique[No two unfinished tasks have the same key; {} is the line.]:key:'
        '--if-exists[What to do if an unfinished task has the key.]:if-exists:{__fs-queue_complete "${___if_exists[@]}"}'
        '--chain[Add the tasks of a file.]:file:_files -g '\''*.json'\'''
        '--each[One task for each line of standard input.]'
        '--stdin[It reads what standard input has now (16 MiB at most).]'
        '--wait[Wait until it has ended, print what it prints, and end with its status.]'
        '--stats[Print one JSON line on standard error at the end\: tasks, seconds, peak memory.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '*:command:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_work() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--workers[How many tasks at a time, 1 to 1000.]:workers:'
        '--drain[Stop when no task is left that is not finished; status 1 if one has failed meanwhile.]'
        '--grace[How long running tasks may go on after TERM.]:span:'
        '--starve[A task that has been ready for this long counts as one level more urgent; for twice as long, as two.]:span:'
        '--output-limit[How much of what a task prints is kept, 64KiB to 1GiB\: the beginning and the end.]:size:'
        '--keep-completed[Remove completed and cancelled tasks that ended longer ago; never means never.]:span:'
        '--keep-failed[The same for failed ones; dead ones stay.]:span:'
        '--fast[Faster\: what is acknowledged survives crashes, but not power cuts.]'
        '--stats[Print one JSON line on standard error at the end\: tasks, seconds, peak memory.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_status() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--json[JSON instead of text.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '*:ids:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_wait() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--timeout[No longer than this; status 75 then.]:span:'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '*:ids:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_result() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--wait[Wait until it has ended.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        ':id:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_logs() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '(--follow -f)'{--follow,-f}'[Go on until the task has ended, through all its attempts.]'
        '--stdout[Standard output instead.]'
        '--attempt[The log of this attempt, from 1.]:number:'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        ':id:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_cancel() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '*:ids:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_list() {
    local -i ret=1
    local -ar ___state=('pending' 'scheduled' 'running' 'retrying' 'completed' 'failed' 'cancelled' 'dead')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--state[Only those in this state.]:state:{__fs-queue_complete "${___state[@]}"}'
        '--limit[At most so many, 1 to 1,000,000.]:limit:'
        '--tag[Only those with this tag.]:word:'
        '--group[Only those of this group.]:name:'
        '--batch[Only those of this batch.]:id:'
        '--schedule[Only those that this schedule has added.]:name:'
        '--json[One JSON object a line instead of a table.]'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_retry() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '*:ids:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_pause() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_resume() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_workers() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--json[One JSON object a line instead of a table.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_stats() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--prometheus[Lines in the text format of Prometheus.]'
        '--json[One JSON object instead of a table.]'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_purge() {
    local -i ret=1
    local -ar ___state=('pending' 'scheduled' 'running' 'retrying' 'completed' 'failed' 'cancelled' 'dead')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--older[Those that ended longer ago than this.]:span:'
        '--state[Only those in this state.]:state:{__fs-queue_complete "${___state[@]}"}'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_batch() {
    local -i ret=1
    local -ar ___priority=('critical' 'high' 'normal' 'low')
    local -ar ___backoff=('exponential' 'fixed')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--priority[How urgent it is.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--retries[How often it is run again after a failure, 0 to 1000.]:retries:'
        '--delay[The time before the first retry; doubled each time, with jitter.]:span:'
        '--max-delay[The longest time before a retry.]:span:'
        '--backoff[How the time before a retry grows.]:backoff:{__fs-queue_complete "${___backoff[@]}"}'
        '--retry-on[Retry after these exit statuses only, in place of all but 64, 65, 77, 78, 100, 126 and 127; 124 is a time-out, 128 + n a signal.]:n,n,...:'
        '--timeout[End it, and count a failure, after this time.]:span:'
        '--in[Run it no sooner than in this time.]:span:'
        '--at[Run it no sooner than at this time.]:time:'
        '--expires[It fails if it has not begun after this time.]:span:'
        '*--after[Run it after this task; several times for more.]:id:'
        '--if[What the tasks before it must have come to\: ok, failed, any, or an expression such as '\''exit_status == 3 or rows > 100'\''.]:condition:'
        '--group[Tasks of a group share its limits (see fs-queue group).]:name:'
        '--limit[Run at most so many of the group at a time, from now on.]:n:'
        '--rate[Begin no more of the group than this, from now on, such as 30/m.]:rate:'
        '*--env[A variable for it; several times for more.]:name=value:'
        '--clean-env[Give it no variables of the worker but PATH, HOME, USER, SHELL, LANG, LC_ALL, TZ and TMPDIR.]'
        '--cwd[Where it runs; here if not given.]:folder:_files -/'
        '*--tag[Something to find it by; several times for more.]:word:'
        '--reduce[A shell script that makes one result of them.]:script:'
        '--wait[Wait until all have ended, print the result, and end with its status.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '*:command:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_results() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--check[End with status 1 if one of them has failed.]'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        ':id:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_template() {
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
            'save:Keep a template: from a file, or a command whose {name} are parameters.'
            'show:Print a template, to read or to change.'
            'list:List the templates there are.'
            'remove:Remove a template of yours.'
            'run:Add the tasks of a template; print the number of the last one.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        save|show|list|remove|run)
            "_fs-queue_template_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-queue_template_save() {
    local -i ret=1
    local -ar ___priority=('critical' 'high' 'normal' 'low')
    local -ar ___backoff=('exponential' 'fixed')
    local -ar arg_specs=(
        '--file[The template as JSON; - is standard input.]:file:_files'
        '--description[What it is for.]:text:'
        '*--default[The value of a parameter that is not given; several times for more.]:name=value:'
        '--priority[How urgent it is.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--retries[How often it is run again after a failure, 0 to 1000.]:retries:'
        '--delay[The time before the first retry; doubled each time, with jitter.]:span:'
        '--max-delay[The longest time before a retry.]:span:'
        '--backoff[How the time before a retry grows.]:backoff:{__fs-queue_complete "${___backoff[@]}"}'
        '--retry-on[Retry after these exit statuses only, in place of all but 64, 65, 77, 78, 100, 126 and 127; 124 is a time-out, 128 + n a signal.]:n,n,...:'
        '--timeout[End it, and count a failure, after this time.]:span:'
        '--in[Run it no sooner than in this time.]:span:'
        '--at[Run it no sooner than at this time.]:time:'
        '--expires[It fails if it has not begun after this time.]:span:'
        '*--after[Run it after this task; several times for more.]:id:'
        '--if[What the tasks before it must have come to\: ok, failed, any, or an expression such as '\''exit_status == 3 or rows > 100'\''.]:condition:'
        '--group[Tasks of a group share its limits (see fs-queue group).]:name:'
        '--limit[Run at most so many of the group at a time, from now on.]:n:'
        '--rate[Begin no more of the group than this, from now on, such as 30/m.]:rate:'
        '*--env[A variable for it; several times for more.]:name=value:'
        '--clean-env[Give it no variables of the worker but PATH, HOME, USER, SHELL, LANG, LC_ALL, TZ and TMPDIR.]'
        '--cwd[Where it runs; here if not given.]:folder:_files -/'
        '*--tag[Something to find it by; several times for more.]:word:'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        ':name:'
        '*:command:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_template_show() {
    local -i ret=1
    local -ar arg_specs=(
        '--script[Its scripts only.]'
        ':name:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_template_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_template_remove() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_template_run() {
    local -i ret=1
    local -ar ___priority=('critical' 'high' 'normal' 'low')
    local -ar ___if_exists=('ignore' 'replace' 'reject')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--priority[How urgent it is, if not as the template says.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--unique[No two unfinished tasks have the same key.]:key:'
        '--if-exists[What to do if an unfinished task has the key.]:if-exists:{__fs-queue_complete "${___if_exists[@]}"}'
        '--wait[Wait until it has ended, print what it prints, and end with its status.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        ':name:'
        '*:values:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_run() {
    local -i ret=1
    local -ar ___priority=('critical' 'high' 'normal' 'low')
    local -ar ___if_exists=('ignore' 'replace' 'reject')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--priority[How urgent it is, if not as the template says.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--unique[No two unfinished tasks have the same key.]:key:'
        '--if-exists[What to do if an unfinished task has the key.]:if-exists:{__fs-queue_complete "${___if_exists[@]}"}'
        '--wait[Wait until it has ended, print what it prints, and end with its status.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        ':name:'
        '*:values:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_group() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--limit[At most so many at a time; none for no limit.]:n:'
        '--rate[Begin no more than this, such as 30/m; none for no limit.]:rate:'
        '--pause[Let none of it begin.]'
        '--resume[Let them begin again.]'
        '--json[One JSON object a line instead of a table.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        ':name:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_schedule() {
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
            'load:Make the jobs of a file the schedules of this queue, in place of those that the file had before.'
            'next:Tell when what runs next.'
            'list:List schedules, with the outcome of their last runs.'
            'log:Tell what came of the slots of schedules, the newest first: one JSON object a line.'
            'remove:Remove schedules; tasks that they have added stay.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        load|next|list|log|remove)
            "_fs-queue_schedule_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-queue_schedule_load() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--file[The jobs; - is standard input.]:file:_files'
        '--zone[The time zone to begin with, such as America/New_York.]:name:'
        '--check[Only say what is wrong with it, and when what would run.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_schedule_next() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--count[How many times of each, 1 to 10000.]:count:'
        '--from[From this time on, instead of now.]:time:'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '*:names:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_schedule_list() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--json[One JSON object a line instead of a table.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_schedule_log() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--limit[At most so many, 1 to 1,000,000.]:limit:'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        ':name:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_schedule_remove() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '*:names:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_dashboard() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--once[Print the page once, and end.]'
        '--json[One JSON object instead of the page; with --interval again and again.]'
        '--interval[The time between two looks, 100ms to 1h.]:span:'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_export() {
    local -i ret=1
    local -ar ___state=('pending' 'scheduled' 'running' 'retrying' 'completed' 'failed' 'cancelled' 'dead')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--state[Only those in this state.]:state:{__fs-queue_complete "${___state[@]}"}'
        '--tag[Only those with this tag.]:word:'
        '--after[Only those with greater numbers.]:id:'
        '--outputs[With what they have printed, as far as it is kept in the database (64 KiB).]'
        '--history[With each change of their state.]'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_doctor() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--mend[Put right what can be.]'
        '--recover[Copy what can be read into a new queue in this folder.]:folder:_files -/'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _fs-queue ]]; then
    _fs-queue "${@}"
else
    compdef _fs-queue fs-queue
fi
