# Slow, half, wrong and too many requests: each is refused or ended, and the server answers others meanwhile.
. "$root/tests/support/serving.sh"
trap '' PIPE # the server may close while we write
small_films films
run 0 "$halorec" import --from films --out d.h5
run 0 "$halorec" train d.h5 --model popular --epochs 1 --checkpoint a.h5
serving a.h5 d.h5 --read-only --connections 100 --idle 2 --request 2 --queue 4 --threads 1 --handlers 1
port=${url##*:}

# raw TEXT: sends these bytes (printf's escapes), and writes the answer to raw.out.
raw() {
    exec {socket}<>"/dev/tcp/127.0.0.1/$port"
    # shellcheck disable=SC2059
    printf "$1" >&"$socket" 2>/dev/null || true
    timeout 10 cat <&"$socket" >raw.out 2>/dev/null || fail "no end to: $1"
    exec {socket}>&-
}
# status CODE TEXT: the answer to these bytes begins so; a refusal is a problem document.
status() {
    raw "$2"
    head -n 1 raw.out | grep -q "^HTTP/1.1 $1 " || fail "'${2:0:300}': expected $1, found: $(head -c 300 raw.out)"
    [ "$1" -ge 400 ] || return 0
    grep -qi '^Content-Type: application/problem+json' raw.out || fail "'${2:0:300}': no problem: $(head -c 1000 raw.out)"
    sed '1,/^\r$/d' raw.out | jq -e ".status == $1 and .title != \"Unknown\" and .detail != \"\"" >/dev/null ||
        fail "'${2:0:300}': the problem is none: $(cat raw.out)"
}
letters() { head -c "$1" /dev/zero | tr '\0' a; }
end='Host: localhost\r\nConnection: close\r\n\r\n'
status 200 "GET /healthz HTTP/1.1\r\n$end"
for path in "/../etc/passwd" "/%%2e%%2e/etc/passwd" "//etc/passwd" "/a/./b" "/%%00" "/%%zz" "/%%ff" "/%%c0%%ae" "/a%%0d%%0aX:1" \
    "/healthz?a=%%ff" "/healthz?a=%%" "/1/2/3/4/5/6/7/8/9"; do
    status 400 "GET $path HTTP/1.1\r\n$end"
done
status 421 'GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'
status 400 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n'
status 403 "POST /recommend HTTP/1.1\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n$end"
status 413 "POST /recommend HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n$end"
status 413 "GET /healthz HTTP/1.1\r\nContent-Length: 5\r\n${end}hello"
status 415 "POST /recommend HTTP/1.1\r\nContent-Length: 2\r\n$end{}"
status 400 "POST /recommend HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 7\r\n$end{\"a\":\xff}"
status 400 "POST /recommend HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 6\r\n$end\xed\xa0\x80{}1"
raw "nonsense\r\n\r\n"
raw "GET / HTTP/9.9\r\n$end"
# Of targets and headers that are too large, up to what the library has room for.
status 414 "GET /$(letters 8192) HTTP/1.1\r\n$end"
status 414 "GET /$(letters 20000) HTTP/1.1\r\n$end"
status 404 "GET /$(letters 8000) HTTP/1.1\r\n$end"
status 431 "GET /healthz HTTP/1.1\r\nX: $(letters 12288)\r\n$end"
status 431 "GET /healthz HTTP/1.1\r\nX: $(letters 22000)\r\n$end"
status 431 "POST /recommend HTTP/1.1\r\nX: $(letters 12288)\r\nContent-Length: 2\r\n$end{}"
status 200 "GET /healthz HTTP/1.1\r\nCookie: $(letters 12000)\r\n$end"
status 200 "GET /healthz HTTP/1.1\r\n$(printf 'X: 1\\r\\n%.0s' $(seq 62))$end"
status 431 "GET /healthz HTTP/1.1\r\n$(printf 'X: 1\\r\\n%.0s' $(seq 63))$end"
for size in 30000 100000 1000000; do
    raw "GET /$(letters $size) HTTP/1.1\r\n$end"
    raw "GET /healthz HTTP/1.1\r\nX: $(letters $size)\r\n$end"
done
# Heads that are malformed, and those that leave open where the body ends.
for header in 'X Y: 1' 'X : 1' ': 1' 'X: \x01' 'Host: localhost' 'Content-Length: 0\r\nContent-Length: 0' \
    'Transfer-Encoding: chunked\r\nContent-Length: 0'; do
    status 400 "POST /recommend HTTP/1.1\r\n$header\r\n$end"
done
status 400 "POST /recommend HTTP/1.0\r\nTransfer-Encoding: chunked\r\n${end}0\r\n\r\n"
status 501 "POST /recommend HTTP/1.1\r\nTransfer-Encoding: gzip\r\n$end"
status 501 "POST /recommend HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n$end"
status 400 "GET /a b HTTP/1.1\r\n$end"
# A body in chunks is read to its end, and refused.
status 413 "POST /recommend HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n${end}300000\r\n$(
    letters 3145728)\r\n0\r\n\r\n"
ask 400 POST /recommend --header 'Content-Type: application/json' --data "$(printf '[%.0s' $(seq 30000))"
ask 200 GET /healthz

# Half a request line, half of the headers, half a body: ended within the limits.
raw 'GET /hea'
raw 'GET /healthz HTTP/1.1\r\nHost: loc'
raw "POST /recommend HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"
ask 200 GET /metrics
[ "$(sed -n 's/^halorec_connections_timed_out_total //p' out)" -ge 3 ] || fail "nobody took too long: $(cat out)"

# Ten thousand idle connections, or as many as files may be open here, where a hundred may be: the oldest are closed, and others are
# answered.
idle=10000
ulimit -S -n $((idle + 100)) 2>/dev/null || idle=$(($(ulimit -S -n) - 100))
sockets=()
for _ in $(seq $idle); do
    exec {socket}<>"/dev/tcp/127.0.0.1/$port" || fail "connection ${#sockets[@]} is refused"
    sockets+=("$socket")
done
ask 200 GET /readyz
ask 200 GET /metrics
[ "$(sed -n 's/^halorec_connections //p' out)" -le 170 ] || fail "too many connections: $(grep connections out)"
for socket in "${sockets[@]}"; do exec {socket}>&-; done

# More requests than may wait: 503 with Retry-After, or an answer.
for _ in $(seq 200); do
    printf 'url = %s/recommend?like=Film%%202\noutput = /dev/null\nwrite-out = "%%{http_code} %%header{retry-after}\\n"\n' "$url"
done >urls
run 0 curl --silent --parallel --parallel-max 60 --config urls
sort out | uniq -c >counts
awk '$2 != 200 && !($2 == 503 && $3 == 1) { bad = 1 } END { exit bad || NR == 0 }' counts || fail "answers: $(cat counts)"
ask 200 GET /healthz

# Whether it is alive is answered whatever waits.
for n in $(seq 200); do
    printf 'url = %s/top?days=%d&by=trending&until=20%02d-01-01\noutput = /dev/null\n' "$url" $((n % 90 + 1)) $((n % 90 + 1))
done >urls
curl --silent --parallel --parallel-max 60 --config urls >/dev/null 2>&1 &
flood=$!
for _ in $(seq 30); do ask 200 GET /healthz; done
wait "$flood" || fail "the flood of charts ended with $?"
ask 200 GET /top?until=2030-01-01
stop_serving
