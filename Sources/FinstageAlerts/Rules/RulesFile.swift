import FinstageCore
import FinstageExpressions
import FinstageSystem

/// A file of rules:
///
///     # a comment
///     include other.conf
///     channel hook webhook:@hook.conf
///     default cooldown 3m                 # for the rules below
///     rule golden_cross
///       when      sma_50 crosses above sma_200
///       severity  warning
///       message   {symbol}: the 50-day average is above the 200-day one
///       to        hook
///
/// A rule is its name and the lines below, up to the next rule; each line is a key and its value.
package struct RulesFile: Sendable {
  package struct Failure: ExitError, Equatable {
    package var exitStatus: ExitStatus { .badData }
    package let place: String
    package let message: String
    package var sentence: String { "\(place): \(message)" }
  }

  package var rules: [AlertRule] = []
  /// The channels that the file names, by those names.
  package var channels: [(name: String, address: String)] = []

  /// Addresses that are called every so often (nanoseconds) while records flow.
  package var heartbeats: [(address: String, interval: Int64)] = []

  package static let keys = [
    "when", "until", "for", "reset", "cooldown", "once", "momentary", "repeat", "severity", "message", "to", "group",
    "inhibits",
    "between", "on", "category", "enabled",
  ]

  /// Each rule has a program and a memory of its own.
  private static let mostRules = 10_000
  private var placeOfRule: [String: String] = [:]
  private static let largestFile = 4 << 20
  private static let deepestInclude = 8

  package init() {}

  /// Reads files; `-` is standard input.
  package static func read(_ paths: [String]) throws -> RulesFile {
    var file = RulesFile()
    for path in paths { try file.add(path, depth: 0) }
    return file
  }

  private mutating func add(_ path: String, depth: Int) throws {
    guard depth < RulesFile.deepestInclude else {
      throw Failure(place: path, message: "files include each other, or too deeply")
    }
    let bytes =
      path == "-"
      ? FileContent.bytes(0, limit: RulesFile.largestFile + 1)
      : FileContent.bytes(path, limit: RulesFile.largestFile + 1)
    guard let bytes else { throw ToolFailure(.noInput, "\(path): \(systemErrorText(errno))") }
    guard bytes.count <= RulesFile.largestFile else {
      throw Failure(place: path, message: "the file is larger than 4 MiB")
    }
    let (channels, rules) = (channels.count, rules.count)
    try parse(String(decoding: bytes, as: UTF8.self), source: path == "-" ? "<stdin>" : path, depth: depth)
    let addresses = self.channels[channels...].map(\.address) + self.rules[rules...].flatMap(\.channels)
    if path != "-", addresses.contains(where: { $0.hasPrefix("exec:") }) {
      try FileTrust.check(path, advice: "its channels run commands: keep your own")
    }
  }

  package mutating func parse(_ text: String, source: String, depth: Int = 0) throws {
    var defaults: [(key: String, value: String)] = []
    var builder: Builder?
    func finish() throws {
      if let rule = try builder?.finished() {
        if let known = placeOfRule.updateValue(rule.place, forKey: rule.name) {
          throw Failure(place: rule.place, message: "there is already a rule \"\(rule.name)\" (\(known))")
        }
        guard rules.count < RulesFile.mostRules else {
          throw Failure(place: rule.place, message: "there are more than \(RulesFile.mostRules) rules")
        }
        rules.append(rule)
      }
      builder = nil
    }
    for (i, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let place = "\(source):\(i + 1)"
      let line = RulesFile.trimmed(raw)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let (key, value) = RulesFile.word(line)
      switch key {
      case "rule":
        try finish()
        guard (1...100).contains(value.utf8.count),
          value.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
        else { throw Failure(place: place, message: "a rule needs a name of letters, digits, \"-\", \"_\" and \".\"") }
        builder = Builder(name: String(value), place: place)
        for (key, value) in defaults { try builder?.set(key, value, place, isDefault: true) }
      case "include":
        try finish()
        let target = String(value)
        let path = target.hasPrefix("/") || source.hasPrefix("<") ? target : Folder.parent(of: source) + "/" + target
        try add(path, depth: depth + 1)
      case "channel":
        try finish()
        let (name, address) = RulesFile.word(value)
        guard !name.isEmpty, !address.isEmpty else {
          throw Failure(
            place: place, message: "a channel needs a name and an address, such as: channel hook webhook:@hook.conf")
        }
        channels.append((String(name), String(address)))
      case "heartbeat":
        try finish()
        let (address, interval) = RulesFile.word(value)
        guard !address.isEmpty, let span = TimeSpan(String(interval)), (1...86_400).contains(span.seconds) else {
          throw Failure(
            place: place, message: "a heartbeat needs an address and a span of 1s to 1d: heartbeat @beat.conf 5m")
        }
        heartbeats.append((String(address), span.nanoseconds))
      case "default":
        try finish()
        let (name, value) = RulesFile.word(value)
        guard RulesFile.keys.contains(String(name)), name != "when" else {
          throw Failure(
            place: place,
            message:
              "\"\(name)\" cannot be a default (choose from \(RulesFile.keys.dropFirst().joined(separator: ", ")))")
        }
        defaults.removeAll { $0.key == name }
        if !value.isEmpty || name == "once" || name == "momentary" { defaults.append((String(name), String(value))) }
      default:
        guard builder != nil else {
          throw Failure(place: place, message: "\"\(key)\" belongs to a rule: a line \"rule NAME\" must come before it")
        }
        try builder?.set(String(key), String(value), place)
      }
    }
    try finish()
  }

  private static func trimmed(_ text: some StringProtocol) -> Substring {
    var text = Substring(text)
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return text.drop { $0.isWhitespace }
  }

  /// The first word of a line, and what follows it.
  private static func word(_ line: Substring) -> (Substring, Substring) {
    let word = line.prefix { !$0.isWhitespace }
    return (word, trimmed(line[word.endIndex...]))
  }

  /// A rule as its lines come.
  package struct Builder {
    private let name: String
    private let place: String
    private var when: Expression?
    private var rule: AlertRule
    private var given: Set<String> = []

    package init(name: String, place: String) {
      self.name = name
      self.place = place
      rule = AlertRule(name: name, when: Expression.never)
      rule.place = place
    }

    /// Sets a key.
    /// - Parameter isDefault: the rule may have another value.
    package mutating func set(_ key: String, _ value: String, _ place: String, isDefault: Bool = false) throws {
      func fail(_ message: String) -> Failure { Failure(place: place, message: message) }
      guard RulesFile.keys.contains(key) else {
        let near = Spelling.nearest(to: key, among: RulesFile.keys).map { " (did you mean \($0)?)" } ?? ""
        throw fail("there is no key \"\(key)\"\(near): choose from \(RulesFile.keys.joined(separator: ", "))")
      }
      if !isDefault, !given.insert(key).inserted { throw fail("\"\(key)\" is given twice") }
      func expression() throws -> Expression {
        do throws(Expression.Failure) { return try Expression(value) } catch { throw fail("\(key): \(error.sentence)") }
      }
      func span(_ text: String, least: Double = 0) throws -> Int64 {
        guard let seconds = TimeSpan(text)?.seconds, (least...31_536_000).contains(seconds) else {
          throw fail("\(key): a span of time of \(least > 0 ? "1s" : "0") to 365d is expected, such as 15m")
        }
        return Int64(seconds * 1e9)
      }
      func flag() throws -> Bool {
        switch value {
        case "", "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: throw fail("\(key): true or false is expected")
        }
      }
      func words() -> [String] {
        value.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }).map(String.init)
      }
      switch key {
      case "when":
        let words = words()
        if words.count == 3, words[0] == "missing", words[1] == "for" {
          rule.silence = try span(words[2], least: 1)
          when = Expression.never
        } else {
          when = try expression()
        }
      case "until": rule.until = try expression()
      case "reset": rule.reset = try expression()
      case "for": rule.hold = try span(value)
      case "cooldown":
        let words = words()
        rule.cooldown = try span(words.first ?? "")
        rule.growth = 1
        if words.count == 3, words[1] == "growth", let factor = Double(words[2]), (1...10).contains(factor) {
          rule.growth = factor
        } else if words.count != 1 {
          throw fail("cooldown: a span, or a span and its growth from 1 to 10, is expected: cooldown 15m growth 2")
        }
      case "once": rule.isOnce = try flag()
      case "momentary": rule.hasNoEnd = try flag()
      case "repeat": rule.repetition = try span(value, least: 1)
      case "severity":
        guard let severity = AlertSeverity(rawValue: value == "error" ? "critical" : value) else {
          throw fail("severity: one of \(AlertSeverity.allCases.map(\.name).joined(separator: ", ")) is expected")
        }
        rule.severity = severity
      case "message": rule.message = MessageTemplate(value)
      case "to": rule.channels = words()
      case "between":
        do throws(Expression.Failure) {
          rule.between = try Expression(value == "session" ? "within session" : "between \(value)")
        } catch {
          throw fail("between: times and a zone, such as 09:30 and 16:00 America/New_York, or \"session\" are expected")
        }
      case "on":
        guard let timing = AlertRule.Timing(rawValue: words().joined(separator: " ")) else {
          throw fail("on: one of \(AlertRule.Timing.allCases.map(\.rawValue).joined(separator: ", ")) is expected")
        }
        rule.timing = timing
      case "group": rule.groupWindow = try span(value)
      case "inhibits": rule.inhibits = words()
      case "category": rule.category = value.isEmpty ? nil : value
      default: rule.isEnabled = try flag()
      }
    }

    package func finished() throws -> AlertRule {
      guard let when else { throw Failure(place: place, message: "rule \"\(name)\" has no \"when\"") }
      var rule = rule
      rule.when = when
      if rule.hasNoEnd, rule.until != nil || rule.reset != nil {
        throw Failure(place: place, message: "rule \"\(name)\": what is momentary has no until and no reset")
      }
      if rule.silence != nil,
        let key = ["for", "momentary", "repeat", "until", "reset", "between", "on"].first(where: given.contains)
      {
        throw Failure(
          place: place,
          message: "rule \"\(name)\": \"\(key)\" has no meaning with missing for: it ends with the next record")
      }
      return rule
    }
  }
}
