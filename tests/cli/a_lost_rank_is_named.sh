# The other ranks name a stopped rank, whichever it is; where all stand still, they name the one furthest behind. The run
# ends with 6 and its checkpoint is whole. A job that is stopped as a whole goes on.
# Not under sanitizers: the ranks are stopped or wait.
readonly timeout=5 # long enough that a rank of a busy machine is not taken for a stopped one

# rank_of MPIRUN RANK: the process of a rank that mpirun started.
rank_of() {
    local pid
    for pid in $(cat /proc/"$1"/task/*/children); do
        ! tr '\0' '\n' <"/proc/$pid/environ" | grep -qx "OMPI_COMM_WORLD_RANK=$2" || echo "$pid"
    done
}

# begin EPOCHS: starts a run of three ranks, as job, and waits for its first checkpoint.
begin() {
    rm -f run.ckpt.h5
    "$root/jobs/mpirun.sh" 3 "$halorec" train data.h5 --epochs "$1" --patience 0 --checkpoint run.ckpt.h5 \
        --checkpoint-every 5 --stall-timeout $timeout >out 2>err &
    job=$!
    until [ -e run.ckpt.h5 ]; do
        kill -0 "$job" 2>/dev/null || fail "the run ended before its first checkpoint"
        sleep 0.1
    done
}

# end CODE: waits for the run's end, and checks its checkpoint.
end() {
    local code=0
    wait "$job" || code=$?
    [ "$code" = "$1" ] || fail "the run exited with $code, expected $1"
    "$halorec" info run.ckpt.h5 >out || fail "the checkpoint is not whole"
}

run 0 "$halorec" synth --preset ml-latest-small --out data.h5
for rank in 0 2; do
    begin 100000
    kill -STOP "$(rank_of "$job" $rank)"
    end 6
    expect_one_message "lost: rank $rank on host $(hostname), after step "
done

begin 10
mapfile -t ranks < <(for rank in 0 1 2; do rank_of "$job" $rank; done)
kill -STOP "${ranks[@]}"
sleep $((2 * timeout))
kill -CONT "${ranks[@]}"
end 0

mkfifo run.jsonl # whoever opens it waits for a reader; there is one for the first line only
cat run.jsonl >/dev/null &
run 6 on 2 "$halorec" train data.h5 --epochs 2 --batch 4096 --log run.jsonl --stall-timeout $timeout
expect_one_message "all ranks stand still for"
expect err "rank 0 on host $(hostname) is furthest behind, after step 20," # an epoch of 80,622 edges
