#!/bin/bash

__fs-queue_cursor_index_in_current_word() {
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
__fs-queue_offer_flags_options() {
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

__fs-queue_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__fs-queue_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_fs-queue() {
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
    __fs-queue_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|work|status|wait|result|logs|cancel|list|retry|pause|resume|release|edit|priority|on-failure|workers|stats|purge|batch|results|template|run|group|schedule|dashboard|export|doctor|help)
        # Offer subcommand argument completions
        "_fs-queue_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add work status wait result logs cancel list retry pause resume release edit priority on-failure workers stats purge batch results template run group schedule dashboard export doctor help' -- "${cur}"))
        ;;
    esac
}

_fs-queue_add() {
    repeating_flags=()
    non_repeating_flags=(--clean-env --each --stdin --paused --wait --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=(--after --env --tag)
    non_repeating_options=(--priority --retries --delay --max-delay --backoff --retry-on --timeout --in --at --expires --if --group --limit --rate --cwd --on-failure --unique --if-exists --chain --queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--priority')
        __fs-queue_add_completions -W 'critical'$'\n''high'$'\n''normal'$'\n''low'
        return
        ;;
    '--retries')
        return
        ;;
    '--delay')
        return
        ;;
    '--max-delay')
        return
        ;;
    '--backoff')
        __fs-queue_add_completions -W 'exponential'$'\n''fixed'
        return
        ;;
    '--retry-on')
        return
        ;;
    '--timeout')
        return
        ;;
    '--in')
        return
        ;;
    '--at')
        return
        ;;
    '--expires')
        return
        ;;
    '--after')
        return
        ;;
    '--if')
        return
        ;;
    '--group')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--env')
        return
        ;;
    '--cwd')
        __fs-queue_add_completions -d
        return
        ;;
    '--on-failure')
        return
        ;;
    '--tag')
        return
        ;;
    '--unique')
        return
        ;;
    '--if-exists')
        __fs-queue_add_completions -W 'ignore'$'\n''replace'$'\n''reject'
        return
        ;;
    '--chain')
        __fs-queue_add_completions -o plusdirs -fX '!*.@(json)'
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_work() {
    repeating_flags=()
    non_repeating_flags=(--drain --fast --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--workers --grace --starve --output-limit --keep-completed --keep-failed --queue --color)
    __fs-queue_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--workers')
        return
        ;;
    '--grace')
        return
        ;;
    '--starve')
        return
        ;;
    '--output-limit')
        return
        ;;
    '--keep-completed')
        return
        ;;
    '--keep-failed')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_status() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_wait() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--timeout --queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--timeout')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_result() {
    repeating_flags=()
    non_repeating_flags=(--wait --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_logs() {
    repeating_flags=()
    non_repeating_flags=(--follow -f --stdout --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--attempt --queue --color)
    __fs-queue_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--attempt')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_cancel() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--state --limit --tag --group --batch --schedule -o --output --queue --color)
    __fs-queue_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--state')
        __fs-queue_add_completions -W 'paused'$'\n''pending'$'\n''scheduled'$'\n''claimed'$'\n''running'$'\n''retrying'$'\n''completed'$'\n''failed'$'\n''cancelled'$'\n''dead'
        return
        ;;
    '--limit')
        return
        ;;
    '--tag')
        return
        ;;
    '--group')
        return
        ;;
    '--batch')
        return
        ;;
    '--schedule')
        return
        ;;
    '-o'|'--output')
        __fs-queue_add_completions -f
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_retry() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_pause() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_resume() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_release() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_edit() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=(--set)
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_priority() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fs-queue_add_completions -W 'critical'$'\n''high'$'\n''normal'$'\n''low'
        return
        ;;
    esac
}

_fs-queue_on-failure() {
    repeating_flags=()
    non_repeating_flags=(--none --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_workers() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--slots --queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--slots')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_stats() {
    repeating_flags=()
    non_repeating_flags=(--prometheus --json --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(-o --output --queue --color)
    __fs-queue_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __fs-queue_add_completions -f
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_purge() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--older --state --queue --color)
    __fs-queue_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--older')
        return
        ;;
    '--state')
        __fs-queue_add_completions -W 'paused'$'\n''pending'$'\n''scheduled'$'\n''claimed'$'\n''running'$'\n''retrying'$'\n''completed'$'\n''failed'$'\n''cancelled'$'\n''dead'
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_batch() {
    repeating_flags=()
    non_repeating_flags=(--clean-env --wait --quiet -q --verbose -v --version -h --help)
    repeating_options=(--after --env --tag)
    non_repeating_options=(--priority --retries --delay --max-delay --backoff --retry-on --timeout --in --at --expires --if --group --limit --rate --cwd --on-failure --reduce --queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--priority')
        __fs-queue_add_completions -W 'critical'$'\n''high'$'\n''normal'$'\n''low'
        return
        ;;
    '--retries')
        return
        ;;
    '--delay')
        return
        ;;
    '--max-delay')
        return
        ;;
    '--backoff')
        __fs-queue_add_completions -W 'exponential'$'\n''fixed'
        return
        ;;
    '--retry-on')
        return
        ;;
    '--timeout')
        return
        ;;
    '--in')
        return
        ;;
    '--at')
        return
        ;;
    '--expires')
        return
        ;;
    '--after')
        return
        ;;
    '--if')
        return
        ;;
    '--group')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--env')
        return
        ;;
    '--cwd')
        __fs-queue_add_completions -d
        return
        ;;
    '--on-failure')
        return
        ;;
    '--tag')
        return
        ;;
    '--reduce')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_results() {
    repeating_flags=()
    non_repeating_flags=(--check --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(-o --output --queue --color)
    __fs-queue_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __fs-queue_add_completions -f
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_template() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-queue_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    save|show|list|remove|run)
        # Offer subcommand argument completions
        "_fs-queue_template_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'save show list remove run' -- "${cur}"))
        ;;
    esac
}

