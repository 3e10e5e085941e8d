# Four words: figures · test · lab · bench. Each does its own set-up; nothing else is needed on a fresh machine.
SHELL := /bin/bash
PY := .venv/bin/python
# the newest Python on this machine that the dependencies have wheels for, or the one you name: make test PYTHON=…
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && { echo $$p; break; }; done)
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export MPLBACKEND = agg

.PHONY: figures test lab bench

figures: .venv/for-figures      ## run every notebook, redraw every figure, compare with the committed numbers
	@$(PY) -m toolkit.figures

test: .venv/for-test            ## lint, types, tests, doctests, the README's story
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest -n 2 --dist loadfile

lab: .venv/for-figures          ## open JupyterLab on the notebooks
	$(PY) -m jupyterlab notebooks

bench: .venv/for-test           ## claims of speed, side by side with what a user would take instead
	@for script in benchmarks/*.py; do echo "== $$script"; $(PY) $$script || exit 1; done

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11, 3.12 or 3.13 on this machine; install one, or name it: make PYTHON=/path/to/python3.12"; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv || { echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }

.venv/for-figures: pyproject.toml | .venv/bin/python
	@echo "Installing what the figures need (a minute or two)"
	@$(PY) -m pip install --quiet --editable . && touch $@

.venv/for-test: pyproject.toml | .venv/bin/python
	@echo "Installing what the tests need (a minute or two)"
	@$(PY) -m pip install --quiet --editable ".[test]" && touch $@ .venv/for-figures
