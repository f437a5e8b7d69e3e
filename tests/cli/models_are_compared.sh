# compare: models side by side, in text, JSON, Markdown and HTML; figures are those of evaluate; what is finished is kept and
# a killed run goes on; what cannot be compared has a reason; another dataset or option is noticed.
small_films films
run 0 "$halorec" import --from films --out d.h5 --split ratio:0.6,0.1,0.3
ask=(--models ials,popular,als,mf:bpr --with "all:--epochs 2" --with "ials --dim 8" --with "mf:bpr:--dim 8" --k 2,5 --resamples 100)

# killed while it trains: what is finished is kept, and the same command goes on
kill_while_training() {
    local code=0 lines=0
    [ ! -e killed/mf-bpr.s1.jsonl ] || lines=$(wc -l <killed/mf-bpr.s1.jsonl)
    "$halorec" compare d.h5 --models popular,mf:bpr --with "mf:bpr:--epochs 1000000 --patience 0" --k 5 --out killed >out 2>err &
    until [ -e killed/mf-bpr.s1.jsonl ] && [ "$(wc -l <killed/mf-bpr.s1.jsonl)" -gt "$lines" ]; do
        kill -0 $! || fail "it ended by itself"
        sleep 0.1
    done
    kill -TERM $!
    wait $! || code=$?
    [ $code = 75 ] || fail "stopped with $code"
    expect_one_message "the same command goes on from what is in killed"
}
kill_while_training
[ -e killed/popular.s1.result.h5 ] && [ ! -e killed/mf-bpr.s1.result.h5 ] || fail "what is kept: $(ls killed)"
jq -e '.is_complete == false and .format == "halorec-comparison"' killed/compare.json >jq.out || fail "what is begun"
kill_while_training
expect err "popular, seed 1: its result is in killed"
expect err "going on from killed/mf-bpr.s1.ckpt.h5"

# the table, on one rank and on two; intervals are the same
run 0 "$halorec" compare d.h5 "${ask[@]}"
expect out "coverage@5"
expect out "Errors of predicted ratings"
[ "$(grep -cE '^(ials|popular|als|mf:bpr) +[01]\.' out)" = 5 ] || fail "a line a model, and one more of ratings: $(cat out)"
for file in compare.json compare.md compare.html ials.s1.ckpt.h5 ials.s1.jsonl ials.s1.result.h5; do
    [ -s "d.compare/$file" ] || fail "no $file: $(ls d.compare)"
done
run 0 on 2 "$halorec" compare d.h5 "${ask[@]}" --json
cp out two.json
[ "$(grep -c 'its result is in d.compare' err)" = 4 ] || fail "trained again: $(cat err)"
cmp two.json d.compare/compare.json || fail "what is printed is not what is kept"
jq -e '.is_complete and .by == "ndcg@5" and .best == .models[0].model and .best_of_ratings == "als" and .k == [2, 5] and
    .split == "test" and .split_rule == "ratio:0.6,0.1,0.3" and .seeds == 1 and .replicates == 100 and
    ([.models[] | .compared and .seconds_train >= 0 and .seconds_score >= 0 and .peak_memory > 1e6 and .ranks == 1 and
        .figures."recall@2" >= 0 and .figures."coverage@5" > 0 and .figures."capped_recall@5" >= .figures."recall@5" and
        (.intervals."ndcg@5" | .[0] <= .[1])] | all) and
    ([.models[].figures."ndcg@5"] | . == (sort | reverse)) and
    ([.models[1:][].differences."ndcg@5" | .difference <= 0 and .chance > 0 and .is_chance == (.chance >= 0.05)] | all) and
    (.models[] | select(.model == "als") | .figures.rmse > 0 and .options.epochs == 2)' two.json >jq.out ||
    fail "JSON: $(cat two.json)"

# the figures are those of evaluate, with their intervals
run 0 "$halorec" evaluate d.compare/ials.s1.ckpt.h5 d.h5 --k 2,5 --resamples 100 --json
jq -n -e --slurpfile e out --slurpfile c two.json '$c[0].models[] | select(.model == "ials") as $m |
    [$e[0] | ["recall@2", "ndcg@5", "map@5", "coverage@5"][] as $f | .[$f] - $m.figures[$f] | fabs < 1e-6] | all' >jq.out ||
    fail "figures of evaluate"
