import FinstageCore
import FinstageStore
import FinstageSystem

/// Tasks with parameters, as a JSON object: the members of a task or a graph of tasks (see `TaskDefinition`,
/// `TaskGraph`), and
///
///     {"description": "What it is for",
///      "parameters": [{"name": "symbol", "type": "symbol"}, {"name": "period", "default": "1y", "help": "How far back"}],
///      "shell": "fs-fetch \"$symbol\" --range \"$period\" | fs-indicators --rsi 14 --last"}
///
/// Each value becomes an environment variable of the tasks; in a "command", `{symbol}` stands for the value, too. Only
/// the last parameter may be a list (`"type": "symbols"` or `"list"`). The values of a list become the arguments of the
/// script (`"$@"`); in a command, they replace `{symbols}` if that is an argument by itself.
package struct TaskTemplate: Sendable {
  package typealias Failure = TaskDefinition.Failure

  package struct Parameter: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case text, word, path, url, symbol, integer, number, date, span, list, symbols

      package var isList: Bool { self == .list || self == .symbols }
    }

    package var name: String
    package var kind: Kind
    package var standard: String?
    package var choices: [String]
    package var help: String
  }

  package var description: String
  package var parameters: [Parameter]
  private let body: JSONValue
  /// Names of variables that steer programs.
  private static let reserved: Set<String> = [
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "IFS", "ENV", "PS4", "CDPATH", "SHELLOPTS", "BASHOPTS",
    "PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PERL5LIB", "PERL5OPT", "RUBYOPT", "NODE_OPTIONS", "EDITOR", "VISUAL",
    "PAGER", "GCONV_PATH", "LOCPATH", "GLIBC_TUNABLES", "HOSTALIASES", "RES_OPTIONS", "RUBYLIB", "JAVA_TOOL_OPTIONS",
    "AWKPATH", "POSIXLY_CORRECT", "PROMPT_COMMAND", "ZDOTDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE",
    "CURL_HOME", "TZ", "LANG",
  ]
  private static let reservedBeginnings = [
    "LD_", "DYLD_", "FS_", "FINSTAGE_", "BASH_", "XDG_", "LC_", "GIT_", "SSH_", "MALLOC_",
  ]

  private static func isReserved(_ name: String) -> Bool {
    reserved.contains(name) || reservedBeginnings.contains { name.hasPrefix($0) }
      || name.lowercased().hasSuffix("_proxy")
  }

  package init(_ json: JSONValue) throws {
    guard let members = json.members else { throw Failure("a template must be an object") }
    description = json["description"]?.string ?? ""
    var parameters: [Parameter] = []
    for item in json["parameters"]?.array ?? [] {
      guard let name = item["name"]?.string, !name.isEmpty,
        name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }),
        !name.first!.isNumber
      else { throw Failure("a parameter needs a \"name\" of letters, digits and _") }
      guard !TaskTemplate.isReserved(name) else {
        throw Failure("a parameter cannot have the name \"\(name)\": that variable steers programs")
      }
      guard !parameters.contains(where: { $0.name == name }) else {
        throw Failure("two parameters have the name \"\(name)\"")
      }
      let type = item["type"]?.string ?? "text"
      guard let kind = Parameter.Kind(rawValue: type) else {
        throw Failure(
          "parameter \(name): type must be one of \(Parameter.Kind.allCases.map(\.rawValue).joined(separator: ", "))"
        )
      }
      if let last = parameters.last, last.kind.isList {
        throw Failure("the list \"\(last.name)\" must be the last parameter")
      }
      parameters.append(
        Parameter(
          name: name, kind: kind, standard: item["default"]?.string,
          choices: (item["choices"]?.array ?? []).compactMap(\.string),
          help: item["help"]?.string ?? ""))
    }
    self.parameters = parameters
    let rest = members.filter { !["description", "parameters"].contains($0.key) }
    // A list of tasks that follow each other, or a graph, or a single one.
    body = rest.count == 1 && rest[0].key == "chain" ? rest[0].value : .object(rest)
    // Report errors that do not depend on values now, so that saving the template finds them.
    _ = try TaskGraph(body, folder: "/")
  }

  /// The scripts and commands of its tasks, for people to read.
  package var scripts: [String] {
    ((try? TaskGraph(body, folder: "/"))?.definitions ?? []).map { definition in
      let words = definition.task.arguments
      return words.count == 3 && words[0] == "sh" && words[1] == "-c" ? words[2] : words.joined(separator: " ")
    }
  }

  /// Its parameters as on a command line: `symbol [--period 1y]`.
  package var usage: String {
    let needed = parameters.filter { $0.standard == nil && !$0.kind.isList }.map(\.name)
    let others = parameters.filter { $0.standard != nil && !$0.kind.isList }.map { parameter in
      let standard = parameter.standard ?? ""
      return "[--\(parameter.name) \(standard.isEmpty || standard.contains(" ") ? "'\(standard)'" : standard)]"
    }
    let list = parameters.filter(\.kind.isList).map { $0.standard == nil ? "\($0.name)..." : "[\($0.name)...]" }
    return (needed + others + list).joined(separator: " ")
  }

  /// Values from a command line: `--name value`, `--name=value`, or in order.
  package func values(_ arguments: [String]) throws -> (values: [String: String], list: [String]) {
    var values: [String: String] = [:]
    var list: [String] = []
    var rest: [String] = []
    var i = 0
    while i < arguments.count {
      let argument = arguments[i]
      i += 1
      guard argument.hasPrefix("--"), argument.count > 2 else {
        rest.append(argument)
        continue
      }
      let sides = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = sides[0].replacing("-", with: "_")
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        throw Failure("there is no parameter --\(sides[0]) (usage: \(usage))")
      }
      guard sides.count == 2 || i < arguments.count else { throw Failure("--\(sides[0]) needs a value") }
      let value = sides.count == 2 ? String(sides[1]) : arguments[i]
      if sides.count == 1 { i += 1 }
      if parameter.kind.isList {
        list += value.split(separator: ",").map(String.init)
      } else {
        values[parameter.name] = value
      }
    }
    // Values in order go only to parameters without a default value, so that an optional one is not filled by accident.
    for parameter in parameters
    where !parameter.kind.isList && values[parameter.name] == nil && parameter.standard == nil {
      guard !rest.isEmpty else { throw Failure("\(parameter.name) is missing (usage: \(usage))") }
      values[parameter.name] = rest.removeFirst()
    }
    if let last = parameters.last, last.kind.isList {
      list += rest
      if list.isEmpty {
        guard let standard = last.standard else { throw Failure("\(last.name) are missing (usage: \(usage))") }
        list = standard.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
      }
      for value in list { try check(value, last) }
    } else if let extra = rest.first {
      throw Failure("unexpected value \"\(extra)\" (usage: \(usage))")
    }
    for parameter in parameters where !parameter.kind.isList {
      let value = values[parameter.name] ?? parameter.standard ?? ""
      values[parameter.name] = value
      if value != parameter.standard { try check(value, parameter) }
    }
    return (values, list)
  }

  private func check(_ value: String, _ parameter: Parameter) throws {
    func refuse(_ what: String) throws -> Never { throw Failure("\(parameter.name): \"\(value)\" is \(what)") }
    if value.utf8.contains(0) { try refuse("not valid text") }
    if !parameter.choices.isEmpty, !parameter.choices.contains(value) {
      try refuse("not one of \(parameter.choices.joined(separator: ", "))")
    }
    switch parameter.kind {
    case .text, .list: break
    case .word:
      let isWord =
        (1...100).contains(value.utf8.count) && !value.hasPrefix("-")
        && value.utf8.allSatisfy { byte in
          byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || "._-:+^".utf8.contains(byte)
        }
      if !isWord { try refuse("not a word of letters, digits and . _ - : + ^") }
    case .path:
      if value.isEmpty || value.hasPrefix("-")
        || value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || "\"\\".utf8.contains($0) })
      {
        try refuse(
          "not a path (without quotes, backslashes and control characters; one that begins with - needs ./ before it)")
      }
    case .url:
      let isURL =
        (value.hasPrefix("https://") || value.hasPrefix("http://"))
        && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"\\`<>{}[]".utf8.contains($0) }
      if !isURL { try refuse("not an address such as https://example.org/hook") }
    case .symbol, .symbols:
      let isSymbol =
        (1...32).contains(value.utf8.count) && !value.hasPrefix("-")
        && value.utf8.allSatisfy { byte in
          byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || "^.-=_/:".utf8.contains(byte)
        }
      if !isSymbol { try refuse("not a valid symbol") }
    case .integer: if Int64(value) == nil { try refuse("not a whole number") }
    case .number: if !(Double(value)?.isFinite ?? false) { try refuse("not a number") }
    case .date: if Timestamp.parse(value) == nil { try refuse("not a date such as 2026-01-31") }
    case .span: if TimeSpan(value)?.seconds == nil { try refuse("not a span of time such as 5m") }
    }
  }

  /// Replaces the placeholders of a text with values. A placeholder inside a value is not replaced.
  private static func filled(_ text: String, _ values: [String: String]) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      if let close = rest.firstIndex(of: "}"), let value = values[String(rest[rest.index(after: open)..<close])] {
        result += value
        rest = rest[rest.index(after: close)...]
      } else {
        result += "{"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  /// The tasks with the given values.
  package func graph(_ name: String, _ arguments: [String], folder: String) throws -> TaskGraph {
    let (values, list) = try values(arguments)
    var graph = try TaskGraph(body, folder: folder)
    let listName = parameters.last.flatMap { $0.kind.isList ? $0.name : nil }
    for i in graph.definitions.indices {
      var task = graph.definitions[i].task
      if task.arguments.count == 3, task.arguments[0] == "sh", task.arguments[1] == "-c" {
        task.arguments += [name] + list
      } else {
        task.arguments = task.arguments.flatMap { argument -> [String] in
          if let listName, argument == "{\(listName)}" { return list }
          return [TaskTemplate.filled(argument, values)]
        }
      }
      task.environment.merge(values) { $1 }
      task.tags.append("template:\(name)")
      graph.definitions[i].task = task
    }
    return graph
  }
}
