# fs-indicators for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
function __fs_indicators_command --no-scope-shadowing
    switch $at
        case ''
            set commands \
                'help'\t'Show subcommand help information'
            set options \
                '-i=sma,ema,wma,trima,dema,tema,kama,hma,ht_trendline,rsi,macd,stoch,stochf,stochrsi,mom,roc,roct,change_percent,cmo,ppo,apo,willr,cci,aroon,aroonosc,ultosc,bop,trix,adx,adxr,dx,plus_di,minus_di,sar,supertrend,ichimoku,vortex,chop,bbands,atr,natr,trange,keltner,donchian,volatility,parkinson,garman_klass,obv,ad,adosc,mfi,cmf,vwap,volume_sma,linearreg,linearreg_slope,tsf,stddev,var,max,min,zscore,drawdown,cdldoji,cdldragonflydoji,cdlhammer,cdlhangingman,cdlshootingstar,cdlspinningtop,cdlmarubozu,cdlengulfing,cdlharami,cdlpiercing,cdldarkcloudcover,cdlmorningstar,cdleveningstar,cdl3whitesoldiers,cdl3blackcrows,sentiment'\t'An indicator with its parameters; defaults replace those left out' \
                '--indicator=sma,ema,wma,trima,dema,tema,kama,hma,ht_trendline,rsi,macd,stoch,stochf,stochrsi,mom,roc,roct,change_percent,cmo,ppo,apo,willr,cci,aroon,aroonosc,ultosc,bop,trix,adx,adxr,dx,plus_di,minus_di,sar,supertrend,ichimoku,vortex,chop,bbands,atr,natr,trange,keltner,donchian,volatility,parkinson,garman_klass,obv,ad,adosc,mfi,cmf,vwap,volume_sma,linearreg,linearreg_slope,tsf,stddev,var,max,min,zscore,drawdown,cdldoji,cdldragonflydoji,cdlhammer,cdlhangingman,cdlshootingstar,cdlspinningtop,cdlmarubozu,cdlengulfing,cdlharami,cdlpiercing,cdldarkcloudcover,cdlmorningstar,cdleveningstar,cdl3whitesoldiers,cdl3blackcrows,sentiment'\t'An indicator with its parameters; defaults replace those left out' \
                '--all'\t'Compute all indicators, with their default parameters' \
                '--list'\t'List all indicators: parameters, inputs, columns, warm-up, meaning' \
                '--explain=sma,ema,wma,trima,dema,tema,kama,hma,ht_trendline,rsi,macd,stoch,stochf,stochrsi,mom,roc,roct,change_percent,cmo,ppo,apo,willr,cci,aroon,aroonosc,ultosc,bop,trix,adx,adxr,dx,plus_di,minus_di,sar,supertrend,ichimoku,vortex,chop,bbands,atr,natr,trange,keltner,donchian,volatility,parkinson,garman_klass,obv,ad,adosc,mfi,cmf,vwap,volume_sma,linearreg,linearreg_slope,tsf,stddev,var,max,min,zscore,drawdown,cdldoji,cdldragonflydoji,cdlhammer,cdlhangingman,cdlshootingstar,cdlspinningtop,cdlmarubozu,cdlengulfing,cdlharami,cdlpiercing,cdldarkcloudcover,cdlmorningstar,cdleveningstar,cdl3whitesoldiers,cdl3blackcrows,sentiment'\t'Explain an indicator: formula, source, warm-up, null rules' \
                '--signals'\t'Report crosses, breakouts and levels on the bar where they happen' \
                '--tolerant'\t'With --signals or --analyze: report near misses as signals, too' \
                '--analyze'\t'Write one summary for each symbol at the end instead of bars' \
                '--batch'\t'With --analyze: one object for all symbols' \
                '--state=.'\t'Resume where the last run with this file stopped, and save the state' \
                '--revise'\t'Let a bar replace the last bar of its symbol if both have the same time' \
                '--last'\t'Write only the newest bar of each symbol, when the input has ended' \
                '--field='\t'The field that single-input indicators are computed from' \
                '--by='\t'The field that tells series apart; \'\' if the whole input is one series' \
                '--prefix='\t'Put this before the name of each added field' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write; overrides the name after -o and FS_FORMAT' \
                '--doubles'\t'Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...' \
                '--decimals'\t'Parquet and Arrow: prices are exact decimals, where their values allow it ...' \
                '--timestamps'\t'Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...' \
                '--sma='\t'Simple moving average; default 20' \
                '--ema='\t'Exponential moving average; default 20' \
                '--wma='\t'Weighted moving average, weights falling by one; default 20' \
                '--trima='\t'Triangular moving average; default 20' \
                '--dema='\t'Double exponential moving average; default 20' \
                '--tema='\t'Triple exponential moving average; default 20' \
                '--kama='\t'Kaufman\'s adaptive moving average; default 10' \
                '--hma='\t'Hull moving average; default 20' \
                '--ht-trendline'\t'Hilbert transform, instantaneous trendline' \
                '--rsi='\t'Relative strength index, Wilder\'s averages; default 14' \
                '--macd='\t'Moving average convergence/divergence: line, signal, histogram; default 12,26,9' \
                '--stoch='\t'Slow stochastic oscillator: K and D; default 14,3,3' \
                '--stochf='\t'Fast stochastic oscillator: K and D; default 5,3' \
                '--stochrsi='\t'Stochastic oscillator of the RSI: K and D; default 14,5,3' \
                '--mom='\t'Momentum: the change over n bars; default 10' \
                '--roc='\t'Rate of change over n bars, in percent; default 10' \
                '--roct='\t'Rate of change over a span of time, in percent; default 1d' \
                '--roct-bars='\t'The bars of --roct: a whole number from 1 to 1000000; default 1500' \
                '--change-percent'\t'Change from the bar before, in percent' \
                '--cmo='\t'Chande momentum oscillator, Wilder\'s averages; default 14' \
                '--ppo='\t'Percentage price oscillator; default 12,26' \
                '--ppo-ma='\t'The ma of --ppo: one of ema, sma; default ema' \
                '--apo='\t'Absolute price oscillator; default 12,26' \
                '--apo-ma='\t'The ma of --apo: one of ema, sma; default ema' \
                '--willr='\t'Williams\' percent range; default 14' \
                '--cci='\t'Commodity channel index; default 14' \
                '--aroon='\t'Aroon down and up; default 14' \
                '--aroonosc='\t'Aroon oscillator: up minus down; default 14' \
                '--ultosc='\t'Ultimate oscillator; default 7,14,28' \
                '--bop'\t'Balance of power' \
                '--trix='\t'Rate of change of a triple-smoothed EMA, in percent; default 15' \
                '--adx='\t'Average directional movement index; default 14' \
                '--adxr='\t'Average directional movement rating; default 14' \
                '--dx='\t'Directional movement index; default 14' \
                '--plus-di='\t'Plus directional indicator; default 14' \
                '--minus-di='\t'Minus directional indicator; default 14' \
                '--sar='\t'Parabolic stop and reverse; default 0.02,0.2' \
                '--supertrend='\t'SuperTrend: the stop, and the direction: 1 is up, -1 down; default 10,3' \
                '--ichimoku='\t'Ichimoku: tenkan, kijun, and the cloud at this bar; default 9,26,52' \
                '--vortex='\t'Vortex indicator: plus and minus; default 14' \
                '--chop='\t'Choppiness index; default 14' \
                '--bbands='\t'Bollinger bands: upper, middle, lower; default 20,2' \
                '--bbands-ddof='\t'The ddof of --bbands: a whole number from 0 to 1; default 0' \
                '--atr='\t'Average true range, Wilder\'s average; default 14' \
                '--natr='\t'Average true range in percent of the close; default 14' \
                '--trange'\t'True range' \
                '--keltner='\t'Keltner channels: upper, middle, lower; default 20,10,2' \
                '--donchian='\t'Donchian channels: upper, middle, lower; default 20' \
                '--volatility='\t'Realised volatility of closes, as a fraction per year; default 20' \
                '--volatility-year='\t'The year of --volatility: a number from 1 to 100000000; default 252' \
                '--parkinson='\t'Realised volatility from high and low, as a fraction per year; default 20' \
                '--parkinson-year='\t'The year of --parkinson: a number from 1 to 100000000; default 252' \
                '--garman-klass='\t'Realised volatility from open, high, low and close, as a fraction per year; ...' \
                '--garman-klass-year='\t'The year of --garman-klass: a number from 1 to 100000000; default 252' \
                '--obv'\t'On-balance volume' \
                '--ad'\t'Chaikin accumulation/distribution line' \
                '--adosc='\t'Chaikin oscillator; default 3,10' \
                '--mfi='\t'Money flow index; default 14' \
                '--cmf='\t'Chaikin money flow; default 20' \
                '--vwap='\t'Volume-weighted average price since the beginning of the session, of the ...' \
                '--vwap-utc-offset='\t'The utc-offset of --vwap: a number from -14 to 14; default 0' \
                '--volume-sma='\t'Average volume, and the ratio of volume to it; default 20' \
                '--linearreg='\t'End of the regression line over n bars; default 14' \
                '--linearreg-slope='\t'Slope of the regression line over n bars; default 14' \
                '--tsf='\t'Regression line over n bars, one bar ahead; default 14' \
                '--stddev='\t'Standard deviation of the last n values (the population\'s); default 20' \
                '--var='\t'Variance of the last n values (the population\'s); default 20' \
                '--max='\t'Highest of the last n values; default 30' \
                '--min='\t'Lowest of the last n values; default 30' \
                '--zscore='\t'Distance from the mean of n values, in standard deviations; default 20' \
                '--drawdown'\t'Fall from the highest value so far, in percent' \
                '--cdldoji'\t'Doji: open and close nearly the same' \
                '--cdldragonflydoji'\t'Dragonfly doji: a doji at the top of its range' \
                '--cdlhammer'\t'Hammer: a short body on a long lower shadow, near the lows' \
                '--cdlhangingman'\t'Hanging man: a short body on a long lower shadow, near the highs' \
                '--cdlshootingstar'\t'Shooting star: a short body under a long upper shadow, after a gap up' \
                '--cdlspinningtop'\t'Spinning top: a short body between longer shadows' \
                '--cdlmarubozu'\t'Marubozu: a long body with hardly any shadow' \
                '--cdlengulfing'\t'Engulfing: a body of the other colour that covers the one before' \
                '--cdlharami'\t'Harami: a short body inside the long one before' \
                '--cdlpiercing'\t'Piercing line: a white body that opens below the low and closes deep in the ...' \
                '--cdldarkcloudcover'\t'Dark cloud cover: a black body that opens above the high and closes deep in ...' \
                '--cdldarkcloudcover-penetration='\t'The penetration of --cdldarkcloudcover: a number from 0 to 10; default 0.5' \
                '--cdlmorningstar'\t'Morning star: down, a star below, up again' \
                '--cdlmorningstar-penetration='\t'The penetration of --cdlmorningstar: a number from 0 to 10; default 0.3' \
                '--cdleveningstar'\t'Evening star: up, a star above, down again' \
                '--cdleveningstar-penetration='\t'The penetration of --cdleveningstar: a number from 0 to 10; default 0.3' \
                '--cdl3whitesoldiers'\t'Three white soldiers: three white bodies, each higher' \
                '--cdl3blackcrows'\t'Three black crows: three black bodies, each lower' \
                '--sentiment'\t'Five opinions in one score from -9 to 9, and as a ratio from 0 to 1' \
                '--on-error=stop,skip,pass'\t'Bad records: stop at the first, skip them, or pass them through (default: ...' \
                '--line-buffered'\t'Write each line as soon as its input line is complete (the default on a ...' \
                '--text='\t'CSV: these columns are texts, whatever they look like (symbol and ticker ...' \
                '--types='\t'CSV: the types of columns: text, int64, float64, date, timestamp or bool' \
                '--null='\t'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...' \
                '--comment='\t'CSV: pass over lines that begin with this character' \
                '--date-format='\t'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 ...' \
                '--input-zone='\t'CSV: the zone of times that name none, by its name in the tz database' \
                '-o=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--output=.'\t'Write to this file instead of standard output; it appears complete or not at all' \
                '--stats'\t'Print one JSON line on standard error at the end: records, bytes, seconds, ...' \
                '--quiet'\t'Print errors only' \
                '-q'\t'Print errors only' \
                '--verbose'\t'Print more messages' \
                '-v'\t'Print more messages' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' help'
            set commands
            set options
            set arguments ''
    end
