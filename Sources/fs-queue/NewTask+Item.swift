import FinstageCore
import FinstageQueue
import FinstageSystem

extension NewTask {
  /// The task for a line of input, which stands where {} does, or is the last argument where there is no {}.
  func filled(_ line: String) -> NewTask {
    var result = self
    let hasPlace = arguments.contains { $0.contains("{}") }
    result.arguments = hasPlace ? arguments.map { $0.replacing("{}", with: line) } : arguments + [line]
    result.item = line
    result.uniqueKey = uniqueKey?.replacing("{}", with: line)
    return result
  }
}
