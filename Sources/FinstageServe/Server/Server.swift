import CPlatform
import FinstageCore
import FinstageProcess
import FinstageSystem

/// What a server is for. All calls come on the server's thread.
package protocol ServerOwner: AnyObject {
  /// A request that is not the opening of a WebSocket: answer with `Server.send`, or `Server.stream`.
  func answer(_ request: HTTPRequest, _ connection: Connection)
  /// Whether a WebSocket may be opened; the fault is answered instead.
  func admit(_ request: HTTPRequest, _ connection: Connection) throws(HTTPRequest.Fault)
  func opened(_ request: HTTPRequest, _ connection: Connection)
  func received(_ text: [UInt8], isText: Bool, _ connection: Connection)
  func closed(_ connection: Connection)
  /// The most bytes of a body, or of a message of the WebSocket that a request opens; nil for those of the server.
  func largestBody(_ request: HTTPRequest) -> Int?
  func largestMessage(_ request: HTTPRequest) -> Int?
}

extension ServerOwner {
  package func largestBody(_ request: HTTPRequest) -> Int? { nil }
  package func largestMessage(_ request: HTTPRequest) -> Int? { nil }
}

/// Sockets, HTTP and WebSocket on one thread: an event loop over plain records.
package final class Server {
  package struct Limits: Sendable {
    package var connections = 20_000
    package var connectionsPerAddress = 20_000
    package var largestMessage = 64 << 10
    package var largestBody = 64 << 10
    /// Bytes that may wait for a client that goes on asking.
    package var mostQueued = 4 << 20
    /// Seconds for the head of a request.
    package var handshake = 10.0
    /// Seconds between pings; without an answer to three of them a connection is dropped.
    package var heartbeat = 30.0
    /// Addresses of proxies that are believed about their clients.
    package var trustedProxies: Set<String> = []
    package init() {}
  }

  package struct Counts: Sendable {
    package var accepted = 0
    package var refused = 0
    package var faults = 0
    package var timeouts = 0
    package var bytesSent = 0
    package var messagesReceived = 0
  }

  package var limits: Limits
  package internal(set) var counts = Counts()
  package weak var owner: (any ServerOwner)?
  package var deflates = false
  /// Whether what is packed for a client may refer to the messages before, which takes memory for each client.
  package var keepsContext = false
  package var protocols: [String] = []

  let readiness = Readiness()
  var listeners: [Int32] = []
  /// By descriptor.
  var connections: [Connection?] = []
  package internal(set) var count = 0
  var perAddress: [String: Int] = [:]
  var dirty: [Connection] = []
  var sources: [Int32: () -> Void] = [:]
  var alwaysReady: [Int32] = []
  var acceptPausedUntil = 0.0
  var sweep = 0
  /// The part of a step that is left over.
  var sweepDebt = 0.0
  var lastSweep = SystemClock.monotonic
  /// Called about every 10 ms while something is due, and at least every 100 ms.
  var lastDeadlines = 0.0
  package var onTick: ((_ now: Double) -> Void)?
  /// Called for each connection once in a heartbeat.
  package var onHeartbeat: ((Connection) -> Void)?
  /// Called when everything that waited for a slow client has left.
  package var onRoom: ((Connection) -> Void)?
  package var tickMilliseconds: Int32 = 100
  /// Called in each turn of the loop while `hasWork`, which then does not wait.
  package var onTurn: (() -> Void)?
  package var hasWork = false
  let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)
  private(set) package var now = SystemClock.monotonic
  package var isDone = false

  package init(limits: Limits = Limits()) { self.limits = limits }

  deinit {
    for listener in listeners { systemClose(listener) }
    for case let connection? in connections { systemClose(connection.descriptor) }
    buffer.deallocate()
  }

  package var all: some Sequence<Connection> { connections.lazy.compactMap { $0 } }

  // MARK: - The loop

  /// Calls an action when a descriptor is readable. A regular file always is.
  package func watch(_ descriptor: Int32, _ action: @escaping () -> Void) {
    sources[descriptor] = action
    if !readiness.add(descriptor, reads: true, writes: false) { alwaysReady.append(descriptor) }
  }

  package func unwatch(_ descriptor: Int32) {
    sources[descriptor] = nil
    if let place = alwaysReady.firstIndex(of: descriptor) {
      alwaysReady.remove(at: place)
    } else {
      readiness.remove(descriptor)
    }
  }

  package func run() {
    var nextTick = 0.0
    while !isDone {
      now = SystemClock.monotonic
      let until = max(0, Int32(((nextTick - now) * 1000).rounded(.up)))
      readiness.wait(milliseconds: alwaysReady.isEmpty && !hasWork ? min(until, tickMilliseconds) : 0) {
        descriptor, reads, writes in
        ready(descriptor, reads, writes)
      }
      now = SystemClock.monotonic
      for descriptor in alwaysReady { sources[descriptor]?() }
      if hasWork { onTurn?() }
      flushDirty()
      if now >= nextTick {
        nextTick = now + Double(tickMilliseconds) / 1000
        sweepConnections()
        onTick?(now)
        flushDirty()
      }
    }
  }

  func ready(_ descriptor: Int32, _ reads: Bool, _ writes: Bool) {
    if Int(descriptor) < connections.count, let connection = connections[Int(descriptor)] {
      if writes { flush(connection) }
      if reads, !connection.isClosed { read(connection) }
    } else if listeners.contains(descriptor) {
      accept(descriptor)
    } else {
      sources[descriptor]?()
    }
  }

  func sweepConnections() {
    if acceptPausedUntil > 0, now >= acceptPausedUntil {
      acceptPausedUntil = 0
      for listener in listeners { readiness.change(listener, reads: true, writes: false) }
    }
    guard !connections.isEmpty else { return }
    // The whole table is gone through once in a heartbeat, evenly: one timer for all of them.
    sweepDebt += Double(connections.count) * (now - lastSweep) / limits.heartbeat
    let steps = min(connections.count, Int(sweepDebt))
    sweepDebt -= sweepDebt.rounded(.down)
    lastSweep = now
    for _ in 0..<steps {
      if sweep + 1 >= connections.count { sweep = -1 }
      sweep += 1
      guard let connection = connections[sweep] else { continue }
      // Nothing comes from those who listen to events; they are silent if they do not read.
      let isSilent = connection.mode == .webSocket || connection.mode == .events && connection.waitsForRoom
      if isSilent, now - connection.lastHeard > limits.heartbeat * 3.5 {
        counts.timeouts += 1
        drop(connection)
      } else {
        onHeartbeat?(connection)
      }
    }
    if now - lastDeadlines > 1 {
      lastDeadlines = now
      for case let connection? in connections where connection.mode == .http || connection.mode == .ending {
        if now - connection.lastHeard > limits.handshake {
          counts.timeouts += 1
          drop(connection)
        }
      }
    }
  }
}
