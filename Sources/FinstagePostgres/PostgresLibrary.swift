import FinstageSystem

/// PostgreSQL's client library, libpq 12 or later, loaded when a database is first connected to: linked at build time it would slow every
/// start by 8 ms and would have to be installed where nobody uses it.
///
/// The names and arguments of the functions are those of its manual (section "libpq - C Library").
final class PostgresLibrary: Sendable {
  typealias Connection = OpaquePointer
  typealias Result = OpaquePointer
  typealias Texts = UnsafePointer<UnsafePointer<CChar>?>

  let connect: @convention(c) (Texts, Texts, Int32) -> Connection?
  let status: @convention(c) (Connection) -> Int32
  let errorMessage: @convention(c) (Connection) -> UnsafePointer<CChar>?
  let finish: @convention(c) (Connection) -> Void
  let socket: @convention(c) (Connection) -> Int32
  let setNonblocking: @convention(c) (Connection, Int32) -> Int32
  let flush: @convention(c) (Connection) -> Int32
  let consumeInput: @convention(c) (Connection) -> Int32
  let isBusy: @convention(c) (Connection) -> Int32
  let parameterStatus: @convention(c) (Connection, UnsafePointer<CChar>) -> UnsafePointer<CChar>?
  let serverVersion: @convention(c) (Connection) -> Int32
  let backendPID: @convention(c) (Connection) -> Int32
  let setNoticeReceiver:
    @convention(c) (
      Connection, @convention(c) (UnsafeMutableRawPointer?, Result?) -> Void, UnsafeMutableRawPointer?
    ) -> UnsafeRawPointer?
  let sendQueryParams:
    @convention(c) (
      Connection, UnsafePointer<CChar>, Int32, UnsafePointer<UInt32>?, Texts?, UnsafePointer<Int32>?,
      UnsafePointer<Int32>?, Int32
    ) -> Int32
  let sendPrepare:
    @convention(c) (Connection, UnsafePointer<CChar>, UnsafePointer<CChar>, Int32, UnsafePointer<UInt32>?) -> Int32
  let sendQueryPrepared:
    @convention(c) (
      Connection, UnsafePointer<CChar>, Int32, Texts?, UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
    ) -> Int32
  let getResult: @convention(c) (Connection) -> Result?
  let resultStatus: @convention(c) (Result) -> Int32
  let resultErrorField: @convention(c) (Result, Int32) -> UnsafePointer<CChar>?
  let rowCount: @convention(c) (Result) -> Int32
  let columnCount: @convention(c) (Result) -> Int32
  let columnName: @convention(c) (Result, Int32) -> UnsafePointer<CChar>?
  let value: @convention(c) (Result, Int32, Int32) -> UnsafePointer<CChar>?
  let length: @convention(c) (Result, Int32, Int32) -> Int32
  let isNull: @convention(c) (Result, Int32, Int32) -> Int32
  let changedRows: @convention(c) (Result) -> UnsafePointer<CChar>?
  let clear: @convention(c) (Result) -> Void
  let notifies: @convention(c) (Connection) -> UnsafeMutableRawPointer?
  let freeMemory: @convention(c) (UnsafeMutableRawPointer) -> Void
  let version: @convention(c) () -> Int32
  /// Nil before libpq 14: several statements in one round trip.
  let enterPipeline: (@convention(c) (Connection) -> Int32)?
  let exitPipeline: (@convention(c) (Connection) -> Int32)?
  let pipelineSync: (@convention(c) (Connection) -> Int32)?

  /// - Throws: `PostgresError`, if the library is not there or too old.
  static func load() throws -> PostgresLibrary {
    switch loaded {
    case .success(let library): return library
    case .failure(let error): throw error
    }
  }

  private static let loaded = Swift.Result<PostgresLibrary, PostgresError> { () throws(PostgresError) in
    try PostgresLibrary()
  }

