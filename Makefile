# GovTracker: everyday chores, see `make help`. The `##` texts are what it prints.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup setup-check setup-test run test check format bench soak approve screenshots lock clean distclean

VENV := .venv
PY := $(VENV)/bin/python
# Test workers that run at the same time (to fit the machine: `make test JOBS=4`)
JOBS ?= 2
# More arguments for the command that runs (`make test ARGS="-k form"`)
ARGS ?=

export PYTHONUTF8 := 1
test soak approve: export QT_QPA_PLATFORM ?= offscreen

help: ## 이 도움말
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: ## 실행에 필요한 것을 모두 갖춘다 (.venv)
	@bash tools/setup.sh

setup-check:
	@bash tools/setup.sh check

setup-test:
	@bash tools/setup.sh test

run: setup ## 네 서식의 보기로 대장·PDF·엑셀을 만들고 창을 연다 (build/demo)
	$(VENV)/bin/govtracker demo build/demo

test: setup-test ## 전체 시험
	$(PY) -m pytest -n $(JOBS) $(ARGS)

check: setup-check ## 정적 검사 (ruff, 서식, mypy)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

format: setup-check ## 서식을 맞추고 고칠 수 있는 것을 고친다
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: setup-check ## 속도 재기
	@bash tools/setup_bench.sh $(PY)
	$(PY) -m bench $(ARGS)

soak: setup-test ## 오래 도는 시험
	GOVTRACKER_SOAK=1 $(PY) -m pytest -m soak $(ARGS)

approve: setup-test ## 인쇄 쪽의 그림을 지금 것으로 승인한다 (tests/golden)
	GOVTRACKER_APPROVE=1 $(PY) -m pytest tests/golden $(ARGS)

screenshots: setup-check ## 창마다 그림을 만든다 (build/screenshots: 1366x768의 100·125·150%, 1920x1080)
	GOVTRACKER_DATA=build/screenshots/data bash tools/screenshots.sh $(PY) build/screenshots

lock: ## pyproject.toml에서 requirements/*.txt를 다시 만든다
	@bash tools/lock.sh $(ARGS)

clean: ## 만들어진 것과 캐시를 지운다
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	find . -path ./$(VENV) -prune -o -path ./.venv-bench -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## 가상 환경까지 지운다
	rm -rf $(VENV) .venv-bench
