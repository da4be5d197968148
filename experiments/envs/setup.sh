#!/bin/sh
# Creates and keeps the virtual environment .venv. Called by make; not meant to be called by hand.
#
#   sh experiments/envs/setup.sh run    what the suite and its tests need (build.txt, main.txt, the project itself)
#   sh experiments/envs/setup.sh dev    the same and the tools of `make lint`, `make asv` and `make coverage` (dev.txt)
#
# A stage is done when its stamp holds the checksum of its lock file; stamps are written last, so an interrupted
# installation is never taken for a complete one. Two calls at once wait for each other.
set -u
cd "$(dirname "$0")/../.." || exit 1
venv=.venv
locks=experiments/envs
stage=${1:?run or dev}
unset PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_USER || true
export PYTHONNOUSERSITE=1 PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

say() { printf '%s\n' "$*" >&2; }

stop() {
    for line in "$@"; do say "$line"; done
    exit 1
}

checksum() { printf '%s %s\n' "$PWD" "$(cat "$@" | cksum)"; }

is_done() { # name, files: the stamp of this stage was written for these files, in this folder
    name=$1
    shift
    [ -f "$venv/stamp-$name" ] && [ "$(cat "$venv/stamp-$name")" = "$(checksum "$@")" ]
}

version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

find_python() {
    # An explicit PYTHON is taken as it is; else python3 if it is one we test with, else the newest tested one.
    if [ -n "${PYTHON:-}" ]; then
        command -v "$PYTHON" >/dev/null 2>&1 || stop "PYTHON=$PYTHON: there is no such program."
        printf '%s\n' "$PYTHON"
        return
    fi
    for candidate in python3 python3.13 python3.12 python3.11; do
        case "$(version "$candidate")" in
        3.11 | 3.12 | 3.13)
            printf '%s\n' "$candidate"
            return
            ;;
        esac
    done
    printf 'python3\n'
}

check_python() {
    found=$(version "$1") || found=none
    case "$found" in
    3.11 | 3.12 | 3.13) ;;
    3.1[4-9] | 3.[2-9]?) say "Python $found is newer than those tested (3.11 to 3.13); trying it." ;;
    *) stop "kmedoids-bench needs Python 3.11 or newer; '$1' is: $found." \
        "Install one (Debian, Ubuntu: apt install python3 python3-venv), or name it: make PYTHON=/path/to/python3.12 ..." ;;
    esac
    "$1" -c 'import ensurepip, venv' 2>/dev/null || stop \
        "Python $found has no venv module with pip." \
        "Debian, Ubuntu: apt install python3-venv   (or python$found-venv), then run make again."
}

explain() { # the log of a failed pip: one reason and what to do, in words
    grep -vE '^(WARNING|exit status)' "$1" | tail -n 6 >&2
    say ""
    if grep -q 'DO NOT MATCH THE HASHES' "$1"; then
        say "A downloaded file is not the one the lock names. A damaged cache or a mirror that rebuilds packages does this:"
        say "  python3 -m pip cache purge, then run make again."
    elif grep -q 'No space left on device' "$1"; then
        say "The disk is full: .venv needs about 1.5 GB. Make room, then run make again."
    elif grep -qE 'Retrying|Failed to establish|name resolution|timed out|ProxyError|SSLError|from versions: none' "$1"; then
        say "The Python package index could not be reached. Check the network; behind a proxy set HTTPS_PROXY;"
        say "with a mirror of your own set PIP_INDEX_URL. Then run make again: what was downloaded is kept."
    elif grep -q 'from versions:' "$1"; then
        say "The index has no file for this system or Python. Tested: Linux with glibc, Python 3.11 to 3.13;"
        say "name one of these: make PYTHON=/path/to/python3.12 ..."
    fi
    say "The whole output of pip: $1"
    exit 1
}

install() { # name, number of packages, arguments of pip install
    name=$1
    total=$2
    shift 2
    log=.venv-setup-$name.log
    touch "$venv/incomplete"
    {
        "$venv/bin/python" -m pip install "$@" 2>&1
        echo "exit status $?"
    } | while IFS= read -r line; do
        printf '%s\n' "$line"
        case "$line" in
        Collecting*)
            count=$((${count:-0} + 1))
            # On a terminal a line that counts; in a log file nothing.
            [ -t 2 ] && printf '\r  %d of %d packages' "$count" "$total" >&2
            ;;
        Installing*) [ -t 2 ] && printf '\r  installing %d packages\n' "$total" >&2 ;;
        esac
    done >"$log"
    # A pip that ends by itself leaves whole packages; one that was killed (128 and more) may leave torn ones.
    status=$(sed -n '$s/^exit status //p' "$log")
    [ "${status:-255}" -lt 128 ] || stop "The installation was killed; run make again, it starts afresh."
    rm -f "$venv/incomplete"
    [ "$status" -eq 0 ] || explain "$log"
    rm -f "$log"
}

packages() { grep -c '==' "$@"; }

if command -v flock >/dev/null 2>&1; then
    exec 9>.venv.lock
    flock -n 9 || {
        say "another make is setting up $venv; waiting for it ..."
        flock 9
    }
fi

run_done=no
is_done run $locks/build.txt $locks/main.txt && is_done project pyproject.toml && run_done=yes
dev_done=yes
[ "$stage" = dev ] && { is_done dev $locks/dev.txt || dev_done=no; }

usable=yes
"$venv/bin/python" -c 'import pip' 2>/dev/null || usable=no   # none yet, half made, or its Python is gone
[ -f "$venv/incomplete" ] && usable=no                         # an installation was killed: packages may be torn
for stamp in "$venv"/stamp-*; do                               # the folder was moved: scripts name the old place
    [ -f "$stamp" ] && case "$(cat "$stamp")" in "$PWD "*) ;; *) usable=no ;; esac
done
if [ -n "${PYTHON:-}" ] && [ $usable = yes ]; then             # another Python was asked for
    [ "$(version "$PYTHON")" = "$(version "$venv/bin/python")" ] || usable=no
fi
[ $usable = yes ] && [ $run_done = yes ] && [ $dev_done = yes ] && exit 0

started=$(date +%s)
if [ $usable = no ]; then
    python=$(find_python) || exit 1
    check_python "$python"
    say "setting up $venv with Python $(version "$python") (once, about a minute) ..."
    rm -rf "$venv"
    "$python" -m venv "$venv" || {
        rm -rf "$venv"
        stop "python -m venv failed, see above."
    }
else
    say "bringing $venv up to date ..."
fi

if ! is_done run $locks/build.txt $locks/main.txt; then
    # setuptools first, from its own lock: the one package that comes as source is then built with it, not with
    # whatever an isolated build would download unchecked.
    install build 1 --require-hashes -r $locks/build.txt
    install main "$(packages $locks/main.txt)" --require-hashes --no-build-isolation -r $locks/main.txt
    checksum $locks/build.txt $locks/main.txt >"$venv/stamp-run"
fi
if ! is_done project pyproject.toml; then
    install project 1 --no-deps --no-build-isolation -e .
    checksum pyproject.toml >"$venv/stamp-project"
fi
if [ "$stage" = dev ] && ! is_done dev $locks/dev.txt; then
    say "adding the development tools ..."
    install dev "$(packages $locks/dev.txt)" --require-hashes --no-build-isolation -r $locks/dev.txt
    checksum $locks/dev.txt >"$venv/stamp-dev"
fi
say "$venv is ready ($(($(date +%s) - started)) s)"
