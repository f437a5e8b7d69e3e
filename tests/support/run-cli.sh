#!/usr/bin/env bash
# run-cli.sh TEST PROGRAM: runs a test of the command line in a folder of its own, with these helpers at hand.
set -eu

test_file=$1
halorec=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export OMPI_MCA_odls_base_sigkill_timeout=0 # a job that fails need not wait for its ranks to be killed

fail() {
    echo "FAILED: $*" >&2
    [ ! -e err ] || sed 's/^/  err: /' err >&2
    exit 1
}

# run CODE COMMAND…: runs it, output to the files out and err, and fails unless it exits with CODE.
run() {
    local expected=$1 code=0
    shift
    "$@" >out 2>err || code=$?
    [ "$code" = "$expected" ] || fail "'$*' exited with $code, expected $expected"
}

# on RANKS COMMAND…: the command that runs on so many ranks.
on() {
    "$root/jobs/mpirun.sh" "$@"
}

# expect FILE TEXT: fails unless the file contains the text.
expect() {
    grep -qF -- "$2" "$1" || fail "expected '$2' in $1, found: $(head -c 2000 "$1")"
}

# expect_one_message TEXT: err has exactly one line of halorec's, with the text in it.
expect_one_message() {
    expect err "$1"
    [ "$(grep -c '^halorec: ' err)" = 1 ] || fail "expected one message, found $(grep -c '^halorec: ' err)"
}

# small_films FOLDER: a MovieLens folder of 40 users and 30 movies, so that a run is over in a moment.
small_films() {
    mkdir "$1"
    awk 'BEGIN {
        srand(3); print "userId,movieId,rating,timestamp";
        for (u = 1; u <= 40; u++) for (m = 1; m <= 30; m++)
            if (rand() < 0.4 || m == u % 30 + 1) print u "," m "," 1 + int(4 * rand()) ",1"
    }' >"$1/ratings.csv"
    awk 'BEGIN {
        print "movieId,title,genres";
        for (m = 1; m <= 30; m++) print m ",Film " m " (19" 50 + m ")," (m % 2 ? "Drama" : "Comedy|Drama")
    }' >"$1/movies.csv"
}

# shellcheck source=/dev/null
. "$test_file"
