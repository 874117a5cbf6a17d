# Each target sets up what it needs by itself; the order in which they are called does not matter.

PYTHON ?= python3
BIN := .venv/bin
export LANG := $(or $(LANG),C.UTF-8)

# A window needs more of the system than a test does.
WINDOW := $(if $(DISPLAY)$(WAYLAND_DISPLAY),--window)

.PHONY: help setup test suite covered faults million million-grid bench bench-report bench-sign bench-opening bench-export libreoffice day forgeries flips keystrokes schemas lint demo run lock
.DEFAULT_GOAL := help

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 19

setup: ## Make .venv and install what the program needs
	@$(PYTHON) .ci/setup.py $(WINDOW)

test: lint suite covered ## Check and test everything

COVERED := alerting alerts delivery dosing ledger scales schedule schedule_asked single_dose vitals

covered: setup ## Hold dose, vitals, grid, scales and ledger to tests of every branch
	@CI=1 $(BIN)/coverage run -m pytest -q -r "" -p no:xdist -p no:cacheprovider $(COVERED:%=tests/unit/monitor/test_%.py)
	@$(BIN)/coverage report

suite: setup ## Run the tests alone
	@LC_ALL=C.UTF-8 $(BIN)/pytest -n 3 --dist worksteal

faults: setup ## Kill, cut the power and fail the disk as often as it takes (long)
	@CHAIRSIDE_FAULTS=large LC_ALL=C.UTF-8 $(BIN)/pytest -n 2 tests/faults

million: setup ## Ask the dose rules a million random questions, twice over (minutes)
	@$(BIN)/python -m tests.second_opinion.compare --cases 1000000 --seed 1 --processes 2

million-grid: setup ## Ask the due grid about a million random courses, twice over (minutes)
	@$(BIN)/python -m tests.second_opinion.compare_grid --cases 1000000 --seed 1 --processes 2

bench: setup ## Measure what an entry costs; it writes docs/measurements.md
	@$(BIN)/python -m tests.benchmarks.entry_cost docs/measurements.md

bench-report: setup ## Measure what a report costs; it writes docs/measurements.md
	@$(BIN)/python -m tests.benchmarks.report_cost docs/measurements.md

bench-sign: setup ## Measure signing and exporting in the window; it writes docs/measurements.md
	@QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/pytest -q -p no:randomly tests/benchmarks/sign_cost.py

bench-opening: setup ## Measure opening a chair in the window; it writes docs/measurements.md
	@QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/pytest -q -p no:randomly tests/benchmarks/opening_cost.py

bench-export: setup ## Measure what exporting 1,000 sessions costs; it writes docs/measurements.md (long)
	@$(BIN)/python -m tests.benchmarks.export_cost docs/measurements.md

libreoffice: setup ## Open the tables in LibreOffice (soffice) and compare; it writes docs/measurements.md
	@$(BIN)/python -m tests.benchmarks.tables_in_libreoffice docs/measurements.md

day: setup ## Live through a day with 24 chairs in the window; it writes docs/measurements.md (long)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks.day_figures docs/measurements.md

forgeries: setup ## Forge reports and ask others, too, what they are; it writes docs/forgeries.md
	@$(BIN)/python -m tests.forgeries.table docs/forgeries.md

flips: setup ## Change one byte of a report a thousand times; it writes docs/forgeries.md (minutes)
	@$(BIN)/python -m tests.forgeries.flips docs/forgeries.md

keystrokes: setup ## Count the keys that things at the chair cost; it writes docs/keystrokes.md
	@CHAIRSIDE_KEYSTROKES=write LC_ALL=C.UTF-8 $(BIN)/pytest -q tests/e2e/test_keystrokes.py

schemas: setup ## Write the schema of a record and the page of the tables; they stand in docs/formats
	@$(BIN)/python -m db.record_schema docs/formats/record.schema.json
	@$(BIN)/python -m reports.whole_tables.page docs/formats/csv.md

lint: setup ## Check style, types and who imports whom
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@$(BIN)/mypy .ci/setup.py
	@$(BIN)/lint-imports

demo: setup ## Run the demonstration; it writes into demo/
	@$(BIN)/chairside demo --out demo

run: ## Start the program
	@$(PYTHON) .ci/setup.py --window
	@$(BIN)/chairside

lock: ## Pin the newest fitting versions anew (needs the program uv)
	@.ci/lock
