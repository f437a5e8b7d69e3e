# Each benchmark runs on small data and prints the keys that scripts read.
bench=$(dirname "$halorec")/bench
run 0 "$halorec" synth --preset ml-latest-small --out data.h5
run 0 "$bench/bench-edgepass" data.h5 --dim 16 --json
for key in seconds_per_layer edges isa panel_columns cycles_per_edge floor_seconds floor_fraction floor_terms rates gather_ratio \
    scipy_ratio; do
    expect out "\"$key\": "
done
run 0 "$bench/bench-edgepass" --help
expect out "example:"
run 2 "$bench/bench-edgepass" --preset ml-3m
HALOREC_ISA=none run 2 "$bench/bench-edgepass" data.h5
expect err "HALOREC_ISA is 'none'"
run 4 "$bench/bench-edgepass" none.h5

run 0 "$bench/bench-evaluate" data.h5 --dim 16 --json
for key in seconds flops_per_second sgemm_flops_per_second sgemm_fraction; do
    expect out "\"$key\": "
done
run 0 on 2 "$bench/bench-recommend" data.h5 --dim 16 --json
for key in seconds sgemm_seconds floor_seconds sgemm_fraction; do
    expect out "\"$key\": "
done
run 0 on 2 "$bench/bench-halo" data.h5 --dim 16 --json
for key in method parts ghosts bytes seconds usual_ghosts usual_bytes usual_seconds usual_ratio; do
    expect out "\"$key\": "
done
run 2 "$bench/bench-halo" data.h5
expect err "mpirun"
run 0 on 2 "$bench/bench-ials" data.h5 --dim 16 --json
for key in seconds_per_sweep edge_pass_seconds edge_floor_seconds edge_passes; do
    expect out "\"$key\": "
done
run 0 on 2 "$bench/bench-step" data.h5 --dim 16 --json
for key in ranks threads isa samples seconds_per_step compute_seconds halo_seconds loss_seconds step_over_scipy; do
    expect out "\"$key\": "
done
run 0 "$bench/bench-scaling" --preset ml-latest-small --dim 16 --json
for key in edge_column_nanoseconds row_column_nanoseconds bytes_ratio propagation_ratio sample_nanoseconds; do
    expect out "\"$key\": "
done
run 0 on 2 "$bench/bench-link" --json
for key in hosts alpha gap beta; do
    expect out "\"$key\": "
done
run 2 "$bench/bench-link"
expect err "mpirun"
