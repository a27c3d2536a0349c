#!/bin/bash

__fs-frame_cursor_index_in_current_word() {
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
__fs-frame_offer_flags_options() {
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

__fs-frame_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__fs-frame_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_fs-frame() {
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
    __fs-frame_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    convert|info|optimize|head|tail|sample|select|drop|rename|cast|fill|filter|compute|sort|dedup|merge|join|resample|validate|describe|plot|save|load|db|help)
        # Offer subcommand argument completions
        "_fs-frame_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'convert info optimize head tail sample select drop rename cast fill filter compute sort dedup merge join resample validate describe plot save load db help' -- "${cur}"))
        ;;
    esac
}

_fs-frame_convert() {
    repeating_flags=()
    non_repeating_flags=(--bars --decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--symbol --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--symbol')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_info() {
    repeating_flags=()
    non_repeating_flags=(--json --decimal-comma --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_optimize() {
    repeating_flags=()
    non_repeating_flags=(--report --json --aggressive --decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--max-error --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--max-error')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_head() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(-n --rows --by --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-n'|'--rows')
        return
        ;;
    '--by')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_tail() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(-n --rows --by --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-n'|'--rows')
        return
        ;;
    '--by')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_sample() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(-n --rows --fraction --seed --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-n'|'--rows')
        return
        ;;
    '--fraction')
        return
        ;;
    '--seed')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_select() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_drop() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_rename() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_cast() {
    repeating_flags=()
    non_repeating_flags=(--force --decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_fill() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--with --only --by --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--with')
        return
        ;;
    '--only')
        return
        ;;
    '--by')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_filter() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_compute() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_sort() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--memory --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--memory')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_dedup() {
    repeating_flags=()
    non_repeating_flags=(--last --decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--by --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--by')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_merge() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--by --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--by')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_join() {
    repeating_flags=()
    non_repeating_flags=(--asof --inner --decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--on --tolerance --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--on')
        return
        ;;
    '--tolerance')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fs-frame_add_completions -f
        return
        ;;
    2)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_resample() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--zone --session --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--zone')
        return
        ;;
    '--session')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_validate() {
    repeating_flags=()
    non_repeating_flags=(--repair --decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_describe() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_plot() {
    repeating_flags=()
    non_repeating_flags=(--term --decimal-comma --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=(--indicator)
    non_repeating_options=(--symbol --db --interval --last --style --width --height --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--symbol')
        return
        ;;
    '--indicator')
        return
        ;;
    '--db')
        __fs-frame_add_completions -f
        return
        ;;
    '--interval')
        return
        ;;
    '--last')
        return
        ;;
    '--style')
        __fs-frame_add_completions -W 'auto'$'\n''light'$'\n''dark'
        return
        ;;
    '--width')
        return
        ;;
    '--height')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_save() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--db --interval --symbol --input-format --columns --infer-rows --on-error --delimiter --text --types --null --comment --date-format --input-zone --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--db')
        __fs-frame_add_completions -f
        return
        ;;
    '--interval')
        return
        ;;
    '--symbol')
        return
        ;;
    '--input-format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--columns')
        return
        ;;
    '--infer-rows')
        return
        ;;
    '--on-error')
        __fs-frame_add_completions -W 'stop'$'\n''skip'$'\n''pass'
        return
        ;;
    '--delimiter')
        return
        ;;
    '--text')
        return
        ;;
    '--types')
        return
        ;;
    '--null')
        return
        ;;
    '--comment')
        return
        ;;
    '--date-format')
        return
        ;;
    '--input-zone')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_load() {
    repeating_flags=()
    non_repeating_flags=(--doubles --decimals --timestamps --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--db --interval --from --to --format --cluster --row-group --codec -o --output --color)
    __fs-frame_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--db')
        __fs-frame_add_completions -f
        return
        ;;
    '--interval')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--format')
        __fs-frame_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--cluster')
        return
        ;;
    '--row-group')
        return
        ;;
    '--codec')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_fs-frame_db() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fs-frame_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    stats|check|backup|gc|slow|advise)
        # Offer subcommand argument completions
        "_fs-frame_db_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'stats check backup gc slow advise' -- "${cur}"))
        ;;
    esac
}

_fs-frame_db_stats() {
    repeating_flags=()
    non_repeating_flags=(--stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(-o --output --color)
    __fs-frame_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_db_check() {
    repeating_flags=()
    non_repeating_flags=(--stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(-o --output --color)
    __fs-frame_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_db_backup() {
    repeating_flags=()
    non_repeating_flags=(--stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(-o --output --color)
    __fs-frame_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fs-frame_add_completions -f
        return
        ;;
    2)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_db_gc() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--older --interval -o --output --color)
    __fs-frame_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--older')
        return
        ;;
    '--interval')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_db_slow() {
    repeating_flags=()
    non_repeating_flags=(--stats --quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(-o --output --color)
    __fs-frame_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_db_advise() {
    repeating_flags=()
    non_repeating_flags=(--stats --quiet -q --verbose -v --version -h --help)
    repeating_options=(--sql)
    non_repeating_options=(-o --output --color)
    __fs-frame_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--sql')
        return
        ;;
    '-o'|'--output')
        __fs-frame_add_completions -f
        return
        ;;
    '--color')
        __fs-frame_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fs-frame_add_completions -f
        return
        ;;
    esac
}

_fs-frame_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __fs-frame_offer_flags_options -1
}

complete -o filenames -F _fs-frame fs-frame
