import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue template`: tasks with parameters.
struct Template: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Keep tasks with parameters under a name, and run them.",
    discussion: """
      A template is a file of JSON in the folder templates of the configuration: "description", "parameters" (each with "name", and maybe "type", \
      "default", "choices", "help"), and a task ("shell" or "command", see fs-queue add), or "tasks" that depend on each other, or a "chain" of them. \
      Types are text, symbol, integer, number, date, span, and for the last one list or symbols. Values are variables of the tasks, those of \
      the list the arguments of the script; in a "command" {name} stands for a value.
      """,
    subcommands: [Save.self, Show.self, Names.self, Remove.self, RunTemplate.self], defaultSubcommand: Names.self)
}
