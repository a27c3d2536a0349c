import FinstageSystem
import TestSupport
import Testing

/// Integers of 64 bits, nanoseconds and far times survive every operation.
@Suite struct ExactnessTests {
  private let folder = TemporaryFolder()

  private func shell(_ script: String) throws -> Run.Result { try Run.shell("cd '\(folder.path)'; \(script)") }

  @Test func wholeNumbersOfLongBarsAreExact() throws {
    let result = try shell(
      """
      printf '{"symbol":"A","ts":"2024-01-02T09:30:00Z","open":1,"high":1,"low":1,"close":1,"volume":9007199254740993}\n{"symbol":"A","ts":"2024-01-02T09:31:00Z","open":1,"high":3,"low":1,"close":2,"volume":2}\n' > b
      fs-frame resample 1d b; fs-frame resample 5m b
      (cat b; printf '{"symbol":"A","ts":"2024-01-02T09:32:00Z","open":1,"high":1,"low":1,"close":1,"volume":9223372036854775807}\n') | fs-frame resample 1d
      """)
    #expect(
      result.lines == [
        #"{"symbol":"A","ts":"2024-01-02","open":1,"high":3,"low":1,"close":2,"volume":9007199254740995,"partial":true}"#,
        #"{"symbol":"A","ts":"2024-01-02T09:30:00Z","open":1,"high":3,"low":1,"close":2,"volume":9007199254740995,"partial":true}"#,
        #"{"symbol":"A","ts":"2024-01-02","open":1,"high":3,"low":1,"close":1,"volume":9232379236109517000,"partial":true}"#,
      ], "\(result.text) \(result.errors)")
  }

  /// Frames end where they may: the bars do not depend on it.
  @Test func longBarsDoNotDependOnFrames() throws {
    let result = try shell(
      """
      awk 'BEGIN { for (i = 0; i < 60000; i++) printf "{\\"symbol\\":\\"S%d\\",\\"ts\\":%d,\\"open\\":%d,\\"high\\":%d,\\"low\\":%d,\\"close\\":%d,\\"volume\\":%d,\\"note\\":\\"n%d\\"}\\n", \
        i % 3, 1700000000 + int(i / 3) * 60, i % 89, i % 97 + 90, i % 7, i % 83, i % 11, i }' > b
      fs-frame resample 8m b > whole; fs-frame resample 8m --infer-rows 10 b > parts; cmp whole parts && wc -l < whole
      # The same bars by hand: the first, the extremes, the last and the sum of each stretch of eight minutes.
      awk -F'[:,]' '{ s = $2; t = $4 - $4 % 480; if (s != "" ) { k = s " " t; if (!(k in o)) { o[k] = $6; h[k] = $8; l[k] = $10; n++ }
        if ($8 > h[k]) h[k] = $8; if ($10 < l[k]) l[k] = $10; c[k] = $12; v[k] += $14; x[k] = $16 } }
        END { for (k in o) print k, o[k], h[k], l[k], c[k], v[k], x[k] }' b | sort > hand
      fs-frame convert --format csv whole | tail -n +2 | awk -F, '{ print $1, $2, $3, $4, $5, $6, $7, $8 }' | sort > ours; wc -l < ours
      """)
    #expect(result.lines == ["7503", "7503"], "\(result.text) \(result.errors)")
    // Times differ in their form, so the other columns are compared.
    let check = try shell(
      "sed 's/[\"}]//g' hand | awk '{ print $1, $3, $4, $5, $6, $7, $8 }' | sort > a; awk '{ print $1, $3, $4, $5, $6, $7, $8 }' ours | sort > b; cmp a b && echo same"
    )
    let difference = try shell("diff a b | head -5").text
    #expect(check.text == "same\n", "\(check.text) \(difference)")
  }

  @Test func fillingDoesNotRoundOthers() throws {
    let result = try shell(
      """
      printf '{"id":9007199254740993}\n{"id":null}\n' > b
      fs-frame fill --with 7 b; fs-frame fill --with 1.5 b; echo $?; printf '{"id":3}\n{"id":null}\n' | fs-frame fill --with 1.5
      """)
    #expect(
      result.lines == [#"{"id":9007199254740993}"#, #"{"id":7}"#, "65", #"{"id":3}"#, #"{"id":1.5}"#],
      "\(result.text)")
    #expect(result.errors.contains("column \"id\" has whole numbers beyond 2^53"), "\(result.errors)")
  }

  @Test func statisticsAreNumbers() throws {
    let result = try shell(
      """
      printf '{"id":9007199254740993,"ts":"2024-01-02","s":"x"}\n{"id":1,"ts":"2024-01-04","s":"x"}\n' > b
      fs-frame describe --format ndjson b | jq -c '[.column,.min,.max,.count]' 2>/dev/null || fs-frame describe --format ndjson b
      fs-frame describe b | grep -c 9007199254740993; fs-frame describe --format ndjson b | grep -c '"max":9007199254740993,'
      """)
    #expect(result.text.contains("2024-01-02T00:00:00Z") && result.text.hasSuffix("1\n1\n"), "\(result.text)")
  }

  /// The year 9999 stands for "for ever".
  @Test func farTimesGoThroughParquet() throws {
    let result = try shell(
      """
      printf 'id,until\n1,9999-12-31\n2,0001-01-01\n3,2024-01-01\n' > b.csv
      fs-frame cast 'until=timestamp[us]' b.csv -o b.parquet && fs-frame convert b.parquet -o c.parquet && fs-frame convert c.parquet -o d.arrow
      fs-frame convert d.arrow --format csv; fs-frame filter 'until > 2100-01-01' c.parquet
      printf '{"until":"9999-12-31T00:00:00Z"}\n{"until":"2024-01-01T00:00:00Z"}\n' | fs-frame filter 'until > 2100-01-01'
      fs-frame filter 'until < 3000-01-01' c.parquet | wc -l
      fs-frame compute 'a = until' c.parquet | head -1; fs-frame compute 'a = if(id > 0, until, until)' c.parquet | tail -2
      fs-frame describe c.parquet | grep until | grep -o '9999-12-31T[0-9:]*Z'
      """)
    #expect(
      result.lines == [
        "id,until", "1,9999-12-31T00:00:00Z", "2,0001-01-01T00:00:00Z", "3,2024-01-01T00:00:00Z",
        #"{"id":1,"until":"9999-12-31T00:00:00Z"}"#, #"{"until":"9999-12-31T00:00:00Z"}"#, "2",
        #"{"id":1,"until":"9999-12-31T00:00:00Z","a":"9999-12-31T00:00:00Z"}"#,
        #"{"id":2,"until":"0001-01-01T00:00:00Z","a":null}"#,
        #"{"id":3,"until":"2024-01-01T00:00:00Z","a":"2024-01-01T00:00:00Z"}"#, "9999-12-31T00:00:00Z",
      ], "\(result.text) \(result.errors)")
  }
}

