import FinstageSystem

/// What a tool keeps of a Redis that it can do without: a connection that is made when it is needed, and left alone for a while when it is slow or
/// away. One sentence says so, once; nothing fails.
package final class RedisLink {
  package let address: RedisAddress
  private let warn: (String) -> Void
  private var connection: RedisConnection?
  private var hasWarned = false
  /// No question is asked before this time, after this long a rest.
  private var notBefore = -1e9
  private var rest = RedisLink.rests.lowerBound

  /// Seconds to connect, and to wait for an answer.
  private let patience: (connect: Double, answer: Double)
  private static let rests = 5.0...60.0

  package init(_ address: RedisAddress, warn: @escaping (String) -> Void) {
    self.address = address
    patience = address.patience.map { ($0, $0) } ?? (0.1, 0.15)
    self.warn = warn
  }

  /// Asks something; nil if the Redis is away, slow or refuses.
  package func ask<T>(_ question: (RedisConnection, _ seconds: Double) throws(RedisFailure) -> T) -> T? {
    let now = SystemClock.monotonic
    guard now >= notBefore else { return nil }
    do throws(RedisFailure) {
      if connection?.isOpen != true { connection = try RedisConnection(address, within: patience.connect) }
      let answer = try question(connection!, patience.answer)
      rest = RedisLink.rests.lowerBound
      return answer
    } catch {
      if !Interruption.isRequested, !hasWarned {
        hasWarned = true
        warn("\(RedisLink.explained(error)) (continuing with what this machine has)")
      }
      connection = nil
      notBefore = SystemClock.monotonic + rest
      rest = min(RedisLink.rests.upperBound, rest * 2)
      return nil
    }
  }

  /// A cluster sends its clients from one server to another; this is a client of one.
  private static func explained(_ failure: RedisFailure) -> String {
    let text = failure.sentence
    guard text.contains("MOVED ") || text.contains("CLUSTERDOWN") || text.contains("CROSSSLOT") else { return text }
    return
      "\(text): this is a Redis Cluster, which is not spoken to (name a single server, or a proxy before the cluster)"
  }
}
