# bench/all.sh: every bench, one JSON and one page of tables; called again it runs only what is not done.
# Not under sanitizers: it is a script that is tested.
all=$root/bench/all.sh
run 0 "$all" --help
expect out "example:"
run 0 "$root/bench/all-report.sh" --help
expect out "usage: "
run 2 "$all" --isa none --halorec "$halorec"
expect err "--isa none: this processor has"
run 2 "$all" --fast
run 4 "$all" --data none.h5 --halorec "$halorec"
run 4 "$root/bench/all-report.sh" nowhere

run 0 "$halorec" --version
isa=$(sed -n 's/^in use: //p' out)
args=(--quick --isa "$isa" --halorec "$halorec" --out o)
run 0 "$all" "${args[@]}"
expect o/results.md "## A step of LightGCN"
grep -q "^| $isa | large | 1x1 | [0-9]" o/results.md || fail "no step in the page: $(cat o/results.md)"
! grep -q "Failed" o/results.md || fail "a piece failed: $(cat o/results.md)"
jq -e --arg isa "$isa" '.machine.cores >= 1 and (.machine.commit | length > 0) and (.machine.isas | index($isa))' o/results.json >/dev/null ||
    fail "the machine is described: $(jq .machine o/results.json)"
jq -e '[.pieces[] | .floor_fraction // empty] | length >= 1 and all(. > 0 and . <= 1)' o/results.json >/dev/null ||
    fail "fractions of the floor are from 0 to 1: $(jq -c '[.pieces[] | .floor_fraction // empty]' o/results.json)"

rm o/pieces/mf."$isa".large.1x*.json
run 0 "$all" "${args[@]}"
[ "$(grep -c ': [0-9]* s$' err)" = 1 ] || fail "only what is missing runs again: $(cat err)"
run 2 "$all" --preset ml-latest-small --isa "$isa" --halorec "$halorec" --out o
expect err "o holds results of other settings"

# A piece that fails is named, and the others go on.
rm "o/pieces/link.json" "o/pieces/evaluate.$isa.small.json"
mkdir -p broken/bench
cp "$halorec" broken/
cp "$(dirname "$halorec")"/bench/bench-* broken/bench/
printf '#!/bin/sh\necho "no luck today" >&2\nexit 3\n' >broken/bench/bench-link
sed -i '/^program=/d' o/settings
echo "program=$(cat broken/halorec broken/bench/bench-* | cksum | cut -d' ' -f1)" >>o/settings
run 1 "$all" --quick --isa "$isa" --halorec broken/halorec --out o
expect err "link: failed with"
expect o/results.md "**Failed:** link"
[ -e "o/pieces/evaluate.$isa.small.json" ] || fail "the others go on"
