# The bytes that hosts send during twenty steps, counted by their network interfaces, are what the plan says.
#
# Interfaces count frames, and so more than MPI's bytes:
#   66 bytes a frame    Ethernet 14, IPv4 20, TCP 20 and its timestamps 12. Frames are counted too, pure
#                       acknowledgements among them, so that this is taken away exactly.
#   Open MPI's headers  some 40 bytes a message or a fragment of 64 to 128 kB, a request and an answer for long
#                       messages, and the few numbers that ranks agree on at each step: the 5 % left.
# The plan predicts, per step of L layers, dim d, pool K on P parts with G ghosts altogether:
#   halo          4 G ((4 L + 2) d + 1)            out and back, forward and backward; the loss, and its counts
#   pool          4 K (2 d + 1) (P - 1)            its rows to all ranks but their owners, its sums to their owners
# which is the least that can travel, and what `bytes` in the log counts.
# Starting, cutting and evaluating cancel out: a run of two epochs of 20 steps is compared to a run of one.
. "$root/tests/support/cluster.sh"
wants ip tc pgrep jq

readonly dim=64 layers=3 pool=2048 steps=20 frame_headers=66

# sent HOSTS: bytes above TCP that all hosts have sent so far.
sent() {
    local host
    for ((host = 1; host <= $1; host++)); do
        "$hosts" ssh "h$host" cat /proc/net/dev
    done | awk -v headers=$frame_headers '/eth0:/ { sub(".*:", ""); bytes += $9 - headers * $10 }
        END { printf "%d\n", bytes }'
}

# measure HOSTS EPOCHS: sets traffic and logged, of one run.
measure() {
    local before
    before=$(sent "$1")
    run 0 timeout 300 "$hosts" run mpirun -n "$1" -x OMP_NUM_THREADS "$halorec" train data.h5 \
        --partition "k$1.h5" --grid "$1x1" --dim $dim --layers $layers --pool $pool --batch $((edges / steps + 1)) --epochs "$2" --eval-every 1000 \
        --stall-timeout 0 --log run.jsonl
    traffic=$(($(sent "$1") - before))
    logged=$(tail -n 1 run.jsonl | jq .bytes)
    [ "$(tail -n 1 run.jsonl | jq .step)" = $((steps * $2)) ] || fail "expected $steps steps an epoch"
}

run 0 "$halorec" synth --preset ml-latest-small --out data.h5
export HALOREC_HOSTS=$folder/hosts
trap '"$hosts" down; rm -rf "$folder"' EXIT
for count in 2 3 4; do
    run 0 "$halorec" partition data.h5 --parts $count --out k$count.h5
    run 0 "$halorec" info k$count.h5 --json
    edges=$(jq .edges out) ghosts=$(jq .ghosts out)
    run 0 "$hosts" up $count
    measure $count 1
    once=$traffic once_logged=$logged
    measure $count 2
    run 0 "$hosts" down
    halo=$((steps * 4 * ghosts * ((4 * layers + 2) * dim + 1)))
    array=$((steps * 4 * pool * (2 * dim + 1)))
    predicted=$((halo + (count - 1) * array)) traffic=$((traffic - once))
    [ $((logged - once_logged)) = $predicted ] ||
        fail "$count hosts: the log counts $((logged - once_logged)) bytes, the plan $predicted"
    echo "$count hosts: $predicted bytes predicted, $traffic measured"
    [ $((100 * traffic)) -ge $((95 * predicted)) ] && [ $((100 * traffic)) -le $((105 * predicted)) ] ||
        fail "$count hosts sent $traffic bytes in $steps steps, expected $predicted within 5 %"
done
