import FinstageCore

extension Expression {
  /// Whether it is true of one record of JSON values. Fields that are missing are null, and so are lists and objects; texts that are
  /// dates or instants are times. False where it is neither true nor false, or does not fit the values.
  package func holds(_ values: [String: JSONValue]) -> Bool {
    var types: [String: ExpressionType] = [:]
    for name in fields { types[name] = ExpressionType.of(values[name] ?? .null) }
    guard let program = try? ExpressionProgram([self], fields: types), program.types == [.bool] else { return false }
    return withUnsafeTemporaryAllocation(of: Int64.self, capacity: max(program.inputs.count, 1)) { memory in
      for (i, input) in program.inputs.enumerated() where input.type != .null {
        memory[i] = program.slot(values[input.name] ?? .null, input.type)
        program.bind(i, to: UnsafeMutableRawPointer(memory.baseAddress! + i))
      }
      program.run(1)
      return program.result(0).integers[0] == 1
    }
  }
}

extension ExpressionType {
  fileprivate static func of(_ value: JSONValue) -> ExpressionType {
    switch value {
    case .null, .array, .object: .null
    case .bool: .bool
    case .integer: .integer
    case .number: .number
    case .string(let text): text.utf8.count < 40 && Timestamp.parseClamped(text) != nil ? .time : .text
    }
  }
}

extension ExpressionProgram {
  /// A value as a register has it.
  fileprivate func slot(_ value: JSONValue, _ type: ExpressionType) -> Int64 {
    switch value {
    case .bool(let flag): flag ? 1 : 0
    case .integer(let number): number
    case .number(let number): Int64(bitPattern: number.bitPattern)
    case .string(let text): type == .time ? Timestamp.parseClamped(text) ?? Register.missing : intern(text)
    case .null, .array, .object: Register.missing
    }
  }
}
