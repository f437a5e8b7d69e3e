# A run that is resumed with another --batch goes on with the next epoch, whose steps are then of that batch.
small_films films
run 0 "$halorec" import --from films --out data.h5 --split ratio:0.8,0.1,0.1
train_small="train data.h5 --dim 16 --eval-every 100 --checkpoint run.ckpt.h5 --log run.jsonl"
run 0 "$halorec" $train_small --epochs 2 --batch 40
# expect_epochs EPOCH:STEP …: the lines of the log.
expect_epochs() {
    local found
    found=$(sed 's/.*"epoch":\([0-9]*\),.*"step":\([0-9]*\).*/\1:\2/' run.jsonl | tr '\n' ' ')
    [ "$found" = "$* " ] || fail "expected epochs and steps $*, found $found"
}
edges=$("$halorec" info data.h5 | awk '$1 == "train" { print $2 }')
n=$(((edges + 39) / 40)) half=$(((edges + 79) / 80)) twice=$(((edges + 19) / 20))
expect_epochs 1:$n 2:$((2 * n))
run 0 "$halorec" $train_small --epochs 3 --batch 80 --resume auto
run 0 "$halorec" $train_small --epochs 3 --batch 80 --resume auto
run 0 on 2 "$halorec" $train_small --epochs 5 --batch 20 --resume auto
expect_epochs 1:$n 2:$((2 * n)) 3:$((2 * n + half)) 4:$((2 * n + half + twice)) 5:$((2 * n + half + 2 * twice))
