import FinstageSystem

/// One fetch of a key among machines: whoever has put its token under the key's name fetches, the others wait for the notice that it is done.
///
/// Who does not get it listens and then tries once more, so that no notice is missed, and looks again each second, because notices are not kept. The token goes by itself when
/// the fetch must have ended. Without the Redis everybody fetches.
package final class RedisFlights {
  package enum Outcome: Equatable {
    /// Ours to fetch; to be given back with `done`.
    /// - Parameter isKnown: somebody has kept an answer.
    case ours(isKnown: Bool)
    /// Another machine fetches.
    case taken
    /// There is no Redis to ask.
    case nobody
  }

  private let link: RedisLink
  private var listener: RedisConnection?
  private var listening: Set<String> = []
  private var tokens: [String: String] = [:]
  private var awake: Set<String> = []

  /// The holder's own token goes, and the waiters are told; in one step, so that the token of another is never taken away.
  private static let release = """
    if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) redis.call('PUBLISH', KEYS[2], '1') return 1 end return 0
    """

  package init(_ link: RedisLink) { self.link = link }

  private func name(_ kind: String, _ key: String) -> String { "fs:{answers}:\(kind):\(key)" }

  /// Tries to have a key to oneself.
  /// - Parameters:
  ///   - seconds: after which the fetch has ended in any case.
  ///   - kept: the names under which an answer would be.
  package func take(_ key: String, for seconds: Double, kept: [[UInt8]] = []) -> Outcome {
    for isListening in [listening.contains(key), true] {
      if isListening { listen(key) }
      let token = String(UInt64.random(in: .min ... .max), radix: 16)
      let words = ["SET", name("l", key), token, "NX", "PX", String(Int((seconds + 2) * 1000))].map { Array($0.utf8) }
      let answers = link.ask { connection, patience throws(RedisFailure) in
        try connection.run([words] + (kept.isEmpty ? [] : [[Array("EXISTS".utf8)] + kept]), within: patience)
      }
      guard let answers else { return .nobody }
      if answers[0] != .null {
        tokens[key] = token
        stopListening(key)
        return .ours(isKnown: answers.count > 1 && answers[1].integer ?? 0 > 0)
      }
      if isListening { return .taken }
    }
    return .taken
  }

  /// The key has been fetched, or could not be.
  package func done(_ key: String) {
    guard let token = tokens.removeValue(forKey: key) else { return }
    _ = link.ask { connection, patience throws(RedisFailure) in
      try connection.post(
        ["EVAL", RedisFlights.release, "2", name("l", key), name("w", key), token].map { Array($0.utf8) },
        within: patience)
    }
  }

  /// For `poll`: something has been said; -1 if nobody listens.
  package var descriptor: Int32 { listener?.descriptor ?? -1 }

  /// The keys that have been told to be done since the last call.
  package func landed() -> Set<String> {
    guard let listener, listener.isOpen else { return [] }
    let prefix = name("w", "")
    do throws(RedisFailure) {
      while let notice = try listener.notice(until: SystemClock.monotonic) {
        if notice.channel.hasPrefix(prefix) { awake.insert(String(notice.channel.dropFirst(prefix.count))) }
      }
    } catch {
      self.listener = nil
      listening = []
    }
    for key in awake { stopListening(key) }
    defer { awake = [] }
    return awake
  }

  private func listen(_ key: String) {
    guard !listening.contains(key) else { return }
    if listener?.isOpen != true {
      listening = []
      listener = link.ask { connection, patience throws(RedisFailure) in
        try RedisConnection(connection.address, within: patience)
      }
    }
    guard let listener else { return }
    do throws(RedisFailure) {
      let deadline = SystemClock.monotonic + (link.address.patience ?? 0.15)
      try listener.send([["SUBSCRIBE", name("w", key)].map { Array($0.utf8) }], until: deadline)
      _ = try listener.answer(until: deadline)
      listening.insert(key)
    } catch {
      self.listener = nil
      listening = []
    }
  }

  private func stopListening(_ key: String) {
    guard listening.remove(key) != nil, let listener else { return }
    do throws(RedisFailure) {
      let deadline = SystemClock.monotonic + (link.address.patience ?? 0.15)
      try listener.send([["UNSUBSCRIBE", name("w", key)].map { Array($0.utf8) }], until: deadline)
      _ = try listener.answer(until: deadline)
    } catch {
      self.listener = nil
      listening = []
    }
  }
}
