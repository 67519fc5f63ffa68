# Implement: what can be made. `make help` prints this list.
# Everything goes into .venv; nothing outside is touched, but for Debian packages that are missing, and those only as root.

# The distribution's Python is built with what a test drive told its compiler: a million records take a second less.
PYTHON ?= $(shell /usr/bin/python3.11 -c 'import ensurepip; print("/usr/bin/python3.11")' 2>/dev/null || echo python3.11)
PORT ?= 8000
DIR ?=
WORKERS ?= 3
ARGS ?=
export PORT
# Compiled modules are kept, whatever the shell says: each process starts a second sooner, and tests start hundreds.
export PYTHONDONTWRITEBYTECODE :=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SCALE_OF_TESTS := IMPLEMENT_TEST_SCALE

.DEFAULT_GOAL := help
.PHONY: help run env test soak bench check-data lint texts pango browser java

help:           ## print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(VENV)/.product pango ## environment, database, demonstration rollout, first scores, then serve on 127.0.0.1:$PORT (8000)
	@$(BIN)/python -m implement run

env: $(VENV)/.tests browser java ## prepare .venv and this machine for everything tests need

test: env       ## everything tests need, then all tests (three at a time; WORKERS=4, ARGS="-k gates")
	@$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

soak: env       ## the same tests at full size: 1,000 kills, a million rows, load
	@$(SCALE_OF_TESTS)=soak $(BIN)/python -m pytest -n $(WORKERS) -m "soak" $(ARGS)

bench: env $(VENV)/.peers ## measure, one at a time: requests per second, rows per second, memory
	@$(BIN)/python -m pytest -n 0 -m "bench" -s $(ARGS)

check-data: env ## counted truths over the shared data sets: make check-data DIR=/path/to/them
	@test -n "$(DIR)" || { echo "make check-data needs the folder of data sets: make check-data DIR=…" >&2; exit 2; }
	@test -d "$(DIR)" || { echo "make check-data: there is no folder $(DIR)" >&2; exit 2; }
	@IMPLEMENT_TEST_TRUTHS="$(abspath $(DIR))" $(BIN)/python -m pytest -n $(WORKERS) -m "truths" $(ARGS)

lint: $(VENV)/.tests ## house style and types: ruff, mypy
	@$(BIN)/ruff check .
	@$(BIN)/mypy

texts: $(VENV)/.tests ## add new texts to the translations and say what is missing
	@$(BIN)/python -m implement.web.texts.catalog

# --- the environment: each step leaves a stamp, so that the second time costs nothing -----------------------------------

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { echo "Implement needs Python 3.11 or newer; on Debian 12: apt-get install python3.11 python3.11-venv (or say which: make PYTHON=python3.12 …)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11; say which one to use: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call debian,$(notdir $(PYTHON))-venv,to make .venv); }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.product: requirements.txt | $(VENV)/.made
	@echo "Installing the product's packages into $(VENV) (about 0.8 GB, once) …"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.tests: requirements-dev.txt $(VENV)/.product
	@echo "Installing what tests need into $(VENV) (about 0.9 GB, once) …"
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/.peers: requirements-peers.txt | $(VENV)/.made
	@echo "Installing what make bench compares with into $(VENV)/peers (about 0.5 GB, once) …"
	@$(PYTHON) -m venv --clear $(VENV)/peers
	@$(VENV)/peers/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-peers.txt
	@touch $@

# --- the machine: asked every time (milliseconds), installed when missing and allowed ------------------------------------

# $(call debian,packages,purpose): install as root, else say loudly what to install, and fail.
debian = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	echo "Installing $(1) ($(2)) …"; \
	export DEBIAN_FRONTEND=noninteractive; get="apt-get -qq -o DPkg::Lock::Timeout=300"; \
	$$get install -y --no-install-recommends $(1) >/dev/null 2>&1 || \
	{ $$get update >/dev/null && $$get install -y --no-install-recommends $(1) >/dev/null; }; \
	else printf '\n  Missing on this machine: $(1) ($(2)).\n  Install as root, then run make again:  apt-get install $(1)\n\n' >&2; exit 1; fi

LOADS_PANGO := import ctypes, sys; sys.platform == "linux" and [ctypes.CDLL(f"lib{name}.so.0") \
	for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")]

pango: | $(VENV)/.made
	@$(BIN)/python -c '$(LOADS_PANGO)' 2>/dev/null || \
	{ $(call debian,libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0,for printed reports); }

browser: pango
	@[ -x "$$IMPLEMENT_TEST_CHROMIUM" ] || command -v chromium-headless-shell >/dev/null || \
	if command -v chromium >/dev/null; then ($(call debian,chromium-headless-shell,)) >/dev/null 2>&1 || true; \
	else $(call debian,chromium-headless-shell,for tests in a real browser); fi
	@command -v pdftotext >/dev/null || { $(call debian,poppler-utils,for tests that read printed reports); }

java:
	@java -version 2>&1 | grep -Eq 'version "(1[7-9]|2[0-9])' || { $(call debian,openjdk-17-jre-headless,for tests of the Spark engine); }
