# --help of the program and of every command and script, and the options that are an interface.
run 0 "$halorec" --help
expect out "exit codes:"
for code in "0   done" "2   wrong option or argument" "75  stopped by SIGTERM or SIGUSR1"; do
    expect out "  $code"
done
expect out "scaling, train, extend and evaluate run on all ranks"
cp out help
run 0 "$halorec" help
cmp out help || fail "halorec help is halorec --help"
run 2 "$halorec" help trian
expect_one_message "trian: no such command"
run 0 "$halorec" --version
expect out "halorec "
for command in import synth partition scaling train extend evaluate recommend info; do
    run 0 "$halorec" "$command" --help
    expect out "usage: "
    expect out "example:"
    cp out help
    run 0 "$halorec" help "$command"
    cmp out help || fail "halorec help $command is halorec $command --help"
    for columns in 60 80 132; do # the example, last, is a line to be copied
        run 0 env COLUMNS=$columns "$halorec" "$command" --help
        [ "$(head -n -1 out | wc -L)" -le $columns ] || fail "$command --help is wider than $columns characters"
    done
    [ "$(head -n -1 out | wc -L)" -gt 80 ] || [ "$(wc -l <out)" -lt 12 ] || fail "$command --help leaves the line empty"
done
run 2 "$halorec" train none.h5 --model nope
models=$(sed 's/.*one of //; s/,//g' err)
run 0 "$halorec" train --help
for model in $models; do
    expect out "  $model "
done
for option in partition model loss grid heads dim layers batch sample pool negatives lr decay epochs patience eval-every valid \
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
