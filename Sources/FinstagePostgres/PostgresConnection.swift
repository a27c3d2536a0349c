import FinstageSystem

/// A statement with its parameters, `$1` and so on.
package struct PostgresStatement: Sendable {
  package var sql: String
  package var values: [PostgresValue]

  package init(_ sql: String, _ values: [PostgresValue] = []) {
    self.sql = sql
    self.values = values
  }
}

/// A connection to a PostgreSQL server, used by one thread at a time.
///
/// Every answer has a time limit of its own, because neither the library nor the system notices a cable that has been pulled while nothing
/// is being sent. After the limit, and after every loss, the connection is closed and stays closed: make another one.
package final class PostgresConnection {
  private typealias Status = PostgresLibrary

  package let address: PostgresAddress
  /// Seconds to wait for an answer, or for the next part of it.
  package var patience = 30.0
  /// Whether a signal that asks the process to end ends the waiting, too.
  package var stopsOnSignal = true
  /// Whether statements are prepared once and then called by name; not behind a pooler that hands a connection from one to another.
  package var prepares = false
  /// Whether transactions say how they are isolated, because the server would isolate them more than statements that lock rows can bear, and a setting
  /// of the connection cannot be relied on.
  package var isolates = false

  private let library: PostgresLibrary
  private var connection: OpaquePointer?
  private var prepared: [String: String] = [:]
  private var statementsMade = 0
  /// When the waiting ends, by the monotonic clock.
  private var deadline = 0.0

  private enum ResultStatus {
    static let commandOK: Int32 = 1
    static let tuplesOK: Int32 = 2
    static let pipelineSync: Int32 = 10
    static let pipelineAborted: Int32 = 11
  }

  /// A dead server or a broken cable is noticed within seconds, and servers that cannot be written to are passed over. The address may say otherwise.
  private static let defaults: [(String, String)] = [
    ("connect_timeout", "5"), ("keepalives_idle", "3"), ("keepalives_interval", "1"), ("keepalives_count", "3"),
    ("tcp_user_timeout", "5000"), ("target_session_attrs", "read-write"), ("application_name", "fs-queue"),
    ("client_encoding", "UTF8"),
  ]

  /// Connects.
  /// - Throws: `PostgresError`.
  package init(_ address: PostgresAddress) throws {
    self.address = address
    library = try PostgresLibrary.load()
    let pairs = PostgresConnection.defaults + [("dbname", address.connection)]
    let copies = pairs.map { (strdup($0.0), strdup($0.1)) }
    defer {
      for (key, value) in copies {
        free(key)
        free(value)
      }
    }
    let keys: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0.0) } + [nil]
    let values: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0.1) } + [nil]
    guard let made = library.connect(keys, values, 1) else {
      throw PostgresError(.busy, "\(address.name): not enough memory for a connection")
    }
    guard library.status(made) == 0 else {
      defer { library.finish(made) }
      throw PostgresConnection.failure(
        connecting: library.errorMessage(made).map { String(cString: $0) } ?? "", address)
    }
    connection = made
    _ = library.setNoticeReceiver(made, { _, _ in }, nil)
    _ = library.setNonblocking(made, 1)
    guard parameter("server_encoding") == "UTF8" else {
      let encoding = parameter("server_encoding") ?? "unknown"
      close()
      throw PostgresError(
        .missing,
        "\(address.name): the encoding of the database is \(encoding); UTF8 is needed (CREATE DATABASE ... ENCODING 'UTF8')"
      )
    }
  }

  deinit { close() }

  /// What the library says when it cannot connect has no code: its words tell.
  private static func failure(connecting message: String, _ address: PostgresAddress) -> PostgresError {
    var text = message.split(separator: "\n").map { $0.trimmingSpaces() }.joined(separator: "; ")
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    let kind: PostgresError.Kind =
      says("password", "authentication", "no pg_hba.conf entry", "role \"", "permission denied")
      ? .denied
      : says("too many clients", "too many connections", "remaining connection slots")
        ? .crowded
        : says("does not exist")
          ? .missing
          : says(
            "invalid URI", "invalid connection option", "invalid port", "invalid integer", "invalid sslmode",
            "percent-encoded", "IPv6 host address",
            "unexpected character", "in URI", "URI query", "forbidden value")
            ? .missing
            : .away
    // The library would show the address, and with it the password.
    if says(
      "percent-encoded", "IPv6 host address", "unexpected character", "in URI", "URI query", "invalid URI",
      "forbidden value")
    {
      text =
        "the address cannot be read: in a user name, a password or an option, write %25 for %, %40 for @, %2F for /, %3F for ? and %5B for ["
    } else if says("invalid port", "invalid integer"), PostgresAddress.hasPassword(address.connection) {
      text = "the port is not a number: in a password, write %40 for @, %2F for / and %3A for :"
    }
    let advice =
      switch kind {
      case .denied: " (a password belongs in ~/.pgpass or PGPASSWORD)"
      case .crowded: " (max_connections of the server, or a pooler before it)"
      default: ""
      }
    return PostgresError(kind, "\(address.name): \(text)\(advice)")
  }

  package var isOpen: Bool { connection != nil }
  package var descriptor: Int32 { connection.map { library.socket($0) } ?? -1 }
  package var hasPipelines: Bool { library.enterPipeline != nil }
  package var libraryVersion: Int { Int(library.version()) }
  package var serverVersion: Int { connection.map { Int(library.serverVersion($0)) } ?? 0 }

  /// Whether a pooler is between: the process that it says to be is not the one that works. Then nothing that is set, prepared or listened to on the
  /// connection can be relied on, because another client may have it next.
  package func isPooled() throws -> Bool {
    guard let connection else { return false }
    let own = Int64(library.backendPID(connection))
    return try run("SELECT pg_backend_pid() AS pid").first?.integer("pid") != own
  }

  package func parameter(_ name: String) -> String? {
    connection.flatMap { library.parameterStatus($0, name) }.map { String(cString: $0) }
  }

  package func close() {
    if let connection { library.finish(connection) }
    connection = nil
    prepared = [:]
  }

  // MARK: - Statements

  /// Runs one statement, in a transaction of its own unless one was begun.
  /// - Throws: `PostgresError`.
  @discardableResult
  package func run(_ sql: String, _ values: [PostgresValue] = []) throws -> PostgresRows {
    let connection = try open()
    deadline = SystemClock.monotonic + patience
    do {
      try send(PostgresStatement(sql, values), on: connection, isPipeline: false)
    } catch {
      try discard(connection)
      throw error
    }
    var (rows, failure) = (PostgresRows.none, PostgresError?.none)
    while let result = try next(connection) {
      defer { library.clear(result) }
      do { rows = try read(result, sql) } catch let error as PostgresError { failure = failure ?? error }
    }
    if let failure { throw closing(failure) }
    return rows
  }

  /// After an error that only another connection mends, this one is closed.
  private func closing(_ failure: PostgresError) -> PostgresError {
    if failure.kind == .away || failure.code == PostgresError.noStatement { close() }
    return failure
  }

  private static let begin = "BEGIN ISOLATION LEVEL READ COMMITTED"

  /// Runs statements in one transaction and, where the library can, in one round trip.
  /// - Throws: `PostgresError`; then none of them has had an effect, but with `unknownOutcome` all may have.
  package func transaction(_ statements: [PostgresStatement]) throws -> [PostgresRows] {
    if isolates, hasPipelines {
      do {
        let all = [PostgresStatement(PostgresConnection.begin)] + statements + [PostgresStatement("COMMIT")]
        return Array(try pipeline(all).dropFirst().dropLast())
      } catch {
        if isOpen { _ = try? run("ROLLBACK") }
        throw error
      }
    }
    return try pipeline(statements)
  }

  private func pipeline(_ statements: [PostgresStatement]) throws -> [PostgresRows] {
    guard let enter = library.enterPipeline, let exit = library.exitPipeline, let sync = library.pipelineSync else {
      return try oneByOne(statements)
    }
    let connection = try open()
    deadline = SystemClock.monotonic + patience
    guard enter(connection) == 1 else { throw lost("cannot send several statements at once") }
    var names: [String?] = []
    for statement in statements { names.append(try send(statement, on: connection, isPipeline: true)) }
    guard sync(connection) == 1 else { throw lost(nil) }
    var answers: [PostgresRows] = []
    var failure: PostgresError?
    do {
      for (statement, name) in zip(statements, names) {
        // What was prepared for it has a result of its own.
        for isPreparation in name == nil ? [false] : [true, false] {
          while let result = try next(connection) {
            defer { library.clear(result) }
            if library.resultStatus(result) == ResultStatus.pipelineAborted { continue }
            do {
              let rows = try read(result, statement.sql)
              if !isPreparation { answers.append(rows) }
            } catch let error as PostgresError { failure = failure ?? error }
          }
        }
      }
      while let result = try next(connection) {
        let status = library.resultStatus(result)
        defer { library.clear(result) }
        if status == ResultStatus.pipelineSync { break }
        do { _ = try read(result, "COMMIT") } catch let error as PostgresError { failure = failure ?? error }
      }
    } catch let error as PostgresError where error.kind == .away {
      throw failure ?? PostgresError(.unknownOutcome, error.sentence, code: error.code)
    }
    _ = exit(connection)
    guard let failure else { return answers }
    // Whatever was prepared meanwhile may have been, or not.
    for (statement, name) in zip(statements, names) where name != nil { prepared[statement.sql] = nil }
    throw closing(failure)
  }

  /// The same for a library without pipelines.
  private func oneByOne(_ statements: [PostgresStatement]) throws -> [PostgresRows] {
    try begin()
    do {
      let answers = try statements.map { try run($0.sql, $0.values) }
      do { try run("COMMIT") } catch let error as PostgresError where error.kind == .away {
        throw PostgresError(.unknownOutcome, error.sentence, code: error.code)
      }
      return answers
    } catch {
      if isOpen { _ = try? run("ROLLBACK") }
      throw error
    }
  }

  /// Begins a transaction whose statements see what others have committed before each of them.
  package func begin() throws { try run(PostgresConnection.begin) }

  private func open() throws -> OpaquePointer {
    guard let connection else { throw PostgresError(.away, "\(address.name): the connection is closed") }
    return connection
  }

  /// Sends a statement; returns its name if it was prepared for this.
  @discardableResult
  private func send(_ statement: PostgresStatement, on connection: OpaquePointer, isPipeline: Bool) throws -> String? {
    let copies = statement.values.map { $0.text.map { strdup($0) } ?? nil }
    defer { for copy in copies { free(copy) } }
    let pointers: [UnsafePointer<CChar>?] = copies.map { $0.map { UnsafePointer($0) } }
    let count = Int32(pointers.count)
    guard prepares, isPipeline else {
      guard library.sendQueryParams(connection, statement.sql, count, nil, pointers, nil, nil, 0) == 1 else {
        throw lost(nil)
      }
      return nil
    }
    var made: String?
    let name: String
    if let known = prepared[statement.sql] {
      name = known
    } else {
      statementsMade += 1
      name = "fs\(statementsMade)"
      made = name
      guard library.sendPrepare(connection, name, statement.sql, 0, nil) == 1 else { throw lost(nil) }
      prepared[statement.sql] = name
    }
    guard library.sendQueryPrepared(connection, name, count, pointers, nil, nil, 0) == 1 else { throw lost(nil) }
    return made
  }

  /// The next result of what was sent; nil at the end of a statement.
  private func next(_ connection: OpaquePointer) throws -> OpaquePointer? {
    while true {
      let unsent = library.flush(connection)
      guard unsent >= 0 else { throw lost(nil) }
      if unsent == 0, library.isBusy(connection) == 0 {
        let result = library.getResult(connection)
        if result == nil, library.status(connection) != 0 { throw lost(nil) }
        return result
      }
      let rest = deadline - SystemClock.monotonic
      guard rest > 0 else { throw lost("no answer for \(Int(patience)) s") }
      if stopsOnSignal, Interruption.signal != 0 { throw lost("stopped by a signal") }
      var ready = pollfd(
        fd: library.socket(connection), events: Int16(unsent > 0 ? POLLIN | POLLOUT : POLLIN), revents: 0)
      guard poll(&ready, 1, Int32(min(rest * 1000, 1000).rounded(.up))) > 0 else { continue }
      guard library.consumeInput(connection) == 1 else { throw lost(nil) }
      deadline = SystemClock.monotonic + patience
    }
  }

  private func discard(_ connection: OpaquePointer) throws {
    while isOpen, let result = try next(connection) { library.clear(result) }
  }

  private func read(_ result: OpaquePointer, _ sql: String) throws -> PostgresRows {
    let status = library.resultStatus(result)
    if status == ResultStatus.commandOK || status == ResultStatus.pipelineSync {
      let changed = library.changedRows(result).flatMap { Int(String(cString: $0)) } ?? 0
      return PostgresRows(names: [:], cells: [], changed: changed)
    }
    guard status == ResultStatus.tuplesOK else { throw failure(result, sql) }
    let (rows, columns) = (library.rowCount(result), library.columnCount(result))
    var names: [String: Int] = [:]
    for column in 0..<columns {
      names[library.columnName(result, column).map { String(cString: $0) } ?? ""] = Int(column)
    }
    var cells: [[String?]] = []
    cells.reserveCapacity(Int(rows))
    for row in 0..<rows {
      cells.append(
        (0..<columns).map { column in
          guard library.isNull(result, row, column) == 0, let start = library.value(result, row, column) else {
            return nil
          }
          let length = Int(library.length(result, row, column))
          return String(
            decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
        })
    }
    let changed = library.changedRows(result).flatMap { Int(String(cString: $0)) } ?? Int(rows)
    return PostgresRows(names: names, cells: cells, changed: changed)
  }

  private func failure(_ result: OpaquePointer, _ sql: String) -> PostgresError {
    // 'C': the SQLSTATE, 'M': the message, 'D': detail, 'H': hint.
    func field(_ letter: Character) -> String? {
      library.resultErrorField(result, Int32(letter.asciiValue!)).map { String(cString: $0) }
    }
    let code = field("C")
    let message =
      field("M") ?? connection.flatMap { library.errorMessage($0) }.map { String(cString: $0) } ?? "no answer"
    let kind = code.map(PostgresError.kind) ?? .away
    let advice =
      switch kind {
      case .missing where code != "42704": " (fs-queue schema --check tells what is missing, --apply makes it)"
      case .denied: " (fs-queue schema --print has the rights that a worker needs)"
      case .full: " (make room on the disk of the server)"
      case .away where code == "25006": " (this server is read only: name the others, too: postgres://a,b/database)"
      case .refused: code.map { " [SQLSTATE \($0)]" } ?? ""
      default: ""
      }
    let text = message.split(separator: "\n").map { $0.trimmingSpaces() }.joined(separator: "; ")
    return PostgresError(kind, "\(address.name): \(text)\(advice)", code: code)
  }

  /// Closes the connection, and says why.
  private func lost(_ reason: String?) -> PostgresError {
    let text = connection.flatMap { library.errorMessage($0) }.map { String(cString: $0) } ?? ""
    let message = text.split(separator: "\n").first.map { $0.trimmingSpaces() } ?? ""
    close()
    return PostgresError(.away, "\(address.name): \(reason ?? (message.isEmpty ? "the connection is lost" : message))")
  }

  // MARK: - Notices

  /// Waits for a notice of a channel that was listened to; false if none came in time.
  /// - Throws: `PostgresError`, if the connection is lost.
  package func waitForNotice(seconds: Double, besides descriptor: Int32 = -1) throws -> Bool {
    let connection = try open()
    let deadline = SystemClock.monotonic + seconds
    while true {
      guard library.consumeInput(connection) == 1 else { throw lost(nil) }
      var hasRung = false
      while let notice = library.notifies(connection) {
        library.freeMemory(notice)
        hasRung = true
      }
      if hasRung { return true }
      let rest = deadline - SystemClock.monotonic
      guard rest > 0 else { return false }
      var ready = [
        pollfd(fd: library.socket(connection), events: Int16(POLLIN), revents: 0),
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&ready, 2, Int32(min(rest * 1000, 600_000).rounded(.up)))
      if ready[1].revents != 0 { return false }
    }
  }
}

extension Substring {
  fileprivate func trimmingSpaces() -> String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
