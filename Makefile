# Two commands: `make build` runs the main job on the bundled reports, `make test` passes all tests.
# Both install what they need into .venv; nothing has to be installed by hand but Python 3.11 or newer.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
KG_STORES ?= all

.PHONY: build test test-stores lint bench docs clean

build: $(STAMP)
	$(BIN)/kg build

test: $(STAMP) lint
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --skip-covered

# Every triple store that can be had, as real servers on loopback: what is not there yet is fetched into .stores/.
test-stores: $(STAMP)
	$(BIN)/python -m tests.stores.installing
	KG_STORES=$(KG_STORES) $(BIN)/pytest tests/stores

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m benchmarks

docs: $(STAMP)
	$(BIN)/kg docs

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[dev,docs,html]'
	touch $@

clean:
	rm -rf $(VENV) .stores out/* .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
