#!/usr/bin/env bash
# Remakes requirements/lock.txt (to run), dev.txt (to develop) and bench.txt (peers of the bench, in a venv of their own).
# One lock for every operating system and Python from 3.11 on; it holds versions and hashes, no addresses.
# To raise versions: tools/lock.sh --upgrade (or make lock ARGS=--upgrade)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv=build/lock-venv/bin/uv
if [ ! -x "$uv" ]; then
    if [ -x .venv/bin/python ]; then py=.venv/bin/python; else py=${PYTHON:-python3}; fi
    "$py" -m venv build/lock-venv
    build/lock-venv/bin/python -m pip install --quiet --disable-pip-version-check uv
fi

compile() { # output file, further arguments...
    local out=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" \
        "$@" -o "$out"
    if grep -n '://' "$out"; then
        echo "오류: $out에 주소가 들어 있습니다." >&2
        exit 1
    fi
}

compile requirements/lock.txt pyproject.toml requirements/build.in "$@"
compile requirements/dev.txt --extra dev --constraints requirements/lock.txt pyproject.toml requirements/build.in "$@"
compile requirements/bench.txt --constraints requirements/lock.txt requirements/bench.in "$@"
echo "다시 만들었습니다: requirements/lock.txt requirements/dev.txt requirements/bench.txt"
