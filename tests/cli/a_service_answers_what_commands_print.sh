# Endpoints that read give the JSON that the command of the same name prints; what no command prints is as the data has it.
for program in curl jq; do
    command -v "$program" >/dev/null || { echo "SKIPPED: $program is missing"; exit 77; }
done
mkdir films runs
awk 'BEGIN {
    srand(5); print "userId,movieId,rating,timestamp";
    for (u = 1; u <= 40; u++) for (m = 1; m <= 30; m++)
        if (rand() < (u % 2 == m % 2 ? 0.6 : 0.1)) print u "," m "," 1 + int(4 * rand()) "," 1000000000 + 86400 * (u + m)
}' >films/ratings.csv
awk 'BEGIN {
    print "movieId,title,genres";
    for (m = 1; m <= 30; m++) print m "," (m < 3 ? "Star Quest " m : m == 3 ? "\"Lantern, The\"" : "Film " m) " (19" 50 + m ")," (m % 2 ? "Drama" : "Comedy|Drama")
}' | sed 's/The" (\(....\))/The (\1)"/' >films/movies.csv
awk 'BEGIN {
    print "userId,movieId,tag,timestamp";
    for (m = 3; m <= 29; m += 2) for (u = 1; u <= 3; u++) print u "," m "," (m % 4 == 3 ? "slow" : "sad") ",1"
    for (m = 4; m <= 30; m += 2) print 2 "," m ",funny,1"
}' >films/tags.csv
run 0 "$halorec" import --from films --split ratio:0.8,0.1,0.1 --out data.h5
run 0 "$halorec" train data.h5 --epochs 3 --eval-every 1 --dim 8 --checkpoint run.ckpt.h5 --log runs/one.jsonl
printf '%s\n' 'no log' >runs/two.jsonl
printf '%s\n' '{"epoch":1,"loss":0.5}' >.hidden.jsonl

# shellcheck source=/dev/null
. "$root/tests/support/serving.sh"

# get STATUS PATH: asks; the answer is in the file answer.
get() {
    asked=$2
    ask "$1" GET "$2"
    mv out answer
}

serving run.ckpt.h5 data.h5 --runs runs --read-only

# same PATH COMMAND…: the answer is what the command prints.
same() {
    local path=$1
    shift
    get 200 "$path"
    jq -S . answer >answered
    run 0 "$halorec" "$@" --json
    jq -S . out | cmp -s - answered || fail "$path: $(head -c 600 answered); the command: $(jq -cS . out | head -c 600)"
}

# holds FILTER: what jq says of the answer is true.
holds() {
    jq -e "$1" answer >/dev/null || fail "$asked: not so: $1: $(head -c 600 answer)"
}

for by in embedding content both; do
    same "/similar?movie=4&top_k=5&by=$by" similar run.ckpt.h5 data.h5 --movie 4 --top 5 --by $by
done
same '/similar?movie=star+quest+1' similar run.ckpt.h5 data.h5 --movie 'Star Quest 1'
same '/tags?movie=2&top_k=3' tags run.ckpt.h5 data.h5 --movie 2 --top 3
for by in popular latest first-rated trending rated; do
    same "/top?by=$by&genre=Comedy&decade=1950&percentile=50" top data.h5 --by $by --genre Comedy --decade 1950 --percentile 50
done
same '/top?since=2001-09-20&until=2001-10-01&without_genre=comedy&year=1960:&train' top data.h5 --since 2001-09-20 \
    --until 2001-10-01 --without-genre comedy --year 1960: --train
same '/latest?top_k=3' top data.h5 --by latest --top 3
same /popular top data.h5 --by popular
same '/explain?user=7&movie=5' explain run.ckpt.h5 data.h5 --user 7 --movie 5
all=$(jq -c .because[:2] out)
ask 200 GET '/explain?user=7&movie=5&top_k=2'
answer .because "$all"
same /stats stats data.h5
same /model info run.ckpt.h5
same /evaluation evaluate run.ckpt.h5 data.h5 --users 1000 --split test
for centre in user=7 movie=Lantern; do
    get 200 "/graph?$centre&hops=2&limit=3"
    run 0 "$halorec" graph data.h5 run.ckpt.h5 "--${centre%=*}" "${centre#*=}" --hops 2 --limit 3 --out near.json
    [ "$(jq -S . near.json)" = "$(jq -S . answer)" ] || fail "$asked: $(cat answer)"
done

# Movies: by id, the beginning, a word, a part; misspelled; without accents, articles and case; filtered, in pages.
for query in 'star=1 2' 'QUEST+2=2' 'lantern=3' 'the+lan=3' 'uest+1=1' 'lantrn=3' 'starquest=1 2' '17=17' 'xyzzy='; do
    get 200 "/movies?query=${query%=*}&top_k=5"
    [ "$(jq -r '[.movies[].movie] | sort | join(" ")' answer)" = "${query#*=}" ] || fail "$query: $(cat answer)"
