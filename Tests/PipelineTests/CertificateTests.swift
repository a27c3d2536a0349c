import FinstageSystem
import TestSupport
import Testing

/// Servers that cannot prove who they are.
@Suite struct CertificateTests {
  private let home = TemporaryFolder()

  /// A CA and a certificate of it, a server that shows that, and one request of fs-fetch to it.
  private func fetch(
    ends: String = "20491231000000Z", name: String = "IP:127.0.0.1", trusts: Bool = true, serving: String = "-www",
    options: String = "--base-url \"https://127.0.0.1:${line##*:}\""
  ) throws -> Run.Result {
    let script = """
      command -v openssl >/dev/null || { echo 'these tests need openssl' >&2; exit 99; }
      mkdir certificates && cd certificates && : > index.txt && echo 01 > serial
      cat > ca.cnf <<'END'
      [req]
      distinguished_name = none
      [none]
      [root]
      basicConstraints = critical, CA:true
      [leaf]
      subjectAltName = \(name)
      [ca]
      default_ca = test
      [test]
      database = index.txt
      serial = serial
      new_certs_dir = .
      default_md = sha256
      policy = any
      x509_extensions = leaf
      [any]
      commonName = supplied
      END
      {
        openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -subj /CN=Test -config ca.cnf \\
          -extensions root &&
        openssl req -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN=leaf -config ca.cnf &&
        openssl ca -batch -config ca.cnf -cert ca.pem -keyfile ca.key -in leaf.csr -out leaf.pem \\
          -startdate 20200101000000Z -enddate \(ends)
      } > log 2>&1 || { cat log >&2; exit 99; }
      coproc openssl s_server -accept 127.0.0.1:0 -cert leaf.pem -key leaf.key \(serving) 2>&1
      server=$COPROC_PID
      while read -r line <&"${COPROC[0]}"; do case $line in ACCEPT*) break;; esac; done
      \(trusts ? "SSL_CERT_FILE=ca.pem" : "") fs-fetch A \(options) --retries 0
      status=$?
      kill $server; wait $server 2>/dev/null
      exit $status
      """
    return try Run.shell(script, folder: home.path, environment: ["FINSTAGE_HOME": home.path])
  }

  @Test func aGoodOneIsBelieved() throws {
    let result = try fetch()
    // The server has a page of its own, which is no data.
    #expect(result.status == 69 && result.errors.contains("got HTML instead of JSON"), "\(result.errors)")
  }

  /// What comes in clear must not be kept under a name that promises more.
  @Test func aRedirectFromHTTPSStaysThere() throws {
    let plain = try LoopbackServer { _ in .init("Date,Open,High,Low,Close,Volume\n2026-01-02,1,1,1,1,1\n") }
    let answer =
      "HTTP/1.1 302 Found\\r\\nLocation: \(plain.url)/A.csv\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n"
    let result = try fetch(
      serving: "-HTTP",
      options:
        "--provider csv --url-template \"https://127.0.0.1:${line##*:}/{symbol}\" $(printf '\(answer)' > A)")
    #expect(result.status == 69 && plain.requests.isEmpty && result.output.isEmpty, "\(result.text) \(result.errors)")
    #expect(result.errors.contains("redirects to an address that is not https: refused"), "\(result.errors)")
  }

  @Test(arguments: [
    ("20200201000000Z", "IP:127.0.0.1", true, "its certificate has expired"),
    ("20491231000000Z", "DNS:other.test", true, "its certificate is for another host"),
    ("20491231000000Z", "IP:127.0.0.1", false, "not signed by a trusted authority"),
  ])
  func badOnesAreNotAndTheReasonIsTold(_ ends: String, _ name: String, _ trusts: Bool, _ reason: String) throws {
    let result = try fetch(ends: ends, name: name, trusts: trusts)
    #expect(result.status == 69 && result.output.isEmpty)
    #expect(result.errors.contains("A: 127.0.0.1") && result.errors.contains(reason), "\(result.errors)")
  }
}
