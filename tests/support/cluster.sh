# What tests of several hosts and of SLURM share; sourced by them. Without root, namespaces or packages they are
# skipped, and say why.
# shellcheck shell=bash disable=SC2154 # run-cli.sh sets halorec, root and folder

hosts="$root/tests/cluster/hosts.sh"
slurm="$root/tests/cluster/slurm.sh"

skip() {
    echo "SKIPPED: $(basename "$test_file" .sh): $*"
    exit 77
}

# wants TOOL …: what the test cannot do without, besides root and namespaces.
wants() {
    local tool
    PATH=$PATH:/usr/sbin:/sbin
    [ "$(id -u)" = 0 ] || skip "wants root"
    for tool in "$@"; do
        command -v "$tool" >/dev/null || skip "$tool is missing: jobs/install-dependencies.sh --cluster installs it"
    done
    unshare --net --uts --ipc --mount --pid --fork true 2>/dev/null || skip "namespaces cannot be made here"
}

export OMP_NUM_THREADS=1 # all hosts are this one machine; mpirun -x hands it on to them

# assert_same_losses LOG LOG: the same epochs with the same losses, but for the order of sums.
assert_same_losses() {
    local apart
    apart=$(jq -n --slurpfile a "$1" --slurpfile b "$2" '
        if ($a | length) != ($b | length) or ($a | length) == 0 then "epochs"
        else [range($a | length) | select(($a[.].loss - $b[.].loss | fabs) > 1e-4 * $b[.].loss)] | length end')
    [ "$apart" = 0 ] || fail "$1 and $2 differ ($apart): $(jq -c .loss "$1" "$2" | tr '\n' ' ')"
}
