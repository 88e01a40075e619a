# `make` alone lists everything. Each target does its own set-up.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv/bin

.PHONY: help run worker test lint format check data bench backtest screenshots lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## set everything up and serve the site on HOST:PORT
	@HOST=$(HOST) PORT=$(PORT) $(PYTHON) bin/run.py

worker: ## bulk jobs of the desk and mail to subscribers; `make run` starts one by itself
	@$(VENV)/python bin/work.py

test: .venv/dev ## every test on SQLite, then the database tests on PostgreSQL
	@$(VENV)/python bin/test.py $(ARGS)

lint: .venv/dev ## style, packages, types, imports, templates, migrations, deployment
	@$(VENV)/python bin/lint.py

format: .venv/dev ## write the code and the templates in the house's form
	@$(VENV)/ruff check --fix-only --quiet . && $(VENV)/ruff format .
	@git ls-files '*.html' | xargs $(VENV)/djade --target-version 5.2

check: lint test ## what has to pass before a change is kept

data: .venv/dev ## load the facts and the shipped documents
	@$(VENV)/python manage.py migrate -v0
	@$(VENV)/python manage.py load_catalog
	@$(VENV)/python manage.py load_content

bench: .venv/dev ## milliseconds of pages, lists and search, mails a second, both databases
	@$(VENV)/python bin/bench.py
	@$(VENV)/python bin/bench_lists.py $(ROWS)
	@$(VENV)/python bin/bench_estimates.py
	@$(VENV)/python bin/bench_search.py
	@$(VENV)/python bin/bench_choosing.py
	@$(VENV)/python bin/bench_newsletter.py

screenshots: .venv/dev ## the pictures of docs/editing.md, of a desk that is thrown away
	@$(VENV)/python bin/screenshots.py

backtest: .venv/dev ## estimates against every usable measurement and published figure
	@$(VENV)/python manage.py backtest $(ARGS)

lock: .venv/dev ## resolve the dependencies anew into requirements/*.txt
	@for name in runtime dev; do $(VENV)/uv pip compile --quiet --upgrade --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  requirements/$$name.in -o requirements/$$name.txt; done

clean: ## remove what was built, the local database among it
	@rm -rf .venv var staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/dev: requirements/dev.txt bin/environment.py
	@$(PYTHON) bin/environment.py dev
