import FinstageCore
import FinstageStore
import FinstageSystem

/// Keys of services: from the environment (`FINSTAGE_STOOQ_KEY`), or from a file that only its owner may read
/// (`config/stooq.key`). A key is never an argument, since all users of a machine can see arguments.
package enum ProviderKey {
  /// What a provider's `{key}` and `{secret}` stand for.
  package static func secrets(_ provider: String) throws -> Secrets {
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

  private static func find(_ provider: String, _ name: String) throws -> String? {
    if let value = Environment["FINSTAGE_\(provider.uppercased())_\(name.uppercased())"] {
      guard value.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
        throw ToolFailure(
          .usage, "FINSTAGE_\(provider.uppercased())_\(name.uppercased()) has spaces or control characters")
      }
      return value
    }
    guard let folder = HomeFolder.config.path else { return nil }
    let path = "\(folder)/\(provider).\(name)"
    if FileContent.size(path) == nil, errno == ENOENT || errno == ENOTDIR { return nil }
    let text = String(decoding: try FileTrust.secret(path, limit: 4096), as: UTF8.self)
    let key = text.filter { !$0.isWhitespace }
    return key.isEmpty ? nil : key
  }
}
