#!/usr/bin/env bash
# How long a graph takes to be made, cut, trained on for some steps and evaluated on a sample of users, and how much
# memory and disk.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)

usage() {
    cat <<'HELP'
usage: bench/large-graph.sh [options] FOLDER

Makes a synthetic dataset in FOLDER, cuts it, trains until so many seconds of steps are over, which leaves a checkpoint,
and evaluates a sample of users. Prints one JSON object: of each of the four seconds, processor seconds of all ranks, the
largest rank's peak of memory, and bytes of the file; the steps made; recall@20. Files stay in FOLDER; what is there
already is not made again, and is null.

  --users N         [2000000]
  --movies N        [200000]
  --ratings N       [1000000000]
  --ranks N         ranks of this machine [2]
  --dim D           columns [16]
  --train-seconds S of steps, after the spectral start [60]
  --eval-users N    users of the sample [2000]
  --halorec FILE    the program [build/halorec]
  --help            print this

A billion ratings take 17 GB for the dataset, 10 GB for the partition, and up to 8 GB of memory a rank. Needs GNU time and jq.

example:
  OMP_NUM_THREADS=1 bench/large-graph.sh --users 200000 --movies 20000 --ratings 10000000 /tmp/large
HELP
}

fail() { # CODE TEXT
    echo "large-graph.sh: $2" >&2
    exit "$1"
}

declare -A option=([users]=2000000 [movies]=200000 [ratings]=1000000000 [ranks]=2 [dim]=16 [train-seconds]=60
    [eval-users]=2000 [halorec]=$root/build/halorec)
folder=''
while [ $# -gt 0 ]; do
    name=${1#--}
    case $1 in
    --help) usage && exit 0 ;;
    --*)
        [ -n "${option[$name]+known}" ] || fail 2 "$1: no such option; see --help"
        [ $# -ge 2 ] || fail 2 "$1 wants a value; see --help"
        option[$name]=$2
        shift 2
        ;;
    *)
        folder=$1
        shift
        ;;
    esac
done
[ -n "$folder" ] || fail 2 "FOLDER is missing; see --help"
mkdir -p "$folder"
cd "$folder"
halorec=$(realpath "$OLDPWD/${option[halorec]}" 2>/dev/null || realpath "${option[halorec]}")

# ranks PIECE ARGUMENT…: runs halorec on all ranks. PIECE.time has seconds, processor seconds and KiB of each rank,
# PIECE.out and PIECE.err what they print.
ranks() {
    local piece=$1
    shift
    rm -f "$piece.time"
    "$root/jobs/mpirun.sh" "${option[ranks]}" time -f '%e %U %S %M' -o "$piece.time" -a "$halorec" "$@" \
        >"$piece.out" 2>"$piece.err" </dev/null
}

# figures PIECE FILE: what the ranks of a piece took.
figures() {
    local bytes=null
    [ -z "$2" ] || bytes=$(stat -c %s "$2")
    [ -e "$1.time" ] || { echo null && return; }
    awk -v bytes="$bytes" '/^[0-9]/ { if ($1 > s) s = $1; cpu += $2 + $3; if ($4 > m) m = $4 }
        END { printf "{\"seconds\": %g, \"processor_seconds\": %g, \"peak_bytes\": %.0f, \"file_bytes\": %s}", s, cpu,
              1024 * m, bytes }' "$1.time"
}

rm -f ./*.time
[ -e graph.h5 ] || ranks made synth --users "${option[users]}" --items "${option[movies]}" --ratings "${option[ratings]}" \
    --out graph.h5 || fail 1 "synth: $(tail -n 3 made.err)"
[ -e graph.parts.h5 ] || ranks cut partition graph.h5 --parts "${option[ranks]}" --out graph.parts.h5 ||
    fail 1 "partition: $(tail -n 3 cut.err)"

rm -f graph.ckpt.h5 trained.err
ranks trained train graph.h5 --partition graph.parts.h5 --dim "${option[dim]}" --spectral-rounds 2 --epochs 1000000 \
    --patience 0 --stall-timeout 0 --eval-users "${option[eval-users]}" --checkpoint graph.ckpt.h5 &
job=$!
while kill -0 $job 2>/dev/null && ! grep -sq 'steps an epoch' trained.err; do sleep 0.2; done
sleep "${option[train-seconds]}"
for launcher in $(pgrep -P $job); do # mpirun; below it time, below that the rank
    for each in $(pgrep -P "$launcher"); do pkill -USR1 -P "$each" || true; done
done
code=0
wait $job || code=$?
[ $code = 75 ] || fail 1 "train ended with $code, expected 75: $(tail -n 3 trained.err)"

ranks evaluated evaluate graph.ckpt.h5 graph.h5 --users "${option[eval-users]}" --json ||
    fail 1 "evaluate: $(tail -n 3 evaluated.err)"

jq -n --argjson ratings "$("$halorec" info graph.h5 --json | jq .ratings)" --argjson ranks "${option[ranks]}" \
    --argjson made "$(figures made graph.h5)" --argjson cut "$(figures cut graph.parts.h5)" \
    --argjson trained "$(figures trained graph.ckpt.h5)" --argjson evaluated "$(figures evaluated '')" \
    --argjson steps "$("$halorec" info graph.ckpt.h5 --json | jq .step)" \
    --argjson recall "$(jq '."recall@20"' evaluated.out)" \
    '{ratings: $ratings, ranks: $ranks, made: $made, cut: $cut, trained: ($trained + {steps: $steps}),
      evaluated: ($evaluated + {"recall@20": $recall})}'
