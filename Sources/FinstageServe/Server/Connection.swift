import FinstageSystem

/// Bytes that are on their way to one connection or many.
package final class SharedBytes {
  package let bytes: [UInt8]
  package init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// One client: a plain record, with buffers only while they are needed.
package final class Connection {
  package enum Mode: UInt8 { case http, webSocket, events, ending }

  package let descriptor: Int32
  package internal(set) var mode = Mode.http
  package internal(set) var address: String
  /// Whether it has been looked at what a proxy says of the client.
  var hasForwarding = false
  /// Seconds of the monotonic clock.
  package let opened: Double
  package internal(set) var lastHeard: Double
  package internal(set) var deflate: DeflateAgreement?
  /// Packs the messages of this connection alone, where they refer to each other.
  private var ownDeflater: MessageDeflater?

  /// A text as a frame that is packed with what came before in view; nil where that was not agreed upon.
  package func packedInContext(_ text: [UInt8]) -> [UInt8]? {
    guard let deflate, deflate.keepsContext else { return nil }
    if ownDeflater == nil {
      ownDeflater = MessageDeflater(windowBits: deflate.serverWindowBits, keepsContext: true)
    }
    return ownDeflater.map { WebSocketFrame.bytes(.text, $0.packed(text), isCompressed: true) }
  }

  /// What the owner of the server keeps of it.
  package var subscriber: AnyObject?

  var input: [UInt8] = []
  var reader: WebSocketReader?
  private var queue: [SharedBytes] = []
  private var head = 0
  /// How much of the first piece has been sent.
  private var offset = 0
  package private(set) var queuedBytes = 0
  var waitsForRoom = false
  /// Whether it is in the list of those that have something to send.
  var isDirty = false
  package internal(set) var isClosed = false

  init(_ descriptor: Int32, address: String, now: Double) {
    self.descriptor = descriptor
    self.address = address
    opened = now
    lastHeard = now
  }

  func append(_ piece: SharedBytes) {
    queue.append(piece)
    queuedBytes += piece.bytes.count
  }

  /// Whether something waits for the client to read.
  package var waits: Bool { waitsForRoom }

  /// Forgets what is queued except for a piece of which a part has left: what comes after it must come whole.
  func forgetQueue(keeping last: [UInt8]) {
    let begun = offset > 0 && head < queue.count ? [queue[head]] : []
    queue = begun + [SharedBytes(last)]
    head = 0
    queuedBytes = queue.reduce(0) { $0 + $1.bytes.count } - offset
  }

  enum Progress { case done, waits, broken }

  /// Sends what is queued, in gathered writes.
  func flush() -> Progress {
    while head < queue.count {
      let sent = withUnsafeTemporaryAllocation(of: iovec.self, capacity: 64) { vectors -> Int in
        var count = 0
        var place = head
        while place < queue.count, count < 64 {
          let skip = count == 0 ? offset : 0
          // The arrays live as long as the queue holds them.
          queue[place].bytes.withUnsafeBufferPointer { bytes in
            vectors[count] = iovec(
              iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress! + skip), iov_len: bytes.count - skip)
          }
          count += 1
          place += 1
        }
        return writev(descriptor, vectors.baseAddress!, Int32(count))
      }
      if sent < 0 {
        if errno == EINTR { continue }
        return errno == EAGAIN || errno == EWOULDBLOCK ? .waits : .broken
      }
      queuedBytes -= sent
      var left = sent + offset
      while head < queue.count, left >= queue[head].bytes.count {
        left -= queue[head].bytes.count
        head += 1
      }
      offset = left
    }
    queue = []
    head = 0
    offset = 0
    return .done
  }

  /// Forgets what is sent, so that a long queue does not keep it.
  func trim() {
    guard head > 256 else { return }
    queue.removeFirst(head)
    head = 0
  }
}
