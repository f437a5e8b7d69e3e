#!/usr/bin/env bash
# Installs what is missing, builds and runs every test.
set -eu

if [ "${1:-}" = --help ]; then
    cat <<'END'
usage: tests/run.sh [release|debug|sanitize] [--no-cluster] [CTEST OPTION …]

Builds the preset (release unless given) and runs its tests: all, or those that ctest's options choose, such as
-L unit, -L kernels, -L mpi, -L cli, -L cluster, -L source or -R halo. sanitize checks memory, undefined behaviour and
leaks.

HALOREC_DATA names a folder with ml-latest-small and ml-latest-small-lightgcn for the tests on real data.
../shared/data is the default; these tests are skipped where neither exists.

Tests of several hosts and of SLURM (-L cluster) need root, namespaces and the packages of
jobs/install-dependencies.sh --cluster; the test of the API documentation (-L source) needs those of --docs, that of
clang (-L clang) those of --clang, that of kernels for arm64 (-L arm64) those of --arm64, that of the page in a browser
(-L page) those of --page. Run as root on Debian, this script installs the packages where such
tests are among the chosen. Where something is missing the tests are skipped, with the reason. --no-cluster leaves out
the cluster's packages and tests.
END
    exit 0
fi

preset=release
case ${1:-} in
release | debug | sanitize)
    preset=$1
    shift
    ;;
esac

cluster=yes
if [ "${1:-}" = --no-cluster ]; then
    cluster=no
    shift
    set -- --label-exclude '^cluster$' "$@"
fi

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
if [ -z "${HALOREC_DATA:-}" ] && [ -d "$root/../shared/data" ]; then
    HALOREC_DATA=$(cd "$root/../shared/data" && pwd)
fi
export HALOREC_DATA="${HALOREC_DATA:-}"
# Without intercept_tls_get_addr=0 the search for leaks can crash ("Tracer caught signal 11"): where a library's thread-local
# storage happens to lie, gcc 12's sanitizer records a range that is not memory.
# Allocations are traced by frame pointers (support/leak_names.c), which takes a tenth of the time. Where a trace ends
# too early, in a library that has none, ASAN_OPTIONS=…:fast_unwind_on_malloc=0 shows all of it.
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:allocator_may_return_null=1:intercept_tls_get_addr=0}"
export LSAN_OPTIONS="${LSAN_OPTIONS:-suppressions=$root/tests/support/lsan.supp:print_suppressions=0}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
jobs/build.sh "$preset"
build=build
[ "$preset" = release ] || build=build/$preset
# chosen LABEL …: whether tests of the label are among those that ctest's options choose.
chosen() {
    local label=$1
    shift
    ctest --preset "$preset" --show-only "$@" 2>/dev/null | grep -q ": $label/"
}

# wants LABEL OPTION …: installs the packages of jobs/install-dependencies.sh's option for chosen tests of a label.
wants() {
    local label=$1 option=$2
    shift 2
    if [ "$(id -u)" = 0 ] && command -v dpkg-query >/dev/null && chosen "$label" "$@"; then
        jobs/install-dependencies.sh "$option"
    fi
}

if [ $cluster = no ]; then
    echo "left out by --no-cluster: tests of several hosts and of SLURM, and their packages"
else
    wants cluster --cluster "$@"
fi
wants source --docs "$@"
wants clang --clang "$@"
wants arm64 --arm64 "$@"
wants page --page "$@"
code=0
ctest --preset "$preset" --parallel "$(nproc)" "$@" || code=$?
sed -n 's/^SKIPPED: /skipped: /p' "$build/Testing/Temporary/LastTest.log" 2>/dev/null || true # ctest does not tell
exit "$code"
