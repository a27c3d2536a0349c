function __fs-queue_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-queue_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __fs-queue_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fs-queue_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __fs-queue_parse_tokens -S
    set -l unparsed_tokens (__fs-queue_tokens -pc)
    switch $unparsed_tokens[1]
    case 'fs-queue'
        __fs-queue_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'add'
            __fs-queue_parse_subcommand -r 1 'priority=' 'retries=' 'delay=' 'timeout=' 'in=' 'at=' 'expires=' 'unique=' 'if-exists=' 'env=+' 'cwd=' 'tag=+' 'each' 'stdin' 'wait' 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'work'
            __fs-queue_parse_subcommand 0 'workers=' 'drain' 'grace=' 'fast' 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'status'
            __fs-queue_parse_subcommand -r 1 'json' 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'wait'
            __fs-queue_parse_subcommand -r 1 'timeout=' 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'result'
            __fs-queue_parse_subcommand 1 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'logs'
            __fs-queue_parse_subcommand 1 'f/follow' 'stdout' 'attempt=' 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'cancel'
            __fs-queue_parse_subcommand -r 1 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'list'
            __fs-queue_parse_subcommand 0 'state=' 'limit=' 'tag=' 'json' 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'retry'
            __fs-queue_parse_subcommand -r 1 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'pause'
            __fs-queue_parse_subcommand 0 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'resume'
            __fs-queue_parse_subcommand 0 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'workers'
            __fs-queue_parse_subcommand 0 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'stats'
            __fs-queue_parse_subcommand 0 'prometheus' 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'purge'
            __fs-queue_parse_subcommand 0 'older=' 'state=' 'queue=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'help'
            __fs-queue_parse_subcommand -r 1 'version'
        end
    end
end

function __fs-queue_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __fs-queue_parse_subcommand -S -a positional_count
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

function __fs-queue_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __fs-queue_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__fs-queue_tokens -p)
    if test -z "$(__fs-queue_tokens -t)"
        set -l index (count (__fs-queue_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'fs-queue' -f
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'add' -d 'Add a command, or one for each line of standard input; print the numbers of the tasks.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'work' -d 'Run tasks as they come, until a signal says stop, or until all are finished.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'status' -d 'Tell of a task, with its history; or how many tasks there are in each state.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'wait' -d 'Wait until tasks have ended; end with the status of the task, or 1 if one of several has failed.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'result' -d 'Print what a task has printed on standard output; status 69 if it has not ended.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'logs' -d 'Print the standard error of a task\'s last run, or of a running one as it comes.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'cancel' -d 'Cancel tasks: at once if they wait; a running one is ended with its whole process group.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'list' -d 'List tasks, the newest first.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'retry' -d 'Run finished tasks again, under their old numbers.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'pause' -d 'Let no task begin until resume; what runs goes on.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'resume' -d 'Let tasks begin again after pause.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'workers' -d 'One JSON object for each worker: its process, its tasks, and how many it has finished.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'stats' -d 'Depth by state, success rate, age of the oldest ready task, workers: JSON, or Prometheus text.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'purge' -d 'Remove finished tasks with their logs; dead ones only with --state dead.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_positional "fs-queue" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" priority' -l 'priority' -d 'How urgent it is.' -rfka 'critical high normal low'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" retries' -l 'retries' -d 'How often it is run again after a failure, 0 to 1000.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" delay' -l 'delay' -d 'The time before the first retry; doubled each time, with jitter.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" timeout' -l 'timeout' -d 'End it, and count a failure, after this time.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" in' -l 'in' -d 'Run it no sooner than in this time.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" at' -l 'at' -d 'Run it no sooner than at this time.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" expires' -l 'expires' -d 'It fails if it has not begun after this time.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" unique' -l 'unique' -d 'No two unfinished tasks have the same key.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" if-exists' -l 'if-exists' -d 'What to do if an unfinished task has the key.' -rfka 'ignore replace reject'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add"' -l 'env' -d 'A variable for it; several times for more.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" cwd' -l 'cwd' -d 'Where it runs; here if not given.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add"' -l 'tag' -d 'Something to find it by; several times for more.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" each' -l 'each' -d 'One task for each line of standard input.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" stdin' -l 'stdin' -d 'It reads what standard input has now (16 MiB at most).'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" wait' -l 'wait' -d 'Wait until it has ended, print what it prints, and end with its status.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue work" workers' -l 'workers' -d 'How many tasks at a time, 1 to 1000.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue work" drain' -l 'drain' -d 'Stop when no task is left that is not finished; status 1 if one has failed meanwhile.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue work" grace' -l 'grace' -d 'How long running tasks may go on after TERM.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue work" fast' -l 'fast' -d 'Faster: what is acknowledged survives crashes, but not power cuts.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue work" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue work" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue work" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue work" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue work" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue status" json' -l 'json' -d 'JSON instead of text.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue status" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue status" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue status" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue status" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue wait" timeout' -l 'timeout' -d 'No longer than this; status 75 then.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue wait" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue wait" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue wait" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue wait" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue wait" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue result" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue result" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue result" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue result" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue result" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue logs" f follow' -l 'follow' -s 'f' -d 'Go on until the task has ended, through all its attempts.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue logs" stdout' -l 'stdout' -d 'Standard output instead.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue logs" attempt' -l 'attempt' -d 'The log of this attempt, from 1.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue logs" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue logs" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue logs" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue logs" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue logs" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue cancel" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue cancel" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue cancel" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue cancel" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue cancel" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue list" state' -l 'state' -d 'Only those in this state.' -rfka 'pending scheduled running retrying completed failed cancelled dead'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue list" limit' -l 'limit' -d 'At most so many, 1 to 1,000,000.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue list" tag' -l 'tag' -d 'Only those with this tag.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue list" json' -l 'json' -d 'One JSON object a line instead of a table.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue list" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue list" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue list" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue list" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue retry" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue retry" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue retry" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue retry" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue retry" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue pause" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue pause" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue pause" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue pause" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue pause" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue resume" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue resume" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue resume" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue resume" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue resume" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue workers" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue workers" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue workers" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue workers" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue workers" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue stats" prometheus' -l 'prometheus' -d 'Lines in the text format of Prometheus.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue stats" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue stats" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue stats" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue stats" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue stats" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue purge" older' -l 'older' -d 'Those that ended longer ago than this.' -rfka ''
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue purge" state' -l 'state' -d 'Only those in this state.' -rfka 'pending scheduled running retrying completed failed cancelled dead'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue purge" queue' -l 'queue' -d 'The folder of the queue.' -rfa '(__fs-queue_complete_directories)'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue purge" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue purge" v verbose' -l 'verbose' -s 'v' -d 'Say more.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue purge" version' -l 'version' -d 'Show the version.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue purge" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fs-queue' -n '__fs-queue_should_offer_completions_for_flags_or_options "fs-queue help" version' -l 'version' -d 'Show the version.'
