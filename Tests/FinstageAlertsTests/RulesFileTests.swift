import FinstageSystem
import TestSupport
import Testing
@testable import FinstageAlerts

@Suite struct RulesFileTests {
  private func parse(_ text: String) throws -> RulesFile {
    var file = RulesFile()
    try file.parse(text, source: "r.conf")
    return file
  }

  private func failure(_ text: String) -> String {
    do {
      _ = try parse(text)
      return "no failure"
    } catch {
      return error.sentence
    }
  }

  @Test func aRuleIsItsNameAndItsLines() throws {
    let file = try parse(
      """
      # comment
      channel hook webhook:@hook.conf
      default cooldown 3m
      rule a
        when      close > 100
        severity  critical
        message   {symbol} at {close} {{raw}}
        to        hook, stdout
        cooldown  15m growth 2
      rule b
        when symbol in (AAPL, '^GSPC', ES=F) and close crosses below 5
        for 10s
        once
      """)
    #expect(file.channels.map(\.name) == ["hook"] && file.channels[0].address == "webhook:@hook.conf")
    let (a, b) = (file.rules[0], file.rules[1])
    #expect(
      a.severity == .critical && a.channels == ["hook", "stdout"] && a.cooldown == 900_000_000_000 && a.growth == 2)
    #expect(a.message?.filled { $0 == "symbol" ? "X" : $0 == "close" ? "7" : nil } == "X at 7 {raw}")
    #expect(b.cooldown == 180_000_000_000 && b.hold == 10_000_000_000 && b.isOnce && b.isMomentary && !a.isMomentary)
    #expect(a.place == "r.conf:4")
    #expect(a.key != b.key)
  }

  @Test(arguments: [
    ("when close > 1", "r.conf:1: \"when\" belongs to a rule"),
    ("rule a\nwhenn close > 1", "did you mean when?"), ("rule a\nseverity bad", "one of info, warning, critical"),
    ("rule a\nwhen close >", "a value is expected at column"), ("rule a\nfor 5m", "has no \"when\""),
    ("rule a\nwhen true\nrule a\nwhen true", "there is already a rule \"a\" (r.conf:1)"),
    ("rule a\nwhen true\nwhen true", "\"when\" is given twice"), ("rule a b\nwhen true", "needs a name"),
    ("rule a\nwhen true\ncooldown 5m grow 2", "a span, or a span and its growth"),
    ("rule a\nwhen true\nfor -1s", "span of time"),
    ("channel x", "a channel needs a name and an address"),
  ]) func slipsAreNamed(_ text: String, _ message: String) {
    #expect(failure(text).contains(message), "\(failure(text))")
  }

  @Test(arguments: [
    ("change_percent >= 3%", "write 3, not 3%"), ("volume > 5m", "write 5M for millions"),
    ("close rises 5%", "\"by\" is expected"), ("close rises by 5%", "a span is expected"),
    ("close new top of 5", "\"high\" or \"low\""), ("close new high of 1", "a number of records (2 to"),
    ("between 9:30 and 16:00", "a time zone is expected"), ("between 09:30 and 16:00 Mars/X", "there is no time zone"),
    ("between 25:00 and 16:00 UTC", "a time of day such as 09:30"), ("symbol in ()", "a symbol is expected"),
  ]) func conditionsWithAnotherMeaningAreRefused(_ text: String, _ message: String) {
    let failure = failure("rule a\n  when \(text)")
    #expect(failure.contains(message), "\(failure)")
  }

  @Test func lintKnowsFields() throws {
    let file = try parse(
      """
      rule a
        when change_pct > 3
        inhibits zz
        to nobody
      rule b
        when close crosses above sma_20
        for 5s
        repeat 1h
      """)
    let messages = RuleLint.findings(file).map(\.message)
    #expect(messages.count == 5, "\(messages)")
    #expect(
      messages[0].contains("\"change_pct\" (did you mean change?)") || messages[0].contains("change_percent"),
      "\(messages)")
  }

  @Test func includesAreRead() throws {
    let folder = TemporaryFolder()
    _ = folder.file("a.conf", "include b.conf\nrule a\nwhen true\n")
    _ = folder.file("b.conf", "rule b\nwhen true\n")
    #expect(try RulesFile.read([folder.path + "/a.conf"]).rules.map(\.name) == ["b", "a"])
    _ = folder.file("c.conf", "include c.conf\n")
    #expect(throws: RulesFile.Failure.self) { try RulesFile.read([folder.path + "/c.conf"]) }
  }

  @Test func patternsOfSilences() {
    for (pattern, name, fits) in [
      ("AAPL", "AAPL", true), ("AAPL", "AAPLX", false), ("A*", "AAPL", true), ("*L", "AAPL", true),
      ("A*P*", "AAPL", true),
      ("*X*", "AAPL", false), ("*", "", true), ("A*A", "A", false),
    ] {
      #expect(AlertStore.fits(pattern, name) == fits, "\(pattern) \(name)")
    }
  }
}
