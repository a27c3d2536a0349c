import FinstageCommand
import FinstageCore
import FinstageProcess
import FinstageServe
import FinstageStream
import FinstageSystem

/// One life of a server: its feed, what an administrator does with that, and the end.
final class ServeRun {
  private let hub: Hub
  private let server: Server
  private let diagnostics: Diagnostics
  private let linger: Double
  private var feed: Feed?
  private var fetched: FetchedFeed?
  /// When to say goodbye, or, after that, when to end.
  private var ending: Double?
  private var hasSaidGoodbye = false
  private var source: DescriptorSource?
  var renewTokens: () throws -> TokenBook? = { nil }

  /// Seconds within which clients must take what is sent to them at the end.
  private static let farewell = 5.0

  init(
    _ hub: Hub, _ diagnostics: Diagnostics, factor: Double?, whenFull: Feed.WhenFull, linger: Double,
    _ options: FormatOptions
  ) {
    self.hub = hub
    self.server = hub.server
    self.diagnostics = diagnostics
    self.linger = linger
    hub.warn = { diagnostics.warning($0) }
    hub.onTick = { [unowned self] in tick($0) }
    Interruption.takesReload()
    let feed = Feed(hub, factor: factor, whenFull: whenFull) { [unowned self] in take($0, $1) }
    feed.formatOptions = options
    feed.onEnd = { [unowned self] in hasEnded($0, $1) }
    feed.onLongLine = { [unowned self] number in
      if hub.noteBadRecord() {
        diagnostics.warning(
          "\(source?.name ?? "<stdin>"):\(number): a line of more than 1 MiB (such lines are counted and left out)")
      }
    }
    self.feed = feed
  }

  var hasFailed: Bool { feed?.hasFailed ?? false }

  func read(_ source: DescriptorSource) {
    self.source = source
    feed?.read(source)
    hub.onDirection = { [unowned self] direction in
      guard direction.symbols.isEmpty else {
        return "the symbols are those of the pipe (--fetch takes symbols that can be changed)"
      }
      guard let feed, hub.isReading || feed.isStopped else { return "the input has ended" }
      if direction.starts { feed.goOn() } else { feed.stop() }
      hub.isReading = direction.starts
      hub.isPaused = !direction.starts
      return nil
    }
  }

  /// Serves what is published only.
  func readNothing() { feed = nil }

  func ask(_ fetched: FetchedFeed) throws {
    self.fetched = fetched
    hub.feedSymbols = fetched.symbols
    read(try fetched.start())
    hub.onDirection = { [unowned self] in direct($0) }
  }

  private func direct(_ direction: Hub.Direction) -> String? {
    guard let fetched else { return nil }
    // Each of them becomes an argument of a program.
    let isSymbol = { (text: String) in
      !text.isEmpty && text.utf8.count <= 64 && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
    if let bad = direction.symbols.first(where: { !isSymbol($0) }) { return "\"\(bad)\" is not a symbol" }
    if fetched.symbols.count + direction.symbols.count > 10_000 { return "more than 10000 symbols" }
    if !direction.starts { fetched.remove(direction.symbols) }
    defer { hub.feedSymbols = fetched.symbols }
    if !direction.starts, direction.symbols.isEmpty || fetched.symbols.isEmpty {
      feed?.stop()
      fetched.stop()
      hub.isReading = false
      hub.isPaused = true
      return nil
    }
    feed?.stop()
    do {
      let source = try fetched.start(adding: direction.starts ? direction.symbols : [])
      self.source = source
      feed?.read(source)
      feed?.goOn()
      hub.isReading = true
      hub.isPaused = false
      return nil
    } catch {
      hub.isReading = false
      return (error as? any ExitError)?.sentence ?? "\(error)"
    }
  }

  /// Where the lines come from, if they say so.
  var offsets: OffsetFile? { didSet { feed?.hasPlainLines = offsets != nil } }

  private func take(_ line: ArraySlice<UInt8>, _ number: Int) {
    do throws(JSONValue.Failure) {
      if let offsets {
        if let rest = try offsets.rest(of: line) { try hub.take(rest) }
      } else {
        try hub.take(line)
      }
    } catch {
      if hub.noteBadRecord() {
        diagnostics.warning(
          "\(source?.name ?? "<stdin>"):\(number):\(error.byte): \(error.message) (such lines are counted and left out)"
        )
      }
    }
  }

  private func hasEnded(_ fault: String?, _ remark: String?) {
    hub.isReading = false
    if let fault { diagnostics.error(fault) }
    if let remark { diagnostics.warning(remark) }
    if let fetched, !Interruption.isRequested { diagnostics.error(fetched.collect()) }
    endAfter(linger)
  }

  private func endAfter(_ seconds: Double) { if ending == nil { ending = server.now + seconds } }

  private func tick(_ now: Double) {
    feed?.release(now: now)
    if let feed { hub.noteDropped(feed.dropped) }
    offsets?.save(now: now)
    if Interruption.takeReload() { reload() }
    if Interruption.isRequested, !hasSaidGoodbye { ending = now }
    if let end = ending, now >= end, !hasSaidGoodbye {
      hasSaidGoodbye = true
      server.stopListening()
      hub.sayGoodbye()
      ending = now + ServeRun.farewell
    }
    if hasSaidGoodbye, server.count == 0 || now >= ending! { server.isDone = true }
  }

  /// SIGHUP: the tokens are read again; if they cannot be, the old ones stay.
  private func reload() {
    do {
      guard let tokens = try renewTokens() else { return }
      hub.renew(tokens)
      diagnostics.warning("the tokens were read again")
    } catch {
      diagnostics.error("\((error as? any ExitError)?.sentence ?? "\(error)"); the old tokens stay")
    }
  }

  func end() {
    fetched?.stop()
    offsets?.save(now: .infinity)
  }
}
