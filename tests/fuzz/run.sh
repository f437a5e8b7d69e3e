#!/usr/bin/env bash
set -eu

if [ "${1:-}" = --help ]; then
    cat <<'END'
usage: tests/fuzz/run.sh --build-only
       tests/fuzz/run.sh [--seconds N] [--at-once N] [TARGET …]

Builds the program and the fuzz targets of this folder with clang under AddressSanitizer and UBSan (preset fuzz, in
build/fuzz), and runs each target for N seconds (20), one at once. Inputs are kept in build/fuzz/corpus/TARGET, what is
found in build/fuzz/found/TARGET, what was printed in build/fuzz/TARGET.log. A line for each target says how many inputs
it had. Exit code 1 where something is found, 77 where clang is missing.
END
    exit 0
fi

root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/build/fuzz seconds=20 at_once=1 build_only=no
if [ "${1:-}" = --build-only ]; then
    build_only=yes
    shift
fi
while [ $# -gt 1 ]; do
    case $1 in
    --seconds) seconds=$2 ;;
    --at-once) at_once=$2 ;;
    *) break ;;
    esac
    shift 2
done
mkdir -p "$build"
echo 'int LLVMFuzzerTestOneInput(const char *at, unsigned long size) { return size > 9 && *at; }' |
    clang -fsanitize=fuzzer,address,undefined -fopenmp -x c - -o "$build/probe" 2>/dev/null || {
    echo "SKIPPED: fuzz: clang, its fuzzer or its OpenMP is missing: jobs/install-dependencies.sh --clang installs them"
    exit 77
}
(cd "$root" && cmake --preset fuzz) >"$build/configure.log" 2>&1 || {
    cat "$build/configure.log" >&2
    exit 1
}
cmake --build "$build" --target fuzz --parallel "$(nproc)" >"$build/build.log" 2>&1 || {
    grep -A 5 'error:\|FAILED' "$build/build.log" >&2
    exit 1
}
[ $build_only = no ] || exit 0
halorec=$build/halorec
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 HALOREC_ISA=x86-64

# Sound files, by the program itself.
export HALOREC_FUZZ_FILES=$build/sound
if [ ! -e "$build/sound/run.ckpt.h5" ]; then
    rm -rf "$build/sound"
    mkdir -p "$build/sound/films"
    cd "$build/sound"
    awk 'BEGIN { srand(3); print "userId,movieId,rating,timestamp"
        for (u = 1; u <= 40; u++) for (m = 1; m <= 30; m++) if (rand() < 0.4) print u "," m "," 1 + int(4 * rand()) ",1" }' \
        >films/ratings.csv
    awk 'BEGIN { print "movieId,title,genres"
        for (m = 1; m <= 30; m++) print m ",Film " m " (19" 50 + m "),Drama|Comedy" }' >films/movies.csv
    "$halorec" import --from films --out data.h5 2>/dev/null
    "$halorec" partition data.h5 --parts 2 --out data.k2.h5 2>/dev/null
    "$halorec" train data.h5 --epochs 1 --dim 8 --checkpoint run.ckpt.h5 2>/dev/null
fi
cd "$root/tests/fuzz"

# Words that inputs are made of: the options of all commands, and what formats know.
{
    for command in $("$halorec" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
        echo "\"$command\\x0a\""
        "$halorec" "$command" --help | grep -o -- '--[a-z][a-z-]*' | sort -u | sed 's/.*/"&"/'
    done
    cat words.dict
} >"$build/words.dict"

if ! [ -w /dev/shm ]; then
    export HALOREC_FUZZ_FOLDER=$build/made
fi
[ -z "${HALOREC_FUZZ_FOLDER:-}" ] || mkdir -p "$HALOREC_FUZZ_FOLDER"

# fuzz TARGET: runs it, and says how much.
fuzz() {
    local target=$1 code=0
    mkdir -p "$build/corpus/$target" "$build/found/$target"
    "$build/targets/fuzz_$target" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=20 -print_final_stats=1 \
        -verbosity=0 -max_len=4096 -dict="$build/words.dict" -artifact_prefix="$build/found/$target/" \
        "$build/corpus/$target" "seeds/$target" >"$build/$target.log" 2>&1 || code=1
    echo "$target: $(sed -n 's/stat::number_of_executed_units: *//p' "$build/$target.log") inputs in $seconds s, $(
        find "$build/found/$target" -type f | wc -l) findings"
    [ $code = 0 ] || sed 's/^/  /' "$build/$target.log" >&2
    return $code
}

code=0 running=0
[ $# -gt 0 ] || set -- $(cd seeds && ls)
for target; do
    if [ $running -ge "$at_once" ]; then
        wait -n || code=1
        running=$((running - 1))
    fi
    fuzz "$target" &
    running=$((running + 1))
done
while [ $running -gt 0 ]; do
    wait -n || code=1
    running=$((running - 1))
done
exit $code
