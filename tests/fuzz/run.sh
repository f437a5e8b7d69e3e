#!/usr/bin/env bash
# run.sh --seconds N [TARGET …]: builds the fuzz targets of this folder with clang under AddressSanitizer and UBSan, and
# runs each for N seconds (20). What it finds stays in build/fuzz/TARGET.found. Exit code 77 where clang is missing.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=20
if [ "${1:-}" = --seconds ]; then
    seconds=$2
    shift 2
fi
command -v clang >/dev/null || {
    echo "SKIPPED: fuzz: clang is missing"
    exit 77
}
cd "$root"
build=$root/build/fuzz
mkdir -p "$build"
found=$(pkg-config --cflags hdf5-serial jansson libxxhash)
libs=$(pkg-config --libs hdf5-serial jansson libxxhash)
read -ra flags <<<"-g -O1 -std=c17 -w -D_GNU_SOURCE -I$root $found $(mpicc --showme:compile)"
flags+=('-DHR_VERSION="fuzz"' -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined)
read -ra libraries <<<"$libs $(mpicc --showme:link) -lz -lzip -lzstd -lm"

# The rooms that targets need, as one library; what a target does not call is left out of it.
library=$build/rooms.a
objects=()
while read -r source; do
    object=$build/${source//\//.}.o
    objects+=("$object")
    [ "$object" -nt "$source" ] || clang "${flags[@]}" -fsanitize=fuzzer-no-link -c "$source" -o "$object"
done < <(find io partition/halo partition/plan partition/cut -name '*.c')
rm -f "$library"
ar rcs "$library" "${objects[@]}"

# Sound files, by the program itself.
sound=$build/sound
if [ ! -e "$sound/run.ckpt.h5" ]; then
    rm -rf "$sound"
    mkdir -p "$sound/films"
    awk 'BEGIN { srand(3); print "userId,movieId,rating,timestamp"
        for (u = 1; u <= 40; u++) for (m = 1; m <= 30; m++) if (rand() < 0.4) print u "," m "," 1 + int(4 * rand()) ",1" }' \
        >"$sound/films/ratings.csv"
    awk 'BEGIN { print "movieId,title,genres"
        for (m = 1; m <= 30; m++) print m ",Film " m " (19" 50 + m "),Drama|Comedy" }' >"$sound/films/movies.csv"
    "$root/build/halorec" import --from "$sound/films" --out "$sound/data.h5" >/dev/null
    "$root/build/halorec" partition "$sound/data.h5" --parts 2 --out "$sound/data.k2.h5" >/dev/null
    "$root/build/halorec" train "$sound/data.h5" --epochs 1 --dim 8 --checkpoint "$sound/run.ckpt.h5" 2>/dev/null
fi
export HALOREC_FUZZ_FILES=$sound
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1

code=0
[ $# -gt 0 ] || set -- $(cd tests/fuzz && ls *.c | sed 's/\.c$//')
for target; do
    clang "${flags[@]}" -fsanitize=fuzzer "tests/fuzz/$target.c" "$library" -o "$build/$target" "${libraries[@]}"
    mkdir -p "$build/$target.corpus" "$build/$target.found"
    "$build/$target" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=20 -print_final_stats=1 -verbosity=0 \
        -artifact_prefix="$build/$target.found/" "$build/$target.corpus" || code=1
done
exit "$code"
