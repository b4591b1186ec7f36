# Every target sets up what it needs. PYTHON may name any Python from 3.11 to 3.13.
PYTHON ?= python3
VENV   ?= .venv
WORKERS ?= 2
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help ask chat bot test lint types floors format bench eval pictures lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "Circular Desk needs Python 3.11 to 3.13; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up $(VENV) (once: a minute or more, about 800 MB) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@$(PIP) install --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# The question reaches the program through the environment, so that no character of it means anything to a shell.
ask: export QUESTION = $(value Q)
ask: $(VENV)/.run ## answer one question: make ask Q="..."
	@test -n "$$QUESTION" || { echo 'Ask something: make ask Q="Which bank can lend to our company?"' >&2; exit 2; }
	@$(BIN)/circular ask -- "$$QUESTION"

chat: $(VENV)/.run ## a conversation in the terminal
	@$(BIN)/circular chat

bot: $(VENV)/.run ## the Telegram bot; needs TELEGRAM_BOT_TOKEN
	@$(BIN)/circular bot

lint: $(VENV)/.dev ## style, types and the floors of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Many tests wait for processes of their own; two at a time take half as long. Whoever is done first takes over tests
# of the other. Compiled modules are kept, as every one of those processes reads them.
test: export PYTHONDONTWRITEBYTECODE =
test: lint ## everything CI checks
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal

format: $(VENV)/.dev ## mend style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: $(VENV)/.run ## score the development questions against the stored run, and without each voice
	@$(BIN)/circular eval tests/gold/questions.jsonl --baseline tests/gold/baseline.json
	@for voice in memory reading; do \
	  echo; echo "Without $$voice:"; $(BIN)/circular eval tests/gold/questions.jsonl --by lang --without $$voice; \
	done

bench: $(VENV)/.dev ## every figure of the README, measured here
	@$(BIN)/python -m benchmarks

pictures: $(VENV)/.dev ## the pictures of the documentation anew (needs Chromium)
	@$(BIN)/python docs/pictures/make.py

lock: $(VENV)/.dev ## write requirements/ anew from pyproject.toml (needs the network)
	@$(PIP) install uv
	@for set in run build dev; do \
	  case $$set in run) group="";; *) group="--group $$set";; esac; \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" pyproject.toml $$group -o requirements/$$set.txt; \
	done

clean: ## remove the virtual environment and caches
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
