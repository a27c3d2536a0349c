import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `ts,-close` on the command line.
func sortKeys(_ text: String) -> [FrameOrder.Key] {
  names(text).map { name in
    name.hasPrefix("-") ? FrameOrder.Key(String(name.dropFirst()), isDescending: true) : FrameOrder.Key(name)
  }
}

/// `fs-frame sort`: sorts rows; equal rows keep their order.
struct Sort: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sort",
    abstract: "Sort the rows by columns; equal rows keep their order, nulls come last.",
    discussion: """
      A minus before a column reverses its order; put -- before an argument that begins with a minus: fs-frame sort -- \
      -close. Input that exceeds --memory is sorted in pieces, which are kept in TMPDIR.
      """)

  @Argument(help: ArgumentHelp("The columns, such as symbol,-ts.", valueName: "a,-b")) var by: String
  @Option(help: ArgumentHelp("How much to keep in memory.", valueName: "size")) var memory = ByteSize(
    bytes: 256 << 20)
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  private final class Stage: FrameStage {
    private let keys: [FrameOrder.Key]
    private let limit: Int
    private var frames: [Frame] = []
    private var bytes = 0
    private var runs: [TemporaryFrames] = []

    init(_ keys: [FrameOrder.Key], _ limit: Int) {
      self.keys = keys
      self.limit = limit
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      for key in keys { _ = try FrameRun.place(key.column, in: frame) }
      frames.append(frame)
      bytes += frame.byteCount
      // Sorting makes a second copy.
      if bytes > limit / 2 { try spill() }
    }

    /// What has been read since the last spill, and the order of its rows.
    private func sorted() -> (frame: Frame, order: [Int]) {
      let all = Frame.joined(frames)
      frames = []
      bytes = 0
      return (all, FrameOrder.rows(all, by: keys))
    }

    private func spill() throws {
      let run = try TemporaryFrames()
      let (all, order) = sorted()
      try run.write(all.taking(order))
      runs.append(run)
    }

    func finish(_ emit: (Frame) throws -> Void) throws {
      guard !runs.isEmpty else {
        let (all, order) = sorted()
        if all.rows == 0 { return try emit(all) }
        // In pieces, so that writers can work on several at once.
        for start in stride(from: 0, to: all.rows, by: 131_072) {
          try emit(all.taking(Array(order[start..<min(start + 131_072, all.rows)])))
        }
        return
      }
      if !frames.isEmpty { try spill() }
      var cursors: [RowCursor] = []
      for (i, run) in runs.enumerated() {
        let reader = try run.reader()
        cursors.append(
          try RowCursor(i, keys) {
            return try reader.next()
          })
      }
      try SortedMerge.run(cursors, emit)
    }
  }

  mutating func validate() throws {
    guard (1 << 20...1 << 40).contains(memory.bytes) else { throw ValidationError("--memory must be 1MiB to 1TiB") }
  }

  mutating func execute() throws -> ExitStatus {
    try FrameRun("sort", input, output, naming: sortKeys(by).map(\.column)).run(
      files, Stage(sortKeys(by), memory.bytes))
  }
}
