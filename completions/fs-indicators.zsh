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
    local -ar ___indicator=('sma' 'ema' 'wma' 'trima' 'dema' 'tema' 'kama' 'hma' 'ht_trendline' 'rsi' 'macd' 'stoch' 'stochf' 'stochrsi' 'mom' 'roc' 'roct' 'change_percent' 'cmo' 'ppo' 'apo' 'willr' 'cci' 'aroon' 'aroonosc' 'ultosc' 'bop' 'trix' 'adx' 'adxr' 'dx' 'plus_di' 'minus_di' 'sar' 'supertrend' 'ichimoku' 'vortex' 'chop' 'bbands' 'atr' 'natr' 'trange' 'keltner' 'donchian' 'volatility' 'parkinson' 'garman_klass' 'obv' 'ad' 'adosc' 'mfi' 'cmf' 'vwap' 'volume_sma' 'linearreg' 'linearreg_slope' 'tsf' 'stddev' 'var' 'max' 'min' 'zscore' 'drawdown' 'cdldoji' 'cdldragonflydoji' 'cdlhammer' 'cdlhangingman' 'cdlshootingstar' 'cdlspinningtop' 'cdlmarubozu' 'cdlengulfing' 'cdlharami' 'cdlpiercing' 'cdldarkcloudcover' 'cdlmorningstar' 'cdleveningstar' 'cdl3whitesoldiers' 'cdl3blackcrows' 'sentiment')
    local -ar ___explain=('sma' 'ema' 'wma' 'trima' 'dema' 'tema' 'kama' 'hma' 'ht_trendline' 'rsi' 'macd' 'stoch' 'stochf' 'stochrsi' 'mom' 'roc' 'roct' 'change_percent' 'cmo' 'ppo' 'apo' 'willr' 'cci' 'aroon' 'aroonosc' 'ultosc' 'bop' 'trix' 'adx' 'adxr' 'dx' 'plus_di' 'minus_di' 'sar' 'supertrend' 'ichimoku' 'vortex' 'chop' 'bbands' 'atr' 'natr' 'trange' 'keltner' 'donchian' 'volatility' 'parkinson' 'garman_klass' 'obv' 'ad' 'adosc' 'mfi' 'cmf' 'vwap' 'volume_sma' 'linearreg' 'linearreg_slope' 'tsf' 'stddev' 'var' 'max' 'min' 'zscore' 'drawdown' 'cdldoji' 'cdldragonflydoji' 'cdlhammer' 'cdlhangingman' 'cdlshootingstar' 'cdlspinningtop' 'cdlmarubozu' 'cdlengulfing' 'cdlharami' 'cdlpiercing' 'cdldarkcloudcover' 'cdlmorningstar' 'cdleveningstar' 'cdl3whitesoldiers' 'cdl3blackcrows' 'sentiment')
    local -ar ___format=('ndjson' 'arrow' 'arrow-file' 'parquet' 'csv')
    local -ar ___on_error=('stop' 'skip' 'pass')
    local -ar ___color=('auto' 'always' 'never')
    local -ar arg_specs=(
        '*'{-i,--indicator}'[An indicator with its parameters; defaults replace those left out.]:indicator:{__fs-indicators_complete "${___indicator[@]}"}'
        '--all[Compute all indicators, with their default parameters.]'
        '--list[List all indicators\: parameters, inputs, columns, warm-up, meaning.]'
        '--explain[Explain an indicator\: formula, source, warm-up, null rules.]:indicator:{__fs-indicators_complete "${___explain[@]}"}'
        '--signals[Report crosses, breakouts and levels on the bar where they happen.]'
        '--tolerant[With --signals or --analyze\: report near misses as signals, too.]'
        '--analyze[Write one summary for each symbol at the end instead of bars.]'
        '--batch[With --analyze\: one object for all symbols.]'
        '--state[Resume where the last run with this file stopped, and save the state.]:file:_files'
        '--revise[Let a bar replace the last bar of its symbol if both have the same time.]'
        '--last[Write only the newest bar of each symbol, when the input has ended.]'
        '--field[The field that single-input indicators are computed from.]:field:'
        '--by[The field that tells series apart; '\'''\'' if the whole input is one series.]:by:'
        '--prefix[Put this before the name of each added field.]:prefix:'
        '--format[The format to write; overrides the name after -o and FS_FORMAT.]:format:{__fs-indicators_complete "${___format[@]}"}'
        '--doubles[Parquet and Arrow\: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.]'
        '--decimals[Parquet and Arrow\: prices are exact decimals, where their values allow it (the default for Parquet).]'
        '--timestamps[Parquet and Arrow\: dates are timestamps (midnight, without a time zone), as pandas wants its index.]'
        '*--sma[Simple moving average; default 20.]:period,...:'
        '*--ema[Exponential moving average; default 20.]:period,...:'
        '*--wma[Weighted moving average, weights falling by one; default 20.]:period,...:'
        '*--trima[Triangular moving average; default 20.]:period,...:'
        '*--dema[Double exponential moving average; default 20.]:period,...:'
        '*--tema[Triple exponential moving average; default 20.]:period,...:'
        '*--kama[Kaufman'\''s adaptive moving average; default 10.]:period,...:'
        '*--hma[Hull moving average; default 20.]:period,...:'
        '--ht-trendline[Hilbert transform, instantaneous trendline.]'
        '*--rsi[Relative strength index, Wilder'\''s averages; default 14.]:period,...:'
        '*--macd[Moving average convergence/divergence\: line, signal, histogram; default 12,26,9.]:fast,slow,signal:'
        '*--stoch[Slow stochastic oscillator\: K and D; default 14,3,3.]:k,k_slow,d:'
        '*--stochf[Fast stochastic oscillator\: K and D; default 5,3.]:k,d:'
        '*--stochrsi[Stochastic oscillator of the RSI\: K and D; default 14,5,3.]:period,k,d:'
        '*--mom[Momentum\: the change over n bars; default 10.]:period,...:'
        '*--roc[Rate of change over n bars, in percent; default 10.]:period,...:'
        '*--roct[Rate of change over a span of time, in percent; default 1d.]:span,...:'
        '*--roct-bars[The bars of --roct\: a whole number from 1 to 1000000; default 1500.]:bars:'
        '--change-percent[Change from the bar before, in percent.]'
        '*--cmo[Chande momentum oscillator, Wilder'\''s averages; default 14.]:period,...:'
        '*--ppo[Percentage price oscillator; default 12,26.]:fast,slow:'
        '*--ppo-ma[The ma of --ppo\: one of ema, sma; default ema.]:ma:'
        '*--apo[Absolute price oscillator; default 12,26.]:fast,slow:'
        '*--apo-ma[The ma of --apo\: one of ema, sma; default ema.]:ma:'
        '*--willr[Williams'\'' percent range; default 14.]:period,...:'
        '*--cci[Commodity channel index; default 14.]:period,...:'
        '*--aroon[Aroon down and up; default 14.]:period,...:'
        '*--aroonosc[Aroon oscillator\: up minus down; default 14.]:period,...:'
        '*--ultosc[Ultimate oscillator; default 7,14,28.]:p1,p2,p3:'
        '--bop[Balance of power.]'
        '*--trix[Rate of change of a triple-smoothed EMA, in percent; default 15.]:period,...:'
        '*--adx[Average directional movement index; default 14.]:period,...:'
        '*--adxr[Average directional movement rating; default 14.]:period,...:'
        '*--dx[Directional movement index; default 14.]:period,...:'
        '*--plus-di[Plus directional indicator; default 14.]:period,...:'
        '*--minus-di[Minus directional indicator; default 14.]:period,...:'
        '*--sar[Parabolic stop and reverse; default 0.02,0.2.]:acceleration,maximum:'
        '*--supertrend[SuperTrend\: the stop, and the direction\: 1 is up, -1 down; default 10,3.]:period,width:'
        '*--ichimoku[Ichimoku\: tenkan, kijun, and the cloud at this bar; default 9,26,52.]:tenkan,kijun,senkou:'
        '*--vortex[Vortex indicator\: plus and minus; default 14.]:period,...:'
        '*--chop[Choppiness index; default 14.]:period,...:'
        '*--bbands[Bollinger bands\: upper, middle, lower; default 20,2.]:period,width:'
        '*--bbands-ddof[The ddof of --bbands\: a whole number from 0 to 1; default 0.]:ddof:'
        '*--atr[Average true range, Wilder'\''s average; default 14.]:period,...:'
        '*--natr[Average true range in percent of the close; default 14.]:period,...:'
        '--trange[True range.]'
        '*--keltner[Keltner channels\: upper, middle, lower; default 20,10,2.]:period,atr,width:'
        '*--donchian[Donchian channels\: upper, middle, lower; default 20.]:period,...:'
        '*--volatility[Realised volatility of closes, as a fraction per year; default 20.]:period,...:'
        '*--volatility-year[The year of --volatility\: a number from 1 to 100000000; default 252.]:year:'
        '*--parkinson[Realised volatility from high and low, as a fraction per year; default 20.]:period,...:'
        '*--parkinson-year[The year of --parkinson\: a number from 1 to 100000000; default 252.]:year:'
        '*--garman-klass[Realised volatility from open, high, low and close, as a fraction per year; default 20.]:period,...:'
        '*--garman-klass-year[The year of --garman-klass\: a number from 1 to 100000000; default 252.]:year:'
        '--obv[On-balance volume.]'
        '--ad[Chaikin accumulation/distribution line.]'
        '*--adosc[Chaikin oscillator; default 3,10.]:fast,slow:'
        '*--mfi[Money flow index; default 14.]:period,...:'
        '*--cmf[Chaikin money flow; default 20.]:period,...:'
        '*--vwap[Volume-weighted average price since the beginning of the session, of the input, or of a date; default session.]:anchor,...:'
        '*--vwap-utc-offset[The utc-offset of --vwap\: a number from -14 to 14; default 0.]:utc-offset:'
        '*--volume-sma[Average volume, and the ratio of volume to it; default 20.]:period,...:'
        '*--linearreg[End of the regression line over n bars; default 14.]:period,...:'
        '*--linearreg-slope[Slope of the regression line over n bars; default 14.]:period,...:'
        '*--tsf[Regression line over n bars, one bar ahead; default 14.]:period,...:'
        '*--stddev[Standard deviation of the last n values (the population'\''s); default 20.]:period,...:'
        '*--var[Variance of the last n values (the population'\''s); default 20.]:period,...:'
        '*--max[Highest of the last n values; default 30.]:period,...:'
        '*--min[Lowest of the last n values; default 30.]:period,...:'
        '*--zscore[Distance from the mean of n values, in standard deviations; default 20.]:period,...:'
        '--drawdown[Fall from the highest value so far, in percent.]'
        '--cdldoji[Doji\: open and close nearly the same.]'
        '--cdldragonflydoji[Dragonfly doji\: a doji at the top of its range.]'
        '--cdlhammer[Hammer\: a short body on a long lower shadow, near the lows.]'
        '--cdlhangingman[Hanging man\: a short body on a long lower shadow, near the highs.]'
        '--cdlshootingstar[Shooting star\: a short body under a long upper shadow, after a gap up.]'
        '--cdlspinningtop[Spinning top\: a short body between longer shadows.]'
        '--cdlmarubozu[Marubozu\: a long body with hardly any shadow.]'
        '--cdlengulfing[Engulfing\: a body of the other colour that covers the one before.]'
        '--cdlharami[Harami\: a short body inside the long one before.]'
        '--cdlpiercing[Piercing line\: a white body that opens below the low and closes deep in the black one before.]'
        '--cdldarkcloudcover[Dark cloud cover\: a black body that opens above the high and closes deep in the white one before.]'
        '*--cdldarkcloudcover-penetration[The penetration of --cdldarkcloudcover\: a number from 0 to 10; default 0.5.]:penetration:'
        '--cdlmorningstar[Morning star\: down, a star below, up again.]'
        '*--cdlmorningstar-penetration[The penetration of --cdlmorningstar\: a number from 0 to 10; default 0.3.]:penetration:'
        '--cdleveningstar[Evening star\: up, a star above, down again.]'
        '*--cdleveningstar-penetration[The penetration of --cdleveningstar\: a number from 0 to 10; default 0.3.]:penetration:'
        '--cdl3whitesoldiers[Three white soldiers\: three white bodies, each higher.]'
        '--cdl3blackcrows[Three black crows\: three black bodies, each lower.]'
        '--sentiment[Five opinions in one score from -9 to 9, and as a ratio from 0 to 1.]'
        '--on-error[Bad records\: stop at the first, skip them, or pass them through.]:on-error:{__fs-indicators_complete "${___on_error[@]}"}'
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
