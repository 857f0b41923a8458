# Everything happens in .venv; a target builds what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARTICLE ?= seeds/live-report.txt
OUT ?= out
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run serve test lint bench clean

run: $(VENV)/.run  ## translate a sample article there and back, offline
	$(BIN)/dragoman run $(ARTICLE) -o $(OUT)

serve: $(VENV)/.web  ## the web page and the API, at http://127.0.0.1:7860
	$(BIN)/dragoman serve

test: $(VENV)/.dev lint  ## every check and every test
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.bench  ## how fast and how good, beside what else there is; fails where a ratio fell
	$(BIN)/python -m benchmarks --json $(OUT)/benchmarks.json --report $(OUT)/benchmarks.html

# PyTorch comes first and alone, so that nothing else chooses its build.
$(VENV)/.torch: constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Dragoman needs Python 3.10 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 10) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) torch
	touch $@

$(VENV)/.run: $(VENV)/.torch pyproject.toml
	$(PIP) --editable '.[embedded,semantic]'
	touch $@

$(VENV)/.web: $(VENV)/.run
	$(PIP) --editable '.[embedded,semantic,web]'
	touch $@

$(VENV)/.dev: $(VENV)/.web
	$(PIP) --editable '.[embedded,semantic,web,parquet,ray,dev]'
	touch $@

$(VENV)/.bench: $(VENV)/.dev
	$(PIP) --editable '.[embedded,semantic,web,parquet,dev,bench]'
	touch $@

clean:
	rm -rf $(VENV) $(OUT) tests/output
