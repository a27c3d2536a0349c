import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

/// `fs-frame db ...`: a store as a file.
struct Database: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Look at a store of bars, and look after it.",
    subcommands: [Stats.self, Check.self, Backup.self, Clean.self, Slow.self, Advise.self],
    defaultSubcommand: Stats.self)

  /// Opens a store that is there.
  static func open(_ path: String) throws -> PriceStore {
    guard FileDetails.size(of: path) != nil else {
      throw ToolFailure(.noInput, "\(path): there is no such file (fs-frame save or fs-fetch --store make it)")
    }
    return try PriceStore(path: path)
  }

  struct Scope: ParsableArguments {
    @Argument(help: "The file.", completion: .file()) var db: String
    @OptionGroup var common: CommonOptions

    /// Writes records, in the format that the name of the output or the environment tells.
    func write(_ records: [JSONValue]) throws {
      let printer = try common.printer()
      for record in records { try printer.print(record) }
      try printer.finish()
    }

    /// Opens the store, asks it something, and writes the records that come of that.
    func run(_ body: (PriceStore) throws -> [JSONValue]) throws {
      let records = try body(try Database.open(db))
      try write(records)
    }
  }
}
