#!/usr/bin/env bash
# A SLURM of its own inside one machine: real daemons, several nodes, nothing left behind.
set -euo pipefail

usage() {
    cat <<'END'
usage: tests/cluster/slurm.sh up N              start munged, slurmctld and a slurmd for each of nodes n1 … nN
       tests/cluster/slurm.sh run COMMAND …     run a command that finds this SLURM: sbatch, srun, squeue, …
       tests/cluster/slurm.sh down              end the jobs and the daemons
       tests/cluster/slurm.sh with N COMMAND …  up, run and, whatever happens, down

Keys, sockets, settings, logs and spools are in one folder: HALOREC_SLURM names it (/tmp/halorec-slurm unless
given; `with` makes one of its own). Each node is said to have four processors, whatever the machine has. A job
that is requeued starts again after some ten seconds.

Wants root, and Debian's slurmctld, slurmd, slurm-client and munge.

example:
  tests/cluster/slurm.sh with 2 srun -N 2 -n 2 --mpi=pmix build/halorec train data.h5
END
}

fail() { # TEXT CODE
    echo "slurm.sh: $1" >&2
    exit "$2"
}

folder=${HALOREC_SLURM:-/tmp/halorec-slurm}

write_settings() { # N
    local port=$((20000 + RANDOM % 10000)) i
    install -d -m 700 "$folder/state"
    install -d -m 1777 "$folder/tmp"
    {
        cat /etc/hosts
        for ((i = 1; i <= $1; i++)); do echo "127.0.0.1 n$i"; done
    } >"$folder/hosts"
    {
        echo "ClusterName=halorec"
        echo "SlurmctldHost=$(hostname -s)(127.0.0.1)"
        echo "SlurmctldPort=$port"
        echo "SlurmUser=root"
        echo "SlurmdUser=root"
        echo "AuthType=auth/munge"
        # A job is started again no sooner than its last credential has expired.
        echo "AuthInfo=socket=$folder/munge.socket,cred_expire=5"
        echo "CredType=cred/munge"
        echo "StateSaveLocation=$folder/state"
        echo "SlurmdSpoolDir=$folder/%n"
        echo "TmpFS=$folder/tmp"
        echo "SlurmctldPidFile=$folder/slurmctld.pid"
        echo "SlurmdPidFile=$folder/slurmd.%n.pid"
        echo "SlurmctldLogFile=$folder/slurmctld.log"
        echo "SlurmdLogFile=$folder/slurmd.%n.log"
        echo "ProctrackType=proctrack/linuxproc"
        echo "TaskPlugin=task/none"
        echo "SwitchType=switch/none"
        echo "SelectType=select/cons_tres"
        echo "SelectTypeParameters=CR_CPU"
        echo "SchedulerParameters=sched_interval=1,sched_min_interval=100000,batch_sched_delay=0"
        echo "AccountingStorageType=accounting_storage/none"
        echo "JobAcctGatherType=jobacct_gather/none"
        echo "JobCompType=jobcomp/none"
        echo "MpiDefault=none"
        echo "SlurmdParameters=config_overrides"
        echo "ReturnToService=2"
        echo "KillWait=5"
        for ((i = 1; i <= $1; i++)); do
            echo "NodeName=n$i NodeAddr=127.0.0.1 Port=$((port + i)) CPUs=4"
        done
        echo "PartitionName=all Nodes=n[1-$1] Default=YES MaxTime=INFINITE State=UP"
    } >"$folder/slurm.conf"
}

# Daemons stay in the foreground of a process whose number is known.
start() { # COMMAND …
    # shellcheck disable=SC2086 # some words or none
    ${tie:-} "$@" </dev/null >>"$folder/daemons.log" 2>&1 &
    echo "$!" >>"$folder/processes"
    disown "$!"
}