_fs-queue_template_save() {
    repeating_flags=()
    non_repeating_flags=(--clean-env --quiet -q --version -h --help)
    repeating_options=(--default --after --env --tag)
    non_repeating_options=(--file --description --priority --retries --delay --max-delay --backoff --retry-on --timeout --in --at --expires --if --group --limit --rate --cwd --on-failure)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--file')
        __fs-queue_add_completions -f
        return
        ;;
    '--description')
        return
        ;;
    '--default')
        return
        ;;
    '--priority')
        __fs-queue_add_completions -W 'critical'$'\n''high'$'\n''normal'$'\n''low'
        return
        ;;
    '--retries')
        return
        ;;
    '--delay')
        return
        ;;
    '--max-delay')
        return
        ;;
    '--backoff')
        __fs-queue_add_completions -W 'exponential'$'\n''fixed'
        return
        ;;
    '--retry-on')
        return
        ;;
    '--timeout')
        return
        ;;
    '--in')
        return
        ;;
    '--at')
        return
        ;;
    '--expires')
        return
        ;;
    '--after')
        return
        ;;
    '--if')
        return
        ;;
    '--group')
        return
        ;;
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--env')
        return
        ;;
    '--cwd')
        __fs-queue_add_completions -d
        return
        ;;
    '--on-failure')
        return
        ;;
    '--tag')
        return
        ;;
    esac
}

_fs-queue_template_show() {
    repeating_flags=()
    non_repeating_flags=(--script --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-queue_offer_flags_options 1
}

_fs-queue_template_list() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-queue_offer_flags_options 0
}

_fs-queue_template_remove() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-queue_offer_flags_options 1
}

_fs-queue_template_run() {
    repeating_flags=()
    non_repeating_flags=(--wait --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--priority --unique --if-exists --queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--priority')
        __fs-queue_add_completions -W 'critical'$'\n''high'$'\n''normal'$'\n''low'
        return
        ;;
    '--unique')
        return
        ;;
    '--if-exists')
        __fs-queue_add_completions -W 'ignore'$'\n''replace'$'\n''reject'
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_run() {
    repeating_flags=()
    non_repeating_flags=(--wait --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--priority --unique --if-exists --queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--priority')
        __fs-queue_add_completions -W 'critical'$'\n''high'$'\n''normal'$'\n''low'
        return
        ;;
    '--unique')
        return
        ;;
    '--if-exists')
        __fs-queue_add_completions -W 'ignore'$'\n''replace'$'\n''reject'
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_group() {
    repeating_flags=()
    non_repeating_flags=(--pause --resume --json --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--limit --rate --queue --color)
    __fs-queue_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--limit')
        return
        ;;
    '--rate')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_schedule() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-queue_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    load|next|list|log|remove)
        # Offer subcommand argument completions
        "_fs-queue_schedule_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'load next list log remove' -- "${cur}"))
        ;;
    esac
}

_fs-queue_schedule_load() {
    repeating_flags=()
    non_repeating_flags=(--check --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--file --zone --queue --color)
    __fs-queue_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--file')
        __fs-queue_add_completions -f
        return
        ;;
    '--zone')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_schedule_next() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--count --from --queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--count')
        return
        ;;
    '--from')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_schedule_list() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_schedule_log() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--limit --queue --color)
    __fs-queue_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--limit')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_schedule_remove() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--queue --color)
    __fs-queue_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_dashboard() {
    repeating_flags=()
    non_repeating_flags=(--once --json --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--interval --queue --color)
    __fs-queue_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--interval')
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_export() {
    repeating_flags=()
    non_repeating_flags=(--outputs --history --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--state --tag --after -o --output --queue --color)
    __fs-queue_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--state')
        __fs-queue_add_completions -W 'paused'$'\n''pending'$'\n''scheduled'$'\n''claimed'$'\n''running'$'\n''retrying'$'\n''completed'$'\n''failed'$'\n''cancelled'$'\n''dead'
        return
        ;;
    '--tag')
        return
        ;;
    '--after')
        return
        ;;
    '-o'|'--output')
        __fs-queue_add_completions -f
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_doctor() {
    repeating_flags=()
    non_repeating_flags=(--mend --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--recover --queue --color)
    __fs-queue_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--recover')
        __fs-queue_add_completions -d
        return
        ;;
    '--queue')
        __fs-queue_add_completions -d
        return
        ;;
    '--color')
        __fs-queue_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-queue_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __fs-queue_offer_flags_options -1
}

complete -o filenames -F _fs-queue fs-queue
