# What stats says of a small folder, as text, JSON and SVG.
mkdir films charts
cat >films/ratings.csv <<'END'
userId,movieId,rating,timestamp
1,10,4.0,86400
1,20,3.0,172800
2,10,5.0,172800
3,30,1.0,864000
END
cat >films/movies.csv <<'END'
movieId,title,genres
10,Night Train (1995),Drama|Crime
20,The Train (1964),Drama
30,Quiet (2001),War
40,Never Seen (1990),War
END
run 0 "$halorec" import --from films --out films.h5 --split leave-one-out:random --seed 3
run 0 "$halorec" stats films.h5
expect out "movies       4, 3 of them rated"
expect out "ratings      4, mean value 3.2500"
expect out "density      44.4444% of users x rated movies"
expect out "components   2; the largest has 2 users, 2 movies and 3 ratings"
expect out "maximum                     2                2                5       1970-01-11"
expect out "Drama                               3          2   4.0000"
expect out "split leave-one-out:random, seed 3"
run 0 "$halorec" stats films.h5 --json
jq -e '.users == 3 and .movies == 4 and .rated_movies == 3 and .ratings == 4 and .mean == 3.25 and
    .activity.maximum == 2 and .popularity.median == 1 and .times.minimum == 86400 and
    .histograms.values == [[1, 1], [3, 1], [4, 1], [5, 1]] and
    .components == {count: 2, largest_users: 2, largest_movies: 2, largest_ratings: 3} and
    .genres[0] == {name: "Drama", ratings: 3, movies: 2, mean: 4} and
    .split.rule == "leave-one-out:random" and .split.seed == 3 and .split.parts.test.ratings == 1' out >jq.out ||
    fail "not as expected: $(cat out)"

mkdir none
if PATH=none run 2 "$halorec" stats films.h5 --svg films.svg; then
    expect_one_message "apt-get install gnuplot-nox"
fi
[ ! -e films.svg ] || fail "a file is left where there is no gnuplot"
if command -v gnuplot >/dev/null; then
    run 0 "$halorec" stats films.h5 --svg films.svg
    grep -q '</svg>' films.svg || fail "films.svg is not whole"
    run 0 "$halorec" stats films.h5 --svg charts
    for chart in activity popularity values times; do
        grep -q '</svg>' charts/$chart.svg || fail "$chart.svg is not whole"
    done
    [ "$(ls charts | wc -l)" = 4 ] || fail "left behind: $(ls charts)"
    run 4 "$halorec" stats films.h5 --svg missing/films.svg
    expect_one_message "missing"
    cp films.h5 kept.h5
    run 2 "$halorec" stats films.h5 --svg films.h5
    cmp films.h5 kept.h5 || fail "the dataset was replaced by a chart"
fi
run 3 "$halorec" stats films/movies.csv
