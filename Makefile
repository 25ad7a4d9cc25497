# python3 is all that is needed; tools/bootstrap.py sets up .venv from the hash-locked requirements.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup setup-dev page demo test lint bench floors evaluate serve

setup:
	@$(PYTHON) tools/bootstrap.py

setup-dev:
	@$(PYTHON) tools/bootstrap.py --dev

demo: setup
	@mkdir -p build
	@$(BIN)/sacho code examples --format table --lang en
	@$(BIN)/sacho code examples --format jsonl --quotes --documents --out build/demo.jsonl
	@echo "The records, one JSON object a line: build/demo.jsonl. The same table in Korean: $(BIN)/sacho code examples --format table"
	@echo "The page on which records and words meet: make serve, then http://127.0.0.1:8017/"

test: setup-dev
	@$(PYTHON) tools/frontend.py --check
	@$(BIN)/python -m pytest

lint: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup-dev
	@$(BIN)/python bench/speed.py

floors: setup-dev
	@for task in time publication status roles voices names; do $(BIN)/python bench/$$task/measure.py || exit 1; done
	@$(BIN)/python bench/across/measure.py --check

evaluate: setup
	@$(BIN)/sacho evaluate gold --only dev
	@$(BIN)/sacho evaluate gold --only blind

page: setup
	@$(PYTHON) tools/frontend.py

serve: page
	@mkdir -p build
	@$(BIN)/sacho serve examples --store build/examples.db --accounts build/users.sqlite
