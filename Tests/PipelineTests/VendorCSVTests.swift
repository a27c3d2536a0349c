import TestSupport
import Testing

/// CSV as vendors write it.
@Suite struct VendorCSVTests {
  private let home = TemporaryFolder()
  private func shell(_ line: String) throws -> Run.Result { try Run.shell(line, folder: home.path) }

  @Test func typesAreWhatTheUserSays() throws {
    let result = try shell(
      """
      printf 'ticker,cusip,n\\n1E5,037833100,1\\nTRUE,12,2\\n' > a.csv
      fs-frame convert --text ticker,cusip a.csv; fs-frame convert --types n=float64,cusip=text --text ticker a.csv -o a.parquet
      fs-frame info a.parquet | awk 'NR > 2 && NR < 6 { print $1, $2 }'
      fs-frame convert --text tickr a.csv; echo $?; fs-frame convert --types n=integer a.csv; echo $?
      fs-frame convert --types n=int64 --text n a.csv; echo $?
      printf 'symbol,ts,close,cusip\\nA,1,2,007\\nA,2,3,8\\n' | fs-indicators --sma 2 --text cusip --format csv
      """)
    #expect(
      result.text == """
        {"ticker":"1E5","cusip":"037833100","n":1}
        {"ticker":"TRUE","cusip":"12","n":2}
        ticker string
        cusip string
        n decimal(0)
        65
        64
        64
        symbol,ts,close,cusip,sma_2
        A,1970-01-01T00:00:01Z,2,007,
        A,1970-01-01T00:00:02Z,3,8,2.5

        """, "\(result.text) \(result.errors)")
    #expect(result.errors.contains("there is no column \"tickr\""))
  }

  /// Remarks above a table are no reason to take it for something else.
  @Test func remarksAboveATableOnAPipe() throws {
    let result = try shell(
      """
      printf '# a vendor\n# of 2024\nsymbol,ts,close\nA,2024-01-01,5\nA,2024-01-02,7\n' > remarked
      fs-frame convert --comment '#' < remarked; fs-indicators --sma 2 --comment '#' --format csv < remarked; fs-alert --when 'close > 6' --comment '#' < remarked | wc -l
      """)
    #expect(
      result.text.replacing(" ", with: "") == """
        {"symbol":"A","ts":"2024-01-01","close":5}
        {"symbol":"A","ts":"2024-01-02","close":7}
        symbol,ts,close,sma_2
        A,2024-01-01,5,
        A,2024-01-02,7,6
        1

        """, "\(result.text) \(result.errors)")
  }

  @Test func datesAndZonesOfOthers() throws {
    let result = try shell(
      """
      printf 'd;t;c\\n24.11.2026;24.11.2026 15:31:05;1\\n1.2.2026;1.7.2026 09:30:00;2\\n' > eu.csv
      fs-frame convert --date-format '%d.%m.%Y' eu.csv | head -1
      fs-frame select t --date-format '%d.%m.%Y %H:%M:%S' --input-zone Europe/Berlin eu.csv
      printf 'ts,c\\n2024-03-08 09:30,1\\n2024-03-11 09:30,2\\n2024-03-11T09:30:00Z,3\\n' > ny.csv
      fs-frame select ts --input-zone America/New_York ny.csv
      printf 'ts\\n3/9/24 1:05 PM\\n12/10/24 12:00 AM\\n' > us.csv; fs-frame convert --date-format '%m/%d/%y %I:%M %p' us.csv
      printf 'ts,c\\n20240102,1\\n' | fs-frame convert --date-format %Y%m%d
      fs-frame convert --date-format %d.%m us.csv; echo $?; fs-frame convert --input-zone Mars us.csv; echo $?
      """)
    #expect(
      result.text == """
        {"d":"2026-11-24","t":"24.11.2026 15:31:05","c":1}
        {"t":"2026-11-24T14:31:05Z"}
        {"t":"2026-07-01T07:30:00Z"}
        {"ts":"2024-03-08T14:30:00Z"}
        {"ts":"2024-03-11T13:30:00Z"}
        {"ts":"2024-03-11T09:30:00Z"}
        {"ts":"2024-03-09T13:05:00Z"}
        {"ts":"2024-12-10T00:00:00Z"}
        {"ts":"2024-01-02","c":1}
        64
        64

        """, "\(result.text) \(result.errors)")
  }

  @Test func wordsForNothingInfinityAndComments() throws {
    let result = try shell(
      """
      printf '; from a vendor, with a comma\\na,b\\n1,x\\n; more\\n#N/A,#N/A\\n-inf,none\\n' > a.csv
      fs-frame convert --comment ';' --null '#N/A,none' a.csv
      printf 'a,b\\n1,x\\n.,y\\n' | fs-frame convert --null .
      printf 'a,b\\n2,1\\ninf,1\\n-Infinity,1\\n' | fs-frame filter 'a > 1' --format arrow | fs-frame info - | awk '$1 == "a" { print $2 }'
      """)
    #expect(
      result.text == """
        {"a":1,"b":"x"}
        {"a":null,"b":null}
        {"a":null,"b":null}
        {"a":1,"b":"x"}
        {"a":null,"b":"y"}
        float64

        """, "\(result.text) \(result.errors)")
  }
}
