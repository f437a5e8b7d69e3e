# Sourced by tests of halorec serve: a server in the background, and requests by curl.

# serving ARGUMENT…: starts `halorec serve ARGUMENT… --port 0`; sets `url`, without a / at its end, and `server`, its process.
# What it says on standard error is in served.err.
serving() {
    rm -f served.json
    "$halorec" serve "$@" --port 0 --json >served.json 2>served.err &
    server=$!
    trap 'kill -KILL $server 2>/dev/null || true; rm -rf "$folder"' EXIT
    while [ ! -s served.json ]; do
        kill -0 "$server" 2>/dev/null || fail "the server ended: $(cat served.err)"
        sleep 0.02
    done
    url=$(sed 's/.*"url": "\([^"]*\)\/".*/\1/' served.json)
}

# ask STATUS METHOD PATH [CURL OPTION…]: the answer's body in out, its headers in headers; fails unless it has the status.
ask() {
    local expected=$1 method=$2 path=$3 code
    shift 3
    code=$(curl --silent --show-error --max-time 60 --request "$method" --dump-header headers --output out \
        --write-out '%{http_code}' "$@" "$url$path" 2>err) || fail "$method $path: curl exited with $?"
    [ "$code" = "$expected" ] || fail "$method $path: status $code, expected $expected: $(head -c 1000 out)"
}

# send STATUS METHOD PATH JSON: the same with a body.
send() {
    ask "$1" "$2" "$3" --header 'Content-Type: application/json' --data-binary "$4"
}

# visit STATUS METHOD PATH [JSON [CURL OPTION…]]: asks with the cookies of the file that `jar` names, where it is set.
visit() {
    local status=$1 method=$2 path=$3 json=${4:-} options=()
    shift 3
    [ $# -eq 0 ] || shift
    [ -z "${jar:-}" ] || options+=(--cookie "$jar" --cookie-jar "$jar")
    [ -z "$json" ] || options+=(--header 'Content-Type: application/json' --data-binary "$json")
    ask "$status" "$method" "$path" "${options[@]}" "$@"
}

# answer EXPRESSION TEXT: fails unless jq's expression of the answer's body gives the text.
answer() {
    local found
    found=$(jq -cr "$1" out) || fail "the answer is no JSON: $(head -c 600 out)"
    [ "$found" = "$2" ] || fail "$1 is $found, expected $2, in $(head -c 600 out)"
}

# stop_serving: ends the server as SIGTERM does, and fails unless it ends with 0.
stop_serving() {
    local code=0
    kill -TERM "$server"
    wait "$server" || code=$?
    [ "$code" = 0 ] || fail "the server ended with $code: $(cat served.err)"
}
