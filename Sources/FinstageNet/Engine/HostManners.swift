/// What this process knows of a host: whether requests may go, how fast, and whether to go on at all. Times are of the monotonic
/// clock.
///
/// Four kinds of trouble are kept apart, because each asks for something else:
///
/// - What is wrong with one answer (its body, a 4xx) is the symbol's, not the host's. Only if twenty answers in a row
///   cannot be read, the host is given up.
/// - A throttling (429, or any answer with Retry-After) is one event, however many answers say it: those to requests that were
///   sent before the pause began belong to it. It pauses the host; after that 0.7 of the rate that went through is allowed, and one
///   request a second more each second. Nobody's retries are used up.
/// - An outage is a failed connection or a 5xx of five symbols with no success between. Then nothing is sent but one probe every 1
///   to 8 seconds. When one succeeds, all go on.
/// - A wall (a login page, a wrong key) is final.
struct HostManners {
  enum Verdict {
    /// It may be sent.
    case go
    /// It may be sent, and nothing else until it has been answered.
    case probe
    /// Not before this time.
    case wait(until: Double)
    case giveUp(FetchFailure)
  }

  // Throttling.
  private var pausedAt = -Double.infinity
  /// Seconds of the first pause that a host asks for without saying how long.
  private let firstPause: Double
  private var nextPause: Double
  private var allowance: (rate: Double, since: Double)?
  private var successes: [Double] = []
  private var hasSucceeded = false
  private var events = 0
  /// Seconds of pauses since the last success: of our choice, and asked for.
  private var paused = (own: 0.0, asked: 0.0)
  private var lastThrottling: FetchFailure?

  // Outage.
  private var firstFailure: Double?
  private var failing: Set<Int> = []
  private var downSince: Double?
  private var nextProbe = 0.0
  private var probeGap = 1.0
  private var lastOutage: FetchFailure?
  private var isProbing = false

  // Walls.
  private var wall: FetchFailure?
  private var unreadable: Set<Int> = []

  private static let longestPause = 60.0
  private static let window = 2.0
  private static let share = 0.7
  /// Requests a second more, each second.
  private static let growth = 1.0
  /// A host that has said nothing but no is asked so often.
  private static let mostRefusals = 4
  /// Seconds of pauses that the host asked for.
  private static let mostPaused = 300.0
  private static let symbolsOfAnOutage = 5
  private static let longestProbeGap = 8.0
  private static let mostUnreadable = 20

  init(firstPause: Double = 1) {
    self.firstPause = firstPause
    nextPause = firstPause
  }

  /// Whether nothing but probes is sent.
  var isDown: Bool { downSince != nil }

  /// Whether the next request may go.
  /// - Parameter patience: seconds after which a host that is down, or refuses everything, is given up.
  func verdict(now: Double, patience: Double) -> Verdict {
    if let wall { return .giveUp(wall) }
    if let downSince {
      if now - downSince > patience, let lastOutage {
        return .giveUp(
          FetchFailure(
            lastOutage.kind, "\(lastOutage.sentence) (for \(Int(now - downSince)) s; --patience sets how long to wait)")
        )
      }
      if isProbing { return .wait(until: now + 0.02) }
      return now < nextProbe ? .wait(until: nextProbe) : .probe
    }
    guard events > 0, let lastThrottling else { return .go }
    if paused.own > patience || paused.asked > HostManners.mostPaused
      || !hasSucceeded && events >= HostManners.mostRefusals
    {
      return .giveUp(lastThrottling)
    }
    // After a pause one request shows whether it was long enough.
    return isProbing ? .wait(until: now + 0.02) : .probe
  }

  mutating func sendsProbe() { isProbing = true }

  /// Seconds between requests after throttlings; 0 for no bound.
  func interval(now: Double) -> Double {
    guard let allowance else { return 0 }
    return 1 / (allowance.rate + max(0, now - allowance.since) * HostManners.growth)
  }

  /// A good answer, or a clear one, to a request that was sent at this time.
  mutating func succeeded(sent: Double, now: Double) {
    hasSucceeded = true
    successes.removeAll { $0 < now - HostManners.window }
    successes.append(now)
    if sent > pausedAt {
      events = 0
      paused = (0, 0)
      if now - pausedAt > 10 { nextPause = firstPause }
    }
    unreadable = []
    isUp()
  }

  /// The host answers.
  private mutating func isUp() {
    firstFailure = nil
    failing = []
    downSince = nil
    isProbing = false
  }

  /// An answer that cannot be read, which is the fault of its symbol.
  mutating func cannotRead(_ item: Int, _ failure: FetchFailure) {
    isUp()
    unreadable.insert(item)
    if unreadable.count >= HostManners.mostUnreadable {
      wall = FetchFailure(
        .unavailable, "\(unreadable.count) answers in a row cannot be read: \(failure.sentence)", remedy: .leaveHost)
    }
  }

  /// The host asks for fewer requests.
  /// - Returns: the seconds of the pause that begins now; nil if the answer belongs to the event before.
  mutating func throttled(_ failure: FetchFailure, sent: Double, now: Double) -> Double? {
    isUp()
    guard sent > pausedAt else { return nil }
    events += 1
    lastThrottling = failure
    successes.removeAll { $0 < now - HostManners.window }
    let went = Double(successes.count) / HostManners.window
    let before = allowance.map { $0.rate + max(0, now - $0.since) * HostManners.growth } ?? 2
    let pause = failure.retryAfter ?? nextPause
    allowance = (max(0.2, (went > 0 ? went : before) * HostManners.share), now + pause)
    nextPause = min(HostManners.longestPause, nextPause * 2)
    pausedAt = now
    if failure.retryAfter == nil { paused.own += pause } else { paused.asked += pause }
    return pause
  }

  /// No connection, no answer, or a 5xx.
  mutating func connectionFailed(_ item: Int, _ failure: FetchFailure, sent: Double, now: Double) {
    lastOutage = failure
    isProbing = false
    if downSince != nil {
      probeGap = min(HostManners.longestProbeGap, probeGap * 1.5)
      nextProbe = now + probeGap
      return
    }
    guard let firstFailure else {
      firstFailure = now
      return
    }
    // What was on its way when the trouble began says nothing new.
    guard sent >= firstFailure else { return }
    failing.insert(item)
    guard failing.count >= HostManners.symbolsOfAnOutage else { return }
    downSince = firstFailure
    probeGap = 1
    nextProbe = now + probeGap
  }

  /// Another machine has found the host to be down.
  mutating func heardOfOutage(_ host: String, now: Double) {
    guard downSince == nil else {
      // Somebody else's turn to probe.
      nextProbe = max(nextProbe, now + 0.5)
      isProbing = false
      return
    }
    lastOutage = FetchFailure(.unavailable, "\(host) does not answer, as another machine has found")
    downSince = now
    probeGap = 1
    nextProbe = now + probeGap
  }

  /// The host refuses us as such.
  mutating func refused(_ failure: FetchFailure) { wall = failure }
}
