/* Counts the messages of persistent requests that a rank sends, at MPI's profiling interface. Preloaded; at
 * the end each rank writes its count to the file $COUNT_MESSAGES.RANK. */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_REQUESTS = 1 << 16 };

static MPI_Request made[MOST_REQUESTS]; /* persistent sends */
static int sends;
static long long started;

int MPI_Send_init(const void *data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm,
                  MPI_Request *request)
{
    const int code = PMPI_Send_init(data, count, type, to, tag, comm, request);
    if (sends == MOST_REQUESTS)
        abort();
    made[sends++] = *request;
    return code;
}

int MPI_Request_free(MPI_Request *request)
{
    for (int i = 0; i < sends; i++)
        if (made[i] == *request) {
            made[i] = made[--sends];
            break;
        }
    return PMPI_Request_free(request);
}

int MPI_Startall(int count, MPI_Request *requests)
{
    for (int i = 0; i < count; i++)
        for (int s = 0; s < sends; s++)
            if (made[s] == requests[i])
                started++;
    return PMPI_Startall(count, requests);
}

int MPI_Finalize(void)
{
    char path[4096];
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    snprintf(path, sizeof path, "%s.%d", getenv("COUNT_MESSAGES"), rank);
    FILE *file = fopen(path, "w");
    if (!file || fprintf(file, "%lld\n", started) < 0 || fclose(file) != 0)
        abort();
    return PMPI_Finalize();
}
