import FinstageProcess
import FinstageRedis
import FinstageSystem
import Synchronization

/// The thread of a node that only serves: takes the events of the bus.
package final class BusReader: @unchecked Sendable {
  package enum Notice: Sendable {
    case frame([BusEvent])
    /// The bus has begun anew: numbers of before mean nothing.
    case epoch(String)
    /// Frames were lost: how many, if that can be told.
    case gap(Int64)
    case lost(String)
    case connected
  }

  private let address: RedisAddress
  private let keys: BusKeys
  private let notices: Mailbox<Notice>
  private let ending = Mutex(false)
  private var thread: WorkerThread?
  // The thread's own.
  private var epoch: String
  private var last: Int64
  private var isLost = false

  /// Seconds without a word of the bus after which it is lost: its writer says something each second.
  private static let silence = 3.0

  /// - Parameters:
  ///   - number: that of the last frame that is known.
  package init(_ address: RedisAddress, name: String, epoch: String, after number: Int64) throws {
    guard let notices = Mailbox<Notice>() else {
      throw ToolFailure(.tryLater, "no descriptors are left for the bus: \(systemErrorText(errno))")
    }
    self.address = address
    keys = BusKeys(name)
    self.notices = notices
    self.epoch = epoch
    last = number
    guard let thread = WorkerThread({ [self] in run() }) else {
      throw ToolFailure(.tryLater, "cannot start a thread: \(systemErrorText(errno))")
    }
    self.thread = thread
  }

  package var descriptor: Int32 { notices.descriptor }
  package func takeNotices() -> [Notice] { notices.take() }

  package func end() {
    ending.withLock { $0 = true }
    thread?.join()
    thread = nil
  }

  private var mustEnd: Bool { ending.withLock { $0 } }

  private func run() {
    var pause = 0.1
    var heard = SystemClock.monotonic
    while !mustEnd {
      do throws(RedisFailure) {
        let connection = try RedisConnection(address, within: 1, stopsOnSignal: false)
        try look(connection)
        while !mustEnd {
          let answer = try connection.run(
            "XREAD", "COUNT", "200", "BLOCK", "500", "STREAMS", keys.stream, "\(last)-0", within: 3)
          let now = SystemClock.monotonic
          if let frames = answer.list?.first?.list?.last {
            heard = now
            pause = 0.1
            try take(frames, connection)
            if isLost {
              isLost = false
              notices.post(.connected)
            }
          } else if now - heard > BusReader.silence {
            if !isLost { notices.post(.lost("the bus has been silent for \(Int(now - heard)) s")) }
            isLost = true
            try look(connection)
            heard = now
          }
        }
      } catch {
        if !isLost { notices.post(.lost(error.sentence)) }
        isLost = true
        usleep(UInt32(pause * Double.random(in: 0.5...1) * 1e6))
        pause = min(2, pause * 2)
      }
    }
  }

  /// Whether the bus is still that of before.
  private func look(_ connection: RedisConnection) throws(RedisFailure) {
    guard let now = try connection.run("GET", keys.epoch, within: 2).string else { return }
    if now != epoch {
      epoch = now
      last = 0
      notices.post(.epoch(now))
    }
  }

  private func take(_ value: RESPValue, _ connection: RedisConnection) throws(RedisFailure) {
    guard let frames = BusKeys.frames(value) else {
      throw .refused("\(address.name): somebody else writes to \(keys.stream)")
    }
    for frame in frames {
      if frame.epoch != epoch {
        let before = epoch
        try look(connection)
        // The first frames of the new epoch may have smaller numbers than the last one of the old: read again from the beginning.
        if epoch != before { return }
      } else if frame.number > last + 1, last > 0 {
        notices.post(.gap(frame.number - last - 1))
      }
      last = frame.number
      if !frame.events.isEmpty, frame.epoch == epoch { notices.post(.frame(frame.events)) }
    }
  }
}
