# recommend, evaluate and explain --with: the scores of several checkpoints, mixed as an independent recomputation of exported
# scores says; as one model where that has all shares; the same on any number of ranks; shares chosen on the validation part.
# Not under sanitizers: it is arithmetic that is compared; a_failed_allocation_leaves_no_answer mixes there.
small_films films
run 0 "$halorec" import --from films --out data.h5 --split ratio:0.6,0.2,0.2
for model in "lightgcn --dim 8" "ials --dim 8" ease; do
    read -ra options <<<"$model"
    model=${options[0]}
    run 0 "$halorec" train data.h5 --epochs 2 --patience 0 --model "${options[@]}" --checkpoint "$model.ckpt.h5"
    run 0 "$halorec" recommend "$model.ckpt.h5" data.h5 --all --keep-seen --top 30 --out "$model.tsv"
done

# recomputed SHARE:FILE…: each user's scores of each file scaled to [0, 1], times the share, summed: user, movie, score.
recomputed() {
    for part; do
        awk -v share="${part%%:*}" '
            FNR == 1 { pass++; next }
            pass == 1 { if (!($1 in lowest) || $4 < lowest[$1]) lowest[$1] = $4; if (!($1 in highest) || $4 > highest[$1]) highest[$1] = $4 }
            pass == 2 { print $1, $3, share * ($4 - lowest[$1]) / (highest[$1] - lowest[$1]) }' "${part#*:}" "${part#*:}"
    done | awk '{ sum[$1 " " $2] += $3 } END { for (pair in sum) print pair, sum[pair] }' | sort
}

# same_scores FILE EXPECTED: whether the lists have those scores, each list with the highest first.
same_scores() {
    awk 'NR > 1 { print $1, $3, $4 }' "$1" | sort >scores
    paste -d ' ' scores "$2" | awk '
        $1 != $4 || $2 != $5 || ($3 - $6) ^ 2 > 1e-10 { print; exit 1 }' || fail "$1: scores are not those recomputed"
    awk 'NR > 1 { if ($1 == user && $4 > last) exit 1; user = $1; last = $4 }' "$1" || fail "$1: lists are not in order"
}

two=(recommend ials.ckpt.h5 data.h5 --with lightgcn.ckpt.h5 --mixture 70/30)
run 0 "$halorec" "${two[@]}" --all --keep-seen --top 30 --out two.tsv
recomputed 0.7:ials.tsv 0.3:lightgcn.tsv >expected
[ "$(wc -l <expected)" = 1200 ] || fail "$(wc -l <expected) scores are recomputed, of 40 users and 30 movies"
same_scores two.tsv expected
run 0 "$halorec" recommend ease.ckpt.h5 data.h5 --with ials.ckpt.h5 --with lightgcn.ckpt.h5 --all --keep-seen --top 30 \
    --out three.tsv
recomputed 0.33333333:ease.tsv 0.33333333:ials.tsv 0.33333333:lightgcn.tsv >expected
same_scores three.tsv expected
for ranks in 2 3; do
    run 0 on "$ranks" "$halorec" "${two[@]}" --all --keep-seen --top 30 --out again.tsv
    cmp two.tsv again.tsv || fail "lists on $ranks ranks are others than on one"
done

