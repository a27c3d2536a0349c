import TestSupport
import Testing

/// The same fault has the same status in every tool and command: the table of CONTRIBUTING.md.
@Suite struct ErrorStatusTests {
  private let folder = TemporaryFolder()

  /// Runs commands in a folder with a sample file, each with a home of its own: each must end with this status and say why.
  private func check(_ expected: Int32, _ prepare: String, _ commands: [String]) throws {
    for (i, command) in commands.enumerated() {
      let place = "\(folder.path)/\(expected).\(i).\(commands.count)"
      let result = try Run.shell(
        """
        mkdir -p '\(place)/home'; cd '\(place)'
        export FINSTAGE_HOME='\(place)/home' FS_QUEUE_HOME='\(place)/queue' FINSTAGE_SAMPLES='\(Run.package)/samples'
        fs-fetch --provider sample AAPL -o bars.ndjson
        \(prepare)
        \(command)
        """)
      #expect(result.status == expected && !result.errors.isEmpty, "\(command): \(result.status), \(result.errors)")
    }
  }

  private static let writers = [
    "fs-fetch --provider sample AAPL -o {}", "fs-indicators --sma 2 bars.ndjson -o {}",
    "fs-indicators --sma 2 --format csv bars.ndjson -o {}", "fs-indicators --analyze bars.ndjson -o {}",
    "fs-frame convert bars.ndjson -o {}", "fs-frame convert --format parquet bars.ndjson -o {}",
    "fs-frame describe bars.ndjson -o {}", "fs-frame plot AAPL bars.ndjson -o {}", "fs-queue export -o {}",
    "fs-fetch cache health -o {}", "fs-indicators --list -o {}", "fs-frame info bars.ndjson -o {}",
  ]

  private static func writing(to output: String) -> [String] {
    writers.map { $0.split(separator: "{}", omittingEmptySubsequences: false).joined(separator: output) }
  }

  private static let databases = [
    "fs-fetch --provider sample AAPL --store db --update", "fs-fetch AAPL --store db",
    "fs-frame load --db db AAPL", "fs-frame save --db db bars.ndjson", "fs-frame db stats db",
    "fs-queue add -- true", "fs-queue status", "fs-queue work --drain", "fs-queue list", "fs-queue schedule next",
    "fs-alert active --state db", "fs-alert history --state db", "fs-alert --when 'close > 1' --state db bars.ndjson",
    "fs-metrics report --store db", "fs-metrics collect --count 1 --store db", "fs-metrics baseline list --store db",
  ]

  @Test func badData65() throws {
    let readers = [
      "fs-indicators --sma 2 bad", "fs-frame convert bad", "fs-frame filter 'close > 1' bad", "fs-frame describe bad",
      "fs-frame save --db db bad", "fs-indicators --sma 2 --state bad bars.ndjson",
    ]
    try check(65, "printf '{\"symbol\":\"A\",\"close\":\\nnonsense' > bad", readers)
    try check(
      65, "for f in db queue/queue.db; do mkdir -p queue; head -c 5000 /dev/urandom > $f; done", Self.databases)
  }

  @Test func noInput66() throws {
    try check(
      66, "",
      [
        "fs-indicators --sma 2 none", "fs-frame convert none", "fs-frame describe none", "fs-frame merge none none",
        "fs-fetch AAPL --store none", "fs-frame load --db none AAPL", "fs-fetch cache warm none",
        "fs-queue schedule --file none", "fs-queue add --chain none", "fs-frame info none",
        "fs-frame join none bars.ndjson --on ts", "fs-alert --when 'close > 1' none",
        "fs-alert --rules none bars.ndjson",
        "fs-alert active --state none", "fs-alert rules --lint none", "fs-stream --auth none",
        "fs-metrics report --store none", "fs-metrics baseline list --store none", "fs-metrics score --store none",
        "fs-metrics ingest none", "fs-metrics export --store none", "fs-metrics ab analyze --a none --b none",
      ])
  }

  @Test func whatCannotBeCreated73() throws {
    try check(73, "", Self.writing(to: "no/such/folder/out"))
    let nowhere = "export FS_QUEUE_HOME=/dev/null/queue"
    try check(
      73, nowhere,
      [
        "fs-queue add -- true", "fs-queue work --drain", "fs-queue status",
        "fs-fetch --provider sample AAPL --store /dev/null/db --update",
        "fs-frame save --db /dev/null/db bars.ndjson", "fs-indicators --sma 2 --state /dev/null/s bars.ndjson",
        "fs-alert --when 'close > 1' --state /dev/null/db bars.ndjson",
        "fs-metrics collect --count 1 --store /dev/null/db",
      ])
  }

