import FinstageSystem
import Synchronization
import TestSupport
import Testing

/// `fs-fetch --store FILE --update`: a file of bars that is brought up to date.
@Suite struct PriceStoreTests {
  /// A service whose bars change while the test runs.
  private final class Market: Sendable {
    /// Days since 1970 and closes, and what adjusts them.
    let state = Mutex<(bars: [(day: Int, close: Double)], factor: Double)>(([], 1))

    func add(_ day: Int, _ close: Double) { state.withLock { $0.bars.append((day, close)) } }

    func answer(_ target: String) -> LoopbackServer.Answer {
      let (bars, factor) = state.withLock { $0 }
      func second(_ name: String) -> Int? {
        target.split(whereSeparator: { "?&".contains($0) }).first { $0.hasPrefix(name + "=") }
          .flatMap { Int($0.dropFirst(name.count + 1)) }
      }
      let wanted = bars.filter { bar in
        bar.day * 86_400 >= second("period1") ?? .min && bar.day * 86_400 < second("period2") ?? .max
      }
      let times = wanted.map { String($0.day * 86_400) }.joined(separator: ",")
      let symbol = target.split(separator: "/").last?.prefix { $0 != "?" } ?? ""
      let closes = wanted.map { String($0.close * factor) }.joined(separator: ",")
      return .init(
        #"{"chart":{"result":[{"meta":{"symbol":"\#(symbol)","currency":"USD","dataGranularity":"1d","gmtoffset":0},"#
          + #""timestamp":[\#(times)],"indicators":{"quote":[{"open":[\#(closes)],"high":[\#(closes)],"#
          + #""low":[\#(closes)],"close":[\#(closes)],"volume":[\#(wanted.map { _ in "5" }.joined(separator: ","))]}]}}],"#
          + #""error":null}}"#)
    }
  }

  private let home = TemporaryFolder()
  private var store: String { home.path + "/prices.db" }

  private func fetch(_ url: String, _ arguments: String...) throws -> Run.Result {
    try Run.tool(
      "fs-fetch", ["--base-url", url, "--store", store] + arguments, environment: ["FINSTAGE_HOME": home.path])
  }

  private func counts(_ result: Run.Result) -> String {
    // After type, symbol and interval.
    result.lines.first?.split(separator: ",").dropFirst(3).joined(separator: ",").filter { !"\"}".contains($0) } ?? ""
  }

  /// The root of a machine may write everywhere, so root lets somebody else look.
  @Test func readingNeedsNoPermissionToWrite() throws {
    let market = Market()
    for day in 15_000..<15_005 { market.add(day, 5) }
    let server = try LoopbackServer { market.answer($0) }
    defer { server.stop() }
    _ = try fetch(server.url, "A", "--update", "--from", "2011-01-01")
    let result = try Run.shell(
      """
      chmod 755 .; mkdir shelf; cp prices.db shelf; chmod 444 shelf/prices.db; chmod 555 shelf
      [ $(id -u) = 0 ] && as="setpriv --reuid=65534 --regid=65534 --clear-groups"
      export HOME=/nonexistent FINSTAGE_HOME=
      $as fs-fetch A --store shelf/prices.db --range max | wc -l
      $as fs-frame load --db shelf/prices.db | wc -l
      $as fs-frame db stats shelf/prices.db | wc -l
      $as fs-fetch A --store shelf/prices.db --update; echo $?
      ls shelf; chmod 755 shelf
      """, folder: home.path)
    #expect(
      result.text == "5\n5\n2\n73\nprices.db\n" && result.errors.contains("shelf/prices.db.lock: Permission denied"),
      "\(result.text) \(result.errors)")
  }

  @Test func onlyWhatIsMissingIsAskedFor() throws {
    let market = Market()
    for day in 15_000..<15_100 { market.add(day, Double(day - 14_900)) }
    let server = try LoopbackServer { market.answer($0) }
    defer { server.stop() }

    let first = try fetch(server.url, "A", "--update", "--from", "2011-01-01")
    #expect(first.status == 0)
    #expect(
      counts(first)
        == "status:success,last_date:2011-05-05,new_data_range:2011-01-26/2011-05-05,added_count:100,updated_count:0,"
        + "gaps_filled:0,total_records:100", "\(first.errors)")

