#compdef fs-queue
# fs-queue for this shell. Generated from its parser by `make docs`: do not edit.

# What a command takes.
_fs_queue_command() {
  offered=() flags=() arguments=()
  case $1 in
    '')
      offered=(
        'add:Add a command, or one for each line of standard input; print the numbers of ...'
        'work:Run tasks and schedules until a signal stops this worker, or until all tasks ...'
        'status:Show a task and its history, or count tasks by state'
        'wait:Wait until tasks have ended; end with the status of the task, or 1 if one of ...'
        'result:Print the standard output of a task; status 69 if the task has not ended'
        'logs:Print the standard error of a task'\''s last run; with -f, as it comes'
        'cancel:Cancel tasks: waiting ones at once, running ones by ending their whole ...'
        'list:List tasks, the newest first'
        'retry:Run finished tasks again, under their old numbers'
        'pause:Start no more tasks until resume; or keep only the tasks that are named'
        'resume:Let tasks start again after pause: all, or those that are named'
        'release:Let tasks start that were added with --paused'
        'edit:Change a waiting task: its command, or other members of its definition'
        'priority:Change how urgent waiting tasks are, such as fs-queue priority high 17 18'
        'on-failure:Set the command to run when a task finally fails; without a command, show it'
        'workers:List the workers: the process of each, its running tasks, and how many it has ...'
        'stats:Show depth by state, success rate, age of the oldest ready task and workers'
        'purge:Remove finished tasks and their logs; dead ones only with --state dead'
        'batch:Add a command for each line of standard input, and a task that gathers their ...'
        'results:Print the results of the tasks of a batch, one JSON object a line'
        'template:Keep tasks with parameters under a name, and run them'
        'run:Add the tasks of a template; print the number of the last one'
        'group:Set the limits of a group of tasks; without options, show one group or all'
        'schedule:Add tasks again and again: by crontab lines, at intervals, or around the ...'
        'dashboard:Show the queue on a live page in the terminal until q or Ctrl-C, or print the ...'
        'export:Print tasks with their attempts, the oldest first, one JSON object a line'
        'doctor:Check the files of the queue, its counts, its workers and the disk; status 65 ...'
        'schema:Make, update, check or print the tables of a queue on PostgreSQL'
        'move:Move all tasks, schedules and groups to another queue; tasks keep their numbers'
        'help:Show subcommand help information')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' add')
      offered=()
      flags=(
        '--priority=critical,high,normal,low:How urgent the task is'
        '--retries=:How many times to run the task again after a failure, 0 to 1000'
        '--delay=:The time before the first retry; doubled each time, with jitter'
        '--max-delay=:The longest time before a retry'
        '--backoff=exponential,fixed:How the time before a retry grows'
        '--retry-on=:Retry only after these exit statuses, instead of all but 64, 65, 77, 78, 100, ...'
        '--timeout=:End a run after this time and count a failure'
        '--in=:Wait this long before the task may run'
        '--at=:Run it no sooner than at this time'
        '--expires=:It fails if it has not begun after this time'
        '--after=:Run it after this task; several times for more'
        '--if=:The outcome that each task of --after must have: ok, failed, any, or an ...'
        '--group=:Tasks of a group share its limits (see fs-queue group)'
        '--limit=:From now on, run at most this many tasks of the group at a time'
        '--rate=:From now on, start tasks of the group no faster than this, such as 30/m'
        '--on=:Run it on a worker with this word only (work --host-tag), such as one whose ...'
        '--env=:An environment variable for the task; may be repeated'
        '--clean-env:Pass on no variables of the worker except PATH, HOME, USER, SHELL, LANG, ...'
        '--cwd=/:Run the task in this folder instead of the current one'
        '--on-failure=:What a shell runs if the task fails for good, as a task of its own (default: ...'
        '--tag=:A tag to find the task by; may be repeated'
        '--unique=:A key that no two unfinished tasks may share; {} is the line'
        '--if-exists=ignore,replace,reject:What to do if an unfinished task has the key'
        '--chain=.:Add the tasks in a file'
        '--each:Add one task for each line of standard input'
        '--stdin:Save standard input now (at most 16 MiB) and feed it to the task'
        '--paused:Let the task wait until fs-queue release'
        '--spool:If the server of the queue is away, keep the tasks on this machine; the next ...'
        '--wait:Wait for the task, print its output as it comes, and exit with its status'
        '--stats:Print one JSON line on standard error at the end: tasks, seconds, peak memory'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' work')
      offered=()
      flags=(
        '--workers=:How many tasks to run at a time, 1 to 1000 (default: the setting ...'
        '--host-tag=:Run tasks that were added --on this word, too; may be repeated'
        '--drain:Stop when all tasks are finished; status 1 if one failed meanwhile'
        '--grace=:How long running tasks may continue after TERM'
        '--starve=:Treat a task as one level more urgent after it has been ready for this long, ...'
        '--output-limit=:How much of a task'\''s output to keep, 64KiB to 1GiB: its beginning and its end'
        '--keep-completed=:Remove completed and cancelled tasks that ended longer ago than this; or never'
        '--keep-failed=:The same for failed tasks; dead tasks stay'
        '--fast:Be faster: acknowledged changes survive crashes, but not power cuts'
        '--stats:Print one JSON line on standard error at the end: tasks, seconds, peak memory'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' status')
      offered=()
      flags=(
        '--json:Print JSON instead of text'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' wait')
      offered=()
      flags=(
        '--timeout=:No longer than this; status 75 then'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' result')
      offered=()
      flags=(
        '--wait:Wait until the task has ended'
        '-o=.:Write to this file, whole or not at all, instead of standard output'
        '--output=.:Write to this file, whole or not at all, instead of standard output'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' logs')
      offered=()
      flags=(
        '--follow:Continue until the task has ended, through all further attempts'
        '-f:Continue until the task has ended, through all further attempts'
        '--stdout:Print standard output instead'
        '--attempt=:Print the log of this attempt, counted from 1'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' cancel')
      offered=()
      flags=(
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' list')
      offered=()
      flags=(
        '--state=paused,pending,scheduled,claimed,running,retrying,completed,failed,cancelled,dead:List only tasks in this state'
        '--limit=:List at most this many tasks, 1 to 1,000,000'
        '--tag=:List only tasks with this tag'
        '--group=:List only tasks of this group'
        '--batch=:List only tasks of this batch'
        '--schedule=:List only tasks that this schedule added'
        '--json:Print one JSON object a line instead of a table'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' retry')
      offered=()
      flags=(
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' pause')
      offered=()
      flags=(
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' resume')
      offered=()
      flags=(
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' release')
      offered=()
      flags=(
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' edit')
      offered=()
      flags=(
        '--set=:A member and its new value; may be repeated'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '')
      ;;
    ' priority')
      offered=()
      flags=(
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('critical,high,normal,low' '')
      ;;
    ' on-failure')
      offered=()
      flags=(
        '--none:Tell nobody any more'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' workers')
      offered=()
      flags=(
        '--json:Print one JSON object a line instead of a table'
        '--slots=:Let them run this many tasks at a time, 1 to 1000'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' stats')
      offered=()
      flags=(
        '--prometheus:Print the text format of Prometheus instead of a table'
        '--json:Print one JSON object instead of a table'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' purge')
      offered=()
      flags=(
        '--older=:Remove tasks that ended longer ago than this'
        '--state=paused,pending,scheduled,claimed,running,retrying,completed,failed,cancelled,dead:Remove only tasks in this state'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' batch')
      offered=()
      flags=(
        '--priority=critical,high,normal,low:How urgent the task is'
        '--retries=:How many times to run the task again after a failure, 0 to 1000'
        '--delay=:The time before the first retry; doubled each time, with jitter'
        '--max-delay=:The longest time before a retry'
        '--backoff=exponential,fixed:How the time before a retry grows'
        '--retry-on=:Retry only after these exit statuses, instead of all but 64, 65, 77, 78, 100, ...'
        '--timeout=:End a run after this time and count a failure'
        '--in=:Wait this long before the task may run'
        '--at=:Run it no sooner than at this time'
        '--expires=:It fails if it has not begun after this time'
        '--after=:Run it after this task; several times for more'
        '--if=:The outcome that each task of --after must have: ok, failed, any, or an ...'
        '--group=:Tasks of a group share its limits (see fs-queue group)'
        '--limit=:From now on, run at most this many tasks of the group at a time'
        '--rate=:From now on, start tasks of the group no faster than this, such as 30/m'
        '--on=:Run it on a worker with this word only (work --host-tag), such as one whose ...'
        '--env=:An environment variable for the task; may be repeated'
        '--clean-env:Pass on no variables of the worker except PATH, HOME, USER, SHELL, LANG, ...'
        '--cwd=/:Run the task in this folder instead of the current one'
        '--on-failure=:What a shell runs if the task fails for good, as a task of its own (default: ...'
        '--tag=:A tag to find the task by; may be repeated'
        '--reduce=:A shell script that combines the results'
        '--wait:Wait until all tasks have ended, print the result, and exit with its status'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' results')
      offered=()
      flags=(
        '--check:Exit with status 1 if any of the tasks did not complete'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' template')
      offered=(
        'save:Save a template: from a file, or a command in which each {name} is a parameter'
        'show:Print a template, to read or edit'
        'list:List the available templates'
        'remove:Remove one of your templates'
        'run:Add the tasks of a template; print the number of the last one')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' template save')
      offered=()
      flags=(
        '--file=.:The template as JSON; - is standard input'
        '--description=:What the template is for'
        '--default=:The default value of a parameter; may be repeated'
        '--priority=critical,high,normal,low:How urgent the task is'
        '--retries=:How many times to run the task again after a failure, 0 to 1000'
        '--delay=:The time before the first retry; doubled each time, with jitter'
        '--max-delay=:The longest time before a retry'
        '--backoff=exponential,fixed:How the time before a retry grows'
        '--retry-on=:Retry only after these exit statuses, instead of all but 64, 65, 77, 78, 100, ...'
        '--timeout=:End a run after this time and count a failure'
        '--in=:Wait this long before the task may run'
        '--at=:Run it no sooner than at this time'
        '--expires=:It fails if it has not begun after this time'
        '--after=:Run it after this task; several times for more'
        '--if=:The outcome that each task of --after must have: ok, failed, any, or an ...'
        '--group=:Tasks of a group share its limits (see fs-queue group)'
        '--limit=:From now on, run at most this many tasks of the group at a time'
        '--rate=:From now on, start tasks of the group no faster than this, such as 30/m'
        '--on=:Run it on a worker with this word only (work --host-tag), such as one whose ...'
        '--env=:An environment variable for the task; may be repeated'
        '--clean-env:Pass on no variables of the worker except PATH, HOME, USER, SHELL, LANG, ...'
        '--cwd=/:Run the task in this folder instead of the current one'
        '--on-failure=:What a shell runs if the task fails for good, as a task of its own (default: ...'
        '--tag=:A tag to find the task by; may be repeated'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '')
      ;;
    ' template show')
      offered=()
      flags=(
        '--script:Print only the scripts of the template'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' template list')
      offered=()
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' template remove')
      offered=()
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' template run')
      offered=()
      flags=(
        '--priority=critical,high,normal,low:How urgent the tasks are, instead of what the template says'
        '--unique=:A key that no two unfinished tasks may share'
        '--if-exists=ignore,replace,reject:What to do if an unfinished task has the key'
        '--wait:Wait for the last task, print its output as it comes, and exit with its status'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '')
      ;;
    ' run')
      offered=()
      flags=(
        '--priority=critical,high,normal,low:How urgent the tasks are, instead of what the template says'
        '--unique=:A key that no two unfinished tasks may share'
        '--if-exists=ignore,replace,reject:What to do if an unfinished task has the key'
        '--wait:Wait for the last task, print its output as it comes, and exit with its status'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('' '')
      ;;
    ' group')
      offered=()
      flags=(
        '--limit=:Run at most this many tasks at a time, or none for no limit'
        '--rate=:Start tasks no faster than this, such as 30/m, or none for no limit'
        '--pause:Start no more tasks of the group'
        '--resume:Let tasks of the group start again'
        '--json:Print one JSON object a line instead of a table'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' schedule')
      offered=(
        'load:Load the jobs of a file as schedules, in place of those that were loaded from ...'
        'next:Show when each job fires next'
        'list:List schedules with the outcome of their last runs'
        'log:Show the outcome of each firing, the newest first, one JSON object a line'
        'remove:Remove schedules; tasks that they added stay')
      flags=(
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information'
        '--file=.:The file of jobs; - is standard input'
        '--zone=:The time zone until the file sets another, such as America/New_York'
        '--check:Only check the file, and show when each job would fire next'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never')
      arguments=()
      ;;
    ' schedule load')
      offered=()
      flags=(
        '--file=.:The file of jobs; - is standard input'
        '--zone=:The time zone until the file sets another, such as America/New_York'
        '--check:Only check the file, and show when each job would fire next'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' schedule next')
      offered=()
      flags=(
        '--count=:How many firings of each job to show, 1 to 10000'
        '--from=:Begin at this time instead of now'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' schedule list')
      offered=()
      flags=(
        '--json:Print one JSON object a line instead of a table'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' schedule log')
      offered=()
      flags=(
        '--limit=:Show at most this many firings, 1 to 1,000,000'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' schedule remove')
      offered=()
      flags=(
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=('')
      ;;
    ' dashboard')
      offered=()
      flags=(
        '--once:Print the page once and exit'
        '--json:Print one JSON object instead of the page; with --interval, repeatedly'
        '--interval=:The time between two updates, 100ms to 1h'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' export')
      offered=()
      flags=(
        '--state=paused,pending,scheduled,claimed,running,retrying,completed,failed,cancelled,dead:Export only tasks in this state'
        '--tag=:Export only tasks with this tag'
        '--after=:Export only tasks with a greater number'
        '--outputs:Include outputs that are kept in the database (up to 64 KiB each)'
        '--history:Include each change of state'
        '-o=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--output=.:Write to this file, whole or not at all, instead of standard output; its name ...'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' doctor')
      offered=()
      flags=(
        '--mend:Repair what can be repaired'
        '--recover=/:Copy what can be read into a new queue in this folder'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' schema')
      offered=()
      flags=(
        '--apply:Make the tables, or bring them up to date'
        '--print:Print the statements that make them'
        '--check:Say whether they are as they should be'
        '--role=:With --apply: a role that may use the queue; may be repeated'
        '--queue=/:The queue: a folder, or postgres://user@host/database'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--verbose:Say more'
        '-v:Say more'
        '--color=auto,always,never:Colour messages: auto, always, never'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' move')
      offered=()
      flags=(
        '--from=:The queue as it is: a folder (also sqlite:FOLDER) or an address'
        '--to=:Where it goes'
        '--quiet:Say nothing but errors'
        '-q:Say nothing but errors'
        '--version:Show the version'
        '-h:Show help information'
        '--help:Show help information')
      arguments=()
      ;;
    ' help')
      offered=()
      flags=()
      arguments=('add,work,status,wait,result,logs,cancel,list,retry,pause,resume,release,edit,priority,on-failure,workers,stats,purge,batch,results,template,run,group,schedule,dashboard,export,doctor,schema,move')
      ;;
  esac
}

