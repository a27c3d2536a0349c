function __fs-alert_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-alert_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __fs-alert_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-alert_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __fs-alert_parse_tokens -S
    set -l unparsed_tokens (__fs-alert_tokens -pc)
    switch $unparsed_tokens[1]
    case 'fs-alert'
        __fs-alert_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'watch'
            __fs-alert_parse_subcommand -r 1 'rules=+' 'when=' 'until=' 'for=' 'reset=' 'cooldown=' 'once' 'repeat=' 'severity=' 'message=' 'name=' 'by=' 'state=' 'to=+' 'baselines=' 'pass' 'exit-code' 'max-age=' 'linger=' 'format=' 'on-error=' 'line-buffered' 'text=' 'types=' 'null=' 'comment=' 'date-format=' 'input-zone=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'test'
            __fs-alert_parse_subcommand -r 1 'rules=+' 'when=' 'until=' 'for=' 'reset=' 'cooldown=' 'once' 'repeat=' 'severity=' 'message=' 'name=' 'by=' 'state=' 'summary' 'explain' 'format=' 'on-error=' 'line-buffered' 'text=' 'types=' 'null=' 'comment=' 'date-format=' 'input-zone=' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        case 'rules'
            __fs-alert_parse_subcommand -r 1 'lint' 'fields=' 'print=' 'json' 'version' 'h/help'
        case 'active'
            __fs-alert_parse_subcommand 0 'state=' 'limit=' 'json' 'version' 'h/help'
        case 'history'
            __fs-alert_parse_subcommand 0 'state=' 'last=' 'limit=' 'json' 'version' 'h/help'
        case 'stats'
            __fs-alert_parse_subcommand 0 'state=' 'last=' 'version' 'h/help'
        case 'ack'
            __fs-alert_parse_subcommand -r 1 'state=' 'version' 'h/help'
        case 'silence'
            __fs-alert_parse_subcommand -r 1 'state=' 'for=' 'rule=' 'comment=' 'version' 'h/help'
        case 'unsilence'
            __fs-alert_parse_subcommand -r 1 'state=' 'rule=' 'id=' 'version' 'h/help'
        case 'outbox'
            __fs-alert_parse_subcommand 0 'state=' 'limit=' 'json' 'version' 'h/help'
        case 'resend'
            __fs-alert_parse_subcommand 0 'state=' 'failed' 'rules=+' 'linger=' 'version' 'h/help'
        case 'check-channel'
            __fs-alert_parse_subcommand 1 'rules=+' 'version' 'h/help'
        case 'doctor'
            __fs-alert_parse_subcommand 0 'state=' 'version' 'h/help'
        case 'help'
            __fs-alert_parse_subcommand -r 1 'version'
        end
    end
end

function __fs-alert_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __fs-alert_parse_subcommand -S -a positional_count
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

