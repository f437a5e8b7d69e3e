# Every view of the page in headless Chromium, narrow and wide, light and dark: nothing on the console, nothing asked of
# another site, nothing wider than the window, all of it used by keyboard, and axe-core finds nothing serious.
# Visitors search, rate, are recommended, register and train.
. "$root/tests/support/serving.sh"
skip() {
    echo "SKIPPED: views_work_in_a_browser: $*: jobs/install-dependencies.sh --page installs it"
    exit 77
}
command -v node >/dev/null || skip "node is missing"
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "chromium is missing"
modules=${PAGE_MODULES:-$root/build/page}
[ -d "$modules/node_modules/playwright-core" ] && [ -d "$modules/node_modules/axe-core" ] || skip "playwright-core or axe-core is missing in $modules"

run 0 "$halorec" synth --users 120 --items 90 --ratings 3000 --split ratio:0.8,0.1,0.1 --out data.h5
mkdir runs
run 0 "$halorec" train data.h5 --dim 16 --epochs 6 --eval-every 2 --mixture 20/70/10 --checkpoint run.ckpt.h5 --log runs/first.jsonl
serving run.ckpt.h5 data.h5 --runs runs --allow-training
CHROMIUM=$chromium MODULES=$modules/ PAGE_PHOTOS=${PAGE_PHOTOS:-} node "$root/tests/page/views.mjs" "$url" >out 2>&1 || fail "$(cat out)"
tail -n 1 out
stop_serving
