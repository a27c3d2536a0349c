import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A mail server on 127.0.0.1 for tests (RFC 5321, as much of it as a client needs), one connection after the other.
public final class LoopbackMail: Sendable {
  public let port: UInt16
  private let descriptor: Int32
  private let taken = Mutex<[(recipients: [String], text: String)]>([])
  private let said = Mutex<[String]>([])

  /// The mails that were taken.
  public var mails: [(recipients: [String], text: String)] { taken.withLock { $0 } }
  /// All that clients said, line by line, but for the texts.
  public var commands: [String] { said.withLock { $0 } }
  public var url: String { "smtp://127.0.0.1:\(port)" }

  /// - Parameter reply: what to answer to a command; nil for the usual.
  public init(_ reply: @escaping @Sendable (String) -> String? = { _ in nil }) throws {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    descriptor = socket(AF_INET, kind, 0)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let own = descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(own, $0, length) == 0 && listen(own, 8) == 0 && getsockname(own, $0, &length) == 0
      }
    }
    guard isBound else { throw Run.Failure(message: "no loopback socket") }
    port = UInt16(bigEndian: address.sin_port)
    let context = Unmanaged.passRetained(Context { [self] in serve(reply) }).toOpaque()
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

  private final class Context: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private func serve(_ reply: @Sendable (String) -> String?) {
    while true {
      let client = accept(descriptor, nil, nil)
      if client < 0 { return }
      talk(client, reply)
      close(client)
    }
  }

  private func talk(_ client: Int32, _ reply: @Sendable (String) -> String?) {
    var pending: [UInt8] = []
    func line() -> String? {
      while true {
        if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
          let text = String(decoding: pending[..<end], as: UTF8.self)
          pending.removeFirst(end + 1)
          return text.last == "\r" ? String(text.dropLast()) : text
        }
        var block = [UInt8](repeating: 0, count: 4096)
        let count = recv(client, &block, block.count, 0)
        if count <= 0 { return nil }
        pending += block[..<count]
      }
    }
    func say(_ text: String) { _ = send(client, text + "\r\n", text.utf8.count + 2, Int32(MSG_NOSIGNAL)) }
    say(reply("") ?? "220 test")
    var recipients: [String] = []
    while let command = line() {
      said.withLock { $0.append(command) }
      let verb = command.prefix(4).uppercased()
      let answer = reply(command)
      switch verb {
      case "RCPT":
        say(answer ?? "250 ok")
        if answer == nil { recipients.append(command) }
      case "DATA":
        say(answer ?? "354 go on")
        if answer != nil { continue }
        var text = ""
        while let part = line(), part != "." { text += part + "\n" }
        let verdict = reply(".") ?? "250 taken"
        if verdict.hasPrefix("2") { taken.withLock { $0.append((recipients, text)) } }
        recipients = []
        say(verdict)
      case "QUIT":
        say("221 bye")
        return
      default: say(answer ?? "250 ok")
      }
    }
  }
}
