import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstagePostgres
import FinstageQueue
import FinstageSystem

/// `fs-queue schema`: the tables of a queue on a server.
struct SchemaCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Make, update, check or print the tables of a queue on PostgreSQL.",
    discussion: """
      --apply makes the schema that the address names (?schema=NAME; fs_queue without), or brings it up to date, in one \
      transaction; the role that does it owns the tables. --role names other roles that may add tasks and run workers, \
      and cannot change the tables. --print writes the statements instead, for an administrator. --check ends with \
      status 78 if something is missing.

      Machines can be brought up to date one by one: a program works with the tables of the next version, too. Update \
      the schema first, with the new program, then the machines.
      """)

  @Flag(help: "Make the tables, or bring them up to date.") var apply = false
  @Flag(help: "Print the statements that make them.") var print = false
  @Flag(help: "Say whether they are as they should be.") var check = false
  @Option(help: ArgumentHelp("With --apply: a role that may use the queue; may be repeated.", valueName: "name"))
  var role: [String] = []
  @OptionGroup var options: QueueOptions

  mutating func validate() throws {
    guard [apply, print, check].count(where: { $0 }) == 1 else {
      throw ValidationError("one of --apply, --print and --check is needed")
    }
    guard role.isEmpty || apply else { throw ValidationError("--role needs --apply") }
  }

  mutating func execute() throws -> ExitStatus {
    if print {
      let isServer = if case .server = try options.place() { true } else { false }
      try write([PostgresSchema.script(isServer ? try options.address().schema : PostgresAddress.standardSchema)])
      return .done
    }
    let address = try options.address()
    let connection = try PostgresConnection(address)
    if try PostgresSchema.state(connection) != .missing {
      let missing = try PostgresSchema.missingTables(connection)
      guard missing.isEmpty else {
        throw ToolFailure(
          .badConfiguration,
          "\(address.name): the schema \(address.schema) has lost \(missing.joined(separator: ", ")) (restore it from a backup, or drop the schema and begin anew)"
        )
      }
    }
    if apply {
      let done = try PostgresSchema.apply(connection, roles: role)
      try write(done.isEmpty ? ["\(address.schema) is up to date"] : done)
      return .done
    }
    switch try PostgresSchema.state(connection) {
    case .current:
      try write(["\(address.schema) has version \(PostgresSchema.version), as it should"])
      return .done
    case .newer(let version):
      try write([
        "\(address.schema) has version \(version); this program knows \(PostgresSchema.version) and can use it"
      ])
      return .done
    case .missing:
      throw ToolFailure(
        .badConfiguration,
        "\(address.name): there is no queue in the schema \(address.schema) (fs-queue schema --apply)")
    case .older(let version):
      throw ToolFailure(
        .badConfiguration,
        "\(address.name): \(address.schema) has version \(version) of \(PostgresSchema.version) (fs-queue schema --apply)"
      )
    case .tooNew(let version):
      throw ToolFailure(
        .badConfiguration,
        "\(address.name): \(address.schema) has version \(version); this program knows \(PostgresSchema.version): install the newer one"
      )
    }
  }
}
