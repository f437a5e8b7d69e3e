#!/usr/bin/env bash
# Several hosts inside one machine, for Open MPI to start ranks on.
set -euo pipefail

usage() {
    cat <<'END'
usage: tests/cluster/hosts.sh up N [--rate RATE]              make hosts h1 … hN and a head
       tests/cluster/hosts.sh run COMMAND …                   run a command on the head
       tests/cluster/hosts.sh ssh HOST COMMAND …              run a shell command on a host, as ssh does
       tests/cluster/hosts.sh link HOST up|down               connect a host's cable or disconnect it
       tests/cluster/hosts.sh down                            end all that runs on the hosts, and the hosts
       tests/cluster/hosts.sh with N [--rate RATE] COMMAND …  up, run and, whatever happens, down

A host is a set of Linux namespaces: it has a network interface, an address, a host name, /dev/shm, System V memory
and process numbers of its own; files are those of the machine. The hosts' cables end in a switch, a bridge in a
namespace of its own: the machine's network is not touched, and nothing is left when the hosts' processes are
gone. On the head mpirun finds the hosts by itself (one slot each; h1 is rank 0's) and starts ranks there through
`hosts.sh ssh`, with btl tcp,self: what travels between hosts is TCP. Interfaces send no frames longer than a
real wire's, so that their counters count what a wire would carry. TCP's congestion control is Reno.

--rate shapes what leaves a host by tc's token bucket, as in --rate 1gbit.

Wants root, and Debian's iproute2 and procps. HALOREC_HOSTS names the folder that remembers what is up
(/tmp/halorec-hosts unless given; `with` makes one of its own).

example:
  tests/cluster/hosts.sh with 3 mpirun -n 3 build/halorec train data.h5
END
}

fail() { # TEXT CODE
    echo "hosts.sh: $1" >&2
    exit "$2"
}

self=$(realpath "$0")
folder=${HALOREC_HOSTS:-/tmp/halorec-hosts}
network=10.77.0
rate=""
tied=() # what starts a process that is to end with this script

# What a namespace's processes are started by and found by: the process that holds it.
holder() { # HOST
    local pid
    [ -e "$folder/$1" ] || fail "no host $1 is up: 'hosts.sh up N' makes h1 … hN" 2
    pid=$(<"$folder/$1")
    [ "$(readlink "/proc/$pid/ns/net" 2>/dev/null)" = "$(<"$folder/$1.net")" ] || fail "host $1 is gone" 4
    echo "$pid"
}

enter() { # HOST COMMAND …: in the host's namespaces, but with this machine's process numbers
    local pid
    pid=$(holder "$1")
    shift
    nsenter --target "$pid" --net --uts --ipc --mount "$@"
}

# hold NAME UNSHARE-OPTION …: makes namespaces and keeps them by a sleeping process.
hold() {
    local name=$1 outer pid="" tries
    shift
    "${tied[@]}" unshare --net --uts --ipc --mount "$@" sleep infinity </dev/null >/dev/null 2>&1 &
    outer=$!
    disown "$outer" # the shell need not tell of its end
    echo "$outer" >>"$folder/processes"
    for ((tries = 0; tries < 500; tries++)); do
        pid=$outer
        [ "${1:-}" != --pid ] || pid=$(pgrep --parent "$outer" || true)
        [ -z "$pid" ] || [ "$(cat "/proc/$pid/comm" 2>/dev/null)" != sleep ] || break
        sleep 0.01
    done
    [ "$tries" -lt 500 ] || fail "namespaces cannot be made here: unshare refused" 4
    echo "$pid" >"$folder/$name"
    readlink "/proc/$pid/ns/net" >"$folder/$name.net"
}

# plug NAME NUMBER: a cable from the switch to a host, whose address ends in the number.
#
# TCP goes by Reno's window and keeps it over a pause. Some machines have BBR, which paces a connection by the share of a
# link that it had when last there were others: after a pause, or when these are done, a link stays idle for many round
# trips, and a step on four hosts takes a third longer one time and not the next.
plug() {
    nsenter --target "$(holder switch)" --net ip link add "port$2" gso_max_segs 1 type veth \
        peer name eth0 gso_max_segs 1 netns "$(holder "$1")"
    nsenter --target "$(holder switch)" --net ip link set "port$2" master bridge up
    # shellcheck disable=SC2016 # the inner shell is to expand these
    enter "$1" sh -euc '
        hostname "$1"
        mount --bind "$3/hosts" /etc/hosts
        mount -t tmpfs tmpfs /dev/shm
        ip link set lo up
        sysctl -qw net.ipv4.tcp_congestion_control=reno
        sysctl -qw net.ipv4.tcp_slow_start_after_idle=0
        ip link set eth0 addrgenmode none
        ip link set eth0 up
        ip address add "$2/24" dev eth0' sh "$1" "$network.$2" "$folder"
    [ -z "$rate" ] || [ "$1" = head ] || enter "$1" tc qdisc add dev eth0 root tbf rate "$rate" burst 64kb latency 100ms ||
        fail "--rate $rate: tc cannot shape by that" 2
}

up() { # N
    local i
    case $1 in "" | *[!0-9]* | 0) fail "'$1' hosts: expected a whole number from 1" 2 ;; esac
    [ "$1" -le 200 ] || fail "$1 hosts: there are addresses for 200" 2
    [ ! -e "$folder/processes" ] || fail "hosts are up already, in $folder: 'hosts.sh down' ends them" 2
    mkdir -p "$folder"
    : >"$folder/processes"
    {
        echo "127.0.0.1 localhost"
        echo "$network.254 head"
        for ((i = 1; i <= $1; i++)); do echo "$network.$i h$i"; done
    } >"$folder/hosts"
    for ((i = 1; i <= $1; i++)); do echo "h$i slots=1"; done >"$folder/hostfile"
    hold switch
    nsenter --target "$(holder switch)" --net ip link add bridge type bridge
    nsenter --target "$(holder switch)" --net ip link set bridge addrgenmode none
    nsenter --target "$(holder switch)" --net ip link set bridge up
    hold head
    plug head 254
    for ((i = 1; i <= $1; i++)); do
        hold "h$i" --pid --fork --kill-child --mount-proc
        plug "h$i" "$i"
    done
}