  @Test func theDiskIsFull74() throws {
    // A device that is always full stands for a full disk.
    try check(74, "fs-queue add -- true > /dev/null", Self.writing(to: "/dev/full"))
    try check(
      74, "",
      [
        "fs-indicators --sma 2 bars.ndjson > /dev/full", "fs-frame convert bars.ndjson > /dev/full",
        "fs-fetch --provider sample AAPL > /dev/full", "fs-queue add -- true > /dev/full",
        "fs-queue stats > /dev/full", "fs-fetch cache health > /dev/full",
        "fs-alert --when 'close > 1' bars.ndjson > /dev/full", "fs-alert rules --print prices > /dev/full",
        "fs-alert test --when 'close > 1' bars.ndjson > /dev/full",
      ])
    let metrics = #"""
      seq 30 | sed "s/.*/{\"type\":\"metric\",\"name\":\"response_time\",\"ts\":\"$(date -u +%FT%TZ)\",\"value\":&}/" | fs-metrics ingest
      seq 40 > a; seq 40 > b
      """#
    try check(
      74, metrics,
      [
        "fs-metrics report > /dev/full", "fs-metrics trend response_time > /dev/full",
        "fs-metrics export > /dev/full", "fs-metrics export --prometheus > /dev/full",
        "fs-metrics memory status > /dev/full", "fs-metrics memory health > /dev/full",
        "fs-metrics memory diagnostics > /dev/full",
        "fs-metrics tune --dry-run > /dev/full", "fs-metrics baseline save x > /dev/full",
        "fs-metrics ab analyze --a a --b b > /dev/full", "fs-metrics ab run --max-runs 8 --a true --b true > /dev/full",
        "fs-metrics rules list > /dev/full", "fs-metrics rules enable --force caching_price_data > /dev/full",
      ])
  }

  @Test func aNewerFile78() throws {
    let newer = """
      for f in db queue/queue.db; do mkdir -p queue; done
      fs-fetch --provider sample AAPL --store db --update > /dev/null; seq 3000 | fs-queue add --each -- true > /dev/null
      for f in db queue/queue.db; do printf '\\377' | dd of=$f bs=1 seek=62 conv=notrunc 2> /dev/null; done
      """
    // The others keep what is new in the log for longer.
    try check(78, newer, Self.databases.filter { !$0.hasPrefix("fs-alert") && !$0.hasPrefix("fs-metrics") })
  }

  @Test func wrongUse64() throws {
    try check(
      64, "",
      [
        "fs-fetch", "fs-fetch AAPL --range forever", "fs-indicators --sma 0 bars.ndjson", "fs-indicators bars.ndjson",
        "fs-frame filter 'close >' bars.ndjson", "fs-frame cast close=flout bars.ndjson",
        "fs-queue add --retries -1 -- true",
        "fs-queue add", "fs-queue work --workers 0", "fs-frame convert --format xls bars.ndjson",
        "fs-alert bars.ndjson", "fs-alert --when 'close >' bars.ndjson", "fs-stream --port 70000",
        "fs-stream tail nonsense",
        "fs-metrics ab run --a true", "fs-metrics report --last never", "fs-metrics memory nonsense",
      ])
  }

  /// What only the user may know must be in a file that only the user can read.
  @Test func secretsOfOthers78() throws {
    let open =
      "mkdir -p home/config; echo k > home/config/csv.key; echo url=http://127.0.0.1:1/ > hook; echo t > tokens; chmod 644 hook tokens"
    try check(
      78, open,
      [
        "fs-fetch --provider csv --url-template 'http://127.0.0.1:1/{symbol}?k={key}' A",
        "fs-alert --when 'close > 1' --to webhook:@hook bars.ndjson", "fs-stream --auth tokens --port 0 < bars.ndjson",
        "fs-stream tail --token tokens ws://127.0.0.1:1/ws", "fs-stream status --token tokens --url http://127.0.0.1:1",
      ])
  }

  private static func fetches(_ url: String, _ more: String) -> [String] {
    let template = "--url-template '\(url)/{symbol}'"
    return [
      "fs-fetch --base-url \(url) A \(more)", "fs-fetch --base-url \(url) --quote A B \(more)",
      "fs-fetch --base-url \(url) --news A \(more)", "fs-fetch --base-url \(url) A --store db --update \(more)",
      "fs-fetch --provider csv \(template) A \(more)", "fs-fetch --provider json \(template) A \(more)",
      "fs-fetch --provider stooq --base-url \(url) A \(more)",
      "echo A | fs-fetch cache warm - --base-url \(url) \(more)",
    ]
  }

  @Test func nobodyAnswers69() throws {
    // Nobody listens on the port of a server that has gone.
    let server = try LoopbackServer { _ in .init() }
    server.stop()
    try check(69, "", Self.fetches(server.url, "--retries 0 --timeout 2s"))
  }

  @Test func tooManyRequests75() throws {
    let server = try LoopbackServer { _ in .init("no", status: 429) }
    defer { server.stop() }
    try check(75, "", Self.fetches(server.url, "--retries 0 --patience 0s"))
  }

  /// Root may read and write everything, so root lets somebody else try.
  @Test func withoutPermission() throws {
    func asNobody(_ commands: [String]) -> [String] {
      commands.map {
        "chmod 755 . ..; if [ $(id -u) = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups sh -c \"\($0)\"; else \($0); fi"
      }
    }
    let setting = "mkdir -m 555 closed; chmod 644 bars.ndjson; chmod 777 home; chmod 711 '\(folder.path)'"
    try check(73, setting, asNobody(Self.writing(to: "closed/out").filter { !$0.contains("fs-queue") }))
    try check(
      73, setting,
      asNobody([
        "FS_QUEUE_HOME=closed/queue fs-queue add -- true",
        "fs-fetch --provider sample AAPL --store closed/db --update", "fs-frame save --db closed/db bars.ndjson",
        "fs-indicators --sma 2 --state closed/s bars.ndjson",
      ]))
    try check(
      66, setting + "; chmod 000 bars.ndjson; mkdir -m 000 secret",
      asNobody([
        "fs-indicators --sma 2 bars.ndjson", "fs-frame convert bars.ndjson", "fs-frame info bars.ndjson",
        "fs-frame convert secret/x", "fs-queue schedule --file secret/x",
      ]))
  }
}
