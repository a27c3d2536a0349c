import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

extension Database {
  struct Check: Tool {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Check the whole file, which others may use meanwhile; exit with status 65 if it is damaged.")
    @OptionGroup var scope: Scope

    mutating func execute() throws -> ExitStatus {
      let faults = try Database.open(scope.db).faults()
      let sink = try scope.common.anySink()
      for line in faults.isEmpty ? ["ok"] : faults { try sink.write(line + "\n") }
      try sink.finish()
      return faults.isEmpty ? .done : .badData
    }
  }
}
