#!/bin/bash

__fs-indicators_cursor_index_in_current_word() {
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
__fs-indicators_offer_flags_options() {
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

__fs-indicators_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__fs-indicators_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_fs-indicators() {
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
    local -a non_repeating_flags=(--all --list --signals --tolerant --analyze --batch --revise --last --doubles --decimals --timestamps --ht-trendline --change-percent --bop --trange --obv --ad --drawdown --cdldoji --cdldragonflydoji --cdlhammer --cdlhangingman --cdlshootingstar --cdlspinningtop --cdlmarubozu --cdlengulfing --cdlharami --cdlpiercing --cdldarkcloudcover --cdlmorningstar --cdleveningstar --cdl3whitesoldiers --cdl3blackcrows --sentiment --line-buffered --stats --quiet -q --verbose -v --version -h --help)
    local -a repeating_options=(-i --indicator --sma --ema --wma --trima --dema --tema --kama --hma --rsi --macd --stoch --stochf --stochrsi --mom --roc --roct --roct-bars --cmo --ppo --ppo-ma --apo --apo-ma --willr --cci --aroon --aroonosc --ultosc --trix --adx --adxr --dx --plus-di --minus-di --sar --supertrend --ichimoku --vortex --chop --bbands --bbands-ddof --atr --natr --keltner --donchian --volatility --volatility-year --parkinson --parkinson-year --garman-klass --garman-klass-year --adosc --mfi --cmf --vwap --vwap-utc-offset --volume-sma --linearreg --linearreg-slope --tsf --stddev --var --max --min --zscore --cdldarkcloudcover-penetration --cdlmorningstar-penetration --cdleveningstar-penetration)
    local -a non_repeating_options=(--explain --state --field --by --prefix --format --on-error --text --types --null --comment --date-format --input-zone -o --output --color)
    __fs-indicators_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--indicator')
        __fs-indicators_add_completions -W 'sma'$'\n''ema'$'\n''wma'$'\n''trima'$'\n''dema'$'\n''tema'$'\n''kama'$'\n''hma'$'\n''ht_trendline'$'\n''rsi'$'\n''macd'$'\n''stoch'$'\n''stochf'$'\n''stochrsi'$'\n''mom'$'\n''roc'$'\n''roct'$'\n''change_percent'$'\n''cmo'$'\n''ppo'$'\n''apo'$'\n''willr'$'\n''cci'$'\n''aroon'$'\n''aroonosc'$'\n''ultosc'$'\n''bop'$'\n''trix'$'\n''adx'$'\n''adxr'$'\n''dx'$'\n''plus_di'$'\n''minus_di'$'\n''sar'$'\n''supertrend'$'\n''ichimoku'$'\n''vortex'$'\n''chop'$'\n''bbands'$'\n''atr'$'\n''natr'$'\n''trange'$'\n''keltner'$'\n''donchian'$'\n''volatility'$'\n''parkinson'$'\n''garman_klass'$'\n''obv'$'\n''ad'$'\n''adosc'$'\n''mfi'$'\n''cmf'$'\n''vwap'$'\n''volume_sma'$'\n''linearreg'$'\n''linearreg_slope'$'\n''tsf'$'\n''stddev'$'\n''var'$'\n''max'$'\n''min'$'\n''zscore'$'\n''drawdown'$'\n''cdldoji'$'\n''cdldragonflydoji'$'\n''cdlhammer'$'\n''cdlhangingman'$'\n''cdlshootingstar'$'\n''cdlspinningtop'$'\n''cdlmarubozu'$'\n''cdlengulfing'$'\n''cdlharami'$'\n''cdlpiercing'$'\n''cdldarkcloudcover'$'\n''cdlmorningstar'$'\n''cdleveningstar'$'\n''cdl3whitesoldiers'$'\n''cdl3blackcrows'$'\n''sentiment'
        return
        ;;
    '--explain')
        __fs-indicators_add_completions -W 'sma'$'\n''ema'$'\n''wma'$'\n''trima'$'\n''dema'$'\n''tema'$'\n''kama'$'\n''hma'$'\n''ht_trendline'$'\n''rsi'$'\n''macd'$'\n''stoch'$'\n''stochf'$'\n''stochrsi'$'\n''mom'$'\n''roc'$'\n''roct'$'\n''change_percent'$'\n''cmo'$'\n''ppo'$'\n''apo'$'\n''willr'$'\n''cci'$'\n''aroon'$'\n''aroonosc'$'\n''ultosc'$'\n''bop'$'\n''trix'$'\n''adx'$'\n''adxr'$'\n''dx'$'\n''plus_di'$'\n''minus_di'$'\n''sar'$'\n''supertrend'$'\n''ichimoku'$'\n''vortex'$'\n''chop'$'\n''bbands'$'\n''atr'$'\n''natr'$'\n''trange'$'\n''keltner'$'\n''donchian'$'\n''volatility'$'\n''parkinson'$'\n''garman_klass'$'\n''obv'$'\n''ad'$'\n''adosc'$'\n''mfi'$'\n''cmf'$'\n''vwap'$'\n''volume_sma'$'\n''linearreg'$'\n''linearreg_slope'$'\n''tsf'$'\n''stddev'$'\n''var'$'\n''max'$'\n''min'$'\n''zscore'$'\n''drawdown'$'\n''cdldoji'$'\n''cdldragonflydoji'$'\n''cdlhammer'$'\n''cdlhangingman'$'\n''cdlshootingstar'$'\n''cdlspinningtop'$'\n''cdlmarubozu'$'\n''cdlengulfing'$'\n''cdlharami'$'\n''cdlpiercing'$'\n''cdldarkcloudcover'$'\n''cdlmorningstar'$'\n''cdleveningstar'$'\n''cdl3whitesoldiers'$'\n''cdl3blackcrows'$'\n''sentiment'
        return
        ;;
    '--state')
        __fs-indicators_add_completions -f
        return
        ;;
    '--field')
        return
        ;;
    '--by')
        return
        ;;
    '--prefix')
        return
        ;;
    '--format')
        __fs-indicators_add_completions -W 'ndjson'$'\n''arrow'$'\n''arrow-file'$'\n''parquet'$'\n''csv'
        return
        ;;
    '--sma')
        return
        ;;
    '--ema')
        return
        ;;
    '--wma')
        return
        ;;
    '--trima')
        return
        ;;
    '--dema')
        return
        ;;
    '--tema')
        return
        ;;
    '--kama')
        return
        ;;
    '--hma')
        return
        ;;
    '--rsi')
        return
        ;;
    '--macd')
        return
        ;;
    '--stoch')
        return
        ;;
    '--stochf')
        return
        ;;
    '--stochrsi')
        return
        ;;
    '--mom')
        return
        ;;
    '--roc')
        return
        ;;
    '--roct')
        return
        ;;
    '--roct-bars')
        return
        ;;
    '--cmo')
        return
        ;;
    '--ppo')
        return
        ;;
    '--ppo-ma')
        return
        ;;
    '--apo')
        return
        ;;
    '--apo-ma')
        return
        ;;
    '--willr')
        return
        ;;
    '--cci')
        return
        ;;
    '--aroon')
        return
        ;;
    '--aroonosc')
        return
        ;;
    '--ultosc')
        return
        ;;
    '--trix')
        return
        ;;
    '--adx')
        return
        ;;
    '--adxr')
        return
        ;;
    '--dx')
        return
        ;;
    '--plus-di')
        return
        ;;
    '--minus-di')
        return
        ;;
    '--sar')
        return
        ;;
    '--supertrend')
        return
        ;;
    '--ichimoku')
        return
        ;;
    '--vortex')
        return
        ;;
    '--chop')
        return
        ;;
    '--bbands')
        return
        ;;
    '--bbands-ddof')
        return
        ;;
    '--atr')
        return
        ;;
    '--natr')
        return
        ;;
    '--keltner')
        return
        ;;
    '--donchian')
        return
        ;;
    '--volatility')
        return
        ;;
    '--volatility-year')
        return
        ;;
    '--parkinson')
        return
        ;;
    '--parkinson-year')
        return
        ;;
    '--garman-klass')
        return
        ;;
    '--garman-klass-year')
        return
        ;;
    '--adosc')
        return
        ;;
    '--mfi')
        return
        ;;
    '--cmf')
        return
        ;;
    '--vwap')
        return
        ;;
    '--vwap-utc-offset')
        return
        ;;
    '--volume-sma')
        return
        ;;
    '--linearreg')
        return
        ;;
    '--linearreg-slope')
        return
        ;;
    '--tsf')
        return
        ;;
    '--stddev')
        return
        ;;
    '--var')
        return
        ;;
    '--max')
        return
        ;;
    '--min')
        return
        ;;
    '--zscore')
        return
        ;;
    '--cdldarkcloudcover-penetration')
        return
        ;;
    '--cdlmorningstar-penetration')
        return
        ;;
    '--cdleveningstar-penetration')
        return
        ;;
    '--on-error')
        __fs-indicators_add_completions -W 'stop'$'\n''skip'$'\n''pass'
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
        __fs-indicators_add_completions -f
        return
        ;;
    '--color')
        __fs-indicators_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fs-indicators_add_completions -f
        return
        ;;
    esac

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    help)
        # Offer subcommand argument completions
        "_fs-indicators_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'help' -- "${cur}"))
        ;;
    esac
}

_fs-indicators_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __fs-indicators_offer_flags_options -1
}

complete -o filenames -F _fs-indicators fs-indicators
