import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageProcess
import FinstageServe
import FinstageStream
import FinstageSystem

/// `fs-stream`: serves the records of standard input.
struct Serve: Tool {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve standard input to WebSocket clients (the default).")

  @Option(help: "The port; 0 for any that is free.") var port = 8081
  @Option(help: "The address to listen at; 0.0.0.0 or :: for all of this machine.") var host = "127.0.0.1"
  @Option(
    help: ArgumentHelp("Listen at a socket in the file system as well: unix:PATH.", valueName: "address"))
  var listen: String?
  @Option(help: ArgumentHelp("Read this file instead of standard input.", valueName: "file"), completion: .file())
  var input = "-"
  @Option(
    help: ArgumentHelp("Send records in the rhythm of their times: 1x, or faster: 60x.", valueName: "factor"))
  var speed: String?
  @Option(
    help: ArgumentHelp("How long to go on serving at the end of the input; forever to stay.", valueName: "span"))
  var linger = "0"
  @Option(
    help: ArgumentHelp("Clients must show one of the tokens in this file (a line each).", valueName: "file"),
    completion: .file())
  var auth: String?
  @Option(help: ArgumentHelp("Let pages of this origin connect, too; several times for more.", valueName: "origin"))
  var origin: [String] = []
  @Option(help: ArgumentHelp("What stands before each path: /market, behind a proxy.", valueName: "path"))
  var basePath = ""
  @Option(help: "The most clients, 1 to 1000000.") var maxClients = 20_000
  @Option(help: "The most clients of one address, 1 to 1000000.") var maxPerAddress = 20_000
  @Option(help: "The most subscriptions of one client, 1 to 1000000.") var maxSubscriptions = 1000
  @Option(
    help: ArgumentHelp(
      "How much may wait for one client, 16KiB to 1GiB; prices are left out from half of it on.", valueName: "size"))
  var queueLimit = ByteSize(bytes: 1 << 20)
  @Option(help: "Events kept of each symbol for clients that come back, 1 to 100000.") var keep = 256
  @Option(help: "Prices kept of each symbol for get_price_history, 0 to 10000.") var history = 100
  @Option(help: ArgumentHelp("How often heartbeats are sent, 1s to 1h.", valueName: "span"))
  var heartbeat = TimeSpan.seconds(30)
  @Option(
    help: ArgumentHelp(
      "Say of a symbol that it is stale after so long without an event; 0 for never.", valueName: "span"))
  var staleAfter = TimeSpan.seconds(0)
  @Flag(help: "Compress what is sent to clients that can unpack it (permessage-deflate).") var deflate = false
  @Flag(help: "Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.") var stats =
    false
  @Flag(name: .shortAndLong, help: "Print errors only.") var quiet = false

  mutating func validate() throws {
    func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
      guard range.contains(value) else {
        throw ValidationError("--\(name) must be \(range.lowerBound) to \(range.upperBound)")
      }
    }
    try check("port", port, 0...65_535)
    try check("max-clients", maxClients, 1...1_000_000)
    try check("max-per-address", maxPerAddress, 1...1_000_000)
    try check("max-subscriptions", maxSubscriptions, 1...1_000_000)
    try check("keep", keep, 1...100_000)
    try check("history", history, 0...10_000)
    guard (16 << 10...1 << 30).contains(queueLimit.bytes) else {
      throw ValidationError("--queue-limit must be 16KiB to 1GiB")
    }
    guard (1...3600).contains(heartbeat.seconds) else { throw ValidationError("--heartbeat must be 1s to 1h") }
    guard (0...86_400).contains(staleAfter.seconds) else { throw ValidationError("--stale-after must be 0 to 1d") }
    guard linger == "forever" || (0...31_536_000).contains(TimeSpan(linger)?.seconds ?? -1) else {
      throw ValidationError("--linger must be 0 to 365d, or forever")
    }
    if speed != nil, factor == nil { throw ValidationError("--speed must be 0.001x to 1000000x, such as 60x") }
    guard basePath.isEmpty || basePath.hasPrefix("/") && !basePath.hasSuffix("/") else {
      throw ValidationError("--base-path begins with / and does not end with it")
    }
    if let listen, !listen.hasPrefix("unix:") { throw ValidationError("--listen must be unix:PATH") }
  }

  private var factor: Double? {
    guard let speed, let value = Double(speed.hasSuffix("x") ? String(speed.dropLast()) : speed),
      (0.001...1e6).contains(value)
    else { return nil }
    return value
  }

  mutating func execute() throws -> ExitStatus {
    var diagnostics = Diagnostics(tool: "fs-stream")
    diagnostics.isQuiet = quiet
    var statistics = RunStatistics(tool: "fs-stream")
    let source = try DescriptorSource(path: input)
    _ = DescriptorLimit.raise(to: 1 << 20)

    var limits = Server.Limits()
    limits.connections = maxClients
    limits.connectionsPerAddress = maxPerAddress
    limits.heartbeat = heartbeat.seconds
    limits.mostQueued = max(limits.mostQueued, 2 * queueLimit.bytes)
    let server = Server(limits: limits)
    server.deflates = deflate
    var settings = Hub.Settings()
    settings.kept = keep
    settings.history = history
    settings.queueLimit = queueLimit.bytes
    settings.mostSubscriptions = maxSubscriptions
    settings.staleAfter = staleAfter.seconds
    settings.origins = Set(origin)
    settings.basePath = basePath
    if let auth { settings.tokens = try Tokens.read(auth) }
    let hub = Hub(server, settings: settings)
    hub.warn = { [diagnostics] in diagnostics.warning($0) }
    let bound = try server.listen(host: host, port: port)
    if let listen { try server.listen(path: String(listen.dropFirst(5))) }
    hub.adminToken = try Tokens.makeAdminToken(port: bound)
    defer { Tokens.removeAdminToken(port: bound) }
    let shown = host.contains(":") ? "[\(host)]" : host
    diagnostics.warning("ws://\(shown):\(bound)\(basePath)/ws/realtime, http://\(shown):\(bound)\(basePath)/ws/demo")

    let feed = Feed(source, descriptor: source.descriptorNumber, factor: factor) { line, number in
      do throws(JSONValue.Failure) {
        try hub.take(line)
      } catch {
        if hub.noteBadRecord() {
          diagnostics.warning(
            "\(source.name):\(number):\(error.byte): \(error.message) (such lines are counted and left out)")
        }
      }
    }
    let lingering = linger == "forever" ? Double.infinity : TimeSpan(linger)!.seconds
    var ending: Double?
    func endAfter(_ seconds: Double) { if ending == nil { ending = server.now + seconds } }
    feed.onEnd = { fault in
      server.unwatch(source.descriptorNumber)
      hub.isReading = false
      if let fault { diagnostics.error(fault) }
      endAfter(lingering)
    }
    server.watch(source.descriptorNumber) { feed.read(now: server.now) }
    var saidGoodbye = false
    hub.onTick = { now in
      feed.release(now: now)
      if Interruption.isRequested, !saidGoodbye { ending = now }
      if let end = ending, now >= end, !saidGoodbye {
        saidGoodbye = true
        server.stopListening()
        hub.sayGoodbye()
        ending = now + 5
      }
      // Everybody has been sent everything, or has had five seconds for it.
      if saidGoodbye, server.count == 0 || now >= ending! { server.isDone = true }
    }
    feed.pause = { isPaused in
      if isPaused {
        server.unwatch(source.descriptorNumber)
        server.tickMilliseconds = 10
      } else {
        server.watch(source.descriptorNumber) { feed.read(now: server.now) }
      }
    }
    server.run()
    statistics.count("records", hub.counts.events)
    statistics.count("bad", hub.counts.badRecords)
    statistics.count("clients", server.counts.accepted)
    statistics.count("deliveries", hub.counts.deliveries)
    statistics.count("skipped", hub.counts.skipped)
    statistics.report(isWanted: stats, diagnostics)
    return feed.hasFailed ? .io : .done
  }
}

