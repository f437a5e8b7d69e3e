#include "partition/plan/grid.h"

#include "io/base/even.h"
#include "io/options/list.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

hr_status hr_grid_shape_parse(const char *text, int32_t ranks, hr_grid_shape *shape, hr_error *err)
{
    int64_t sides[2];
    if (hr_separate_ints(text, 'x', sides, 2) != 2 || sides[0] < 1 || sides[1] < 1 || sides[0] > INT32_MAX ||
        sides[1] > INT32_MAX)
        return hr_fail(err, HR_USAGE, "--grid %s: expected parts x column groups, as in 4x2", text);
    if (sides[0] * sides[1] != ranks)
        return hr_fail(err, HR_USAGE, "--grid %s: is %" PRId64 " ranks, but there are %d", text,
                       sides[0] * sides[1], ranks);
    *shape = (hr_grid_shape){(int32_t)sides[0], (int32_t)sides[1]};
    return HR_OK;
}

static hr_status split(const hr_comm *world, int color, hr_comm *comm, hr_error *err)
{
    MPI_Comm mpi = MPI_COMM_NULL;
    const hr_status status =
        hr_mpi(MPI_Comm_split(world->mpi, color, world->rank, &mpi), "splitting ranks into a grid", err);
    if (status == HR_OK)
        *comm = hr_comm_of(mpi);
    return status;
}

hr_status hr_grid_create(hr_grid *grid, const hr_comm *world, hr_grid_shape shape, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    *grid = (hr_grid){.world = *world, .parts = {.mpi = MPI_COMM_NULL}, .groups = {.mpi = MPI_COMM_NULL}};
    if ((int64_t)shape.parts * shape.groups != world->size)
        return hr_fail(err, HR_USAGE, "a grid of %dx%d for %d ranks", shape.parts, shape.groups, world->size);
    if (shape.groups > dim)
        return hr_fail(err, HR_USAGE,
                       "a grid of %dx%d: %" PRId64
                       " columns can't be cut into %d groups; use a larger --dim or more "
                       "parts",
                       shape.parts, shape.groups, dim, shape.groups);
    HR_TRY(split(world, world->rank % shape.groups, &grid->parts, err));
    HR_TRY(split(world, world->rank / shape.groups, &grid->groups, err));
    grid->dim = dim;
    grid->first_column = hr_block_first(dim, grid->groups.rank, shape.groups);
    grid->columns = hr_block_first(dim, grid->groups.rank + 1, shape.groups) - grid->first_column;
    assert(hr_grid_is_valid(grid));
done:
    return status;
}

void hr_grid_free(hr_grid *grid)
{
    if (grid->dim > 0) {
        MPI_Comm_free(&grid->parts.mpi);
        MPI_Comm_free(&grid->groups.mpi);
    }
    *grid = (hr_grid){0};
}

bool hr_grid_is_valid(const hr_grid *grid)
{
    const int part = grid->parts.rank, group = grid->groups.rank, groups = grid->groups.size;
    return grid->parts.size > 0 && groups > 0 && grid->parts.size * groups == grid->world.size &&
           part * groups + group == grid->world.rank && grid->columns > 0 &&
           grid->first_column == hr_block_first(grid->dim, group, groups) &&
           grid->first_column + grid->columns == hr_block_first(grid->dim, group + 1, groups);
}

int64_t hr_grid_first_row(const hr_grid *grid, int64_t rows)
{
    return hr_block_first(rows, grid->groups.rank, grid->groups.size);
}

int64_t hr_grid_rows(const hr_grid *grid, int64_t rows)
{
    return hr_block_first(rows, grid->groups.rank + 1, grid->groups.size) - hr_grid_first_row(grid, rows);
}

/* What this rank exchanges with the rank of another group: its own columns of the rows in the other's share,
 * which are contiguous; and the other's columns of the rows in its own share, a strip of each row. */
typedef struct piece {
    int64_t rows_at, strip_at;
    MPI_Datatype rows, strip;
} piece;

static piece piece_of(const hr_grid *grid, int64_t rows, int group)
{
    const int groups = grid->groups.size, columns = (int)grid->columns;
    const int64_t first_row = hr_block_first(rows, group, groups);
    const int64_t first_column = hr_block_first(grid->dim, group, groups);
    piece p = {.rows_at = first_row * grid->columns, .strip_at = first_column};
    MPI_Type_vector((int)(hr_block_first(rows, group + 1, groups) - first_row), columns, columns, MPI_FLOAT,
                    &p.rows);
    MPI_Type_vector((int)hr_grid_rows(grid, rows),
                    (int)(hr_block_first(grid->dim, group + 1, groups) - first_column), (int)grid->dim,
                    MPI_FLOAT, &p.strip);
    MPI_Type_commit(&p.rows);
    MPI_Type_commit(&p.strip);
    return p;
}

static void piece_free(piece *p)
{
    MPI_Type_free(&p->rows);
    MPI_Type_free(&p->strip);
}

/* In round `away` a rank sends to the group `away` ahead and receives from the one `away` behind. */
static void partners(const hr_grid *grid, int away, int *ahead, int *behind)
{
    const int groups = grid->groups.size;
    *ahead = (grid->groups.rank + away) % groups;
    *behind = (grid->groups.rank + groups - away) % groups;
}

hr_status hr_grid_to_rows(const hr_grid *grid, int64_t rows, const float *mine, float *whole, hr_error *err)
{
    hr_status status = HR_OK;
    for (int away = 0, ahead, behind; away < grid->groups.size && status == HR_OK; away++) {
        partners(grid, away, &ahead, &behind);
        piece to = piece_of(grid, rows, ahead), from = piece_of(grid, rows, behind);
        status = hr_mpi(MPI_Sendrecv(mine + to.rows_at, 1, to.rows, ahead, 0, whole + from.strip_at, 1,
                                     from.strip, behind, 0, grid->groups.mpi, MPI_STATUS_IGNORE),
                        "transposing columns to rows", err);
        piece_free(&from);
        piece_free(&to);
    }
    return status;
}

hr_status hr_grid_to_columns(const hr_grid *grid, int64_t rows, const float *whole, float *mine,
                             hr_error *err)
{
    hr_status status = HR_OK;
    for (int away = 0, ahead, behind; away < grid->groups.size && status == HR_OK; away++) {
        partners(grid, away, &ahead, &behind);
        piece to = piece_of(grid, rows, ahead), from = piece_of(grid, rows, behind);
        status = hr_mpi(MPI_Sendrecv(whole + to.strip_at, 1, to.strip, ahead, 0, mine + from.rows_at, 1,
                                     from.rows, behind, 0, grid->groups.mpi, MPI_STATUS_IGNORE),
                        "transposing rows to columns", err);
        piece_free(&from);
        piece_free(&to);
    }
    return status;
}
