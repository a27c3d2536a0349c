import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension TaskPriority: ExpressibleByArgument {
  public init?(argument: String) {
    guard let known = TaskPriority.allCases.first(where: { $0.name == argument }) else { return nil }
    self = known
  }

  public static var allValueStrings: [String] { allCases.map(\.name) }
  public var defaultValueDescription: String { name }
}

extension UniquePolicy: ExpressibleByArgument {}

/// `fs-queue add`: a command for later.
struct Add: Tool {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a command, or one for each line of standard input; print the numbers of the tasks.",
    discussion: """
      The command follows after --. With --each, {} in its arguments stands for the line, which is added as the last argument where \
      there is no {}; all lines are added in one transaction, or none. A shell would read {} as part of its script: give it the line as \
      an argument instead, fs-queue add --each -- sh -c 'fs-fetch "$1" | fs-indicators --sma 20' sh {}.
      """)

  @Option(help: "How urgent it is.") var priority = TaskPriority.normal
  @Option(help: "How often it is run again after a failure, 0 to 1000.") var retries = 0
  @Option(help: ArgumentHelp("The time before the first retry; doubled each time, with jitter.", valueName: "span"))
  var delay = Span(seconds: 10)
  @Option(help: ArgumentHelp("End it, and count a failure, after this time.", valueName: "span")) var timeout: Span?
  @Option(name: .customLong("in"), help: ArgumentHelp("Run it no sooner than in this time.", valueName: "span"))
  var later: Span?
  @Option(help: ArgumentHelp("Run it no sooner than at this time.", valueName: "time")) var at: String?
  @Option(help: ArgumentHelp("It fails if it has not begun after this time.", valueName: "span")) var expires: Span?
  @Option(help: ArgumentHelp("No two unfinished tasks have the same key.", valueName: "key")) var unique: String?
  @Option(help: "What to do if an unfinished task has the key.") var ifExists = UniquePolicy.reject
  @Option(help: ArgumentHelp("A variable for it; several times for more.", valueName: "name=value")) var env: [String] =
    []
  @Option(help: ArgumentHelp("Where it runs; here if not given.", valueName: "folder"), completion: .directory) var cwd:
    String?
  @Option(help: ArgumentHelp("Something to find it by; several times for more.", valueName: "word")) var tag: [String] =
    []
  @Flag(help: "One task for each line of standard input.") var each = false
  @Flag(help: "It reads what standard input has now (16 MiB at most).") var stdin = false
  @Flag(help: "Wait until it has ended, print what it prints, and end with its status.") var wait = false
  @OptionGroup var options: QueueOptions
  @Argument(parsing: .postTerminator, help: "The program and its arguments.") var command: [String] = []

  mutating func validate() throws {
    guard !command.isEmpty else {
      throw ValidationError("name a command after --, such as fs-queue add -- sh -c 'date'")
    }
    guard (0...1000).contains(retries) else { throw ValidationError("--retries is 0 to 1000") }
    guard (0.01...86_400).contains(delay.seconds) else { throw ValidationError("--delay is 10ms to 1d") }
    guard (0.01...31_536_000).contains(timeout?.seconds ?? 1) else {
      throw ValidationError("--timeout is 10ms to 365d")
    }
    guard later == nil || at == nil else { throw ValidationError("say --in or --at") }
    guard !each || !stdin, !each || unique == nil, !each || !wait else {
      throw ValidationError("--each goes without --stdin, --unique and --wait")
    }
    for pair in env where !pair.contains("=") || pair.hasPrefix("=") {
      throw ValidationError("--env \(pair): name=value is expected")
    }
  }

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    var task = NewTask(arguments: command, folder: try folder())
    task.priority = priority
    task.retries = Int64(retries)
    task.retryDelay = Int64(delay.seconds * 1000)
    task.timeout = timeout.map { Int64($0.seconds * 1000) }
    task.tags = tag
    task.uniqueKey = unique
    if let later { task.due = TaskQueue.now + Int64(min(later.seconds, 3e9) * 1000) }
    if let at {
      guard let instant = Timestamp.parse(at) else {
        throw ToolFailure(.usage, "--at \(at): a date or an instant (2026-01-31T14:30:00Z) is expected")
      }
      task.due = instant / 1_000_000
    }
    task.expires = expires.map { (task.due ?? TaskQueue.now) + Int64(min($0.seconds, 3e9) * 1000) }
    for pair in env {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      task.environment[String(sides[0])] = String(sides[1])
    }
    if stdin { task.input = try readInput(limit: 16 << 20) }
    let queue = try options.open()
    let tasks = each ? try lines().map { line in Add.filled(task, line) } : [task]
    let ids: [Int64]
    do throws(TaskQueue.Refusal) { ids = try queue.add(tasks, policy: ifExists) } catch { throw ToolFailure(error) }
    if wait, let id = ids.first { return try Wait.follow(id, queue, until: nil) }
    try write(ids.map(String.init))
    return .done
  }

  private func folder() throws(ToolFailure) -> String {
    guard let path = realpath(cwd ?? ".", nil) else {
      throw ToolFailure(.noInput, "\(cwd ?? "."): \(String(cString: strerror(errno)))")
    }
    defer { free(path) }
    return String(cString: path)
  }

  private func readInput(limit: Int) throws(ToolFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(InputError) {
      let source = try DescriptorSource(path: "-")
      var block = [UInt8](repeating: 0, count: 65_536)
      while true {
        var count = 0
        var fault: InputError?
        block.withUnsafeMutableBytes { buffer in
          do throws(InputError) { count = try source.read(into: buffer) } catch { fault = error }
        }
        if let fault { throw fault }
        if count == 0 { break }
        bytes += block[..<count]
        if bytes.count > limit { throw InputError(source: "<stdin>", message: "more than \(limit >> 20) MiB") }
      }
    } catch {
      throw ToolFailure(error)
    }
    return bytes
  }

  private func lines() throws(ToolFailure) -> [String] {
    try readInput(limit: 1 << 30).split(separator: 0x0A).compactMap { line in
      let text = String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      return text.isEmpty ? nil : text
    }
  }

  private static func filled(_ task: NewTask, _ line: String) -> NewTask {
    var result = task
    let hasPlace = task.arguments.contains { $0.contains("{}") }
    result.arguments = hasPlace ? task.arguments.map { $0.replacing("{}", with: line) } : task.arguments + [line]
    return result
  }
}
