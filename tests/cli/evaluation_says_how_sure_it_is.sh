# evaluate: segments, intervals and user by user, and two models compared: the same on any number of ranks, and as what
# is written user by user says.
small_films films
run 0 "$halorec" import --from films --out d.h5 --split ratio:0.6,0.1,0.3
for model in ials popular als; do
    dim=$([ $model = popular ] || echo "--dim 4")
    # shellcheck disable=SC2086
    run 0 "$halorec" train d.h5 --model $model $dim --epochs 3 --checkpoint $model.ckpt.h5
done
ask="--k 2,5 --protocol full,sampled-6 --resamples 300 --new-users 8 --popular 0.3 --json"
# shellcheck disable=SC2086
for ranks in 1 3; do
    run 0 on $ranks "$halorec" evaluate ials.ckpt.h5 d.h5 $ask --per-user users.$ranks --lists lists.$ranks --negatives drawn.$ranks
    cp out figures.$ranks
    run 0 on $ranks "$halorec" evaluate popular.ckpt.h5 ials.ckpt.h5 d.h5 --k 2,5 --resamples 300 --json
    cp out compared.$ranks
done
for what in figures compared users lists drawn; do
    cmp $what.1 $what.3 || fail "$what: other bytes on 3 ranks"
done

# means of what is written user by user are the figures; segments part users by their train ratings
mean() { awk -F'\t' -v name="$1" -v from="$2" -v below="$3" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next }
    $2 >= from && $2 < below { sum += $c; n++ } END { printf "%.5f", sum / n }' users.1; }
figure() { jq -r "$1 | . * 100000 | round / 100000" figures.1; }
same() { awk -v a="$1" -v b="$2" 'BEGIN { exit (a - b) ^ 2 > 1e-9 }' || fail "$3: $1 against $2"; }
same "$(mean recall@5 0 999)" "$(figure '."recall@5"')" "recall of all"
same "$(mean ndcg@2 0 8)" "$(figure '.segments.new_users."ndcg@2"')" "ndcg of new users"
same "$(mean auc 8 999)" "$(figure '.segments.regular_users.auc')" "auc of regular users"
jq -e '.segments | .new_users.users + .regular_users.users == 40 and .popular_movies.users <= 40' figures.1 >jq.out ||
    fail "users of segments"
jq -e '.intervals."recall@5" as [$low, $high] | $low < ."recall@5" and ."recall@5" < $high' figures.1 >jq.out || fail "interval"
# hits of lists, by popular and tail movies together, are those of the recall
hits=$(awk -F'\t' 'NR > 1 && $5' lists.1 | wc -l)
[ "$hits" = "$(awk -F'\t' 'NR > 1 { sum += $14 * 5 } END { print int(sum + 0.5) }' users.1)" ] || fail "held-out movies of lists: $hits"
run 0 "$halorec" recommend ials.ckpt.h5 d.h5 --user 9 --top 1 --json
expect lists.1 "$(printf '9\t1\t')"
[ "$(awk 'NR > 1' drawn.1 | wc -l)" = "$(($(jq '.sampled[0].ranked' figures.1) * 6))" ] || fail "drawn movies"

# two models
jq -e '.better == "b" and .by == "ndcg@5" and .figures."ndcg@5".difference > 0 and .a == "popular.ckpt.h5"' compared.1 >jq.out ||
    jq -e '.better == "neither"' compared.1 >jq.out || fail "conclusion: $(jq -c '{better, by}' compared.1)"
jq -e '.figures."recall@2" | .b - .a - .difference | fabs < 1e-6' compared.1 >jq.out || fail "difference: $(jq -c .figures compared.1)"
run 0 "$halorec" evaluate ials.ckpt.h5 ials.ckpt.h5 d.h5 --k 5 --resamples 100
expect out "neither is better beyond chance, by ndcg@5: chance 1.0000"
run 0 "$halorec" evaluate als.ckpt.h5 als.ckpt.h5 d.h5 --k 5 --resamples 100 --json
[ "$(jq -r '.by + " " + (.figures.rmse.chance | tostring)' out)" = "rmse 1" ] || fail "ratings: $(cat out)"
run 0 "$halorec" evaluate als.ckpt.h5 ials.ckpt.h5 d.h5 --k 5 --resamples 0
expect out "--resamples is 0"

# bad input: one message, and nothing is written
run 2 on 2 "$halorec" evaluate ials.ckpt.h5 d.h5 --protocol sampled-6 --per-user none.tsv
expect_one_message "--per-user and --lists are of full ranking"
run 2 "$halorec" evaluate ials.ckpt.h5 d.h5 --negatives none.tsv
expect_one_message "--negatives are those of a sampled protocol"
run 2 "$halorec" evaluate ials.ckpt.h5 als.ckpt.h5 d.h5 --per-user none.tsv
expect_one_message "of one model"
run 2 "$halorec" evaluate ials.ckpt.h5 d.h5 --lists d.h5
expect_one_message "d.h5"
run 0 "$halorec" import --from films --out e.h5 --split ratio:0.7,0,0.3
for share in 0.1 0.2; do
    run 0 "$halorec" train e.h5 --model popular --valid $share --checkpoint $share.ckpt.h5
done
run 2 "$halorec" evaluate 0.1.ckpt.h5 0.2.ckpt.h5 e.h5
expect_one_message "hold out other ratings"
[ ! -e none.tsv ] || fail "a file was written"
