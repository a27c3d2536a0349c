#!/bin/bash

__fs-metrics_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__fs-metrics_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__fs-metrics_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__fs-metrics_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_fs-metrics() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __fs-metrics_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    run|ab|collect|ingest|report|trend|baseline|compare|score|recommend|watch|export|serve|rules|guard|tune|memory|cache|forecast|help)
        # Offer subcommand argument completions
        "_fs-metrics_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'run ab collect ingest report trend baseline compare score recommend watch export serve rules guard tune memory cache forecast help' -- "${cur}"))
        ;;
    esac
}

_fs-metrics_run() {
    repeating_flags=()
    non_repeating_flags=(--pipefail --version -h --help)
    repeating_options=()
    non_repeating_options=(-o --output --name --store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    '--name')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_ab() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-metrics_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    run|analyze|create|list|start|pause|stop|assign|record)
        # Offer subcommand argument completions
        "_fs-metrics_ab_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'run analyze create list start pause stop assign record' -- "${cur}"))
        ;;
    esac
}

_fs-metrics_ab_run() {
    repeating_flags=()
    non_repeating_flags=(--ignore-output --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--a --b --alpha --margin --max-runs --max-time --warmup --prepare --seed --raw)
    __fs-metrics_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--a')
        return
        ;;
    '--b')
        return
        ;;
    '--alpha')
        return
        ;;
    '--margin')
        return
        ;;
    '--max-runs')
        return
        ;;
    '--max-time')
        return
        ;;
    '--warmup')
        return
        ;;
    '--prepare')
        return
        ;;
    '--seed')
        return
        ;;
    '--raw')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_ab_analyze() {
    repeating_flags=()
    non_repeating_flags=(--follow --version -h --help)
    repeating_options=()
    non_repeating_options=(--a --b --pairs --alpha --margin --store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--a')
        __fs-metrics_add_completions -f
        return
        ;;
    '--b')
        __fs-metrics_add_completions -f
        return
        ;;
    '--pairs')
        __fs-metrics_add_completions -f
        return
        ;;
    '--alpha')
        return
        ;;
    '--margin')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_ab_create() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--variant)
    non_repeating_options=(--until --enough --store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--variant')
        return
        ;;
    '--until')
        return
        ;;
    '--enough')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_ab_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--store -o --output)
    __fs-metrics_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_ab_start() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_ab_pause() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_ab_stop() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_ab_assign() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--store)
    __fs-metrics_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_ab_record() {
    repeating_flags=()
    non_repeating_flags=(--failed --version -h --help)
    repeating_options=()
    non_repeating_options=(--unit --variant --value --store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--unit')
        return
        ;;
    '--variant')
        return
        ;;
    '--value')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_collect() {
    repeating_flags=()
    non_repeating_flags=(--print --quiet -q --version -h --help)
    repeating_options=(--pid --scrape --command)
    non_repeating_options=(--every --count --store)
    __fs-metrics_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--every')
        return
        ;;
    '--pid')
        return
        ;;
    '--scrape')
        return
        ;;
    '--command')
        return
        ;;
    '--count')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_ingest() {
    repeating_flags=()
    non_repeating_flags=(--again --stats --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--store)
    __fs-metrics_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_report() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=(--label)
    non_repeating_options=(--last --store -o --output)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--last')
        return
        ;;
    '--label')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_trend() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=(--label)
    non_repeating_options=(--last --store -o --output)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--last')
        return
        ;;
    '--label')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_baseline() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-metrics_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    save|list|delete)
        # Offer subcommand argument completions
        "_fs-metrics_baseline_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'save list delete' -- "${cur}"))
        ;;
    esac
}

