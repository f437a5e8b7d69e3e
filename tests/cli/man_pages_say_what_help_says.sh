# The man pages of the build: one of halorec and one of each command, without a fault that a formatter finds, with every
# option of --help; each is written by the build.
man=$(dirname "$halorec")/man
commands=(import synth partition scaling train extend update evaluate compare recommend explain graph export info stats report watch serve completion)
for page in halorec "${commands[@]/#/halorec-}"; do
    [ -s "$man/$page.1" ] || fail "there is no $man/$page.1: cmake --build … --target man"
    ! grep -P '[^\x00-\x7F]' "$man/$page.1" || fail "$page.1 is not ASCII"
done
command -v groff >/dev/null || command -v mandoc >/dev/null || exit 77

# shown PAGE: the page as text; a warning goes to err.
shown() {
    if command -v mandoc >/dev/null; then
        mandoc -Tlint "$man/$1.1" >&2
        mandoc -Tutf8 "$man/$1.1" | sed 's/.\x08//g'
    fi
    if command -v groff >/dev/null; then
        GROFF_NO_SGR=1 groff -man -ww -Tutf8 "$man/$1.1" | sed 's/.\x08//g'
    fi
}

for command in "${commands[@]}"; do
    run 0 "$halorec" "$command" --help
    mapfile -t options < <(sed -n 's/^  \(--[a-z-]*\).*/\1/p' out)
    [ ${#options[@]} -ge 2 ] || fail "$command --help has too few options: ${options[*]}"
    example=$(tail -n 1 out)
    run 0 shown "halorec-$command"
    [ ! -s err ] || fail "warnings of halorec-$command.1"
    for text in NAME SYNOPSIS DESCRIPTION OPTIONS EXAMPLE "${options[@]}"; do
        grep -qE "^ *$text( |\$)" out || fail "halorec-$command.1 has no $text"
    done
    expect out "${example#  }"
done
run 0 shown halorec
[ ! -s err ] || fail "warnings of halorec.1"
for command in "${commands[@]}"; do
    expect out "halorec-$command(1)"
done
