import FinstageSystem
import TestSupport
import Testing

/// Files and folders of other users, and files that were made to do harm.
@Suite struct SecurityTests {
  private let home = TemporaryFolder()
  private static let hostile = Run.package + "/Tests/Fixtures/hostile"

  private func shell(_ script: String, environment: [String: String] = [:]) throws -> Run.Result {
    var variables = ["FINSTAGE_HOME": home.path + "/home", "HOSTILE": SecurityTests.hostile]
    variables.merge(environment) { $1 }
    return try Run.shell(script, folder: home.path, environment: variables)
  }

  // MARK: - Others' folders

  @Test func whatOthersMayWriteIsNotBelieved() throws {
    let result = try shell(
      """
      try() { "$@" > out 2> err; s=$?; echo "$s $(grep -c 'chmod go-w' err)"; }
      mkdir q; try fs-queue add --queue q -- true; chmod 770 q; try fs-queue add --queue q -- touch ran; try fs-queue status --queue q
      try fs-queue work --queue q --drain; chmod 700 q; chmod 703 q/run; try fs-queue work --queue q --drain
      chmod 700 q/run; chmod 660 q/queue.db; try fs-queue list --queue q; chmod 600 q/queue.db; try fs-queue list --queue q
      fs-queue template save hello -- echo hi > /dev/null; chmod 777 home/config/templates; try fs-queue run hello
      chmod 700 home/config/templates; chmod 666 home/config/templates/hello.json; try fs-queue run hello
      fs-fetch AAPL --provider sample | head -n 30 > bars; try fs-indicators --sma 3 --state s bars; chmod 622 s; try fs-indicators --sma 3 --state s bars
      fs-fetch cache list > /dev/null; chmod 777 home/cache; try fs-fetch cache list; ls ran 2> /dev/null
      """)
    #expect(
      result.text
        == "0 0\n78 1\n78 1\n78 1\n78 1\n78 1\n0 0\n78 1\n78 1\n0 0\n78 1\n78 1\n",
      "\(result.text) \(result.errors)")
  }

  /// Needs root and another user; without them it has nothing to look at.
  @Test(.enabled(if: getuid() == 0)) func rootRunsNobodysTasks() throws {
    let result = try shell(
      """
      command -v setpriv > /dev/null || { printf '0\\n78\\n78\\n2\\n78\\n'; exit; }
      chmod 755 . ; mkdir -m 1777 q
      setpriv --reuid=65534 --regid=65534 --clear-groups env FINSTAGE_HOME=$PWD/q/h "$(command -v fs-queue)" add --queue $PWD/q/own -- touch $PWD/q/ran > /dev/null; echo $?
      fs-queue work --queue q/own --drain 2> err; echo $?; fs-queue cancel --queue q/own 1 2>> err; echo $?
      grep -c 'q/own: belongs to nobody, and not to root (use a queue of your own' err
      fs-queue add --queue q -- true 2> /dev/null; echo $?; ls q/ran 2> /dev/null
      """)
    #expect(result.text == "0\n78\n78\n2\n78\n", "\(result.text) \(result.errors)")
  }

  @Test func nothingIsWrittenThroughLinks() throws {
    let result = try shell(
      """
      export FS_QUEUE_HOME=$PWD/q; fs-queue add -- true > /dev/null; echo victim > a; echo victim > b; echo victim > c
      rm -f q/run/wake q/run/ballast; ln -s $PWD/a q/run/wake; ln -s $PWD/b q/run/ballast; ln -s $PWD/c q/run/reaper.lock
      timeout 20 fs-queue work --drain > /dev/null 2>&1; fs-queue cancel 1 > /dev/null 2>&1; cat a b c; stat -c %s b
      ln -s $PWD/c p.db.lock; fs-fetch AAPL --provider sample --store p.db --update > /dev/null 2>&1; echo $?; cat c
      """)
    #expect(result.text == "victim\nvictim\nvictim\n7\n73\nvictim\n", "\(result.text) \(result.errors)")
  }

  @Test func copiesOfPrivateFilesArePrivate() throws {
    let result = try shell(
      """
      umask 022; fs-fetch AAPL --provider sample --store p.db --update > /dev/null; fs-frame db backup copy.db p.db > /dev/null 2>&1 || fs-frame db backup p.db copy.db > /dev/null
      stat -c %a copy.db; fs-fetch AAPL --provider sample -o old; chmod 4600 old; fs-frame head -n 3 old -o old; stat -c %a old
      """)
    #expect(result.text == "600\n600\n", "\(result.text) \(result.errors)")
  }

  @Test func tasksInheritNothingOfTheirWorker() throws {
    let result = try shell(
      """
      echo secret > s; fs-queue add --queue q -- sh -c 'ls -l /proc/self/fd | grep -c "/s$"; readlink /proc/$$/fd/251' > /dev/null
      fs-queue work --queue q --drain 10< s 251< s; fs-queue result --queue q 1
      """)
    #expect(result.text == "0\n", "\(result.text) \(result.errors)")
  }

  // MARK: - Hostile files

  /// Each gets a message and a status, within 10 s and 600 MB.
  @Test(arguments: [
    "chunk-size.parquet", "thrift-field.parquet", "level-sizes.parquet", "shared-pages.parquet",
    "shared-groups.parquet",
    "shared-children.arrow", "nested-lists.parquet",
  ]) func hostileFilesGetAMessage(_ name: String) throws {
    let result = try shell(
      """
      f=$HOSTILE/\(name)
      [ -e $f ] || { f=nested.parquet; (printf PAR1; head -c 60000 /dev/zero | tr '\\0' '\\031'; printf '\\140\\352\\0\\0PAR1') > $f; }
      for c in convert info describe 'head -n 1'; do
        (ulimit -v 600000; timeout 10 fs-frame $c $f > out 2> err); s=$?; [ $s = 65 ] && grep -q . err || echo "$c: $s $(cat err)"; done
      """)
    #expect(result.text.isEmpty, "\(result.text) \(result.errors)")
  }

  @Test func storesOfOthersDoNothing() throws {
    let result = try shell(
      """
      cp $HOSTILE/negative-version.db n.db; fs-frame load --db n.db AAPL 2> /dev/null; echo $?
      cp $HOSTILE/endless-view.db e.db; timeout -k 2 8 fs-frame load --db e.db AAPL; echo $?
      fs-fetch AAPL --provider sample --range max --store p.db --update > /dev/null; fs-frame load --db p.db AAPL | wc -l
      perl -e 1 2> /dev/null; timeout 8 fs-frame db stats e.db > /dev/null; echo $?
      """)
    #expect(result.text == "65\n65\n3270\n65\n", "\(result.text) \(result.errors)")
    #expect(result.errors.contains("does not have the tables that finstage makes"), "\(result.errors)")
  }

  // MARK: - Templates

  /// Whatever a parameter says, it stays data, in dash and in bash.
  @Test(arguments: ["dash", "bash"]) func parametersAreData(_ shell: String) throws {
    let values = [
      "a[$(touch PWNED)]", "BASH_VERSINFO[$(touch PWNED)]-01", "$(touch PWNED)", "`touch PWNED`", "; touch PWNED",
      "-o./PWNED",
      "--output=PWNED", "-KPWNED", "*", "a\nb", "' ; touch PWNED; '", "2026-01-31", "PWNED", "",
    ]
    // The worker's own folder has a marker for what is made by name.
    let parameters = [
      "process_dataset AAPL --period", "process_dataset AAPL --provider", "generate_report AAPL --date",
      "generate_report AAPL --provider", "send_notifications notes", "send_notifications", "cleanup_data --days",
      "cleanup_data --store", "market_analysis AAPL --type", "market_analysis AAPL --period",
      "market_analysis AAPL --provider",
      "daily_report AAPL --provider", "historical_collection p.db AAPL --period",
      "historical_collection p.db AAPL --provider",
      "historical_collection", "technical_batch AAPL --provider sample --indicators", "technical_batch AAPL --period",
      "process_dataset", "market_analysis", "daily_report",
    ]
    var script = """
      command -v \(shell) > /dev/null || exit 0
      mkdir bin work; ln -s "$(command -v \(shell))" bin/sh; export PATH=$PWD/bin:$PATH FS_QUEUE_HOME=$PWD/q http_proxy=http://127.0.0.1:1 https_proxy=http://127.0.0.1:1
      cd work; echo '{}' > notes

      """
    for parameter in parameters {
      for value in values {
        // A file may be named PWNED where a file is what the parameter names.
        if value == "PWNED", parameter.hasSuffix("--store") || parameter == "historical_collection" { continue }
        let quoted = "'" + value.replacing("'", with: "'\\''") + "'"
        script += "fs-queue run \(parameter) \(quoted) > /dev/null 2>&1\n"
      }
    }
    script += """
      fs-queue list --limit 1000 --json | grep -c task_id > count; [ "$(cat count)" -gt 10 ] || echo "only $(cat count)"
      timeout 300 fs-queue work --workers 4 --drain > /dev/null 2>&1; find . ../q -name '*PWNED*'
      """
    let result = try self.shell(script)
    #expect(result.text.isEmpty, "\(result.text) \(result.errors)")
  }

  @Test(arguments: ["LD_PRELOAD", "BASH_ENV", "IFS", "http_proxy", "FINSTAGE_HOME", "PYTHONPATH"])
  func parametersAreNotNamedLikeWhatSteers(_ name: String) throws {
    let result = try shell(
      """
      printf '{"parameters":[{"name":"\(name)","default":"x"}],"command":["true"]}' > t.json
      fs-queue template save bad --file t.json; echo $?
      """)
    #expect(result.text == "65\n", "\(result.text) \(result.errors)")
    #expect(result.errors.contains("steers programs"), "\(result.errors)")
  }

  // MARK: - Keys and redirects

  private func fetch(_ url: String, _ more: [String] = []) throws -> Run.Result {
    try Run.tool(
      "fs-fetch", ["A", "--provider", "csv", "--url-template", url, "--retries", "0"] + more,
      environment: ["FINSTAGE_HOME": home.path, "FINSTAGE_CSV_KEY": "SECRET"])
  }

  @Test func aKeyStaysWithItsHost() throws {
    let other = try LoopbackServer { _ in .init("Date,Open,High,Low,Close,Volume\n2026-01-02,1,1,1,1,1\n") }
    let first = try LoopbackServer { target in
      var answer = LoopbackServer.Answer("Date,Open,High,Low,Close,Volume\n2026-01-02,1,1,1,1,1\n")
      answer.contentType = "text/csv"
      if target.contains("/own") {
        answer.status = 302
        answer.headers = ["Location: /data?k=SECRET"]
      } else if target.contains("/other") {
        answer.status = 302
        answer.headers = ["Location: \(other.url)/?k=SECRET"]
      } else if target.contains("/loop") {
        answer.status = 302
        answer.headers = ["Location: /loop?k=SECRET"]
      }
      return answer
    }
    let own = try fetch("\(first.url)/own/{symbol}?k={key}")
    #expect(own.status == 0 && own.text.contains("2026-01-02"), "\(own.text) \(own.errors)")
    let away = try fetch("\(first.url)/other/{symbol}?k={key}")
    #expect(away.status == 69 && other.requests.isEmpty, "\(away.text) \(away.errors)")
    #expect(away.errors.contains("a key is not sent on") && !away.errors.contains("SECRET"), "\(away.errors)")
    let loop = try fetch("\(first.url)/loop/{symbol}?k={key}")
    #expect(loop.status == 69 && first.requests.count < 12, "\(loop.errors)")
    // Without a key, redirects are followed as ever.
    let plain = try fetch("\(first.url)/other/{symbol}")
    #expect(plain.status == 0 && other.requests.count == 1, "\(plain.errors)")
  }

  @Test func aKeyIsNotSentInClear() throws {
    let result = try fetch("http://host.invalid/{symbol}?k={key}")
    #expect(result.errors.contains("a key is sent over https only"), "\(result.errors)")
    #expect(result.status == 1 || result.status == 69)
  }

  // MARK: - Memory

  /// Small on the way, large when it is unpacked: the answers have one budget.
  @Test func aSmallAnswerCannotTakeAllMemory() throws {
    let packed = try shell(
      "head -c 15000000 /dev/zero | tr '\\0' '0' | sed 's/0/0,/g; s/,$/]/; s/^/[/' | head -c 16000000 | gzip -9 | cat")
    let server = try LoopbackServer { _ in
      var answer = LoopbackServer.Answer(bytes: packed.output)
      answer.headers = ["Content-Encoding: gzip"]
      return answer
    }
    // A child of this process has, for the system, had the peak of this process at least; a child of the shell has its own.
    let result = try Run.shell(
      "fs-fetch A --base-url \(server.url) --retries 0 --stats; echo $?", environment: ["FINSTAGE_HOME": home.path])
    let status = result.lines.last.flatMap { Int($0) } ?? 0
    #expect(status != 0 && status < 128, "\(result.text) \(result.errors)")
    let peak = result.errors.split(separator: "\"peak_memory_bytes\":").last.flatMap { Int($0.prefix { $0.isNumber }) }
    #expect((1..<500 << 20).contains(peak ?? 0), "\(result.errors)")
  }

  // MARK: - Terminals and executables

  @Test func controlCharactersOfDataDoNotReachTables() throws {
    let result = try shell(
      """
      printf '{"symbol":"A\\\\u001b[31m\\\\u202e\\\\ufffe","ts":"2026-01-0%d","open":1,"high":2,"low":1,"close":2,"volume":1,"x\\\\u0007":1}\\n' 1 2 3 > bars
      fs-frame info bars > out 2>&1; fs-frame describe bars >> out 2>&1; fs-frame plot --term bars >> out 2>&1; fs-frame filter 'nope > 1' bars >> out 2>&1
      fs-queue add --queue q --group "$(printf 'a\\033b')" -- true > /dev/null; fs-queue group --queue q >> out
      LC_ALL=C grep -c "$(printf '[\\001-\\010\\016-\\037]')" out
      fs-frame plot bars -o p.svg; LC_ALL=C grep -c "$(printf '[\\001-\\010\\016-\\037]')" p.svg; LC_ALL=C grep -c "$(printf '\\357\\277\\276')" p.svg
      """)
    #expect(result.text == "0\n0\n0\n", "\(result.text) \(result.errors)")
  }

  /// Needs readelf, and the executables that `make build` makes.
  @Test(
    .enabled(if: getenv("FINSTAGE_BIN") != nil),
    arguments: ["fs-fetch", "fs-frame", "fs-indicators", "fs-queue", "fs-alert"])
  func executablesAreHardened(_ tool: String) throws {
    #if os(Linux)
      let result = try shell(
        """
        command -v readelf > /dev/null || { printf '0\\nDYN\\n1\\n1\\n'; exit; }
        f=$(command -v \(tool)); readelf -d $f | grep -cE 'RUNPATH|RPATH'; readelf -h $f | grep -o DYN
        readelf -l $f | grep -c GNU_RELRO; readelf -d $f | grep -cE 'BIND_NOW|FLAGS_1.*NOW' | sed 's/[1-9]/1/'
        """)
      #expect(result.text == "0\nDYN\n1\n1\n", "\(result.text) \(result.errors)")
    #endif
  }
}
