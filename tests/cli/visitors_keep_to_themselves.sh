# Visitors rate, register and add movies over HTTP, and have nothing of each other: by no cookie, token, page, text or picture.
# shellcheck source=/dev/null
. "$root/tests/support/serving.sh"
small_films films
run 0 "$halorec" import --from films --out data.h5
run 0 "$halorec" train data.h5 --epochs 1 --dim 8 --checkpoint run.ckpt.h5
serving run.ckpt.h5 data.h5 --visitors v.db

# Two at once, whose ratings cross.
rate_all() { # NAME RATING
    mkdir "in-$1"
    cd "in-$1"
    for movie in $(seq 1 15); do
        jar=../$1.jar visit 200 PUT "/ratings/$movie" "{\"rating\": $2}"
    done
}
(rate_all ann 1) >ann.log 2>&1 &
ann=$!
(rate_all bob 4.5) >bob.log 2>&1 || fail "$(cat bob.log)"
wait "$ann" || fail "$(cat ann.log)"
jar=ann.jar visit 200 GET /ratings
answer '[.ratings[].rating] | unique' '[1]'
answer '.ratings | length' 15
jar=bob.jar visit 200 GET /ratings
answer '[.ratings[].rating] | unique' '[4.5]'
jar='' visit 200 GET /ratings
answer .ratings '[]'
grep -qi '^cache-control: no-store' headers || fail "ratings may be kept: $(cat headers)"
grep -q 'HttpOnly' ann.jar || fail "scripts can read the cookie: $(cat ann.jar)"

# Lists follow from what was rated and opened, at once, and are of the one who asks.
movies_of() { jq -c '[.. | objects | .movie? // empty]' out; }
for name in ann bob; do
    jar=$name.jar visit 200 GET '/recommend?top_k=15'
    grep -qi '^cache-control: no-store' headers || fail "a visitor's list may be kept: $(cat headers)"
    jq -e "$(movies_of)"' | length == 15 and all(. > 15)' <<<null >/dev/null || fail "expected the 15 movies not rated: $(cat out)"
done
jar=ann.jar visit 200 PUT /ratings/16 '{"rating": 5}'
jar=ann.jar visit 200 GET '/recommend?top_k=15'
jq -e "$(movies_of)"' | length == 14 and all(. > 16)' <<<null >/dev/null || fail "expected the 14 movies not rated: $(cat out)"
jar=ann.jar visit 200 DELETE /ratings/16
jar='' visit 400 GET /recommend

# What is said of a rating that is none.
jar=ann.jar
visit 422 PUT /ratings/1 '{"rating": 6}'
answer .field rating
visit 422 PUT /ratings/1 '{"rating": "4"}'
visit 422 PUT /ratings/1 '{}'
visit 404 PUT /ratings/77 '{"rating": 4}'
visit 200 DELETE /ratings/1
answer .removed 1
visit 200 POST /ratings '{"movie": 1, "rating": 2}'
answer .title 'Film 1 (1951)'
visit 200 POST /clicks '{"movie": 20}'
visit 404 POST /clicks '{"movie": 99}'

# What was opened changes the list, and stays in it until it is rated, by whatever way it is asked for.
visit 200 GET '/recommend?top_k=15'
cp out opened.json
jq -e "$(movies_of)"' | length == 15 and any(. == 20) and all(. > 15)' <<<null >/dev/null || fail "movie 20 was opened, not rated: $(cat out)"
visit 200 GET '/recommend?top_k=15&explain=true'
jq -e '[.recommendations[].movie] | any(. == 20)' out >/dev/null || fail "movie 20 was opened, not rated: $(cat out)"
# Reasons have the ratings that were given, none of what was opened, and no movie is one for itself.
visit 200 GET '/recommend?top_k=15&explain=true&because=1000'
jq -e '[.recommendations[] | .movie as $movie | .because | any(.movie == 1) and all(.movie != $movie and
        .rating == if .movie == 20 then null elif .movie == 1 then 2 else 1 end)] | length == 15 and all' out >/dev/null ||
    fail "other reasons than 15 ratings and an opened movie: $(cat out)"
jq -e '[.recommendations[] | select(.movie != 20).because | any(.movie == 20)] | all' out >/dev/null || fail "an opened movie is no reason: $(cat out)"
visit 200 PUT /ratings/20 '{"rating": 1}'
visit 200 GET '/recommend?top_k=15'
jq -e "$(movies_of)"' | length == 14 and all(. != 20)' <<<null >/dev/null || fail "movie 20 is rated: $(cat out)"
visit 200 DELETE /ratings/20
visit 200 GET '/recommend?top_k=15'
jq -e --slurpfile before opened.json '[.recommendations[].score] != [$before[0].recommendations[].score]' out >/dev/null || fail "a click changes no score: $(cat out)"

