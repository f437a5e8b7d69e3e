#!/usr/bin/env bash
# Trains on several numbers of ranks and cuts, and sets the steps side by side.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)

usage() {
    cat <<'HELP'
usage: bench/sweep.sh [options] [-- OPTION OF TRAIN …]
       bench/sweep.sh report FOLDER

Cuts the data and trains a few epochs for each number of ranks and method, one after the other, and writes
FOLDER/table.csv, FOLDER/summary.md and, where gnuplot is installed, plots. One that fails is recorded and
the others go on. Called again with the same FOLDER it runs what is not done yet, failed ones too; further
ranks and methods may be added, also by several calls at once. Exits with 1 if any failed.

report makes table and plots of what is there. --slurm submits jobs/sweep.sbatch for each number of ranks, each
a call of this script on as many ranks; SBATCH_PARTITION and the like say where.

  --ranks N,N,…     numbers of ranks [1,2]
  --method M,M,…    metis, block, random [metis,random]
  --preset NAME     synthetic data (halorec synth) [ml-1m]
  --data FILE       a dataset file instead
  --epochs N        of each; the first and the last are not measured where there are more [3]
  --out FOLDER      where results go [sweep]
  --launcher CMD    starts ranks: CMD N halorec … [jobs/mpirun.sh; with --slurm: that of jobs/sweep.sbatch]
  --timeout S       seconds a combination may take; 0: any [0]
  --halorec FILE    the program [build/halorec]
  --slurm           submit to SLURM instead of running here
  --help            print this

OMP_NUM_THREADS is the number of threads of every rank, 1 unless given, however many ranks there are.

example:
  bench/sweep.sh --ranks 1,2,4 --method metis,random --preset ml-20m --out sweep-20m
HELP
}

die() {
    echo "sweep.sh: $*" >&2
    exit 2
}

ranks=1,2 methods=metis,random preset=ml-1m data='' epochs=3 out=sweep launcher='' limit=0
halorec=$root/build/halorec slurm=no train=()
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
if [ "${1:-}" = report ]; then
    [ $# = 2 ] || die "report wants a folder alone: bench/sweep.sh report FOLDER"
    exec "$root/bench/sweep-report.sh" "$2"
fi
while [ $# -gt 0 ]; do
    case $1 in
    --help)
        usage
        exit 0
        ;;
    --slurm)
        slurm=yes
        shift
        continue
        ;;
    --)
        shift
        train=("$@")
        break
        ;;
    --ranks | --method | --preset | --data | --epochs | --out | --launcher | --timeout | --halorec)
        [ $# -ge 2 ] || die "$1 wants a value; see --help"
        ;;
    *) die "$1: no such option; see --help" ;;
    esac
    case $1 in
    --ranks) ranks=$2 ;;
    --method) methods=$2 ;;
    --preset) preset=$2 ;;
    --data) data=$2 ;;
    --epochs) epochs=$2 ;;
    --out) out=$2 ;;
    --launcher) launcher=$2 ;;
    --timeout) limit=$2 ;;
    --halorec) halorec=$2 ;;
    esac
    shift 2
done
[[ $ranks =~ ^[1-9][0-9]*(,[1-9][0-9]*)*$ ]] || die "--ranks $ranks: expected numbers from 1, like 1,2,4"
[[ $methods =~ ^(metis|block|random)(,(metis|block|random))*$ ]] ||
    die "--method $methods: expected metis, block or random, with commas between"
[[ $epochs =~ ^[1-9][0-9]*$ ]] || die "--epochs $epochs: expected a number from 1"
[[ $limit =~ ^[0-9]+$ ]] || die "--timeout $limit: expected seconds"
if [ -n "$data" ] && [ ! -e "$data" ]; then
    echo "sweep.sh: $data: no such file" >&2
    exit 4
fi

