import FinstageCore

/// A request of HTTP/1.1 (RFC 9112): its head, and its body where it has one.
package struct HTTPRequest: Sendable {
  package let method: String
  /// The part of the target before "?", not decoded.
  package let path: String
  package let query: String
  /// In the order in which they came, the names in small letters.
  package let headers: [(name: String, value: String)]
  package var body: [UInt8] = []

  /// What is wrong, as the status to answer.
  package struct Fault: Error, Equatable {
    package let status: Int
    package let reason: String

    package init(status: Int, reason: String) {
      self.status = status
      self.reason = reason
    }
  }

  /// Whether it is one of HTTP/1.0.
  package var isOld = false
  /// Whether nothing follows on its connection.
  package var isLast: Bool { has("close", in: "connection") || isOld && !has("keep-alive", in: "connection") }

  /// The values of a header, in order, as one list; nil if it is not there.
  package func header(_ name: String) -> String? {
    let values = headers.filter { $0.name == name }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// Whether a header that is a list has a word, whatever its letters' case.
  package func has(_ word: String, in name: String) -> Bool {
    (header(name) ?? "").lowercased().split(whereSeparator: { $0 == "," || $0 == " " || $0 == "\t" }).contains {
      $0 == word
    }
  }

  /// A parameter of the query, decoded.
  package func parameter(_ name: String) -> String? {
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts[0] == name { return HTTPRequest.decoded(parts.count > 1 ? String(parts[1]) : "") }
    }
    return nil
  }

  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// How many bytes of body follow. Bodies come with a length here; pieces without one are refused.
  package func bodyLength(limit: Int) throws(Fault) -> Int {
    if header("transfer-encoding") != nil { throw Fault(status: 501, reason: "send the body with a Content-Length") }
    guard let text = header("content-length") else { return 0 }
    guard let length = Int(text), length >= 0, text.allSatisfy(\.isNumber) else {
      throw Fault(status: 400, reason: "Content-Length is not a number")
    }
    guard length <= limit else { throw Fault(status: 413, reason: "the body is larger than \(limit) bytes") }
    return length
  }

  package static let largestHead = 16 << 10
  private static let mostHeaders = 100

  /// Reads the head that `bytes` begin with; nil if it is not complete.
  /// - Returns: the request, and how many bytes its head has.
  package static func parse(_ bytes: [UInt8]) throws(Fault) -> (request: HTTPRequest, length: Int)? {
    guard let end = endOfHead(bytes) else {
      if bytes.count > largestHead { throw Fault(status: 431, reason: "the head is larger than 16 KiB") }
      return nil
    }
    guard end <= largestHead else { throw Fault(status: 431, reason: "the head is larger than 16 KiB") }
    func bad(_ reason: String) -> Fault { Fault(status: 400, reason: reason) }
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < end - 2 {
      let stop = bytes[start...].firstIndex(of: 0x0D)!
      guard bytes[stop + 1] == 0x0A else { throw bad("a carriage return without a line feed") }
      lines.append(bytes[start..<stop])
      start = stop + 2
    }
    guard let first = lines.first else { throw bad("no request line") }
    let words = first.split(separator: 0x20, omittingEmptySubsequences: false)
    guard words.count == 3, words.allSatisfy({ !$0.isEmpty }), words[0].allSatisfy(isTokenByte),
      words[1].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw bad("this is not a request line") }
    let version = String(decoding: words[2], as: UTF8.self)
    guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
      throw Fault(status: 505, reason: "HTTP/1.1 is spoken here")
    }
    let target = String(decoding: words[1], as: UTF8.self)
    guard target.hasPrefix("/") else { throw bad("the target must be a path") }
    guard lines.count <= mostHeaders + 1 else { throw Fault(status: 431, reason: "more than \(mostHeaders) headers") }
    var headers: [(name: String, value: String)] = []
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy(isTokenByte)
      else { throw bad("this is not a header") }
      let value = line[(colon + 1)...]
      guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw bad("a control character in a header")
      }
      let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
      var trimmed = value.drop(while: isSpace)
      while let last = trimmed.last, isSpace(last) { trimmed = trimmed.dropLast() }
      headers.append(
        (String(decoding: line[..<colon], as: UTF8.self).lowercased(), String(decoding: trimmed, as: UTF8.self)))
    }
    let hosts = headers.count { $0.name == "host" }
    guard hosts == 1 || hosts == 0 && version == "HTTP/1.0" else { throw bad("there must be one Host header") }
    guard headers.count(where: { $0.name == "content-length" }) <= 1 else { throw bad("two Content-Length headers") }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var request = HTTPRequest(
      method: String(decoding: words[0], as: UTF8.self), path: String(parts[0]),
      query: parts.count > 1 ? String(parts[1]) : "", headers: headers)
    request.isOld = version == "HTTP/1.0"
    return (request, end)
  }

  /// Where the empty line ends that ends a head; nil if it has not come.
  static func endOfHead(_ bytes: [UInt8]) -> Int? {
    var i = 3
    while i < bytes.count {
      if bytes[i] == 0x0A, bytes[i - 1] == 0x0D, bytes[i - 2] == 0x0A, bytes[i - 3] == 0x0D { return i + 1 }
      i += 1
    }
    return nil
  }

  /// The characters of a token (RFC 9110, section 5.6.2).
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

/// An answer, as bytes.
package enum HTTPAnswer {
  private static let reasons = [
    101: "Switching Protocols", 200: "OK", 204: "No Content", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
    404: "Not Found", 405: "Method Not Allowed", 409: "Conflict", 413: "Content Too Large", 421: "Misdirected Request",
    426: "Upgrade Required",
    429: "Too Many Requests", 431: "Request Header Fields Too Large", 500: "Internal Server Error",
    501: "Not Implemented",
    503: "Service Unavailable", 505: "HTTP Version Not Supported",
  ]

  package static func bytes(
    _ status: Int, type: String = "text/plain; charset=utf-8", headers: [(String, String)] = [], _ body: [UInt8],
    closes: Bool = false
  ) -> [UInt8] {
    var head = "HTTP/1.1 \(status) \(reasons[status] ?? "Status")\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if status != 101 && status != 204 {
      head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\nX-Content-Type-Options: nosniff\r\n"
    }
    if closes { head += "Connection: close\r\n" }
    return Array((head + "\r\n").utf8) + body
  }

  package static func json(_ status: Int, _ value: JSONValue, headers: [(String, String)] = []) -> [UInt8] {
    bytes(status, type: "application/json", headers: headers, Array((value.text + "\n").utf8))
  }

  /// What a request with HEAD gets: the same without the body.
  package static func head(of answer: [UInt8]) -> [UInt8] {
    guard let end = HTTPRequest.endOfHead(answer) else { return answer }
    return Array(answer[..<end])
  }

  /// The head of an answer without an end.
  package static func stream(type: String, headers: [(String, String)]) -> [UInt8] {
    var head = "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    return Array((head + "Connection: close\r\n\r\n").utf8)
  }
}
