# Ranks with more threads than there are cores run as well: nproc itself goes by OMP_NUM_THREADS.
run 0 env OMP_NUM_THREADS=$(($(nproc --all) + 1)) "$root/jobs/mpirun.sh" 1 true
run 0 env OMP_NUM_THREADS=$(nproc --all) "$root/jobs/mpirun.sh" 3 true
