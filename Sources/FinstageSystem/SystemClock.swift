/// Seconds of the clocks of the system.
package enum SystemClock {
  /// Since 1970-01-01T00:00:00Z, as the wall clock shows it.
  package static var wall: Double { seconds(CLOCK_REALTIME) }
  /// Since some moment in the past; never goes back.
  package static var monotonic: Double { seconds(CLOCK_MONOTONIC) }

  /// Since the machine was started, the time that it slept included.
  package static var sinceBoot: Double {
    #if os(Linux)
      seconds(CLOCK_BOOTTIME)
    #else
      // Here that is the monotonic clock.
      seconds(CLOCK_MONOTONIC)
    #endif
  }

  /// Whole seconds and milliseconds since 1970-01-01T00:00:00Z.
  package static var wallSeconds: Int64 { Int64(wall.rounded(.down)) }
  package static var wallNanoseconds: Int64 { Int64((wall * 1e6).rounded(.down)) * 1000 }
  package static var wallMilliseconds: Int64 { Int64((wall * 1000).rounded(.down)) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
