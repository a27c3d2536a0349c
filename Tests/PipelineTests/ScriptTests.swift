import FinstageCore
import TestSupport
import Testing

/// The shell scripts of the project and of the templates, as shellcheck sees them.
@Suite struct ScriptTests {
  static let hasShellcheck = (try? Run.shell("command -v shellcheck", folder: "/"))?.status == 0

  @Test(.enabled(if: hasShellcheck)) func scriptsAreClean() throws {
    let result = try Run.shell(
      """
      find samples Tests .ci -name '*.sh' -not -path '*/.build*' -print0 | xargs -0 shellcheck -S warning .ci/run && echo fine
      """, folder: Run.package)
    #expect(result.text == "fine\n", "\(result.text) \(result.errors)")
  }

  @Test(.enabled(if: hasShellcheck)) func templatesAreClean() throws {
    let home = TemporaryFolder()
    let list = try Run.shell(
      "fs-queue template list", folder: home.path, environment: ["FS_QUEUE_HOME": home.path + "/q"])
    let names = list.lines.dropFirst().compactMap { $0.split(separator: " ").first.map(String.init) }
    var checked = 0
    for name in names {
      let text = try Run.shell(
        "fs-queue template show \(name)", folder: home.path, environment: ["FS_QUEUE_HOME": home.path + "/q"]
      ).text
      guard let script = try JSONValue.parse(Array(text.utf8))["shell"]?.string else { continue }
      let file = home.file("\(name).sh", "#!/bin/sh\n" + script)
      // Parameters are variables that the script does not set.
      let result = try Run.shell("shellcheck -S warning -e SC2154 '\(file)'", folder: home.path)
      #expect(result.status == 0, "\(name): \(result.text)")
      checked += 1
    }
    #expect(checked > 3, "\(list.text)")
  }
}
