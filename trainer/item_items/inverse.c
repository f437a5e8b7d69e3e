#include "trainer/item_items/inverse.h"

#include "io/base/memory.h"

#include <inttypes.h>
#include <limits.h>

/* ScaLAPACK and BLACS come without headers. Matrices are by columns; rows and columns of a part of one count from 1. */
int Csys2blacs_handle(MPI_Comm comm);
void Cfree_blacs_system_handle(int handle);
void Cblacs_gridinit(int *grid, const char *order, int rows, int columns);
void Cblacs_gridexit(int grid);
void pspotrf_(const char *triangle, const int *order, float *a, const int *row, const int *column,
              const int *description, int *failed);
void pspotri_(const char *triangle, const int *order, float *a, const int *row, const int *column,
              const int *description, int *failed);
void Cpsgemr2d(int rows, int columns, float *a, int row, int column, int *description, float *b, int to_row,
               int to_column, int *to_description, int grid);

/* What ScaLAPACK calls a descriptor. */
typedef struct description {
    int kind, grid, rows, columns, block_rows, block_columns, first_row, first_rank, stride;
} description;

enum { DENSE = 1 };

static int at_least_one(int64_t count)
{
    return count > 1 ? (int)count : 1;
}

static description describe(const hr_inverse *v)
{
    const int order = (int)v->order;
    return (description){
        DENSE, v->grid, order, order, HR_INVERSE_BLOCK, HR_INVERSE_BLOCK, 0, 0, at_least_one(order)};
}

int64_t hr_inverse_most_columns(int64_t order, int ranks)
{
    const int64_t blocks = (order + HR_INVERSE_BLOCK - 1) / HR_INVERSE_BLOCK;
    return (blocks + ranks - 1) / ranks * HR_INVERSE_BLOCK;
}

/* How many columns a rank has. */
static int64_t columns_of(int64_t order, int ranks, int rank)
{
    const int64_t whole = order / HR_INVERSE_BLOCK, rest = order % HR_INVERSE_BLOCK;
    const int64_t blocks = whole / ranks + (rank < whole % ranks);
    return blocks * HR_INVERSE_BLOCK + (rank == whole % ranks ? rest : 0);
}

hr_status hr_inverse_create(hr_inverse *v, const hr_comm *comm, int64_t order, hr_error *err)
{
    hr_status status = HR_OK;
    v->order = order;
    v->columns = columns_of(order, comm->size, comm->rank);
    if (order > INT_MAX || columns_of(order, comm->size, 0) > INT_MAX / order)
        return hr_fail(
            err, HR_USAGE,
            "a matrix of %" PRId64 " x %" PRId64
            " item-item weights on %d ranks: ScaLAPACK counts up to %d entries a rank; use more ranks",
            order, order, comm->size, INT_MAX);
    HR_ALLOC_SHARED(v->values, v->columns * order);
done:
    status = hr_agree(comm, status, NULL, err);
    if (status != HR_OK)
        return status;
    v->comm = comm;
    v->handle = Csys2blacs_handle(comm->mpi == MPI_COMM_NULL ? MPI_COMM_SELF : comm->mpi);
    v->grid = v->handle;
    Cblacs_gridinit(&v->grid, "R", 1, comm->size);
    return HR_OK;
}

void hr_inverse_free(hr_inverse *v)
{
    if (v->comm) {
        Cblacs_gridexit(v->grid);
        Cfree_blacs_system_handle(v->handle);
    }
    free(v->values);
    *v = (hr_inverse){0};
}

hr_status hr_inverse_compute(hr_inverse *v, hr_error *err)
{
    const description d = describe(v);
    const int order = (int)v->order, one = 1;
    int failed = 0;
    pspotrf_("L", &order, v->values, &one, &one, &d.kind, &failed);
    if (failed == 0)
        pspotri_("L", &order, v->values, &one, &one, &d.kind, &failed);
    const hr_status status =
        failed == 0
            ? HR_OK
            : hr_fail(err, HR_USAGE,
                      "row %d of the matrix of movies rated together depends on those before it, as far as "
                      "numbers tell: give a larger --ridge",
                      failed);
    return hr_agree(v->comm, status, NULL, err);
}

int64_t hr_inverse_column(const hr_inverse *v, int rank, int64_t k)
{
    const int64_t block = k / HR_INVERSE_BLOCK * v->comm->size + rank;
    return block * HR_INVERSE_BLOCK + k % HR_INVERSE_BLOCK;
}

hr_status hr_inverse_diagonal(const hr_inverse *v, double *diagonal, hr_error *err)
{
    for (int64_t i = 0; i < v->order; i++)
        diagonal[i] = 0.0;
    for (int64_t k = 0; k < v->columns; k++) {
        const int64_t number = hr_inverse_column(v, v->comm->rank, k);
        diagonal[number] = v->values[k * v->order + number];
    }
    return hr_sum_f64(v->comm, diagonal, v->order, err);
}

void hr_inverse_rows(const hr_inverse *v, int root, int64_t first, int64_t count, float *rows, float *work)
{
    description d = describe(v);
    const int order = (int)v->order, some = (int)count, from = (int)first + 1;
    const int64_t end = first + count;
    description across = {DENSE, v->grid, some, order, some, order, 0, root, at_least_one(some)};
    description down = {DENSE, v->grid, order, some, order, some, 0, root, at_least_one(order)};
    if (count == 0)
        return;
    Cpsgemr2d(some, (int)end, v->values, from, 1, &d.kind, work, 1, 1, &across.kind, v->grid);
    Cpsgemr2d(order - (int)first, some, v->values, from, from, &d.kind, rows, from, 1, &down.kind, v->grid);
    if (v->comm->rank != root)
        return;
    for (int64_t i = 0; i < count; i++)
        for (int64_t j = 0; j < first + i; j++)
            rows[i * v->order + j] = work[j * count + i];
}
