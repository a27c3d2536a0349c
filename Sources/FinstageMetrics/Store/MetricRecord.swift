import FinstageCore

/// Metrics as records.
package enum MetricRecord {
  package static func json(_ point: MetricPoint) -> JSONValue {
    [
      "type": "metric", "name": .string(point.series.name), "ts": .string(Timestamp.string(point.time)),
      "value": point.value.isNaN ? .null : .number(point.value), "unit": .string(point.series.unit),
      "labels": .object(point.series.labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }),
    ]
  }

  /// The columns of metrics as a table.
  package static let schema: [(name: String, type: DataType)] = [
    ("type", .string), ("name", .string), ("ts", .timestamp(.nanosecond, zone: "UTC")), ("value", .float64),
    ("unit", .string),
    ("labels", .json),
  ]
}