    market.add(15_100, 200)
    market.add(15_103, 203)
    let second = try fetch(server.url, "A", "--update", "--from", "2011-01-01")
    #expect(
      counts(second)
        == "status:success,last_date:2011-05-09,new_data_range:2011-05-06/2011-05-09,added_count:2,updated_count:0,"
        + "gaps_filled:0,total_records:102")
    #expect(server.requests.last?.contains("period1=\((15_099 - 7) * 86_400)&") == true, "the last week again")

    let third = try fetch(server.url, "A", "--update", "--from", "2011-01-01")
    #expect(
      counts(third)
        == "status:up_to_date,last_date:2011-05-09,new_data_range:null,added_count:0,updated_count:0,gaps_filled:0,"
        + "total_records:102")
    let asked = server.requests.count
    #expect(asked == 3)
    #expect(counts(try fetch(server.url, "A", "--update", "--from", "2011-01-01")) == counts(third))
    #expect(server.requests.count == asked, "the answer is fresh: nobody is asked")

    // The bars held, without network.
    let held = try fetch("http://127.0.0.1:1", "A", "--from", "2011-05-01")
    #expect(held.status == 0 && held.lines.count == 7, "\(held.errors)")
    #expect(
      held.text.hasSuffix(
        #"{"symbol":"A","ts":"2011-05-09","open":203,"high":203,"low":203,"close":203,"volume":5,"#
          + #""interval":"1d","currency":"USD"}"# + "\n"))
    #expect(try fetch("http://127.0.0.1:1", "A", "--from", "2011-01-01", "--to", "2011-05-05").lines.count == 99)
  }

  @Test func aSplitFetchesEverythingAgain() throws {
    let market = Market()
    for day in 15_000..<15_030 { market.add(day, 100) }
    let server = try LoopbackServer { market.answer($0) }
    defer { server.stop() }
    #expect(try fetch(server.url, "A", "--update", "--from", "2011-01-01").status == 0)
    market.state.withLock { $0.factor = 0.25 }
    market.add(15_030, 104)
    let after = try fetch(server.url, "A", "--update", "--from", "2011-01-01")
    #expect(after.errors.contains("A: stored prices have changed"))
    #expect(
      counts(after)
        == "status:success,last_date:2011-02-25,new_data_range:2011-02-25/2011-02-25,added_count:1,updated_count:30,"
        + "gaps_filled:0,total_records:31")
    let held = try fetch(server.url, "A", "--from", "2011-01-01")
    #expect(held.lines.count == 31)
    #expect(held.lines.dropLast().allSatisfy { $0.contains(#""close":25,"#) })
  }

  @Test func gapsAreFoundAndFilledAndHolidaysRemembered() throws {
    let market = Market()
    // Weekdays of 2011-01-26 to 2011-05-05.
    let days = (15_000..<15_100).filter { ![0, 6].contains(($0 + 4) % 7) }
    let (late, holiday) = (15_020, 15_041)
    for day in days where day != late && day != holiday { market.add(day, 100) }
    let server = try LoopbackServer { target in
      // A row without prices: the service will know more later.
      let isBlank = market.state.withLock { $0.bars.allSatisfy { $0.day != late } }
      let answer = market.answer(target)
      guard isBlank, let period = target.split(separator: "period1=").last?.prefix(while: { $0 != "&" }),
        Int(period) ?? .max < late * 86_400
      else { return answer }
      return .init(
        String(decoding: answer.body, as: UTF8.self)
          .replacing("\"timestamp\":[", with: "\"timestamp\":[\(late * 86_400),")
          .replacing("\":[100", with: "\":[null,100").replacing("\":[5,", with: "\":[null,5,"))
    }
    defer { server.stop() }
    func update() throws -> Run.Result { try fetch(server.url, "A", "--update", "--from", "2011-01-01", "--no-cache") }
    #expect(try update().text.contains("\"added_count\":\(days.count - 2),"))
    #expect(try update().text.contains("\"gaps_filled\":0,"))
    #expect(server.requests.last?.contains("period1=\(late * 86_400)&") == true, "from the gap on, not the holiday")
    market.state.withLock { $0.bars.append((late, 99)) }
    market.state.withLock { $0.bars.sort { $0.day < $1.day } }
    let filled = try update()
    #expect(
      counts(filled).hasSuffix(
        "new_data_range:2011-02-15/2011-02-15,added_count:1,updated_count:0,gaps_filled:1,total_records:\(days.count - 1)"
      ),
      "\(filled.text)")
    let summary = #"{"type":"update_summary","total_added":1,"total_updated":0,"symbols":1,"failed":0,"updated_at":"2"#
    #expect(filled.lines.count == 2 && filled.lines.last?.hasPrefix(summary) == true, "\(filled.text)")
    _ = try update()
    #expect(server.requests.last?.contains("period1=\((15_099 - 7) * 86_400)&") == true, "no gap is left")
  }

  @Test func aFailingSymbolIsReportedAndHurtsNoOther() throws {
    let market = Market()
    for day in 15_000..<15_010 { market.add(day, 100) }
    let server = try LoopbackServer { target in
      target.contains("/DEAD?")
        ? .init(#"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}"#, status: 404)
        : market.answer(target)
    }
    defer { server.stop() }
    let result = try fetch(server.url, "DEAD", "A", "--update", "--from", "2011-01-01")
    #expect(result.status == 1)
    #expect(result.lines.count == 3)
    #expect(result.lines.first?.contains(#""symbol":"DEAD","interval":"1d","status":"error","error":""#) == true)
    #expect(result.lines[1].contains(#""added_count":10,"#))
    #expect(try fetch(server.url, "DEAD", "--from", "2011-01-01").status == 1)
  }

  @Test func aFullDiskLosesNothingThatWasThere() throws {
    let market = Market()
    for day in 15_000..<15_020 { market.add(day, 100) }
    let server = try LoopbackServer { market.answer($0) }
    defer { server.stop() }
    #expect(try fetch(server.url, "A", "--update", "--from", "2011-01-01").status == 0)
    let before = try fetch(server.url, "A", "--from", "2011-01-01")
    for day in 15_020..<20_000 { market.add(day, 101) }
    let full = try Run.shell(
      "ulimit -f 48; fs-fetch A --store '\(store)' --update --from 2011-01-01 --no-cache --base-url \(server.url) | cat; "
        + "exit ${PIPESTATUS[0]}",
      environment: ["FINSTAGE_HOME": home.path])
    #expect(full.status == 74 && full.errors.contains("prices.db"), "\(full.errors)")
    #expect(try fetch(server.url, "A", "--from", "2011-01-01").lines == before.lines)
    let after = try fetch(server.url, "A", "--update", "--from", "2011-01-01", "--no-cache")
    #expect(after.status == 0 && after.text.contains("\"total_records\":5000"), "\(after.text) \(after.errors)")
  }

  @Test func manyProcessesUpdateOneFile() throws {
    let market = Market()
    for day in 15_000..<15_500 { market.add(day, 100) }
    let server = try LoopbackServer { market.answer($0) }
    defer { server.stop() }
    let updates = (0..<16).map {
      "fs-fetch S\($0 % 8) --store '\(store)' --update --from 2011-01-01 --base-url \(server.url) || echo broken &"
    }
    let result = try Run.shell(updates.joined(separator: " ") + " wait", environment: ["FINSTAGE_HOME": home.path])
    #expect(!result.text.contains("broken") && result.lines.count == 32, "\(result.errors)")
    for i in 0..<8 { #expect(try fetch(server.url, "S\(i)", "--from", "2011-01-01").lines.count == 500) }
  }

  @Test func wrongUseIsExplained() throws {
    let missing = try fetch("http://127.0.0.1:1", "A")
    #expect(missing.status == 66 && missing.errors.contains("no such file (create it with --update)"))
    let nowhere = try Run.tool(
      "fs-fetch", ["A", "--update", "--store", "/dev/null/x.db"], environment: ["FINSTAGE_HOME": home.path])
    #expect(nowhere.status == 73 && nowhere.errors.contains("Not a directory"), "\(nowhere.errors)")
    #expect(try fetch("http://127.0.0.1:1", "A", "--update", "--to", "2020-01-01", "--from", "2019-01-01").status == 64)
    #expect(try fetch("http://127.0.0.1:1", "A", "--quote", "--update").status == 64)
    #expect(try Run.tool("fs-fetch", ["A", "--update"], environment: ["FINSTAGE_HOME": home.path]).status == 64)
    Files.write(Array("not a database, but long enough to be looked at\n".utf8), to: store)
    let foreign = try fetch("http://127.0.0.1:1", "A", "--update")
    #expect(foreign.status == 65 && foreign.errors.contains("prices.db"), "\(foreign.errors)")
  }
}
