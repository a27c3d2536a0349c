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

/// Templates by name: files of the user, then those that come with fs-queue.
enum TemplateLibrary {
  /// Where the user's templates are.
  static func folder() throws(ToolFailure) -> String {
    guard let config = HomeFolder.config.path else {
      throw ToolFailure(.badConfiguration, "no folder for templates is known (set HOME or FINSTAGE_HOME)")
    }
    return config + "/templates"
  }

  static func path(_ name: String) throws(ToolFailure) -> String {
    guard (1...100).contains(name.utf8.count), name.first != ".",
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    else { throw ToolFailure(.usage, "\"\(name)\": a template's name has letters, digits, \"-\", \"_\" and \".\"") }
    return "\(try folder())/\(name).json"
  }

  /// The text of a template, and where it is from.
  static func text(_ name: String) throws(ToolFailure) -> (text: String, source: String) {
    let path = try path(name)
    if Folder.has(path) {
      do throws(InputError) {
        return (String(decoding: try WholeInput.read(path, limit: 16 << 20), as: UTF8.self), path)
      } catch {
        throw ToolFailure(error)
      }
    }
    // daily-report is daily_report.
    let plain = name.replacing("-", with: "_")
    if let known = BuiltInTemplates.all.first(where: { $0.name == plain }) { return (known.text, "finstage") }
    throw ToolFailure(
      .noInput, "there is no template \"\(name)\" (there are: \(try names().map(\.name).joined(separator: ", ")))")
  }

  static func template(_ name: String) throws(ToolFailure) -> TaskTemplate {
    let (text, source) = try text(name)
    return try parse(text, source == "finstage" ? name : source)
  }

  static func parse(_ text: String, _ source: String) throws(ToolFailure) -> TaskTemplate {
    let json: JSONDocument
    do throws(JSONDocument.Failure) { json = try JSONDocument.parse(Array(text.utf8)) } catch {
      throw ToolFailure(.badData, "\(source): byte \(error.byte): \(error.message)")
    }
    do throws(TaskTemplate.Failure) { return try TaskTemplate(json) } catch {
      throw ToolFailure(.badData, "\(source): \(error.message)")
    }
  }

  static func names() throws(ToolFailure) -> [(name: String, isOwn: Bool)] {
    var names: [(String, Bool)] = []
    for file in Folder.names(in: try folder()) where file.hasSuffix(".json") && !file.hasPrefix(".") {
      names.append((String(file.dropLast(5)), true))
    }
    for template in BuiltInTemplates.all where !names.contains(where: { $0.0 == template.name }) {
      names.append((template.name, false))
    }
    return names.sorted { $0.0 < $1.0 }
  }
}

