# ENOSPC and EIO at every call in turn that writes a checkpoint or gives it its name, on every rank: the run ends with
# one message, or, where there is another way, goes on; what was whole stays whole, nothing is left behind.
. "$root/tests/fault/support/faults.sh"
refused=0
harmless=0

# try RANK CALL ERRNO
try() {
    local code=0
    start 50
    train $(preloaded "$1" "$2" "$3") >out 2>err || code=$?
    if [ "$code" = 0 ]; then
        harmless=$((harmless + 1))
    else
        [ "$code" = 4 ] || fail "rank $1, call $2, errno $3: exit code $code"
        expect_one_message "run.ckpt.h5"
        refused=$((refused + 1))
        [ ! -e run.ckpt.h5.tmp ] || fail "rank $1, call $2, errno $3 left behind: $(ls)"
    fi
    expect_recovery
}

for ((rank = 0; rank < ranks; rank++)); do
    start 50
    calls=$(count_calls "$rank")
    each=$((2 * calls * ranks / faults + 1)) # of the calls, so that there are about as many faults as asked for
    for ((call = 1; call <= calls; call += each)); do
        try "$rank" "$call" 28
        try "$rank" "$((call + each / 2 < calls ? call + each / 2 : calls))" 5
    done
done
[ "$refused" -gt 0 ] || fail "no call was refused"
echo "$((refused + harmless)) calls refused: $refused ended the run, $harmless had another way"
