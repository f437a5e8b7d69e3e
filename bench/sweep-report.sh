#!/usr/bin/env bash
# Table, plots and summary of what bench/sweep.sh ran.
set -euo pipefail

if [ "${1:-}" = --help ] || [ $# != 1 ]; then
    cat <<'HELP'
usage: bench/sweep-report.sh FOLDER

Writes FOLDER/table.csv, FOLDER/summary.md and, where gnuplot is installed, FOLDER/*.svg, of the combinations
that bench/sweep.sh has run there. A step's times are milliseconds of the rank that spent most on each, over
the epochs between the first, which meets cold memory, and the last, which is evaluated. speedup is against the
fewest ranks of the same method, which count as ideal.

example:
  bench/sweep-report.sh sweep
HELP
    [ "${1:-}" = --help ] && exit 0 || exit 2
fi

here=$(cd "$(dirname "$0")" && pwd)
folder=$1
[ -e "$folder/combinations" ] || {
    echo "sweep-report.sh: $folder: no sweep there" >&2
    exit 4
}
command -v jq >/dev/null || {
    echo "sweep-report.sh: needs jq: apt-get install jq" >&2
    exit 4
}

columns=ranks,method,state,steps,step_ms,compute_ms,halo_ms,loss_ms,dense_ms,optimiser_ms,bytes_a_step
columns+=,memory_mb,ghosts,edge_balance

# A line of the table: what the last but one epoch's record has beyond the first's.
figures() {
    jq -rs --slurpfile cut "$3/partition.json" --arg ranks "$1" --arg method "$2" '
        (if length > 2 then .[0] else null end) as $warm | (if length > 1 then .[-2] else .[-1] end) as $last
        | ($last.step - ($warm.step // 0)) as $steps
        | def ms($name): ($last.seconds[$name] - ($warm.seconds[$name] // 0)) * 1000 / $steps;
        [$ranks, $method, "done", $steps,
         (($last.elapsed - ($warm.elapsed // 0)) * 1000 / $steps - ms("evaluation")),
         ms("compute"), ms("halo"), ms("loss"), ms("dense"), ms("optimiser"),
         ($last.bytes - ($warm.bytes // 0)) / $steps, $last.peak_memory / 1e6, $cut[0].ghosts, $cut[0].edge_balance]
        | map(if type == "number" then . * 1e4 | round / 1e4 else . end) | join(",")' "$3/run.jsonl"
}

lines() {
    local r method state
    while read -r r method; do
        state=$(cat "$folder/r$r-$method/state" 2>/dev/null || echo missing)
        case $state in
        0) figures "$r" "$method" "$folder/r$r-$method" ;;
        missing) echo "$r,$method,missing,,,,,,,,,,," ;;
        *) echo "$r,$method,failed with $state,,,,,,,,,,," ;;
        esac
    done <"$folder/combinations" | sort -t, -k2,2 -k1,1n
}

# Adds speedup and efficiency against the method's first line that is done.
with_speedup() {
    awk -F, -v OFS=, '{
        if ($3 == "done" && !($2 in base)) { base[$2] = $5 * $1 }
        s = $3 == "done" && $5 > 0 ? base[$2] / $5 : ""
        print $0, s == "" ? "" : sprintf("%.3f", s), s == "" ? "" : sprintf("%.3f", s / $1)
    }'
}

{
    echo "$columns,speedup,efficiency"
    lines | with_speedup
} >"$folder/table.csv.new"
mv "$folder/table.csv.new" "$folder/table.csv"

done_lines=$(awk -F, '$3 == "done"' "$folder/table.csv" | wc -l)
rm -f "$folder"/{time,bytes,memory,speedup}.svg
if [ "$done_lines" = 0 ]; then
    plots="No plots: no combination is done."
elif ! command -v gnuplot >/dev/null; then
    plots="No plots: gnuplot is not installed (apt-get install gnuplot-nox)."
else
    methods=$(awk -F, '$3 == "done" && !seen[$2]++ { printf "%s ", $2 }' "$folder/table.csv")
    awk -F, 'NR == 1 || $3 == "done"' "$folder/table.csv" >"$folder/done.csv"
    (cd "$folder" && gnuplot -e "methods='${methods% }'" "$here/sweep.gp")
    rm "$folder/done.csv"
    plots=$(printf '![%s](%s.svg)\n' "a step's milliseconds" time "bytes a step" bytes "memory of a rank" memory \
        "speed-up" speedup)
fi

{
    echo "# Sweep"
    echo
    sed 's/^/    /' "$folder/settings"
    echo
    echo "$(date -u +%F), $(uname -n), $(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc) cores. Milliseconds a step; its pieces"
    echo "are of the rank that spent most on each, so together they may be more than the step."
    echo
    echo "| ranks | method | step | compute | halo | loss | dense | optimiser | MB a step | MB a rank | ghosts | speed-up | efficiency |"
    echo "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    awk -F, 'NR > 1 && $3 == "done" {
        printf "| %d | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.1f | %d | %.2f | %.2f |\n",
            $1, $2, $5, $6, $7, $8, $9, $10, $11 / 1e6, $12, $13, $15, $16 }' "$folder/table.csv"
    awk -F, 'NR > 1 && $3 != "done" { printf "| %d | %s | %s |\n", $1, $2, $3 }' "$folder/table.csv"
    echo
    awk -F, 'NR > 1 && $3 ~ /^failed/ { print $1, $2 }' "$folder/table.csv" | while read -r r method; do
        echo "$r $method failed: $(tail -n 1 "$folder/r$r-$method/log")"
        echo
    done
    echo "$plots"
} >"$folder/summary.md.new"
mv "$folder/summary.md.new" "$folder/summary.md"
echo "wrote $folder/table.csv and $folder/summary.md" >&2
