import FinstageRedis
import FinstageSystem

/// The Redis that machines share, as the environment names it.
package enum RemoteCache {
  /// The address in FS_CACHE; nil if there is none.
  /// - Throws: `ToolFailure`, if it is not the address of a Redis.
  package static func address() throws -> (text: String, address: RedisAddress)? {
    guard let text = Environment["FS_CACHE"], !text.isEmpty else { return nil }
    do { return (text, try RedisAddress(text)) } catch let error as ToolFailure {
      throw ToolFailure(.badConfiguration, "FS_CACHE: \(error.sentence)")
    }
  }
}
