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
      Give the parameters in order or by name: fs-queue run process_dataset AAPL --period 1y. fs-queue template list \
      shows the parameters of each template. The options of this command, such as --priority and --wait, come before \
      the name of the template.
      """)

  @Option(help: "How urgent the tasks are, instead of what the template says.") var priority: TaskPriority?
  @Option(help: ArgumentHelp("A key that no two unfinished tasks may share.", valueName: "key")) var unique: String?
  @Option(help: "What to do if an unfinished task has the key.") var ifExists = UniquePolicy.reject
  @Flag(help: "Wait for the last task, print its output as it comes, and exit with its status.") var wait = false
  @OptionGroup var options: QueueOptions
  @Argument(help: "The name of a template.") var name: String
  @Argument(parsing: .captureForPassthrough, help: "The values of its parameters.") var values: [String] = []

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
    // --wait may also come after the values.
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
