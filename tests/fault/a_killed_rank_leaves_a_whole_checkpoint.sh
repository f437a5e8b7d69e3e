# SIGKILL to a random rank, half of the times at a random moment, half at a random call of a checkpoint's writing, in
# the middle of it. Whatever was whole stays whole, and the run that goes on ends in the same bytes.
. "$root/tests/fault/support/faults.sh"
inside=0
late=0

# Kills a rank at a random moment of the run and waits for the job to end.
kill_some_time() {
    local rank code=0
    train_in_background
    sleep "$(random "$((length / 10))" "$length")e-6"
    rank=$(pgrep -P "$job" -x halorec | sed -n "$(random 1 "$ranks")p") || true
    [ -z "$rank" ] || kill -KILL "$rank" 2>/dev/null || true
    wait "$job" || code=$?
    [ "$code" != 0 ] || late=$((late + 1))
    [ "$code" = 0 ] || [ "$code" = 137 ] || fail "a killed job ended with $code"
}

kill_in_a_write() {
    local rank
    rank=$(random 0 $((ranks - 1)))
    run 137 train $(preloaded "$rank" "$(random 2 "${calls[$rank]}")" 0)
    expect err "process rank $rank with"
    expect err "exited on signal 9"
}

start 30
begun=${EPOCHREALTIME//[.,]/}
run 0 train
length=$((${EPOCHREALTIME//[.,]/} - begun)) # microseconds
start 30
calls=("$(count_calls 0)")
start 30
calls+=("$(count_calls 1)")
for ((i = 0; i < faults; i++)); do
    start 30
    if ((i % 2)); then kill_some_time; else kill_in_a_write; fi
    [ ! -e run.ckpt.h5.tmp ] || inside=$((inside + 1))
    expect_recovery
done
echo "$((faults - late)) kills, of which $inside inside the writing of a checkpoint"
