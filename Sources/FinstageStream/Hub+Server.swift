import FinstageCore
import FinstageServe
import FinstageSystem

/// Connections come, ask over HTTP, and go.
extension Hub: ServerOwner {
  package func admit(_ request: HTTPRequest, _ connection: Connection) throws(HTTPRequest.Fault) {
    guard let path = path(request), ["/ws/realtime", "/ws", "/ws/publish"].contains(path) else {
      throw HTTPRequest.Fault(status: 404, reason: "WebSockets are opened at \(settings.basePath)/ws/realtime")
    }
    guard isKnownOrigin(request) else {
      counts.denied += 1
      throw HTTPRequest.Fault(status: 403, reason: "pages of this origin may not connect (--origin lets them)")
    }
    let access = try access(of: request)
    if path == "/ws/publish", let access, !access.mayPublish {
      counts.denied += 1
      throw HTTPRequest.Fault(
        status: access.name.isEmpty ? 401 : 403, reason: "publishing needs a token that allows it")
    }
  }

  package func opened(_ request: HTTPRequest, _ connection: Connection) {
    let subscriber = Subscriber(
      connection, id: newClientID(), connectedAt: SystemClock.wall, access: (try? access(of: request)) ?? nil,
      token: settings.tokens == nil ? nil : token(request))
    connection.subscriber = subscriber
    if path(request) == "/ws/publish" {
      subscriber.isPublisher = true
      subscriber.hasAsked = true
      return
    }
    send(
      [
        "type": "system_status", "message": "connected", "client_id": .string(subscriber.id),
        "available_actions": JSONValue(Hub.actions),
        "subscription_types": JSONValue(SubscriptionType.allCases.map(\.rawValue)),
        "epoch": .string(epoch), "timestamp": Hub.timestamp,
      ], to: subscriber)
  }

  package func received(_ text: [UInt8], isText: Bool, _ connection: Connection) {
    guard let subscriber = connection.subscriber as? Subscriber else { return }
    guard isText else { return server.close(connection, .unsupportedData, "messages are JSON texts") }
    if subscriber.isPublisher { publish(text, subscriber) } else { act(text, subscriber) }
  }

  package func closed(_ connection: Connection) {
    if let subscriber = connection.subscriber as? Subscriber { forget(subscriber) }
  }

  private static let largestPublication = 16 << 20

  /// Who publishes may send much at once.
  package func largestBody(_ request: HTTPRequest) -> Int? {
    guard path(request) == "/ws/publish", (try? access(of: request))?.mayPublish == true else {
      return nil
    }
    return Hub.largestPublication
  }

  package func largestMessage(_ request: HTTPRequest) -> Int? {
    path(request) == "/ws/publish" && (try? access(of: request))?.mayPublish == true ? Hub.largestPublication : nil
  }

  /// The path below the base path; nil outside of it.
  private func path(_ request: HTTPRequest) -> String? {
    guard request.path.hasPrefix(settings.basePath) else { return nil }
    return String(request.path.dropFirst(settings.basePath.count))
  }

  /// Pages of other places must not connect in the name of who looks at them (RFC 6455, section 10.2).
  private func isKnownOrigin(_ request: HTTPRequest) -> Bool {
    guard let origin = request.header("origin") else { return true }
    if settings.origins.contains(origin) || settings.origins.contains("*") { return true }
    guard let host = request.header("host"), let mark = origin.firstRange(of: "://") else { return false }
    return origin[mark.upperBound...] == host
  }

