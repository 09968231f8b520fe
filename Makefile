# Set-up, build and tests of connector-tencent-sms-wasm. `make` lists the targets.
#
# Each target first sets up what it needs, once: tools in .tools/, npm packages in node_modules/. A file in
# .tools/ready/ marks each tool that is installed. Its name contains the version, and it depends on the script
# that made it.

WASM_PACK_VERSION := 0.15.1
CARGO_FUZZ_VERSION := 0.13.2
CARGO_DENY_VERSION := 0.20.2
CARGO_CYCLONEDX_VERSION := 0.5.9
CARGO_ABOUT_VERSION := 0.9.3
CARGO_MUTANTS_VERSION := 27.1.0
# wasm-pack accepts only the wasm-bindgen tool that has exactly the version of the crate.
WASM_BINDGEN_VERSION := $(shell sed -n '/^name = "wasm-bindgen"$$/{n;s/^version = "\(.*\)"$$/\1/p;}' Cargo.lock)
PACKAGE_VERSION := $(shell sed -n 's/^  "version": "\(.*\)",$$/\1/p' pkg-template/package.json)

# Each compiler needs its own standard library for the target, so an update of the compiler repeats the set-up.
wasm_rustc_version := $(shell scripts/with-wasm-tools.sh rustc --version 2>/dev/null | cut -d ' ' -f 2)

ready := .tools/ready
wasm_target := $(ready)/wasm-target-$(wasm_rustc_version)
wasm_pack := $(ready)/wasm-pack-$(WASM_PACK_VERSION)
wasm_bindgen := $(ready)/wasm-bindgen-cli-$(WASM_BINDGEN_VERSION)
cargo_fuzz := $(ready)/cargo-fuzz-$(CARGO_FUZZ_VERSION)
compat_hosts := $(ready)/compat-hosts
host_modules := .tools/hosts/modules.ready
host_nodes := .tools/hosts/nodes.ready
# This file contains the path of the browser.
chromium := $(ready)/chromium
# This file contains the names and paths of the servers.
redis_servers := $(ready)/redis-servers
clients := $(ready)/clients
cargo_deny := $(ready)/cargo-deny-$(CARGO_DENY_VERSION)
cargo_cyclonedx := $(ready)/cargo-cyclonedx-$(CARGO_CYCLONEDX_VERSION)
cargo_about := $(ready)/cargo-about-$(CARGO_ABOUT_VERSION)
cargo_mutants := $(ready)/cargo-mutants-$(CARGO_MUTANTS_VERSION)
node_modules := node_modules/.package-lock.json
module := target/pkg/wasm/core_bg.wasm
command_line_module := target/pkg/cli/wasm/core_bg.wasm
panicking_module := target/panicking/wasm/core_bg.wasm
tarball := dist/connector-tencent-sms-wasm-$(PACKAGE_VERSION).tgz
# The folder is a different one, because many commands name the connector's tarball as dist/*.tgz.
sandbox_tarball := dist/sandbox/tencent-sms-sandbox-$(PACKAGE_VERSION).tgz
build_info := $(tarball:.tgz=.build-info.json)
sbom := $(tarball:.tgz=.cdx.json)

