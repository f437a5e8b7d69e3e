#!/usr/bin/env bash
# Times halorec serve: lists a second, by wrk on the same machine, against the bare matrix product of as many users; or asks it for
# anything for a long time, and watches its memory.
set -eu

if [ "${1:-}" = --help ] || [ $# -lt 2 ]; then
    cat <<'END'
usage: bench/serve.sh [--query QUERY] RUN.ckpt.h5 DATA.h5 [SECONDS [CONNECTIONS]]
       bench/serve.sh --soak MINUTES [--rate N] RUN.ckpt.h5 DATA.h5

Starts build/halorec serve, and asks for lists of 10 movies of users drawn at random, over CONNECTIONS (32) connections that stay
open, for SECONDS (10). Prints one JSON object: seconds to the first answer, requests a second, milliseconds of the median and the
99th percentile, lists a batch, memory after loading and its peak while it is asked, and how many times the model (its file) and
its rows that is, and the seconds of the bare matrix product (OpenBLAS) of as many users beside the seconds that the server took.
QUERY, such as "mixture=30/60/10", is put behind each request.

With --soak one thread asks for MINUTES, N (250) requests a second: lists of users and of visitors, similar movies, titles, ratings
and clicks of visitors, reasons, neighbourhoods, the map. Resident memory is read each 10 seconds: what it was at most in the first
and in the last sixth of the time.

Needs wrk and jq.

example:
  bench/serve.sh run.ckpt.h5 data.h5 10 32
END
    [ "${1:-}" = --help ] && exit 0 || exit 2
fi

minutes='' rate=250 query=''
while [[ $1 == --* ]]; do
    case $1 in
    --soak) minutes=$2 ;;
    --rate) rate=$2 ;;
    --query) query="&$2" ;;
    *) echo "bench/serve.sh: $1: no such option; see --help" >&2 && exit 2 ;;
    esac
    shift 2
done
root=$(cd "$(dirname "$0")/.." && pwd)
halorec=${HALOREC:-$root/build/halorec}
checkpoint=$1 dataset=$2 seconds=${3:-10} connections=${4:-32}
for program in wrk jq curl bc; do
    command -v $program >/dev/null || { echo "bench/serve.sh: $program is missing: apt-get install $program" >&2; exit 4; }
done
folder=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill $server 2>/dev/null; rm -rf "$folder"' EXIT

first=$("$halorec" info "$dataset" --json | jq .first_user_id)
users=$("$halorec" info "$dataset" --json | jq .users)
movies=$("$halorec" info "$dataset" --json | jq .movies)
dim=$("$halorec" info "$checkpoint" --json | jq '.dim // .options.dim')

start_server() { # OPTION…: sets server and url
    "$halorec" serve "$checkpoint" "$dataset" --port 0 --json "$@" >"$folder/url" 2>"$folder/err" &
    server=$!
    while [ ! -s "$folder/url" ]; do
        kill -0 $server 2>/dev/null || { cat "$folder/err" >&2; exit 1; }
        sleep 0.01
    done
    url=$(jq -r .url "$folder/url")
    curl -sf "${url}recommend?user=$first$query" >/dev/null
}

# Bytes that the server has resident, or had at most (VmRSS, VmHWM).
resident() {
    awk -v name="$1:" '$1 == name { print $2 * 1024 }' "/proc/$server/status"
}

# What wrk says at its end, as one line: RESULT requests, seconds, p50, p99, errors.
say_result() {
    cat <<'END'
function done(summary, latency, requests)
    local errors = summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read
    io.write(string.format("RESULT %d %.6f %.3f %.3f %d\n", summary.requests, summary.duration / 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, errors))
end
END
}

ask_with_wrk() { # SECONDS CONNECTIONS SCRIPT: sets requests, taken, p50, p99, errors
    wrk -t 1 -c "$2" -d "$1" -s "$3" "$url" >"$folder/wrk" || { cat "$folder/wrk" >&2; exit 1; }
    read -r _ requests taken p50 p99 errors < <(grep RESULT "$folder/wrk")
}

metric() {
    awk -v name="$1" '$1 == name { print $2 }' "$folder/metrics"
}

time_lists() {
    local start first_answer loaded product
    start=$(date +%s.%N)
    start_server --read-only
    first_answer=$(echo "$(date +%s.%N) - $start" | bc)
    loaded=$(resident VmRSS)
    echo 5 >"/proc/$server/clear_refs" # from here on the peak is that of answering
    {
        cat <<END
function init() math.randomseed(1) end
function request() return wrk.format("GET", "/recommend?top_k=10&user=" .. ($first + math.random(0, $users - 1)) .. "$query") end
END
        say_result
    } >"$folder/lists.lua"
    ask_with_wrk "$seconds" "$connections" "$folder/lists.lua"
    curl -sf "${url}metrics" >"$folder/metrics"
    product=$("$(dirname "$halorec")/bench/bench-recommend" "$dataset" --dim "$dim" --json | jq .sgemm_flops_per_second)
    jq -n --argjson first "$first_answer" --argjson requests "$requests" --argjson taken "$taken" --argjson p50 "$p50" \
        --argjson p99 "$p99" --argjson errors "$errors" --argjson batches "$(metric halorec_batches_total)" \
        --argjson batched "$(metric halorec_batched_requests_total)" --argjson loaded "$loaded" \
        --argjson peak "$(resident VmHWM)" --argjson file "$(stat -Lc %s "$checkpoint")" \
        --argjson users "$users" --argjson movies "$movies" --argjson dim "$dim" --argjson product "$product" \
        --argjson processor "$(ps -o cputimes= -p $server | tr -d ' ')" --argjson connections "$connections" '
        ($requests * 2 * $movies * $dim / $product) as $bare | (($users + $movies) * $dim * 4) as $rows | {
        users: $users, movies: $movies, dim: $dim, connections: $connections, first_answer_seconds: $first, requests: $requests,
        requests_per_second: ($requests / $taken), p50_milliseconds: $p50, p99_milliseconds: $p99, errors: $errors,
        lists_per_batch: (if $batches > 0 then $batched / $batches else null end), resident_bytes: $loaded,
        peak_resident_bytes: $peak, model_bytes: $file, rows_bytes: $rows, peak_of_model: ($peak / $file),
        peak_of_rows: ($peak / $rows), seconds: $taken, processor_seconds: $processor, product_seconds: $bare,
        product_fraction: ($bare / $taken)}'
}

