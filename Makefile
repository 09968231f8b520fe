# Set-up, build and tests of connector-tencent-sms-wasm. `make` lists the targets.
#
# Everything is set up on the way, once: tools into .tools/, npm packages into node_modules/. The files
# in .tools/ready/ say what is there; each depends on the script that made it, and names the version.

WASM_PACK_VERSION := 0.15.1
CARGO_FUZZ_VERSION := 0.13.2
CARGO_DENY_VERSION := 0.20.2
CARGO_CYCLONEDX_VERSION := 0.5.9
CARGO_ABOUT_VERSION := 0.9.3
# wasm-pack accepts the wasm-bindgen tool of exactly the crate's version only.
WASM_BINDGEN_VERSION := $(shell sed -n '/^name = "wasm-bindgen"$$/{n;s/^version = "\(.*\)"$$/\1/p;}' Cargo.lock)
PACKAGE_VERSION := $(shell sed -n 's/^  "version": "\(.*\)",$$/\1/p' pkg-template/package.json)

# A compiler update, the user's or the distro's, asks for the target's standard library anew.
wasm_rustc_version := $(shell scripts/with-wasm-tools.sh rustc --version 2>/dev/null | cut -d ' ' -f 2)

ready := .tools/ready
wasm_target := $(ready)/wasm-target-$(wasm_rustc_version)
wasm_pack := $(ready)/wasm-pack-$(WASM_PACK_VERSION)
wasm_bindgen := $(ready)/wasm-bindgen-cli-$(WASM_BINDGEN_VERSION)
cargo_fuzz := $(ready)/cargo-fuzz-$(CARGO_FUZZ_VERSION)
compat_hosts := $(ready)/compat-hosts
# Holds the path of the browser.
chromium := $(ready)/chromium
cargo_deny := $(ready)/cargo-deny-$(CARGO_DENY_VERSION)
cargo_cyclonedx := $(ready)/cargo-cyclonedx-$(CARGO_CYCLONEDX_VERSION)
cargo_about := $(ready)/cargo-about-$(CARGO_ABOUT_VERSION)
node_modules := node_modules/.package-lock.json
module := target/pkg/wasm/core_bg.wasm
panicking_module := target/panicking/wasm/core_bg.wasm
tarball := dist/connector-tencent-sms-wasm-$(PACKAGE_VERSION).tgz
build_info := $(tarball:.tgz=.build-info.json)
sbom := $(tarball:.tgz=.cdx.json)

SHELL := bash
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help test test-rust test-wasm test-node compat demo pictures package reproducible audit sbom notices generate sandbox fuzz bench lint format clean distclean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# Chromium comes first, so that the set-up asks at the beginning whether to install it.
test: $(chromium) lint test-rust test-wasm test-node ## every test and check; the first run sets everything up (10 to 15 minutes)

test-rust: ## the core, natively
	cargo test

# wasm-pack names the runner to cargo by its path, which cargo splits at spaces; its bare name is on the PATH.
test-wasm: $(wasm_target) $(wasm_pack) $(wasm_bindgen) ## the core's boundary, in WebAssembly
	scripts/with-wasm-tools.sh wasm-pack test --node --mode no-install -- \
		--config 'target.wasm32-unknown-unknown.runner = "wasm-bindgen-test-runner"'

