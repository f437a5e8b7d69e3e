# Batch scripts on a real SLURM of two nodes: training by mpirun and by srun has the losses of one process and leaves
# a checkpoint; an array sweeps numbers of parts.
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
HALOREC_SWEEP=sweep submit --array=1,2 --nodes=2 --ntasks=2 --cpus-per-task=1 "$root/jobs/sweep.sbatch" data.h5 --epochs 2
await_end COMPLETED
for parts in 1 2; do
    assert_same_losses "sweep/$parts.jsonl" one.jsonl
done
