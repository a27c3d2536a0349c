import FinstageSystem
import TestSupport
import Testing

/// What a field trial of the queue found.
@Suite struct QueueTrialTests {
  private let home = TemporaryFolder()

  private func shell(_ script: String) throws -> Run.Result {
    try Run.shell(script, folder: home.path, environment: ["FS_QUEUE_HOME": home.path + "/q"])
  }

  /// A process that was stopped with the lock in its hand.
  @Test func nobodyWaitsForTheStopped() throws {
    let result = try shell(
      """
      fs-queue add -- true > /dev/null
      perl -e 'open(L, "+<", "q/queue.db.lock"); flock(L, 2); open(H, ">", "held"); print H "held"; close(H); kill "STOP", $$' & until [ -s held ]; do sleep 0.01; done
      for c in status list 'status 1' workers stats 'dashboard --once' schedule 'doctor'; do
        timeout 5 fs-queue $c > /dev/null 2>&1; [ $? = 124 ] && echo "$c hangs"; done
      timeout 30 fs-queue add -- true 2> err; echo $?; grep -c '(perl, stopped) has' err; grep -c 'kept the lock' err
      kill -CONT $!; wait; fs-queue add -- true
      """)
    #expect(result.text == "75\n1\n1\n2\n", "\(result.text) \(result.errors)")
  }

