#!/usr/bin/env bash
# Installs what is missing, builds and runs every test.
set -eu

if [ "${1:-}" = --help ]; then
    cat <<'END'
usage: tests/run.sh [release|debug|sanitize] [CTEST OPTION …]

Builds the preset (release unless given) and runs its tests: all, or those that ctest's options choose, such as
-L unit, -L mpi, -L cli, -L cluster or -R halo. sanitize checks memory, undefined behaviour and leaks.
HALOREC_DATA names a folder with ml-latest-small and ml-latest-small-lightgcn for the tests on real data;
../shared/data is taken where it is there, and those tests are skipped where neither is. Tests of several hosts and
of SLURM (-L cluster) want root, namespaces, and packages that jobs/install-dependencies.sh --cluster installs; they
are skipped, with the reason, where these are missing.
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

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
if [ -z "${HALOREC_DATA:-}" ] && [ -d "$root/../shared/data" ]; then
    HALOREC_DATA=$(cd "$root/../shared/data" && pwd)
fi
export HALOREC_DATA="${HALOREC_DATA:-}"
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:fast_unwind_on_malloc=0:allocator_may_return_null=1}"
export LSAN_OPTIONS="${LSAN_OPTIONS:-suppressions=$root/tests/support/lsan.supp:print_suppressions=0}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
jobs/build.sh "$preset"
build=build
[ "$preset" = release ] || build=build/$preset
code=0
ctest --preset "$preset" --parallel "$(nproc)" "$@" || code=$?
sed -n 's/^SKIPPED: /skipped: /p' "$build/Testing/Temporary/LastTest.log" 2>/dev/null || true # ctest does not tell
exit "$code"
