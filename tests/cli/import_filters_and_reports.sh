# Filters, duplicates and bad lines of import: what is left, what the table and the JSON object say, on one rank and on
# several, which write the same bytes; what cannot be ends all ranks with one message and no file.
mkdir films
printf 'userId,movieId,rating,timestamp\n1,10,4.0,100\n1,20,3.0,200\n1,10,2.0,300\n2,10,5.0,400\n2,30,1.0,500\n3,20,4.0,600\n' \
    >films/ratings.csv
printf 'movieId,title,genres\n10,Night Train (1995),Drama|Crime\n40,Nobody rated it (2001),War\n' >films/movies.csv
run 0 "$halorec" import --from films --out a.h5
expect err "rows read                                 6"
expect err "duplicates                                1"
expect err "kept                                      5"
expect err "ratings run from 1 to 5"
for ranks in 2 3; do
    run 0 on "$ranks" "$halorec" import --from films --out b.h5
    cmp a.h5 b.h5 || fail "$ranks ranks write other bytes"
done
run 0 "$halorec" import --from films --out c.h5 --duplicates max --min-rating 4 --json
expect out '"below": 2'
expect out '"kept": 3'
expect out '"movies": 3' # 10 and 20 are rated, 40 is listed
run 0 "$halorec" import --from films --out c.h5 --k-core 2:1 --json
expect out '"kept": 4'
expect out '"users": 2'
expect out '"movies": 3' # without 40, which nobody rated
run 0 "$halorec" import --from films --out c.h5 --since 1970-01-01T00:05:00 --until 600 --json
expect out '"outside": 3'
expect out '"users": 2'
bad() { # STATUS WORDS OPTIONS…
    local status=$1 words=$2
    shift 2
    rm -f none.h5
    run "$status" "$halorec" import --from films --out none.h5 "$@"
    expect err "$words"
    run "$status" on 2 "$halorec" import --from films --out none.h5 "$@"
    expect_one_message "$words"
    [ ! -e none.h5 ] && [ ! -e none.h5.tmp ] || fail "a file is left"
}
bad 3 "user 1 rates 10 more than once" --duplicates error
bad 3 "no ratings: 6 read" --min-rating 9
bad 2 "k-core 3: expected" --k-core 3
bad 2 "since soon: expected" --since soon
printf '4,10,many,700\n' >>films/ratings.csv
bad 3 "ratings.csv:8: "
run 0 "$halorec" import --from films --out c.h5 --max-bad 1
expect err "skipped 1 bad lines"
