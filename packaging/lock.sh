#!/bin/sh
# Write the lock files anew from pyproject.toml: one set of pins, with hashes, for Linux and Windows, Python 3.11 to 3.13.
# Needs `uv` on the PATH. Versions already locked are kept unless the ranges no longer allow them; add --upgrade for newer.
#   requirements.lock         what the program runs with
#   requirements-dev.lock     the same, plus what the tests and the build need
#   requirements-source.lock  the part of it that is published as source only, built with locked tools
set -eu
cd "$(dirname "$0")/.."

compile() {
    uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header --no-emit-index-url "$@"
}

compile --output-file requirements.lock "$@"
compile --extra dev --constraint requirements.lock --output-file requirements-dev.lock "$@"

awk '/^[a-z]/ { source_only = /^bagit==/ } source_only' requirements-dev.lock > requirements-source.lock
awk '/^[a-z]/ { source_only = /^bagit==/ } !source_only' requirements-dev.lock > requirements-dev.lock.new
mv requirements-dev.lock.new requirements-dev.lock
