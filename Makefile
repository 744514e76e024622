# kubehop's build, test and development commands. A fresh machine needs rustup, a C compiler, Node and make.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
# Further arguments for kubehop, for example: make run ARGS="--listen 127.0.0.1:4000"
ARGS ?=
# The system's Chromium is used where there is one, so npm must not download its own.
NPM_CI := PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
NPM := end2end/node_modules/.stamp
PLAYWRIGHT := KUBEHOP_BIN=$(TARGET)/debug/kubehop npx playwright test
CLIPPY := -- -D warnings

.PHONY: help
help: ## List the commands
	@sed -nE 's/^([a-z]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

# Dev profiles: a new user sees the page in half the time that a release takes to build.
.PHONY: run
run: debug ## Build kubehop and start it on the sandbox; it prints the address (ARGS="--listen 127.0.0.1:4000")
	@$(TARGET)/debug/kubehop --sandbox $(ARGS)

.PHONY: build
build: rust $(NPM) ## Build target/release/kubehop, one file that holds the site too
	cargo xtask site --release
	cargo build --release -p server

# The image's binary is linked statically with musl, because the image has no libraries. PROFILE=tested, for an image that is only
# tested, takes a tenth of the time.
MUSL := $(shell uname -m)-unknown-linux-musl
IMAGE := $(TARGET)/kubehop.oci.tar
PROFILE ?= release
.PHONY: image
image: rust $(NPM) ## Build target/kubehop.oci.tar, an image of kubehop alone (needs musl-gcc; no container engine)
	@end2end/scripts/need.sh musl
	rustup target add $(MUSL)
	cargo xtask site --release
	CC_$(subst -,_,$(MUSL))=musl-gcc cargo build --profile $(PROFILE) -p server --target $(MUSL)
	deploy/image.sh $(TARGET)/$(MUSL)/$(PROFILE)/kubehop $(TARGET)/site $(IMAGE)

.PHONY: dev
dev: rust ## Run kubehop on the sandbox, rebuilt and restarted after each edit
	cargo xtask dev $(ARGS)

