function __fs-fetch_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-fetch_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __fs-fetch_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-fetch_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __fs-fetch_parse_tokens -S
    set -l unparsed_tokens (__fs-fetch_tokens -pc)
    switch $unparsed_tokens[1]
    case 'fs-fetch'
        __fs-fetch_parse_subcommand -r 1 'provider=' 'interval=' 'range=' 'from=' 'to=' 'pre-post' 'raw-prices' 'base-url=' 'timeout=' 'progress' 'o/output=' 'stats' 'q/quiet' 'v/verbose' 'color=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __fs-fetch_parse_subcommand -r 1 'version'
        end
    end
end

function __fs-fetch_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __fs-fetch_parse_subcommand -S -a positional_count
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

function __fs-fetch_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __fs-fetch_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__fs-fetch_tokens -p)
    if test -z "$(__fs-fetch_tokens -t)"
        set -l index (count (__fs-fetch_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'fs-fetch' -f
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" provider' -l 'provider' -d 'Where to get bars.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" interval' -l 'interval' -d 'How long bars last.' -rfka '1m 2m 5m 15m 30m 60m 90m 1h 1d 1wk 1mo 3mo'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" range' -l 'range' -d 'How far back; 1y unless --from is given.' -rfka '1d 5d 1mo 3mo 6mo 1y 2y 5y 10y ytd max'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" from' -l 'from' -d 'The first day or instant, ISO 8601, instead of --range.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" to' -l 'to' -d 'The day or instant before which to stop, with --from. (default: now)' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" pre-post' -l 'pre-post' -d 'Bars before and after the regular session, too.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" raw-prices' -l 'raw-prices' -d 'Keep prices that the provider widened from 32 bits as they came: 75.0875015258789 for 75.0875.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" base-url' -l 'base-url' -d 'Another host for the provider, with scheme: a proxy, a test.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" timeout' -l 'timeout' -d 'The longest time for one answer, from 1ms to 1h.' -rfka ''
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" progress' -l 'progress' -d 'Tell on standard error how far it has come, in plain lines.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" o output' -s 'o' -l 'output' -d 'Write to this file, whole or not at all, instead of standard output.' -rF
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" stats' -l 'stats' -d 'Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" color' -l 'color' -d 'Colour messages: auto, always, never.' -rfka 'auto always never'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" version' -l 'version' -d 'Show the version.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_positional "fs-fetch" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'fs-fetch' -n '__fs-fetch_should_offer_completions_for_flags_or_options "fs-fetch help" version' -l 'version' -d 'Show the version.'
