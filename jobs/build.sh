#!/usr/bin/env bash
# Installs what is missing and builds: what quickstart.sh and tests/run.sh begin with.
set -eu

preset=${1:-release}
if [ "$preset" = --help ]; then
    cat <<'END'
usage: jobs/build.sh [release|debug|sanitize]

Installs the packages that are missing and builds halorec: build/halorec, build/debug/halorec or
build/sanitize/halorec.
END
    exit 0
fi

root=$(cd "$(dirname "$0")/.." && pwd)
"$root/jobs/install-dependencies.sh"
cd "$root"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset "$preset" && cmake --build --preset "$preset"; } >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "halorec: the build failed" >&2
    exit 1
fi
