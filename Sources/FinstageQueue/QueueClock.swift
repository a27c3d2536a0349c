import FinstageSystem

/// The clock that tasks are due by, in milliseconds since 1970-01-01T00:00:00Z. An engine for several machines has that of its server.
package struct QueueClock: Sendable {
  private let read: @Sendable () -> Int64

  package init(_ read: @escaping @Sendable () -> Int64) { self.read = read }

  package static let system = QueueClock { SystemClock.wallMilliseconds }

  package var now: Int64 { read() }
}