# Node NUMBER's share of the processors that this shell may use, one at least: ranks of two nodes must not be bound to
# the same one.
share_of_processors() { # NUMBER NODES
    local range all=() mine=() i
    for range in $(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status | tr , ' '); do
        mapfile -t -O "${#all[@]}" all < <(seq "${range%-*}" "${range#*-}")
    done
    for ((i = $1 - 1; i < ${#all[@]}; i += $2)); do mine+=("${all[i]}"); done
    [ ${#mine[@]} -gt 0 ] || mine=("${all[($1 - 1) % ${#all[@]}]}")
    (IFS=, && echo "${mine[*]}")
}

# A slurmd with a host name of its own, and a folder of its own where its jobs' sockets go.
start_node() { # NAME PROCESSORS
    install -d -m 755 "$folder/$1" "$folder/$1.tmp"
    # shellcheck disable=SC2016 # the inner shell is to expand these
    start taskset --cpu-list "$2" unshare --mount --uts sh -euc '
        hostname "$1"
        mount --bind "$2/hosts" /etc/hosts
        mount --bind "$2/$1.tmp" "$2/tmp"
        exec slurmd -D -N "$1"' sh "$1" "$folder"
}

await() { # WHAT COMMAND …
    local what=$1 tries
    shift
    for ((tries = 0; tries < 300; tries++)); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.1
    done
    tail -n 20 "$folder"/*.log >&2
    fail "$what did not come up" 4
}

nodes_idle() { # N
    [ "$(sinfo --noheader --Node --states=idle --format=%N | wc -l)" = "$1" ]
}

up() { # N
    local i
    case $1 in "" | *[!0-9]* | 0) fail "'$1' nodes: expected a whole number from 1" 2 ;; esac
    [ ! -e "$folder/processes" ] || fail "a SLURM is up already, in $folder: 'slurm.sh down' ends it" 2
    install -d -m 755 "$folder"
    : >"$folder/processes"
    (umask 077 && head -c 128 /dev/urandom >"$folder/munge.key")
    start munged --foreground --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
        --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munged.seed"
    await munged munge --no-input --socket="$folder/munge.socket"
    write_settings "$1"
    export SLURM_CONF="$folder/slurm.conf"
    start slurmctld -D -c
    for ((i = 1; i <= $1; i++)); do start_node "n$i" "$(share_of_processors "$i" "$1")"; done
    await "SLURM" nodes_idle "$1"
}

# Only what `up` started is ended: the jobs by SLURM itself, then the daemons.
down() {
    local pid
    [ -e "$folder/processes" ] || return 0
    export SLURM_CONF="$folder/slurm.conf"
    if [ -e "$SLURM_CONF" ] && [ -n "$(timeout 5 squeue --noheader 2>/dev/null)" ]; then
        timeout 5 scancel --full --signal=KILL --state=RUNNING || true
        timeout 5 scancel --me || true
        for _ in {1..50}; do
            [ -n "$(timeout 5 squeue --noheader 2>/dev/null)" ] || break
            sleep 0.1
        done
    fi
    while read -r pid; do
        case $(cat "/proc/$pid/comm" 2>/dev/null) in
        munged | slurmctld | slurmd) kill -TERM "$pid" 2>/dev/null || true ;;
        esac
    done < <(tac "$folder/processes")
    while read -r pid; do
        for _ in {1..50}; do
            [ -e "/proc/$pid/exe" ] || break
            sleep 0.1
        done
        case $(cat "/proc/$pid/comm" 2>/dev/null) in
        munged | slurmctld | slurmd) kill -KILL "$pid" 2>/dev/null || true ;;
        esac
    done <"$folder/processes"
    rm -rf "$folder"
}

# The command replaces this shell, so that it receives the signals.
run() { # COMMAND …
    [ -e "$folder/slurm.conf" ] || fail "no SLURM is up: 'slurm.sh up N' starts one" 2
    export SLURM_CONF="$folder/slurm.conf" HALOREC_SLURM=$folder
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    exec "$@"
}

with() { # N COMMAND …
    local nodes=$1 child="" code=0
    shift
    folder=$(mktemp -d /tmp/halorec-slurm.XXXXXX)
    tie="setpriv --pdeathsig TERM"
    trap 'down' EXIT
    trap '[ -z "$child" ] || { kill -TERM "$child" && wait "$child"; } || true; exit 143' INT TERM HUP
    up "$nodes"
    run "$@" <&0 &
    child=$!
    wait "$child" || code=$?
    exit "$code"
}

verb=${1:-}
[ $# -eq 0 ] || shift
case $verb in
--help | -h)
    usage
    exit 0
    ;;
up | run | down | with) ;;
*)
    usage >&2
    exit 2
    ;;
esac
[ "$(id -u)" = 0 ] || fail "starting SLURM's daemons wants root" 4
PATH=$PATH:/usr/sbin
for tool in munged munge slurmctld slurmd sbatch srun; do
    command -v "$tool" >/dev/null || fail "$tool is missing: jobs/install-dependencies.sh --cluster" 4
done

case $verb in
up)
    [ $# = 1 ] || fail "up needs a number of nodes" 2
    trap 'down' EXIT # half of a SLURM is none
    trap 'exit 143' INT TERM HUP
    up "$1"
    trap - EXIT
    ;;
with)
    [ $# -ge 2 ] || fail "with needs a number of nodes and a command" 2
    with "$@"
    ;;
run) run "$@" ;;
down) down ;;
esac
