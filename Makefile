# Two commands matter: make run, make test. Both set up what they need in .venv.
.POSIX:

HOST = 127.0.0.1
PORT = 8501
# The newest Python on this machine that the project supports.
PYTHON = $$(for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BIN = .venv/bin

.PHONY: run test quick check bench gallery format oracles words constraints clean

run: .venv/run.stamp
	@echo "Simcards: open http://$(HOST):$(PORT) (Ctrl+C stops it)"
	@SIMCARDS_HOST=$(HOST) $(BIN)/uvicorn engine.server:app --ws websockets-sansio --no-access-log --log-level warning --host $(HOST) --port $(PORT)

# Browser tests two at a time, after the others: they wait as much as they work, but they say how a
# page behaves on a machine that is not overrun.
test: .venv/dev.stamp
	$(BIN)/python -m pytest --ignore=tests/browser --numprocesses=auto --maxprocesses=8 --dist=worksteal
	$(BIN)/python -m pytest tests/browser --numprocesses=2 --dist=worksteal

# Before a commit, in under a minute on two cores: everything but the slow_paths and slow_markers that
# pyproject.toml names (browser, PostgreSQL, PyTorch, the gallery of charts, the content's many draws).
quick: .venv/dev.stamp
	$(BIN)/python -m pytest --quick --numprocesses=auto --dist=worksteal

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m engine check --seeds 200

bench: .venv/dev.stamp
	$(BIN)/python -m tests.bench

# Every chart of every question as a picture, in artefacts/gallery.
gallery: .venv/dev.stamp
	$(BIN)/python -m tests.charts.gallery

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# PyTorch's values for the simulations, recorded again (needs PyTorch: pip install torch==2.13.0).
oracles: .venv/dev.stamp
	for script in tests/oracles/record_*.py; do $(BIN)/python $$script; done

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Simcards needs Python 3.11, 3.12 or 3.13; none was found."; exit 1; }
	@echo "Setting up .venv; this takes about a minute, once."
	@"$(PYTHON)" -m venv .venv

.venv/run.stamp: .venv/bin/python requirements.txt constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r requirements.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	@echo "Adding what the tests need."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r requirements-dev.txt
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis artefacts

# Brings engine/locale up to date with the sentences in the source.
words: .venv/dev.stamp
	$(BIN)/python -m tests.words.catalogue

# The newest versions of everything that pyproject.toml allows, for each Python, in constraints.txt,
# which every set-up keeps to. Run `make test` before it is committed: what stands there has passed.
constraints: .venv/bin/python
	$(BIN)/python -m tests.packaging.requirements
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
	$(BIN)/uv --quiet pip compile --upgrade --universal --python-version 3.11 --fork-strategy fewest \
		--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make constraints" \
		--output-file constraints.txt requirements-dev.txt
