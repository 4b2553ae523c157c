#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml: for every platform and Python from 3.11 on, with hashes,
# and without naming any index. Give --upgrade to take newer versions; otherwise the pinned ones stay where they fit.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=${UV:-.venv/bin/uv}
common=(--quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url
        --custom-compile-command "make lock" "$@")

"$uv" pip compile pyproject.toml "${common[@]}" --output-file requirements.lock
"$uv" pip compile pyproject.toml "${common[@]}" --extra dev --constraint requirements.lock --output-file requirements-dev.lock
"$uv" pip compile --group pyproject.toml:serve "${common[@]}" --constraint requirements-dev.lock \
    --override <(echo "torch; python_version < '3'") --output-file requirements-serve.lock
"$uv" pip compile --group pyproject.toml:build "${common[@]}" --constraint requirements-dev.lock --output-file requirements-build.lock
