/// The queue in numbers.
public struct QueueFigures: Sendable {
  /// A distribution of seconds: how many were up to each bound.
  public struct Histogram: Sendable {
    public var counts: [Int64]
    public var sum: Double
    /// Seconds.
    public static let bounds: [Double] = [0.01, 0.1, 1, 10, 60, 600, 3600]

    public init() {
      counts = [Int64](repeating: 0, count: Histogram.bounds.count + 1)
      sum = 0
    }

    public mutating func note(_ seconds: Double) {
      counts[Histogram.bounds.firstIndex { seconds <= $0 } ?? Histogram.bounds.count] += 1
      sum += seconds
    }
  }

  public var counts: [TaskState: Int] = [:]
  public var isPaused = false
  /// When the oldest ready task became due, milliseconds since 1970.
  public var oldestReady: Int64?
  /// How many were ever added, however many of them are gone by now.
  public var submitted: Int64 = 0
  /// Attempts since the queue was made, by how they ended.
  public var attempts: [String: Int64] = [:]
  /// From being ready to being begun, and from there to the end.
  public var waiting = Histogram()
  public var running = Histogram()
  /// Attempts that ended within the last minute and the last hour.
  public var endedLastMinute = 0
  public var endedLastHour = 0

  public init() {}
}
