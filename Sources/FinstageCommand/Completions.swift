import FinstageCore

/// Completions for a shell, made from a parser's own description of itself, so that the two cannot differ.
///
/// Every script has a table of the commands and walks the words before the cursor through it. In the table, an option is its name, with
/// `=` and what its value may be if it takes one; an argument is what it may be: `.` a file, `/` a folder, `a,b` one of these, nothing
/// if that is not known.
package struct Completions {
  /// A command, with what its default command takes.
  struct Command {
    /// The names that lead to it, each after a space; empty for the tool itself.
    let path: String
    let commands: [(name: String, about: String)]
    let options: [(name: String, takes: String?, about: String)]
    let arguments: [String]
  }

  /// A shell: its name, and how a script for it comes about.
  static let shells: [(name: String, script: @Sendable (Completions) -> String)] = [
    ("bash", { $0.bash }), ("zsh", { $0.zsh }), ("fish", { $0.fish }),
  ]

  let tool: String
  let commands: [Command]
  /// The start of the names of functions.
  var function: String { "_" + tool.replacing("-", with: "_") }

  package init(dump: String) {
    guard let document = try? JSONValue.parse(Array(dump.utf8)), let root = document["command"] else {
      tool = ""
      commands = []
      return
    }
    tool = root["commandName"]?.string ?? ""
    var found: [Command] = []
    func add(_ command: JSONValue, _ path: String) {
      let inner = (command["subcommands"]?.array ?? []).filter(Completions.isShown)
      let named = inner.filter { path.isEmpty || $0["commandName"]?.string != "help" }
      var arguments = command["arguments"]?.array ?? []
      if let standard = command["defaultSubcommand"]?.string,
        let taken = inner.first(where: { $0["commandName"]?.string == standard })
      {
        let own = Set(arguments.flatMap(Completions.names))
        arguments += (taken["arguments"]?.array ?? []).filter { own.isDisjoint(with: Completions.names($0)) }
      }
      arguments = arguments.filter(Completions.isShown)
      found.append(
        Command(
          path: path,
          commands: named.map { ($0["commandName"]?.string ?? "", Completions.about($0)) },
          options: arguments.flatMap { argument in
            Completions.names(argument).map { name in
              (
                name, argument["kind"]?.string == "option" ? Completions.values(argument) : nil,
                Completions.about(argument)
              )
            }
          },
          arguments: arguments.filter { $0["kind"]?.string == "positional" }.map(Completions.values)))
      for command in inner where command["commandName"]?.string != "help" {
        add(command, "\(path) \(command["commandName"]?.string ?? "")")
      }
    }
    add(root, "")
    if let names = found.first?.commands.map(\.name), names.contains("help") {
      let known = names.filter { $0 != "help" }
      found.append(Command(path: " help", commands: [], options: [], arguments: [known.joined(separator: ",")]))
    }
    commands = found
  }

  /// The script for a shell; nil for one that is not known.
  package func script(for shell: String) -> String? {
    Completions.shells.first { $0.name == shell }.map { $0.script(self) }
  }

  package static var shellNames: [String] { shells.map(\.name) }

  var head: String { "# \(tool) for this shell. Generated from its parser by `make docs`: do not edit." }

  private static func isShown(_ thing: JSONValue) -> Bool {
    if case .bool(false)? = thing["shouldDisplay"] { return false }
    return true
  }

  private static func names(_ argument: JSONValue) -> [String] {
    (argument["names"]?.array ?? []).compactMap { name in
      name["name"]?.string.map { (name["kind"]?.string == "long" ? "--" : "-") + $0 }
    }
  }

  /// What a value may be, as the tables say it.
  private static func values(_ argument: JSONValue) -> String {
    if let values = argument["allValues"]?.array { return values.compactMap(\.string).joined(separator: ",") }
    guard let kind = argument["completionKind"] else { return "" }
    if kind["file"] != nil { return "." }
    if kind["directory"] != nil { return "/" }
    return (kind["list"]?["values"]?.array ?? []).compactMap(\.string).joined(separator: ",")
  }

  /// The first sentence about something, in at most 80 characters.
  private static func about(_ thing: JSONValue) -> String {
    let text = (thing["abstract"]?.string ?? "").replacing("\n", with: " ")
    let sentence = text.firstRange(of: ". ").map { text[..<$0.lowerBound] } ?? text[...]
    let plain = sentence.hasSuffix(".") ? sentence.dropLast() : sentence
    guard plain.count > 80 else { return String(plain) }
    let cut = plain.prefix(78)
    return cut[..<(cut.lastIndex(of: " ") ?? cut.endIndex)] + " ..."
  }

  /// A word as bash, zsh and POSIX shells read it.
  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
