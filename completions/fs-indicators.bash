# fs-indicators for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_indicators_command() {
  commands= options= arguments=()
  case $1 in
    '')
      commands='help'
      options='-i=sma,ema,wma,trima,dema,tema,kama,hma,ht_trendline,rsi,macd,stoch,stochf,stochrsi,mom,roc,roct,change_percent,cmo,ppo,apo,willr,cci,aroon,aroonosc,ultosc,bop,trix,adx,adxr,dx,plus_di,minus_di,sar,supertrend,ichimoku,vortex,chop,bbands,atr,natr,trange,keltner,donchian,volatility,parkinson,garman_klass,obv,ad,adosc,mfi,cmf,vwap,volume_sma,linearreg,linearreg_slope,tsf,stddev,var,max,min,zscore,drawdown,cdldoji,cdldragonflydoji,cdlhammer,cdlhangingman,cdlshootingstar,cdlspinningtop,cdlmarubozu,cdlengulfing,cdlharami,cdlpiercing,cdldarkcloudcover,cdlmorningstar,cdleveningstar,cdl3whitesoldiers,cdl3blackcrows,sentiment --indicator=sma,ema,wma,trima,dema,tema,kama,hma,ht_trendline,rsi,macd,stoch,stochf,stochrsi,mom,roc,roct,change_percent,cmo,ppo,apo,willr,cci,aroon,aroonosc,ultosc,bop,trix,adx,adxr,dx,plus_di,minus_di,sar,supertrend,ichimoku,vortex,chop,bbands,atr,natr,trange,keltner,donchian,volatility,parkinson,garman_klass,obv,ad,adosc,mfi,cmf,vwap,volume_sma,linearreg,linearreg_slope,tsf,stddev,var,max,min,zscore,drawdown,cdldoji,cdldragonflydoji,cdlhammer,cdlhangingman,cdlshootingstar,cdlspinningtop,cdlmarubozu,cdlengulfing,cdlharami,cdlpiercing,cdldarkcloudcover,cdlmorningstar,cdleveningstar,cdl3whitesoldiers,cdl3blackcrows,sentiment --all --list --explain=sma,ema,wma,trima,dema,tema,kama,hma,ht_trendline,rsi,macd,stoch,stochf,stochrsi,mom,roc,roct,change_percent,cmo,ppo,apo,willr,cci,aroon,aroonosc,ultosc,bop,trix,adx,adxr,dx,plus_di,minus_di,sar,supertrend,ichimoku,vortex,chop,bbands,atr,natr,trange,keltner,donchian,volatility,parkinson,garman_klass,obv,ad,adosc,mfi,cmf,vwap,volume_sma,linearreg,linearreg_slope,tsf,stddev,var,max,min,zscore,drawdown,cdldoji,cdldragonflydoji,cdlhammer,cdlhangingman,cdlshootingstar,cdlspinningtop,cdlmarubozu,cdlengulfing,cdlharami,cdlpiercing,cdldarkcloudcover,cdlmorningstar,cdleveningstar,cdl3whitesoldiers,cdl3blackcrows,sentiment --signals --tolerant --analyze --batch --state=. --revise --last --field= --by= --prefix= --format=ndjson,arrow,arrow-file,parquet,csv --doubles --decimals --timestamps --sma= --ema= --wma= --trima= --dema= --tema= --kama= --hma= --ht-trendline --rsi= --macd= --stoch= --stochf= --stochrsi= --mom= --roc= --roct= --roct-bars= --change-percent --cmo= --ppo= --ppo-ma= --apo= --apo-ma= --willr= --cci= --aroon= --aroonosc= --ultosc= --bop --trix= --adx= --adxr= --dx= --plus-di= --minus-di= --sar= --supertrend= --ichimoku= --vortex= --chop= --bbands= --bbands-ddof= --atr= --natr= --trange --keltner= --donchian= --volatility= --volatility-year= --parkinson= --parkinson-year= --garman-klass= --garman-klass-year= --obv --ad --adosc= --mfi= --cmf= --vwap= --vwap-utc-offset= --volume-sma= --linearreg= --linearreg-slope= --tsf= --stddev= --var= --max= --min= --zscore= --drawdown --cdldoji --cdldragonflydoji --cdlhammer --cdlhangingman --cdlshootingstar --cdlspinningtop --cdlmarubozu --cdlengulfing --cdlharami --cdlpiercing --cdldarkcloudcover --cdldarkcloudcover-penetration= --cdlmorningstar --cdlmorningstar-penetration= --cdleveningstar --cdleveningstar-penetration= --cdl3whitesoldiers --cdl3blackcrows --sentiment --on-error=stop,skip,pass --line-buffered --text= --types= --null= --comment= --date-format= --input-zone= -o=. --output=. --stats --quiet -q --verbose -v --color=auto,always,never --version -h --help'
      arguments=('.')
      ;;
    ' help')
      commands=''
      options=''
      arguments=('')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_indicators_takes() {
  local option
  for option in $options; do
    if [[ $option == "$1="* ]]; then
      kind=${option#*=}
      return 0
    fi
  done
  return 1
}

# Offers words that begin with the one at the cursor; what each begins with that is not part of it comes first.
_fs_indicators_offer() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$1$word"); done
}

_fs_indicators_values() {
  case $kind in
    .) compopt -o filenames 2>/dev/null; _fs_indicators_offer "$2" < <(compgen -f -- "$1") ;;
    /) compopt -o filenames 2>/dev/null; _fs_indicators_offer "$2" < <(compgen -d -- "$1") ;;
    ?*) _fs_indicators_offer "$2" < <(compgen -W "${kind//,/ }" -- "$1") ;;
  esac
}

_fs_indicators() {
  local at= commands options word takes= kind= names= i
  local -a arguments
  local -i given=0
  local current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  _fs_indicators_command ''
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ -n $takes ]]; then
      # Bash takes --option=value for three words.
      [[ $word == = ]] || takes=
      continue
    fi
    case $word in
      --)
        # A command of its own follows.
        if declare -F _command_offset > /dev/null; then
          _command_offset $((i + 1))
        elif ((i + 1 == COMP_CWORD)); then
          _fs_indicators_offer '' < <(compgen -c -- "$current")
        else
          kind=.
          _fs_indicators_values "$current" ''
        fi
        return
        ;;
      -*=*) ;;
      -*) if _fs_indicators_takes "$word"; then takes=1; fi ;;
      *)
        if ((given == 0)) && [[ " $commands " == *" $word "* ]]; then
          at+=" $word"
          _fs_indicators_command "$at"
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    [[ $current == = ]] && current=
    _fs_indicators_values "$current" ''
  elif [[ $current == -*=* ]]; then
    _fs_indicators_takes "${current%%=*}" && _fs_indicators_values "${current#*=}" "${current%%=*}="
  elif [[ $current == -* ]]; then
    for word in $options; do names+=" ${word%%=*}"; done
    _fs_indicators_offer '' < <(compgen -W "$names" -- "$current")
  else
    if ((given == 0)); then _fs_indicators_offer '' < <(compgen -W "$commands" -- "$current"); fi
    if ((${#arguments[@]} > 0)); then
      kind=${arguments[given < ${#arguments[@]} ? given : ${#arguments[@]} - 1]}
      _fs_indicators_values "$current" ''
    fi
  fi
}

complete -F _fs_indicators fs-indicators
