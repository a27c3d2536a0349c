import FinstageCore
import FinstageStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Answers in a folder, one file each: recorded from the network, or replayed instead of it.
///
/// A file is named after a digest of the address, and begins with lines that a person can read:
///
///     GET https://host/path
///     HTTP 200
///     Content-Type: application/json
///
///     body
struct AnswerArchive: Sendable {
  let folder: String

  private func path(_ url: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    for byte in url.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return "\(folder)/\(String(repeating: "0", count: 16 - digits.count))\(digits).http"
  }

  /// The recorded answer to a request; nil if there is none.
  func answer(_ request: HTTPRequest) -> HTTPAnswer? {
    guard let source = try? DescriptorSource(path: path(request.url)) else { return nil }
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while let count = try? source.read(into: buffer), count > 0 {
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    guard let end = bytes.firstRange(of: Array("\n\n".utf8)) else { return nil }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\n")
    guard head.first == "GET \(request.url)", head.count >= 2, let status = Int(head[1].drop { !$0.isNumber }) else {
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

  /// Keeps an answer; false if it cannot be written.
  func record(_ request: HTTPRequest, _ answer: HTTPAnswer) -> Bool {
    guard Folder.make(folder) else { return false }
    let head = "GET \(request.url)\nHTTP \(answer.status)\nContent-Type: \(answer.contentType)\n\n"
    do throws(OutputError) {
      let sink = try ByteSink(path: path(request.url))
      try sink.write(head)
      try sink.write(bytes: answer.body)
      try sink.finish()
      return true
    } catch {
      return false
    }
  }
}
