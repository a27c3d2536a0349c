import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Schedule {
  struct Names: Tool {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List schedules with the outcome of their last runs.")
    @Flag(help: "Print one JSON object a line instead of a table.") var json = false
    @OptionGroup var options: QueueOptions

    mutating func execute() throws -> ExitStatus {
      let queue = try options.open()
      let schedules = try queue.schedules()
      if json {
        try write(schedules.map { ScheduleRecord.description.json($0).text })
        return .done
      }
      let rows = schedules.map { schedule in
        [
          schedule.job.name, schedule.next.map { JSONValue(time: $0).plainText } ?? "never",
          schedule.lastTask.map(String.init) ?? "-", schedule.lastStatus.map(String.init) ?? "-",
          "\(schedule.succeeded)/\(schedule.total)", schedule.job.rule.text,
        ]
      }
      let table = TextTable.lines([["name", "next", "last task", "status", "succeeded", "rule"]] + rows)
      try write(table)
      return .done
    }
  }
}
