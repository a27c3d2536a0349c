import FinstageCore

/// Tasks that share limits.
package struct QueueGroup: Sendable, Equatable {
  package var name: String
  /// At most so many are held by workers at a time; nil for as many as there are slots.
  package var limit: Int64?
  /// Microseconds between two starts; nil for none.
  package var gap: Int64?
  package var isPaused: Bool
  package var running: Int64

  package init(name: String, limit: Int64? = nil, gap: Int64? = nil, isPaused: Bool = false, running: Int64 = 0) {
    self.name = name
    self.limit = limit
    self.gap = gap
    self.isPaused = isPaused
    self.running = running
  }

  package static let description = RecordDescription<QueueGroup>([
    .init("group", .text) { .string($0.name) },
    .init("running", .integer) { JSONValue($0.running) },
    .init("limit", .integer) { JSONValue($0.limit) },
    .init("per_second", .number) { JSONValue($0.gap.map { 1e6 / Double($0) }) },
    .init("paused", .bool) { .bool($0.isPaused) },
  ])
}

/// What to change about a group.
package struct QueueGroupChange: Sendable {
  /// A new limit; `.some(nil)` for none.
  package var limit: Int64??
  package var gap: Int64??
  package var isPaused: Bool?

  package init(limit: Int64?? = nil, gap: Int64?? = nil, isPaused: Bool? = nil) {
    self.limit = limit
    self.gap = gap
    self.isPaused = isPaused
  }

  package var isEmpty: Bool { limit == nil && gap == nil && isPaused == nil }
}
