import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Schedule {
  struct Load: Tool {
    static let configuration = CommandConfiguration(
      commandName: "load",
      abstract: "Make the jobs of a file the schedules of this queue, in place of those that the file had before.")

    @Option(help: ArgumentHelp("The jobs; - is standard input.", valueName: "file"), completion: .file()) var file:
      String
    @Option(help: ArgumentHelp("The time zone to begin with, such as America/New_York.", valueName: "name")) var zone:
      String?
    @Flag(help: "Only say what is wrong with it, and when what would run.") var check = false
    @OptionGroup var options: QueueOptions

    mutating func validate() throws {
      if let zone, TimeZone.named(zone) == nil { throw ValidationError("--zone: there is no time zone \"\(zone)\"") }
    }

    mutating func execute() throws -> ExitStatus {
      let text = try WholeInput.text(file, limit: 16 << 20)
      let queue = try options.open()
      let source = file == "-" ? "-" : systemRealPath(file)
      let folder = file == "-" ? systemRealPath(".") : Folder.parent(of: source)
      let jobs = try JobsFile.parse(
        text, source: WholeInput.name(file), folder: folder, zone: zone ?? Schedule.localZone, now: queue.now)
      if !check {
        let others = try queue.schedules()
        try queue.setSchedules(jobs, source: source)
        for job in jobs {
          guard let limit = job.groupLimit else { continue }
          let group = job.definition.task.group
          try queue.change(group: group, TaskGroupChange(limit: .some(limit)))
        }
        if others.isEmpty, try queue.workers().isEmpty {
          options.diagnostics("schedule").note("no worker runs yet: fs-queue work")
        }
      }
      try write(Schedule.upcoming(jobs, count: 1, after: queue.now / 1000).map(\.text))
      return .done
    }
  }
}
