# The list of somebody who is folded in is much the list of the same user trained with: of models of the same data with and without
# eight users, whose ratings are given instead. Of 80 movies the list of another user would share about 20.
# Not under sanitizers: it is lists that are compared; newcomers_get_lists folds in there.
run 0 "$halorec" synth --users 150 --items 120 --ratings 4500 --density-shape ml-100k --out made.h5 --csv with --split ratio:1,0,0
users="7 20 33 46 59 72 85 98"
mkdir without
cp with/movies.csv without
awk -F , -v users=" $users " '!index(users, " " $1 " ")' with/ratings.csv >without/ratings.csv
for user in $users; do
    awk -F , -v u="$user" '$1 == u { print $2 "," $3 }' with/ratings.csv >"user.$user"
done
run 0 "$halorec" import --from with --split ratio:1,0,0 --out with.h5
run 0 "$halorec" import --from without --split ratio:1,0,0 --out without.h5
while read -r model least; do
    for data in with without; do
        run 0 "$halorec" train $data.h5 --model "$model" --dim 16 --epochs 10 --checkpoint $data.ckpt.h5
    done
    common=0
    for user in $users; do
        run 0 "$halorec" recommend with.ckpt.h5 with.h5 --user "$user" --top 10 --json
        jq -r '.recommendations[].movie' out | sort >trained
        run 0 "$halorec" recommend without.ckpt.h5 without.h5 --ratings "user.$user" --top 10 --json
        common=$((common + $(jq -r '.recommendations[].movie' out | sort | comm -12 - trained | wc -l)))
    done
    [ "$common" -ge "$least" ] || fail "$model: of 80 movies of trained users' lists, folded-in ones have $common"
done <<'END'
lightgcn 45
ials 65
sage 45
END
