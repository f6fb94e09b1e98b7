# The whole vocabulary of daily work. `make run` and `make test` need only Debian 12 with
# Python 3.11, Node 20, git and make; both are safe to run again.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .stamps

.PHONY: run test check fix bench e2e lock clean help

help:
	@echo "make run [PORT=8000]  cài đặt và chạy / install and serve on 127.0.0.1"
	@echo "make test             cài đặt và kiểm thử tất cả / install and test everything"
	@echo "make check            ruff, mypy, import-linter, djade, di trú, bản dịch"
	@echo "make fix              sửa định dạng / format"
	@echo "make bench            đo tốc độ / print speed ratios"
	@echo "make e2e              kiểm thử trên trình duyệt / browser journeys only"
	@echo "make lock             khoá lại phiên bản thư viện / lock versions anew"

run: $(STAMPS)/app $(STAMPS)/assets
	$(BIN)/tuoitho run --demo --port $(PORT)

test: check $(STAMPS)/browser $(STAMPS)/assets
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(STAMPS)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(git ls-files 'tuoitho/**/*.html')
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy tuoitho conftest.py tests e2e bench

fix: $(STAMPS)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-$(BIN)/djade $$(git ls-files 'tuoitho/**/*.html')

bench: $(STAMPS)/dev
	for name in law lists cases search imports linking rounds; do $(BIN)/python -m bench.$$name || exit 1; done

e2e: $(STAMPS)/dev $(STAMPS)/browser $(STAMPS)/assets
	$(BIN)/python -m pytest e2e

# Versions with hashes and without addresses, so that every machine installs the same.
lock: $(STAMPS)/dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements.txt -o requirements-dev.txt

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(STAMPS)/app: $(BIN)/python requirements.txt pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: $(STAMPS)/app requirements-dev.txt
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/assets: $(STAMPS)/app package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BIN)/python -m tuoitho.ui.fetch_assets
	@mkdir -p $(STAMPS) && touch $@

# The browser, gettext and Java (for the one test on Spark) come from Debian; without root, sudo is asked for.
$(STAMPS)/browser: $(STAMPS)/dev Makefile
	@if ! command -v chromium-headless-shell >/dev/null || ! command -v msgfmt >/dev/null || ! command -v java >/dev/null; then \
	  sudo=$$( [ "$$(id -u)" = 0 ] || echo sudo ); \
	  $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell gettext openjdk-17-jre-headless >/dev/null; \
	fi
	@mkdir -p $(STAMPS) && touch $@

clean:
	rm -rf .venv node_modules $(STAMPS) tuoitho/ui/static/vendor
