import ArgumentParser
import FinstageCommand

/// How many rows, of the whole or of each group.
struct RowCountOptions: ParsableArguments {
  @Option(name: [.customShort("n"), .long], help: "How many rows.") var rows = 10
  @Option(help: ArgumentHelp("Write that many for each value of these columns.", valueName: "a,b")) var by: String?

  mutating func validate() throws {
    guard rows >= 0 else { throw ValidationError("-n must not be negative") }
  }

  /// The columns of the groups.
  var columns: [String] { by.map(names) ?? [] }
}
