import FinstageCore

/// Metrics as records.
package enum MetricRecord {
  package static func json(_ point: MetricPoint) -> JSONValue {
    let labels = point.series.labels.sorted { $0.key < $1.key }
    return JSONValue(members: [
      ("type", "metric"), ("name", .string(point.series.name)),
      // What tells series of one name apart for programs that know of symbols.
      ("symbol", labels.isEmpty ? nil : .string(labels.map { "\($0.key)=\($0.value)" }.joined(separator: ","))),
      ("ts", .string(Timestamp.string(point.time))), ("value", point.value.isNaN ? .null : .number(point.value)),
      ("unit", .string(point.series.unit)), ("labels", .object(labels.map { ($0.key, .string($0.value)) })),
    ])
  }

  /// The columns of metrics as a table.
  package static let schema: [(name: String, type: DataType)] = [
    ("type", .string), ("name", .string), ("symbol", .string), ("ts", .timestamp(.nanosecond, zone: "UTC")),
    ("value", .float64),
    ("unit", .string),
    ("labels", .json),
  ]
}
