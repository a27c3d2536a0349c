#!/bin/sh
# Fuzzes parsers with libFuzzer and the address sanitizer: run.sh SECONDS [TARGET...]. What is found stays in .build-fuzz/TARGET/.
set -eu
cd "$(dirname "$0")/../.."
seconds=$1
shift
build=.build-fuzz
mkdir -p $build
if ! swift build --build-path $build -c release --product finstage-fuzz \
  -Xswiftc -use-ld=lld -Xswiftc -enable-testing -Xswiftc -DFUZZ -Xswiftc -sanitize=fuzzer,address > $build/build.log 2>&1; then
  tail -20 $build/build.log >&2
  echo "this toolchain cannot build fuzzers: install one with libFuzzer" >&2
  exit 69
fi
fuzz=$build/release/finstage-fuzz
[ $# -gt 0 ] || set -- ndjson csv arrow parquet gzip state expression rules jobs task xml answer websocket http redis metrics store
failed=0
for target in "$@"; do
  folder=$build/$target
  mkdir -p "$folder/corpus" "$folder/seeds"
  for place in $(FUZZ_TARGET=$target $fuzz --seeds); do
    find "$place" -type f -size -64k ! -name '*.sh' -exec cp {} "$folder/seeds/" \;
  done
  [ ! -d "Tests/Fuzz/seeds/$target" ] || cp Tests/Fuzz/seeds/"$target"/* "$folder/seeds/"
  # Traps leave their input; so do more than 2 GiB, and more than 10 s.
  if ! FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 "$fuzz" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -artifact_prefix="$folder/" -print_final_stats=1 \
    "$folder/corpus" "$folder/seeds" > "$folder/log" 2>&1; then
    failed=1
    echo "$target: found $(grep -o 'Test unit written to .*' "$folder/log" | tail -1)"
    grep -m3 -E 'ERROR|Fatal error|SUMMARY' "$folder/log" || true
  else
    echo "$target: $(grep -o 'stat::number_of_executed_units: .*' "$folder/log" | grep -o '[0-9]*$') runs, nothing found"
  fi
done
exit $failed
