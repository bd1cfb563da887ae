# `make audit` and `make test` need Python 3.11 or newer and nothing else: tools/setup makes .venv when it is
# missing or out of date. ARGS goes to the command that a target runs: make test ARGS="-k layers".

BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help audit test lint format qualify demo clean distclean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

audit: ## build the audit of config.yaml into site/
	@tools/setup runtime
	@$(BIN)/cxreport build $(ARGS)

test: lint ## everything CI runs: lint, types, tests
	@tools/setup browser
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

lint: ## style, formatting and types
	@tools/setup dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: ## rewrite the Python files in the project's style
	@tools/setup dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

qualify: ## measure speed, size and accuracy against the stated limits
	@tools/setup dev
	@$(BIN)/python -m benchmarks.qualify $(ARGS)

demo: ## write the invented client's exports in examples/ anew
	@tools/setup dev
	@$(BIN)/python -m examples.meridian.generate $(ARGS)

clean: ## remove what builds and tests made; keeps .venv, the pseudonym key and the private audit
	rm -rf site dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

distclean: clean ## also remove .venv
	rm -rf .venv
