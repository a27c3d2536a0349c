import FinstageCore
import FinstageStore
import FinstageSystem

/// Keys of services: from the environment (`FINSTAGE_STOOQ_KEY`), or from a file that only its owner may read
/// (`config/stooq.key`). A key is never an argument, since all users of a machine can see arguments.
package enum ProviderKey {
  /// The key of a provider; nil if there is none.
  package static func find(_ provider: String) throws(FetchFailure) -> String? {
    if let value = Environment["FINSTAGE_\(provider.uppercased())_KEY"] { return value }
    guard let folder = HomeFolder.config.path else { return nil }
    let path = "\(folder)/\(provider).key"
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    guard status.st_mode & 0o077 == 0 else {
      throw FetchFailure(.symbol, "\(path): other users may have access to this key (run chmod 600 \(path))")
    }
    guard let text = FileContent.text(path, limit: 4096) else {
      throw FetchFailure(.symbol, "\(path): \(systemErrorText(errno))")
    }
    let key = text.filter { !$0.isWhitespace }
    return key.isEmpty ? nil : key
  }
}
