#!/usr/bin/env bash
# The JSON and the page of what bench/all.sh measured.
set -euo pipefail

if [ "${1:-}" = --help ] || [ $# != 1 ]; then
    cat <<'HELP'
usage: bench/all-report.sh FOLDER

Writes FOLDER/results.json, an object of all pieces in FOLDER/pieces by their names, and FOLDER/results.md, tables of
them. bench/all.sh calls it.

example:
  bench/all-report.sh bench-results
HELP
    [ "${1:-}" = --help ] && exit 0 || exit 2
fi
folder=$1
[ -e "$folder/machine.json" ] || {
    echo "all-report.sh: $folder: nothing measured there" >&2
    exit 4
}

for file in "$folder"/pieces/*.json; do
    [ -e "$file" ] || continue
    jq --arg name "$(basename "$file" .json)" '{($name): .}' "$file"
done | jq -s --slurpfile machine "$folder/machine.json" --arg load "$(cat "$folder/load_at_end" 2>/dev/null || true)" \
    '{machine: ($machine[0] + {load_at_end: $load}), pieces: (add // {})}' >"$folder/results.json"

jq -r '
    def digits($n): pow(10; $n) as $p | . * $p | round / $p;
    # Three significant digits of a number; a dash for what is not there.
    def short: if type != "number" then "-" elif . == 0 then "0"
        else (fabs | log10 | floor) as $size | digits(if $size >= 2 then 0 else 2 - $size end) | tostring end;
    def percent: if type == "number" then "\(. * 100 | round) %" else "-" end;
    def line: "| " + (map(tostring) | join(" | ")) + " |";
    def table($head): ($head | line), ($head | map("---") | line), (.[] | line);
    # [ISA, DATA, REST, FIGURES] of the pieces of a bench; names are BENCH.ISA.DATA.REST.
    def of($bench): [.pieces | to_entries[] | (.key | split(".")) as $name | select($name[0] == $bench) | [$name[1:][], .value]];
    .machine as $m
    | "# Results of all benches", "",
    "**Machine.** \($m.processor), \($m.cores) cores; caches \($m.l1), \($m.l2) and \($m.l3); instruction sets \($m.isas | join(", ")); \($m.compiler); Linux \($m.kernel).",
    "**Commit** \($m.commit). **Date** \($m.date). **Load** (1, 5, 15 minutes) \($m.load_at_start) at the start, \($m.load_at_end) at the end.",
    "**Data.** large: \($m.data); sparse: preset check-ins; of rankings: preset ml-1m, or ml-latest-small with --quick.", "",
    "## Edge pass", "",
    "64 columns; fraction: floor over the fastest of seven passes.", "",
    (of("edgepass") | map(. as [$isa, $data, $threads, $f] | [$isa, $data, $threads, ($f.seconds_per_layer | short), ($f.fastest_seconds | short),
        ($f.floor_seconds | short), ($f.floor_fraction | percent), ($f.cycles_per_edge | short), $f.panel_columns, ($f.scipy_ratio | short),
        ($f.gather_ratio | short)])
     | table(["set", "data", "threads", "s a layer", "fastest", "floor", "fraction", "cycles an edge and panel", "panel columns", "scipy x", "gather x"])), "",
    "Terms of the floor, seconds, and where the lines of movies come from:", "",
    (of("edgepass") | map(. as [$isa, $data, $threads, $f] | $f.floor_terms as $t | [$isa, $data, $threads, ($t.lines | short), ($t.adding | short),
        ($t.third | short), ($t.memory | short), "\($t.shares.l1 | percent), \($t.shares.l2 | percent), \($t.shares.farther | percent) \($t.shares.farthest)"])
     | table(["set", "data", "threads", "lines", "adding", "third cache", "memory", "l1, l2, farther"])), "",
    "Rates of probes, GB/s read and copied (bytes a cycle of a core; most cores load two registers a cycle, and store one):", "",
    (of("edgepass") | map(select(.[1] == "large") | . as [$isa, $data, $threads, $f] | $f.rates as $r | [$isa, $threads, ($r.clock / 1e9 | short)]
        + [("l1", "l2", "l3", "memory") as $level | $r[$level] | if . then "\(.read / 1e9 | short), \(.copy / 1e9 | short) (\(.read / $r.clock / ($threads | tonumber) | short), \(.copy / $r.clock / ($threads | tonumber) | short))" else "-" end])
     | table(["set", "threads", "GHz", "l1", "l2", "l3", "memory"])), "",
    "## A step of LightGCN", "",
    "Default options, milliseconds; the share is of scipy'"'"'s CSR product of the same matrix and width in the same run.", "",
    (of("step") as $steps | $steps | map(. as [$isa, $data, $shape, $f]
        | ([$steps[] | select(.[0] == $isa and .[1] == $data and .[2] == "1x1") | .[3].seconds_per_step][0]) as $one
        | [$isa, $data, $shape, ($f.seconds_per_step * 1e3 | short), ($f.compute_seconds * 1e3 | short), ($f.halo_seconds * 1e3 | short),
           ($f.loss_seconds * 1e3 | short), ($f.optimiser_seconds * 1e3 | short), (if $one then $one / $f.seconds_per_step | short else "-" end),
           ($f.step_over_scipy | short)])
     | table(["set", "data", "ranks x threads", "step", "propagation", "exchange", "loss", "optimiser", "speed-up", "of scipy"])), "",
    "## An epoch of mf --loss mse", "",
    "The share is of scipy'"'"'s CSR product of the same matrix, 64 columns, in this round of benches.", "",
    (of("edgepass") as $passes | of("mf") | map(. as [$isa, $data, $shape, $f]
        | ([$passes[] | select(.[0] == $isa and .[1] == $data) | .[3].scipy_seconds // empty] | min) as $scipy
        | [$isa, $shape, ($f.seconds_per_epoch | short), (if $scipy then $f.seconds_per_epoch / $scipy | short else "-" end)])
     | table(["set", "ranks x threads", "s an epoch", "of scipy"])), "",
    "## A sweep of ials", "",
    (of("ials") | map(. as [$isa, $data, $dim, $f] | ($f.by_dim // [$f])[] | [$isa, .dim, (.seconds_per_sweep | short), (.edge_passes | short), (.sgemm_fraction | percent)])
     | sort_by(.[0], .[1])
     | table(["set", "columns", "s a sweep", "edge passes", "of sgemm"])), "",
    "## Ranking", "",
    (of("evaluate") | map(. as [$isa, $data, $f] | [$isa, ($f.seconds | short), ($f.seconds_with_auc | short), ($f.seconds_with_lists | short),
        ($f.seconds_with_mmr | short), ($f.seconds_sampled | short), ($f.sgemm_fraction | percent)])
     | table(["set", "s", "with AUC", "with diversity", "re-ranked", "sampled", "of sgemm"])), "",
    "Lists of 100 movies for all users:", "",
    (of("recommend") | map(. as [$isa, $data, $f] | [$isa, ($f.seconds | short), ($f.sgemm_seconds | short), ($f.sgemm_fraction | percent),
        ($f.floor_fraction | percent)])
     | table(["set", "s", "sgemm, s", "of sgemm", "of the floor"])), "",
    (of("serve") | if . == [] then empty else "## A served model", "",
    "`halorec serve` of `ials` with 64 columns, asked by wrk on the same processors; the product is of as many users, by OpenBLAS.", "",
    (map(. as [$data, $f] | [$data, ($f.requests_per_second | short), ($f.p50_milliseconds | short), ($f.p99_milliseconds | short),
        ($f.first_answer_seconds | short), ($f.lists_per_batch | short), ($f.product_fraction | percent), ($f.peak_resident_bytes / 1e6 | short),
        ($f.peak_of_rows | short)])
     | table(["data", "lists a second", "median, ms", "99th percentile, ms", "first answer, s", "lists a batch", "of the product", "peak MB", "times the rows"])), "" end),
    "## The exchange", "",
    ([.pieces | to_entries[] | select(.key | startswith("halo.")) | (.key | split(".")[1]) as $data | .value.halos[] | [$data, .method, .parts, .ghosts,
        (.bytes / 1e6 | short), (.seconds * 1e3 | short), .usual_ghosts, (.usual_seconds * 1e3 | short), (.usual_ratio | short)]]
     | table(["data", "method", "parts", "ghosts", "MB", "ms", "usual ghosts", "ms", "usual / cover"]))' \
    "$folder/results.json" >"$folder/results.md"
{
    echo
    for file in "$folder"/pieces/*.failed; do
        [ -e "$file" ] || continue
        echo "**Failed:** $(basename "$file" .failed): $(cat "$file")"
    done
} >>"$folder/results.md"
