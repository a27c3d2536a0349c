import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Template {
  struct Show: Tool {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print a template, to read or to change.")
    @Flag(help: "Its scripts only.") var script = false
    @Argument(help: "Its name.") var name: String

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
