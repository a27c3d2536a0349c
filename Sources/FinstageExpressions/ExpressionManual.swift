import FinstageSystem

/// What manuals say of expressions.
package enum ExpressionManual {
  /// The functions of one row, and the rules of those with a memory.
  package static var text: String {
    let rows = ExpressionFunction.all.filter { !$0.hasRules }.map { [$0.usage, $0.summary] }
    return """
      Expressions have numbers (with units: 5k, 2M, 3%, 15m), 'texts', dates and instants (2024-01-02, 2024-01-02T09:30:00Z), \
      fields by name (`in backquotes` if needed), + - * / %, == != < <= > >=, and, or, not, in (...), is null, \
      between 09:30 and 16:00 America/New_York (the end excluded; over midnight if it is the earlier one), within session (of the \
      NYSE). In symbol in (AAPL, ^GSPC, ES=F) words are symbols. Null is neither true \
      nor false, and anything computed from null is null. A computed number equals another if they differ by no more than a \
      billionth of the larger one; stored integers are compared exactly.

      \(indented(rows))

      These functions look at earlier records of the same series (the same symbol, where there is one):

      \(indented(memory))
      """
  }

  /// Functions with a memory: the first record, null, the window and whether the present record counts, warm-up.
  static let memory: [[String]] = [
    ["function", "first record", "null", "what counts"],
    ["prev(x), prev(x, n)", "null n times", "is a record, too", "the nth record before this one"],
    ["change(x)", "null", "null, and skipped", "the last x before this record"],
    ["change(x) within 10m", "null", "null, and skipped", "the oldest x at most 10m old"],
    [
      "avg sum min max stddev(x, n)", "null n - 1 times", "null, and skipped",
      "the last n values of x, this one included",
    ],
    [
      "avg sum min max stddev(x) within 10m", "x (stddev: 0)", "null, and skipped",
      "values less than 10m old, this one included",
    ],
    ["count(c, n)", "0 or 1", "not counted", "the last n records, this one included"],
    ["count(c) within 10m", "0 or 1", "not counted", "records less than 10m old, this one included"],
    ["x crosses above y", "false", "null, and skipped", "x <= y the last time, x > y now"],
    ["x crosses below y", "false", "null, and skipped", "x >= y the last time, x < y now"],
    ["x crosses above y within 10m", "false", "as without", "a crossing at most 10m ago"],
    [
      "x rises by 5% within 10m", "false", "null, and skipped",
      "from the least x less than 10m old; anew after a split or a dividend, and, with a day or less, after the night of the exchange",
    ],
    ["x falls by 2 within 10m", "false", "null, and skipped", "from the greatest x less than 10m old; the same"],
    ["x new high of 252", "null 251 times", "null, and skipped", "strictly above each of the 251 values before"],
    ["x new low of 30d", "null for 30d", "null, and skipped", "strictly below each other value less than 30d old"],
  ]

  private static func indented(_ rows: [[String]]) -> String {
    var widths: [Int] = []
    for row in rows {
      for (i, cell) in row.enumerated() {
        if i == widths.count { widths.append(0) }
        widths[i] = max(widths[i], cell.count)
      }
    }
    return rows.map { row in
      var line = ""
      for (i, cell) in row.enumerated() {
        line += cell + (i == row.count - 1 ? "" : String(repeating: " ", count: widths[i] - cell.count + 2))
      }
      return "  " + line
    }.joined(separator: "\n")
  }
}

extension ExpressionFunction {
  /// Whether the manual has a row about its memory.
  var hasRules: Bool {
    switch body {
    case .memory, .window: true
    default: false
    }
  }
}
