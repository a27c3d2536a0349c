import FinstageSystem
import TestSupport
import Testing

/// What `fs-frame plot` draws, by what the pictures say.
@Suite struct ChartTests {
  private let folder = TemporaryFolder()

  private func shell(_ script: String) throws -> Run.Result { try Run.shell("cd '\(folder.path)'; \(script)") }

  /// A rise and a fall of a stock of some 50 dollars, a bar for each weekday of 2024 and of 2025.
  private func bars(_ count: Int) throws {
    _ = try shell(
      """
      awk 'BEGIN { day = 19723; for (i = 0; i < \(count); i++) { while ((day + 3) % 7 > 4) day++; c = 50 + 9 * sin(i / 15)
        printf "{\\"symbol\\":\\"A\\",\\"ts\\":\\"%s\\",\\"open\\":%.2f,\\"high\\":%.2f,\\"low\\":%.2f,\\"close\\":%.2f,\\"volume\\":%d}\\n", \
          strftime("%Y-%m-%d", day++ * 86400, 1), c - 0.3 + i % 3 * 0.3, c + 1, c - 1, c, 1000 + i } }' > bars.ndjson
      """)
  }

  @Test func eachKindOfOscillatorHasAPanel() throws {
    try bars(200)
    let svg = try shell(
      "fs-frame plot bars.ndjson --indicator rsi_14 --indicator rsi:7 --indicator macd_12_26_9 --indicator adx_14 --indicator atr_14"
    )
    #expect(svg.status == 0, "\(svg.errors)")
    // The legends of panels stand on lines of their own: two RSIs share one, the ADX is not among them.
    func height(_ name: String) -> String? {
      svg.text.split(separator: "\n").first { $0.contains(">\(name) ") }.flatMap { line in
        line.split(separator: " ").first { $0.hasPrefix("y=") }.map(String.init)
      }
    }
    let names = ["rsi_14", "rsi_7", "macd_12_26_9", "macd_hist_12_26_9", "adx_14", "atr_14"]
    let heights = names.map { height($0) ?? "missing \($0)" }
    #expect(heights[0] == heights[1] && heights[2] == heights[3], "\(heights)")
    #expect(Set(heights).count == 4, "\(heights)")
    // The levels of the RSI have labels; its values near 50 are not taken for prices.
    #expect(svg.text.contains(">70</text>") && svg.text.contains(">30</text>"))
  }

  @Test func anIndicatorIsDrawnOnce() throws {
    try bars(100)
    let svg = try shell(
      "fs-indicators --sma 20 bars.ndjson | fs-frame plot --indicator sma_20 --indicator sma:20 --indicator bbands_20_2"
    )
    #expect(svg.text.components(">sma_20 ") == 1)
    #expect(svg.text.components("class=\"l\"") == 4, "sma and three bands")
    #expect(svg.text.components("fill-opacity=\"0.09\"") == 1, "the bands are filled")
    #expect(svg.text.components("stroke-dasharray=\"6 6\"") == 1, "the middle band lies on the average")
  }

  /// No two labels of the time axis share a place, however many bars there are.
  @Test(arguments: [1, 2, 5, 30, 61, 130, 400]) func datesDoNotOverlap(_ count: Int) throws {
    try bars(count)
    for width in [300, 960] {
      let svg = try shell("fs-frame plot bars.ndjson --last 0 --width \(width)")
      var labels: [(at: Double, text: String)] = []
      for line in svg.text.split(separator: "\n") where line.contains("text-anchor=\"middle\"") {
        let at = line.split(separator: "x=\"").dropFirst().last?.prefix { $0 != "\"" }
        let text = line.split(separator: ">").dropFirst(line.hasPrefix("<line") ? 2 : 1).first?.prefix { $0 != "<" }
        labels.append((Double(at ?? "") ?? .nan, String(text ?? "")))
      }
      #expect(!labels.isEmpty || count < 2)
      for (a, b) in zip(labels, labels.dropFirst()) {
        #expect(b.at - a.at >= Double(a.text.count + b.text.count) * 2.6, "\(count) bars: \(a) and \(b)")
      }
    }
  }

  /// A range that is tiny beside the price has few ticks, not endless ones.
  @Test func tinyRangesEnd() throws {
    let result = try shell(
      """
      for p in 100.00000000000001 1000000000000000.125; do
        printf '{"symbol":"A","ts":"2024-01-01","close":%s}\\n{"symbol":"A","ts":"2024-01-02","close":%s}\\n' ${p%%.*} $p > tiny.ndjson
        timeout 20 fs-frame plot tiny.ndjson | tail -1; done
      printf '{"i":1,"d":0.0}\\n{"i":2,"d":-0.0}\\n{"i":3,"d":0.5}\\n' | fs-frame sort d | grep -o '"i":.'
      """)
    #expect(result.text == "</svg>\n</svg>\n\"i\":1\n\"i\":2\n\"i\":3\n", "\(result.text) \(result.errors)")
  }

  @Test func stylesAndTerminals() throws {
    try bars(90)
    let result = try shell(
      """
      fs-frame plot bars.ndjson --style dark | grep -c 'fill:#12161c'; fs-frame plot bars.ndjson --style light | grep -c '#12161c'
      fs-frame plot bars.ndjson --style auto | grep -c prefers-color-scheme; fs-frame plot bars.ndjson --style grey; echo $?
      """)
    #expect(result.text == "1\n0\n1\n64\n", "\(result.text)")
    for (count, width) in [(90, 120), (90, 40), (3, 40), (1, 20)] {
      let text = try shell(
        "head -\(count) bars.ndjson | fs-frame plot --term --width \(width) --height 16 --indicator sma_20 --indicator rsi_14"
      )
      #expect(text.status == 0 && text.lines.count <= 20, "\(text.text)")
      #expect(text.lines.dropFirst().allSatisfy { $0.count <= width }, "\(text.text)")
      // Bodies can be told from wicks, and there are no colours in a pipe.
      #expect(text.text.contains { "┃█╹╻╿╽".contains($0) } && !text.text.contains("\u{1B}"), "\(text.text)")
    }
    let color = try shell("fs-frame plot bars.ndjson --term --color always")
    #expect(color.text.contains("\u{1B}[32m") && color.text.contains("\u{1B}[31m"))
  }
}

extension String {
  /// How often a text is there.
  fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}
