import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue run`, `fs-queue template run`: adds the tasks of a template.
struct RunTemplate: Tool {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Add the tasks of a template; print the number of the last one.",
    discussion: """
      Its parameters come in order, or by name: fs-queue run process_dataset AAPL --period 1y. fs-queue template list tells which there are. The options \
      of this command, such as --priority and --wait, come before the name.
      """)

  @Option(help: "How urgent it is, if not as the template says.") var priority: TaskPriority?
  @Option(help: ArgumentHelp("No two unfinished tasks have the same key.", valueName: "key")) var unique: String?
  @Option(help: "What to do if an unfinished task has the key.") var ifExists = UniquePolicy.reject
  @Flag(help: "Wait until it has ended, print what it prints, and end with its status.") var wait = false
  @OptionGroup var options: QueueOptions
  @Argument(help: "The name of a template.") var name: String
  @Argument(parsing: .captureForPassthrough, help: "Values of its parameters.") var values: [String] = []

  mutating func execute() throws -> ExitStatus {
    let template = try TemplateLibrary.template(name)
    if values == ["--help"] || values == ["-h"] {
      var lines = ["fs-queue run \(name) \(template.usage)", template.description]
      for parameter in template.parameters {
        var line = "  \(parameter.name): \(parameter.help.isEmpty ? parameter.kind.rawValue : parameter.help)"
        if !parameter.choices.isEmpty { line += " (\(parameter.choices.joined(separator: ", ")))" }
        lines.append(line)
      }
      try write(lines)
      return .done
    }
    // Options of ours that were put at the end are meant all the same.
    var arguments = values
    if let place = arguments.firstIndex(of: "--wait"), !template.parameters.contains(where: { $0.name == "wait" }) {
      arguments.remove(at: place)
      wait = true
    }
    var tasks: [NewTask]
    do {
      tasks = try template.graph(name, arguments, folder: systemRealPath(".")).tasks
    } catch let failure as TaskDefinition.Failure {
      throw ToolFailure(.usage, "\(name): \(failure.sentence)")
    }
    if let priority { for i in tasks.indices { tasks[i].priority = priority } }
    if let unique { tasks[tasks.count - 1].uniqueKey = unique }
    let queue = try options.open()
    let ids = try queue.add(tasks, policy: ifExists)
    if wait { return try Follower(queue, options.diagnostics("run")).follow(ids[ids.count - 1]) }
    try write([String(ids[ids.count - 1])])
    return .done
  }
}
