import FinstageCore
import FinstageNet
import FinstageProcess
import FinstageSystem
import Synchronization

/// Calls an address every so often while records flow: whoever does not hear it knows that nothing would be told. On a thread of its own.
package final class Heartbeat {
  private let interval: Double
  private var last = -Double.infinity
  private let alarm = PipeAlarm()
  private let isEnding = Mutex(false)
  private let isDue = Mutex(false)
  private var thread: WorkerThread?

  private struct Shared: @unchecked Sendable {
    // One thread rings, the other waits.
    let heartbeat: Unmanaged<Heartbeat>
    let alarm: PipeAlarm
  }

  /// - Parameters:
  ///   - address: an address, or `@FILE`.
  ///   - warn: called with each fault, on the thread.
  package init(_ address: String, every interval: Double, warn: @escaping @Sendable (String) -> Void) throws {
    self.interval = interval
    let file = try ChannelFile(address, keys: ["url"])
    let url = try HTTPPost.checked(try file.required("url"), file.name)
    let shared = Shared(heartbeat: .passUnretained(self), alarm: alarm)
    thread = WorkerThread {
      let client = HTTPClient()
      var hasFailed = false
      while true {
        shared.alarm.wait(seconds: 3600)
        let heartbeat = shared.heartbeat.takeUnretainedValue()
        // A short run sends its own before it ends.
        guard
          heartbeat.isDue.withLock({ isDue in
            defer { isDue = false }
            return isDue
          })
        else {
          if heartbeat.isEnding.withLock({ $0 }) { return }
          continue
        }
        var request = HTTPRequest(url: url)
        request.followsRedirects = false
        request.answerLimit = 64 << 10
        var timeouts = Timeouts()
        timeouts.connect = 5
        timeouts.total = 10
        do {
          let answer = try client.send(request, timeouts)
          if answer.status >= 400, !hasFailed { warn("heartbeat: HTTP \(answer.status)") }
          hasFailed = answer.status >= 400
        } catch {
          if !hasFailed { warn("heartbeat: \(error.sentence)") }
          hasFailed = true
        }
        if heartbeat.isEnding.withLock({ $0 }) { return }
      }
    }
  }

  /// Records have come.
  package func beat() {
    let now = SystemClock.monotonic
    guard now - last >= interval else { return }
    last = now
    isDue.withLock { $0 = true }
    alarm.ring()
  }

  package func end() {
    isEnding.withLock { $0 = true }
    alarm.ring()
    thread?.join()
    thread = nil
  }
}
