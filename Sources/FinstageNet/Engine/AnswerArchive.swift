import FinstageCore
import FinstageStore
import FinstageSystem

/// A folder of answers, one file each, recorded from the network or replayed in its place.
///
/// A file is named after a hash of the address and begins with readable lines:
///
///     GET https://host/path
///     HTTP 200
///     Content-Type: application/json
///
///     body
struct AnswerArchive: Sendable {
  let folder: String

  private func path(_ request: HTTPRequest) -> String {
    // The address alone tells requests apart, unless they send something.
    var hash = StableHash(request.name)
    if !request.isCacheable {
      hash.add("\n\(request.method.rawValue)\n".utf8)
      hash.add(request.body)
    }
    return "\(folder)/\(hash.text).http"
  }

  private static func firstLine(_ request: HTTPRequest) -> String { "\(request.method.rawValue) \(request.name)" }

  /// The recorded answer to a request; nil if there is none.
  func answer(_ request: HTTPRequest) -> HTTPAnswer? {
    guard let bytes = FileContent.bytes(path(request)) else { return nil }
    guard let end = bytes.firstRange(of: Array("\n\n".utf8)) else { return nil }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\n")
    guard head.first == AnswerArchive.firstLine(request)[...], head.count >= 2,
      let status = Int(head[1].drop { !$0.isNumber })
    else {
      return nil
    }
    var answer = HTTPAnswer()
    answer.status = status
    answer.address = request.url
    answer.body = Array(bytes[end.upperBound...])
    for line in head.dropFirst(2) where line.hasPrefix("Content-Type: ") {
      answer.contentType = String(line.dropFirst(14))
    }
    return answer
  }

  /// Records an answer; false if it cannot be written.
  func record(_ request: HTTPRequest, _ answer: HTTPAnswer) -> Bool {
    guard Folder.make(folder) else { return false }
    let head = "\(AnswerArchive.firstLine(request))\nHTTP \(answer.status)\nContent-Type: \(answer.contentType)\n\n"
    do {
      let sink = try ByteSink(path: path(request))
      try sink.write(head)
      try sink.write(bytes: answer.body)
      try sink.finish()
      return true
    } catch {
      return false
    }
  }
}
