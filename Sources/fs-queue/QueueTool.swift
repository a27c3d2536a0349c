import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

@main
struct QueueTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fs-queue",
    abstract: "A durable queue of commands for shells and cron: nothing is lost, nothing runs twice at a time.",
    discussion: """
      Commands are added to a queue in a folder of files and run by any number of worker processes on this machine, in the order of \
      their priority, then of when they are due, then of when they were added. There is no daemon: start workers from a \
      terminal, cron (@reboot fs-queue work) or systemd, for ever or until all is done (--drain). Add returns once the task is safely on disk.

      A task runs in the folder in which it was added, with the environment of its worker (and the folder of fs-queue at the end of PATH) and what --env adds, in a process group \
      of its own; it reads nothing, or what --stdin gives it. What it prints is its result, what it prints on standard error its \
      log; of more than 16 MiB (--output-limit of work) the beginning and the end are kept. It finds FS_TASK_ID, FS_ATTEMPT and, with a \
      time-out, FS_DEADLINE (seconds since 1970), and may write lines to the descriptor FS_PROGRESS_FD: "progress 0.4 text", \
      "retry-after 30".

      Status 0 is success. 64, 65, 77, 78, 100, 126 and 127 fail at once, since running again would change nothing; 100 is for \
      "never again" (--retry-on names other statuses). Any other failure, a signal or --timeout lets the task be retried after --delay, \
      doubled each time, with jitter, up to --max-delay; 75 is for "later". A time-out and cancel end all processes of the task: TERM, then \
      KILL ten seconds later. What a task leaves running when it ends is ended, too.

      A worker that dies, however that happens, gives its tasks back within a second, if another one lives, as soon as none of their \
      processes is left; that does not count as a failure, but after the third time the task is dead. TERM lets a worker finish what \
      runs (for --grace) and begin nothing more.

      Tasks may wait for others (add --after, --if, --chain), share limits (group), be many with one result (batch), be kept under a name with \
      parameters (template, run), and be added again and again (schedule).

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
        fs-queue dashboard
        fs-queue stats --prometheus
        fs-queue export -o tasks.parquet
        fs-queue doctor
        fs-queue purge --older 7d

      EXIT STATUS:
      0 done. wait and add --wait: the task's own status, 128 + the number of a signal, 124 for its time-out, 125 if it was \
      cancelled, expired or is dead, 75 if wait ran out of time. 64 wrong usage; 65 a file of tasks, jobs or a template is wrong; 66 no such task; 69 not yet finished (result); \
      73 cannot write; 74 reading or writing failed; 75 refused because an unfinished task has the same unique key. \
      work --drain: 1 if a task failed. doctor: 65 if something is wrong.

      ENVIRONMENT:
      FS_QUEUE_HOME: the folder of the queue; --queue names another. FINSTAGE_HOME, XDG_DATA_HOME: where it is otherwise. \
      FINSTAGE_HOME, XDG_CONFIG_HOME: where templates are.
      """,
    version: finstageVersion,
    subcommands: [
      Add.self, Work.self, Status.self, Wait.self, PrintResult.self, Logs.self, Cancel.self, List.self, Retry.self,
      Pause.self, Resume.self, Workers.self, Stats.self, Purge.self, Batch.self, Results.self, Template.self,
      RunTemplate.self,
      Group.self, Schedule.self, Dashboard.self, Export.self, Doctor.self,
    ])

  static func main() { startCommands() }
}
