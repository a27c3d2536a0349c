import FinstageCore
import FinstageNet
import FinstageSystem

/// Posts JSON, as Standard Webhooks has it: the id and the time are signed with the body.
final class WebhookChannel: AlertChannel {
  private let url: String
  private let secrets: [[UInt8]]
  private let headers: [(name: String, value: String)]
  private let post: HTTPPost

  init(_ text: String) throws {
    let file = try ChannelFile(text, keys: ["url", "secret", "header"])
    url = try HTTPPost.checked(try file.required("url"), file.name)
    secrets = try file.all("secret").map { secret in
      // A secret is base64 after its mark, or its bytes.
      guard secret.hasPrefix("whsec_") else { return Array(secret.utf8) }
      guard let bytes = Base64.bytes(String(secret.dropFirst(6))), !bytes.isEmpty else {
        throw ToolFailure(.badConfiguration, "\(file.name): a secret with whsec_ must be base64")
      }
      return bytes
    }
    headers = try file.all("header").map { line in
      guard let colon = line.firstIndex(of: ":") else {
        throw ToolFailure(.badConfiguration, "\(file.name): a header is a name, a colon and a value")
      }
      return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
    }
    post = HTTPPost()
  }

  var caution: String? {
    url.hasPrefix("http://") && !HTTPPost.isLoopback(url)
      ? "the address is http: everybody on the way can read the alerts" : nil
  }

  func send(_ message: ChannelMessage, isOver: () -> Bool) throws {
    let body = Array(message.json.text.utf8)
    let time = String(Int64(SystemClock.wall))
    var headers = headers
    headers.append(("webhook-id", message.id))
    headers.append(("webhook-timestamp", time))
    if !secrets.isEmpty {
      let signed = Array("\(message.id).\(time).".utf8) + body
      let signatures = secrets.map { "v1," + Base64.text(SHA256.code(signed, key: $0)) }
      headers.append(("webhook-signature", signatures.joined(separator: " ")))
    }
    try post.send(url, body, headers, isOver: isOver)
  }
}

/// Posts to a service, and tells apart what may go later.
final class HTTPPost {
  private let client = HTTPClient()

  /// The bytes of an answer that are looked at.
  private static let answerLimit = 64 << 10

  static func checked(_ url: String, _ name: String) throws -> String {
    guard url.hasPrefix("https://") || url.hasPrefix("http://"), url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw ToolFailure(.badConfiguration, "\(name): an address of http or https is expected")
    }
    return url
  }

  static func isLoopback(_ url: String) -> Bool {
    let host = url.dropFirst("http://".count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard url.hasPrefix("http://"), !host.contains("@") else { return false }
    if host.hasPrefix("[") { return host.hasPrefix("[::1]") }
    let name = host.prefix { $0 != ":" }
    let numbers = name.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return name == "localhost" || numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
  }

  func send(
    _ url: String, _ body: [UInt8], _ headers: [(name: String, value: String)],
    contentType: String = "application/json",
    isOver: () -> Bool
  ) throws {
    var request = HTTPRequest(
      .post, url: url, headers: [("content-type", contentType)] + headers, body: body, mayRepeat: false)
    request.followsRedirects = false
    request.answerLimit = HTTPPost.answerLimit
    var timeouts = Timeouts()
    timeouts.connect = 5
    timeouts.idle = 10
    timeouts.total = 10
    let answer: HTTPAnswer
    do {
      answer = try client.send(request, timeouts, isOver: isOver)
    } catch {
      throw ChannelFailure(.again(nil), error.sentence)
    }
    let text = String(decoding: answer.body.prefix(200), as: UTF8.self).filter { !$0.isNewline }
    let words = "HTTP \(answer.status)\(text.isEmpty ? "" : ": \(text)")"
    switch answer.status {
    case 200..<300: return
    case 300..<400: throw ChannelFailure(.never, "\(words) (redirects are not followed: name the new address)")
    case 408, 425, 429: throw ChannelFailure(.again(answer.retryAfter), words)
    case 410: throw ChannelFailure(.off, "\(words) (the receiver wants no more)")
    case 500...: throw ChannelFailure(.again(answer.retryAfter), words)
    case 400: throw FormatRefusal(sentence: words)
    default: throw ChannelFailure(.never, words)
    }
  }
}

/// The receiver does not understand what was sent: it may understand plain text.
struct FormatRefusal: ExitError {
  let sentence: String
  var exitStatus: ExitStatus { .unavailable }
}
