import TestSupport
import Testing

/// What fs-alert told wrongly, twice or never.
@Suite struct AlertTrialTests {
  private let home = TemporaryFolder()

  private func shell(_ script: String) throws -> Run.Result {
    try Run.shell(
      """
      # q SYMBOL PRICE...: quotes, a minute apart.
      q() { s=$1; shift; i=0; for p; do printf '{"type":"quote","symbol":"%s","ts":"2024-01-02T15:%02d:00Z","price":%s}\\n' $s $i $p; i=$((i+1)); done; }
      told() { sed 's/.*"rule":"\\([^"]*\\)".*"symbol":"\\([^"]*\\)".*"state":"\\([^"]*\\)".*/\\1 \\2 \\3/'; }
      \(script)
      """, folder: home.path,
      environment: ["FINSTAGE_HOME": home.path + "/home", "FINSTAGE_SAMPLES": Run.package + "/samples"])
  }

  @Test func completeBarsNeedNoSymbol() throws {
    let result = try shell(
      """
      printf 'rule a\\n when close > 5\\n on close\\n' > r
      printf '{"ts":"2024-01-02","close":9}\\n{"ts":"2024-01-03","close":9}\\n{"ts":"2024-01-04","close":1}\\n{"ts":"2024-01-05","close":1}\\n' | fs-alert --rules r | grep -o '"state":"[a-z]*"'
      """)
    #expect(result.text == "\"state\":\"firing\"\n\"state\":\"resolved\"\n", "\(result.text) \(result.errors)")
  }

