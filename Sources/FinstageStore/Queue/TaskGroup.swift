/// Tasks that share limits.
public struct TaskGroup: Sendable, Equatable {
  public var name: String
  /// At most so many run at a time; nil for as many as there are slots.
  public var limit: Int64?
  /// Microseconds between two starts; nil for none.
  public var gap: Int64?
  public var isPaused: Bool
  public var running: Int64

  public init(name: String, limit: Int64? = nil, gap: Int64? = nil, isPaused: Bool = false, running: Int64 = 0) {
    self.name = name
    self.limit = limit
    self.gap = gap
    self.isPaused = isPaused
    self.running = running
  }
}

/// What to change about a group.
public struct TaskGroupChange: Sendable {
  /// A new limit; `.some(nil)` for none.
  public var limit: Int64??
  public var gap: Int64??
  public var isPaused: Bool?

  public init(limit: Int64?? = nil, gap: Int64?? = nil, isPaused: Bool? = nil) {
    self.limit = limit
    self.gap = gap
    self.isPaused = isPaused
  }

  public var isEmpty: Bool { limit == nil && gap == nil && isPaused == nil }
}
