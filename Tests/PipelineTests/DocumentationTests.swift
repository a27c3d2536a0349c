import FinstageCommand
import Testing
import TestSupport

/// Manual pages and completions are checked in and must be what the parsers say of themselves.
@Suite struct DocumentationTests {
  private static let tools = [
    "fs-fetch", "fs-frame", "fs-indicators", "fs-queue", "fs-alert", "fs-stream", "fs-metrics",
  ]

  @Test(arguments: tools) func theManualPageIsFresh(_ tool: String) throws {
    let page = try Run.tool(tool, ["--generate-manual"])
    #expect(page.text.contains(".SH EXAMPLES"))
    #expect(Files.text("\(Run.package)/man/\(tool).1") == page.text, "run `make docs`")
  }

  @Test(arguments: tools, ["bash", "zsh", "fish"]) func theCompletionsAreFresh(_ tool: String, _ shell: String) throws {
    let script = try Run.tool(tool, ["--generate-completion-script", shell])
    #expect(Files.text("\(Run.package)/completions/\(tool).\(shell)") == script.text, "run `make docs`")
  }

  /// The commands of a tool and their options, as the manual page has them, with the default of each.
  private struct Manual {
    struct Option {
      let command: [String]
      let name: String
      var standard: String?
    }
    var options: [Option] = []

    init(_ tool: String) throws {
      let page = try #require(Files.text("\(Run.package)/man/\(tool).1"))
      var command: [String] = []
      for raw in page.split(separator: "\n") {
        let line = raw.replacing("\\-", with: "-").replacing("\\fB", with: "").replacing("\\fI", with: "")
          .replacing("\\fR", with: "").replacing("\\&", with: "")
        if line.hasPrefix(".SS ") { command = line.split(separator: " ").dropFirst(2).map(String.init) }
        if line.hasPrefix(".SH ") { command = [] }
        if line.hasPrefix("-"),
          let name = line.split(whereSeparator: { " ,".contains($0) }).first(where: { $0.hasPrefix("--") })
        {
          options.append(Option(command: command, name: String(name)))
        } else if let start = line.firstRange(of: "(default: "), !options.isEmpty, options.last?.standard == nil {
          options[options.count - 1].standard = String(line[start.upperBound...].prefix { $0 != ")" })
        }
      }
    }
  }

