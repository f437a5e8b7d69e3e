# A model brought to data with a user and a movie more: who was there is served as before where nothing around
# them changed, who is new gets a row without training.
mkdir without
small_films with
awk -F, '$1 != 7 && $2 != 5' with/ratings.csv >without/ratings.csv
awk -F, '$1 != 5' with/movies.csv >without/movies.csv
for data in with without; do
    run 0 "$halorec" import --from "$data" --out "$data.h5" --split ratio:1,0,0
done
for model in sage lightgcn hybrid popular; do
    run 0 on 2 "$halorec" train without.h5 --model "$model" --checkpoint old.ckpt.h5 --epochs 3
    run 0 on 3 "$halorec" extend old.ckpt.h5 without.h5 without.h5 --checkpoint same.ckpt.h5
    run 0 "$halorec" recommend old.ckpt.h5 without.h5 --user 8 --json
    cp out old.json
    run 0 "$halorec" recommend same.ckpt.h5 without.h5 --user 8 --json
    [ "$(grep -o '"movie": [0-9]*' out)" = "$(grep -o '"movie": [0-9]*' old.json)" ] ||
        fail "$model: brought to the data that it was trained on, it recommends something else"
    run 3 "$halorec" recommend old.ckpt.h5 with.h5 --user 7
    run 0 on 2 "$halorec" extend old.ckpt.h5 without.h5 with.h5 --checkpoint new.ckpt.h5
    expect err "40 users and 30 movies, of which the model knew 39 and 29"
    run 0 "$halorec" recommend new.ckpt.h5 with.h5 --user 7 --json
    expect out '"movie"'
done
# the new user is not served like everybody else: sage makes the row of what was rated
mkdir -p other
awk -F, '$1 != 7 || $2 == 1 || $2 == 8' with/ratings.csv >other/ratings.csv
cp with/movies.csv other
run 0 "$halorec" import --from other --out other.h5 --split ratio:1,0,0
run 0 on 2 "$halorec" train without.h5 --model sage --loss bpr --checkpoint old.ckpt.h5 --epochs 20
for data in with other; do
    run 0 "$halorec" extend old.ckpt.h5 without.h5 "$data.h5" --checkpoint new.ckpt.h5
    run 0 "$halorec" recommend new.ckpt.h5 "$data.h5" --user 7 --json
    grep -o '"movie": [0-9]*' out >"$data.list"
done
! cmp -s with.list other.list || fail "a new user's ratings make no difference"
run 2 "$halorec" extend old.ckpt.h5 without.h5 with.h5
expect err "--checkpoint"
run 3 "$halorec" extend old.ckpt.h5 with.h5 with.h5 --checkpoint new.ckpt.h5
expect err "old.ckpt.h5"
