# A thin face of Meson: the words that a newcomer types. What they mean stands in meson.build and in tools/.
#   make run     install what is missing, build, print the world's coverage, make entente.db from data/ or bring it up to date, serve it on LISTEN
#   make test    install what is missing, build with sanitizers, run every suite; the last line is "N passed, N failed"
#   make build   leaves build/entente
#   make soak    engine against reference: SOAK_WORLDS worlds x SOAK_QUERIES queries, then incremental change, seed SEED
#   make fire    what the store promises under kill -9, power cuts, failing disks, alteration: FIRE_SEED replays
#   make walk    every kind of page in a browser, in four languages, by keyboard, in other colours, on paper; pictures in build-soak/browser
#   make fuzz    every fuzz target for FUZZ_SECONDS each
#   make bench   our kernels against their peers: BENCH=NAME for one, SEED=N for another world; bench/README.md
#   make data    make data/ anew from SHARED (../shared/data)
SEED ?= $(shell date +%s)
SOAK_WORLDS ?= 10000
SOAK_QUERIES ?= 100
SOAK_CHANGED_WORLDS ?= 2000
FUZZ_SECONDS ?= 600
FIRE_SEED ?= $(SEED)
BENCH_SEED = $(if $(filter-out file default,$(origin SEED)),$(SEED),20261123)
SHARED ?= ../shared/data
LISTEN ?= 127.0.0.1:8080
MESON = meson setup --reconfigure
.PHONY: run test build soak fire walk fuzz bench data tidy clean

run: build
	@build/entente world -w data
	@if [ ! -e entente.db ]; then build/entente init data -w sqlite:entente.db; \
	elif [ -n "$$(find data -newer entente.db -print -quit)" ]; then build/entente import data -w sqlite:entente.db; fi
	@echo; echo "Next step: open http://$(LISTEN)/ in a browser. Ctrl-C ends the server."
	@build/entente serve -w sqlite:entente.db --listen $(LISTEN)

build: build/build.ninja
	@[ -e build/entente ] || echo "Building: about a minute on two cores" >&2
	@ninja -C build --quiet src/cli/entente tools/tidy.stamp
	@ln -sf src/cli/entente build/entente

build/build.ninja: meson.build
	@tools/packages build
	@meson setup build -Dbuildtype=release -Dtests=false >build.log 2>&1 || { cat build.log; exit 3; }
	@rm -f build.log

test:
	@tools/packages test
	@tools/run-tests

build-soak/build.ninja: meson.build
	@tools/packages test
	@meson setup build-soak -Dbuildtype=release >build.log 2>&1 || { cat build.log; exit 3; }
	@rm -f build.log

soak: build-soak/build.ninja
	@ninja -C build-soak --quiet tests/soak/soak tests/soak/soak_change
	@build-soak/tests/soak/soak --seed $(SEED) --worlds $(SOAK_WORLDS) --queries $(SOAK_QUERIES)
	@build-soak/tests/soak/soak_change --seed $(SEED) --worlds $(SOAK_CHANGED_WORLDS) --changes 50

fire: build-soak/build.ninja
	@ninja -C build-soak --quiet tests/store/proof_kill tests/store/proof_disk tests/store/proof_migrate tests/store/proof_verify
	@build-soak/tests/store/proof_kill --kills 1000 --seed $(FIRE_SEED)
	@build-soak/tests/store/proof_disk --cuts 10000 --rounds 20 --receipts 10000 --seed $(FIRE_SEED)
	@build-soak/tests/store/proof_migrate
	@build-soak/tests/store/proof_verify --alterations 10000 --seed $(FIRE_SEED)

walk: build
	@tools/packages test
	@WALK=all tests/browser/run build/src/cli/entente . build-soak/browser

fuzz:
	@tools/packages fuzz
	@tools/run-fuzz $(FUZZ_SECONDS)

bench:
	@tools/packages bench
	@SEED=$(BENCH_SEED) tools/run-bench $(BENCH)

data:
	@python3 tools/world/convert.py $(SHARED) data

tidy: build/build.ninja
	@ninja -C build --quiet tools/tidy && build/tools/tidy .

clean:
	@rm -rf build build-test build-thread build-soak build-fuzz build-bench bench/node_modules
