import FinstageSystem
import FinstageCore

/// The columns of a batch that are the inputs of kernels.
struct InputColumns {
  /// The fields to read, in the order of the batch's columns.
  let fields: [Field]
  let symbol: Int?
  let stamp: Int
  let needsTime: Bool
  /// The columns that hold numbers.
  let values: [Int]
  private let places: [(input: Inputs, column: Int)]

  /// - Parameter needed: the inputs of what the user has named; of what comes with it, bars may lack the volume.
  package init(_ inputs: Inputs, needed: Inputs, _ options: IndicatorSetOptions) {
    var fields: [Field] = []
    func need(
      _ name: String, _ kind: Field.Kind, _ presence: Field.Presence = .required, _ hint: String? = nil
    ) -> Int {
      if let known = fields.firstIndex(where: { $0.name == name && $0.kind == kind }) {
        if presence == .required { fields[known] = Field(name, kind, presence, hint: fields[known].hint ?? hint) }
        return known
      }
      fields.append(Field(name, kind, presence, hint: hint))
      return fields.count - 1
    }
    symbol = options.key.map { need($0, .symbol, .required, "--by names another field, --by '' means one series") }
    needsTime = inputs.contains(.time) || options.keepsHistory || options.revises
    stamp = need("ts", .timestamp, needsTime ? .required : .optional)
    var places: [(input: Inputs, column: Int)] = []
    if inputs.contains(.field) {
      places.append((.field, need(options.field, .float64, .required, "--field names another")))
    }
    let own: [(Inputs, String)] = [
      (.open, "open"), (.high, "high"), (.low, "low"), (.close, "close"), (.volume, "volume"),
    ]
    for (input, name) in own where inputs.contains(input) {
      // Where a missing volume is no opinion, it may be missing altogether.
      let mayLack = input == .volume && (inputs.contains(.volumeIfAny) || !needed.contains(.volume))
      places.append((input, need(name, .float64, mayLack ? .optional : .required)))
    }
    if inputs.contains(.volumeIfAny) {
      let column = need("volume", .float64, .optional)
      // Kernels find it where the volume is, but leave no bar out for the want of it.
      if !inputs.contains(.volume) { places.append((.volume, column)) }
    }
    self.places = places
    self.fields = fields
    var values: [Int] = []
    for place in places where !values.contains(place.column) { values.append(place.column) }
    self.values = values
  }

  /// The columns of some inputs.
  func columns(of inputs: Inputs) -> [Int] { places.filter { inputs.contains($0.input) }.map(\.column) }

  func bars(of batch: Batch) -> BarColumns {
    func column(_ input: Inputs) -> UnsafePointer<Double> {
      UnsafePointer(batch.columns[places.first { $0.input == input }?.column ?? 0].doubles)
    }
    let field = column(.field)
    return BarColumns(
      field: field, open: column(.open), high: column(.high), low: column(.low), close: column(.close),
      volume: column(.volume), time: UnsafePointer(batch.columns[stamp].integers), x: field, y: field)
  }
}

/// The bars of a batch that have all inputs of a kernel, each at most `largestInput` in magnitude.
struct UsableBars {
  var isCurrent = false
  /// One byte for each bar, 0 for the bars to leave out; nil if there are no such bars.
  private(set) var bytes: UnsafePointer<UInt8>?
  private let cells = Cells<UInt8>(1)

  mutating func update(_ columns: [UnsafePointer<Double>], count: Int) {
    isCurrent = true
    bytes = nil
    if columns.allSatisfy({ UsableBars.areUsable($0, count) }) { return }
    cells.reserve(count)
    for i in 0..<count { cells.base[i] = columns.allSatisfy { $0[i].magnitude <= largestInput } ? 1 : 0 }
    bytes = UnsafePointer(cells.base)
  }

  /// Whether all values of a column are usable; NaN is not usable.
  static func areUsable(_ column: UnsafePointer<Double>, _ count: Int) -> Bool {
    let raw = UnsafeRawPointer(column)
    var i = 0
    while i &+ 8 <= count {
      let values = raw.loadUnaligned(fromByteOffset: i &* 8, as: SIMD8<Double>.self)
      guard all((values .<= largestInput) .& (values .>= -largestInput)) else { return false }
      i &+= 8
    }
    while i < count {
      guard column[i].magnitude <= largestInput else { return false }
      i &+= 1
    }
    return true
  }
}

/// Memory that grows, and is initially filled with one value.
package final class Cells<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity = 256
  private let initial: Element

  package init(_ initial: Element) {
    self.initial = initial
    base = .allocate(capacity: capacity)
    base.initialize(repeating: initial, count: capacity)
  }

  deinit { base.deallocate() }

  package func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let larger = max(wanted, capacity * 2)
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    grown.update(from: base, count: capacity)
    (grown + capacity).initialize(repeating: initial, count: larger - capacity)
    base.deallocate()
    base = grown
    capacity = larger
  }
}
