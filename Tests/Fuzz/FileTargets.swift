import FinstageSystem
@testable import FinstageCore
@testable import FinstageIndicators
@testable import FinstageStore

private let bars = Array(
  (0..<300).map { i in
    #"{"symbol":"A","ts":\#(1_000_000_000 + i * 86_400),"open":\#(i % 7 + 1),"high":\#(i % 11 + 9),"low":1,"close":\#(i % 5 + 2),"volume":\#(i % 3)}"#
      + "\n"
  }.joined().utf8)

private func makeSet() -> IndicatorSet {
  var options = IndicatorSetOptions()
  options.keepsHistory = true
  let names =
    "sma:5 ema:4 rsi:3 macd:3,5,2 bbands:5,2 wma:6 hma:9 kama:5 stoch:5,3,3 cci:6 ht_trendline roct:3d aroon:4 ultosc:2,3,4 adxr:4"
  return IndicatorSet(
    names.split(separator: " ").flatMap { try! IndicatorRequest.parse(specification: String($0)) }, options)
}

private func take(_ set: IndicatorSet, _ symbols: SymbolTable, _ bytes: ArraySlice<UInt8>) {
  let reader = NDJSONReader(
    source: MemorySource(Array(bytes)), fields: set.fields, symbols: symbols, fillsBlocks: false)
  let batch = reader.makeBatch()
  while let isMore = try? reader.next(into: batch), isMore { set.apply(to: batch) }
}

/// A state after some bars, to be changed.
private let body: [UInt8] = {
  let set = makeSet()
  let symbols = SymbolTable()
  take(set, symbols, bars.prefix(12_000))
  return StateFile.body(set, symbols, marks: [])
}()

/// Changes of a good state, its checksum made anew: pairs of a place and a byte.
func fuzzState(_ bytes: [UInt8]) {
  var changed = body
  var i = 0
  while i + 4 <= bytes.count {
    let place = Int(bytes[i]) | Int(bytes[i + 1]) << 8 | Int(bytes[i + 2]) << 16
    changed[place % changed.count] = bytes[i + 3]
    i += 4
  }
  let set = makeSet()
  let symbols = SymbolTable()
  guard (try? StateFile.restore(StateFile.sealed(changed), path: "fuzz", into: set, symbols)) != nil else { return }
  take(set, symbols, bars.suffix(6000))
  set.order.finishResuming()
  _ = StateFile.body(set, symbols, marks: [])
}

private let storePath = "/dev/shm/finstage-fuzz-\(getpid()).db"

func fuzzStore(_ bytes: [UInt8]) {
  for suffix in ["", "-wal", "-shm", ".lock", ".slow.ndjson"] { unlink(storePath + suffix) }
  guard FileContent.replace(storePath, with: bytes), let store = try? PriceStore(reading: storePath) else { return }
  _ = try? store.entries()
  _ = try? store.bars("AAPL", "1d", isDated: true)
  _ = try? store.bars("AAPL", "1h", isDated: false)
  _ = try? store.gaps("AAPL", "1d")
  _ = try? store.covered("AAPL", "1d")
  _ = try? store.faults()
}
