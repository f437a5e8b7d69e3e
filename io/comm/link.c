#include "io/comm/link.h"

#include "io/base/memory.h"

#include <math.h>

enum { PINGS = 50, VOLLEYS = 10, VOLLEY = 64, EXCHANGES = 5, SHORT = 1 << 18, LONG = 1 << 20, TAG = 1 };

/* The two ranks that measure; each other's partner. */
typedef struct pair {
    MPI_Comm mpi;
    int rank, partner;
    char *out, *in; /* [LONG] */
} pair;

/* Other load only adds to a time, so the least of several times is the link's. */
static double least(double a, double b)
{
    return a < b ? a : b;
}

/* There and back, by blocking messages. */
static int ping(const pair *p)
{
    int code = MPI_SUCCESS;
    if (p->rank == 0)
        code = MPI_Send(NULL, 0, MPI_BYTE, p->partner, TAG, p->mpi);
    if (code == MPI_SUCCESS)
        code = MPI_Recv(NULL, 0, MPI_BYTE, p->partner, TAG, p->mpi, MPI_STATUS_IGNORE);
    if (p->rank == 1 && code == MPI_SUCCESS)
        code = MPI_Send(NULL, 0, MPI_BYTE, p->partner, TAG, p->mpi);
    return code;
}

static hr_status time_pings(const pair *p, double *latency, hr_error *err)
{
    hr_status status = HR_OK;
    double there_and_back = INFINITY;
    for (int i = 0; i < PINGS; i++) {
        const double start = hr_seconds();
        HR_TRY(hr_mpi(ping(p), "measuring the link", err));
        there_and_back = least(there_and_back, hr_seconds() - start);
    }
    *latency = 0.5 * there_and_back;
done:
    return status;
}

/* As many messages both ways at once as a rank of many neighbours has. */
static int volley(const pair *p)
{
    MPI_Request request[2 * VOLLEY];
    int requests = 0;
    for (int i = 0; i < VOLLEY; i++)
        MPI_Irecv(NULL, 0, MPI_BYTE, p->partner, TAG, p->mpi, &request[requests++]);
    for (int i = 0; i < VOLLEY; i++)
        MPI_Isend(NULL, 0, MPI_BYTE, p->partner, TAG, p->mpi, &request[requests++]);
    return MPI_Waitall(requests, request, MPI_STATUSES_IGNORE);
}

static hr_status time_volleys(const pair *p, double latency, double *gap, hr_error *err)
{
    hr_status status = HR_OK;
    double all = INFINITY;
    for (int i = 0; i < VOLLEYS; i++) {
        HR_TRY(hr_mpi(ping(p), "measuring the link", err)); /* both begin together, within a latency */
        const double start = hr_seconds();
        HR_TRY(hr_mpi(volley(p), "measuring the link", err));
        all = least(all, hr_seconds() - start);
    }
    *gap = all > latency ? (all - latency) / (VOLLEY - 1) : 0.0;
done:
    return status;
}

static hr_status time_exchange(const pair *p, int bytes, double *seconds, hr_error *err)
{
    hr_status status = HR_OK;
    *seconds = INFINITY;
    for (int i = -1; i < EXCHANGES; i++) { /* the first opens windows and is not counted */
        const double start = hr_seconds();
        HR_TRY(hr_mpi(MPI_Sendrecv(p->out, bytes, MPI_BYTE, p->partner, TAG, p->in, bytes, MPI_BYTE,
                                   p->partner, TAG, p->mpi, MPI_STATUS_IGNORE),
                      "measuring the link", err));
        if (i >= 0)
            *seconds = least(*seconds, hr_seconds() - start);
    }
done:
    return status;
}

static hr_status pair_new(pair *p, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(p->out, LONG);
    HR_ALLOC(p->in, LONG);
done:
    return status;
}

static hr_status measure(const pair *p, hr_link *link, hr_error *err)
{
    hr_status status = HR_OK;
    double brief = 0.0, lengthy = 0.0;
    HR_TRY(time_pings(p, &link->latency, err));
    HR_TRY(time_volleys(p, link->latency, &link->gap, err));
    HR_TRY(time_exchange(p, SHORT, &brief, err));
    HR_TRY(time_exchange(p, LONG, &lengthy, err));
    link->byte = lengthy > brief ? (lengthy - brief) / (LONG - SHORT) : lengthy / LONG;
done:
    return status;
}

hr_status hr_link_measure(const hr_comm *comm, hr_link *link, hr_error *err)
{
    hr_status status = HR_OK;
    pair p = {.mpi = comm->mpi, .rank = comm->rank, .partner = 1 - comm->rank};
    if (comm->size < 2)
        return hr_fail(err, HR_USAGE, "one rank has no link to measure; start it with mpirun -n 2");
    *link = (hr_link){0.0, 0.0, 0.0};
    if (comm->rank < 2)
        status = pair_new(&p, err);
    HR_TRY(hr_agree(comm, status, NULL, err)); /* a rank without memory would leave the other waiting */
    if (comm->rank < 2)
        status = measure(&p, link, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, link, sizeof *link, 0, err));
done:
    free(p.out);
    free(p.in);
    return status;
}
