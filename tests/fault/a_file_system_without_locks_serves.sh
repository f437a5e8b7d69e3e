# Where flock fails, as on NFS and Lustre, every command reads and writes its HDF5 files without; locks that are asked for
# by HDF5_USE_FILE_LOCKING are named with it. Two runs on one host are still told apart.
small_films films
for reason in 37 95 38 22; do # ENOLCK, EOPNOTSUPP, ENOSYS, EINVAL
    unlocked="env LD_PRELOAD=$NO_LOCKS LOCK_ERRNO=$reason $halorec"
    run 0 $unlocked import --from films --out data.h5 --split ratio:0.8,0.1,0.1
    run 0 $unlocked info data.h5
    [ $reason = 37 ] || continue
    run 0 $unlocked synth --out synth.h5
    run 0 $unlocked partition data.h5 --parts 2 --out data.k2.h5
    run 0 on 2 $unlocked train data.h5 --partition data.k2.h5 --dim 16 --epochs 2 --checkpoint run.ckpt.h5
    run 0 on 2 $unlocked train data.h5 --epochs 3 --resume auto --checkpoint run.ckpt.h5
    expect err "going on from run.ckpt.h5"
    run 0 $unlocked info run.ckpt.h5 --verify
    run 0 on 2 $unlocked evaluate run.ckpt.h5 data.h5
    run 0 $unlocked recommend run.ckpt.h5 data.h5 --user 3
    run 0 $unlocked extend run.ckpt.h5 data.h5 data.h5 --checkpoint extended.ckpt.h5
    run 4 env HDF5_USE_FILE_LOCKING=TRUE $unlocked info data.h5
    expect_one_message "data.h5: cannot be locked: No locks available; HDF5_USE_FILE_LOCKING=FALSE"
    run 4 env HDF5_USE_FILE_LOCKING=TRUE $unlocked train data.h5 --resume auto --checkpoint run.ckpt.h5
    expect_one_message "run.ckpt.h5: cannot be locked"
    ! grep -qi "remove\|cut off" err || fail "advice to remove what is whole: $(cat err)"
done

# Without locks a holder of this host is known by its process; one of another host is only named.
"$halorec" train data.h5 --epochs 1000000 --eval-every 1000000 --checkpoint two.ckpt.h5 >first 2>&1 &
first=$!
for ((i = 0; i < 300; i++)); do
    grep -q "steps an epoch" first && break
    sleep 0.1
done
run 4 $unlocked train data.h5 --epochs 1 --checkpoint two.ckpt.h5
expect_one_message "another run writes it: process $first on host"
kill -9 $first
wait $first || true
run 0 $unlocked train data.h5 --epochs 1 --checkpoint two.ckpt.h5
echo "process 1 on host elsewhere since tick 5" >two.ckpt.h5.lock
run 0 $unlocked train data.h5 --epochs 1 --checkpoint two.ckpt.h5
expect err "two.ckpt.h5: there are no locks here (Invalid argument), and process 1 on host elsewhere may be writing"
[ ! -e two.ckpt.h5.lock ] || fail "the lock file is still there"