# Cookies of visitors with a few ratings each, as a table of Lua.
register_visitors() {
    local visitor movie
    for visitor in 1 2 3 4 5 6 7 8; do
        for movie in $(curl -sf "${url}popular?top_k=$((visitor + 3))" | jq '.top[].movie'); do
            curl -sf -c "$folder/jar" -b "$folder/jar" -X PUT --json '{"rating": 4}' "${url}ratings/$movie" >/dev/null
        done
        awk '/halorec_session/ { print "\"" $6 "=" $7 "\"," }' "$folder/jar"
        rm "$folder/jar"
    done
}

# A request of each kind, so many in a hundred.
write_soak() {
    local gap=$((8 * 1000 / rate))
    cat <<END
local movies = {$(curl -sf "${url}popular?top_k=500" | jq -r '[.top[].movie] | join(",")')}
local visitors = {$(register_visitors)}
local letters = "abcdefghijklmnopqrstuvwxyz"
function init() math.randomseed(1) end
function delay() return $gap end
local function user() return $first + math.random(0, $users - 1) end
local function movie() return movies[math.random(#movies)] end
local function get(target, cookie) return wrk.format("GET", target, cookie and {Cookie = cookie} or {}) end
local function send(method, target, cookie, body)
    return wrk.format(method, target, {Cookie = cookie, ["Content-Type"] = "application/json"}, body)
end
function request()
    local kind, visitor = math.random(100), visitors[math.random(#visitors)]
    local letter = math.random(25)
    if kind <= 40 then return get("/recommend?user=" .. user()) end
    if kind <= 44 then return get("/recommend?user=" .. user() .. "&mixture=30/60/10") end
    if kind <= 47 then return get("/recommend?user=" .. user() .. "&diversity=0.3&genre=Drama") end
    if kind <= 60 then return get("/recommend", visitor) end
    if kind <= 70 then return get("/similar?movie=" .. movie()) end
    if kind <= 80 then return get("/movies?query=" .. letters:sub(letter, letter + 1)) end
    if kind <= 85 then return get("/movies/" .. movie()) end
    if kind <= 91 then return send("PUT", "/ratings/" .. movie(), visitor, '{"rating": ' .. math.random(5) .. '}') end
    if kind <= 93 then return send("DELETE", "/ratings/" .. movie(), visitor) end
    if kind <= 94 then return send("POST", "/clicks", visitor, '{"movie": ' .. movie() .. '}') end
    if kind <= 95 then return get("/explain?user=" .. user() .. "&movie=" .. movie()) end
    if kind <= 96 then return get("/graph?user=" .. user()) end
    if kind <= 97 then return get("/map") end
    if kind <= 98 then return get("/users/" .. user()) end
    if kind <= 99 then return get("/top?by=rated&genre=Comedy") end
    return get("/metrics")
end
END
    say_result
}

watch_memory() {
    while sleep 10; do resident VmRSS; done >"$folder/memory"
}

soak() {
    local watcher
    start_server --visitors "$folder/visitors.db"
    write_soak >"$folder/soak.lua"
    watch_memory &
    watcher=$!
    ask_with_wrk "${minutes}m" 8 "$folder/soak.lua"
    kill $watcher
    curl -sf "${url}metrics" >"$folder/metrics"
    jq -n --slurpfile memory "$folder/memory" --argjson requests "$requests" --argjson taken "$taken" --argjson p50 "$p50" \
        --argjson p99 "$p99" --argjson errors "$errors" --argjson peak "$(resident VmHWM)" --argjson minutes "$minutes" \
        --argjson failed "$(awk '/^halorec_requests_total.*status="5/ { sum += $2 } END { print sum + 0 }' "$folder/metrics")" '
        (($memory | length) / 6 | ceil) as $sixth | {minutes: $minutes, requests: $requests,
        requests_per_second: ($requests / $taken), p50_milliseconds: $p50, p99_milliseconds: $p99, not_of_status_2xx_or_3xx: $errors,
        of_status_5xx: $failed, first_resident_bytes: ($memory[:$sixth] | max), last_resident_bytes: ($memory[-$sixth:] | max),
        last_of_first: (($memory[-$sixth:] | max) / ($memory[:$sixth] | max)), peak_resident_bytes: $peak}'
}

if [ -n "$minutes" ]; then
    soak
else
    time_lists
fi
