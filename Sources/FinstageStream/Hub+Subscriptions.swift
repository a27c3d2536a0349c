import FinstageCore
import FinstageServe
import FinstageSystem

/// What clients ask for.
extension Hub {
  func join(_ subscriber: Subscriber, _ stream: EventStream, _ type: SubscriptionType) {
    if let place = stream.subscribers.firstIndex(where: { $0.subscriber === subscriber }) {
      stream.subscribers[place].types |= type.bit
    } else {
      stream.subscribers.append(EventStream.Membership(subscriber: subscriber, types: type.bit))
      subscriber.streams.append(stream)
    }
  }

  func leave(_ subscriber: Subscriber, _ stream: EventStream, _ type: SubscriptionType?) {
    guard let place = stream.subscribers.firstIndex(where: { $0.subscriber === subscriber }) else { return }
    if let type { stream.subscribers[place].types &= ~type.bit } else { stream.subscribers[place].types = 0 }
    guard stream.subscribers[place].types == 0 else { return }
    stream.subscribers.swapAt(place, stream.subscribers.count - 1)
    stream.subscribers.removeLast()
    if let place = subscriber.streams.firstIndex(where: { $0 === stream }) { subscriber.streams.remove(at: place) }
    subscriber.pending[ObjectIdentifier(stream)] = nil
    // Nothing is kept of a symbol that there has never been.
    if stream.sequence == 0, stream.subscribers.isEmpty { streams[stream.kind.rawValue][stream.symbol] = nil }
  }

  /// What a client asks to subscribe to.
  struct Wish {
    var type: SubscriptionType
    /// Symbols and patterns; empty for all.
    var symbols: [String]
    var conflation: Double?
    var batch: Double?
    /// Empty for all.
    var fields: [String]?
    var wantsArrow: Bool?
    var resume: Resume?
  }

  /// How far a client has come: the numbers of the last events by stream.
  struct Resume {
    var epoch: String
    var sequences: [String: Int64]
  }

  /// Subscribes, answers, and sends what is known: snapshots, or what was missed.
  func subscribe(_ subscriber: Subscriber, _ wish: Wish) {
    subscriber.hasAsked = true
    var accepted: [String] = []
    var refused: [JSONValue] = []
    var fresh: [EventStream] = []
    let known = Set(subscriber.streams.map { ObjectIdentifier($0) })
    let symbols = wish.symbols.isEmpty ? ["*"] : wish.symbols
    for symbol in symbols {
      if let reason = refusal(of: symbol, subscriber) {
        refused.append(["symbol": .string(String(symbol.prefix(64))), "reason": .string(reason)])
        continue
      }
      accepted.append(symbol)
      if SymbolPattern.isPattern(symbol) {
        if subscriber.patterns.isEmpty { watchers.append(subscriber) }
        subscriber.patterns.append((wish.type, symbol))
        for kind in wish.type.kinds {
          for stream in streams[kind.rawValue].values
          where SymbolPattern.matches(stream.symbol, symbol) && subscriber.access?.allows(stream.symbol) ?? false {
            join(subscriber, stream, wish.type)
            fresh.append(stream)
          }
        }
      } else {
        for kind in wish.type.kinds {
          // Trades join when they come.
          guard let stream = self.stream(kind, symbol, makes: kind != .trades) else { continue }
          join(subscriber, stream, wish.type)
          fresh.append(stream)
        }
      }
    }
    if !accepted.isEmpty { subscriber.types |= wish.type.bit }
    if let conflation = wish.conflation {
      let before = subscriber.conflation
      subscriber.conflation = conflation
      if conflation > 0, before == 0 { startConflating(subscriber) }
      if conflation == 0, before > 0 { stopConflating(subscriber) }
    }
    choose(wish, subscriber)
    let everything = wish.symbols.isEmpty
    let count = accepted.count
    send(
      JSONValue(members: [
        ("type", "subscription"), ("action", "subscribed"), ("subscription_type", .string(wish.type.rawValue)),
        ("symbols", JSONValue(everything ? [] : accepted)), ("refused", refused.isEmpty ? nil : .array(refused)),
        ("conflate", subscriber.conflation > 0 ? .number(subscriber.conflation) : nil),
        ("batch", subscriber.batch > 0 ? .number(subscriber.batch) : nil),
        ("fields", subscriber.shape.map { JSONValue($0.fields) }), ("format", subscriber.wantsArrow ? "arrow" : nil),
        (
          "message",
          .string(
            everything
              ? subscriber.access?.symbols == nil
                ? "subscribed to all symbols" : "subscribed to all symbols that your token allows"
              : "subscribed to \(count) symbol\(count == 1 ? "" : "s")")
        ),
        ("epoch", .string(epoch)), ("timestamp", Hub.timestamp),
      ]), to: subscriber)
    // What was missed may be much; it waits without being held against the client.
    subscriber.grace = .max / 4
    var seen: Set<ObjectIdentifier> = []
    for stream in fresh where seen.insert(ObjectIdentifier(stream)).inserted {
      // Who has it already has had its events.
      if known.contains(ObjectIdentifier(stream)), wish.resume == nil { continue }
      bringUpToDate(subscriber, stream, wish)
    }
    server.sendNow(subscriber.connection)
    subscriber.grace = subscriber.connection.queuedBytes
    send(
      [
        "type": "subscription", "action": "snapshot_end", "subscription_type": .string(wish.type.rawValue),
        "epoch": .string(epoch),
      ], to: subscriber)
  }

