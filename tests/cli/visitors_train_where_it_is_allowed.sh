# POST /training starts `halorec train` beside the server, one run at a time, where --allow-training is given: its log is in
# the folder of runs, its checkpoint is served when it is done, DELETE stops it with a checkpoint, and a server that ends
# leaves no run behind.
# Not under sanitizers: it starts four runs of train, which other tests check.
. "$root/tests/support/serving.sh"
small_films films
run 0 "$halorec" import --from films --out data.h5
run 0 "$halorec" train data.h5 --dim 4 --epochs 1 --checkpoint run.ckpt.h5
run 2 "$halorec" serve run.ckpt.h5 data.h5 --allow-training
expect_one_message "--allow-training needs --runs DIR"
run 2 "$halorec" serve run.ckpt.h5 data.h5 --runs . --allow-training --with run.ckpt.h5
expect_one_message "what visitors train, ratings for one, need not mix"
run 2 "$halorec" serve run.ckpt.h5 data.h5 --runs . --allow-training --mixture 30/60/10
expect_one_message "leave it out, or --with and --mixture"
mkdir runs

# state WORD: waits until the last run is in that state.
state() {
    for ((i = 0; i < 3000; i++)); do
        ask 200 GET /training
        grep -qF "\"state\": \"$1\"" out && return
        sleep 0.02
    done
    fail "the run is not $1: $(cat out)"
}

serving run.ckpt.h5 data.h5 --runs runs --allow-training
ask 200 GET /page/offers
expect out '"training": true'
ask 200 GET /training
expect out '"state": "none"'
ask 409 DELETE /training
send 422 POST /training '{"dim": 0}'
expect out '"field": "dim"'
send 422 POST /training '{"model": "--help"}'
expect out '"field": "model"'
send 422 POST /training '{"checkpoint": "/tmp/x"}'
expect out '"field": "checkpoint"'

send 201 POST /training '{"dim": 8, "layers": 2, "epochs": 3, "batch": 64}'
name=$(jq -r .run out)
state done
run 0 "$halorec" info "runs/$name.ckpt.h5" --json
expect out '"dim": 8'
expect out '"layers": 2'
[ "$(wc -l <"runs/$name.jsonl")" = 3 ] || fail "the log has $(wc -l <"runs/$name.jsonl") lines, expected 3"
for ((i = 0; i < 500; i++)); do
    grep -q "serving a new checkpoint at runs/$name.ckpt.h5" served.err && break
    sleep 0.02
done
expect served.err "serving a new checkpoint at runs/$name.ckpt.h5"

send 201 POST /training '{"model": "popular", "dim": 8}'
state failed
expect out "rows of --model popular are one number"

send 201 POST /training '{"epochs": 10000, "batch": 4}'
name=$(jq -r .run out)
send 409 POST /training '{}'
expect out "$name is training"
# An address may ask for so many runs; what it asks then does not change the one that is there.
for ((i = 0; i < 40; i++)); do
    code=$(curl --silent --output out --write-out '%{http_code}' --json '{}' "$url/training")
    [ "$code" = 409 ] || break
done
[ "$code" = 429 ] || fail "after $i requests the status is $code, expected 429: $(cat out)"
ask 200 GET /training
expect out "\"run\": \"$name\""
until [ -s "runs/$name.jsonl" ]; do sleep 0.02; done
ask 202 DELETE /training
state stopped
run 0 "$halorec" info "runs/$name.ckpt.h5" --verify
stop_serving

# No more runs than the folder may have.
serving run.ckpt.h5 data.h5 --runs runs --allow-training
for i in $(seq 100); do touch "runs/run-$i.ckpt.h5"; done
send 507 POST /training '{}'
expect out "Insufficient Storage"
rm runs/run-?.ckpt.h5 runs/run-??.ckpt.h5 runs/run-100.ckpt.h5

send 201 POST /training '{"epochs": 10000, "batch": 4}'
name=$(jq -r .run out)
until [ -s "runs/$name.jsonl" ]; do sleep 0.02; done
stop_serving
if grep -sqF "$name" /proc/[0-9]*/cmdline; then fail "a run is left behind"; fi
run 0 "$halorec" info "runs/$name.ckpt.h5"
