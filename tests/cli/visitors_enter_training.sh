# What visitors rated and added becomes part of the data, by import and by update, the same on any number of ranks; who was there
# keeps the ratings and their parts; the model is extended by it and trained on.
# shellcheck source=/dev/null
. "$root/tests/support/serving.sh"
small_films films
"$GIVE_OPINIONS" visitors.db <<'END'
rating 1000000000001 3 4.5 1700000000
rating 1000000000001 5 1 1700000001
rating 1000000000001 1000000000001 5 1700000002
rating 1000000000007 8 2.5 1700000003
movie 1000000000001 1999 Drama|Western A Film of Mine, Too
movie 1000000000002 0 - Nobody Rates It
END
run 0 "$halorec" import --from films --split ratio:0.8,0.1,0.1 --out data.h5
for ranks in 1 3; do
    run 0 on $ranks "$halorec" import --from films --ratings-db visitors.db --split ratio:0.8,0.1,0.1 --out both.$ranks.h5
done
cmp both.1.h5 both.3.h5 || fail "three ranks import another dataset"
run 0 "$halorec" info both.1.h5 --json
jq -e '.users == 42 and .movies == 32' out >jq.out || fail "import --ratings-db: $(cat out)"
ratings=$(jq .ratings out)
run 0 "$halorec" info data.h5 --json
[ $((ratings - $(jq .ratings out))) = 4 ] || fail "expected 4 ratings more, found $ratings of $(jq .ratings out)"
run 0 "$halorec" top both.1.h5 --by latest --top 3 --json
expect out "A Film of Mine, Too (1999)"
run 3 on 2 "$halorec" import --from films --ratings-db films/ratings.csv --out no.h5
expect_one_message "films/ratings.csv"

for model in sage ials; do
    run 0 "$halorec" train data.h5 --model $model --dim 8 --epochs 3 --checkpoint run.ckpt.h5
    run 0 "$halorec" update run.ckpt.h5 data.h5 visitors.db --epochs 2 --checkpoint new.ckpt.h5 --log new.jsonl
    expect err "new.h5: 2 users, 2 movies and 4 ratings more than data.h5"
    expect err "42 users and 32 movies, of which the model knew 40 and 30"
    run 0 "$halorec" evaluate new.ckpt.h5 new.h5 --json
    jq -e '.users > 20' out >jq.out || fail "$model: $(cat out)"
    run 0 "$halorec" recommend new.ckpt.h5 new.h5 --user 1000000000001 --top 30 --json
    ! jq -r '.recommendations[].movie' out | grep -qxE '3|5|1000000000001' || fail "$model lists what the visitor rated: $(cat out)"
    jq -e '.recommendations | length == 29' out >jq.out || fail "$model: $(cat out)"
done
jq -es '.[-1].done' new.jsonl >jq.out || fail "the log does not end: $(tail -n 1 new.jsonl)"

# Old ratings keep their parts, on any number of ranks; ratings that a visitor changed are changed, and none is there twice.
cp new.h5 one.h5
run 0 on 3 "$halorec" update run.ckpt.h5 data.h5 visitors.db --epochs 1 --checkpoint new.ckpt.h5
cmp new.h5 one.h5 || fail "three ranks write another dataset"
run 0 "$halorec" info data.h5 --json
jq -c '[.valid, .test]' out >parts
run 0 "$halorec" info new.h5 --json
jq -c '[.valid, .test]' out | cmp - parts || fail "held-out ratings are others: $(cat out)"
"$GIVE_OPINIONS" visitors.db <<'END'
rating 1000000000001 3 2 1800000000
rating 1000000000009 3 2 1800000000
END
run 0 "$halorec" update new.ckpt.h5 new.h5 visitors.db --epochs 1 --checkpoint third.ckpt.h5 --out-data third.h5
expect err "third.h5: 1 users, 0 movies and 1 ratings more than new.h5"

# A server tells nothing of them, whose ids can be guessed.
serving new.ckpt.h5 new.h5 --read-only
for path in /users/1000000000001 '/recommend?user=1000000000001' '/explain?user=1000000000001&movie=1' '/graph?user=1000000000001'; do
    ask 404 GET "$path"
done
ask 200 GET '/users?query=100000000000'
answer .total 0
ask 200 GET '/users?query=1'
answer '.users | length > 0' true
for path in '/graph?movie=8&limit=100' '/explain?user=2&movie=8' '/recommend?user=2&explain=true&top_k=30'; do
    ask 200 GET "$path"
    answer '[.. | objects | select(.kind != "movie") | .user?, .id? | strings, numbers | tostring | select(startswith("100000000000"))]' '[]'
done
ask 200 GET '/graph?movie=8&limit=100'
answer '[.nodes[] | select(.name == "a visitor") | .id] | unique' '[""]'
stop_serving

run 2 "$halorec" update run.ckpt.h5 data.h5 visitors.db
expect_one_message "needs --checkpoint"
run 2 "$halorec" update run.ckpt.h5 data.h5 visitors.db --checkpoint no.ckpt.h5 --out-data data.h5
expect_one_message "it is data.h5, which is read"
run 4 on 2 "$halorec" update run.ckpt.h5 data.h5 none.db --checkpoint no.ckpt.h5
expect_one_message "none.db"
run 3 "$halorec" update run.ckpt.h5 third.h5 visitors.db --checkpoint no.ckpt.h5
expect_one_message "run.ckpt.h5"
[ -z "$(ls | grep '^no\.ckpt')" ] || fail "left behind: $(ls)"