  package func answer(_ request: HTTPRequest, _ connection: Connection) {
    let isHead = request.method == "HEAD"
    func answer(_ bytes: [UInt8]) { server.send(isHead ? HTTPAnswer.head(of: bytes) : bytes, connection) }
    func fail(_ status: Int, _ text: String, _ headers: [(String, String)] = []) {
      answer(HTTPAnswer.json(status, ["error": .string(text)], headers: headers))
    }
    guard let path = path(request) else { return fail(404, "not found") }
    guard isKnownOrigin(request) else { return fail(403, "pages of this origin may not ask (--origin lets them)") }
    let isAdmin = token(request).map { Hub.isSame($0, adminToken) } ?? false
    let isPost = request.method == "POST"
    guard isPost || isHead || request.method == "GET" else {
      return fail(405, "GET, HEAD or POST", [("Allow", "GET, HEAD, POST")])
    }
    switch (isPost, path) {
    case (false, "/healthz"): answer(HTTPAnswer.bytes(200, Array("ok\n".utf8)))
    case (false, "/readyz"):
      answer(
        HTTPAnswer.bytes(
          isReading ? 200 : 503,
          Array(
            (isReading ? "ready\n" : isPaused ? "the feed is stopped\n" : "\(notReading ?? "the input has ended")\n")
              .utf8)))
    case (false, "/metrics"):
      answer(HTTPAnswer.bytes(200, type: "text/plain; version=0.0.4; charset=utf-8", Array(metrics().utf8)))
    case (false, "/ws/status"):
      answer(
        HTTPAnswer.json(
          200,
          [
            "timestamp": Hub.timestamp, "websocket_manager": managerRecord(), "price_streamer": streamerRecord(),
            "system_health": .string(isReading ? "healthy" : notReading ?? "input ended"),
          ]))
    case (false, "/ws/demo"), (false, "/"):
      answer(
        HTTPAnswer.bytes(
          200, type: "text/html; charset=utf-8",
          headers: [("Content-Security-Policy", DemoPage.policy), ("Cache-Control", "no-cache")],
          Array(DemoPage.text.utf8)))
    case (false, "/events") where isHead: answer(HTTPAnswer.bytes(200, type: "text/event-stream", []))
    case (false, "/events"): openEvents(request, connection)
    case (true, "/ws/publish"):
      do throws(HTTPRequest.Fault) {
        let access = try access(of: request)
        guard let access, access.mayPublish else {
          counts.denied += 1
          let isKnown = access?.name.isEmpty == false
          return fail(
            isKnown ? 403 : 401, "publishing needs a token that allows it",
            isKnown ? [] : [("WWW-Authenticate", "Bearer")])
        }
        if let refusal { return fail(409, refusal, []) }
        answer(HTTPAnswer.json(200, take(lines: request.body, from: access)))
      } catch { fail(error.status, error.reason) }
    case (false, "/ws/clients"), (true, "/ws/broadcast"), (true, "/ws/streaming/start"), (true, "/ws/streaming/stop"):
      guard isAdmin else {
        counts.denied += 1
        return fail(
          401, "this needs the token of this server: Authorization: Bearer ...", [("WWW-Authenticate", "Bearer")])
      }
      if path == "/ws/broadcast" { return broadcast(request, fail, answer) }
      if isPost { return direct(path.hasSuffix("start"), request, fail, answer) }
      let clients = server.all.compactMap { ($0.subscriber as? Subscriber).map(clientRecord) }
      answer(HTTPAnswer.json(200, ["clients": .array(Array(clients))]))
    default:
      fail(
        404,
        "not found (try /ws/realtime, /events, /ws/demo, /ws/status, /ws/clients, /metrics, /healthz, /readyz; with a token: POST /ws/publish, /ws/broadcast, /ws/streaming/start and stop)"
      )
    }
  }

  private func broadcast(
    _ request: HTTPRequest, _ fail: (Int, String, [(String, String)]) -> Void, _ answer: ([UInt8]) -> Void
  ) {
    guard let body = try? JSONValue.parse(request.body), let message = body["message"]?.string else {
      return fail(400, "send {\"message\":\"...\"}", [])
    }
    let target = body["target_type"]?.string ?? "all"
    guard let type = SubscriptionType(rawValue: target) else {
      return fail(400, "target_type: one of \(SubscriptionType.allCases.map(\.rawValue).joined(separator: ", "))", [])
    }
    let count = broadcast(
      [
        "type": .string(body["message_type"]?.string ?? "system_status"), "message": .string(message),
        "source": "admin",
        "broadcast_type": .string(target), "timestamp": Hub.timestamp,
      ], to: type)
    answer(
      HTTPAnswer.json(
        200,
        [
          "success": true, "message": .string(message), "target_type": .string(target),
          "active_connections": JSONValue(count),
        ]))
  }

