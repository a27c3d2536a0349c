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
        __fs-indicators_parse_subcommand -r 1 'sma=+' 'ema=+' 'rsi=+' 'macd=+' 'bbands=+' 'bbands-ddof=+' 'atr=+' 'field=' 'by=' 'prefix=' 'last' 'on-error=' 'line-buffered' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
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
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'sma' -d 'Simple moving average; usually 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'ema' -d 'Exponential moving average; usually 20.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'rsi' -d 'Relative strength index, Wilder\'s averages; usually 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'macd' -d 'Moving average convergence/divergence: line, signal, histogram; usually 12,26,9.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'bbands' -d 'Bollinger bands: upper, middle, lower; usually 20,2.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'bbands-ddof' -d 'The ddof of --bbands: 0 to 1, usually 0.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators"' -l 'atr' -d 'Average true range, Wilder\'s average; usually 14.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" field' -l 'field' -d 'The field that indicators of one series are computed from.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" by' -l 'by' -d 'The field that tells series apart; \'\' if the whole input is one series.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" prefix' -l 'prefix' -d 'Put this before the name of each added field.' -rfka ''
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" last' -l 'last' -d 'Write only the newest bar of each symbol, when the input has ended.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" on-error' -l 'on-error' -d 'Bad records: stop at the first, skip them, or pass them through.' -rfka 'stop skip pass'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" line-buffered' -l 'line-buffered' -d 'Write each line as soon as its input line is complete (the default on a terminal).'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_positional "fs-indicators" -ge 1' -F
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" version' -l 'version' -d 'Show the version.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_positional "fs-indicators" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'fs-indicators' -n '__fs-indicators_should_offer_completions_for_flags_or_options "fs-indicators help" version' -l 'version' -d 'Show the version.'