function __fs-alert_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __fs-alert_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__fs-alert_tokens -p)
    if test -z "$(__fs-alert_tokens -t)"
        set -l index (count (__fs-alert_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'fs-alert' -f
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'watch' -d 'Watch a stream of records (the default).'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'test' -d 'Replay records: what would have fired, when and how often; nothing is delivered.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'rules' -d 'List the rules of files, check them, or print the rules that come with fs-alert.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'active' -d 'List the alerts that have fired and not ended.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'history' -d 'List alerts of the last time, the newest first.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'stats' -d 'Count the alerts of the last time by severity, rule and hour.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'ack' -d 'Acknowledge alerts: they are not repeated; their end is told.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'silence' -d 'Do not tell alerts of symbols, or of a rule, for a while; without either, list silences.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'unsilence' -d 'End silences, by symbol, rule or number.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'outbox' -d 'List deliveries that wait or were given up.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'resend' -d 'Deliver what waits; with --failed, what was given up as well.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'check-channel' -d 'Send a test alert to a channel; status 69 if it does not arrive.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'doctor' -d 'Say whether channels work and the outbox is empty; status 65 if not.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch"' -l 'rules' -d 'Rules in a file; several times for more.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" when' -l 'when' -d 'Fire while this is true.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" until' -l 'until' -d 'End it when this is true.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" for' -l 'for' -d 'It must have been true for so long.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" reset' -l 'reset' -d 'End it only if this is true as well.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" cooldown' -l 'cooldown' -d 'Do not fire again for the same symbol within this time.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" once' -l 'once' -d 'Fire once for each symbol, and never again.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" repeat' -l 'repeat' -d 'Tell again after this time while it lasts.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" severity' -l 'severity' -d 'How bad it is: info, warning, critical.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" message' -l 'message' -d 'The text, with {field} for values of the record.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" name' -l 'name' -d 'The name of the rule.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" by' -l 'by' -d 'The field that tells series apart; \'\' if the whole input is one series.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" state' -l 'state' -d 'The file of alerts, deliveries and silences.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch"' -l 'to' -d 'Where alerts go: stdout, or a channel (see CHANNELS); several times for more.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" baselines' -l 'baselines' -d 'Take previous closes, highs and all-time highs from this store of bars.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" pass' -l 'pass' -d 'Write the records, too, byte for byte, each alert after the record that it is about.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" exit-code' -l 'exit-code' -d 'End with status 1 if nothing fired.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" max-age' -l 'max-age' -d 'Keep alerts of records that are older than this, but do not deliver them.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" linger' -l 'linger' -d 'How long to go on delivering at the end of the input.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" format' -l 'format' -d 'The format to write; overrides the name after -o and FS_FORMAT.' -rfka 'ndjson arrow arrow-file parquet csv'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" on-error' -l 'on-error' -d 'Bad records: stop at the first, skip them, or pass them through.' -rfka 'stop skip pass'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" line-buffered' -l 'line-buffered' -d 'Write each line as soon as its input line is complete (the default on a terminal).'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" text' -l 'text' -d 'CSV: these columns are texts, whatever they look like (symbol always is).' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" types' -l 'types' -d 'CSV: the types of columns: text, int64, float64, date, timestamp or bool.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" null' -l 'null' -d 'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" comment' -l 'comment' -d 'CSV: pass over lines that begin with this character.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" date-format' -l 'date-format' -d 'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 is understood all the same.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" input-zone' -l 'input-zone' -d 'CSV: the zone of times that name none, by its name in the tz database.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert watch" -ge 1' -F
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert watch" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test"' -l 'rules' -d 'Rules in a file; several times for more.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" when' -l 'when' -d 'Fire while this is true.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" until' -l 'until' -d 'End it when this is true.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" for' -l 'for' -d 'It must have been true for so long.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" reset' -l 'reset' -d 'End it only if this is true as well.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" cooldown' -l 'cooldown' -d 'Do not fire again for the same symbol within this time.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" once' -l 'once' -d 'Fire once for each symbol, and never again.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" repeat' -l 'repeat' -d 'Tell again after this time while it lasts.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" severity' -l 'severity' -d 'How bad it is: info, warning, critical.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" message' -l 'message' -d 'The text, with {field} for values of the record.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" name' -l 'name' -d 'The name of the rule.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" by' -l 'by' -d 'The field that tells series apart; \'\' if the whole input is one series.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" state' -l 'state' -d 'Carry on where the last test with this file stopped.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" summary' -l 'summary' -d 'Write figures for each rule instead of its alerts.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" explain' -l 'explain' -d 'Say on standard error what the fields of a condition were at each firing.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" format' -l 'format' -d 'The format to write; overrides the name after -o and FS_FORMAT.' -rfka 'ndjson arrow arrow-file parquet csv'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" on-error' -l 'on-error' -d 'Bad records: stop at the first, skip them, or pass them through.' -rfka 'stop skip pass'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" line-buffered' -l 'line-buffered' -d 'Write each line as soon as its input line is complete (the default on a terminal).'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" text' -l 'text' -d 'CSV: these columns are texts, whatever they look like (symbol always is).' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" types' -l 'types' -d 'CSV: the types of columns: text, int64, float64, date, timestamp or bool.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" null' -l 'null' -d 'CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" comment' -l 'comment' -d 'CSV: pass over lines that begin with this character.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" date-format' -l 'date-format' -d 'CSV: how dates are written, such as %d.%m.%Y or \'%m/%d/%Y %I:%M %p\'; ISO 8601 is understood all the same.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" input-zone' -l 'input-zone' -d 'CSV: the zone of times that name none, by its name in the tz database.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert test" -ge 1' -F
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" o output' -s 'o' -l 'output' -d 'Write to this file instead of standard output; it appears complete or not at all.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" q quiet' -l 'quiet' -s 'q' -d 'Print errors only.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" v verbose' -l 'verbose' -s 'v' -d 'Print more messages.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert test" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert rules" lint' -l 'lint' -d 'Say what is wrong or doubtful; status 65 if anything is.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert rules" fields' -l 'fields' -d 'Fields that the records have besides those of finstage, such as those of fs-indicators.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert rules" print' -l 'print' -d 'Print rules that come with fs-alert: prices, technical, metrics.' -rfka 'prices technical metrics'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert rules" json' -l 'json' -d 'Print one JSON object a line instead of a table.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_positional "fs-alert rules" -ge 1' -F
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert rules" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert rules" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert active" state' -l 'state' -d 'The file of alerts, deliveries and silences.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert active" limit' -l 'limit' -d 'The most alerts to list, 1 to 1000000.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert active" json' -l 'json' -d 'Print one JSON object a line instead of a table.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert active" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert active" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert history" state' -l 'state' -d 'The file of alerts, deliveries and silences.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert history" last' -l 'last' -d 'How far to look back.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert history" limit' -l 'limit' -d 'The most alerts to list, 1 to 1000000.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert history" json' -l 'json' -d 'Print one JSON object a line instead of a table.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert history" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert history" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert stats" state' -l 'state' -d 'The file of alerts, deliveries and silences.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert stats" last' -l 'last' -d 'How far to look back.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert stats" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert stats" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert ack" state' -l 'state' -d 'The file of alerts, deliveries and silences.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert ack" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert ack" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert silence" state' -l 'state' -d 'The file of alerts, deliveries and silences.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert silence" for' -l 'for' -d 'For how long.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert silence" rule' -l 'rule' -d 'Only alerts of this rule.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert silence" comment' -l 'comment' -d 'Why.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert silence" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert silence" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert unsilence" state' -l 'state' -d 'The file of alerts, deliveries and silences.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert unsilence" rule' -l 'rule' -d 'The rule of the silence.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert unsilence" id' -l 'id' -d 'The number of the silence.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert unsilence" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert unsilence" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert outbox" state' -l 'state' -d 'The file of alerts, deliveries and silences.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert outbox" limit' -l 'limit' -d 'The most deliveries to list, 1 to 1000000.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert outbox" json' -l 'json' -d 'Print one JSON object a line instead of a table.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert outbox" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert outbox" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert resend" state' -l 'state' -d 'The file of alerts, deliveries and silences.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert resend" failed' -l 'failed' -d 'Try again what was given up, and turn channels on that were turned off.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert resend"' -l 'rules' -d 'Rules that name channels; several times for more.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert resend" linger' -l 'linger' -d 'How long to go on.' -rfka ''
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert resend" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert resend" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert check-channel"' -l 'rules' -d 'Rules that name channels; several times for more.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert check-channel" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert check-channel" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert doctor" state' -l 'state' -d 'The file of alerts, deliveries and silences.' -rF
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert doctor" version' -l 'version' -d 'Show the version.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-alert' -n '__fs-alert_should_offer_completions_for_flags_or_options "fs-alert help" version' -l 'version' -d 'Show the version.'
