import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageServe
import FinstageStream
import FinstageSystem

/// `fs-stream publish`: records into a server.
struct Publish: Tool {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Send the records of standard input to a server, which serves them as if they had come through its pipe.",
    discussion: """
      The server must know the token: the administrator's, which is found if the server is one of this user here, or one with the word publish in its file of tokens. \
      A line is sent as soon as it has come, and each is confirmed. When the connection breaks, publish comes back and sends again what was not confirmed, \
      so that a record can come twice, but none is lost. Lines that the server cannot read, and those of more than 1 MiB, are counted and left out. CSV, Arrow and Parquet are sent as records, too. \
      A body that is sent with curl may have 16 MiB.

      EXAMPLES:
        fs-stream publish ws://localhost:8081 < events.ndjson
        echo '{"type":"alert","symbol":"AAPL","message":"halted"}' | fs-stream publish
        curl -H "Authorization: Bearer $TOKEN" --data-binary @events.ndjson http://localhost:8081/ws/publish
      """)

  @Argument(
    help: ArgumentHelp(
      "ws://HOST:PORT/PATH, or wss: for TLS; the path /ws/publish may be left out.", valueName: "address"))
  var address = "ws://127.0.0.1:8081"
  @Option(help: ArgumentHelp("A file with the token to show.", valueName: "file"), completion: .file()) var token:
    String?
  @Option(
    help: ArgumentHelp("Give up after so long without a connection, instead of trying for ever.", valueName: "span"))
  var patience: TimeSpan?
  @OptionGroup(title: "Input") var textTypes: TextTypeOptions
  @Flag(help: "Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.") var stats =
    false
  @Flag(name: .shortAndLong, help: "Print errors only.") var quiet = false

  mutating func validate() throws {
    guard (0...3e9).contains(patience?.seconds ?? 0) else { throw ValidationError("--patience must be 0 to 34000d") }
    guard WebSocketAddress(address, path: "/ws/publish") != nil else {
      throw ValidationError("\(address): an address such as ws://localhost:8081 is expected")
    }
  }

  mutating func execute() throws -> ExitStatus {
    var diagnostics = Diagnostics(tool: "fs-stream publish")
    diagnostics.isQuiet = quiet
    var statistics = RunStatistics(tool: "fs-stream publish")
    let target = WebSocketAddress(address, path: "/ws/publish")!
    let secret = try token.map { try Tokens.first($0) } ?? Tokens.adminToken(port: target.port)
    let source = try DescriptorSource(path: "-")
    var options = FormatOptions()
    try textTypes.apply(to: &options)
    var parcels = Parcels(source, options)
    var backoff = Reconnection()
    var bad = 0
    var fault: (any Error)?
    while !parcels.isDone, !Interruption.isRequested, fault == nil {
      do throws(WebSocketClient.Failure) {
        let client = try WebSocketClient(
          target, headers: secret.map { [("Authorization", "Bearer \($0)")] } ?? [], deflates: false)
        backoff.hasConnected()
        parcels.sendAgain()
        connection: while !parcels.isDone, !Interruption.isRequested {
          do { try parcels.read(waiting: !client.hasMore && parcels.unconfirmed == 0) } catch {
            fault = error
            break connection
          }
          while let parcel = parcels.next() { try client.send(bytes: parcel) }
          if parcels.unconfirmed == 0 { continue }
          switch client.next(within: parcels.mayReadMore ? 0.005 : 30) {
          case .message(let text, _):
            let answer = try? JSONMembers(text)
            switch answer?.text("type") {
            case "published":
              parcels.confirm()
              let count = Int(answer?.number("bad") ?? 0)
              if count > 0, bad == 0 {
                let fault = (try? JSONValue.parse(text))?["first_bad"]
                diagnostics.warning(
                  "a line was left out: \(fault?["message"]?.string ?? "it is no record") (such lines are counted and left out)"
                )
              }
              bad += count
            case "error": throw .refused(answer?.text("message") ?? "an error")
            default: break
            }
          case .silence: break
          case .closed(let code, let text):
            if let code, code.isForGood { throw .refused("closed with \(code.rawValue) \(text)") }
            throw .unreachable("closed\(code.map { " with \($0.rawValue)" } ?? "") \(text)")
          }
        }
        if parcels.isDone { client.close(.normal) }
      } catch {
        switch error {
        case .refused(let text): throw ToolFailure(.notAllowed, "\(address): refused: \(text)")
        case .unreachable(let text):
          if let patience, backoff.secondsWithoutConnection > patience.seconds {
            throw ToolFailure(.unavailable, "\(address): \(text) (is fs-stream running there?)")
          }
          var pause = backoff.next()
          if let patience { pause = min(pause, max(0.05, patience.seconds - backoff.secondsWithoutConnection + 0.01)) }
          diagnostics.warning("\(address): \(text); again in \(Int(pause.rounded(.up))) s")
          Interruption.wait(until: SystemClock.monotonic + pause)
        }
      }
    }
    if let fault { throw fault }
    if parcels.tooLong > 0 { diagnostics.warning("\(parcels.tooLong) lines of more than 1 MiB were left out") }
    bad += parcels.tooLong
    statistics.count("records", parcels.confirmed - bad + parcels.tooLong)
    statistics.count("bad", bad)
    statistics.report(isWanted: stats, diagnostics)
    // Nothing of it was a record: this was the wrong input.
    if parcels.isDone { return bad > 0 && parcels.confirmed + parcels.tooLong == bad ? .badData : .done }
    if parcels.unconfirmed > 0 { diagnostics.warning("\(parcels.unconfirmed) messages were not confirmed") }
    return .done
  }
}

