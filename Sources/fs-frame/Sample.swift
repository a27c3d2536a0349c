import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame sample`: a random sample of the rows, the same for the same seed.
struct Sample: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Write a random sample of the rows, in their order.")

  @Option(name: [.customShort("n"), .long], help: "How many rows.") var rows: Int?
  @Option(help: "The share of rows, 0 to 1.") var fraction: Double?
  @Option(help: "The same seed gives the same rows.") var seed: UInt64 = 1
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func validate() throws {
    guard (rows == nil) != (fraction == nil) else { throw ValidationError("give either -n or --fraction") }
    guard rows ?? 0 >= 0, (0...1).contains(fraction ?? 0) else {
      throw ValidationError("-n must not be negative, and --fraction must be 0 to 1")
    }
  }

  /// SplitMix64 (S. Vigna).
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
  }

  private final class Stage: FrameStage {
    private let rows: Int?
    private let fraction: Double
    private var random: Random
    private var seen = 0
    /// The kept rows, and a random number for each: the rows with the smallest numbers stay.
    private var kept = Frame([])
    private var draws: [UInt64] = []

    init(_ rows: Int?, _ fraction: Double, _ seed: UInt64) {
      self.rows = rows
      self.fraction = fraction
      random = Random(state: seed)
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      guard let rows else {
        let limit = fraction >= 1 ? UInt64.max : UInt64(fraction * 0x1p64)
        return try emit(frame.taking((0..<frame.rows).filter { _ in random.next() <= limit && fraction > 0 }))
      }
      let joined = kept.appending(frame)
      draws += (0..<frame.rows).map { _ in random.next() }
      guard draws.count > rows else {
        kept = joined
        return
      }
      let bound = rows == 0 ? 0 : draws.sorted()[rows - 1]
      let taken = draws.indices.filter { rows > 0 && draws[$0] <= bound }
      kept = joined.taking(taken)
      draws = taken.map { draws[$0] }
    }

    func finish(_ emit: (Frame) throws -> Void) throws {
      if rows != nil { try emit(kept) }
    }
  }

  mutating func execute() throws -> ExitStatus {
    try FrameRun("sample", input, output).run(files, Stage(rows, fraction ?? 0, seed))
  }
}
