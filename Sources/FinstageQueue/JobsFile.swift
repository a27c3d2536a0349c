import FinstageSystem
import FinstageCore
import FinstageStore

/// A file of schedules, like a crontab:
///
///     zone = America/New_York             # for the lines below
///     PATH = /usr/local/bin:/usr/bin:/bin # upper-case names are variables of the tasks
///     0 18 * * mon-fri   fs-fetch AAPL MSFT --store prices.db --update
///     report: 30 18 * * * when=nyse timeout=10m retries=2 -- fs-queue run daily-report AAPL
///     monitor: every 3m jitter 10s when=nyse-open overlap=skip -- sh monitor.sh
///
/// A line is a name (made from the command if there is none), a rule, options, and the command, which a shell runs.
/// `--` is needed only if the command begins like an option.
package enum JobsFile {
  package struct Failure: ExitError, Equatable {
    package var exitStatus: ExitStatus { .badData }
    package let source: String
    /// Counted from 1.
    package let line: Int
    package let message: String
    package var sentence: String { "\(source):\(line): \(message)" }
  }

  private struct Options {
    var zone: (name: String, zone: TimeZone)
    var condition = ScheduleRule.Condition.always
    var missed = ScheduledJob.MissedPolicy.once
    var overlap = ScheduledJob.OverlapPolicy.skip
    /// How many tasks of the group may run at a time.
    var limit: Int64?
    /// The options of the task, as members of its JSON object.
    var members: [(key: String, value: JSONValue)] = []

    static let names =
      "zone, when, missed, overlap, priority, retries, delay, max_delay, backoff, timeout, expires, group, limit, tags, cwd, on, on_failure"

    mutating func set(_ key: String, _ value: String) throws {
      func choice<T: RawRepresentable & CaseIterable>(_ type: T.Type) throws -> T
      where T.RawValue == String {
        guard let known = T(rawValue: value) else {
          throw TaskDefinition.Failure("\(key) must be one of \(T.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return known
      }
      // The options of fs-queue add have hyphens.
      let key = String(key.map { $0 == "-" ? "_" : $0 })
      switch key {
      case "zone":
        guard let known = TimeZone.named(value) else {
          throw TaskDefinition.Failure("there is no time zone \"\(value)\" (try America/New_York or UTC)")
        }
        zone = (value, known)
      case "group" where value.isEmpty:
        // No group for the jobs below.
        members.append((key, .null))
        limit = nil
      case "when": condition = try choice(ScheduleRule.Condition.self)
      case "missed": missed = try choice(ScheduledJob.MissedPolicy.self)
      case "overlap": overlap = try choice(ScheduledJob.OverlapPolicy.self)
      case "priority", "delay", "max_delay", "backoff", "timeout", "expires", "group", "cwd", "on", "on_failure":
        members.append((key, .string(value)))
      case "limit":
        guard let number = Int64(value), (1...1_000_000).contains(number) else {
          throw TaskDefinition.Failure("limit must be 1 to 1000000")
        }
        limit = number
      case "retries":
        guard let number = Int64(value) else { throw TaskDefinition.Failure("retries must be 0 to 1000") }
        members.append((key, .integer(number)))
      case "tags": members.append((key, .array(value.split(separator: ",").map { .string(String($0)) })))
      default: throw TaskDefinition.Failure("there is no option \"\(key)\" (choose from \(names))")
      }
    }

    private var names: String { Options.names }
  }

  /// - Parameters:
  ///   - folder: where tasks run if the file does not say.
  ///   - zone: the name of the time zone until the file sets another.
  package static func parse(
    _ text: String, source: String, folder: String, zone: String, now: Int64
  ) throws -> [ScheduledJob] {
    var options = Options(zone: (zone, TimeZone.named(zone) ?? .utc))
    var environment: [(key: String, value: JSONValue)] = []
    var jobs: [ScheduledJob] = []
    for (i, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = raw.last == "\r" ? raw.dropLast() : raw
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      do {
        if let (key, value) = assignment(line) {
          if key == "CRON_TZ" {
            try options.set("zone", value)
          } else if key.first!.isUppercase || key.first == "_" {
            environment.append((key, .string(value)))
          } else {
            try options.set(key, value)
          }
          continue
        }
        let job = try job(line, words, options, environment, folder, now)
        if jobs.contains(where: { $0.name == job.name }) {
          throw TaskDefinition.Failure(
            "there is already a job \"\(job.name)\" (give this one another name: \"name: rule ...\")")
        }
        jobs.append(job)
      } catch {
        throw Failure(source: source, line: i + 1, message: error.sentence)
      }
    }
    return jobs
  }

  /// The name and the value if a line is `name = value`; otherwise nil.
  private static func assignment(_ line: Substring) -> (String, String)? {
    guard let equals = line.firstIndex(of: "=") else { return nil }
    func trimmed(_ text: Substring) -> String {
      var text = text.drop { $0.isWhitespace }
      while text.last?.isWhitespace == true { text = text.dropLast() }
      return String(text)
    }
    let key = trimmed(line[..<equals])
    guard !key.isEmpty, key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }), !key.first!.isNumber
    else {
      return nil
    }
    var value = trimmed(line[line.index(after: equals)...])
    if let hash = value.firstRange(of: " #") { value = trimmed(value[..<hash.lowerBound]) }
    if value.count >= 2, let quote = value.first, quote == "\"" || quote == "'", value.last == quote {
      value = String(value.dropFirst().dropLast())
    }
    return (key, value)
  }

  private static func job(
    _ line: Substring, _ words: [Substring], _ defaults: Options, _ environment: [(key: String, value: JSONValue)],
    _ folder: String, _ now: Int64
  ) throws -> ScheduledJob {
    var words = words
    var options = defaults
    var name: String?
    if words[0].hasSuffix(":") && words[0].count > 1 { name = String(words.removeFirst().dropLast()) }
    // The options that follow the rule may set its zone, so the zone is filled in below. Rules contain no equals sign.
    let texts = words.map(String.init)
    let (parsed, used) = try ScheduleRule.read(texts, .utc)
    var at = used
    while at < words.count, texts[at] != "--", let equals = texts[at].firstIndex(of: "=") {
      let key = String(texts[at][..<equals])
      // `X=1 command` is for the shell to interpret; but what stands before a -- is never a command.
      guard key.first?.isLowercase == true, key.allSatisfy({ $0.isLetter || $0 == "_" || $0 == "-" }) else {
        guard texts[at...].contains("--") else { break }
        throw TaskDefinition.Failure("there is no option \"\(key)\" (choose from \(Options.names))")
      }
      let start = words[at].index(
        words[at].startIndex, offsetBy: texts[at].distance(from: texts[at].startIndex, to: equals) + 1)
      let (value, end) = try JobsFile.value(line, start, key)
      try options.set(key, value)
      while at < words.count, words[at].startIndex < end { at += 1 }
    }
    if at < words.count, texts[at] == "--" {
      at += 1
    } else if at < words.count {
      try refuseSlip(texts[at])
    }
    guard at < words.count else { throw TaskDefinition.Failure("a command is missing at the end of the line") }
    var command = String(line[words[at].startIndex...])
    while command.last?.isWhitespace == true { command.removeLast() }
    var rule = parsed
    rule.zone = options.zone.zone
    rule.condition = options.condition
    var members = options.members
    members.append(("shell", .string(command)))
    if !environment.isEmpty { members.append(("env", .object(environment))) }
    let definition = try TaskDefinition(.object(members), folder: folder)
    var job = ScheduledJob(
      name: name ?? self.name(of: command), rule: rule, zone: options.zone.name, definition: definition)
    if let limit = options.limit {
      guard !definition.task.group.isEmpty else { throw TaskDefinition.Failure("limit is only for a group") }
      job.groupLimit = limit
    }
    job.missed = options.missed
    job.overlap = options.overlap
    guard job.name.count <= 100, job.name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else {
      throw TaskDefinition.Failure("a name may have only letters, digits, \"-\", \"_\" and \".\", at most 100")
    }
    guard rule.next(after: now / 1000) != nil else {
      throw TaskDefinition.Failure("the rule \"\(rule.text)\" never fires in the next years")
    }
    return job
  }

  /// The value of an option, up to a space, or in quotes up to the closing one; and where it ends.
  private static func value(_ line: Substring, _ start: Substring.Index, _ key: String) throws -> (
    String, Substring.Index
  ) {
    let rest = line[start...]
    guard let quote = rest.first, quote == "\"" || quote == "'" else {
      let end = rest.firstIndex { $0 == " " || $0 == "\t" } ?? rest.endIndex
      return (String(rest[..<end]), max(end, line.index(start, offsetBy: 0)))
    }
    let inside = rest.dropFirst()
    guard let end = inside.firstIndex(of: quote) else {
      throw TaskDefinition.Failure("the value of \"\(key)\" begins with \(quote) and does not end with it")
    }
    let after = line.index(after: end)
    guard after == line.endIndex || line[after] == " " || line[after] == "\t" else {
      throw TaskDefinition.Failure("something follows the closing quote of \"\(key)\"")
    }
    return (String(inside[..<end]), after)
  }

  /// Refuses a first word of a command that is rather a slip in the rule or in an option.
  private static func refuseSlip(_ word: String) throws {
    let units: Set<String> = [
      "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hour", "hours", "d",
      "day", "days", "w",
      "week", "weeks",
    ]
    let names = Set(Options.names.split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init))
    let what: String
    if units.contains(word.lowercased()) {
      what = "is a unit: spans are written without a space, such as 5m"
    } else if names.contains(String(word.map { $0 == "-" ? "_" : $0 })) {
      what = "is an option: options are written \(word)=VALUE"
    } else if word.hasPrefix("--") {
      what = "is an option of another program: options of a schedule are written NAME=VALUE, before the command"
    } else if word.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 &- 48 < 10 || $0 == UInt8(ascii: "?") }),
      word.utf8.allSatisfy({ $0 &- 48 < 10 || "*/,-?".utf8.contains($0) })
    {
      what = "is a sixth field: a rule has minute, hour, day, month and weekday"
    } else {
      return
    }
    throw TaskDefinition.Failure(
      "\"\(word)\" stands where the command begins, and \(what) (write -- before a command that begins like this)")
  }

  /// Whether a source still holds its names: a file that is gone does not.
  static func isThere(_ source: String) -> Bool { source == "-" || access(source, F_OK) == 0 }

  /// The first words of a command, as a name.
  private static func name(of command: String) -> String {
    let words = command.split(separator: " ").prefix(3).map { word in
      String(word.split(separator: "/").last ?? "").filter { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    }
    let name = words.filter { !$0.isEmpty }.joined(separator: "-")
    return name.isEmpty ? "job" : String(name.prefix(60))
  }
}
