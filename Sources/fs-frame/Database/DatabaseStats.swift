import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

extension Database {
  struct Stats: Tool {
    static let configuration = CommandConfiguration(
      commandName: "stats", abstract: "Write one record for each series, and one for the file.")
    @OptionGroup var scope: Scope

    mutating func execute() throws -> ExitStatus {
      let path = scope.db
      try scope.run { store in
        var total = 0
        var records: [JSONValue] = []
        for entry in try store.entries() {
          total += entry.bars
          let isDated = PriceStore.isDated(entry.interval)
          func time(_ second: Int64?) -> JSONValue {
            guard let second else { return .null }
            let time: Bar.Time = isDated ? .date(second / 86_400) : .instant(second * Timestamp.nanosecondsPerSecond)
            return .string(time.text)
          }
          records.append(
            JSONValue(members: [
              ("symbol", .string(entry.symbol)), ("interval", .string(entry.interval)), ("bars", JSONValue(entry.bars)),
              ("first", time(entry.first)), ("last", time(entry.last)),
              ("gaps", JSONValue(try store.gaps(entry.symbol, entry.interval).count)),
              ("currency", entry.currency.map { .string($0) }),
            ]))
        }
        let size = try store.size
        records.append([
          "file": .string(path), "series": JSONValue(records.count), "bars": JSONValue(total),
          "bytes": JSONValue(size.pages * size.pageSize), "free_bytes": JSONValue(size.free * size.pageSize),
        ])
        return records
      }
      return .done
    }
  }
}
