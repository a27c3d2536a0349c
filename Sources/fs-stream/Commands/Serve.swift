import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageProcess
import FinstageRedis
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
  @Option(
    help: ArgumentHelp(
      "Read this file instead of standard input: NDJSON, CSV, Arrow or Parquet, also packed with gzip; none: serve published records only.",
      valueName: "file"), completion: .file())
  var input = "-"
  @Option(
    help: ArgumentHelp(
      "Play this file, in the rhythm of its times (--speed 1x unless it says more).", valueName: "file"),
    completion: .file())
  var replay: String?
  @Option(
    help: ArgumentHelp("Ask for quotes of these symbols, with fs-fetch, instead of reading.", valueName: "symbols"))
  var fetch: String?
  @Option(help: ArgumentHelp("How often to ask for quotes, 1s to 1d.", valueName: "span"))
  var every = TimeSpan.seconds(10)
  @Argument(
    parsing: .postTerminator, help: ArgumentHelp("Options of fs-fetch: -- --provider stooq.", valueName: "options"))
  var fetchOptions: [String] = []
  @Option(
    help: ArgumentHelp(
      "Share the events with other nodes over this Redis: redis://host:port. One node reads the pipe, the others --follow.",
      valueName: "address"))
  var bus: String?
  @Option(help: ArgumentHelp("The name of the bus, if one Redis has several.", valueName: "name")) var busName = "bus"
  @Flag(help: "Serve what another node reads, from the bus.") var follow = false
  @Option(
    help: ArgumentHelp(
      "Lines begin with a partition and an offset, as kcat -f '%p %o %s\\n' writes them: keep in this file which are next, and leave out those that came before.",
      valueName: "file"), completion: .file())
  var offsets: String?
  @Option(
    help: ArgumentHelp(
      "What to do when lines come faster than they can be served: let the program before wait, or leave out the oldest (block, drop-oldest).",
      valueName: "policy"))
  var onFull = Feed.WhenFull.block
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
  @Option(
    help: ArgumentHelp(
      "Take JSON web tokens signed with this key, too: a secret of 32 bytes or more (HS256), or a public key on P-256 (ES256).",
      valueName: "file"), completion: .file())
  var jwtKey: String?
  @Option(help: ArgumentHelp("The required audience (aud) of JSON web tokens.", valueName: "name")) var audience:
    String?
  @Option(
    help: ArgumentHelp(
      "Trust what this proxy says of the addresses of clients (X-Forwarded-For): an address, or unix; several times for more.",
      valueName: "address"))
  var trustedProxy: [String] = []
  @Option(help: ArgumentHelp("Let pages of this origin connect, too; several times for more.", valueName: "origin"))
  var origin: [String] = []
  @Option(help: ArgumentHelp("A prefix for all paths: /market, behind a proxy.", valueName: "path"))
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
      "Mark a symbol as stale after this long without an event; 0 for never.", valueName: "span"))
  var staleAfter = TimeSpan.seconds(0)
  @Flag(help: "Compress what is sent to clients that can unpack it (permessage-deflate).") var deflate = false
  @Flag(
    help:
      "Compress with the messages before in view (context takeover), which packs single events better and takes about 17 KiB more for each client."
  )
  var deflateContext = false
  @OptionGroup(title: "Input") var textTypes: TextTypeOptions
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
    guard (1...86_400).contains(every.seconds) else { throw ValidationError("--every must be 1s to 1d") }
    guard bus != nil || !follow else { throw ValidationError("--follow needs --bus") }
    guard !busName.isEmpty, busName.utf8.count <= 64,
      busName.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) })
    else { throw ValidationError("--bus-name needs a word of letters, digits, dots, _ and -") }
    if follow, input != "-" || replay != nil || fetch != nil {
      throw ValidationError("--follow and an input exclude each other: another node reads")
    }
    if offsets != nil, replay != nil || fetch != nil || follow {
      throw ValidationError("--offsets is for lines of a pipe")
    }
    let inputs = [input != "-" ? "--input" : nil, replay != nil ? "--replay" : nil, fetch != nil ? "--fetch" : nil]
      .compactMap { $0 }
    if inputs.count > 1 { throw ValidationError("\(inputs[0]) and \(inputs[1]) exclude each other") }
    if fetch != nil, wanted.isEmpty { throw ValidationError("--fetch needs symbols, such as AAPL,MSFT") }
    if fetch == nil, !fetchOptions.isEmpty { throw ValidationError("options of fs-fetch need --fetch") }
    if factor != nil || replay != nil, onFull == .dropOldest {
      throw ValidationError("--speed and --on-full drop-oldest exclude each other")
    }
    if audience != nil, jwtKey == nil { throw ValidationError("--audience needs --jwt-key") }
    if let listen, !listen.hasPrefix("unix:") { throw ValidationError("--listen must be unix:PATH") }
  }

  private var wanted: [String] { (fetch ?? "").split(separator: ",").map(String.init) }

  private var factor: Double? {
    guard let speed = speed ?? (replay == nil ? nil : "1x"),
      let value = Double(speed.hasSuffix("x") ? String(speed.dropLast()) : speed),
      (0.001...1e6).contains(value)
    else { return nil }
    return value
  }

  mutating func execute() throws -> ExitStatus {
    var diagnostics = Diagnostics(tool: "fs-stream")
    diagnostics.isQuiet = quiet
    var statistics = RunStatistics(tool: "fs-stream")
    _ = DescriptorLimit.raise(to: 1 << 20)
    let hub = try makeHub()
    let node = try bus.map { try BusNode(hub, RedisAddress($0), name: busName, follows: follow, diagnostics) }
    let bound = try hub.server.listen(host: host, port: port)
    if let listen { try hub.server.listen(path: String(listen.dropFirst(5))) }
    hub.adminToken = try Tokens.makeAdminToken(port: bound)
    defer { Tokens.removeAdminToken(port: bound) }
    let shown = host.contains(":") ? "[\(host)]" : host
    diagnostics.warning("ws://\(shown):\(bound)\(basePath)/ws/realtime, http://\(shown):\(bound)\(basePath)/ws/demo")

    var formatOptions = FormatOptions()
    try textTypes.apply(to: &formatOptions)
    let run = ServeRun(
      hub, diagnostics, factor: factor, whenFull: onFull,
      linger: linger == "forever" ? .infinity : TimeSpan(linger)!.seconds, formatOptions)
    let options = self
    run.renewTokens = { try options.tokens() }
    if follow {
      run.readNothing()
    } else if fetch != nil {
      try run.ask(FetchedFeed(wanted, every: every, options: fetchOptions))
    } else if input != "none" {
      run.read(try DescriptorSource(path: replay ?? input))
    } else {
      run.readNothing()
    }
    run.offsets = try offsets.map { try OffsetFile($0) }
    try node?.start()
    hub.server.run()
    run.end()
    node?.end()
    let (counts, server) = (hub.counts, hub.server.counts)
    statistics.count("records", counts.events)
    statistics.count("bad", counts.badRecords)
    statistics.count("dropped", counts.dropped)
    statistics.count("clients", server.accepted)
    statistics.count("deliveries", counts.deliveries)
    statistics.count("skipped", counts.skipped)
    statistics.report(isWanted: stats, diagnostics)
    if node?.isRefused == true { return .tryLater }
    return run.hasFailed ? .io : .done
  }

  private func makeHub() throws -> Hub {
    var limits = Server.Limits()
    limits.connections = maxClients
    limits.connectionsPerAddress = maxPerAddress
    limits.heartbeat = heartbeat.seconds
    limits.mostQueued = max(limits.mostQueued, 2 * queueLimit.bytes)
    limits.trustedProxies = Set(trustedProxy)
    let server = Server(limits: limits)
    server.deflates = try deflate || deflateContext || SettingsFile.isOn("stream.deflate") == true
    server.keepsContext = deflateContext
    server.protocols = [Hub.subprotocol]
    var settings = Hub.Settings()
    settings.kept = keep
    settings.history = history
    settings.queueLimit = queueLimit.bytes
    settings.mostSubscriptions = maxSubscriptions
    settings.staleAfter = staleAfter.seconds
    settings.origins = Set(origin)
    settings.basePath = basePath
    settings.tokens = try tokens()
    return Hub(server, settings: settings)
  }

  /// The tokens that clients must show one of; nil if they need none.
  private func tokens() throws -> TokenBook? {
    guard auth != nil || jwtKey != nil else { return nil }
    let lines = try auth.map { String(decoding: try Tokens.file($0), as: UTF8.self) } ?? ""
    func check<Value>(_ path: String?, _ body: () throws(TokenBook.Fault) -> Value) throws -> Value {
      do { return try body() } catch { throw ToolFailure(.badConfiguration, "\(path ?? ""): \(error.reason)") }
    }
    var keys: [JSONWebToken.Key] = []
    if let jwtKey {
      let bytes = try Tokens.publicFile(jwtKey)
      let key = try check(jwtKey) { () throws(TokenBook.Fault) in try JSONWebToken.Key(file: bytes) }
      if case .secret = key { _ = try Tokens.file(jwtKey) }
      keys = [key]
    }
    return try check(auth) { () throws(TokenBook.Fault) in
      let book = try TokenBook(lines: lines, keys: keys, audience: audience)
      if book.isEmpty { throw TokenBook.Fault("there is no token in it (one a line)") }
      return book
    }
  }
}
