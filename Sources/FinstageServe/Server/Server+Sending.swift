import CPlatform
import FinstageCore
import FinstageProcess
import FinstageSystem

/// What goes out, and the end of connections.
extension Server {
  package func send(_ bytes: [UInt8], _ connection: Connection) { send(SharedBytes(bytes), connection) }

  /// Queues bytes; they leave with everything else that is queued before the loop waits again.
  package func send(_ piece: SharedBytes, _ connection: Connection) {
    guard !connection.isClosed, !piece.bytes.isEmpty else { return }
    connection.append(piece)
    guard !connection.isDirty else { return }
    connection.isDirty = true
    dirty.append(connection)
  }

  /// Sends what is queued at once, as far as the client takes it.
  package func sendNow(_ connection: Connection) {
    if !connection.waitsForRoom { flush(connection) }
  }

  /// Goes on with an answer that has no end.
  package func stream(_ head: [UInt8], _ connection: Connection) {
    send(head, connection)
    connection.mode = .events
  }

  func flushDirty() {
    while !dirty.isEmpty {
      let batch = dirty
      dirty = []
      for connection in batch {
        connection.isDirty = false
        flush(connection)
      }
    }
  }

  func flush(_ connection: Connection) {
    guard !connection.isClosed else { return }
    let before = connection.queuedBytes
    switch connection.flush() {
    case .done:
      counts.bytesSent += before - connection.queuedBytes
      if connection.mode == .events { connection.lastHeard = now }
      if connection.waitsForRoom {
        connection.waitsForRoom = false
        readiness.change(connection.descriptor, reads: true, writes: false)
        onRoom?(connection)
      }
      if connection.mode == .ending { finishEnding(connection) }
    case .waits:
      counts.bytesSent += before - connection.queuedBytes
      connection.trim()
      if !connection.waitsForRoom {
        connection.waitsForRoom = true
        readiness.change(connection.descriptor, reads: true, writes: true)
      }
    case .broken: drop(connection)
    }
  }

  /// Closes a WebSocket with a code and a reason, and any other connection as it is.
  package func close(_ connection: Connection, _ code: CloseCode, _ reason: String) {
    if connection.mode == .webSocket { send(WebSocketFrame.close(code, reason), connection) }
    end(connection)
  }

  /// Closes without what is still queued, but with a reason if there is room for it.
  package func drop(_ connection: Connection, _ code: CloseCode, _ reason: String) {
    if connection.mode == .webSocket { connection.forgetQueue(keeping: WebSocketFrame.close(code, reason)) }
    end(connection)
  }

  /// Closes once everything queued has left.
  package func end(_ connection: Connection) {
    guard connection.mode != .ending, !connection.isClosed else { return }
    connection.mode = .ending
    connection.lastHeard = now
    owner?.closed(connection)
    connection.subscriber = nil
    if !connection.isDirty, !connection.waitsForRoom { finishEnding(connection) }
  }

  /// Nothing more is written; the peer closes, or the deadline does.
  func finishEnding(_ connection: Connection) {
    systemEndSending(connection.descriptor)
  }

  /// Closes at once.
  package func drop(_ connection: Connection) {
    guard !connection.isClosed else { return }
    if connection.mode != .ending { owner?.closed(connection) }
    connection.isClosed = true
    connection.subscriber = nil
    readiness.remove(connection.descriptor)
    systemClose(connection.descriptor)
    connections[Int(connection.descriptor)] = nil
    count -= 1
    leaveAddress(connection)
  }
}
