import FinstageSystem

/// The tokens of clients, and the one of the administrator, which a server makes for its own user.
enum Tokens {
  private static let largestFile = 1 << 20

  /// The content of a file of secrets.
  static func file(_ path: String) throws -> [UInt8] { try FileTrust.secret(path, limit: largestFile) }

  /// The content of a file that may be for everybody.
  static func publicFile(_ path: String) throws -> [UInt8] {
    guard let bytes = FileContent.bytes(path, limit: largestFile) else {
      throw ToolFailure(.noInput, "\(path): \(systemErrorText(errno))")
    }
    return bytes
  }

  /// The first token of a file, to be shown to a server.
  static func first(_ path: String) throws -> String {
    let lines = String(decoding: try file(path), as: UTF8.self).split(whereSeparator: \.isNewline)
    let tokens = lines.compactMap { $0.split(whereSeparator: \.isWhitespace).first }.filter { !$0.hasPrefix("#") }
    guard let token = tokens.first else {
      throw ToolFailure(.badConfiguration, "\(path): there is no token in it (one a line)")
    }
    return String(token)
  }

  static func path(port: Int) -> String? { HomeFolder.state.path.map { "\($0)/stream-\(port).token" } }

  /// A new token, in a file that only this user may read.
  static func makeAdminToken(port: Int) throws -> String {
    var random = SystemRandomNumberGenerator()
    let token = (0..<4).map { _ in String(random.next() as UInt64, radix: 36) }.joined()
    guard let path = path(port: port) else { return token }
    _ = Folder.make(Folder.parent(of: path))
    unlink(path)
    let descriptor = systemOpen(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ToolFailure(.cannotCreate, "\(path): \(systemErrorText(errno))") }
    defer { systemClose(descriptor) }
    FileContent.write(Array((token + "\n").utf8), to: descriptor)
    return token
  }

  static func removeAdminToken(port: Int) { if let path = path(port: port) { unlink(path) } }

  static func adminToken(port: Int) -> String? {
    path(port: port).flatMap { FileContent.bytes($0, limit: 4096) }.map {
      String(String(decoding: $0, as: UTF8.self).prefix { !$0.isNewline })
    }
  }
}
