import FinstageCore
import FinstageServe
import FinstageSystem

/// The messages of clients.
extension Hub {
  static let actions = [
    "subscribe", "unsubscribe", "heartbeat", "get_status", "get_current_prices", "get_price_history",
  ]

  func act(_ text: [UInt8], _ subscriber: Subscriber) {
    guard isAllowed(subscriber) else { return }
    guard let message = try? JSONValue.parse(text), message.members != nil else {
      return complain("this is not a JSON object", subscriber)
    }
    guard let action = message["action"]?.string else {
      return complain("there is no \"action\" (choose from \(Hub.actions.joined(separator: ", ")))", subscriber)
    }
    if action == "auth" { return authorize(message, subscriber) }
    guard subscriber.access != nil else {
      counts.denied += 1
      return complain("show a token first: {\"action\":\"auth\",\"token\":\"...\"}", subscriber)
    }
    switch action {
    case "subscribe", "unsubscribe": subscribeOrNot(action, message, subscriber)
    case "heartbeat": send(heartbeatMessage(subscriber, "pong"), to: subscriber)
    case "get_status":
      send(
        [
          "type": "system_status", "client_stats": clientRecord(subscriber), "websocket_manager_stats": managerRecord(),
          "price_streamer_stats": streamerRecord(),
        ], to: subscriber)
    case "get_current_prices":
      guard let symbols = symbols(message, subscriber) else { return }
      let all =
        symbols.isEmpty
        ? Set(streams[StreamKind.prices.rawValue].keys).union(streams[StreamKind.trades.rawValue].keys).sorted()
        : symbols
      let prices = all.filter { subscriber.access?.allows($0) ?? false }.map { symbol in
        (key: symbol, value: priced(symbol)?.price.flatMap { try? JSONValue.parse($0) } ?? .null)
      }
      send(
        ["type": "price_update", "action": "current_prices", "prices": .object(prices), "timestamp": Hub.timestamp],
        to: subscriber)
    case "get_price_history": sendHistory(message, subscriber)
    default:
      let near = Spelling.nearest(to: action, among: Hub.actions).map { " (did you mean \($0)?)" } ?? ""
      complain(
        "\"\(action.prefix(64))\" is not an action\(near): choose from \(Hub.actions.joined(separator: ", "))",
        subscriber)
    }
  }

  /// The stream with the last prices of a symbol: those of quotes and bars, or of trades if there are no others.
  private func priced(_ symbol: String) -> EventStream? {
    let all = [StreamKind.prices, .trades].compactMap { streams[$0.rawValue][symbol] }
    return all.first { $0.price != nil } ?? all.first
  }

  /// Whether a client keeps to its rate of messages; who does not is told, and closed.
  private func isAllowed(_ subscriber: Subscriber) -> Bool {
    let burst = settings.messageRate * 5
    if subscriber.allowanceTime == 0 {
      subscriber.allowance = burst
    } else {
      subscriber.allowance = min(
        burst, subscriber.allowance + (server.now - subscriber.allowanceTime) * settings.messageRate)
    }
    subscriber.allowanceTime = server.now
    subscriber.allowance -= 1
    if subscriber.allowance >= 0 { return true }
    counts.denied += 1
    server.close(subscriber.connection, .policyViolation, "more than \(Int(settings.messageRate)) messages a second")
    return false
  }

  func complain(_ text: String, _ subscriber: Subscriber) {
    subscriber.errors += 1
    send(["type": "error", "message": .string(text), "timestamp": Hub.timestamp], to: subscriber)
  }

  static func isSame(_ a: String, _ b: String) -> Bool {
    let (a, b) = (SHA256.digest(Array(a.utf8)), SHA256.digest(Array(b.utf8)))
    var difference: UInt8 = 0
    for (x, y) in zip(a, b) { difference |= x ^ y }
    return difference == 0
  }

  private func symbols(_ message: JSONValue, _ subscriber: Subscriber) -> [String]? {
    guard let value = message["symbols"], !value.isNull else { return [] }
    guard let items = value.array, items.allSatisfy({ $0.string != nil }) else {
      complain("\"symbols\" must be a list of texts", subscriber)
      return nil
    }
    return items.compactMap(\.string)
  }

  private func subscribeOrNot(_ action: String, _ message: JSONValue, _ subscriber: Subscriber) {
    let names = SubscriptionType.allCases.map(\.rawValue).joined(separator: ", ")
    var type: SubscriptionType?
    if let value = message["type"], !value.isNull {
      guard let known = value.string.flatMap({ SubscriptionType(rawValue: $0) }) else {
        return complain("\"type\" must be one of \(names)", subscriber)
      }
      type = known
    }
    guard let symbols = symbols(message, subscriber) else { return }
    guard action == "subscribe" else { return unsubscribe(subscriber, type, symbols) }
    guard let type else { return complain("\"type\" is missing (choose from \(names))", subscriber) }
    var wish = Wish(type: type, symbols: symbols)
    if let value = message["conflate"], !value.isNull {
      guard let seconds = value.double ?? value.string.flatMap({ TimeSpan($0)?.seconds }), (0...3600).contains(seconds)
      else {
        return complain("\"conflate\" is a span such as \"500ms\", or seconds, 0 to 1h", subscriber)
      }
      wish.conflation = seconds
    }
    if let value = message["batch"], !value.isNull {
      guard let seconds = value.double ?? value.string.flatMap({ TimeSpan($0)?.seconds }), (0...60).contains(seconds)
      else { return complain("\"batch\" is a span such as \"200ms\", or seconds, 0 to 1m", subscriber) }
      wish.batch = seconds
    }
    if let value = message["fields"] {
      guard let names = value.isNull ? [] : value.array, names.allSatisfy({ $0.string != nil }), names.count <= 100
      else {
        return complain("\"fields\" must be a list of names, or null for all", subscriber)
      }
      wish.fields = names.compactMap(\.string)
    }
    if let value = message["format"], !value.isNull {
      guard let format = value.string, ["json", "arrow"].contains(format) else {
        return complain("\"format\" is json or arrow", subscriber)
      }
      wish.wantsArrow = format == "arrow"
    }
    if let resume = message["resume"], !resume.isNull {
      guard let epoch = resume["epoch"]?.string, let members = resume["seqs"]?.members,
        members.allSatisfy({ ($0.value.integer ?? -1) >= 0 })
      else { return complain("\"resume\" is {\"epoch\":\"...\",\"seqs\":{\"AAPL\":12}}", subscriber) }
      wish.resume = Resume(
        epoch: epoch, sequences: Dictionary(members.map { ($0.key, $0.value.integer!) }) { $1 })
    }
    subscribe(subscriber, wish)
  }

