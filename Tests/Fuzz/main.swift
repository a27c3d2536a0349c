import FinstageSystem

// With libFuzzer (see run.sh): FUZZ_TARGET names the parser, the arguments are libFuzzer's. Without: each named file is an input, as
// for the files that the fuzzer leaves behind.

setenv("FINSTAGE_HOME", "/nonexistent", 1)
guard let name = getenv("FUZZ_TARGET").map({ String(cString: $0) }),
  let target = FuzzTarget.all.first(where: { $0.name == name })
else {
  print("FUZZ_TARGET must be one of: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
  exit(64)
}
if CommandLine.arguments.dropFirst() == ["--seeds"] {
  print(target.seeds.joined(separator: "\n"))
  exit(0)
}

#if FUZZ
  nonisolated(unsafe) var chosen = target

  @_silgen_name("LLVMFuzzerRunDriver")
  func runFuzzer(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
  ) -> Int32

  var count = CommandLine.argc
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
  exit(
    runFuzzer(&count, &arguments) { bytes, count in
      chosen.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
      return 0
    })
#else
  for path in CommandLine.arguments.dropFirst() {
    guard let bytes = FileContent.bytes(path) else {
      print("\(path): \(systemErrorText(errno))")
      exit(66)
    }
    print("\(path): \(bytes.count) bytes")
    target.run(bytes)
  }
#endif
