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
