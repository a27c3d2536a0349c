import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

extension Database {
  struct Slow: Tool {
    static let configuration = CommandConfiguration(
      commandName: "slow",
      abstract:
        "List statements that took longer than a second (or FINSTAGE_SLOW milliseconds), the costliest first.")
    @OptionGroup var scope: Scope

    mutating func execute() throws -> ExitStatus {
      let path = SlowStatements.path(of: scope.db)
      guard FileDetails.size(of: path) != nil else {
        try scope.common.write([])
        return .done
      }
      var known: [String: (count: Int, total: Double, most: Double, last: String)] = [:]
      let reader = try RecordInput.open(path).frames(FormatOptions())
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
      try scope.common.write(
        known.sorted { $0.value.total > $1.value.total }.map { sql, entry in
          let level = entry.most > 5000 ? "critical" : entry.most > 2000 ? "warning" : "slow"
          return [
            "level": .string(level), "count": JSONValue(entry.count),
            "mean_ms": .rounded(entry.total / Double(entry.count), 1), "max_ms": .rounded(entry.most, 1),
            "last": .string(entry.last), "sql": .string(sql),
          ]
        })
      return .done
    }
  }
}
