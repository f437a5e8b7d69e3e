# The model that trainer/README.md shows is trainer/models/popular.c, line by line.
sed -n '/^```c$/,/^```$/p' "$root/trainer/README.md" | sed '/^```$/q' | grep -v '^```' | grep . >shown
[ "$(wc -l <shown)" -gt 15 ] || fail "trainer/README.md shows only $(wc -l <shown) lines"
grep -vxFf "$root/trainer/models/popular.c" shown >other || true
[ ! -s other ] || fail "trainer/models/popular.c does not have: $(cat other)"
