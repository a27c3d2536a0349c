import FinstageSystem
import TestSupport
import Testing

/// fs-alert as a whole: what fires on which record, what is told, to whom, and once.
@Suite struct AlertTests {
  private let home = TemporaryFolder()

  private func shell(_ script: String) throws -> Run.Result {
    try Run.shell(script, folder: home.path, environment: ["FINSTAGE_HOME": home.path + "/home"])
  }

  /// Records of one symbol at ten-second steps: the values of a field.
  private func quotes(_ values: [Double?], symbol: String = "A", field: String = "price", type: String = "quote")
    -> String
  {
    values.enumerated().map { i, value in
      let number = value.map { $0 == $0.rounded() ? String(Int($0)) : String($0) } ?? "null"
      return
        #"{"type":"\#(type)","symbol":"\#(symbol)","ts":"2026-01-05T15:\#(i / 6 < 10 ? "0" : "")\#(i / 6):\#(i % 6)0Z","\#(field)":\#(number)}"#
        + "\n"
    }.joined()
  }

  /// `second state rule` of each alert.
  private func told(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      func member(_ name: String) -> String {
        guard let start = line.firstRange(of: "\"\(name)\":\"")?.upperBound else { return "" }
        return String(line[start...].prefix { $0 != "\"" })
      }
      return "\(member("ts").dropFirst(14).dropLast(1)) \(member("state")) \(member("rule"))"
    }
  }

  private func run(_ options: [String], _ input: String) throws -> Run.Result {
    try Run.tool("fs-alert", options, input: input, environment: ["FINSTAGE_HOME": home.path + "/home"])
  }

  // MARK: - The first minutes

  @Test func theExampleOfTheReadme() throws {
    let input = quotes([1, 3.5, 2, 4, 5, 2], field: "change_percent")
    let result = try run(["--when", "change_percent >= 3", "--cooldown", "20s"], input)
    #expect(
      told(result.text) == ["00:10 firing alert", "00:20 resolved alert", "00:30 firing alert", "00:50 resolved alert"])
    #expect(result.lines[0].contains(#""message":"A: change_percent >= 3 (change_percent 3.5)""#), "\(result.lines[0])")
    #expect(result.lines[0].contains(#""values":{"change_percent":3.5}"#) && result.errors.isEmpty)
    let none = try run(["--when", "change_percent >= 30", "--exit-code"], input)
    #expect(none.status == 1 && none.output.isEmpty)
  }

  @Test func passLetsTheInputThroughByteForByte() throws {
    let input =
      "{ \"symbol\" : \"A\", \"ts\":\"2026-01-05T15:00:00Z\",\"close\":5,\"x\":[1, 2]}\n{\"type\":\"news\",\"title\":\"t\"}\n"
      + "{\"symbol\":\"A\",\"ts\":\"2026-01-05T15:01:00Z\",\"close\":1}\n"
    let result = try run(["--when", "close > 3", "--pass"], input)
    let others = result.text.split(separator: "\n").filter { !$0.contains("\"type\":\"alert\"") }
    #expect(others.joined(separator: "\n") + "\n" == input)
    #expect(
      result.lines.count == 5 && result.lines[1].contains("\"firing\"") && result.lines[4].contains("\"resolved\""))
  }

  @Test func everyFormatGivesTheSameAlerts() throws {
    let result = try shell(
      """
      fs-fetch --provider sample --range max AAPL IBM | fs-indicators --sma 50,200 > i.ndjson
      for f in csv arrow parquet; do fs-frame convert i.ndjson -o i.$f; done
      for f in ndjson csv arrow parquet; do fs-alert --when 'sma_50 crosses above sma_200' i.$f | md5sum | cut -c1-32; done | sort | uniq -c | awk '{ print $1 }'
      fs-alert --when 'sma_50 crosses above sma_200' i.ndjson | wc -l
      fs-indicators --sma 50,200 --signals --last < /dev/null; fs-fetch --provider sample --range max AAPL IBM | fs-indicators --sma 50,200 --signals | grep -c golden_cross
      fs-alert --when 'sma_50 crosses above sma_200' i.ndjson -o a.parquet; fs-frame info a.parquet | grep -c severity
      """)
    let lines = result.lines
    #expect(lines[0] == "4" && lines[1] == lines[2] && lines[3] == "1", "\(result.text) \(result.errors)")
  }

  // MARK: - Every type of alert, at its record and at no other

  @Test(
    arguments: [
      ("price >= 3", [1, 3, 3, 2, 3], ["00:10 firing", "00:30 resolved", "00:40 firing"]),
      ("price rises by 3% within 1m", [24, 24.5, 24.72, 24.72, 24], ["00:20 firing"]),
      ("price falls by 10% within 20s", [100, 95, 89, 80, 90], ["00:30 firing"]),
      ("price rises by 2 within 1m", [1, 2, 3, 2], ["00:20 firing"]),
      ("price new high of 3", [1, 2, 2, 3, 3, 5, 4], ["00:30 firing", "00:50 firing"]),
      ("price new low of 30s", [5, 4, 6, 3, 3, 2], ["00:30 firing", "00:50 firing"]),
      ("price crosses above 3", [3, 3, 4, 5, 3, 4], ["00:20 firing", "00:50 firing"]),
      ("price > avg(price, 3)", [1, 2, 3, 4, 1], ["00:20 firing", "00:40 resolved"]),
      ("price / prev(price) - 1 >= 5%", [100, 105, 106, 111.3], ["00:10 firing", "00:20 resolved", "00:30 firing"]),
      ("between 10:00 and 10:00:20 America/New_York", [1], []),
      (
        "between 10:00 and 10:01 America/New_York and price > 1", [2, 2, 2, 2, 2, 2, 2],
        ["00:00 firing", "01:00 resolved"]
      ),
      ("within session and price > 0", [1, 1], ["00:00 firing"]), ("symbol in (B, ^GSPC, A)", [1], ["00:00 firing"]),
      ("symbol in (^GSPC)", [1], []),
    ] as [(String, [Double], [String])]) func conditions(_ condition: String, _ values: [Double], _ expected: [String])
    throws
  {
    let result = try run(["--when", condition], quotes(values))
    if condition.contains("10:00:20") { return #expect(result.status == 64) }
    #expect(told(result.text).map { $0.replacing(" alert", with: "") } == expected, "\(result.text) \(result.errors)")
  }

  @Test func splitsAreNoMoves() throws {
    let bars = [(100.0, ""), (26.0, #","split":4"#), (25.5, ""), (20.0, "")].enumerated().map { i, bar in
      #"{"symbol":"A","ts":"2026-01-0\#(i + 1)","open":1,"high":1,"low":1,"close":\#(bar.0),"volume":1\#(bar.1)}"#
        + "\n"
    }.joined()
    let result = try run(["--when", "close falls by 20% within 30d"], bars)
    #expect(result.lines.count == 1 && result.text.contains("2026-01-04"), "\(result.text)")
  }

  @Test func thePriceRulesFireWhereTheyShould() throws {
    let result = try shell(
      """
      fs-alert rules --print prices > p.conf; fs-alert rules --lint p.conf; echo "lint $?"
      cat > feed <<'EOT'
      {"type":"snapshot","symbol":"A","ts":"2026-01-02","close":100,"previous_close":100,"previous_high":102,"previous_low":99}
      {"type":"ath","symbol":"A","ts":"2026-01-02","all_time_high":110,"all_time_low":50}
      {"type":"quote","symbol":"A","ts":"2026-01-05T15:00:00Z","price":100,"change_percent":0}
      {"type":"quote","symbol":"A","ts":"2026-01-05T15:01:00Z","price":102.5,"change_percent":2.5}
      {"type":"quote","symbol":"A","ts":"2026-01-05T15:02:00Z","price":103,"change_percent":3}
      {"type":"quote","symbol":"A","ts":"2026-01-05T15:03:00Z","price":111,"change_percent":11}
      {"type":"quote","symbol":"A","ts":"2026-01-05T15:04:00Z","price":104,"change_percent":4}
      {"type":"quote","symbol":"A","ts":"2026-01-05T15:05:00Z","price":97,"change_percent":-3}
      {"type":"quote","symbol":"A","ts":"2026-01-05T15:06:00Z","price":49,"change_percent":-51}
      {"type":"quote","symbol":"^GSPC","ts":"2026-01-05T15:07:00Z","price":5000,"change_percent":1}
      {"type":"quote","symbol":"ES=F","ts":"2026-01-05T15:07:00Z","price":5000,"change_percent":3}
      EOT
      fs-alert test --rules p.conf < feed
      """)
    let lines = result.text.split(separator: "\n", maxSplits: 1)
    #expect(lines[0] == "lint 0", "\(result.errors)")
    let firings = told(String(lines[1])).filter { $0.contains("firing") }.map { $0.replacing(" firing", with: "") }
    #expect(
      firings
        == [
          "00:00 drop_from_high", "01:00 break_prev_high", "02:00 price_rise", "03:00 surge", "03:00 new_high",
          "04:00 drop_from_high",
          "04:00 plunge", "05:00 price_drop", "05:00 break_prev_low", "06:00 plunge_strong", "06:00 new_low",
          "07:00 price_rise_index",
        ].filter { !$0.hasPrefix("04:00 drop_from_high") && !$0.hasPrefix("05:00 plunge") }, "\(firings)")
  }

  @Test func metricsHaveSeriesOfTheirOwn() throws {
    let result = try shell(
      """
      fs-alert rules --print metrics > m.conf
      m() { printf '{"type":"metric","name":"%s","symbol":"host","ts":"2026-01-05T15:%s:00Z","value":%s}\\n' $2 $1 $3; }
      (m 00 cpu_percent 85; m 00 memory_percent 10; m 01 cpu_percent 95; m 02 memory_percent 99; m 02 cache_hit_rate 60; m 03 error_rate_percent 5
       m 04 error_rate_percent 5.1; m 05 api_response_time_ms 1001; m 06 api_response_time_ms 2500; m 07 cpu_percent 50) | fs-alert test --rules m.conf
      """)
    #expect(
      told(result.text) == [
        "00:00 firing high_cpu_usage", "01:00 firing critical_cpu_usage", "02:00 firing critical_memory_usage",
        "02:00 firing low_cache_hit_rate", "04:00 firing high_error_rate", "05:00 firing slow_api_response",
        "06:00 firing very_slow_api_response", "07:00 resolved critical_cpu_usage", "07:00 resolved high_cpu_usage",
      ], "\(result.text) \(result.errors)")
  }

  @Test func silenceOfASymbolIsHeard() throws {
    var feed: [String] = []
    for i in 0..<12 {
      let minute = i < 10 ? "0\(i)" : "\(i)"
      for symbol in ["A", "B"] where symbol == "B" || i < 3 || i > 8 {
        feed.append(#"{"type":"quote","symbol":"\#(symbol)","ts":"2026-01-05T15:\#(minute):00Z","price":1}"# + "\n")
      }
    }
    _ = home.file("all", feed.joined())
    _ = home.file("one", feed[..<9].joined())
    _ = home.file("two", feed[9...].joined())
    _ = home.file("r", "rule quiet\n  when missing for 3m\n")
    let result = try shell(
      "fs-alert test --rules r all > a; fs-alert test --rules r --state s one > b; fs-alert test --rules r --state s two >> b; cmp a b; cat a"
    )
    #expect(told(result.text) == ["05:00 firing quiet", "09:00 resolved quiet"], "\(result.text) \(result.errors)")
  }

  @Test func baselinesComeFromAStore() throws {
    let result = try shell(
      """
      fs-fetch --provider sample AAPL --range max --store p.db --update > /dev/null
      printf '{"type":"quote","symbol":"AAPL","ts":"2013-03-04T15:00:00Z","price":%s}\\n' 430 440 439 > q
      fs-alert --when 'price > previous_high' --baselines p.db --message '{price} {previous_high}' q | grep -o '"message":"[^"]*"'
      """)
    #expect(result.text.hasPrefix(#""message":"440 438"#), "\(result.text) \(result.errors)")
  }

  // MARK: - Told once

  @Test func aReplayTellsNothingTwice() throws {
    _ = home.file("feed", quotes([1, 5, 1, 5, 1]))
    let result = try shell(
      """
      fs-alert --when 'price > 3' --state s.db --to file:told < feed; wc -l < told
      fs-alert --when 'price > 3' --state s.db --to file:told < feed; wc -l < told
      cat feed | fs-alert --when 'price > 3' --state s.db --to stdout | wc -l
      fs-alert history --state s.db --json | wc -l; fs-alert active --state s.db | wc -l; fs-alert outbox --state s.db | wc -l
      stat -c %a s.db
      """)
    #expect(result.text == "4\n4\n0\n2\n1\n1\n600\n", "\(result.text) \(result.errors)")
  }

  /// In pieces as in one run: windows, pending and last values go on.
  @Test func stateGoesOn() throws {
    let values = (0..<200).map { Double(($0 * 37) % 23 + ($0 / 20)) }
    let text = quotes(values)
    let lines = text.split(separator: "\n").map { $0 + "\n" }
    _ = home.file("all", text)
    for (i, range) in [0..<1, 1..<17, 17..<100, 100..<200].enumerated() {
      _ = home.file("p\(i)", lines[range].joined())
    }
    _ = home.file(
      "r.conf",
      """
      rule a
        when price > avg(price, 7)
        for 20s
      rule b
        when price new high of 30
      rule c
        when price rises by 50% within 1m
        cooldown 2m growth 2
      rule d
        when price crosses below prev(price, 3)
      rule e
        when price > stddev(price) within 5m * 2
        reset price < 5
      """)
    let result = try shell(
      """
      fs-alert test --rules r.conf all > whole
      for i in 0 1 2 3; do fs-alert test --rules r.conf --state s p$i; done > parts; cmp whole parts && wc -l < whole
      sed -i 's/price > avg(price, 7)/price > avg(price, 8)/' r.conf; fs-alert test --rules r.conf --state s p3 | wc -l
      """)
    let count = Int(result.lines.first ?? "") ?? 0
    #expect(count > 20 && result.lines.last == "0", "\(result.text) \(result.errors)")
  }

  @Test func recordsOfOneTimeMayComeInTwoRuns() throws {
    let first = #"{"type":"quote","symbol":"A","ts":"2026-01-05T15:00:00Z","price":100}"# + "\n"
    let second = #"{"type":"quote","symbol":"A","ts":"2026-01-05T15:00:00Z","price":110}"# + "\n"
    for condition in ["price > 105", "price crosses above 105"] {
      let state = home.path + "/\(UInt64.random(in: 0 ... .max)).db"
      let options = ["--when", condition, "--state", state, "--exit-code"]
      #expect(try run(options, first).status == 1)
      #expect(told(try run(options, second).text) == ["00:00 firing alert"], "\(condition)")
      #expect(try run(options, first + second).output.isEmpty, "a replay of \(condition)")
    }
  }

  @Test func anEndIsToldIfItsBeginningWas() throws {
    let rules = home.file(
      "inhibit.conf",
      "rule lvl\n when price > 105\n reset price < 103\n inhibits minor\nrule minor\n when price > 103\n")
    let input = quotes([106, 104, 103, 104, 102])
    let expected = ["00:00 firing lvl", "00:40 resolved lvl"]
    #expect(told(try run(["--rules", rules], input).text) == expected)
    #expect(told(try run(["test", "--rules", rules], input).text) == expected)
    #expect(told(try run(["--rules", rules, "--state", home.path + "/inhibit.db"], input).text) == expected)
  }

  @Test func aRuleMayHaveItsHours() throws {
    func told(_ lines: String, _ values: [Double]) throws -> [String] {
      let rules = home.file("hours.conf", "rule r\n \(lines)\n between 15:01 and 15:02 UTC\n")
      return self.told(try run(["--rules", rules], quotes(values)).text)
    }
    // Six records are a minute.
    #expect(
      try told("when price > 5", [9, 9, 9, 9, 9, 9, 9, 9, 1, 9, 9, 9, 1])
        == ["01:00 firing r", "01:20 resolved r", "01:30 firing r"], "outside of the hours nothing begins or ends")
    #expect(
      try told("when price crosses above 5", [1, 9, 1, 1, 1, 1, 9, 9, 1, 9]) == ["01:00 firing r", "01:30 firing r"])
    #expect(try told("when price crosses above 5", [1, 9, 9, 9, 9, 9, 9, 9]).isEmpty, "a moment before is over")
    let wrong = try run(["--rules", home.file("wrong.conf", "rule r\n when price > 5\n between 9 to 5\n")], "")
    #expect(wrong.status == 65 && wrong.errors.contains("wrong.conf:3: between: times and a zone"), "\(wrong.errors)")
  }

  @Test func barsThatComeAgainAndAgain() throws {
    func bar(_ minute: Int, _ close: Int) -> String {
      #"{"type":"bar","symbol":"A","ts":"2024-03-01T15:0\#(minute):00Z","close":\#(close)}"# + "\n"
    }
    func rules(_ lines: String) -> String { home.file("again.conf", "rule r\n \(lines)\n") }
    func told(_ lines: String, _ bars: [(Int, Int)]) throws -> [String] {
      self.told(try run(["--rules", rules(lines)], bars.map { bar($0, $1) }.joined()).text)
    }
    let grows = [(0, 9), (0, 12), (0, 8), (0, 12), (1, 8), (1, 9), (2, 12), (3, 1)]
    let cross = "when close crosses above 10"
    #expect(try told(cross, grows) == ["00:00 firing r", "00:00 firing r", "02:00 firing r"], "each record is one")
    #expect(try told(cross + "\n on once per bar", grows) == ["00:00 firing r", "02:00 firing r"])
    #expect(
      try told(cross + "\n on close", grows) == ["02:00 firing r"],
      "12 was the close of the first bar, and the first crosses nothing")
    #expect(
      try told("when close > 10\n on close", grows)
        == ["00:00 firing r", "01:00 resolved r", "02:00 firing r"], "the bar of 15:03 may still grow")
    let mistake = try run(["--rules", rules(cross + "\n on clos")], "")
    #expect(mistake.status == 65 && mistake.errors.contains("on: one of every record, close, once per bar"))
    // A run ends in the middle of a bar.
    let state = ["--rules", rules("when close > 10\n on close"), "--state", home.path + "/again.db"]
    #expect(self.told(try run(state, bar(0, 9) + bar(0, 12)).text).isEmpty)
    #expect(self.told(try run(state, bar(1, 3)).text) == ["00:00 firing r"])
  }

  @Test(arguments: [true, false]) func rulesAreReadAgain(_ hasState: Bool) throws {
    let rules = home.file("reread.conf", "rule high\n when price > 5\nrule old\n when price > 100\n")
    let options = hasState ? ["--state", home.path + "/reread.db"] : []
    let child = try Child(
      tool: "fs-alert", ["--rules", rules] + options, environment: ["FINSTAGE_HOME": home.path], mergesErrors: true)
    func quote(_ second: Int, _ members: String) -> String {
      #"{"type":"quote","symbol":"A","ts":"2024-03-01T15:00:\#(second)Z",\#(members)}"# + "\n"
    }
    child.write(quote(10, #""price":7"#))
    #expect(child.line()?.contains(#""rule":"high""#) == true)
    _ = home.file("reread.conf", "rule high\n when price >\n")
    child.write(String(quote(20, #""price":8,"volume":1"#).prefix(30)))
    child.signal(SIGHUP)
    #expect(child.line()?.contains("the rules stay as they were") == true)
    for _ in 0..<2 { _ = child.line() }  // the condition, and where it is wrong
    _ = home.file("reread.conf", "rule high\n when price > 5\nrule big\n when volume > 3\n")
    child.signal(SIGHUP)
    #expect(child.line()?.contains("the rules were read again: 2") == true)
    child.write(String(quote(20, #""price":8,"volume":1"#).dropFirst(30)))
    child.write(quote(30, #""price":9,"volume":4"#))
    let line = child.line() ?? ""
    #expect(line.contains(#""rule":"big""#) && line.contains("15:00:30"), "\(line)")
    child.write(quote(40, #""price":1,"volume":5"#))
    let end = child.line() ?? ""
    #expect(end.contains(#""rule":"high""#) && end.contains("resolved"), "it still remembers that it fired: \(end)")
    child.closeInput()
    #expect(child.rest().isEmpty)
    #expect(child.wait() == 0)
  }

  @Test func momentsAreNotActive() throws {
    let state = home.path + "/moments.db"
    let input = quotes([1, 9])
    #expect(told(try run(["--when", "price crosses above 5", "--state", state], input).text).count == 1)
    #expect(!(try run(["active", "--state", state], "").text.contains("crosses")))
    let history = try run(["history", "--last", "1d", "--json", "--state", state], "")
    #expect(history.text.contains(#""state":"ended""#), "\(history.text)")
    let id = String(history.text.split(separator: "\"")[3])
    #expect(try run(["ack", id, "--state", state], "").status == 0)
  }

  @Test func aChainMayBeLongButNotEndless() throws {
    let long = "price > " + repeatElement("1", count: 1000).joined(separator: "+")
    #expect(try run(["--when", long, "--exit-code"], quotes([2000])).status == 0)
    for word in ["+", " and ", "*", " or "] {
      let endless = "price > 1 and " + repeatElement("price", count: 30_000).joined(separator: word)
      let rules = home.file("endless.conf", "rule r\n when \(endless)\n")
      let result = try run(["--rules", rules], quotes([2]))
      #expect(
        result.status == 65 && result.errors.contains("more than 2000 operations"), "\(result.errors.prefix(200))")
    }
  }

  @Test func aCommandThatHangsDoesNotOutliveTheRun() throws {
    let result = try shell(
      """
      printf '%s' '\(quotes([9]))' | fs-alert --when 'price > 5' --state h.db --linger 100ms --to 'exec:sleep 300 & echo $! > pid; sleep 300'
      echo $?; case "$(ps -o stat= -p $(cat pid))" in ''|Z*) echo gone;; esac; fs-alert outbox --state h.db | grep -c waiting
      """)
    #expect(result.lines == ["0", "gone", "1"], "\(result.text) \(result.errors)")
  }

  @Test func manyDeliveriesToAFileAreFast() throws {
    let result = try shell(
      """
      awk 'BEGIN { for (i = 0; i < 20000; i++) printf "{\\"type\\":\\"quote\\",\\"symbol\\":\\"S%d\\",\\"ts\\":\\"2026-01-05T15:00:00Z\\",\\"price\\":9}\\n", i }' |
        fs-alert --when 'price > 5' --state many.db --to file:many.out --linger 60s
      echo $?; wc -l < many.out; cut -d, -f2 many.out | sort -u | wc -l
      """)
    #expect(result.lines.map { $0.filter { $0 != " " } } == ["0", "20000", "20000"], "\(result.text) \(result.errors)")
  }

  @Test func whoIsKilledSendsLater() throws {
    _ = home.file("feed", quotes([1, 5, 1, 5, 1, 7]))
    let result = try shell(
      """
      cat > slow.sh <<'EOT'
      cat > "got.$FS_ALERT_ID.$FS_ALERT_STATE.$$"; touch began; sleep 30
      EOT
      (cat feed; sleep 30) | fs-alert --when 'price > 3' --state s.db --to 'exec:sh slow.sh' 2> /dev/null & p=$!
      until [ -e began ]; do sleep 0.02; done; kill -9 $p; wait $p 2> /dev/null; rm -f began got.*
      fs-alert outbox --state s.db --json | wc -l
      echo 'cat >> got' > slow.sh;
      fs-alert resend --state s.db; echo $?; grep -c firing got; grep -c resolved got; fs-alert outbox --state s.db --json | wc -l
      """)
    #expect(result.text == "5\n0\n3\n2\n0\n", "\(result.text) \(result.errors)")
  }

  @Test func silencesAndAcknowledgements() throws {
    _ = home.file("a", quotes([5]))
    _ = home.file("b", quotes([5], symbol: "BTC-USD"))
    let result = try shell(
      """
      export S="--state s.db"; fs-alert silence $S 'BTC*' --for 2h; fs-alert silence $S | wc -l
      fs-alert --when 'price > 3' $S --to file:told a b; grep -o '"symbol":"[^"]*"' told
      fs-alert active $S --json | grep -o '"state":"[a-z]*"' | sort | xargs; id=$(fs-alert active $S --json | grep '"A"' | cut -d'"' -f4)
      fs-alert ack $S $(echo $id | cut -c1-6); fs-alert active $S | grep -c acknowledged; fs-alert ack $S zzz; echo $?
      fs-alert unsilence $S 'BTC*'; fs-alert unsilence $S 'BTC*'; echo $?; fs-alert stats $S | grep -o '"total_alerts":2'; fs-alert doctor $S | grep -c 'last success'
      """)
    #expect(
      result.text
        == "1\n2\n\"symbol\":\"A\"\nstate:firing state:silenced\n1\n1\n66\n\"total_alerts\":2\n1\n",
      "\(result.text) \(result.errors)")
  }

  @Test func oldAlertsAreKeptAndNotTold() throws {
    _ = home.file("a", quotes([5]))
    let result = try shell(
      "fs-alert --when 'price > 3' --state s.db --max-age 1h --to file:told a; ls told 2> /dev/null; fs-alert history --state s.db --json | grep -o 'older than --max-age'"
    )
    #expect(result.text == "older than --max-age\n", "\(result.text) \(result.errors)")
  }

  // MARK: - Channels

  private func secret(_ name: String, _ text: String) {
    let path = home.file(name, text)
    chmod(path, 0o600)
  }

  private func check(_ channel: String) throws -> Run.Result {
    try Run.shell(
      "fs-alert check-channel '\(channel)'", folder: home.path, environment: ["FINSTAGE_HOME": home.path + "/home"])
  }

  @Test func webhooksAreSigned() throws {
    let server = try LoopbackServer { _ in .init("ok") }
    secret(
      "hook",
      "url = \(server.url)/h\nsecret = whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\nsecret = old\nheader = X-Team: desk\n")
    let result = try check("webhook:@hook")
    #expect(result.status == 0, "\(result.errors)")
    let request = server.requests.first ?? ""
    func header(_ name: String) -> String {
      request.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }.map {
        String($0.drop { $0 != " " }.dropFirst())
      } ?? ""
    }
    let body = request.firstRange(of: "\r\n\r\n").map { String(request[$0.upperBound...]) } ?? ""
    #expect(request.hasPrefix("POST /h ") && header("x-team") == "desk" && body.contains("\"type\":\"alert\""))
    let signatures = header("webhook-signature").split(separator: " ")
    let verify = try Run.shell(
      """
      printf '%s.%s.%s' "$ID" "$TIME" "$BODY" | openssl dgst -sha256 -hmac old -binary | base64
      """, folder: home.path,
      environment: ["ID": header("webhook-id"), "TIME": header("webhook-timestamp"), "BODY": body])
    #expect(signatures.count == 2 && "v1,\(verify.lines.first ?? "")" == signatures[1], "\(signatures) \(verify.text)")
  }

  @Test(
    arguments: [
      (429, ["Retry-After: 7"], "again in"), (503, [], "again in"), (408, [], "again in"), (404, [], "given up"),
      (410, [], "is off"),
      (307, ["Location: http://127.0.0.1:1/elsewhere"], "given up"), (413, [], "given up"),
    ] as [(Int, [String], String)]) func faultsOfReceivers(_ status: Int, _ headers: [String], _ words: String) throws
  {
    let server = try LoopbackServer { _ in
      var answer = LoopbackServer.Answer("no")
      answer.status = status
      answer.headers = headers
      return answer
    }
    secret("hook", "\(server.url)/secret-token\n")
    _ = home.file("feed", quotes([5]))
    let result = try shell(
      "fs-alert --when 'price > 3' --state s.db --to webhook:@hook --linger 5s feed; echo $?; fs-alert outbox --state s.db --json | grep -o '\"status\":\"[a-z]*\"'; fs-alert doctor --state s.db > /dev/null; echo $?"
    )
    let state = words == "again in" ? "waiting" : "dead"
    #expect(result.text == "0\n\"status\":\"\(state)\"\n65\n", "\(result.text) \(result.errors)")
    #expect(result.errors.contains(words) && !result.errors.contains("secret-token"), "\(result.errors)")
    #expect(server.requests.count == 1)
    if status == 429 {
      #expect(result.errors.contains("again in 7s") || result.errors.contains("again in 8s"), "\(result.errors)")
    }
  }

  @Test func anEndlessAnswerAndASilentOneHoldNothingUp() throws {
    let endless = try LoopbackServer { _ in
      var answer = LoopbackServer.Answer()
      answer.raw = Array("HTTP/1.1 200 OK\r\n\r\n".utf8)
      answer.endless = [UInt8](repeating: 0x20, count: 1 << 16)
      return answer
    }
    #expect(try check("webhook:\(endless.url)").status == 0)
    let silent = try LoopbackServer { _ in
      var answer = LoopbackServer.Answer()
      answer.isSilent = true
      return answer
    }
    _ = home.file("feed", quotes([1, 5, 1, 5, 1, 5]))
    let result = try shell(
      "fs-alert --when 'price > 3' --state s.db --to webhook:\(silent.url) --to file:told --linger 1s feed 2> /dev/null; wc -l < told"
    )
    // The linger, and a second for what is under way: not the ten that a webhook may take, nor the thirty of a mail.
    #expect(result.text == "5\n" && result.seconds < 8, "\(result.text) \(result.seconds) \(result.errors)")
    try configureMail(silent.url.replacing("http:", with: "smtp:"))
    let mail = try shell(
      "fs-alert --when 'price > 3' --state m.db --to mail:me@example.org --linger 1s feed; fs-alert outbox --state m.db --json | grep -o '\"status\":\"[a-z]*\"' | sort | uniq -c | wc -l"
    )
    #expect(mail.text.contains("1") && mail.seconds < 8, "\(mail.text) \(mail.seconds) \(mail.errors)")
  }

  @Test func chatsGetTheirShape() throws {
    let server = try LoopbackServer { target in
      var answer = LoopbackServer.Answer("{}")
      if target.contains("bot") { answer.status = 400 }
      return answer
    }
    secret("slack", server.url + "/slack\n")
    secret("pd", "url = \(server.url)/pd\nkey = R0UT1NG\n")
    secret("tg", "url = \(server.url)\ntoken = T0KEN\nchat = 42\n")
    secret("ntfy", "url = \(server.url)/topic\ntoken = tk\n")
    #expect(
      try check("slack:@slack").status == 0 && check("pagerduty:@pd").status == 0 && check("ntfy:@ntfy").status == 0)
    let telegram = try check("telegram:@tg")
    #expect(telegram.status == 69 && !telegram.errors.contains("T0KEN"), "\(telegram.errors)")
    let requests = server.requests
    #expect(requests[0].contains("&lt;&amp;&gt;") && requests[1].contains("\"event_action\":\"trigger\""))
    #expect(requests[2].contains("Title: [INFO] TEST test") && requests[2].hasSuffix("<&>"))
    #expect(
      requests.count == 5 && requests[3].contains("parse_mode") && !requests[4].contains("parse_mode"),
      "once more as plain text")
  }

  private func configureMail(_ url: String) throws {
    _ = try Run.shell(
      "mkdir -p home/config && chmod 700 home home/config && printf 'url = \(url)\\nfrom = alerts@example.org\\n' > home/config/mail.conf && chmod 600 home/config/mail.conf",
      folder: home.path)
  }

  @Test func mailsArrive() throws {
    let server = try LoopbackMail()
    try configureMail(server.url)
    _ = home.file("feed", quotes([1, 5, 1], symbol: "M&M.NS"))
    let result = try shell(
      "fs-alert --when 'price > 3' --message 'Kurs über {price}' --state s.db --to mail:me@example.org --to mail:you@example.org feed; echo $?"
    )
    #expect(result.text == "0\n" && result.errors.isEmpty, "\(result.text) \(result.errors)")
    let mails = server.mails
    #expect(mails.count == 4 && mails.allSatisfy { $0.recipients.count == 1 })
    let first = mails.first { $0.recipients[0].contains("me@") }?.text ?? ""
    #expect(first.contains("Subject: [WARNING] M&M.NS alert\n") && first.contains("-firing@example.org>"), "\(first)")
    let ended = mails.last { $0.recipients[0].contains("me@") }?.text ?? ""
    #expect(ended.contains("Subject: [RESOLVED]") && ended.contains("In-Reply-To: <"), "\(ended)")
    let body = first.split(separator: "\n\n", maxSplits: 1).last.map(String.init) ?? ""
    let plain = try Run.shell("base64 -d <<< '\(body)' | head -n 1")
    #expect(plain.text == "Kurs über 5\n", "\(plain.text)")
  }

  /// Later is later, never is never, one refused recipient holds up no other; TLS that is offered and broken is not done without.
  @Test(arguments: [
    ("RCPT", "451 4.7.1 greylisted", "waiting", "again in"), ("RCPT", "550 5.1.1 no such user", "dead", "given up"),
    ("MAIL", "421 too busy", "waiting", "again in"), (".", "452 full", "waiting", "again in"),
    (".", "554 spam", "dead", "given up"),
  ]) func mailsThatAreNotTaken(_ at: String, _ reply: String, _ status: String, _ words: String) throws {
    let server = try LoopbackMail { command in
      command.hasPrefix(at) && (at == "." ? command == "." : at != "RCPT" || command.contains("me@")) ? reply : nil
    }
    try configureMail(server.url)
    _ = home.file("feed", quotes([5]))
    let result = try shell(
      "fs-alert --when 'price > 3' --state s.db --to mail:me@example.org --to mail:you@example.org --linger 5s feed; fs-alert outbox --state s.db --json | grep 'mail:me@' | grep -o '\"status\":\"[a-z]*\"'"
    )
    #expect(result.text == "\"status\":\"\(status)\"\n", "\(result.text) \(result.errors)")
    #expect(result.errors.contains(words), "\(result.errors)")
    if at == "RCPT" { #expect(server.mails.map { $0.recipients.count } == [1]) }
  }

  @Test func mailsNeedTLSBeyondThisMachine() throws {
    try configureMail("smtp://mail.invalid:587")
    let result = try check("mail:me@example.org")
    #expect(result.status == 69 && result.errors.contains("mail.invalid"), "\(result.errors)")
  }

  @Test func secretsAreForTheirOwnerOnly() throws {
    _ = home.file("open", "https://example.invalid/x\n")
    chmod(home.path + "/open", 0o644)
    let result = try shell(
      "fs-alert check-channel slack:@open; echo $?; fs-alert check-channel carrier:pigeon; echo $?; fs-alert check-channel mail:nobody; echo $?"
    )
    #expect(result.text == "78\n64\n64\n", "\(result.text)")
    #expect(result.errors.contains("chmod 600 open"))
    // The address of such a service is its secret.
    for channel in [
      "slack:https://hooks.example/S3CRET", "discord:https://example/S3CRET", "pagerduty:S3CRET", "telegram:S3CRET",
    ] {
      let shown = try shell(
        "fs-alert check-channel \(channel); echo $?; printf '' | fs-alert --when 'a > 1' --to \(channel); echo $?")
      #expect(
        shown.text == "64\n64\n" && shown.errors.contains("mode 0600") && !shown.errors.contains("S3CRET"),
        "\(shown.errors)")
    }
  }

  @Test func storms() throws {
    let feed = (0..<300).map { i in
      #"{"type":"quote","symbol":"S\#(i)","ts":"2026-01-05T14:30:00Z","price":9}"# + "\n"
    }.joined()
    _ = home.file("feed", feed)
    _ = home.file("r.conf", "channel x exec:cat >> got; echo >> calls\nrule a\n  when price > 3\n  group 1s\n  to x\n")
    let result = try shell(
      "fs-alert --rules r.conf --state s.db --linger 10s feed; wc -l < calls; wc -l < got; grep -o '\"and\":' got | wc -l"
    )
    #expect(result.text == "2\n2\n1\n", "the first at once, then one summary: \(result.text) \(result.errors)")
  }

  // MARK: - Errors

  @Test func mistakesAreNamed() throws {
    let result = try shell(
      """
      fs-alert < /dev/null; echo $?; fs-alert --when 'close >' < /dev/null; echo $?; fs-alert --cooldown 5m < /dev/null; echo $?
      fs-alert --when 'change_percent > 3%' < /dev/null; echo $?; printf 'rule a\\n when close > 1\\n bad\\n' > r; fs-alert --rules r < /dev/null; echo $?
      fs-alert --rules none < /dev/null; echo $?; echo '{"symbol":1' | fs-alert --when 'close > 1' --on-error stop; echo $?
      echo '{"symbol":1' | fs-alert --when 'close > 1'; echo $?
      echo '{"symbol":"A","close":"x"}' | fs-alert --when 'close > 1' --on-error skip; echo $?; fs-alert active; echo $?
      printf '{"symbol":"A","ts":"2026-01-02","close":1}\\n' | fs-alert --when 'clsoe > 1'; echo $?
      """)
    #expect(result.text == "64\n64\n64\n64\n65\n66\n65\n0\n0\n66\n0\n", "\(result.text) \(result.errors)")
    for words in [
      "say what to watch for", "r:3: there is no key \"bad\"",
      "no record of finstage has a field \"clsoe\" (did you mean close?)",
    ] {
      #expect(result.errors.contains(words), "\(words): \(result.errors)")
    }
  }
}
