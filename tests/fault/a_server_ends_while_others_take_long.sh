# SIGTERM is seen at once, whatever takes long: a disk that does not answer while a new checkpoint is loaded, a run of visitors, who
# holds up the drain. The run ends, with a checkpoint, while requests that are there are still answered.
. "$root/tests/support/serving.sh"
small_films films
run 0 "$halorec" import --from films --out data.h5
run 0 "$halorec" train data.h5 --dim 4 --epochs 1 --checkpoint run.ckpt.h5
mkdir runs

# until_there COMMAND…: waits until the command succeeds.
until_there() {
    for ((i = 0; i < 3000; i++)); do
        "$@" && return
        sleep 0.02
    done
    fail "not so after a minute: $*"
}

# A new checkpoint is being loaded: the end is said, and no new connection is taken, before the disk answers.
export HELD_BY=$folder/held HELD_NAME=run.ckpt.h5
cp run.ckpt.h5 fresh
LD_PRELOAD=$HELD_READS serving run.ckpt.h5 data.h5 --read-only
touch held
mv fresh run.ckpt.h5
until_there [ -e held.waits ]
ask 200 GET /healthz
kill -TERM "$server"
until_there grep -q "ending after the requests" served.err
refuses() { ! curl --silent --max-time 5 --output /dev/null "$url/healthz"; }
until_there refuses
kill -0 "$server" || fail "the server has ended: is nothing held?"
rm held
wait "$server" || fail "the server ended with $?: $(cat served.err)"
! grep -q "serving a new checkpoint\|refused" served.err || fail "what was given up is told: $(cat served.err)"

# The same while the first one is loaded.
touch held
rm held.waits
LD_PRELOAD=$HELD_READS "$halorec" serve run.ckpt.h5 data.h5 --port 0 --read-only 2>served.err &
server=$!
until_there [ -e held.waits ]
kill -TERM "$server"
rm held
wait "$server" || fail "the server ended with $?: $(cat served.err)"
! grep -q serving served.err || fail "it served: $(cat served.err)"

# A run of visitors ends while half a request holds up the drain.
serving run.ckpt.h5 data.h5 --runs runs --allow-training --drain 60 --request 60
send 201 POST /training '{"epochs": 10000}'
name=$(jq -r .run out)
until_there [ -s "runs/$name.jsonl" ]
port=${url##*:}
exec {half}<>"/dev/tcp/127.0.0.1/$port"
printf 'POST /training HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{' >&"$half"
ask 200 GET /healthz
kill -TERM "$server"
ended() { ! grep -sqF "runs/$name.ckpt.h5" /proc/[0-9]*/cmdline; }
until_there ended
kill -0 "$server" || fail "the server did not wait for the request: $(cat served.err)"
run 0 "$halorec" info "runs/$name.ckpt.h5" --verify
printf '}' >&"$half"
read -r line <&"$half"
[[ $line == "HTTP/1.1 503 "* ]] || fail "a run is started by a server that ends: $line"
exec {half}>&-
wait "$server" || fail "the server ended with $?: $(cat served.err)"
[ "$(ls runs/*.ckpt.h5 | wc -l)" = 1 ] || fail "another run: $(ls runs)"

# A second signal ends it at once, also where it is process 1 of a container, which signals do not end by themselves.
if unshare --pid --fork true 2>err; then
    rm served.json
    unshare --pid --fork "$halorec" serve run.ckpt.h5 data.h5 --read-only --port 0 --drain 60 --json >served.json 2>served.err &
    outer=$!
    until_there [ -s served.json ]
    server=$(cat "/proc/$outer/task/$outer/children")
    server=${server% }
    port=$(jq .port served.json)
    exec {half}<>"/dev/tcp/127.0.0.1/$port"
    printf 'POST /recommend HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{' >&"$half"
    url=http://127.0.0.1:$port
    ask 200 GET /healthz
    kill -TERM "$server"
    until_there grep -q "ending after the requests" served.err
    sleep 1.1
    kill -0 "$server" || fail "the server did not wait for the request: $(cat served.err)"
    kill -TERM "$server"
    code=0
    wait "$outer" || code=$?
    [ "$code" = 143 ] || fail "the server ended with $code, expected 143"
fi
