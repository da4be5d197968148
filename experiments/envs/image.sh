#!/bin/sh
# Installs all that a run needs, in the checkout of an image; not meant for any other checkout.
set -eu
cd "$(dirname "$0")/../.."

# Whoever runs the image may ask for the commit. A folder of the host takes the place of results, and then the published
# runs are missing: that is no change of the project.
git config --system safe.directory '*'
git ls-files -z results | git update-index -z --skip-worktree --stdin

make setup
make run PROFILE=paper ARGS="--until environment" # the libraries; what cannot be had here is tried again in a run
make clean
rm -rf "${HOME:-/root}/.cache"

# Apptainer runs as the user who calls it. These two are folders of the host there, as results is.
mkdir -p .cache .snakemake
chmod -R a+rwX .
