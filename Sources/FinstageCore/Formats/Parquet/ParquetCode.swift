/// The codes of Parquet's metadata (parquet.thrift, format 2.11).
enum ParquetCode {
  static let boolean = 0
  static let int32 = 1
  package static let int64 = 2
  static let int96 = 3
  package static let float = 4
  package static let double = 5
  static let byteArray = 6
  static let fixedBytes = 7

  package static let plain = 0
  static let plainDictionary = 2
  static let rle = 3
  static let bitPacked = 4
  static let deltaBinaryPacked = 5
  static let deltaLengthByteArray = 6
  static let deltaByteArray = 7
  static let rleDictionary = 8
  static let byteStreamSplit = 9

  static let uncompressed = 0
  static let snappy = 1
  package static let gzip = 2
  package static let zstd = 6
  static let lz4Raw = 7

  static let dataPage = 0
  static let dictionaryPage = 2
  static let dataPageV2 = 3

  static let codecs = ["none": uncompressed, "gzip": gzip, "zstd": zstd]

  static func codecName(_ code: Int) -> String {
    let names = ["none", "snappy", "gzip", "lzo", "brotli", "lz4", "zstd", "lz4_raw"]
    return names.indices.contains(code) ? names[code] : "codec \(code)"
  }
}

/// An error inside of a Parquet file, without its place.
struct ParquetFault: Error {
  let message: String
  /// Whether the file is right, and has something that this reader does not know.
  let isUnsupported: Bool

  init(_ message: String) {
    self.message = message
    isUnsupported = false
  }

  init(unsupported message: String) {
    self.message = message
    isUnsupported = true
  }
}
