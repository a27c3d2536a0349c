import FinstageCommand
import Testing
import TestSupport

/// Manual pages and completions are checked in and must be what the parsers say of themselves.
@Suite struct DocumentationTests {
  private static let tools = ["fs-fetch", "fs-frame", "fs-indicators", "fs-queue"]

  @Test(arguments: tools) func theManualPageIsFresh(_ tool: String) throws {
    let page = try Run.tool(tool, ["--generate-manual"])
    #expect(page.text.contains(".SH EXAMPLES"))
    #expect(Files.text("\(Run.package)/man/\(tool).1") == page.text, "run `make docs`")
  }

  @Test(arguments: tools, ["bash", "zsh", "fish"]) func theCompletionsAreFresh(_ tool: String, _ shell: String) throws {
    let script = try Run.tool(tool, ["--generate-completion-script", shell])
    #expect(Files.text("\(Run.package)/completions/\(tool).\(shell)") == script.text, "run `make docs`")
  }

  @Test(arguments: tools) func helpHasExamplesAndEveryOption(_ tool: String) throws {
    let help = try Run.tool(tool, ["--help"])
    #expect(help.status == 0)
    #expect(help.errors.isEmpty)
    #expect(help.text.contains("EXAMPLES:"))
    // The options of a tool of commands are those of its commands.
    let commands = ["fs-frame": "convert", "fs-queue": "work"]
    let options = try commands[tool].map { try Run.tool(tool, [$0, "--help"]) } ?? help
    #expect(options.text.contains(tool == "fs-queue" ? "--workers" : "--stats"))
    #expect(try Run.tool(tool, ["--version"]).text == finstageVersion + "\n")
  }

  @Test func theReadmeHasARowForEachToolAndItsMapIsTrue() throws {
    let readme = try #require(Files.text("\(Run.package)/README.md"))
    for tool in Self.tools { #expect(readme.contains("| `\(tool)` |")) }
    for folder in Files.names(in: "\(Run.package)/Sources") { #expect(readme.contains("\(folder)/"), "\(folder)") }
    for folder in Files.names(in: "\(Run.package)/Sources/FinstageCore") {
      #expect(readme.contains("\(folder)/"), "\(folder)")
    }
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
}
