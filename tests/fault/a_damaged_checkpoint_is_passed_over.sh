# A flipped bit, a cut file: refused by name, with what is wrong; --resume auto takes the one before and ends in the
# same bytes.
. "$root/tests/fault/support/faults.sh"
noticed=0

# flip_bit FILE [OFFSET]
flip_bit() {
    local at byte
    at=${2:-$(random 0 $(($(stat -c %s "$1") - 1)))}
    byte=$(od -An -tu1 -j "$at" -N 1 "$1")
    printf %b "\\x$(printf %02x $((byte ^ 1 << RANDOM % 8)))" | dd of="$1" bs=1 seek="$at" conv=notrunc status=none
}

cut_off() {
    truncate -s "$(random 0 $(($(stat -c %s "$1") - 1)))" "$1"
}

for ((i = 0; i < faults; i++)); do
    start 40
    cp whole.ckpt.h5.step-000050 run.ckpt.h5
    cp whole.ckpt.h5.step-000045 run.ckpt.h5.step-000045
    if ((i % 2)); then flip_bit run.ckpt.h5; else cut_off run.ckpt.h5; fi
    code=0
    "$halorec" info run.ckpt.h5 --verify >out 2>err || code=$?
    run 0 train
    if [ "$code" = 0 ]; then # a byte that means nothing
        ((i % 2)) || fail "a file that was cut off was called whole"
        expect err "going on from run.ckpt.h5"
    else
        [ "$code" = 3 ] || fail "a damaged checkpoint gave exit code $code"
        expect err "not resumed: run.ckpt.h5:"
        expect err "going on from run.ckpt.h5.step-000045"
        noticed=$((noticed + 1))
    fi
    cmp run.ckpt.h5 whole.ckpt.h5 || fail "resumed, but the end is not that of the undisturbed run"
done

# A flipped bit among the rows of an array, parameter/movie, three twentieths into the file: only reading the whole file
# finds it, and the message says what is wrong.
start 50
flip_bit run.ckpt.h5 $(($(stat -c %s run.ckpt.h5) * 3 / 20))
run 3 "$halorec" info run.ckpt.h5 --verify
expect_one_message "do not have their checksum"
run 0 "$halorec" info run.ckpt.h5
run 2 "$halorec" info data.h5 --verify
expect_one_message "only checkpoints have checksums"

# Of three that were to be kept two are, and none that another run of that name left behind.
start 40
cp run.ckpt.h5 run.ckpt.h5.step-000999
run 0 train
[ "$(echo run.ckpt.h5*)" = "run.ckpt.h5 run.ckpt.h5.step-000055" ] || fail "expected two checkpoints, found: $(ls)"
cmp run.ckpt.h5.step-000055 whole.ckpt.h5.step-000055 || fail "the older checkpoint is not that of its step"

start 50
cut_off run.ckpt.h5
run 3 train
expect_one_message "none of its 1 checkpoints is whole"
run 3 on 2 "$halorec" train data.h5 --resume run.ckpt.h5
rm -f run.ckpt.h5*
run 0 on 2 "$halorec" train data.h5 --dim 32 --epochs 1 --resume auto --checkpoint run.ckpt.h5
expect err "starting anew"
echo "$faults damaged files, of which $noticed noticed and passed over"
