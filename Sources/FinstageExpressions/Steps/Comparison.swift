import FinstageCore

/// Less, equal, greater. Integers, times, stored numbers and texts are compared exactly, computed numbers with a relative slack:
/// 24.72 is 3 % more than 24, although 24.72 / 24 - 1 is a little less than 0.03 in doubles.
enum Comparison {
  /// The relative slack of computed numbers.
  static let slack = 1e-9

  static func mirrored(_ operation: Expression.Operator) -> Expression.Operator {
    switch operation {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: operation
    }
  }

  static func integers(_ operation: Expression.Operator, _ a: Register, _ b: Register, _ step: StepMaker) -> Register {
    @inline(__always)
    func each(_ holds: @escaping (Int64, Int64) -> Bool) -> Register {
      if let constant = b.constant {
        return step(.bool, false) { out in
          { rows in
            let (a, out) = (a.integers, out.integers)
            if constant == Register.missing {
              out.update(repeating: Register.missing, count: rows)
              return
            }
            for i in 0..<rows { out[i] = a[i] == Register.missing ? Register.missing : holds(a[i], constant) ? 1 : 0 }
          }
        }
      }
      return step(.bool, false) { out in
        { rows in
          let (a, b, out) = (a.integers, b.integers, out.integers)
          for i in 0..<rows {
            let isNull = a[i] == Register.missing || b[i] == Register.missing
            out[i] = isNull ? Register.missing : holds(a[i], b[i]) ? 1 : 0
          }
        }
      }
    }
    switch operation {
    case .less: return each { $0 < $1 }
    case .lessOrEqual: return each { $0 <= $1 }
    case .greater: return each { $0 > $1 }
    case .greaterOrEqual: return each { $0 >= $1 }
    case .equal: return each { $0 == $1 }
    default: return each { $0 != $1 }
    }
  }

  static func numbers(
    _ operation: Expression.Operator, _ a: Register, _ b: Register, slack isSlack: Bool, _ step: StepMaker
  ) -> Register {
    @inline(__always)
    func near(_ x: Double, _ y: Double) -> Bool {
      let (p, q) = (x.magnitude, y.magnitude)
      guard (x - y).magnitude <= slack * (p > q ? p : q) else { return false }
      // Two whole numbers that differ do so for certain: volumes, counts.
      return x == y || x.rounded(.towardZero) != x || y.rounded(.towardZero) != y
    }
    @inline(__always)
    func each(_ holds: @escaping (Double, Double) -> Bool) -> Register {
      if let bits = b.constant {
        let constant = Double(bitPattern: UInt64(bitPattern: bits))
        return step(.bool, false) { out in
          { rows in
            let (a, out) = (a.numbers, out.integers)
            for i in 0..<rows {
              out[i] = a[i].isNaN || constant.isNaN ? Register.missing : holds(a[i], constant) ? 1 : 0
            }
          }
        }
      }
      return step(.bool, false) { out in
        { rows in
          let (a, b, out) = (a.numbers, b.numbers, out.integers)
          for i in 0..<rows { out[i] = a[i].isNaN || b[i].isNaN ? Register.missing : holds(a[i], b[i]) ? 1 : 0 }
        }
      }
    }
    switch (operation, isSlack) {
    case (.less, false): return each { $0 < $1 }
    case (.lessOrEqual, false): return each { $0 <= $1 }
    case (.greater, false): return each { $0 > $1 }
    case (.greaterOrEqual, false): return each { $0 >= $1 }
    case (.equal, false): return each { $0 == $1 }
    case (_, false): return each { $0 != $1 }
    case (.less, true): return each { $0 < $1 && !near($0, $1) }
    case (.lessOrEqual, true): return each { $0 < $1 || near($0, $1) }
    case (.greater, true): return each { $0 > $1 && !near($0, $1) }
    case (.greaterOrEqual, true): return each { $0 > $1 || near($0, $1) }
    case (.equal, true): return each { near($0, $1) }
    case (_, true): return each { !near($0, $1) }
    }
  }

  /// An integer beside a stored number, exactly: neither is rounded.
  static func mixed(_ operation: Expression.Operator, _ a: Register, _ b: Register, _ step: StepMaker) -> Register {
    /// -1, 0 or 1.
    @inline(__always)
    func order(_ x: Int64, _ y: Double) -> Int {
      if y >= 9_223_372_036_854_775_808 { return -1 }
      if y < -9_223_372_036_854_775_808 { return 1 }
      let whole = y.rounded(.down)
      let integer = Int64(whole)
      return x < integer ? -1 : x > integer ? 1 : y > whole ? -1 : 0
    }
    @inline(__always)
    func each(_ holds: @escaping (Int) -> Bool) -> Register {
      step(.bool, false) { out in
        { rows in
          let (a, b, out) = (a.integers, b.numbers, out.integers)
          for i in 0..<rows {
            out[i] = a[i] == Register.missing || b[i].isNaN ? Register.missing : holds(order(a[i], b[i])) ? 1 : 0
          }
        }
      }
    }
    switch operation {
    case .less: return each { $0 < 0 }
    case .lessOrEqual: return each { $0 <= 0 }
    case .greater: return each { $0 > 0 }
    case .greaterOrEqual: return each { $0 >= 0 }
    case .equal: return each { $0 == 0 }
    default: return each { $0 != 0 }
    }
  }

  /// Texts, in the order of their bytes.
  static func texts(
    _ operation: Expression.Operator, _ a: Register, _ b: Register, _ texts: SymbolTable, _ step: StepMaker
  ) -> Register {
    if operation == .equal || operation == .unequal { return integers(operation, a, b, step) }
    let holds: (Bool, Bool) -> Bool =
      switch operation {
      case .less: { isLess, isEqual in isLess }
      case .lessOrEqual: { isLess, isEqual in isLess || isEqual }
      case .greater: { isLess, isEqual in !isLess && !isEqual }
      default: { isLess, isEqual in !isLess }
      }
    return step(.bool, false) { out in
      { rows in
        let (a, b, out) = (a.integers, b.integers, out.integers)
        for i in 0..<rows {
          if a[i] == Register.missing || b[i] == Register.missing {
            out[i] = Register.missing
            continue
          }
          let isEqual = a[i] == b[i]
          let isLess = !isEqual && texts.view(Int(a[i])).lexicographicallyPrecedes(texts.view(Int(b[i])))
          out[i] = holds(isLess, isEqual) ? 1 : 0
        }
      }
    }
  }
}
