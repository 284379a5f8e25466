# Everything a machine with Python 3.11 and make needs. `make run` starts the shop's site; `make help` lists the rest.

PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
RUN_STAMP := $(VENV)/.run-$(shell cksum < requirements.txt | cut -d' ' -f1)
DEV_STAMP := $(VENV)/.dev-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.PHONY: help run build test test-core test-state test-pages test-e2e soak mutants check check-lint check-types check-layers format bench backup clean

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: $(RUN_STAMP) ## the site, on http://localhost:3000 (PORT=3100 make run for another port)
	@$(BIN)/python -m dokango prepare
	@exec $(BIN)/python -m dokango_web

build: $(RUN_STAMP) ## build the pages without starting
	@$(BIN)/python -m dokango_web --build-only

# Browser tests run in processes of their own: Playwright keeps an event loop there that the states' tests cannot share.
# Each has its own site; a file's tests stay together. The pages are built once, before.
test: check ## everything: core on both databases, states, pages in a real browser
	$(BIN)/pytest -n 2 --ignore=tests/pages --ignore=tests/e2e --ignore=tests/door tests
	$(BIN)/python -m dokango_web --build-only
	$(BIN)/pytest -n 2 --dist loadfile tests/pages tests/e2e tests/door

test-core: $(DEV_STAMP) ## the shop itself, without pages
	$(BIN)/pytest -n 2 tests/core

test-state: $(DEV_STAMP) ## states, in process
	$(BIN)/pytest -n 2 tests/state

test-pages: $(DEV_STAMP) ## pages, in a browser
	$(BIN)/pytest -n 2 --dist loadfile tests/pages

test-e2e: $(DEV_STAMP) ## whole orders, in a browser
	$(BIN)/pytest tests/e2e

soak: $(DEV_STAMP) ## what make test only samples: the whole squares
	$(BIN)/pytest -n 2 tests/soak
	DOKANGO_TEST_WHOLE=1 $(BIN)/pytest -n 2 $(SQUARES)
	$(BIN)/python -m dokango_web --build-only
	DOKANGO_TEST_WHOLE=1 $(BIN)/pytest -n 2 --dist loadfile tests/pages

# Of these `make test` runs a sample, fewer examples, or one of the two databases.
SQUARES := $(addprefix tests/,state api core/test_paging.py core/test_papers_tell_the_truth.py)

mutants: $(DEV_STAMP) ## seeded bugs, each to be caught by a test
	$(BIN)/python -m tests.mutants

check: $(DEV_STAMP) ## lint, format, types, layers
	@$(MAKE) --no-print-directory -j 2 check-types check-layers check-lint

check-lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types:
	$(BIN)/mypy

check-layers:
	$(BIN)/lint-imports

format: $(DEV_STAMP) ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEV_STAMP) ## measure; figures go into benchmarks/README.md
	$(BIN)/python -m benchmarks

backup: $(RUN_STAMP) ## a copy of the shop's data, made while it runs
	@$(BIN)/python -m dokango backup

clean: ## forget builds and caches; the data in .data stays
	rm -rf .web .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older."; exit 1; }
	@echo "Making the virtual environment …"
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.txt | $(BIN)/python
	@echo "Installing packages (a minute or two, the first time) …"
	@$(PIP) install --quiet -r requirements.txt
	@rm -f $(VENV)/.run-* && touch $@

$(DEV_STAMP): requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installing packages for tests …"
	@$(PIP) install --quiet -r requirements-dev.txt
	@rm -f $(VENV)/.run-* $(VENV)/.dev-* && touch $@ $(RUN_STAMP)
