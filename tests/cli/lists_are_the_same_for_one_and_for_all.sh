# Lists of all users are those of each user alone, on any number of ranks, whatever the format; filters hold for both; predicted
# ratings stay on their scale.
run 0 "$halorec" synth --preset ml-latest-small --out data.h5 --seed 4
run 0 "$halorec" train data.h5 --model ials --dim 16 --epochs 2 --checkpoint run.ckpt.h5

# One user after the other, as TSV.
one_by_one() { # USERS OPTIONS…
    local users=$1
    shift
    for user in $users; do
        "$halorec" recommend run.ckpt.h5 data.h5 --user $user --json "$@" |
            jq -r '.user as $u | .recommendations | to_entries[] | [$u, .key + 1, .value.movie] | @tsv'
    done
}
these_of() { # USERS FILE: the same users' rows, without scores
    awk -F '\t' -v OFS='\t' -v users=" $1 " 'index(users, " " $1 " ") { NF = 3; print }' "$2"
}
# The synthetic users' ids run from 1 to 610. Of these, the first and last of ranks' shares, whether 2, 3 or 4.
ends="1 153 204 306 458 610"
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --all --top 20 --out all.tsv
[ "$(wc -l <all.tsv)" = 12201 ] || fail "expected 610 lists of 20 and a header, found $(wc -l <all.tsv) lines"
these_of "$ends" all.tsv >these
one_by_one "$ends" --top 20 >alone
cmp these alone || fail "a user's list is another among all"

for ranks in 2 3 4; do
    run 0 on $ranks "$halorec" recommend run.ckpt.h5 data.h5 --all --top 20 --out again.tsv --titles
    cut -f 1-4 again.tsv | cmp - all.tsv || fail "lists differ on $ranks ranks"
done
expect again.tsv "score	title"
for format in jsonl h5 npy; do
    run 0 "$halorec" recommend run.ckpt.h5 data.h5 --all --top 20 --out "one.$format"
    for ranks in 2 3 4; do
        run 0 on $ranks "$halorec" recommend run.ckpt.h5 data.h5 --all --top 20 --out "more.$format"
        cmp "one.$format" "more.$format" || fail "the .$format file differs on $ranks ranks"
    done
done
jq -r '.user as $u | .recommendations | to_entries[] | [$u, .key + 1, .value.movie, .value.score] | @tsv' one.jsonl >from.tsv
awk -F '\t' 'FNR > 1 { print $1, $2, $3, $4 + 0 }' all.tsv >expected
awk -F '\t' '{ print $1, $2, $3, $4 + 0 }' from.tsv | cmp - expected || fail ".jsonl has other lists than .tsv"
# An array of numpy's: 128 bytes of header, then 64-bit ids; the rows' users beside it.
head -c 128 one.npy | grep -aqF "'shape': (610, 20)" || fail "the header of .npy is $(head -c 128 one.npy | tail -c 118)"
od -A n -v -t d8 -w8 -j 128 one.npy | tr -d ' ' >from.npy
cut -f 3 all.tsv | tail -n +2 | cmp - from.npy || fail ".npy has other movies than .tsv"
seq 610 | cmp - one.user_ids.txt || fail "the rows of .npy have other users"
[ ! -e one.movie_ids.txt ] || fail "movies' ids are numbers: they are in the array"

# The lines of docs/files.md read HDF5.
python=$(for p in python3 /usr/bin/python3; do "$p" -c 'import h5py' 2>/dev/null && echo "$p"; done | head -n 1)
if [ -n "$python" ]; then
    awk '/^## Lists/ { lists = 1 } lists && /^```/ { code = !code; next } code' "$root/docs/files.md" | sed 's/lists.h5/one.h5/' >read.py
    run 0 "$python" read.py
    cut -d ' ' -f 1-3 out >from.h5
    awk -F '\t' 'FNR > 1 { print $1, $2, $3 }' all.tsv | cmp - from.h5 || fail "docs/files.md reads other lists"
fi

# Several users, in the order asked for; a file of users.
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 300,7 --user 1 --top 20 --out some.tsv
{ head -n 1 all.tsv; for user in 300 7 1; do awk -F '\t' -v u=$user '$1 == u' all.tsv; done; } | cmp - some.tsv ||
    fail "lists of several users are others, or in another order"
