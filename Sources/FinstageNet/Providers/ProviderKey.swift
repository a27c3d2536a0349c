import FinstageCore
import FinstageStore
import FinstageSystem

/// Keys of services: from the environment (`FINSTAGE_STOOQ_KEY`), or from a file that only its owner may read
/// (`config/stooq.key`). A key is never an argument, since all users of a machine can see arguments.
package enum ProviderKey {
  /// What a provider's `{key}` and `{secret}` stand for.
  package static func secrets(_ provider: String) throws(FetchFailure) -> Secrets {
    var secrets = Secrets()
    for name in ["key", "secret"] { secrets.set(name, try find(provider, name)) }
    return secrets
  }

  /// Throws if a text has a placeholder for which there is no value.
  package static func check(
    _ text: String, of option: String, _ provider: String, _ secrets: Secrets
  ) throws(FetchFailure) {
    guard let missing = secrets.missing(in: text) else { return }
    let name = missing.filter { $0 != "{" && $0 != "}" }
    throw FetchFailure(
      .symbol,
      "\(option) has a \(missing), but there is no \(name) (set FINSTAGE_\(provider.uppercased())_\(name.uppercased()), or write it"
        + " to \(provider).\(name) in the folder of the configuration)")
  }

  private static func find(_ provider: String, _ name: String) throws(FetchFailure) -> String? {
    if let value = Environment["FINSTAGE_\(provider.uppercased())_\(name.uppercased())"] {
      guard value.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
        throw FetchFailure(
          .symbol, "FINSTAGE_\(provider.uppercased())_\(name.uppercased()) has spaces or control characters")
      }
      return value
    }
    guard let folder = HomeFolder.config.path else { return nil }
    let path = "\(folder)/\(provider).\(name)"
    let file = systemOpen(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw FetchFailure(.symbol, "\(path): \(systemErrorText(errno))")
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FetchFailure(.symbol, "\(path): not a file")
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw FetchFailure(.symbol, "\(path): the key of another user")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw FetchFailure(.symbol, "\(path): other users may have access to this key (run chmod 600 \(path))")
    }
    guard let text = FileContent.bytes(file, limit: 4096).map({ String(decoding: $0, as: UTF8.self) }) else {
      throw FetchFailure(.symbol, "\(path): \(systemErrorText(errno))")
    }
    let key = text.filter { !$0.isWhitespace }
    return key.isEmpty ? nil : key
  }
}
