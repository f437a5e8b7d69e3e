# One process that needs no other starts without MPI: where there is nowhere to make sockets, and in an interactive step of
# SLURM. Processes that MPI does not join, as by another MPI's mpirun, are told.
small_films films
films="--from films --split ratio:0.8,0.1,0.1"
run 0 "$halorec" import $films --out data.h5
run 0 "$halorec" train data.h5 --epochs 1 --checkpoint run.ckpt.h5

# Open MPI can make no folder for its sockets here; a full /tmp is the same.
export OMPI_MCA_orte_tmpdir_base=/proc/none TMPDIR=/proc/none
step="env SLURM_JOBID=7 SLURM_JOB_ID=7 SLURM_STEP_ID=0 SLURM_STEPID=0 SLURM_PROCID=0 SLURM_NTASKS=4 SLURM_STEP_NUM_TASKS=1"
code=0
"$halorec" train data.h5 --epochs 1 >out 2>err || code=$?
[ $code != 0 ] || fail "MPI starts here: this test shows nothing"
for surroundings in "" "$step"; do
    run 0 $surroundings "$halorec" --help
    run 0 $surroundings "$halorec" --version
    run 0 $surroundings "$halorec" train --help
    run 0 $surroundings "$halorec" help train
    run 0 $surroundings "$halorec" import $films --out again.h5
    cmp data.h5 again.h5 || fail "import gives other bytes without MPI"
    run 0 $surroundings "$halorec" synth --out synth.h5
    run 0 $surroundings "$halorec" info data.h5
    run 0 $surroundings "$halorec" info run.ckpt.h5 --verify
    run 0 $surroundings "$halorec" partition data.h5 --parts 2 --out data.k2.h5
    run 0 $surroundings "$halorec" recommend run.ckpt.h5 data.h5 --user 3 --diversity 0.5
    run 0 $surroundings "$halorec" evaluate run.ckpt.h5 data.h5 --protocol full,sampled-9
    run 2 $surroundings "$halorec" train data.h5 --epochs none
    expect_one_message "--epochs none: expected a whole number"
done
unset OMPI_MCA_orte_tmpdir_base TMPDIR

if [ "$(id -u)" = 0 ]; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
fi
for launcher in PMI OMPI_COMM_WORLD MV2_COMM_WORLD; do
    for command in "train data.h5" "import $films --out other.h5" "info data.h5"; do
        run 2 env "${launcher}_SIZE=4" "${launcher}_RANK=0" "$halorec" $command
        expect_one_message "${launcher}_SIZE says that 4 processes were started, but MPI counts one"
    done
    run 2 env "${launcher}_SIZE=4" "${launcher}_RANK=2" "$halorec" info data.h5
    [ ! -s err ] || fail "expected the first process alone to say so"
    run 0 env "${launcher}_SIZE=4" "${launcher}_RANK=2" "$halorec" --help
    [ ! -s out ] || fail "expected the first process alone to print help"
done
[ ! -e other.h5 ] || fail "a process that is not joined wrote a file"
