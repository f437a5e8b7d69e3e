# A host's cable is pulled, a rank is killed, a rank is stopped, each on a host and at a moment taken at random: the
# job ends with a message that names rank and host, and the last checkpoint is whole.
#
# "In time" is --stall-timeout, a beat, and what mpirun takes to end the other ranks: half a minute is given here.
. "$root/tests/support/cluster.sh"
wants ip tc pgrep pkill

readonly timeout=4 limit=30
export HALOREC_HOSTS=$folder/hosts
trap '"$hosts" down; rm -rf "$folder"' EXIT

# lose HOW HOST CODE MESSAGE
lose() {
    local code=0 job moment=$((RANDOM % 3)).$((RANDOM % 10))
    rm -f run.ckpt.h5
    "$hosts" up 3
    "$hosts" run mpirun -n 3 -x OMP_NUM_THREADS "$halorec" train data.h5 --grid 3x1 --epochs 100000 \
        --eval-every 100000 --checkpoint run.ckpt.h5 --checkpoint-every 5 --stall-timeout $timeout >out 2>err &
    job=$!
    for _ in {1..300}; do
        [ ! -e run.ckpt.h5 ] || break
        sleep 0.1
    done
    [ -e run.ckpt.h5 ] || fail "$1 $2: no checkpoint after half a minute"
    sleep "$moment"
    echo "$1 $2, $moment s after the first checkpoint"
    case $1 in
    unplug) "$hosts" link "$2" down ;;
    *) "$hosts" ssh "$2" pkill "-$1" -x halorec ;;
    esac
    local lost_at=$SECONDS
    while kill -0 $job 2>/dev/null; do
        [ $((SECONDS - lost_at)) -lt $limit ] || fail "$1 $2: the job still runs after $limit s"
        sleep 0.1
    done
    echo "ended after $((SECONDS - lost_at)) s"
    wait $job || code=$?
    [ $code = "$3" ] || fail "$1 $2: exited with $code, expected $3"
    grep -qE "$4" err || fail "$1 $2: expected '$4'"
    "$hosts" down
    run 0 "$halorec" info run.ckpt.h5
    run 0 "$halorec" evaluate run.ckpt.h5 data.h5
}

run 0 "$halorec" synth --preset ml-latest-small --out data.h5
for how in STOP KILL unplug; do
    number=$((RANDOM % 3 + 1))
    case $how in
    KILL) lose $how h$number 137 "process rank $((number - 1)) .* on node h$number exited on signal 9" ;;
    *) lose $how h$number 6 "^halorec: lost: rank $((number - 1)) on host h$number, after step [0-9]+" ;;
    esac
done
