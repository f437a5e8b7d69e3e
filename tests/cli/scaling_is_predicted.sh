# halorec scaling: the example of its help works; the bytes that it predicts are those that training sends; given costs
# are used; nonsense is refused.
run 0 "$halorec" scaling --help
expect out "example:"
example=$(tail -n 1 out)
run 0 "$halorec" synth --preset ml-latest-small --out data.h5
read -ra words <<<"${example#  halorec }"
run 0 "$halorec" "${words[@]}"
expect out "speed-up"
expect out "fastest with "
expect out "with one thing changed"

run 0 "$halorec" scaling data.h5 --parts 3,2 --dim 16 --layers 2 --alpha 1e-3 --beta 1e-9 --json
for key in machine alpha gap beta rates points parts most_edges ghosts bytes memory seconds terms speedup efficiency \
    end fastest half_efficient limit term excess changes change groups scores; do
    expect out "\"$key\": "
done
cp out scaling.json
[ "$(jq -c '[.points[].parts]' scaling.json)" = '[1,2,3]' ] || fail "points are in order, with one part"
jq -e '.machine.alpha == 0.001 and .machine.gap == 0.001 and .machine.beta == 1e-9' scaling.json >/dev/null ||
    fail "the network given is the one taken"
jq -e '[.points[] | (.seconds - ([.terms[]] | add)) | fabs < 1e-6] | all' scaling.json >/dev/null ||
    fail "a step is the sum of its terms"
jq -e '.points[0].terms | .messages == 0 and .bytes == 0 and .pool == 0' scaling.json >/dev/null ||
    fail "one rank sends nothing"

jq -e '.points as $p | .limit | .parts as $k | ($p[] | select(.parts == $k) | .seconds) - $p[0].seconds / $k
    - ([.excess[]] | add) | fabs < 1e-6' scaling.json >/dev/null || fail "the reasons add up to what a step has too much"

# Several networks are one cut and a report each.
run 0 "$halorec" scaling data.h5 --parts 4 --dim 16 --alpha 1e-3,1e-6 --beta 1e-9,1e-10 --json
jq -es 'length == 2 and .[0].machine.rates == .[1].machine.rates and .[1].machine.alpha == 1e-6
    and .[0].points[1].seconds > .[1].points[1].seconds' out >/dev/null || fail "the second network is the faster"

# To the byte: what ranks hand to MPI in an epoch that is not evaluated.
for ranks in 2 3; do
    run 0 "$halorec" partition data.h5 --parts "$ranks" --out "p$ranks.h5"
    run 0 on "$ranks" "$halorec" train data.h5 --partition "p$ranks.h5" --dim 16 --layers 2 --epochs 2 \
        --eval-every 2 --spectral-rounds 0 --log "run$ranks.jsonl"
    sent=$(jq -s '.[0] | .bytes / .step' "run$ranks.jsonl")
    predicted=$(jq ".points[] | select(.parts == $ranks) | .bytes" scaling.json)
    [ "$sent" = "$predicted" ] || fail "$ranks ranks sent $sent bytes a step, the prediction is $predicted"
done

# The same of a grid, pool and scores included.
run 0 "$halorec" scaling data.h5 --parts 2 --groups 2 --dim 32 --layers 2 --alpha 1e-3 --beta 1e-9 --json
predicted=$(jq '.points[1].bytes' out)
run 0 on 4 "$halorec" train data.h5 --grid 2x2 --partition p2.h5 --dim 32 --layers 2 --epochs 2 --eval-every 2 \
    --spectral-rounds 0 --log grid.jsonl
sent=$(jq -s '.[0] | .bytes / .step' grid.jsonl)
[ "$sent" = "$predicted" ] || fail "a grid of 2x2 sent $sent bytes a step, the prediction is $predicted"
run 2 "$halorec" scaling data.h5 --parts 2 --groups 17 --dim 16
expect_one_message "--groups 17: more than the 16 columns"

# Measured between two ranks; slower ranks and slower networks cost what they should.
run 0 on 2 "$halorec" scaling data.h5 --parts 2 --dim 16 --json
jq -e '.machine.alpha > 0 and .machine.beta > 0' out >/dev/null || fail "two ranks measure the network"
run 0 "$halorec" scaling data.h5 --parts 2 --dim 16 --rate 1e6 --alpha 1e-6 --beta 1e-12 --json
jq -e '.machine.rates.edge | . * 1e6 - 1 | fabs < 1e-6' out >/dev/null || fail "--rate is taken"
jq -e '.limit.term != "bytes" and .limit.term != "messages"' out >/dev/null || fail "a fast network is not what ends it"
run 0 "$halorec" scaling data.h5 --parts 2 --dim 16 --pool 16 --rate 1e9 --alpha 1e-6 --beta 1e-3 --json
jq -e '.limit.term == "bytes" and .end.fastest == 1' out >/dev/null || fail "a slow network ends scaling"

run 2 "$halorec" scaling data.h5 --parts 2,x
expect_one_message "--parts 2,x: expected 1 to 31 whole numbers from 1 to 2147483647, such as 1,2,4,8"
run 2 "$halorec" scaling data.h5 --parts 2 --alpha 1e-6,fast
expect_one_message "--alpha 1e-6,fast: expected up to 8 numbers of seconds from 1e-15 to 10, such as 2e-5,2e-6"
run 2 "$halorec" scaling data.h5 --parts 2 --alpha 1e-6,1e-5 --beta 1e-9
expect_one_message "name 2, 0 and 1 networks"
run 4 "$halorec" scaling none.h5 --parts 2
expect_one_message "none.h5"
run 2 "$halorec" scaling data.h5 --parts 100000 --alpha 1e-6 --beta 1e-9
expect_one_message "100000 parts"
[ -z "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name "halorec-part-*" -newer data.h5 2>/dev/null)" ] || fail "files were left"
