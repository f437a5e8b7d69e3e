# halorec watch: once on a pipe; on a terminal until the run is done, through half lines.
line() { # EPOCH LOSS RECALL [DONE]
    printf '{"epoch":%d,"epochs":3,"loss":%s,"elapsed":%d,"seconds":{"halo":1,"compute":3},"recall@20":%s%s}' \
        "$1" "$2" "$1" "$3" "${4:+,\"done\":true}"
}
run 4 "$halorec" watch run.jsonl
expect_one_message "run.jsonl: no such file"
{ line 1 0.5 0.1; echo; echo "no JSON"; line 2 0.4 0.2; echo; printf '{"epoch":3,'; } >run.jsonl
run 0 "$halorec" watch run.jsonl
expect out "run.jsonl  epoch 2 of 3, 0:02, at most 0:01 left"
expect out "loss 0.4, lowest 0.4 at epoch 2"
expect out "recall@20 0.2, highest 0.2 at epoch 2"
expect out "compute 75 %"
! grep -q "$(printf '\033')" out || fail "colours on a pipe"
run 0 "$halorec" watch run.jsonl --json
jq -e '.lines == 2 and .bad_lines == 1 and (.done | not) and .last.loss == 0.4 and .last["seconds.halo"] == 1 and
    .best == {figure: "recall@20", value: 0.2, epoch: 2}' out >jq.out || fail "not as expected: $(cat out)"
run 3 "$halorec" watch "$root/README.md"

command -v script >/dev/null || exit 0
# A terminal, a log that is not there yet, half a line, and the end of the run.
{
    sleep 0.4
    line 1 0.5 0.1 >grows.jsonl
    sleep 0.3
    { echo; line 2 0.4 0.2 done; echo; } >>grows.jsonl
} &
run 0 timeout 20 script -qec "'$halorec' watch grows.jsonl --every 0.1" screen </dev/null
wait
expect screen "there is no such file yet"
expect screen "epoch 2 of 3, 0:02, done"
run 0 timeout 20 env NO_COLOR=1 TERM=xterm script -qec "'$halorec' watch grows.jsonl" plain </dev/null
! grep -q "$(printf '\033')\[[0-9;]*m" plain || fail "colours with NO_COLOR"
run 0 timeout 20 env TERM=xterm script -qec "'$halorec' watch grows.jsonl" coloured </dev/null
grep -q "$(printf '\033')\[34m" coloured || fail "no colours on a terminal"
