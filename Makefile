.PHONY: demo test lint clean help
.DEFAULT_GOAL := help

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM ?= chromium

# Tests start dozens of processes, each of which would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo "make demo    the site with sample agreements on http://127.0.0.1:8000 (PORT=8001 make demo for another port)"
	@echo "make test    all tests, then the linters"
	@echo "make lint    only the linters"
	@echo "make clean   removes the environment and caches; data in .proviso stays"

demo: $(VENV)/.demo
	@$(BIN)/python manage.py demo

test: $(VENV)/.test
	@for program in $(CHROMIUM) curl jq; do command -v $$program >/dev/null || { \
		echo "$$program is missing; the tests need it: apt-get install chromium curl jq"; exit 1; }; done
	$(BIN)/python -m pytest -n 2 --dist worksteal
	$(MAKE) lint

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache staticfiles

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) is missing: Proviso needs Python 3.11. Name yours with: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# One pip command with torch pinned in it, so that no other package brings another torch.
$(VENV)/.demo: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt ".[test,dev]"
	@touch $@ $(VENV)/.demo
