# An edition is fetched, checked and unpacked; a wrong sum, an unknown name and a missing network are told.
mkdir -p server/ml-latest-small
printf 'userId,movieId,rating,timestamp\n1,2,3,4\n' >server/ml-latest-small/ratings.csv
(cd server && cmake -E tar cf ml-latest-small.zip --format=zip ml-latest-small && md5sum ml-latest-small.zip >ml-latest-small.zip.md5 && cp ml-latest-small.zip ml-1m.zip)
command -v curl >/dev/null || exit 77 # wget knows no file://
export HALOREC_MOVIELENS_URL="file://$folder/server"
run 0 "$root/jobs/fetch-movielens.sh" ml-latest-small got
[ -e got/ml-latest-small/ratings.csv ] || fail "nothing was unpacked"
run 0 "$root/jobs/fetch-movielens.sh" ml-latest-small got
expect err "there already"
run 3 "$root/jobs/fetch-movielens.sh" ml-1m got
expect err "expected c4d9eecfca2ab87c1945afe126590906"
[ ! -e got/ml-1m ] || fail "a damaged edition was kept"
cp server/ml-1m.zip server/ml-100k.zip
run 3 "$root/jobs/fetch-movielens.sh" ml-100k got
expect err "expected 0e33842e24a9c977be4e0107933c0723"
mkdir server/ml-32m && cp server/ml-latest-small/ratings.csv server/ml-32m
(cd server && cmake -E tar cf ml-32m.zip --format=zip ml-32m && md5sum ml-32m.zip >ml-32m.zip.md5)
run 0 "$root/jobs/fetch-movielens.sh" ml-32m got
[ -e got/ml-32m/ratings.csv ] || fail "ml-32m, whose sum lies beside it, was not unpacked"
rm -r got/ml-32m
run 2 "$root/jobs/fetch-movielens.sh" ml-2m got
expect err "there are ml-latest-small"
HALOREC_MOVIELENS_URL=http://127.0.0.1:9 run 4 "$root/jobs/fetch-movielens.sh" ml-1m got
expect err "is there a network?"
[ "$(ls -A got)" = ml-latest-small ] || fail "left behind: $(ls -A got)"
