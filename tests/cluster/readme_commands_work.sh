# The commands in jobs/README.md that can run on two hosts, and on a SLURM of two nodes, do run.
. "$root/tests/support/cluster.sh"
. "$root/tests/support/slurm_jobs.sh"
wants ip tc pgrep slurmctld slurmd munged sbatch

# commands SECTION: the blocks marked sh of a section.
commands() {
    awk -v section="## $1" '/^## / { inside = $0 == section } /^```/ { block = inside && $0 == "```sh"; next } block' \
        "$root/jobs/README.md" >"$1.sh"
    [ -s "$1.sh" ] || fail "jobs/README.md has no commands under '$1'"
}

run 0 "$halorec" synth --preset ml-latest-small --out data.h5
PATH=$(dirname "$halorec"):$PATH
ln -s "$root/jobs" "$root/bench" .
printf 'h1 slots=1\nh2 slots=1\n' >hosts
for section in mpirun Networks; do
    commands $section
    run 0 timeout 300 "$hosts" with 2 bash -euxo pipefail $section.sh
done
commands SLURM
slurm_up 2
run 0 "$slurm" run timeout 300 bash -euxo pipefail SLURM.sh
for number in $(sed -n 's/^Submitted batch job //p' out); do
    job=$number
    await_end COMPLETED
done
