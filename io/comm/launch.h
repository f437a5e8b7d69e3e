/* How this process was started, and MPI only where it is needed.
 *
 * MPI_Init opens sockets, writes below TMPDIR and, in an interactive step of SLURM, ends the process: a
 * command that one process runs alone does without. So a launcher is known by its environment, before MPI. */
#ifndef HR_IO_COMM_LAUNCH_H
#define HR_IO_COMM_LAUNCH_H

#include "io/comm/comm.h"

#include <stdbool.h>

/* What a launcher says of this process. */
typedef struct hr_launch {
    int size;             /* processes that were started together; 1 where no launcher did */
    int rank;             /* number of this one among them */
    const char *variable; /* the environment variable that says the size; NULL where none does */
} hr_launch;

/* From the environment: of mpirun (OMPI_COMM_WORLD_SIZE, PMI_SIZE, MV2_COMM_WORLD_SIZE), else of a step of
 * SLURM (SLURM_STEP_NUM_TASKS). A batch script, the shell of salloc and a step with a terminal (srun --pty)
 * have SLURM's variables too and are one process: SLURM_NTASKS says nothing of a process. Local. */
hr_launch hr_launch_of_environment(void);

/* Makes *comm: all ranks by MPI_Init if `wants_mpi` is set or the launcher started several processes, else
 * hr_comm_alone(). HR_USAGE where several were started that MPI does not join, as by the mpirun of another
 * MPI: each is then alone. Collective. End with hr_comm_end in any case. */
hr_status hr_comm_start(hr_comm *comm, const hr_launch *launch, bool wants_mpi, hr_error *err);

/* Ends MPI where it was started. Collective. */
void hr_comm_end(hr_comm *comm);

/* Ends this process and, where MPI was started, all others. Does not return. */
_Noreturn void hr_comm_abort(const hr_comm *comm, int code);

#endif