/// Parts of a day where clocks are put back and forward, in New York.
@Suite struct ClockChangeTests {
  @Test(arguments: [
    ("15m", "4:00 4:30 5:00 5:15 5:30 5:45 6:00 6:15 6:30 6:45 7:00 7:30"), ("1h", "4:00 5:00 6:00 7:00"),
    ("2h", "4:00 7:00"), ("4h", "4:00"),
  ]) func anHourThatComesTwiceIsTwoHours(_ period: String, _ starts: String) throws {
    let result = try Run.shell(
      """
      printf '{"symbol":"A","ts":"2024-11-03T%s:00Z","open":1,"high":1,"low":1,"close":1,"volume":1}\\n' \
        04:00 04:30 05:00 05:15 05:30 05:45 06:00 06:15 06:30 06:45 07:00 07:30 |
        fs-frame resample \(period) --zone America/New_York | sed 's/.*T0\\([0-9:]*\\):00Z.*/\\1/' | xargs
      """)
    #expect(result.text == starts + "\n", "\(result.text) \(result.errors)")
  }

  @Test func anHourThatIsMissingShortensItsPart() throws {
    let result = try Run.shell(
      """
      printf '{"symbol":"A","ts":"2024-03-10T%s:00Z","open":1,"high":1,"low":1,"close":1,"volume":1}\\n' \
        06:30 07:00 07:30 08:00 09:30 10:00 |
        fs-frame resample 2h --zone America/New_York | sed 's/.*T\\([0-9:]*\\):00Z.*volume.:\\([0-9]*\\).*/\\1 \\2/' | xargs
      """)
    // Midnight to two is two hours in winter time; two to four has one hour only.
    #expect(result.text == "05:00 1 07:00 2 08:00 2 10:00 1\n", "\(result.text) \(result.errors)")
  }
}
