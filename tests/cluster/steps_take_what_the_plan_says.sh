# A training step on two, three and four hosts takes what `halorec plan` predicts from the network between two of them,
# within 15 %.
#
# The links are so slow that a step is little else than bytes on their way: all hosts share this machine's processors,
# and what else runs there would show in the time of anything that is computed. The batch is large, so that an epoch has
# few steps; the first does not count, for in it the hosts are still getting connected; of the next four, the least.
. "$root/tests/support/cluster.sh"
wants ip tc pgrep jq

readonly rate=15mbit
readonly options=(--dim 64 --layers 1 --batch 100000)
run 0 "$halorec" synth --preset ml-latest-small --out data.h5
export HALOREC_HOSTS=$folder/hosts
trap '"$hosts" down; rm -rf "$folder"' EXIT

for count in 2 3 4; do
    run 0 "$halorec" partition data.h5 --parts $count --out k$count.h5
    run 0 "$hosts" up $count --rate $rate
    run 0 timeout 90 "$hosts" run mpirun -n $count -x OMP_NUM_THREADS "$halorec" scaling data.h5 --parts $count \
        "${options[@]}" --json
    predicted=$(jq ".points[] | select(.parts == $count) | .seconds" out)
    run 0 timeout 90 "$hosts" run mpirun -n $count -x OMP_NUM_THREADS "$halorec" train data.h5 --partition k$count.h5 \
        --grid ${count}x1 "${options[@]}" --epochs 6 --eval-every 1000 --spectral-rounds 0 --log run.jsonl
    run 0 "$hosts" down
    measured=$(jq -s '[range(1; 5) as $i | .[$i].elapsed - .[$i - 1].elapsed] | min' run.jsonl)
    [ "$(jq -s '.[4].step' run.jsonl)" = 5 ] || fail "expected an epoch of one step"
    echo "$count hosts: a step of $predicted s predicted, $measured s measured"
    jq -en "$predicted / $measured | . >= 0.85 and . <= 1.15" >/dev/null ||
        fail "$count hosts: a step took $measured s, predicted $predicted s: expected within 15 %"
done
