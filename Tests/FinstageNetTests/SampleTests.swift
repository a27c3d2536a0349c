import FinstageCore
import Testing
import TestSupport

@testable import FinstageNet

@Suite struct SampleTests {
  private let samples = SampleProvider(folder: "\(Run.package)/samples/bars")

  private func request(
    _ symbol: String, _ interval: ChartInterval = .oneDay, _ span: HistoryRequest.Extent = .range(.max)
  ) -> HistoryRequest {
    HistoryRequest(symbol: symbol, interval: interval, span: span)
  }

  @Test func allSamplesAreReadInOrderOfTime() throws {
    for (symbol, interval, count) in [
      ("AAPL", ChartInterval.oneDay, 3270), ("GOOG", .oneDay, 2148), ("BTC-USD", .oneDay, 1318),
      ("SPY", .oneHour, 3510),
      ("aapl", .oneMinute, 2303),
    ] {
      let bars = try samples.history(request(symbol, interval)).bars
      #expect(bars.count == count)
      #expect(zip(bars, bars.dropFirst()).allSatisfy { $0.time.text < $1.time.text })
    }
  }

  @Test func aRangeEndsWithTheLastBar() throws {
    let year = try samples.history(request("AAPL", .oneDay, .range(.oneYear))).bars
    #expect(year.first?.time.text == "2012-03-01")
    #expect(year.last?.time.text == "2013-03-01")
    let days = try samples.history(request("AAPL", .oneDay, .range(.fiveDays))).bars
    #expect(days.count == 5)
    let toDate = try samples.history(request("AAPL", .oneDay, .range(.yearToDate))).bars
    #expect(toDate.first?.time.text == "2013-01-02")
  }

  @Test func withoutTheFolderASmallSetRemains() throws {
    let embedded = SampleProvider(folder: nil)
    let bars = try embedded.history(request("AAPL")).bars
    #expect(bars.count == 260)
    #expect(try bars == samples.history(request("AAPL")).bars.suffix(260))
    #expect(failure { _ = try embedded.history(request("GOOG")) }.contains("there are: AAPL.1d MSFT.1d"))
  }

  @Test(arguments: ["NOPE", "../bars/AAPL", "AAPL.1d.ndjson.gz", "", "/etc/passwd"])
  func whatIsNoSampleIsNeverAPath(_ symbol: String) {
    #expect(failure { _ = try samples.history(request(symbol)) }.contains("no sample of"))
  }
}
