import FinstageProcess
import FinstageServe
import FinstageSystem
import TestSupport

/// fs-stream under load, from many sockets of this process: memory of idle clients, one event to all of them beside plain sends,
/// messages a second at saturation beside `websockets`, and the time from standard input to the client.
struct StreamBenchmark {
  let python: String

  func run() throws {
    _ = DescriptorLimit.raise(to: 1 << 20)
    try idle(clients: 10_000)
    try saturation(clients: 500, events: 1000)
    try latency(clients: 1000, symbols: 1000, rate: 2000, seconds: 5)
  }

  /// A server as a child, and what it says where it listens.
  private final class Peer {
    let child: Child
    let port: Int
    init(_ child: Child) throws {
      self.child = child
      let line = child.line(within: 20) ?? ""
      guard let start = line.firstRange(of: "ws://127.0.0.1:")?.upperBound,
        let port = Int(line[start...].prefix { $0.isNumber })
      else { throw Run.Failure(message: "no server: \(line)") }
      self.port = port
    }
  }

  private func ours(_ options: [String] = []) throws -> Peer {
    try Peer(
      Child(tool: "fs-stream", ["--port", "0", "--linger", "forever", "--history", "0"] + options, mergesErrors: true))
  }

  private func websockets() throws -> Peer? {
    guard try Run.shell("\(python) -c 'import websockets' 2>/dev/null").status == 0 else { return nil }
    let path = try Run.shell("command -v \(python)").lines.first.map(String.init) ?? python
    return try Peer(
      Child(path: path, ["\(Run.package)/Tests/Bench/peers/websockets_broadcast.py"], mergesErrors: true))
  }

  /// Clients that count what they get: frames are told apart by their headers, nothing is looked into.
  private final class Crowd {
    private let readiness = Readiness()
    private(set) var sockets: [Int32] = []
    private var places: [Int32: Int] = [:]
    /// What is left of a frame, and the beginning of a header, for each client.
    private var left: [Int] = []
    private var header: [[UInt8]] = []
    private(set) var frames: [Int] = []
    private(set) var total = 0
    /// Called with each whole read.
    var onBytes: ((UnsafeBufferPointer<UInt8>) -> Void)?
    private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)

    deinit {
      for socket in sockets { systemClose(socket) }
      buffer.deallocate()
    }

