import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

@main
struct QueueTool: ParsableCommand, ForeignNames {
  static let foreignNames = [
    "kill": "cancel", "stop": "cancel", "log": "logs", "follow": "logs -f", "tail": "logs -f", "clean": "purge",
    "remove": "purge", "rm": "purge", "stash": "pause", "hold": "pause", "enqueue": "release", "start": "resume",
    "restart": "retry", "parallel": "workers --slots", "limit": "group", "reprioritize": "priority", "show": "status",
    "ls": "list", "ps": "list --state running", "worker": "work", "daemon": "work", "submit": "add", "push": "add",
  ]

  static let configuration = CommandConfiguration(
    commandName: "fs-queue",
    abstract: "A durable command queue for shells and cron: no task is lost, and none runs twice at the same time.",
    discussion: """
      fs-queue add puts a command into a queue, which is a folder of files. Any number of worker processes on this \
      machine run the commands: by priority, then by due time, then by the time they were added. There is no daemon: \
      start workers from a terminal, cron (@reboot fs-queue work) or systemd. They run until they are stopped, or \
      with --drain until all tasks are done. add returns once the task is safely on disk.

      A task runs in a session of its own, without a terminal, in the folder in which it was added. Its environment is \
      that of its worker, with the folder of fs-queue at the end of PATH, plus the variables of --env. Its standard input is \
      empty unless --stdin supplies one. Its standard output is its result, its standard error its log; of more than \
      16 MiB (work --output-limit), only the beginning and the end are kept. FS_TASK_ID and FS_ATTEMPT identify the \
      run; with a time-out, FS_DEADLINE is its end in seconds since 1970. The task may write lines such as \
      "progress 0.4 text" and "retry-after 30" to the descriptor that FS_PROGRESS_FD names.

      Exit status 0 is success. Statuses 64, 65, 77, 78, 100, 126 and 127 fail at once, because running the task again \
      would change nothing; use 100 for "never again". After any other status, a signal or a time-out, the task is \
      retried if --retries allows; use 75 for "try again later". --retry-on chooses other statuses to retry. --delay \
      is the wait before the first retry; it doubles each time, with jitter, up to --max-delay. A time-out or \
      fs-queue cancel ends all processes of the task: TERM first, then KILL after at most ten seconds. Processes that \
      a task leaves running when it ends are ended, too.

      When a worker dies, another worker returns its tasks to the queue within a second, but never while a process of \
      the old attempt is alive. A lost attempt does not count as a failure, but the third one makes the task dead. \
      After TERM, a worker starts no more tasks and lets the running ones finish (for up to --grace).

      SEVERAL MACHINES
      A queue can be a schema of a PostgreSQL database (12 or later): FS_QUEUE=postgres://USER@HOST/DATABASE or --queue, with ?schema=NAME for one of \
      several queues in a database, and everything else as in libpq's addresses (several hosts, sslmode, ...). fs-queue schema --apply makes the tables once. The same commands work, from any \
      number of machines, and results and logs can be read from all of them. libpq is loaded when such an address is used (install libpq5 or libpq); a password belongs into ~/.pgpass or PGPASSWORD.

      A worker has a lease of 60 s, by the clock of the server, which its turns renew. On its own machine the kernel tells whether a worker lives; the tasks of a machine that is \
      not heard of are given to others 65 s after its last turn. A worker that has had no answer for 40 s ends what it runs (TERM, then KILL after 5 s), so no two attempts run at a time, unless a machine \
      is frozen (SIGSTOP, a paused virtual machine) for that long. Until then tasks go on, and their results are told when the server is back. A result that comes too late is kept with its attempt and changes nothing.

      Tasks run in the folder and with the programs of the machine that takes them. add --on TAG lets only workers with that --host-tag take a task. A queue is as durable as its server: with asynchronous replicas a \
      failover can lose the newest tasks (doctor says so). add --spool keeps tasks on this machine while the server is away; \
      so does a worker that has to end then with its results, and the next worker of the machine offers them. fs-queue move brings a queue from a folder to a server, or back. \
      An add over PostgreSQL takes about 20 ms, most of it for the connection: add --each for many. Behind a pooler (pgbouncer) workers look for tasks once a second instead of being told.

      BACKUP
      A folder: stop the workers and copy it, or copy queue.db with sqlite3 FOLDER/queue.db ".backup COPY" while they run, and logs/ after it. A damaged one: fs-queue doctor --recover. \
      A schema: pg_dump -n SCHEMA DATABASE, or whatever the server is backed up with; a dump that takes long slows claims down, because it holds a snapshot (doctor names who does). After a restore tasks \
      that ran at the time of the backup are given back once their leases have ended, and run again; tasks that were added later are gone, and tasks that ended later run again. So stop the workers before a restore.

      A task may wait for other tasks (add --after, --if, --chain) and share limits with other tasks (group). A batch \
      combines many tasks into one result (batch). A template keeps a task with parameters under a name (template, \
      run). A schedule adds a task again and again (schedule).

      EXAMPLES:
        id=$(fs-queue add --priority high --retries 3 --timeout 5m -- sh -c 'fs-fetch AAPL --range 1y | fs-indicators --rsi 14 -o aapl.parquet')
        fs-queue work --workers 4
        fs-queue work --drain
        fs-queue status $id
        fs-queue wait $id
        fs-queue result $id
        fs-queue logs -f $id
        fs-queue cancel $id
        cat symbols.txt | fs-queue add --each -- fs-fetch {} --range max --store prices.db --update
        fs-queue add --in 2h --unique nightly --if-exists ignore -- make report
        fs-queue add --after $id --if 'rows > 100' -- sh report.sh
        fs-queue add --chain nightly.json
        cat symbols.txt | fs-queue batch --reduce 'sort > all.ndjson' -- fs-fetch --quote {}
        fs-queue add --group yahoo --limit 2 --rate 30/m -- fs-fetch MSFT
        fs-queue template save hello --default greeting=hello -- echo '{greeting} {name}'
        fs-queue run process_dataset AAPL --period 1y
        fs-queue schedule --file jobs.conf
        fs-queue schedule next
        fs-queue list --state failed
        fs-queue retry 17
        fs-queue edit 18 --set timeout=10m
        fs-queue pause 18
        fs-queue workers --slots 8
        fs-queue dashboard
        fs-queue stats --prometheus
        fs-queue export -o tasks.parquet
        fs-queue doctor
        FS_QUEUE=postgres://fs@db/finstage fs-queue schema --apply --role worker
        fs-queue add --on fetch -- fs-fetch AAPL --store /shared/prices.db --update
        fs-queue work --host-tag fetch
        fs-queue move --from sqlite:./queue --to postgres://fs@db/finstage
        fs-queue purge --older 7d

      EXIT STATUS:
      0 success. wait and add --wait: the task's own status, 128 + the number of a signal, 124 for a time-out, 125 if \
      the task was cancelled, has expired or is dead, 75 if wait ran out of time. 64 wrong usage; 65 a file of tasks \
      or jobs, or a template, is invalid; 66 no such task; 69 the task is not finished (result); 73 cannot create a \
      file; 74 reading or writing failed; 75 refused because an unfinished task has the same unique key, or the server of the queue is away; 77 a password or a right is missing; 78 the tables of a queue are missing, or it has moved. \
      work --drain: 1 if a task failed. doctor: 65 if something is wrong.

      ENVIRONMENT:
      FS_QUEUE is the queue, a folder or an address; FS_QUEUE_HOME, which it wins over, is a folder. --queue overrides both. FS_LIBPQ names libpq where it is not found. Without any of them, the queue is in the data folder, \
      which FINSTAGE_HOME or XDG_DATA_HOME sets. Templates are in the configuration folder, which FINSTAGE_HOME or \
      XDG_CONFIG_HOME sets.
      """,
    version: finstageVersion,
    subcommands: [
      Add.self, Work.self, Status.self, Wait.self, PrintResult.self, Logs.self, Cancel.self, List.self, Retry.self,
      Pause.self, Resume.self, Release.self, Edit.self, Priority.self, OnFailure.self, Workers.self, Stats.self,
      Purge.self, Batch.self, Results.self,
      Template.self,
      RunTemplate.self,
      Group.self, Schedule.self, Dashboard.self, Export.self, Doctor.self, SchemaCommand.self, Move.self,
    ])

  static func main() { startCommands() }
}
