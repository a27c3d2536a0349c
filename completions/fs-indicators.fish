function __fs-indicators_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-indicators_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __fs-indicators_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-indicators_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __fs-indicators_parse_tokens -S
    set -l unparsed_tokens (__fs-indicators_tokens -pc)
    switch $unparsed_tokens[1]
    case 'fs-indicators'
        __fs-indicators_parse_subcommand -r 1 'i/indicator=+' 'all' 'list' 'explain=' 'signals' 'tolerant' 'analyze' 'batch' 'state=' 'revise' 'last' 'field=' 'by=' 'prefix=' 'format=' 'doubles' 'decimals' 'timestamps' 'sma=+' 'ema=+' 'wma=+' 'trima=+' 'dema=+' 'tema=+' 'kama=+' 'hma=+' 'ht-trendline' 'rsi=+' 'macd=+' 'stoch=+' 'stochf=+' 'stochrsi=+' 'mom=+' 'roc=+' 'roct=+' 'roct-bars=+' 'change-percent' 'cmo=+' 'ppo=+' 'ppo-ma=+' 'apo=+' 'apo-ma=+' 'willr=+' 'cci=+' 'aroon=+' 'aroonosc=+' 'ultosc=+' 'bop' 'trix=+' 'adx=+' 'adxr=+' 'dx=+' 'plus-di=+' 'minus-di=+' 'sar=+' 'supertrend=+' 'ichimoku=+' 'vortex=+' 'chop=+' 'bbands=+' 'bbands-ddof=+' 'atr=+' 'natr=+' 'trange' 'keltner=+' 'donchian=+' 'volatility=+' 'volatility-year=+' 'parkinson=+' 'parkinson-year=+' 'garman-klass=+' 'garman-klass-year=+' 'obv' 'ad' 'adosc=+' 'mfi=+' 'cmf=+' 'vwap=+' 'vwap-utc-offset=+' 'volume-sma=+' 'linearreg=+' 'linearreg-slope=+' 'tsf=+' 'stddev=+' 'var=+' 'max=+' 'min=+' 'zscore=+' 'drawdown' 'cdldoji' 'cdldragonflydoji' 'cdlhammer' 'cdlhangingman' 'cdlshootingstar' 'cdlspinningtop' 'cdlmarubozu' 'cdlengulfing' 'cdlharami' 'cdlpiercing' 'cdldarkcloudcover' 'cdldarkcloudcover-penetration=+' 'cdlmorningstar' 'cdlmorningstar-penetration=+' 'cdleveningstar' 'cdleveningstar-penetration=+' 'cdl3whitesoldiers' 'cdl3blackcrows' 'sentiment' 'on-error=' 'line-buffered' 'text=' 'types=' 'null=' 'comment=' 'date-format=' 'input-zone=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __fs-indicators_parse_subcommand -r 1 'version'
        end
    end
end

