#include "partition/halo/halo_lists.h"

#include "io/base/memory.h"

#include <assert.h>
#include <inttypes.h>
#include <limits.h>

enum { TAG_LISTS = 1 };

static hr_status check_ghosts(const hr_comm *comm, int64_t owned, int64_t ghosts, const int32_t *ghost_owner,
                              hr_error *err)
{
    if (owned + ghosts > INT32_MAX)
        return hr_fail(err, HR_MEMORY,
                       "%" PRId64 " rows on rank %d are more than 32 bits count; use more ranks",
                       owned + ghosts, comm->rank);
    for (int64_t g = 0; g < ghosts; g++)
        if (ghost_owner[g] < 0 || ghost_owner[g] >= comm->size ||
            (g > 0 && ghost_owner[g] < ghost_owner[g - 1]))
            return hr_fail(err, HR_INPUT,
                           "ghost %" PRId64 " on rank %d has owner %d, expected ranks 0 … %d ascending", g,
                           comm->rank, ghost_owner[g], comm->size - 1);
    return HR_OK;
}

/* What a rank announces to each other rank: how many of the other's rows are ghosts here; in a second
 * exchange, where the other's rows begin in this rank's lists. */
typedef struct announcement {
    int64_t wanted, first_sent, first_ghost, sent, ghosts;
} announcement;

enum { ANNOUNCED_NUMBERS = sizeof(announcement) / sizeof(int64_t) };

static hr_status announce(const hr_comm *comm, const announcement *mine, announcement *theirs, hr_error *err)
{
    return hr_mpi(
        MPI_Alltoall(mine, ANNOUNCED_NUMBERS, MPI_INT64_T, theirs, ANNOUNCED_NUMBERS, MPI_INT64_T, comm->mpi),
        "counting the halo", err);
}

static hr_status list_neighbours(hr_halo_lists *lists, announcement *mine, const announcement *theirs,
                                 hr_error *err)
{
    hr_status status = HR_OK;
    const int size = lists->comm->size;
    for (int r = 0; r < size; r++)
        lists->neighbours += mine[r].wanted > 0 || theirs[r].wanted > 0;
    HR_ALLOC(lists->neighbour, lists->neighbours);
    hr_neighbour *next = lists->neighbour;
    int64_t first_ghost = 0;
    for (int r = 0; r < size; r++) {
        mine[r].first_sent = lists->sent;
        mine[r].first_ghost = first_ghost;
        if (mine[r].wanted > 0 || theirs[r].wanted > 0)
            *next++ =
                (hr_neighbour){r, lists->sent, theirs[r].wanted, first_ghost, mine[r].wanted, 0, 0, 0, 0};
        lists->sent += theirs[r].wanted;
        first_ghost += mine[r].wanted;
    }
    for (int r = 0; r < size; r++) {
        mine[r].sent = lists->sent;
        mine[r].ghosts = lists->ghosts;
    }
    HR_ALLOC(lists->sent_row, lists->sent);
done:
    return status;
}

static void set_their_lists(hr_halo_lists *lists, const announcement *theirs)
{
    for (int i = 0; i < lists->neighbours; i++) {
        hr_neighbour *n = &lists->neighbour[i];
        n->their_first_sent = theirs[n->rank].first_sent;
        n->their_first_ghost = theirs[n->rank].first_ghost;
        n->their_sent = theirs[n->rank].sent;
        n->their_ghosts = theirs[n->rank].ghosts;
    }
}

static hr_status check_lengths(const hr_halo_lists *lists, hr_error *err)
{
    for (int i = 0; i < lists->neighbours; i++) {
        const hr_neighbour *n = &lists->neighbour[i];
        if (n->sent > INT_MAX || n->ghosts > INT_MAX)
            return hr_fail(err, HR_MEMORY,
                           "ranks %d and %d exchange more rows than one MPI message counts; use more ranks",
                           lists->comm->rank, n->rank);
    }
    return HR_OK;
}