printf '300\n\n7\r\n1\n' >users.txt
run 0 on 2 "$halorec" recommend run.ckpt.h5 data.h5 --users users.txt --top 20 --out file.tsv
cmp file.tsv some.tsv || fail "a file of users makes other lists"
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 300,7 --top 2 --json
[ "$(jq -c '[.lists[].user]' out)" = '[300,7]' ] || fail "expected two lists: $(cat out)"

# Filters.
for filter in "--genre Drama" "--without-genre Drama" "--year 1990:1995" "--popularity 50%:90%" "--keep-seen" \
    "--diversity 0.5"; do
    # shellcheck disable=SC2086
    run 0 "$halorec" recommend run.ckpt.h5 data.h5 --all --top 5 --out filtered.tsv $filter
    these_of 610 filtered.tsv >these
    # shellcheck disable=SC2086
    one_by_one 610 --top 5 $filter >alone
    cmp these alone || fail "$filter: a user's list is another among all"
    head -n 101 all.tsv | cut -f 1-3 | cmp -s - <(head -n 101 filtered.tsv | cut -f 1-3) && fail "$filter changes nothing"
done
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --year 1990:1995 --json
jq -e '.recommendations | length == 10 and all(.title | test("\\((1990|1991|1992|1993|1994|1995)\\)"))' out >/dev/null || fail "other years: $(cat out)"
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --top 3 --json
jq -r '.recommendations[].movie' out >best
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --exclude best --json
[ -z "$(jq -r '.recommendations[].movie' out | grep -xFf best)" ] || fail "excluded movies are listed"
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --allow best --json
jq -r '.recommendations[].movie' out | cmp - best || fail "the allowed movies are not the list"
tac best >tsab
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --candidates tsab --json
jq -r '.recommendations[].movie' out | cmp - best || fail "candidates are not ranked"

# What no user has rated in train has nothing of the random start.
run 0 "$halorec" recommend run.ckpt.h5 data.h5 --user 7 --popularity 0:0 --keep-seen --json
jq -e '.recommendations | length > 0 and all(.score == 0)' out >/dev/null || fail "movies without ratings have scores: $(cat out)"

# Ratings stay on their scale, however few there are to learn from.
run 0 "$halorec" train data.h5 --model als --dim 16 --epochs 3 --ridge 0 --decay 0.001 --checkpoint als.ckpt.h5
run 0 "$halorec" recommend als.ckpt.h5 data.h5 --all --top 5 --out ratings.tsv
awk -F '\t' 'FNR > 1 && !($4 >= 0.5 && $4 <= 5) { bad++ } FNR > 1 && $4 == 5 { top++ } END { exit bad > 0 || top == 0 }' ratings.tsv ||
    fail "ratings outside their scale: $(head -n 5 ratings.tsv)"

{ head -n 1 best; echo No Such Film At All; } >bad.txt
printf '1\nno-such-user\n' >bad_users.txt
# What cannot be.
while IFS='|' read -r code message arguments; do
    # shellcheck disable=SC2086
    run "$code" "$halorec" recommend run.ckpt.h5 data.h5 $arguments
    expect_one_message "$message"
done <<'END'
2|needs one of|
2|needs one of|--user 1 --all
2|--all needs --out|--all
2|ends in .tsv, .jsonl, .h5 or .npy|--all --out lists.csv
2|there are:|--user 1 --genre Nonsense
2|--year 1999:1990|--user 1 --year 1999:1990
2|--popularity x|--user 1 --popularity x
3|has no user 6100; ids run from 1 to 610; the most similar are |--user 7,6100
4|none.txt|--user 1 --allow none.txt
3|bad.txt:2:|--user 1 --exclude bad.txt
2|data.h5|--user 1 --out data.h5
2|would be replaced|--user 1 --out als.ckpt.h5
END
run 2 on 2 "$halorec" recommend run.ckpt.h5 data.h5 --user 1 --genre Nonsense
expect_one_message "there are:"
run 3 on 2 "$halorec" recommend run.ckpt.h5 data.h5 --users bad_users.txt --out bad.npy
expect_one_message "has no user no-such-user"
[ ! -e bad.npy ] && [ ! -e bad.user_ids.txt ] || fail "a file of lists that could not be made"
[ -z "$(ls | grep -E '\.tmp$|\.lock$')" ] || fail "left behind: $(ls)"
