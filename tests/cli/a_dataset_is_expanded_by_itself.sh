# Fractal expansion: A x B times the users and items, the same bytes on any ranks, readable by everything.
run 0 "$halorec" synth --users 300 --items 90 --ratings 5000 --out small.h5
run 0 "$halorec" synth --expand small.h5 --by 4x3 --seed 5 --out large.h5
expect err "1200 users, 270 items"
for ranks in 2 3; do
    run 0 on "$ranks" "$halorec" synth --expand small.h5 --by 4x3 --seed 5 --out many.h5
    cmp -s large.h5 many.h5 || fail "on $ranks ranks the data is another"
done
run 0 "$halorec" stats large.h5 --json
ratings=$(grep -o '"ratings": [0-9]*' out | head -n 1 | grep -o '[0-9]*')
[ "$ratings" -gt 5000 ] && [ "$ratings" -lt 60000 ] || fail "$ratings ratings, expected between one and twelve times 5000"
expect out '"minimum": 1.0'
run 0 on 2 "$halorec" train large.h5 --model mf --epochs 1
run 2 "$halorec" synth --expand small.h5 --by 4 --out no.h5
expect err "such as 16x4"
run 2 "$halorec" synth --expand small.h5 --by 4x3 --out small.h5
run 3 "$halorec" synth --expand "$root/README.md" --by 4x3 --out no.h5
[ ! -e no.h5 ] || fail "a refused call leaves a file"
