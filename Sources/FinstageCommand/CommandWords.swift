import ArgumentParser
import FinstageSystem

/// The words of a command line that should name commands: which of them names none, and which command may have been meant.
struct CommandWords {
  private let path: [String]
  /// The first word that names no command where one is expected.
  private let unknown: String?
  private let known: [String]
  /// Whether only a command can stand there.
  private let mustBeCommand: Bool

  /// Names of other tools for commands of ours.
  private let foreign: [String: String]

  /// - Parameter hasArguments: whether the root also takes other words than commands.
  init(
    of root: any ParsableCommand.Type, hasArguments: Bool, foreign: [String: String] = [:],
    _ words: [String] = Array(CommandLine.arguments.dropFirst())
  ) {
    var command = CommandConfiguration.Node(root.configuration)
    var path = [root.configuration.commandName ?? "finstage"]
    var unknown: String?
    for word in words {
      if command.commands.isEmpty || word.hasPrefix("-") { break }
      guard let next = command.commands.first(where: { $0.name == word }) else {
        unknown = word
        break
      }
      command = next
      path.append(word)
    }
    self.path = path
    self.foreign = path.count == 1 ? foreign : [:]
    self.unknown = unknown
    known = command.commands.map(\.name) + ["help"]
    mustBeCommand = !command.hasDefault && !(hasArguments && path.count == 1)
  }

  /// What to tell about an error of the parser.
  /// - Parameter page: the command whose help says more.
  func sentence(_ message: String, page: String) -> String {
    guard let unknown else { return "\(message) (see \(page) --help)" }
    let meant = foreign[unknown] ?? Spelling.nearest(to: unknown, among: known)
    let place = path.joined(separator: " ")
    if mustBeCommand {
      let advice = meant.map { "did you mean \($0)? " } ?? ""
      return "there is no command \"\(unknown)\" (\(advice)see \(place) --help)"
    }
    return meant.map { "\(message) (did you mean \(place) \($0)? see \(place) --help)" }
      ?? "\(message) (see \(page) --help)"
  }
}

extension CommandConfiguration {
  /// A command by its name, with those below it.
  fileprivate struct Node {
    let name: String
    let hasDefault: Bool
    private let below: [CommandConfiguration]

    var commands: [Node] { below.map { Node($0) } }

    init(_ configuration: CommandConfiguration) {
      name = configuration.commandName ?? ""
      hasDefault = configuration.defaultSubcommand != nil
      below = configuration.subcommands.map { $0.configuration }
    }
  }
}
