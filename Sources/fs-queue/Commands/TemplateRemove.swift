import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Template {
  struct Remove: Tool {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a template of yours.")
    @Argument(help: "Its name.") var name: String

    mutating func execute() throws -> ExitStatus {
      guard unlink(try TemplateLibrary.path(name)) == 0 else {
        throw ToolFailure(.noInput, "there is no template \"\(name)\" of yours")
      }
      return .done
    }
  }
}
