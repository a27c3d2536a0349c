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
            'work:Run tasks as they come, until a signal says stop, or until all are finished.'
            'status:Tell of a task, with its history; or how many tasks there are in each state.'
            'wait:Wait until tasks have ended; end with the status of the task, or 1 if one of several has failed.'
            'result:Print what a task has printed on standard output; status 69 if it has not ended.'
            'logs:Print the standard error of a task'\''s last run, or of a running one as it comes.'
            'cancel:Cancel tasks: at once if they wait; a running one is ended with its whole process group.'
            'list:List tasks, the newest first.'
            'retry:Run finished tasks again, under their old numbers.'
            'pause:Let no task begin until resume; what runs goes on.'
            'resume:Let tasks begin again after pause.'
            'workers:One JSON object for each worker: its process, its tasks, and how many it has finished.'
            'stats:Depth by state, success rate, age of the oldest ready task, workers: JSON, or Prometheus text.'
            'purge:Remove finished tasks with their logs; dead ones only with --state dead.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        add|work|status|wait|result|logs|cancel|list|retry|pause|resume|workers|stats|purge|help)
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
    local -ar ___if_exists=('ignore' 'replace' 'reject')
    local -ar arg_specs=(
        '--priority[How urgent it is.]:priority:{__fs-queue_complete "${___priority[@]}"}'
        '--retries[How often it is run again after a failure, 0 to 1000.]:retries:'
        '--delay[The time before the first retry; doubled each time, with jitter.]:span:'
        '--timeout[End it, and count a failure, after this time.]:span:'
        '--in[Run it no sooner than in this time.]:span:'
        '--at[Run it no sooner than at this time.]:time:'
        '--expires[It fails if it has not begun after this time.]:span:'
        '--unique[No two unfinished tasks have the same key.]:key:'
        '--if-exists[What to do if an unfinished task has the key.]:if-exists:{__fs-queue_complete "${___if_exists[@]}"}'
        '*--env[A variable for it; several times for more.]:name=value:'
        '--cwd[Where it runs; here if not given.]:folder:_files -/'
        '*--tag[Something to find it by; several times for more.]:word:'
        '--each[One task for each line of standard input.]'
        '--stdin[It reads what standard input has now (16 MiB at most).]'
        '--wait[Wait until it has ended, print what it prints, and end with its status.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '*:command:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_work() {
    local -i ret=1
    local -ar arg_specs=(
        '--workers[How many tasks at a time, 1 to 1000.]:workers:'
        '--drain[Stop when no task is left that is not finished; status 1 if one has failed meanwhile.]'
        '--grace[How long running tasks may go on after TERM.]:span:'
        '--fast[Faster\: what is acknowledged survives crashes, but not power cuts.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_status() {
    local -i ret=1
    local -ar arg_specs=(
        '--json[JSON instead of text.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '*:ids:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_wait() {
    local -i ret=1
    local -ar arg_specs=(
        '--timeout[No longer than this; status 75 then.]:span:'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '*:ids:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_result() {
    local -i ret=1
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        ':id:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_logs() {
    local -i ret=1
    local -ar arg_specs=(
        '(--follow -f)'{--follow,-f}'[Go on until the task has ended, through all its attempts.]'
        '--stdout[Standard output instead.]'
        '--attempt[The log of this attempt, from 1.]:number:'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        ':id:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_cancel() {
    local -i ret=1
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
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
    local -ar arg_specs=(
        '--state[Only those in this state.]:state:{__fs-queue_complete "${___state[@]}"}'
        '--limit[At most so many, 1 to 1,000,000.]:limit:'
        '--tag[Only those with this tag.]:word:'
        '--json[One JSON object a line instead of a table.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_retry() {
    local -i ret=1
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '*:ids:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_pause() {
    local -i ret=1
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_resume() {
    local -i ret=1
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_workers() {
    local -i ret=1
    local -ar arg_specs=(
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_stats() {
    local -i ret=1
    local -ar arg_specs=(
        '--prometheus[Lines in the text format of Prometheus.]'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-queue_purge() {
    local -i ret=1
    local -ar ___state=('pending' 'scheduled' 'running' 'retrying' 'completed' 'failed' 'cancelled' 'dead')
    local -ar arg_specs=(
        '--older[Those that ended longer ago than this.]:span:'
        '--state[Only those in this state.]:state:{__fs-queue_complete "${___state[@]}"}'
        '--queue[The folder of the queue.]:folder:_files -/'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
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
