import FinstageCore

/// Times of records.
package enum StreamTime {
  /// Nanoseconds since 1970 of a JSON value: ISO 8601, or an integer whose size tells its unit.
  package static func nanoseconds(_ value: ArraySlice<UInt8>) -> Int64? { EventEncoder.nanoseconds(value) }
}
