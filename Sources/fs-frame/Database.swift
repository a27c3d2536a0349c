import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

/// `fs-frame db ...`: a store as a file.
struct Database: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Look at a store of bars, and look after it.",
    subcommands: [Stats.self, Check.self, Backup.self, Clean.self, Slow.self, Advise.self],
    defaultSubcommand: Stats.self)

  /// Opens a store that is there.
  static func open(_ path: String) throws(ToolFailure) -> PriceStore {
    guard FileDetails.size(of: path) != nil else {
      throw ToolFailure(.noInput, "\(path): there is no such file (fs-frame save or fs-fetch --store make it)")
    }
    do throws(DatabaseError) { return try PriceStore(path: path) } catch { throw ToolFailure(error) }
  }

  struct Scope: ParsableArguments {
    @Argument(help: "The file.", completion: .file()) var db: String
    @OptionGroup var common: CommonOptions

    func write(_ lines: [String]) throws(ToolFailure) {
      let sink = try common.anySink()
      do throws(OutputError) {
        for line in lines { try sink.write(line + "\n") }
        try sink.finish()
      } catch {
        throw ToolFailure(error)
      }
    }

    func run(_ body: (PriceStore) throws(DatabaseError) -> [String]) throws(ToolFailure) {
      let store = try Database.open(db)
      let lines: [String]
      do throws(DatabaseError) { lines = try body(store) } catch { throw ToolFailure(error) }
      try write(lines)
    }
  }

  struct Stats: Tool {
    static let configuration = CommandConfiguration(
      commandName: "stats", abstract: "One record for each series, and one for the file.")
    @OptionGroup var scope: Scope

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let path = scope.db
      try scope.run { (store) throws(DatabaseError) in
        var total = 0
        var lines: [String] = []
        for entry in try store.entries() {
          total += entry.bars
          let isDated = PriceStore.isDated(entry.interval)
          func time(_ second: Int64?) -> String {
            guard let second else { return "null" }
            let time: Bar.Time = isDated ? .date(second / 86_400) : .instant(second * Timestamp.nanosecondsPerSecond)
            return "\"\(time.text)\""
          }
          lines.append(
            "{\"symbol\":\(JSONString.quoted(entry.symbol)),\"interval\":\(JSONString.quoted(entry.interval)),\"bars\":\(entry.bars)"
              + ",\"first\":\(time(entry.first)),\"last\":\(time(entry.last))"
              + ",\"gaps\":\(try store.gaps(entry.symbol, entry.interval).count)"
              + (entry.currency.map { ",\"currency\":\(JSONString.quoted($0))" } ?? "") + "}")
        }
        let size = try store.size
        lines.append(
          "{\"file\":\(JSONString.quoted(path)),\"series\":\(lines.count),\"bars\":\(total),\"bytes\":\(size.pages * size.pageSize)"
            + ",\"free_bytes\":\(size.free * size.pageSize)}")
        return lines
      }
      return .done
    }
  }

  struct Check: Tool {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Check the file from end to end, while others may use it; status 65 if it is damaged.")
    @OptionGroup var scope: Scope

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      var faults: [String] = []
      try scope.run { (store) throws(DatabaseError) in
        faults = try store.faults()
        return faults.isEmpty ? ["ok"] : faults
      }
      return faults.isEmpty ? .done : .badData
    }
  }

  struct Backup: Tool {
    static let configuration = CommandConfiguration(
      commandName: "backup", abstract: "Copy the file as it is at one moment, while others may use it.")
    @OptionGroup var scope: Scope
    @Argument(help: "The copy, which must not be there yet.", completion: .file()) var copy: String

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      guard FileDetails.size(of: copy) == nil else {
        throw ToolFailure(.cannotCreate, "\(copy): the file is there already")
      }
      let copy = copy
      try scope.run { (store) throws(DatabaseError) in
        try store.backUp(to: copy)
        return []
      }
      return .done
    }
  }

  struct Clean: Tool {
    static let configuration = CommandConfiguration(
      commandName: "gc", abstract: "Remove old bars, and give their space back.")
    @Option(help: ArgumentHelp("Remove bars that are older than this, such as 1825d.", valueName: "span")) var older:
      Span
    @Option(help: ArgumentHelp("Only of this interval.", valueName: "interval")) var interval: String?
    @Flag(help: "Only tell what would be removed.") var dryRun = false
    @OptionGroup var scope: Scope

    mutating func validate() throws {
      guard older.seconds >= 86_400 else { throw ValidationError("--older is a day (1d) at least") }
    }

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let (interval, dryRun, older) = (interval, dryRun, older)
      try scope.run { (store) throws(DatabaseError) in
        let removed = try store.removeBars(
          before: Int64(Clock.wall - older.seconds), interval: interval, isDryRun: dryRun)
        if !dryRun && !removed.isEmpty { try store.compact() }
        let verb = dryRun ? "would_remove" : "removed"
        return removed.map { entry, count in
          "{\"symbol\":\(JSONString.quoted(entry.symbol)),\"interval\":\(JSONString.quoted(entry.interval)),\"\(verb)\":\(count)}"
        } + ["{\"\(verb)_in_all\":\(removed.reduce(0) { $0 + $1.1 })}"]
      }
      return .done
    }
  }

  struct Slow: Tool {
    static let configuration = CommandConfiguration(
      commandName: "slow",
      abstract:
        "The statements that took longer than a second (FINSTAGE_SLOW names other milliseconds), the costliest first.")
    @OptionGroup var scope: Scope

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let path = SlowStatements.path(of: scope.db)
      guard FileDetails.size(of: path) != nil else {
        try scope.write([])
        return .done
      }
      var known: [String: (count: Int, total: Double, most: Double, last: String)] = [:]
      do throws(InputError) {
        let reader = try FrameFormat.open(path, FormatOptions())
        while let frame = try reader.next() {
          guard let sql = frame["sql"], let times = frame["milliseconds"]?.doubles(), let stamps = frame["ts"] else {
            continue
          }
          for row in 0..<frame.rows {
            var entry = known[sql.text(row)] ?? (0, 0, 0, "")
            entry = (entry.count + 1, entry.total + times[row], max(entry.most, times[row]), stamps.text(row))
            known[sql.text(row)] = entry
          }
        }
      } catch {
        throw ToolFailure(error)
      }
      try scope.write(
        known.sorted { $0.value.total > $1.value.total }.map { sql, entry in
          let level = entry.most > 5000 ? "critical" : entry.most > 2000 ? "warning" : "slow"
          return
            "{\"level\":\"\(level)\",\"count\":\(entry.count),\"mean_ms\":\(NumberText.string((entry.total / Double(entry.count) * 10).rounded() / 10))"
            + ",\"max_ms\":\(NumberText.string((entry.most * 10).rounded() / 10)),\"last\":\"\(entry.last)\",\"sql\":\(JSONString.quoted(sql))}"
        })
      return .done
    }
  }

  struct Advise: Tool {
    static let configuration = CommandConfiguration(
      commandName: "advise",
      abstract:
        "Tell how SQLite runs the usual statements or yours, and which index would spare it reading whole tables.")
    @Option(help: ArgumentHelp("A statement of yours, such as one that a report runs.", valueName: "statement"))
    var sql: [String] = []
    @OptionGroup var scope: Scope

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let statements = sql.isEmpty ? PriceStore.usualStatements : sql
      try scope.run { (store) throws(DatabaseError) in
        var lines: [String] = []
        for statement in statements {
          let plan = try store.plan(statement)
          var advice: [String] = []
          for step in plan where step.hasPrefix("SCAN ") {
            let table = step.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            let columns = try store.columns(of: table)
            let used = Advise.constrained(statement, columns)
            if !used.isEmpty {
              advice.append(
                "CREATE INDEX \(table)_\(used.joined(separator: "_")) ON \(table) (\(used.joined(separator: ", ")))")
            }
          }
          for step in plan where step.hasPrefix("USE TEMP B-TREE") { advice.append("sorts: \(step)") }
          lines.append(
            "{\"sql\":\(JSONString.quoted(statement)),\"plan\":[\(plan.map(JSONString.quoted).joined(separator: ","))]"
              + ",\"advice\":[\(advice.map(JSONString.quoted).joined(separator: ","))]}")
        }
        return lines
      }
      return .done
    }

    /// The columns that a statement compares with something, in the order of an index: equal ones first.
    private static func constrained(_ sql: String, _ columns: [String]) -> [String] {
      let words = sql.split { $0.isWhitespace || $0 == "(" || $0 == ")" || $0 == "," || $0 == ";" }.map(String.init)
      guard let start = words.firstIndex(where: { $0.lowercased() == "where" }) else { return [] }
      var (equal, other): ([String], [String]) = ([], [])
      for (i, word) in words.enumerated() where i > start && i + 1 < words.count {
        let name = word.split(separator: ".").last.map(String.init) ?? word
        guard columns.contains(name) else { continue }
        switch words[i + 1].lowercased() {
        case "=", "==", "is", "in": if !equal.contains(name) { equal.append(name) }
        case "<", "<=", ">", ">=", "between": if !other.contains(name) { other.append(name) }
        default: break
        }
      }
      return equal + other.prefix(1)
    }
  }
}
