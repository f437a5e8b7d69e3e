#!/usr/bin/env bash
# Times halorec serve: lists a second, by wrk on the same machine, against the bare matrix product of as many users.
set -eu

if [ "${1:-}" = --help ] || [ $# -lt 2 ]; then
    cat <<'END'
usage: bench/serve.sh RUN.ckpt.h5 DATA.h5 [SECONDS [CONNECTIONS]]

Starts build/halorec serve, and asks for lists of 10 movies of users drawn at random, over CONNECTIONS (32) connections that stay
open, for SECONDS (10). Prints one JSON object: seconds to the first answer, requests a second, milliseconds of the median and the
99th percentile, lists a batch, memory and how many times the model it is, and the seconds of the bare matrix product (OpenBLAS) of
as many users beside the seconds that the server took. Needs wrk and jq.

example:
  bench/serve.sh run.ckpt.h5 data.h5 10 32
END
    [ "${1:-}" = --help ] && exit 0 || exit 2
fi

root=$(cd "$(dirname "$0")/.." && pwd)
halorec=${HALOREC:-$root/build/halorec}
checkpoint=$1 dataset=$2 seconds=${3:-10} connections=${4:-32}
for program in wrk jq curl; do
    command -v $program >/dev/null || { echo "bench/serve.sh: $program is missing: apt-get install $program" >&2; exit 4; }
done
folder=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill $server 2>/dev/null; rm -rf "$folder"' EXIT

first=$("$halorec" info "$dataset" --json | jq .first_user_id)
users=$("$halorec" info "$dataset" --json | jq .users)
movies=$("$halorec" info "$dataset" --json | jq .movies)
dim=$("$halorec" info "$checkpoint" --json | jq '.dim // .options.dim')
start=$(date +%s.%N)
"$halorec" serve "$checkpoint" "$dataset" --port 0 --json --read-only >"$folder/url" 2>"$folder/err" &
server=$!
while [ ! -s "$folder/url" ]; do
    kill -0 $server 2>/dev/null || { cat "$folder/err" >&2; exit 1; }
    sleep 0.01
done
url=$(jq -r .url "$folder/url")
curl -sf "${url}recommend?user=$first" >/dev/null
first_answer=$(echo "$(date +%s.%N) - $start" | bc)
cat >"$folder/users.lua" <<END
local seed = 1
function setup(thread) thread:set("number", seed) seed = seed + 1 end
function init() math.randomseed(number) end
function request() return wrk.format("GET", "/recommend?top_k=10&user=" .. ($first + math.random(0, $users - 1))) end
function done(summary, latency, requests)
    local errors = summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read
    io.write(string.format("RESULT %d %.6f %.3f %.3f %d\n", summary.requests, summary.duration / 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, errors))
end
END
wrk -t 1 -c "$connections" -d "$seconds" -s "$folder/users.lua" "$url" >"$folder/wrk" ||
    { cat "$folder/wrk" >&2; exit 1; }
read -r _ requests taken p50 p99 errors < <(grep RESULT "$folder/wrk")
curl -sf "${url}metrics" >"$folder/metrics"
metric() {
    awk -v name="$1" '$1 == name { print $2 }' "$folder/metrics"
}
processor=$(ps -o cputimes= -p $server | tr -d ' ')
product=$("$root/build/bench/bench-recommend" "$dataset" --dim "$dim" --json | jq .sgemm_flops_per_second)
jq -n --argjson first "$first_answer" --argjson requests "$requests" --argjson taken "$taken" --argjson p50 "$p50" \
    --argjson p99 "$p99" --argjson errors "$errors" --argjson batches "$(metric halorec_batches_total)" \
    --argjson batched "$(metric halorec_batched_requests_total)" --argjson memory "$(metric process_resident_memory_bytes)" \
    --argjson users "$users" --argjson movies "$movies" --argjson dim "$dim" --argjson product "$product" \
    --argjson processor "$processor" --argjson connections "$connections" '
    ($requests * 2 * $movies * $dim / $product) as $bare | (($users + $movies) * $dim * 4) as $model | {
    users: $users, movies: $movies, dim: $dim, connections: $connections, first_answer_seconds: $first, requests: $requests,
    requests_per_second: ($requests / $taken), p50_milliseconds: $p50, p99_milliseconds: $p99, errors: $errors,
    lists_per_batch: ($batched / $batches), resident_bytes: $memory, model_bytes: $model,
    memory_of_model: ($memory / $model), seconds: $taken, processor_seconds: $processor, product_seconds: $bare,
    product_fraction: ($bare / $taken)}'
