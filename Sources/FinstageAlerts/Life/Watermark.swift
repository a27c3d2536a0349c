/// How far a series was taken: its newest time, and which records of that time there were, since several may share one.
package struct Watermark: Sendable, Equatable {
  /// Nanoseconds since 1970.
  package var time: Int64
  /// The fingerprints of the records of that time, the latest few.
  package var records: [UInt64]

  package init(time: Int64, records: [UInt64]) {
    self.time = time
    self.records = records
  }

  func has(_ record: UInt64) -> Bool { records.isEmpty || records.contains(record) }
}

/// The fingerprints of the last records of one time. Of more than it has room for, the oldest go: an alert of theirs that comes again is
/// known by its id.
struct RecentRecords {
  static let room = 8
  private var values = InlineArray<8, UInt64>(repeating: 0)
  private var count = 0

  mutating func clear() { count = 0 }

  mutating func add(_ value: UInt64) {
    values[count % RecentRecords.room] = value
    count += 1
  }

  var all: [UInt64] { (0..<min(count, RecentRecords.room)).map { values[$0] } }
}
