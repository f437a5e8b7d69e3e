# Submitting jobs to a SLURM of the test's own, and waiting for them; sourced after cluster.sh.
# shellcheck shell=bash disable=SC2154 # run-cli.sh and cluster.sh set folder and slurm

# slurm_up NODES: starts it, and ends it with the test.
slurm_up() {
    export HALOREC_SLURM=$folder/slurm
    trap '"$slurm" down; rm -rf "$folder"' EXIT
    run 0 "$slurm" up "$1"
}

# submit SBATCH-ARGUMENT …: sets job.
submit() {
    job=$("$slurm" run sbatch --parsable "$@") || fail "sbatch $* was refused"
}

show_output() {
    tail -n 30 halorec-*"$job"*.log >&2 2>/dev/null || true
}

# await_end STATE: waits until the job has left the queue, and fails unless all of it ended so. The limit is for jobs that
# hang.
await_end() {
    local states
    for _ in {1..6000}; do
        [ -n "$("$slurm" run squeue --noheader --job="$job" 2>/dev/null)" ] || break
        sleep 0.1
    done
    states=$("$slurm" run scontrol --oneliner show job "$job" | grep -o 'JobState=[A-Z_]*' | sort -u)
    [ "$states" = "JobState=$1" ] || { show_output; fail "job $job: found $states, expected $1"; }
}

# await_epoch LOG EPOCH: waits until the log has so many lines.
await_epoch() {
    for _ in {1..6000}; do
        [ ! -e "$1" ] || [ "$(wc -l <"$1")" -lt "$2" ] || return 0
        sleep 0.1
    done
    show_output
    fail "$1 has no $2 epochs after ten minutes"
}