# Where one model has all shares, everything is as with that model alone.
for shares in 100/0:ials 0/1:ease 0/0/0/1:ease; do
    alone=${shares#*:}
    run 0 "$halorec" evaluate "$alone.ckpt.h5" data.h5 --json
    jq -S 'del(.mixture)' out >alone.json
    run 0 "$halorec" evaluate ials.ckpt.h5 data.h5 --with ease.ckpt.h5 --mixture "${shares%%:*}" --json
    jq -S 'del(.mixture)' out | diff - alone.json || fail "$shares is evaluated otherwise than $alone alone"
    run 0 "$halorec" recommend ials.ckpt.h5 data.h5 --with ease.ckpt.h5 --mixture "${shares%%:*}" --all --keep-seen --top 30 \
        --out again.tsv
    cmp again.tsv "$alone.tsv" || fail "$shares lists otherwise than $alone alone"
done

# The validation part chooses shares, the same on two ranks; they are those of the highest recall, and evaluated as they are.
auto=(evaluate ease.ckpt.h5 data.h5 --with lightgcn.ckpt.h5 --k 5,10)
run 0 "$halorec" "${auto[@]}" --mixture auto --json
cp out auto.json
[ "$(jq '.mixture.tried | length' auto.json)" = 11 ] || fail "eleven ways to share are not tried: $(cat auto.json)"
jq -e '.mixture | . as $m | ([.tried[]."recall@10"] | max) as $best | [.tried[] | select(."recall@10" == $best)][0].shares == $m.shares' \
    auto.json >jq.out || fail "the shares of the highest recall are not chosen: $(cat auto.json)"
run 0 on 2 "$halorec" "${auto[@]}" --mixture auto --json
jq -S .mixture out | diff - <(jq -S .mixture auto.json) || fail "two ranks choose otherwise than one"
shares=$(jq -r .mixture.shares auto.json)
run 0 "$halorec" "${auto[@]}" --mixture "$shares" --split valid --per-user users.tsv --json
jq -e --slurpfile auto auto.json '. as $own | $auto[0].mixture | .shares as $s | .tried[] | select(.shares == $s) |
    ."recall@10" == $own."recall@10" and ."ndcg@10" == $own."ndcg@10"' out >jq.out || fail "$shares is evaluated otherwise than tried"
[ "$(wc -l <users.tsv)" -gt 30 ] || fail "the figures of users are not written"
run 0 "$halorec" "${auto[@]}" --mixture auto
expect out "mixture $shares of ease.ckpt.h5, lightgcn.ckpt.h5"
expect out best
run 0 "$halorec" evaluate ease.ckpt.h5 lightgcn.ckpt.h5 data.h5 --with lightgcn.ckpt.h5
expect out "ease.ckpt.h5 + lightgcn.ckpt.h5"

# So does the comparison of the mixture with another model; shares without another model are of the first, and are said.
pair=(evaluate ease.ckpt.h5 lightgcn.ckpt.h5 data.h5)
run 0 "$halorec" "${pair[@]}" --with lightgcn.ckpt.h5 --k 5,10 --mixture auto --json
jq -S .mixture out | diff - <(jq -S .mixture auto.json) || fail "a comparison says otherwise what is mixed: $(cat out)"
run 0 "$halorec" "${pair[@]}" --with lightgcn.ckpt.h5 --k 5,10 --mixture auto
expect out "mixture $shares of ease.ckpt.h5, lightgcn.ckpt.h5"
expect out best
run 0 "$halorec" "${pair[@]}" --mixture 30/60/10
expect out "A: ease.ckpt.h5 mixed 30/60/10"
run 0 "$halorec" "${pair[@]}" --mixture 30/60/10 --json
jq -e '.a == "ease.ckpt.h5 mixed 30/60/10" and .mixture.shares == "30/60/10"' out >jq.out || fail "shares are not told: $(cat out)"
run 0 "$halorec" evaluate ease.ckpt.h5 data.h5 --mixture 30/60/10 --json
jq -e '.mixture == {models: ["ease.ckpt.h5"], shares: "30/60/10", tried: []}' out >jq.out || fail "shares are not told: $(cat out)"
run 0 "$halorec" train data.h5 --dim 4 --epochs 1 --mixture 30/60/10 --checkpoint mixed.ckpt.h5
run 0 "$halorec" evaluate ease.ckpt.h5 data.h5 --with mixed.ckpt.h5
expect err "mixed.ckpt.h5: was trained with --mixture 30/60/10; its model is mixed here without it"

# Newcomers are folded in by each model; content and popularity have shares too; parts of explanations add up.
whole=(--with ease.ckpt.h5 --with lightgcn.ckpt.h5 --mixture 20/30/10/20/20)
run 0 "$halorec" recommend ials.ckpt.h5 data.h5 "${whole[@]}" --like 3 --dislike 5 --json --explain
jq -e 'all(.recommendations[]; (([.parts[]] | add) - .score | fabs) < 1e-5)' out >jq.out || fail "a newcomer's parts: $(cat out)"
run 0 "$halorec" recommend ials.ckpt.h5 data.h5 "${whole[@]}" --user 7 --top 1 --json
movie=$(jq .recommendations[0].movie out) score=$(jq .recommendations[0].score out)
run 0 "$halorec" explain ials.ckpt.h5 data.h5 "${whole[@]}" --user 7 --movie "$movie" --json
jq -e --argjson score "$score" '
    (.score - $score | fabs) < 1e-5 and (([.parts[]] | add) - $score | fabs) < 1e-5 and (.parts.rounding // 0 | fabs) < 1e-5 and
    (.parts | has("ials.collaborative") and has("ease.collaborative") and has("lightgcn.own") and has("content")) and
    (([.because[].share] | add) - ([.parts | to_entries[] | select(.key | test("collaborative|content|tags")) | .value] | add) | fabs) < 1e-5' \
    out >jq.out || fail "the parts of a mixture do not add up to $score: $(cat out)"
run 0 "$halorec" train data.h5 --model ials --dim 4 --epochs 1 --checkpoint second.ckpt.h5
run 0 "$halorec" explain ials.ckpt.h5 data.h5 --with second.ckpt.h5 --user 7 --movie "$movie"
expect out ials2.collaborative

# Served, lists have the bytes that recommend prints, by the shares of the line or of the request; another file of the second
# model is loaded as one of the first is.
. "$root/tests/support/serving.sh"
cp lightgcn.ckpt.h5 with.ckpt.h5
serving ials.ckpt.h5 data.h5 --with with.ckpt.h5 --mixture 70/30 --read-only --threads 2
same() {
    run 0 "$halorec" recommend ials.ckpt.h5 data.h5 --with with.ckpt.h5 --json "${@:2}"
    cp out printed
    ask 200 GET "/recommend?$1"
    cmp -s out printed || fail "/recommend?$1: $(cat out) where recommend ${*:2} prints $(cat printed)"
}
same "user=7" --user 7 --mixture 70/30
same "user=7&mixture=20/80&explain&because=1000" --user 7 --mixture 20/80 --explain
same "like=3&mixture=10/30/20/40" --like 3 --mixture 10/30/20/40
ask 400 GET "/recommend?user=7&mixture=10/30/20"
ask 200 GET /model
answer '.mixture | .models + [.shares] | join(" ")' "ials lightgcn 70/30"
cp second.ckpt.h5 fresh && mv fresh with.ckpt.h5
for _ in $(seq 100); do
    ask 200 GET /metrics
    grep -q "^halorec_models_loaded_total 2$" out && break
    sleep 0.1
done
same "user=7" --user 7 --mixture 70/30
stop_serving

serving ials.ckpt.h5 data.h5 --mixture 30/60/10 --read-only --threads 2
ask 200 GET /model
answer '.mixture | .models + [.shares] | join(" ")' "ials 30/60/10"
ask 200 GET /evaluation
answer '.mixture | .models + [.shares] | join(" ")' "ials 30/60/10"
stop_serving

# What does not mix is one message.
run 0 "$halorec" train data.h5 --model als --dim 4 --epochs 1 --checkpoint als.ckpt.h5
run 2 on 2 "$halorec" evaluate ials.ckpt.h5 data.h5 --with als.ckpt.h5
expect_one_message "als.ckpt.h5: --model als predicts ratings, and what is mixed is no rating"
run 0 "$halorec" import --from films --out other.h5 --split ratio:0.8,0,0.2 --seed 2
run 0 "$halorec" train other.h5 --model popular --checkpoint other.ckpt.h5
run 3 on 2 "$halorec" recommend ials.ckpt.h5 data.h5 --with other.ckpt.h5 --user 7
expect_one_message other.ckpt.h5
run 0 "$halorec" train other.h5 --model popular --valid 0.2 --checkpoint valid.ckpt.h5
run 2 "$halorec" evaluate other.ckpt.h5 other.h5 --with valid.ckpt.h5
expect_one_message "valid.ckpt.h5: was trained with --valid 0.2, and other.ckpt.h5 with --valid 0"
run 3 "$halorec" evaluate other.ckpt.h5 other.h5 --with other.ckpt.h5 --mixture auto
expect_one_message "has no validation part to choose by"
run 0 "$halorec" train other.h5 --model popular --valid 0.02 --checkpoint few.ckpt.h5
run 3 on 2 "$halorec" evaluate few.ckpt.h5 other.h5 --with few.ckpt.h5 --mixture auto --users 1 --seed 2
expect_one_message "no user of those drawn has a rating in the validation part"
run 2 "$halorec" evaluate ials.ckpt.h5 data.h5 --mixture auto
expect_one_message "give another --with FILE"
run 0 "$halorec" train data.h5 --model content --checkpoint content.ckpt.h5
run 2 "$halorec" recommend ials.ckpt.h5 data.h5 --with content.ckpt.h5 --user 7
expect_one_message "content has a share of every mixture"
run 2 "$halorec" recommend ials.ckpt.h5 data.h5 --with ease.ckpt.h5 --user 7 --mixture 30/60/10
expect_one_message "expected a share for each of 2 models, such as 60/40"
run 2 "$halorec" recommend ials.ckpt.h5 data.h5 --user 7 --with a --with b --with c --with d
expect_one_message "--with d: up to 4 models are mixed"
run 2 "$halorec" evaluate ials.ckpt.h5 data.h5 --with ease.ckpt.h5 --per-user ease.ckpt.h5
expect_one_message ease.ckpt.h5
