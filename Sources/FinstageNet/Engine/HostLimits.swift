import FinstageRedis
import FinstageSystem

/// When requests may go to a host: as the processes of this machine have agreed, and as the machines have that share a Redis.
final class HostLimits {
  private let gate: HostGate
  /// Nil for a machine by itself.
  private let shared: RedisRates?

  init(folder: String?, _ link: RedisLink?) {
    gate = HostGate(folder: folder)
    shared = link.map { RedisRates($0) }
  }

  /// What a request has to wait for.
  enum Answer {
    /// A place in the rate: seconds until the request may go.
    case place(Double)
    /// A pause of the host: seconds until it ends.
    case pause(Double)
    /// The end of an outage that another machine has found.
    case outage
  }

  /// Takes a place in the rate of a host.
  /// - Parameters:
  ///   - wanted: how many more requests there are.
  ///   - isProbe: whether the request is to show if the host works again.
  func takePlace(_ host: String, interval: Double, wanted: Int, isProbe: Bool) -> Answer {
    let (wait, pause) = gate.takePlace(host, interval: interval, now: SystemClock.wall)
    if pause > 0 { return .pause(pause) }
    switch shared?.takePlace(host, interval: interval, wanted: wanted, isProbe: isProbe) ?? .nobody {
    case .place(let later): return .place(max(wait, later))
    case .pause(let seconds): return .pause(seconds)
    case .down: return .outage
    case .nobody: return .place(wait)
    }
  }

  func pauseLeft(_ host: String) -> Double { gate.pauseLeft(host, now: SystemClock.wall) }

  /// The service asks for a pause: all machines are told.
  func pause(_ host: String, seconds: Double) {
    gate.pause(host, seconds: seconds, now: SystemClock.wall)
    shared?.pause(host, seconds: min(seconds, HostGate.longestPause))
  }

  /// The host does not answer, or does so again: all machines are told.
  func note(_ host: String, isDown: Bool) { if isDown { shared?.noteDown(host) } else { shared?.noteUp(host) } }
}
