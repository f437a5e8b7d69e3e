# Users and movies of any ids: as numbers or as strings in JSON, found by --user, kept by extend where somebody with
# another kind of id has come.
seed() { # USERS MOVIES: ratings of users of movies by their names
    awk -v users="$1" -v movies="$2" 'BEGIN {
        split(users, u, " "); split(movies, m, " ")
        print "userId,movieId,rating,timestamp"
        for (i in u) for (j in m) if ((i * 7 + j * 3) % 4) print u[i] "," m[j] "," 1 + (i + j) % 5 "," 1000000000 + i * 10 + j
    }'
}
numbers="-3 0 5 7 8 9 10 11 12 13 9223372036854775807"
movies="1 2 30 31 32 33 34 35 36 37"
mkdir old new
seed "$numbers" "$movies" >old/ratings.csv
seed "$numbers ann 007" "$movies 18446744073709551615 0205616461 205616461" >new/ratings.csv
for data in old new; do
    run 0 "$halorec" import --from "$data" --out "$data.h5" --split ratio:1,0,0
done
run 0 "$halorec" train old.h5 --model lightgcn --checkpoint old.ckpt.h5 --epochs 2
for user in -3 0 9223372036854775807; do
    run 0 "$halorec" recommend old.ckpt.h5 old.h5 --user "$user" --json
    expect out "\"user\": $user"
done
expect out '"movie": 3'
run 3 "$halorec" recommend old.ckpt.h5 old.h5 --user 007
expect err "has no user 007; ids run from -3 to 9223372036854775807; the most similar is 7"
run 0 on 2 "$halorec" extend old.ckpt.h5 old.h5 new.h5 --checkpoint new.ckpt.h5
for user in 7 007 ann -3 9223372036854775807; do
    run 0 "$halorec" recommend new.ckpt.h5 new.h5 --user "$user" --json
    expect out "\"user\": \"$user\""
done
expect out '"movie": "'
run 0 "$halorec" recommend new.ckpt.h5 new.h5 --user ann
expect out "for user ann:"
run 3 "$halorec" recommend new.ckpt.h5 new.h5 --user Ann
expect err "the most similar is ann"
run 0 "$halorec" info new.h5 --json
expect out '"first_user_id": "-3"'
expect out '"movies": 13'
