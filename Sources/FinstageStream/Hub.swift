import FinstageCore
import FinstageServe
import FinstageSystem

/// Records in, messages out: knows the streams, who has subscribed to which, and what each client still has to get.
package final class Hub {
  package struct Settings: Sendable {
    /// Events kept for each symbol, for those who come back.
    package var kept = 256
    /// Bytes kept of all of them.
    package var keptBytes = 64 << 20
    /// Prices kept for each symbol.
    package var history = 100
    /// Bytes that may wait for one client.
    package var queueLimit = 1 << 20
    package var mostSubscriptions = 10_000
    /// Messages a second that a client may send, and how many at once.
    package var messageRate = 20.0
    /// Seconds within which a client must ask for something; 0 for any.
    package var firstAsk = 0.0
    /// Seconds without an event after which a symbol is stale while its market is open; 0 for never.
    package var staleAfter = 0.0
    /// The tokens of which clients must show one; nil if they need none.
    package var tokens: TokenBook?
    /// Other origins than this server's whose pages may connect.
    package var origins: Set<String> = []
    package var basePath = ""
    package init() {}
  }

  package struct Counts: Sendable {
    package var events = 0
    package var badRecords = 0
    /// Lines that came faster than they could be served.
    package var dropped = 0
    package var deliveries = 0
    package var skipped = 0
    package var slowClosed = 0
    package var denied = 0
  }

  package let server: Server
  package var settings: Settings
  /// What may change something: broadcasts, the list of clients.
  package var adminToken = ""
  /// Changes with each life of this server: sequences begin anew with it.
  package internal(set) var epoch: String
  package internal(set) var counts = Counts()
  package var isReading = true
  /// Why it does not, if that is not the end of the input.
  var notReading: String?
  /// Whether an administrator has stopped the feed.
  package var isPaused = false
  var streams: [[String: EventStream]] = StreamKind.allCases.map { _ in [:] }
  /// Those who have subscribed with a pattern, or to everything.
  var watchers: [Subscriber] = []
  private var conflating: [Subscriber] = []
  /// Those for whom events are gathered.
  var gathering: [Subscriber] = []
  private var encoder = EventEncoder()
  var keptBytes = 0
  private var nextClient: UInt64 = 0
  private var deflaters: [Int: MessageDeflater] = [:]
  private let random: UInt64
  /// Starts or stops the feed, wholly or some symbols of it. Returns why not.
  package var onDirection: ((Direction) -> String?)?
  /// The symbols that are asked for, where the feed asks.
  package var feedSymbols: [String] = []
  /// Told of each event of the pipe: for the bus.
  package var onEvent: ((BusEvent) -> Void)?
  /// Why this node takes no records of clients; nil if it does.
  package var refusal: String?
  /// Whether other nodes serve the same events: this one may be behind them.
  package var isOnBus = false
  /// Told of what an operator should know.
  package var warn: (String) -> Void = { _ in }

  package init(_ server: Server, settings: Settings) {
    self.server = server
    self.settings = settings
    random = UInt64.random(in: .min ... .max)
    epoch = Hub.hexadecimal(random)
    server.owner = self
    server.onRoom = { [unowned self] connection in
      if let subscriber = connection.subscriber as? Subscriber { catchUp(subscriber) }
    }
    server.onHeartbeat = { [unowned self] in heartbeat($0) }
    server.onTick = { [unowned self] in tick($0) }
  }

  static func hexadecimal(_ value: UInt64) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }

  func newClientID() -> String {
    nextClient += 1
    return Hub.hexadecimal(random &+ nextClient &* 0x9E37_79B9_7F4A_7C15)
  }

  static let mostStreams = 1_000_000

  // MARK: - Events

  /// Takes a record of the pipe: one JSON object.
  /// - Parameter access: what its sender may do; nil for the pipe.
  package func take(_ line: some Collection<UInt8>, from access: Access? = nil) throws(JSONValue.Failure) {
    let record = try JSONMembers(line)
    let type = record.text("type")
    var kind = StreamKind(recordType: type)
    let price = kind.isOfPrices ? EventEncoder.price(record) : nil
    if kind.isOfPrices, price == nil { kind = .others }
    let symbol = record.text("symbol") ?? record.text("name") ?? ""
    if let access, !access.allows(symbol) {
      throw JSONValue.Failure(
        byte: 1, message: "the token does not allow the symbol \(symbol.isEmpty ? "of a record without one" : symbol)")
    }
    guard symbol.utf8.count <= 256 else {
      throw JSONValue.Failure(byte: 1, message: "a symbol of more than 256 bytes")
    }
    guard streams[kind.rawValue].count < Hub.mostStreams || streams[kind.rawValue][symbol] != nil else {
      throw JSONValue.Failure(byte: 1, message: "more than \(Hub.mostStreams) symbols")
    }
    counts.events += 1
    let stream = self.stream(kind, symbol, makes: true)!
    stream.sequence += 1
    let now = SystemClock.wall
    let json: [UInt8]
    if let price {
      json = encoder.price(record, price, stream, now: now)
      stream.price = Array(price)
      stream.priceValue = Double(String(decoding: price, as: UTF8.self))
      note(json, in: stream)
    } else {
      json = encoder.other(record, stream, now: now)
    }
    if stream.isStale { tellFreshness(of: stream, isStale: false) }
    stream.lastSeen = server.now
    publish(StreamEvent(sequence: stream.sequence, json: json), stream)
    onEvent?(BusEvent(kind: kind, symbol: symbol, sequence: stream.sequence, json: json))
  }

  /// Counts a line that cannot be read as a record. Returns whether it is the first one.
  package func noteBadRecord() -> Bool {
    counts.badRecords += 1
    return counts.badRecords == 1
  }

  /// Tells everybody that lines of the pipe were left out.
  /// - Parameter total: how many since the server began.
  package func noteDropped(_ total: Int) {
    guard total > counts.dropped else { return }
    let more = total - counts.dropped
    counts.dropped = total
    warn("\(more) lines came faster than they could be served, and were left out")
    _ = broadcast([
      "type": "gap", "reason": .string("\(more) records came faster than they could be served"),
      "count": JSONValue(more),
      "timestamp": Hub.timestamp,
    ])
  }

  /// Keeps what is said of a price.
  func note(_ json: [UInt8], in stream: EventStream) {
    guard settings.history > 0 else { return }
    if stream.history.count >= settings.history {
      stream.history.removeFirst(stream.history.count - settings.history + 1)
    }
    stream.history.append(json)
  }

  func publish(_ event: StreamEvent, _ stream: EventStream) {
    stream.recent.append(event)
    stream.recentBytes += event.json.count
    keptBytes += event.json.count
    while stream.recent.count > max(1, settings.kept) || keptBytes > settings.keptBytes && stream.recent.count > 1 {
      let old = stream.recent.removeFirst()
      stream.recentBytes -= old.json.count
      keptBytes -= old.json.count
    }
    for membership in stream.subscribers { deliver(event, stream, to: membership.subscriber) }
  }

  /// The stream of a symbol.
  /// - Parameter makes: make it if there is none; those who watch by patterns subscribe to it then.
  func stream(_ kind: StreamKind, _ symbol: String, makes: Bool) -> EventStream? {
    if let known = streams[kind.rawValue][symbol] { return known }
    guard makes else { return nil }
    let made = EventStream(kind, symbol)
    made.lastSeen = server.now
    streams[kind.rawValue][symbol] = made
    for watcher in watchers {
      for (type, pattern) in watcher.patterns
      where type.kinds.contains(kind) && SymbolPattern.matches(symbol, pattern)
        && watcher.access?.allows(symbol) ?? false
      {
        join(watcher, made, type)
      }
    }
    if kind == .trades, let prices = streams[StreamKind.prices.rawValue][symbol] {
      for membership in prices.subscribers {
        for type in SubscriptionType.allCases where membership.types & type.bit != 0 {
          join(membership.subscriber, made, type)
        }
      }
    }
    return made
  }

  // MARK: - Delivery

  func deliver(_ event: StreamEvent, _ stream: EventStream, to subscriber: Subscriber) {
    let mayConflate =
      subscriber.conflation > 0 ? stream.kind.isOfPrices : subscriber.isSlow && stream.kind.conflates
    if mayConflate {
      let key = ObjectIdentifier(stream)
      if subscriber.pending.isEmpty, subscriber.conflation > 0, !subscriber.isSlow, server.now >= subscriber.nextUpdate
      {
        subscriber.nextUpdate = server.now + subscriber.conflation
      } else {
        subscriber.pending[key, default: (stream, -1)].skipped += 1
        return
      }
    }
    send(event, stream, to: subscriber)
    guard subscriber.connection.queuedBytes > settings.queueLimit / 2 + subscriber.grace else { return }
    // Much may have come at once; only what the client does not take counts.
    server.sendNow(subscriber.connection)
    if subscriber.connection.isClosed { return }
    let queued = subscriber.connection.queuedBytes
    if queued > settings.queueLimit + subscriber.grace {
      counts.slowClosed += 1
      let reason = "slow: \(queued) bytes wait, \(settings.queueLimit) may"
      warn("client \(subscriber.id) (\(subscriber.connection.address)) was closed: \(reason)")
      server.drop(subscriber.connection, .tryAgainLater, reason)
    } else if queued > settings.queueLimit / 2 + subscriber.grace, !subscriber.isSlow {
      subscriber.isSlow = true
      send(
        [
          "type": "lag", "message": "you read too slowly: prices are left out until you have caught up",
          "queued_bytes": JSONValue(queued), "limit_bytes": JSONValue(settings.queueLimit),
        ], to: subscriber)
    }
  }

  private func send(_ event: StreamEvent, _ stream: EventStream, to subscriber: Subscriber) {
    subscriber.messages += 1
    counts.deliveries += 1
    let event = subscriber.hasShape ? event.shaped(subscriber.shape) : event
    if subscriber.batch > 0 { return gather(event, subscriber) }
    let connection = subscriber.connection
    if connection.mode == .events {
      server.send(event.serverSent(id: "\(epoch):\(stream.name):\(event.sequence)"), connection)
    } else if let agreement = connection.deflate, event.json.count >= Hub.smallestPacked {
      if let packed = connection.packedInContext(event.json) {
        server.send(packed, connection)
      } else {
        server.send(event.deflated(agreement.serverWindowBits, deflater(agreement.serverWindowBits)), connection)
      }
    } else {
      server.send(event.text, connection)
    }
  }

  /// Bytes below which packing does not pay.
  static let smallestPacked = 128

  func deflater(_ windowBits: Int) -> MessageDeflater {
    if let known = deflaters[windowBits] { return known }
    let made = MessageDeflater(windowBits: windowBits)!
    deflaters[windowBits] = made
    return made
  }

  /// Sends what was left out, newest first come: one update a symbol, which says how many it stands for.
  private func catchUp(_ subscriber: Subscriber) {
    subscriber.isSlow = false
    subscriber.grace = 0
    let pending = subscriber.pending
    guard !pending.isEmpty else { return }
    subscriber.pending = [:]
    for (_, (stream, skipped)) in pending {
      guard let last = stream.recent.last else { continue }
      if skipped > 0 {
        subscriber.skipped += skipped
        counts.skipped += skipped
        let event = StreamEvent(sequence: last.sequence, json: last.adding([("skipped", JSONValue(skipped))]))
        send(event, stream, to: subscriber)
      } else {
        send(last, stream, to: subscriber)
      }
    }
  }

  func send(_ message: JSONValue, to subscriber: Subscriber) {
    if !subscriber.batched.isEmpty { sendBatch(subscriber) }
    var bytes: [UInt8] = []
    message.write(into: &bytes)
    send(text: bytes, to: subscriber.connection)
  }

  func send(text: [UInt8], to connection: Connection) {
    if connection.mode == .events {
      server.send(Array("data: ".utf8) + text + [0x0A, 0x0A], connection)
    } else {
      server.send(WebSocketFrame.bytes(.text, text), connection)
    }
  }

  /// Sends to everybody, encoded once.
  package func broadcast(_ message: JSONValue, to type: SubscriptionType? = nil) -> Int {
    let event = StreamEvent(sequence: 0, json: Array(message.text.utf8))
    var count = 0
    for connection in server.all {
      guard let subscriber = connection.subscriber as? Subscriber else { continue }
      if let type, type != .all, subscriber.types & (type.bit | SubscriptionType.all.bit) == 0 { continue }
      server.send(connection.mode == .events ? event.serverSent(id: "") : event.text, connection)
      count += 1
    }
    return count
  }

  // MARK: - Time

  func startConflating(_ subscriber: Subscriber) {
    conflating.append(subscriber)
    chooseTick()
  }

  func stopConflating(_ subscriber: Subscriber) {
    conflating.removeAll { $0 === subscriber }
    chooseTick()
  }

  /// Whether something else is due by the hundredth of a second.
  package var needsFineTicks = false { didSet { chooseTick() } }

  func chooseTick() {
    server.tickMilliseconds = conflating.isEmpty && gathering.isEmpty && !needsFineTicks ? 100 : 10
  }

  private var nextFreshness = 0.0
  private var nextExpiry = 0.0

  private func tick(_ now: Double) {
    for subscriber in conflating where !subscriber.pending.isEmpty && !subscriber.isSlow && now >= subscriber.nextUpdate
    {
      subscriber.nextUpdate = now + subscriber.conflation
      catchUp(subscriber)
    }
    sendBatches(now)
    if now >= nextExpiry {
      nextExpiry = now + 1
      checkExpiry()
    }
    if settings.staleAfter > 0, now >= nextFreshness {
      nextFreshness = now + min(1, settings.staleAfter / 4)
      for stream in streams[StreamKind.prices.rawValue].values
      where !stream.isStale && stream.sequence > 0 && now - stream.lastSeen > settings.staleAfter && isOpen(stream) {
        tellFreshness(of: stream, isStale: true)
      }
    }
    onTick?(now)
  }
  package var onTick: ((Double) -> Void)?

  /// Whether events of a symbol are to be expected: by the hours of New York, unless its name says that it is traded elsewhere.
  private func isOpen(_ stream: EventStream) -> Bool {
    stream.symbol.contains(where: { "-=.:/".contains($0) })
      || EventEncoder.status(at: Int64(SystemClock.wall)) == "open"
  }

  func tellFreshness(of stream: EventStream, isStale: Bool) {
    stream.isStale = isStale
    let message: JSONValue = [
      "type": isStale ? "stale" : "live", "symbol": .string(stream.symbol), "last_seq": JSONValue(stream.sequence),
      "seconds": .rounded(server.now - stream.lastSeen, 3), "timestamp": Hub.timestamp,
    ]
    let event = StreamEvent(sequence: stream.sequence, json: Array(message.text.utf8))
    for membership in stream.subscribers where membership.subscriber.connection.mode == .webSocket {
      server.send(event.text, membership.subscriber.connection)
    }
  }

  static var timestamp: JSONValue { .string(Timestamp.string(Int64(SystemClock.wall * 1000) * 1_000_000)) }

  private static let mostSequences = 100

  private func heartbeat(_ connection: Connection) {
    guard let subscriber = connection.subscriber as? Subscriber else { return }
    if settings.firstAsk > 0, !subscriber.hasAsked, server.now - connection.opened > settings.firstAsk {
      return server.close(connection, .nothingAsked, "nothing was subscribed to within \(Int(settings.firstAsk)) s")
    }
    guard !connection.waits else { return }
    send(heartbeatMessage(subscriber), to: subscriber)
    if connection.mode == .webSocket { server.send(WebSocketFrame.bytes(.ping, []), connection) }
  }

  /// The time, and the number of the last event of each stream: silence and loss can be told apart.
  func heartbeatMessage(_ subscriber: Subscriber, _ text: String? = nil) -> JSONValue {
    var members: [(key: String, value: JSONValue?)] = [
      ("type", "heartbeat"), ("message", text.map { .string($0) }), ("timestamp", Hub.timestamp),
      ("server_time", .rounded(SystemClock.wall, 3)), ("epoch", .string(epoch)),
    ]
    let streams = subscriber.streams.prefix(Hub.mostSequences)
    members.append(("seqs", .object(streams.map { ($0.name, JSONValue($0.sequence)) })))
    if subscriber.streams.count > streams.count {
      members.append(("more", JSONValue(subscriber.streams.count - streams.count)))
    }
    return JSONValue(members: members)
  }

  /// Tells everybody that this server ends, and when to come back, each at another time.
  package func sayGoodbye() {
    for connection in server.all {
      guard let subscriber = connection.subscriber as? Subscriber else { continue }
      let wait = Double.random(in: 1...10)
      send(["type": "shutdown", "retry_after": .rounded(wait, 1), "timestamp": Hub.timestamp], to: subscriber)
      server.close(connection, .goingAway, "the server ends; come back in \(Int(wait)) s")
    }
  }
}
