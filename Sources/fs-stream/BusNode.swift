import FinstageCommand
import FinstageRedis
import FinstageServe
import FinstageStream
import FinstageSystem

/// A server that is a node on a bus: the one that reads the feed, or one that serves what that one has read.
final class BusNode {
  private let hub: Hub
  private let address: RedisAddress
  private let name: String
  private let follows: Bool
  private let diagnostics: Diagnostics
  private let beginning: BusStart
  private var writer: BusWriter?
  private var reader: BusReader?
  /// Whether another node has the place of this one.
  private(set) var isRefused = false

  /// Finds out where the bus is, and begins there.
  init(_ hub: Hub, _ address: RedisAddress, name: String, follows: Bool, _ diagnostics: Diagnostics) throws {
    self.hub = hub
    self.address = address
    self.name = name
    self.follows = follows
    self.diagnostics = diagnostics
    beginning = try BusStart(address, name: name, fresh: follows ? nil : hub.epoch)
    hub.isOnBus = true
    hub.restore(beginning)
    if follows { hub.refusal = "this node only serves: publish at the node that reads the feed" }
  }

  func start() throws {
    if follows {
      let reader = try BusReader(address, name: name, epoch: beginning.epoch, after: beginning.number)
      self.reader = reader
      hub.server.watch(reader.descriptor) { [unowned self] in for notice in reader.takeNotices() { take(notice) } }
    } else {
      let writer = try BusWriter(address, name: name, epoch: beginning.epoch, after: beginning.number)
      self.writer = writer
      hub.onEvent = { writer.put($0) }
      hub.server.watch(writer.descriptor) { [unowned self] in for notice in writer.takeNotices() { take(notice) } }
    }
  }

  private func take(_ notice: BusReader.Notice) {
    switch notice {
    case .frame(let events): for event in events { hub.take(event) }
    case .epoch(let epoch): if epoch != hub.epoch { hub.begin(epoch: epoch) }
    case .gap(let frames): hub.noteLost(frames: frames)
    case .lost(let reason):
      diagnostics.warning("\(reason) (events are late until it is there again)")
      hub.noteBus(isThere: false, "the bus is away")
    case .connected:
      diagnostics.warning("the bus is there again")
      hub.noteBus(isThere: true, "the bus is there again")
    }
  }

  private func take(_ notice: BusWriter.Notice) {
    switch notice {
    case .connected: diagnostics.warning("the bus is there again")
    case .lost(let reason): diagnostics.warning("\(reason) (other nodes get nothing until it is there again)")
    case .refused(let reason):
      diagnostics.error(reason)
      isRefused = true
      hub.sayGoodbye()
      hub.server.isDone = true
    }
  }

  func end() {
    writer?.end()
    reader?.end()
  }
}
