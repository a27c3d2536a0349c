/// Three values: 1 is true, 0 is false, and null is neither.
enum Logic {
  static func not(_ x: Register, _ step: StepMaker) -> Register {
    step(.bool, false) { out in
      { rows in
        let (x, out) = (x.integers, out.integers)
        for i in 0..<rows { out[i] = x[i] == Register.missing ? Register.missing : 1 &- x[i] }
      }
    }
  }

  /// False if either is false, whatever the other is.
  static func and(_ a: Register, _ b: Register, _ step: StepMaker) -> Register {
    step(.bool, false) { out in
      { rows in
        let (a, b, out) = (a.integers, b.integers, out.integers)
        for i in 0..<rows { out[i] = a[i] == 0 || b[i] == 0 ? 0 : a[i] | b[i] == 1 ? 1 : Register.missing }
      }
    }
  }

  /// True if either is true, whatever the other is.
  static func or(_ a: Register, _ b: Register, _ step: StepMaker) -> Register {
    step(.bool, false) { out in
      { rows in
        let (a, b, out) = (a.integers, b.integers, out.integers)
        for i in 0..<rows { out[i] = a[i] == 1 || b[i] == 1 ? 1 : a[i] | b[i] == 0 ? 0 : Register.missing }
      }
    }
  }

  static func isNull(_ x: Register, _ step: StepMaker) -> Register {
    if x.type == .number || x.type == .null {
      return step(.bool, false) { out in
        { rows in
          let (x, out) = (x.numbers, out.integers)
          for i in 0..<rows { out[i] = x[i].isNaN ? 1 : 0 }
        }
      }
    }
    return step(.bool, false) { out in
      { rows in
        let (x, out) = (x.integers, out.integers)
        for i in 0..<rows { out[i] = x[i] == Register.missing ? 1 : 0 }
      }
    }
  }

  /// 1 for what counts (a true condition; any other value that is not null), else 0: a number.
  static func truth(_ x: Register, _ step: StepMaker) -> Register {
    switch x.type {
    case .number, .null:
      return step(.number, false) { out in
        { rows in
          let (x, out) = (x.numbers, out.numbers)
          for i in 0..<rows { out[i] = x[i].isNaN ? 0 : 1 }
        }
      }
    case .bool:
      return step(.number, false) { out in
        { rows in
          let (x, out) = (x.integers, out.numbers)
          for i in 0..<rows { out[i] = x[i] == 1 ? 1 : 0 }
        }
      }
    default:
      return step(.number, false) { out in
        { rows in
          let (x, out) = (x.integers, out.numbers)
          for i in 0..<rows { out[i] = x[i] == Register.missing ? 0 : 1 }
        }
      }
    }
  }
}
