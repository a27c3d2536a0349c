import FinstageCore

/// The bars of one symbol, as a provider has them.
package struct History: Sendable {
  package var bars: [Bar]
  package var currency: String?
  /// The number of rows without a close, which do not become bars.
  package var emptyRows = 0
  /// The days (since 1970) of such rows.
  package var blankDays: Set<Int64> = []
  /// What the user may want to know.
  package var notes: [String] = []
  /// What the user must know.
  package var warnings: [String] = []
  /// What is known about the market besides the bars.
  package var market: MarketState?
  /// Where the rest is, if this is one page of several.
  package var nextPage: NextPage?

  package init(bars: [Bar], currency: String? = nil) {
    self.bars = bars
    self.currency = currency
  }

  /// Joins pieces of one series, such as the pages of an answer. If two pieces have the same bar, the later piece counts.
  package init(joining pieces: [History]) {
    self.init(bars: [])
    // Pages may begin with the newest bars.
    let pieces = pieces.enumerated().sorted { a, b in
      (a.element.bars.first?.time.second ?? .min, a.offset) < (b.element.bars.first?.time.second ?? .min, b.offset)
    }.map(\.element)
    for piece in pieces {
      currency = piece.currency ?? currency
      market = piece.market ?? market
      emptyRows += piece.emptyRows
      blankDays.formUnion(piece.blankDays)
      notes += piece.notes
      warnings += piece.warnings
      for bar in piece.bars {
        if let last = bars.last, last.time == bar.time { bars.removeLast() }
        bars.append(bar)
      }
    }
  }
}
