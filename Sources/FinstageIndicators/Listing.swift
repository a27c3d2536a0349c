import FinstageSystem
import FinstageCore

/// The indicators as text, for `--list` and `--explain`.
package enum IndicatorListing {
  /// A line for each indicator: name with defaults, inputs, columns, warm-up with defaults, meaning; a heading for each group.
  package static func table() -> String {
    let heading = ["name:defaults", "inputs", "columns", "warm-up", "meaning"]
    var rows: [[String]] = [heading]
    for group in Indicator.Group.allCases {
      rows.append([])
      rows.append([group.rawValue])
      for indicator in Indicator.all where indicator.group == group { rows.append(row(indicator)) }
    }
    let widths = (0..<4).map { column in
      rows.filter { $0.count > 1 }.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      guard row.count > 1 else { return row.first ?? "" }
      let cells = row.dropLast().enumerated().map { i, cell in
        cell + String(repeating: " ", count: widths[i] - cell.count)
      }
      return cells.joined(separator: "  ") + "  " + row[row.count - 1]
    }.joined(separator: "\n") + "\n"
  }

  private static func row(_ indicator: Indicator) -> [String] {
    let request = indicator.standard
    let defaults = zip(indicator.parameters, request.parameters).map { $0.text($1) }.joined(separator: ",")
    return [
      indicator.name + (defaults.isEmpty ? "" : ":" + defaults),
      indicator.inputs.names(field: "field").joined(separator: ","),
      indicator.outputs.joined(separator: ","), "\(request.warmUp)", indicator.summary,
    ]
  }

  /// The full description of one indicator.
  package static func explanation(_ indicator: Indicator) -> String {
    let request = indicator.standard
    var text = "\(indicator.name): \(indicator.summary)\n\n"
    func add(_ name: String, _ value: String) {
      guard !value.isEmpty else { return }
      let label = name + String(repeating: " ", count: max(1, 12 - name.count))
      text += wrapped(label + value, indent: 12)
    }
    add("formula", indicator.formula)
    add("source", indicator.source)
    for parameter in indicator.parameters {
      add("parameter", "\(parameter.name): \(parameter.domain); default \(parameter.text(parameter.standard))")
    }
    for variation in indicator.variations {
      let option = "--\(indicator.option)-\(variation.name)"
      add("variation", "\(option): \(variation.domain); default \(variation.text(variation.standard))")
    }
    add("inputs", indicator.inputs.names(field: "the field that --field names (close)").joined(separator: ", "))
    add("columns", request.columns.joined(separator: ", "))
    add("warm-up", "\(request.warmUp) bars without a value, with the default parameters")
    add("undefined", indicator.undefined)
    add(
      "null rules",
      "null until warm; a bar that is out of order, or has an input null or beyond 1e100, gets null and changes nothing"
    )
    let written =
      indicator.parameters.isEmpty
      ? ""
      : " "
        + zip(indicator.parameters, request.parameters)
        .map { $0.text($1) }.joined(separator: ",")
    add("example", "fs-indicators --\(indicator.option)\(written) < bars.ndjson")
    return text
  }

  private static func wrapped(_ text: String, indent: Int, width: Int = 100) -> String {
    var result = ""
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty && line.count + 1 + word.count > width {
        result += line + "\n"
        line = String(repeating: " ", count: indent) + word
      } else {
        line += (line.isEmpty && result.isEmpty && word.isEmpty ? "" : line.isEmpty ? "" : " ") + word
      }
    }
    return result + line + "\n"
  }
}
