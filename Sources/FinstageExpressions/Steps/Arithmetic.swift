import FinstageCore
import FinstageSystem

/// Adds a step that fills a register, and returns the register.
struct StepMaker {
  let make: (_ type: ExpressionType, _ isComputed: Bool, _ make: (Register) -> (_ rows: Int) -> Void) -> Register
  /// Told of what a step remembers.
  let remember: (any SeriesMemory) -> Void

  func callAsFunction(
    _ type: ExpressionType, _ isComputed: Bool, _ body: (Register) -> (_ rows: Int) -> Void
  ) -> Register {
    make(type, isComputed, body)
  }
}

/// What a step remembers of each series, as bytes, so that a later run can go on.
protocol SeriesMemory: AnyObject {
  func save(_ series: Int) -> [UInt8]
  /// Returns false, and changes nothing, if the bytes are not of this kind.
  func restore(_ series: Int, _ bytes: [UInt8]) -> Bool
}

/// Sums, differences, products, quotients. What cannot be computed (a division by zero, an overflow) is null.
enum Arithmetic {
  static func negate(_ x: Register, _ step: StepMaker) -> Register {
    if x.type == .integer {
      return step(.integer, true) { out in
        { rows in
          let (x, out) = (x.integers, out.integers)
          for i in 0..<rows { out[i] = 0 &- x[i] }  // null stays null
        }
      }
    }
    return step(.number, x.isComputed) { out in
      { rows in
        let (x, out) = (x.numbers, out.numbers)
        for i in 0..<rows { out[i] = -x[i] }
      }
    }
  }

  static func asNumber(_ x: Register, _ step: StepMaker) -> Register {
    step(.number, x.isComputed) { out in
      { rows in
        let (x, out) = (x.integers, out.numbers)
        for i in 0..<rows { out[i] = x[i] == Register.missing ? .nan : Double(x[i]) }
      }
    }
  }

  static func numbers(_ operation: Expression.Operator, _ a: Register, _ b: Register, _ step: StepMaker) -> Register {
    @inline(__always)
    func each(_ combine: @escaping (Double, Double) -> Double) -> Register {
      step(.number, true) { out in
        { rows in
          let (a, b, out) = (a.numbers, b.numbers, out.numbers)
          for i in 0..<rows {
            let value = combine(a[i], b[i])
            out[i] = value.isFinite ? value : .nan
          }
        }
      }
    }
    switch operation {
    case .add: return each { $0 + $1 }
    case .subtract: return each { $0 - $1 }
    case .multiply: return each { $0 * $1 }
    case .divide: return each { $0 / $1 }
    default: return each { $0.truncatingRemainder(dividingBy: $1) }
    }
  }

  static func integers(_ operation: Expression.Operator, _ a: Register, _ b: Register, _ step: StepMaker) -> Register {
    @inline(__always)
    func each(_ combine: @escaping (Int64, Int64) -> (partialValue: Int64, overflow: Bool)) -> Register {
      step(.integer, false) { out in
        { rows in
          let (a, b, out) = (a.integers, b.integers, out.integers)
          for i in 0..<rows {
            if a[i] == Register.missing || b[i] == Register.missing {
              out[i] = Register.missing
              continue
            }
            let (value, overflow) = combine(a[i], b[i])
            out[i] = overflow ? Register.missing : value
          }
        }
      }
    }
    switch operation {
    case .add: return each { $0.addingReportingOverflow($1) }
    case .subtract: return each { $0.subtractingReportingOverflow($1) }
    case .multiply: return each { $0.multipliedReportingOverflow(by: $1) }
    default: return each { $0.remainderReportingOverflow(dividingBy: $1) }
    }
  }

  /// The seconds from one instant to another.
  static func seconds(from a: Register, to b: Register, _ step: StepMaker) -> Register {
    step(.number, true) { out in
      { rows in
        let (a, b, out) = (a.integers, b.integers, out.numbers)
        for i in 0..<rows {
          if a[i] == Register.missing || b[i] == Register.missing {
            out[i] = .nan
            continue
          }
          let (difference, overflow) = b[i].subtractingReportingOverflow(a[i])
          out[i] = overflow ? .nan : Double(difference) / 1e9
        }
      }
    }
  }

  /// An instant so many seconds later or earlier, to the nanosecond.
  static func shift(_ time: Register, by seconds: Register, sign: Double, _ step: StepMaker) -> Register {
    step(.time, false) { out in
      { rows in
        let (time, seconds, out) = (time.integers, seconds.numbers, out.integers)
        for i in 0..<rows {
          guard time[i] != Register.missing, let shift = Int64(exactly: (sign * seconds[i] * 1e9).rounded()) else {
            out[i] = Register.missing
            continue
          }
          let (sum, overflow) = time[i].addingReportingOverflow(shift)
          out[i] = overflow ? Register.missing : sum
        }
      }
    }
  }
}
