# fs-queue for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
function __fs_queue_command --no-scope-shadowing
    switch $at
        case ''
            set commands \
                'add'\t'Add a command, or one for each line of standard input; print the numbers of ...' \
                'work'\t'Run tasks and schedules until a signal stops this worker, or until all tasks ...' \
                'status'\t'Show a task and its history, or count tasks by state' \
                'wait'\t'Wait until tasks have ended; end with the status of the task, or 1 if one of ...' \
                'result'\t'Print the standard output of a task; status 69 if the task has not ended' \
                'logs'\t'Print the standard error of a task\'s last run; with -f, as it comes' \
                'cancel'\t'Cancel tasks: waiting ones at once, running ones by ending their whole ...' \
                'list'\t'List tasks, the newest first' \
                'retry'\t'Run finished tasks again, under their old numbers' \
                'pause'\t'Start no more tasks until resume; or keep only the tasks that are named' \
                'resume'\t'Let tasks start again after pause: all, or those that are named' \
                'release'\t'Let tasks start that were added with --paused' \
                'edit'\t'Change a waiting task: its command, or other members of its definition' \
                'priority'\t'Change how urgent waiting tasks are, such as fs-queue priority high 17 18' \
                'on-failure'\t'Set the command to run when a task finally fails; without a command, show it' \
                'workers'\t'List the workers: the process of each, its running tasks, and how many it has ...' \
                'stats'\t'Show depth by state, success rate, age of the oldest ready task and workers' \
                'purge'\t'Remove finished tasks and their logs; dead ones only with --state dead' \
                'batch'\t'Add a command for each line of standard input, and a task that gathers their ...' \
                'results'\t'Print the results of the tasks of a batch, one JSON object a line' \
                'template'\t'Keep tasks with parameters under a name, and run them' \
                'run'\t'Add the tasks of a template; print the number of the last one' \
                'group'\t'Set the limits of a group of tasks; without options, show one group or all' \
                'schedule'\t'Add tasks again and again: by crontab lines, at intervals, or around the ...' \
                'dashboard'\t'Show the queue on a live page in the terminal until q or Ctrl-C, or print the ...' \
                'export'\t'Print tasks with their attempts, the oldest first, one JSON object a line' \
                'doctor'\t'Check the files of the queue, its counts, its workers and the disk; status 65 ...' \
                'schema'\t'Make, update, check or print the tables of a queue on PostgreSQL' \
                'move'\t'Move all tasks, schedules and groups to another queue; tasks keep their numbers' \
                'help'\t'Show subcommand help information'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' add'
            set commands
            set options \
                '--priority=critical,high,normal,low'\t'How urgent the task is' \
                '--retries='\t'How many times to run the task again after a failure, 0 to 1000' \
                '--delay='\t'The time before the first retry; doubled each time, with jitter' \
                '--max-delay='\t'The longest time before a retry' \
                '--backoff=exponential,fixed'\t'How the time before a retry grows' \
                '--retry-on='\t'Retry only after these exit statuses, instead of all but 64, 65, 77, 78, 100, ...' \
                '--timeout='\t'End a run after this time and count a failure' \
                '--in='\t'Wait this long before the task may run' \
                '--at='\t'Run it no sooner than at this time' \
                '--expires='\t'It fails if it has not begun after this time' \
                '--after='\t'Run it after this task; several times for more' \
                '--if='\t'The outcome that each task of --after must have: ok, failed, any, or an ...' \
                '--group='\t'Tasks of a group share its limits (see fs-queue group)' \
                '--limit='\t'From now on, run at most this many tasks of the group at a time' \
                '--rate='\t'From now on, start tasks of the group no faster than this, such as 30/m' \
                '--on='\t'Run it on a worker with this word only (work --host-tag), such as one whose ...' \
                '--env='\t'An environment variable for the task; may be repeated' \
                '--clean-env'\t'Pass on no variables of the worker except PATH, HOME, USER, SHELL, LANG, ...' \
                '--cwd=/'\t'Run the task in this folder instead of the current one' \
                '--on-failure='\t'What a shell runs if the task fails for good, as a task of its own (default: ...' \
                '--tag='\t'A tag to find the task by; may be repeated' \
                '--unique='\t'A key that no two unfinished tasks may share; {} is the line' \
                '--if-exists=ignore,replace,reject'\t'What to do if an unfinished task has the key' \
                '--chain=.'\t'Add the tasks in a file' \
                '--each'\t'Add one task for each line of standard input' \
                '--stdin'\t'Save standard input now (at most 16 MiB) and feed it to the task' \
                '--paused'\t'Let the task wait until fs-queue release' \
                '--spool'\t'If the server of the queue is away, keep the tasks on this machine; the next ...' \
                '--wait'\t'Wait for the task, print its output as it comes, and exit with its status' \
                '--stats'\t'Print one JSON line on standard error at the end: tasks, seconds, peak memory' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' work'
            set commands
            set options \
                '--workers='\t'How many tasks to run at a time, 1 to 1000 (default: the setting ...' \
                '--host-tag='\t'Run tasks that were added --on this word, too; may be repeated' \
                '--drain'\t'Stop when all tasks are finished; status 1 if one failed meanwhile' \
                '--grace='\t'How long running tasks may continue after TERM' \
                '--starve='\t'Treat a task as one level more urgent after it has been ready for this long, ...' \
                '--output-limit='\t'How much of a task\'s output to keep, 64KiB to 1GiB: its beginning and its end' \
                '--keep-completed='\t'Remove completed and cancelled tasks that ended longer ago than this; or never' \
                '--keep-failed='\t'The same for failed tasks; dead tasks stay' \
                '--fast'\t'Be faster: acknowledged changes survive crashes, but not power cuts' \
                '--stats'\t'Print one JSON line on standard error at the end: tasks, seconds, peak memory' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' status'
            set commands
            set options \
                '--json'\t'Print JSON instead of text' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' wait'
            set commands
            set options \
                '--timeout='\t'No longer than this; status 75 then' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' result'
            set commands
            set options \
                '--wait'\t'Wait until the task has ended' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' logs'
            set commands
            set options \
                '--follow'\t'Continue until the task has ended, through all further attempts' \
                '-f'\t'Continue until the task has ended, through all further attempts' \
                '--stdout'\t'Print standard output instead' \
                '--attempt='\t'Print the log of this attempt, counted from 1' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' cancel'
            set commands
            set options \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' list'
            set commands
            set options \
                '--state=paused,pending,scheduled,claimed,running,retrying,completed,failed,cancelled,dead'\t'List only tasks in this state' \
                '--limit='\t'List at most this many tasks, 1 to 1,000,000' \
                '--tag='\t'List only tasks with this tag' \
                '--group='\t'List only tasks of this group' \
                '--batch='\t'List only tasks of this batch' \
                '--schedule='\t'List only tasks that this schedule added' \
                '--json'\t'Print one JSON object a line instead of a table' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' retry'
            set commands
            set options \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' pause'
            set commands
            set options \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' resume'
            set commands
            set options \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' release'
            set commands
            set options \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' edit'
            set commands
            set options \
                '--set='\t'A member and its new value; may be repeated' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' ''
        case ' priority'
            set commands
            set options \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments 'critical,high,normal,low' ''
        case ' on-failure'
            set commands
            set options \
                '--none'\t'Tell nobody any more' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' workers'
            set commands
            set options \
                '--json'\t'Print one JSON object a line instead of a table' \
                '--slots='\t'Let them run this many tasks at a time, 1 to 1000' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' stats'
            set commands
            set options \
                '--prometheus'\t'Print the text format of Prometheus instead of a table' \
                '--json'\t'Print one JSON object instead of a table' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' purge'
            set commands
            set options \
                '--older='\t'Remove tasks that ended longer ago than this' \
                '--state=paused,pending,scheduled,claimed,running,retrying,completed,failed,cancelled,dead'\t'Remove only tasks in this state' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' batch'
            set commands
            set options \
                '--priority=critical,high,normal,low'\t'How urgent the task is' \
                '--retries='\t'How many times to run the task again after a failure, 0 to 1000' \
                '--delay='\t'The time before the first retry; doubled each time, with jitter' \
                '--max-delay='\t'The longest time before a retry' \
                '--backoff=exponential,fixed'\t'How the time before a retry grows' \
                '--retry-on='\t'Retry only after these exit statuses, instead of all but 64, 65, 77, 78, 100, ...' \
                '--timeout='\t'End a run after this time and count a failure' \
                '--in='\t'Wait this long before the task may run' \
                '--at='\t'Run it no sooner than at this time' \
                '--expires='\t'It fails if it has not begun after this time' \
                '--after='\t'Run it after this task; several times for more' \
                '--if='\t'The outcome that each task of --after must have: ok, failed, any, or an ...' \
                '--group='\t'Tasks of a group share its limits (see fs-queue group)' \
                '--limit='\t'From now on, run at most this many tasks of the group at a time' \
                '--rate='\t'From now on, start tasks of the group no faster than this, such as 30/m' \
                '--on='\t'Run it on a worker with this word only (work --host-tag), such as one whose ...' \
                '--env='\t'An environment variable for the task; may be repeated' \
                '--clean-env'\t'Pass on no variables of the worker except PATH, HOME, USER, SHELL, LANG, ...' \
                '--cwd=/'\t'Run the task in this folder instead of the current one' \
                '--on-failure='\t'What a shell runs if the task fails for good, as a task of its own (default: ...' \
                '--tag='\t'A tag to find the task by; may be repeated' \
                '--reduce='\t'A shell script that combines the results' \
                '--wait'\t'Wait until all tasks have ended, print the result, and exit with its status' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' results'
            set commands
            set options \
                '--check'\t'Exit with status 1 if any of the tasks did not complete' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' template'
            set commands \
                'save'\t'Save a template: from a file, or a command in which each {name} is a parameter' \
                'show'\t'Print a template, to read or edit' \
                'list'\t'List the available templates' \
                'remove'\t'Remove one of your templates' \
                'run'\t'Add the tasks of a template; print the number of the last one'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' template save'
            set commands
            set options \
                '--file=.'\t'The template as JSON; - is standard input' \
                '--description='\t'What the template is for' \
                '--default='\t'The default value of a parameter; may be repeated' \
                '--priority=critical,high,normal,low'\t'How urgent the task is' \
                '--retries='\t'How many times to run the task again after a failure, 0 to 1000' \
                '--delay='\t'The time before the first retry; doubled each time, with jitter' \
                '--max-delay='\t'The longest time before a retry' \
                '--backoff=exponential,fixed'\t'How the time before a retry grows' \
                '--retry-on='\t'Retry only after these exit statuses, instead of all but 64, 65, 77, 78, 100, ...' \
                '--timeout='\t'End a run after this time and count a failure' \
                '--in='\t'Wait this long before the task may run' \
                '--at='\t'Run it no sooner than at this time' \
                '--expires='\t'It fails if it has not begun after this time' \
                '--after='\t'Run it after this task; several times for more' \
                '--if='\t'The outcome that each task of --after must have: ok, failed, any, or an ...' \
                '--group='\t'Tasks of a group share its limits (see fs-queue group)' \
                '--limit='\t'From now on, run at most this many tasks of the group at a time' \
                '--rate='\t'From now on, start tasks of the group no faster than this, such as 30/m' \
                '--on='\t'Run it on a worker with this word only (work --host-tag), such as one whose ...' \
                '--env='\t'An environment variable for the task; may be repeated' \
                '--clean-env'\t'Pass on no variables of the worker except PATH, HOME, USER, SHELL, LANG, ...' \
                '--cwd=/'\t'Run the task in this folder instead of the current one' \
                '--on-failure='\t'What a shell runs if the task fails for good, as a task of its own (default: ...' \
                '--tag='\t'A tag to find the task by; may be repeated' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' ''
        case ' template show'
            set commands
            set options \
                '--script'\t'Print only the scripts of the template' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' template list'
            set commands
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' template remove'
            set commands
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' template run'
            set commands
            set options \
                '--priority=critical,high,normal,low'\t'How urgent the tasks are, instead of what the template says' \
                '--unique='\t'A key that no two unfinished tasks may share' \
                '--if-exists=ignore,replace,reject'\t'What to do if an unfinished task has the key' \
                '--wait'\t'Wait for the last task, print its output as it comes, and exit with its status' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' ''
        case ' run'
            set commands
            set options \
                '--priority=critical,high,normal,low'\t'How urgent the tasks are, instead of what the template says' \
                '--unique='\t'A key that no two unfinished tasks may share' \
                '--if-exists=ignore,replace,reject'\t'What to do if an unfinished task has the key' \
                '--wait'\t'Wait for the last task, print its output as it comes, and exit with its status' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments '' ''
        case ' group'
            set commands
            set options \
                '--limit='\t'Run at most this many tasks at a time, or none for no limit' \
                '--rate='\t'Start tasks no faster than this, such as 30/m, or none for no limit' \
                '--pause'\t'Start no more tasks of the group' \
                '--resume'\t'Let tasks of the group start again' \
                '--json'\t'Print one JSON object a line instead of a table' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' schedule'
            set commands \
                'load'\t'Load the jobs of a file as schedules, in place of those that were loaded from ...' \
                'next'\t'Show when each job fires next' \
                'list'\t'List schedules with the outcome of their last runs' \
                'log'\t'Show the outcome of each firing, the newest first, one JSON object a line' \
                'remove'\t'Remove schedules; tasks that they added stay'
            set options \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information' \
                '--file=.'\t'The file of jobs; - is standard input' \
                '--zone='\t'The time zone until the file sets another, such as America/New_York' \
                '--check'\t'Only check the file, and show when each job would fire next' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never'
            set arguments
        case ' schedule load'
            set commands
            set options \
                '--file=.'\t'The file of jobs; - is standard input' \
                '--zone='\t'The time zone until the file sets another, such as America/New_York' \
                '--check'\t'Only check the file, and show when each job would fire next' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' schedule next'
            set commands
            set options \
                '--count='\t'How many firings of each job to show, 1 to 10000' \
                '--from='\t'Begin at this time instead of now' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' schedule list'
            set commands
            set options \
                '--json'\t'Print one JSON object a line instead of a table' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' schedule log'
            set commands
            set options \
                '--limit='\t'Show at most this many firings, 1 to 1,000,000' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' schedule remove'
            set commands
            set options \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments ''
        case ' dashboard'
            set commands
            set options \
                '--once'\t'Print the page once and exit' \
                '--json'\t'Print one JSON object instead of the page; with --interval, repeatedly' \
                '--interval='\t'The time between two updates, 100ms to 1h' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' export'
            set commands
            set options \
                '--state=paused,pending,scheduled,claimed,running,retrying,completed,failed,cancelled,dead'\t'Export only tasks in this state' \
                '--tag='\t'Export only tasks with this tag' \
                '--after='\t'Export only tasks with a greater number' \
                '--outputs'\t'Include outputs that are kept in the database (up to 64 KiB each)' \
                '--history'\t'Include each change of state' \
                '-o=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--output=.'\t'Write to this file, whole or not at all, instead of standard output; its name ...' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' doctor'
            set commands
            set options \
                '--mend'\t'Repair what can be repaired' \
                '--recover=/'\t'Copy what can be read into a new queue in this folder' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' schema'
            set commands
            set options \
                '--apply'\t'Make the tables, or bring them up to date' \
                '--print'\t'Print the statements that make them' \
                '--check'\t'Say whether they are as they should be' \
                '--role='\t'With --apply: a role that may use the queue; may be repeated' \
                '--queue=/'\t'The queue: a folder, or postgres://user@host/database' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--verbose'\t'Say more' \
                '-v'\t'Say more' \
                '--color=auto,always,never'\t'Colour messages: auto, always, never' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' move'
            set commands
            set options \
                '--from='\t'The queue as it is: a folder (also sqlite:FOLDER) or an address' \
                '--to='\t'Where it goes' \
                '--quiet'\t'Say nothing but errors' \
                '-q'\t'Say nothing but errors' \
                '--version'\t'Show the version' \
                '-h'\t'Show help information' \
                '--help'\t'Show help information'
            set arguments
        case ' help'
            set commands
            set options
            set arguments 'add,work,status,wait,result,logs,cancel,list,retry,pause,resume,release,edit,priority,on-failure,workers,stats,purge,batch,results,template,run,group,schedule,dashboard,export,doctor,schema,move'
    end
