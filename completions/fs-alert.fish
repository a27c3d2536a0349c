# fs-alert for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
function __fs_alert_command --no-scope-shadowing
    switch $at
        case ''
            set commands \
                'watch'\t'Watch a stream of records (the default)' \
                'test'\t'Replay records: what would have fired, when and how often; nothing is delivered' \
                'rules'\t'List the rules of files, check them, or print the rules that come with fs-alert' \
                'active'\t'List the alerts that have fired and not ended' \
                'history'\t'List recent alerts, the newest first' \
                'stats'\t'Count the recent alerts by severity, rule and hour' \
                'ack'\t'Acknowledge alerts: they are not repeated; their end is told' \
                'silence'\t'Do not tell alerts of symbols, or of a rule, for a while; without either, ...' \
                'unsilence'\t'End silences, by symbol, rule or number' \
                'outbox'\t'List deliveries that wait or were given up' \
                'resend'\t'Deliver what waits; with --failed, what was given up as well' \
                'check-channel'\t'Send a test alert to a channel; status 69 if it does not arrive' \
                'doctor'\t'Say whether channels work and the outbox is empty; status 65 if not' \
                'help'\t'Show subcommand help information'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information' \
                '--rules=.'\t'Rules in a file; several times for more' \
                '--when='\t'Fire while this is true' \
                '--until='\t'End it when this is true' \
                '--for='\t'Fire only after it has been true for this long' \
                '--reset='\t'End it only if this is true as well' \
                '--cooldown='\t'Do not fire again for the same symbol within this time' \
                '--once'\t'Fire once for each symbol, and never again' \
                '--momentary'\t'It is told when it becomes true, and has no end to tell of, as a crossing has ...' \
                '--repeat='\t'Tell again after this time while it lasts' \
                '--severity='\t'The severity: info, warning, critical' \
                '--message='\t'The text, with {field} for values of the record' \
                '--name='\t'The name of the rule' \
                '--by='\t'The field that tells series apart; \'\' if the whole input is one series' \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--to='\t'Where alerts go: stdout, or a channel (see CHANNELS); several times for more' \
                '--baselines=.'\t'Take previous closes, highs and all-time highs from this store of bars' \
                '--pass'\t'Write the records, too, byte for byte, each alert after the record that it is ...' \
                '--exit-code'\t'End with status 1 if nothing fired' \
                '--max-age='\t'Keep alerts of records that are older than this, but do not deliver them' \
                '--linger='\t'How long to go on delivering at the end of the input' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write; overrides the name after -o and FS_FORMAT' \
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
                '--color=auto,always,never'\t'Colour messages: auto, always, never'
            set arguments '.'
        case ' watch'
            set commands
            set options \
                '--rules=.'\t'Rules in a file; several times for more' \
                '--when='\t'Fire while this is true' \
                '--until='\t'End it when this is true' \
                '--for='\t'Fire only after it has been true for this long' \
                '--reset='\t'End it only if this is true as well' \
                '--cooldown='\t'Do not fire again for the same symbol within this time' \
                '--once'\t'Fire once for each symbol, and never again' \
                '--momentary'\t'It is told when it becomes true, and has no end to tell of, as a crossing has ...' \
                '--repeat='\t'Tell again after this time while it lasts' \
                '--severity='\t'The severity: info, warning, critical' \
                '--message='\t'The text, with {field} for values of the record' \
                '--name='\t'The name of the rule' \
                '--by='\t'The field that tells series apart; \'\' if the whole input is one series' \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--to='\t'Where alerts go: stdout, or a channel (see CHANNELS); several times for more' \
                '--baselines=.'\t'Take previous closes, highs and all-time highs from this store of bars' \
                '--pass'\t'Write the records, too, byte for byte, each alert after the record that it is ...' \
                '--exit-code'\t'End with status 1 if nothing fired' \
                '--max-age='\t'Keep alerts of records that are older than this, but do not deliver them' \
                '--linger='\t'How long to go on delivering at the end of the input' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write; overrides the name after -o and FS_FORMAT' \
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
        case ' test'
            set commands
            set options \
                '--rules=.'\t'Rules in a file; several times for more' \
                '--when='\t'Fire while this is true' \
                '--until='\t'End it when this is true' \
                '--for='\t'Fire only after it has been true for this long' \
                '--reset='\t'End it only if this is true as well' \
                '--cooldown='\t'Do not fire again for the same symbol within this time' \
                '--once'\t'Fire once for each symbol, and never again' \
                '--momentary'\t'It is told when it becomes true, and has no end to tell of, as a crossing has ...' \
                '--repeat='\t'Tell again after this time while it lasts' \
                '--severity='\t'The severity: info, warning, critical' \
                '--message='\t'The text, with {field} for values of the record' \
                '--name='\t'The name of the rule' \
                '--by='\t'The field that tells series apart; \'\' if the whole input is one series' \
                '--state=.'\t'Carry on where the last test with this file stopped' \
                '--summary'\t'Write figures for each rule instead of its alerts' \
                '--explain'\t'Say on standard error what the fields of a condition were at each firing' \
                '--format=ndjson,arrow,arrow-file,parquet,csv'\t'The format to write; overrides the name after -o and FS_FORMAT' \
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
        case ' rules'
            set commands
            set options \
                '--lint'\t'Say what is wrong or doubtful; status 65 if anything is' \
                '--fields='\t'Fields that the records have besides those of finstage, such as those of ...' \
                '--print=prices,technical,metrics'\t'Print rules that come with fs-alert: prices, technical, metrics' \
                '--json'\t'Print one JSON object a line instead of a table' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '.'
        case ' active'
            set commands
            set options \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--limit='\t'The most alerts to list, 1 to 1000000' \
                '--json'\t'Print one JSON object a line instead of a table' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' history'
            set commands
            set options \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--last='\t'How far to look back' \
                '--limit='\t'The most alerts to list, 1 to 1000000' \
                '--json'\t'Print one JSON object a line instead of a table' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' stats'
            set commands
            set options \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--last='\t'How far to look back' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' ack'
            set commands
            set options \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' silence'
            set commands
            set options \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--for='\t'For how long' \
                '--rule='\t'Only alerts of this rule' \
                '--comment='\t'Why' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' unsilence'
            set commands
            set options \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--rule='\t'The rule of the silence' \
                '--id='\t'The number of the silence' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' outbox'
            set commands
            set options \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--limit='\t'The most deliveries to list, 1 to 1000000' \
                '--json'\t'Print one JSON object a line instead of a table' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' resend'
            set commands
            set options \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--failed'\t'Try again what was given up, and turn channels on that were turned off' \
                '--rules=.'\t'Rules that name channels; several times for more' \
                '--linger='\t'How long to go on' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' check-channel'
            set commands
            set options \
                '--rules=.'\t'Rules that name channels; several times for more' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' doctor'
            set commands
            set options \
                '--state=.'\t'The file of alerts, deliveries and silences' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' help'
            set commands
            set options
            set arguments 'watch,test,rules,active,history,stats,ack,silence,unsilence,outbox,resend,check-channel,doctor'
    end