# Accounts: what was rated before is the account's; a log in from elsewhere brings its ratings along.
visit 422 POST /account '{"name": "ann", "password": "short"}'
answer .field password
visit 201 POST /account '{"name": "Ann", "password": "a long password"}'
answer '[.name, .ratings]' '["Ann",15]'
jar=bob.jar visit 409 POST /account '{"name": "aNN", "password": "a long password"}'
answer .field name
visit 409 POST /account '{"name": "Ann2", "password": "a long password"}'
jar=else.jar visit 200 PUT /ratings/30 '{"rating": 5}'
jar=else.jar visit 200 POST /account/session '{"name": "ANN", "password": "a long password"}'
answer '[.name, .ratings]' '["Ann",16]'
visit 200 GET '/ratings?format=csv'
cp out ann.csv
[ "$(wc -l <ann.csv)" = 17 ] || fail "expected 16 ratings as CSV, found $(cat ann.csv)"
run 0 "$halorec" import --from ann.csv --out ann.h5
jar=else.jar visit 200 DELETE /account/session
jar=else.jar visit 200 GET /ratings
answer .ratings '[]'

# Cookies and tokens that are none: forged, of another kind, ended.
visit 201 POST /account/tokens '{"name": "a program", "days": 1}'
token=$(jq -r .token out)
cookie=$(awk '$6 == "halorec_session" { print $7 }' ann.jar)
jar=''
visit 200 GET /ratings '' --header "Authorization: Bearer $token"
answer '.ratings | length' 16
for forged in "${token%?}" "${token}A" "$cookie" "' OR '1'='1" "$(printf 'A%.0s' $(seq 2000))" ''; do
    visit 401 GET /ratings '' --header "Authorization: Bearer $forged"
done
jar=ann.jar visit 200 GET /ratings '' --header "Authorization: Basic YTpi"
answer '.ratings | length' 16
for forged in "$token" "${cookie%?}x" "' OR '1'='1" x; do
    visit 200 GET /ratings '' --cookie "halorec_session=$forged"
    answer .ratings '[]'
done
visit 403 GET /account/tokens '' --header "Authorization: Bearer $token"
jar=ann.jar
visit 200 GET /account/tokens
visit 200 DELETE "/account/tokens/$(jq -r '.tokens[0].id' out)"
jar='' visit 401 GET /ratings '' --header "Authorization: Bearer $token"

# Pages of other sites: their requests change nothing, and they learn nothing of the visitor.
visit 403 PUT /ratings/1 '{"rating": 5}' --header 'Origin: http://evil.example'
visit 403 DELETE /account/session '' --header 'Origin: null'
visit 415 POST /ratings '' --header 'Content-Type: text/plain' --data '{"movie": 1, "rating": 5}'
for site in cross-site same-site; do
    visit 200 GET /ratings '' --header "Sec-Fetch-Site: $site"
    answer .ratings '[]'
done
visit 200 PUT /ratings/1 '{"rating": 2}' --header "Origin: $url" --header 'Sec-Fetch-Site: same-origin'
visit 200 GET /ratings
answer '.ratings | map(select(.movie == 1))[0].rating' 2

# SQL in every field is text.
sql="x'); DROP TABLE rating; --"
quoted=$(jq -n --arg text "$sql" '$text')
visit 404 PUT "/ratings/$(jq -rn --arg text "$sql" '$text | @uri')" '{"rating": 3}'
visit 404 POST /clicks "{\"movie\": $quoted}"
visit 200 DELETE "/ratings/$(jq -rn --arg text "$sql" '$text | @uri')"
answer .removed 0
visit 403 POST /account/session "{\"name\": $quoted, \"password\": $quoted}"
visit 201 POST /account/tokens "{\"name\": $quoted}"
visit 201 POST /movies "{\"title\": $quoted, \"year\": 2001, \"genres\": [$quoted, \"Drama\"]}"
answer .title "$sql"
movie=$(jq -r .movie out)
visit 422 POST /movies '{"title": "a\nb"}'
answer .field title
visit 422 POST /movies '{"title": "b", "genres": ["a|b"]}'
answer .field genres
visit 404 PUT "/movies/$(jq -rn --arg text "$sql" '$text | @uri')/picture" '' --header 'Content-Type: image/png' --data x
jar='' visit 201 POST /account "{\"name\": $quoted, \"password\": $quoted}"
visit 200 GET /ratings
answer '.ratings | length' 16
visit 200 PUT "/ratings/$movie" '{"rating": 4}'
answer .title "$sql"