end

# Whether an option takes a value, and which.
function __fs_indicators_takes --no-scope-shadowing
    for option in $options
        set -l name (string split -m 1 \t -- $option)[1]
        if string match -q -- "$argv[1]=*" $name
            set kind (string split -m 1 = -- $name)[2]
            return 0
        end
    end
    return 1
end

function __fs_indicators_values
    switch $argv[1]
        case ''
        case .
            __fish_complete_path $argv[2]
        case /
            __fish_complete_directories $argv[2]
        case '*'
            string split , -- $argv[1]
    end
end

function __fs_indicators
    set -l commands
    set -l options
    set -l arguments
    set -l at ''
    set -l takes 0
    set -l kind ''
    set -l given 0
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    __fs_indicators_command
    for i in (seq (count $words))
        test $i = 1; and continue
        set -l word $words[$i]
        if test $takes = 1
            set takes 0
            continue
        end
        switch $word
            case --
                # A command of its own follows.
                set -e words[1..$i]
                complete -C (string join ' ' -- (string escape -- $words) "$current")
                return
            case '-*=*'
            case '-*'
                __fs_indicators_takes $word; and set takes 1
            case '*'
                if test $given = 0; and string match -qr -- "^$(string escape --style=regex -- $word)\t" $commands
                    set at "$at $word"
                    __fs_indicators_command
                else
                    set given (math $given + 1)
                end
        end
    end
    if test $takes = 1
        __fs_indicators_values "$kind" "$current"
    else if string match -q -- '-*=*' $current
        set -l parts (string split -m 1 = -- $current)
        __fs_indicators_takes $parts[1]; and string replace -r -- '^' "$parts[1]=" (__fs_indicators_values "$kind" "$parts[2]")
    else if string match -q -- '-*' $current
        string replace -r -- '=[^\t]*' '' $options
    else
        test $given = 0; and string join \n -- $commands
        if set -q arguments[1]
            set -l place (math "min($given + 1, $(count $arguments))")
            __fs_indicators_values "$arguments[$place]" "$current"
        end
    end
end

complete -c fs-indicators -e
complete -c fs-indicators -f -a '(__fs_indicators)'
