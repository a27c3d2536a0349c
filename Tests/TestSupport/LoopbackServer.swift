import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An HTTP server on 127.0.0.1 for tests: each connection on a thread of its own, its requests answered by a closure, on a port
/// that the system chooses.
public final class LoopbackServer: Sendable {
  public struct Answer: Sendable {
    public var status = 200
    public var body: [UInt8] = []
    public var contentType = "application/json;charset=utf-8"
    public var headers: [String] = []
    /// Close the connection after this many bytes of the body, which the header promised in full.
    public var cutAfter: Int?
    /// Everything to send, head included, instead of the rest of this.
    public var raw: [UInt8]?
    /// After that, send this again and again for as long as the client takes it.
    public var endless: [UInt8]?
    /// End the connection with a reset instead of an orderly close.
    public var isReset = false
    /// Seconds to wait before the answer.
    public var delay = 0.0
    /// Say nothing and keep the connection open until the client gives up.
    public var isSilent = false

    public init(_ body: String = "", status: Int = 200) {
      self.body = Array(body.utf8)
      self.status = status
    }

    public init(bytes: [UInt8]) { body = bytes }
  }

  public let port: UInt16
  private let descriptor: Int32
  private let keepsAlive: Bool
  /// A byte for each request, for those who wait for one.
  private let arrivals: (read: Int32, write: Int32)
  private let seen = Mutex<[(text: String, time: Double)]>([])

  /// The request targets so far, and the headers of each request, as they came.
  public var requests: [String] { seen.withLock { $0.map(\.text) } }
  /// When each came, by the monotonic clock.
  public var times: [Double] { seen.withLock { $0.map(\.time) } }
  public var url: String { "http://127.0.0.1:\(port)" }

  /// - Parameters:
  ///   - port: a port that an earlier server had; 0 for one that the system chooses.
  ///   - keepsAlive: more than one request a connection; for answers that nothing is wrong with.
  ///   - answer: called with the request's target, percent-encoded as sent.
  public init(
    port wanted: UInt16 = 0, keepsAlive: Bool = false, _ answer: @escaping @Sendable (String) -> Answer
  ) throws {
    self.keepsAlive = keepsAlive
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Run.Failure(message: "no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // Nobody need wait: when the pipe is full, there is enough to read.
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    arrivals = (ends[0], ends[1])
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    descriptor = socket(AF_INET, kind, 0)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = wanted.bigEndian
    var reuse: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = self.descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw Run.Failure(message: "no loopback socket") }
    port = UInt16(bigEndian: address.sin_port)

    LoopbackServer.thread { [self] in serve(answer) }
  }

  private final class Context: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static func thread(_ run: @escaping @Sendable () -> Void) {
    let context = Unmanaged.passRetained(Context(run)).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
      pthread_create(
        &thread, nil,
        {
          Unmanaged<Context>.fromOpaque($0).takeRetainedValue().run(); return nil
        }, context)
      if let thread { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        {
          Unmanaged<Context>.fromOpaque($0!).takeRetainedValue().run(); return nil
        }, context)
      pthread_detach(thread)
    #endif
  }

  deinit {
    close(arrivals.read)
    close(arrivals.write)
  }

  /// Waits until so many requests have come.
  public func wait(forRequests count: Int) {
    var byte: UInt8 = 0
    while requests.count < count { _ = RawIO.read(arrivals.read, &byte, 1) }
  }

  /// Ends the server: call it when the test is over.
  public func stop() {
    // Only the serving thread may close: a number that is free again can become another server's, whose clients this
    // thread would then answer.
    shutdown(descriptor, Int32(SHUT_RDWR))
    #if canImport(Darwin)
      close(descriptor)
    #endif
  }

  private func serve(_ answer: @escaping @Sendable (String) -> Answer) {
    while true {
      let client = accept(descriptor, nil, nil)
      if client < 0 {
        #if !canImport(Darwin)
          close(descriptor)
        #endif
        return
      }
      LoopbackServer.thread { [self] in
        while handle(client, answer) && keepsAlive {}
        close(client)
      }
    }
  }

  /// Answers one request; false once the client has gone.
  private func handle(_ client: Int32, _ answer: @Sendable (String) -> Answer) -> Bool {
    var request: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while !String(decoding: request, as: UTF8.self).contains("\r\n\r\n") {
      let count = block.withUnsafeMutableBytes { RawIO.read(client, $0.baseAddress!, $0.count) }
      if count <= 0 { return false }
      request.append(contentsOf: block[..<count])
    }
    // The body follows the head, as long as the head says.
    let head = String(decoding: request, as: UTF8.self)
    let end = head.utf8.count - (head.components("\r\n\r\n").last?.utf8.count ?? 0)
    let length = head.lowercased().components("content-length: ").dropFirst().first.flatMap {
      Int($0.prefix { $0.isNumber })
    }
    while request.count < end + (length ?? 0) {
      let count = block.withUnsafeMutableBytes { RawIO.read(client, $0.baseAddress!, $0.count) }
      if count <= 0 { return false }
      request.append(contentsOf: block[..<count])
    }
    let text = String(decoding: request, as: UTF8.self)
    let target = text.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    seen.withLock { $0.append((text, Run.now())) }
    var byte: UInt8 = 0
    _ = RawIO.write(arrivals.write, &byte, 1)
    let answer = answer(target)
    if answer.isSilent {
      // Returns when the client closes its end.
      _ = block.withUnsafeMutableBytes { RawIO.read(client, $0.baseAddress!, $0.count) }
      return false
    }
    if answer.delay > 0 { usleep(useconds_t(answer.delay * 1e6)) }
    if answer.isReset {
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(client, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
    var answerHead = "HTTP/1.1 \(answer.status) Status\r\nContent-Type: \(answer.contentType)\r\n"
    if !keepsAlive { answerHead += "Connection: close\r\n" }
    answerHead += "Content-Length: \(answer.body.count)\r\n"
    for header in answer.headers { answerHead += header + "\r\n" }
    let body = answer.cutAfter.map { Array(answer.body.prefix($0)) } ?? answer.body
    guard put(client, answer.raw ?? Array((answerHead + "\r\n").utf8) + body) else { return false }
    if let endless = answer.endless { while put(client, endless) {} }
    return true
  }

  /// False once the client has gone.
  private func put(_ client: Int32, _ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { send(client, $0.baseAddress! + done, $0.count - done, Int32(quietSend)) }
      if count <= 0 { return false }
      done += count
    }
    return true
  }
}

extension String {
  /// The parts between separators; one without a separator.
  fileprivate func components(_ separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}

#if canImport(Darwin)
  private let quietSend = 0
#else
  private let quietSend = MSG_NOSIGNAL
#endif
