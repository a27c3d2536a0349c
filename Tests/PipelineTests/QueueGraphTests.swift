import FinstageSystem
import TestSupport
import Testing

/// Chains, batches, templates, schedules and what is told of a queue, with real processes.
@Suite struct QueueGraphTests {
  private let home = TemporaryFolder()

  /// A script in the folder of the test, with a home of its own.
  private func shell(_ script: String) throws -> Run.Result {
    try Run.shell(
      script, folder: home.path,
      environment: ["FINSTAGE_HOME": home.path + "/home", "FINSTAGE_SAMPLES": Run.package + "/samples/bars"])
  }

  @Test func chainsAndConditions() throws {
    let result = try shell(
      """
      cat > a.json <<'END'
      {"tasks": [
        {"name": "load", "shell": "echo '{\\"rows\\": 120}'; echo load >> order"},
        {"name": "report", "shell": "echo report >> order", "after": ["load"], "if": "rows > 100"},
        {"name": "alarm", "shell": "echo alarm >> order", "after": "load", "if": "failed"},
        {"name": "end", "command": ["sh", "-c", "echo end >> order"], "after": ["report"], "priority": "high"}]}
      END
      fs-queue add --chain a.json | tr '\\n' ' '
      id=$(fs-queue add --after 4 --if any -- sh -c 'echo last >> order')
      fs-queue status 2 --json | grep -o '"waiting_for":1'
      fs-queue work --drain; cat order; fs-queue wait 3; echo $?; fs-queue status 3 | head -1 | grep -o 'cancelled (condition)'
      fs-queue add --after 99 -- true; echo $?; fs-queue add --after 1 --if 'rows >' -- true; echo $?
      printf '{"tasks":[{"name":"a","shell":"a","after":"b"},{"name":"b","shell":"b","after":"a"}]}' | fs-queue add --chain -; echo $?
      """)
    #expect(
      result.text
        == "1 2 3 4 \"waiting_for\":1\nload\nreport\nend\nlast\n125\ncancelled (condition)\n66\n64\n65\n",
      "\(result.text) \(result.errors)")
    #expect(
      result.errors.contains("fs-queue: <stdin>: tasks wait for each other in a circle: a, then b, then a"),
      "\(result.errors)")
    #expect(result.errors.contains("there is no task 99 to wait for") && result.errors.contains("     ^"))
  }

  @Test func batchesHaveOneResult() throws {
    let result = try shell(
      """
      id=$(seq 3 | fs-queue batch --group b --limit 2 -- sh -c 'echo "{\\"square\\":$(($1 * $1))}"; [ $1 != 2 ]' sh {})
      sum=$(seq 4 | fs-queue batch --reduce 'sed "s/.*:\\([0-9]*\\)}$/\\1/" | paste -sd+ | bc 2>/dev/null || echo none' -- echo)
      fs-queue work --drain; echo $?; fs-queue wait $id; echo $?; fs-queue result $id | sed 's/"execution_time":[0-9.]*,//'
      fs-queue wait $sum; echo $?; fs-queue group; printf 'x\\n' | fs-queue batch -- true > /dev/null; fs-queue pause
      fs-queue cancel 11; fs-queue purge --older 0 > /dev/null; fs-queue list --batch 10 | wc -l; printf '' | fs-queue batch -- true; echo $?
      """)
    let lines = result.lines.map(String.init)
    #expect(
      Array(lines.prefix(5)) == [
        "1", "1", "{\"task_id\":2,\"item\":\"1\",\"status\":\"completed\",\"exit_status\":0,\"result\":{\"square\":1}}",
        "{\"task_id\":3,\"item\":\"2\",\"status\":\"failed\",\"exit_status\":1,\"result\":{\"square\":4}}",
        "{\"task_id\":4,\"item\":\"3\",\"status\":\"completed\",\"exit_status\":0,\"result\":{\"square\":9}}",
      ], "\(result.text) \(result.errors)")
    #expect(
      Array(lines.suffix(5)) == [
        "0", "group  running  limit  rate  state", "b            0      2  -     open", "2", "66",
      ],
      "\(lines)")
  }

  /// The numbers of each built-in task are those of the data.
  @Test func builtInTasks() throws {
    let hook = try LoopbackServer { _ in .init() }
    let result = try shell(
      """
      run() { fs-queue run "$@" || echo "status $?"; }
      printf '{"text":"a"}\\n{"text":"b"}\\n' > notes
      run process_dataset AAPL --period 1y --provider sample; run generate_report --date 2013-01-31 AAPL MSFT --provider sample
      run send_notifications notes \(hook.url)/hook; run historical_collection $PWD/p.db AAPL MSFT --provider sample --period max
      run market_analysis AAPL MSFT IBM --provider sample; run daily-report AAPL --provider sample
      run technical_batch AAPL IBM --provider sample
      run process_dataset 'AAPL; rm -rf /'; run process_dataset; run no_such_template
      fs-queue work --drain; echo "drained $?"
      run cleanup_data --days 3650 --store $PWD/p.db; fs-queue work --drain; echo "drained $?"
      for i in 1 2 3 4 5 6 7 8; do fs-queue result $i > $i; fs-queue logs $i >&2; done
      grep -o '"data_points":251.*"price_range":{"min":429.98,"max":705.07,"current":430.47}' 1; grep -o '"rsi":32.7783[0-9]*}' 1
      grep -o '"AAPL":{"date":"2013-01-31","current_price":455.49,' 2; grep -o '"successful_sends":2,"failed_sends":0' 3
      grep -o '"symbol":"MSFT","status":"success","data_points":3270' 4; grep -o '"bullish":[0-9]*,"bearish":[0-9]*,"neutral":[0-9]*' 5
      grep -o '"requested":1,"analyzed":1' 6; wc -l < 7; grep -o '"table_name":"bars","records_deleted":6540' 8
      """)
    #expect(
      result.text.split(separator: "\n").dropFirst(7).joined(separator: "\n")
        == """
        status 64
        status 64
        status 66
        drained 0
        8
        drained 0
        "data_points":251,"memory_usage_mb":0.01,"price_range":{"min":429.98,"max":705.07,"current":430.47}
        "rsi":32.7783546621817}
        "AAPL":{"date":"2013-01-31","current_price":455.49,
        "successful_sends":2,"failed_sends":0
        "symbol":"MSFT","status":"success","data_points":3270
        "bullish":0,"bearish":2,"neutral":1
        "requested":1,"analyzed":1
        2
        "table_name":"bars","records_deleted":6540
        """, "\(result.text) \(result.errors)")
    #expect(hook.requests.count == 2)
  }

  /// What cannot be computed is a failure, never a number.
  @Test func builtInTasksRefuseWithoutData() throws {
    let result = try shell(
      """
      fs-queue run process_dataset NO-SUCH --provider sample > /dev/null
      fs-queue run market_analysis NO-SUCH --provider sample > /dev/null
      printf '{}\\n' > n; fs-queue run send_notifications n http://127.0.0.1:1/x > /dev/null
      fs-queue cancel 3; fs-queue run --unique x send_notifications n http://127.0.0.1:1/x > /dev/null
      fs-queue work --workers 4 & worker=$!
      while fs-queue status 1 2 --json | grep -q '"attempts":0'; do sleep 0.01; done
      while [ -z "$(fs-queue list --state retrying)" ]; do sleep 0.01; done; kill $worker; wait $worker
      fs-queue list --state completed | wc -l
      """)
    #expect(result.text == "1\n", "\(result.text) \(result.errors)")
  }

  @Test func templatesOfUsers() throws {
    let result = try shell(
      """
      fs-queue template save hello --description 'Greets' --default greeting=hello --retries 2 --timeout 1m -- echo '{greeting} {name}'
      fs-queue template list | grep hello; fs-queue run hello world > /dev/null
      fs-queue template run hello --greeting bye moon > /dev/null; fs-queue work --drain
      fs-queue result 1; fs-queue result 2; fs-queue list --tag template:hello --json | grep -c '"max_retries":2'
      fs-queue template show hello | fs-queue template save -q again --file -; fs-queue run again mars; fs-queue run again --help
      fs-queue template remove hello; fs-queue run hello x; echo $?
      fs-queue template show process_dataset --script | head -1
      fs-queue template save ../x -- true; echo $?; echo '{"shell":"a","retry":1}' | fs-queue template save x --file -; echo $?
      """)
    #expect(
      result.text.contains(
        "fs-queue run hello name [--greeting hello]\n"
          + "hello                  name [--greeting hello]"), "\(result.text) \(result.errors)")
    #expect(
      result.text.contains("hello world\nbye moon\n2\n3\nfs-queue run again name [--greeting hello]\nGreets\n"),
      "\(result.text) \(result.errors)")
    #expect(result.text.hasSuffix("\n66\nset -eu\n64\n65\n"), "\(result.text)")
  }

  /// Two workers, one schedule: each slot once, and the tasks know it.
  @Test func schedules() throws {
    let result = try shell(
      """
      cat > jobs.conf <<'END'
      GREETING=hello
      tick: every 1s overlap=allow -- echo "$GREETING $FS_INSTANT" >> ticks
      never: nyse open - 1h when=nyse -- true
      END
      fs-queue schedule --file jobs.conf | grep -c schedule
      fs-queue work & a=$!; fs-queue work & b=$!
      until [ -s ticks ] && [ $(wc -l < ticks) -ge 3 ]; do sleep 0.05; done; kill $a $b; wait $a $b
      sort ticks | uniq -d; head -1 ticks | grep -c '^hello 20..-..-..T..:..:..Z$'
      fs-queue schedule list --json | sed -n 's/.*"schedule":"tick".*"success_rate":\\([0-9]*\\).*/\\1/p'
      fs-queue schedule log tick --limit 1 | grep -o '"outcome":"fired"'
      fs-queue schedule next never --count 2 --from 2026-11-25T12:00:00Z | sed 's/.*"at":"\\([^"]*\\)".*/\\1/'
      printf 'never: 0 9 * * * -- true' > jobs.conf; fs-queue schedule --file jobs.conf > /dev/null; fs-queue schedule list | wc -l
      fs-queue schedule remove never; fs-queue schedule list | wc -l
      echo '61 * * * * true' | fs-queue schedule --file -; echo $?
      """)
    #expect(
      result.text
        == "2\n1\n100\n\"outcome\":\"fired\"\n2026-11-25T13:30:00Z\n2026-11-27T13:30:00Z\n2\n1\n65\n",
      "\(result.text) \(result.errors)")
    #expect(result.errors.contains("fs-queue: <stdin>:1: \"61\" is not a valid minute (0 to 59)"), "\(result.errors)")
  }

  @Test func groupsOfAllWorkers() throws {
    let result = try shell(
      """
      seq 12 | fs-queue add --each --group g --limit 2 -- sh -c 'mkdir run.$1; ls -d run.* | wc -l >> together; sleep 0.02; rmdir run.$1' sh > /dev/null
      fs-queue add --group r --rate 20/s -- true > /dev/null; seq 5 | fs-queue add --each --group r -- sh -c 'date +%s%N >> starts' > /dev/null
      fs-queue work --drain --workers 4 & fs-queue work --drain --workers 4; wait
      sort -n together | tail -1
      sort -n starts | awk 'NR == 1 { first = $1 } { last = $1 } END { print NR, (last - first >= 150000000) }'
      fs-queue group g --limit none; fs-queue group g --pause --rate 30/m; fs-queue group --json
      fs-queue group x; echo $?; fs-queue add --limit 2 -- true; echo $?
      """)
    #expect(
      result.text
        == "2\n5 1\n{\"group\":\"g\",\"running\":0,\"limit\":null,\"per_second\":0.5,\"paused\":true}\n{\"group\":\"r\",\"running\":0,\"limit\":null,\"per_second\":20,\"paused\":false}\n66\n64\n",
      "\(result.text) \(result.errors)")
  }

  @Test func whatIsToldOfAQueue() throws {
    let result = try shell(
      """
      fs-queue add --tag x -- sh -c 'echo out; echo err >&2; exit 3' > /dev/null; fs-queue add -- true > /dev/null
      fs-queue work --drain; fs-queue add --in 1h -- true > /dev/null
      fs-queue export --outputs --history --state failed; fs-queue export | fs-frame convert --format csv | head -1 | cut -c1-23
      fs-queue export -o t.parquet; fs-frame info --json t.parquet | grep -o '"rows":3,'; fs-queue stats --prometheus -o s; grep -c HELP s
      fs-queue dashboard --once | grep -A1 recent; fs-queue dashboard | grep -c '^failed *1  #'
      fs-queue dashboard --json | grep -o '"system_status":"stopped"'
      fs-queue stats --prometheus | grep -E 'attempts_total|run_seconds_count|submitted'
      fs-queue stats --json | grep -o '"registered_functions":\\["process_dataset"'
      fs-queue doctor | tail -1
      """)
    for part in [
      "\"runs\":[{\"attempt\":1,", "\"exit_status\":3,\"user_seconds\":", "\"output\":\"out\\n\",\"log\":\"err\\n\"",
      "\"history\":[{\"at\":",
      "task_id,status,priority", "\"rows\":3,\n11\n", "recent\nid  state ", "\n1\n\"system_status\":\"stopped\"\n",
      "attempts_total{end=\"exit\"} 2\n", "run_seconds_count 2\n",
      "submitted_total 3\n", "\"registered_functions\":[\"process_dataset\"\n", "all is well\n",
    ] { #expect(result.text.contains(part), "\(part) is missing: \(result.text) \(result.errors)") }
  }

  /// Ten minutes of this are `make torture`.
  @Test func aShortTorture() throws {
    let result = try Run.shell(
      "'\(Run.package)/Tests/Torture/queue.sh' 4 7", environment: ["FINSTAGE_BIN": Run.binaries])
    #expect(result.status == 0 && result.text.hasSuffix("status 0\n"), "\(result.text)")
  }
}
