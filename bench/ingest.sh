#!/usr/bin/env bash
# How long an import takes, against `wc -l` and `cp` of the same file in the same run, and its memory against the
# dataset's arrays of ratings; also a large graph, whole.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)

usage() {
    cat <<'HELP'
usage: bench/ingest.sh [options] PATH

Imports PATH, a folder with ratings.csv or a file of ratings, several times, after reading it into the page cache, and
each time runs `wc -l` and `cp` of the file of ratings. Prints one JSON object: seconds of each (the fastest), the ratio
of import to wc and cp together, the peak of memory, and its ratio to 17 bytes a rating; and what bench/large-graph.sh prints of a
graph of N ratings, which is made, cut, trained on and evaluated beside PATH, and removed.

  --halorec FILE    the program [build/halorec]
  --runs N          how often [5]
  --large N         ratings of the large graph, N / 500 users and N / 5000 movies; 0: none [0]
  --train-seconds S of the large graph [60]
  --help            print this

Needs GNU time and jq.

example:
  build/halorec synth --preset ml-20m --csv ml-20m && bench/ingest.sh ml-20m
HELP
}

fail() { # CODE TEXT
    echo "ingest.sh: $2" >&2
    exit "$1"
}

halorec=$root/build/halorec runs=5 large=0 train_seconds=60 from=''
while [ $# -gt 0 ]; do
    case $1 in
    --help) usage && exit 0 ;;
    --halorec | --runs | --large | --train-seconds)
        [ $# -ge 2 ] || fail 2 "$1 wants a value; see --help"
        case $1 in
        --halorec) halorec=$2 ;;
        --runs) runs=$2 ;;
        --large) large=$2 ;;
        --train-seconds) train_seconds=$2 ;;
        esac
        shift 2
        ;;
    --*) fail 2 "$1: no such option; see --help" ;;
    *)
        from=$1
        shift
        ;;
    esac
done
[ -n "$from" ] || fail 2 "PATH is missing; see --help"
file=$from
[ -d "$from" ] && file=$from/ratings.csv
[ -r "$file" ] || fail 4 "$file: cannot be read"

work=$(mktemp -d "$(dirname "$file")/ingest.XXXXXX")
trap 'rm -rf "$work"' EXIT

# timed NAME COMMAND…: adds seconds and KiB to the file NAME.
timed() {
    local name=$1
    shift
    command time -f '%e %M' -o "$work/$name" -a "$@" >"$work/out" 2>"$work/err" || fail 1 "$* failed: $(cat "$work/err")"
}

cat "$file" >"$work/copy"
for _ in $(seq "$runs"); do
    timed wc wc -l "$file"
    timed cp cp "$file" "$work/copy"
    timed import "$halorec" import --from "$from" --out "$work/data.h5" --json
done
ratings=$(jq .ratings "$work/out")

graph=null
if [ "$large" -gt 0 ]; then
    graph=$("$root/bench/large-graph.sh" --users $((large / 500)) --movies $((large / 5000)) --ratings "$large" \
        --train-seconds "$train_seconds" --halorec "$halorec" "$work/large") || fail 1 'large-graph.sh failed'
fi

fastest() { sort -n "$work/$1" | head -n 1 | cut -d' ' -f1; }
jq -n --arg from "$from" --argjson bytes "$(stat -c %s "$file")" --argjson ratings "$ratings" \
    --argjson wc "$(fastest wc)" --argjson cp "$(fastest cp)" --argjson took "$(fastest import)" \
    --argjson large "$graph" --argjson peak "$(sort -n -k2 "$work/import" | tail -n 1 | cut -d' ' -f2)" \
    '{from: $from, bytes: $bytes, ratings: $ratings, wc_seconds: $wc, cp_seconds: $cp, import_seconds: $took,
      ratio: (if $wc + $cp > 0 then $took / ($wc + $cp) else null end), peak_bytes: ($peak * 1024),
      array_bytes: (17 * $ratings), memory_ratio: ($peak * 1024 / (17 * $ratings)), large: $large}'
