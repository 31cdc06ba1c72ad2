# One command each: `make serve`, `make site`, `make test`. The rest is for maintainers.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Material's notice about another program is of no use to those who build the site.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help install serve site check guides facts read data test lint types unit long corrected fuzz lowest newest audit mutants browser messages schemas lock bench clean

help: ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/python: requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, not " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/built: $(VENV)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/tested: $(VENV)/built requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

install: $(VENV)/built ## Install what the other commands need

serve: $(VENV)/built ## Build the site and serve it on 127.0.0.1:8000, rebuilt at each change
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

site: $(VENV)/built ## Build site/, strictly
	$(BIN)/mkdocs build --strict

check: $(VENV)/built ## Check the records
	$(BIN)/club check

guides: $(VENV)/built ## Hold the guides against the copies that the tests run, and against the kinds
	cmp docs/importer-des-chiffres.md tests/guides/importer-des-chiffres.md
	$(BIN)/python checks/guide_of_data.py

facts: site ## Hold the site against the table of facts: checks/facts.yaml
	$(BIN)/python checks/facts.py site

read: site ## Read every page as its readers do, for the words of machines
	$(BIN)/python checks/read_pages.py site

data: check facts read ## All that is asked of the data: sound, built strictly, in the normal form, faithful, readable
	$(BIN)/club fmt --check

test: lint types unit facts ## Style, types, tests and the facts of the club, in minutes

lint: $(VENV)/tested ## Style (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/tested ## Types (mypy, strict)
	$(BIN)/mypy

unit: $(VENV)/tested browser ## Tests (pytest)
	$(BIN)/python -m pytest -n 2 --dist worksteal

long: $(VENV)/tested browser ## What takes minutes: the plugin matrix, kills, replays, more examples
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "long or hypothesis" --hypothesis-profile=long

corrected: $(VENV)/tested browser ## The tests beside a club whose records are corrected at random
	$(BIN)/python tests/corrected.py

fuzz: $(VENV)/tested ## Thousands of other examples at each run
	$(BIN)/python -m pytest -n 2 --dist worksteal -m hypothesis --hypothesis-profile=fuzz

lowest: ## The tests with the lowest dependencies that pyproject.toml declares
	$(PYTHON) requirements/lowest.py > $(OTHERS).constraints
	$(TEST_WITH_OTHERS)

newest: ## The tests with the newest dependencies that pyproject.toml allows
	: > $(OTHERS).constraints
	$(TEST_WITH_OTHERS)

# An environment of its own, whose versions are neither pinned nor verified.
OTHERS = $(VENV)-$@
define TEST_WITH_OTHERS
$(PYTHON) -m venv --clear $(OTHERS)
$(OTHERS)/bin/python -m pip install --quiet --disable-pip-version-check -c $(OTHERS).constraints -r requirements/tools.in
$(OTHERS)/bin/python -m pip install --quiet --disable-pip-version-check -c $(OTHERS).constraints --no-build-isolation --editable ".[test]"
$(OTHERS)/bin/python tests/chromium.py
$(OTHERS)/bin/python -m pytest -n 2 --dist worksteal
endef

audit: ## Known vulnerabilities of the pinned dependencies (pip-audit, when its data can be reached)
	$(PYTHON) -m venv --clear $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(VENV)-audit/bin/pip-audit --progress-spinner off --disable-pip --no-deps -f json -r requirements/build.txt -r requirements/test.txt | $(VENV)-audit/bin/python checks/audit.py

mutants: ## Whether the tests would notice a mistake: 200 of them, in an hour or so (MUTANTS="--seed 2")
	$(PYTHON) -m venv --clear $(VENV)-mutants
	$(VENV)-mutants/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(VENV)-mutants/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	$(VENV)-mutants/bin/python -m pip install --quiet --disable-pip-version-check "cosmic-ray>=8.7,<9" "pytest-cov>=7"
	$(VENV)-mutants/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(VENV)-mutants/bin/python checks/mutants.py $(MUTANTS)

browser: $(VENV)/tested ## A Chromium for the tests: the machine's, the system's package, or Playwright's
	$(BIN)/python tests/chromium.py

messages: $(VENV)/tested ## Bring the catalogues up to date with the code
	$(BIN)/pybabel -q extract -F club/locale/babel.cfg --no-default-keywords -k "_ N_ P_:1c,2" --no-location --sort-output --omit-header -o club/locale/club.pot club plugins
	$(BIN)/pybabel -q update -D club -i club/locale/club.pot -d club/locale --width 99 --omit-header --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date
	rm club/locale/club.pot

schemas: $(VENV)/built ## Write the JSON Schemas that editors use
	$(BIN)/club schema

lock: $(VENV)/tested ## Pin the dependencies again, with their hashes and no address
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile -q $(LOCK_OPTIONS) -o requirements/build.txt pyproject.toml requirements/tools.in
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile -q $(LOCK_OPTIONS) --extra test --extra bench -c requirements/build.txt -o requirements/test.txt pyproject.toml requirements/tools.in

# In two halves, so that a search for addresses of registries finds none here.
EMPTY :=
LOCK_OPTIONS := --upgrade --generate-hashes --strip-extras --allow-unsafe --no-annotate --no-emit-options --no-emit-index$(EMPTY)-url --no-emit-find-links --no-emit-trusted-host

bench: $(VENV)/tested ## Measure against a stock MkDocs site
	$(BIN)/python benchmarks/run.py

clean: ## Remove what was built
	rm -rf $(VENV) $(VENV)-* site .cache
