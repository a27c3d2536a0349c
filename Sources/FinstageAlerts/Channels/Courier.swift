import FinstageCore
import FinstageProcess
import FinstageStore
import FinstageSystem
import Synchronization

/// Delivers what the outbox has, each channel on a thread of its own, so that a slow one holds nothing up.
///
/// What is sent and not noted as sent because the process died is sent again: the id of the message tells the receiver.
package final class Courier {
  private struct Post {
    let name: String
    let thread: WorkerThread
    let alarm: PipeAlarm
  }

  private var posts: [Post] = []
  /// Milliseconds.
  private static let grace = 1000
  private let path: String
  private let isEnding = Flag()
  /// Channels that have something due.
  private let busy = Flag()

  final class Flag: Sendable {
    private let value = Mutex(0)
    var count: Int {
      get { value.withLock { $0 } }
      set { value.withLock { $0 = newValue } }
    }
    func add(_ change: Int) { value.withLock { $0 += change } }
  }

  /// - Parameters:
  ///   - path: the file of the store.
  ///   - channels: the names by which deliveries call them, and their addresses.
  ///   - warn: called with each fault, on any thread.
  package init(
    _ path: String, _ channels: [(name: String, address: String)], warn: @escaping @Sendable (String) -> Void
  ) throws {
    self.path = path
    for (name, address) in channels {
      // A wrong address is told before anything is read.
      let made = try AlertChannels.make(address)
      if let caution = made.caution { warn("channel \(name): \(caution)") }
      let alarm = PipeAlarm()
      let (isEnding, busy) = (isEnding, busy)
      let ring = UncheckedAlarm(alarm)
      guard
        let thread = WorkerThread({
          guard let store = try? AlertStore(path: path), let channel = try? AlertChannels.make(address) else {
            return warn("channel \(name): cannot begin")
          }
          let round = CourierRound(store, name, channel, warn)
          while true {
            busy.add(1)
            let wait = round.deliver(isEnding: isEnding)
            busy.add(-1)
            if isEnding.count > 0 { break }
            ring.alarm.wait(seconds: min(wait, 5))
          }
        })
      else { throw ToolFailure(.io, "cannot start a thread: \(systemErrorText(errno))") }
      posts.append(Post(name: name, thread: thread, alarm: alarm))
    }
  }

  private struct UncheckedAlarm: @unchecked Sendable {
    // One thread rings, the other waits: a pipe.
    let alarm: PipeAlarm
    init(_ alarm: PipeAlarm) { self.alarm = alarm }
  }

  /// There may be something to deliver.
  package func wake() { for post in posts { post.alarm.ring() } }

  /// Waits until nothing is due any more, but no longer than this. Returns how many deliveries still wait.
  package func settle(_ store: AlertStore, within seconds: Double) throws -> Int {
    let end = SystemClock.monotonic + seconds
    let names = posts.map(\.name)
    let until = store.now + Int64(seconds * 1000)
    wake()
    while true {
      let due = try store.dueCount(names, until: until)
      let isOver = SystemClock.monotonic > end || Interruption.signal != 0
      if due == 0 && busy.count == 0 || isOver { return try store.waitingCount(names) }
      usleep(5000)
    }
  }

  /// Ends all threads, after what they are sending.
  package func end() {
    // What is being sent has a moment to arrive.
    isEnding.count = Int(SystemClock.monotonic * 1000) + Courier.grace
    wake()
    for post in posts { post.thread.join() }
    posts = []
  }
}

/// The deliveries of one channel.
final class CourierRound {
  private let store: AlertStore
  private let name: String
  private let channel: any AlertChannel
  private let warn: (String) -> Void
  private var nextSending = 0.0
  private let owner = AlertStore.owner()

  /// Milliseconds until the next attempt, by how many there were; then once an hour.
  private static let pauses: [Double] = [5000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000]
  /// Milliseconds after which a delivery is given up.
  private static let oldest: Int64 = 86_400_000
  /// Failures in a row after which a channel rests.
  private static let patience: Int64 = 5

  init(_ store: AlertStore, _ name: String, _ channel: any AlertChannel, _ warn: @escaping (String) -> Void) {
    self.store = store
    self.name = name
    self.channel = channel
    self.warn = warn
  }

  /// Sends what is due. Returns the seconds until there may be more.
  /// - Parameter ending: 0, or when to give up what is being sent, in milliseconds of the monotonic clock.
  func deliver(isEnding ending: Courier.Flag) -> Double {
    do {
      while ending.count == 0 {
        if let rest = try store.rest(of: name), rest > 0 { return rest }
        let now = SystemClock.monotonic
        if now < nextSending { return nextSending - now }
        let claimed = try store.claim(name, owner, limit: channel.mostTogether)
        guard let first = claimed.first else { return try store.nextDue(name) }
        nextSending = SystemClock.monotonic + channel.pace
        try send(claimed, first) { ending.count > 0 && Int(SystemClock.monotonic * 1000) > ending.count }
      }
      return 0
    } catch {
      warn("channel \(name): \(error.sentence)")
      return 5
    }
  }

  private func send(_ claimed: [DeliveryRecord], _ first: DeliveryRecord, isOver: () -> Bool) throws {
    let alerts = claimed.compactMap { try? JSONValue.parse(Array($0.record.utf8)) }
    var id = "\(first.alert)-\(first.state)"
    // Each repetition is a message of its own, and so is a summary.
    if first.state == "repeated" { id += "-\(alerts.first?["ts"]?.string ?? "")" }
    if claimed.count > 1 { id += "-and-\(claimed.count - 1)" }
    let message = ChannelMessage(alerts: alerts, id: id)
    do {
      try channel.send(message, isOver: isOver)
      try store.sent(claimed, name)
    } catch {
      let failure =
        error as? ChannelFailure
        ?? ChannelFailure(error is FormatRefusal ? .never : .again(nil), error.sentence)
      switch failure.kind {
      case .never:
        warn("channel \(name): \(failure.sentence); given up (fs-alert outbox)")
        try store.failed(claimed, name, failure.sentence, due: nil, patience: .max)
      case .off:
        warn("channel \(name) is off: \(failure.sentence); fs-alert resend --failed turns it on again")
        try store.failed(claimed, name, failure.sentence, due: nil, patience: .max)
        try store.turnOff(name, failure.sentence)
      case .again(let wanted):
        let tries = Int(first.tries)
        var pause = tries < CourierRound.pauses.count ? CourierRound.pauses[tries] : CourierRound.pauses.last!
        pause *= Double.random(in: 0.8...1.2)
        if let wanted { pause = max(pause, min(wanted, 3600) * 1000) }
        let isOld = store.now - first.created > CourierRound.oldest
        warn(
          "channel \(name): \(failure.sentence); "
            + (isOld ? "given up after a day" : "again in \(TimeSpan.seconds((pause / 1000).rounded()).text)"))
        try store.failed(
          claimed, name, failure.sentence, due: isOld ? nil : store.now + Int64(pause), patience: CourierRound.patience)
      }
    }
  }
}