function __fs-indicators_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __fs-indicators_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __fs-indicators_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __fs-indicators_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__fs-indicators_tokens -p)
    if test -z "$(__fs-indicators_tokens -t)"
        set -l index (count (__fs-indicators_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'fs-indicators' -f
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -s 'i' -l 'indicator' -d 'An indicator with its parameters; defaults replace those left out.' -rfka 'sma ema wma trima dema tema kama hma ht_trendline rsi macd stoch stochf stochrsi mom roc roct change_percent cmo ppo apo willr cci aroon aroonosc ultosc bop trix adx adxr dx plus_di minus_di sar supertrend ichimoku vortex chop bbands atr natr trange keltner donchian volatility parkinson garman_klass obv ad adosc mfi cmf vwap volume_sma linearreg linearreg_slope tsf stddev var max min zscore drawdown cdldoji cdldragonflydoji cdlhammer cdlhangingman cdlshootingstar cdlspinningtop cdlmarubozu cdlengulfing cdlharami cdlpiercing cdldarkcloudcover cdlmorningstar cdleveningstar cdl3whitesoldiers cdl3blackcrows sentiment'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" all' -l 'all' -d 'Compute all indicators, with their default parameters.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" list' -l 'list' -d 'List all indicators: parameters, inputs, columns, warm-up, meaning.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" explain' -l 'explain' -d 'Explain an indicator: formula, source, warm-up, null rules.' -rfka 'sma ema wma trima dema tema kama hma ht_trendline rsi macd stoch stochf stochrsi mom roc roct change_percent cmo ppo apo willr cci aroon aroonosc ultosc bop trix adx adxr dx plus_di minus_di sar supertrend ichimoku vortex chop bbands atr natr trange keltner donchian volatility parkinson garman_klass obv ad adosc mfi cmf vwap volume_sma linearreg linearreg_slope tsf stddev var max min zscore drawdown cdldoji cdldragonflydoji cdlhammer cdlhangingman cdlshootingstar cdlspinningtop cdlmarubozu cdlengulfing cdlharami cdlpiercing cdldarkcloudcover cdlmorningstar cdleveningstar cdl3whitesoldiers cdl3blackcrows sentiment'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" signals' -l 'signals' -d 'Report crosses, breakouts and levels on the bar where they happen.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" tolerant' -l 'tolerant' -d 'With --signals or --analyze: report near misses as signals, too.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" analyze' -l 'analyze' -d 'Write one summary for each symbol at the end instead of bars.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" batch' -l 'batch' -d 'With --analyze: one object for all symbols.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" state' -l 'state' -d 'Resume where the last run with this file stopped, and save the state.' -rF
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" revise' -l 'revise' -d 'Let a bar replace the last bar of its symbol if both have the same time.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" last' -l 'last' -d 'Write only the newest bar of each symbol, when the input has ended.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" field' -l 'field' -d 'The field that single-input indicators are computed from.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" by' -l 'by' -d 'The field that tells series apart; \'\' if the whole input is one series.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" prefix' -l 'prefix' -d 'Put this before the name of each added field.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" format' -l 'format' -d 'The format to write; overrides the name after -o and FS_FORMAT.' -rfka 'ndjson arrow arrow-file parquet csv'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" doubles' -l 'doubles' -d 'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" decimals' -l 'decimals' -d 'Parquet and Arrow: prices are exact decimals, where their values allow it (the default for Parquet).'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" timestamps' -l 'timestamps' -d 'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as pandas wants its index.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'sma' -d 'Simple moving average; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'ema' -d 'Exponential moving average; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'wma' -d 'Weighted moving average, weights falling by one; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'trima' -d 'Triangular moving average; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'dema' -d 'Double exponential moving average; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'tema' -d 'Triple exponential moving average; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'kama' -d 'Kaufman\'s adaptive moving average; default 10.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'hma' -d 'Hull moving average; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" ht-trendline' -l 'ht-trendline' -d 'Hilbert transform, instantaneous trendline.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'rsi' -d 'Relative strength index, Wilder\'s averages; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'macd' -d 'Moving average convergence/divergence: line, signal, histogram; default 12,26,9.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'stoch' -d 'Slow stochastic oscillator: K and D; default 14,3,3.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'stochf' -d 'Fast stochastic oscillator: K and D; default 5,3.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'stochrsi' -d 'Stochastic oscillator of the RSI: K and D; default 14,5,3.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'mom' -d 'Momentum: the change over n bars; default 10.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'roc' -d 'Rate of change over n bars, in percent; default 10.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'roct' -d 'Rate of change over a span of time, in percent; default 1d.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'roct-bars' -d 'The bars of --roct: a whole number from 1 to 1000000; default 1500.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" change-percent' -l 'change-percent' -d 'Change from the bar before, in percent.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'cmo' -d 'Chande momentum oscillator, Wilder\'s averages; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'ppo' -d 'Percentage price oscillator; default 12,26.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'ppo-ma' -d 'The ma of --ppo: one of ema, sma; default ema.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'apo' -d 'Absolute price oscillator; default 12,26.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'apo-ma' -d 'The ma of --apo: one of ema, sma; default ema.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'willr' -d 'Williams\' percent range; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'cci' -d 'Commodity channel index; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'aroon' -d 'Aroon down and up; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'aroonosc' -d 'Aroon oscillator: up minus down; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'ultosc' -d 'Ultimate oscillator; default 7,14,28.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" bop' -l 'bop' -d 'Balance of power.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'trix' -d 'Rate of change of a triple-smoothed EMA, in percent; default 15.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'adx' -d 'Average directional movement index; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'adxr' -d 'Average directional movement rating; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'dx' -d 'Directional movement index; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'plus-di' -d 'Plus directional indicator; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'minus-di' -d 'Minus directional indicator; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'sar' -d 'Parabolic stop and reverse; default 0.02,0.2.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'supertrend' -d 'SuperTrend: the stop, and the direction: 1 is up, -1 down; default 10,3.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'ichimoku' -d 'Ichimoku: tenkan, kijun, and the cloud at this bar; default 9,26,52.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'vortex' -d 'Vortex indicator: plus and minus; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'chop' -d 'Choppiness index; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'bbands' -d 'Bollinger bands: upper, middle, lower; default 20,2.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'bbands-ddof' -d 'The ddof of --bbands: a whole number from 0 to 1; default 0.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'atr' -d 'Average true range, Wilder\'s average; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'natr' -d 'Average true range in percent of the close; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" trange' -l 'trange' -d 'True range.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'keltner' -d 'Keltner channels: upper, middle, lower; default 20,10,2.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'donchian' -d 'Donchian channels: upper, middle, lower; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'volatility' -d 'Realised volatility of closes, as a fraction per year; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'volatility-year' -d 'The year of --volatility: a number from 1 to 100000000; default 252.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'parkinson' -d 'Realised volatility from high and low, as a fraction per year; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'parkinson-year' -d 'The year of --parkinson: a number from 1 to 100000000; default 252.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'garman-klass' -d 'Realised volatility from open, high, low and close, as a fraction per year; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'garman-klass-year' -d 'The year of --garman-klass: a number from 1 to 100000000; default 252.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" obv' -l 'obv' -d 'On-balance volume.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" ad' -l 'ad' -d 'Chaikin accumulation/distribution line.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'adosc' -d 'Chaikin oscillator; default 3,10.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'mfi' -d 'Money flow index; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'cmf' -d 'Chaikin money flow; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'vwap' -d 'Volume-weighted average price since the beginning of the session, of the input, or of a date; default session.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'vwap-utc-offset' -d 'The utc-offset of --vwap: a number from -14 to 14; default 0.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'volume-sma' -d 'Average volume, and the ratio of volume to it; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'linearreg' -d 'End of the regression line over n bars; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'linearreg-slope' -d 'Slope of the regression line over n bars; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'tsf' -d 'Regression line over n bars, one bar ahead; default 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'stddev' -d 'Standard deviation of the last n values (the population\'s); default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'var' -d 'Variance of the last n values (the population\'s); default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'max' -d 'Highest of the last n values; default 30.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'min' -d 'Lowest of the last n values; default 30.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'zscore' -d 'Distance from the mean of n values, in standard deviations; default 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" drawdown' -l 'drawdown' -d 'Fall from the highest value so far, in percent.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdldoji' -l 'cdldoji' -d 'Doji: open and close nearly the same.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdldragonflydoji' -l 'cdldragonflydoji' -d 'Dragonfly doji: a doji at the top of its range.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdlhammer' -l 'cdlhammer' -d 'Hammer: a short body on a long lower shadow, near the lows.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdlhangingman' -l 'cdlhangingman' -d 'Hanging man: a short body on a long lower shadow, near the highs.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdlshootingstar' -l 'cdlshootingstar' -d 'Shooting star: a short body under a long upper shadow, after a gap up.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdlspinningtop' -l 'cdlspinningtop' -d 'Spinning top: a short body between longer shadows.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdlmarubozu' -l 'cdlmarubozu' -d 'Marubozu: a long body with hardly any shadow.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdlengulfing' -l 'cdlengulfing' -d 'Engulfing: a body of the other colour that covers the one before.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdlharami' -l 'cdlharami' -d 'Harami: a short body inside the long one before.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdlpiercing' -l 'cdlpiercing' -d 'Piercing line: a white body that opens below the low and closes deep in the black one before.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdldarkcloudcover' -l 'cdldarkcloudcover' -d 'Dark cloud cover: a black body that opens above the high and closes deep in the white one before.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'cdldarkcloudcover-penetration' -d 'The penetration of --cdldarkcloudcover: a number from 0 to 10; default 0.5.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdlmorningstar' -l 'cdlmorningstar' -d 'Morning star: down, a star below, up again.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'cdlmorningstar-penetration' -d 'The penetration of --cdlmorningstar: a number from 0 to 10; default 0.3.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdleveningstar' -l 'cdleveningstar' -d 'Evening star: up, a star above, down again.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'cdleveningstar-penetration' -d 'The penetration of --cdleveningstar: a number from 0 to 10; default 0.3.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdl3whitesoldiers' -l 'cdl3whitesoldiers' -d 'Three white soldiers: three white bodies, each higher.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" cdl3blackcrows' -l 'cdl3blackcrows' -d 'Three black crows: three black bodies, each lower.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" sentiment' -l 'sentiment' -d 'Five opinions in one score from -9 to 9, and as a ratio from 0 to 1.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" on-error' -l 'on-error' -d 'Bad records: stop at the first, skip them, or pass them through.' -rfka 'stop skip pass'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" line-buffered' -l 'line-buffered' -d 'Write each line as soon as its input line is complete (the default on a terminal).'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" text' -l 'text' -d 'CSV: these columns are texts, whatever they look like (symbol always is).' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" types' -l 'types' -d 'CSV: the types of columns: text, int64, float64, date, timestamp or bool.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" null' -l 'null' -d 'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" comment' -l 'comment' -d 'CSV: pass over lines that begin with this character.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" date-format' -l 'date-format' -d 'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 is understood all the same.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" input-zone' -l 'input-zone' -d 'CSV: the zone of times that name none, by its name in the tz database.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_positional "fs-indicators" -ge 1' -F
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" version' -l 'version' -d 'Show the version.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_positional "fs-indicators" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators help" version' -l 'version' -d 'Show the version.'
