# Another compiler builds the program without a warning, and it runs: clang, under sanitizers, as the fuzz targets are built.
# All tests with it: cmake -B build/clang -G Ninja -DCMAKE_C_COMPILER=clang; the same with -DHALOREC_SANITIZE=ON.
if ! "$root/tests/fuzz/run.sh" --build-only >log 2>&1; then
    ! grep SKIPPED log || exit 77
    fail "$(tail -n 40 log)"
fi
halorec=$root/build/fuzz/halorec
export ASAN_OPTIONS=detect_leaks=0
run 0 "$halorec" --version
small_films films
run 0 "$halorec" import --from films --out data.h5 --split ratio:0.8,0.1,0.1
run 0 on 2 "$halorec" train data.h5 --dim 16 --epochs 2 --checkpoint run.ckpt.h5
run 0 "$halorec" evaluate run.ckpt.h5 data.h5