/// `fs-queue template`: tasks with parameters.
struct Template: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Keep tasks with parameters under a name, and run them.",
    discussion: """
      A template is a file of JSON in the folder templates of the configuration: "description", "parameters" (each with "name", and maybe "type", \
      "default", "choices", "help"), and a task ("shell" or "command", see fs-queue add), or "tasks" that depend on each other, or a "chain" of them. \
      Types are text, symbol, integer, number, date, span, and for the last one list or symbols. Values are variables of the tasks, those of \
      the list the arguments of the script; in a "command" {name} stands for a value.
      """,
    subcommands: [Save.self, Show.self, Names.self, Remove.self, RunTemplate.self], defaultSubcommand: Names.self)

  struct Save: Tool {
    static let configuration = CommandConfiguration(
      commandName: "save", abstract: "Keep a template: from a file, or a command whose {name} are parameters.")

    @Option(help: ArgumentHelp("The template as JSON; - is standard input.", valueName: "file"), completion: .file())
    var file: String?
    @Option(help: ArgumentHelp("What it is for.", valueName: "text")) var description: String?
    @Option(
      name: .customLong("default"),
      help: ArgumentHelp("The value of a parameter that is not given; several times for more.", valueName: "name=value")
    )
    var standards: [String] = []
    @OptionGroup var task: TaskOptions
    @Flag(name: .shortAndLong, help: "Say nothing but errors.") var quiet = false
    @Argument(help: "Its name.") var name: String
    @Argument(parsing: .postTerminator, help: "The program and its arguments.") var command: [String] = []

    mutating func validate() throws {
      guard (file != nil) != !command.isEmpty else { throw ValidationError("give --file, or a command after --") }
      guard task.after.isEmpty, task.later == nil, task.at == nil, task.limit == nil, task.rate == nil else {
        throw ValidationError("--after, --in, --at, --limit and --rate are for tasks, not for templates")
      }
      for pair in standards where !pair.contains("=") {
        throw ValidationError("--default \(pair): name=value is expected")
      }
    }

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let text: String
      if let file {
        do throws(InputError) {
          text = String(decoding: try WholeInput.read(file, limit: 16 << 20), as: UTF8.self)
        } catch {
          throw ToolFailure(error)
        }
      } else {
        text = try made()
      }
      let template = try TemplateLibrary.parse(text, file ?? name)
      let path = try TemplateLibrary.path(name)
      guard Folder.make(try TemplateLibrary.folder()) else {
        throw ToolFailure(.cannotCreate, "\(path): \(systemErrorText(errno))")
      }
      do throws(OutputError) {
        let sink = try ByteSink(path: path)
        try sink.write(text)
        try sink.finish()
      } catch {
        throw ToolFailure(error)
      }
      if !quiet { try write(["fs-queue run \(name) \(template.usage)"]) }
      return .done
    }

    /// A template of a command: {name} in it are its parameters, in order.
    private func made() throws(ToolFailure) -> String {
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
        "{\"name\":\(JSONString.quoted(name))" + (values[name].map { ",\"default\":\(JSONString.quoted($0))" } ?? "")
          + "}"
      }
      // Where it runs is for those to say who run it.
      let definition = TaskDefinition(try task.task(command)).json(withFolder: task.cwd != nil)
      return
        "{\"description\":\(JSONString.quoted(description ?? command.joined(separator: " "))),\n \"parameters\":[\(parameters.joined(separator: ","))],\n \(definition.dropFirst())\n"
    }
  }

  struct Show: Tool {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print a template, to read or to change.")
    @Flag(help: "Its scripts only.") var script = false
    @Argument(help: "Its name.") var name: String

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let (text, source) = try TemplateLibrary.text(name)
      if script {
        let template = try TemplateLibrary.parse(text, source)
        try write(template.scripts)
      } else {
        try write([text.hasSuffix("\n") ? String(text.dropLast()) : text])
      }
      return .done
    }
  }

  struct Names: Tool {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the templates there are.")

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      var rows = [["name", "parameters", "what it does"]]
      for (name, isOwn) in try TemplateLibrary.names() {
        do throws(ToolFailure) {
          let template = try TemplateLibrary.template(name)
          rows.append([name, template.usage, template.description + (isOwn ? " (yours)" : "")])
        } catch {
          rows.append([name, "", error.message])
        }
      }
      try write(TextTable.lines(rows))
      return .done
    }
  }

  struct Remove: Tool {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a template of yours.")
    @Argument(help: "Its name.") var name: String

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      guard unlink(try TemplateLibrary.path(name)) == 0 else {
        throw ToolFailure(.noInput, "there is no template \"\(name)\" of yours")
      }
      return .done
    }
  }
}

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

  mutating func execute() throws(ToolFailure) -> ExitStatus {
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
    let graph: TaskGraph
    do throws(TaskTemplate.Failure) { graph = try template.graph(name, arguments, folder: systemRealPath(".")) } catch {
      throw ToolFailure(.usage, "\(name): \(error.message)")
    }
    var tasks = graph.tasks
    if let priority { for i in tasks.indices { tasks[i].priority = priority } }
    if let unique { tasks[tasks.count - 1].uniqueKey = unique }
    let queue = try options.open()
    let ids: [Int64]
    do throws(TaskRefusal) { ids = try queue.add(tasks, policy: ifExists) } catch { throw ToolFailure(error) }
    if wait { return try Follower(queue, options.diagnostics("run")).follow(ids[ids.count - 1]) }
    try write([String(ids[ids.count - 1])])
    return .done
  }
}
