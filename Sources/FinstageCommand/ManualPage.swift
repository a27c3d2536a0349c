import FinstageCore
import FinstageSystem

/// A manual page made from a parser's own description of itself, so that the two cannot differ.
///
/// The description is the JSON that the argument parser dumps. The discussion of a command is plain text whose sections begin
/// with a line in capitals that ends in a colon (`EXAMPLES:`); indented lines are shown as they are.
package struct ManualPage {
  /// The page in the man macros of roff.
  package let text: String

  package init(dump: String) {
    guard let document = try? JSONValue.parse(Array(dump.utf8)), let command = document["command"] else {
      text = ""
      return
    }
    let name = command["commandName"]?.string ?? ""
    var page = ".\\\" Generated from the parser of \(name) by `make docs`: do not edit.\n"
    page += ".TH \(name.uppercased()) 1 \"\(finstageDate)\" \"finstage \(finstageVersion)\" \"finstage\"\n"
    page += ".SH NAME\n\(ManualPage.escaped(name)) \\- \(ManualPage.escaped(command["abstract"]?.string ?? ""))\n"
    page += ".SH SYNOPSIS\n.B \(ManualPage.escaped(name))\n[\\fIOPTION\\fR ...]"
    let arguments = command["arguments"]?.array ?? []
    for argument in arguments where argument["kind"]?.string == "positional" {
      page += " [\\fI\(ManualPage.escaped((argument["valueName"]?.string ?? "value").uppercased()))\\fR ...]"
    }
    page += "\n"
    let (description, sections) = ManualPage.sections(command["discussion"]?.string ?? "")
    page += ".SH DESCRIPTION\n" + ManualPage.body(description)

    var title = ""
    page += ".SH OPTIONS\n"
    let shown = arguments.filter { argument in
      if case .bool(let isShown)? = argument["shouldDisplay"] { return isShown }
      return true
    }
    let ordered =
      shown.filter { $0["sectionTitle"]?.string == nil } + shown.filter { $0["sectionTitle"]?.string != nil }
    for argument in ordered {
      let section = argument["sectionTitle"]?.string ?? ""
      if section != title {
        title = section
        page += ".SS \(ManualPage.escaped(title))\n"
      }
      page += ManualPage.option(argument)
    }
    page += ManualPage.subcommands(command, of: name)
    for (heading, lines) in sections { page += ".SH \(heading)\n" + ManualPage.body(lines) }
    text = ManualPage.withoutEmptyParagraphs(page)
  }

  /// Leaves out the marks of paragraphs that are empty: beside headings, beside each other and at the end.
  private static func withoutEmptyParagraphs(_ page: String) -> String {
    var lines: [Substring] = []
    for line in page.split(separator: "\n") {
      let isHeading = line.hasPrefix(".SH") || line.hasPrefix(".SS") || line.hasPrefix(".TP")
      while lines.last == ".PP" && (isHeading || line == ".PP") { lines.removeLast() }
      if line == ".PP", let last = lines.last, last.hasPrefix(".SH") || last.hasPrefix(".SS") { continue }
      lines.append(line)
    }
    while lines.last == ".PP" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The commands within a command, each with its own options.
  private static func subcommands(_ command: JSONValue, of name: String) -> String {
    let known = (command["subcommands"]?.array ?? []).filter { $0["commandName"]?.string != "help" }
    guard !known.isEmpty else { return "" }
    let common: Set = ["version", "help"]
    var page = ".SH SUBCOMMANDS\n"
    func add(_ command: JSONValue, _ path: String) {
      let full = "\(path) \(command["commandName"]?.string ?? "")"
      let arguments = (command["arguments"]?.array ?? []).filter { argument in
        let names = (argument["names"]?.array ?? []).compactMap { $0["name"]?.string }
        return !names.contains { common.contains($0) }
      }
      let inner = (command["subcommands"]?.array ?? []).filter { $0["commandName"]?.string != "help" }
      page += ".SS \(escaped(full))\n\(escaped(command["abstract"]?.string ?? ""))\n"
      if let discussion = command["discussion"]?.string, !discussion.isEmpty {
        page += ".PP\n" + body(discussion.split(separator: "\n", omittingEmptySubsequences: false))
      }
      // For a command with subcommands, the parser dumps the options of the default subcommand: they appear below.
      if inner.isEmpty { for argument in arguments { page += option(argument) } }
      for command in inner { add(command, full) }
    }
    for command in known { add(command, name) }
    return page
  }

  private static func option(_ argument: JSONValue) -> String {
    let value = argument["valueName"]?.string ?? "value"
    var head: String
    if argument["kind"]?.string == "positional" {
      head = "\\fI\(escaped(value.uppercased()))\\fR"
    } else {
      let names = (argument["names"]?.array ?? []).compactMap { name -> String? in
        guard let text = name["name"]?.string else { return nil }
        return name["kind"]?.string == "short" ? "-\(text)" : "--\(text)"
      }
      head = names.map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ")
      if argument["kind"]?.string == "option" { head += " \\fI\(escaped(value))\\fR" }
    }
    var body = argument["abstract"]?.string ?? ""
    if let discussion = argument["discussion"]?.string, !discussion.isEmpty { body += "\n" + discussion }
    if let standard = argument["defaultValue"]?.string, !standard.isEmpty { body += " (default: \(standard))" }
    return ".TP\n\(head)\n\(escaped(body))\n"
  }

  /// Splits a discussion into its untitled beginning and its titled sections.
  private static func sections(_ text: String) -> ([Substring], [(String, [Substring])]) {
    var description: [Substring] = []
    var sections: [(String, [Substring])] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasSuffix(":"), line.dropLast().allSatisfy({ $0.isUppercase || $0 == " " }), line.count > 2 {
        sections.append((String(line.dropLast()), []))
      } else if sections.isEmpty {
        description.append(line)
      } else {
        sections[sections.count - 1].1.append(line)
      }
    }
    return (description, sections)
  }

  /// Formats lines as paragraphs; runs of indented lines keep their line breaks.
  private static func body(_ lines: [Substring]) -> String {
    var page = ""
    var isExample = false
    func close() {
      if isExample { page += ".fi\n.RE\n" }
      isExample = false
    }
    for line in lines {
      if line.hasPrefix("  ") {
        if !isExample { page += ".PP\n.RS\n.nf\n" }
        isExample = true
        page += escaped(String(line.drop { $0 == " " })) + "\n"
      } else {
        close()
        page += line.isEmpty ? ".PP\n" : escaped(String(line)) + "\n"
      }
    }
    close()
    return page
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    var atLineStart = true
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case ".", "'": result += atLineStart ? "\\&\(character)" : String(character)
      default: result.append(character)
      }
      atLineStart = character == "\n"
    }
    return result
  }
}