# Ends what runs on the head. Ending the first process of a host's numbers ends all of that host. Only processes that
# `up` made and those in the head's network are touched.
down() {
    local pid process head
    [ -e "$folder/processes" ] || return 0
    head=$(cat "$folder/head.net" 2>/dev/null || echo none)
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/ns/net" 2>/dev/null)" != "$head" ] || kill -KILL "${process#/proc/}" 2>/dev/null || true
    done
    while read -r pid; do
        case $(cat "/proc/$pid/comm" 2>/dev/null) in
        unshare | sleep | setpriv) kill -KILL "$pid" 2>/dev/null || true ;;
        esac
    done <"$folder/processes"
    rm -rf "$folder"
}

# The command replaces this shell, so that it receives the signals.
run() { # COMMAND …
    local pid
    pid=$(holder head)
    export HALOREC_HOSTS=$folder
    export OMPI_MCA_plm_rsh_agent="$self ssh" OMPI_MCA_orte_default_hostfile="$folder/hostfile"
    # btl_tcp's usual way with long messages asks for the rest of one by a message that stands behind the data of the
    # other direction: a third of a link is idle where both ways are busy.
    export OMPI_MCA_pml=ob1 OMPI_MCA_btl=tcp,self OMPI_MCA_btl_tcp_flags=send
    # Each host would bind its ranks to the first of the same processors, and wait for others by spinning there.
    export OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_mpi_yield_when_idle=1
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    # Entering a mount namespace leads to its root; back to where the caller is.
    # shellcheck disable=SC2016 # the inner shell is to expand these
    exec nsenter --target "$pid" --net --uts --ipc --mount "${tied[@]}" sh -c 'cd "$1" && shift && exec "$@"' sh "$PWD" "$@"
}

# A new environment, as ssh gives it.
as_ssh() { # HOST COMMAND …
    local pid
    pid=$(holder "$1")
    shift
    exec nsenter --target "$pid" --net --uts --ipc --mount --pid env -i HOME="$HOME" PATH="$PATH" sh -c "$*"
}

with() { # N COMMAND …
    local hosts=$1 child="" code=0
    shift
    folder=$(mktemp -d /tmp/halorec-hosts.XXXXXX)
    tied=(setpriv --pdeathsig KILL)
    trap 'down' EXIT
    trap '[ -z "$child" ] || { kill -TERM "$child" && wait "$child"; } || true; exit 143' INT TERM HUP
    up "$hosts"
    run "$@" <&0 &
    child=$!
    wait "$child" || code=$?
    exit "$code"
}

take_rate() { # [--rate RATE] …: sets rate and how many words it took
    taken=0
    if [ "${1:-}" = --rate ]; then
        [ $# -ge 2 ] || fail "--rate needs a value, such as 1gbit" 2
        rate=$2 taken=2
    fi
}

verb=${1:-}
[ $# -eq 0 ] || shift
case $verb in
--help | -h)
    usage
    exit 0
    ;;
up | with | run | ssh | link | down) ;;
*)
    usage >&2
    exit 2
    ;;
esac
[ "$(id -u)" = 0 ] || fail "making and entering hosts wants root" 4
for tool in ip tc pgrep nsenter unshare; do
    command -v "$tool" >/dev/null || fail "$tool is missing: jobs/install-dependencies.sh --cluster" 4
done

case $verb in
up)
    [ $# -ge 1 ] || fail "up needs a number of hosts" 2
    take_rate "${@:2}"
    trap 'down' EXIT # half of the hosts are none
    trap 'exit 143' INT TERM HUP
    up "$1"
    trap - EXIT
    ;;
with)
    [ $# -ge 1 ] || fail "with needs a number of hosts and a command" 2
    take_rate "${@:2}"
    hosts=$1
    shift $((1 + taken))
    [ $# -ge 1 ] || fail "with needs a command" 2
    with "$hosts" "$@"
    ;;
run) run "$@" ;;
ssh)
    [ $# -ge 2 ] || fail "ssh needs a host and a command" 2
    as_ssh "$@"
    ;;
link)
    [ $# = 2 ] || fail "link needs a host, and up or down" 2
    nsenter --target "$(holder switch)" --net ip link set "port${1#h}" "$2"
    ;;
down) down ;;
esac