_fs-metrics_baseline_save() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--label)
    non_repeating_options=(--last --store)
    __fs-metrics_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--last')
        return
        ;;
    '--label')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_baseline_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--store -o --output)
    __fs-metrics_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_baseline_delete() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_compare() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=(--label)
    non_repeating_options=(--last --fail-over --store -o --output)
    __fs-metrics_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--last')
        return
        ;;
    '--label')
        return
        ;;
    '--fail-over')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_score() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--label)
    non_repeating_options=(--last --store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--last')
        return
        ;;
    '--label')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_recommend() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=(--label)
    non_repeating_options=(--last --store -o --output)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--last')
        return
        ;;
    '--label')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_watch() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--label)
    non_repeating_options=(--last --every --count --store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--last')
        return
        ;;
    '--label')
        return
        ;;
    '--every')
        return
        ;;
    '--count')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_export() {
    repeating_flags=()
    non_repeating_flags=(--prometheus --json --quiet -q --version -h --help)
    repeating_options=(--label)
    non_repeating_options=(--last --store -o --output)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--last')
        return
        ;;
    '--label')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_serve() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=(--name)
    non_repeating_options=(--port --host --store)
    __fs-metrics_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--host')
        return
        ;;
    '--name')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_rules() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-metrics_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|enable|disable|history)
        # Offer subcommand argument completions
        "_fs-metrics_rules_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list enable disable history' -- "${cur}"))
        ;;
    esac
}

_fs-metrics_rules_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--store -o --output)
    __fs-metrics_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_rules_enable() {
    repeating_flags=()
    non_repeating_flags=(--force --version -h --help)
    repeating_options=()
    non_repeating_options=(--store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fs-metrics_add_completions -W 'memory_optimization_basic'$'\n''caching_technical_analysis'$'\n''caching_price_data'$'\n''async_api_endpoints'$'\n''background_heavy_tasks'$'\n''websocket_streaming'
        return
        ;;
    esac
}

_fs-metrics_rules_disable() {
    repeating_flags=()
    non_repeating_flags=(--cascade --version -h --help)
    repeating_options=()
    non_repeating_options=(--reason --store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--reason')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fs-metrics_add_completions -W 'memory_optimization_basic'$'\n''caching_technical_analysis'$'\n''caching_price_data'$'\n''async_api_endpoints'$'\n''background_heavy_tasks'$'\n''websocket_streaming'
        return
        ;;
    esac
}

_fs-metrics_rules_history() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--last --store -o --output)
    __fs-metrics_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--last')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_guard() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--every --grace --switchback --metric --count --store)
    __fs-metrics_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--every')
        return
        ;;
    '--grace')
        return
        ;;
    '--switchback')
        __fs-metrics_add_completions -W 'memory_optimization_basic'$'\n''caching_technical_analysis'$'\n''caching_price_data'$'\n''async_api_endpoints'$'\n''background_heavy_tasks'$'\n''websocket_streaming'
        return
        ;;
    '--metric')
        return
        ;;
    '--count')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_tune() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --version -h --help)
    repeating_options=(--label)
    non_repeating_options=(--last --store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--last')
        return
        ;;
    '--label')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_memory() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-metrics_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    status|health|diagnostics|watch)
        # Offer subcommand argument completions
        "_fs-metrics_memory_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'status health diagnostics watch' -- "${cur}"))
        ;;
    esac
}

_fs-metrics_memory_status() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-metrics_offer_flags_options 0
}

_fs-metrics_memory_health() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-metrics_offer_flags_options 0
}

_fs-metrics_memory_diagnostics() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--store)
    __fs-metrics_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_memory_watch() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--threshold --auto --every)
    __fs-metrics_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--threshold')
        return
        ;;
    '--auto')
        return
        ;;
    '--every')
        return
        ;;
    esac
}

_fs-metrics_cache() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(-o --output)
    __fs-metrics_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_forecast() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--label)
    non_repeating_options=(--ahead --season --threshold --store)
    __fs-metrics_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--label')
        return
        ;;
    '--ahead')
        return
        ;;
    '--season')
        return
        ;;
    '--threshold')
        return
        ;;
    '--store')
        __fs-metrics_add_completions -f
        return
        ;;
    esac
}

_fs-metrics_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __fs-metrics_offer_flags_options -1
}

complete -o filenames -F _fs-metrics fs-metrics
