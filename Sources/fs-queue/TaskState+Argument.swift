import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension TaskState: ExpressibleByArgument {
  package init?(argument: String) {
    guard let known = TaskState.named(argument) else { return nil }
    self = known
  }

  package static var allValueStrings: [String] { allCases.map(\.name) }
  package var defaultValueDescription: String { name }
}
