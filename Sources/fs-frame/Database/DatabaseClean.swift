import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

extension Database {
  struct Clean: Tool {
    static let configuration = CommandConfiguration(
      commandName: "gc", abstract: "Remove old bars and free their space.")
    @Option(help: ArgumentHelp("Remove bars that are older than this, such as 1825d.", valueName: "span")) var older:
      TimeSpan
    @Option(help: ArgumentHelp("Remove only bars of this interval.", valueName: "interval")) var interval: String?
    @Flag(help: "Only report what would be removed.") var dryRun = false
    @OptionGroup var scope: Scope

    mutating func validate() throws {
      guard older.seconds >= 86_400 else { throw ValidationError("--older must be at least a day (1d)") }
    }

    mutating func execute() throws -> ExitStatus {
      let (interval, dryRun, older) = (interval, dryRun, older)
      try scope.run { store in
        let removed = try store.removeBars(
          before: Int64(SystemClock.wall - older.seconds), interval: interval, isDryRun: dryRun)
        if !dryRun && !removed.isEmpty { try store.compact() }
        let verb = dryRun ? "would_remove" : "removed"
        return removed.map { entry, count in
          .object([
            ("symbol", .string(entry.symbol)), ("interval", .string(entry.interval)), (verb, JSONValue(count)),
          ])
        } + [.object([("\(verb)_in_all", JSONValue(removed.reduce(0) { $0 + $1.1 }))])]
      }
      return .done
    }
  }
}
