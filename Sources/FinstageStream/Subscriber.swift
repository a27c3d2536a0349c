import FinstageServe

/// What a server knows of a client beyond its connection.
final class Subscriber {
  /// The connection lets go of its subscriber when it ends.
  let connection: Connection
  // What each delivery looks at lies together.
  /// Seconds between two updates of a symbol; 0 for each of them. Of prices alone.
  var conflation = 0.0
  /// Whether its queue is half full: prices are conflated until it is empty.
  var isSlow = false
  /// How many queued bytes are snapshots or replayed events. They do not count towards the queue limit.
  var grace = 0
  var messages = 0
  /// Seconds for which events are gathered into one message; 0 for a message each.
  var batch = 0.0
  /// Whether it wants some fields only.
  private(set) var hasShape = false

  let id: String
  /// Since 1970, in seconds.
  let connectedAt: Double
  var streams: [EventStream] = []
  /// What is subscribed to with patterns, or as a whole.
  var patterns: [(type: SubscriptionType, pattern: String)] = []
  var types: UInt8 = 0
  var nextUpdate = 0.0
  /// The fields that it wants; nil for all.
  var shape: EventShape? { didSet { hasShape = shape != nil } }
  var nextBatch = 0.0
  var batched: [StreamEvent] = []
  var batchedBytes = 0
  /// Whether such messages are Arrow instead of a list.
  var wantsArrow = false
  /// The streams of which something was left out, and how many events.
  var pending: [ObjectIdentifier: (stream: EventStream, skipped: Int)] = [:]
  /// What it may do; nil until it has shown a token.
  var access: Access?
  /// The token that it has shown.
  var token: String?
  var hasBeenWarnedOfExpiry = false
  /// Whether it sends records instead of getting them.
  var isPublisher = false
  var hasAsked = false
  var errors = 0
  var skipped = 0
  /// The bucket of messages that it may send.
  var allowance = 0.0
  var allowanceTime = 0.0

  init(_ connection: Connection, id: String, connectedAt: Double, access: Access?, token: String? = nil) {
    self.connection = connection
    self.id = id
    self.connectedAt = connectedAt
    self.access = access
    self.token = token
  }
}
