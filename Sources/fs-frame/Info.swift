import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame info`: what a file holds, and how large its contents are in other forms.
struct Info: Tool {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract:
      "Show rows, columns, types, nulls and bounds, and the size as text, as a plain frame, narrowed, and on disk.")

  @Flag(help: "Write one JSON object for each file instead of a table.") var json = false
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup var common: CommonOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  /// What is known about a column after all frames.
  private struct Summary {
    let name: String
    var types: [String] = []
    var nulls = 0
    var least: Vector?
    var greatest: Vector?

    mutating func take(_ vector: Vector) {
      if !types.contains(vector.type.name) { types.append(vector.type.name) }
      nulls += vector.nullCount
      let order = extremes(vector)
      if let (low, high) = order {
        least = Summary.better(least, vector.slice(low..<low + 1), isLess: true)
        greatest = Summary.better(greatest, vector.slice(high..<high + 1), isLess: false)
      }
    }

    private func extremes(_ vector: Vector) -> (Int, Int)? {
      let values = Summary.comparable(vector)
      var result: (Int, Int)?
      for row in values.indices where !vector.isNull(row) && values[row] == values[row] {
        guard let (low, high) = result else {
          result = (row, row)
          continue
        }
        if values[row] < values[low] { result = (row, high) }
        if values[row] > values[high] { result = (result!.0, row) }
      }
      return result
    }

    private static func comparable(_ vector: Vector) -> [Double] {
      if vector.type.isText, let texts = vector.texts {
        let ranks = texts.ranks()
        return vector.integers().map { ranks.isEmpty ? 0 : Double(ranks[Int($0)]) }
      }
      return vector.doubles()
    }

    private static func better(_ known: Vector?, _ other: Vector, isLess: Bool) -> Vector {
      guard var both = known else { return other }
      let kept = both
      both.append(other)
      let values = comparable(both)
      return (isLess ? values[1] < values[0] : values[1] > values[0]) ? other : kept
    }
  }

  mutating func execute() throws -> ExitStatus {
    let sink = try common.anySink()
    for path in files.isEmpty ? ["-"] : files {
      let text = try describe(path)
      try sink.write(text)
    }
    try sink.finish()
    return .done
  }

  private func describe(_ path: String) throws -> String {
    var options = input.formatOptions
    options.isLive = false
    var frames: [Frame] = []
    var summaries: [Summary] = []
    var (rows, plain) = (0, 0)
    let counter = TextSize()
    let reader = try RecordInput.open(path, as: input.inputFormat?.format).frames(options)
    while let frame = try reader.next() {
      rows += frame.rows
      plain += frame.plainByteCount
      counter.take(frame)
      for column in frame.columns {
        let place: Int
        if let known = summaries.firstIndex(where: { $0.name == column.name }) {
          place = known
        } else {
          place = summaries.count
          summaries.append(Summary(name: column.name))
        }
        summaries[place].take(column.vector)
      }
      frames.append(frame.narrowed())
    }
    let narrow = Frame.joined(frames).narrowed()
    let details = (reader as? any DescribedFile)?.details ?? FileDetails()
    let size = path == "-" ? nil : FileDetails.size(of: path)
    return json
      ? jsonText(path, rows, summaries, narrow, plain, counter.bytes, size, details)
      : table(path, rows, summaries, narrow, plain, counter.bytes, size, details)
  }

  private func jsonText(
    _ path: String, _ rows: Int, _ summaries: [Summary], _ narrow: Frame, _ plain: Int, _ text: Int, _ size: Int?,
    _ details: FileDetails
  ) -> String {
    let columns = summaries.map { summary -> JSONValue in
      let vector = narrow[summary.name]
      return [
        "name": .string(summary.name), "type": .string(summary.types.joined(separator: "|")),
        "narrow_type": .string(vector?.type.name ?? "null"), "nulls": JSONValue(summary.nulls),
        "min": JSONValue(summary.least.map { $0.text(0) }), "max": JSONValue(summary.greatest.map { $0.text(0) }),
        "narrow_bytes": JSONValue(vector?.byteCount ?? 0),
      ]
    }
    let record: JSONValue = [
      "file": .string(path), "rows": JSONValue(rows), "bytes_as_ndjson": JSONValue(text),
      "bytes_as_plain_frame": JSONValue(plain), "bytes_narrowed": JSONValue(narrow.byteCount),
      "bytes_on_disk": JSONValue(size), "columns": .array(columns),
    ]
    return record.text + "\n"
  }

  private func table(
    _ path: String, _ rows: Int, _ summaries: [Summary], _ narrow: Frame, _ plain: Int, _ text: Int, _ size: Int?,
    _ details: FileDetails
  ) -> String {
    var lines = [["column", "type", "narrowed", "nulls", "min", "max", "bytes", "in the file"]]
    for summary in summaries {
      let vector = narrow[summary.name]
      let stored = details.columns[summary.name] ?? ""
      lines.append([
        summary.name, summary.types.joined(separator: "|"), vector?.type.name ?? "", String(summary.nulls),
        String((summary.least?.text(0) ?? "").prefix(32)), String((summary.greatest?.text(0) ?? "").prefix(32)),
        String(vector?.byteCount ?? 0), stored,
      ])
    }
    var result = "\(path): \(rows) rows, \(summaries.count) columns\(details.note)\n" + TextTable.aligned(lines)
    func line(_ name: String, _ bytes: Int) -> String {
      let each = rows == 0 ? 0 : (Double(bytes) / Double(rows) * 100).rounded() / 100
      return "\(name): \(bytes) bytes, \(NumberText.string(each)) a row\n"
    }
    result += line("as NDJSON", text) + line("as a plain frame of 64-bit values", plain)
    result += line("narrowed, without loss", narrow.byteCount)
    if let size { result += line("on disk", size) }
    return result
  }
}

/// The size of frames as NDJSON, in bytes.
final class TextSize {
  private(set) var bytes = 0

  func take(_ frame: Frame) {
    // First the names and the punctuation around values, then each value as it is written.
    let around = frame.names.reduce(2) { $0 + $1.utf8.count + 4 }
    bytes += frame.rows * around
    for column in frame.columns {
      let vector = column.vector
      if vector.type.isText, let texts = vector.texts {
        let lengths = (0..<texts.count).map { texts[$0].utf8.count + 2 }
        for row in 0..<frame.rows { bytes += vector.isNull(row) ? 4 : lengths[Int(vector.integer(row))] }
      } else {
        let isTime = vector.nanoseconds() != nil
        for row in 0..<frame.rows { bytes += vector.isNull(row) ? 4 : vector.text(row).utf8.count + (isTime ? 2 : 0) }
      }
    }
  }
}
