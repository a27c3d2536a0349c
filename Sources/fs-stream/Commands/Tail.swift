import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageServe
import FinstageStream
import FinstageSystem

/// `fs-stream tail`: the events of a server as records.
struct Tail: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tail",
    abstract:
      "Write the events of a server as records: comes back when the connection breaks, and goes on where it was.",
    discussion: """
      Without --send, the server is taken for one of ours: subscriptions are made anew after a break, and what was missed is asked for. \
      With --send, it may be any: the texts are sent after each connection, and each JSON object that comes (alone or in a list) is a record; \
      with --map, only those that have all of the fields named, as quotes.
      """)

  @Argument(
    help: ArgumentHelp(
      "ws://HOST:PORT/PATH, or wss: for TLS; the path /ws/realtime may be left out.", valueName: "address"))
  var address = "ws://127.0.0.1:8081"
  @Option(
    help: ArgumentHelp(
      "What to subscribe to: TYPE, or TYPE:SYMBOL,SYMBOL; several times for more (default all).", valueName: "what"))
  var subscribe: [String] = []
  @Option(help: ArgumentHelp("At most one update of a symbol in this time.", valueName: "span")) var conflate: TimeSpan?
  @Option(help: ArgumentHelp("Send this text after connecting; several times for more.", valueName: "text"))
  var send: [String] = []
  @Option(
    help: ArgumentHelp(
      "Fields of the records out of fields of the messages: symbol=s,price=p,ts=T (a.b for a field within a field).",
      valueName: "names"))
  var map: String?
  @Option(help: ArgumentHelp("A file with the token to show.", valueName: "file"), completion: .file()) var token:
    String?
  @Option(help: ArgumentHelp("Write this many records, then end.", valueName: "count")) var count: Int?
  @Option(
    help: ArgumentHelp("Give up after so long without a connection, instead of trying for ever.", valueName: "span"))
  var patience: TimeSpan?
  @Flag(help: "Write messages as they come, all of them.") var raw = false
  @Flag(name: .shortAndLong, help: "Print errors only.") var quiet = false

  mutating func validate() throws {
    guard count ?? 1 > 0 else { throw ValidationError("--count must be at least 1") }
    guard (0...3600).contains(conflate?.seconds ?? 0) else { throw ValidationError("--conflate must be 0 to 1h") }
    guard (0...3e9).contains(patience?.seconds ?? 0) else { throw ValidationError("--patience must be 0 to 34000d") }
    if map != nil, mapping == nil { throw ValidationError("--map must be pairs such as symbol=s,price=p,ts=T") }
    for text in subscribe where parsed(text) == nil {
      throw ValidationError(
        "--subscribe \(text): the type must be one of \(SubscriptionType.allCases.map(\.rawValue).joined(separator: ", "))"
      )
    }
    guard WebSocketAddress(address, path: "/ws/realtime") != nil else {
      throw ValidationError("\(address): an address such as ws://localhost:8081/ws/realtime is expected")
    }
  }

  private func parsed(_ text: String) -> (type: SubscriptionType, symbols: [String])? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let type = SubscriptionType(rawValue: String(parts[0])) else { return nil }
    return (type, parts.count > 1 ? parts[1].split(separator: ",").map(String.init) : [])
  }

  private var mapping: [(name: String, path: [String])]? {
    guard let map else { return [] }
    var pairs: [(String, [String])] = []
    for pair in map.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      pairs.append((String(parts[0]), parts[1].split(separator: ".").map(String.init)))
    }
    return pairs
  }

  mutating func execute() throws -> ExitStatus {
    var diagnostics = Diagnostics(tool: "fs-stream tail")
    diagnostics.isQuiet = quiet
    let target = WebSocketAddress(address, path: "/ws/realtime")!
    var headers: [(String, String)] = []
    if let token { headers = [("Authorization", "Bearer \(try Tokens.first(token))")] }
    let sink = try ByteSink(path: "-")
    // Whatever ends this, what has come is written.
    defer { try? sink.flush() }
    var follower = TailFollower(isRaw: raw)
    var written = 0
    var backoff = Reconnection()
    while !Interruption.isRequested {
      var reason = ""
      do throws(WebSocketClient.Failure) {
        let client = try WebSocketClient(target, headers: headers)
        backoff.hasConnected()
        if send.isEmpty {
          for wish in wishes { try client.send(message(wish, follower).text) }
        } else {
          for text in send { try client.send(text) }
        }
        var silences = 0
        connection: while true {
          if !client.hasMore { do { try sink.flush() } catch { throw .refused("standard output: \(error)") } }
          switch client.next(within: 30) {
          case .silence:
            if Interruption.isRequested {
              client.close(.goingAway)
              break connection
            }
            silences += 1
            if silences > 3 {
              reason = "nothing has come for two minutes"
              break connection
            }
            client.ping()
          case .closed(let code, let text):
            if let code, code.isForGood { throw .refused("closed with \(code.rawValue) \(text)") }
            reason = "closed\(code.map { " with \($0.rawValue)" } ?? "") \(text)"
            break connection
          case .message(let text, _):
            silences = 0
            for line in try lines(text, &follower, &backoff, diagnostics) {
              written += 1
              do { try sink.write(bytes: line + [0x0A]) } catch { return .done }
              if let count, written >= count {
                client.close(.normal)
                try? sink.finish()
                return .done
              }
            }
          }
        }
        backoff.hasLost()
      } catch {
        switch error {
        case .refused(let text): throw ToolFailure(.notAllowed, "\(address): refused: \(text)")
        case .unreachable(let text): reason = text
        }
      }
      if Interruption.isRequested { break }
      if let patience, backoff.secondsWithoutConnection > patience.seconds {
        throw ToolFailure(.unavailable, "\(address): \(reason) (is fs-stream running there?)")
      }
      var pause = backoff.next()
      if let patience { pause = min(pause, max(0.05, patience.seconds - backoff.secondsWithoutConnection + 0.01)) }
      diagnostics.warning("\(address): \(reason); again in \(Int(pause.rounded(.up))) s")
      Interruption.wait(until: SystemClock.monotonic + pause)
    }
    try sink.finish()
    return .done
  }

  private var wishes: [(type: SubscriptionType, symbols: [String])] {
    subscribe.isEmpty ? [(.all, [])] : subscribe.compactMap(parsed)
  }

  private func message(_ wish: (type: SubscriptionType, symbols: [String]), _ follower: TailFollower) -> JSONValue {
    JSONValue(members: [
      ("action", "subscribe"), ("type", .string(wish.type.rawValue)),
      ("symbols", wish.symbols.isEmpty ? nil : JSONValue(wish.symbols)),
      ("conflate", conflate.map { .number($0.seconds) }), ("resume", follower.resume),
    ])
  }

  /// The lines that a message becomes.
  private func lines(
    _ text: [UInt8], _ follower: inout TailFollower, _ backoff: inout Reconnection, _ diagnostics: Diagnostics
  ) throws(WebSocketClient.Failure) -> [[UInt8]] {
    guard send.isEmpty else { return foreign(text) }
    let outcome = follower.take(text)
    switch outcome {
    case .record(let line): return [line]
    case .gap(let text): diagnostics.warning("gap: \(text)")
    case .refusal(let text): throw .refused(text)
    case .shutdown(let seconds): backoff.waitAtLeast(seconds)
    case .nothing: break
    }
    return raw ? [text] : []
  }

  /// The records of a message of any server.
  private func foreign(_ text: [UInt8]) -> [[UInt8]] {
    guard let value = try? JSONValue.parse(text) else { return [] }
    if raw { return [Array(value.text.utf8)] }
    var found: [JSONValue] = []
    func look(_ value: JSONValue, _ depth: Int) {
      if let items = value.array {
        for item in items { look(item, depth) }
        return
      }
      guard value.members != nil else { return }
      let pairs = mapping ?? []
      if pairs.isEmpty { return found.append(value) }
      let members = pairs.compactMap { name, path -> (key: String, value: JSONValue)? in
        var at: JSONValue? = value
        for key in path { at = at?[key] }
        return at.map { (name, $0) }
      }
      if members.count == pairs.count {
        found.append(.object([(key: "type", value: "quote")] + members.map { ($0.key, number($0)) }))
      } else if depth < 4 {
        // Feeds put their events into an envelope.
        for member in value.members ?? [] { look(member.value, depth + 1) }
      }
    }
    look(value, 0)
    return found.map { Array($0.text.utf8) }
  }

  /// Exchanges send prices as texts.
  private func number(_ member: (key: String, value: JSONValue)) -> JSONValue {
    guard ["price", "size", "volume"].contains(member.key), let text = member.value.string,
      let number = try? JSONValue.parse(Array(text.utf8)), number.double != nil
    else { return member.value }
    return number
  }
}
