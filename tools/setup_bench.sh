#!/bin/sh
# Gets the programs that the bench sets beside ours (requirements/bench.txt) into .venv-bench. They are not needed
# for anything else, so where this fails the bench goes on and reports them as missing.
#
#   tools/setup_bench.sh PYTHON
set -eu

cd "$(dirname "$0")/.."
stamp=.venv-bench/.govtracker-setup
sum="$(pwd -P) $(cksum <requirements/bench.txt)"
[ "$(cat "$stamp" 2>/dev/null || :)" != "$sum" ] || exit 0

echo "[setup] 견줄 프로그램을 설치합니다 / installing the bench's peers: requirements/bench.txt"
rm -rf .venv-bench
if "$1" -m venv .venv-bench &&
    .venv-bench/bin/python -m pip --disable-pip-version-check install -qq --require-hashes -r requirements/bench.txt; then
    printf '%s\n' "$sum" >"$stamp"
else
    rm -rf .venv-bench
    echo "[setup] 설치하지 못했습니다. 그 줄은 비워 둡니다 / failed: their rows stay empty" >&2
fi
