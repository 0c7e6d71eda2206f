# Amparo. `make help` says what there is. Needs Python 3.11 or newer, and make; everything else goes into .venv.
#   PYTHON=python3.12   the Python to build .venv with
#   DATA=dir            where `up` and `demo` keep their data
#   ONCE=1              `demo` replays its stories, then ends
#   ARGS="..."          more options for `up`, `demo`, `bench` and `screens`, such as --council-port 0
#   UPGRADE=1           `lock` takes the newest versions, not the locked ones

PYTHON ?= python3
V      := .venv/bin
PIP    := $(V)/python -m pip install --quiet --quiet --disable-pip-version-check
RUN    := .venv/.stamp-run
CHECK  := .venv/.stamp-check
LOCK   := $(V)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
          --no-emit-index-url $(if $(UPGRADE),--upgrade)
APT    := { apt-get -qq -o Acquire::http::Timeout=30 update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
          -o DPkg::Lock::Timeout=60 install --no-install-recommends chromium fonts-dejavu-core; }

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo up test browser screens fuzz check bench lock diagrams clean

help: ## Show this
	@awk 'BEGIN { FS = ":.*## " } \
	  /^## / { printf "\n%s\n", substr($$0, 4) } \
	  /^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

## See it
demo: $(RUN) ## Start everything, replay the stories in stepped time, stay up (ONCE=1: end; DATA=dir)
	@exec $(V)/amparo demo $(if $(DATA),--data '$(DATA)') $(if $(filter-out 0,$(ONCE)),--once) $(ARGS)

up: $(RUN) ## Start everything and stay until Ctrl-C (DATA=dir)
	@exec $(V)/amparo up $(if $(DATA),--data '$(DATA)') $(ARGS)

## Work on it
setup: $(RUN) ## Make .venv and install what the product runs on

check: $(CHECK) ## Style, types, layers, templates, messages, procedures, rules, migrations (TESTED=1: less what tests prove)
	@$(V)/python -m ruff check --quiet
	@$(if $(TESTED),:,$(V)/amparo procedures check) > .venv/procedures.txt 2>&1 & proof=$$!; $(V)/python -m mypy --no-error-summary; types=$$?; \
	wait $$proof; found=$$?; cat .venv/procedures.txt; exit $$((types + found))
	@$(V)/lint-imports --no-logo > .venv/layers.txt || { cat .venv/layers.txt; exit 1; }
	@$(V)/djlint web/templates --lint --quiet
	@$(V)/python -m web.messages
	@$(V)/amparo policy check
	@$(if $(TESTED),:,$(V)/python -m pytest -q tests/laws/test_migrations.py -k "not down_and_up")

test: $(CHECK) browser ## All tests; PostgreSQL, Prefect's server and the browser are started by them
	@$(V)/python -m pytest -q -n 3 --dist worksteal

browser: .venv/.stamp-made ## Install Chromium for the tests of pages where it may (Debian, root), else say what is missing
	@command -v chromium > /dev/null && exit; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then why="installing it takes root and apt-get"; else \
	  echo "Installing Chromium for the tests of pages (a minute or two, once) ..."; $(APT) > .venv/chromium.txt 2>&1; \
	  why="apt-get could not install it (.venv/chromium.txt)"; fi; \
	command -v chromium > /dev/null || echo "No Chromium here, and $$why: the tests of pages in a browser cannot run."

screens: $(CHECK) browser ## Photograph every page into docs/screens/ (ARGS="--only desk --languages en,es --looks wide")
	@$(V)/python -m tests.screens $(ARGS)

fuzz: $(CHECK) ## The laws of structures, procedures and reports, with new examples each time, twenty times as many
	@$(V)/python -m pytest -q -n 2 --dist worksteal --hypothesis-profile=search tests/structure tests/states tests/reports

bench: $(CHECK) ## Measure against hand-written SQL and against what else there is
	@$(V)/python -m bench $(ARGS)

## Keep it
lock: $(CHECK) ## Write requirements.lock and requirements-dev.lock (UPGRADE=1: newest versions)
	$(LOCK) requirements.in -o requirements.lock
	$(LOCK) requirements-dev.in -c requirements.lock -o requirements-dev.lock

diagrams: $(RUN) ## Draw docs/states/ from the tables, list in docs/case-file.md what a case file may hold
	@$(V)/python -m states.diagrams
	@$(V)/python -m structure.reading.describing

clean: ## Remove .venv and every cache; data stays
	@rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -prune -exec rm -rf {} +

# A half-made .venv is made again. A change of a lock, of pyproject.toml or of the top folders installs again.
.venv/.stamp-made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
	  echo "Amparo needs Python 3.11 or newer, and '$(PYTHON)' is not. Name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(V)/python -m pip --version > /dev/null 2>&1 || { rm -rf .venv && $(PYTHON) -m venv .venv; } || { \
	  echo "Python could not make .venv: its venv module may be missing (Debian: apt install python3-venv)." >&2; exit 1; }
	@touch $@

$(RUN): .venv/.stamp-made requirements.lock pyproject.toml $(wildcard */__init__.py)
	@echo "Installing requirements.lock into .venv (a minute or two the first time) ..."
	@$(PIP) --require-hashes -r requirements.lock || { \
	  echo "The libraries could not be installed. Is there a network? What is missing stands above." >&2; exit 1; }
	@$(PIP) --no-deps --no-index --no-build-isolation --editable .
	@touch $@

$(CHECK): $(RUN) requirements-dev.lock
	@echo "Installing requirements-dev.lock into .venv ..."
	@$(PIP) --require-hashes -r requirements-dev.lock || { \
	  echo "The libraries could not be installed. Is there a network? What is missing stands above." >&2; exit 1; }
	@touch $@
