import FinstageSystem
import TestSupport
import Testing

/// Completions as a person gets them: in each shell, at a terminal, with the tab key.
@Suite struct CompletionTests {
  struct Shell: CustomTestStringConvertible, Sendable {
    let name: String
    let arguments: [String]
    /// What makes the completions of a script known, as a line of the shell.
    let load: @Sendable (_ tool: String, _ script: String) -> String
    /// What a person presses to see all that there is.
    let keys: String
    var testDescription: String { name }
    var isHere: Bool {
      ["/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains { access("\($0)/\(name)", X_OK) == 0 }
    }
  }

  static let shells = [
    Shell(
      name: "bash", arguments: ["bash", "--norc", "--noprofile", "-i"],
      load: { "bind 'set completion-query-items 0'; bind 'set page-completions off'; source \($1)" }, keys: "\t\t"),
    Shell(
      name: "zsh", arguments: ["zsh", "-f", "-i"],
      load: { "mkdir -p f; cp \($1) f/_\($0); fpath=($PWD/f $fpath); autoload -U compinit; compinit -u -D; LISTMAX=0" },
      keys: "\t\t"),
    Shell(name: "fish", arguments: ["fish", "--no-config", "-i"], load: { "source \($1)" }, keys: "\t"),
  ]

  /// What is typed, and some of what must be offered.
  static let lines: [(line: String, offered: [String])] = [
    ("fs-queue schedule --", ["--file", "--check", "--zone"]),
    ("fs-queue schedule log --lim", ["it"]),
    ("fs-fetch cache ", ["clear", "health", "purge", "warm"]),
    ("fs-fetch --provider s", ["stooq", "sample"]),
    ("fs-fetch --provider=sa", ["mple"]),
    ("fs-frame convert --format p", ["arquet"]),
    ("fs-frame head prices", [".csv"]),
    ("fs-queue list --queue sub", ["folder"]),
    ("fs-queue he", ["lp"]),
    ("fs-queue help sched", ["ule"]),
    ("fs-queue add -- head prices", [".csv"]),
    ("fs-queue add -- fs-fr", ["ame"]),
    ("fs-stream --po", ["rt"]),
    ("fs-alert --wh", ["en"]),
    ("fs-metrics memory ", ["diagnostics", "health", "status", "watch"]),
    ("fs-indicators --sm", ["a"]),
  ]

  @Test(arguments: shells.filter(\.isHere)) func tabsComplete(_ shell: Shell) throws {
    let home = TemporaryFolder()
    _ = home.file("prices.csv", "symbol,ts,close\n")
    mkdir(home.path + "/subfolder", 0o700)
    let path = Run.binaries + ":" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin")
    for tool in Set(CompletionTests.lines.map { String($0.line.prefix { $0 != " " }) }).sorted() {
      let terminal = try Terminal(
        shell.arguments,
        environment: [
          "PATH": path, "HOME": home.path, "TERM": shell.name == "fish" ? "xterm" : "dumb", "PS1": "ready> ",
          "XDG_CONFIG_HOME": home.path,
          "XDG_DATA_HOME": home.path, "LANG": "C.UTF-8",
        ], folder: home.path)
      terminal.type("\(shell.load(tool, "\(Run.package)/completions/\(tool).\(shell.name)")); echo lo''aded\n")
      #expect(terminal.shows(["loaded"]), "\(shell.name) \(terminal.screen)")
      for (line, offered) in CompletionTests.lines where line.hasPrefix(tool + " ") {
        terminal.clear()
        terminal.type(line + shell.keys)
        let isGood = terminal.shows(offered, within: 10)
        #expect(isGood, "\(shell.name): \(line)<TAB> shows \(terminal.screen)")
        // A new line to type on.
        terminal.clear()
        terminal.type("\u{3}\u{15}echo ne''xt\n")
        #expect(terminal.shows(["next"]), "\(shell.name) \(terminal.screen)")
      }
    }
  }

  @Test func shellsAreNamed() throws {
    let home = TemporaryFolder()
    let result = try Run.shell("fs-queue --generate-completion-script tcsh", folder: home.path)
    #expect(result.status == 64)
    #expect(result.errors == "fs-queue: cannot write completions for \"tcsh\": choose from bash, zsh, fish\n")
  }
}