  /// Server-Sent Events: /events?type=prices&symbols=AAPL,MSFT. Last-Event-ID says where to go on.
  private func openEvents(_ request: HTTPRequest, _ connection: Connection) {
    func fail(_ status: Int, _ text: String) {
      server.send(HTTPAnswer.json(status, ["error": .string(text)]), connection)
    }
    var access: Access?
    do throws(HTTPRequest.Fault) { access = try self.access(of: request) } catch {
      return fail(error.status, error.reason)
    }
    guard let access else {
      counts.denied += 1
      return fail(401, "this needs a token: Authorization: Bearer ...")
    }
    guard let type = SubscriptionType(rawValue: request.parameter("type") ?? "all") else {
      return fail(400, "type: one of \(SubscriptionType.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let symbols = (request.parameter("symbols") ?? "").split(separator: ",").map(String.init)
    var resume: Resume?
    if let last = request.header("last-event-id") ?? request.parameter("last_event_id") {
      // Its epoch, kind, symbol and number. What other symbols have had is not known: they begin with a snapshot.
      let parts = last.split(separator: ":", omittingEmptySubsequences: false)
      if parts.count >= 4, let number = Int64(parts.last!), number >= 0 {
        resume = Resume(
          epoch: String(parts[0]), sequences: [parts[1..<parts.count - 1].joined(separator: ":"): number])
      }
    }
    var headers: [(String, String)] = []
    if let origin = request.header("origin") {
      headers = [("Access-Control-Allow-Origin", origin), ("Vary", "Origin")]
    }
    server.stream(HTTPAnswer.stream(type: "text/event-stream", headers: headers), connection)
    let subscriber = Subscriber(
      connection, id: newClientID(), connectedAt: SystemClock.wall, access: access,
      token: settings.tokens == nil ? nil : token(request))
    connection.subscriber = subscriber
    let fields = request.parameter("fields").map { $0.split(separator: ",").map(String.init) }
    subscribe(subscriber, Wish(type: type, symbols: symbols, fields: fields, resume: resume))
  }

  private func metrics() -> String {
    var text = PrometheusText(prefix: "finstage_stream_")
    func add(_ name: String, _ help: String, _ kind: PrometheusText.Kind, _ value: Int) {
      text.add(name, help, kind, [PrometheusText.Sample(Double(value))])
    }
    let subscribers = server.all.compactMap { $0.subscriber as? Subscriber }
    add("clients", "Clients that are connected.", .gauge, subscribers.count)
    add("slow_clients", "Clients for which prices are left out at present.", .gauge, subscribers.count { $0.isSlow })
    add(
      "queued_bytes", "Bytes that wait for clients.", .gauge, subscribers.reduce(0) { $0 + $1.connection.queuedBytes })
    add(
      "largest_queue_bytes", "Bytes that wait for the slowest client.", .gauge,
      subscribers.map(\.connection.queuedBytes).max() ?? 0)
    add("streams", "Symbols of all kinds that have had events.", .gauge, streams.reduce(0) { $0 + $1.count })
    add("stale_symbols", "Symbols without an event for too long.", .gauge, streams[0].values.count { $0.isStale })
    add("events_total", "Records read.", .counter, counts.events)
    add("bad_records_total", "Lines that were no records.", .counter, counts.badRecords)
    add("dropped_total", "Lines left out because they came faster than they could be served.", .counter, counts.dropped)
    add("deliveries_total", "Events sent to clients.", .counter, counts.deliveries)
    add("skipped_total", "Prices left out because newer ones came first.", .counter, counts.skipped)
    add("slow_closed_total", "Clients closed because they read too slowly.", .counter, counts.slowClosed)
    add("connections_total", "Connections accepted.", .counter, server.counts.accepted)
    add("refused_total", "Connections refused because there were too many.", .counter, server.counts.refused)
    add("denied_total", "Requests and messages without the right to them.", .counter, counts.denied)
    add("protocol_faults_total", "Connections closed for what they sent.", .counter, server.counts.faults)
    add("timeouts_total", "Connections dropped because nothing came from them.", .counter, server.counts.timeouts)
    add("sent_bytes_total", "Bytes sent.", .counter, server.counts.bytesSent)
    return text.lines.joined(separator: "\n") + "\n"
  }
}
