import FinstageSystem

/// Zstandard through the system's library, if there is one; the library is loaded on first use.
enum Zstandard {
  private typealias Decompress =
    @convention(c) (
      UnsafeMutableRawPointer?, Int, UnsafeRawPointer?, Int
    ) -> Int
  private typealias Compress =
    @convention(c) (
      UnsafeMutableRawPointer?, Int, UnsafeRawPointer?, Int, Int32
    ) -> Int
  private typealias Bound = @convention(c) (Int) -> Int
  private typealias IsError = @convention(c) (Int) -> UInt32

  private struct Library {
    let decompress: Decompress
    let compress: Compress
    let bound: Bound
    let isError: IsError
  }

  private static let library: Library? = {
    for name in ["libzstd.so.1", "libzstd.1.dylib", "/opt/homebrew/lib/libzstd.1.dylib", "libzstd.so"] {
      guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
      guard let decompress = dlsym(handle, "ZSTD_decompress"), let compress = dlsym(handle, "ZSTD_compress"),
        let bound = dlsym(handle, "ZSTD_compressBound"), let isError = dlsym(handle, "ZSTD_isError")
      else { continue }
      return Library(
        decompress: unsafeBitCast(decompress, to: Decompress.self),
        compress: unsafeBitCast(compress, to: Compress.self), bound: unsafeBitCast(bound, to: Bound.self),
        isError: unsafeBitCast(isError, to: IsError.self))
    }
    return nil
  }()

  static var isAvailable: Bool { library != nil }
  package static let missing =
    "zstd compression needs libzstd, which was not found (install the package libzstd1 or zstd)"

  /// Unpacks into exactly `size` bytes; nil if the data is damaged or of another size, or if there is no library.
  static func unpack(_ packed: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    guard let library else { return nil }
    var isWhole = false
    let result = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { out, count in
      let produced = library.decompress(out.baseAddress, size, packed.baseAddress, packed.count)
      isWhole = library.isError(produced) == 0 && produced == size
      if !isWhole { out.baseAddress!.initialize(repeating: 0, count: size) }
      count = size
    }
    return isWhole ? result : nil
  }

  static func pack(_ plain: [UInt8], level: Int32 = 3) -> [UInt8]? {
    guard let library else { return nil }
    var isWhole = false
    let result = [UInt8](unsafeUninitializedCapacity: library.bound(plain.count)) { out, count in
      let produced = plain.withUnsafeBytes {
        library.compress(out.baseAddress, out.count, $0.baseAddress, $0.count, level)
      }
      isWhole = library.isError(produced) == 0
      count = isWhole ? produced : 0
    }
    return isWhole ? result : nil
  }
}
