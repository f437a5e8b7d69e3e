# A file with right checksums and wrong content is refused by every command that reads it: one message that names the
# file, exit code 3, on one rank and on two, in no more memory than the file accounts for. SPOIL is set by CMake.
small_films films
run 0 "$halorec" import --from films --out data.h5
run 0 "$halorec" partition data.h5 --parts 1 --out data.k1.h5
run 0 "$halorec" partition data.h5 --parts 2 --out data.k2.h5
run 0 "$halorec" train data.h5 --epochs 1 --dim 8 --checkpoint run.ckpt.h5
ranks_of_all="1 2"
if nm "$halorec" 2>/dev/null | grep -q __asan_init; then
    ranks_of_all=2 # they take long there
else
    ulimit -v 6000000 # sanitizers reserve terabytes
fi

# refused FILE ARGUMENTS…: on one rank and on two.
refused() {
    local file=$1 ranks
    shift
    for ranks in ${ranks_of_case:-$ranks_of_all}; do
        run 3 on "$ranks" timeout 60 "$halorec" "$@"
        expect_one_message "$file"
    done
}

# spoilt NAME KIND…: a copy of the sound file NAME, spoilt, as bad.NAME.
spoilt() {
    cp "$1" "bad.$1"
    echo "spoilt: $*" >&2; "$SPOIL" "bad.$1" "${@:2}"
}

dataset() {
    spoilt data.h5 "$@"
    ranks_of_case=1 refused bad.data.h5 info bad.data.h5
    refused bad.data.h5 train bad.data.h5 --epochs 1
}

dataset attribute version REAL 1.5
dataset attribute version INTEGER 0
dataset attribute movies INTEGER 9223372036854775807
dataset attribute users REAL 40
dataset attribute train INTEGER 0
dataset sparse movie/id 16777216
dataset unstored movie/id 16777216
dataset packed rating/movie
dataset elsewhere rating/movie soft
dataset elsewhere rating/movie external
dataset elsewhere rating/value stored
dataset number user/id 1 1
dataset number movie/id 1 1
dataset number movie/id 29 0
dataset number rating/ptr 1 -9e18
dataset number rating/split 0 1
dataset drop rating/split
spoilt data.h5 number rating/split 0 1
for command in stats top "graph --movie 1 --out x.dot" "synth --by 2x2 --out x.h5 --expand"; do
    # shellcheck disable=SC2086 # a command and its options
    ranks_of_case=1 refused bad.data.h5 $command bad.data.h5
    [ ! -e x.dot ] || fail "$command has written x.dot"
    [ ! -e x.h5 ] || fail "$command has written x.h5"
done
spoilt data.h5 number rating/value 0 inf
refused bad.data.h5 train bad.data.h5 --epochs 1 --model mf --loss mse
spoilt data.h5 number rating/value 0 5.5
refused bad.data.h5 train bad.data.h5 --epochs 1 --model mf --loss mse
expect err "is 5.5, expected 0.5 to 5, the scale of the file"

partition() {
    local parts=$1
    spoilt "data.k$parts.h5" "${@:2}"
    ranks_of_case=$parts refused "bad.data.k$parts.h5" train data.h5 --partition "bad.data.k$parts.h5" --epochs 1
}

for parts in 1 2; do
    partition $parts number vertex/number 1 0
    partition $parts number part/edge_ptr 0 -9e18
    partition $parts number part/rated_ptr $parts 4294967296
    partition $parts number vertex/degree 1 0
    partition $parts number user_slot/edges 0 9e18
    partition $parts number user_slot/first_edge 1 0
    partition $parts number rated/movie 0 29
    partition $parts attribute users INTEGER 9223372036854775807
    partition $parts attribute valid_share REAL nan
    partition $parts sparse edge/movie 400000000
done
partition 2 number ghost/number 0 1
partition 2 number edge/movie 0 1

checkpoint() {
    spoilt run.ckpt.h5 "$@"
    refused bad.run.ckpt.h5 train data.h5 --resume bad.run.ckpt.h5 --epochs 2 --checkpoint x.h5
    refused bad.run.ckpt.h5 evaluate bad.run.ckpt.h5 data.h5
    ranks_of_case=1 refused bad.run.ckpt.h5 recommend bad.run.ckpt.h5 data.h5 --user 2
}

# only what is wrong is refused
spoilt run.ckpt.h5 attribute step INTEGER "$("$halorec" info run.ckpt.h5 --json | jq .step)"
run 0 "$halorec" evaluate bad.run.ckpt.h5 data.h5
checkpoint attribute run TEXT '[]'
checkpoint attribute run TEXT '{"options": {"dim": 1}}'
checkpoint attribute run TEXT '{"options": {"dim": 8, "model": "none"}}'
checkpoint attribute movies INTEGER 1
checkpoint attribute dim INTEGER 1000000000000
checkpoint attribute step INTEGER -1
checkpoint attribute arrays INTEGER 1
checkpoint sparse checksum/output/user 100000000
checkpoint elsewhere output/user soft

# What is not UTF-8 is printed escaped.
name=$(printf 'films\377\376')
cp -r films "$name"
run 0 "$halorec" import --from "$name" --out odd.h5
run 0 "$halorec" info odd.h5
expect out 'films\xFF\xFE'
run 0 "$halorec" info odd.h5 --json
expect out 'films\\xFF\\xFE'
