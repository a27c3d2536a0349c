import FinstageCore

/// Functions of the values of one row.
enum Functions {
  static func unary(_ body: @escaping @Sendable (Double) -> Double, _ x: Register, _ step: StepMaker) -> Register {
    step(.number, true) { out in
      { rows in
        let (x, out) = (x.numbers, out.numbers)
        for i in 0..<rows {
          let value = x[i].isNaN ? .nan : body(x[i])
          out[i] = value.isFinite ? value : .nan
        }
      }
    }
  }

  /// - Parameter isPick: the result is one of the values, not computed from them.
  static func binary(
    _ body: @escaping @Sendable (Double, Double) -> Double, _ a: Register, _ b: Register, _ step: StepMaker,
    isPick: Bool = false
  ) -> Register {
    step(.number, isPick ? a.isComputed || b.isComputed : true) { out in
      { rows in
        let (a, b, out) = (a.numbers, b.numbers, out.numbers)
        for i in 0..<rows {
          let value = a[i].isNaN || b[i].isNaN ? .nan : body(a[i], b[i])
          out[i] = value.isFinite ? value : .nan
        }
      }
    }
  }

  /// The same for integers alone, exactly.
  static func ofIntegers(
    _ kind: ExpressionFunction.OfIntegers, _ registers: [Register], _ step: StepMaker
  ) -> Register {
    step(.integer, false) { out in
      { rows in
        let out = out.integers
        for i in 0..<rows {
          var result = registers[0].integers[i]
          for register in registers.dropFirst() where result != Register.missing {
            let next = register.integers[i]
            if next == Register.missing || (kind == .least ? next < result : next > result) { result = next }
          }
          out[i] = kind == .absolute && result != Register.missing ? abs(result) : result
        }
      }
    }
  }

  static func ofTime(_ body: @escaping @Sendable (Int64) -> Int64, _ x: Register, _ step: StepMaker) -> Register {
    step(.integer, false) { out in
      { rows in
        let (x, out) = (x.integers, out.integers)
        for i in 0..<rows {
          // Of instants beyond what nanoseconds reach, only the order is known.
          if x[i] <= Register.missing + 1 || x[i] == .max {
            out[i] = Register.missing
            continue
          }
          let second = x[i] / 1_000_000_000
          out[i] = body(x[i] < 0 && x[i] % 1_000_000_000 != 0 ? second - 1 : second)
        }
      }
    }
  }

  static func choice(_ c: Register, _ a: Register, _ b: Register, _ step: StepMaker) -> Register {
    let type = a.type == .null ? b.type : a.type
    let null = type == .number || type == .null ? Int64(bitPattern: Double.nan.bitPattern) : Register.missing
    return step(type, a.isComputed || b.isComputed) { out in
      { rows in
        let (c, a, b, out) = (c.integers, a.integers, b.integers, out.integers)
        for i in 0..<rows { out[i] = c[i] == 1 ? a[i] : c[i] == 0 ? b[i] : null }
      }
    }
  }

  static func coalesce(_ registers: [Register], _ step: StepMaker) -> Register {
    let type = registers.first { $0.type != .null }?.type ?? .null
    let isNumber = type == .number || type == .null
    return step(type, registers.contains { $0.isComputed }) { out in
      { rows in
        out.integers.update(from: registers[0].integers, count: rows)
        for register in registers.dropFirst() {
          let (x, out) = (register.integers, out)
          if isNumber {
            for i in 0..<rows where out.numbers[i].isNaN { out.integers[i] = x[i] }
          } else {
            for i in 0..<rows where out.integers[i] == Register.missing { out.integers[i] = x[i] }
          }
        }
      }
    }
  }
}