# What is asked for, a line each: ranks and method.
combinations() {
    local r m
    for r in ${ranks//,/ }; do
        for m in ${methods//,/ }; do
            echo "$r $m"
        done
    done
}

# Runs a command while no other call does so for the same folder: tasks of a SLURM array share it.
alone() {
    (
        flock 9 2>/dev/null || echo "sweep.sh: no locks in $out: start one call at a time for it" >&2
        "$@"
    ) 9>"$out/lock"
}

# Writes stdin to a file whole or not at all.
put() {
    cat >"$1.new"
    mv "$1.new" "$1"
}

# What all combinations have in common, so that a folder never holds runs that cannot be compared.
settings() {
    if [ -n "$data" ]; then
        echo "data=$(realpath "$data")"
    else
        echo "data=preset $preset"
    fi
    echo "epochs=$epochs"
    echo "threads=$OMP_NUM_THREADS"
    echo "train=${train[*]-}"
}

prepare() {
    settings | put "$out/settings.asked"
    if [ -e "$out/settings" ] && ! cmp -s "$out/settings" "$out/settings.asked"; then
        diff "$out/settings" "$out/settings.asked" >&2 || true
        rm "$out/settings.asked"
        die "$out holds a sweep of other settings (above: < there, > asked for); take another --out"
    fi
    mv "$out/settings.asked" "$out/settings"
    if [ -n "$data" ] && [ ! "$data" -ef "$out/data.h5" ]; then
        [ ! -e "$out/data.h5" ] || [ -L "$out/data.h5" ] || die "$out/data.h5 is in the way; take another --out"
        ln -sfn "$(realpath "$data")" "$out/data.h5"
    elif [ -z "$data" ] && [ ! -e "$out/data.h5" ]; then
        "$halorec" synth --preset "$preset" --out "$out/data.h5" >&2
    fi
    {
        [ ! -e "$out/combinations" ] || cat "$out/combinations"
        combinations
    } | awk '!seen[$0]++' | put "$out/combinations"
}

# Cuts and trains; what it prints goes to the combination's log.
cut_and_train() {
    local r=$1 method=$2 here=$3 epochs_there train_there=() start=("$root/jobs/mpirun.sh")
    epochs_there=$(sed -n 's/^epochs=//p' "$out/settings")
    read -ra train_there < <(sed -n 's/^train=//p' "$out/settings") || true
    [ -z "$launcher" ] || read -ra start <<<"$launcher"
    "$halorec" partition "$out/data.h5" --parts "$r" --method "$method" --out "$here/partition.h5" || return
    "$halorec" info "$here/partition.h5" --json >"$here/partition.json" || return
    "${start[@]}" "$r" "$halorec" train "$out/data.h5" --partition "$here/partition.h5" --epochs "$epochs_there" \
        --eval-every "$epochs_there" --spectral-rounds 0 --log "$here/run.jsonl" "${train_there[@]}"
}

# Runs a combination unless it is done; leaves its exit code in its `state`.
run_one() {
    local r=$1 method=$2 here=$out/r$1-$2 code=0
    if [ "$(cat "$here/state" 2>/dev/null || true)" = 0 ]; then
        echo "$r $method: done before" >&2
        return 0
    fi
    rm -rf "$here"
    mkdir "$here"
    if [ "$limit" = 0 ]; then
        cut_and_train "$r" "$method" "$here" >"$here/log" 2>&1 || code=$?
    else
        export -f cut_and_train
        export out root halorec launcher
        timeout --kill-after=10 "$limit" bash -c 'cut_and_train "$@"' - "$r" "$method" "$here" >"$here/log" 2>&1 || code=$?
    fi
    rm -f "$here/partition.h5"
    echo "$code" | put "$here/state"
    if [ "$code" = 0 ]; then
        echo "$r $method: done" >&2
    else
        echo "$r $method: failed with $code: $(tail -n 1 "$here/log")" >&2
    fi
    return "$code"
}

run_all() {
    local r m failed=0
    while read -r r m; do
        run_one "$r" "$m" </dev/null || failed=1
    done < <(combinations)
    alone "$root/bench/sweep-report.sh" "$out"
    return "$failed"
}

# A job for each number of ranks, as each takes so many.
submit() {
    local r here options
    here=$(realpath "$out")
    options=(--method "$methods" --epochs "$epochs" --timeout "$limit" --out "$here")
    if [ -n "$data" ]; then
        options+=(--data "$(realpath "$data")")
    else
        options+=(--preset "$preset")
    fi
    [ -z "$launcher" ] || options+=(--launcher "$launcher")
    export HALOREC_ROOT=$root
    HALOREC=$(realpath "$halorec")
    export HALOREC
    for r in ${ranks//,/ }; do
        sbatch --array="$r" --ntasks="$r" --cpus-per-task="$OMP_NUM_THREADS" --output="$here/slurm-%A_%a.log" "$root/jobs/sweep.sbatch" \
            "${options[@]}" -- "${train[@]}"
    done
}

if ! mkdir -p "$out" || [ ! -w "$out" ]; then
    echo "sweep.sh: --out $out: no folder that can be written" >&2
    exit 4
fi
alone prepare
if [ "$slurm" = yes ]; then submit; else run_all; fi
