# What the fault tests share; read after run-cli.sh's helpers. HALOREC_FAULTS is how many faults a test makes: few
# by default, hundreds in a night.
export OMP_NUM_THREADS=1 # sums are then made in the same order in every run
ranks=2
faults=${HALOREC_FAULTS:-6}
every=5

# What goes on from the newest whole checkpoint named run.ckpt.h5.
training=("$halorec" train data.h5 --grid 2x1 --resume auto --checkpoint run.ckpt.h5
    --checkpoint-every "$every" --checkpoint-keep 2)

# train WORD…: trains to the end, with these words before the program.
train() {
    on "$ranks" "$@" "${training[@]}"
}

# train_in_background OPTION…: begins to train; $job is mpirun then, its ranks are its children.
train_in_background() {
    "$root/jobs/mpirun.sh" "$ranks" "${training[@]}" "$@" >out 2>err &
    job=$!
}

# preloaded RANK CALL ERRNO: what to put before the program for a fault at that call; see failing_io.c.
preloaded() {
    echo "env LD_PRELOAD=$FAILING_IO FAULT_RANK=$1 FAULT_CALL=$2 FAULT_ERRNO=$3"
}

# make_lists: 300 users and 400 movies as files of LightGCN's, so that a run is over in a moment.
make_lists() {
    mkdir lists
    awk 'BEGIN {
        for (user = 0; user < 300; user++) {
            train = test = user
            for (i = 0; i < 20; i++)
                train = train " " (user * 7 + i * i * 3) % 400
            for (i = 20; i < 25; i++)
                test = test " " (user * 7 + i * i * 3) % 400
            print train >"lists/train.txt"
            print test >"lists/test.txt"
        }
    }'
}

# An undisturbed run of three epochs of 20 steps, whole.ckpt.h5, and all its checkpoints on the way: of those lists, or,
# with preset=NAME set before, of the synthetic data of that name.
if [ -n "${preset:-}" ]; then
    run 0 "$halorec" synth --preset "$preset" --out data.h5
    shape=(--dim 32 --batch 4096)
else
    make_lists
    run 0 "$halorec" import --from lists --out data.h5
    shape=(--dim 16 --layers 1 --batch 270 --valid 0.1)
fi
run 0 on "$ranks" "$halorec" train data.h5 --grid 2x1 "${shape[@]}" --epochs 3 --eval-every 1 \
    --checkpoint whole.ckpt.h5 --checkpoint-every "$every" --checkpoint-keep 100
[ "$(ls whole.ckpt.h5.step-* | wc -l)" = 11 ] || fail "expected 11 older checkpoints, found: $(ls)"

# start STEP: makes the checkpoint after so many steps, by the undisturbed run, the newest one.
start() {
    rm -f run.ckpt.h5*
    cp "whole.ckpt.h5.step-$(printf %06d "$1")" run.ckpt.h5
}

# expect_recovery: a whole checkpoint is there, and the run that goes on from it ends in the same bytes.
expect_recovery() {
    run 0 "$halorec" info run.ckpt.h5 --verify
    run 0 train
    cmp run.ckpt.h5 whole.ckpt.h5 || fail "resumed, but the end is not that of the undisturbed run"
    [ ! -e run.ckpt.h5.tmp ] || fail "left behind: $(ls)"
}

# random FROM TO: a number between, both included.
random() {
    echo $(($1 + (RANDOM * 32768 + RANDOM) % ($2 - $1 + 1)))
}

# count_calls RANK: calls that change checkpoints in an undisturbed run from the checkpoint that is there.
count_calls() {
    run 0 train $(preloaded "$1" 0 0) FAULT_COUNT="$PWD/calls"
    cat calls
}
RANDOM=${HALOREC_SEED:-1}
