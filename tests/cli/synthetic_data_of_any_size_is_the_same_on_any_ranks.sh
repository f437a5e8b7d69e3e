# Data that is made user by user has the same bytes on any number of ranks and threads, and the numbers asked for.
size="--users 3000 --items 400 --ratings 60000 --seed 7"
run 0 "$halorec" synth $size --out one.h5
for ranks in 2 3; do
    run 0 on "$ranks" "$halorec" synth $size --out many.h5
    cmp -s one.h5 many.h5 || fail "on $ranks ranks the data is another"
done
run 0 env OMP_NUM_THREADS=3 "$halorec" synth $size --out many.h5
cmp -s one.h5 many.h5 || fail "on 3 threads the data is another"
run 0 "$halorec" info one.h5
expect out "ratings         60000"
expect out "users           3000"
run 0 "$halorec" synth $size --density-shape even --split folds:5:2 --out even.h5
! cmp -s one.h5 even.h5 || fail "an even shape is the same as an uneven one"
run 0 on 2 "$halorec" synth --preset ml-100k --out films.h5
expect err "ml-100k"
run 0 on 2 "$halorec" train one.h5 --model mf --epochs 1
run 2 "$halorec" synth --users 10 --items 10 --out no.h5
expect err "--ratings"
run 2 on 2 "$halorec" synth --users 10 --items 10 --ratings 80 --out no.h5
expect err "at most half of all pairs"
run 2 "$halorec" synth $size --split time:0.8,0.1,0.1 --out no.h5
expect err "user by user"
run 2 "$halorec" synth $size --density-shape check-ins --out no.h5
expect err "--density-shape check-ins"
[ ! -e no.h5 ] || fail "a refused call leaves a file"
