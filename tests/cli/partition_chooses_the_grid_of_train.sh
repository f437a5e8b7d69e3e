# halorec partition --ranks N prints the grid that halorec train on N ranks chooses by itself, by model and loss.
run 0 "$halorec" synth --preset ml-latest-small --out data.h5 --seed 4
for asked in "--model lightgcn" "--model lightgcn --loss softmax" "--model mf" "--model mf --loss bpr --dim 32"; do
    read -ra words <<<"$asked"
    run 0 "$halorec" partition data.h5 --ranks 4 "${words[@]}" --out data.r4.h5
    grid=$(awk '$1 == "grid" { print $2 }' out)
    run 0 on 4 "$halorec" train data.h5 "${words[@]}" --epochs 1
    expect err "${grid%x*} part"
    trained=$(sed -n 's/.* \([0-9]*\) parts\{0,1\} x \([0-9]*\) column.*/\1x\2/p' err)
    [ "$grid" = "$trained" ] || fail "$asked: partition takes $grid, train $trained"
done

# A cut into nearly as many parts as there are vertices leaves none empty, and says which METIS did.
mkdir few
printf 'userId,movieId,rating,timestamp\n1,1,4,1\n1,2,4,1\n2,1,4,1\n2,2,4,1\n3,3,4,1\n' >few/ratings.csv
run 0 "$halorec" import --from few --out few.h5 --split ratio:1,0,0
for parts in 3 5 6; do
    run 0 "$halorec" partition few.h5 --parts $parts --out few.k$parts.h5
    awk '$1 ~ /^[0-9]+$/ && $2 + $3 == 0' out >empty
    [ ! -s empty ] || fail "a part of $parts is empty: $(cat out)"
done
