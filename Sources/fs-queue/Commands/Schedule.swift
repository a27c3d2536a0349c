import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue schedule`: adds tasks again and again.
struct Schedule: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Add tasks again and again: by crontab lines, at intervals, or around the sessions of the exchange.",
    discussion: """
      Workers add the tasks when they are due; no other process is needed. Each firing happens once, however many \
      workers there are and whatever happens to the clock. Load a file again after changing it. Each line of the file \
      is a job: a name and a colon (optional; the default name is made from the command), a rule, options, and the \
      command, which a shell runs.

        zone = America/New_York
        close: 30 16 * * mon-fri when=nyse missed=once timeout=10m -- fs-fetch AAPL MSFT --store prices.db --update
        monitor: every 3m jitter 10s when=nyse-open overlap=skip -- sh monitor.sh
        report: nyse close + 15m retries=2 -- fs-queue run daily-report

      Rules: minute, hour, day of the month, month and weekday as in crontab(5), @daily and the like; every SPAN \
      [offset SPAN]; nyse open|close [+|- SPAN], early closes included; each may end with jitter SPAN. Options: zone; \
      when=always|nyse|nyse-open|not-nyse|weekday; missed=once|skip|all, for firings while no worker was running; \
      overlap=skip|queue|cancel|allow, if the last run is not finished; priority, retries, delay, max_delay, backoff, \
      timeout, expires, group and its limit, tags, cwd. A line option = value applies to all jobs below it; with an \
      upper-case name, it sets a variable of their tasks. A task finds the time of its firing in FS_INSTANT.

      When clocks go forward, a rule for a local time that does not exist fires at the first instant after it. When \
      clocks go back, a rule for a local time that comes twice fires the first time. Rules that match every hour \
      follow elapsed time instead.
      """,
    subcommands: [Load.self, Next.self, Names.self, Log.self, Remove.self], defaultSubcommand: Load.self)

  /// The time zone of this machine: TZ, otherwise the target of /etc/localtime, otherwise UTC.
  static var localZone: String {
    if let name = Environment["TZ"], TimeZone.named(name) != nil { return name }
    let path = systemRealPath("/etc/localtime")
    if let place = path.firstRange(of: "/zoneinfo/") {
      let name = String(path[place.upperBound...])
      if TimeZone.named(name) != nil { return name }
    }
    return "UTC"
  }

  /// The next times of jobs, in order.
  static func upcoming(_ jobs: [ScheduledJob], count: Int, after second: Int64) -> [JSONValue] {
    var times: [(second: Int64, record: JSONValue)] = []
    for job in jobs {
      var at = second
      for _ in 0..<count {
        guard let instant = job.rule.next(after: at) else { break }
        at = instant
        let due = instant + job.rule.delay(instant, name: job.name)
        let offset = job.rule.zone.offset(at: due)
        let local = JSONValue(second: due + offset).plainText.dropLast()
        let sign = offset < 0 ? "-" : "+"
        let record: JSONValue = [
          "schedule": .string(job.name), "at": JSONValue(second: due),
          "local": .string(local + sign + two(abs(offset) / 3600) + ":" + two(abs(offset) / 60 % 60)),
          "rule": .string(job.rule.text), "zone": .string(job.zone),
        ]
        times.append((due, record))
      }
    }
    return times.sorted { $0.second < $1.second }.map(\.record)
  }

  private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : String(value) }
}