test-node: $(tarball) $(panicking_module) $(node_modules) $(chromium) ## the packed tarball in Logto's loader, the sandbox, the documents, the lists of dependencies
	CONNECTOR_TARBALL="$(CURDIR)/$(tarball)" PANICKING_WASM="$(CURDIR)/$(panicking_module)" \
		node --test --test-reporter=spec tests/host/*.test.js tests/sandbox/*.test.js \
		tests/documents/*.test.js tests/supply-chain/*.test.js

audit: $(cargo_deny) ## licences, sources, versions and advisories of everything from outside
	scripts/audit.sh

compat: $(tarball) $(compat_hosts) $(node_modules) ## the tarball in Logto's loaders, old and new, on Node 20, 22, 24 and 26
	node tests/compat/main.js $(tarball)

sbom: $(sbom) ## the crates in the package, as a CycloneDX bill of materials: dist/*.cdx.json

# Offline: the texts are those in the crates themselves.
notices: $(cargo_about) ## write the licences of the crates into the package, after any change of Cargo.lock
	cargo fetch --quiet --locked --target wasm32-unknown-unknown
	.tools/bin/cargo-about generate --offline --locked --fail scripts/third-party-notices.hbs \
		--output-file pkg-template/THIRD-PARTY-NOTICES

generate: $(node_modules) ## types, form, schema and tables of the config, after any change of config/
	node scripts/generate-config.js

FUZZ_SECONDS := 60

fuzz: $(cargo_fuzz) ## every fuzz target, each for FUZZ_SECONDS (default 60)
	scripts/fuzz.sh $(FUZZ_SECONDS)

bench: $(tarball) $(node_modules) ## measure, next to the peers, into bench/README.md (6 minutes); BENCH=load for one part
	@node bench/run.js $(tarball) $(BENCH)

demo: $(tarball) $(node_modules) ## send two codes through Logto's loader to the sandbox, and show what arrived
	node scripts/demo.js $(tarball)

# The pictures are committed; take them again after a change of the sandbox's page or of the doctor.
pictures: $(tarball) $(node_modules) $(chromium) ## take the README's pictures of the sandbox's inbox and the doctor's report
	@scripts/setup-pictures.sh
	node scripts/pictures.js $(tarball)

package: $(tarball) $(build_info) ## the npm package, dist/*.tgz, and beside it what it was made with

reproducible: $(wasm_target) $(wasm_bindgen) ## build the package of this commit twice, in other folders, and compare the bytes
	scripts/reproducible.sh

sandbox: ## a local stand-in for Tencent's SMS API, with an inbox
	node sandbox/main.js

lint: $(wasm_target) $(module) $(node_modules) ## formatting, lints and types
	scripts/lint.sh

format: $(node_modules) ## format everything
	for manifest in Cargo.toml fuzz/Cargo.toml; do cargo fmt --manifest-path $$manifest; done
	node_modules/.bin/biome check --write .

clean: ## remove what was built
	rm -rf target dist

distclean: clean ## and what was set up
	rm -rf .tools node_modules

# What is set up

$(node_modules): package-lock.json scripts/install-node-modules.sh
	@scripts/install-node-modules.sh
	@touch $@

# The second file is for the distro's compiler, where that is now the one.
$(wasm_target): scripts/setup-wasm-target.sh scripts/remap-paths.sh
	@scripts/setup-wasm-target.sh
	@mkdir -p $(ready)
	@touch $@ $(ready)/wasm-target-$$(scripts/with-wasm-tools.sh rustc --version | cut -d ' ' -f 2)

$(wasm_pack): scripts/install-cargo-tool.sh
	@scripts/install-cargo-tool.sh wasm-pack $(WASM_PACK_VERSION) --locked
	@mkdir -p $(ready) && rm -f $(ready)/wasm-pack-*
	@touch $@

# Its lock file asks for versions that not every mirror of the registry has.
$(wasm_bindgen): scripts/install-cargo-tool.sh
	@scripts/install-cargo-tool.sh wasm-bindgen-cli $(WASM_BINDGEN_VERSION) --no-default-features --locked || \
		{ echo "set-up: once more, with what this registry has of its dependencies" && \
		scripts/install-cargo-tool.sh wasm-bindgen-cli $(WASM_BINDGEN_VERSION) --no-default-features; }
	@mkdir -p $(ready) && rm -f $(ready)/wasm-bindgen-cli-*
	@touch $@

$(cargo_fuzz): scripts/install-cargo-tool.sh
	@scripts/install-cargo-tool.sh cargo-fuzz $(CARGO_FUZZ_VERSION) --locked
	@mkdir -p $(ready) && rm -f $(ready)/cargo-fuzz-*
	@touch $@

# What Logto's releases are: as npm has them on the day of the set-up.
$(compat_hosts): tests/compat/install.js tests/compat/matrix.js tests/compat/places.js | $(node_modules)
	@node tests/compat/install.js
	@mkdir -p $(ready)
	@touch $@

$(chromium): scripts/setup-chromium.sh
	@mkdir -p $(ready)
	@scripts/setup-chromium.sh $@

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

# What is built

core := Cargo.toml Cargo.lock build.rs $(shell find src) \
	scripts/build-wasm.sh scripts/remap-paths.sh scripts/with-wasm-tools.sh \
	$(wasm_target) $(wasm_bindgen) $(node_modules)

$(module): $(core)
	@scripts/build-wasm.sh $(@D)

# For the test of what the shim does about a panic; never packed.
$(panicking_module): $(core)
	@scripts/build-wasm.sh $(@D) --features panic-on-demand

$(tarball): $(module) LICENSE $(shell find pkg-template js-shim) scripts/package.sh
	@scripts/package.sh $@

$(build_info): $(tarball) scripts/build-info.sh
	@scripts/build-info.sh $(tarball) >$@

# cargo-cyclonedx writes next to Cargo.toml, and names the folder of the build. It also lists the few crates
# that only the features of dev-dependencies ask for.
$(sbom): $(tarball) Cargo.lock $(cargo_cyclonedx)
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) .tools/bin/cargo-cyclonedx cyclonedx --quiet --format=json \
		--spec-version=1.5 --target=wasm32-unknown-unknown --no-build-deps --override-filename=sbom
	@sed 's|path+file://[^"#]*#||g' sbom.json >$@
	@rm sbom.json
	@echo "sbom: $@"