/// Lines of the input in messages, which are kept until they are confirmed.
private struct Parcels {
  private var source: DescriptorSource
  private let options: FormatOptions
  private var converter: FormatConverter?
  private var hasBegun = false
  private var isSkipping = false
  /// Lines that were too long to be sent.
  private(set) var tooLong = 0
  private var carry: [UInt8] = []
  private var hasEnded = false
  /// Those that were sent, and those that wait to be.
  private var queue: [[UInt8]] = []
  private(set) var unconfirmed = 0
  private var lines = 0
  /// Lines in confirmed messages.
  private(set) var confirmed = 0
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32 << 10, alignment: 64)

  private static let window = 16
  private static let largest = 60 << 10
  /// As on the server's pipe.
  private static let longestLine = 1 << 20

  init(_ source: DescriptorSource, _ options: FormatOptions) {
    self.source = source
    self.options = options
  }

  var isDone: Bool { hasEnded && queue.isEmpty }
  /// Whether there is room for more before something is confirmed.
  var mayReadMore: Bool { !hasEnded && queue.count < Parcels.window }

  /// Takes what has come.
  mutating func read(waiting: Bool) throws {
    guard mayReadMore, waiting || source.isReadable else { return }
    let count = try source.read(into: buffer)
    if count == 0 {
      if source.wasInterrupted { return }
      hasEnded = true
      if !carry.isEmpty, !isSkipping { queue.append(carry) }
      carry = []
      if let fault = converter?.outcome.fault { throw ToolFailure(.badData, fault) }
      return
    }
    carry.append(contentsOf: buffer[..<count])
    if !hasBegun {
      hasBegun = true
      if !RecordInput.areLines(carry, source.name) {
        // What is not lines becomes lines on the way.
        let made = try FormatConverter(source, after: carry, options)
        converter = made
        source = made.lines
        carry = []
        return
      }
    }
    if isSkipping {
      guard let newline = carry.firstIndex(of: 0x0A) else {
        carry = []
        return
      }
      isSkipping = false
      carry = Array(carry[(newline + 1)...])
    }
    guard let end = carry.lastIndex(of: 0x0A) else {
      if carry.count > Parcels.longestLine {
        tooLong += 1
        isSkipping = true
        carry = []
      }
      return
    }
    var rest = carry[...end]
    while !rest.isEmpty {
      // As many whole lines as a message may have.
      var cut = rest.endIndex
      if rest.count > Parcels.largest {
        cut = (rest.prefix(Parcels.largest).lastIndex(of: 0x0A) ?? rest.firstIndex(of: 0x0A)!) + 1
      }
      queue.append(Array(rest[..<cut]))
      rest = rest[cut...]
    }
    carry = Array(carry[(end + 1)...])
  }

  /// The next message to send.
  mutating func next() -> [UInt8]? {
    guard unconfirmed < queue.count else { return nil }
    unconfirmed += 1
    return queue[unconfirmed - 1]
  }

  mutating func confirm() {
    guard unconfirmed > 0 else { return }
    confirmed += queue.removeFirst().split(separator: 0x0A).count
    unconfirmed -= 1
  }

  /// After a new connection.
  mutating func sendAgain() { unconfirmed = 0 }
}
