# ENOSPC and EIO, once or for good, at each of the calls that write a checkpoint or a partition or gives it its name,
# on every rank: the run ends with one message, or, where there is another way, goes on; what was whole stays whole,
# nothing is left behind. HALOREC_FAULTS=10000 makes them all.
. "$root/tests/fault/support/faults.sh"
refused=0
harmless=0
kinds=(28 5 "28 FAULT_LASTS=1" "5 FAULT_LASTS=1")

# try RANK CALL KIND
try() {
    local code=0
    start 50
    # shellcheck disable=SC2046 # words
    train $(preloaded "$1" "$2" "$3") >out 2>err || code=$?
    if [ "$code" = 0 ]; then
        harmless=$((harmless + 1))
    else
        [ "$code" = 4 ] || fail "rank $1, call $2, errno $3: exit code $code"
        expect_one_message "run.ckpt.h5"
        refused=$((refused + 1))
        ! compgen -G "run.ckpt.h5*.tmp" && ! compgen -G "run.ckpt.h5.partition-*" ||
            fail "rank $1, call $2, errno $3 left behind: $(ls)"
    fi
    # where the files are those that the run began with, so is all that a run makes of them
    [ "$(echo run.ckpt.h5*)" = run.ckpt.h5 ] && cmp -s run.ckpt.h5 whole.ckpt.h5.step-000050 || expect_recovery
}

start 50
expect_recovery
for ((rank = 0; rank < ranks; rank++)); do
    start 50
    calls=$(count_calls "$rank")
    ways=$((${#kinds[@]} * calls))
    each=$((ways * ranks / faults | 1)) # about as many as asked for; odd, so that all kinds occur
    for ((way = 0; way < ways; way += each)); do
        try "$rank" $((way / ${#kinds[@]} + 1)) "${kinds[way % ${#kinds[@]}]}"
    done
done
[ "$refused" -gt 0 ] || fail "no call was refused"
echo "$((refused + harmless)) calls refused: $refused ended the run, $harmless had another way"
