import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert unsilence`: ends silences.
struct Unsilence: Tool {
  static let configuration = CommandConfiguration(
    commandName: "unsilence", abstract: "End silences, by symbol, rule or number.")
  @OptionGroup var state: StateOptions
  @Option(help: ArgumentHelp("The rule of the silence.", valueName: "rule")) var rule: String?
  @Option(help: ArgumentHelp("The number of the silence.", valueName: "number")) var id: Int64?
  @Argument(help: "Symbols.") var symbols: [String] = []

  mutating func execute() throws -> ExitStatus {
    guard !symbols.isEmpty || rule != nil || id != nil else {
      throw ToolFailure(.usage, "name a symbol, --rule or --id (fs-alert silence lists them)")
    }
    let store = try state.existingStore()
    var ended = 0
    for symbol in symbols.isEmpty ? [nil] : symbols.map(Optional.some) {
      ended += try store.unsilence(rule: rule, symbol: symbol, id: id)
    }
    guard ended > 0 else { throw ToolFailure(.noInput, "there is no such silence (fs-alert silence lists them)") }
    return .done
  }
}
