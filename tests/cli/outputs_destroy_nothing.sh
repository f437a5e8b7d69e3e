# An output that is an input, a device, a folder or in a folder that cannot be written is refused before work begins, with one
# message on all ranks; links are followed, not replaced; of two runs that write one file the second is told.
small_films films
cp films/ratings.csv ratings.csv
run 0 "$halorec" import --from films --out data.h5 --split ratio:0.8,0.1,0.1
run 0 "$halorec" import --from films --out more.h5 --split ratio:0.8,0.1,0.1 --seed 2
run 0 "$halorec" partition data.h5 --parts 1 --out data.k1.h5
train_small="train data.h5 --dim 16 --epochs 2"
run 0 "$halorec" $train_small --checkpoint run.ckpt.h5
ln data.h5 hard.h5
ln -s data.h5 soft.h5
mkdir folder
ln -s ../data.h5 folder/soft.h5
ln -s "$PWD/folder/soft.h5" far.h5
ln -s films there
echo "userId,movieId,rating,timestamp" >one.csv.tmp
cp one.csv.tmp one.h5.lock
echo "not a lock" >foreign.h5.lock
echo "notes" >notes.txt
sums() {
    sha256sum films/* ratings.csv *.txt *.h5 *.tmp *.lock
}
sums >before

# refused CODE MESSAGE ARGUMENTS…: every fifth on two ranks; nothing has changed, nothing is left behind.
refusals=0
refused() {
    local code=$1 message=$2
    shift 2
    refusals=$((refusals + 1))
    if ((refusals % 5)); then run "$code" "$halorec" "$@"; else run "$code" on 2 "$halorec" "$@"; fi
    expect_one_message "$message"
    ! grep -q "^epoch\|expecting" err || fail "refused after work began"
    sums | cmp - before || fail "'$*' changed a file: $(sums | diff - before)"
}

for out in data.h5 hard.h5 soft.h5 folder/soft.h5 far.h5; do
    refused 2 "$out: to be written, but it is data.h5, which is read" partition data.h5 --parts 2 --out $out
done
refused 2 "it is soft.h5, which is read" train soft.h5 --epochs 1 --checkpoint data.h5
refused 2 "it is data.h5, which is read" $train_small --log hard.h5
refused 2 "it is data.k1.h5, which is read" train data.h5 --partition data.k1.h5 --checkpoint data.k1.h5
refused 2 "one name for the log and for another output" $train_small --checkpoint new --log ./new
refused 2 "it is run.ckpt.h5, which is read" extend run.ckpt.h5 data.h5 more.h5 --checkpoint run.ckpt.h5
refused 2 "it is more.h5, which is read" extend run.ckpt.h5 data.h5 more.h5 --checkpoint more.h5
refused 2 "it is a file of films, which is read" import --from films --out films/ratings.csv
refused 2 "it is a file of there, which is read" import --from there --out films/movies.csv
refused 2 "it is films/ratings.csv, which is read" import --from films/ratings.csv --out there/ratings.csv
refused 2 "it is one.csv.tmp, which is read" import --from one.csv.tmp --out one.csv
refused 2 "it is one.h5.lock, which is read" import --from one.h5.lock --out one.h5
refused 4 "foreign.h5.lock: in the way" synth --out foreign.h5

# What is there is replaced by its own kind alone; damage is no kind.
head -c 3000 more.h5 >torn.h5
sums >before
for there in notes.txt torn.h5 run.ckpt.h5; do
    refused 2 "$there would be replaced, but it is no \"halorec-dataset\" file" import --from films --out $there
done
refused 2 "notes.txt would be replaced" synth --out notes.txt
refused 2 "more.h5 would be replaced, but it is no \"halorec-partition\" file" partition data.h5 --parts 2 --out more.h5
refused 2 "more.h5 would be replaced, but it is no \"halorec-checkpoint\" file" $train_small --checkpoint more.h5
refused 2 "ratings.csv would be replaced" $train_small --checkpoint ratings.csv
refused 2 "ratings.csv would be replaced" train data.h5 --resume run.ckpt.h5 --epochs 3 --checkpoint ratings.csv
refused 2 "torn.h5 would be replaced" extend run.ckpt.h5 data.h5 more.h5 --checkpoint torn.h5
refused 2 "ratings.csv: lines of the log would be added" $train_small --log ratings.csv
# Text and arrays are replaced by their own kind alone too: others' files of these names stay, an empty one does not.
run 0 "$halorec" train data.h5 --model ials --dim 8 --epochs 1 --checkpoint lists.ckpt.h5
sums >before
mkdir others charts
echo "user	item	rating" >others/x.tsv
echo '{"user_id": 7}' >others/x.jsonl
printf '\x93NUMPY\x01\x00v\x00' >others/x.npy
echo 7 >others/one.user_ids.txt
echo '<svg xmlns="http://www.w3.org/2000/svg"/>' | tee others/x.svg >charts/values.svg
echo 'graph mine { a -- b }' >others/x.dot
echo '{"nodes": [1, 2]}' >others/x.json
printf '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n' >others/x.graphml
cp films/movies.csv others/links.csv
find others charts -type f -exec sha256sum {} + >others.before
lists="recommend lists.ckpt.h5 data.h5 --user 7 --top 2 --out"
figures="evaluate lists.ckpt.h5 data.h5 --k 2 --resamples 0"
for suffix in tsv jsonl npy; do
    refused 2 "others/x.$suffix would be replaced, but it is not a file of lists" $lists others/x.$suffix
done
refused 2 "others/one.user_ids.txt would be replaced, but it is not the ids of a file of lists" $lists others/one.npy
refused 2 "others/x.tsv would be replaced, but it is not a file of users' figures" $figures --per-user others/x.tsv
refused 2 "others/x.tsv would be replaced, but it is not a file of users' lists" $figures --lists others/x.tsv
refused 2 "others/x.tsv would be replaced, but it is not a file of drawn movies" $figures --protocol sampled-3 --negatives others/x.tsv
refused 2 "others/links.csv would be replaced" synth --out made.h5 --csv others
refused 2 "others/x.svg would be replaced, but it is not a page of charts" stats data.h5 --svg others/x.svg
refused 2 "charts/values.svg would be replaced, but it is not a page of charts" stats data.h5 --svg charts
for suffix in dot json graphml; do
    refused 2 "others/x.$suffix would be replaced, but it is not a" graph data.h5 --user 7 --out others/x.$suffix
done
find others charts -type f -exec sha256sum {} + | cmp - others.before || fail "others' files have changed"
own=("$lists own.tsv" "$lists own.jsonl" "$lists own.npy" "$lists own.h5" "$figures --per-user own.figures"
    "$figures --lists own.lists" "graph data.h5 --user 7 --out own.dot" "graph data.h5 --user 7 --out own.json"
    "graph data.h5 --user 7 --out own.graphml")
! command -v gnuplot >found || own+=("stats data.h5 --svg own.svg")
! command -v dot >found || own+=("graph data.h5 --user 7 --out drawn.svg")
for command in "${own[@]}"; do
    : >"${command##* }"
    run 0 "$halorec" $command
    run 0 "$halorec" $command
done
run 0 "$halorec" $lists own.tsv --titles
run 0 "$halorec" $lists own.tsv
rm own.h5 lists.ckpt.h5 own.user_ids.txt
sums >before
: >empty.h5
run 0 "$halorec" import --from films --out empty.h5 --split ratio:0.8,0.1,0.1
cmp data.h5 empty.h5 || fail "an empty file was not replaced"
rm empty.h5

mkfifo pipe
for command in "import --from films --out" "synth --out" "partition data.h5 --parts 2 --out" "$train_small --checkpoint" \
    "extend run.ckpt.h5 data.h5 more.h5 --checkpoint"; do
    refused 2 "/dev/null: a device" $command /dev/null
    refused 2 "pipe: a device" $command pipe
    refused 2 "folder: a folder" $command folder
    refused 4 "cannot be created: No such file" $command none/x.h5
    refused 4 "cannot be" $command data.h5/x.h5
    refused 4 "cannot be" $command /proc/x.h5
done
refused 2 "/dev/null: a device" $train_small --log /dev/null
refused 2 "folder: a folder" $train_small --log folder
refused 4 "cannot be created" $train_small --log none/run.jsonl
[ -c /dev/null ] || fail "/dev/null is no device any more"
ln -s circle circle
refused 4 "circle: cannot be written" synth --out circle
[ -z "$(find . -name '*.partition*')" ] || fail "left behind: $(find . -name '*.partition*')"

# A log may be a pipe; and a file that halorec made beside what it imports is made again.
"$halorec" $train_small --log /dev/stdout 2>err | grep -q '"epoch":2' || fail "no log through a pipe"
run 0 "$halorec" import --from films --out films/data.h5
run 0 "$halorec" import --from films --out films/data.h5
rm films/data.h5

# Links, to a file and to none yet, in a folder and by several steps: the file that they lead to is made.
mkdir disk
ln -s ../disk/late.h5 folder/late.h5
ln -s folder/late.h5 late.h5
run 0 "$halorec" import --from films --out late.h5 --split ratio:0.8,0.1,0.1
run 0 "$halorec" import --from films --out late.h5 --split ratio:0.8,0.1,0.1
cmp data.h5 disk/late.h5 || fail "no dataset behind the link"
ln -s disk/run.ckpt.h5 link.ckpt.h5
run 0 on 2 "$halorec" train data.h5 --dim 16 --epochs 2 --checkpoint link.ckpt.h5 --checkpoint-every 1 --checkpoint-keep 2
run 0 on 2 "$halorec" train data.h5 --dim 16 --epochs 3 --checkpoint link.ckpt.h5 --resume auto --checkpoint-keep 2
expect err "going on from disk/run.ckpt.h5"
[ -L late.h5 ] && [ -L folder/late.h5 ] && [ -L link.ckpt.h5 ] || fail "a link was replaced"
[ "$(find . -name 'link.ckpt.h5*')" = ./link.ckpt.h5 ] || fail "older checkpoints are beside the link"
[ "$(find disk | wc -l)" = 4 ] || fail "expected two checkpoints and a dataset behind the links: $(ls disk)"
kept=$(echo disk/run.ckpt.h5.step-*)
run 2 "$halorec" extend "$kept" data.h5 more.h5 --checkpoint link.ckpt.h5
expect_one_message "an older checkpoint of link.ckpt.h5, which would be removed"
[ -e "$kept" ] || fail "the older checkpoint is gone"

# Two runs and one file: the second is told, also by another name of it. The lock ends with its holder, however that ends.
"$halorec" train data.h5 --epochs 1000000 --eval-every 1000000 --checkpoint two.ckpt.h5 >first 2>&1 &
first=$!
ln -s two.ckpt.h5 second.ckpt.h5
for ((i = 0; i < 300; i++)); do
    grep -q "steps an epoch" first && break
    sleep 0.1
done
refused_beside() {
    run 4 "$@"
    expect_one_message "another run writes it: process $first on host"
}
refused_beside "$halorec" $train_small --checkpoint two.ckpt.h5
refused_beside on 2 "$halorec" $train_small --checkpoint second.ckpt.h5
refused_beside "$halorec" extend run.ckpt.h5 data.h5 more.h5 --checkpoint second.ckpt.h5
kill -9 $first
wait $first || true
run 0 "$halorec" $train_small --checkpoint two.ckpt.h5
[ ! -e two.ckpt.h5.lock ] || fail "the lock file is still there"

# What another program holds is not damaged, and no advice to remove it is given.
exec 9<>two.ckpt.h5
flock -x 9
run 4 "$halorec" info two.ckpt.h5
expect_one_message "two.ckpt.h5: held by another program"
run 4 on 2 "$halorec" $train_small --resume auto --checkpoint two.ckpt.h5
expect_one_message "two.ckpt.h5: held by another program"
! grep -qi "remove\|cut off" err || fail "advice to remove what is whole: $(cat err)"
exec 9<&-
run 0 "$halorec" $train_small --resume auto --checkpoint two.ckpt.h5

# Where the data's folder cannot be written, as /proc cannot, the option that helps is named before work begins.
exec 8<data.h5
run 4 "$halorec" train /dev/fd/8 --epochs 1
expect_one_message "add --checkpoint FILE, or --partition FILE, in a folder that can be written"
run 0 "$halorec" train /dev/fd/8 --dim 16 --epochs 1 --checkpoint beside.ckpt.h5
