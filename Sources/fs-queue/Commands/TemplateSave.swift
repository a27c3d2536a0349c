import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Template {
  struct Save: Tool {
    static let configuration = CommandConfiguration(
      commandName: "save", abstract: "Save a template: from a file, or a command in which each {name} is a parameter.")

    @Option(help: ArgumentHelp("The template as JSON; - is standard input.", valueName: "file"), completion: .file())
    var file: String?
    @Option(help: ArgumentHelp("What the template is for.", valueName: "text")) var description: String?
    @Option(
      name: .customLong("default"),
      help: ArgumentHelp("The default value of a parameter; may be repeated.", valueName: "name=value")
    )
    var standards: [String] = []
    @OptionGroup var task: TaskOptions
    @Flag(name: .shortAndLong, help: "Say nothing but errors.") var quiet = false
    @Argument(help: "The name of the template.") var name: String
    @Argument(parsing: .postTerminator, help: "The program and its arguments.") var command: [String] = []

    mutating func validate() throws {
      guard (file != nil) != !command.isEmpty else { throw ValidationError("give either --file or a command after --") }
      guard task.after.isEmpty, task.later == nil, task.at == nil, task.limit == nil, task.rate == nil else {
        throw ValidationError("--after, --in, --at, --limit and --rate are for tasks, not for templates")
      }
      for pair in standards where !pair.contains("=") {
        throw ValidationError("--default \(pair): name=value is expected")
      }
    }

    mutating func execute() throws -> ExitStatus {
      let text = try file.map { try WholeInput.text($0, limit: 16 << 20) } ?? made()
      let template = try TemplateLibrary.parse(text, file ?? name)
      let path = try TemplateLibrary.path(name)
      guard Folder.make(try TemplateLibrary.folder()), FileContent.replace(path, with: Array(text.utf8)) else {
        throw ToolFailure(.opening(errno), "\(path): \(systemErrorText(errno))")
      }
      if !quiet { try write(["fs-queue run \(name) \(template.usage)"]) }
      return .done
    }

    /// Makes a template from a command; each {name} in the command becomes a parameter, in order.
    private func made() throws -> String {
      var names: [String] = []
      for argument in command {
        var rest = argument[...]
        while let open = rest.firstIndex(of: "{") {
          let name = rest[rest.index(after: open)...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
          rest = rest[rest.index(after: open)...]
          if !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == "}", !names.contains(String(name)) {
            names.append(String(name))
          }
        }
      }
      var values: [String: String] = [:]
      for pair in standards {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        values[sides[0]] = sides[1]
        guard names.contains(sides[0]) else {
          throw ToolFailure(.usage, "--default \(pair): {\(sides[0])} is not in the command")
        }
      }
      let parameters = names.map { name in
        JSONValue(members: [("name", .string(name)), ("default", values[name].map { .string($0) })])
      }
      // Without --cwd, the tasks run in the folder from which the template is run.
      let definition = TaskDefinition(try task.task(command)).json(withFolder: task.cwd != nil)
      // A member a line, since people edit it.
      let members =
        [
          ("description", JSONValue.string(description ?? command.joined(separator: " "))),
          ("parameters", .array(parameters)),
        ]
        + (definition.members ?? []).map { ($0.key, $0.value) }
      return "{" + members.map { "\(JSONValue.string($0.0).text): \($0.1.text)" }.joined(separator: ",\n ") + "}\n"
    }
  }
}
