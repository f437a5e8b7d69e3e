# bench/sweep.sh: a failing combination is recorded and the others go on; called again it runs only what is not
# done; more ranks may be added, other settings not; the same by SLURM's commands.
# Not under sanitizers: it is a script that is tested.
sweep=$root/bench/sweep.sh
run 0 "$sweep" --help
expect out "usage: "
run 0 "$root/bench/sweep-report.sh" --help
expect out "usage: "
run 0 "$halorec" synth --preset ml-latest-small --out data.h5

export OMP_NUM_THREADS=1
# A launcher that notes what it starts, and fails for random parts on 2 ranks while there is a file `broken`.
cat >launch <<LAUNCH
#!/bin/sh
echo "\$1 \$*" | grep -o '^[0-9]*\|r[0-9]-[a-z]*' | head -2 | paste -sd' ' >>"$folder/started"
case "\$*" in *r2-random*) [ ! -e "$folder/broken" ] || { echo "no rank today"; exit 7; } ;; esac
exec "$root/jobs/mpirun.sh" "\$@"
LAUNCH
chmod +x launch
touch broken
args=(--data data.h5 --out s --halorec "$halorec" --launcher "$folder/launch")
train=(-- --dim 16 --pool 256)
run 1 "$sweep" "${args[@]}" --ranks 1,2 --method metis,random "${train[@]}"
expect err "2 random: failed with 7: no rank today"
[ "$(grep -c ',done,' s/table.csv)" = 3 ] || fail "three of four are done: $(cat s/table.csv)"
expect s/table.csv "2,random,failed with 7"
expect s/summary.md "2 random failed: no rank today"

rm broken started
run 0 "$sweep" "${args[@]}" --ranks 1,2 --method metis,random "${train[@]}"
[ "$(cat started)" = "2 r2-random" ] || fail "only what failed runs again, but: $(cat started)"
[ "$(grep -c ',done,' s/table.csv)" = 4 ] || fail "all four are done: $(cat s/table.csv)"
header=ranks,method,state,steps,step_ms,compute_ms,halo_ms,loss_ms,dense_ms,optimiser_ms,bytes_a_step,memory_mb
[ "$(head -n 1 s/table.csv)" = "$header,ghosts,edge_balance,speedup,efficiency" ] || fail "the table's head"
awk -F, 'NR > 1 && (NF != 16 || $5 <= 0 || $6 <= 0 || $12 <= 0 || $15 <= 0) { exit 1 }' s/table.csv ||
    fail "every line has every figure: $(cat s/table.csv)"
awk -F, '$1 == 2 && ($11 <= 0 || $13 <= 0) { exit 1 } $1 == 1 && ($11 != 0 || $15 != 1) { exit 1 }
    END { exit NR != 5 }' s/table.csv || fail "two ranks send, one does not: $(cat s/table.csv)"
if command -v gnuplot >/dev/null; then
    for plot in time bytes memory speedup; do
        [ -s "s/$plot.svg" ] && expect "s/$plot.svg" "<svg"
        expect s/summary.md "($plot.svg)"
    done
else
    expect s/summary.md "No plots: gnuplot is not installed"
fi

run 2 "$sweep" "${args[@]}" --ranks 1,2 --epochs 4 "${train[@]}"
expect err "s holds a sweep of other settings"
run 2 "$sweep" --ranks 1,x
expect err "--ranks 1,x: expected numbers"
run 2 "$sweep" --method magic
expect err "expected metis, block or random"
run 4 "$sweep" --data none.h5
run 4 "$sweep" report nowhere

# As a SLURM array does it: a stub takes the place of sbatch, and runs each task at once.
mkdir stubs
cat >stubs/sbatch <<'STUB'
#!/usr/bin/env bash
set -e
echo "$*" >>submitted
while [[ $1 == --* ]]; do
    case $1 in
    --array=*) array=${1#--array=} ;;
    --ntasks=*) export SLURM_NTASKS=${1#--ntasks=} ;;
    --cpus-per-task=*) export SLURM_CPUS_PER_TASK=${1#--cpus-per-task=} ;;
    esac
    shift
done
for task in ${array//,/ }; do
    SLURM_ARRAY_TASK_ID=$task bash "$@" >&2
done
STUB
chmod +x stubs/sbatch
rm started
PATH=$folder/stubs:$PATH run 0 "$sweep" "${args[@]}" --slurm --ranks 1,2,3 --method metis "${train[@]}"
[ "$(cat started)" = "3 r3-metis" ] || fail "the new one is run, the others are done: $(cat started)"
[ "$(grep -c ',done,' s/table.csv)" = 5 ] || fail "the report has five lines: $(cat s/table.csv)"
expect submitted "--array=3 --ntasks=3 --cpus-per-task=1"
run 2 "$root/jobs/sweep.sbatch" --ranks 2
expect err "no task of an array"

# A dataset in the folder of results is not replaced by a link, to itself or to another.
mkdir own other
cp data.h5 own
cp data.h5 other
own=(--halorec "$halorec" --launcher "$folder/launch" --ranks 1 --method block --epochs 1)
run 0 "$sweep" --data own/data.h5 --out own "${own[@]}" "${train[@]}"
[ ! -L own/data.h5 ] && cmp own/data.h5 data.h5 || fail "the dataset was replaced"
run 2 "$sweep" --data data.h5 --out other "${own[@]}" "${train[@]}"
expect err "other/data.h5 is in the way"
[ ! -L other/data.h5 ] && cmp other/data.h5 data.h5 || fail "the other dataset was replaced"
run 4 "$sweep" --data data.h5 --out data.h5 "${own[@]}" "${train[@]}"
expect err "--out data.h5: no folder that can be written"
