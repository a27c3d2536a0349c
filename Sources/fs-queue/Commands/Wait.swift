import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue wait`: waits until tasks have ended.
struct Wait: Tool {
  static let configuration = CommandConfiguration(
    commandName: "wait",
    abstract: "Wait until tasks have ended; end with the status of the task, or 1 if one of several has failed.")

  @Option(help: ArgumentHelp("No longer than this; status 75 then.", valueName: "span")) var timeout: TimeSpan?
  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks.") var ids: [Int64]

  mutating func execute() throws -> ExitStatus {
    let follower = Follower(try options.open(), options.diagnostics("wait"))
    let end = timeout.map { SystemClock.monotonic + $0.seconds }
    var statuses: [Int32] = []
    for id in ids { statuses.append(try follower.end(of: id, until: end)) }
    if statuses.count == 1 { systemExitWith(statuses[0]) }
    if statuses.contains(75) { return .tryLater }
    return statuses.allSatisfy { $0 == 0 } ? .done : .partly
  }
}
