# --checkpoint-minutes: before each step where they are over by then, none on the way where they are not; whichever of
# them a run goes on from, it ends in the same bytes.
export OMP_NUM_THREADS=1 # sums are then made in the same order in every run
run 0 "$halorec" synth --preset ml-latest-small --out data.h5
training=("$halorec" train data.h5 --grid 2x1 --dim 16 --epochs 1 --checkpoint-keep 100)

run 0 on 2 "${training[@]}" --checkpoint often.ckpt.h5 --checkpoint-minutes 1e-9
steps=$("$halorec" info often.ckpt.h5 --json | jq .step)
[ "$(ls often.ckpt.h5.step-* | wc -l)" = $((steps - 1)) ] || fail "of $steps steps, expected all but one, found: $(ls)"

run 0 on 2 "${training[@]}" --checkpoint seldom.ckpt.h5 --checkpoint-minutes 1000
[ "$(echo seldom.ckpt.h5*)" = seldom.ckpt.h5 ] || fail "expected one checkpoint, found: $(ls)"

cp often.ckpt.h5.step-000007 middle.ckpt.h5
run 0 on 2 "$halorec" train data.h5 --grid 2x1 --resume middle.ckpt.h5
cmp middle.ckpt.h5 often.ckpt.h5 || fail "resumed, but the end is not that of the undisturbed run"
cmp seldom.ckpt.h5 often.ckpt.h5 || fail "checkpoints on the way changed the run"
