# A small disk fills up while a run goes on: the run ends with one message, what was whole stays whole, and with some
# room again it goes on to the same bytes.
. "$root/tests/fault/support/faults.sh"
[ "$(id -u)" = 0 ] || { echo "skipped: only root mounts a tmpfs" && exit 77; }
mkdir disk
mount -t tmpfs -o size=24m tmpfs disk 2>/dev/null || { echo "skipped: this root may not mount" && exit 77; }
trap 'umount "$folder/disk"; rm -rf "$folder"' EXIT
checkpoint_kib=$(($(stat -c %s whole.ckpt.h5) / 1024))
training=("$halorec" train data.h5 --grid 2x1 --resume auto --checkpoint disk/run.ckpt.h5 --checkpoint-every "$every")

for ((left = 100; left < checkpoint_kib; left += checkpoint_kib / 4)); do
    rm -f disk/*
    cp whole.ckpt.h5.step-000005 disk/run.ckpt.h5
    rm -f err
    train_in_background
    while kill -0 "$job" 2>/dev/null && ! grep -sq "ranks, 2 parts" err; do sleep 0.01; done # there was room for a checkpoint when it began
    head -c "$(($(df --output=avail -k disk | tail -1) - left))k" /dev/zero >disk/filler 2>/dev/null || true
    code=0
    wait "$job" || code=$?
    [ "$code" = 4 ] || fail "a full disk gave exit code $code"
    expect_one_message "disk/run.ckpt.h5"
    rm disk/filler
    run 0 "$halorec" info disk/run.ckpt.h5 --verify
    run 0 train
    cmp disk/run.ckpt.h5 whole.ckpt.h5 || fail "resumed, but the end is not that of the undisturbed run"
done
