#!/usr/bin/env bash
# Runs every bench at every instruction set that this processor has, and makes one page of what they say.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)

usage() {
    cat <<'HELP'
usage: bench/all.sh [options]

Runs the benches at every instruction set of this processor (HALOREC_ISA), on data that it makes, and writes
FOLDER/results.json and FOLDER/results.md: processor, caches, commit, load, and tables of edge passes against their
floor and scipy's CSR product, steps of LightGCN by ranks x threads, epochs of `mf --loss mse`, sweeps of `ials` by
columns against sgemm, rankings, exchanges, and lists that
halorec serve answers. Each piece that is done stays in FOLDER/pieces: called again with
the same FOLDER it runs what is missing or failed. The page is there after the first set. Exits with 1 if a piece
failed. Takes about 5 minutes a set with the ml-20m preset; keep the machine free of other work.

  --preset NAME     large data: a preset of halorec synth [ml-20m]
  --data FILE       a dataset file instead
  --quick           the smallest data: does it work?
  --isa LIST        instruction sets, such as x86-64-v3,x86-64-v4 [those of this processor]
  --out FOLDER      where results go [bench-results]
  --timeout S       seconds a piece may take [300]
  --halorec FILE    the program; benches are in bench/ beside it [build/halorec]
  --help            print this

Needs jq, for scipy's times Debian's python3-scipy, and for those of halorec serve wrk; what is missing is left out.

example:
  bench/all.sh --preset ml-20m --out bench-results
HELP
}

fail() { # CODE TEXT
    echo "all.sh: $2" >&2
    exit "$1"
}

preset=ml-20m data='' quick=no isas='' out=bench-results limit=300 halorec=$root/build/halorec
while [ $# -gt 0 ]; do
    case $1 in
    --help) usage && exit 0 ;;
    --quick)
        quick=yes
        shift
        continue
        ;;
    --preset | --data | --isa | --out | --timeout | --halorec)
        [ $# -ge 2 ] || fail 2 "$1 wants a value; see --help"
        ;;
    *) fail 2 "$1: no such option; see --help" ;;
    esac
    case $1 in
    --preset) preset=$2 ;;
    --data) data=$2 ;;
    --isa) isas=$2 ;;
    --out) out=$2 ;;
    --timeout) limit=$2 ;;
    --halorec) halorec=$2 ;;
    esac
    shift 2
done
[[ $limit =~ ^[1-9][0-9]*$ ]] || fail 2 "--timeout $limit: expected seconds"
[ -z "$data" ] || [ -e "$data" ] || fail 4 "$data: no such file"
[ -x "$halorec" ] || fail 4 "$halorec: no such program; jobs/build.sh makes it"
command -v jq >/dev/null || fail 4 "jq is missing: apt-get install jq"
bench=$(dirname "$(realpath "$halorec")")/bench
found=$("$halorec" --version | sed -n 's/^of this processor: //p' | tr -d ' ')
isas=${isas:-$found}
for isa in ${isas//,/ }; do
    [[ ,$found, == *,"$isa",* ]] || fail 2 "--isa $isa: this processor has $found"
done
sparse_preset=check-ins small_preset=ml-1m dims=64,128,256,512,1024,2048 graphs='large sparse' serve_seconds=10
if [ "$quick" = yes ]; then
    preset=ml-latest-small sparse_preset=ml-latest-small small_preset=ml-latest-small dims=16,32 graphs=large serve_seconds=1
fi
cores=$(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc)

# Writes stdin to a file whole or not at all.
put() {
    cat >"$1.new"
    mv "$1.new" "$1"
}

commit() {
    git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown
}

# What all pieces have in common, so that a folder never holds figures that cannot be compared.
settings() {
    if [ -n "$data" ]; then
        echo "data=$(realpath "$data")"
    else
        echo "data=preset $preset"
    fi
    echo "dims=$dims"
    echo "program=$(cat "$halorec" "$bench"/bench-* | cksum | cut -d' ' -f1)"
}

prepare() {
    mkdir -p "$out/pieces" "$out/data"
    settings | put "$out/settings.asked"
    if [ -e "$out/settings" ] && ! cmp -s "$out/settings" "$out/settings.asked"; then
        diff "$out/settings" "$out/settings.asked" >&2 || true
        rm "$out/settings.asked"
        fail 2 "$out holds results of other settings (above: < there, > asked for); take another --out"
    fi
    mv "$out/settings.asked" "$out/settings"
    if [ -n "$data" ]; then
        ln -sfn "$(realpath "$data")" "$out/data/large.h5"
    else
        make_data large "$preset"
    fi
    make_data sparse "$sparse_preset"
    make_data small "$small_preset"
    [ -e "$out/machine.json" ] || machine | put "$out/machine.json"
}

make_data() { # NAME PRESET
    [ -e "$out/data/$1.h5" ] || "$halorec" synth --preset "$2" --out "$out/data/$1.h5" >&2
}

cache() { # INDEX: a cache of the first processor, such as 1024K
    cat "/sys/devices/system/cpu/cpu0/cache/index$1/size" 2>/dev/null || echo unknown
}

machine() {
    local model
    model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
    jq -n --arg processor "${model:-$(uname -m)}" --arg cores "$cores" --arg l1 "$(cache 0)" --arg l2 "$(cache 2)" --arg l3 "$(cache 3)" \
        --arg isas "$found" --arg commit "$(commit)" --arg date "$(date -u +%FT%RZ)" --arg kernel "$(uname -r)" \
        --arg compiler "$(cc --version 2>/dev/null | head -n 1)" --arg load "$(cut -d' ' -f1-3 /proc/loadavg)" \
        --arg data "$(sed -n 's/^data=//p' "$out/settings")" \
        '{processor: $processor, cores: ($cores | tonumber), l1: $l1, l2: $l2, l3: $l3, isas: ($isas | split(",")), commit: $commit,
          date: $date, kernel: $kernel, compiler: $compiler, load_at_start: $load, data: $data}'
}

