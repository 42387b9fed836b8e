# What can be done here: `make` alone lists it. The work itself is in scripts/.
PORT ?= 8000
DATA_DIR ?= var
VENV := .venv/bin/python
export PORT DATA_DIR

.DEFAULT_GOAL := help
.PHONY: help setup run test bench faults lock messages format

help: ## list what can be done
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## install what is missing and compile the translations
	@sh scripts/install.sh

run: setup ## start the portal with its own database: PORT=8000 DATA_DIR=var
	@exec $(VENV) -m scripts.run

test: ## every check and every test, on SQLite and PostgreSQL: ONLY=tests/house narrows it
	@sh scripts/install.sh --tests
	@exec $(VENV) -m scripts.test $(ONLY)

bench: ## what it costs beside the bare floor: ONLY=name,… JSON=file
	@sh scripts/install.sh --tests
	@exec $(VENV) -m benchmarks $(if $(ONLY),--only $(ONLY)) $(if $(JSON),--json $(JSON))

faults: ## kill it at random moments, on both databases: ONLY=name,… JSON=file
	@sh scripts/install.sh --tests
	@exec $(VENV) -m faults $(if $(ONLY),--only $(ONLY)) $(if $(JSON),--json $(JSON))

messages: ## collect what is to be translated into locale/
	@sh scripts/install.sh --tests
	@$(VENV) -m scripts.collect_messages

format: ## format Python
	@sh scripts/install.sh --tests
	@$(VENV) -m ruff check --fix . ; $(VENV) -m ruff format .

lock: ## write the lock files anew from requirements*.in
	@sh scripts/install.sh --tests
	@for name in requirements requirements-dev; do \
		$(VENV) -m piptools compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
			--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options $$name.in -o $$name.txt || exit 1; \
	done
