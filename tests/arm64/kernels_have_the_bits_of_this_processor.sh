# The kernels that are compiled for arm64 pass their tests under an emulator; and what is to have the same bits on all
# processors has those of this one.
skip() {
    echo "SKIPPED: $(basename "$test_file" .sh): $*"
    exit 77
}

for tool in aarch64-linux-gnu-gcc qemu-aarch64; do
    command -v $tool >/dev/null || skip "$tool is missing: jobs/install-dependencies.sh --arm64 installs it"
done

run 0 cmake -S "$root/tests/arm64" -B arm64 -G Ninja --toolchain "$root/cmake/aarch64.cmake"
run 0 cmake --build arm64
ctest --test-dir arm64 --output-on-failure >out 2>err || fail "kernels for arm64: $(tail -n 40 out)"

# bits_of COMMAND …: the checksum that a program of tests/kernels prints.
bits_of() {
    "$@" | sed -n 's/.*, bits //p'
}

for program in arm64/kernels/programs/*; do
    name=$(basename "$program")
    emulated=$(bits_of qemu-aarch64 -L /usr/aarch64-linux-gnu "$program")
    here=$(bits_of "$KERNEL_PROGRAMS/$name")
    [ -n "$here" ] && [ "$here" = "$emulated" ] || fail "$name: the bits here are $here, those of arm64 $emulated"
done
