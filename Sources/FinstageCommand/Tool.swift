import ArgumentParser
import FinstageCore
import FinstageSystem

/// The version of all tools.
package let finstageVersion = "0.1.0"

/// The day of this version, for manual pages.
package let finstageDate = "2026-11-26"

/// A command-line tool of the kit. An executable consists of such a type and a call of `start`.
package protocol Tool: ParsableCommand {
  /// Does the work; throws `ToolFailure` to end the tool with an error.
  mutating func execute() throws -> ExitStatus

  /// Makes the tool offer all its options from now on; returns false if it has no further options to offer.
  ///
  /// Each option costs time at every start, so a tool with very many options may give the parser only those that the
  /// command line names. This function is called before help is shown, and before a second attempt at parsing when the
  /// first attempt has failed.
  static func offerAllOptions() -> Bool
}

extension Tool {
  package mutating func run() throws {
    throw ExitCode(try execute().rawValue)
  }

  package static func offerAllOptions() -> Bool { false }

  package static var name: String { configuration.commandName ?? "finstage" }

  /// Parses the arguments, runs the tool and ends the process.
  package static func start() -> Never {
    launch(beforePages: { _ = offerAllOptions() }, parse: { try parseOffering() })
  }

  private static func parseOffering() throws -> any ParsableCommand {
    do {
      let command = try parseAsRoot(ByteText.arguments)
      // Help is a command of the parser itself, not a `Tool`.
      if command is any Tool || !offerAllOptions() { return command }
    } catch {
      guard offerAllOptions() else { throw error }
    }
    return try parseAsRoot(ByteText.arguments)
  }
}

/// A tool whose users may try the names that its commands have elsewhere.
package protocol ForeignNames {
  /// Commands of ours by the names that other tools have for them.
  static var foreignNames: [String: String] { get }
}

extension ParsableCommand {
  /// Does the same as `Tool.start` for a tool that consists only of subcommands.
  package static func startCommands() -> Never { launch(parse: { try parseAsRoot(ByteText.arguments) }) }

  /// The one place where errors become messages and statuses.
  fileprivate static func launch(
    beforePages: () -> Void = {}, parse: () throws -> any ParsableCommand
  ) -> Never {
    occupyStandardDescriptors()
    Interruption.install()
    writePages(beforePages)
    do {
      var command = try parse()
      if var tool = command as? any Tool { finish(status: try tool.execute().rawValue) }
      try command.run()  // the parser's own commands
    } catch {
      end(error)
    }
    systemExit(0)
  }

  /// Writes the manual page or the completions for a shell, and ends, if that is what the command line asks for.
  private static func writePages(_ prepare: () -> Void) {
    let words = Array(CommandLine.arguments.dropFirst())
    if words == ["--generate-manual"] {
      prepare()
      print(ManualPage(dump: _dumpHelp()).text, terminator: "")
      systemExit(0)
    }
    guard words.first == "--generate-completion-script", words.count == 2 else { return }
    prepare()
    guard let script = Completions(dump: _dumpHelp()).script(for: words[1]) else {
      Diagnostics(tool: configuration.commandName ?? "finstage").error(
        "cannot write completions for \"\(words[1])\": choose from \(Completions.shellNames.joined(separator: ", "))")
      systemExit(ExitStatus.usage.rawValue)
    }
    print(script, terminator: "")
    systemExit(0)
  }

  /// Ends the process; if a signal arrived, ends it as that signal would have.
  private static func finish(status: Int32) -> Never {
    // A signal would end the process without what was printed last.
    fflush(nil)
    Interruption.dieIfRequested()
    systemExit(status)
  }

  private static func end(_ error: any Error) -> Never {
    let name = configuration.commandName ?? "finstage"
    if let failure = error as? any ExitError {
      if !failure.sentence.isEmpty { Diagnostics(tool: name).error(failure.sentence) }
      finish(status: failure.exitStatus.rawValue)
    }
    // A status that is none of ours: that of a program which was run.
    if let code = error as? ExitCode { finish(status: code.rawValue) }
    let code = exitCode(for: error)
    if code.isSuccess {
      // Help, version or a completion script: meant for standard output.
      print(fullMessage(for: error))
      systemExit(0)
    }
    Diagnostics(tool: name).error(
      CommandWords(
        of: self, hasArguments: self is any Tool.Type, foreign: (self as? any ForeignNames.Type)?.foreignNames ?? [:]
      ).sentence(
        message(for: error), page: page(for: error) ?? name))
    systemExit(ExitStatus.usage.rawValue)
  }

  /// The command whose help explains an error: the parser ends its full message with it.
  private static func page(for error: any Error) -> String? {
    let text = fullMessage(for: error)
    guard let start = text.firstRange(of: "See '")?.upperBound,
      let end = text[start...].firstRange(of: " --help'")?.lowerBound
    else { return nil }
    return String(text[start..<end])
  }
}
