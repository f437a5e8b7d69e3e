#include "partition/halo/redistribution.h"

#include "io/base/memory.h"
#include "io/base/sort.h"
#include "partition/halo/halo.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct hr_redistribution {
    hr_halo *halo;
    int64_t rows, dim;
    int32_t *ghost; /* [count] the ghost that is row i of those at hand */
    float *values;  /* [(rows + count) x dim] */
};

static int64_t key_of(hr_row_position position)
{
    return (int64_t)position.rank << 32 | position.row;
}

/* Lists the rows at hand as ghosts, by rank and row there. */
static hr_status list_ghosts(const hr_redistribution *r, int64_t count, const hr_row_position *position,
                             int32_t *rank, int32_t *row, hr_error *err)
{
    hr_status status = HR_OK;
    hr_keyed *order = NULL;
    HR_ALLOC(order, count);
    for (int64_t i = 0; i < count; i++)
        order[i] = (hr_keyed){key_of(position[i]), i};
    hr_sort_keyed(order, count);
    for (int64_t g = 1; g < count; g++)
        if (order[g].key == order[g - 1].key)
            HR_TRY(hr_fail(err, HR_INPUT, "a row is owned twice by one rank; the partition is damaged"));
    for (int64_t g = 0; g < count; g++) {
        r->ghost[order[g].value] = (int32_t)g;
        rank[g] = position[order[g].value].rank;
        row[g] = position[order[g].value].row;
    }
done:
    free(order);
    return status;
}

static hr_status redistribution_new(hr_redistribution **out, int64_t rows, int64_t count,
                                    const hr_row_position *position, int64_t dim, int32_t **rank,
                                    int32_t **row, hr_error *err)
{
    hr_status status = HR_OK;
    hr_redistribution *r = NULL;
    HR_ALLOC(r, 1);
    *out = r;
    r->rows = rows;
    r->dim = dim;
    HR_ALLOC(r->ghost, count);
    HR_ALLOC(r->values, (rows + count) * dim);
    HR_ALLOC(*rank, count);
    HR_ALLOC(*row, count);
    HR_TRY(list_ghosts(r, count, position, *rank, *row, err));
done:
    return status;
}

/* Whether each of this rank's rows is at hand on one rank. */
static hr_status check_each_once(const hr_redistribution *r, hr_error *err)
{
    hr_status status = HR_OK;
    const int32_t *row = NULL;
    bool *found = NULL;
    const int64_t sent = hr_halo_sent(r->halo, &row);
    bool once = sent == r->rows;
    HR_ALLOC(found, r->rows);
    for (int64_t i = 0; once && i < sent; i++) {
        once = !found[row[i]];
        found[row[i]] = true;
    }
    if (!once)
        status = hr_fail(err, HR_INPUT, "a row is owned by two ranks or by none; the partition is damaged");
done:
    free(found);
    return status;
}

hr_status hr_redistribution_create(hr_redistribution **out, const hr_comm *comm, int64_t rows, int64_t count,
                                   const hr_row_position *position, int64_t dim, hr_error *err)
{
    hr_redistribution *r = NULL;
    int32_t *rank = NULL, *row = NULL;
    *out = NULL;
    hr_status status = redistribution_new(&r, rows, count, position, dim, &rank, &row, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_halo_create(&r->halo, comm, rows, count, rank, row, dim, 0, err));
    HR_TRY(hr_agree(comm, check_each_once(r, err), NULL, err));
    *out = r;
done:
    free(row);
    free(rank);
    if (status != HR_OK)
        hr_redistribution_destroy(r);
    return status;
}

void hr_redistribution_destroy(hr_redistribution *r)
{
    if (!r)
        return;
    hr_halo_destroy(r->halo);
    free(r->values);
    free(r->ghost);
    free(r);
}

float *hr_redistribution_rows(const hr_redistribution *r)
{
    return r->values;
}

float *hr_redistribution_at_hand(const hr_redistribution *r, int64_t i)
{
    return r->values + (r->rows + r->ghost[i]) * r->dim;
}

hr_status hr_redistribution_send(hr_redistribution *r, hr_error *err)
{
    memset(r->values, 0, (size_t)(r->rows * r->dim) * sizeof *r->values);
    return hr_halo_reduce(r->halo, r->values, r->dim, err);
}

hr_status hr_redistribution_fetch(hr_redistribution *r, hr_error *err)
{
    return hr_halo_scatter(r->halo, r->values, r->dim, err);
}
