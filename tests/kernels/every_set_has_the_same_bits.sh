# What kernels promise to be the same on all processors has the same bits by each instruction set that this one has.
for program in "$KERNEL_PROGRAMS"/*; do
    for isa in x86-64 x86-64-v2 x86-64-v3 x86-64-v4 neon any; do
        HALOREC_ISA=$isa "$program" | sed -n 's/.*, bits //p' # nothing for a set that this processor lacks
    done >bits
    [ -s bits ] || fail "$(basename "$program") prints no checksum"
    [ "$(sort -u bits | wc -l)" = 1 ] || fail "$(basename "$program"): sets differ: $(tr '\n' ' ' <bits)"
done
