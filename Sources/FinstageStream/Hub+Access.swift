import FinstageCore
import FinstageServe
import FinstageSystem

/// Who may do what.
extension Hub {
  /// The subprotocol that is spoken; a token may come beside it, as `bearer.TOKEN`.
  package static let subprotocol = "finstage"

  /// The token of a request: in the header Authorization, or among the subprotocols, as pages of a browser send it.
  func token(_ request: HTTPRequest) -> String? {
    if let value = request.header("authorization"), value.lowercased().hasPrefix("bearer ") {
      return String(value.dropFirst(7))
    }
    let offered = (request.header("sec-websocket-protocol") ?? "").split(separator: ",")
    for word in offered.map({ $0.drop { $0 == " " } }) where word.hasPrefix("bearer.") {
      return String(word.dropFirst(7).prefix { $0 != " " })
    }
    return nil
  }

  /// What a token allows.
  func access(of token: String) throws(TokenBook.Fault) -> Access {
    if !adminToken.isEmpty, Hub.isSame(token, adminToken) { return Access(name: "administrator", mayPublish: true) }
    guard let tokens = settings.tokens else { throw TokenBook.Fault("this server has no tokens for clients") }
    return try tokens.access(of: token, now: SystemClock.wall)
  }

  /// What a request may do before any message; nil if a token is needed and there is none.
  func access(of request: HTTPRequest) throws(HTTPRequest.Fault) -> Access? {
    guard let token = token(request) else { return settings.tokens == nil ? Access(name: "") : nil }
    do throws(TokenBook.Fault) {
      return try access(of: token)
    } catch {
      // Who needs no token may show any.
      if settings.tokens == nil { return Access(name: "") }
      counts.denied += 1
      throw HTTPRequest.Fault(status: 401, reason: error.reason)
    }
  }

  /// The first message of a client, or a newer token later.
  func authorize(_ message: JSONValue, _ subscriber: Subscriber) {
    do throws(TokenBook.Fault) {
      guard let token = message["token"]?.string else { throw TokenBook.Fault("\"token\" is missing") }
      var access = Access(name: "")
      do throws(TokenBook.Fault) { access = try self.access(of: token) } catch {
        if settings.tokens != nil { throw error }
      }
      grant(access, token, subscriber)
      send(
        JSONValue(members: [
          ("type", "system_status"), ("message", "authorized"),
          ("name", access.name.isEmpty ? nil : .string(access.name)),
          ("expires", access.expires.map { .string(Timestamp.string(Int64($0) * 1_000_000_000)) }),
          ("timestamp", Hub.timestamp),
        ]), to: subscriber)
    } catch {
      counts.denied += 1
      complain(error.reason, subscriber)
      server.close(subscriber.connection, .unauthorized, error.reason)
    }
  }

  /// Gives a client what a token allows, and takes from it what that does not.
  private func grant(_ access: Access, _ token: String, _ subscriber: Subscriber) {
    subscriber.access = access
    subscriber.token = token
    subscriber.hasBeenWarnedOfExpiry = false
    for stream in subscriber.streams where !access.allows(stream.symbol) { leave(subscriber, stream, nil) }
  }

  private static let warning = 60.0

  /// Warns those whose tokens are about to expire, and closes those whose tokens have.
  func checkExpiry() {
    guard settings.tokens != nil else { return }
    let now = SystemClock.wall
    for connection in server.all {
      guard let subscriber = connection.subscriber as? Subscriber, let end = subscriber.access?.expires else {
        continue
      }
      if end <= now {
        send(["type": "error", "message": "your token has expired", "timestamp": Hub.timestamp], to: subscriber)
        server.close(connection, .tokenExpired, "your token has expired: come back with a new one")
      } else if end - now <= Hub.warning, !subscriber.hasBeenWarnedOfExpiry {
        subscriber.hasBeenWarnedOfExpiry = true
        send(
          [
            "type": "system_status",
            "message": "your token expires: send {\"action\":\"auth\",\"token\":\"...\"} with a new one",
            "expires_in": .rounded(end - now, 1), "timestamp": Hub.timestamp,
          ], to: subscriber)
      }
    }
  }

  /// Takes other tokens from now on; clients whose tokens are no longer among them are closed.
  package func renew(_ tokens: TokenBook) {
    settings.tokens = tokens
    for connection in server.all {
      guard let subscriber = connection.subscriber as? Subscriber, let token = subscriber.token else { continue }
      if let access = try? access(of: token) {
        grant(access, token, subscriber)
      } else {
        counts.denied += 1
        server.close(connection, .unauthorized, "your token is no longer one of ours")
      }
    }
  }
}
