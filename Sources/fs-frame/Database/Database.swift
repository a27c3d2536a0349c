import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

/// `fs-frame db ...`: inspects and maintains the file of a store.
struct Database: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Inspect and maintain a store of bars.",
    subcommands: [Stats.self, Check.self, Backup.self, Clean.self, Slow.self, Advise.self],
    defaultSubcommand: Stats.self)

  /// Opens an existing store; to change it takes a permission that reading does not.
  static func open(_ path: String) throws -> PriceStore {
    guard FileDetails.size(of: path) != nil else {
      throw ToolFailure(.noInput, "\(path): there is no such file (fs-frame save or fs-fetch --store creates it)")
    }
    return try PriceStore(reading: path)
  }

  struct Scope: ParsableArguments {
    @Argument(help: "The file.", completion: .file()) var db: String
    @OptionGroup var common: CommonOptions

    /// Opens the store, asks it something, and writes the records that come of that.
    func run(_ body: (PriceStore) throws -> [JSONValue]) throws {
      let records = try body(try Database.open(db))
      try common.write(records)
    }
  }
}