  @Test(arguments: tools) func helpHasExamplesAndEveryOption(_ tool: String) throws {
    let help = try Run.tool(tool, ["--help"])
    #expect(help.status == 0)
    #expect(help.errors.isEmpty)
    #expect(help.text.contains("EXAMPLES:"))
    let options = try Manual(tool).options
    #expect(options.count > 10)
    for (command, options) in Dictionary(grouping: options, by: \.command) {
      let help = try Run.tool(tool, command + ["--help"]).text
      for option in options { #expect(help.contains(option.name), "\(tool) \(command): \(option.name)") }
    }
    #expect(try Run.tool(tool, ["--version"]).text == finstageVersion + "\n")
  }

  /// What help calls a default can be typed: the parser then complains of other things only.
  @Test(arguments: tools) func defaultsAreWhatAUserMayType(_ tool: String) throws {
    var typed = 0
    var seen: Set<String> = []
    for option in try Manual(tool).options {
      // Several words describe a default, and are no value.
      guard let standard = option.standard, !standard.contains(" "), standard != "detected", standard != "now",
        seen.insert("\(option.command) \(option.name)").inserted
      else { continue }
      typed += 1
      let result = try Run.tool(tool, option.command + [option.name, standard, "--no-such-option"])
      #expect(result.status == 64)
      let isRefused = ["invalid for", "\(option.name) must"].contains { result.errors.contains($0) }
      #expect(!isRefused, "\(option.name) \(standard): \(result.errors)")
    }
    #expect(typed > 0)
  }

  /// The map has exactly the folders that there are, and each in its place.
  @Test func theReadmeHasARowForEachToolAndItsMapIsTrue() throws {
    let readme = try #require(Files.text("\(Run.package)/README.md"))
    for tool in Self.tools { #expect(readme.contains("| `\(tool)` |")) }
    let map = readme[try #require(readme.firstRange(of: "### Map of Sources/")).upperBound...]
    var named: Set<String> = []
    var module = ""
    for line in map.split(separator: "\n") {
      if line.hasPrefix("#") { break }
      let indent = line.prefix { $0 == " " }.count
      guard indent == 4 || indent == 6 else { continue }
      for word in line.split(separator: " ").prefix(while: { $0.hasSuffix("/") }) {
        let name = String(word.dropLast())
        if indent == 4 { module = name }
        named.insert(indent == 4 ? name : "\(module)/\(name)")
      }
    }
    var there: Set<String> = []
    let sources = "\(Run.package)/Sources"
    func folders(_ path: String) -> [String] {
      Files.names(in: path).filter { !Files.names(in: "\(path)/\($0)").isEmpty }
    }
    for module in folders(sources) {
      there.insert(module)
      for folder in folders("\(sources)/\(module)") { there.insert("\(module)/\(folder)") }
    }
    #expect(named.subtracting(there).sorted() == [], "on the map only")
    #expect(there.subtracting(named).sorted() == [], "missing on the map")
  }

  @Test(arguments: Files.names(in: "\(Run.package)/samples").filter { $0.hasSuffix(".sh") })
  func theSamplesRun(_ script: String) throws {
    // The scripts find release executables; here those under test come first.
    let result = try Run.shell("sh '\(Run.package)/samples/\(script)'", environment: ["FINSTAGE_BIN": Run.binaries])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.isEmpty)
    #expect(result.text.hasPrefix("$ "))
    #expect(result.lines.count > 3)
  }

  /// The units in samples/systemd, where there is a systemd to ask.
  @Test(
    .enabled(if: (try? Run.shell("command -v systemd-analyze").status) == 0),
    arguments: Files.names(in: "\(Run.package)/samples/systemd"))
  func theUnitsAreSound(_ unit: String) throws {
    let folder = TemporaryFolder()
    let result = try Run.shell(
      "XDG_RUNTIME_DIR='\(folder.path)' systemd-analyze verify --user --man=no '\(Run.package)/samples/systemd/\(unit)'"
    )
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
  }

  @Test(
    .enabled(if: (try? Run.shell("command -v mandoc").status) == 0),
    arguments: Files.names(in: "\(Run.package)/man").filter { $0.hasSuffix(".1") })
  func theManualPagesAreSound(_ page: String) throws {
    let result = try Run.shell("mandoc -T lint -W warning '\(Run.package)/man/\(page)'")
    #expect(result.status == 0 && result.text.isEmpty, "\(result.text)")
  }

  /// What a TAB offers in bash.
  @Test(arguments: [
    ("fs-fetch --provider s", "stooq sample"), ("fs-frame convert --format p", "parquet"),
    ("fs-queue add --priority h", "high"), ("fs-frame plot --style d", "dark"), ("fs-queue on", "on-failure"),
    ("fs-queue template sh", "show"), ("fs-indicators --on-error s", "stop skip"), ("fs-indicators --rs", "--rsi"),
  ]) func completionsOffer(_ line: String, _ offered: String) throws {
    let tool = line.prefix { $0 != " " }
    let result = try Run.shell(
      """
      bash -c '. "$0/completions/$1.bash"; COMP_LINE="$2"; COMP_POINT=${#COMP_LINE}; read -ra COMP_WORDS <<< "$COMP_LINE"
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); f=$(complete -p "$1" | sed "s/.*-F \\([^ ]*\\).*/\\1/")
      "$f" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" 2>/dev/null; echo "${COMPREPLY[*]}"' '\(Run.package)' '\(tool)' '\(line)'
      """)
    #expect(result.text.split(separator: "\n").first.map(String.init) == offered, "\(result.text) \(result.errors)")
  }
}