  private func sendHistory(_ message: JSONValue, _ subscriber: Subscriber) {
    guard let symbol = message["symbol"]?.string else { return complain("\"symbol\" is missing", subscriber) }
    let limit = message["limit"].map { $0.integer ?? -1 } ?? 50
    guard limit >= 0 else { return complain("\"limit\" must be a number of prices", subscriber) }
    guard subscriber.access?.allows(symbol) ?? false else {
      return complain("your token does not allow this symbol", subscriber)
    }
    let all = priced(symbol)?.history ?? []
    let items = all.suffix(Int(min(limit, Int64(all.count)))).compactMap { json -> JSONValue? in
      guard let event = try? JSONValue.parse(json) else { return nil }
      return JSONValue(members: [
        ("symbol", .string(symbol)), ("price", event["current_price"]),
        ("change_amount", event["change_amount"] ?? .null),
        ("change_percent", event["change_percent"] ?? .null), ("timestamp", event["timestamp"]),
      ])
    }
    send(
      [
        "type": "price_update", "action": "price_history", "symbol": .string(symbol), "history": .array(items),
        "count": JSONValue(items.count),
      ], to: subscriber)
  }

  // MARK: - What is said of clients and of the server

  func clientRecord(_ subscriber: Subscriber) -> JSONValue {
    let connection = subscriber.connection
    return [
      "client_id": .string(subscriber.id), "address": .string(connection.address),
      "connected_at": JSONValue(time: Int64(subscriber.connectedAt * 1000)),
      "connection_duration_seconds": .rounded(server.now - connection.opened, 3),
      "last_heartbeat": JSONValue(time: Int64((SystemClock.wall - (server.now - connection.lastHeard)) * 1000)),
      "subscriptions": JSONValue(subscriber.streams.prefix(100).map(\.name)),
      "subscription_count": JSONValue(subscriber.streams.count + subscriber.patterns.count),
      "subscription_types": JSONValue(
        SubscriptionType.allCases.filter { subscriber.types & $0.bit != 0 }.map(\.rawValue)),
      "message_count": JSONValue(subscriber.messages), "error_count": JSONValue(subscriber.errors),
      "skipped": JSONValue(subscriber.skipped), "queued_bytes": JSONValue(connection.queuedBytes),
      "is_slow": .bool(subscriber.isSlow), "is_active": true,
    ]
  }

  package func managerRecord() -> JSONValue {
    var types: [(key: String, value: JSONValue)] = []
    let subscribers = server.all.compactMap { $0.subscriber as? Subscriber }
    for type in SubscriptionType.allCases {
      types.append((type.rawValue, JSONValue(subscribers.count { $0.types & type.bit != 0 })))
    }
    return [
      "timestamp": Hub.timestamp, "active_connections": JSONValue(subscribers.count),
      "total_connections": JSONValue(server.counts.accepted), "total_messages_sent": JSONValue(counts.deliveries),
      "total_errors": JSONValue(server.counts.faults), "skipped": JSONValue(counts.skipped),
      "slow_closed": JSONValue(counts.slowClosed),
      "subscribed_symbols": JSONValue(streams[0].values.count { !$0.subscribers.isEmpty }),
      "subscription_stats": .object(types),
      "background_tasks_active": ["heartbeat": true, "cleanup": true],
    ]
  }

  package func streamerRecord() -> JSONValue {
    let prices = streams[StreamKind.prices.rawValue].values
    return [
      "timestamp": Hub.timestamp, "is_streaming": .bool(isReading), "epoch": .string(epoch),
      "monitored_symbols": JSONValue(prices.count), "symbols_with_prices": JSONValue(prices.count { $0.price != nil }),
      "total_updates_sent": JSONValue(prices.reduce(0) { $0 + $1.sequence }),
      "total_alerts_sent": JSONValue(streams[StreamKind.alerts.rawValue].values.reduce(0) { $0 + $1.sequence }),
      "events": JSONValue(counts.events), "bad_records": JSONValue(counts.badRecords),
      "dropped_records": JSONValue(counts.dropped), "feed_symbols": JSONValue(feedSymbols),
      "price_history_size": JSONValue(prices.reduce(0) { $0 + $1.history.count }),
    ]
  }
}
