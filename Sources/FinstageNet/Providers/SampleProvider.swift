import FinstageCore
import FinstageSystem

/// Real bars that come with finstage: files in the folder samples/bars, or a small set inside the executable.
///
/// Samples are not live: a range ends with the last bar of the sample. A symbol is looked up among the names of the
/// known files, so that it cannot change the path of a file.
struct SampleProvider: Provider {
  /// The folder that FINSTAGE_SAMPLES names, or one near the executable: next to it, where `make install` puts it, or
  /// in the checkout in which the executable was built.
  private let folder: String?

  init() { self.init(folder: SampleFolder.find()) }

  init(folder: String?) { self.folder = folder }

  func source(of request: HistoryRequest) throws(FetchFailure) -> HistorySource { .local(try history(request)) }

  func history(_ request: HistoryRequest) throws(FetchFailure) -> History {
    let name = "\(request.symbol.uppercased()).\(request.interval.rawValue)"
    var bars: [Bar]
    var notes: [String] = []
    if let folder, SampleFolder.names(in: folder).contains(name) {
      let path = "\(folder)/\(name)\(SampleFolder.suffix)"
      bars = try read(request, from: path) { () throws(InputError) in GzipSource(try DescriptorSource(path: path)) }
    } else if request.interval == .oneDay, let text = EmbeddedBars.daily[request.symbol.uppercased()] {
      bars = try read(request, from: "the executable") { MemorySource(Array(text.utf8), name: "<embedded>") }
      notes.append("taken from the small set inside the executable (set FINSTAGE_SAMPLES to the folder of all samples)")
    } else {
      throw FetchFailure(.symbol, "no sample of \(name) (there are: \(known().joined(separator: " ")))")
    }
    bars = within(request, bars)
    var history = History(bars: bars, currency: "USD")
    history.notes = notes
    return history
  }

  private func known() -> [String] {
    let names = Set(folder.map(SampleFolder.names) ?? []).union(EmbeddedBars.daily.keys.map { $0 + ".1d" })
    return names.sorted()
  }

  /// Reads the bars of a file in our own format.
  private func read(
    _ request: HistoryRequest, from place: String, _ open: () throws(InputError) -> any ByteSource
  ) throws(FetchFailure) -> [Bar] {
    let fields = [
      Field("ts", .timestamp), Field("open", .float64), Field("high", .float64), Field("low", .float64),
      Field("close", .float64), Field("volume", .float64), Field("adj_close", .float64, .optional),
    ]
    var bars: [Bar] = []
    do throws(InputError) {
      let reader = NDJSONReader(source: try open(), fields: fields)
      let batch = reader.makeBatch()
      while try reader.next(into: batch) {
        for i in 0..<batch.bars {
          func value(_ column: Int) -> Double? {
            batch.columns[column].hasValue(i) ? batch.columns[column].doubles[i] : nil
          }
          guard batch.columns[0].hasValue(i), let close = value(4) else { continue }
          let nanoseconds = batch.columns[0].integers[i]
          let time: Bar.Time =
            request.interval.isDaily
            ? .date(Timestamp.day(ofSecond: nanoseconds / Timestamp.nanosecondsPerSecond)) : .instant(nanoseconds)
          var bar = Bar(
            time: time, open: value(1), high: value(2), low: value(3), close: close, volume: value(5))
          bar.adjustedClose = value(6)
          bars.append(bar)
        }
      }
    } catch {
      throw FetchFailure(.symbol, "the sample in \(place) is damaged: \(error.sentence)")
    }
    return bars
  }

  /// The bars of the span; a range ends with the last bar of the sample.
  private func within(_ request: HistoryRequest, _ bars: [Bar]) -> [Bar] {
    switch request.span {
    case .range(let range):
      guard let last = bars.last, let first = range.firstDay(endingOn: Timestamp.day(ofSecond: last.time.second)) else {
        return bars
      }
      return bars.filter { $0.time.second >= first * 86_400 }
    case .period(let from, let to):
      return bars.filter { $0.time.second >= from && $0.time.second < to ?? .max }
    }
  }
}
