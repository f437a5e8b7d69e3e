# The signal that SLURM sends before the time limit: the ranks write a checkpoint, the job goes back into the queue,
# starts again by itself and ends as a job that was never stopped does.
. "$root/tests/support/cluster.sh"
. "$root/tests/support/slurm_jobs.sh"
wants slurmctld slurmd munged sbatch jq

readonly epochs=20 # so many that the signal comes before the last
run 0 "$halorec" synth --preset ml-latest-small --out data.h5
run 0 on 2 "$halorec" train data.h5 --grid 2x1 --epochs $epochs --patience 0 --log undisturbed.jsonl
export HALOREC=$halorec
slurm_up 2
for launch in mpirun srun; do
    HALOREC_LAUNCH=$launch HALOREC_RUN=$launch submit --nodes=2 --ntasks-per-node=1 --cpus-per-task=1 \
        "$root/jobs/train.sbatch" data.h5 --grid 2x1 --epochs $epochs --patience 0
    await_epoch "$launch.jsonl" $((RANDOM % 3 + 1))
    "$slurm" run scancel --signal=USR1 --batch "$job"
    await_end COMPLETED
    expect "halorec-$job.log" "back into the queue, to go on from $launch.ckpt.h5"
    [ "$("$slurm" run scontrol --oneliner show job "$job" | grep -o 'Restarts=[0-9]*')" = Restarts=1 ] ||
        fail "the job was not started again"
    assert_same_losses "$launch.jsonl" undisturbed.jsonl
    run 0 "$halorec" evaluate "$launch.ckpt.h5" data.h5
done
