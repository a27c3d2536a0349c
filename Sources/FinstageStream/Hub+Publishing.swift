import FinstageCore
import FinstageServe

/// Records that clients send, and the feed that the administrator directs.
extension Hub {
  /// Takes lines as if they had come through the pipe.
  func take(lines: [UInt8], from access: Access) -> JSONValue {
    var taken = 0
    var bad = 0
    var firstFault: JSONValue?
    if let refusal { return ["type": "error", "message": .string(refusal), "timestamp": Hub.timestamp] }
    for (number, line) in lines.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
      do throws(JSONValue.Failure) {
        try take(line, from: access)
        taken += 1
      } catch {
        bad += 1
        _ = noteBadRecord()
        if firstFault == nil {
          firstFault = [
            "line": JSONValue(number + 1), "byte": JSONValue(error.byte), "message": .string(error.message),
          ]
        }
      }
    }
    return JSONValue(members: [
      ("type", "published"), ("count", JSONValue(taken)), ("bad", JSONValue(bad)), ("first_bad", firstFault),
      ("timestamp", Hub.timestamp),
    ])
  }

  /// A message of a client that publishes: lines, or its token.
  func publish(_ text: [UInt8], _ subscriber: Subscriber) {
    guard let access = subscriber.access, access.mayPublish else {
      guard let message = try? JSONValue.parse(text), message["action"]?.string == "auth" else {
        counts.denied += 1
        return server.close(subscriber.connection, .unauthorized, "show a token first")
      }
      authorize(message, subscriber)
      if let access = subscriber.access, !access.mayPublish {
        counts.denied += 1
        server.close(subscriber.connection, .unauthorized, "publishing needs a token that allows it")
      }
      return
    }
    send(take(lines: text, from: access), to: subscriber)
  }

  /// What the administrator wants of the feed.
  package struct Direction: Sendable {
    package var starts: Bool
    /// Empty for all.
    package var symbols: [String]
  }

  /// `POST /ws/streaming/start` and `stop`.
  func direct(
    _ starts: Bool, _ request: HTTPRequest, _ fail: (Int, String, [(String, String)]) -> Void,
    _ answer: ([UInt8]) -> Void
  ) {
    var symbols: [String] = []
    if !request.body.isEmpty {
      guard let body = try? JSONValue.parse(request.body), body.members != nil else {
        return fail(400, "send {\"symbols\":[\"AAPL\"]}, or nothing", [])
      }
      if let named = body["symbols"], !named.isNull {
        guard let list = named.array, list.allSatisfy({ $0.string != nil }) else {
          return fail(400, "\"symbols\" must be a list of texts", [])
        }
        symbols = list.compactMap(\.string)
      }
    }
    guard let onDirection else { return fail(409, "there is no feed to start or to stop", []) }
    if let reason = onDirection(Direction(starts: starts, symbols: symbols)) { return fail(409, reason, []) }
    answer(
      HTTPAnswer.json(
        200, ["success": true, "is_streaming": .bool(isReading), "symbols": JSONValue(feedSymbols)]))
  }
}
