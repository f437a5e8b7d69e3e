#!/usr/bin/env bash
# From nothing to ten recommendations, each command shown as it runs.
set -eu

if [ "${1:-}" = --help ] || [ $# -gt 1 ]; then
    cat <<'END'
usage: jobs/quickstart.sh [DIR]

Installs what is missing, builds, makes synthetic data in the shape of ml-latest-small (or imports the MovieLens
folder DIR), cuts the graph in two, trains on two ranks, evaluates, prints ten recommendations for one user, and makes a
page of the run: data/quickstart/report/index.html. Files go to data/quickstart/.

example:
  jobs/fetch-movielens.sh ml-latest-small && jobs/quickstart.sh data/ml-latest-small
END
    [ "${1:-}" = --help ] && exit 0 || exit 2
fi

source_folder=""
if [ $# = 1 ]; then
    if [ ! -e "$1/ratings.csv" ] && [ ! -e "$1/ratings.dat" ]; then
        echo "halorec: $1: no MovieLens folder: expected ratings.csv or ratings.dat in it" >&2
        exit 3
    fi
    source_folder=$(cd "$1" && pwd)
fi

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
jobs/build.sh release
work=data/quickstart
mkdir -p "$work"

show() {
    echo
    echo "\$ $*"
    "$@"
}

if [ -n "$source_folder" ]; then
    show build/halorec import --from "$source_folder" --out $work/data.h5
else
    show build/halorec synth --preset ml-latest-small --out $work/data.h5
fi
show build/halorec partition $work/data.h5 --parts 2 --out $work/data.k2.h5
show jobs/mpirun.sh 2 build/halorec train $work/data.h5 --partition $work/data.k2.h5 \
    --checkpoint $work/run.ckpt.h5 --log $work/run.jsonl
show jobs/mpirun.sh 2 build/halorec evaluate $work/run.ckpt.h5 $work/data.h5 --split test
user=$(build/halorec info $work/data.h5 | awk '$1 == "first_user_id" { print $2 }')
show build/halorec recommend $work/run.ckpt.h5 $work/data.h5 --user "$user" --top 10
rm -rf "$work/report"
show build/halorec report $work/run.ckpt.h5 $work/data.h5 --log $work/run.jsonl --partition $work/data.k2.h5 --out $work/report
echo
echo "The report of the run is $root/$work/report/index.html: open it in a browser."
echo "Ask the model, by a browser or from programs:"
echo "  build/halorec serve $work/run.ckpt.h5 $work/data.h5 --runs $work"
echo "and open http://localhost:8080/."
