import TestSupport
import Testing

/// Names that are not there, kinds of keys, times of any year, packed output, values in other places than one expects.
@Suite struct NamesAndValuesTests {
  private let home = TemporaryFolder()

  private func shell(_ line: String) throws -> Run.Result {
    try Run.shell(
      """
      printf '{"symbol":"A","ts":"2024-01-01","x":1}\\n{"symbol":"B","ts":"2024-01-01","x":2}\\n' > a
      printf '{"symbol":"A","ts":"2024-01-01","y":1}\\n{"symbol":"B","ts":"2024-01-01","y":2}\\n' > b
      \(line)
      """, folder: home.path)
  }

  @Test(arguments: [
    "join --on simbol a b", "join --on symbol,nosuch a b", "join --on nosuch --asof a b", "convert --columns cloes a",
    "select cloes a", "head --by simbol a", "tail --by simbol a", "fill --by simbol a", "dedup --by simbol a",
    "sort simbol a", "drop cloes a", "filter 'cloes > 1' a", "describe --columns cloes a", "fill --only cloes a",
    "rename cloes=x a", "cast cloes=int64 a",
  ]) func aNameThatIsNotThereIsAnError(_ command: String) throws {
    let result = try shell("fs-frame \(command)")
    #expect(result.status == 65 && result.text.isEmpty, "\(result.status) \(result.text)")
    #expect(
      result.errors.contains("no column") || result.errors.contains("no field \"cloes\"")
        || result.errors.contains("a column \""), "\(result.errors)")
  }

  @Test(arguments: ["select x,x a", "rename x=symbol a", "rename x=z,symbol=z a"]) func noTwoColumnsHaveOneName(
    _ command: String
  ) throws {
    let result = try shell("fs-frame \(command)")
    #expect(
      result.status == 64 && result.text.isEmpty && result.errors.contains("two columns would be called"),
      "\(result.status) \(result.errors)")
  }

  @Test func keysOfDifferentKindsMatchNothingAndAreRefused() throws {
    let result = try shell(
      """
      printf 'id,y\\n1,1\\n' > n.csv; printf '{"id":"1","x":2}\\n' > t
      fs-frame join --on id t n.csv; echo $?; fs-frame join --tolerance 1d a b; echo $?
      printf '{"id":1,"x":2}\\n' | fs-frame join --on id - n.csv; : | fs-frame join --on id - n.csv; echo $?
      """)
    #expect(result.text == "65\n64\n{\"id\":1,\"x\":2,\"y\":1}\n0\n", "\(result.text)")
    #expect(result.errors.contains("the key \"id\" is a text in the first file and a number in the second"))
  }

  @Test func anyYearIsATime() throws {
    let result = try shell(
      """
      printf '{"d":"0001-01-01"}\\n{"d":"9999-12-31"}\\n' > d
      for f in csv parquet arrow; do fs-frame convert d -o x.$f && fs-frame convert x.$f; fs-frame filter 'd > 2100-01-01' x.$f; done
      fs-frame info x.parquet | grep '^d ' | cut -c 1-12
      """)
    let both = "{\"d\":\"0001-01-01\"}\n{\"d\":\"9999-12-31\"}\n{\"d\":\"9999-12-31\"}\n"
    #expect(result.text == both + both + both + "d       date\n", "\(result.text) \(result.errors)")
  }

  @Test func aNameThatEndsInGzIsPacked() throws {
    let result = try shell(
      """
      fs-frame convert a -o a.csv.gz && gzip -dc a.csv.gz; fs-frame convert a.csv.gz -o back.ndjson.gz; gzip -t back.ndjson.gz
      fs-frame convert back.ndjson.gz | cmp - a; : | fs-frame convert -o none.ndjson.gz; gzip -dc none.ndjson.gz | wc -c
      fs-frame convert a -o a.parquet.gz; echo $?; seq 300000 | sed 's/.*/{"a":&}/' > many
      fs-frame convert many -o many.ndjson.gz; gzip -dc many.ndjson.gz | cmp - many
      fs-queue add -- true > q; fs-queue export -o q.ndjson.gz; gzip -dc q.ndjson.gz | wc -l
      """)
    #expect(
      result.text == "symbol,ts,x\nA,2024-01-01,1\nB,2024-01-01,2\n0\n64\n1\n", "\(result.text) \(result.errors)")
    #expect(result.errors == "fs-frame: a.parquet.gz: files of parquet are packed inside (leave out the .gz)\n")
  }

  @Test func aDateAndATimeAreOneTime() throws {
    let result = try shell(
      """
      printf 'Date,Time,Close\\n2024-01-02,09:30,1\\n2024-01-02,09:31:05,2\\n' | fs-frame convert --bars
      printf 'Date,Timestamp,Close\\n2024-01-02,2024-01-03,1\\n' | fs-frame convert --bars; echo $?
      printf 'Close,close\\n2,1\\n' | fs-frame convert --bars; echo $?
      printf 'Date,Time,Close\\n2024-01-02,9.30,1\\n' | fs-frame convert --bars; echo $?
      """)
    #expect(
      result.text == """
        {"ts":"2024-01-02T09:30:00Z","close":1}
        {"ts":"2024-01-02T09:31:05Z","close":2}
        65
        65
        65

        """, "\(result.text) \(result.errors)")
  }

  @Test func aStoreSaysWhatItLeavesOut() throws {
    let result = try shell(
      """
      printf '{"symbol":"A","ts":"2024-01-01T00:00:00.5Z","close":1,"vwap":2.5}\\n{"symbol":"A","ts":"2024-01-02T00:00:00Z","close":null,"vwap":1}\\n' \
        | fs-frame save --db s.db
      printf '{"symbol":"B","ts":"2024-01-01","close":1}\\n' | fs-frame save --db s.db
      """)
    #expect(
      result.errors
        == "fs-frame save: a store has no place for the columns vwap; 1 bars without a close; the fractions of a second of 1 times: left out\n",
      "\(result.errors)")
  }

  /// Each symbol's last value is carried over many frames; texts and decimals, too.
  @Test func lastValuesAreCarriedFromFrameToFrame() throws {
    let result = try shell(
      """
      awk 'BEGIN { for (t = 0; t < 4; t++) for (s = 0; s < 20000; s++)
        printf "{\\"symbol\\":\\"X%05d\\",\\"t\\":%d,\\"close\\":%s,\\"n\\":%s}\\n", s, t, (t == 0 ? s + 0.25 : "null"), (t == 1 ? s : "null") }' > m
      fs-frame fill m > filled; awk 'NR % 20000 == 18' filled
      fs-frame tail --by symbol -n 2 filled | wc -l; fs-frame tail --by symbol -n 1 filled | sed -n '18p'
      """)
    #expect(
      result.text == """
        {"symbol":"X00017","t":0,"close":17.25,"n":null}
        {"symbol":"X00017","t":1,"close":17.25,"n":17}
        {"symbol":"X00017","t":2,"close":17.25,"n":17}
        {"symbol":"X00017","t":3,"close":17.25,"n":17}
        40000
        {"symbol":"X00017","t":3,"close":17.25,"n":17}

        """, "\(result.errors)")
  }

  @Test func aNumberOf32BitsIsWhatIsPrinted() throws {
    let result = try shell(
      """
      printf '{"f":0.1}\\n{"f":0.2}\\n' | fs-frame optimize --aggressive --format arrow > f.arrows
      fs-frame filter 'f == 0.1' f.arrows; fs-frame filter 'f > 0.1' f.arrows
      """)
    #expect(result.text == "{\"f\":0.1}\n{\"f\":0.2}\n", "\(result.text) \(result.errors)")
  }
}
