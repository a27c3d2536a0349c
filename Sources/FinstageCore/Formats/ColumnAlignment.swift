import FinstageSystem

/// Gives a writer frames that all have the columns of the first one with columns, by name: a column that a later frame lacks is null
/// there, one that it has in addition is left out and named once. Prices and dates
/// get the types that the user wants; any other type is the writer's affair.
final class ColumnAlignment: FrameWriter {
  private let writer: any FrameWriter
  private let warn: @Sendable (String) -> Void
  private let prices: PriceType?
  private let datesAreTimestamps: Bool
  /// For each column of decimals their number of places; nil until the first rows.
  private var scales: [Int?]?
  private var names: [String] = []
  private var types: [DataType] = []
  private var left: Set<String> = []

  init(_ writer: any FrameWriter, _ options: FormatOptions) {
    self.writer = writer
    warn = options.warn
    prices = options.prices
    datesAreTimestamps = options.datesAreTimestamps
  }

  func write(_ frame: Frame) throws {
    if names.isEmpty {
      names = frame.names
      types = frame.columns.map(\.vector.type)
      return try writer.write(typed(frame))
    }
    for name in frame.names where !names.contains(name) && left.insert(name).inserted {
      warn(
        "the column \"\(name)\" comes after the output has begun without it and is left out (--infer-rows 0 looks at all records of"
          + " NDJSON first, fs-frame select names the columns)")
    }
    try writer.write(typed(aligned(frame)))
  }

  func finish() throws { try writer.finish() }

  private func aligned(_ frame: Frame) -> Frame {
    if frame.names == names { return frame }
    return Frame(
      names.indices.map { i in
        Frame.Column(names[i], frame[names[i]] ?? Vector.nulls(types[i], count: frame.rows))
      }, rows: frame.rows)
  }

  private func typed(_ frame: Frame) throws -> Frame {
    if prices == nil && !datesAreTimestamps { return frame }
    if prices == .decimals && scales == nil && frame.rows > 0 {
      scales = frame.columns.map { column in
        guard column.vector.type == .float64 else { return nil }
        return Decimals.scale(column.vector.doubles(), column.vector.validity)
      }
    }
    var columns = frame.columns
    for (i, column) in columns.enumerated() {
      let vector = column.vector
      switch vector.type {
      case .decimal where prices == .doubles:
        columns[i].vector = Vector(.float64, .float64(vector.doubles()), validity: vector.validity)
      case .float64 where prices == .decimals:
        guard let scale = scales?[i] else { continue }
        guard let exact = vector.cast(to: .decimal(scale: scale)) else {
          throw DataError(
            "the column \"\(column.name)\" began with \(scale) decimal places and has more later (--doubles has room for all)"
          )
        }
        columns[i].vector = exact
      case .date where datesAreTimestamps:
        let type = DataType.timestamp(.millisecond, zone: nil)
        columns[i].vector = Vector(type, .int64(vector.integers().map { $0 &* 86_400_000 }), validity: vector.validity)
      default: break
      }
    }
    return Frame(columns, rows: frame.rows)
  }
}
