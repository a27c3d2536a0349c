import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue group`: sets and shows the limits that tasks of a group share.
struct Group: Tool {
  static let configuration = CommandConfiguration(
    commandName: "group",
    abstract: "Set the limits of a group of tasks; without options, show one group or all.",
    discussion: """
      Limits apply to all workers together. A full group never slows down the others, however long its backlog.
      """)

  @Option(help: ArgumentHelp("Run at most this many tasks at a time, or none for no limit.", valueName: "n"))
  var limit: String?
  @Option(
    help: ArgumentHelp("Start tasks no faster than this, such as 30/m, or none for no limit.", valueName: "rate"))
  var rate: String?
  @Flag(help: "Start no more tasks of the group.") var pause = false
  @Flag(help: "Let tasks of the group start again.") var resume = false
  @Flag(help: "Print one JSON object a line instead of a table.") var json = false
  @OptionGroup var options: QueueOptions
  @Argument(help: "The name of the group.") var name: String?

  mutating func validate() throws {
    guard !pause || !resume else { throw ValidationError("--pause excludes --resume") }
    if limit != nil || rate != nil || pause || resume, name?.isEmpty ?? true {
      throw ValidationError("the name of the group is missing")
    }
    if let limit, limit != "none", !(Int64(limit).map { (1...1_000_000).contains($0) } ?? false) {
      throw ValidationError("--limit must be 1 to 1000000, or none")
    }
    if let rate, rate != "none", !(Rate(rate).map { (1 / 86_400...1000).contains($0.perSecond) } ?? false) {
      throw ValidationError("--rate must be a rate such as 5/s, 30/m or 100/h (at most 1000/s), or none")
    }
  }

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    var change = QueueGroupChange()
    if let limit { change.limit = .some(Int64(limit)) }
    if let rate { change.gap = .some(Rate(rate).map { Int64(1_000_000 / $0.perSecond) }) }
    if pause || resume { change.isPaused = pause }
    if let name, !change.isEmpty {
      try queue.change(group: name, change)
      return .done
    }
    var groups = try queue.groups().filter { !$0.name.isEmpty }
    if let name {
      groups.removeAll { $0.name != name }
      guard !groups.isEmpty else { throw ToolFailure(.noInput, "there is no group \"\(name)\"") }
    }
    if json {
      try write(groups.map { QueueGroup.description.json($0).text })
      return .done
    }
    let rows = groups.map { group in
      [
        Terminal.plain(group.name), String(group.running), group.limit.map(String.init) ?? "-",
        group.gap.map { Rate(perSecond: 1e6 / Double($0)).text } ?? "-", group.isPaused ? "paused" : "open",
      ]
    }
    try write(TextTable.lines([["group", "running", "limit", "rate", "state"]] + rows))
    return .done
  }
}
