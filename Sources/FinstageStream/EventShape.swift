import FinstageCore
import FinstageServe

/// The fields of events that a client wants, besides those that every event has.
struct EventShape: Hashable {
  let fields: [String]

  private static let always: Set<String> = ["type", "symbol", "seq", "stream", "snapshot", "epoch", "skipped"]

  func applied(to json: [UInt8]) -> [UInt8] {
    guard let members = try? JSONMembers(json) else { return json }
    var text = JSONObjectWriter()
    for (key, value) in members.members where EventShape.always.contains(key) || fields.contains(key) {
      text.add(key, json: members.bytes[value])
    }
    return text.bytes
  }
}

/// Several events as one message.
enum EventBatch {
  /// A list of objects.
  static func list(_ objects: [[UInt8]]) -> [UInt8] {
    [UInt8(ascii: "[")] + objects.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
  }

  /// A stream of Arrow (IPC), complete in itself.
  static func arrow(_ objects: [[UInt8]]) throws -> [UInt8] {
    let lines = Array(objects.joined(separator: [0x0A]))
    let options = FormatOptions()
    let reader = try FrameFormat.ndjson.makeReader(MemorySource(lines, name: "events"), options)
    let sink = ByteSink(collecting: "events")
    let writer = try FrameFormat.named("arrow")!.makeWriter(sink, options)
    while let frame = try reader.next() { try writer.write(frame) }
    try writer.finish()
    return try sink.takeBytes()
  }
}
