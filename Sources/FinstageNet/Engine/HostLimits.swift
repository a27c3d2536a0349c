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

  /// Takes a place in the rate of a host, or tells how long a pause of it lasts; seconds.
  /// - Parameter wanted: how many more requests there are.
  func takePlace(_ host: String, interval: Double, wanted: Int) -> (wait: Double, pause: Double) {
    var (wait, pause) = gate.takePlace(host, interval: interval, now: SystemClock.wall)
    if pause == 0, let shared {
      switch shared.takePlace(host, interval: interval, wanted: wanted) {
      case .place(let later): wait = max(wait, later)
      case .pause(let seconds): pause = seconds
      case .nobody: break
      }
    }
    return (wait, pause)
  }

  func pauseLeft(_ host: String) -> Double { gate.pauseLeft(host, now: SystemClock.wall) }

  /// The service asks for a pause: all machines are told.
  func pause(_ host: String, seconds: Double) {
    gate.pause(host, seconds: seconds, now: SystemClock.wall)
    shared?.pause(host, seconds: min(seconds, HostGate.longestPause))
  }

  /// The host does not work for a while: the other machines ask it again later.
  func noteDown(_ host: String) { shared?.pause(host, seconds: 1) }
}
