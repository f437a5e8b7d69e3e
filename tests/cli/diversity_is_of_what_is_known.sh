# Lists are compared by genres and tags where the data has them; where it has neither, nothing is made up.
mkdir films pair
{
    echo userId,movieId,rating,timestamp
    for user in 1 2 3 4; do
        for movie in 10 20 30 40 50 60; do
            [ "$user$movie" = 160 ] || [ "$user$movie" = 250 ] || echo "$user,$movie,4.0,$movie"
        done
    done
    for movie in 10 20 30; do echo "5,$movie,4.0,$movie"; done
} >films/ratings.csv
printf 'movieId,title,genres\n10,A (1995),Drama\n20,B (1996),Drama\n30,C (1997),War\n40,D (1998),War\n50,E (1999),Drama\n60,F (2000),Comedy\n' \
    >films/movies.csv
printf 'userId,movieId,tag,timestamp\n5,40,rails,1\n5,50,rails,2\n5,60,steam,3\n' >films/tags.csv
run 0 "$halorec" import --from films --out films.h5 --split leave-one-out --tag-min-count 1
run 0 "$halorec" train films.h5 --model popular --checkpoint films.ckpt.h5
run 0 on 2 "$halorec" evaluate films.ckpt.h5 films.h5 --k 1,3 --json
expect out '"diversity_genres@3": '
expect out '"diversity_tags@3": '
grep -qF 'diversity_genres@1"' out && fail "one movie has no diversity"
# Rated by all but one: 40, 50 and 60 in this order. Unlike 40 in genre and tags is 60; 50 shares a tag.
run 0 "$halorec" recommend films.ckpt.h5 films.h5 --user 5 --top 2 --json
expect out '"movie": 40'
expect out '"movie": 50'
run 0 "$halorec" recommend films.ckpt.h5 films.h5 --user 5 --top 2 --diversity 1 --json
expect out '"movie": 40'
expect out '"movie": 60'

printf '0 0 1 2\n1 0 3 4\n2 1 2 3\n' >pair/train.txt
printf '0 3\n1 1\n2 4\n' >pair/test.txt
run 0 "$halorec" import --from pair --out pair.h5
run 0 "$halorec" train pair.h5 --model popular --checkpoint pair.ckpt.h5
run 0 on 2 "$halorec" evaluate pair.ckpt.h5 pair.h5 --k 2 --json
expect out '"novelty@2": '
grep -qF 'diversity_' out && fail "there are no genres or tags to compare by"
run 2 on 2 "$halorec" evaluate pair.ckpt.h5 pair.h5 --diversity 0.5
expect_one_message "neither genres nor tags"
run 2 "$halorec" recommend pair.ckpt.h5 pair.h5 --user 0 --diversity 0.5
expect_one_message "neither genres nor tags"
