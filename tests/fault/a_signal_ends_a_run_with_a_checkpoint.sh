# SIGUSR1 to mpirun, or SIGTERM to one rank: all ranks stop at the same step, with a checkpoint and exit code 75; the
# run that goes on ends in the same bytes, and goes on with fewer or more ranks as well. A second signal while ranks still
# wait for each other ends the run at once; one within a second of the first is the same one, which
# unit/a_signal_sent_twice_is_one tests without a clock.
preset=ml-latest-small # a run long enough to be signalled in the middle
. "$root/tests/fault/support/faults.sh"

# under_way OPTION…: trains from step 5 in the background, until ranks take steps.
under_way() {
    start 5
    rm -f err
    train_in_background "$@"
    while kill -0 "$job" 2>/dev/null && ! grep -sq "ranks, 2 parts" err; do sleep 0.01; done
}

# stop SIGNAL: sends the signal to a run that is under way.
stop() {
    local code=0
    under_way
    if [ "$1" = USR1 ]; then kill -USR1 "$job"; else kill -TERM "$(pgrep -P "$job" -x halorec | tail -1)"; fi
    wait "$job" || code=$?
    [ "$code" = 75 ] || fail "SIG$1 ended the run with $code, expected 75"
    expect_one_message "stopped by SIG$1 after step"
    [ "$1" = TERM ] || expect err "asked to stop by a signal" # said at once, by rank 0
}

# stop_twice: SIGTERM to one rank, and again more than a second later, while the other stands still.
stop_twice() {
    local code=0 rank other
    under_way --epochs 1000 --patience 0
    rank=$(pgrep -P "$job" -x halorec | head -1)
    other=$(pgrep -P "$job" -x halorec | tail -1)
    kill -STOP "$other"
    kill -TERM "$rank"
    while kill -TERM "$rank" 2>/dev/null; do sleep 0.2; done
    wait "$job" || code=$?
    [ "$code" = 143 ] || fail "SIGTERM again ended the run with $code, expected 143"
    expect_one_message "ended by a second signal"
    run 0 "$halorec" info run.ckpt.h5 --verify
}

stop USR1
expect_recovery
stop TERM
expect_recovery
stop_twice
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
