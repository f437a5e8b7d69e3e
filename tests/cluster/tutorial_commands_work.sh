# The commands of docs/tutorial.md, one after the other on two hosts, give a model that knows what its users prefer.
. "$root/tests/support/cluster.sh"
wants ip tc pgrep

awk '/^```/ { block = $0 == "```sh"; next } block' "$root/docs/tutorial.md" >tutorial.sh
[ "$(grep -c halorec tutorial.sh)" -gt 10 ] || fail "docs/tutorial.md has only $(grep -c halorec tutorial.sh) commands"
PATH=$(dirname "$halorec"):$PATH
run 0 timeout 100 "$hosts" with 2 bash -euxo pipefail tutorial.sh
expect err "5712 ratings"
expect err "     test           585   10.24%        300        147"
expect err "2 parts x 1 column group"
for host in h1 h2; do
    expect out "$host"
done
# User 7 prefers every third film, as user 301, who came later, does; and so do their lists.
[ "$(grep -c '^ .* Drama .*(movie ' out)" -ge 4 ] || fail "user 7 is not recommended dramas: $(cat out)"
[ "$(sed -n '/^for user 301:/,$p' out | grep -c ' Comedy ')" -ge 4 ] || fail "user 301 is not recommended comedies: $(cat out)"
