import FinstageSystem
import TestSupport
import Testing
@testable import FinstageCore
@testable import FinstageIndicators

/// Every indicator that TA-Lib has, against TA-Lib's values on a walk and on real bars. An indicator is tested by being in the
/// registry: its vector is found by its name.
@Suite struct TALibVectorTests {
  struct Vector: CustomTestStringConvertible, Sendable {
    var set: String
    var request: IndicatorRequest
    var outputs: [[Double]]
    var input: SeriesRun.Columns
    var testDescription: String { "\(set) \(request.key)" }
  }

  private static func document() throws -> JSONValue {
    try JSONValue.parse(try #require(Files.read("\(Run.package)/Tests/Fixtures/talib.json")))
  }

  static let vectors: [Vector] = (try? loadVectors()) ?? []

  private static func loadVectors() throws -> [Vector] {
    func numbers(_ value: JSONValue?) -> [Double] { (value?.array ?? []).map { $0.double ?? .nan } }
    var vectors: [Vector] = []
    for set in try document()["sets"]?.array ?? [] {
      var input = SeriesRun.Columns()
      input.open = numbers(set["input"]?["open"])
      input.high = numbers(set["input"]?["high"])
      input.low = numbers(set["input"]?["low"])
      input.close = numbers(set["input"]?["close"])
      input.volume = numbers(set["input"]?["volume"])
      input.field = input.close
      for indicator in Indicator.all {
        guard let vector = set["indicators"]?[indicator.name.uppercased()] else { continue }
        // "ma": "ema" is our default.
        let parameters = (vector["params"]?.members ?? []).compactMap { $0.value.double }
        vectors.append(
          Vector(
            set: set["series"]?.string ?? "",
            request: IndicatorRequest(
              indicator: indicator, parameters: parameters, variations: indicator.variations.map(\.standard)),
            outputs: (vector["outputs"]?.members ?? []).map { numbers($0.value) }, input: input))
      }
    }
    return vectors
  }

  @Test func everyVectorHasItsIndicator() throws {
    let names = (try Self.document()["sets"]?.array?.first?["indicators"]?.members ?? []).map(\.key)
    #expect(names.count == 61)
    for name in names { #expect(Indicator.named(name.lowercased()) != nil, "\(name)") }
    #expect(Self.vectors.count == 122)
  }

  @Test(arguments: vectors) func theValuesAreTALibs(_ vector: Vector) throws {
    #expect(vector.request.parameters.count == vector.request.indicator.parameters.count)
    let columns = SeriesRun(vector.request).run(vector.input)
    #expect(columns.count == vector.outputs.count)
    for (column, expected) in zip(columns, vector.outputs) {
      #expect(column.count == expected.count)
      let bar = agree(column, expected)
      #expect(bar == nil, "bar \(bar!): \(column[bar!]) \(expected[bar!])")
    }
  }
}