  /// What a task has started is known by its variables, so a queue has one name, whatever it is called by.
  @Test func aQueueHasOneNameWhateverItIsCalled() throws {
    let result = try shell(
      """
      mkdir real; ln -s real link; mkdir d
      for q in real link d/../link/ ./real/. $PWD/link link/new/q real/new/q; do
        i=$(fs-queue add --queue $q -- sh -c 'echo $FS_QUEUE_HOME'); fs-queue work --queue $q --drain; fs-queue result --queue $q $i; done | sort | uniq -c |
        sed "s|$PWD|.|"
      """)
    #expect(
      result.lines.map { $0.split(separator: " ") } == [["5", "./real"], ["2", "./real/new/q"]],
      "\(result.text) \(result.errors)")
  }

  @Test func aResultGoesToAFileWholeOrNotAtAll() throws {
    let result = try shell(
      """
      i=$(fs-queue add -- sh -c 'head -c 3000000 /dev/zero; printf end'); fs-queue work --drain
      fs-queue result $i -o out.bin; wc -c < out.bin; tail -c 3 out.bin; fs-queue result 99 -o none; echo $?; ls none; fs-queue result $i -o /dev/full; echo $?
      """)
    #expect(result.text.filter { !$0.isWhitespace } == "3000003end6674", "\(result.text) \(result.errors)")
  }

  /// Who waits for what does not begin is told why.
  @Test func whoWaitsIsToldWhyNothingBegins() throws {
    let result = try shell(
      """
      fs-queue work & w=$!
      fs-queue wait $(fs-queue add -- true)
      a=$(fs-queue add --paused -- true); b=$(fs-queue add --after $a -- true)
      fs-queue group g --pause; c=$(fs-queue add --group g -- true); d=$(fs-queue add --on gpu -- true)
      for i in $a $b $c $d; do fs-queue wait --timeout 900ms $i; echo $?; done
      fs-queue pause; fs-queue wait --timeout 900ms $(fs-queue add -- true); echo $?
      kill $w; wait $w
      """)
    #expect(result.lines == ["75", "75", "75", "75", "75"], "\(result.text)")
    for words in [
      "task 2 is paused (fs-queue release 2)", "task 3 waits for task 2, which is paused", "group g is paused",
      "--host-tag gpu; there is none", "the queue is paused",
    ] { #expect(result.errors.contains(words), "\(words): \(result.errors)") }
  }

  @Test func bytesAreBytes() throws {
    let result = try shell(
      """
      x=$(printf 'caf\\351'); mkdir "$x"; echo data > "$x/$x.csv"; private=$(printf 'a\\364\\217\\272\\251z')
      a=$(fs-queue add -- printf %s "$x"); b=$( (cd "$x"; ls) | fs-queue add --each -- printf %s); c=$(cd "$x"; fs-queue add -- cat "$x.csv")
      d=$(fs-queue add --env "A=$x" -- sh -c 'printf %s "$A"'); e=$(fs-queue add -- sh -c 'printf %s "$W"'); f=$(fs-queue add -- printf %s "$private")
      g=$(fs-queue add --cwd "$x" -- sh -c 'ls')
      W=$x fs-queue work --drain
      for i in $a $b $c $d $e $f $g; do fs-queue result $i | od -An -tx1 | tr -d ' \\n'; echo; done
      printf 'a\\nb\\0c\\n' | fs-queue add --each -- printf %s; echo $?; fs-queue list --json | wc -l
      fs-frame convert "$x/$x.csv" | wc -l
      """)
    #expect(
      result.lines == [
        "636166e9", "636166e92e637376", "646174610a", "636166e9", "636166e9", "61f48fbaa97a", "636166e92e6373760a",
        "65", "7", "0",
      ], "\(result.text) \(result.errors)")
    #expect(result.errors.contains("<stdin>:2:2: a zero byte"), "\(result.errors)")
  }

  /// A task has no terminal, not even that of its worker: what asks there for a password fails at once.
  @Test func tasksHaveNoTerminal() throws {
    let result = try shell(
      """
      a=$(fs-queue add -- sh -c 'read x < /dev/tty'); b=$(fs-queue add -- sh -c 'ps -o sid= -p $$ | tr -d " "; echo $$')
      timeout 20 script -qec 'fs-queue work --drain' /dev/null > /dev/null < /dev/null
      fs-queue status $a --json | grep -o '"status":"[a-z]*"'; fs-queue result $b | sort -u | wc -l
      """)
    #expect(result.text == "\"status\":\"failed\"\n1\n", "\(result.text) \(result.errors)")
  }

  @Test(arguments: [
    ("x: every 5 minutes -- report.sh", "\"every\" needs a span"),
    ("every 5m retries 3 -- cmd", "\"retries\" stands where the command begins, and is an option"),
    ("every 1s timeout 5 echo hi", "\"timeout\" stands where the command begins"),
    ("0 0 9 * * * -- cmd", "\"*\" stands where the command begins, and is a sixth field"),
    ("every 5m minutes -- cmd", "is a unit"),
    ("every 5m on_failure=\"a b -- cmd", "does not end with it"),
  ]) func slipsAreRefused(_ line: String, _ message: String) throws {
    Files.write(Array((line + "\n").utf8), to: home.path + "/jobs")
    let result = try shell("fs-queue schedule load --file jobs; echo $?")
    #expect(result.text == "65\n" && result.errors.contains(message), "\(result.text) \(result.errors)")
  }

  @Test func commandsThatLookLikeOptionsCanBeMeant() throws {
    let result = try shell(
      """
      printf 'a: every 5m -- timeout 5 echo hi\\nb: every 5m git log -- file\\nc: every 5m on_failure="mail -s x me" X=1 env\\n' > jobs
      fs-queue schedule load --file jobs > /dev/null && fs-queue schedule list --json | grep -c every
      """)
    #expect(result.text == "3\n", "\(result.text) \(result.errors)")
  }

  /// From a schedule, a time-out, and a command of the queue's own.
  @Test func somebodyIsTold() throws {
    let result = try shell(
      """
      printf 'x: every 1s timeout=200ms overlap=skip on_failure="echo $FS_FAILED_REASON $FS_FAILED_STATUS $FS_FAILED_SCHEDULE > told" -- sleep 30\\n' > jobs
      fs-queue schedule load --file jobs > /dev/null
      fs-queue work & until [ -s told ]; do sleep 0.02; done; fs-queue schedule remove x > /dev/null; kill $!; wait; cat told
      fs-queue on-failure 'cat > log; echo $FS_FAILED_ID $FS_FAILED_COMMAND > all'; fs-queue on-failure
      id=$(fs-queue add -- sh -c 'echo out; echo bad >&2; exit 4'); fs-queue work --drain; cat log; [ "$(cat all)" = "$id sh -c echo out; echo bad >&2; exit 4" ] && echo named
      rm all; fs-queue add --on-failure '' -- false > /dev/null; fs-queue work --drain; ls all 2>/dev/null
      fs-queue on-failure --none; fs-queue add -- false > /dev/null; fs-queue work --drain; ls all 2>/dev/null; fs-queue on-failure
      """)
    #expect(
      result.lines.dropFirst() == ["cat > log; echo $FS_FAILED_ID $FS_FAILED_COMMAND > all", "bad", "named"],
      "\(result.text) \(result.errors)")
    #expect(result.lines.first?.hasSuffix("124 x") == true, "\(result.text)")
  }

  /// What made a task fail does not make the alarm fail.
  @Test func alarmsStandOnTheirOwn() throws {
    let result = try shell(
      """
      mkdir gone; fs-queue on-failure 'wc -c; echo told'; fs-queue add --cwd gone -- false > /dev/null; rmdir gone
      fs-queue add --env PATH=/nowhere -- /bin/false > /dev/null
      fs-queue add -- sh -c 'head -c 100000 /dev/zero >&2; exit 3' > /dev/null
      fs-queue work --drain --output-limit 64KiB; fs-queue list --json | grep -c '"status":"completed"'
      for i in 4 5 6; do fs-queue result $i; done | sort | uniq -c | sed 's/^ *//'
      """)
    #expect(result.text == "3\n2 0\n1 16384\n3 told\n", "\(result.text) \(result.errors)")
  }

  @Test func whatAUserIsTold() throws {
    let result = try shell(
      """
      a=$(fs-queue add -- true); b=$(fs-queue add --after $a -- true)
      fs-queue list | grep -c "waiting for task $a"
      for c in "wait $a" "add --wait -- true" "logs -f $a"; do timeout 1.5 fs-queue $c 2>&1 > /dev/null | grep -c 'no worker'; done
      fs-queue work --drain; fs-queue add -- false > /dev/null; fs-queue work --drain; fs-queue purge --older 0s --state completed > /dev/null
      fs-queue stats | grep 'success rate' | tr -s ' '
      """)
    #expect(result.text == "1\n1\n1\n1\nsuccess rate 75 %\n", "\(result.text) \(result.errors)")
  }

  /// A daemon leaves its session and closes its descriptors; at the end of its task it may be about to become another program, or its
  /// parent may live a moment longer than the task.
  @Test func daemonsAreFound() throws {
    let result = try shell(
      """
      cat > daemon.pl <<'P'
      use POSIX; fork and exit; POSIX::setsid(); fork and do { select(undef, undef, undef, 0.002); exit }; POSIX::close($_) for 0..1023;
      open(D, ">", "daemon.$ARGV[0]"); print D "$$\\n"; close(D); exec "sleep", "300";
      P
      seq 40 | fs-queue add --each -- sh -c "perl daemon.pl {}; until [ -s daemon.{} ]; do :; done" > /dev/null
      fs-queue work --drain --workers 4
      for i in $(cat daemon.[0-9]*); do kill -9 $i 2>/dev/null && echo left; done
      ls daemon.[0-9]* | wc -l
      """)
    #expect(result.text == "40\n", "\(result.text) \(result.errors)")
  }
}