failed=0 running=''
trap '[ -z "$running" ] || kill "$running"; exit 130' INT TERM

# Runs a piece unless it is done: COMMAND prints its JSON. In the background, so that a signal ends it at once.
piece() { # NAME COMMAND …
    local name=$1 here=$out/pieces/$1 code=0 start=$SECONDS
    shift
    [ ! -e "$here.json" ] || return 0
    timeout --kill-after=10 "$limit" "$@" >"$here.out" 2>"$here.err" </dev/null &
    running=$!
    wait "$running" || code=$?
    running=''
    if [ "$code" = 0 ] && jq -e . "$here.out" >/dev/null 2>&1; then
        mv "$here.out" "$here.json"
        rm -f "$here.err" "$here.failed"
        echo "$name: $((SECONDS - start)) s" >&2
    else
        tail -n 1 "$here.err" | put "$here.failed"
        echo "$name: failed with $code: $(cat "$here.failed")" >&2
        failed=1
    fi
}

# The counts that tables show: 1, 2 and all cores.
counts() {
    printf '%s\n' 1 2 "$cores" | awk -v cores="$cores" '$1 <= cores && !seen[$1]++'
}

# Seconds of an epoch, the least of all but the first, which meets cold memory.
# shellcheck disable=SC2317 # called by piece
epoch() { # RANKS THREADS DATA: prints JSON
    local log
    log=$(mktemp)
    OMP_NUM_THREADS=$2 "$root/jobs/mpirun.sh" "$1" "$halorec" train "$3" --model mf --loss mse --epochs 3 --eval-every 1000 \
        --patience 0 --log "$log" >&2 || return
    jq -s --arg ranks "$1" --arg threads "$2" '
        def busy: .elapsed - .seconds.evaluation;
        . as $line | [range(1; length) | ($line[.] | busy) - ($line[. - 1] | busy)]
        | {ranks: ($ranks | tonumber), threads: ($threads | tonumber), seconds_per_epoch: min}' "$log"
    rm -f "$log"
}
export -f epoch
export root halorec

# Lists a second of a server, whose model is trained first.
# shellcheck disable=SC2317 # called by piece
serve() { # DATA SECONDS: prints JSON
    local checkpoint=$out/data/served.ckpt.h5
    "$halorec" train "$1" --model ials --dim 64 --epochs 1 --checkpoint "$checkpoint" >&2 || return
    HALOREC=$halorec "$root/bench/serve.sh" "$checkpoint" "$1" "$2"
    local code=$?
    rm -f "$checkpoint"
    return "$code"
}
export -f serve
export out

pieces_of() { # ISA
    local isa=$1 data n
    export HALOREC_ISA=$isa
    for data in $graphs; do
        for n in $(counts); do
            piece "edgepass.$isa.$data.$n" env OMP_NUM_THREADS="$n" "$bench/bench-edgepass" "$out/data/$data.h5" --json
        done
    done
    for data in $graphs; do
        for n in $(counts); do
            step "$isa" "$data" "$n" 1
            [ "$n" = 1 ] || step "$isa" "$data" 1 "$n"
        done
    done
    for n in "1 $cores" "$cores 1"; do
        # shellcheck disable=SC2086
        piece "mf.$isa.large.${n/ /x}" bash -c 'epoch "$@"' - $n "$out/data/large.h5"
        [ "$cores" != 1 ] || break
    done
    piece "evaluate.$isa.small" env OMP_NUM_THREADS="$cores" "$bench/bench-evaluate" "$out/data/small.h5" --json
    piece "recommend.$isa.small" env OMP_NUM_THREADS="$cores" "$bench/bench-recommend" "$out/data/small.h5" --json
    unset HALOREC_ISA
}

step() { # ISA DATA RANKS THREADS
    piece "step.$1.$2.$3x$4" env OMP_NUM_THREADS="$4" "$root/jobs/mpirun.sh" "$3" "$bench/bench-step" "$out/data/$2.h5" --json
}

# The longest pieces.
sweeps_of() { # ISA
    local isa=$1 n
    export HALOREC_ISA=$isa
    for n in ${dims//,/ }; do
        piece "ials.$isa.large.$n" env OMP_NUM_THREADS="$cores" "$bench/bench-ials" "$out/data/large.h5" --dim "$n" --json
    done
    unset HALOREC_ISA
}

# What does not depend on the instruction set.
other_pieces() {
    local data
    for data in $graphs; do
        piece "halo.$data" env OMP_NUM_THREADS=1 "$root/jobs/mpirun.sh" 2 "$bench/bench-halo" "$out/data/$data.h5" --json
    done
    if command -v wrk >/dev/null; then
        piece serve.large bash -c 'serve "$@"' - "$out/data/large.h5" "$serve_seconds"
    else
        echo "serve.large: left out, wrk is missing: apt-get install wrk" >&2
    fi
    piece link env OMP_NUM_THREADS=1 "$root/jobs/mpirun.sh" 2 "$bench/bench-link" --json
    piece scaling env OMP_NUM_THREADS="$cores" "$bench/bench-scaling" --preset "$small_preset" --json
}

report() {
    cut -d' ' -f1-3 /proc/loadavg | put "$out/load_at_end"
    "$root/bench/all-report.sh" "$out"
}

prepare
sets=$(tr ',' '\n' <<<"$isas" | tac)
for isa in $sets; do
    pieces_of "$isa"
    report
done
other_pieces
for isa in $sets; do
    sweeps_of "$isa"
done
report
exit "$failed"
