import FinstageSystem

/// How long a client waits before it comes back: not for ever the same time, and not all clients at once.
struct Reconnection {
  private var wait = Reconnection.shortest
  private var lastConnection = SystemClock.monotonic

  private static let shortest = 0.5
  private static let longest = 30.0

  mutating func hasConnected() {
    wait = Reconnection.shortest
    lastConnection = SystemClock.monotonic
  }

  /// The server has said when to come back.
  mutating func waitAtLeast(_ seconds: Double) { wait = max(wait, min(seconds, 3600)) }

  /// The connection was there until now.
  mutating func hasLost() { lastConnection = SystemClock.monotonic }

  var secondsWithoutConnection: Double { SystemClock.monotonic - lastConnection }

  /// The seconds to wait now.
  mutating func next() -> Double {
    defer { wait = min(Reconnection.longest, wait * 2) }
    return wait * Double.random(in: 0.5...1.5)
  }
}
