import FinstageStream
import FinstageSystem
import Testing

/// The examples of RFC 7515, appendix A.
@Suite struct TokenTests {
  private let claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
  private let moment = 1_300_819_000.0

  private func bytes(_ text: String) -> [UInt8] {
    Base64.bytes(text.replacing("-", with: "+").replacing("_", with: "/"))!
  }

  @Test func secretsOfHS256() throws {
    let secret = bytes("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
    let book = try TokenBook(lines: "", keys: [try JSONWebToken.Key(file: secret)])
    let head = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    let signature = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    let access = try book.access(of: "\(head).\(claims).\(signature)", now: moment)
    #expect(access.expires == 1_300_819_380 && access.symbols == nil && !access.mayPublish)
    #expect(throws: TokenBook.Fault("this token has expired")) {
      try book.access(of: "\(head).\(claims).\(signature)", now: moment + 1000)
    }
    #expect(throws: TokenBook.Fault.self) {
      try book.access(of: "\(head).\(claims).e\(signature.dropFirst())", now: moment)
    }
    #expect(throws: TokenBook.Fault.self) { try book.access(of: "\(head).\(claims).", now: moment) }
  }

  @Test func keysOfES256() throws {
    let point =
      bytes("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU") + bytes("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")
    let prefix: [UInt8] = [
      0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE,
      0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ]
    let pem = "-----BEGIN PUBLIC KEY-----\n\(Base64.text(prefix + point))\n-----END PUBLIC KEY-----\n"
    let book = try TokenBook(lines: "", keys: [try JSONWebToken.Key(file: Array(pem.utf8))])
    let head = "eyJhbGciOiJFUzI1NiJ9"
    let signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    #expect(try book.access(of: "\(head).\(claims).\(signature)", now: moment).expires == 1_300_819_380)
    #expect(throws: TokenBook.Fault.self) {
      try book.access(of: "\(head).\(claims).A\(signature.dropFirst())", now: moment)
    }
    // The public key must not serve as a secret.
    let text = "eyJhbGciOiJIUzI1NiJ9.\(claims)"
    let forged = Base64.text(SHA256.code(Array(text.utf8), key: Array(pem.utf8))).filter { $0 != "=" }
      .replacing("+", with: "-").replacing("/", with: "_")
    #expect(throws: TokenBook.Fault.self) { try book.access(of: "\(text).\(forged)", now: moment) }
    #expect(throws: TokenBook.Fault.self) {
      try JSONWebToken.Key(file: Array("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n".utf8))
    }
  }

  @Test(arguments: [("t x=1", "x=1"), ("t symbols", "symbols"), ("\nt expires=soon", "line 2"), ("t name=", "name=")])
  func linesThatAreWrong(line: String, word: String) {
    #expect { _ = try TokenBook(lines: line) } throws: { ($0 as? TokenBook.Fault)?.reason.contains(word) == true }
  }
}
