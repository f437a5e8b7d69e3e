#!/usr/bin/env bash
# Runs a command on several ranks of this machine, as the other scripts do.
set -eu

if [ "${1:-}" = --help ] || [ $# -lt 2 ]; then
    cat <<'END'
usage: jobs/mpirun.sh RANKS COMMAND [ARGUMENT …]

Starts COMMAND on RANKS ranks of this machine with Open MPI: as root too, with more ranks than cores where
asked for, and with the cores shared out among the ranks' threads (OMP_NUM_THREADS, unless it is set).
Where a rank is killed mpirun names rank and signal; after an error it adds the exit code to what halorec said.

example:
  jobs/mpirun.sh 2 build/halorec train data.h5 --checkpoint run.ckpt.h5
END
    [ "${1:-}" = --help ] && exit 0 || exit 2
fi

ranks=$1
shift
case $ranks in
*[!0-9]* | 0 | "")
    echo "halorec: '$ranks' ranks: expected a whole number from 1" >&2
    exit 2
    ;;
esac
cores=$(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc) # nproc itself obeys both variables
if [ "$(id -u)" = 0 ]; then # as containers and CI often are; Open MPI asks for both variables
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
fi
threads=$((cores / ranks))
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-$((threads > 0 ? threads : 1))}"
binding=(--bind-to none)
if [ $((ranks * OMP_NUM_THREADS)) -le "$cores" ]; then
    binding=(--map-by "slot:PE=$OMP_NUM_THREADS" --bind-to core)
fi
# vader copies between ranks by a system call that containers often forbid: plain shared memory always works.
exec mpirun --oversubscribe "${binding[@]}" --mca btl_vader_single_copy_mechanism none \
    -n "$ranks" "$@"
