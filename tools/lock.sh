#!/usr/bin/env bash
# requirements/lock.txt(실행)와 requirements/dev.txt(개발)를 다시 만든다.
# 모든 운영체제와 파이썬 3.11 이상에 함께 쓰는 잠금이며, 판과 해시만 담고 주소는 담지 않는다.
# 판을 올리려면: tools/lock.sh --upgrade (또는 make lock ARGS=--upgrade)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv=build/lock-venv/bin/uv
if [ ! -x "$uv" ]; then
    if [ -x .venv/bin/python ]; then py=.venv/bin/python; else py=${PYTHON:-python3}; fi
    "$py" -m venv build/lock-venv
    build/lock-venv/bin/python -m pip install --quiet --disable-pip-version-check uv
fi

compile() { # 나갈파일 더할인자...
    local out=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" \
        "$@" pyproject.toml requirements/build.in -o "$out"
    if grep -n '://' "$out"; then
        echo "오류: $out에 주소가 들어 있습니다." >&2
        exit 1
    fi
}

compile requirements/lock.txt "$@"
compile requirements/dev.txt --extra dev --constraints requirements/lock.txt "$@"
echo "다시 만들었습니다: requirements/lock.txt requirements/dev.txt"
