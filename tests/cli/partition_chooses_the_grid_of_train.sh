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