done
get 200 '/movies?query=film&genre=Comedy&decade=1970&top_k=2&offset=1'
holds '.total == 5 and .offset == 1 and (.movies | length) == 2 and all(.movies[]; .movie % 2 == 0 and .year >= 1970)'
get 200 '/movies?top_k=100'
holds '.total == 30 and ([.movies[].ratings] | . == (sort | reverse))'
get 200 /movies/3
holds '.movie == 3 and .title == "Lantern, The (1953)" and .year == 1953 and .genres == ["Drama"] and .tags == [{"tag": "slow", "times": 3}]'
wanted=$(awk -F, '$2 == 3 { n++; s += $3; if (!t || $4 < t) t = $4 } END { printf "%d %.4f %d", n, s / n, t }' films/ratings.csv)
[ "$(jq -r '"\(.ratings) \(.mean) \(.first_rating)"' answer | awk '{ printf "%d %.4f %d", $1, $2, $3 }')" = "$wanted" ] || fail "$(cat answer)"

# Users and their ratings, the latest first, in pages.
get 200 '/users?query=1&top_k=3&offset=1'
holds '.total == 11 and [.users[].user] == [10, 11, 12]'
get 200 '/users/12?top_k=1000'
awk -F, '$1 == 12 { print $4 "," $2 "," $3 }' films/ratings.csv | sort -t, -k1,1nr -k2,2n >wanted
jq -r '.ratings[] | [.time, .movie, .rating] | map(tostring) | join(",")' answer | sed 's/\.0$//' | cmp -s - wanted || fail "$(cat answer)"
holds '.count == (.ratings | length) and .last == .ratings[0].time'
get 200 '/users/12?top_k=2&offset=3'
[ "$(jq -r '[.ratings[].movie] | join(" ")' answer)" = "$(sed -n 4,5p wanted | cut -d, -f2 | paste -sd ' ')" ] || fail "$(cat answer)"

# The map has each rated movie once, the most rated first; tags that go together are told.
get 200 /map
holds '(.points | length) == 30 and ([.points[].ratings] | . == (sort | reverse)) and ([.points[].movie] | unique | length) == 30'
get 200 /insights
holds '.tags.given == 56 and .tags.most[0] == {"tag": "sad", "times": 21, "movies": 7}'

# A run's log is given from a line on, whole lines alone.
get 200 /runs
holds '[.runs[].name] == ["one"] and .runs[0].done and .runs[0].last.epoch == 3 and (.runs[0].best.figure | startswith("recall@"))'
get 200 '/runs/one?since=2'
holds '.next == 3 and .since == 2 and .done and [.lines[].epoch] == [3]'
get 200 '/runs/one?most=1'
holds '.next == 1 and .done and [.lines[].epoch] == [1]'
sed -i '3d' runs/one.jsonl && printf '%s' '{"epoch":3' >>runs/one.jsonl
get 200 '/runs/one?since=2'
holds '.next == 2 and .lines == [] and (.done | not)'
printf '%s\n' ',"loss":0.5,"done":true}' >>runs/one.jsonl
get 200 '/runs/one?since=2'
holds '.next == 3 and .done'
get 200 '/runs/one?since=7'
holds '.since == 0 and .next == 3'
for name in '..%2frun' '.hidden' '%2e%2e' 'three' 'one.jsonl%00'; do
    asked=$(curl -s -o answer -w '%{http_code}' --path-as-is "$url/runs/$name")
    [ "$asked" = 404 ] || [ "$asked" = 400 ] || fail "/runs/$name: $asked"
done

# What is not there, or does not fit, is a problem that names the field, and no path of this machine.
while read -r code field path; do
    get "$code" "$path"
    holds ".status == $code and .field == \"$field\" and (.detail | contains(\"data.h5\") or contains(\"--\") | not)"
done <<'END'
404 movie /similar?movie=No+Such+Film
400 movie /tags?movie=
404 id /movies/999
404 id /users/x
404 user /explain?user=99&movie=1
422 genre /top?genre=Western
422 genre /movies?genre=Western
422 since /top?since=tomorrow
422 until /top?since=2001-01-02&until=2001-01-01
422 year /popular?year=x
400 movie /graph?user=1&movie=1
400 user /graph
400 by /similar?movie=1&by=colour
END

# Large answers that do not change are asked for once.
get 200 /map
tag=$(curl -s -D - -o answer "$url/map" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p')
[ "$(curl -s -o answer -w '%{http_code}' -H "If-None-Match: $tag" "$url/map")" = 304 ] || fail "a map that is known is sent again"
if command -v dot >/dev/null; then
    curl -s -H 'Accept: image/svg+xml' "$url/graph?user=7&limit=3" >near.svg
    grep -q '</svg>' near.svg || fail "no picture: $(head -c 300 near.svg)"
    [ "$(curl -s -o near2.svg -w '%{content_type}' "$url/graph?user=7&limit=3&format=svg")" = image/svg+xml ] || fail "no svg"
fi

# A model without rows of movies is asked by content; a new checkpoint brings new figures.
run 0 "$halorec" train data.h5 --model popular --checkpoint popular.ckpt.h5
mv popular.ckpt.h5 run.ckpt.h5
for _ in $(seq 50); do
    get 200 /model
    [ "$(jq -r .model answer)" != popular ] || break
    sleep 0.1
done
holds '.model == "popular"'
get 200 '/similar?movie=4'
holds '.by == "content"'
get 422 '/similar?movie=4&by=both'
holds '.field == "by"'
stop_serving
