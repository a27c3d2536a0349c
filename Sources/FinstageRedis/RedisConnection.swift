import FinstageSystem
import FinstageWire

/// Why a Redis did not do something.
package enum RedisFailure: ExitError, Equatable {
  /// It cannot be reached, does not answer in time, or has cut the connection.
  case away(String)
  /// It refuses: the password, a right, a command that it does not have, a full memory.
  case refused(String)

  package var exitStatus: ExitStatus { .tryLater }
  package var sentence: String {
    switch self {
    case .away(let reason), .refused(let reason): reason
    }
  }
}

/// A connection to a Redis or to what speaks like it (Valkey, KeyDB), used by one thread. Every answer has a time limit; after it, and after
/// whatever breaks the protocol, the connection is closed and stays closed.
package final class RedisConnection {
  package let address: RedisAddress
  private var wire: (any ClientWire)?
  private var parser: RESPParser
  private let stopsOnSignal: Bool
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
  /// How many answers are due to commands that were sent without waiting for them.
  private var owed = 0
  /// What has been said without being asked for: notices of channels.
  private var notices: [RESPValue] = []

  /// Connects, and says who we are.
  /// - Parameters:
  ///   - seconds: for all of it.
  ///   - largest: bytes of one answer.
  /// - Throws: `RedisFailure`.
  package init(
    _ address: RedisAddress, within seconds: Double = 0.5, largest: Int = RESPParser.largestValue,
    stopsOnSignal: Bool = true
  ) throws(RedisFailure) {
    self.address = address
    self.stopsOnSignal = stopsOnSignal
    parser = RESPParser(largest: largest)
    let deadline = SystemClock.monotonic + seconds
    do throws(WireFailure) {
      wire =
        address.isSecure
        ? try SecureWire(host: address.host, port: address.port, deadline: deadline, speaksHTTP: false)
        : try PlainWire(host: address.host, port: address.port, deadline: deadline, stopsOnSignal: stopsOnSignal)
    } catch {
      switch error {
      case .unreachable(let reason): throw .away("\(address.name): \(reason)")
      case .refused(let reason): throw .refused("\(address.name): \(reason)")
      }
    }
    var hello: [[String]] = []
    if let password = address.password { hello.append(["AUTH"] + (address.user.map { [$0] } ?? []) + [password]) }
    if address.database != 0 { hello.append(["SELECT", String(address.database)]) }
    guard !hello.isEmpty else { return }
    for (words, answer) in zip(
      hello, try run(hello.map { $0.map { Array($0.utf8) } }, within: deadline - SystemClock.monotonic))
    {
      guard case .error(let reason) = answer else { continue }
      close()
      throw .refused("\(address.name): \(words[0]): \(reason)")
    }
  }

  deinit {
    buffer.deallocate()
  }

  package var isOpen: Bool { wire != nil }
  package var descriptor: Int32 { wire?.descriptor ?? -1 }
  package func close() { wire = nil }

  /// Sends commands at once, and returns their answers; errors of the server are answers, too.
  package func run(_ commands: [[[UInt8]]], within seconds: Double) throws(RedisFailure) -> [RESPValue] {
    let deadline = SystemClock.monotonic + seconds
    try send(commands, until: deadline)
    try settle(until: deadline)
    var answers: [RESPValue] = []
    while answers.count < commands.count { answers.append(try answer(until: deadline)) }
    return answers
  }

  /// One command; an error of the server is thrown.
  @discardableResult
  package func run(_ words: String..., within seconds: Double) throws(RedisFailure) -> RESPValue {
    try run(words.map { Array($0.utf8) }, within: seconds)
  }

  @discardableResult
  package func run(_ words: [[UInt8]], within seconds: Double) throws(RedisFailure) -> RESPValue {
    let answer = try run([words], within: seconds)[0]
    if case .error(let reason) = answer { throw .refused("\(address.name): \(reason)") }
    return answer
  }

  /// Sends a command whose answer nobody wants to know, without waiting for it.
  package func post(_ words: [[UInt8]], within seconds: Double) throws(RedisFailure) {
    try send([words], until: SystemClock.monotonic + seconds)
    owed += 1
  }

  /// Waits until all that was posted has been done.
  package func settle(until deadline: Double) throws(RedisFailure) {
    while owed > 0 {
      _ = try answer(until: deadline)
      owed -= 1
    }
  }

  package func send(_ commands: [[[UInt8]]], until deadline: Double) throws(RedisFailure) {
    guard let wire else { throw .away("\(address.name): the connection is closed") }
    var bytes: [UInt8] = []
    for words in commands { RESPCommand.append(words, to: &bytes) }
    var sent = 0
    while sent < bytes.count {
      switch bytes.withUnsafeBytes({ wire.write(UnsafeRawBufferPointer(rebasing: $0[sent...])) }) {
      case .some(let count): sent += count
      case .nothing:
        guard waitForWire(wire.descriptor, Int32(POLLOUT), until: deadline, stopsOnSignal: stopsOnSignal) else {
          throw lost("does not read")
        }
      case .failed(let reason): throw lost(reason)
      }
    }
  }

  /// The next answer to a command. What channels say meanwhile is kept for `notice`.
  package func answer(until deadline: Double) throws(RedisFailure) -> RESPValue {
    while true {
      guard let value = try next(until: deadline) else { throw lost("no answer in time") }
      if RedisConnection.isNotice(value) { notices.append(value) } else { return value }
    }
  }

  /// What a channel says, waited for; nil if nothing does in time.
  package func notice(until deadline: Double) throws(RedisFailure) -> (channel: String, message: [UInt8])? {
    while true {
      guard let value = notices.isEmpty ? try next(until: deadline) : notices.removeFirst() else { return nil }
      if let parts = value.list, parts.count == 3, let channel = parts[1].string, let message = parts[2].bytes,
        RedisConnection.isNotice(value)
      {
        return (channel, message)
      }
    }
  }

  private static func isNotice(_ value: RESPValue) -> Bool {
    guard let first = value.list?.first?.bytes else { return false }
    return first == Array("message".utf8)
  }

  private func next(until deadline: Double) throws(RedisFailure) -> RESPValue? {
    guard let wire else { throw .away("\(address.name): the connection is closed") }
    while true {
      do throws(RESPParser.Fault) {
        if let value = try parser.next() { return value }
      } catch {
        throw lost("it breaks the protocol: \(error.reason)")
      }
      switch wire.read(buffer) {
      case .some(let count): parser.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      case .nothing:
        guard waitForWire(wire.descriptor, Int32(POLLIN), until: deadline, stopsOnSignal: stopsOnSignal) else {
          return nil
        }
      case .ended: throw lost("the connection has ended")
      case .failed(let reason): throw lost(reason)
      }
    }
  }

  private func lost(_ reason: String) -> RedisFailure {
    close()
    return .away("\(address.name): \(reason)")
  }
}
