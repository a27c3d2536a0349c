import Testing

@testable import FinstageCore

@Suite struct JSONTests {
  /// What the grammar of RFC 8259 allows; many after N. Seriot's "Parsing JSON is a minefield".
  @Test(arguments: [
    ("[]", "[]"), ("{}", "{}"), ("[[]]", "[[]]"), ("[{}]", "[{}]"), (" [ 1 , 2 ] ", "[1,2]"), ("[\"\"]", "[\"\"]"),
    ("[null,true,false]", "[null,true,false]"), ("[0]", "[0]"), ("[-1.5e+10]", "[-15000000000]"),
    ("[1E22]", "[1e+22]"), ("[1e-2]", "[0.01]"), ("[1.0]", "[1]"), ("[20e1]", "[200]"), ("[0e1]", "[0]"),
    ("[0e+1]", "[0]"), ("[-0]", "[0]"), ("[123e65]", "[1.23e+67]"),
    (#"["\"\\\/\b\f\n\r\t"]"#, #"["\"\\/\u0008\u000c\n\r\t"]"#), (#"["\u0041"]"#, #"["A"]"#),
    (#"["\uD834\uDD1E"]"#, "[\"\u{1D11E}\"]"), (#"["\uD800"]"#, "[\"\u{FFFD}\"]"), ("[\"\u{7F}\"]", "[\"\u{7F}\"]"),
    ("[\"\u{20AC}\u{1F600}\"]", "[\"\u{20AC}\u{1F600}\"]"), ("{\"a\":{\"b\":[]}}", "{\"a\":{\"b\":[]}}"),
    ("{\"\":0}", "{\"\":0}"), ("\"text\"", "\"text\""), ("42", "42"), ("null", "null"), ("\t[\r\n]", "[]"),
    ("[\"a\",\"b\"]", "[\"a\",\"b\"]"), (#"["\u0000"]"#, #"["\u0000"]"#),
  ])
  func readsWhatTheRFCAllows(_ text: String, _ canonical: String) throws {
    #expect(try JSONValue.parse(Array(text.utf8)).text == canonical)
  }

  @Test(arguments: [
    "", " ", "[", "]", "{", "}", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}",
    "{1:1}",
    "{\"a\":1 \"b\":2}", "{,}", "[\"", "[\"a", "[\"\\\"]", "[\"\\x\"]", "[\"\\u12\"]", "[\"\\u00G0\"]", "[\"\\U0041\"]",
    "[\"\t\"]", "[\"\n\"]", "[\"\u{0}\"]", "[01]", "[-]", "[+1]", "[.5]", "[1.]", "[1e]", "[1e+]", "[--1]", "[0x1]",
    "[NaN]", "[Infinity]", "[-Infinity]", "[nul]", "[True]", "[truee]", "[1]x", "[1]]", "{}{}", "1 2", "[1,\n",
    "\u{FEFF}[]",
    "// c\n[]", "[/**/]", "[-01]", "[1-2]", "[0.3e]", "[2.e3]", "[1eE2]", "{\"a\":1,,\"b\":2}",
  ])
  func refusesWhatTheRFCDoesNot(_ text: String) {
    #expect(throws: JSONValue.Failure.self) { try JSONValue.parse(Array(text.utf8)) }
  }

  /// Overlong forms, surrogates, bytes beyond U+10FFFF, lone and missing continuation bytes.
  @Test(
    arguments: [
      [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0x80], [0xFF], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xC3], [0xF0, 0x9F, 0x98],
    ] as [[UInt8]])
  func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
    #expect(throws: JSONValue.Failure.self) { try JSONValue.parse([0x22] + bytes + [0x22]) }
  }

  @Test func decodesEscapesAndSurrogatePairs() throws {
    let text = #""a\"b\\c\/d\b\f\n\r\tA\u00e9\u20AC\ud83d\ude00\uD800x""#
    let value = try JSONValue.parse(Array(text.utf8))
    #expect(value.string == "a\"b\\c/d\u{08}\u{0C}\n\r\tAé€😀\u{FFFD}x")
  }

  @Test func deepNestingIsAnErrorAndNoCrash() {
    for opening in ["[", "{\"a\":"] {
      let text = String(repeating: opening, count: 100_000)
      #expect(throws: JSONValue.Failure.self) { try JSONValue.parse(Array(text.utf8)) }
    }
  }

  @Test func integersStayExactAndTheLastOfEqualKeysCounts() throws {
    let value = try JSONValue.parse(Array(#"{"a":9007199254740993,"b":1.5,"a":-9223372036854775808}"#.utf8))
    #expect(value["a"]?.integer == .min)
    #expect(value["b"]?.double == 1.5)
    #expect(value["c"] == nil)
  }

  @Test func failuresNameTheByte() {
    #expect(throws: JSONValue.Failure(byte: 7, message: "a value is expected")) {
      try JSONValue.parse(Array(#"{"a": x}"#.utf8))
    }
  }
}

extension JSONValue.Failure: CustomTestStringConvertible {
  public var testDescription: String { "byte \(byte): \(message)" }
}
