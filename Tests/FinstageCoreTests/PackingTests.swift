import TestSupport
import Testing

@testable import FinstageCore

/// The encodings of Parquet and the codecs, there and back.
@Suite struct PackingTests {
  @Test func bitsComeBack() {
    var random = SeededRandom(seed: 5)
    for width in 0...64 {
      for count in [0, 1, 7, 8, 31, 32, 100] {
        let mask = width == 64 ? UInt64.max : 1 << UInt64(width) - 1
        let values = (0..<count).map { _ in random.next() & mask }
        var bytes: [UInt8] = []
        values.withUnsafeBufferPointer { BitPacking.pack($0, width: width, into: &bytes) }
        #expect(bytes.count == (count * width + 7) / 8)
        var back = [UInt64](repeating: 1, count: count + 1)
        let isWhole = bytes.withUnsafeBytes { raw in
          back.withUnsafeMutableBufferPointer {
            BitPacking.unpack(raw, at: 0, count: count, width: width, into: $0.baseAddress!)
          }
        }
        #expect(isWhole && Array(back[..<count]) == values, "\(width) \(count)")
        let isShort = bytes.dropLast().withUnsafeBytes { raw in
          back.withUnsafeMutableBufferPointer {
            BitPacking.unpack(raw, at: 0, count: count, width: width, into: $0.baseAddress!)
          }
        }
        if !bytes.isEmpty { #expect(!isShort) }
      }
    }
  }

  @Test func runsComeBack() {
    var random = SeededRandom(seed: 6)
    for width in [1, 2, 7, 8, 13, 32] {
      for _ in 0..<60 {
        var values: [UInt64] = []
        while values.count < 300 {
          let value = random.next() & (1 << UInt64(width) - 1)
          values += [UInt64](repeating: value, count: Int(random.next() % 3 == 0 ? random.next() % 40 : 1))
        }
        values.removeLast(Int(random.next() % 20))
        let bytes = RunLength.encode(values, width: width)
        let back = bytes.withUnsafeBytes { RunLength.decode($0, at: 0, count: values.count, width: width) }
        #expect(back.map { Array($0[..<values.count]) } == values)
      }
    }
    // A long run of one value takes a few bytes.
    #expect(RunLength.encode([UInt64](repeating: 3, count: 100_000), width: 7).count == 4)
    #expect([UInt8]([1]).withUnsafeBytes { RunLength.decode($0, at: 0, count: 5, width: 3) } == nil)
    #expect(
      [UInt8]([0, 0]).withUnsafeBytes { RunLength.decode($0, at: 0, count: 5, width: 3) } == nil, "a run of none")
  }

  @Test(arguments: [false, true]) func differencesComeBack(_ isNarrow: Bool) {
    var random = SeededRandom(seed: 7)
    func value() -> Int64 {
      switch random.next() % 4 {
      case 0: Int64(random.next() % 10)
      case 1: isNarrow ? Int64(Int32(truncatingIfNeeded: random.next())) : Int64(bitPattern: random.next())
      case 2: isNarrow ? Int64(Int32.min) : .min
      default: isNarrow ? Int64(Int32.max) : .max
      }
    }
    for count in [0, 1, 2, 32, 127, 128, 129, 130, 1000] {
      let values = (0..<count).map { _ in value() }
      let bytes = values.withUnsafeBufferPointer { DeltaPacking.encode($0, isNarrow: isNarrow) }
      var end = 0
      let back = bytes.withUnsafeBytes { DeltaPacking.decode($0, at: &end, atMost: 1000, isNarrow: isNarrow) }
      #expect(back == values, "\(count)")
      #expect(end == bytes.count)
      end = 0
      #expect(bytes.withUnsafeBytes { DeltaPacking.decode($0, at: &end, atMost: count - 1) } == nil || count == 0)
    }
    let steps = (0..<1024).map { Int64($0 * 60_000) }
    #expect(steps.withUnsafeBufferPointer { DeltaPacking.encode($0, isNarrow: isNarrow) }.count < 100, "equal steps")
  }

  @Test func snappy() {
    // From the description of the format: literals, and copies that overlap.
    let packed: [UInt8] = [11, 0b0000_1000, 97, 98, 99, 0b0001_0001, 3]
    #expect(packed.withUnsafeBytes { Snappy.unpack($0, size: 11) } == Array("abcabcabcab".utf8))
    #expect(packed.withUnsafeBytes { Snappy.unpack($0, size: 10) } == nil)
    for bad in [[UInt8](), [11], [11, 0xF0], [4, 0b0000_0001, 1], [200, 200, 200, 200, 200, 200]] {
      #expect(bad.withUnsafeBytes { Snappy.unpack($0, size: 11) } == nil)
    }
  }