/// What can be changed in a living queue.
@Suite struct QueueChangeTests {
  private let home = TemporaryFolder()

  private func shell(_ script: String) throws -> Run.Result {
    try Run.shell(script, folder: home.path, environment: ["FS_QUEUE_HOME": home.path + "/q"])
  }

  @Test func tasksArePausedEditedAndReleased() throws {
    let result = try shell(
      """
      fs-queue add --paused -- echo old > /dev/null; fs-queue add --after 1 -- echo child > /dev/null
      fs-queue work --drain; fs-queue status 1 --json | grep -o '"status":"[a-z]*"'
      fs-queue status 2 --json | grep -o '"waiting_for_tasks":\\[1\\]'
      fs-queue edit 1 --set timeout=5m --set 'tags=["x"]' -- printf 'new %s' word; fs-queue edit 1 --set retries=many; echo $?
      EDITOR="sed -i s/new/very/" script -qec 'fs-queue edit 1' /dev/null > /dev/null < /dev/null; fs-queue edit 7 --set retries=1; echo $?
      fs-queue priority high 1 2; fs-queue release 1; fs-queue work --drain; fs-queue result 1; echo; fs-queue edit 1 -- x; echo $?
      fs-queue list --json | grep -c '"priority":"high"'
      """)
    #expect(
      result.lines == [
        #""status":"paused""#, #""waiting_for_tasks":[1]"#, "65", "66", "very word", "69", "2",
      ], "\(result.text) \(result.errors)")
    #expect(result.errors.contains("\"retries\" must be 0 to 1000"), "\(result.errors)")
  }

  @Test func runningTasksStopAndGoOn() throws {
    let result = try shell(
      """
      fs-queue add -- sh -c 'until [ -e go ]; do sleep 0.01; done' > /dev/null; fs-queue work --workers 1 & w=$!
      until fs-queue status 1 --json | grep -q running; do sleep 0.02; done
      p=$(fs-queue workers --json | grep -o '"pid":[0-9]*' | cut -d: -f2)
      t=$(cat /proc/$p/task/$p/children | tr -d ' ')
      state() { sed 's/.*) //' /proc/$t/stat | cut -c1; }
      fs-queue pause 1; until [ $(state) = T ]; do sleep 0.01; done; fs-queue list | grep -c '(paused)'
      fs-queue resume 1; until [ $(state) != T ]; do sleep 0.01; done; echo goes
      fs-queue add -- true > /dev/null; fs-queue workers --slots 2 $p; fs-queue wait 2; echo $?
      touch go; fs-queue wait 1; kill $w; wait
      fs-queue workers --slots 3; echo $?; fs-queue follow 1; echo $?
      """)
    #expect(result.text == "1\ngoes\n0\n69\n64\n", "\(result.text) \(result.errors)")
    #expect(result.errors.contains("did you mean logs -f?"), "\(result.errors)")
  }

  /// A task that expires or dies has failed as well.
  @Test func drainTellsOfTasksThatNeverRan() throws {
    let result = try shell(
      "fs-queue add --expires 10ms -- true > /dev/null; sleep 0.05; fs-queue work --drain; echo $?; fs-queue work --drain; echo $?"
    )
    #expect(result.text == "1\n0\n", "\(result.text) \(result.errors)")
  }
}
