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
run 0 "$halorec" import --from films --ratings-db visitors.db --split leave-one-out --out visited.h5
run 0 "$halorec" info visited.h5 --json
jq -e '.valid == 40 and .test == 40' out >jq.out || fail "import holds ratings of visitors out: $(cat out)"
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

# The model is the last epoch's, whatever an earlier one would have been by validation.
run 0 "$halorec" train data.h5 --model sage --dim 8 --epochs 1 --checkpoint first.ckpt.h5
run 0 "$halorec" update first.ckpt.h5 data.h5 visitors.db --epochs 4 --checkpoint last.ckpt.h5 --log last.jsonl
jq -es '[.[] | select(has("rmse")) | .epoch] == [5]' last.jsonl >jq.out || fail "validated at: $(cat last.jsonl)"

# A model that is counted is that of the data now, and has no epochs.
run 0 "$halorec" train data.h5 --model ease --checkpoint counted.ckpt.h5
run 0 "$halorec" update counted.ckpt.h5 data.h5 visitors.db --checkpoint more.ckpt.h5
! grep -q epoch err || fail "a counted model is trained: $(cat err)"
run 0 "$halorec" train more.h5 --model ease --checkpoint anew.ckpt.h5
for model in more anew; do
    run 0 "$halorec" recommend $model.ckpt.h5 more.h5 --user 1000000000001 --top 9 --json
    jq -c '[.recommendations[] | [.movie, .score]]' out >$model.list
done
cmp more.list anew.list || fail "another model than one that is trained on the data: $(cat more.list anew.list)"

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

# Visitors who are in the dataset already: their held-out ratings stay so with another value; what is new of those who are held out
# whole is known. Text features stay as they were asked for, and features of movies are there.
mkdir old
awk -F, -v OFS=, 'NR > 1 {$1 = sprintf("1%012d", $1)} 1' films/ratings.csv >old/ratings.csv
cp films/movies.csv old
printf 'userId,movieId,tag,timestamp\n1000000000001,2,slow,1\n' >old/tags.csv
printf 'movieId,tagId,relevance\n1,1,0.5\n30,2,0.25\n' >old/genome-scores.csv
tail -n +2 old/ratings.csv | awk -F, '{print "rating", $1, $2, 3.5, 1800000000}
    !known[$1]++ {print "rating", $1, "1000000000001 3.5 1800000000"}' >opinions
echo "movie 1000000000001 1999 Drama Western" >>opinions
"$GIVE_OPINIONS" old.db <opinions
for split in leave-one-out users:10,10,0.5; do
    run 0 "$halorec" import --from old --split $split --tag-min-count 1 --out old.h5
    run 0 "$halorec" info old.h5 --json
    mv out before
    run 0 "$halorec" train old.h5 --model sage --dim 8 --epochs 1 --checkpoint old.ckpt.h5
    run 0 on 2 "$halorec" update old.ckpt.h5 old.h5 old.db --epochs 1 --checkpoint renewed.ckpt.h5
    expect err "renewed.h5: 0 users, 1 movies and 40 ratings more than old.h5"
    expect err "valid rmse 0.00"
    run 0 "$halorec" info renewed.h5 --json
    jq -es --argjson known $([ $split = leave-one-out ] && echo 0 || echo 20) '[.[1] | .valid, .test, .text_terms, .known, .train] ==
        [.[0] | .valid, .test, .text_terms, .known + $known, .train + 40 - $known]' before out >jq.out ||
        fail "$split: $(cat before out)"
done
run 0 "$halorec" train renewed.h5 --model sage --item-features renewed.h5 --dim 8 --epochs 1

# What --valid holds out goes by numbers, which visitors move where ids are text.
for ids in 1 a1; do
    mkdir $ids
    awk -F, -v OFS=, -v ids=$ids 'NR > 1 {$1 = ids $1} 1' films/ratings.csv >$ids/ratings.csv
    run 0 "$halorec" import --from $ids --split ratio:0.8,0,0.2 --out $ids.h5
    run 0 "$halorec" train $ids.h5 --model ials --dim 8 --epochs 1 --valid 0.2 --checkpoint $ids.ckpt.h5
    run $([ $ids = 1 ] && echo 0 || echo 2) "$halorec" update $ids.ckpt.h5 $ids.h5 visitors.db --epochs 1 --checkpoint no.ckpt.h5
done
expect_one_message "no.h5: user/id a11 has number 3, and 0 in a1.h5: --valid 0.2"
rm no.*

run 2 "$halorec" update run.ckpt.h5 data.h5 visitors.db
expect_one_message "needs --checkpoint"
run 2 "$halorec" update run.ckpt.h5 data.h5 visitors.db --checkpoint no.ckpt.h5 --out-data data.h5
expect_one_message "it is data.h5, which is read"
run 2 "$halorec" update run.ckpt.h5 data.h5 visitors.db --checkpoint no.ckpt.h5 --log no.h5
expect_one_message "no.h5: one name for the log and for another output"
run 4 on 2 "$halorec" update run.ckpt.h5 data.h5 none.db --checkpoint no.ckpt.h5
expect_one_message "none.db"
run 3 "$halorec" update run.ckpt.h5 third.h5 visitors.db --checkpoint no.ckpt.h5
expect_one_message "run.ckpt.h5"
[ -z "$(ls | grep '^no\.ckpt')" ] || fail "left behind: $(ls)"
