#!/usr/bin/env bash
# Installs what is missing, and nothing when nothing is: Debian packages, a virtual environment, pinned dependencies.
#
#   .ci/setup.sh run    .venv with what a brief needs (no torch)
#   .ci/setup.sh dev    the same .venv with lint, types and tests
#   .ci/setup.sh all    .venv-torch as well: the same with torch's CPU build, when it can be had, and what
#                       `transformers serve` needs, and tests/node/node_modules, for the slow tests
#
# PYTHON names the interpreter to make the environments with (default python3).
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
torch_version=2.13.0
torch_index=https://download.pytorch.org/whl/cpu
# A shared library that WeasyPrint loads, and the Debian package that brings it.
pango=(libpango-1.0.so.0=libpango-1.0-0 libpangoft2-1.0.so.0=libpangoft2-1.0-0)
subset=(libharfbuzz-subset.so.0=libharfbuzz-subset0)

say() { printf 'set-up: %s\n' "$*" >&2; }
die() { printf 'set-up: %s\n' "$@" >&2; exit 1; }

# Prints the packages whose library cannot be loaded. Loading is asked, not dpkg: a library may come from elsewhere.
packages_missing() {
    "$python" - "$@" <<'PY'
import ctypes, sys
for pair in sys.argv[1:]:
    library, package = pair.split("=")
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package, end=" ")
PY
}

# Installs Debian packages as root or through sudo; fails when neither can be had. Never asks without a terminal.
apt_install() {
    command -v apt-get >/dev/null || return 1
    local as=(env DEBIAN_FRONTEND=noninteractive)
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || return 1
        if [ -t 0 ]; then as=(sudo "${as[@]}"); else as=(sudo -n "${as[@]}"); fi
    fi
    say "installing Debian packages: $*"
    # A broken source that has nothing to do with us must not stop the install.
    "${as[@]}" apt-get update -qq >/dev/null || true
    "${as[@]}" apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >/dev/null
}

need_python() {
    command -v "$python" >/dev/null || die "$python is not installed." "Install Python 3.11 or later (Debian package python3)."
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        die "$("$python" --version) is too old: Python 3.11 or later is needed." \
            "Name another with, for example, 'make brief PYTHON=python3.12'."
}

need_system_packages() {
    local missing venv="import venv, ensurepip"
    missing=$(packages_missing "${pango[@]}" "${subset[@]}")
    "$python" -c "$venv" 2>/dev/null || missing+=python3-venv
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086  # package names, one word each
    apt_install $missing || say "these Debian packages could not be installed: $missing"
    missing=$(packages_missing "${pango[@]}")
    "$python" -c "$venv" 2>/dev/null || missing+=python3-venv
    [ -z "$missing" ] || die "missing: $missing" \
        "Install it as root (apt-get install $missing), then run the same command again." \
        "On another system: Pango 1.44 or later, and Python with venv and ensurepip."
    [ -z "$(packages_missing "${subset[@]}")" ] || say "libharfbuzz-subset is missing: PDFs are made all the same, more slowly."
}

# Makes the environment $1, anew when it is broken or half made.
need_venv() {
    "$1/bin/python" -m pip --version >/dev/null 2>&1 && return 0
    say "making the virtual environment $1"
    "$python" -m venv --clear "$1"
}

# What an environment's content depends on: this folder (an editable install names it), the lock file $1 and the project.
key() { { pwd; cat "$1" requirements-build.lock pyproject.toml; } | sha256sum; }

# Whether the lock file $2 and this project are in the environment $1, by the stamp that installing them left.
is_locked() { [ "$(key "$2")" = "$(cat "$1/.stamp-$2" 2>/dev/null)" ]; }

