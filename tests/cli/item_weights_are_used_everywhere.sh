# Models of item-item weights list for everybody and for newcomers, name similar movies, judge held-out users, resume, on one
# rank and on two alike; what is wrong in their checkpoints, and in those of filters, is refused.
small_films films
run 0 "$halorec" import --from films --split ratio:0.8,0,0.2 --out data.h5
run 0 "$halorec" import --from films --split users:5,10,0.7 --seed 4 --out users.h5

for model in ease itemknn rp3beta; do
    options=$([ $model = ease ] || echo --neighbours 9)
    run 0 "$halorec" train data.h5 --model $model $options --checkpoint $model.ckpt.h5
    run 0 on 2 "$halorec" train data.h5 --model $model $options --checkpoint two.ckpt.h5
    [ $model = ease ] || cmp $model.ckpt.h5 two.ckpt.h5 || fail "$model: other bytes on two ranks"
    run 0 "$halorec" recommend $model.ckpt.h5 data.h5 --all --out one.tsv
    run 0 on 2 "$halorec" recommend two.ckpt.h5 data.h5 --all --out two.tsv
    cut -f 1-3 one.tsv >one
    cut -f 1-3 two.tsv | diff one - >diff.out || fail "$model: other lists on two ranks: $(head -n 5 diff.out)"
    run 0 "$halorec" recommend $model.ckpt.h5 data.h5 --like 'Film 3' --like 5 --top 5 --json
    [ "$(jq '.recommendations | length' out)" = 5 ] || fail "$model: $(cat out)"
    run 0 "$halorec" similar $model.ckpt.h5 data.h5 --movie 4 --by embedding --top 3 --json
    [ "$(jq '.similar | length' out)" = 3 ] || fail "$model has no similar movies: $(cat out)"
    run 0 "$halorec" similar $model.ckpt.h5 data.h5 --movie 4 --by both --top 3 --json
    jq -e '[.similar[].score] | all(. > 0 and . <= 1.00001)' out >/dev/null || fail "$model, both: $(cat out)"
    run 0 "$halorec" train users.h5 --model $model $options --checkpoint held.ckpt.h5
    run 0 on 2 "$halorec" evaluate held.ckpt.h5 users.h5 --json
    [ "$(jq '.users' out)" = 10 ] || fail "$model judges $(jq .users out) users of 10"
    run 0 "$halorec" train data.h5 --resume $model.ckpt.h5 --checkpoint again.ckpt.h5
    cmp $model.ckpt.h5 again.ckpt.h5 || fail "$model: a run that is resumed when it is done writes something else"
done

# ease as it was before it weighed users: its checkpoint has a --user-power that it did not use, and is extended without.
run 0 "$halorec" train data.h5 --model ease --user-power 0 --dropout 0 --self-weight 0 --checkpoint plain.ckpt.h5
run 0 "$halorec" info plain.ckpt.h5 --json
kept=$(jq -c '.run | del(.options."self-weight") | .options."user-power" = 0.6' out)
cp plain.ckpt.h5 before.ckpt.h5
"$SPOIL" before.ckpt.h5 attribute run TEXT "$kept"
run 0 "$halorec" extend before.ckpt.h5 data.h5 data.h5 --checkpoint extended.ckpt.h5
expect err "was solved with a ridge by the graph's size; it now follows from the data"
for name in plain extended; do
    run 0 "$halorec" recommend $name.ckpt.h5 data.h5 --all --out $name.tsv
done
cmp plain.tsv extended.tsv || fail "ease of before is extended as another model"

run 2 "$halorec" train data.h5 --model ease --reproducible
expect_one_message 'depend on the number of ranks'
run 2 "$halorec" train data.h5 --model itemknn --dim 4
expect_one_message 'rows of --model itemknn are one number'

# refused MODEL KIND…: its content, not its checksums; on two ranks.
refused() {
    cp "$1.ckpt.h5" bad.ckpt.h5
    "$SPOIL" bad.ckpt.h5 "${@:2}"
    run 3 on "${ranks_of_case:-2}" "$halorec" evaluate bad.ckpt.h5 data.h5
    expect_one_message bad.ckpt.h5
    ! grep "their checksum" err || fail "$*: refused for another reason"
}
refused ease number weight/item_item 7 inf
refused ease drop weight/item_item
refused itemknn number weight/item_item_ptr 3 -9e18
refused itemknn number weight/item_item_ptr 30 5
refused itemknn number weight/item_item_column 0 30
refused itemknn number weight/item_item_column 1 0
refused itemknn number weight/item_item_value 20 nan
refused itemknn sparse weight/item_item_column 100000000
refused ease number weight/item_item 7 2e37
refused itemknn number weight/item_item_value 20 -2e37

run 0 "$halorec" train data.h5 --model filter --dim 8 --checkpoint filter.ckpt.h5
run 0 "$halorec" train data.h5 --resume filter.ckpt.h5 --checkpoint again.ckpt.h5
cmp filter.ckpt.h5 again.ckpt.h5 || fail "filter: a run that is resumed when it is done writes something else"
ranks_of_case=1
for spoilt in "0 2" "1 -3" "1 3" "2 33" "2 -1" "3 1e30" "4 1e9" "5 9" "5 1e30" "5 -1" "6 0" "6 1e-30" "6 1e30" "6 nan"; do
    # shellcheck disable=SC2086 # words
    refused filter number weight/filter $spoilt
done
cp filter.ckpt.h5 bad.ckpt.h5
"$SPOIL" bad.ckpt.h5 number weight/filter 5 1e30
run 3 "$halorec" train data.h5 --resume bad.ckpt.h5 --checkpoint again.ckpt.h5
expect_one_message "number of vectors"
