# A small disk has room for the first new checkpoint beside the old one, and not for the next: the run ends with one
# message, what was whole stays whole, and with some room again it goes on to the same bytes.
preset=ml-latest-small # checkpoints of megabytes
. "$root/tests/fault/support/faults.sh"
[ "$(id -u)" = 0 ] || { echo "skipped: only root mounts a tmpfs" && exit 77; }
mkdir disk
mount -t tmpfs -o size=24m tmpfs disk 2>/dev/null || { echo "skipped: this root may not mount" && exit 77; }
trap 'umount "$folder/disk"; rm -rf "$folder"' EXIT
kib=$(($(stat -c %s whole.ckpt.h5) / 1024))
training=("$halorec" train data.h5 --grid 2x1 --resume auto --checkpoint disk/run.ckpt.h5 --checkpoint-every "$every"
    --checkpoint-keep 2)

for left in $((kib + 1200)) $((kib * 3 / 2)) $((kib * 2 - 100)); do
    rm -f disk/*
    cp whole.ckpt.h5.step-000005 disk/run.ckpt.h5
    head -c "$(($(df --output=avail -k disk | tail -1) - left))k" /dev/zero >disk/filler
    run 4 train
    expect_one_message "disk/run.ckpt.h5"
    [ ! -e disk/run.ckpt.h5.tmp ] || fail "left behind: $(ls disk)"
    [ -e disk/run.ckpt.h5.step-000005 ] || fail "the disk was full before the first new checkpoint: $(ls disk)"
    rm disk/filler
    run 0 "$halorec" info disk/run.ckpt.h5 --verify
    run 0 train
    cmp disk/run.ckpt.h5 whole.ckpt.h5 || fail "resumed, but the end is not that of the undisturbed run"
done
