import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

extension Database {
  struct Backup: Tool {
    static let configuration = CommandConfiguration(
      commandName: "backup", abstract: "Copy the file as it is at one moment, while others may use it.")
    @OptionGroup var scope: Scope
    @Argument(help: "The copy, which must not be there yet.", completion: .file()) var copy: String

    mutating func execute() throws -> ExitStatus {
      guard FileDetails.size(of: copy) == nil else {
        throw ToolFailure(.cannotCreate, "\(copy): the file is there already")
      }
      try Database.open(scope.db).backUp(to: copy)
      return .done
    }
  }
}
