# Every format of README's table goes through import: ids, titles and parts come out; a bad side line costs no rating.
# put FILE TEXT: a file of the data set at hand, its folder made.
put() {
    mkdir -p "data/$(dirname "$1")"
    printf "$2" >"data/$1"
}

# imported FORMAT PATH COUNTS OPTION …: imports PATH of data/ and expects the format and "U users, M movies, R ratings"; the
# folder is empty then.
imported() {
    local format=$1 path=$2 counts=$3
    shift 3
    run 0 "$halorec" import --from "data/$path" --out out.h5 "$@"
    expect err "format $format"
    expect err "out.h5: $counts"
    rm -r data
}

put u.data '196\t242\t3\t881250949\n186\t302\t3\t891717742\n196\t302\t1\t881250949\n'
put u.item '242|Kolya (1996)|24-Jan-1997||http://x|0|0|0|0|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n302|L\xe9|x\n'
put u1.base '196\t242\t3\t881250949\n'
put u1.test '186\t242\t3\t891717742\n'
run 0 "$halorec" import --from data --out out.h5
expect err "data/u.item:2: found 3 fields, expected 24"
expect err "2 users, 2 movies, 3 ratings"
expect err "ratings run from 1 to 3, on a scale of 1 to 5"
imported movielens '' '2 users, 1 movies, 2 ratings' --given u1
expect err "a given split: train u1.base, test u1.test"
put ratings.dat '1::1193::5::978300760\n2::661::3::978302109\n'
put movies.dat '1193::One Flew Over (1975)::Drama\n'
imported movielens ratings.dat '2 users, 2 movies, 2 ratings'
put x/ratings.csv 'userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n'
put x/genome-scores.csv 'movieId,tagId,relevance\n31,1,0.5\n31,2,0.25\n'
run 3 "$halorec" import --from data --out out.h5
expect_one_message "type: --from data/x/"
imported movielens x '1 users, 1 movies, 1 ratings'
expect err "data/x/genome-scores.csv: features of items"
put ratings_small.csv 'userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n'
put links_small.csv 'movieId,imdbId,tmdbId\n31,tt0114709,862\n'
put movies_metadata.csv "genres,id,title\n\"[{'id': 16, 'name': 'Animation'}]\",862,Toy Story\n"
imported movielens '' '1 users, 1 movies, 1 ratings'
expect err "1 genres"
put ml.inter 'user_id:token\titem_id:token\trating:float\n901\t242\t3\n'
put ml.item 'item_id:token\tmovie_title:token_seq\tclass:token_seq\n242\tKolya\tComedy Drama\n'
imported recbole ml.inter '1 users, 1 movies, 1 ratings'
expect err "2 genres"
put train.txt '0 1 2 \n1 \n3 2\n'
put test.txt '0 3\n7 1\n'
imported lightgcn '' '3 users, 3 movies, 5 ratings'
put ratings.csv 'userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n'
put movies.csv 'movieId,title\n31,Something (1999)\n'
imported movielens '' '1 users, 1 movies, 1 ratings'
expect err "no genres"
put r.mtx '%%%%MatrixMarket matrix coordinate real general\n3 4 3\n1 2 1.5\n3 4 2\n'
run 3 "$halorec" import --from data --out out.h5
expect_one_message "data/r.mtx: found 2 ratings, expected 3 as it says; the file is cut off"
rm -r data
put combined_data_1.txt '1:\n9000001,3,2005-09-06\n2:\n9000003,4,2005-10-19\n'
put combined_data_2.txt '3:\n9000001,3,2005-09-06\n'
imported netflix '' '2 users, 3 movies, 3 ratings'
put BX-Book-Ratings.csv '"User-ID";"ISBN";"Book-Rating"\n"900001";"034545104X";"0"\n"900002";"0155061224";"5"\n'
put BX-Books.csv '"ISBN";"Book-Title"\n"034545104X";"Flesh"\n"1";"a \\"b\\"; c"\n'
imported book-crossing '' '2 users, 2 movies, 2 ratings'
expect err "on a scale of 0 to 10"
expect err "data/BX-Books.csv:3:"
put ratings.csv 'book_id,user_id,rating\n258,1,5\n'
put books.csv 'id,book_id,title\n258,9,The Shadow\n'
imported goodbooks '' '1 users, 1 movies, 1 ratings'
put ratings_Beauty.csv 'A39HTATAQ9V7YF,0205616461,5.0,1369699200\n'
imported amazon '' '1 users, 1 movies, 1 ratings'
put Beauty_5.json '{"reviewerID": "A1", "asin": "78", "overall": 1.0, "unixReviewTime": 1391040000}\n'
put meta_Beauty.json '{"asin": "78", "title": "WAWO"}\nx\n'
gzip data/Beauty_5.json
imported json Beauty_5.json.gz '1 users, 1 movies, 1 ratings'
expect err "data/meta_Beauty.json:2: found \"x\", expected a JSON object"
put usersha1-artmbid-artname-plays.tsv '00c2\t3bd7\t"weird" al\t2137\n00c2\t\tdie A\t1099\n'
imported lastfm '' '1 users, 2 movies, 2 ratings'
put user_artists.dat 'userID\tartistID\tweight\n2\t51\t13883\n'
put artists.dat 'id\tname\turl\n51\tDuran Duran\thttp://x\n'
imported hetrec '' '1 users, 1 movies, 1 ratings'
put steam-200k.csv '1516,"Skyrim, V",purchase,1.0,0\n1516,"Skyrim, V",play,273.0,0\n1517,Spore,purchase,1.0,0\n'
imported steam '' '2 users, 2 movies, 2 ratings'
put loc-gowalla_totalCheckins.txt '0\t2010-10-19T23:55:27Z\t30.2\t-97.7\t22847\n'
imported check-ins '' '1 users, 1 movies, 1 ratings'
put r.mtx '%%%%MatrixMarket matrix coordinate real general\n3 4 2\n1 1 2.5\n3 4 1e1\n'
imported matrix-market r.mtx '2 users, 2 movies, 2 ratings'
put x.parquet 'PAR1'
run 3 "$halorec" import --from data --out out.h5
expect_one_message "pandas.read_parquet("
rm -r data
put interactions.tsv 'a\tx\t1\nb\ty\t2\n'
imported table '' '2 users, 2 movies, 2 ratings'

# The list of README has each format of the program.
"$halorec" import --help | sed -n '/^formats of --format/,/^options/p' | awk '/^  [a-z]/ { print $1 }' >formats
[ "$(wc -l <formats)" -ge 15 ] || fail "formats in help: $(cat formats)"
while read -r format; do
    grep -qF "| \`$format\` |" "$root/README.md" || fail "README's table lacks $format"
done <formats
