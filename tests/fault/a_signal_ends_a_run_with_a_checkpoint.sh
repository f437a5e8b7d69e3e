# SIGUSR1 to mpirun, or SIGTERM to one rank: all ranks stop at the same step, with a checkpoint and exit code 75; the
# run that goes on ends in the same bytes, and goes on with fewer or more ranks as well.
. "$root/tests/fault/support/faults.sh"

# stop SIGNAL CODE: trains from step 5 in the background, sends the signal when it is under way.
stop() {
    local code=0
    start 5
    rm -f err
    train_in_background
    while kill -0 "$job" 2>/dev/null && ! grep -sq "ranks, 2 parts" err; do sleep 0.01; done
    if [ "$1" = USR1 ]; then kill -USR1 "$job"; else kill -TERM "$(pgrep -P "$job" -x halorec | tail -1)"; fi
    wait "$job" || code=$?
    [ "$code" = 75 ] || fail "SIG$1 ended the run with $code, expected 75"
    expect_one_message "stopped by SIG$1 after step"
}

stop USR1
expect_recovery
stop TERM
expect_recovery
for ranks in 1 3; do
    ranks=2 stop USR1
    run 0 on "$ranks" "$halorec" train data.h5 --resume auto --checkpoint run.ckpt.h5
    expect err "going on from run.ckpt.h5"
    expect err "trained"
done

code=0
rm err # of the run before
"$root/jobs/mpirun.sh" 2 "$halorec" train data.h5 --epochs 1000 --patience 0 >out 2>err &
job=$!
while kill -0 "$job" 2>/dev/null && ! grep -sq '^epoch' err; do sleep 0.02; done
kill -TERM "$(pgrep -P "$job" -x halorec | head -1)"
wait "$job" || code=$?
[ "$code" = 143 ] || fail "SIGTERM without --checkpoint gave $code, expected 143"
