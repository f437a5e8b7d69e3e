# The bar of train: mpirun hands ranks a pipe, and has a terminal itself.
# Not under sanitizers: it is a matter of descriptors; tests/unit/progress_fits_the_terminal.c has what is in memory
command -v script >/dev/null || exit 77
small_films films
run 0 "$halorec" import --from films --out d.h5
train="train d.h5 --epochs 3 --batch 16 --dim 8 --checkpoint r.h5"
run 0 timeout 60 script -qec "'$root/jobs/mpirun.sh' 2 '$halorec' $train" bar </dev/null
expect bar "steps/s, at most"
expect bar "epoch 1/3 ["
# shellcheck disable=SC2086
run 0 on 2 "$halorec" $train
! grep -qF "steps/s" err || fail "a bar without a terminal"
# shellcheck disable=SC2086
run 0 "$halorec" $train --progress always
expect err "epoch 1/3 ["
run 0 timeout 60 script -qec "'$halorec' $train --progress never" bar </dev/null
! grep -qF "steps/s" bar || fail "a bar with --progress never"
