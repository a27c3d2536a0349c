import ArgumentParser
import FinstageCore
import FinstageSystem

/// What columns of CSV are, where their cells do not tell.
package struct TextTypeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "CSV: these columns are texts, whatever they look like (symbol and ticker always are).", valueName: "a,b"))
  package var text: String?

  @Option(
    help: ArgumentHelp(
      "CSV: the types of columns: text, int64, float64, date, timestamp or bool.", valueName: "a=int64,b=text"))
  package var types: String?

  @Option(
    help: ArgumentHelp(
      "CSV: texts that stand for no value, instead of null, nan, NA, N/A and - in numbers.", valueName: "a,b"))
  package var null: String?

  @Option(help: ArgumentHelp("CSV: pass over lines that begin with this character.", valueName: "character"))
  package var comment: String?

  @Option(
    help: ArgumentHelp(
      "CSV: how dates are written, such as %d.%m.%Y or '%m/%d/%Y %I:%M %p'; ISO 8601 is understood all the same.",
      valueName: "pattern"))
  package var dateFormat: String?

  @Option(
    help: ArgumentHelp("CSV: the zone of times that name none, by its name in the tz database.", valueName: "zone"))
  package var inputZone: String?

  package init() {}

  package func apply(to options: inout FormatOptions) throws {
    options.types = try chosen()
    options.nullWords = null.map(names)
    options.commentMark = comment?.utf8.first
    options.datePattern = dateFormat.flatMap { DatePattern($0) }
    options.zone = inputZone.flatMap { TimeZone.named($0) }
  }

  private static let kinds: [String: Field.Kind] = [
    "text": .text, "string": .text, "int64": .int64, "float64": .float64, "date": .date, "timestamp": .timestamp,
    "bool": .bool,
  ]

  package mutating func validate() throws {
    _ = try chosen()
    if let comment, comment.utf8.count != 1 || comment == "\"" {
      throw ValidationError("--comment must be one ASCII character other than a quote")
    }
    if let dateFormat, DatePattern(dateFormat) == nil {
      throw ValidationError(
        "--date-format \(dateFormat): it needs %Y (or %y), %m (or %b) and %d; %H, %I, %p, %M, %S and %f are known, too")
    }
    if let inputZone, TimeZone.named(inputZone) == nil {
      throw ValidationError("--input-zone \(inputZone): there is no such time zone (America/New_York is one)")
    }
  }

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
      guard kind == .text || !Field.namesSymbol(pair[0]) else {
        throw ValidationError("--types \(part): symbols are texts, whatever they look like (rename the column first)")
      }
      guard result.updateValue(kind, forKey: pair[0]) == nil else {
        throw ValidationError("--types: the column \(pair[0]) has two types")
      }
    }
    return result
  }
}