  @Test func allTimeHighsComeFromFetch() throws {
    let result = try shell(
      """
      fs-alert rules --print prices > prices.conf
      (fs-fetch --provider sample --snapshot AAPL; fs-fetch --provider sample --ath AAPL; fs-fetch --provider sample --quote AAPL) > feed
      fs-alert --rules prices.conf feed | told; fs-alert --when 'price > 700' feed
      printf 'rule surge\\n when price / prev(price) - 1 >= 5%%\\n' > r
      (q A 100; fs-fetch --provider sample --ath AAPL | sed s/AAPL/A/; q A 100 106 | tail -1) | fs-alert --rules r | told
      """)
    #expect(result.text.contains("drop_from_high AAPL firing"), "\(result.text) \(result.errors)")
    #expect(
      result.text.hasSuffix("surge A firing\nsurge A firing\n") == false && result.text.hasSuffix("surge A firing\n"),
      "\(result.text)")
  }

  @Test func setsOfRulesDoNotHideRecordsFromEachOther() throws {
    let result = try shell(
      """
      q A 1 5 6 > feed
      fs-alert --name r1 --when 'price > 3' --to file:d1 feed; fs-alert --name r2 --when 'price > 4' --to file:d2 feed
      fs-alert --name r1 --when 'price > 3' --to file:d1 feed; cat d1 d2 | told
      """)
    #expect(result.text == "r1 A firing\nr2 A firing\n", "\(result.text) \(result.errors)")
  }

  @Test func processesKeepEachOthersMemory() throws {
    let result = try shell(
      """
      q A 1 5 | fs-alert --when 'price > 3' --to file:d --state s; q B 1 5 | fs-alert --when 'price > 3' --to file:d --state s
      (q A 1 5 6 1; q B 1 5 1) | fs-alert --when 'price > 3' --to file:d --state s; told < d
      """)
    #expect(
      result.text == "alert A firing\nalert B firing\nalert A resolved\nalert B resolved\n",
      "\(result.text) \(result.errors)")
  }

  /// Killed after the firing, it goes on as one that fires; killed while something is pending, it knows since when.
  @Test func whoeverIsKilledGoesOn() throws {
    let result = try shell(
      """
      mkfifo p; fs-alert --when 'price > 3' --to file:d --state s < p & exec 9> p
      q A 1 5 >&9; until [ -s d ]; do sleep 0.02; done; kill -9 $!; wait $! 2>/dev/null; exec 9>&-
      q A 1 5 6 1 | tail -2 | fs-alert --when 'price > 3' --to file:d --state s; told < d
      fs-alert --when 'price > 3' --for 3m --pass --to file:e --state t < p > out & exec 9> p
      q A 1 5 5 >&9; until [ $(wc -l < out) = 3 ]; do sleep 0.02; done; sleep 5.2
      q A 1 5 5 5 | tail -1 >&9; until [ $(wc -l < out) = 4 ]; do sleep 0.02; done; kill -9 $!; wait $! 2>/dev/null; exec 9>&-
      q A 1 5 5 5 5 | tail -1 | fs-alert --when 'price > 3' --for 3m --to file:e --state t; told < e
      """)
    #expect(
      result.text == "alert A firing\nalert A resolved\nalert A firing\n", "\(result.text) \(result.errors)")
  }

  @Test func baselinesSurviveARestart() throws {
    let result = try shell(
      """
      printf '{"type":"ath","symbol":"A","ts":"2024-01-01","all_time_high":200}\\n' | fs-alert --when 'price > all_time_high' --to file:d --state s
      q A 210 | fs-alert --when 'price > all_time_high' --to file:d --state s; told < d
      """)
    #expect(result.text == "alert A firing\n", "\(result.text) \(result.errors)")
  }

  @Test func whatIsMomentaryInhibitsItsRecordOnly() throws {
    let result = try shell(
      """
      printf 'rule big\\n when price crosses above 100\\n severity critical\\n inhibits small\\nrule small\\n when price > 50\\n' > r
      q A 90 40 110 40 60 40 | fs-alert --rules r --to file:d --state s; told < d
      """)
    #expect(
      result.text
        == "big A firing\nsmall A firing\nsmall A firing\nsmall A resolved\nsmall A resolved\n",
      "\(result.text) \(result.errors)")
  }

  @Test func metricsAreToldApartByLabelsAndNames() throws {
    let result = try shell(
      """
      m() { printf '{"type":"metric","name":"%s","ts":"2024-01-02T15:00:0%s","value":%s,"labels":{"host":"%s"}}\\n' $1 $2 $3 $4; }
      (m cpu 1Z 90 a; m cpu 2Z 10 b; m cpu 3Z 90 a; m cpu 0Z 95 c; m mem 1Z 99 a) > feed
      fs-alert --when "name in ('cpu', 'mem') and value > 80" --state s --to stdout feed | told
      """)
    #expect(
      result.text == "alert host=a firing\nalert host=c firing\nalert host=a firing\n",
      "\(result.text) \(result.errors)")
  }

  @Test func nightsAreNoMoves() throws {
    let result = try shell(
      """
      bar() { printf '{"symbol":"A","ts":"%s","close":%s}\\n' $1 $2; }
      (bar 2024-01-02T20:59:00Z 100; bar 2024-01-03T14:30:00Z 90; bar 2024-01-03T14:31:00Z 85) | fs-alert --when 'close falls by 5% within 1d' | told
      (bar 2024-01-02T20:59:00Z 100; bar 2024-01-03T14:30:00Z 90) | fs-alert --when 'close falls by 5% within 5d' | told
      (bar 2024-01-06T10:00:00Z 100; bar 2024-01-06T16:00:00Z 90) | fs-alert --when 'close falls by 5% within 1d' | told
      """)
    #expect(
      result.text == "alert A firing\nalert A firing\nalert A firing\n", "\(result.text) \(result.errors)")
  }

  @Test func refusedBeginningsHaveNoEnds() throws {
    let server = try LoopbackServer { _ in .init("no", status: 404) }
    defer { server.stop() }
    let result = try shell(
      """
      q A 9 1 | fs-alert --when 'price > 3' --to webhook:\(server.url)/ --state s 2>/dev/null
      fs-alert outbox --state s | grep -o 'its beginning could not be delivered'
      """)
    #expect(result.text == "its beginning could not be delivered\n", "\(result.text) \(result.errors)")
    #expect(server.requests.count == 1)
  }

  @Test func badFormatsAreGivenUp() throws {
    let server = try LoopbackServer { _ in .init("no", status: 400) }
    defer { server.stop() }
    let result = try shell("q A 9 | fs-alert --when 'price > 3' --to webhook:\(server.url)/ --state s")
    #expect(result.errors.contains("given up"), "\(result.errors)")
  }

  @Test func oldAlertsAndSilencesCountWithoutAState() throws {
    let result = try shell(
      """
      q A 1 5 | fs-alert --when 'price > 3' --max-age 1h --to stdout
      fs-alert silence A --for 2h > /dev/null; q A 1 5 | fs-alert --when 'price > 3' --to stdout; q B 1 5 | fs-alert --when 'price > 3' --to stdout | told
      """)
    #expect(result.text == "alert B firing\n", "\(result.text) \(result.errors)")
  }

  @Test func unitsAreCheckedWhereverTheyStand() throws {
    for condition in [
      "change_percent <= -3%", "abs(change_percent) >= 3%", "change_percent crosses above 3%", "avg(volume, 20) > 5m",
      "volume crosses above 5m",
    ] {
      let result = try shell("fs-alert --when '\(condition)' < /dev/null")
      #expect(result.status == 64 && result.errors.contains("write "), "\(condition): \(result.errors)")
    }
  }

  @Test func fieldsThatNeverComeAreNamed() throws {
    let result = try shell(
      "printf '{\"symbol\":\"A\",\"ts\":\"2024-01-02\",\"close\":1}\\n' | fs-alert --when 'sma_50 crosses above sma_200'"
    )
    #expect(
      result.errors.contains("no record has had a field \"sma_200\" so far (rule alert)")
        && result.errors.contains("sma_50"), "\(result.errors)")
  }

  @Test func barsThatComeTwiceCountOnce() throws {
    let result = try shell(
      """
      printf '{"symbol":"A","ts":"2024-01-02","close":1}\\n%.0s' 1 2 3 | fs-alert --when 'count(close > 0, 3) >= 2'
      q A 1 > one; cat one one one | fs-alert --when 'count(price > 0, 3) >= 2' | told
      """)
    #expect(result.text == "alert A firing\n", "\(result.text) \(result.errors)")
  }

  @Test func wholeNumbersAreComparedExactly() throws {
    let result = try shell(
      """
      printf '{"symbol":"A","ts":"2024-01-02","volume":1000000000}\n{"symbol":"A","ts":"2024-01-03","volume":1000000001}\n' | fs-alert --when 'volume > 1000000000' | told
      """)
    #expect(result.text == "alert A firing\n", "\(result.text) \(result.errors)")
  }

  @Test func surgesAreMoments() throws {
    let result = try shell(
      """
      fs-alert rules --print prices > prices.conf; fs-alert rules --lint prices.conf
      q A 100 106 106 117 117 | fs-alert --rules prices.conf --state s --to stdout 2>/dev/null | told
      q A 1 5 6 1 5 | fs-alert --when 'price > 3' --momentary | told; fs-alert --when 'price > 3' --momentary --until 'price < 1' < /dev/null; echo $?
      """)
    #expect(
      result.text == "surge A firing\nsurge_strong A firing\nalert A firing\nalert A firing\n64\n",
      "\(result.text) \(result.errors)")
  }

  @Test func missingTakesNothingThatHasNoMeaning() throws {
    let result = try shell(
      """
      printf 'rule a\\n when missing for 5m\\n repeat 1h\\n' > r; fs-alert --rules r < /dev/null; echo $?
      printf 'rule a\\n when missing for 5m\\n' > r; fs-alert rules r | grep -o 'missing for 5m'
      """)
    #expect(result.text == "65\nmissing for 5m\n", "\(result.text) \(result.errors)")
  }

  @Test func baselinesAreOfTheDaysBefore() throws {
    let result = try shell(
      """
      fs-fetch --provider sample AAPL --from 2012-06-01 --store bars.db --update > /dev/null 2>&1
      printf '{"type":"quote","symbol":"AAPL","ts":"2013-03-01T15:00:00Z","price":430}\\n' | fs-alert --when 'price < previous_close' --message '{previous_close}' --baselines bars.db | grep -o '"message":"[^"]*"'
      """)
    #expect(result.text == "\"message\":\"441.4\"\n", "\(result.text) \(result.errors)")
  }

  @Test func baselinesAreThoseOfEachRecord() throws {
    let result = try shell(
      """
      fs-fetch --provider sample AAPL --from 2012-06-01 --store bars.db --update > /dev/null 2>&1
      for d in 2012-12-03 2013-02-01 2013-03-01; do printf '{"type":"quote","symbol":"AAPL","ts":"%sT15:00:00Z","price":1}\n' $d; done > q
      fs-alert --when 'price < previous_close' --momentary --cooldown 0s --message '{previous_close}' --repeat 1d --baselines bars.db q > all 2> /dev/null
      for i in 1 2 3; do sed -n ${i}p q | fs-alert --when 'price < previous_close' --message '{previous_close}' --baselines bars.db; done | grep -o '"message":"[^"]*"'
      grep -o '"message":"[^"]*"' all | head -1
      """)
    #expect(
      result.text
        == "\"message\":\"585.28\"\n\"message\":\"455.49\"\n\"message\":\"441.4\"\n\"message\":\"585.28\"\n",
      "\(result.text) \(result.errors)")
  }

  /// Killed before anything but the alert was kept: the same input again tells nothing twice.
  @Test func aKillRightAfterAnAlertTellsItOnce() throws {
    let result = try shell(
      """
      mkfifo p; fs-alert --when 'price / prev(price) - 1 >= 50%' --momentary --to file:d --state s < p & exec 9> p
      q A 10 20 5 >&9; until [ -s d ]; do sleep 0.02; done; kill -9 $!; wait $! 2>/dev/null; exec 9>&-
      q A 10 20 5 | fs-alert --when 'price / prev(price) - 1 >= 50%' --momentary --to file:d --state s; wc -l < d
      """)
    #expect(result.text == "1\n", "\(result.text) \(result.errors)")
  }

  @Test func rulesOverBaselinesAloneAreLookedAt() throws {
    let result = try shell(
      """
      printf '{"symbol":"A","ts":"2024-01-02","all_time_high":20}\n' | fs-alert --when 'all_time_high > 15' | told
      printf '{"type":"ath","symbol":"A","ts":"2024-01-02","all_time_high":10}\n' | fs-alert --when 'price > all_time_high' --to file:d --state s
      printf '{"type":"snapshot","symbol":"A","ts":"2024-01-02","previous_close":5}\n' | fs-alert --when 'price > previous_close' --to file:e --state s
      q A 11 | fs-alert --when 'price > all_time_high' --to file:d --state s; told < d
      """)
    #expect(result.text == "alert A firing\nalert A firing\n", "\(result.text) \(result.errors)")
  }

  @Test func aLongRunLeavesOtherSeriesAsOthersLeftThem() throws {
    let result = try shell(
      """
      q B 5 | fs-alert --when 'price > 3' --cooldown 1d --to file:d --state s
      mkfifo p; fs-alert --when 'price > 3' --cooldown 1d --to file:d --state s < p & exec 9> p
      q A 1 5 >&9; until grep -q '"symbol":"A"' d; do sleep 0.02; done
      q B 5 1 5 | tail -2 | fs-alert --when 'price > 3' --cooldown 1d --to file:d --state s
      exec 9>&-; wait; q B 5 1 5 1 5 | tail -1 | fs-alert --when 'price > 3' --cooldown 1d --to file:d --state s; told < d | sort | uniq -c | sed 's/^ *//'
      """)
    #expect(
      result.text == "1 alert A firing\n1 alert B firing\n1 alert B resolved\n", "\(result.text) \(result.errors)")
  }
}
