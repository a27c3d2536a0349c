import FinstageCore

/// Functions of texts: each distinct text is worked on once.
enum Texts {
  /// What became of each text, by its number.
  private final class Known {
    private var values: [Int64] = []
    private var isKnown: [Bool] = []

    @inline(__always)
    func value(_ code: Int64, _ make: (Int) -> Int64) -> Int64 {
      let i = Int(code)
      if i < isKnown.count && isKnown[i] { return values[i] }
      return note(i, make(i))
    }

    private func note(_ i: Int, _ value: Int64) -> Int64 {
      if i >= isKnown.count {
        values += [Int64](repeating: 0, count: i + 1 - values.count)
        isKnown += [Bool](repeating: false, count: i + 1 - isKnown.count)
      }
      values[i] = value
      isKnown[i] = true
      return value
    }
  }

  private static func each(
    _ type: ExpressionType, _ x: Register, _ step: StepMaker, _ make: @escaping (Int) -> Int64
  ) -> Register {
    let known = Known()
    return step(type, false) { out in
      { rows in
        let (x, out) = (x.integers, out.integers)
        for i in 0..<rows { out[i] = x[i] == Register.missing ? Register.missing : known.value(x[i], make) }
      }
    }
  }

  static func map(
    _ body: @escaping @Sendable (String) -> String, _ x: Register, _ texts: SymbolTable, _ step: StepMaker
  ) -> Register {
    each(.text, x, step) { code in
      var text = body(texts.name(code)) + String(repeating: "\0", count: 8)
      return Int64(text.withUTF8 { texts.intern($0.baseAddress!, $0.count - 8) })
    }
  }

  static func test(
    _ body: @escaping (String) -> Bool, _ x: Register, _ texts: SymbolTable, _ step: StepMaker
  ) -> Register {
    each(.bool, x, step) { code in body(texts.name(code)) ? 1 : 0 }
  }

  /// Texts as instants; null where a text is not one.
  static func times(_ x: Register, _ texts: SymbolTable, _ step: StepMaker) -> Register {
    each(.time, x, step) { code in Timestamp.parseClamped(texts.name(code)) ?? Register.missing }
  }
}
