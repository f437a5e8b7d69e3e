# Somebody whom training did not see gets a list by the movies that are liked, disliked or rated; what is
# named is in no list; titles are found as typed; what cannot be meant is one message.
small_films films
run 0 "$halorec" import --from films --split ratio:0.8,0,0.2 --out data.h5

# listed FILE: the movies of a JSON list, a line each.
listed() {
    jq -r '.recommendations[].movie' "$1"
}

for model in lightgcn sage ncf ials als content; do
    run 0 "$halorec" train data.h5 --model "$model" --epochs 1 --dim "$(case $model in
        content) echo 1 ;; *) echo 16 ;; esac)" --checkpoint "$model.ckpt.h5"
    run 0 "$halorec" recommend "$model.ckpt.h5" data.h5 --like 'Film 3' --like 'film 5 (1955)' --dislike 7 --top 27 --json
    listed out >"$model.list"
    [ "$(wc -l <"$model.list")" = 27 ] || fail "$model: expected 27 movies, found $(wc -l <"$model.list")"
    ! grep -qxE '3|5|7' "$model.list" || fail "$model lists a movie that was named"
done

printf 'movie,rating\n"Film 3",5\n5,4.5\n\nFilm 7 (1957)\t1\n' >mine.csv
run 0 "$halorec" recommend als.ckpt.h5 data.h5 --ratings mine.csv --json --top 27
listed out >rated
! grep -qxE '3|5|7' rated || fail "a movie that was rated is listed"
run 0 on 2 "$halorec" recommend als.ckpt.h5 data.h5 --ratings mine.csv --json --top 27
listed out | diff - rated || fail "two ranks list other movies"
run 0 "$halorec" recommend als.ckpt.h5 data.h5 --like 3
expect out 'for a new user'

run 2 "$halorec" recommend lightgcn.ckpt.h5 data.h5 --dislike 3
expect_one_message 'give --like or --ratings too'
run 2 "$halorec" recommend lightgcn.ckpt.h5 data.h5 --like 3 --dislike 'Film 3'
expect_one_message 'is named twice'
run 2 "$halorec" recommend lightgcn.ckpt.h5 data.h5 --like 3 --user 1
expect_one_message 'needs one of'
run 3 "$halorec" recommend lightgcn.ckpt.h5 data.h5 --like 'No Such Film At All'
expect_one_message 'No Such Film At All'
printf '3,good\n' >bad
printf 'movie,rating\n3\n' >short
run 3 "$halorec" recommend als.ckpt.h5 data.h5 --ratings short
expect_one_message 'short: line 2: expected a movie, a comma and a rating'
printf '5,1\n3,good\n' >bad
run 3 "$halorec" recommend als.ckpt.h5 data.h5 --ratings bad
expect_one_message "bad: line 2: expected a rating after the last comma, found 'good'"
run 4 "$halorec" recommend als.ckpt.h5 data.h5 --ratings none
expect_one_message 'none: cannot be read'

# Users who are held out whole have rows, and are judged.
run 0 "$halorec" import --from films --split users:5,10,0.7 --seed 4 --out users.h5
for model in lightgcn; do
    run 0 "$halorec" train users.h5 --model "$model" --loss bpr --epochs 2 --dim 16 --checkpoint "held.ckpt.h5"
    run 0 "$halorec" evaluate held.ckpt.h5 users.h5 --json
    [ "$(jq '.users' out)" = 10 ] || fail "$model judges $(jq .users out) users of 10"
    run 0 on 3 "$halorec" evaluate held.ckpt.h5 users.h5 --json
    [ "$(jq '.users' out)" = 10 ] || fail "$model judges $(jq .users out) users of 10 on three ranks"
done
