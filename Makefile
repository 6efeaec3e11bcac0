# make demo   install, index the five articles, ask real questions
# make test   install what the tests need and run them all
# make coverage  the tests, and how much of the program they reach
# make check  formatting, lint, types and the order of the layers
# make bench  this program beside txtai, Haystack and LlamaIndex, and at size: writes docs/benchmarks.md; once cut off, goes on
# make soak   the bot under load and faults, and thousands of made-up inputs, minutes long
# make screenshots   the pictures of the README and docs/web.md, with Debian's chromium
# make train DATA=FOLDER   train encoder and reader anew, some hours (see embeddings/training/README.md)
# make clean  remove .venv and caches (var stays)

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test coverage check bench soak screenshots clean install-run install-test install-check train

BIN := .venv/bin

# The first Python that is new enough; tried in this order so that a plain python3 is preferred.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)

help:
	@grep '^# make' $(firstword $(MAKEFILE_LIST)) | sed 's/^# //'

install-run install-test install-check:
	@[ -n "$(PYTHON)" ] || { echo "make: Python 3.11 or later is needed; on Debian and Ubuntu run: apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) scripts/install.py $(filter-out run,$(@:install-%=%))

demo: export DANVAN_DATA_DIR ?= $(CURDIR)/var
demo: install-run
	$(BIN)/danvan reindex
	$(BIN)/danvan chat < docs/demo.txt

test: install-test
	$(BIN)/python -m pytest -q -n 4 --dist loadgroup

coverage: install-test
	$(BIN)/python -m pytest -q -n 4 --dist loadgroup --cov --cov-report=term

check: install-check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: export OMP_NUM_THREADS := 1
bench: export OPENBLAS_NUM_THREADS := 1
bench: export OMP_WAIT_POLICY := PASSIVE
bench: install-test
	$(BIN)/python -m tests.benchmarks.bench

soak: install-test
	$(BIN)/python -m tests.benchmarks.soak_telegram
	$(BIN)/python -m tests.benchmarks.soak_crashes
	$(BIN)/python -m pytest -n 2 --dist loadgroup --hypothesis-profile=soak $$(grep -rl "@given" tests)

screenshots: install-test
	$(BIN)/python scripts/screenshots.py

train: install-run
	@[ -n "$(DATA)" ] || { echo "make: say where the published sets are: make train DATA=FOLDER" >&2; exit 1; }
	$(BIN)/python -m embeddings.training.prepare --data "$(DATA)" --write var/training
	$(BIN)/python -m embeddings.training search $(TRAIN) --prepared var/training --work var/training/search --name danvan-search-2
	$(BIN)/python -m embeddings.training.export search var/training/search/search.safetensors --prepared var/training --write embeddings/data/search.safetensors
	$(BIN)/python -m embeddings.training reading $(TRAIN) --prepared var/training --mined var/training/search/mined.npz --work var/training/reading --name danvan-reader-4
	$(BIN)/python -m embeddings.training.export reader var/training/reading/reading.safetensors --prepared var/training --write embeddings/data/reader.safetensors

clean:
	rm -rf .coverage .coverage.* .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