/* Sends to each owner the rows that have ghosts here. */
static hr_status exchange_rows(hr_halo_lists *lists, const int32_t *ghost_row, MPI_Request *request,
                               hr_error *err)
{
    const hr_comm *comm = lists->comm;
    int requests = 0;
    for (int i = 0; i < lists->neighbours; i++) {
        const hr_neighbour *n = &lists->neighbour[i];
        MPI_Irecv(lists->sent_row + n->first_sent, (int)n->sent, MPI_INT32_T, n->rank, TAG_LISTS, comm->mpi,
                  &request[requests++]);
        MPI_Isend(ghost_row + n->first_ghost, (int)n->ghosts, MPI_INT32_T, n->rank, TAG_LISTS, comm->mpi,
                  &request[requests++]);
    }
    hr_status status =
        hr_mpi(MPI_Waitall(requests, request, MPI_STATUSES_IGNORE), "exchanging halo lists", err);
    for (int64_t i = 0; status == HR_OK && i < lists->sent; i++)
        if (lists->sent_row[i] < 0 || lists->sent_row[i] >= lists->owned)
            status =
                hr_fail(err, HR_INPUT, "another rank has a ghost of row %d of rank %d, which owns %" PRId64,
                        lists->sent_row[i], comm->rank, lists->owned);
    return status;
}

/* Workspace. */
typedef struct scratch {
    announcement *mine, *theirs; /* [ranks] */
    MPI_Request *request;        /* [2 x ranks] */
} scratch;

static hr_status scratch_new(scratch *s, int size, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(s->mine, size);
    HR_ALLOC(s->theirs, size);
    HR_ALLOC(s->request, 2 * (int64_t)size);
done:
    return status;
}

hr_status hr_halo_lists_create(hr_halo_lists *lists, const hr_comm *comm, int64_t owned, int64_t ghosts,
                               const int32_t *ghost_owner, const int32_t *ghost_row, hr_error *err)
{
    scratch s = {0};
    *lists = (hr_halo_lists){.comm = comm, .owned = owned, .ghosts = ghosts};
    hr_status status = check_ghosts(comm, owned, ghosts, ghost_owner, err);
    if (status == HR_OK)
        status = scratch_new(&s, comm->size, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int64_t g = 0; g < ghosts; g++)
        s.mine[ghost_owner[g]].wanted++;
    HR_TRY(announce(comm, s.mine, s.theirs, err));
    status = list_neighbours(lists, s.mine, s.theirs, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(announce(comm, s.mine, s.theirs, err));
    set_their_lists(lists, s.theirs);
    status = check_lengths(lists, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    status = exchange_rows(lists, ghost_row, s.request, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    assert(hr_halo_lists_is_valid(lists));
done:
    free(s.mine);
    free(s.theirs);
    free(s.request);
    if (status != HR_OK)
        hr_halo_lists_free(lists);
    return status;
}

void hr_halo_lists_free(hr_halo_lists *lists)
{
    free(lists->sent_row);
    free(lists->neighbour);
    *lists = (hr_halo_lists){0};
}

static bool rows_ascend(const int32_t *row, int64_t count, int64_t owned)
{
    for (int64_t i = 0; i < count; i++)
        if (row[i] < 0 || row[i] >= owned || (i > 0 && row[i] <= row[i - 1]))
            return false;
    return true;
}

static bool neighbour_is_valid(const hr_halo_lists *lists, const hr_neighbour *n)
{
    const bool is_self = n->rank == lists->comm->rank;
    return n->rank >= 0 && n->rank < lists->comm->size && n->sent >= 0 && n->ghosts >= 0 &&
           n->sent + n->ghosts > 0 && n->their_first_sent >= 0 && n->their_first_ghost >= 0 &&
           n->their_first_sent + n->ghosts <= n->their_sent &&
           n->their_first_ghost + n->sent <= n->their_ghosts &&
           (!is_self || (n->sent == n->ghosts && n->their_first_sent == n->first_sent &&
                         n->their_first_ghost == n->first_ghost)) &&
           rows_ascend(lists->sent_row + n->first_sent, n->sent, lists->owned);
}

bool hr_halo_lists_is_valid(const hr_halo_lists *lists)
{
    int64_t sent = 0, ghosts = 0;
    for (int i = 0; i < lists->neighbours; i++) {
        const hr_neighbour *n = &lists->neighbour[i];
        if (n->first_sent != sent || n->first_ghost != ghosts || n->sent > lists->sent - sent ||
            n->ghosts > lists->ghosts - ghosts || !neighbour_is_valid(lists, n) ||
            (i > 0 && n->rank <= lists->neighbour[i - 1].rank))
            return false;
        sent += n->sent;
        ghosts += n->ghosts;
    }
    return lists->owned >= 0 && sent == lists->sent && ghosts == lists->ghosts;
}
