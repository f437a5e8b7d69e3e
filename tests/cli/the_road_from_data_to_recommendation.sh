# Each command as its user types it, on one rank and on several, and the keys that scripts read.
run 0 "$halorec" synth --preset ml-latest-small --out data.h5 --seed 4
run 0 "$halorec" partition data.h5 --parts 3 --out data.k3.h5
expect out "equal: no fewer ghosts are possible"
expect out "usual halo"
for key in format parts method edges cut_edges ghosts matching usual_halo edge_balance fingerprint; do
    run 0 "$halorec" info data.k3.h5 --json
    expect out "\"$key\": "
done
run 0 on 3 "$halorec" train data.h5 --partition data.k3.h5 --checkpoint run.ckpt.h5 --log run.jsonl --epochs 6 --eval-every 3
expect err "valid recall@20"
[ "$(wc -l <run.jsonl)" = 6 ] || fail "expected 6 lines in the log, found $(wc -l <run.jsonl)"
for key in epoch step loss elapsed seconds compute halo optimiser evaluation bytes peak_memory 'recall@20' 'ndcg@20'; do
    expect run.jsonl "\"$key\":"
done
run 0 on 2 "$halorec" evaluate run.ckpt.h5 data.h5 --split test --k 10,20 --json
for key in split protocol diversity sampled users auc recall@10 recall@20 ndcg@20 precision@20 hit@20 mrr@20 map@20 \
    coverage@20 gini@20 novelty@20 diversity_genres@20; do
    expect out "\"$key\": "
done
cp out two.json
run 0 "$halorec" evaluate run.ckpt.h5 data.h5 --json
cut -c 1-80 out >one.txt
cut -c 1-80 two.json | cmp - one.txt || fail "one rank and two evaluate differently"
run 0 on 2 "$halorec" evaluate run.ckpt.h5 data.h5 --protocol sampled-99,auc-sampled --json
expect out '{"split": "test", "sampled": [{"protocol": "sampled-99", "negatives": 99, "ranked": '
expect out '{"protocol": "auc-sampled", "negatives": 1, "ranked": '
for key in hit@10 ndcg@10 mrr@20 auc; do
    expect out "\"$key\": "
done
grep -o '"ndcg@10": 0......\|"auc": 0......' out >two.txt
run 0 "$halorec" evaluate run.ckpt.h5 data.h5 --protocol sampled-99,auc-sampled --json
grep -o '"ndcg@10": 0......\|"auc": 0......' out | cmp - two.txt || fail "one rank and two draw differently"
run 0 "$halorec" evaluate run.ckpt.h5 data.h5 --protocol sampled-99,full --seed 2
expect out "sampled-99: ranked "
expect out "full ranking: users "
expect out "diversity of genres"

# A sample of users: the same ones on any number of ranks, and all of them where that many are asked for.
run 0 on 2 "$halorec" evaluate run.ckpt.h5 data.h5 --protocol full,sampled-99 --users 100 --seed 3 --json
expect out '"sample_users": 100, "sample_seed": 3'
jq '[.users, ."recall@20", .sampled[0].ranked]' out >drawn.json
run 0 "$halorec" evaluate run.ckpt.h5 data.h5 --protocol full,sampled-99 --users 100 --seed 3 --json
jq '[.users, ."recall@20", .sampled[0].ranked]' out | cmp - drawn.json || fail "one rank and two take other users"
[ "$(jq '.[0] > 50 and .[0] < 150' drawn.json)" = true ] || fail "about 100 users: $(cat drawn.json)"
run 0 "$halorec" evaluate run.ckpt.h5 data.h5 --users 100
expect out "a sample of about 100 of "
run 0 "$halorec" evaluate run.ckpt.h5 data.h5 --users 999999 --json
cut -c 1-80 out | cmp - one.txt || fail "as many users as there are: all"
run 3 on 2 "$halorec" evaluate run.ckpt.h5 data.h5 --users 1 --seed 3
expect_one_message "--users 1: nobody of those drawn has a held-out rating"

run 0 on 2 "$halorec" evaluate run.ckpt.h5 data.h5 --diversity 0.5 --json
expect out '"diversity": 0.5'
cmp -s out two.json && fail "--diversity changes nothing"
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --top 10 --json
cp out plain.json
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --top 10 --json --diversity 0
cmp out plain.json || fail "--diversity 0 is not the plain list"
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --top 10 --json --diversity 0.5
cmp -s out plain.json && fail "--diversity 0.5 is the plain list"
[ "$(grep -o '"movie"' out | wc -l)" = 10 ] || fail "expected 10 recommendations"
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --top 10 --json
for key in user recommendations movie score title genres; do
    expect out "\"$key\": "
done
[ "$(grep -o '"movie"' out | wc -l)" = 10 ] || fail "expected 10 recommendations"
run 0 "$halorec" info run.ckpt.h5
expect out "lightgcn"
run 0 on 2 "$halorec" train data.h5 --resume run.ckpt.h5 --epochs 7 --log run.jsonl # cuts the graph itself
[ "$(wc -l <run.jsonl)" = 7 ] || fail "a resumed run goes on with its log"
run 0 on 2 "$halorec" train data.h5 --epochs 1
small_films films
run 0 "$halorec" import --from films --out films.h5
run 2 "$halorec" train none.h5 --model nope
for model in $(sed 's/.*one of //; s/,//g' err); do # each trains and recommends; the data is small
    run 0 on 2 "$halorec" train films.h5 --model "$model" --epochs 1 --checkpoint model.ckpt.h5
    run 0 "$halorec" recommend model.ckpt.h5 films.h5 --user 7 --top 3
done
run 0 on 2 "$halorec" train data.h5 --model mf --loss mse --epochs 2 --checkpoint model.ckpt.h5
expect err "valid rmse"
run 0 on 2 "$halorec" evaluate model.ckpt.h5 data.h5 --json
expect out '"rmse": '
expect out '"mae": '
run 0 "$halorec" partition data.h5 --ranks 4 --out data.r4.h5
expect out "parts x column groups"
run 0 on 4 "$halorec" train data.h5 --partition data.r4.h5 --resume run.ckpt.h5 --epochs 8
run 0 on 4 "$halorec" train data.h5 --grid 2x2 --recipe reference --epochs 1
expect err "2 parts x 2 column groups"
[ -z "$(ls | grep -E 'tmp|partition-')" ] || fail "left behind: $(ls)"
