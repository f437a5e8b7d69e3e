# Terms of a small MovieLens folder, by kind and within the limits that options set, and of the real one.
mkdir films
printf 'userId,movieId,rating,timestamp\n1,10,4.0,1\n1,20,3.0,2\n2,10,5.0,3\n2,30,2.0,4\n' >films/ratings.csv
printf 'movieId,title,genres\n10,Night Train (1995),Drama|Crime\n20,"Train, The (1964)",War\n30,Quiet (2001),(no genres listed)\n' >films/movies.csv
printf 'userId,movieId,tag,timestamp\n1,10,Rails,1\n2,10,rails ,2\n1,20,steam,3\n' >films/tags.csv
run 0 "$halorec" import --from films --out films.h5 --split ratio:1,0,0
expect err "text features: 1 title words, 3 genres, 0 tags"
run 0 "$halorec" import --from films --out films.h5 --split ratio:1,0,0 --tag-min-count 2
expect err "text features: 1 title words, 3 genres, 1 tags"
run 0 "$halorec" import --from films --out films.h5 --split ratio:1,0,0 --tag-min-count 1
expect err "text features: 1 title words, 3 genres, 2 tags"
run 0 "$halorec" info films.h5 --json
expect out '"text_terms": 6'
run 0 "$halorec" import --from films --out films.h5 --split ratio:1,0,0 --tag-min-count 1 --max-tags 1
expect err "text features: 1 title words, 3 genres, 1 tags"
run 0 "$halorec" import --from films --out films.h5 --split ratio:1,0,0 --tag-min-count 1 --tags-a-movie 0
expect err "text features: 1 title words, 3 genres, 0 tags"
run 2 "$halorec" import --from films --out films.h5 --tag-min-count 0
run 0 "$halorec" synth --out synth.h5
run 0 "$halorec" info synth.h5 --json
expect out '"text_terms": '
if [ -d "$HALOREC_DATA/ml-latest-small" ]; then
    run 0 "$halorec" import --from "$HALOREC_DATA/ml-latest-small" --out real.h5 --split ratio:1,0,0
    expect err "text features: 3178 title words, 19 genres, 184 tags"
fi
