#include "partition/halo/host_memory.h"

#include "io/base/memory.h"

static hr_status list_new(hr_host_memory *memory, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(memory->of, memory->comm->size);
done:
    return status;
}

/* Finds the pieces of the host's ranks. */
static hr_status find_pieces(hr_host_memory *memory, hr_error *err)
{
    hr_status status = HR_OK;
    MPI_Group all = MPI_GROUP_NULL, here = MPI_GROUP_NULL;
    int *host_rank = NULL, *rank = NULL, size = 0;
    MPI_Comm_size(memory->host, &size);
    HR_ALLOC(host_rank, size);
    HR_ALLOC(rank, size);
    MPI_Comm_group(memory->comm->mpi, &all);
    MPI_Comm_group(memory->host, &here);
    for (int i = 0; i < size; i++)
        host_rank[i] = i;
    MPI_Group_translate_ranks(here, size, host_rank, all, rank);
    for (int i = 0; i < size; i++) {
        MPI_Aint bytes = 0;
        int unit = 0;
        MPI_Win_shared_query(memory->window, i, &bytes, &unit, &memory->of[rank[i]]);
    }
done:
    if (here != MPI_GROUP_NULL)
        MPI_Group_free(&here);
    if (all != MPI_GROUP_NULL)
        MPI_Group_free(&all);
    free(rank);
    free(host_rank);
    return status;
}

hr_status hr_host_memory_create(hr_host_memory *memory, const hr_comm *comm, int64_t bytes, hr_error *err)
{
    hr_status status = HR_OK;
    char *mine = NULL;
    *memory = (hr_host_memory){.comm = comm, .host = MPI_COMM_NULL, .window = MPI_WIN_NULL};
    HR_TRY(hr_agree(comm, list_new(memory, err), NULL, err));
    HR_TRY(
        hr_mpi(MPI_Comm_split_type(comm->mpi, MPI_COMM_TYPE_SHARED, comm->rank, MPI_INFO_NULL, &memory->host),
               "finding this host's ranks", err));
    MPI_Comm_set_errhandler(memory->host, MPI_ERRORS_RETURN);
    if (MPI_Win_allocate_shared((MPI_Aint)bytes, 1, MPI_INFO_NULL, memory->host, &mine, &memory->window) !=
        MPI_SUCCESS) {
        memory->window = MPI_WIN_NULL;
    } else {
        MPI_Win_lock_all(MPI_MODE_NOCHECK, memory->window);
        status = find_pieces(memory, err);
    }
    status = hr_agree(comm, status, NULL, err);
done:
    return status;
}

void hr_host_memory_free(hr_host_memory *memory)
{
    if (!memory->comm)
        return;
    if (memory->window != MPI_WIN_NULL) {
        MPI_Win_unlock_all(memory->window);
        MPI_Win_free(&memory->window);
    }
    if (memory->host != MPI_COMM_NULL)
        MPI_Comm_free(&memory->host);
    free(memory->of);
    *memory = (hr_host_memory){0};
}

void hr_host_memory_sync(const hr_host_memory *memory)
{
    if (memory->window != MPI_WIN_NULL)
        MPI_Win_sync(memory->window);
}
