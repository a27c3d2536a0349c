import FinstageSystem
import TestSupport
import Testing

/// fs-queue with real processes.
@Suite struct QueueTests {
  private let home = TemporaryFolder()

  private func queue(_ arguments: String...) throws -> Run.Result {
    try Run.tool("fs-queue", arguments, environment: ["FS_QUEUE_HOME": home.path + "/q"])
  }

  /// A script in the folder of the test, with the queue in its environment.
  private func shell(_ script: String) throws -> Run.Result {
    try Run.shell(script, folder: home.path, environment: ["FS_QUEUE_HOME": home.path + "/q"])
  }

  @Test func aTaskFromAddToResult() throws {
    let result = try shell(
      """
      id=$(fs-queue add --env GREETING=hello -- sh -c 'echo "$GREETING $FS_TASK_ID $FS_ATTEMPT"; pwd; echo log >&2')
      fs-queue result $id; echo "status $?"
      fs-queue work --drain; echo "status $?"
      fs-queue wait $id; echo "status $?"
      fs-queue result $id; fs-queue logs $id
      """)
    #expect(
      result.text == "status 69\nstatus 0\nstatus 0\nhello 1 1\n\(home.path)\nlog\n", "\(result.text) \(result.errors)")
    let status = try queue("status", "1", "--json")
    #expect(status.text.contains("\"status\":\"completed\"") && status.text.contains("\"attempts\":1"))
    #expect(try queue("status", "99").status == 66)
    #expect(Files.names(in: home.path + "/q/logs").isEmpty, "small outputs are in the database")
  }

  @Test func inputAndLargeOutput() throws {
    let result = try shell(
      """
      id=$(seq 100000 | fs-queue add --stdin -- sort -rn)
      fs-queue work --drain && fs-queue result $id | cksum; seq 100000 | sort -rn | cksum
      """)
    #expect(result.lines.count == 2 && result.lines[0] == result.lines[1], "\(result.text) \(result.errors)")
  }

  @Test func failuresAreRetriedAndSomeAreNot() throws {
    let result = try shell(
      """
      fs-queue add --retries 2 --delay 20ms -- sh -c 'echo run >> first; exit 3' > /dev/null
      fs-queue add --retries 5 --delay 20ms -- sh -c 'echo run >> second; [ $FS_ATTEMPT -eq 3 ]' > /dev/null
      fs-queue add --retries 5 --delay 20ms -- sh -c 'echo run >> third; exit 100' > /dev/null
      fs-queue add --retries 5 -- no-such-program > /dev/null
      fs-queue work --drain; echo "status $?"
      for id in 1 2 3 4; do fs-queue wait $id; echo $?; done; grep -c run first second third
      """)
    #expect(result.text == "status 1\n3\n0\n100\n127\nfirst:3\nsecond:3\nthird:1\n", "\(result.text) \(result.errors)")
  }

  @Test func timeOutsAndCancelEndTheWholeGroup() throws {
    let result = try shell(
      """
      fs-queue work --workers 4 & worker=$!
      a=$(fs-queue add --timeout 200ms -- sh -c 'sleep 987 & echo $! > child; wait')
      b=$(fs-queue add -- sh -c 'sleep 986 & echo $! > child2; echo started > begun; wait')
      fs-queue wait $a; echo $?
      while [ ! -s begun ]; do :; done; fs-queue cancel $b; fs-queue wait $b; echo $?
      kill -0 $(cat child) 2>/dev/null && echo left; kill -0 $(cat child2) 2>/dev/null && echo left
      kill $worker; wait $worker; fs-queue status $a $b | grep -o 'failed (timeout)\\|cancelled (cancelled)' | sort -u
      """)
    #expect(result.text == "124\n125\ncancelled (cancelled)\nfailed (timeout)\n", "\(result.text) \(result.errors)")
  }

  @Test func oneTransactionForManyLines() throws {
    let result = try shell(
      """
      seq 3000 | fs-queue add --each -- sh -c 'echo {}' | wc -l
      fs-queue work --drain --workers 8; fs-queue status | grep completed; fs-queue result 2999
      printf 'a b\\nc d\\n' | fs-queue add --each -- echo one > /dev/null; fs-queue work --drain; fs-queue result 3002
      """)
    #expect(result.text == "3000\ncompleted  3000\n2999\none c d\n", "\(result.text) \(result.errors)")
  }

  @Test func workersWakeWhenATaskIsAdded() throws {
    let result = try shell(
      """
      fs-queue work & worker=$!
      while [ -z "$(fs-queue workers --json 2>/dev/null)" ]; do :; done
      for i in 1 2 3; do start=$(date +%s%N); fs-queue add --wait -- true; echo $(( ($(date +%s%N) - start) / 1000000 )); done
      kill $worker; wait $worker
      """)
    #expect(
      result.lines.count == 3 && result.lines.contains { Int($0) ?? 9999 < 250 }, "\(result.text) \(result.errors)")
  }

  /// Two workers, one of which is killed again and again: every task ends, and no two runs of one overlap.
  @Test func killedWorkersLoseNothing() throws {
    let result = try shell(
      """
      mkdir runs
      seq 60 | fs-queue add --each -- sh -c 'echo "$FS_ATTEMPT s $(date +%s%N)" >> runs/$FS_TASK_ID; sleep 0.05; echo "$FS_ATTEMPT e $(date +%s%N)" >> runs/$FS_TASK_ID' x > /dev/null
      fs-queue work --workers 2 & keeper=$!
      for i in 1 2; do
        before=$(cat runs/* 2>/dev/null | wc -l)
        fs-queue work --workers 3 2>/dev/null & victim=$!
        while [ $(cat runs/* 2>/dev/null | wc -l) -le $before ] && [ "$(fs-queue status | awk '$1 == "pending" { print $2 }')" != 0 ]; do :; done
        kill -9 $victim; wait $victim
      done 2>/dev/null
      for i in $(seq 60); do fs-queue wait $i > /dev/null; done; kill $keeper; wait $keeper
      fs-queue status | grep -v ' 0$'; ls runs | wc -l
      """)
    #expect(result.text == "completed  60\n60\n", "\(result.text) \(result.errors)")
    for id in 1...60 {
      let lines = (Files.text("\(home.path)/runs/\(id)") ?? "").split(separator: "\n").map { $0.split(separator: " ") }
      var ends: [Int: Int] = [:]
      for line in lines where line.count == 3 {
        guard let attempt = Int(line[0]), let time = Int(line[2]) else { continue }
        if line[1] == "e" {
          ends[attempt] = time
        } else if let last = ends[attempt - 1] {
          #expect(last <= time, "task \(id): attempt \(attempt) began before the last one ended")
        }
      }
      #expect(lines.contains { $0.count == 3 && $0[1] == "e" })
    }
  }

  @Test func aWorkerThatIsToldToStopFinishesWhatRuns() throws {
    let result = try shell(
      """
      fs-queue add -- sh -c 'echo begun > begun; sleep 0.3; echo finished' > /dev/null; fs-queue add -- sh -c 'echo never' > /dev/null
      fs-queue work --workers 1 & worker=$!
      while [ ! -s begun ]; do :; done; kill $worker; wait $worker; echo "status $?"
      fs-queue result 1; fs-queue status 2 --json | grep -o '"status":"[a-z]*"'
      """)
    #expect(result.text == "status 143\nfinished\n\"status\":\"pending\"\n", "\(result.text) \(result.errors)")
  }

  @Test func manyAddersAtOnce() throws {
    let result = try shell(
      """
      for i in $(seq 40); do fs-queue add -- true & done | sort -n | uniq | wc -l; wait
      fs-queue status | grep pending
      """)
    #expect(result.text == "40\npending    40\n", "\(result.text) \(result.errors)")
  }

  @Test func whatATaskFinds() throws {
    let result = try shell(
      """
      export SECRET=x
      fs-queue add --env A=b -- sh -c 'echo $A $SECRET $FS_TASK_ID' > /dev/null
      fs-queue add --clean-env --env A=b --timeout 1h -- sh -c 'echo $A $SECRET $FS_TASK_ID; [ $FS_DEADLINE -gt $(date +%s) ] && echo due' > /dev/null
      fs-queue add -- sh -c 'echo "progress 0.25 a quarter" >&3; until [ -e go ]; do sleep 0.01; done' > /dev/null
      fs-queue add --retries 1 --delay 1h -- sh -c 'echo "retry-after 10ms" >&3; [ $FS_ATTEMPT = 2 ] || exit 75' > /dev/null
      fs-queue work --workers 2 & worker=$!
      until fs-queue status 3 --json | grep -q '"progress":0.25,"note":"a quarter"'; do sleep 0.01; done
      fs-queue logs -f --stdout 1; fs-queue result 2; fs-queue wait 4; echo $?; touch go; fs-queue wait 3
      kill -HUP $worker; wait $worker; echo $?
      """)
    #expect(result.text == "b x 1\nb 2\ndue\n0\n129\n", "\(result.text) \(result.errors)")
  }

  /// A crontab has a short PATH: what stands beside fs-queue is found all the same.
  @Test func toolsAreFoundFromCron() throws {
    let result = try shell(
      """
      fs-queue add -- fs-frame --version > /dev/null; tool=$(command -v fs-queue)
      env -i FS_QUEUE_HOME="$FS_QUEUE_HOME" PATH=/usr/bin:/bin "$tool" work --drain; echo $?; fs-queue result 1 | grep -c '[0-9]'
      """)
    #expect(result.text == "0\n1\n", "\(result.text) \(result.errors)")
  }

  @Test func outputIsShownAsItComes() throws {
    let result = try shell(
      """
      fs-queue work & worker=$!
      fs-queue add --wait -- sh -c 'echo one; until [ -s seen ]; do sleep 0.01; done; echo two; echo log >&2; exit 7' > out 2> log & adder=$!
      until grep -q one out; do sleep 0.01; done; echo seen > seen; wait $adder; echo $?; cat out log; kill $worker; wait $worker
      """)
    #expect(result.text == "7\none\ntwo\nlog\n", "\(result.text) \(result.errors)")
  }

  @Test func finishedTasksAreNotKeptForEver() throws {
    let result = try shell(
      """
      seq 20 | fs-queue add --each -- true > /dev/null; fs-queue add -- false > /dev/null; fs-queue work --drain --keep-completed never
      fs-queue work --keep-completed 0 --keep-failed never & worker=$!
      until [ "$(fs-queue list | wc -l)" = 2 ]; do sleep 0.02; done; kill $worker; wait $worker
      fs-queue list | tail -1 | awk '{ print $2 }'; fs-queue stats --json | grep -o '"total_submitted":21'
      """)
    #expect(result.text == "failed\n\"total_submitted\":21\n", "\(result.text) \(result.errors)")
  }

  @Test func keysOfLines() throws {
    let result = try shell(
      """
      seq 3 | fs-queue add --each --unique 'k {}' -- echo > /dev/null; seq 5 | fs-queue add --each --unique 'k {}' --if-exists ignore -- echo
      fs-queue add --each --unique k -- echo < /dev/null; echo $?; fs-queue list --json | grep -c '"unique":"k 5"'
      """)
    #expect(result.text == "1\n2\n3\n4\n5\n64\n1\n", "\(result.text) \(result.errors)")
  }

  @Test func wrongUseIsExplained() throws {
    #expect(try queue("add").status == 64)
    #expect(try queue("add", "--retries", "-1", "--", "true").status == 64)
    #expect(try queue("add", "--env", "x", "--", "true").errors.contains("name=value is expected"))
    #expect(try queue("add", "--cwd", "/no/such", "--", "true").status == 66)
    #expect(try queue("add", "--at", "tomorrow", "--", "true").status == 64)
    #expect(try queue("add", "--unique", "k", "--", "true").status == 0)
    let refused = try queue("add", "--unique", "k", "--", "true")
    #expect(refused.status == 75 && refused.errors.contains("task 1 with the unique key \"k\""), "\(refused.errors)")
    #expect(try queue("add", "--unique", "k", "--if-exists", "ignore", "--", "true").text == "1\n")
    #expect(try queue("cancel", "1").status == 0)
    #expect(try queue("cancel", "1").status == 1)
    #expect(try queue("wait", "1").status == 125)
    #expect(try queue("retry", "7").errors.contains("there is no task 7"))
    let nowhere = try Run.tool("fs-queue", ["status", "--queue", "/dev/null/q"])
    #expect(nowhere.status == 73 && nowhere.errors.contains("cannot create"), "\(nowhere.errors)")
  }
}
