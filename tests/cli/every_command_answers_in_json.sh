# Commands that write a file describe it as one JSON object, from one rank; each command has --json.
run 0 "$halorec" completion --json any
jq -e '[.commands[] | select([.options[].name] | index("json") | not) | .name] == []' out >jq.out ||
    fail "commands without --json: $(cat jq.out)"
small_films films
run 0 "$halorec" import --from films --out d.h5 --json
jq -e '.users == 40' out >jq.out || fail "import: $(cat out)"
run 0 on 2 "$halorec" synth --users 40 --items 30 --ratings 300 --out s.h5 --json
jq -es 'length == 1 and .[0].format == "halorec-dataset" and .[0].ratings == 300' out >jq.out || fail "synth: $(cat out)"
run 0 on 2 "$halorec" partition d.h5 --parts 2 --out d.k2.h5 --json
jq -es 'length == 1 and .[0].parts == 2' out >jq.out || fail "partition: $(cat out)"
run 0 on 2 "$halorec" train d.h5 --partition d.k2.h5 --epochs 1 --dim 4 --checkpoint r.h5 --json
jq -es 'length == 1 and .[0].model == "lightgcn" and .[0].dim == 4' out >jq.out || fail "train: $(cat out)"
run 0 on 2 "$halorec" extend r.h5 d.h5 d.h5 --checkpoint e.h5 --json
jq -es 'length == 1 and .[0].users == 40' out >jq.out || fail "extend: $(cat out)"
"$GIVE_OPINIONS" v.db <<'END'
rating 1000000000001 3 4.5 1700000000
END
run 0 on 2 "$halorec" update r.h5 d.h5 v.db --epochs 1 --checkpoint u.ckpt.h5 --json
jq -es 'length == 1 and .[0].users == 41' out >jq.out || fail "update: $(cat out)"
run 2 "$halorec" train d.h5 --epochs 1 --json
expect_one_message "give --checkpoint as well"
