# Every rule of --split from import to evaluate: what came out is printed, remembered and told.
mkdir few untimed
awk 'BEGIN { print "userId,movieId,rating,timestamp"
    for (u = 1; u <= 50; u++) for (m = 0; m < 4; m++) print u "," u + m "," 4 "," 100 * u + m }' >few/ratings.csv
for u in 1 2 3 4 5 6 7 8; do echo "$u 10 20 30 40"; done >untimed/train.txt
printf '1 50\n' >untimed/test.txt

# Few ratings a user: over five seeds a tenth of 200 goes to each part, 100 in all, by four standard deviations.
valid=0 test=0
for seed in 1 2 3 4 5; do
    run 0 "$halorec" import --from few --out few.h5 --seed $seed --split ratio:0.8,0.1,0.1
    expect err "split ratio:0.8,0.1,0.1, seed $seed"
    expect err "without train ratings: 0 users; "
    valid=$((valid + $(awk '$1 == "valid" { print $2 }' err)))
    test=$((test + $(awk '$1 == "test" { print $2 }' err)))
done
for held in $valid $test; do
    [ "$held" -gt 60 ] && [ "$held" -lt 140 ] || fail "expected about 100 held-out ratings of 1000, found $held"
done

# The rule is in the file, and evaluate tells it.
run 0 "$halorec" import --from few --out few.h5 --split leave-one-out --seed 9
run 0 "$halorec" info few.h5
expect out "leave-one-out"
run 0 "$halorec" train few.h5 --model popular --checkpoint few.ckpt.h5
run 0 "$halorec" evaluate few.ckpt.h5 few.h5
expect out "test part of split leave-one-out, seed 9"
run 0 on 2 "$halorec" evaluate few.ckpt.h5 few.h5 --json
expect out '"split_rule": "leave-one-out", "split_seed": 9'

# Without times nothing is last; any one may be held out, not always the same movie.
run 3 "$halorec" import --from untimed --out untimed.h5 --split leave-one-out
expect_one_message "--split leave-one-out:random goes without"
run 3 "$halorec" import --from untimed --out untimed.h5 --split time:0.8,0.1,0.1
expect_one_message "no rating has a time"
run 0 "$halorec" import --from untimed --out untimed.h5 --split leave-one-out:random
[ "$(awk '$1 == "test" { print $5 }' err)" -gt 1 ] || fail "one movie is held out for all users: $(cat err)"
run 0 "$halorec" import --from untimed --out untimed.h5
expect err "split given"

# A part that should have ratings and has none.
run 0 "$halorec" import --from untimed --out untimed.h5 --split ratio:0.9999,0.0001,0
expect err "warning: the valid part is empty"
run 0 "$halorec" import --from few --out few.h5 --split folds:4:2
expect err "     test            50   25.00%         50"
run 2 "$halorec" import --from few --out few.h5 --split users:30,30,0.5
expect_one_message "holds out 60 users, but of 50 users"
run 0 "$halorec" import --from few --out few.h5 --split time:0.5,0.25,0.25
expect err "without train ratings: 25 users"
run 0 "$halorec" synth --out synth.h5 --split users:50,50,0.8
expect err "    known "
for ranks in 1 2; do
    run 0 on $ranks "$halorec" train synth.h5 --model ials --dim 8 --epochs 2 --checkpoint ials.ckpt.h5
    expect err "valid recall@20"
    run 0 on $ranks "$halorec" evaluate ials.ckpt.h5 synth.h5
    expect out "full ranking: users 50 "
done
run 0 "$halorec" train synth.h5 --dim 8 --epochs 1 --checkpoint gcn.ckpt.h5
expect err "valid recall@20"
run 0 "$halorec" evaluate gcn.ckpt.h5 synth.h5
expect out "full ranking: users 50 "
run 2 "$halorec" synth --out synth.h5 --split given
expect_one_message "synthetic data comes without a split"
