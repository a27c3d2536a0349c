import FinstageProcess
import FinstageRedis
import FinstageSystem
import Synchronization

/// The thread of the node that reads the feed: puts its events on the bus.
///
/// Frames are numbered without holes, and the number is the id in the stream of the Redis: a hole at a reader is a loss, and a second writer is
/// refused by the Redis itself, because its number is there already. The newest frames are kept here, and are sent again after a Redis has lost them.
package final class BusWriter: @unchecked Sendable {
  // The mailboxes are for both threads; all else is the thread's.
  package enum Notice: Sendable {
    /// The bus is there, or there again.
    case connected
    case lost(String)
    /// Another node writes: this one must not go on.
    case refused(String)
  }

  private enum Item: Sendable {
    case event(BusEvent)
    case end
  }

  private let address: RedisAddress
  private let keys: BusKeys
  private let epoch: String
  private let items: Mailbox<Item>
  private let notices: Mailbox<Notice>
  private var number: Int64
  private var thread: WorkerThread?
  /// Frames that are on their way or may have to be sent again, the oldest first.
  private var tail: [(number: Int64, events: [BusEvent])] = []
  private var tailBytes = 0
  private var sent: Int64
  private var connection: RedisConnection?
  private var isLost = false

  /// How many frames a Redis keeps, and how many bytes are kept here.
  package static let kept = 10_000
  private static let mostBytes = 64 << 20
  /// Seconds.
  private static let gathering = 0.005
  private static let beat = 1.0
  private static let patience = 2.0

  /// - Parameters:
  ///   - number: that of the last frame on the bus.
  /// - Throws: a failure if there are no descriptors or threads left.
  package init(_ address: RedisAddress, name: String, epoch: String, after number: Int64) throws {
    guard let items = Mailbox<Item>(), let notices = Mailbox<Notice>() else {
      throw ToolFailure(.tryLater, "no descriptors are left for the bus: \(systemErrorText(errno))")
    }
    self.address = address
    keys = BusKeys(name)
    self.epoch = epoch
    self.items = items
    self.notices = notices
    self.number = number
    sent = number
    guard let thread = WorkerThread({ [self] in run() }) else {
      throw ToolFailure(.tryLater, "cannot start a thread: \(systemErrorText(errno))")
    }
    self.thread = thread
  }

  /// For `poll`: there are notices.
  package var descriptor: Int32 { notices.descriptor }
  package func takeNotices() -> [Notice] { notices.take() }
  package func put(_ event: BusEvent) { items.post(.event(event)) }

  /// Sends what is left, for two seconds at most, and ends.
  package func end() {
    items.post(.end)
    thread?.join()
    thread = nil
  }

  private func run() {
    var pending: [BusEvent] = []
    var begun = 0.0
    var nextBeat = SystemClock.monotonic
    var endAt: Double?
    while true {
      let now = SystemClock.monotonic
      for item in items.take() {
        switch item {
        case .event(let event):
          if pending.isEmpty { begun = now }
          pending.append(event)
        case .end: endAt = endAt ?? now + BusWriter.patience
        }
      }
      while pending.count >= BusFrame.mostEvents
        || !pending.isEmpty && (now - begun >= BusWriter.gathering || endAt != nil)
      {
        keep(Array(pending.prefix(BusFrame.mostEvents)))
        pending.removeFirst(min(pending.count, BusFrame.mostEvents))
        nextBeat = now + BusWriter.beat
      }
      if now >= nextBeat {
        // Readers know from it that the bus is there; and a Redis that has lost everything without ending gets the epoch back.
        keep([])
        mustSetEpoch = true
        nextBeat = now + BusWriter.beat
      }
      let isSent = send()
      if let endAt, pending.isEmpty && isSent || now >= endAt { return }
      if isRefused { return }
      let until = pending.isEmpty ? min(nextBeat, isSent ? .infinity : now + 0.2) : begun + BusWriter.gathering
      var ready = pollfd(fd: items.descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&ready, 1, Int32((max(0, until - SystemClock.monotonic) * 1000).rounded(.up)))
    }
  }

  private var isRefused = false
  private var mustSetEpoch = false

  private func keep(_ events: [BusEvent]) {
    number += 1
    tail.append((number, events))
    tailBytes += events.reduce(64) { $0 + $1.json.count }
    while tailBytes > BusWriter.mostBytes, tail.count > 1 {
      tailBytes -= tail.removeFirst().events.reduce(64) { $0 + $1.json.count }
    }
  }

  /// Sends the frames that the Redis does not have; whether it has all.
  private func send() -> Bool {
    do throws(RedisFailure) {
      if connection?.isOpen != true {
        let made = try RedisConnection(address, within: BusWriter.patience, stopsOnSignal: false)
        try resume(made)
        connection = made
        if isLost { notices.post(.connected) }
        isLost = false
      }
      while let connection, let start = tail.firstIndex(where: { $0.number > sent }) {
        let part = tail[start..<min(start + 64, tail.count)]
        var commands: [[[UInt8]]] = []
        if mustSetEpoch { commands.append(["SET", keys.epoch, epoch, "NX"].map { Array($0.utf8) }) }
        mustSetEpoch = false
        for frame in part {
          commands.append(
            ["XADD", keys.stream, "MAXLEN", "~", String(BusWriter.kept), "\(frame.number)-0", "e", epoch, "b"].map {
              Array($0.utf8)
            }
              + [BusFrame.bytes(frame.events)])
          // What a writer has to know that begins when the stream has forgotten a symbol.
          let last = Dictionary(frame.events.map { ("\($0.kind.rawValue) \($0.symbol)", $0.sequence) }) { max($0, $1) }
          if !last.isEmpty {
            commands.append(
              ["HSET", keys.last].map { Array($0.utf8) }
                + last.flatMap { [Array($0.key.utf8), Array(String($0.value).utf8)] })
          }
        }
        let answers = try connection.run(commands, within: BusWriter.patience)
        for answer in answers {
          guard case .error(let reason) = answer else { continue }
          if reason.contains("equal or smaller") {
            isRefused = true
            notices.post(.refused("another node writes to \(keys.stream) of \(address.name): this one ends"))
            return true
          }
          throw .refused("\(address.name): \(reason)")
        }
        sent = part.last!.number
      }
      // What is old enough that no failover can have lost it is forgotten.
      if tail.count > 1000, sent == number {
        for frame in tail.prefix(tail.count - 1000) { tailBytes -= frame.events.reduce(64) { $0 + $1.json.count } }
        tail.removeFirst(tail.count - 1000)
      }
      return true
    } catch {
      connection = nil
      if !isLost { notices.post(.lost(error.sentence)) }
      isLost = true
      return false
    }
  }

  /// After a connection was lost: where the Redis is now.
  private func resume(_ connection: RedisConnection) throws(RedisFailure) {
    // An empty one gets the epoch again; one with another epoch has another writer.
    try connection.run("SET", keys.epoch, epoch, "NX", within: BusWriter.patience)
    let there = try connection.run("GET", keys.epoch, within: BusWriter.patience).string
    guard there == epoch else {
      isRefused = true
      notices.post(.refused("another node has begun \(keys.stream) of \(address.name) anew: this one ends"))
      throw .refused("")
    }
    guard let last = try keys.lastNumber(connection, within: BusWriter.patience) else {
      throw .refused("\(address.name): \(keys.stream) is a stream of somebody else")
    }
    sent = min(number, last)
  }
}
