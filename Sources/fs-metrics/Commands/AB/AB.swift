import ArgumentParser

/// `fs-metrics ab`: tests of two or more variants.
struct AB: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ab", abstract: "Compare variants: commands that are run here, or times that were measured elsewhere.",
    subcommands: [
      ABRun.self, ABAnalyze.self, ABCreate.self, ABList.self, ABStart.self, ABPause.self, ABStop.self, ABAssign.self,
      ABRecord.self,
    ])
}
