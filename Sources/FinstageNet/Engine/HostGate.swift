import FinstageCore
import FinstageStore
import FinstageSystem

/// When requests may go to a host: the same for all processes of this user, through a small file for each host.
///
/// The file holds three times, in nanoseconds since 1970: the next free place (each request takes one and moves it by the interval:
/// the generic cell rate algorithm with a burst of one), the end of a pause that the service has asked for, and when that was written.
package final class HostGate {
  private struct Times: BitwiseCopyable {
    var next: Int64 = 0
    var pauseEnd: Int64 = 0
    var written: Int64 = 0

    /// Nanoseconds until the pause ends. A pause that was written in the future was written by a clock that was wrong.
    func pauseLeft(_ now: Int64) -> Int64 {
      written <= now + 1_000_000_000 ? max(0, pauseEnd - now) : 0
    }
  }

  private let folder: String?
  private var locks: [String: (lock: FileLock, descriptor: Int32)] = [:]
  /// Times of this process alone, used if there is no file to share.
  private var own: [String: Times] = [:]

  /// The longest pause in seconds; anything longer is a fault, not a request of the service.
  static let longestPause = 24 * 3600.0

  init(folder: String?) {
    self.folder =
      folder.flatMap { folder in
        // What others may write is not shared with them.
        let isOwn = Folder.make(folder) && (try? FileTrust.check(folder, advice: "")) != nil
        return isOwn ? folder : nil
      }
  }

  deinit { for entry in locks.values { close(entry.descriptor) } }

  /// Takes a place in the rate and returns the seconds to wait before sending. During a pause it takes no place, and returns
  /// the seconds until the pause ends.
  func takePlace(_ host: String, interval: Double, now: Double) -> (wait: Double, pause: Double) {
    var result = (wait: 0.0, pause: 0.0)
    change(host) { times in
      let instant = HostGate.nanoseconds(now)
      let left = times.pauseLeft(instant)
      if left > 0 {
        result.pause = Double(left) / 1e9
        return
      }
      guard interval > 0 else { return }
      // A place further away than a minute is left from another rate, or from a clock that was wrong.
      let next =
        times.next > instant + 60_000_000_000 + HostGate.nanoseconds(interval) ? instant : max(times.next, instant)
      times.next = next + HostGate.nanoseconds(interval)
      result.wait = Double(next - instant) / 1e9
    }
    return result
  }

  /// Starts a pause of this many seconds, which the service has asked for.
  func pause(_ host: String, seconds: Double, now: Double) {
    let end = HostGate.nanoseconds(now + min(seconds, HostGate.longestPause))
    let instant = HostGate.nanoseconds(now)
    change(host) { times in
      times.pauseEnd = max(instant + times.pauseLeft(instant), end)
      times.written = instant
    }
  }

  /// Seconds until a pause ends; 0 if there is none.
  func pauseLeft(_ host: String, now: Double) -> Double {
    var left = 0.0
    change(host) { times in
      let seconds = Double(times.pauseLeft(HostGate.nanoseconds(now))) / 1e9
      // An end beyond the longest pause was written with a wrong clock.
      left = seconds > 0 && seconds <= HostGate.longestPause ? seconds : 0
    }
    return left
  }

  /// Ends all pauses, and forgets the rates.
  package static func forget(folder: String) {
    for name in Folder.names(in: folder) { truncate("\(folder)/\(name)", 0) }
  }

  private static func nanoseconds(_ seconds: Double) -> Int64 { Int64(seconds * 1e9) }

  private func change(_ host: String, _ body: (inout Times) -> Void) {
    guard let (lock, descriptor) = file(host), lock.acquire(within: 2) == .held else {
      body(&own[host, default: Times()])
      return
    }
    defer { lock.release() }
    var times = Times()
    let size = MemoryLayout<Times>.size
    if withUnsafeMutableBytes(of: &times, { pread(descriptor, $0.baseAddress, size, 0) }) != size { times = Times() }
    let before = times
    body(&times)
    if before.next != times.next || before.pauseEnd != times.pauseEnd || before.written != times.written {
      _ = withUnsafeBytes(of: &times) { pwrite(descriptor, $0.baseAddress, size, 0) }
    }
  }

  private func file(_ host: String) -> (lock: FileLock, descriptor: Int32)? {
    if let known = locks[host] { return known }
    guard let folder else { return nil }
    // A host name is untrusted data: keep only characters that are safe in a file name.
    let name = String(host.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_" })
    let path = "\(folder)/\(name.prefix(200))"
    guard let lock = FileLock(path: path) else { return nil }
    let descriptor = systemOpen(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    locks[host] = (lock, descriptor)
    return (lock, descriptor)
  }
}
