import FinstageCore

/// The clock that tasks are due by.
public enum TaskClock {
  /// A time that tests set in place of the clock's.
  @TaskLocal static var fixed: Int64?

  /// Milliseconds since 1970.
  public static var now: Int64 { fixed ?? Int64(Clock.wall * 1000) }
}