[ "$(jq -c '.intervals."ndcg@5"' out)" = "$(jq -c '.models[] | select(.model == "ials").intervals."ndcg@5"' two.json)" ] ||
    fail "interval of evaluate"

# evaluated otherwise, a model keeps what its training took
cp -r d.compare otherwise
run 0 on 2 "$halorec" compare d.h5 "${ask[@]}" --out otherwise --k 3 --json
jq -n -e --slurpfile a two.json --slurpfile b out '[$a[0], $b[0] | .models | sort_by(.model)] | transpose |
    all(.[0].seconds_train == .[1].seconds_train and .[0].peak_memory <= .[1].peak_memory and .[1].ranks == 1)' >jq.out ||
    fail "what training took is another: $(cat two.json out)"

run 0 "$halorec" compare d.h5 "${ask[@]}" --markdown
expect out '| `ials` | 0.'
expect out "|---|---|"
run 0 "$halorec" compare d.h5 "${ask[@]}" --html
cmp out d.compare/compare.html || fail "the page that is printed"
for text in "<!DOCTYPE html>" "ndcg@5" "Not compared" "</html>"; do expect out "$text"; done
if grep -qE '(src|href)="?https?:' out; then fail "the page fetches something"; fi

# seeds: means and spread; what is counted is trained once
run 0 "$halorec" compare d.h5 --models popular,mf:bpr --with "mf:bpr:--epochs 2 --dim 8" --k 5 --resamples 0 --seeds 2 --out seeds --json
jq -e '(.models[] | select(.model == "mf:bpr") | .seeds == 2 and (.spread."ndcg@5" | .[0] <= .[1])) and
    (.models[] | select(.model == "popular") | .seeds == 1) and .models[0].intervals == {}' out >jq.out || fail "seeds: $(cat out)"
[ -e seeds/mf-bpr.s2.ckpt.h5 ] && [ ! -e seeds/popular.s2.ckpt.h5 ] || fail "seeds: $(ls seeds)"

# reasons: no ratings, nothing about movies, no rows of users who are held out
awk -F, '{ print $1 "," $2 }' films/ratings.csv >clicks.csv
run 0 "$halorec" import --from clicks.csv --implicit --out c.h5 --split users:5,15,0.6
run 0 "$halorec" compare c.h5 --models als,content,popular,ials --with "ials:--dim 8 --epochs 2" --resamples 0
for text in "als: the data have no ratings to predict: all are 1" "content: c.h5: says nothing about movies" capped_recall@20 \
    capped_recall@50 ndcg@100; do expect out "$text"; done
jq -e '[.models[] | select(.compared | not).model] == ["als", "content"] and .k == [20, 50, 100]' c.compare/compare.json >jq.out ||
    fail "reasons: $(jq -c .models c.compare/compare.json)"

# what is noticed, in one message
noticed() {
    local text=$1
    shift
    run "$@"
    expect_one_message "$text"
}
noticed "ials.s1.result.h5: was trained with --dim 8, and 4 is asked for" 2 "$halorec" compare d.h5 --models ials --with "ials:--dim 4 --epochs 2"
noticed "compares models on another dataset" 2 "$halorec" compare c.h5 --models popular --out d.compare
noticed "films: has files, and no compare.json" 2 "$halorec" compare d.h5 --models popular --out films
noticed "halorec: --models nothing: expected one of" 2 "$halorec" compare d.h5 --models nothing
noticed "popular is there twice" 2 "$halorec" compare d.h5 --models popular,popular
noticed "als is not trained by it" 2 "$halorec" compare d.h5 --models als:bpr
noticed "--with mf: it is not among --models" 2 "$halorec" compare d.h5 --models popular --with "mf:--dim 8"
noticed "--dimm: no such option" 2 "$halorec" compare d.h5 --models popular --with "popular:--dimm 8"
noticed "--seed is set by" 2 "$halorec" compare d.h5 --models popular --with "popular:--seed 8"
noticed "--json, --markdown, --html: one of them" 2 "$halorec" compare d.h5 --json --html
run 0 "$halorec" import --from films --out whole.h5 --split ratio:0.9,0.1,0
noticed "whole.h5: has no test part to compare models on" 3 "$halorec" compare whole.h5 --models popular
