# Each target works in a fresh clone: the environment is made when it is missing or out of date.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# many tests wait for processes of their own, so one more than there are processors
WORKERS = $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")
ROOT = $(if $(filter 0,$(shell id -u)),--allow-root)  # in a container; Jupyter asks for it
# a worker takes whole files, in the order of testpaths: tests of a file share what takes long
PYTEST = $(BIN)/pytest --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder --durations=15

.PHONY: reports gallery test test-long check lab reference lock clean

reports: $(READY)  ## every notebook for every year, as HTML in exports/
	$(BIN)/caoan-stats run

gallery: reports  ## pictures of every page, for people to look at, in gallery/ (needs Chromium)
	$(BIN)/python tests/helpers/gallery.py exports gallery

test: check  ## what is to pass before every commit
	$(PYTEST) -m "not long"

test-long: $(READY)  ## all that takes longer: a browser, kills, full disks, 2000 examples a property
	$(PYTEST) -m "long or property" --hypothesis-profile=long

check: $(READY)  ## lint, format, types and the directions of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lab: $(READY)  ## JupyterLab on the notebooks
	$(BIN)/jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements
	cd notebooks && ../$(BIN)/jupyter lab $(ROOT)  # scheduled jobs leave their files where it starts

reference: $(READY)  ## docs/reference.md and docs/command.md, from the docstrings
	$(BIN)/python docs/reference.py

lock: pyproject.toml  ## pin the dependencies anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --custom-compile-command "make lock" --output-file requirements.lock

clean:  ## everything that a command here makes
	rm -rf .venv exports gallery data/processed

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
