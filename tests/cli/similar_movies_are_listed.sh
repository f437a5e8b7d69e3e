# similar lists movies by what a model learned, by what is known of them, and by both; tags suggests those of the nearest.
mkdir films
awk 'BEGIN {
    srand(5); print "userId,movieId,rating,timestamp";
    for (u = 1; u <= 60; u++) for (m = 1; m <= 30; m++)
        if (rand() < (u % 2 == m % 2 ? 0.6 : 0.05)) print u "," m "," 1 + int(4 * rand()) ",1"
}' >films/ratings.csv
awk 'BEGIN {
    print "movieId,title,genres";
    for (m = 1; m <= 30; m++) print m "," (m < 3 ? "Star Quest " m : "Film " m) " (19" 50 + m ")," (m % 2 ? "Drama" : "Comedy")
}' >films/movies.csv
awk 'BEGIN {
    print "userId,movieId,tag,timestamp";
    for (m = 3; m <= 29; m += 2) for (u = 1; u <= 3; u++) print u "," m "," (m % 4 == 3 ? "slow" : "sad") ",1"
    for (m = 4; m <= 30; m += 2) print 2 "," m ",funny,1"
}' >films/tags.csv
run 0 "$halorec" import --from films --split ratio:0.9,0,0.1 --out data.h5
run 0 "$halorec" train data.h5 --epochs 10 --dim 16 --checkpoint run.ckpt.h5

# By embedding: those that the same users rate, which have the same parity.
run 0 "$halorec" similar run.ckpt.h5 data.h5 --movie 4 --by embedding --top 10 --json
[ "$(jq '.similar | length' out)" = 10 ] || fail "expected ten movies"
[ "$(jq '[.similar[] | select(.movie % 2 == 0)] | length' out)" -ge 9 ] || fail "by embedding: $(cat out)"
jq -e '[.similar[].score] | . == (sort | reverse) and all(. > 0 and . <= 1.00001)' out >/dev/null ||
    fail "scores are no descending cosines: $(cat out)"
[ "$(jq '[.similar[] | select(.movie == 4)] | length' out)" = 0 ] || fail "a movie is similar to itself"

# By content: the sequel.
run 0 "$halorec" similar run.ckpt.h5 data.h5 --movie 'star quest 1' --by content --top 3 --json
[ "$(jq -r '.similar[0].title' out)" = 'Star Quest 2 (1952)' ] || fail "by content: $(cat out)"
run 0 "$halorec" similar run.ckpt.h5 data.h5 --movie 'star quest 1' --top 3
expect out 'like Star Quest 1 (1951)'

# Tags that neighbours have and the movie has not.
run 0 "$halorec" tags run.ckpt.h5 data.h5 --movie 2 --json
[ "$(jq -r '.tags[0].tag' out)" = funny ] || fail "expected the tag funny first: $(cat out)"
run 0 "$halorec" tags run.ckpt.h5 data.h5 --movie 3 --json
[ "$(jq '[.tags[] | select(.tag == "slow")] | length' out)" = 0 ] || fail "suggests a tag that the movie has: $(cat out)"
[ "$(jq -r '.tags[0].tag' out)" = sad ] || fail "expected the tag sad first: $(cat out)"

run 0 "$halorec" train data.h5 --model popular --checkpoint popular.ckpt.h5
run 2 "$halorec" similar popular.ckpt.h5 data.h5 --movie 2
expect_one_message 'has no embedding of movies; give --by content'
run 0 "$halorec" similar popular.ckpt.h5 data.h5 --movie 2 --by content
run 2 "$halorec" similar run.ckpt.h5 data.h5
expect_one_message 'needs --movie'
run 3 "$halorec" tags run.ckpt.h5 data.h5 --movie 'No Such Film'
expect_one_message 'No Such Film'
