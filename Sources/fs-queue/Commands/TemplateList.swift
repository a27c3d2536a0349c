import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Template {
  struct Names: Tool {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the available templates.")

    mutating func execute() throws -> ExitStatus {
      var rows = [["name", "parameters", "what it does"]]
      for (name, isOwn) in try TemplateLibrary.names() {
        do {
          let template = try TemplateLibrary.template(name)
          rows.append([name, template.usage, Terminal.plain(template.description) + (isOwn ? " (yours)" : "")])
        } catch {
          rows.append([name, "", error.sentence])
        }
      }
      try write(TextTable.lines(rows))
      return .done
    }
  }
}
