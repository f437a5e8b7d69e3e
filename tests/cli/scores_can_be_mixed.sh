# Models that score otherwise than by dot products: MLPs, content, mixtures; and what is refused.
run 0 "$halorec" synth --users 200 --items 900 --ratings 12000 --out data.h5
for model in content hybrid ncf; do
    mlp=()
    [ "$model" = content ] || mlp=(--mlp 24,8)
    run 0 on 2 "$halorec" train data.h5 --model "$model" --epochs 1 "${mlp[@]}" --checkpoint "$model.ckpt.h5"
    expect err "valid recall@20"
    run 0 on 3 "$halorec" evaluate "$model.ckpt.h5" data.h5 --json
    cp out three.json
    run 0 "$halorec" evaluate "$model.ckpt.h5" data.h5 --json
    [ "$(grep -o '"recall@20": 0.[0-9]\{4\}' out)" = "$(grep -o '"recall@20": 0.[0-9]\{4\}' three.json)" ] ||
        fail "$model: one rank and three evaluate differently"
    run 0 "$halorec" recommend "$model.ckpt.h5" data.h5 --user 3
done
run 0 "$halorec" synth --preset ml-latest-small --out tagged.h5
run 0 on 2 "$halorec" train tagged.h5 --epochs 1 --mixture 30/70/0 --content tags
run 0 on 2 "$halorec" train data.h5 --model sage --loss bpr --mlp 16 --epochs 1 --clip 1 --warmup 5 \
    --optimiser adamw --weight-decay 0.1 --aggregate sum --row-norm --batch-norm --layers 2 --dropout 0.1 \
    --message-dropout 0.1
for model in sage content; do
    run 4 on 2 "$halorec" train data.h5 --model "$model" --item-features nowhere.h5
    expect_one_message nowhere.h5
done
run 2 on 2 "$halorec" train data.h5 --mlp 64
expect_one_message "--mlp 64: --model lightgcn scores by dot products"
run 2 on 2 "$halorec" train data.h5 --model ncf --mlp 64,x
expect_one_message "--mlp 64,x"
run 2 on 2 "$halorec" train data.h5 --mixture 1/2
expect_one_message "--mixture 1/2"
run 2 on 2 "$halorec" train data.h5 --model mf --mixture 30/70/0
expect_one_message "what is mixed is no rating"
run 2 on 2 "$halorec" train data.h5 --model als --loss bce
expect_one_message "als is not trained by it"
mkdir -p pair
printf '0 1 2 3\n1 0 1\n' >pair/train.txt
printf '0 0\n1 2\n' >pair/test.txt
run 0 "$halorec" import --from pair --out pair.h5
run 0 on 2 "$halorec" train pair.h5 --epochs 1 --mixture 0/90/10
run 3 on 2 "$halorec" train pair.h5 --model content
expect_one_message "says nothing about movies"
