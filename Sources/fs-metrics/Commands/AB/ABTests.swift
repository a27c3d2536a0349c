import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics ab create`: a test of variants that others run.
struct ABCreate: Tool {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make a test of variants that others run; it begins with ab start.",
    discussion: """
      A unit (a user, a symbol, a session) is assigned by a hash of the test, a salt and its name, always to the same variant. The first variant is the control.

      EXAMPLES:
        fs-metrics ab create speed --variant old=50 --variant new=50
        fs-metrics ab start speed
        case $(fs-metrics ab assign speed "$USER") in new) ... ;; *) ... ;; esac
        fs-metrics ab record speed --unit "$USER" --value 12.3
        fs-metrics ab analyze speed
      """)
  @Argument(help: ArgumentHelp("The name of the test.", valueName: "test")) var test: String
  @Option(help: ArgumentHelp("A variant and its share in percent; several times.", valueName: "name=percent"))
  var variant: [String]
  @Option(help: ArgumentHelp("End by itself at this time.", valueName: "time")) var until: String?
  @Option(help: ArgumentHelp("Stop automatically once each variant has this many results.", valueName: "count"))
  var enough = 0
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    var variants: [(name: String, percent: Double)] = []
    for text in variant {
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let percent = Double(parts[1].hasSuffix("%") ? parts[1].dropLast() : parts[1]) else {
        throw ToolFailure(.usage, "--variant \(text): a name and a share are expected, such as new=50")
      }
      variants.append((String(parts[0]), percent))
    }
    guard !test.isEmpty, test.utf8.count <= 128 else {
      throw ToolFailure(.usage, "the name of a test has 1 to 128 bytes")
    }
    var random = SystemRandomNumberGenerator()
    var made = try Experiment(
      id: test, salt: String(random.next() as UInt64, radix: 36), variants: variants,
      created: SystemClock.wallNanoseconds)
    if let until {
      guard let time = Timestamp.parse(until) else {
        throw ToolFailure(.usage, "--until \(until): this is not a valid time (2027-01-01 is one)")
      }
      made.until = time
    }
    guard enough >= 0 else { throw ToolFailure(.usage, "--enough must not be below 0") }
    made.enough = enough
    try store.open().add(made)
    return .done
  }
}

/// `fs-metrics ab list`: the tests.
struct ABList: Tool {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tests, as records.")
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: OutputOption

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.existing()
    let printer = try output.printer()
    for item in try store.experiments() {
      let test = try store.experiment(item.id)
      try printer.print([
        "test": .string(test.id), "state": .string(test.state.rawValue),
        "created": .string(Timestamp.string(test.created)),
        "started": test.started == 0 ? .null : .string(Timestamp.string(test.started)),
        "ended": test.ended == 0 ? .null : .string(Timestamp.string(test.ended)),
        "variants": .object(test.variants.map { ($0.name, .rounded(Double($0.buckets) / 100, 2)) }),
      ])
    }
    try printer.finish()
    return .done
  }
}

/// Commands that change the state of a test.
protocol ABStep: Tool {
  var test: String { get }
  var store: MetricsStoreOption { get }
  static var from: Set<Experiment.State> { get }
  static var to: Experiment.State { get }
}

extension ABStep {
  mutating func execute() throws -> ExitStatus {
    let store = try self.store.existing()
    var found = try store.experiment(test)
    guard Self.from.contains(found.state) else {
      throw ToolFailure(.partly, "\(test) is \(found.state.rawValue)")
    }
    found.state = Self.to
    if Self.to == .running, found.started == 0 { found.started = SystemClock.wallNanoseconds }
    if Self.to == .stopped { found.ended = SystemClock.wallNanoseconds }
    try store.save(found)
    return .done
  }
}

struct ABStart: ABStep {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Begin a test, or go on after a pause.")
  static let from: Set<Experiment.State> = [.draft, .paused]
  static let to = Experiment.State.running
  @Argument(help: ArgumentHelp("The name of the test.", valueName: "test")) var test: String
  @OptionGroup var store: MetricsStoreOption
}

struct ABPause: ABStep {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Assign nobody and take no results until ab start.")
  static let from: Set<Experiment.State> = [.running]
  static let to = Experiment.State.paused
  @Argument(help: ArgumentHelp("The name of the test.", valueName: "test")) var test: String
  @OptionGroup var store: MetricsStoreOption
}

struct ABStop: ABStep {
  static let configuration = CommandConfiguration(commandName: "stop", abstract: "End a test for good.")
  static let from: Set<Experiment.State> = [.running, .paused]
  static let to = Experiment.State.stopped
  @Argument(help: ArgumentHelp("The name of the test.", valueName: "test")) var test: String
  @OptionGroup var store: MetricsStoreOption
}

/// `fs-metrics ab assign`: the variants of units.
struct ABAssign: Tool {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "Print the variant of each unit: the control while the test does not run (with status 1).")
  @Argument(help: ArgumentHelp("The name of the test.", valueName: "test")) var test: String
  @Argument(help: ArgumentHelp("Users, symbols, sessions; - for one per line on standard input.", valueName: "units"))
  var units: [String]
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    let found = try store.existing().experiment(test)
    let isRunning = found.state == .running
    let names =
      units == ["-"]
      ? String(decoding: FileContent.bytes(0, limit: 1 << 28) ?? [], as: UTF8.self).split(separator: "\n").map(
        String.init) : units
    try write(names.map { isRunning ? found.variant(of: $0).name : found.control.name })
    return isRunning ? .done : .partly
  }
}

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
