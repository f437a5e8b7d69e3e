# What synth --csv writes is read by import as what it was: the same ratings, titles, genres and tags.
run 0 "$halorec" synth --preset ml-latest-small --split ratio:1,0,0 --out made.h5 --csv films
for file in ratings movies tags links; do
    [ -s "films/$file.csv" ] || fail "films/$file.csv is missing"
done
[ "$(wc -l <films/ratings.csv)" = 100837 ] || fail "ratings.csv has another number of lines"
head -n 1 films/movies.csv >first
expect first "movieId,title,genres"
run 0 "$halorec" import --from films --split ratio:1,0,0 --out read.h5
run 0 "$halorec" stats made.h5
sed '1d' out >made
run 0 "$halorec" stats read.h5
sed '1d' out >read
cmp made read || fail "what was read is something else than what was made"
[ -z "$(ls films | grep tmp)" ] || fail "left behind: $(ls films)"
