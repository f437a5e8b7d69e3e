# What `halorec scaling` predicts of a step on two, three and four hosts, as far as no clock is needed: the bytes that
# all ranks send, the messages of the rank that sends most, and the terms of the model at given costs.
#
# With alpha = gap = 1 the term "messages" is the number of messages: each of e exchanges takes alpha + (m - 1) gap for m
# messages, and one exchange has a second array beside it. Rates of computing are measured; the terms of communication do
# not contain them. How long steps take, predicted and measured, is for bench/predicted-steps.sh to say.
. "$root/tests/support/cluster.sh"
wants ip tc pgrep jq
[ -n "${COUNT_MESSAGES_LIBRARY:-}" ] || skip "the library that counts messages is not built"

readonly options=(--dim 64 --layers 2 --batch 100000)
run 0 "$halorec" synth --preset ml-latest-small --out data.h5
export HALOREC_HOSTS=$folder/hosts
trap '"$hosts" down; rm -rf "$folder"' EXIT

# predict HOSTS ALPHA BETA: prints what scaling says of that many hosts.
predict() {
    run 0 "$halorec" scaling data.h5 --parts "$1" "${options[@]}" --alpha "$2" --gap "$2" --beta "$3" --rate 1e9 --json
    jq ".points[] | select(.parts == $1)" out
}

# train HOSTS EPOCHS: sets bytes of all ranks and the most messages of one.
train() {
    rm -f count.*
    run 0 timeout 300 "$hosts" run mpirun -n "$1" -x OMP_NUM_THREADS -x "LD_PRELOAD=$COUNT_MESSAGES_LIBRARY" \
        -x "COUNT_MESSAGES=$folder/count" "$halorec" train data.h5 --partition "k$1.h5" --grid "$1x1" "${options[@]}" \
        --epochs "$2" --eval-every 1000 --spectral-rounds 0 --log run.jsonl
    bytes=$(jq -s 'last | .bytes' run.jsonl) messages=$(sort -n count.* | tail -n 1)
    [ "$(jq -s 'last | .step' run.jsonl)" = "$2" ] || fail "expected epochs of one step"
}

for count in 2 3 4; do
    run 0 "$halorec" partition data.h5 --parts $count --out k$count.h5
    predict $count 1 1e-9 >one.json
    predict $count 0.1 0.1 >once.json
    predict $count 0.2 0.2 >twice.json
    run 0 "$hosts" up $count
    train $count 1
    once=$bytes once_messages=$messages
    train $count 3
    run 0 "$hosts" down
    bytes=$(((bytes - once) / 2)) messages=$(((messages - once_messages) / 2)) # evaluation and start cancel out
    echo "$count hosts: a step sends $bytes bytes, and the busiest rank $messages messages"
    [ "$(jq .bytes one.json)" = "$bytes" ] || fail "$count hosts sent $bytes bytes, predicted $(jq .bytes one.json)"
    jq -e ".terms.messages == $messages" one.json >/dev/null ||
        fail "$count hosts: a rank sent $messages messages, predicted $(jq .terms.messages one.json)"
    jq -en --slurpfile once once.json --slurpfile twice twice.json '
        ["messages", "bytes", "pool"] | all(. as $t | $twice[0].terms[$t] / $once[0].terms[$t] / 2 - 1 | fabs < 1e-6)' \
        >/dev/null || fail "twice alpha and beta are not twice the time: $(cat once.json twice.json)"
done
