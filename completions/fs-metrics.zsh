#compdef fs-metrics
# fs-metrics for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_metrics_command() {
  offered=() flags=() arguments=()
  case $1 in
    '')
      offered=(
        'run:Run a pipeline and say what each of its stages costs: time, CPU, memory, ...'
        'ab:Compare variants: commands that are run here, or times that were measured ...'
        'collect:Keep readings of this machine, and of processes, again and again'
        'ingest:Keep metric records of files or standard input'
        'report:Sum up metrics: count, mean, quantiles, rate'
        'trend:Say whether metrics rise or fall, and when their level changed'
        'baseline:Keep what is normal now, to compare with later'
        'compare:Compare metrics now with a baseline'
        'score:Say how the system does, as a status and a score'
        'recommend:Say what could be done, with the reason, as records'
        'watch:Show the report and the status again and again, in a terminal'
        'export:Write readings as records, as a table in a file, or the last ones for Prometheus'
        'serve:Show the metrics as a page, for Prometheus, and as JSON'
        'rules:Switch optimisations on and off, which the tools then follow'
        'guard:Watch the rules that are on, and switch off those that do harm'
        'tune:Change settings by what was measured: fewer at a time when memory is scarce, ...'
        'memory:Say how the memory of this machine is, and watch that of a command'
        'cache:What the caches of the tools hold and have done, as records (fs-fetch cache ...'
        'forecast:Say where a metric with a daily rhythm goes, with its error, and whether it ...'
        'help:Show subcommand help information')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' run')
      offered=()
      flags=(
        '-o=.:Write the figures into this file, as JSON, and no table'
        '--output=.:Write the figures into this file, as JSON, and no table'
        '--name=:Keep the figures under this name, for report, compare and trend'
        '--pipefail:End with the status of the last stage that failed'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' ab')
      offered=(
        'run:Run two commands in pairs until it is clear which one is faster, or that they ...'
        'analyze:Compare times that were measured elsewhere, or the results of a test, with ...'
        'create:Make a test of variants that others run; it begins with ab start'
        'list:List the tests, as records'
        'start:Begin a test, or go on after a pause'
        'pause:Assign nobody and take no results until ab start'
        'stop:End a test for good'
        'assign:Print the variant of each unit: the control while the test does not run (with ...'
        'record:Keep results of a test: one, or one per line on standard input')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' ab run')
      offered=()
      flags=(
        '--a=:The command as it is'
        '--b=:The command as it may become'
        '--alpha=:The share of tests of equal commands that may end wrongly, 0.0001 to 0.5'
        '--margin=:Differences up to this do not matter: with it, same is a result'
        '--max-runs=:The most pairs, 4 to 100000'
        '--max-time=:Begin no more runs after this time'
        '--warmup=:Pairs that come first and are not counted, 0 to 1000'
        '--prepare=:Run this before each run, untimed'
        '--seed=:The seed that the order is drawn from (default: a new one)'
        '--raw=.:Write each run into this file, as NDJSON'
        '--ignore-output:Do not compare the outputs'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' ab analyze')
      offered=()
      flags=(
        '--a=.:Times of A, one a line'
        '--b=.:Times of B, one a line'
        '--pairs=.:Times of A and B, a pair a line'
        '--follow:Read runs from standard input, and print a line after each pair'
        '--alpha=:The share of tests of equal commands that may end wrongly, 0.0001 to 0.5'
        '--margin=:Differences up to this do not matter: with it, same is a result'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' ab create')
      offered=()
      flags=(
        '--variant=:A variant and its share in percent; several times'
        '--until=:End by itself at this time'
        '--enough=:Stop automatically once each variant has this many results'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' ab list')
      offered=()
      flags=(
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' ab start')
      offered=()
      flags=(
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' ab pause')
      offered=()
      flags=(
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' ab stop')
      offered=()
      flags=(
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' ab assign')
      offered=()
      flags=(
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '')
      ;;
    ' ab record')
      offered=()
      flags=(
        '--unit=:The unit that the result belongs to'
        '--variant=:The variant, if it is known'
        '--value=:The result, above zero'
        '--failed:Record a failure'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' collect')
      offered=()
      flags=(
        '--every=:How often, 100ms to 1d'
        '--pid=:A process to look at as well; several times for more'
        '--scrape=:A page of metrics for Prometheus to take in as well, such as ...'
        '--command=:A command whose output is such a page, such as '\''fs-queue stats --prometheus'\''; ...'
        '--count=:End after so many readings'
        '--print:Write the readings to standard output as well'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' ingest')
      offered=()
      flags=(
        '--again:Take files from their beginning, although they were taken before'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--stats:Print one JSON line on standard error at the end: records, bytes, seconds, ...'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('.')
      ;;
    ' report')
      offered=()
      flags=(
        '--last=:How far to look back, 1s to 366d'
        '--label=:Only series with this label; several times for more'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--json:Write records instead of a table, also to a terminal'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' trend')
      offered=()
      flags=(
        '--last=:How far to look back, 1s to 366d'
        '--label=:Only series with this label; several times for more'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--json:Write records instead of a table, also to a terminal'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' baseline')
      offered=(
        'save:Keep the readings of a span of time under a name; replaces an older baseline ...'
        'list:List the baselines'
        'delete:Forget a baseline')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' baseline save')
      offered=()
      flags=(
        '--last=:How far to look back, 1s to 366d'
        '--label=:Only series with this label; several times for more'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '')
      ;;
    ' baseline list')
      offered=()
      flags=(
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--json:Write records instead of a table, also to a terminal'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' baseline delete')
      offered=()
      flags=(
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' compare')
      offered=()
      flags=(
        '--last=:How far to look back, 1s to 366d'
        '--label=:Only series with this label; several times for more'
        '--fail-over=:The share by which a metric may be worse, 0% to 1000%'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--json:Write records instead of a table, also to a terminal'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '')
      ;;
    ' score')
      offered=()
      flags=(
        '--last=:How far to look back, 1s to 366d'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' recommend')
      offered=()
      flags=(
        '--last=:How far to look back, 1s to 366d'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--json:Write records instead of a table, also to a terminal'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' watch')
      offered=()
      flags=(
        '--last=:How far to look back, 1s to 366d'
        '--label=:Only series with this label; several times for more'
        '--every=:How often, 1s to 1h'
        '--count=:End after so many times'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' export')
      offered=()
      flags=(
        '--last=:How far to look back, 1s to 366d'
        '--label=:Only series with this label; several times for more'
        '--prometheus:Write the last reading of each series as Prometheus takes it (text format 0.0.4)'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' serve')
      offered=()
      flags=(
        '--port=:The port; 0 for any that is free'
        '--host=:The address to listen at; 0.0.0.0 or :: for all of this machine'
        '--name=:A name of this machine that requests may use; several times for more'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' rules')
      offered=(
        'list:List the rules, and what they do (the default)'
        'enable:Switch a rule on: its settings are written, and what is normal now is kept to ...'
        'disable:Switch a rule off'
        'history:Say what was done with rules, when and why')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--json:Write records instead of a table, also to a terminal')
      arguments=()
      ;;
    ' rules list')
      offered=()
      flags=(
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--json:Write records instead of a table, also to a terminal'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' rules enable')
      offered=()
      flags=(
        '--force:Enable it even if rules that it depends on are off'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('memory_optimization_basic,caching_technical_analysis,caching_price_data,async_api_endpoints,background_heavy_tasks,websocket_streaming')
      ;;
    ' rules disable')
      offered=()
      flags=(
        '--cascade:Also disable the rules that depend on it'
        '--reason=:Why, for the history'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('memory_optimization_basic,caching_technical_analysis,caching_price_data,async_api_endpoints,background_heavy_tasks,websocket_streaming')
      ;;
    ' rules history')
      offered=()
      flags=(
        '--last=:How far to look back, 1s to 366d'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' guard')
      offered=()
      flags=(
        '--every=:The time between two checks, or the length of a spell, 1s to 1d'
        '--grace=:How long a rule is left alone after it was switched on, 0 to 1d'
        '--switchback=memory_optimization_basic,caching_technical_analysis,caching_price_data,async_api_endpoints,background_heavy_tasks,websocket_streaming:Switch this rule off and on at random, and test whether it does harm'
        '--metric=:The metric for --switchback'
        '--count=:End after so many checks or spells'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--quiet:Print errors only'
        '-q:Print errors only'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' tune')
      offered=()
      flags=(
        '--dry-run:Show what would change, and change nothing'
        '--last=:How far to look back, 1s to 366d'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' memory')
      offered=(
        'status:The memory, the caches, and what could be done, as JSON (the default)'
        'health:healthy, warning or critical, as JSON: critical above 90 % or below 500 MB, ...'
        'diagnostics:The status, six hours of readings, whether they rise, and the caches, as JSON'
        'watch:Run a command, warn when it takes too much memory, and make room when the ...')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' memory status')
      offered=()
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' memory health')
      offered=()
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' memory diagnostics')
      offered=()
      flags=(
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' memory watch')
      offered=()
      flags=(
        '--threshold=:Warn above this, 1MiB to 1TiB'
        '--auto=:The percentage of the machine'\''s memory at which expired cache entries are ...'
        '--every=:How often to look, 100ms to 1h'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' cache')
      offered=()
      flags=(
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' forecast')
      offered=()
      flags=(
        '--label=:Only series with this label; several times for more'
        '--ahead=:How far to look, 1h to 31d'
        '--season=:The rhythm, 2h to 31d'
        '--threshold=:Warn above this'
        '--store=.:The file with the metrics (default: metrics.db in the data folder)'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' help')
      offered=()
      flags=()
      arguments=('run,ab,collect,ingest,report,trend,baseline,compare,score,recommend,watch,export,serve,rules,guard,tune,memory,cache,forecast')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_metrics_takes() {
  local found=${flags[(r)${(b)1}=*]}
  [[ -n $found ]] || return 1
  kind=${${found#*=}%%:*}
}

_fs_metrics_values() {
  case $kind in
    .) _files ;;
    /) _files -/ ;;
    ?*) compadd -- ${(s:,:)kind} ;;
  esac
}

_fs_metrics() {
  local at= word takes= kind= option
  local -a offered flags arguments names
  integer i given=0
  _fs_metrics_command ''
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
      -*) if _fs_metrics_takes $word; then takes=1; fi ;;
      *)
        if ((!given && ${offered[(I)${(b)word}:*]})); then
          at+=" $word"
          _fs_metrics_command $at
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    _fs_metrics_values
  elif [[ $PREFIX == -*=* ]]; then
    _fs_metrics_takes ${PREFIX%%=*} && compset -P '*=' && _fs_metrics_values
  elif [[ $PREFIX == -* ]]; then
    for option in $flags; do names+=("${option%%[=:]*}:${option#*:}"); done
    _describe -o option names
  else
    if ((!given && ${#offered})); then _describe command offered; fi
    if ((${#arguments})); then
      kind=${arguments[given < ${#arguments} ? given + 1 : ${#arguments}]}
      _fs_metrics_values
    fi
  fi
}

if [[ $funcstack[1] == _fs-metrics ]]; then
  _fs_metrics "$@"
else
  compdef _fs_metrics fs-metrics
fi