  @Test func lz4() {
    // Three literals, then eight bytes from three before, then one literal.
    let packed: [UInt8] = [0x34, 97, 98, 99, 3, 0, 0x10, 33]
    #expect(packed.withUnsafeBytes { LZ4.block($0, size: 12) } == Array("abcabcabcab!".utf8))
    for bad in [[0x34, 97], [0x34, 97, 98, 99, 4, 0, 0x10, 33], [0x34, 97, 98, 99, 0, 0], [0xF0], [0xF0, 255, 255]]
      as [[UInt8]]
    {
      #expect(bad.withUnsafeBytes { LZ4.block($0, size: 12) } == nil)
    }
  }

  @Test func gzip() {
    let plain = Array(String(repeating: "bars and bars ", count: 5000).utf8)
    let packed = Gzip.pack(plain)
    #expect(packed.count < 1000)
    #expect(packed.withUnsafeBytes { Gzip.unpack($0, size: plain.count) } == plain)
    #expect(
      (packed + packed).withUnsafeBytes { Gzip.unpack($0, size: plain.count * 2) } == plain + plain, "two members")
    #expect(packed.withUnsafeBytes { Gzip.unpack($0, size: plain.count - 1) } == nil)
    #expect(packed.dropLast(20).withUnsafeBytes { Gzip.unpack($0, size: plain.count) } == nil)
  }

  @Test func zstandard() throws {
    guard Zstandard.isAvailable else { return }
    let plain = Array(String(repeating: "bars and bars ", count: 5000).utf8)
    let packed = try #require(Zstandard.pack(plain))
    #expect(packed.withUnsafeBytes { Zstandard.unpack($0, size: plain.count) } == plain)
    #expect(packed.withUnsafeBytes { Zstandard.unpack($0, size: plain.count - 1) } == nil)
  }

  @Test func thrift() {
    let value = ThriftValue.structure([
      1: .i32(-5), 2: .bool(true), 3: .text("name"), 20: .list([.bool(true), .bool(false)]), 21: .bool(false),
      40: .list((0..<40).map { .i64($0 * 1_000_000_007) }),
      100: .structure([1: .double(1.5), 3: .byte(-3), 4: .i16(300)]),
    ])
    let bytes = ThriftWriter.encode(value)
    let back = bytes.withUnsafeBytes { raw in
      var reader = ThriftReader(raw)
      return reader.structure()
    }
    #expect(back?[1]?.integer == -5 && back?[2]?.flag == true && back?[3]?.string == "name" && back?[21]?.flag == false)
    #expect(back?[20]?.elements?.map(\.flag) == [true, false])
    #expect(back?[40]?.elements?.last?.integer == 39 * 1_000_000_007)
    #expect(back?[100]?[4]?.integer == 300 && back?[100]?[3]?.integer == -3)
    for cut in 0..<bytes.count {
      #expect(
        bytes[..<cut].withUnsafeBytes { raw in
          var reader = ThriftReader(raw)
          return reader.structure()
        } == nil)
    }
    // Nested without end: refused, and no crash.
    let deep = [UInt8](repeating: 0x1C, count: 10_000)
    #expect(
      deep.withUnsafeBytes { raw in
        var reader = ThriftReader(raw)
        return reader.structure()
      } == nil)
  }

  @Test func flatBuffers() throws {
    let bytes = FlatBuilder(
      .table([
        0: .int16(4), 1: .int8(3), 3: .int64(-7), 4: .string("zone"), 5: .bool(true),
        6: .tables([.table([0: .int32(1)]), .table([0: .int32(2), 1: .string("b")])]),
        7: .structs([UInt8](repeating: 1, count: 32), count: 2), 8: .table([:]),
      ])
    ).bytes
    let table = try #require(FlatTable(bytes))
    #expect(table.number(0, Int16(0)) == 4 && table.number(1, Int8(0)) == 3 && table.number(3, Int64(0)) == -7)
    #expect(table.number(2, Int32(99)) == 99 && table.number(50, Int32(99)) == 99, "not there")
    #expect(table.string(4) == "zone" && table.bool(5))
    #expect(table.tables(6)?.map { $0.number(0, Int32(0)) } == [1, 2] && table.tables(6)?.last?.string(1) == "b")
    #expect(table.words(7, each: 2) == [Int64](repeating: 0x0101_0101_0101_0101, count: 4))
    #expect(table.table(8) != nil && table.table(2) == nil)
    // Whatever is cut off or changed: an answer, and no crash.
    var random = SeededRandom(seed: 8)
    for _ in 0..<2000 {
      var damaged = bytes
      damaged[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      if let table = FlatTable(Array(damaged.prefix(Int(random.next() % UInt64(bytes.count + 1))))) {
        _ = (table.string(4), table.tables(6), table.words(7, each: 2), table.table(8)?.string(0))
      }
    }
  }
}
