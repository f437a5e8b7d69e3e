# Training on two, three and four hosts, on a grid over them and with several ranks a host, has the losses of one
# process.
. "$root/tests/support/cluster.sh"
wants ip tc pgrep jq

# on_hosts HOSTS RANKS GRID OPTION-OF-MPIRUN …
on_hosts() {
    local hosts_up=$1 ranks=$2 grid=$3
    shift 3
    run 0 timeout 300 "$hosts" with "$hosts_up" mpirun -n "$ranks" -x OMP_NUM_THREADS "$@" \
        "$halorec" train data.h5 --grid "$grid" --epochs 3 --log several.jsonl --checkpoint several.ckpt.h5
    assert_same_losses several.jsonl one.jsonl
}

run 0 "$halorec" synth --preset ml-latest-small --out data.h5
run 0 "$halorec" train data.h5 --epochs 3 --log one.jsonl
on_hosts 2 2 2x1
on_hosts 3 3 3x1
on_hosts 4 4 4x1
on_hosts 4 4 2x2
on_hosts 2 4 4x1 --map-by ppr:2:node --oversubscribe --mca btl tcp,vader,self
run 0 "$halorec" evaluate several.ckpt.h5 data.h5
