# The program serves its page: each file that it refers to is there with its type, a tag by which a browser keeps it, and a
# policy that lets nothing else run; what the page offers is what the server was started with.
. "$root/tests/support/serving.sh"
small_films films
run 0 "$halorec" import --from films --out data.h5
run 0 "$halorec" train data.h5 --dim 4 --epochs 1 --checkpoint run.ckpt.h5
serving run.ckpt.h5 data.h5

ask 200 GET /
cp out index.html
expect headers "Content-Type: text/html; charset=utf-8"
expect headers "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';"
for name in $(grep -oE '(href|src)="/page/[^"]*"' index.html | sed 's/.*="//; s/"//' | sort -u); do
    ask 200 GET "$name"
    cmp -s out "$root/trainer/serve/page/web${name#/page}" || fail "$name is not the file of the sources"
done
(cd "$root/trainer/serve/page/web" && find . -type f) | sed 's,^\.,,' >names
[ "$(wc -l <names)" -gt 15 ] || fail "the page has $(wc -l <names) files"
while read -r name; do
    ask 200 GET "/page$name"
    case $name in
    *.js) expect headers "Content-Type: text/javascript" ;;
    *.css) expect headers "Content-Type: text/css" ;;
    *.svg) expect headers "Content-Type: image/svg+xml" ;;
    esac
    grep -oE "(from|import) '[^']*'|import\(.\./" out | grep -vE "'\./|'\.\./|import\(" && fail "$name imports from elsewhere"
    if grep -nE "https?://" out | grep -v 'http://www.w3.org/2000/svg'; then fail "$name names another site"; fi
    if grep -nE 'innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(' out; then fail "$name makes elements of text"; fi
done <names
ask 200 GET /page/style.css
tag=$(sed -n 's/^ETag: \(.*\)\r$/\1/p' headers)
ask 304 GET /page/style.css --header "If-None-Match: $tag"
ask 404 GET /page/views/none.js
expect out '"field": "file"'
ask 404 GET '/page/..%2f..%2fetc/passwd'
expect out 'no file ../../etc/passwd'
ask 404 GET '/page/%76iews/st%C3%A5rt%20.js'
expect out 'no file views/stårt .js'
ask 200 GET '/page/views/st%61rt.js'
ask 200 GET /page/offers
expect out '"training": false'
expect out '"runs": false'
ask 404 GET /training
send 404 POST /training '{}'
stop_serving
