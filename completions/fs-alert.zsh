#compdef fs-alert

__fs-alert_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__fs-alert_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __fs-alert_complete "${completions[@]:0:-1}"
    fi
}

__fs-alert_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_fs-alert() {
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
            'watch:Watch a stream of records (the default).'
            'test:Replay records: what would have fired, when and how often; nothing is delivered.'
            'rules:List the rules of files, check them, or print the rules that come with fs-alert.'
            'active:List the alerts that have fired and not ended.'
            'history:List alerts of the last time, the newest first.'
            'stats:Count the alerts of the last time by severity, rule and hour.'
            'ack:Acknowledge alerts: they are not repeated; their end is told.'
            'silence:Do not tell alerts of symbols, or of a rule, for a while; without either, list silences.'
            'unsilence:End silences, by symbol, rule or number.'
            'outbox:List deliveries that wait or were given up.'
            'resend:Deliver what waits; with --failed, what was given up as well.'
            'check-channel:Send a test alert to a channel; status 69 if it does not arrive.'
            'doctor:Say whether channels work and the outbox is empty; status 65 if not.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        watch|test|rules|active|history|stats|ack|silence|unsilence|outbox|resend|check-channel|doctor|help)
            "_fs-alert_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fs-alert_watch() {
    local -i ret=1
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*--rules[Rules in a file; several times for more.]:file:_files'
        '--when[Fire while this is true.]:condition:'
        '--until[End it when this is true.]:condition:'
        '--for[It must have been true for so long.]:span:'
        '--reset[End it only if this is true as well.]:condition:'
        '--cooldown[Do not fire again for the same symbol within this time.]:span:'
        '--once[Fire once for each symbol, and never again.]'
        '--repeat[Tell again after this time while it lasts.]:span:'
        '--severity[How bad it is\: info, warning, critical.]:severity:'
        '--message[The text, with {field} for values of the record.]:text:'
        '--name[The name of the rule.]:name:'
        '--by[The field that tells series apart; '\'''\'' if the whole input is one series.]:by:'
        '--state[The file of alerts, deliveries and silences.]:file:_files'
        '*--to[Where alerts go\: stdout, or a channel (see CHANNELS); several times for more.]:channel:'
        '--baselines[Take previous closes, highs and all-time highs from this store of bars.]:file:_files'
        '--pass[Write the records, too, byte for byte, each alert after the record that it is about.]'
        '--exit-code[End with status 1 if nothing fired.]'
        '--max-age[Keep alerts of records that are older than this, but do not deliver them.]:span:'
        '--linger[How long to go on delivering at the end of the input.]:span:'
        '--format[The format to write; overrides the name after -o and FS_FORMAT.]:format:{__fs-alert_complete "${___format[@]}"}'
        '--on-error[Bad records\: stop at the first, skip them, or pass them through.]:on-error:{__fs-alert_complete "${___on_error[@]}"}'
        '--line-buffered[Write each line as soon as its input line is complete (the default on a terminal).]'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '*:files:_files'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-alert_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_test() {
    local -i ret=1
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*--rules[Rules in a file; several times for more.]:file:_files'
        '--when[Fire while this is true.]:condition:'
        '--until[End it when this is true.]:condition:'
        '--for[It must have been true for so long.]:span:'
        '--reset[End it only if this is true as well.]:condition:'
        '--cooldown[Do not fire again for the same symbol within this time.]:span:'
        '--once[Fire once for each symbol, and never again.]'
        '--repeat[Tell again after this time while it lasts.]:span:'
        '--severity[How bad it is\: info, warning, critical.]:severity:'
        '--message[The text, with {field} for values of the record.]:text:'
        '--name[The name of the rule.]:name:'
        '--by[The field that tells series apart; '\'''\'' if the whole input is one series.]:by:'
        '--state[Carry on where the last test with this file stopped.]:file:_files'
        '--summary[Write figures for each rule instead of its alerts.]'
        '--explain[Say on standard error what the fields of a condition were at each firing.]'
        '--format[The format to write; overrides the name after -o and FS_FORMAT.]:format:{__fs-alert_complete "${___format[@]}"}'
        '--on-error[Bad records\: stop at the first, skip them, or pass them through.]:on-error:{__fs-alert_complete "${___on_error[@]}"}'
        '--line-buffered[Write each line as soon as its input line is complete (the default on a terminal).]'
        '--text[CSV\: these columns are texts, whatever they look like (symbol always is).]:a,b:'
        '--types[CSV\: the types of columns\: text, int64, float64, date, timestamp or bool.]:a=int64,b=text:'
        '--null[CSV\: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.]:a,b:'
        '--comment[CSV\: pass over lines that begin with this character.]:character:'
        '--date-format[CSV\: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I\:%M %p'\''; ISO 8601 is understood all the same.]:pattern:'
        '--input-zone[CSV\: the zone of times that name none, by its name in the tz database.]:zone:'
        '*:files:_files'
        '(-o --output)'{-o,--output}'[Write to this file instead of standard output; it appears complete or not at all.]:output:_files'
        '--stats[Print one JSON line on standard error at the end\: records, bytes, seconds, peak memory.]'
        '(--quiet -q)'{--quiet,-q}'[Print errors only.]'
        '(--verbose -v)'{--verbose,-v}'[Print more messages.]'
        '--color[Colour messages\: auto, always, never.]:color:{__fs-alert_complete "${___color[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_rules() {
    local -i ret=1
    local -ar ___print=('prices' 'technical' 'metrics')
    local -ar arg_specs=(
        '--lint[Say what is wrong or doubtful; status 65 if anything is.]'
        '--fields[Fields that the records have besides those of finstage, such as those of fs-indicators.]:name,...:'
        '--print[Print rules that come with fs-alert\: prices, technical, metrics.]:name:{__fs-alert_complete "${___print[@]}"}'
        '--json[Print one JSON object a line instead of a table.]'
        '*:files:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_active() {
    local -i ret=1
    local -ar arg_specs=(
        '--state[The file of alerts, deliveries and silences.]:file:_files'
        '--limit[The most alerts to list, 1 to 1000000.]:limit:'
        '--json[Print one JSON object a line instead of a table.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_history() {
    local -i ret=1
    local -ar arg_specs=(
        '--state[The file of alerts, deliveries and silences.]:file:_files'
        '--last[How far to look back.]:span:'
        '--limit[The most alerts to list, 1 to 1000000.]:limit:'
        '--json[Print one JSON object a line instead of a table.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_stats() {
    local -i ret=1
    local -ar arg_specs=(
        '--state[The file of alerts, deliveries and silences.]:file:_files'
        '--last[How far to look back.]:span:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_ack() {
    local -i ret=1
    local -ar arg_specs=(
        '--state[The file of alerts, deliveries and silences.]:file:_files'
        '*:ids:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_silence() {
    local -i ret=1
    local -ar arg_specs=(
        '--state[The file of alerts, deliveries and silences.]:file:_files'
        '--for[For how long.]:span:'
        '--rule[Only alerts of this rule.]:rule:'
        '--comment[Why.]:text:'
        '*:symbols:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_unsilence() {
    local -i ret=1
    local -ar arg_specs=(
        '--state[The file of alerts, deliveries and silences.]:file:_files'
        '--rule[The rule of the silence.]:rule:'
        '--id[The number of the silence.]:number:'
        '*:symbols:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_outbox() {
    local -i ret=1
    local -ar arg_specs=(
        '--state[The file of alerts, deliveries and silences.]:file:_files'
        '--limit[The most deliveries to list, 1 to 1000000.]:limit:'
        '--json[Print one JSON object a line instead of a table.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_resend() {
    local -i ret=1
    local -ar arg_specs=(
        '--state[The file of alerts, deliveries and silences.]:file:_files'
        '--failed[Try again what was given up, and turn channels on that were turned off.]'
        '*--rules[Rules that name channels; several times for more.]:file:_files'
        '--linger[How long to go on.]:span:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_check-channel() {
    local -i ret=1
    local -ar arg_specs=(
        '*--rules[Rules that name channels; several times for more.]:file:_files'
        ':channel:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_doctor() {
    local -i ret=1
    local -ar arg_specs=(
        '--state[The file of alerts, deliveries and silences.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fs-alert_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _fs-alert ]]; then
    _fs-alert "${@}"
else
    compdef _fs-alert fs-alert
fi
