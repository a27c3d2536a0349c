import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

extension Database {
  struct Backup: Tool {
    static let configuration = CommandConfiguration(
      commandName: "backup", abstract: "Copy a consistent snapshot of the file, which others may use meanwhile.")
    @OptionGroup var scope: Scope
    @Argument(help: "The copy; this file must not exist yet.", completion: .file()) var copy: String

    mutating func execute() throws -> ExitStatus {
      guard FileDetails.size(of: copy) == nil else {
        throw ToolFailure(.cannotCreate, "\(copy): the file already exists")
      }
      try Database.open(scope.db).backUp(to: copy)
      return .done
    }
  }
}
