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
      A template is a JSON file in the folder templates of the configuration folder. Its members are "description", \
      "parameters" (each with a "name" and optionally "type", "default", "choices" and "help"), and those of a task \
      ("shell" or "command", see fs-queue add), or "tasks" that depend on each other, or a "chain" of tasks. The \
      types are text, symbol, integer, number, date and span; the last parameter may also be a list or symbols. Each \
      value becomes an environment variable of the tasks; the values of a list become the arguments of the script. In \
      a "command", {name} stands for a value.
      """,
    subcommands: [Save.self, Show.self, Names.self, Remove.self, RunTemplate.self], defaultSubcommand: Names.self)
}
