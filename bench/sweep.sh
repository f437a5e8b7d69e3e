#!/usr/bin/env bash
# Trains on several numbers of ranks and cuts, and sets the steps side by side.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)

usage() {
    cat <<'HELP'
usage: bench/sweep.sh [options] [-- OPTION OF TRAIN …]
       bench/sweep.sh prepare [options] [-- OPTION OF TRAIN …]
       bench/sweep.sh run --out FOLDER --index I [--launcher …]
       bench/sweep.sh report FOLDER

Cuts the data and trains a few epochs for each number of ranks and method, one after the other, and writes
FOLDER/table.csv, FOLDER/summary.md and, where gnuplot is installed, plots. One that fails is recorded and
the others go on. Called again with the same FOLDER it runs what is not done yet, failed ones too; further
ranks and methods may be added. Exits with 1 if any failed.

prepare makes the data and the list of combinations, run works on number I of the list (from 0), report makes
table and plots of what is there: for a SLURM array, which --slurm submits, one for each number of ranks, and
a report after them. SBATCH_PARTITION and the like say where.

  --ranks N,N,…     numbers of ranks [1,2]
  --method M,M,…    metis, block, random [metis,random]
  --preset NAME     synthetic data (halorec synth) [ml-1m]
  --data FILE       a dataset file instead
  --epochs N        of each; the first and the last are not measured where there are more [3]
  --out FOLDER      where results go [sweep]
  --launcher CMD    starts ranks: CMD N halorec … [jobs/mpirun.sh; with --slurm: mpirun -n]
  --timeout S       seconds a combination may take; 0: any [0]
  --halorec FILE    the program [build/halorec]
  --slurm           prepare, then submit to SLURM instead of running here
  --help            print this

example:
  bench/sweep.sh --ranks 1,2,4 --method metis,random --preset ml-20m --out sweep-20m
HELP
}

die() {
    echo "sweep.sh: $*" >&2
    exit 2
}

action=all ranks=1,2 methods=metis,random preset=ml-1m data='' epochs=3 out=sweep index='' launcher='' limit=0
halorec=$root/build/halorec slurm=no train=()
case ${1:-} in
prepare | run | report)
    action=$1
    shift
    ;;
esac
if [ "$action" = report ] && [ $# = 1 ] && [ "$1" != --help ]; then
    exec "$root/bench/sweep-report.sh" "$1"
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
    --ranks | --method | --preset | --data | --epochs | --out | --index | --launcher | --timeout | --halorec)
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
    --index) index=$2 ;;
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
    echo "train=${train[*]-}"
}

prepare() {
    mkdir -p "$out"
    settings | put "$out/settings.asked"
    if [ -e "$out/settings" ] && ! cmp -s "$out/settings" "$out/settings.asked"; then
        diff "$out/settings" "$out/settings.asked" >&2 || true
        rm "$out/settings.asked"
        die "$out holds a sweep of other settings (above: < there, > asked for); take another --out"
    fi
    mv "$out/settings.asked" "$out/settings"
    if [ -n "$data" ]; then
        ln -sfn "$(realpath "$data")" "$out/data.h5"
    elif [ ! -e "$out/data.h5" ]; then
        "$halorec" synth --preset "$preset" --out "$out/data.h5" >&2
    fi
    local r m
    {
        [ ! -e "$out/combinations" ] || cat "$out/combinations"
        for r in ${ranks//,/ }; do
            for m in ${methods//,/ }; do
                echo "$r $m"
            done
        done
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

# Runs number $1 of the list unless it is done; leaves its exit code in its `state`.
run_one() {
    local line r method here code=0
    line=$(sed -n "$(($1 + 1))p" "$out/combinations")
    [ -n "$line" ] || die "--index $1: $out has $(wc -l <"$out/combinations") combinations, numbered from 0"
    read -r r method <<<"$line"
    here=$out/r$r-$method
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
    local i count failed=0
    count=$(wc -l <"$out/combinations")
    for ((i = 0; i < count; i++)); do
        run_one "$i" || failed=1
    done
    "$root/bench/sweep-report.sh" "$out"
    return "$failed"
}

# One array for each number of ranks, as each task takes so many; the report when all have ended.
submit() {
    local r list job jobs='' here
    here=$(realpath "$out")
    while read -r r; do
        list=$(awk -v r="$r" '$1 == r { print NR - 1 }' "$out/combinations" | paste -sd,)
        job=$(sbatch --parsable --job-name="sweep-$r" --ntasks="$r" --array="$list" --output="$here/slurm-%A_%a.log" \
            --wrap "$(printf '%q ' "$root/bench/sweep.sh" run --out "$here" --halorec "$(realpath "$halorec")" \
                --launcher "${launcher:-mpirun -n}" --timeout "$limit" --index)\$SLURM_ARRAY_TASK_ID")
        jobs+=:${job%%;*}
    done < <(cut -d' ' -f1 "$out/combinations" | sort -nu)
    sbatch --job-name=sweep-report --ntasks=1 --dependency="afterany$jobs" --output="$here/slurm-report.log" \
        --wrap "$(printf '%q ' "$root/bench/sweep.sh" report "$here")"
}

case $action in
prepare) prepare ;;
run)
    [[ $index =~ ^[0-9]+$ ]] || die "run wants --index, a number from 0; see --help"
    [ -e "$out/combinations" ] || die "$out: nothing prepared there; bench/sweep.sh prepare --out $out …"
    run_one "$index"
    ;;
report) die "report wants the folder alone: bench/sweep.sh report FOLDER" ;;
all)
    prepare
    if [ "$slurm" = yes ]; then submit; else run_all; fi
    ;;
esac
