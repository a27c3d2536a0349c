import TestSupport
import Testing

/// Fields and types that come after the 10,000 records from which the columns are found, and live pipes, which see one record at first.
@Suite struct LateFieldTests {
  private let home = TemporaryFolder()

  /// 12,000 bars; some of the last ones have what none of the others has.
  private func bars() throws {
    var text = ""
    for i in 0..<12_000 {
      let day = String(i / 400 + 101).dropFirst()
      let time = "\(String(i / 60 % 24 + 100).dropFirst()):\(String(i % 60 + 100).dropFirst())"
      var more = ""
      if i == 11_000 { more = #","dividend":0.5"# }
      if i == 11_001 { more = #","foo":"x""# }
      if i == 11_003 { more = #","signals":["golden_cross"],"signal_strengths":[0.5]"# }
      let volume = i == 11_002 ? "5.5" : "5"
      text +=
        #"{"symbol":"A","ts":"2024-01-\#(day)T\#(time):00Z","open":1,"high":2,"low":1,"close":\#(i % 7 + 1),"volume":\#(volume),"#
        + #""sma_2":3,"interval":"1m"\#(more)}"# + "\n"
    }
    Files.write(Array(text.utf8), to: home.path + "/bars.ndjson")
  }

  private func shell(_ line: String) throws -> Run.Result { try Run.shell(line, folder: home.path) }

  @Test func aLateFieldIsAddedToLines() throws {
    try bars()
    let result = try shell(
      """
      fs-frame filter 'close > 0' bars.ndjson > out; wc -l < out; sed -n '11000p;11002,11004p' out | sed 's/.*"volume"/"volume"/'
      fs-frame filter 'dividend > 0' bars.ndjson | wc -l; fs-frame select ts,signals bars.ndjson | grep -c golden_cross
      fs-frame sort -- -dividend bars.ndjson | head -1 | grep -c '"dividend":0.5'
      """)
    #expect(
      result.text == """
        12000
        "volume":5,"sma_2":3,"interval":"1m"}
        "volume":5,"sma_2":3,"interval":"1m","dividend":null,"foo":"x","signals":null,"signal_strengths":null}
        "volume":5.5,"sma_2":3,"interval":"1m","dividend":null,"foo":null,"signals":null,"signal_strengths":null}
        "volume":5,"sma_2":3,"interval":"1m","dividend":null,"foo":null,"signals":["golden_cross"],"signal_strengths":[0.5]}
        1
        1
        1

        """)
    #expect(result.errors.isEmpty, "\(result.errors)")
  }

  /// What is finstage's own has columns from the start; anything else is named once.
  @Test(arguments: ["csv", "parquet", "arrow", "arrow-file"]) func otherFormatsHaveWhatIsOurs(_ format: String) throws {
    try bars()
    let result = try shell(
      """
      fs-frame convert --format \(format) bars.ndjson > out && fs-frame convert out > back; wc -l < back
      sed -n '11001p;11003,11004p' back | sed 's/.*"volume"/"volume"/'
      """)
    #expect(result.lines.first == "12000" && result.status == 0, "\(result.errors)")
    #expect(result.lines.dropFirst().map { $0.contains("\"dividend\":0.5") } == [true, false, false])
    #expect(result.lines.dropFirst().map { $0.contains("5.5") } == [false, true, false])
    #expect(result.lines.last?.contains("golden_cross") == true)
    #expect(
      result.errors.split(separator: "\n").count == 1 && result.errors.contains("the column \"foo\" comes after"),
      "\(result.errors)")
  }

  /// Records of the queue have the types that they will have, in every format, before there is a value.
  @Test(arguments: ["csv", "parquet", "arrow"]) func tasksHaveTypesFromTheStart(_ format: String) throws {
    let result = try shell(
      """
      export FS_QUEUE_HOME=$PWD/q; fs-queue add -- true > /dev/null; fs-queue list --json > waiting; fs-queue work --drain
      fs-queue add -- sh -c 'exit 3' > /dev/null; fs-queue work --drain; fs-queue list --json > ended
      for i in $(seq 11000); do cat waiting; done > all; cat ended >> all
      fs-frame convert --format \(format) all > out && fs-frame filter 'exit_status == 3 and execution_time >= 0' out | wc -l
      fs-frame filter 'completed_at > 2020-01-01' out | wc -l; fs-frame info out | grep exit_status | grep -c int
      """)
    #expect(result.text == "1\n2\n1\n", "\(result.text) \(result.errors)")
  }

  /// Each record goes on as it comes, and nothing that comes later stops the pipe.
  @Test func aLivePipeSurvivesItsFirstSignal() throws {
    try bars()
    let result = try shell(
      """
      export FS_FORMAT=
      head -30 bars.ndjson | sed 's/,"sma_2":3//' | fs-indicators --sma 2 --signals --line-buffered \
        | fs-frame filter --line-buffered 'sma_2 > 1' | wc -l
      (head -2 bars.ndjson; sed -n '11004p' bars.ndjson) | fs-frame filter --line-buffered 'close > 0' | grep -c golden_cross
      (head -2 bars.ndjson; sed -n '11004p' bars.ndjson) | fs-frame select --line-buffered ts,signals | grep -c golden_cross
      (head -2 bars.ndjson; sed -n '11004p' bars.ndjson) | fs-frame convert --line-buffered --format csv | grep -c golden_cross
      """)
    #expect(result.text == "29\n1\n1\n1\n" && result.errors.isEmpty, "\(result.text) \(result.errors)")
  }

  @Test func aNullIsOfNoTypeUntilAValueComes() throws {
    let result = try shell(
      """
      printf '{"a":1,"b":null}\\n' | fs-frame filter 'b > 1 or a == 1'
      (printf '{"a":1,"b":null}\\n'; sleep 0.2; printf '{"a":2,"b":7}\\n{"a":3,"b":8}\\n') | fs-frame filter --line-buffered 'b > 7'
      (printf '{"a":1,"b":null}\\n'; sleep 0.2; printf '{"a":2,"b":"x"}\\n') | fs-frame filter --line-buffered 'b == "x"'
      (printf '{"a":1}\\n'; sleep 0.2; printf '{"a":1.5}\\n') | fs-frame convert --line-buffered
      (printf '{"a":1}\\n'; sleep 0.2; printf '{"a":"x"}\\n') | fs-frame convert --line-buffered; echo $?
      """)
    #expect(
      result.text == """
        {"a":1,"b":null}
        {"a":3,"b":8}
        {"a":2,"b":"x"}
        {"a":1}
        {"a":1.5}
        {"a":1}
        65

        """)
    #expect(result.errors.contains("<stdin>:2:6: \"a\" is not a number"), "\(result.errors)")
  }

  /// Records that all have other fields end with an error, not with all memory.
  @Test func recordsWithoutACommonFieldAreBounded() throws {
    let result = try shell(
      "(echo '{\"a\":1}'; for i in $(seq 5000); do echo \"{\\\"f$i\\\":1}\"; done) | fs-frame head -n 1 --infer-rows 1 | cat; "
        + "(echo '{\"a\":1}'; for i in $(seq 5000); do echo \"{\\\"f$i\\\":1}\"; done) | fs-frame convert --infer-rows 100 > out; echo $?"
    )
    #expect(
      result.lines == ["{\"a\":1}", "65"] && result.errors.contains("more than 4096 different fields"),
      "\(result.errors)")
  }
}
