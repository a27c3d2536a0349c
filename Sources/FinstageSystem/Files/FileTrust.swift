/// Whether files may be believed: whose they are, and who may write them (as sshd's StrictModes and git's safe.directory do).
///
/// For everything that makes a tool do something in the name of its user: queues, templates, states, caches, keys.
package enum FileTrust {
  /// Refuses a file or folder that belongs to another user than this process or root, or that others may write. One that does not
  /// exist is fine.
  /// - Parameter advice: what to do about another owner.
  /// - Throws: a failure with status 78.
  package static func check(_ path: String, advice: String) throws {
    var status = stat()
    guard ByteText.withCString(path, { stat($0, &status) }) == 0 else { return }
    try check(status, path, advice: advice)
  }

  /// The same for an open file.
  package static func check(_ descriptor: Int32, _ path: String, advice: String) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ToolFailure(.io, "\(path): \(systemErrorText(errno))") }
    try check(status, path, advice: advice)
  }

  /// The content of a file of secrets: keys, tokens, passwords. Only its owner may read it.
  /// - Throws: a failure with status 78 if others may, with 66 if there is no such file, with 74 if it cannot be read.
  package static func secret(_ path: String, limit: Int) throws -> [UInt8] {
    let file = systemOpen(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      let isMissing = errno == ENOENT || errno == ENOTDIR
      throw ToolFailure(isMissing ? .noInput : .io, "\(path): \(systemErrorText(errno))")
    }
    defer { systemClose(file) }
    try check(file, path, advice: "keep your own")
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ToolFailure(.badConfiguration, "\(path): not a file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw ToolFailure(.badConfiguration, "\(path): other users may read its secrets (chmod 600 \(path))")
    }
    guard let bytes = FileContent.bytes(file, limit: limit) else {
      throw ToolFailure(.io, "\(path): \(systemErrorText(errno))")
    }
    return bytes
  }

  private static func check(_ status: stat, _ path: String, advice: String) throws {
    let user = geteuid()
    if status.st_uid != user && status.st_uid != 0 {
      throw ToolFailure(
        .badConfiguration, "\(path): belongs to \(name(of: status.st_uid)), and not to \(name(of: user)) (\(advice))")
    }
    if status.st_mode & (S_IWGRP | S_IWOTH) != 0 {
      throw ToolFailure(
        .badConfiguration,
        "\(path): other users may write here (look at what it holds, then take that right away: chmod go-w \(path))")
    }
  }

  private static func name(of user: uid_t) -> String {
    guard let entry = getpwuid(user) else { return "user \(user)" }
    return String(cString: entry.pointee.pw_name)
  }
}
