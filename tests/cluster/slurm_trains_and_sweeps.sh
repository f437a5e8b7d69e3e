# Batch scripts on a real SLURM of two nodes: training by mpirun and by srun has the losses of one process and leaves
# a checkpoint; a sweep runs as jobs; a model is served from a node.
. "$root/tests/support/cluster.sh"
. "$root/tests/support/slurm_jobs.sh"
wants slurmctld slurmd munged sbatch jq

run 0 "$halorec" synth --preset ml-latest-small --out data.h5
run 0 "$halorec" train data.h5 --epochs 2 --log one.jsonl
export HALOREC=$halorec
slurm_up 2
for launch in mpirun srun; do
    HALOREC_LAUNCH=$launch HALOREC_RUN=$launch submit --nodes=2 --ntasks-per-node=1 --cpus-per-task=1 \
        "$root/jobs/train.sbatch" data.h5 --epochs 2
    await_end COMPLETED
    assert_same_losses "$launch.jsonl" one.jsonl
    run 0 "$halorec" evaluate "$launch.ckpt.h5" data.h5
done

# A step without MPI of its own: one process needs none; two that MPI does not join are told, or end in MPI_Init.
run 0 "$slurm" run srun --mpi=none --ntasks=1 "$halorec" info data.h5
expect out "halorec-dataset"
code=0
"$slurm" run srun --mpi=none --nodes=2 --ntasks=2 "$halorec" info data.h5 >out 2>err || code=$?
[ $code != 0 ] && [ ! -s out ] || fail "two processes of a step that MPI does not join each did the work"

# bench/sweep.sh submits a job for each number of ranks; table and summary are whole when the last has ended.
run 0 "$halorec" train data.h5 --epochs 2 --spectral-rounds 0 --log random.jsonl
run 0 "$slurm" run "$root/bench/sweep.sh" --slurm --halorec "$halorec" --ranks 1,2 --method metis \
    --data data.h5 --epochs 2
for number in $(sed -n 's/^Submitted batch job //p' out); do
    job=$number
    await_end COMPLETED
done
for ranks in 1 2; do
    assert_same_losses "sweep/r$ranks-metis/run.jsonl" random.jsonl
done
[ "$(grep -c ',done,' sweep/table.csv)" = 2 ] || fail "the table has two lines: $(cat sweep/table.csv)"

# A model is served from a node, asked by its name, and drains when it is cancelled.
submit --mem=0 "$root/jobs/serve.sbatch" mpirun.ckpt.h5 data.h5
await_line() { # FILE TEXT
    for _ in {1..600}; do
        ! grep -qs "$2" "$1" || return 0
        sleep 0.1
    done
    show_output
    fail "$1 has no line '$2' after a minute"
}
log=halorec-serve-$job.log
await_line "$log" '^serving mpirun.ckpt.h5 on '
node=$("$slurm" run squeue --noheader --job="$job" --format=%N)
port=$((20000 + job % 10000))
expect "$log" "ssh -L 8080:$node:$port"
for name in "$node" localhost; do
    run 0 curl --silent --show-error --fail --resolve "$name:$port:127.0.0.1" "http://$name:$port/recommend?user=1&top_k=3"
    [ "$(jq '.recommendations | length' out)" = 3 ] || fail "expected three movies: $(cat out)"
done
run 0 "$slurm" run scancel "$job"
await_end CANCELLED
expect "$log" 'ending after the requests that are there'