node_tests := $(wildcard $(addsuffix /*.test.js,$(addprefix tests/,host hosts sandbox documents supply-chain)))
# These tests wait more than they work, so four files run at the same time. Some of the others measure time or memory.
waiting_tests := $(addsuffix .test.js,$(addprefix tests/,host/doctor-test-message host/failure \
	host/fault-matrix host/proxy-tunnels host/strange-host host/usage sandbox/faults))
test_node = CONNECTOR_TARBALL="$(CURDIR)/$(tarball)" PANICKING_WASM="$(CURDIR)/$(panicking_module)" \
	node --test --test-reporter=spec

SHELL := bash
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help test test-rust test-wasm test-node redis-tests sandbox-clients live compat hosts demo pictures package reproducible audit sbom notices generate sandbox fuzz mutants bench lint format clean distclean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# Chromium comes first, so that the set-up asks at the beginning whether to install it.
test: $(chromium) lint test-rust test-wasm test-node ## run every test and check; the first run sets everything up (10 to 15 minutes)

test-rust: ## test the core natively
	cargo test

# wasm-pack gives cargo the path of the runner, and cargo splits the path at spaces. The name alone works because
# the runner is on the PATH.
test-wasm: $(wasm_target) $(wasm_pack) $(wasm_bindgen) ## test the core's boundary in WebAssembly
	scripts/with-wasm-tools.sh wasm-pack test --node --mode no-install -- \
		--config 'target.wasm32-unknown-unknown.runner = "wasm-bindgen-test-runner"'

test-node: $(tarball) $(panicking_module) $(node_modules) $(host_modules) $(chromium) ## test the packed tarball in Logto's loader, the sandbox, the documents, the lists of dependencies
	$(test_node) --test-concurrency=4 $(waiting_tests)
	$(test_node) $(filter-out $(waiting_tests),$(node_tests))

# A Redis that answers after 100 ms counts as away. On a busy machine that happens to healthy ones too, so a failed run
# is repeated once.
test_redis = REDIS_SERVERS="$(CURDIR)/$(redis_servers)" $(test_node) --test-concurrency=1 tests/redis/*.test.js

redis-tests: $(tarball) $(node_modules) $(redis_servers) ## test the counts that processes share in real servers: Redis, Valkey, a cluster (5 minutes)
	$(test_redis) || { echo 'redis-tests: trying once more' >&2; $(test_redis); }

sandbox-clients: $(clients) $(node_modules) ## try the sandbox with Tencent's SDKs for Node and Python
	node --test --test-reporter=spec tests/clients/clients.test.js

live: $(node_modules) ## compare Tencent's answers with the sandbox's, with your own keys; without them, show what it would do
	@node tests/live/main.js

audit: $(cargo_deny) ## check licences, sources, versions and advisories of all dependencies
	scripts/audit.sh

compat: $(tarball) $(compat_hosts) $(node_modules) ## try the tarball in Logto's loaders, old and new, on Node 20, 22, 24 and 26
	node tests/compat/main.js $(tarball)

hosts: $(tarball) $(host_modules) $(host_nodes) $(node_modules) ## try the tarball in hosts that have changed fetch, on Node 20 to 26 (5 minutes); HOSTS_WRITE=1 writes docs/hosts.md
	node tests/hosts/main.js $(tarball)

sbom: $(sbom) ## list the crates in the package as a CycloneDX bill of materials: dist/*.cdx.json

# cargo-about works offline, so that it takes the licence texts from the crates themselves.
notices: $(cargo_about) ## write the licences of the crates into the package, after a change of Cargo.lock
	cargo fetch --quiet --locked --target wasm32-unknown-unknown
	.tools/bin/cargo-about generate --offline --locked --fail scripts/third-party-notices.hbs \
		--output-file pkg-template/THIRD-PARTY-NOTICES

generate: $(node_modules) ## write types, form, schema and tables of the config, after a change of config/ or error_codes.tsv
	node scripts/generate-config.js

FUZZ_SECONDS := 60

fuzz: $(cargo_fuzz) ## run every fuzz target for FUZZ_SECONDS each (default 60)
	scripts/fuzz.sh $(FUZZ_SECONDS)

# .cargo/mutants.toml has the settings, and the changes that make no difference.
mutants: $(cargo_mutants) ## change the core in a thousand places, and list the changes that no native test notices (3 hours); MUTANTS=src/phone.rs one file
	@mkdir -p target
	CARGO_PROFILE_TEST_OPT_LEVEL=0 CARGO_PROFILE_TEST_DEBUG=0 .tools/bin/cargo-mutants mutants --output target $(if $(MUTANTS),--file '$(MUTANTS)')

bench: $(tarball) $(node_modules) $(redis_servers) ## measure, next to the peers, into bench/README.md (6 to 10 minutes); BENCH=load for one part
	@node bench/run.js $(tarball) $(BENCH)

demo: $(tarball) $(node_modules) ## send two codes through Logto's loader to the sandbox, and show what arrived
	node scripts/demo.js $(tarball)

# The pictures are committed. Take them again after a change of the sandbox's page or of the doctor.
pictures: $(tarball) $(node_modules) $(chromium) ## take the README's pictures of the sandbox's inbox and the doctor's report
	@scripts/setup-pictures.sh
	node scripts/pictures.js $(tarball)

package: $(tarball) $(build_info) $(sandbox_tarball) ## build the npm packages, dist/*.tgz and dist/sandbox/*.tgz, and list the tools in dist/*.build-info.json

reproducible: $(wasm_target) $(wasm_bindgen) ## build the package of this commit twice, in different folders, and compare the bytes
	scripts/reproducible.sh

sandbox: ## run a local stand-in for Tencent's SMS API, with an inbox
	node sandbox/main.js

lint: $(wasm_target) $(module) $(command_line_module) $(node_modules) ## check formatting, lints and types
	scripts/lint.sh

format: $(node_modules) ## format everything
	for manifest in Cargo.toml fuzz/Cargo.toml; do cargo fmt --manifest-path $$manifest; done
	node_modules/.bin/biome check --write .

clean: ## remove the build results
	rm -rf target dist

distclean: clean ## remove the build results and the set-up
	rm -rf .tools node_modules

# Set-up

$(node_modules): package-lock.json scripts/install-node-modules.sh
	@scripts/install-node-modules.sh
	@touch $@

# The set-up can switch to Debian's compiler. Its version is read again, for the name of the second file.
$(wasm_target): scripts/setup-wasm-target.sh scripts/remap-paths.sh
	@scripts/setup-wasm-target.sh
	@mkdir -p $(ready)
	@touch $@ $(ready)/wasm-target-$$(scripts/with-wasm-tools.sh rustc --version | cut -d ' ' -f 2)

$(wasm_pack): scripts/install-cargo-tool.sh
	@scripts/install-cargo-tool.sh wasm-pack $(WASM_PACK_VERSION) --locked
	@mkdir -p $(ready) && rm -f $(ready)/wasm-pack-*
	@touch $@

# The lock file of wasm-bindgen-cli asks for versions that some mirrors of the registry do not have.
$(wasm_bindgen): scripts/install-cargo-tool.sh
	@scripts/install-cargo-tool.sh wasm-bindgen-cli $(WASM_BINDGEN_VERSION) --no-default-features --locked || \
		{ echo "set-up: trying again, with the versions of its dependencies that this registry has" && \
		scripts/install-cargo-tool.sh wasm-bindgen-cli $(WASM_BINDGEN_VERSION) --no-default-features; }
	@mkdir -p $(ready) && rm -f $(ready)/wasm-bindgen-cli-*
	@touch $@

$(cargo_fuzz): scripts/install-cargo-tool.sh
	@scripts/install-cargo-tool.sh cargo-fuzz $(CARGO_FUZZ_VERSION) --locked
	@mkdir -p $(ready) && rm -f $(ready)/cargo-fuzz-*
	@touch $@

# The set-up installs the releases of Logto that npm has on that day.
$(compat_hosts): tests/compat/install.js tests/compat/matrix.js tests/compat/places.js | $(node_modules)
	@node tests/compat/install.js
	@mkdir -p $(ready)
	@touch $@

$(host_modules): tests/hosts/install.js tests/hosts/pins.js tests/hosts/places.js | $(node_modules)
	@node tests/hosts/install.js modules
	@touch $@

$(host_nodes): tests/hosts/install.js tests/hosts/pins.js tests/hosts/places.js | $(node_modules)
	@node tests/hosts/install.js
	@touch $@

$(clients): scripts/setup-clients.sh tests/clients/package.json tests/clients/requirements.txt
	@scripts/setup-clients.sh
	@mkdir -p $(ready)
	@touch $@

$(chromium): scripts/setup-chromium.sh
	@mkdir -p $(ready)
	@scripts/setup-chromium.sh $@

$(redis_servers): scripts/setup-redis.sh
	@scripts/setup-redis.sh $@

$(cargo_deny): scripts/install-cargo-tool.sh
	@scripts/install-cargo-tool.sh cargo-deny $(CARGO_DENY_VERSION) --locked
	@mkdir -p $(ready) && rm -f $(ready)/cargo-deny-*
	@touch $@

$(cargo_cyclonedx): scripts/install-cargo-tool.sh
	@scripts/install-cargo-tool.sh cargo-cyclonedx $(CARGO_CYCLONEDX_VERSION) --locked
	@mkdir -p $(ready) && rm -f $(ready)/cargo-cyclonedx-*
	@touch $@

$(cargo_about): scripts/install-cargo-tool.sh
	@scripts/install-cargo-tool.sh cargo-about $(CARGO_ABOUT_VERSION) --locked --features cli
	@mkdir -p $(ready) && rm -f $(ready)/cargo-about-*
	@touch $@

$(cargo_mutants): scripts/install-cargo-tool.sh
	@scripts/install-cargo-tool.sh cargo-mutants $(CARGO_MUTANTS_VERSION) --locked
	@mkdir -p $(ready) && rm -f $(ready)/cargo-mutants-*
	@touch $@

# Build

core := Cargo.toml Cargo.lock build.rs $(shell find src) \
	scripts/build-wasm.sh scripts/remap-paths.sh scripts/with-wasm-tools.sh \
	$(wasm_target) $(wasm_bindgen) $(node_modules)

$(module): $(core)
	@scripts/build-wasm.sh $(@D) --no-default-features --features connector

$(command_line_module): $(core)
	@scripts/build-wasm.sh $(@D) --no-default-features --features command-line

# This module is for the test of the shim's reaction to a panic. It is never packed.
$(panicking_module): $(core)
	@scripts/build-wasm.sh $(@D) --no-default-features --features connector,panic-on-demand

$(tarball): $(module) $(command_line_module) LICENSE $(shell find pkg-template js-shim) scripts/package.sh
	@scripts/package.sh $@

$(sandbox_tarball): LICENSE CHANGELOG.md docs/pictures/inbox.png $(shell find sandbox -type f) scripts/package-sandbox.sh
	@scripts/package-sandbox.sh $@

$(build_info): $(tarball) scripts/build-info.sh
	@scripts/build-info.sh $(tarball) >$@

# cargo-cyclonedx writes its file next to Cargo.toml, and the file contains the path of the build's folder, which
# sed removes. The list includes the few crates that only features of dev-dependencies need.
$(sbom): $(tarball) Cargo.lock $(cargo_cyclonedx)
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) .tools/bin/cargo-cyclonedx cyclonedx --quiet --format=json \
		--spec-version=1.5 --target=wasm32-unknown-unknown --no-build-deps --override-filename=sbom
	@sed 's|path+file://[^"#]*#||g' sbom.json >$@
	@rm sbom.json
	@echo "sbom: $@"