# Pictures: false ones, large ones, of others; what is behind the picture is not served.
png=iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR4nGP4zwAE/xlQKAA+1gX7XtdWVQAAAABJRU5ErkJggg==
base64 -d <<<"$png" >small.png
upload() { # STATUS FILE
    visit "$1" PUT "/movies/$movie/picture" '' --header "Content-Type: image/${3:-png}" --data-binary "@$2"
}
jar='' upload 401 small.png
jar=bob.jar visit 201 POST /account '{"name": "Bob", "password": "a long password"}'
jar=bob.jar upload 403 small.png
jar=bob.jar visit 404 DELETE "/movies/$movie"
head -c 60 small.png >cut.png
printf '<html><script>alert(1)</script>' >page.png
{ head -c 16 small.png; printf '\0\0\377\377\0\0\377\377'; tail -c +25 small.png; } >bomb.png
head -c 9000000 /dev/zero >large.png
printf '\377\330\377\340\0\020JFIF\0' >cut.jpg
upload 422 cut.png
answer .field picture
upload 415 page.png
upload 422 bomb.png
upload 413 large.png
upload 422 cut.jpg jpeg
{ cat small.png; printf '<script>alert(1)</script>'; } >polyglot.png
upload 200 polyglot.png
answer '[.type, .width, .height]' '["image/png",2,3]'
visit 200 GET "/movies/$movie/picture"
grep -qi '^content-type: image/png' headers || fail "expected a PNG: $(cat headers)"
! grep -qa 'alert' out || fail "what was behind the picture is served"
visit 200 GET /movies/1/picture
grep -qi '^content-type: image/svg+xml' headers || fail "expected a drawing: $(cat headers)"
visit 404 GET /movies/77/picture
visit 200 GET "/movies/$movie"
answer '[.title, .year, .ratings, .tags, .picture.width]' "$(jq -nc --arg text "$sql" '[$text, 2001, 0, [], 2]')"
visit 404 GET /movies/1999999999999
visit 200 GET "/movies/added/$movie"
answer '[.picture.width, .picture.height, .picture.type]' '[2,3,"image/png"]'

# A password is tried ten times, whoever tries; what is said is the same where nobody has the name.
jar=''
visit 403 POST /account/session '{"name": "Nobody", "password": "wrong"}'
nobody=$(<out)
for _ in $(seq 10); do
    visit 403 POST /account/session '{"name": "Ann", "password": "wrong"}'
done
[ "$nobody" = "$(<out)" ] || fail "it is told whether an account has the name: $(cat out)"
visit 429 POST /account/session '{"name": "Ann", "password": "a long password"}'
grep -qi '^retry-after: [0-9]' headers || fail "it is not said when to try again: $(cat headers)"

# All of one's own is given back, and removed.
jar=bob.jar
visit 200 GET /account/export
answer '[.name, (.ratings | length), (keys | length)]' '["Bob",15,7]'
visit 403 DELETE /account '{"password": "wrong"}'
visit 200 DELETE /account '{"password": "a long password"}'
visit 200 GET /ratings
answer .ratings '[]'
visit 401 GET /account/export

# Which names are taken is not found out by many tries either.
account='{"name": "Ann", "password": "a long password"}'
code=409
for ((i = 0; i < 60 && code == 409; i++)); do
    code=$(curl --silent --output out --write-out '%{http_code}' --json "$account" "$url/account")
done
[ "$code" = 429 ] || fail "after $i tries of a name the status is $code, expected 429"
stop_serving
! grep -qa 'a long password' v.db || fail "a password is in the file"
! grep -qa "$cookie" v.db || fail "a cookie is in the file"

# Without accounts, and for readers alone.
serving run.ckpt.h5 data.h5 --visitors v.db --no-accounts
jar=n.jar visit 200 PUT /ratings/1 '{"rating": 4}'
jar='' visit 404 POST /account '{"name": "Ann", "password": "a long password"}'
for path in "/movies/$movie" "/movies/$movie/picture"; do # that was added when there were accounts
    visit 404 GET "$path"
done
jar=n.jar visit 404 PUT "/ratings/$movie" '{"rating": 4}'
stop_serving
mkdir posters
cp small.png posters/1.png
cp page.png posters/2.png
serving run.ckpt.h5 data.h5 --visitors r.db --read-only --posters posters
visit 404 GET /ratings
visit 404 PUT /ratings/1 '{"rating": 4}'
visit 200 GET /movies/1/picture
grep -qi '^content-type: image/png' headers || fail "expected the poster: $(cat headers)"
visit 200 GET /movies/2/picture
grep -qi '^content-type: image/svg+xml' headers || fail "expected a drawing where the poster is none: $(cat headers)"
stop_serving
grep -q '2.png: the picture is neither' served.err || fail "it is not said that a poster is none: $(cat served.err)"
[ ! -e r.db ] || fail "--read-only has made a file"
