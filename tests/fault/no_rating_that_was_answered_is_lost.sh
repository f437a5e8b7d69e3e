# The server is killed, again and again, while four visitors rate as fast as they can: each rating that was answered is
# there after the next start, and so are the sessions. HALOREC_KILLS=100 for longer, by hand.
# shellcheck source=/dev/null
. "$root/tests/support/serving.sh"
readonly kills=${HALOREC_KILLS:-10} visitors=4 movies=30
asked=0

# requests VISITOR FIRST: for curl, ratings FIRST and later of all movies one after the other. The rating says its number.
requests() {
    awk -v who="$1" -v first="$2" -v movies=$movies -v url="$url" 'BEGIN {
        for (i = first; i < first + 400; i++) {
            m = i % movies + 1
            printf "next\nurl = \"%s/ratings/%d\"\nrequest = \"PUT\"\noutput = \"/dev/null\"\n", url, m
            printf "cookie = \"%d.jar\"\n", who
            printf "header = \"Content-Type: application/json\"\ndata = \"{\\\"rating\\\": %.5f}\"\n", 0.5 + i / 100000
            printf "write-out = \"%%{http_code} %d %d\\n\"\n", m, i
        }
    }' | tail -n +2
}

# check VISITOR: of each movie the rating is the last one that was answered, or a later one that was on its way.
check() {
    jar=$1.jar visit 200 GET /ratings
    jq -r '.ratings[] | "\(.movie) \(.rating)"' out |
        awk -v who="$1" 'NR == FNR { if ($1 == 200) last[$2] = $3; next }
            { kept[$1] = int(($2 - 0.5) * 100000 + 0.5) }
            END {
                for (movie in last) {
                    if (!(movie in kept) || kept[movie] < last[movie]) {
                        print "visitor " who ": of movie " movie " rating " last[movie] " was answered, kept is " kept[movie]
                        wrong = 1
                    }
                }
                exit wrong
            }' "$1.answered" - >lost || fail "$(cat lost)"
}

small_films films
run 0 "$halorec" import --from films --out data.h5
run 0 "$halorec" train data.h5 --epochs 1 --dim 8 --checkpoint run.ckpt.h5
serving run.ckpt.h5 data.h5 --visitors v.db
for who in $(seq $visitors); do # a visitor each, with a cookie
    jar=$who.jar visit 200 PUT /ratings/1 '{"rating": 0.5}'
    : >"$who.answered"
done
for ((round = 0; round < kills; round++)); do
    for who in $(seq $visitors); do
        requests "$who" $asked >"$who.requests"
        curl --silent --config "$who.requests" >>"$who.answered" &
        curls[who]=$!
    done
    sleep "0.$((RANDOM % 3 + 1))"
    kill -9 "$server"
    wait "$server" "${curls[@]}" 2>/dev/null || true
    asked=$((asked + 400))
    serving run.ckpt.h5 data.h5 --visitors v.db
    for who in $(seq $visitors); do check "$who"; done
done
answered=$(cat ./*.answered | grep -c '^200 ')
echo "$kills kills, $answered ratings answered, none lost"
[ "$answered" -gt $((kills * visitors)) ] || fail "only $answered ratings were answered: $(cat served.err)"
stop_serving
