# Whatever is wrong, and whichever rank sees it: every rank ends, with one message and the documented code, and old files
# stay whole.
run 0 "$halorec" synth --preset ml-latest-small --out data.h5
run 0 "$halorec" synth --preset ml-latest-small --out other.h5 --seed 9
run 0 "$halorec" synth --preset ml-latest-small --out whole.h5 --split ratio:0.9,0,0.1
run 0 "$halorec" partition data.h5 --parts 3 --out data.k3.h5
run 0 "$halorec" partition other.h5 --parts 2 --out other.k2.h5
run 0 "$halorec" train data.h5 --epochs 1 --checkpoint run.ckpt.h5
cp run.ckpt.h5 kept.ckpt.h5
head -c 40000 data.h5 >cut.h5
head -c 3000000 run.ckpt.h5 >cut.ckpt.h5
head -c 60000 data.k3.h5 >cut.k3.h5
echo "no HDF5" >text.h5

# bad CODE MESSAGE ARGUMENTS…: the same on one rank and on three. The timeout ends ranks that wait for ever.
bad() {
    local code=$1 message=$2 ranks
    shift 2
    for ranks in 1 3; do
        run "$code" timeout 100 "$root/jobs/mpirun.sh" "$ranks" "$halorec" "$@"
        expect_one_message "$message"
    done
}

bad 2 "no command given"
bad 2 "no such command" trian
bad 2 "no such option" train data.h5 --dims 64
bad 2 "--dim 0: expected a value from 1 to 4096" train data.h5 --dim 0
bad 2 "--lr fast: expected a number" train data.h5 --lr fast
bad 2 "--epochs 1.5: expected a whole number" train data.h5 --epochs 1.5
bad 2 "needs a value" train data.h5 --epochs
bad 2 "expected one of user, edge" train data.h5 --sample movie
bad 2 "expected one of lightgcn" train data.h5 --model lightgnc
bad 2 "halorec train needs DATA.h5" train
bad 2 "one argument too many" train data.h5 more.h5
bad 2 "expected 1 to 10352" partition data.h5 --parts 20000 --out k.h5
bad 2 "--k 20,10" evaluate run.ckpt.h5 data.h5 --k 20,10
bad 2 "--protocol sampled: expected" evaluate run.ckpt.h5 data.h5 --protocol sampled
bad 2 "--diversity 1.5: expected a value from 0 to 1" evaluate run.ckpt.h5 data.h5 --diversity 1.5
bad 2 "--diversity re-ranks the lists of full ranking" evaluate run.ckpt.h5 data.h5 --diversity 0.5 --protocol sampled-99
bad 2 "has a validation part" train data.h5 --valid 0.1
bad 2 "import the data with a validation part" train whole.h5 --valid 0.1 --mixture 30/70/0
bad 2 "--dim is 32, but the run to be resumed has 64" train data.h5 --resume run.ckpt.h5 --dim 32
bad 3 "not an HDF5 file" train text.h5
bad 3 "cut off" train cut.h5
bad 3 "cut off" train data.h5 --partition cut.k3.h5
bad 3 "expected \"halorec-dataset\"" train run.ckpt.h5
bad 3 "cut from the dataset with fingerprint" train data.h5 --partition other.k2.h5
bad 3 "cut off" evaluate cut.ckpt.h5 data.h5
bad 3 "trained on the dataset with fingerprint" evaluate run.ckpt.h5 other.h5
bad 3 "has no user 611" recommend run.ckpt.h5 data.h5 --user 611
bad 4 "No such file" train none.h5
bad 4 "No such file" train data.h5 --resume none.h5
bad 4 "cannot be created" train data.h5 --epochs 1 --checkpoint none/run.ckpt.h5
bad 4 "cannot be created" train data.h5 --epochs 1 --log none/run.jsonl
run 2 on 2 "$halorec" train data.h5 --partition data.k3.h5
expect_one_message "has 3 parts, but there are 2 ranks"
bad 2 "leave out --halo bf16" train data.h5 --reproducible --halo bf16
run 2 on 2 "$halorec" train data.h5 --reproducible --grid 1x2
expect_one_message "use --grid 2x1"
run 2 on 2 "$halorec" train data.h5 --grid 2x2
expect_one_message "is 4 ranks, but there are 2"
run 2 on 3 "$halorec" train data.h5 --partition data.k3.h5 --grid 1x3
expect_one_message "has 3 parts, but --grid 1x3 wants 1"
run 2 on 3 "$halorec" train data.h5 --grid 1x3 --dim 2
expect_one_message "2 columns can't be cut into 3 groups"
run 2 on 2 "$halorec" train data.h5 --model als --grid 1x2
expect_one_message "needs whole rows"
run 2 on 2 "$halorec" train data.h5 --model popular --dim 8
expect_one_message "rows of --model popular are one number"
run 2 on 2 "$halorec" train data.h5 --model gat --heads 3
expect_one_message "can't be cut into heads"
run 2 on 2 "$halorec" train data.h5 --model sage --spectral-rounds 2
expect_one_message "has no spectral start"
run 2 "$halorec" train data.h5 --model als --loss bpr
expect_one_message "als is not trained by it"
run 2 on 2 "$halorec" train data.h5 --grid two
expect_one_message "expected parts x column groups"

mkdir ml
printf 'userId,movieId,rating,timestamp\n1,2,3.5,9\n1,3,7,9\n' >ml/ratings.csv
bad 3 "ml/ratings.csv:3: found rating 7, expected 0.5 to 5" import --from ml --scale 0.5:5 --out new.h5
bad 3 "type: --from ./ml/" import --from . --out new.h5

# A file-size limit stands for the full disk: the same system calls fail.
run 4 on 3 bash -c 'ulimit -f 9000; exec "$@"' limited timeout 100 "$halorec" train data.h5 --partition data.k3.h5 \
    --epochs 1 --checkpoint run.ckpt.h5
expect_one_message "no room for"
cmp run.ckpt.h5 kept.ckpt.h5 || fail "the old checkpoint was touched"
run 0 "$halorec" synth --users 900 --items 800 --ratings 4000 --out wide.h5
run 4 on 2 bash -c 'ulimit -f 2000; exec "$@"' limited "$halorec" train wide.h5 --model ease --checkpoint ease.ckpt.h5
expect_one_message "no room for" # before the weights are solved for
[ -z "$(ls | grep -E 'tmp|partition-|new.h5|ease')" ] || fail "left behind: $(ls)"