.PHONY: test
test: rust $(NPM) ## Run the unit and integration tests, and the browser tests on the sandbox
	cargo test
	cargo test -p xtask
	node --test $(wildcard end2end/netlab/*.test.mjs end2end/dnslab/*.test.mjs end2end/golden/*.test.mjs)
	$(MAKE) --no-print-directory debug
	chromium=$$(end2end/scripts/chromium.sh); cd end2end; KUBEHOP_CHROMIUM=$$chromium $(PLAYWRIGHT) --project=sandbox

# The commit to compare with, for example: make check SINCE=main
SINCE ?=
.PHONY: check
check: rust ## Check format, lints and unit tests of what has changed, in under a minute (SINCE=main)
	end2end/scripts/check.sh $(SINCE)

# Tests that take too long for every change, or that look for new failing cases. Each prints its seed.
MINUTES ?= 30
.PHONY: nightly
nightly: rust $(NPM) ## Look further, with new seeds: random tests, bad input, packets, dependencies (needs what conformance and fuzz need; MINUTES=30)
	seed=$${KUBEHOP_SEED:-$$RANDOM$$RANDOM}; echo "random tests: KUBEHOP_SEED=$$seed"; KUBEHOP_SEED=$$seed cargo test --quiet
	$(MAKE) --no-print-directory deps
	$(MAKE) --no-print-directory fuzz FUZZ="--minutes 5"
	$(MAKE) --no-print-directory dnslab NAMES="--minutes $$(( ($(MINUTES) + 5) / 6 ))"
	$(MAKE) --no-print-directory netlab LAB="--minutes $(MINUTES)"

# The commit whose answers are expected, and further arguments of the comparison, for example: make golden BASE=main GOLDEN="--only trials
# --show 10"
BASE ?= e94c266
GOLDEN ?=
.PHONY: golden
golden: rust ## Compare what kubehop answers with what it answered at an earlier commit (BASE=e94c266; GOLDEN="--show 10")
	@end2end/scripts/need.sh node
	cargo build -p server
	base=$$(end2end/golden/base.sh $(BASE) $(TARGET)/golden) && node end2end/golden/run.mjs --base "$$base" --binary $(TARGET)/debug/kubehop $(GOLDEN)

.PHONY: conformance
conformance: ## Hold kubehop against a real control plane, a real CoreDNS and real packets (needs Go, musl-tools and root)
	@if end2end/scripts/need.sh conformance; then $(MAKE) --no-print-directory control-plane dnslab netlab LAB="--seed 20261130" NAMES="--seed 20261130"; else [ "$${CI:-}" != true ]; fi

.PHONY: control-plane
control-plane: $(NPM)
	$(MAKE) --no-print-directory image PROFILE=tested
	$(MAKE) --no-print-directory debug
	node end2end/control-plane/build.mjs
	chromium=$$(end2end/scripts/chromium.sh); cd end2end; KUBEHOP_CHROMIUM=$$chromium KUBEHOP_IMAGE=$(IMAGE) $(PLAYWRIGHT) --project=control-plane

# Further arguments for the laboratory, for example: make netlab LAB="--minutes 60"
LAB ?=
.PHONY: netlab
netlab: debug ## Hold kubehop trace against real packets through real kube-proxies (needs Go and root; LAB="--minutes 60")
	node end2end/control-plane/build.mjs
	KUBEHOP_BIN=$(TARGET)/debug/kubehop node end2end/netlab/run.mjs $(LAB)

# Further arguments for the laboratory of names, for example: make dnslab NAMES="--minutes 60"
NAMES ?=
.PHONY: dnslab
dnslab: debug ## Hold the names that kubehop trace answers against a real CoreDNS (needs Go; NAMES="--minutes 60")
	node end2end/control-plane/build.mjs
	KUBEHOP_BIN=$(TARGET)/debug/kubehop node end2end/dnslab/run.mjs $(NAMES)

# The shards to run, for example: make mutants SHARDS="0-3"
SHARDS ?=
.PHONY: mutants
mutants: rust ## Change the resolver in some thousand ways, and expect a unit test to notice each (hours; SHARDS="0-3"; goes on where it was)
	end2end/scripts/mutants.sh $(SHARDS)

# Further arguments for the fuzzer, for example: make fuzz FUZZ="question filter --minutes 10"
FUZZ ?=
.PHONY: fuzz
fuzz: rust ## Look for bad input that no test has, a minute for each decoder and route (needs nightly Rust; FUZZ="question --minutes 10")
	@end2end/scripts/need.sh fuzz
	fuzz/run.sh $(FUZZ)

# Further arguments for the benchmark, for example: make bench BENCH="--only real --only motion"
BENCH ?=
.PHONY: bench
bench: build tracebench ## Measure kubehop against its budgets, about half an hour (needs Go; BENCH="--only real")
	node end2end/control-plane/build.mjs
	chromium=$$(end2end/scripts/chromium.sh); cd end2end; KUBEHOP_CHROMIUM=$$chromium KUBEHOP_BIN=$(TARGET)/release/kubehop node bench/run.mjs $(BENCH)

.PHONY: faults
faults: $(NPM) ## Break kubehop's cluster, network and clients, and write what that cost to end2end/bench/FAULTS.md (needs Go; root for the limits)
	$(MAKE) build
	$(MAKE) debug
	node end2end/control-plane/build.mjs
	chromium=$$(end2end/scripts/chromium.sh); cd end2end; KUBEHOP_CHROMIUM=$$chromium KUBEHOP_BIN=$(TARGET)/debug/kubehop KUBEHOP_RELEASE=$(TARGET)/release/kubehop node bench/faults.mjs

.PHONY: tracebench
tracebench: rust ## Measure what one trace costs, natively and in WebAssembly
	end2end/bench/trace.sh

.PHONY: size
size: rust $(NPM) ## Check the download budget of the page
	cargo xtask site --release
	cargo xtask size

# One run of clippy per set of features: the sets together would build most crates a second time.
.PHONY: lint
lint: rust ## Check the format and run clippy on every crate and target
	cargo fmt --all --check
	cargo clippy --all-targets $(CLIPPY)
	cargo clippy -p xtask --all-targets $(CLIPPY)
	cargo clippy -p app --no-default-features --features browser,split --target wasm32-unknown-unknown $(CLIPPY)

.PHONY: deps
deps: rust ## Check licences, sources, bans and advisories of the dependencies, and that all are used
	end2end/scripts/deps.sh

.PHONY: fmt
fmt: rust ## Format the code
	cargo fmt --all

.PHONY: clean
clean: ## Remove what was built, but for the control plane's tools in end2end/.cache
	rm -rf target end2end/node_modules end2end/test-results end2end/playwright-report

# The remaining targets are steps of the commands above.

.PHONY: debug
debug: rust
	cargo xtask site
	cargo build -p server

.PHONY: rust
rust:
	@end2end/scripts/need.sh rust

$(NPM): end2end/package.json end2end/package-lock.json
	@end2end/scripts/need.sh node
	cd end2end && $(NPM_CI)
	@touch $@
