#compdef fs-indicators
# fs-indicators for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_indicators_command() {
  offered=() flags=() arguments=()
  case $1 in
    '')
      offered=(
        'help:Show subcommand help information')
      flags=(
        '-i=sma,ema,wma,trima,dema,tema,kama,hma,ht_trendline,rsi,macd,stoch,stochf,stochrsi,mom,roc,roct,change_percent,cmo,ppo,apo,willr,cci,aroon,aroonosc,ultosc,bop,trix,adx,adxr,dx,plus_di,minus_di,sar,supertrend,ichimoku,vortex,chop,bbands,atr,natr,trange,keltner,donchian,volatility,parkinson,garman_klass,obv,ad,adosc,mfi,cmf,vwap,volume_sma,linearreg,linearreg_slope,tsf,stddev,var,max,min,zscore,drawdown,cdldoji,cdldragonflydoji,cdlhammer,cdlhangingman,cdlshootingstar,cdlspinningtop,cdlmarubozu,cdlengulfing,cdlharami,cdlpiercing,cdldarkcloudcover,cdlmorningstar,cdleveningstar,cdl3whitesoldiers,cdl3blackcrows,sentiment:An indicator with its parameters; defaults replace those left out'
        '--indicator=sma,ema,wma,trima,dema,tema,kama,hma,ht_trendline,rsi,macd,stoch,stochf,stochrsi,mom,roc,roct,change_percent,cmo,ppo,apo,willr,cci,aroon,aroonosc,ultosc,bop,trix,adx,adxr,dx,plus_di,minus_di,sar,supertrend,ichimoku,vortex,chop,bbands,atr,natr,trange,keltner,donchian,volatility,parkinson,garman_klass,obv,ad,adosc,mfi,cmf,vwap,volume_sma,linearreg,linearreg_slope,tsf,stddev,var,max,min,zscore,drawdown,cdldoji,cdldragonflydoji,cdlhammer,cdlhangingman,cdlshootingstar,cdlspinningtop,cdlmarubozu,cdlengulfing,cdlharami,cdlpiercing,cdldarkcloudcover,cdlmorningstar,cdleveningstar,cdl3whitesoldiers,cdl3blackcrows,sentiment:An indicator with its parameters; defaults replace those left out'
        '--all:Compute all indicators, with their default parameters'
        '--list:List all indicators: parameters, inputs, columns, warm-up, meaning'
        '--explain=sma,ema,wma,trima,dema,tema,kama,hma,ht_trendline,rsi,macd,stoch,stochf,stochrsi,mom,roc,roct,change_percent,cmo,ppo,apo,willr,cci,aroon,aroonosc,ultosc,bop,trix,adx,adxr,dx,plus_di,minus_di,sar,supertrend,ichimoku,vortex,chop,bbands,atr,natr,trange,keltner,donchian,volatility,parkinson,garman_klass,obv,ad,adosc,mfi,cmf,vwap,volume_sma,linearreg,linearreg_slope,tsf,stddev,var,max,min,zscore,drawdown,cdldoji,cdldragonflydoji,cdlhammer,cdlhangingman,cdlshootingstar,cdlspinningtop,cdlmarubozu,cdlengulfing,cdlharami,cdlpiercing,cdldarkcloudcover,cdlmorningstar,cdleveningstar,cdl3whitesoldiers,cdl3blackcrows,sentiment:Explain an indicator: formula, source, warm-up, null rules'
        '--signals:Report crosses, breakouts and levels on the bar where they happen'
        '--tolerant:With --signals or --analyze: report near misses as signals, too'
        '--analyze:Write one summary for each symbol at the end instead of bars'
        '--batch:With --analyze: one object for all symbols'
        '--state=.:Resume where the last run with this file stopped, and save the state'
        '--revise:Let a bar replace the last bar of its symbol if both have the same time'
        '--last:Write only the newest bar of each symbol, when the input has ended'
        '--field=:The field that single-input indicators are computed from'
        '--by=:The field that tells series apart; '\'''\'' if the whole input is one series'
        '--prefix=:Put this before the name of each added field'
        '--format=ndjson,arrow,arrow-file,parquet,csv:The format to write; overrides the name after -o and FS_FORMAT'
        '--doubles:Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; ...'
        '--decimals:Parquet and Arrow: prices are exact decimals, where their values allow it ...'
        '--timestamps:Parquet and Arrow: dates are timestamps (midnight, without a time zone), as ...'
        '--sma=:Simple moving average; default 20'
        '--ema=:Exponential moving average; default 20'
        '--wma=:Weighted moving average, weights falling by one; default 20'
        '--trima=:Triangular moving average; default 20'
        '--dema=:Double exponential moving average; default 20'
        '--tema=:Triple exponential moving average; default 20'
        '--kama=:Kaufman'\''s adaptive moving average; default 10'
        '--hma=:Hull moving average; default 20'
        '--ht-trendline:Hilbert transform, instantaneous trendline'
        '--rsi=:Relative strength index, Wilder'\''s averages; default 14'
        '--macd=:Moving average convergence/divergence: line, signal, histogram; default 12,26,9'
        '--stoch=:Slow stochastic oscillator: K and D; default 14,3,3'
        '--stochf=:Fast stochastic oscillator: K and D; default 5,3'
        '--stochrsi=:Stochastic oscillator of the RSI: K and D; default 14,5,3'
        '--mom=:Momentum: the change over n bars; default 10'
        '--roc=:Rate of change over n bars, in percent; default 10'
        '--roct=:Rate of change over a span of time, in percent; default 1d'
        '--roct-bars=:The bars of --roct: a whole number from 1 to 1000000; default 1500'
        '--change-percent:Change from the bar before, in percent'
        '--cmo=:Chande momentum oscillator, Wilder'\''s averages; default 14'
        '--ppo=:Percentage price oscillator; default 12,26'
        '--ppo-ma=:The ma of --ppo: one of ema, sma; default ema'
        '--apo=:Absolute price oscillator; default 12,26'
        '--apo-ma=:The ma of --apo: one of ema, sma; default ema'
        '--willr=:Williams'\'' percent range; default 14'
        '--cci=:Commodity channel index; default 14'
        '--aroon=:Aroon down and up; default 14'
        '--aroonosc=:Aroon oscillator: up minus down; default 14'
        '--ultosc=:Ultimate oscillator; default 7,14,28'
        '--bop:Balance of power'
        '--trix=:Rate of change of a triple-smoothed EMA, in percent; default 15'
        '--adx=:Average directional movement index; default 14'
        '--adxr=:Average directional movement rating; default 14'
        '--dx=:Directional movement index; default 14'
        '--plus-di=:Plus directional indicator; default 14'
        '--minus-di=:Minus directional indicator; default 14'
        '--sar=:Parabolic stop and reverse; default 0.02,0.2'
        '--supertrend=:SuperTrend: the stop, and the direction: 1 is up, -1 down; default 10,3'
        '--ichimoku=:Ichimoku: tenkan, kijun, and the cloud at this bar; default 9,26,52'
        '--vortex=:Vortex indicator: plus and minus; default 14'
        '--chop=:Choppiness index; default 14'
        '--bbands=:Bollinger bands: upper, middle, lower; default 20,2'
        '--bbands-ddof=:The ddof of --bbands: a whole number from 0 to 1; default 0'
        '--atr=:Average true range, Wilder'\''s average; default 14'
        '--natr=:Average true range in percent of the close; default 14'
        '--trange:True range'
        '--keltner=:Keltner channels: upper, middle, lower; default 20,10,2'
        '--donchian=:Donchian channels: upper, middle, lower; default 20'
        '--volatility=:Realised volatility of closes, as a fraction per year; default 20'
        '--volatility-year=:The year of --volatility: a number from 1 to 100000000; default 252'
        '--parkinson=:Realised volatility from high and low, as a fraction per year; default 20'
        '--parkinson-year=:The year of --parkinson: a number from 1 to 100000000; default 252'
        '--garman-klass=:Realised volatility from open, high, low and close, as a fraction per year; ...'
        '--garman-klass-year=:The year of --garman-klass: a number from 1 to 100000000; default 252'
        '--obv:On-balance volume'
        '--ad:Chaikin accumulation/distribution line'
        '--adosc=:Chaikin oscillator; default 3,10'
        '--mfi=:Money flow index; default 14'
        '--cmf=:Chaikin money flow; default 20'
        '--vwap=:Volume-weighted average price since the beginning of the session, of the ...'
        '--vwap-utc-offset=:The utc-offset of --vwap: a number from -14 to 14; default 0'
        '--volume-sma=:Average volume, and the ratio of volume to it; default 20'
        '--linearreg=:End of the regression line over n bars; default 14'
        '--linearreg-slope=:Slope of the regression line over n bars; default 14'
        '--tsf=:Regression line over n bars, one bar ahead; default 14'
        '--stddev=:Standard deviation of the last n values (the population'\''s); default 20'
        '--var=:Variance of the last n values (the population'\''s); default 20'
        '--max=:Highest of the last n values; default 30'
        '--min=:Lowest of the last n values; default 30'
        '--zscore=:Distance from the mean of n values, in standard deviations; default 20'
        '--drawdown:Fall from the highest value so far, in percent'
        '--cdldoji:Doji: open and close nearly the same'
        '--cdldragonflydoji:Dragonfly doji: a doji at the top of its range'
        '--cdlhammer:Hammer: a short body on a long lower shadow, near the lows'
        '--cdlhangingman:Hanging man: a short body on a long lower shadow, near the highs'
        '--cdlshootingstar:Shooting star: a short body under a long upper shadow, after a gap up'
        '--cdlspinningtop:Spinning top: a short body between longer shadows'
        '--cdlmarubozu:Marubozu: a long body with hardly any shadow'
        '--cdlengulfing:Engulfing: a body of the other colour that covers the one before'
        '--cdlharami:Harami: a short body inside the long one before'
        '--cdlpiercing:Piercing line: a white body that opens below the low and closes deep in the ...'
        '--cdldarkcloudcover:Dark cloud cover: a black body that opens above the high and closes deep in ...'
        '--cdldarkcloudcover-penetration=:The penetration of --cdldarkcloudcover: a number from 0 to 10; default 0.5'
        '--cdlmorningstar:Morning star: down, a star below, up again'
        '--cdlmorningstar-penetration=:The penetration of --cdlmorningstar: a number from 0 to 10; default 0.3'
        '--cdleveningstar:Evening star: up, a star above, down again'
        '--cdleveningstar-penetration=:The penetration of --cdleveningstar: a number from 0 to 10; default 0.3'
        '--cdl3whitesoldiers:Three white soldiers: three white bodies, each higher'
        '--cdl3blackcrows:Three black crows: three black bodies, each lower'
        '--sentiment:Five opinions in one score from -9 to 9, and as a ratio from 0 to 1'
        '--on-error=stop,skip,pass:Bad records: stop at the first, skip them, or pass them through (default: ...'
        '--line-buffered:Write each line as soon as its input line is complete (the default on a ...'
        '--text=:CSV: these columns are texts, whatever they look like (symbol and ticker ...'
        '--types=:CSV: the types of columns: text, int64, float64, date, timestamp or bool'
        '--null=:CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in ...'
        '--comment=:CSV: pass over lines that begin with this character'
        '--date-format=:CSV: how dates are written, such as %d.%m.%Y or '\''%m/%d/%Y %I:%M %p'\''; ISO 8601 ...'
        '--input-zone=:CSV: the zone of times that name none, by its name in the tz database'
        '-o=.:Write to this file instead of standard output; it appears complete or not at all'
        '--output=.:Write to this file instead of standard output; it appears complete or not at all'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--verbose:Print more messages'
        '-v:Print more messages'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' help')
      offered=()
      flags=()
      arguments=('')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_indicators_takes() {
  local found=${flags[(r)${(b)1}=*]}
  [[ -n $found ]] || return 1
  kind=${${found#*=}%%:*}
}

_fs_indicators_values() {
  case $kind in
    .) _files ;;
    /) _files -/ ;;
    ?*) compadd -- ${(s:,:)kind} ;;
  esac
}

_fs_indicators() {
  local at= word takes= kind= option
  local -a offered flags arguments names
  integer i given=0
  _fs_indicators_command ''
  for ((i = 2; i < CURRENT; i++)); do
    word=${words[i]}
    if [[ -n $takes ]]; then
      takes=
      continue
    fi
    case $word in
      --)
        # A command of its own follows.
        shift $i words
        ((CURRENT -= i))
        if ((CURRENT == 1)); then _command_names -e; else _normal; fi
        return
        ;;
      -*=*) ;;
      -*) if _fs_indicators_takes $word; then takes=1; fi ;;
      *)
        if ((!given && ${offered[(I)${(b)word}:*]})); then
          at+=" $word"
          _fs_indicators_command $at
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    _fs_indicators_values
  elif [[ $PREFIX == -*=* ]]; then
    _fs_indicators_takes ${PREFIX%%=*} && compset -P '*=' && _fs_indicators_values
  elif [[ $PREFIX == -* ]]; then
    for option in $flags; do names+=("${option%%[=:]*}:${option#*:}"); done
    _describe -o option names
  else
    if ((!given && ${#offered})); then _describe command offered; fi
    if ((${#arguments})); then
      kind=${arguments[given < ${#arguments} ? given + 1 : ${#arguments}]}
      _fs_indicators_values
    fi
  fi
}

if [[ $funcstack[1] == _fs-indicators ]]; then
  _fs_indicators "$@"
else
  compdef _fs_indicators fs-indicators
fi
