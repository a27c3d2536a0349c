import FinstageCore
import FinstageSystem

/// CSV files in a folder: `SYMBOL.csv` or `SYMBOL.INTERVAL.csv`, optionally compressed with gzip (`.gz`).
///
/// Symbols are untrusted data: characters that are unsafe in a file name are percent-encoded, so the file of the symbol
/// `../x` is `..%2Fx.csv`.
struct FileProvider: Provider {
  private let folder: String
  private let map: [String: String]

  init(_ options: ProviderOptions) throws(FetchFailure) {
    guard let folder = options.folder else { throw FetchFailure(.symbol, "the provider file needs --path FOLDER") }
    self.folder = folder
    map = options.map
  }

  func source(of request: HistoryRequest) throws(FetchFailure) -> HistorySource {
    let name = FileProvider.name(request.symbol)
    let candidates = [name, request.symbol].filter { !$0.contains("/") }.flatMap { name in
      ["\(name).\(request.interval.rawValue).csv", "\(name).csv"].flatMap { [$0, $0 + ".gz"] }
    }
    guard let file = candidates.first(where: { access("\(folder)/\($0)", F_OK) == 0 }) else {
      throw FetchFailure(.symbol, "there is no \(name).csv in \(folder)")
    }
    let bytes = try FileProvider.read("\(folder)/\(file)")
    let table = TableHistory(interval: request.interval, map: map)
    return .local(TableHistory.within(request, try table.history(csv: bytes), now: SystemClock.wallSeconds))
  }

  static func name(_ symbol: String) -> String {
    symbol.utf8.map { byte in
      let isPlain =
        byte &- UInt8(ascii: "0") <= 9 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || "^=.-_".utf8.contains(byte)
      return isPlain ? String(Unicode.Scalar(byte)) : URLText.encoded(String(Unicode.Scalar(byte)))
    }.joined()
  }

  private static func read(_ path: String) throws(FetchFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(InputError) {
      let source = GzipSource(try DescriptorSource(path: path))
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
      defer { buffer.deallocate() }
      while true {
        let count = try source.read(into: buffer)
        if count == 0 { return bytes }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        guard bytes.count <= 1 << 30 else { throw InputError(source: path, message: "larger than 1 GiB: refused") }
      }
    } catch {
      throw FetchFailure(.symbol, error.sentence)
    }
  }
}