end

# Whether an option takes a value, and which.
function __fs_alert_takes --no-scope-shadowing
    for option in $options
        set -l name (string split -m 1 \t -- $option)[1]
        if string match -q -- "$argv[1]=*" $name
            set kind (string split -m 1 = -- $name)[2]
            return 0
        end
    end
    return 1
end

function __fs_alert_values
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

function __fs_alert
    set -l commands
    set -l options
    set -l arguments
    set -l at ''
    set -l takes 0
    set -l kind ''
    set -l given 0
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    __fs_alert_command
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
                __fs_alert_takes $word; and set takes 1
            case '*'
                if test $given = 0; and string match -qr -- "^$(string escape --style=regex -- $word)\t" $commands
                    set at "$at $word"
                    __fs_alert_command
                else
                    set given (math $given + 1)
                end
        end
    end
    if test $takes = 1
        __fs_alert_values "$kind" "$current"
    else if string match -q -- '-*=*' $current
        set -l parts (string split -m 1 = -- $current)
        __fs_alert_takes $parts[1]; and string replace -r -- '^' "$parts[1]=" (__fs_alert_values "$kind" "$parts[2]")
    else if string match -q -- '-*' $current
        string replace -r -- '=[^\t]*' '' $options
    else
        test $given = 0; and string join \n -- $commands
        if set -q arguments[1]
            set -l place (math "min($given + 1, $(count $arguments))")
            __fs_alert_values "$arguments[$place]" "$current"
        end
    end
end

complete -c fs-alert -e
complete -c fs-alert -f -a '(__fs_alert)'
