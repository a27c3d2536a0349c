import ArgumentParser
import FinstageCore
import FinstageSystem

/// What columns of CSV are, where their cells do not tell.
package struct TextTypeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("CSV: these columns are texts, whatever they look like (symbol always is).", valueName: "a,b"))
  package var text: String?

  @Option(
    help: ArgumentHelp(
      "CSV: the types of columns: text, int64, float64, date, timestamp or bool.", valueName: "a=int64,b=text"))
  package var types: String?

  package init() {}

  private static let kinds: [String: Field.Kind] = [
    "text": .text, "string": .text, "int64": .int64, "float64": .float64, "date": .date, "timestamp": .timestamp,
    "bool": .bool,
  ]

  package mutating func validate() throws { _ = try chosen() }

  /// The types by column.
  package func chosen() throws -> [String: Field.Kind] {
    var result: [String: Field.Kind] = [:]
    for name in names(text ?? "") { result[name] = .text }
    for part in names(types ?? "") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, let kind = TextTypeOptions.kinds[pair[1]] else {
        throw ValidationError(
          "--types \(part): not a pair such as volume=int64 (types: text, int64, float64, date, timestamp, bool)")
      }
      guard result.updateValue(kind, forKey: pair[0]) == nil else {
        throw ValidationError("--types: the column \(pair[0]) has two types")
      }
    }
    return result
  }
}
