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
            'work:Run tasks and schedules until a signal stops this worker, or until all tasks are finished (--drain).'
            'status:Show a task and its history, or count tasks by state.'
            'wait:Wait until tasks have ended; end with the status of the task, or 1 if one of several has failed.'
            'result:Print the standard output of a task; status 69 if the task has not ended.'
            'logs:Print the standard error of a task'\''s last run; with -f, as it comes.'
            'cancel:Cancel tasks: waiting ones at once, running ones by ending their whole process group.'
            'list:List tasks, the newest first.'
            'retry:Run finished tasks again, under their old numbers.'
            'pause:Start no more tasks until resume; or keep only the tasks that are named.'
            'resume:Let tasks start again after pause: all, or those that are named.'
            'release:Let tasks start that were added with --paused.'
            'edit:Change a waiting task: its command, or other members of its definition.'
            'priority:Change how urgent waiting tasks are, such as fs-queue priority high 17 18.'
            'on-failure:Say what a shell runs after a task has failed for good; without a command, show it.'
            'workers:List the workers: the process of each, its running tasks, and how many it has finished.'
            'stats:Show depth by state, success rate, age of the oldest ready task and workers.'
            'purge:Remove finished tasks and their logs; dead ones only with --state dead.'
            'batch:Add a command for each line of standard input, and a task that gathers their results; print its number.'
            'results:Print the results of the tasks of a batch, one JSON object a line.'
            'template:Keep tasks with parameters under a name, and run them.'
            'run:Add the tasks of a template; print the number of the last one.'
            'group:Set the limits of a group of tasks; without options, show one group or all.'
            'schedule:Add tasks again and again: by crontab lines, at intervals, or around the sessions of the exchange.'
            'dashboard:Show the queue on a live page in the terminal until q or Ctrl-C, or print the page once.'
            'export:Print tasks with their attempts, the oldest first, one JSON object a line.'
            'doctor:Check the files of the queue, its counts, its workers and the disk; status 65 if something is wrong.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        add|work|status|wait|result|logs|cancel|list|retry|pause|resume|release|edit|priority|on-failure|workers|stats|purge|batch|results|template|run|group|schedule|dashboard|export|doctor|help)
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
        '--priority[How urgent the task is.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--retries[How many times to run the task again after a failure, 0 to 1000.]:retries:'
        '--delay[The time before the first retry; doubled each time, with jitter.]:span:'
        '--max-delay[The longest time before a retry.]:span:'
        '--backoff[How the time before a retry grows.]:backoff:{__fs-queue_complete "${___backoff[@]}"}'
        '--retry-on[Retry only after these exit statuses, instead of all but 64, 65, 77, 78, 100, 126 and 127; 124 is a time-out, 128 + n a signal.]:n,n,...:'
        '--timeout[End a run after this time and count a failure.]:span:'
        '--in[Wait this long before the task may run.]:span:'
        '--at[Run it no sooner than at this time.]:time:'
        '--expires[It fails if it has not begun after this time.]:span:'
        '*--after[Run it after this task; several times for more.]:id:'
        '--if[The outcome that each task of --after must have\: ok, failed, any, or an expression such as '\''exit_status == 3 or rows > 100'\''.]:condition:'
        '--group[Tasks of a group share its limits (see fs-queue group).]:name:'
        '--limit[From now on, run at most this many tasks of the group at a time.]:n:'
        '--rate[From now on, start tasks of the group no faster than this, such as 30/m.]:rate:'
        '*--env[An environment variable for the task; may be repeated.]:name=value:'
        '--clean-env[Pass on no variables of the worker except PATH, HOME, USER, SHELL, LANG, LC_ALL, TZ and TMPDIR.]'
        '--cwd[Run the task in this folder instead of the current one.]:folder:_files -/'
        '--on-failure[What a shell runs if the task fails for good, as a task of its own (default\: that of fs-queue on-failure). It finds FS_FAILED_ID, FS_FAILED_REASON, FS_FAILED_STATUS, FS_FAILED_ATTEMPTS, FS_FAILED_COMMAND and FS_FAILED_SCHEDULE in its environment, and the end of the log on its input. An empty one tells nobody.]:command:'
        '*--tag[A tag to find the task by; may be repeated.]:word:'
        '--unique[A key that no two unfinished tasks may share; {} is the line.]:key:'
        '--if-exists[What to do if an unfinished task has the key.]:if-exists:{__fs-queue_complete "${___if_exists[@]}"}'
        '--chain[Add the tasks in a file.]:file:_files -g '\''*.json'\'''
        '--each[Add one task for each line of standard input.]'
        '--stdin[Save standard input now (at most 16 MiB) and feed it to the task.]'
        '--paused[Let the task wait until fs-queue release.]'
        '--wait[Wait for the task, print its output as it comes, and exit with its status.]'
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
        '--workers[How many tasks to run at a time, 1 to 1000 (default\: the setting queue.workers, or 4).]:workers:'
        '--drain[Stop when all tasks are finished; status 1 if one failed meanwhile.]'
        '--grace[How long running tasks may continue after TERM.]:span:'
        '--starve[Treat a task as one level more urgent after it has been ready for this long, as two after twice as long.]:span:'
        '--output-limit[How much of a task'\''s output to keep, 64KiB to 1GiB\: its beginning and its end.]:size:'
        '--keep-completed[Remove completed and cancelled tasks that ended longer ago than this; or never.]:span:'
        '--keep-failed[The same for failed tasks; dead tasks stay.]:span:'
        '--fast[Be faster\: acknowledged changes survive crashes, but not power cuts.]'
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
        '--json[Print JSON instead of text.]'
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
        '--wait[Wait until the task has ended.]'
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
        '(--follow -f)'{--follow,-f}'[Continue until the task has ended, through all further attempts.]'
        '--stdout[Print standard output instead.]'
        '--attempt[Print the log of this attempt, counted from 1.]:number:'
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
    local -ar ___state=('paused' 'pending' 'scheduled' 'claimed' 'running' 'retrying' 'completed' 'failed' 'cancelled' 'dead')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--state[List only tasks in this state.]:state:{__fs-queue_complete "${___state[@]}"}'
        '--limit[List at most this many tasks, 1 to 1,000,000.]:limit:'
        '--tag[List only tasks with this tag.]:word:'
        '--group[List only tasks of this group.]:name:'
        '--batch[List only tasks of this batch.]:id:'
        '--schedule[List only tasks that this schedule added.]:name:'
        '--json[Print one JSON object a line instead of a table.]'
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
        '*:ids:'
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
        '*:ids:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_release() {
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