# Installs the lock file $2 and this project into the environment $1, unless they are there.
need_locked() {
    local venv=$1 lock=$2
    is_locked "$venv" "$lock" && return 0
    say "installing the packages pinned in $lock into $venv (a minute or two)"
    local pip=("$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input)
    "${pip[@]}" --require-hashes -r "$lock" -r requirements-build.lock
    "${pip[@]}" --no-deps --no-build-isolation -e .
    key "$lock" >"$venv/.stamp-$lock"
}

# Whether PyTorch's own index of CPU builds answers within five seconds.
torch_index_answers() {
    "$1/bin/python" - "$torch_index/torch/" 2>/dev/null <<'PY'
import sys, urllib.request
urllib.request.urlopen(sys.argv[1], timeout=5).close()
PY
}

# Installs torch into the environment $1 when it can be had; tests that need it skip otherwise.
want_torch() {
    "$1/bin/python" -c "import torch" 2>/dev/null && return 0
    local pip=(timeout 1200 "$1/bin/python" -m pip install -qq --disable-pip-version-check --no-input)
    say "installing torch $torch_version into $1"
    if torch_index_answers "$1" && "${pip[@]}" --index-url "$torch_index" "torch==$torch_version"; then return 0; fi
    "${pip[@]}" "torch==$torch_version" || say "torch could not be installed: the tests that need it will be skipped."
}

# Installs what `transformers serve` needs into the environment $1, which has torch; the tests that need it skip otherwise.
want_serve() {
    is_locked "$1" requirements-serve.lock && return 0
    say "installing the packages pinned in requirements-serve.lock into $1"
    local pip=("$1/bin/python" -m pip install -qq --disable-pip-version-check --no-input)
    # No dependencies: the lock has all but torch, which is there.
    if "${pip[@]}" --no-deps --require-hashes -r requirements-serve.lock; then
        key requirements-serve.lock >"$1/.stamp-requirements-serve.lock"
    else
        say "they could not be installed: the test with a real language model's server will be skipped."
    fi
}

# Installs what looks at a finished brief: a browser with its driver and rules, Markdown processors, a reader of PDFs.
want_readers() {
    local missing=()
    command -v pdftotext >/dev/null || missing+=(poppler-utils)
    command -v qpdf >/dev/null || missing+=(qpdf)
    command -v chromium >/dev/null || missing+=(chromium)
    command -v node >/dev/null || missing+=(nodejs)
    command -v npm >/dev/null || missing+=(npm)
    ruby -rcommonmarker -e "" 2>/dev/null || missing+=(ruby-commonmarker)
    [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}" || say "these could not be installed, and their tests will be skipped: ${missing[*]}"
    cmp -s tests/node/package-lock.json tests/node/node_modules/.stamp && return 0
    say "installing the packages pinned in tests/node/package-lock.json"
    if (cd tests/node && timeout 300 npm ci --ignore-scripts --no-audit --no-fund >/dev/null 2>&1); then
        cp tests/node/package-lock.json tests/node/node_modules/.stamp
    else
        say "they could not be installed: the tests with a browser and with markdown-it will be skipped."
    fi
}

# Unpacks MediaWiki into .mediawiki for the test that publishes to it: its package would bring a web server along and start it.
want_mediawiki() {
    local php=(php-cli php-sqlite3 php-mbstring php-xml php-intl) modules
    modules=$(php -m 2>/dev/null || true)
    [[ $modules == *intl*mbstring*pdo_sqlite*xml* ]] ||
        apt_install "${php[@]}" || { say "PHP could not be installed: the test with MediaWiki will be skipped."; return 0; }
    [ -d .mediawiki ] || [ -f /usr/share/mediawiki/maintenance/install.php ] && return 0
    say "unpacking MediaWiki into .mediawiki"
    local folder
    folder=$(mktemp -d)
    if (cd "$folder" && apt-get download -qq mediawiki mediawiki-classes >/dev/null 2>&1) &&
        for one in "$folder"/*.deb; do dpkg-deb -x "$one" "$folder/unpacked"; done; then
        mv "$folder/unpacked" .mediawiki
    else
        say "MediaWiki could not be had: the test with it will be skipped."
    fi
    rm -rf "$folder"
}

main() {
    case "$1" in run | dev | all) ;; *) die "say run, dev or all" ;; esac
    need_python
    need_system_packages
    need_venv .venv
    # The development lock holds everything the other does.
    if [ "$1" = run ] && ! is_locked .venv requirements-dev.lock; then need_locked .venv requirements.lock; fi
    [ "$1" = run ] || need_locked .venv requirements-dev.lock
    [ "$1" = all ] || return 0
    want_readers
    want_mediawiki
    need_venv .venv-torch
    need_locked .venv-torch requirements-dev.lock
    want_torch .venv-torch
    if .venv-torch/bin/python -c "import torch" 2>/dev/null; then want_serve .venv-torch; fi
}

main "${1:-}"
