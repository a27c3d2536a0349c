import FinstageCore
import FinstageNet
import FinstageSystem

/// Mails. The server is in `config/mail.conf`, which only its owner may read:
///
///     url = smtp://mail.example.org:587
///     from = alerts@example.org
///     user = alerts
///     password = ...
final class MailChannel: AlertChannel {
  private let address: String
  private let from: String
  private let server: MailTransfer.Server

  init(_ address: String) throws {
    guard MailChannel.isAddress(address) else {
      throw ToolFailure(.usage, "mail:\(address): this is not a mail address")
    }
    self.address = address
    guard let folder = HomeFolder.config.path else {
      throw ToolFailure(.badConfiguration, "cannot tell where mail.conf is (set HOME or FINSTAGE_HOME)")
    }
    let file = try ChannelFile("@\(folder)/mail.conf", keys: ["url", "from", "user", "password", "password_file"])
    let url = try file.required("url")
    guard url.hasPrefix("smtp://") || url.hasPrefix("smtps://") else {
      throw ToolFailure(.badConfiguration, "\(file.name): the url must be smtp://HOST:PORT or smtps://HOST")
    }
    from = try file.required("from")
    guard MailChannel.isAddress(from) else {
      throw ToolFailure(.badConfiguration, "\(file.name): \"from\" is no mail address")
    }
    var password = file["password"]
    if let path = file["password_file"] {
      password = try ChannelFile("@\(path)", keys: ["password"])["password"]
    }
    server = MailTransfer.Server(url: url, user: file["user"], password: password)
  }

  private static func isAddress(_ text: String) -> Bool {
    let sides = text.split(separator: "@", omittingEmptySubsequences: false)
    return sides.count == 2 && sides.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[],;:\\\"".utf8.contains($0) }
  }

  func send(_ message: ChannelMessage, isOver: () -> Bool) throws {
    do {
      try MailTransfer.send(mail(message), from: from, to: address, server, isOver: isOver)
    } catch {
      throw ChannelFailure(error.isPassing ? .again(nil) : .never, error.sentence)
    }
  }

  /// Headers and body (RFC 5322, RFC 2047); a delivery that comes twice has the same Message-ID.
  func mail(_ message: ChannelMessage) -> [UInt8] {
    let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
    let name = String(
      message.id.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") ? $0 : "-" })
    var lines = [
      "From: finstage <\(from)>", "To: <\(address)>", "Subject: \(MailChannel.word(message.title))",
      "Date: \(MailChannel.date(Int64(SystemClock.wall)))", "Message-ID: <\(name)@\(domain)>",
    ]
    if message.isResolved { lines.append("In-Reply-To: <\(message.alert)-firing@\(domain)>") }
    lines += [
      "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
      "Auto-Submitted: auto-generated", "",
    ]
    let text = message.body(limit: 100_000) + "\n\n" + message.alerts.map(\.text).joined(separator: "\n") + "\n"
    let encoded = Base64.text(Array(text.utf8))
    var rest = Substring(encoded)
    while !rest.isEmpty {
      lines.append(String(rest.prefix(76)))
      rest = rest.dropFirst(76)
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
  }

  /// An unstructured header: encoded words of at most 75 characters where it is not plain ASCII.
  private static func word(_ text: String) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    if line.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), line.utf8.count <= 200, !line.contains("=?") { return line }
    var words: [String] = []
    var part: [UInt8] = []
    func finish() {
      if !part.isEmpty { words.append("=?utf-8?B?\(Base64.text(part))?=") }
      part = []
    }
    for character in line {
      let bytes = Array(String(character).utf8)
      if part.count + bytes.count > 42 { finish() }
      part += bytes
    }
    finish()
    return words.joined(separator: "\r\n ")
  }

  private static func date(_ second: Int64) -> String {
    let day = Timestamp.day(ofSecond: second)
    let (year, month, date) = Timestamp.civil(day: day)
    let rest = second - day * 86_400
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][Int(((day + 4) % 7 + 7) % 7)]
    let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][Int(month - 1)]
    return "\(weekday), \(date) \(name) \(year) \(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60)) +0000"
  }
}
