import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Template {
  struct Show: Tool {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print a template, to read or edit.")
    @Flag(help: "Print only the scripts of the template.") var script = false
    @Argument(help: "The name of the template.") var name: String

    mutating func execute() throws -> ExitStatus {
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
}
