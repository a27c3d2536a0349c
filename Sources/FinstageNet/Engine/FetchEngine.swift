import FinstageCore
import FinstageRedis
import FinstageStore
import FinstageSystem

/// Fetches many items at once: within rate limits, from the cache where possible, again after transient failures.
///
/// One thread does everything. Items are opened in order, at most `window` beyond the oldest one that has not been delivered, so memory
/// is bounded however many there are.
package final class FetchEngine<Part> {
  private let options: FetchOptions
  private let cache: AnswerCache
  private let loop: TransferLoop
  private let limits: HostLimits
  /// Which addresses machines are fetching for each other; nil for a machine by itself.
  private let flights: RedisFlights?
  private let archive: AnswerArchive?
  private let replay: AnswerArchive?
  private let warn: (String) -> Void
  private var manners: [String: HostManners] = [:]
  private var open: [Int: OpenFetchItem<Part>] = [:]
  private var waiting: [FetchTicket] = []
  private var inFlight: [Int: FetchTicket] = [:]
  /// For each host, the request that has reserved the next place of the rate limit and waits for it. Other requests
  /// reserve no place while that one waits, so that a killed process does not leave a long row of unused places behind.
  private var next: [String: FetchTicket] = [:]
  private var nextTag = 0
  private var finished: [Int: Result<FetchResult<Part>, FetchFailure>] = [:]
  private var random = SystemRandomNumberGenerator()
  /// How many items are not delivered.
  private var left = 0
  package private(set) var counts = FetchCounts()

  /// - Parameter warn: called with problems that do not belong to a symbol, such as those of the cache or the archive.
  package init(_ options: FetchOptions, warn: @escaping (String) -> Void) {
    self.options = options
    self.warn = warn
    let isOnline = options.replayFolder == nil && options.cacheUse != .offline
    let link = isOnline ? options.remote.flatMap { try? RedisAddress($0) }.map { RedisLink($0, warn: warn) } : nil
    cache = AnswerCache(options, remote: link, warn: warn)
    flights = link.map { RedisFlights($0) }
    limits = HostLimits(folder: options.cacheFolder.map { "\($0)/hosts" }, link)
    loop = TransferLoop(concurrency: options.concurrency, secrets: options.secrets)
    archive = options.recordFolder.map { AnswerArchive(folder: $0) }
    replay = options.replayFolder.map { AnswerArchive(folder: $0) }
  }

  /// Fetches items 0..<count and delivers each once, in order unless `isUnordered` is set. Stops early after a signal.
  package func run(
    count: Int, item make: (Int) throws(FetchFailure) -> FetchItem<Part>,
    deliver: (Int, Result<FetchResult<Part>, FetchFailure>) throws -> Void,
    beforeWaiting: () throws -> Void = {}
  ) throws {
    let deadline = options.deadline.map { SystemClock.monotonic + $0 }
    var opened = 0
    var delivered = 0
    var answers: ArraySlice<(FetchTicket, Result<HTTPAnswer, FetchFailure>)> = []
    while delivered < count && Interruption.signal == 0 {
      let now = SystemClock.monotonic
      if let deadline, now >= deadline { failAll("the deadline has passed (see --deadline)") }
      while hasRoom {
        if let ticket = takeReady(now) {
          advance(ticket, now)
        } else if opened < count, opened < delivered + options.window {
          begin(opened, make, isLate: deadline.map { now >= $0 } ?? false)
          opened += 1
        } else {
          break
        }
      }
      loop.perform { tag, result in
        if let ticket = inFlight.removeValue(forKey: tag) { answers.append((ticket, result)) }
      }
      for key in flights?.landed() ?? [] {
        for ticket in waiting where ticket.firstTaken != nil && ticket.request.name == key { ticket.notBefore = 0 }
      }
      // Handle one answer at a time: a freed connection gets a new request before the next answer is parsed, so that
      // the network is never idle while answers are parsed.
      if let (ticket, result) = answers.popFirst() {
        arrived(ticket, result, SystemClock.monotonic)
      }
      left = count - delivered
      var isNew = false
      while let next = options.isUnordered ? finished.keys.min() : finished[delivered].map({ _ in delivered }),
        let result = finished.removeValue(forKey: next)
      {
        delivered += 1
        isNew = true
        try deliver(next, result)
      }
      if !isNew && answers.isEmpty {
        let seconds = patience(
          SystemClock.monotonic, deadline, canOpen: opened < count && opened < delivered + options.window)
        if seconds > 0 { try beforeWaiting() }
        loop.wait(seconds: seconds, besides: flights?.descriptor ?? -1)
      }
    }
    for ticket in inFlight.values { release(ticket) }
    cache.flush()
  }

  private var hasRoom: Bool { inFlight.count < options.concurrency }

  private func waitingReady(_ now: Double) -> Int? { waiting.firstIndex { $0.notBefore <= now } }

  private func takeReady(_ now: Double) -> FetchTicket? { waitingReady(now).map { waiting.remove(at: $0) } }

  /// How many seconds to wait for an answer before there is other work to do.
  private func patience(_ now: Double, _ deadline: Double?, canOpen: Bool) -> Double {
    if hasRoom && (canOpen || waitingReady(now) != nil) { return 0 }
    var until = now + 60
    if hasRoom { until = min(until, waiting.map(\.notBefore).min() ?? until) }
    if let deadline { until = min(until, deadline) }
    return until - now
  }

  // MARK: - The path of a request

  private func begin(_ index: Int, _ make: (Int) throws(FetchFailure) -> FetchItem<Part>, isLate: Bool) {
    do throws(FetchFailure) {
      let item = OpenFetchItem(try make(index))
      if isLate { throw FetchFailure(.unavailable, "the deadline has passed (see --deadline)") }
      open[index] = item
      for (part, request) in item.item.requests.enumerated() {
        var request = request
        request.headers += options.headers.map { ($0.name, $0.value) }
        waiting.append(FetchTicket(item: index, part: part, request))
      }
      if item.left == 0 { complete(index) }
    } catch {
      finished[index] = .failure(error)
    }
  }

  /// Advances a request as far as possible now.
  private func advance(_ ticket: FetchTicket, _ now: Double) {
    guard let item = open[ticket.item], item.failure == nil else { return end(ticket) }
    if let replay {
      guard let answer = replay.answer(ticket.request) else {
        return fail(ticket, FetchFailure(.symbol, "no recorded answer for \(ticket.request.name) in \(replay.folder)"))
      }
      return judge(ticket, answer, now)
    }
    if !ticket.isLookedUp, answeredByCache(ticket, isFirst: ticket.firstTaken == nil) { return }
    if options.cacheUse == .offline {
      return fail(ticket, FetchFailure(.symbol, "not in the cache (run without --offline to fetch it)"))
    }
    let host = ticket.request.host
    var isProbe = false
    switch manners[host]?.verdict(now: now, patience: options.patience) ?? .go {
    case .giveUp(let failure): return fail(ticket, failure)
    case .wait(let until): return wait(ticket, until: until)
    case .probe: isProbe = true
    case .go: break
    }
    // The lock comes last: who holds it has nothing else to wait for, so that nobody waits for somebody who waits.
    guard mayGo(ticket, now, isProbe: isProbe) else { return }
    if !ticket.holdsLock {
      guard lock(ticket, now) else { return }
      // Somebody may have been quicker between the look and the lock.
      if ticket.holdsLock && answeredByCache(ticket, isFirst: false) { return }
    }
    guard isAlone(ticket, now) else { return }
    if isProbe { manners[host]?.sendsProbe() }
    let tag = takeTag()
    inFlight[tag] = ticket
    ticket.sent = now
    ticket.attempts += 1
    counts.requests += 1
    loop.start(
      ticket.request, etag: ticket.stale?.etag, lastModified: ticket.stale?.lastModified, options.timeouts, tag: tag)
  }

  private func takeTag() -> Int {
    nextTag += 1
    return nextTag
  }

  /// Takes the lock for this address; false if another process holds it, so that the request waits or takes a stale
  /// answer.
  private func lock(_ ticket: FetchTicket, _ now: Double) -> Bool {
    guard let lock = cache.flight(ticket.request) else { return true }
    ticket.lock = lock
    if lock.tryAcquire() {
      ticket.holdsLock = true
      return true
    }
    // Another process is fetching this address: a slightly stale answer will do meanwhile.
    if let stale = ticket.stale, cache.servesWhileRevalidating(ticket.request, stale) {
      counts.staleAnswers += 1
      take(ticket, from: stale)
      return false
    }
    ticket.lock = nil
    guard now - (ticket.firstTry ?? now) < options.timeouts.total else {
      // Whoever holds it is stuck: go on without.
      ticket.holdsLock = true
      return true
    }
    ticket.firstTry = ticket.firstTry ?? now
    wait(ticket, until: now + 0.02)
    return false
  }

  /// Has the address to this machine; false if another machine fetches it, so that the request waits or takes a stale answer. One process of a machine asks: the
  /// one that holds its lock.
  private func isAlone(_ ticket: FetchTicket, _ now: Double) -> Bool {
    guard let flights, !ticket.isOursAlone, cache.isShared(ticket.request) else { return true }
    let name = ticket.request.name
    switch flights.take(name, for: options.timeouts.total, kept: RedisCache.names(name)) {
    case .nobody: return true
    case .ours(let isKnown):
      ticket.isOursAlone = true
      // Somebody may have been quicker between the look and this.
      return !isKnown || !answeredByCache(ticket, isFirst: false)
    case .taken:
      if let stale = ticket.stale, cache.servesWhileRevalidating(ticket.request, stale) {
        counts.staleAnswers += 1
        take(ticket, from: stale)
        return false
      }
      guard now - (ticket.firstTaken ?? now) < options.timeouts.total else { return true }
      ticket.firstTaken = ticket.firstTaken ?? now
      ticket.isLookedUp = false
      // The notice ends the wait; it can be lost.
      wait(ticket, until: now + 1)
      return false
    }
  }

  private func wait(_ ticket: FetchTicket, until: Double) {
    ticket.notBefore = until
    waiting.append(ticket)
  }

  private func release(_ ticket: FetchTicket) {
    if ticket.isOursAlone { flights?.done(ticket.request.name) }
    ticket.isOursAlone = false
    if ticket.holdsLock { ticket.lock?.release() }
    ticket.holdsLock = false
    ticket.lock = nil
  }

  /// Whether the request may go out now; if not, the ticket waits or has failed.
  private func mayGo(_ ticket: FetchTicket, _ now: Double, isProbe: Bool) -> Bool {
    let host = ticket.request.host
    let interval = max(options.rate.map { 1.0 / $0 } ?? 0, manners[host]?.interval(now: now) ?? 0)
    let left: Double
    if ticket.hasPlace {
      left = limits.pauseLeft(host)
    } else if let first = next[host], first.notBefore > now {
      ticket.notBefore = first.notBefore
      waiting.append(ticket)
      return false
    } else {
      switch limits.takePlace(host, interval: interval, wanted: self.left, isProbe: isProbe) {
      case .pause(let seconds): left = seconds
      case .outage:
        manners[host, default: HostManners(firstPause: options.firstPause)].heardOfOutage(host, now: now)
        wait(ticket, until: now + 0.02)
        return false
      case .place(let later):
        left = 0
        ticket.hasPlace = true
        if later > 0 {
          ticket.notBefore = now + later
          next[host] = ticket
          waiting.append(ticket)
          return false
        }
      }
    }
    if left > 0 {
      guard left <= options.retry.longestPause else {
        let minutes = Int((left / 60).rounded(.up))
        fail(
          ticket,
          FetchFailure(.tryLater, "\(host) asks for a pause of \(minutes) more minutes (try again then)"))
        return false
      }
      // Wait slightly longer, so that clock rounding does not make the request too early.
      ticket.notBefore = now + left + 0.005
      ticket.hasPlace = false
      waiting.append(ticket)
      return false
    }
    return true
  }

  /// Records what an answer says about its host, and tells the other machines when an outage begins or ends.
  private func note(_ host: String, _ change: (inout HostManners) -> Void) {
    let wasDown = manners[host]?.isDown == true
    change(&manners[host, default: HostManners(firstPause: options.firstPause)])
    let isDown = manners[host]?.isDown == true
    if isDown || wasDown { limits.note(host, isDown: isDown) }
  }

  private func arrived(_ ticket: FetchTicket, _ result: Result<HTTPAnswer, FetchFailure>, _ now: Double) {
    ticket.hasPlace = false
    switch result {
    case .failure(let failure):
      tryAgain(ticket, failure, now)
    case .success(let answer):
      counts.bytes += answer.body.count
      if let archive, answer.status != 304, !archive.record(ticket.request, answer) {
        warn("\(archive.folder): cannot record answers")
      }
      judge(ticket, answer, now)
    }
  }

  /// Interprets an answer.
  private func judge(_ ticket: FetchTicket, _ answer: HTTPAnswer, _ now: Double) {
    guard let item = open[ticket.item] else { return end(ticket) }
    let host = ticket.request.host
    if answer.status == 304, let stale = ticket.stale {
      counts.revalidated += 1
      note(host) { $0.succeeded(sent: ticket.sent, now: now) }
      return take(ticket, from: cache.refresh(ticket.request, stale, lifetime: item.item.lifetime))
    }
    do throws(FetchFailure) {
      let part = try item.item.parse(answer, ticket.part)
      if replay == nil {
        note(host) { $0.succeeded(sent: ticket.sent, now: now) }
        if cache.keep(
          ticket.request, answer, lifetime: item.item.lifetime, lock: ticket.holdsLock ? ticket.lock : nil,
          seconds: now - ticket.sent)
        {
          ticket.holdsLock = false
          ticket.lock = nil
        }
      }
      finish(ticket, part)
    } catch {
      var failure = error
      failure.retryAfter = answer.retryAfter ?? failure.retryAfter
      if failure.remedy == .none, replay == nil {
        // A definite answer, even a negative one, shows that the host works.
        note(host) { $0.succeeded(sent: ticket.sent, now: now) }
        // What was there a day ago is not gone for good because of one answer.
        if failure.isAbsence && ticket.stale == nil { cache.remember(ticket.request, absent: failure) }
        return fail(ticket, failure)
      }
      tryAgain(ticket, failure, now)
    }
  }

  private func tryAgain(_ ticket: FetchTicket, _ failure: FetchFailure, _ now: Double) {
    let host = ticket.request.host
    guard replay == nil, failure.remedy != .none else { return fail(ticket, failure) }
    release(ticket)
    if failure.remedy == .leaveHost {
      manners[host, default: HostManners(firstPause: options.firstPause)].refused(failure)
      return fail(ticket, failure)
    }
    if failure.isThrottling {
      var pause: Double?
      note(host) { pause = $0.throttled(failure, sent: ticket.sent, now: now) }
      if let pause {
        limits.pause(host, seconds: pause)
      }
      guard options.retry.retries > 0 else { return fail(ticket, failure) }
      // The host's wish is nobody's failure.
      ticket.attempts -= 1
      counts.retries += 1
      return wait(ticket, until: now)
    }
    if failure.cause == .host {
      note(host) { $0.connectionFailed(ticket.item, failure, sent: ticket.sent, now: now) }
      if manners[host]?.isDown == true, options.retry.retries > 0, ticket.request.mayRepeat {
        ticket.attempts -= 1
        counts.retries += 1
        return wait(ticket, until: now)
      }
    } else {
      note(host) { $0.cannotRead(ticket.item, failure) }
    }
    // What an answer is, it will most likely be again.
    let most = failure.cause == .answer ? min(options.retry.retries, 2) : options.retry.retries
    guard ticket.request.mayRepeat, ticket.attempts <= most else { return fail(ticket, failure) }
    counts.retries += 1
    wait(
      ticket, until: now + options.retry.delay(ticket.attempts, random: Double.random(in: 0...1, using: &random)))
  }

  private func fail(_ ticket: FetchTicket, _ failure: FetchFailure) {
    defer { end(ticket) }
    guard let item = open[ticket.item] else { return }
    if failure.kind != .symbol || failure.isAbsence, let stale = ticket.stale,
      let part = try? item.item.parse(HTTPAnswer(stale, to: ticket.request), ticket.part),
      cache.servesOnError(ticket.request, stale)
    {
      counts.staleAnswers += 1
      item.warnings.append(
        "\(failure.sentence); the answer of \(Timestamp.string(Int64(stale.stored) * Timestamp.nanosecondsPerSecond)) is used"
      )
      item.parts[ticket.part] = part
      return
    }
    item.failure = item.failure ?? failure
  }

  private func finish(_ ticket: FetchTicket, _ part: Part) {
    guard let item = open[ticket.item] else { return end(ticket) }
    item.parts[ticket.part] = part
    do throws(FetchFailure) {
      if var next = try item.item.next(part, ticket.request) {
        next.url = options.secrets.removed(from: next.url)
        guard item.pages.count < mostPages, item.pages.insert(next.name).inserted, next.name != ticket.request.name
        else {
          throw FetchFailure(
            .symbol,
            item.pages.count < mostPages ? "the pages of the answer go in a circle" : "more than \(mostPages) pages")
        }
        item.parts.append(nil)
        item.left += 1
        waiting.append(FetchTicket(item: ticket.item, part: item.parts.count - 1, next))
      }
    } catch {
      item.failure = item.failure ?? error
    }
    end(ticket)
  }

  /// A service whose pages never end is left.
  private var mostPages: Int { 1000 }

  private func end(_ ticket: FetchTicket) {
    release(ticket)
    guard let item = open[ticket.item] else { return }
    item.left -= 1
    if item.left == 0 { complete(ticket.item) }
  }

  private func complete(_ index: Int) {
    guard let item = open.removeValue(forKey: index) else { return }
    if let failure = item.failure {
      finished[index] = .failure(failure)
    } else {
      finished[index] = .success(FetchResult(parts: item.parts.compactMap(\.self), warnings: item.warnings))
    }
  }

  private func failAll(_ reason: String) {
    for ticket in waiting + Array(inFlight.values) {
      fail(ticket, FetchFailure(.unavailable, reason))
    }
    waiting = []
    inFlight = [:]
  }

  // MARK: - The cache

  /// Looks for an answer in the cache; true if that settles the request.
  private func answeredByCache(_ ticket: FetchTicket, isFirst: Bool) -> Bool {
    ticket.isLookedUp = true
    switch cache.find(ticket.request, countsMisses: isFirst) {
    case .nothing: return false
    case .stale(let entry):
      ticket.stale = entry
      return false
    case .usable(let entry):
      ticket.stale = entry
      counts.cacheHits += 1
      take(ticket, from: entry)
    case .absent(let reason):
      counts.cacheHits += 1
      fail(ticket, FetchFailure(.symbol, "\(reason) (from the cache; ask again with --refresh)", isAbsence: true))
    }
    return true
  }

  private func take(_ ticket: FetchTicket, from entry: CacheEntry) {
    guard let item = open[ticket.item] else { return end(ticket) }
    if let archive, !archive.record(ticket.request, HTTPAnswer(entry, to: ticket.request)) {
      warn("\(archive.folder): cannot record answers")
    }
    do throws(FetchFailure) {
      finish(ticket, try item.item.parse(HTTPAnswer(entry, to: ticket.request), ticket.part))
    } catch {
      fail(ticket, error)
    }
  }
}
