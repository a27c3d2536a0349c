import TestSupport
import Testing

/// Input that made tools hang, take the memory of the machine, or do what others want.
@Suite struct HostileInputTests {
  private let home = TemporaryFolder()

  private func shell(_ script: String) throws -> Run.Result {
    try Run.shell(
      script, folder: home.path, environment: ["FINSTAGE_HOME": home.path + "/home", "FS_QUEUE_HOME": home.path + "/q"])
  }

  @Test func numbersNearZeroEnd() throws {
    let result = try shell(
      """
      printf '{"a":1e-307}\\n' | timeout 20 fs-frame describe | grep -c 1e-307
      for i in 1 2 3; do printf '{"symbol":"A","ts":"2024-01-0%s","close":%se-323}\\n' $i $i; done | timeout 20 fs-frame plot A -o x.svg; echo $?
      """)
    #expect(result.text == "1\n0\n", "\(result.text) \(result.errors)")
  }

  @Test func manyFieldsAreRefusedSoon() throws {
    let result = try shell(
      """
      awk 'BEGIN { for (i = 0; i < 8000; i++) printf "{\\"k%d\\":1}\\n", i }' > many
      (ulimit -v 2000000; timeout 60 fs-frame convert many); echo $?
      awk 'BEGIN { for (i = 0; i < 4000; i++) printf "{\\"k%d\\":1}\\n", i }' > most
      (ulimit -v 4000000; timeout 60 fs-frame convert most | wc -l)
      """)
    #expect(result.text == "65\n4000\n", "\(result.text) \(result.errors)")
    #expect(result.errors.contains("more than 4096 different fields"), "\(result.errors)")
  }

  /// What a worker had started before it became one is none of its tasks'.
  @Test func othersChildrenAreLeftAlone() throws {
    let result = try shell(
      """
      fs-queue add -- true > /dev/null
      bash -c 'sleep 300 & echo $! > pid; exec fs-queue work --drain'; kill -0 $(cat pid) && echo alive; kill $(cat pid)
      """)
    #expect(result.text == "alive\n", "\(result.text) \(result.errors)")
  }

  @Test func aStateIsNotWaitedForEndlessly() throws {
    let result = try shell(
      """
      printf '{"symbol":"A","ts":"2024-01-02","close":1}\\n' > bars; fs-indicators --sma 1 --state st bars > /dev/null
      flock st sleep 300 & sleep 0.2; timeout 60 fs-indicators --sma 1 --state st bars; echo $?; kill $!; pkill -P $! sleep
      """)
    #expect(
      result.text == "75\n" && result.errors.contains("another process has had this state"),
      "\(result.text) \(result.errors)")
  }

  @Test func zeroBytesAreRefused() throws {
    let result = try shell(
      """
      printf '[{"command":["printf","a\\\\u0000b"]}]' > c; fs-queue add --chain c; echo $?
      printf '[{"command":["true"],"env":{"A":"x\\\\u0000y"}}]' > c; fs-queue add --chain c; echo $?
      """)
    #expect(result.text == "65\n65\n", "\(result.text) \(result.errors)")
  }

  @Test(arguments: [
    "x: 0 0 9 * * 1-5 cmd", "x: 0 0 9 * * ? cmd", "x: 0 0 9 * * 1 cmd", "x: every 5m --retries 3 cmd",
    "x: @daily 5 cmd",
  ]) func slipsOfSchedulesAreNamed(_ line: String) throws {
    let result = try shell("echo '\(line)' | fs-queue schedule --file - --check")
    #expect(
      result.status == 65 && result.errors.contains("stands where the command begins"),
      "\(result.text) \(result.errors)")
  }

  @Test func commandsOfOthersAreNotRun() throws {
    let result = try shell(
      """
      printf 'channel c exec:true\\nrule r\\n when close > 1\\n to c\\n' > r; echo '[{"command":["true"]}]' > c; echo 'x: @daily true' > j
      chmod 666 r c j
      fs-alert --rules r < /dev/null; echo $?; fs-queue add --chain c; echo $?; fs-queue schedule --file j; echo $?
      chmod 644 r c j; fs-alert --rules r < /dev/null; echo $?; fs-queue add --chain c; fs-queue schedule --file j > /dev/null; echo $?
      """)
    #expect(result.text == "78\n78\n78\n0\n1\n0\n", "\(result.text) \(result.errors)")
  }

  /// A person who looks at a result does not give the terminal to the task.
  @Test func resultsDoNotCommandTheTerminal() throws {
    _ = try shell(
      "fs-queue add -- printf '\\033]0;evil\\007\\033[31mred\\033[0m\\n' > /dev/null; fs-queue work --drain")
    let terminal = try Terminal(
      ["fs-queue", "result", "1"],
      environment: ["PATH": "\(Run.binaries):/usr/bin:/bin", "FS_QUEUE_HOME": home.path + "/q", "TERM": "xterm"],
      folder: home.path)
    #expect(terminal.shows(["red"]), "\(terminal.screen)")
    #expect(terminal.screen.contains("?]0;evil?\u{1B}[31mred\u{1B}[0m"), "\(terminal.screen)")
    #expect(try shell("fs-queue result 1").text == "\u{1B}]0;evil\u{7}\u{1B}[31mred\u{1B}[0m\n")
  }
}
