#!/bin/sh
# Gets what GovTracker needs to run and to be tested. Safe to call again; from the second time on it is quick.
#
#   tools/setup.sh         what running needs (the locked packages and the program, into .venv)
#   tools/setup.sh check   + development tools (ruff, mypy, pytest ...)
#   tools/setup.sh test    + Debian packages that the tests use (xvfb, poppler-utils, libreoffice)
#
# Environment: PYTHON names the Python to use, GOVTRACKER_NO_APT=1 keeps away from apt.
set -eu

cd "$(dirname "$0")/.."
root=$(pwd -P)
mode=${1:-run}
case $mode in
    run | check | test) ;;
    *)
        echo "쓰는 법 / usage: tools/setup.sh [run|check|test]" >&2
        exit 2
        ;;
esac

say() { printf '%s\n' "[setup] $*"; }
warn() { printf '%s\n' "[setup] $*" >&2; }
die() {
    warn "$@"
    exit 1
}

# ---------------------------------------------------------------- Debian packages
# 'a|b' means that either will do (names that differ between releases).
runtime_packages='
    libgl1 libegl1 libfontconfig1 libdbus-1-3 libglib2.0-0|libglib2.0-0t64
    libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
    fonts-nanum
'
test_packages='xvfb poppler-utils libreoffice-calc-nogui|libreoffice-calc'

is_installed() {
    dpkg -s "$1" 2>/dev/null | grep -q '^Status: .* installed$'
}

# Prints those of its arguments that are missing ('a|b' is there if either is).
missing_of() {
    for entry in "$@"; do
        found=
        for name in $(printf '%s' "$entry" | tr '|' ' '); do
            if is_installed "$name"; then
                found=1
                break
            fi
        done
        [ -n "$found" ] || printf '%s ' "$entry"
    done
}

# Whether apt can be used; sets as_root to what goes before it (nothing for root, else sudo).
can_apt() {
    [ -z "${GOVTRACKER_NO_APT:-}" ] || return 1
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        return 1
    fi
}

apt_get() {
    # shellcheck disable=SC2086 # as_root has to be split into words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# Replaces each 'a|b' by the one name that this release has.
available_names() {
    for entry in "$@"; do
        pick=
        for name in $(printf '%s' "$entry" | tr '|' ' '); do
            if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
                pick=$name
                break
            fi
        done
        printf '%s ' "${pick:-${entry%%|*}}"
    done
}

# Installs missing packages with apt; 1 where that is impossible or fails.
apt_install() {
    can_apt || return 1
    say "데비안 꾸러미를 설치합니다 / installing Debian packages: $*"
    apt_get update || warn "apt-get update에 실패했지만 계속합니다 / apt-get update failed, going on"
    # shellcheck disable=SC2046
    set -- $(available_names "$@")
    log=$(mktemp)
    if ! apt_get install -y --no-install-recommends "$@" >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        # One by one, so that one missing package does not fail them all.
        for name in "$@"; do
            apt_get install -y --no-install-recommends "$name" >"$log" 2>&1 || true
        done
    fi
    rm -f "$log"
    # shellcheck disable=SC2046
    [ -z "$(missing_of "$@")" ]
}

system_packages() {
    wanted=$runtime_packages
    [ "$mode" != test ] || wanted="$wanted $test_packages"
    if ! command -v dpkg >/dev/null 2>&1; then
        if [ "$(uname -s)" = Linux ] && [ ! -e .venv/.govtracker-setup ]; then
            # shellcheck disable=SC2086
            warn "데비안 계열이 아닙니다. 다음에 해당하는 꾸러미를 직접 설치하세요 /" \
                "not a Debian system: install the equivalents of:" $wanted
        fi
        return 0
    fi
    # shellcheck disable=SC2086
    missing=$(missing_of $wanted)
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086
    if ! apt_install $missing; then
        # shellcheck disable=SC2086
        missing=$(missing_of $missing)
        [ -n "$missing" ] || return 0
        names=
        for entry in $missing; do names="$names ${entry%%|*}"; done
        warn "다음 꾸러미를 설치하지 못했습니다. 관리자에게 부탁하거나 직접 설치하세요 /" \
            "could not install these packages, please install them yourself:"
        warn "    sudo apt-get install$names"
    fi
}

# ------------------------------------------------------------------------- Python
# The upper bound (below 3.15) is that of PySide6 6.11.
python_ok() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && python_ok "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

make_venv() {
    if [ -x .venv/bin/python ] && python_ok .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        # A .venv that was moved along with its folder still points to the old place: make it anew.
        [ "$(cat .venv/.govtracker-root 2>/dev/null || :)" != "$root" ] || return 0
    fi
    python=$(find_python) || {
        warn "파이썬 3.11~3.14가 필요합니다. 있는 것: $(python3 --version 2>&1 || echo 없음)"
        warn "Python 3.11 to 3.14 is required (Debian 12 or newer: sudo apt-get install python3)."
        die "다른 자리에 있으면 / if it is elsewhere: PYTHON=/path/to/python3.12 make setup"
    }
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        package=python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
        if ! command -v dpkg >/dev/null 2>&1 || ! apt_install "$package" ||
            ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            die "가상 환경을 만들 수 없습니다. 먼저 설치하세요 / cannot make a virtual environment, first run:" \
                "sudo apt-get install $package"
        fi
    fi
    say "가상 환경을 만듭니다 / making .venv with $("$python" --version 2>&1) ($python)"
    rm -rf .venv
    "$python" -m venv .venv
    printf '%s\n' "$root" >.venv/.govtracker-root
}

pip_install() {
    # -qq: only errors, none of the chatter about this machine's pip settings.
    if ! .venv/bin/python -m pip --disable-pip-version-check install -qq "$@"; then
        die "꾸러미를 설치하지 못했습니다. 네트워크를 확인하고 다시 하세요 /" \
            "installing the Python packages failed: check the network and try again."
    fi
}

install_requirements() {
    lock=$1
    say "파이썬 꾸러미를 설치합니다. 처음에는 몇 분 걸립니다 / installing Python packages: $lock"
    if grep -q -- '--hash=' "$lock"; then
        pip_install --require-hashes -r "$lock"
    else
        pip_install -r "$lock"
    fi
}

# --------------------------------------------------------------------------- main
system_packages
make_venv

# The stamp: 'kind(run|dev) checksum'. A dev environment has everything that run needs.
stamp=.venv/.govtracker-setup
sum=$(cat tools/setup.sh pyproject.toml requirements/*.txt | cksum | tr ' ' '-')
have_kind=''
have_sum=''
if [ -r "$stamp" ]; then
    read -r have_kind have_sum <"$stamp" || :
fi
kind=dev
# A .venv with the development tools keeps them.
if [ "$mode" = run ] && [ "$have_kind" != dev ]; then kind=run; fi

if [ "$have_kind $have_sum" != "$kind $sum" ] || [ ! -x .venv/bin/govtracker ]; then
    rm -f "$stamp"
    if [ "$kind" = dev ]; then
        install_requirements requirements/dev.txt
    else
        install_requirements requirements/lock.txt
    fi
    # The build backend is in the lock, too, so this needs no network.
    pip_install --no-index --no-deps --no-build-isolation -e .
    printf '%s %s\n' "$kind" "$sum" >"$stamp"
    say "다 갖췄습니다 / ready: .venv/bin/govtracker"
fi
