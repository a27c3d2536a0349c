import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Template {
  struct Remove: Tool {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove one of your templates.")
    @Argument(help: "The name of the template.") var name: String

    mutating func execute() throws -> ExitStatus {
      guard unlink(try TemplateLibrary.path(name)) == 0 else {
        throw ToolFailure(.noInput, "you have no template \"\(name)\"")
      }
      return .done
    }
  }
}
