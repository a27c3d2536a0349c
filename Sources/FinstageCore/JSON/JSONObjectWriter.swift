/// The text of an object whose values may be JSON as it was written elsewhere: numbers keep their digits.
package struct JSONObjectWriter {
  private var text: [UInt8] = [UInt8(ascii: "{")]

  package init() { text.reserveCapacity(384) }

  /// Goes on with the members of a JSON object.
  package init(adding object: [UInt8]) {
    text = object
    text.removeLast()
  }

  /// - Parameter json: the value as JSON.
  package mutating func add(_ key: String, json: some Collection<UInt8>) {
    if text.count > 1 { text.append(UInt8(ascii: ",")) }
    text += JSONText.quoted(key)
    text.append(UInt8(ascii: ":"))
    text += json
  }

  package mutating func add(_ key: String, _ value: JSONValue) {
    var json: [UInt8] = []
    value.write(into: &json)
    add(key, json: json)
  }

  /// The whole object.
  package var bytes: [UInt8] { text + [UInt8(ascii: "}")] }
}
