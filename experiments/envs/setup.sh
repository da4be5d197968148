#!/bin/sh
# Creates and updates the virtual environment .venv. Called by make; not meant to be called by hand.
#
#   sh experiments/envs/setup.sh run      what the suite and its tests need (build.txt, main.txt, the project itself)
#   sh experiments/envs/setup.sh dev      the same and the tools of `make lint`, `make asv` and `make coverage` (dev.txt)
#   sh experiments/envs/setup.sh slurm    the same as for `run` and Snakemake's executor for Slurm (slurm.txt)
#   sh experiments/envs/setup.sh generic  the same as for `run` and Snakemake's executor for other schedulers (generic.txt)
#   sh experiments/envs/setup.sh gpu      the same as for `run` and what a CUDA card needs (gpu.txt)
#   sh experiments/envs/setup.sh docs     the same as for `run` and what builds the documentation (docs.txt)
#
# pip installs uv and setuptools from build.txt, uv installs the rest; both check every hash. Each part leaves a stamp
# with the checksum of its files. The file `usable` is missing while something is being installed, so an installation
# that was killed is started afresh. Two calls at once wait for each other.
set -u
cd "$(dirname "$0")/../.." || exit 1
venv=.venv
locks=experiments/envs
stage=${1:?run, dev, slurm, generic, gpu or docs}
unset PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_USER || true
export PYTHONNOUSERSITE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
# A user's choice of index for pip counts for uv too.
[ -z "${PIP_INDEX_URL:-}" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$PIP_INDEX_URL}"

say() { printf '%s\n' "$*" >&2; }

stop() {
    for line in "$@"; do say "$line"; done
    exit 1
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

usable() { # whether .venv is whole, was made in this folder, and has the Python that was asked for
    [ "$(cat $venv/usable 2>/dev/null)" = "$PWD" ] && found=$(version $venv/bin/python) || return 1
    [ -z "${PYTHON:-}" ] || [ "$found" = "$(version "$PYTHON")" ]
}

create() {
    python=$(find_python) || exit 1
    check_python "$python"
    say "setting up $venv with Python $(version "$python") (once) ..."
    rm -rf $venv
    "$python" -m venv $venv || stop "python -m venv failed, see above."
    printf '%s\n' "$PWD" >$venv/usable
}

install() { # name of the part, the file that decides about it, and the command that installs it
    stamp=$venv/stamp-$1
    file=$2
    shift 2
    [ "$(cat "$stamp" 2>/dev/null)" = "$(cksum <"$file")" ] && return
    say "installing what $file names ..."
    rm -f $venv/usable
    "$@"
    status=$?
    [ $status -lt 128 ] || stop "The installation was killed; run make again, it starts afresh."
    printf '%s\n' "$PWD" >$venv/usable # an installer that ends by itself leaves whole packages
    [ $status -eq 0 ] || stop "" "The installation failed, see above. If the package index could not be reached: check" \
        "the network, behind a proxy set HTTPS_PROXY, with an index of your own set PIP_INDEX_URL." \
        "If there is no file for this system or Python: tested are Linux with glibc and Python 3.11 to 3.13;" \
        "name one of these: make PYTHON=/path/to/python3.12 ...  .venv needs about 1.5 GB of disk." \
        "Then run make again: what was downloaded is kept."
    cksum <"$file" >"$stamp"
}

if command -v flock >/dev/null 2>&1; then
    exec 9>.venv.lock
    flock -n 9 || {
        say "another make is setting up $venv; waiting for it ..."
        flock 9
    }
fi

usable || create
[ -t 2 ] && quiet= || quiet=--quiet # on a terminal uv shows its progress
uv="$venv/bin/uv pip install $quiet --python $venv/bin/python --no-build-isolation"
install build $locks/build.txt $venv/bin/python -m pip install --quiet --require-hashes -r $locks/build.txt
install main $locks/main.txt $uv --require-hashes -r $locks/main.txt
install project pyproject.toml $uv --no-deps -e .
[ "$stage" = run ] || install $stage $locks/$stage.txt $uv --require-hashes -r $locks/$stage.txt
