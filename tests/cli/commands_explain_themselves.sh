# --help of the program and of every command and script, and the options that are an interface.
unset COLUMNS
run 0 "$halorec" --help
expect out "exit codes:"
for code in "0   done" "2   wrong option or argument" "75  stopped by SIGTERM or SIGUSR1"; do
    expect out "  $code"
done
tr -s ' \n' ' ' <out >line
expect line "scaling, train, extend, update, evaluate, compare, recommend"
cp out help
run 0 "$halorec" help
cmp out help || fail "halorec help is halorec --help"
run 2 "$halorec" help trian
expect_one_message "trian: no such command"
run 0 "$halorec" --version
expect out "halorec "
for command in import synth partition scaling train extend update evaluate compare recommend explain graph top export info stats report watch serve completion; do
    run 0 "$halorec" "$command" --help
    expect out "usage: "
    expect out "example:"
    # The example, last, is a line to be copied, and not wrapped.
    [ "$(head -n -1 out | wc -L)" -le 80 ] || fail "$command --help is wider than 80 characters"
    tr -s ' \n' ' ' <out >words
    run 0 env COLUMNS=60 "$halorec" help "$command"
    [ "$(head -n -1 out | wc -L)" -le 60 ] || fail "halorec help $command is wider than COLUMNS"
    tr -s ' \n' ' ' <out | cmp - words || fail "halorec help $command is not halorec $command --help"
done
run 0 env COLUMNS=132 "$halorec" train --help
[ "$(wc -L <out)" -gt 120 ] || fail "train --help leaves a wide line empty"
run 2 "$halorec" train none.h5 --model nope
models=$(sed 's/.*one of //; s/,//g' err)
run 0 "$halorec" train --help
for model in $models; do
    expect out "  $model "
done
for option in partition model loss grid heads dim layers batch sample pool negatives lr decay epochs patience eval-every eval-users valid \
    checkpoint checkpoint-every resume log seed; do
    expect out "--$option "
done
run 0 "$halorec" import --help
for option in from format out min-rating split seed tag-min-count tags-a-movie max-tags; do
    expect out "--$option "
done
run 0 "$halorec" evaluate --help
for option in split k protocol seed diversity json; do
    expect out "--$option "
done
run 0 "$halorec" recommend --help
expect out "--diversity L"
run 0 on 3 "$halorec" train --help
[ "$(grep -c '^usage' out)" = 1 ] || fail "help is printed once, not by every rank"
for script in "$root"/jobs/*.sh "$root"/tests/run.sh; do
    bash -n "$script"
    run 0 "$script" --help
    expect out "usage: "
done
