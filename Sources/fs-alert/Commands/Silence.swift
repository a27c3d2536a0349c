import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert silence`: alerts that are not told for a while.
struct Silence: Tool {
  static let configuration = CommandConfiguration(
    commandName: "silence",
    abstract: "Do not tell alerts of symbols, or of a rule, for a while; without either, list silences.",
    discussion: "A symbol or a rule may have * for any text. Alerts are noted all the same (fs-alert history).")
  @OptionGroup var state: StateOptions
  @Option(name: .customLong("for"), help: ArgumentHelp("For how long.", valueName: "span")) var span: TimeSpan?
  @Option(help: ArgumentHelp("Only alerts of this rule.", valueName: "rule")) var rule: String?
  @Option(help: ArgumentHelp("Why.", valueName: "text")) var comment: String?
  @Argument(help: "Symbols.") var symbols: [String] = []

  mutating func validate() throws {
    guard (1...31_536_000).contains(span?.seconds ?? 1) else { throw ValidationError("--for must be 1s to 365d") }
  }

  mutating func execute() throws -> ExitStatus {
    let store = try state.store()
    if symbols.isEmpty && rule == nil {
      let rows = try store.silences().map { silence in
        // In both clocks: whoever silences thinks in one and reads logs in the other.
        [
          String(silence.id), silence.symbol ?? "*", silence.rule ?? "*", JSONValue(time: silence.until).plainText,
          silence.comment ?? "",
        ]
      }
      try write(TextTable.lines([["silence", "symbol", "rule", "until (UTC)", "comment"]] + rows))
      return .done
    }
    guard let span else { throw ToolFailure(.usage, "say for how long: --for 2h") }
    for symbol in symbols.isEmpty ? [nil] : symbols.map(Optional.some) {
      let id = try store.silence(rule: rule, symbol: symbol, seconds: span.seconds, comment: comment)
      try write([String(id)])
    }
    return .done
  }
}
