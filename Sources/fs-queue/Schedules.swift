import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `fs-queue schedule`: tasks again and again.
struct Schedule: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Add tasks again and again: crontab lines, intervals, or around the sessions of the exchange.",
    discussion: """
      Workers add the tasks when they are due; no other process is needed. A slot fires once, however many workers there are and whatever \
      happens to the clock. Load a file again when it has changed. It has a job a line: a name and a colon (or none: one is made of the command), a rule, options, and \
      the command, which a shell runs.

        zone = America/New_York
        close: 30 16 * * mon-fri when=nyse missed=once timeout=10m -- fs-fetch AAPL MSFT --store prices.db --update
        monitor: every 3m jitter 10s when=nyse-open overlap=skip -- sh monitor.sh
        report: nyse close + 15m retries=2 -- fs-queue run daily-report

      Rules: minute, hour, day of the month, month and weekday as in crontab(5), @daily and the like; every SPAN [offset SPAN]; nyse open|close [+|- \
      SPAN], early closes included; each may end with jitter SPAN. Options: zone; when=always|nyse|nyse-open|not-nyse|weekday; \
      missed=once|skip|all, for slots at which no worker was there; overlap=skip|queue|cancel|allow, if the last run is not \
      finished; priority, retries, delay, max_delay, backoff, timeout, expires, group and its limit, tags, cwd. Lines of the form option = value are for all jobs \
      below them, upper-case names are variables of the tasks. A task finds the time of its slot in FS_SLOT.

      Where the clock is put forward, a time that does not exist fires at the first instant after it; where it is put back, one that comes twice fires \
      the first time. Rules of every hour fire by the minutes that pass.
      """,
    subcommands: [Load.self, Next.self, Names.self, Log.self, Remove.self], defaultSubcommand: Load.self)

  struct Load: Tool {
    static let configuration = CommandConfiguration(
      commandName: "load",
      abstract: "Make the jobs of a file the schedules of this queue, in place of those that the file had before.")

    @Option(help: ArgumentHelp("The jobs; - is standard input.", valueName: "file"), completion: .file()) var file:
      String
    @Option(help: ArgumentHelp("The time zone to begin with, such as America/New_York.", valueName: "name")) var zone:
      String?
    @Flag(help: "Only say what is wrong with it, and when what would run.") var check = false
    @OptionGroup var options: QueueOptions

    mutating func validate() throws {
      if let zone, TimeZone.named(zone) == nil { throw ValidationError("--zone: there is no time zone \"\(zone)\"") }
    }

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let text: String
      do throws(InputError) { text = String(decoding: try WholeInput.read(file, limit: 16 << 20), as: UTF8.self) } catch
      {
        throw ToolFailure(error)
      }
      let source = file == "-" ? "-" : systemRealPath(file)
      let folder = file == "-" ? systemRealPath(".") : Folder.parent(of: source)
      let jobs: [ScheduledJob]
      do throws(JobsFile.Failure) {
        jobs = try JobsFile.parse(text, folder: folder, zone: zone ?? Schedule.localZone)
      } catch {
        throw ToolFailure(.badData, "\(file == "-" ? "<stdin>" : file):\(error.line): \(error.message)")
      }
      if !check {
        let queue = try options.open()
        let others = try storing { () throws(DatabaseError) in try queue.schedules() }
        try storing { () throws(DatabaseError) in try queue.setSchedules(jobs, source: source) }
        for job in jobs {
          guard let limit = job.groupLimit else { continue }
          let group = job.definition.task.group
          try storing { () throws(DatabaseError) in
            try queue.change(group: group, TaskGroupChange(limit: .some(limit)))
          }
        }
        if others.isEmpty, try storing({ () throws(DatabaseError) in try queue.workers() }).isEmpty {
          options.diagnostics("schedule").note("no worker runs yet: fs-queue work")
        }
      }
      try write(Schedule.upcoming(jobs, count: 1, after: TaskClock.now / 1000))
      return .done
    }
  }

  struct Next: Tool {
    static let configuration = CommandConfiguration(commandName: "next", abstract: "Tell when what runs next.")

    @Option(help: "How many times of each, 1 to 10000.") var count = 1
    @Option(help: ArgumentHelp("From this time on, instead of now.", valueName: "time")) var from: String?
    @OptionGroup var options: QueueOptions
    @Argument(help: "Only of these jobs.") var names: [String] = []

    mutating func validate() throws {
      guard (1...10_000).contains(count) else { throw ValidationError("--count is 1 to 10000") }
    }

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      var start = TaskClock.now / 1000
      if let from {
        guard let instant = Timestamp.parse(from) else {
          throw ToolFailure(.usage, "--from \(from): a date or an instant (2026-01-31T14:30:00Z) is expected")
        }
        start = instant / 1_000_000_000 - 1
      }
      let queue = try options.open()
      var jobs = try storing { () throws(DatabaseError) in try queue.schedules() }.map(\.job)
      for name in names where !jobs.contains(where: { $0.name == name }) {
        throw ToolFailure(.noInput, "there is no schedule \"\(name)\"")
      }
      if !names.isEmpty { jobs = jobs.filter { names.contains($0.name) } }
      try write(Schedule.upcoming(jobs, count: count, after: start))
      return .done
    }
  }

  struct Names: Tool {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List schedules, with the outcome of their last runs.")
    @Flag(help: "One JSON object a line instead of a table.") var json = false
    @OptionGroup var options: QueueOptions

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let queue = try options.open()
      let schedules = try storing { () throws(DatabaseError) in try queue.schedules() }
      if json {
        try write(schedules.map(Schedule.json))
        return .done
      }
      let rows = schedules.map { schedule in
        [
          schedule.job.name, schedule.next.map { Timestamp.string($0 * 1_000_000) } ?? "never",
          schedule.lastTask.map(String.init) ?? "-", schedule.lastStatus.map(String.init) ?? "-",
          "\(schedule.succeeded)/\(schedule.total)", schedule.job.rule.text,
        ]
      }
      let table = TextTable.lines([["name", "next", "last task", "status", "succeeded", "rule"]] + rows)
      try write(table)
      return .done
    }
  }

  struct Log: Tool {
    static let configuration = CommandConfiguration(
      commandName: "log",
      abstract: "Tell what came of the slots of schedules, the newest first: one JSON object a line.")
    @Option(help: "At most so many, 1 to 1,000,000.") var limit = 50
    @OptionGroup var options: QueueOptions
    @Argument(help: "Only of this job.") var name: String?

    mutating func validate() throws {
      guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit is 1 to 1000000") }
    }

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let queue = try options.open()
      let (name, limit) = (name, limit)
      let firings = try storing { () throws(DatabaseError) in try queue.firings(name, limit: limit) }
      try write(
        firings.map { firing in
          "{\"schedule\":\(JSONString.quoted(firing.name)),\"slot\":\(TaskText.time(firing.slot)),\"at\":\(TaskText.time(firing.at))"
            + ",\"outcome\":\"\(firing.what)\",\"task_id\":\(firing.task.map(String.init) ?? "null")}"
        })
      return .done
    }
  }

  struct Remove: Tool {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove schedules; tasks that they have added stay.")
    @OptionGroup var options: QueueOptions
    @Argument(help: "Their names.") var names: [String]

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let queue = try options.open()
      var isPartly = false
      for name in names where !(try storing { () throws(DatabaseError) in try queue.removeSchedule(name) }) {
        options.diagnostics("schedule").error("there is no schedule \"\(name)\"")
        isPartly = true
      }
      return isPartly ? .partly : .done
    }
  }

  /// The zone of this machine: TZ, or what /etc/localtime leads to; UTC where neither tells.
  static var localZone: String {
    if let name = Environment["TZ"], TimeZone.named(name) != nil { return name }
    let path = systemRealPath("/etc/localtime")
    if let place = path.firstRange(of: "/zoneinfo/") {
      let name = String(path[place.upperBound...])
      if TimeZone.named(name) != nil { return name }
    }
    return "UTC"
  }

  /// The next times of jobs, in order: one JSON object a line.
  static func upcoming(_ jobs: [ScheduledJob], count: Int, after second: Int64) -> [String] {
    var times: [(second: Int64, line: String)] = []
    for job in jobs {
      var at = second
      for _ in 0..<count {
        guard let slot = job.rule.next(after: at) else { break }
        at = slot
        let due = slot + job.rule.delay(slot, name: job.name)
        let offset = job.rule.zone.offset(at: due)
        let sign = offset < 0 ? "-" : "+"
        let local =
          Timestamp.string((due + offset) * 1_000_000_000).dropLast() + sign + two(abs(offset) / 3600) + ":"
          + two(abs(offset) / 60 % 60)
        times.append(
          (
            due,
            "{\"schedule\":\(JSONString.quoted(job.name)),\"at\":\"\(Timestamp.string(due * 1_000_000_000))\",\"local\":\"\(local)\""
              + ",\"rule\":\(JSONString.quoted(job.rule.text)),\"zone\":\(JSONString.quoted(job.zone))}"
          ))
      }
    }
    return times.sorted { $0.second < $1.second }.map(\.line)
  }

  private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : String(value) }

  static func json(_ schedule: ScheduleRecord) -> String {
    let job = schedule.job
    var line = "{\"schedule\":\(JSONString.quoted(job.name)),\"rule\":\(JSONString.quoted(job.rule.text))"
    line += ",\"zone\":\(JSONString.quoted(job.zone)),\"when\":\"\(job.rule.condition.rawValue)\""
    line +=
      ",\"missed\":\"\(job.missed.rawValue)\",\"overlap\":\"\(job.overlap.rawValue)\",\"next\":\(TaskText.time(schedule.next))"
    line +=
      ",\"last_slot\":\(TaskText.time(schedule.lastSlot)),\"last_task\":\(schedule.lastTask.map(String.init) ?? "null")"
    line +=
      ",\"last_status\":\(schedule.lastStatus.map(String.init) ?? "null"),\"last_seconds\":\(schedule.lastSeconds.map { NumberText.string($0) } ?? "null")"
    let rate =
      schedule.total == 0
      ? "null" : NumberText.string((Double(schedule.succeeded) / Double(schedule.total) * 1000).rounded() / 10)
    line += ",\"success_count\":\(schedule.succeeded),\"total_count\":\(schedule.total),\"success_rate\":\(rate)"
    return line + ",\"command\":[\(job.definition.task.arguments.map(JSONString.quoted).joined(separator: ","))]}"
  }
}
