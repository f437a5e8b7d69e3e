# halorec serve answers what halorec recommend prints, of users and newcomers, by one product for those that wait; it names
# what is wrong with a question, goes on with a new checkpoint and stays with the old one where the new one is damaged.
. "$root/tests/support/serving.sh"
small_films films
run 0 "$halorec" import --from films --out d.h5
run 0 "$halorec" train d.h5 --model als --epochs 2 --dim 8 --checkpoint als.h5
run 0 "$halorec" train d.h5 --model lightgcn --epochs 1 --dim 8 --checkpoint a.h5
cp a.h5 run.h5
serving run.h5 d.h5 --read-only --threads 2

# same QUERY OPTION…: the answer to the query has the bytes that the options print.
same() {
    local query=$1
    shift
    run 0 "$halorec" recommend "$model" d.h5 "$@" --json
    cp out printed
    ask 200 GET "/recommend?$query"
    cmp -s out printed || fail "/recommend?$query: $(cat out) where recommend $* prints $(cat printed)"
}

model=a.h5
same "user=7" --user 7
same "user=7&top_k=3&keep_seen=true" --user 7 --top 3 --keep-seen
same "user=40&diversity=0.5&genre=Comedy&year=1955:&popularity=10%25:90%25" --user 40 --diversity 0.5 --genre Comedy \
    --year 1955: --popularity 10%:90%
same "user=3&explain&top_k=2&because=1000" --user 3 --explain --top 2
# Reasons are of the mixture that is asked for: their parts add up to the score.
ask 200 GET "/recommend?user=3&explain&mixture=30/60/10"
answer '.recommendations | length > 0 and all(((.parts | add) - .score | fabs) < 1e-4 and .parts.popularity != null)' true
busy=$(cut -d , -f 1 films/ratings.csv | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
ask 200 GET "/recommend?user=$busy&explain"
answer '[.recommendations[].because | length] | max' 10
same "like=Film%203&dislike=5&top_k=4" --like "Film 3" --dislike 5 --top 4
printf '1\n2\nFilm 5 (1955)\n' >candidates
same "user=2&candidates=1&candidates=2&candidates=Film+5+(1955)" --user 2 --candidates candidates
printf '3,5\n4,1\n' >ratings
run 0 "$halorec" recommend a.h5 d.h5 --ratings ratings --json
cp out printed
send 200 POST /recommend/ '{"ratings": [{"movie": 3, "rating": 5}, {"movie": "Film 4", "rating": 1.0}]}'
cmp -s out printed || fail "POST /recommend: $(cat out)"
send 200 POST /recommend '{"user": 2, "candidates": [1, 2, 3]}'
cp out few
send 200 POST /recommend "$(jq -cn '{user: 2, candidates: [range(9000) | . % 3 + 1]}')"
cmp -s out few || fail "a large body: $(cat out)"
send 422 POST /recommend "$(jq -cn '{user: 2, candidates: [range(10001)]}')"
# Requests that come together.
for user in $(seq 40); do
    echo "url = $url/recommend?user=$user"
    echo "output = list.$user"
done >urls
run 0 curl --silent --parallel --parallel-max 20 --config urls
for user in 1 17 40; do
    run 0 "$halorec" recommend a.h5 d.h5 --user $user --json
    cmp -s out "list.$user" || fail "user $user: $(cat "list.$user")"
done
ask 200 GET /recommend?user=7
tag=$(sed -n 's/^ETag: \(.*\)\r$/\1/p' headers)
ask 304 GET /recommend?user=7 --header "If-None-Match: $tag"

# wrong STATUS FIELD QUERY…: refused with this status, and the field is named.
wrong() {
    ask "$1" GET "/recommend?$3"
    [ "$(jq -r '"\(.status) \(.field)"' out)" = "$1 $2" ] || fail "/recommend?$3: $(cat out)"
    grep -qi '^content-type: application/problem+json' headers || fail "/recommend?$3: $(cat headers)"
}
wrong 404 user user=nobody
wrong 400 user ""
wrong 400 top_k "user=1&top_k=0"
wrong 400 top_k "user=1&top_k=1e3"
wrong 400 top_k "user=1&top_k=5&top_k=6"
wrong 400 diversity "user=1&diversity=nan"
wrong 400 genre "user=1&genre=Nope"
wrong 400 year "user=1&year=x"
wrong 400 mixture "user=1&mixture=1/2"
wrong 400 mixture "user=1&mixture="
wrong 422 top_k "user=1&explain&top_k=101"
wrong 400 because "user=1&explain&because=0"
wrong 422 like "like=No+such+film"
wrong 400 unknown "user=1&unknown=1"
wrong 400 user "user=1&like=3"
send 400 POST /recommend '{"user": 1'
send 400 POST /recommend '[1]'
send 422 POST /recommend '{"user": 1, "top_k": "many"}'
send 422 POST /recommend '{"user": true}'
send 422 POST /recommend '{"ratings": [{"movie": 3}]}'
ask 415 POST /recommend --data 'user=1'
ask 405 PUT /recommend
grep -q '^Allow: GET, HEAD, POST, OPTIONS' headers || fail "no methods: $(cat headers)"
ask 404 GET /none

# loaded COUNT REFUSED: waits until the server has loaded so many models, and refused so many.
loaded() {
    for _ in $(seq 100); do
        ask 200 GET /metrics
        grep -q "^halorec_models_loaded_total $1$" out && grep -q "^halorec_models_refused_total $2$" out && return
        sleep 0.1
    done
    fail "expected $1 models and $2 refused: $(cat out served.err)"
}
head -c 3000 a.h5 >damaged && mv damaged run.h5
loaded 1 1
same "user=7" --user 7
grep -q "is refused, and the one before is served" served.err || fail "nothing is said: $(cat served.err)"
cp als.h5 fresh && mv fresh run.h5
loaded 2 1
model=als.h5
same "user=7" --user 7
stop_serving
grep -q "ending after the requests" served.err || fail "the end is not said: $(cat served.err)"

# Lists of models that score by ratings, of mixtures, and of users that the dataset holds out whole are those of the program too.
run 0 "$halorec" import --from films --split users:10,10,0.5 --out held.h5
run 0 "$halorec" train held.h5 --model itemknn --mixture 20/60/20 --checkpoint knn.h5
run 0 "$halorec" train held.h5 --model als --epochs 1 --dim 8 --checkpoint als-held.h5
serving knn.h5 held.h5 --read-only --threads 1
# of_held MODEL: lists of all users.
of_held() {
    run 0 "$halorec" recommend "$1" held.h5 --user "$(seq -s , 40)" --json
    jq -c '.lists[]' out >all
    for user in $(seq 40); do
        ask 200 GET "/recommend?user=$user"
        jq -c . out
    done >asked
    cmp -s all asked || fail "$1: $(diff all asked | head -c 1000)"
}
of_held knn.h5
stop_serving
serving als-held.h5 held.h5 --read-only --threads 1
of_held als-held.h5
stop_serving

# More processors than there may be threads.
export OMP_NUM_THREADS=70
serving run.h5 d.h5 --read-only
for user in $(seq 40); do
    echo "url = $url/recommend?user=$user"
    echo "output = list.$user"
done >urls
run 0 curl --silent --parallel --parallel-max 20 --config urls
unset OMP_NUM_THREADS
same "user=7" --user 7
stop_serving
