#include "trainer/cli/threads.h"

#include <omp.h>
#include <stdlib.h>
#include <unistd.h>

static int ranks_of_host(const hr_comm *comm)
{
    MPI_Comm host;
    int ranks = 1;
    if (comm->size == 1)
        return 1;
    MPI_Comm_split_type(comm->mpi, MPI_COMM_TYPE_SHARED, comm->rank, MPI_INFO_NULL, &host);
    MPI_Comm_size(host, &ranks);
    MPI_Comm_free(&host);
    return ranks;
}

void hr_threads_share(const hr_comm *comm)
{
    if (getenv("OMP_NUM_THREADS"))
        return;
    const int ranks = ranks_of_host(comm);
    const int bound = omp_get_num_procs(), share = (int)sysconf(_SC_NPROCESSORS_ONLN) / ranks;
    const int threads = bound < share ? bound : share;
    omp_set_num_threads(threads > 1 ? threads : 1);
}
