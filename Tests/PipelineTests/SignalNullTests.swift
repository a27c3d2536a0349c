import TestSupport
import Testing

/// What signals, sentiment and states make of missing values and edited files.
@Suite struct SignalNullTests {
  private let home = TemporaryFolder()
  private func shell(_ line: String) throws -> Run.Result { try Run.shell(line, folder: home.path) }

  /// A bar that lacks an input of any indicator changes nothing for the bars after it: the signals are those of the bars without it.
  @Test(arguments: ["open", "high", "low", "close", "volume"]) func aNullChangesNothing(_ field: String) throws {
    let result = try shell(
      """
      fs-fetch --provider sample AAPL --range max | head -600 > whole
      awk 'NR % 7 == 3' whole | sed 's/"\(field)":[-0-9.]*/"\(field)":null/; s/"ts":"\\([0-9-]*\\)"/"ts":"\\1T12:00:00Z"/' > nulls
      sed 's/"ts":"\\([0-9-]*\\)"/"ts":"\\1T00:00:00Z"/' whole > plain
      fs-frame merge --by ts plain nulls > both
      set="--sma 5,20 --rsi 5 --bbands 10,2 --macd 3,8,3 --stoch 5,3,3 --signals"
      for i in plain both; do fs-indicators $set $i | grep T00:00:00Z | grep -o '"ts":"[^"]*"\\|"signals.*' > $i.out; done
      [ -s plain.out ] && grep -c signals plain.out; cmp plain.out both.out && echo same
      """)
    // Indicators that do not need the field use the bar, so their signals differ; those that need it do not.
    let needed = ["high", "low"].contains(field) ? "stoch" : field == "volume" ? "volume" : nil
    if field == "close" || field == "open" {
      #expect(field == "open" || result.text.hasSuffix("same\n"), "\(result.text) \(result.errors)")
    } else if let needed {
      let kept = try shell(
        """
        set="\(needed == "stoch" ? "--stoch 5,3,3" : "--volume-sma 5") --signals"
        for i in plain both; do fs-indicators $set $i | grep T00:00:00Z | grep -o '"ts":"[^"]*"\\|"signals.*' > $i.one; done
        grep -c signals plain.one; cmp plain.one both.one && echo same
        """)
      #expect(kept.lines.last == "same" && kept.lines.first != "0", "\(kept.text) \(kept.errors)")
    }
  }

  @Test func aBarMayHaveSeveralCrosses() throws {
    // The line crosses its signal and zero on one bar.
    let result = try shell(
      """
      printf '{"symbol":"A","ts":%s,"close":%s}\\n' 1 10 2 10 3 10 4 10 5 9 6 12 | fs-indicators --macd 2,3,2 --signals | tail -1 \
        | grep -o 'macd_[a-z_]*cross[a-z_]*' | sort
      """)
    #expect(result.text == "macd_bullish_cross\nmacd_zero_cross_up\n", "\(result.text)")
  }

  @Test func noVolumeIsNoOpinion() throws {
    let result = try shell(
      """
      for v in 1000 0 null; do
        for i in $(seq 80); do
          echo "{\\"symbol\\":\\"EURUSD=X\\",\\"ts\\":$((1700000000+86400*i)),\\"open\\":10,\\"high\\":$((11+i%3)),\\"low\\":$((9-i%2)),\\"close\\":10,\\"volume\\":$v}"
        done > bars
        fs-indicators --sentiment bars | tail -1 | grep -o '"sentiment_score":-*[0-9]*'
        fs-indicators --volume-sma 5 --signals bars | grep -c low_volume
      done
      sed 's/,"volume":null//' bars | fs-indicators --sentiment | tail -1 | grep -o '"sentiment_score":-*[0-9]*'
      """)
    #expect(
      result.lines == [
        "\"sentiment_score\":0", "0", "\"sentiment_score\":0", "0", "\"sentiment_score\":0", "0",
        "\"sentiment_score\":0",
      ], "\(result.text) \(result.errors)")
  }

  @Test func aFileRewrittenInPlaceIsNoticed() throws {
    let result = try shell(
      """
      for i in $(seq 200); do echo "{\\"symbol\\":\\"A\\",\\"ts\\":$((1700000000+86400*i)),\\"close\\":$((100+i%7)).5}"; done > bars
      fs-indicators --state st --ema 50 bars > /dev/null
      sed '30s/"close":[0-9]*/"close":999/' bars > new; cat new > bars
      echo '{"symbol":"A","ts":1800000000,"close":1}' >> bars
      fs-indicators --state st --ema 50 bars | tail -1; fs-indicators --ema 50 bars | tail -1
      echo '{"symbol":"A","ts":1800086400,"close":2}' >> bars
      fs-indicators --state st --ema 50 bars | wc -l; fs-indicators --state st --ema 50 bars | wc -l
      """)
    #expect(result.lines.count == 4 && result.lines[0] == result.lines[1], "\(result.text) \(result.errors)")
    #expect(result.lines.suffix(2) == ["1", "0"])
    #expect(result.errors.contains("history differs from the state"))
  }

  @Test func signalsOfIndicatorsWithoutAnyAreSaid() throws {
    let result = try shell(
      "printf '{\"symbol\":\"A\",\"ts\":%s,\"close\":%s}\\n' 1 1 2 2 | fs-indicators --ema 2,3 --signals > /dev/null")
    #expect(result.status == 0 && result.errors.contains("none of these indicators has signals"))
  }

  /// Hull's own lengths, without their fraction: 2 wma(4) - wma(9) over 3.
  @Test func hmaIsHulls() throws {
    let result = try shell(
      """
      for i in $(seq 12); do echo "{\\"symbol\\":\\"A\\",\\"ts\\":$i,\\"close\\":$((i*i))}"; done > bars
      fs-indicators --hma 9 bars | tail -1 | grep -o '"hma_9":[0-9.]*' | cut -c 9-17
      fs-indicators --wma 4,9 bars | fs-frame compute 'x = 2 * wma_4 - wma_9' | fs-indicators --field x --wma 3 | tail -1 \
        | grep -o '"wma_3":[0-9.]*' | cut -c 9-17
      """)
    #expect(
      result.lines.count == 2 && result.lines[0] == result.lines[1] && result.lines[0].hasPrefix("136.1"),
      "\(result.text)")
  }
}