  private static var names: [String] {
    if let name = Environment["FS_LIBPQ"] { return [name] }
    #if os(Linux)
      return ["libpq.so.5"]
    #else
      return [
        "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "/usr/local/opt/libpq/lib/libpq.5.dylib",
        "/opt/local/lib/postgresql17/libpq.5.dylib",
      ]
    #endif
  }

  private init() throws(PostgresError) {
    var handle: UnsafeMutableRawPointer?
    for name in PostgresLibrary.names where handle == nil { handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) }
    guard let handle else {
      let reason = Environment["FS_LIBPQ"].map { "FS_LIBPQ=\($0) cannot be loaded" } ?? "it is not on this machine"
      throw PostgresError(
        .noLibrary,
        "PostgreSQL's client library is needed: \(reason) (install libpq5 on Debian and Ubuntu, libpq on Fedora and with Homebrew)"
      )
    }
    func optional<F>(_ name: String, as: F.Type) -> F? { dlsym(handle, name).map { unsafeBitCast($0, to: F.self) } }
    func symbol<F>(_ name: String, as type: F.Type) throws(PostgresError) -> F {
      guard let function = optional(name, as: type) else {
        throw PostgresError(.noLibrary, "PostgreSQL's client library has no \(name): version 12 or later is needed")
      }
      return function
    }
    connect = try symbol("PQconnectdbParams", as: type(of: connect))
    status = try symbol("PQstatus", as: type(of: status))
    errorMessage = try symbol("PQerrorMessage", as: type(of: errorMessage))
    finish = try symbol("PQfinish", as: type(of: finish))
    socket = try symbol("PQsocket", as: type(of: socket))
    setNonblocking = try symbol("PQsetnonblocking", as: type(of: setNonblocking))
    flush = try symbol("PQflush", as: type(of: flush))
    consumeInput = try symbol("PQconsumeInput", as: type(of: consumeInput))
    isBusy = try symbol("PQisBusy", as: type(of: isBusy))
    parameterStatus = try symbol("PQparameterStatus", as: type(of: parameterStatus))
    serverVersion = try symbol("PQserverVersion", as: type(of: serverVersion))
    backendPID = try symbol("PQbackendPID", as: type(of: backendPID))
    setNoticeReceiver = try symbol("PQsetNoticeReceiver", as: type(of: setNoticeReceiver))
    sendQueryParams = try symbol("PQsendQueryParams", as: type(of: sendQueryParams))
    sendPrepare = try symbol("PQsendPrepare", as: type(of: sendPrepare))
    sendQueryPrepared = try symbol("PQsendQueryPrepared", as: type(of: sendQueryPrepared))
    getResult = try symbol("PQgetResult", as: type(of: getResult))
    resultStatus = try symbol("PQresultStatus", as: type(of: resultStatus))
    resultErrorField = try symbol("PQresultErrorField", as: type(of: resultErrorField))
    rowCount = try symbol("PQntuples", as: type(of: rowCount))
    columnCount = try symbol("PQnfields", as: type(of: columnCount))
    columnName = try symbol("PQfname", as: type(of: columnName))
    value = try symbol("PQgetvalue", as: type(of: value))
    length = try symbol("PQgetlength", as: type(of: length))
    isNull = try symbol("PQgetisnull", as: type(of: isNull))
    changedRows = try symbol("PQcmdTuples", as: type(of: changedRows))
    clear = try symbol("PQclear", as: type(of: clear))
    notifies = try symbol("PQnotifies", as: type(of: notifies))
    freeMemory = try symbol("PQfreemem", as: type(of: freeMemory))
    version = try symbol("PQlibVersion", as: type(of: version))
    enterPipeline = optional("PQenterPipelineMode", as: (@convention(c) (Connection) -> Int32).self)
    exitPipeline = optional("PQexitPipelineMode", as: (@convention(c) (Connection) -> Int32).self)
    pipelineSync = optional("PQpipelineSync", as: (@convention(c) (Connection) -> Int32).self)
  }
}