    func connect(_ port: Int, _ count: Int, _ message: (Int) -> String?) throws {
      for i in 0..<count {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        // One address has too few ports for very many clients.
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            systemConnect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
          }
        }
        guard code == 0 else { throw Run.Failure(message: "connect: \(systemErrorText(errno))") }
        var bytes = WebSocketHandshake.request(
          host: "127.0.0.1", path: "/ws/realtime", key: [UInt8](repeating: 1, count: 16))
        FileContent.write(bytes, to: client)
        try skipHead(client)
        if let message = message(i) {
          bytes = WebSocketFrame.bytes(.text, Array(message.utf8), mask: 0x01020304)
          FileContent.write(bytes, to: client)
        }
        _ = fcntl(client, F_SETFL, O_NONBLOCK)
        _ = readiness.add(client, reads: true, writes: false)
        places[client] = sockets.count
        sockets.append(client)
        left.append(0)
        header.append([])
        frames.append(0)
        if i % 64 == 0 { read(milliseconds: 0) }
      }
    }

    /// Reads up to the empty line, a byte at a time: the first frames may come with it.
    private func skipHead(_ client: Int32) throws {
      var last: [UInt8] = []
      while last != [13, 10, 13, 10] {
        var byte: UInt8 = 0
        guard systemRead(client, &byte, 1) == 1 else { throw Run.Failure(message: "no handshake") }
        last = Array((last + [byte]).suffix(4))
      }
    }

    func read(milliseconds: Int32) {
      readiness.wait(milliseconds: milliseconds) { client, _, _ in
        guard let place = places[client] else { return }
        let count = systemRead(client, buffer.baseAddress!, buffer.count)
        if count <= 0 { return }
        let bytes = UnsafeBufferPointer(rebasing: buffer[..<count])
        onBytes?(bytes)
        take(bytes, place)
      }
    }

    private func take(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) {
      var at = 0
      while at < bytes.count {
        if left[place] > 0 {
          let step = min(left[place], bytes.count - at)
          left[place] -= step
          at += step
          continue
        }
        header[place].append(bytes[at])
        at += 1
        let head = header[place]
        guard head.count >= 2 else { continue }
        let short = Int(head[1] & 0x7F)
        let size = short == 126 ? 4 : short == 127 ? 10 : 2
        guard head.count == size else { continue }
        left[place] = size == 2 ? short : head[2...].reduce(0) { $0 << 8 | Int($1) }
        header[place].removeAll(keepingCapacity: true)
        if head[0] & 15 == 1 {
          frames[place] += 1
          total += 1
        }
      }
    }

    /// Reads until nothing has come for a while.
    func settle() {
      var last = -1
      while last != total {
        last = total
        let until = SystemClock.monotonic + 0.3
        while SystemClock.monotonic < until { read(milliseconds: 20) }
      }
    }

    /// Reads until so many frames have come; false if they do not.
    func read(until wanted: Int, within seconds: Double) -> Bool {
      let deadline = SystemClock.monotonic + seconds
      while total < wanted, SystemClock.monotonic < deadline { read(milliseconds: 10) }
      return total >= wanted
    }
  }

  private func resident(_ process: pid_t) -> Double {
    let text = FileContent.text("/proc/\(process)/status", limit: 8192) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return Double(line.filter(\.isNumber)) ?? 0
  }

  private func quote(_ symbol: String, _ price: Int) -> String {
    #"{"type":"quote","symbol":"\#(symbol)","ts":"2024-03-01T15:00:00Z","price":\#(price),"volume":1200}"# + "\n"
  }

  private func idle(clients: Int) throws {
    let server = try ours()
    let crowd = Crowd()
    let before = resident(server.child.process)
    try crowd.connect(server.port, clients) { i in
      let symbols = (0..<5).map { "\"S\((i * 5 + $0) % 1000)\"" }.joined(separator: ",")
      return #"{"action":"subscribe","type":"prices","symbols":["ALL",\#(symbols)]}"#
    }
    crowd.settle()
    let after = resident(server.child.process)
    print(
      "\(clients) idle clients of six symbols each: \(Contest.fixed((after - before) / Double(clients), 2)) KiB of resident memory each"
    )
    // One event to all of them, and a loop of plain sends to as many sockets in between.
    var ratios: [Double] = []
    var times: [Double] = []
    // Descriptors are few: the loop is over a quarter of as many sockets, four times.
    let pairs = try Pairs(clients / 4)
    for round in 0..<7 {
      let wanted = crowd.total + clients
      let began = SystemClock.monotonic
      server.child.write(quote("ALL", round))
      guard crowd.read(until: wanted, within: 20) else {
        throw Run.Failure(message: "an event did not reach everybody")
      }
      let time = SystemClock.monotonic - began
      let floor = (0..<4).reduce(0.0) { sum, _ in sum + pairs.send(200) }
      times.append(time)
      ratios.append(time / floor)
    }
    print(
      "one event to \(clients) clients, the last has read it: \(Contest.fixed(Contest.median(times) * 1000, 1)) ms, \(Contest.fixed(Contest.median(ratios), 2)) times a loop of send() and recv() over as many sockets"
    )
  }

  /// Connections over loopback for the floor.
  private final class Pairs {
    private var ends: [(Int32, Int32)] = []

    init(_ count: Int) throws {
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { systemClose(listener) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      func call(_ body: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32) -> Int32 {
        withUnsafeMutablePointer(to: &address) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
      }
      guard call({ bind(listener, $0, $1) }) == 0, systemListen(listener), call({ getsockname(listener, $0, &$1) }) == 0
      else { throw Run.Failure(message: "no sockets") }
      for _ in 0..<count {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard call({ systemConnect(client, $0, $1) }) == 0 else { throw Run.Failure(message: "no sockets") }
        let server = systemAccept(listener, &Pairs.nobody, &Pairs.nothing)
        guard server >= 0 else { throw Run.Failure(message: "no sockets") }
        var on: Int32 = 1
        setsockopt(server, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        ends.append((server, client))
      }
    }

    nonisolated(unsafe) private static var nobody = sockaddr()
    nonisolated(unsafe) private static var nothing: socklen_t = 0

    deinit {
      for (a, b) in ends {
        systemClose(a)
        systemClose(b)
      }
    }

    /// Sends to all, then reads from all.
    func send(_ size: Int) -> Double {
      var bytes = [UInt8](repeating: 1, count: size)
      let began = SystemClock.monotonic
      for (server, _) in ends { _ = systemWrite(server, bytes, size) }
      for (_, client) in ends { _ = bytes.withUnsafeMutableBytes { systemRead(client, $0.baseAddress!, size) } }
      return SystemClock.monotonic - began
    }
  }

  private func saturation(clients: Int, events: Int) throws {
    func measure(_ server: Peer, _ message: String?) throws -> Double {
      let crowd = Crowd()
      try crowd.connect(server.port, clients) { _ in message }
      crowd.settle()
      let began = SystemClock.monotonic
      let wanted = crowd.total + clients * events
      // Written in parts, so that the clients read meanwhile.
      for part in 0..<(events / 20) {
        server.child.write((0..<20).map { quote("A", part * 20 + $0) }.joined())
        _ = crowd.read(until: wanted - clients * events + (part - 4) * 20 * clients, within: 20)
      }
      guard crowd.read(until: wanted, within: 60) else {
        throw Run.Failure(message: "\(wanted - crowd.total) of \(clients * events) messages did not come")
      }
      return Double(clients * events) / (SystemClock.monotonic - began)
    }
    var rates: [(ours: Double, theirs: Double?)] = []
    for _ in 0..<3 {
      let rate = try measure(try ours(), #"{"action":"subscribe","type":"all","symbols":["A"]}"#)
      rates.append((rate, try websockets().map { try measure($0, nil) }))
    }
    print(
      "\(clients) clients of one symbol, each event to each: \(Int(Contest.median(rates.map(\.ours)))) messages a second (the clients share the processors)"
    )
    if rates[0].theirs != nil {
      print(
        "  websockets (broadcast): \(Int(Contest.median(rates.map { $0.theirs! }))) a second; ours \(Contest.fixed(Contest.median(rates.map { $0.ours / $0.theirs! }), 2)) times as many"
      )
    } else {
      print("  websockets: not installed (pip install websockets)")
    }
  }

  private func latency(clients: Int, symbols: Int, rate: Int, seconds: Int) throws {
    let server = try ours()
    let crowd = Crowd()
    try crowd.connect(server.port, clients) { i in
      let names = (0..<5).map { "\"S\((i * 5 + $0) % symbols)\"" }.joined(separator: ",")
      return #"{"action":"subscribe","type":"prices","symbols":[\#(names)]}"#
    }
    crowd.settle()
    let start = crowd.total
    var delays: [Double] = []
    let key = Array("\"volume\":".utf8)
    crowd.onBytes = { bytes in
      // The volume is when it was written, in microseconds.
      let now = SystemClock.monotonic
      var i = 0
      while i + key.count < bytes.count {
        if bytes[i] == key[0], bytes[i + 1] == key[1], bytes[i + 8] == key[8],
          (0..<key.count).allSatisfy({ bytes[i + $0] == key[$0] })
        {
          var value = 0
          var j = i + key.count
          while j < bytes.count, bytes[j] &- 48 <= 9 {
            value = value * 10 + Int(bytes[j] &- 48)
            j += 1
          }
          delays.append(now - Double(value) / 1e6)
          i = j
        } else {
          i += 1
        }
      }
    }
    let began = SystemClock.monotonic
    var sent = 0
    while sent < rate * seconds {
      let due = min(rate * seconds, Int((SystemClock.monotonic - began) * Double(rate)))
      while sent < due {
        let now = Int(SystemClock.monotonic * 1e6)
        server.child.write(#"{"type":"quote","symbol":"S\#(sent % symbols)","price":\#(sent),"volume":\#(now)}"# + "\n")
        sent += 1
      }
      crowd.read(milliseconds: 1)
    }
    crowd.settle()
    delays.sort()
    func at(_ part: Double) -> String { Contest.fixed(delays[Int(Double(delays.count - 1) * part)] * 1000, 2) }
    print(
      "\(clients) clients x 5 of \(symbols) symbols, \(rate) events a second: \(crowd.total - start) of \(sent * 5) delivered, from standard input to client p50 \(at(0.5)), p99 \(at(0.99)), max \(at(1)) ms"
    )
  }
}