end

# Whether an option takes a value, and which.
function __fs_queue_takes --no-scope-shadowing
    for option in $options
        set -l name (string split -m 1 \t -- $option)[1]
        if string match -q -- "$argv[1]=*" $name
            set kind (string split -m 1 = -- $name)[2]
            return 0
        end
    end
    return 1
end

function __fs_queue_values
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

function __fs_queue
    set -l commands
    set -l options
    set -l arguments
    set -l at ''
    set -l takes 0
    set -l kind ''
    set -l given 0
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    __fs_queue_command
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
                __fs_queue_takes $word; and set takes 1
            case '*'
                if test $given = 0; and string match -qr -- "^$(string escape --style=regex -- $word)\t" $commands
                    set at "$at $word"
                    __fs_queue_command
                else
                    set given (math $given + 1)
                end
        end
    end
    if test $takes = 1
        __fs_queue_values "$kind" "$current"
    else if string match -q -- '-*=*' $current
        set -l parts (string split -m 1 = -- $current)
        __fs_queue_takes $parts[1]; and string replace -r -- '^' "$parts[1]=" (__fs_queue_values "$kind" "$parts[2]")
    else if string match -q -- '-*' $current
        string replace -r -- '=[^\t]*' '' $options
    else
        test $given = 0; and string join \n -- $commands
        if set -q arguments[1]
            set -l place (math "min($given + 1, $(count $arguments))")
            __fs_queue_values "$arguments[$place]" "$current"
        end
    end
end

complete -c fs-queue -e
complete -c fs-queue -f -a '(__fs_queue)'
