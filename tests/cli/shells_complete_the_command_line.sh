# Completion of bash, zsh and fish: all commands and options; the nearest word for a wrong one.
run 0 "$halorec" completion --json any
jq -r '.commands[].name' out >commands
jq -r '.commands[] | .name as $c | .options[] | "\($c) \(.name)"' out >options
[ "$(wc -l <commands)" -ge 13 ] || fail "too few commands: $(cat commands)"
for shell in bash zsh fish; do
    run 0 "$halorec" completion $shell
    cp out $shell
    while read -r command; do
        grep -qw -- "$command" $shell || fail "$shell does not complete $command"
    done <commands
    while read -r command option; do
        grep -qE -- "--$option|-l $option" $shell || fail "$shell does not complete $command --$option"
    done <options
    [ ! -e "$(dirname "$halorec")/completion/$shell" ] || cmp out "$(dirname "$halorec")/completion/$shell"
done
bash -n bash
if command -v zsh >/dev/null; then zsh -n zsh; fi
if command -v fish >/dev/null; then fish -n fish; fi

# completes WORD… : what bash offers for the last one.
completes() {
    bash -c 'source ./bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _halorec; printf "%s\n" "${COMPREPLY[@]}"' \
        bash "$@"
}
[ "$(completes halorec tra)" = train ] || fail "halorec tra: $(completes halorec tra)"
[ "$(completes halorec train --progr)" = --progress ] || fail "train --progr: $(completes halorec train --progr)"
[ "$(completes halorec train d.h5 --progress al)" = always ] || fail "train --progress al"
[ "$(completes halorec train --progress = ne)" = never ] || fail "train --progress=ne"
[ "$(completes halorec train d.h5 --model light)" = lightgcn ] || fail "train --model light"
[ "$(completes halorec stats zs)" = zsh ] || fail "a file: $(completes halorec stats zs)"
[ "$(completes halorec evaluate --split t)" = test ] || fail "evaluate --split t"
if command -v fish >/dev/null; then
    # LINE and what fish completes its last word to.
    while IFS='|' read -r line word; do
        fish --no-config -c 'source ./fish; complete -C "$argv"' "$line" | cut -f 1 | grep -qxF -- "$word" ||
            fail "fish does not complete '$line' to $word"
    done <<'END'
halorec tra|train
halorec train --progr|--progress
halorec train d.h5 --model light|lightgcn
END
fi
run 2 "$halorec" completion tcsh
expect_one_message "expected bash, zsh or fish"

run 2 "$halorec" trian
expect_one_message "trian: no such command; did you mean train?"
run 2 "$halorec" eval
expect_one_message "did you mean evaluate?"
run 2 "$halorec" zzzzzz
! grep -q "did you mean" err || fail "a suggestion for zzzzzz"
run 2 "$halorec" train d.h5 --epohcs 3
expect_one_message "--epohcs: no such option, or an abbreviation of several; did you mean --epochs?"
run 2 "$halorec" train d.h5 --learning-rate=3
expect_one_message "--learning-rate=3: no such option"
