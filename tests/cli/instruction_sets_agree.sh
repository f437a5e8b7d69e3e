# On every instruction set of this processor, chosen by HALOREC_ISA, training gives the same result within rounding, and with
# --reproducible the same file. A name that is not one of them is refused once.
# Not under sanitizers: tests/kernels has each set there.
run 0 "$halorec" --version
sets=$(sed -n 's/^of this processor: //p' out | tr -d ,)
[ -n "$sets" ] || fail "--version names no instruction set: $(cat out)"
run 2 env HALOREC_ISA=pdp-11 "$root/jobs/mpirun.sh" 2 "$halorec" --version
expect_one_message "HALOREC_ISA is 'pdp-11', expected an instruction set that this processor has: ${sets%% *}"

export OMP_NUM_THREADS=1
run 0 "$halorec" synth --preset ml-latest-small --out data.h5
for set in $sets; do
    export HALOREC_ISA=$set
    run 0 "$halorec" --version
    expect out "in use: $set"
    for model in "lightgcn" "gatv2 --loss mse --layers 1" "ncf --mlp 16" "ials --epochs 2" "mf --epochs 2"; do
        read -ra words <<<"$model"
        name=${words[0]}
        run 0 "$halorec" train data.h5 --dim 24 --epochs 1 --batch 80000 --reproducible --model "${words[@]}" \
            --checkpoint "$name.$set.h5"
        [ -e "$name.h5" ] || cp "$name.$set.h5" "$name.h5"
        cmp "$name.h5" "$name.$set.h5" || fail "$model --reproducible on $set is another file"
    done
    run 0 "$halorec" train data.h5 --model lightgcn --epochs 1 --batch 20000 --log plain.jsonl
    grep -o '"loss": *[0-9.]*' plain.jsonl | tail -1 | tr -d '": los' >>losses
    rm plain.jsonl
done
awk 'NR == 1 { first = $1 } { d = $1 / first - 1; if ($1 == "" || d > 1e-4 || d < -1e-4) exit 1 } END { exit NR == 0 }' \
    losses || fail "losses differ by set: $(tr '\n' ' ' <losses)"
