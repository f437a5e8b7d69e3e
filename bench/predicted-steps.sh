#!/usr/bin/env bash
# Compares the step times that `halorec scaling` predicts with measured ones, on hosts made inside this machine.
set -euo pipefail

usage() {
    cat <<'END'
usage: bench/predicted-steps.sh [options]

Makes hosts (tests/cluster/hosts.sh) whose links are shaped, has `halorec scaling` measure the network between two of them
and predict a step, trains on them, and prints for each number of hosts the predicted step, the measured step, their ratio
and its spread over the repeats. Needs root, iproute2, procps and jq.

options [default]:
  --hosts N,N,…     numbers of hosts [2,3,4]
  --rate RATE       what leaves a host, as tc writes it [15mbit]
  --repeats N       predictions and runs for each number of hosts [5]
  --steps N         measured steps of a run, of which the median counts [4]
  --data FILE       dataset [the preset ml-latest-small]
  --halorec FILE    the program [build/halorec]
  -- OPTION …       of both `scaling` and `train` [--dim 64 --layers 1 --batch 100000]

All hosts share this machine's processors. At a low rate a step is communication almost alone, and the ratio tells how good
the model of the network is; what else runs on the machine shows in it. The batch must make an epoch one step.
END
}

fail() { # TEXT CODE
    echo "predicted-steps.sh: $1" >&2
    exit "$2"
}

root=$(cd "$(dirname "$0")/.." && pwd)
hosts=$root/tests/cluster/hosts.sh
halorec=$root/build/halorec
counts=2,3,4 rate=15mbit repeats=5 steps=4 data=""
options=(--dim 64 --layers 1 --batch 100000)
while [ $# -gt 0 ]; do
    case $1 in
    --help) usage && exit 0 ;;
    --)
        shift
        options=("$@")
        break
        ;;
    --hosts | --rate | --repeats | --steps | --data | --halorec) [ $# -ge 2 ] || fail "$1 needs a value" 2 ;;&
    --hosts) counts=$2 ;;
    --rate) rate=$2 ;;
    --repeats) repeats=$2 ;;
    --steps) steps=$2 ;;
    --data) data=$(realpath "$2") ;;
    --halorec) halorec=$(realpath "$2") ;;
    *) usage >&2 && exit 2 ;;
    esac
    shift 2
done
for tool in ip tc pgrep jq; do
    command -v "$tool" >/dev/null || fail "$tool is missing: jobs/install-dependencies.sh --cluster" 4
done

folder=$(mktemp -d)
export HALOREC_HOSTS=$folder/hosts OMP_NUM_THREADS=1
trap '"$hosts" down; rm -rf "$folder"' EXIT
cd "$folder"
if [ -z "$data" ]; then
    data=$folder/data.h5
    "$halorec" synth --preset ml-latest-small --out "$data" >log 2>&1 || fail "$(cat log)" 4
fi

on_hosts() { # COUNT ARGUMENT …
    local count=$1
    shift
    "$hosts" run mpirun -n "$count" -x OMP_NUM_THREADS "$halorec" "$@" >out 2>log || fail "$(cat log)" 4
}

# The first step does not count: in it the hosts still connect.
measure() { # COUNT: prints predicted and measured seconds of one repeat
    local predicted
    "$hosts" up "$1" --rate "$rate"
    on_hosts "$1" scaling "$data" --parts "$1" "${options[@]}" --json
    predicted=$(jq ".points[] | select(.parts == $1) | .seconds" out)
    on_hosts "$1" train "$data" --partition "k$1.h5" --grid "${1}x1" "${options[@]}" --epochs $((steps + 2)) \
        --patience 0 --eval-every 100000 --spectral-rounds 0 --log run.jsonl
    "$hosts" down
    [ "$(jq -s 'last | .step' run.jsonl)" = $((steps + 2)) ] || fail "an epoch is not one step: use a larger --batch" 2
    jq -rs "[range(1; $steps + 1) as \$i | .[\$i].elapsed - .[\$i - 1].elapsed] | sort | \"$predicted \(.[length / 2 | floor])\"" \
        run.jsonl
    rm run.jsonl
}

printf '%6s %12s %12s %8s %8s %8s\n' hosts 'predicted s' 'measured s' ratio least most
for count in ${counts//,/ }; do
    "$halorec" partition "$data" --parts "$count" --out "k$count.h5" >log 2>&1 || fail "$(cat log)" 4
    for ((i = 0; i < repeats; i++)); do measure "$count"; done |
        awk -v hosts="$count" '
            { predicted[NR] = $1; measured[NR] = $2; ratio[NR] = $1 / $2 }
            function median(values, count,    i, j, swap) {
                for (i = 2; i <= count; i++)
                    for (j = i; j > 1 && values[j] < values[j - 1]; j--) {
                        swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap
                    }
                return (values[int((count + 1) / 2)] + values[int(count / 2) + 1]) / 2
            }
            END {
                middle = median(ratio, NR)
                printf "%6d %12.4f %12.4f %8.3f %8.3f %8.3f\n", hosts, median(predicted, NR), median(measured, NR),
                    middle, ratio[1], ratio[NR]
            }'
done
