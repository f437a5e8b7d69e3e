# Another compiler builds the program without a warning, and it runs: clang, quickly, without optimisation.
# All tests with it: cmake -B build/clang -G Ninja -DCMAKE_C_COMPILER=clang; the same with -DHALOREC_SANITIZE=ON.
if ! command -v clang >/dev/null || ! echo 'int main(void) { return 0; }' | clang -fopenmp -x c -o none - 2>/dev/null; then
    echo "SKIPPED: clang/the_program_builds_without_a_warning: clang or its OpenMP is missing: jobs/install-dependencies.sh --clang installs them"
    exit 77
fi
cmake -S "$root" -B build -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS_DEBUG=-O0 \
    -DHALOREC_WERROR=ON -DBUILD_TESTING=OFF >log 2>&1 || fail "not configured: $(tail -n 20 log)"
ninja -C build halorec >log 2>&1 || fail "not built: $(grep -A 3 'warning:\|error:' log | head -n 40)"
halorec=build/halorec
run 0 $halorec --version
small_films films
run 0 $halorec import --from films --out data.h5 --split ratio:0.8,0.1,0.1
run 0 on 2 $halorec train data.h5 --dim 16 --epochs 2 --checkpoint run.ckpt.h5
run 0 $halorec evaluate run.ckpt.h5 data.h5