_fs-queue_edit() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*--set[A member and its new value; may be repeated.]:member=value:'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        ':id:'
        '*:command:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_priority() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar _priority=('critical' 'high' 'normal' 'low')
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        ':priority:{__fs-queue_complete "${_priority[@]}"}'
        '*:ids:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_on-failure() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--none[Tell nobody any more.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-queue_complete "${___color[@]}"}'
        ':command:'
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
        '--json[Print one JSON object a line instead of a table.]'
        '--slots[Let them run this many tasks at a time, 1 to 1000.]:n:'
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

_fs-queue_stats() {
    local -i ret=1
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--prometheus[Print the text format of Prometheus instead of a table.]'
        '--json[Print one JSON object instead of a table.]'
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
    local -ar ___state=('paused' 'pending' 'scheduled' 'claimed' 'running' 'retrying' 'completed' 'failed' 'cancelled' 'dead')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--older[Remove tasks that ended longer ago than this.]:span:'
        '--state[Remove only tasks in this state.]:state:{__fs-queue_complete "${___state[@]}"}'
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
        '--priority[How urgent the task is.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--retries[How many times to run the task again after a failure, 0 to 1000.]:retries:'
        '--delay[The time before the first retry; doubled each time, with jitter.]:span:'
        '--max-delay[The longest time before a retry.]:span:'
        '--backoff[How the time before a retry grows.]:backoff:{__fs-queue_complete "${___backoff[@]}"}'
        '--retry-on[Retry only after these exit statuses, instead of all but 64, 65, 77, 78, 100, 126 and 127; 124 is a time-out, 128 + n a signal.]:n,n,...:'
        '--timeout[End a run after this time and count a failure.]:span:'
        '--in[Wait this long before the task may run.]:span:'
        '--at[Run it no sooner than at this time.]:time:'
        '--expires[It fails if it has not begun after this time.]:span:'
        '*--after[Run it after this task; several times for more.]:id:'
        '--if[The outcome that each task of --after must have\: ok, failed, any, or an expression such as '\''exit_status == 3 or rows > 100'\''.]:condition:'
        '--group[Tasks of a group share its limits (see fs-queue group).]:name:'
        '--limit[From now on, run at most this many tasks of the group at a time.]:n:'
        '--rate[From now on, start tasks of the group no faster than this, such as 30/m.]:rate:'
        '*--env[An environment variable for the task; may be repeated.]:name=value:'
        '--clean-env[Pass on no variables of the worker except PATH, HOME, USER, SHELL, LANG, LC_ALL, TZ and TMPDIR.]'
        '--cwd[Run the task in this folder instead of the current one.]:folder:_files -/'
        '--on-failure[What a shell runs if the task fails for good, as a task of its own (default\: that of fs-queue on-failure). It finds FS_FAILED_ID, FS_FAILED_REASON, FS_FAILED_STATUS, FS_FAILED_ATTEMPTS, FS_FAILED_COMMAND and FS_FAILED_SCHEDULE in its environment, and the end of the log on its input. An empty one tells nobody.]:command:'
        '*--tag[A tag to find the task by; may be repeated.]:word:'
        '--reduce[A shell script that combines the results.]:script:'
        '--wait[Wait until all tasks have ended, print the result, and exit with its status.]'
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
        '--check[Exit with status 1 if any of the tasks did not complete.]'
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
            'save:Save a template: from a file, or a command in which each {name} is a parameter.'
            'show:Print a template, to read or edit.'
            'list:List the available templates.'
            'remove:Remove one of your templates.'
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
        '--description[What the template is for.]:text:'
        '*--default[The default value of a parameter; may be repeated.]:name=value:'
        '--priority[How urgent the task is.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--retries[How many times to run the task again after a failure, 0 to 1000.]:retries:'
        '--delay[The time before the first retry; doubled each time, with jitter.]:span:'
        '--max-delay[The longest time before a retry.]:span:'
        '--backoff[How the time before a retry grows.]:backoff:{__fs-queue_complete "${___backoff[@]}"}'
        '--retry-on[Retry only after these exit statuses, instead of all but 64, 65, 77, 78, 100, 126 and 127; 124 is a time-out, 128 + n a signal.]:n,n,...:'
        '--timeout[End a run after this time and count a failure.]:span:'
        '--in[Wait this long before the task may run.]:span:'
        '--at[Run it no sooner than at this time.]:time:'
        '--expires[It fails if it has not begun after this time.]:span:'
        '*--after[Run it after this task; several times for more.]:id:'
        '--if[The outcome that each task of --after must have\: ok, failed, any, or an expression such as '\''exit_status == 3 or rows > 100'\''.]:condition:'
        '--group[Tasks of a group share its limits (see fs-queue group).]:name:'
        '--limit[From now on, run at most this many tasks of the group at a time.]:n:'
        '--rate[From now on, start tasks of the group no faster than this, such as 30/m.]:rate:'
        '*--env[An environment variable for the task; may be repeated.]:name=value:'
        '--clean-env[Pass on no variables of the worker except PATH, HOME, USER, SHELL, LANG, LC_ALL, TZ and TMPDIR.]'
        '--cwd[Run the task in this folder instead of the current one.]:folder:_files -/'
        '--on-failure[What a shell runs if the task fails for good, as a task of its own (default\: that of fs-queue on-failure). It finds FS_FAILED_ID, FS_FAILED_REASON, FS_FAILED_STATUS, FS_FAILED_ATTEMPTS, FS_FAILED_COMMAND and FS_FAILED_SCHEDULE in its environment, and the end of the log on its input. An empty one tells nobody.]:command:'
        '*--tag[A tag to find the task by; may be repeated.]:word:'
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
        '--script[Print only the scripts of the template.]'
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
        '--priority[How urgent the tasks are, instead of what the template says.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--unique[A key that no two unfinished tasks may share.]:key:'
        '--if-exists[What to do if an unfinished task has the key.]:if-exists:{__fs-queue_complete "${___if_exists[@]}"}'
        '--wait[Wait for the last task, print its output as it comes, and exit with its status.]'
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
        '--priority[How urgent the tasks are, instead of what the template says.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--unique[A key that no two unfinished tasks may share.]:key:'
        '--if-exists[What to do if an unfinished task has the key.]:if-exists:{__fs-queue_complete "${___if_exists[@]}"}'
        '--wait[Wait for the last task, print its output as it comes, and exit with its status.]'
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
        '--limit[Run at most this many tasks at a time, or none for no limit.]:n:'
        '--rate[Start tasks no faster than this, such as 30/m, or none for no limit.]:rate:'
        '--pause[Start no more tasks of the group.]'
        '--resume[Let tasks of the group start again.]'
        '--json[Print one JSON object a line instead of a table.]'
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
            'load:Load the jobs of a file as schedules, in place of those that were loaded from that file before.'
            'next:Show when each job fires next.'
            'list:List schedules with the outcome of their last runs.'
            'log:Show the outcome of each firing, the newest first, one JSON object a line.'
            'remove:Remove schedules; tasks that they added stay.'
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
        '--file[The file of jobs; - is standard input.]:file:_files'
        '--zone[The time zone until the file sets another, such as America/New_York.]:name:'
        '--check[Only check the file, and show when each job would fire next.]'
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
        '--count[How many firings of each job to show, 1 to 10000.]:count:'
        '--from[Begin at this time instead of now.]:time:'
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
        '--json[Print one JSON object a line instead of a table.]'
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
        '--limit[Show at most this many firings, 1 to 1,000,000.]:limit:'
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
        '--once[Print the page once and exit.]'
        '--json[Print one JSON object instead of the page; with --interval, repeatedly.]'
        '--interval[The time between two updates, 100ms to 1h.]:span:'
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
    local -ar ___state=('paused' 'pending' 'scheduled' 'claimed' 'running' 'retrying' 'completed' 'failed' 'cancelled' 'dead')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '--state[Export only tasks in this state.]:state:{__fs-queue_complete "${___state[@]}"}'
        '--tag[Export only tasks with this tag.]:word:'
        '--after[Export only tasks with a greater number.]:id:'
        '--outputs[Include outputs that are kept in the database (up to 64 KiB each).]'
        '--history[Include each change of state.]'
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
        '--mend[Repair what can be repaired.]'
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
