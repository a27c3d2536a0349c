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
      abstract: "Load the jobs of a file as schedules, in place of those that were loaded from that file before.")

    @Option(help: ArgumentHelp("The file of jobs; - is standard input.", valueName: "file"), completion: .file())
    var file: String
    @Option(
      help: ArgumentHelp("The time zone until the file sets another, such as America/New_York.", valueName: "name"))
    var zone: String?
    @Flag(help: "Only check the file, and show when each job would fire next.") var check = false
    @OptionGroup var options: QueueOptions

    mutating func validate() throws {
      if let zone, TimeZone.named(zone) == nil { throw ValidationError("--zone: there is no time zone \"\(zone)\"") }
    }

    mutating func execute() throws -> ExitStatus {
      let text = try WholeInput.text(file, limit: 16 << 20)
      if file != "-" { try FileTrust.check(file, advice: "it has commands: keep your own") }
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
          try queue.change(group: group, QueueGroupChange(limit: .some(limit)))
        }
        if others.isEmpty, try queue.workers().isEmpty {
          options.diagnostics("schedule").note("no worker is running yet (start one with fs-queue work)")
        }
      }
      try write(Schedule.upcoming(jobs, count: 1, after: queue.now / 1000).map(\.text))
      return .done
    }
  }
}
