import ArgumentParser
import FinstageCommand
import FinstageRedis
import FinstageStream
import FinstageSystem

/// `fs-stream bus`: checks a bus.
struct Bus: Tool {
  static let configuration = CommandConfiguration(
    commandName: "bus", abstract: "Check the Redis of a bus, and say where the bus is; status 65 if something is wrong."
  )

  @Argument(help: ArgumentHelp("The Redis: redis://host:port.", valueName: "address")) var address: String
  @Option(help: ArgumentHelp("The name of the bus.", valueName: "name")) var busName = "bus"

  mutating func execute() throws -> ExitStatus {
    let connection = try RedisConnection(try RedisAddress(address), within: 2)
    let facts = try RedisFacts.facts(connection, for: .bus)
    var lines = facts.map(\.line)
    if let place = try BusPlace(connection, name: busName) {
      lines.append(Fact("bus", "epoch \(place.epoch), frame \(place.last), \(place.kept) frames kept").line)
    } else {
      lines.append(Fact("bus", "nobody has begun it, or its Redis has lost it and nobody writes").line)
    }
    let isWell = !facts.contains(where: \.isTrouble)
    lines.append(isWell ? "all is well" : "not all is well")
    try write(lines)
    return isWell ? .done : .badData
  }
}
