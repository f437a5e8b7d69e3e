# explain: of every model the parts add up to the score that recommend gives, and the shares of the user's movies to what
# movies carry; the sentence names them; wrong input is one message.
small_films films
{
    echo "userId,movieId,tag,timestamp"
    for ((m = 1; m <= 30; m++)); do echo "$((m % 9 + 1)),$m,tag$((m % 4)),1"; done
} >films/tags.csv
run 0 "$halorec" import --from films --out data.h5 --split ratio:1,0,0 --tag-min-count 1
rated=$(awk -F, '$1 == 7 { n++ } END { print n }' films/ratings.csv)

# explained MODEL OPTION…: trains, and explains the best movie of user 7 and a rated one.
explained() {
    run 0 "$halorec" train data.h5 --model "$@" --dim "${dim:-8}" --epochs 2 --checkpoint run.ckpt.h5
    run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --top 1 --json
    movie=$(jq .recommendations[0].movie out) score=$(jq .recommendations[0].score out)
    run 0 "$halorec" explain run.ckpt.h5 data.h5 --user 7 --movie "$movie" --json
    jq -e --argjson score "$score" --argjson movie "$movie" --argjson rated "$rated" '
        def near($a; $b): ($a - $b | fabs) < 1e-5 * ([1, ($b | fabs)] | max);
        .user == 7 and .movie == $movie and (.title | startswith("Film")) and
        near(.score; $score) and near([.parts[]] | add; .score) and
        near([.because[].share] | add; [.parts | .collaborative, .content, .tags | values] | add // 0) and
        (.because | length) == $rated and (.parts.rounding // 0 | fabs) < 1e-5 and
        ([.because[].share] | . == (sort | reverse))' out >jq.out ||
        fail "$*: parts or shares do not add up to $score: $(cat out)"
}

for model in lightgcn als ials mf sage gat gatv2 ncf hybrid filter; do
    explained "$model"
    jq -e '.parts | has("collaborative")' out >jq.out || fail "$model has no collaborative part: $(cat out)"
done
explained sage --layers 2 --row-norm --batch-norm
explained sage --mlp 8,4
explained gat --loss bpr --mlp 8
explained mf --loss bpr
explained ncf --loss mse
explained lightgcn --mixture 30/60/10
jq -e '.parts | has("content") and has("tags") and has("popularity") and has("offset")' out >jq.out ||
    fail "a mixture lacks a part: $(cat out)"
for model in ease itemknn; do
    dim=1 explained "$model"
done
for model in popular toprated content; do
    dim=1 explained "$model"
done
jq -e '.because[0].share > 0 and (.because[0].genres | test("Drama")) and (.because | map(.tags) | any(. != ""))' out >jq.out ||
    fail "content has no reasons: $(cat out)"

# in text
run 0 "$halorec" train data.h5 --dim 8 --epochs 2 --checkpoint run.ckpt.h5
run 0 "$halorec" explain run.ckpt.h5 data.h5 --user 7 --movie "film 5 (1955)" --top 3
expect out "because you rated Film"
expect out "% of what your movies say for it"
expect out "collaborative"
expect out "paths through"
[ "$(grep -c 'others$' out)" = 1 ] || fail "the rest of the movies is not summed"

# with lists: of several users, as text and as JSON, the same as one by one
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7,8 --top 3 --explain
[ "$(grep -c 'of what your movies say for it' out)" = 6 ] || fail "six movies lack a sentence: $(cat out)"
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7,8 --top 3 --explain --json
cp out lists.json
jq -e '[.lists[].recommendations[] | (([.parts[]] | add) - .score | fabs) < 1e-5] | length == 6 and all' lists.json >jq.out ||
    fail "parts of lists do not add up: $(cat lists.json)"
run 0 "$halorec" explain run.ckpt.h5 data.h5 --user 8 --movie "$(jq '.lists[1].recommendations[2].movie' lists.json)" --json
[ "$(jq -c '[.parts, .because, .paths]' out)" = "$(jq -c '.lists[1].recommendations[2] | [.parts, .because, .paths]' lists.json)" ] ||
    fail "a list explains otherwise than explain does"
run 2 "$halorec" recommend run.ckpt.h5 data.h5 --all --explain --out lists.tsv
expect_one_message "--explain"

# a newcomer's list too
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --like 3 --like "Film 5" --top 2 --explain --json
jq -e '[.recommendations[] | (([.parts[]] | add) - .score | fabs) < 1e-5 and (.because | length) == 2] | length == 2 and all' out >jq.out ||
    fail "a newcomer's parts do not add up: $(cat out)"

# wrong input
run 2 "$halorec" explain run.ckpt.h5 data.h5 --user 7
expect_one_message "--user and --movie"
run 3 "$halorec" explain run.ckpt.h5 data.h5 --user 777 --movie 5
expect_one_message 777
run 3 "$halorec" explain run.ckpt.h5 data.h5 --user 7 --movie "No such film"
expect_one_message "No such film"
run 0 "$halorec" import --from films --out other.h5 --split ratio:0.8,0.1,0.1
run 3 "$halorec" explain run.ckpt.h5 other.h5 --user 7 --movie 5
expect_one_message run.ckpt.h5
