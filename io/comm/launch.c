#include "io/comm/launch.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A launcher's two variables. The first whose size is set counts: Open MPI's mpirun starts its daemons by
 * steps of SLURM, so that its ranks have SLURM's variables too, with numbers of hosts. */
static const struct {
    const char *size, *rank;
} launchers[] = {{"OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK"},
                 {"PMI_SIZE", "PMI_RANK"},
                 {"MV2_COMM_WORLD_SIZE", "MV2_COMM_WORLD_RANK"},
                 {"SLURM_STEP_NUM_TASKS", "SLURM_PROCID"}};

/* The number in a variable, or -1 where it is not set or no number. */
static int number_in(const char *variable)
{
    const char *text = getenv(variable);
    char *end = NULL;
    const long number = text ? strtol(text, &end, 10) : -1;
    return text && end != text && *end == '\0' && number >= 0 && number <= INT_MAX ? (int)number : -1;
}

/* srun --pty gives a terminal to the first process of a step; commands that are typed there are alone. */
static bool is_typed(const char *variable)
{
    return strncmp(variable, "SLURM_", strlen("SLURM_")) == 0 && getenv("SLURM_PTY_PORT");
}

hr_launch hr_launch_of_environment(void)
{
    for (size_t i = 0; i < sizeof launchers / sizeof *launchers; i++) {
        const int size = number_in(launchers[i].size), rank = number_in(launchers[i].rank);
        if (size >= 1 && !is_typed(launchers[i].size))
            return (hr_launch){size, rank >= 0 && rank < size ? rank : 0, launchers[i].size};
    }
    return (hr_launch){1, 0, NULL};
}

static hr_status not_joined(const hr_launch *launch, hr_error *err)
{
    char library[MPI_MAX_LIBRARY_VERSION_STRING] = "";
    int length = 0;
    MPI_Get_library_version(library, &length);
    library[strcspn(library, ",\n")] = '\0';
    return hr_fail(err, HR_USAGE,
                   "%s says that %d processes were started, but MPI counts one: each would do all the work. "
                   "Start them by the mpirun that belongs to %s, or by srun --mpi=pmix",
                   launch->variable, launch->size, library);
}

hr_status hr_comm_start(hr_comm *comm, const hr_launch *launch, bool wants_mpi, hr_error *err)
{
    int provided = 0;
    MPI_Comm world;
    *comm = hr_comm_alone();
    if (!wants_mpi && launch->size == 1)
        return HR_OK;
    MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_dup(MPI_COMM_WORLD, &world);
    MPI_Comm_set_errhandler(world, MPI_ERRORS_RETURN);
    *comm = hr_comm_of(world);
    return comm->size == 1 && launch->size > 1 ? not_joined(launch, err) : HR_OK;
}

void hr_comm_end(hr_comm *comm)
{
    if (comm->mpi == MPI_COMM_NULL)
        return;
    MPI_Comm_free(&comm->mpi);
    MPI_Finalize();
}

void hr_comm_abort(const hr_comm *comm, int code)
{
    if (comm->mpi != MPI_COMM_NULL)
        MPI_Abort(comm->mpi, code);
    exit(code);
}