# Whether an option takes a value, and which.
_fs_queue_takes() {
  local found=${flags[(r)${(b)1}=*]}
  [[ -n $found ]] || return 1
  kind=${${found#*=}%%:*}
}

_fs_queue_values() {
  case $kind in
    .) _files ;;
    /) _files -/ ;;
    ?*) compadd -- ${(s:,:)kind} ;;
  esac
}

_fs_queue() {
  local at= word takes= kind= option
  local -a offered flags arguments names
  integer i given=0
  _fs_queue_command ''
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
      -*) if _fs_queue_takes $word; then takes=1; fi ;;
      *)
        if ((!given && ${offered[(I)${(b)word}:*]})); then
          at+=" $word"
          _fs_queue_command $at
        else
          given+=1
        fi
        ;;
    esac
  done
  if [[ -n $takes ]]; then
    _fs_queue_values
  elif [[ $PREFIX == -*=* ]]; then
    _fs_queue_takes ${PREFIX%%=*} && compset -P '*=' && _fs_queue_values
  elif [[ $PREFIX == -* ]]; then
    for option in $flags; do names+=("${option%%[=:]*}:${option#*:}"); done
    _describe -o option names
  else
    if ((!given && ${#offered})); then _describe command offered; fi
    if ((${#arguments})); then
      kind=${arguments[given < ${#arguments} ? given + 1 : ${#arguments}]}
      _fs_queue_values
    fi
  fi
}

if [[ $funcstack[1] == _fs-queue ]]; then
  _fs_queue "$@"
else
  compdef _fs_queue fs-queue
fi