  /// How events are to come; all of them, whatever they were subscribed to with.
  private func choose(_ wish: Wish, _ subscriber: Subscriber) {
    if !subscriber.batched.isEmpty { sendBatch(subscriber) }
    if let fields = wish.fields { subscriber.shape = fields.isEmpty ? nil : EventShape(fields: fields.sorted()) }
    if let batch = wish.batch { subscriber.batch = batch }
    if let wantsArrow = wish.wantsArrow { subscriber.wantsArrow = wantsArrow }
    // A table of one event would be mostly its own description.
    if subscriber.wantsArrow, subscriber.batch == 0 { subscriber.batch = 0.1 }
  }

  private func refusal(of symbol: String, _ subscriber: Subscriber) -> String? {
    if symbol.isEmpty || symbol.utf8.count > 64 { return "a symbol has 1 to 64 bytes" }
    if symbol.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) {
      return "a symbol has no spaces or control characters"
    }
    if !SymbolPattern.isPattern(symbol), !(subscriber.access?.allows(symbol) ?? false) {
      return "your token does not allow this symbol"
    }
    if subscriber.streams.count + subscriber.patterns.count >= settings.mostSubscriptions {
      return "more than \(settings.mostSubscriptions) subscriptions"
    }
    return nil
  }

  /// Sends the last event as a snapshot, or, to who comes back, all events since, or the hole and then the snapshot.
  private func bringUpToDate(_ subscriber: Subscriber, _ stream: EventStream, _ wish: Wish) {
    if let resume = wish.resume,
      let last = resume.sequences[stream.name]
        ?? (wish.type == .all || stream.kind == .trades ? nil : resume.sequences[stream.symbol])
    {
      // The node that it comes from was ahead of this one: the rest comes over the bus.
      if isOnBus, resume.epoch == epoch, last > stream.sequence { return }
      if resume.epoch == epoch, last <= stream.sequence {
        let oldest = stream.recent.first?.sequence ?? stream.sequence + 1
        if last + 1 >= oldest || last == stream.sequence {
          for event in stream.recent where event.sequence > last { deliver(event, stream, to: subscriber) }
          return
        }
        send(
          [
            "type": "gap", "symbol": .string(stream.symbol), "stream": .string(stream.kind.name),
            "epoch": .string(epoch),
            "first": JSONValue(last + 1), "last": JSONValue(oldest - 1),
          ], to: subscriber)
        for event in stream.recent { deliver(event, stream, to: subscriber) }
        return
      }
      send(
        [
          "type": "gap", "symbol": .string(stream.symbol), "stream": .string(stream.kind.name), "epoch": .string(epoch),
          "reason": .string(
            resume.epoch == epoch
              ? "this number has not been yet" : "this server has begun anew: how much was lost is not known"),
        ], to: subscriber)
    }
    guard let last = stream.recent.last else { return }
    let json = last.shaped(subscriber.shape).adding([("snapshot", true), ("epoch", .string(epoch))])
    subscriber.messages += 1
    counts.deliveries += 1
    send(text: json, to: subscriber.connection)
  }

  func unsubscribe(_ subscriber: Subscriber, _ type: SubscriptionType?, _ symbols: [String]) {
    let types = type.map { [$0] } ?? SubscriptionType.allCases
    for stream in subscriber.streams {
      for type in types
      where symbols.isEmpty
        || symbols.contains(where: {
          $0 == stream.symbol || SymbolPattern.isPattern($0) && SymbolPattern.matches(stream.symbol, $0)
        })
      {
        leave(subscriber, stream, type)
      }
    }
    subscriber.patterns.removeAll { pattern in
      types.contains(pattern.type) && (symbols.isEmpty || symbols.contains(pattern.pattern))
    }
    if subscriber.patterns.isEmpty { watchers.removeAll { $0 === subscriber } }
    for type in types
    where !subscriber.patterns.contains(where: { $0.type == type })
      && !subscriber.streams.contains(where: { stream in
        stream.subscribers.contains { $0.subscriber === subscriber && $0.types & type.bit != 0 }
      })
    {
      subscriber.types &= ~type.bit
    }
    send(
      JSONValue(members: [
        ("type", "subscription"), ("action", "unsubscribed"), ("subscription_type", type.map { .string($0.rawValue) }),
        ("symbols", JSONValue(symbols)),
        (
          "message",
          .string(
            symbols.isEmpty
              ? "unsubscribed" : "unsubscribed from \(symbols.count) symbol\(symbols.count == 1 ? "" : "s")")
        ),
        ("timestamp", Hub.timestamp),
      ]), to: subscriber)
  }

  /// Forgets a client that is gone.
  func forget(_ subscriber: Subscriber) {
    for stream in subscriber.streams { leave(subscriber, stream, nil) }
    if !subscriber.patterns.isEmpty { watchers.removeAll { $0 === subscriber } }
    if subscriber.conflation > 0 { stopConflating(subscriber) }
    if !subscriber.batched.isEmpty {
      gathering.removeAll { $0 === subscriber }
      chooseTick()
    }
  }
}