/// Lines of the input, as they come or in the rhythm of their times.
final class Feed {
  private let source: DescriptorSource
  private let factor: Double?
  private let take: (ArraySlice<UInt8>, Int) -> Void
  private var carry: [UInt8] = []
  private var number = 0
  private var isSkipping = false
  /// Lines that are not due yet.
  private var waiting: [ArraySlice<UInt8>] = []
  private var next = 0
  private var origin: (time: Int64, clock: Double)?
  private var hasEnded = false
  private(set) var hasFailed = false
  var onEnd: (String?) -> Void = { _ in }
  /// Stops and resumes reading.
  var pause: (Bool) -> Void = { _ in }
  private var isPaused = false
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)

  private static let largestLine = 1 << 20

  init(
    _ source: DescriptorSource, descriptor: Int32, factor: Double?, _ take: @escaping (ArraySlice<UInt8>, Int) -> Void
  ) {
    self.source = source
    self.factor = factor
    self.take = take
  }

  deinit { buffer.deallocate() }

  func read(now: Double) {
    guard !hasEnded else { return }
    do throws(InputError) {
      let count = try source.read(into: buffer)
      if count == 0 { return end(nil) }
      carry.append(contentsOf: buffer[..<count])
    } catch {
      hasFailed = true
      return end(error.sentence)
    }
    var start = 0
    while let newline = carry[start...].firstIndex(of: 0x0A) {
      line(carry[start..<newline])
      start = newline + 1
    }
    carry = Array(carry[start...])
    if carry.count > Feed.largestLine {
      // Counted once, as the line it would have been.
      if !isSkipping { take([0x7B][...], number + 1) }
      isSkipping = true
      carry.removeAll()
    }
    release(now: now)
  }

  private func end(_ fault: String?) {
    if !carry.isEmpty { line(carry[...]) }
    carry = []
    hasEnded = true
    if factor == nil || next == waiting.count { finish(fault) }
  }

  private func finish(_ fault: String?) {
    onEnd(fault)
    waiting = []
    next = 0
  }

  private func line(_ line: ArraySlice<UInt8>) {
    number += 1
    if isSkipping {
      isSkipping = false
      return
    }
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return }
    if factor == nil { take(line, number) } else { waiting.append(line) }
  }

  /// Hands on what is due.
  func release(now: Double) {
    guard let factor, next < waiting.count else { return }
    while next < waiting.count {
      let line = waiting[next]
      if let record = try? JSONMembers(line), let value = record["ts"] ?? record["timestamp"],
        let time = StreamTime.nanoseconds(value)
      {
        if origin == nil { origin = (time, now) }
        let due = origin!.clock + Double(time &- origin!.time) / 1e9 / factor
        if due > now {
          if !isPaused, !hasEnded {
            isPaused = true
            pause(true)
          }
          return
        }
      }
      next += 1
      take(line, number - (waiting.count - next))
    }
    waiting = []
    next = 0
    if hasEnded { return finish(nil) }
    if isPaused {
      isPaused = false
      pause(false)
    }
  }
}
