# `make help` lists the verbs. `make report` and `make test` each work as the first command on a fresh clone.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LAB    := $(VENV)/ipython
ARGS   ?=

.DEFAULT_GOAL := help

# Some images of Python set it: each process then compiles again what was edited since `make setup`, each run all the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## List these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# One environment, four layers: what builds reports, what an analyst adds, what many machines add, what the tests add.
# Every layer is a lock file with hashes; a layer is installed again only when its lock file changed.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.x")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.%: requirements/%.txt pyproject.toml | $(BIN)/python
	@echo "Installing $* (a minute the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src/helpers
	@touch $@

# What the tests take from npm, without scripts; where npm cannot install it they are skipped.
$(VENV)/.npm: requirements/npm/package.json requirements/npm/package-lock.json | $(BIN)/python
	@mkdir -p $(VENV)/npm && cp requirements/npm/*.json $(VENV)/npm/
	@if ! command -v npm >/dev/null; then echo "No npm: the tests of its two linters are skipped."; \
	elif npm ci --silent --fetch-retries=1 --ignore-scripts --no-audit --no-fund --prefix $(VENV)/npm; then touch $@; \
	else echo "npm could not install: the tests of its two linters are skipped."; fi

.PHONY: setup
setup: $(VENV)/.base ## Set up .venv with what builds reports

.PHONY: report
report: $(VENV)/.base ## Build the report of every year that has a sheet (ARGS="2022 --force")
	$(BIN)/gyokaku build $(ARGS)

.PHONY: test
test: $(VENV)/.dev $(VENV)/.npm ## Run every test, the slow ones too, on two cores
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

.PHONY: quick
quick: $(VENV)/.dev $(VENV)/.npm ## Run the tests that take no build and no browser, on two cores
	GYOKAKU_TESTS=quick $(BIN)/python -m pytest -m "not slow" -n 2 --dist worksteal $(ARGS)

.PHONY: test-long
test-long: $(VENV)/.dev $(VENV)/.npm ## Run every test with the long counts: 100 kills, every fault (half an hour)
	GYOKAKU_TESTS=long $(BIN)/python -m pytest $(ARGS)

.PHONY: mutants
mutants: $(VENV)/.dev ## Change figures, printing and gate one by one: a test must find each (five minutes)
	$(BIN)/python tests/run_mutants.py $(ARGS)

.PHONY: bench
bench: $(VENV)/.dev ## Measure builds against the stock way, the floor and c391b3c (half an hour, ten minutes with ARGS="--rounds 1 --many 20"; a registry and Chromium)
	$(BIN)/python benchmarks/bench.py $(ARGS)

.PHONY: bench-nation
bench-nation: $(VENV)/.dev ## Measure how memory and cost grow to 1,000 synthetic reports (three quarters of an hour; ARGS="--sizes 10,100")
	$(BIN)/python benchmarks/nation.py $(ARGS)

.PHONY: lab
lab: $(VENV)/.lab $(LAB)/profile_default/ipython_config.py ## Open JupyterLab on the notebooks, with data/, reports/ and src/ beside them
	@! git rev-parse --git-dir >/dev/null 2>&1 || git config filter.notebook-source.clean '"$(abspath $(BIN))/python" -m helpers.pipeline.identity.notebook_source'
	JUPYTER_CONFIG_PATH=$(abspath lab) IPYTHONDIR=$(abspath $(LAB)) $(BIN)/jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks/annual_report.ipynb $(ARGS)

# What is edited in src/ is seen by the next cell, without a restart of the kernel.
$(LAB)/profile_default/ipython_config.py: Makefile | $(BIN)/python
	@mkdir -p $(@D)
	@echo 'c.InteractiveShellApp.extensions = ["autoreload"]' > $@
	@echo 'c.InteractiveShellApp.exec_lines = ["%autoreload 2"]' >> $@

.PHONY: cluster
cluster: $(VENV)/.cluster ## Add what `gyokaku build --cluster` and `gyokaku worker` take (docs/cluster.md)

.PHONY: lint
lint: $(VENV)/.dev ## Check style and types
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

.PHONY: format
format: $(VENV)/.dev ## Set the code in the house style
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group build

.PHONY: lock
lock: $(VENV)/.dev ## Pin the newest allowed versions, with hashes, and list them (docs/sbom.cdx.json)
	$(COMPILE) --upgrade --all-extras --group dev -o requirements/dev.txt
	$(COMPILE) --extra lab -c requirements/dev.txt -o requirements/lab.txt
	$(COMPILE) --extra cluster -c requirements/dev.txt -o requirements/cluster.txt
	$(COMPILE) -c requirements/dev.txt -o requirements/base.txt
	$(BIN)/python tests/make_sbom.py

.PHONY: pictures
pictures: $(VENV)/.dev report ## Take the pictures of the READMEs, the rooms and the layouts, and docs/accessibility.md, again (needs Chromium)
	$(BIN)/python tests/make_pictures.py
	$(BIN)/python tests/draw_rooms.py
	$(BIN)/python tests/draw_layouts.py
	$(BIN)/python tests/accessibility.py

.PHONY: clean
clean: ## Remove what was built: reports, processed data, caches (not the sheets, not the environment)
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis src/*.egg-info
	find data/processed reports -mindepth 1 ! -name README.md ! -name .gitkeep -delete
	find src tests notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +
