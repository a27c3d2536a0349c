import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics ab record`: results.
struct ABRecord: Tool {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Keep results of a test: one, or one per line on standard input.",
    discussion: """
      A line is {"unit":"user7","value":12.3} or {"variant":"new","value":12.3,"success":false}. value is a time or any figure where lower is better.
      """)
  @Argument(help: ArgumentHelp("The name of the test.", valueName: "test")) var test: String
  @Option(help: ArgumentHelp("The unit that the result belongs to.", valueName: "unit")) var unit: String?
  @Option(help: ArgumentHelp("The variant, if it is known.", valueName: "variant")) var variant: String?
  @Option(help: ArgumentHelp("The result, above zero.", valueName: "number")) var value: Double?
  @Flag(help: "Record a failure.") var failed = false
  @OptionGroup var store: MetricsStoreOption

  private static let batch = 10_000

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.existing()
    let found = try store.experiment(test)
    guard found.state == .running else {
      throw ToolFailure(.partly, "\(test) is \(found.state.rawValue): nothing was kept")
    }
    func result(_ unit: String?, _ variant: String?, _ value: Double?, _ isSuccess: Bool, _ place: String) throws
      -> ExperimentAnalysis.Result
    {
      guard let name = variant ?? unit.map({ found.variant(of: $0).name }) else {
        throw ToolFailure(.badData, "\(place)a unit or a variant is missing")
      }
      guard found.variants.contains(where: { $0.name == name }) else {
        throw ToolFailure(
          .badData, "\(place)there is no variant \"\(name)\" (\(found.variants.map(\.name).joined(separator: ", ")))")
      }
      guard !isSuccess || value.map({ $0 > 0 && $0.isFinite }) == true else {
        throw ToolFailure(.badData, "\(place)a value above zero is missing")
      }
      return .init(variant: name, value: value, isSuccess: isSuccess)
    }
    if unit != nil || variant != nil || value != nil || failed {
      try store.record(test, [try result(unit, variant, value, !failed, "")])
      return .done
    }
    guard let bytes = FileContent.bytes(0, limit: 1 << 30) else {
      throw ToolFailure(.io, "standard input: \(systemErrorText(errno))")
    }
    var waiting: [ExperimentAnalysis.Result] = []
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy({ $0 <= 0x20 }) {
      guard let record = try? JSONValue.parse(Array(line)), record.members != nil else {
        throw ToolFailure(.badData, "<stdin>:\(number + 1): {\"unit\":\"user7\",\"value\":12.3} is expected")
      }
      var isSuccess = true
      if case .bool(false)? = record["success"] { isSuccess = false }
      waiting.append(
        try result(
          record["unit"]?.string, record["variant"]?.string, record["value"]?.double, isSuccess,
          "<stdin>:\(number + 1): "))
      if waiting.count >= ABRecord.batch {
        try store.record(test, waiting)
        waiting = []
      }
    }
    try store.record(test, waiting)
    return .done
  }
}
