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
    local -ar ___interval=('1m' '2m' '5m' '15m' '30m' '60m' '90m' '1h' '1d' '1wk' '1mo' '3mo')
    local -ar ___range=('1d' '5d' '1mo' '3mo' '6mo' '1y' '2y' '5y' '10y' 'ytd' 'max')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*:symbols:'
        '--provider[Where to get bars.]:name:'
        '--interval[How long bars last.]:interval:{__fs-fetch_complete "${___interval[@]}"}'
        '--range[How far back; 1y unless --from is given.]:range:{__fs-fetch_complete "${___range[@]}"}'
        '--from[The first day or instant, ISO 8601, instead of --range.]:from:'
        '--to[The day or instant before which to stop, with --from. (default\: now)]:to:'
        '--pre-post[Bars before and after the regular session, too.]'
        '--raw-prices[Keep prices that the provider widened from 32 bits as they came\: 75.0875015258789 for 75.0875.]'
        '--base-url[Another host for the provider, with scheme\: a proxy, a test.]:url:'
        '--timeout[The longest time for one answer, from 1ms to 1h.]:time:'
        '--progress[Tell on standard error how far it has come, in plain lines.]'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
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
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        help)
            "_fs-fetch_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

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
