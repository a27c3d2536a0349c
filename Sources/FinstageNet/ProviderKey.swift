import FinstageCore
import FinstageStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keys of services: from the environment (`FINSTAGE_STOOQ_KEY`), or from a file that only its owner may read
/// (`config/stooq.key`). Never an argument, which all users of a machine can see.
public enum ProviderKey {
  /// The key of a provider; nil if there is none.
  public static func find(_ provider: String) throws(FetchFailure) -> String? {
    if let value = getenv("FINSTAGE_\(provider.uppercased())_KEY"), value[0] != 0 { return String(cString: value) }
    guard let folder = HomeFolder.config.path else { return nil }
    let path = "\(folder)/\(provider).key"
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    guard status.st_mode & 0o077 == 0 else {
      throw FetchFailure(.symbol, "\(path): others may read this key (chmod 600 \(path))")
    }
    var text: [UInt8] = []
    do throws(InputError) {
      let source = try DescriptorSource(path: path)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
      defer { buffer.deallocate() }
      text += UnsafeRawBufferPointer(rebasing: buffer[..<(try source.read(into: buffer))])
    } catch {
      throw FetchFailure(.symbol, error.description)
    }
    let key = String(decoding: text, as: UTF8.self).filter { !$0.isWhitespace }
    return key.isEmpty ? nil : key
  }
}
