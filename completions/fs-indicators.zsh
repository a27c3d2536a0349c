#compdef fs-indicators

__fs-indicators_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__fs-indicators_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __fs-indicators_complete "${completions[@]:0:-1}"
    fi
}

__fs-indicators_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_fs-indicators() {
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
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*--sma[Simple moving average; usually 20.]:period,...:'
        '*--ema[Exponential moving average; usually 20.]:period,...:'
        '*--rsi[Relative strength index, Wilder'\''s averages; usually 14.]:period,...:'
        '*--macd[Moving average convergence/divergence\: line, signal, histogram; usually 12,26,9.]:fast,slow,signal:'
        '*--bbands[Bollinger bands\: upper, middle, lower; usually 20,2.]:period,width:'
        '*--bbands-ddof[The ddof of --bbands\: 0 to 1, usually 0.]:ddof:'
        '*--atr[Average true range, Wilder'\''s average; usually 14.]:period,...:'
        '--field[The field that indicators of one series are computed from.]:field:'
        '--by[The field that tells series apart; '\'''\'' if the whole input is one series.]:by:'
        '--prefix[Put this before the name of each added field.]:prefix:'
        '--last[Write only the newest bar of each symbol, when the input has ended.]'
        '--on-error[Bad records\: stop at the first, skip them, or pass them through.]:on-error:{__fs-indicators_complete "${___on_error[@]}"}'
        '--line-buffered[Write each line as soon as its input line is complete (the default on a terminal).]'
        '*:files:_files'
        '(-o --output)'{-o,--output}'[Write to this file, whole or not at all, instead of standard output.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but errors.]'
        '(--verbose -v)'{--verbose,-v}'[Say more.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-indicators_complete "${___color[@]}"}'
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
            "_fs-indicators_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-indicators_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _fs-indicators ]]; then
    _fs-indicators "${@}"
else
    compdef _fs-indicators fs-indicators
fi
