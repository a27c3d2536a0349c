# finstage: `make demo` on a fresh machine with Swift, then `make test`.

TOOLS = fs-fetch fs-frame fs-indicators fs-queue fs-alert fs-stream fs-metrics
SHELLS = bash zsh fish
PREFIX ?= /usr/local
DESTDIR ?=
BIN = .build/release
# On Linux the Swift runtime is linked in; macOS has its own.
STATIC = $(if $(filter Linux,$(shell uname)),--static-swift-stdlib,)
# Nothing is looked for beside the executables, what the loader has bound cannot be changed, and nothing is offered to other libraries: half a megabyte less.
HARDENED = $(if $(filter Linux,$(shell uname)),-Xswiftc -no-toolchain-stdlib-rpath -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now -Xlinker --icf=safe -Xlinker --no-export-dynamic,)
SWIFT_BUILD = swift build -c release --disable-local-rpath $(STATIC) $(HARDENED)

.PHONY: all demo build test cluster-test cluster-torture interop torture fuzz tsan lint bench docs install uninstall clean deps

all: build

# The main job on the sample data: no network needed.
demo: build
	@sh samples/quickstart.sh

# Release executables: the Swift runtime linked in, stripped.
build: deps
	@for tool in $(TOOLS); do $(SWIFT_BUILD) --product $$tool || exit 1; done
	@for tool in $(TOOLS); do strip $(BIN)/$$tool || exit 1; done

# Everything that CI runs: style, units, formats, whole pipelines of the release executables.
test: build lint
	FINSTAGE_BIN="$(CURDIR)/$(BIN)" swift test

# What needs servers: PostgreSQL, a pooler before it, Redis or Valkey. They are installed if they are missing (apt-get as root), started in a temporary folder
# as an ordinary user, and stopped.
cluster-test: build
	@sh .ci/servers.sh
	swift build --build-tests
	FINSTAGE_BIN="$(CURDIR)/$(BIN)" Tests/Cluster/servers.sh swift test --skip-build --filter 'FinstageQueueTests|FinstageRedisTests|Cluster'
	FINSTAGE_BIN="$(CURDIR)/$(BIN)" Tests/Cluster/servers.sh Tests/Torture/cluster.sh $(or $(TORTURE_SECONDS),60)

# The same torture for ten minutes: workers of four machines, adders and PostgreSQL itself are killed, connections cut, answers swallowed.
cluster-torture: build
	FINSTAGE_BIN="$(CURDIR)/$(BIN)" Tests/Cluster/servers.sh Tests/Torture/cluster.sh 600

# Files of pyarrow, Polars and DuckDB read, and ours read by them; they are installed from PyPI into .build/interop.
interop: build
	test -x .build/interop/bin/python || python3 -m venv .build/interop
	.build/interop/bin/python -c 'import pyarrow, polars, duckdb, pandas, pytz' 2>/dev/null || \
	  .build/interop/bin/pip install -q pyarrow polars duckdb pandas pytz
	.build/interop/bin/python Tests/Interop/interop.py $(BIN)/fs-frame

# Workers, tasks and adders of a queue are killed at random for ten minutes.
torture: build
	FINSTAGE_BIN="$(CURDIR)/$(BIN)" Tests/Torture/queue.sh 600

# Every parser against bytes that nobody expects, FUZZ_SECONDS each; FUZZ names some.
fuzz: deps
	Tests/Fuzz/run.sh $(or $(FUZZ_SECONDS),60) $(FUZZ)

# The unit tests under the thread sanitizer.
tsan: deps
	swift test --build-path .build-tsan --sanitize=thread --skip PipelineTests

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

# Ratios against whatever of duckdb, polars, mlr and jq is installed. BENCH names some benchmarks; none is all of them.
bench: build
	swift build -c release --product finstage-bench
	$(BIN)/finstage-bench $(BENCH)

# Manual pages and completions, from the parsers' own definitions.
docs: build
	@mkdir -p man completions
	@for tool in $(TOOLS); do \
	  $(BIN)/$$tool --generate-manual > man/$$tool.1 || exit 1; \
	  for shell in $(SHELLS); do \
	    $(BIN)/$$tool --generate-completion-script $$shell > completions/$$tool.$$shell || exit 1; \
	  done; \
	done

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1" \
	  "$(DESTDIR)$(PREFIX)/share/finstage/samples/bars" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	for tool in $(TOOLS); do \
	  install -m 755 $(BIN)/$$tool "$(DESTDIR)$(PREFIX)/bin/$$tool" && \
	  install -m 644 man/$$tool.1 "$(DESTDIR)$(PREFIX)/share/man/man1/$$tool.1" && \
	  install -m 644 completions/$$tool.bash "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$tool" && \
	  install -m 644 completions/$$tool.zsh "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_$$tool" && \
	  install -m 644 completions/$$tool.fish "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/$$tool.fish" \
	  || exit 1; \
	done
	install -m 644 samples/jobs.conf "$(DESTDIR)$(PREFIX)/share/finstage/samples"
	install -m 644 samples/bars/*.ndjson.gz "$(DESTDIR)$(PREFIX)/share/finstage/samples/bars"

uninstall:
	for tool in $(TOOLS); do \
	  rm -f "$(DESTDIR)$(PREFIX)/bin/$$tool" "$(DESTDIR)$(PREFIX)/share/man/man1/$$tool.1" \
	    "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$tool" \
	    "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_$$tool" \
	    "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/$$tool.fish"; \
	done
	rm -rf "$(DESTDIR)$(PREFIX)/share/finstage"

clean:
	rm -rf .build

# The three C libraries: installed with apt-get where there is one, otherwise named.
deps:
	@sh .ci/deps.sh
