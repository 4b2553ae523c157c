# `make help` lists the targets. What they install is in .ci/setup.sh.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
export PYTHON

.PHONY: help brief test test-all lint types lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

brief: ## install what is missing, then build the newest week of seeds/ (a brief with gaps, exit code 3, is fine)
	@bash .ci/setup.sh run
	@.venv/bin/briefing build --week || { code=$$?; [ $$code -eq 3 ] || exit $$code; }

test: ## lint, types and the fast tests
	@bash .ci/setup.sh dev
	@$(MAKE) --no-print-directory lint types
	.venv/bin/python -m pytest

test-all: ## everything but soaks, with torch when it can be had
	@bash .ci/setup.sh all
	@$(MAKE) --no-print-directory test
	HYPOTHESIS_PROFILE=thorough .venv-torch/bin/python -m pytest -m "not soak" --timeout 1200

lint: ## ruff (after `make test` has set up)
	.venv/bin/ruff check .

types: ## mypy --strict (after `make test` has set up)
	.venv/bin/mypy --strict briefing

lock: ## pin the dependencies anew from pyproject.toml (UPGRADE=1 takes newer versions)
	@bash .ci/setup.sh dev
	.venv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	bash .ci/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## remove the environments, caches and products
	rm -rf .venv .venv-torch .mediawiki .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist out/*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
