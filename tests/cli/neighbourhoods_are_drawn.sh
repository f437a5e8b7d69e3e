# graph: as many neighbours as are asked for, the same each time, in every format; with a checkpoint of lightgcn edges carry
# something; wrong input is one message, and leaves nothing.
small_films films
run 0 "$halorec" import --from films --out data.h5 --split ratio:1,0,0
run 0 "$halorec" train data.h5 --dim 8 --epochs 2 --checkpoint run.ckpt.h5

run 0 "$halorec" graph data.h5 --user 7 --hops 2 --limit 4 --out near.json --json
jq -e '.file == "near.json" and .movies == 4 and .users > 1 and .users <= 17' out >jq.out || fail "counts: $(cat out)"
jq -e '.nodes[0] == {id: "7", kind: "user", name: "user 7", hops: 0} and
    ([.nodes[] | select(.hops == 1) | .kind] | . == ["movie", "movie", "movie", "movie"]) and
    ([.edges[] | select(.source == 0)] | length) == 4 and
    (.nodes as $n | [.edges[] | $n[.source].kind != $n[.target].kind] | all) and
    ([.edges[] | [.source, .target]] | length == (unique | length)) and
    ([.edges[] | has("carries")] | any | not)' near.json >jq.out || fail "near.json: $(cat near.json)"
# each has the largest weights first, of its four
jq -e '[.edges[] | select(.source == 0) | .weight] | . == (sort | reverse)' near.json >jq.out || fail "order of edges"
run 0 "$halorec" graph data.h5 --user 7 --hops 2 --limit 4 --out again.json
cmp near.json again.json || fail "another call finds another neighbourhood"

run 0 "$halorec" graph data.h5 run.ckpt.h5 --movie "Film 5" --hops 3 --limit 3 --out near.graphml
expect near.graphml '<data key="name">Film 5 (1955)</data><data key="hops">0</data>'
expect near.graphml '<data key="carries">'
run 0 "$halorec" graph data.h5 run.ckpt.h5 --movie 5 --hops 1 --limit 3 --out near.dot
expect near.dot "graph neighbourhood {"
[ "$(grep -c ' -- ' near.dot)" = 3 ] || fail "near.dot: $(cat near.dot)"
if command -v dot >/dev/null; then
    run 0 "$halorec" graph data.h5 run.ckpt.h5 --movie 5 --hops 2 --limit 3 --out near.svg
    expect near.svg "</svg>"
    expect near.svg "Film 5 (1955)"
fi
mkdir bin
run 2 env PATH="$folder/bin" "$halorec" graph data.h5 --user 7 --out none.svg
expect_one_message "apt-get install graphviz"

run 2 "$halorec" graph data.h5 --user 7 --movie 5 --out no.dot
expect_one_message "one of --user and --movie"
run 2 "$halorec" graph data.h5 --user 7 --out no.png
expect_one_message ".graphml"
run 3 "$halorec" graph data.h5 --user 777 --out no.dot
expect_one_message 777
run 3 "$halorec" graph data.h5 --movie "No such film" --out no.dot
expect_one_message "No such film"
run 0 "$halorec" train data.h5 --model als --epochs 1 --dim 8 --checkpoint als.ckpt.h5
run 2 "$halorec" graph data.h5 als.ckpt.h5 --user 7 --out no.dot
expect_one_message "als"
run 0 "$halorec" import --from films --out other.h5 --split ratio:0.8,0.1,0.1
run 3 "$halorec" graph other.h5 run.ckpt.h5 --user 7 --out no.dot
expect_one_message run.ckpt.h5
mkdir taken.dot
run 2 "$halorec" graph data.h5 --user 7 --out taken.dot
expect_one_message taken.dot
run 2 "$halorec" graph data.h5 --user 7 --out data.h5
[ ! -e no.dot ] && [ ! -e no.png ] && [ ! -e none.svg ] || fail "a file is left"
