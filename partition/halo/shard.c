#include "partition/halo/shard.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>

/* Reads where a part's piece of an array begins, and its length, from the offsets `name` over parts. */
static hr_status read_range(hr_h5 *file, const char *name, int32_t part, int64_t *first, int64_t *count,
                            hr_error *err)
{
    int64_t range[2] = {0, 0};
    const hr_status status = hr_h5_read_rows(file, name, HR_H5_I64, part, 2, 1, range, err);
    *first = range[0];
    *count = 0;
    if (status == HR_OK && (range[0] < 0 || range[1] < range[0] || range[1] > hr_h5_bytes(file)))
        return hr_fail(err, HR_INPUT,
                       "%s: %s runs from %" PRId64 " to %" PRId64 " at part %d; the file is damaged",
                       hr_h5_path(file), name, range[0], range[1], part);
    if (status == HR_OK)
        *count = range[1] - range[0];
    return status;
}

static hr_status read_i32(hr_h5 *file, const char *name, int64_t first, int64_t count, int32_t **values,
                          hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC_SHARED(*values, count);
    HR_TRY(hr_h5_read_rows(file, name, HR_H5_I32, first, count, 1, *values, err));
done:
    return status;
}

/* Reads counts and sums them to offsets [count + 1] of `total` elements. */
static hr_status read_ptr(hr_h5 *file, const char *name, int64_t first, int64_t count, int64_t total,
                          int64_t **ptr, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t left = total;
    HR_ALLOC(*ptr, count + 1);
    HR_TRY(hr_h5_read_rows(file, name, HR_H5_I64, first, count, 1, *ptr + 1, err));
    for (int64_t i = 1; i <= count && left >= 0; i++)
        left = (*ptr)[i] >= 0 && (*ptr)[i] <= left ? left - (*ptr)[i] : -1;
    if (left != 0)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: the numbers of %s do not sum up to the %" PRId64
                       " of their part; the file is damaged",
                       hr_h5_path(file), name, total));
    hr_offsets_sum(*ptr, count);
done:
    return status;
}

static hr_status read_rows(hr_shard *shard, hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t first = 0, first_ghost = 0;
    HR_TRY(read_range(file, "part/vertex_ptr", shard->part, &first, &shard->owned, err));
    HR_TRY(read_range(file, "part/ghost_ptr", shard->part, &first_ghost, &shard->ghosts, err));
    HR_TRY(hr_h5_read_rows(file, "part/owned_users", HR_H5_I64, shard->part, 1, 1, &shard->owned_users, err));
    HR_ALLOC(shard->vertex, shard->owned + shard->ghosts);
    HR_TRY(hr_h5_read_rows(file, "vertex/number", HR_H5_I64, first, shard->owned, 1, shard->vertex, err));
    HR_TRY(hr_h5_read_rows(file, "ghost/number", HR_H5_I64, first_ghost, shard->ghosts, 1,
                           shard->vertex + shard->owned, err));
    HR_TRY(read_i32(file, "vertex/degree", first, shard->owned, &shard->degree, err));
    HR_TRY(read_i32(file, "ghost/owner", first_ghost, shard->ghosts, &shard->ghost_owner, err));
    HR_TRY(read_i32(file, "ghost/row", first_ghost, shard->ghosts, &shard->ghost_row, err));
done:
    return status;
}

static hr_status read_edges(hr_shard *shard, hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t first_user = 0, first_movie = 0, first_edge = 0, first_rated = 0, rated = 0;
    HR_TRY(read_range(file, "part/user_slot_ptr", shard->part, &first_user, &shard->user_slots, err));
    HR_TRY(read_range(file, "part/movie_slot_ptr", shard->part, &first_movie, &shard->movie_slots, err));
    HR_TRY(read_range(file, "part/edge_ptr", shard->part, &first_edge, &shard->edges, err));
    HR_TRY(read_range(file, "part/rated_ptr", shard->part, &first_rated, &rated, err));
    HR_TRY(read_i32(file, "user_slot/row", first_user, shard->user_slots, &shard->user_row, err));
    HR_TRY(read_i32(file, "movie_slot/row", first_movie, shard->movie_slots, &shard->movie_row, err));
    HR_TRY(read_ptr(file, "user_slot/edges", first_user, shard->user_slots, shard->edges, &shard->edge_ptr,
                    err));
    HR_TRY(read_i32(file, "edge/movie", first_edge, shard->edges, &shard->edge_movie, err));
    HR_ALLOC(shard->first_edge, shard->user_slots);
    HR_TRY(hr_h5_read_rows(file, "user_slot/first_edge", HR_H5_I64, first_user, shard->user_slots, 1,
                           shard->first_edge, err));
    HR_TRY(read_ptr(file, "user_slot/rated", first_user, shard->user_slots, rated, &shard->rated_ptr, err));
    HR_TRY(read_i32(file, "rated/movie", first_rated, rated, &shard->rated_movie, err));
done:
    return status;
}

hr_status hr_shard_read(hr_shard *shard, hr_h5 *file, int32_t part, hr_error *err)
{
    hr_status status = HR_OK;
    shard->part = part;
    HR_TRY(hr_h5_get_i64(file, "users", &shard->users, err));
    HR_TRY(hr_h5_get_i64(file, "movies", &shard->movies, err));
    HR_TRY(hr_h5_get_i64(file, "edges", &shard->edges_total, err));
    HR_TRY(read_rows(shard, file, err));
    HR_TRY(read_edges(shard, file, err));
    HR_TRY(hr_fail_in(err, hr_shard_check(shard, err), hr_h5_path(file)));
    assert(hr_shard_is_valid(shard));
done:
    if (status != HR_OK)
        hr_shard_free(shard);
    return status;
}

hr_status hr_shard_read_values(hr_shard *shard, hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t first = 0, count = 0;
    HR_TRY(read_range(file, "part/rated_ptr", shard->part, &first, &count, err));
    HR_ALLOC_SHARED(shard->rated_value, count);
    HR_TRY(hr_h5_read_rows(file, "rated/value", HR_H5_F32, first, count, 1, shard->rated_value, err));
    for (int64_t i = 0; i < count; i++)
        if (!isfinite(shard->rated_value[i]))
            HR_TRY(hr_fail(err, HR_INPUT, "%s: rated/value has a %g at %" PRId64 "; the file is damaged",
                           hr_h5_path(file), (double)shard->rated_value[i], first + i));
done:
    return status;
}

void hr_shard_free(hr_shard *shard)
{
    free(shard->vertex);
    free(shard->degree);
    free(shard->ghost_owner);
    free(shard->ghost_row);
    free(shard->user_row);
    free(shard->movie_row);
    free(shard->edge_ptr);
    free(shard->edge_movie);
    free(shard->first_edge);
    free(shard->rated_ptr);
    free(shard->rated_movie);
    free(shard->rated_value);
    *shard = (hr_shard){0};
}

static hr_status broken(const char *what, int64_t at, hr_error *err)
{
    return hr_fail(err, HR_INPUT,
                   "a shard is damaged: %s, at %" PRId64 "; cut the dataset again with halorec partition",
                   what, at);
}

static hr_status check_rows(const hr_shard *s, hr_error *err)
{
    if (s->owned_users < 0 || s->owned_users > s->owned)
        return broken("more users than rows", s->owned_users, err);
    for (int64_t row = 0; row < s->owned + s->ghosts; row++) {
        const bool in_range = s->vertex[row] >= 0 && s->vertex[row] < s->users + s->movies;
        const bool right_kind = row >= s->owned || (s->vertex[row] < s->users) == (row < s->owned_users);
        if (!in_range || !right_kind)
            return broken("a row has a vertex of another kind or none", row, err);
    }
    for (int64_t v = 0; v < s->owned; v++)
        if (s->degree[v] < 0)
            return broken("a negative degree", v, err);
    for (int64_t g = 0; g < s->ghosts; g++) {
        const bool after =
            g == 0 || s->ghost_owner[g] > s->ghost_owner[g - 1] ||
            (s->ghost_owner[g] == s->ghost_owner[g - 1] && s->ghost_row[g] > s->ghost_row[g - 1]);
        if (!after || s->ghost_owner[g] == s->part || s->ghost_row[g] < 0)
            return broken("a ghost is out of order or is owned here", g, err);
    }
    return HR_OK;
}

/* Whether values[first … end - 1] ascend strictly within 0 … bound - 1. */
static bool ascends(const int32_t *values, int64_t first, int64_t end, int64_t bound)
{
    for (int64_t i = first; i < end; i++)
        if (values[i] < 0 || values[i] >= bound || (i > first && values[i] <= values[i - 1]))
            return false;
    return true;
}

static hr_status check_slots(const hr_shard *s, hr_error *err)
{
    if (s->user_slots + s->movie_slots != s->owned + s->ghosts)
        return broken("not every row has a slot", s->user_slots + s->movie_slots, err);
    if (!ascends(s->user_row, 0, s->user_slots, s->owned + s->ghosts))
        return broken("user slots are out of order", 0, err);
    if (!ascends(s->movie_row, 0, s->movie_slots, s->owned + s->ghosts))
        return broken("movie slots are out of order", 0, err);
    for (int64_t u = 0; u < s->user_slots; u++)
        if (s->vertex[s->user_row[u]] >= s->users)
            return broken("a user slot is a movie's row", u, err);
    for (int64_t m = 0; m < s->movie_slots; m++)
        if (s->vertex[s->movie_row[m]] < s->users)
            return broken("a movie slot is a user's row", m, err);
    return HR_OK;
}

static hr_status check_lists(const hr_shard *s, hr_error *err)
{
    if (s->edge_ptr[0] != 0 || s->edge_ptr[s->user_slots] != s->edges || s->rated_ptr[0] != 0)
        return broken("users' edges do not sum to the part's", s->edges, err);
    for (int64_t u = 0; u < s->user_slots; u++) {
        if (s->edge_ptr[u + 1] < s->edge_ptr[u] || s->edge_ptr[u + 1] > s->edges ||
            !ascends(s->edge_movie, s->edge_ptr[u], s->edge_ptr[u + 1], s->movie_slots))
            return broken("a user's edges are out of order", u, err);
        const int64_t rated = s->rated_ptr[u + 1] - s->rated_ptr[u];
        if (rated < s->edge_ptr[u + 1] - s->edge_ptr[u] ||
            s->rated_ptr[u + 1] > s->rated_ptr[s->user_slots] ||
            !ascends(s->rated_movie, s->rated_ptr[u], s->rated_ptr[u + 1], s->movies))
            return broken("a user's movies are out of order", u, err);
        if (s->user_row[u] < s->owned && s->degree[s->user_row[u]] != rated)
            return broken("a user's degree is not that of its movies", u, err);
        if (s->first_edge[u] < 0 || s->first_edge[u] > s->edges_total - rated)
            return broken("a user's first edge is out of range", u, err);
    }
    return HR_OK;
}

hr_status hr_shard_check(const hr_shard *shard, hr_error *err)
{
    hr_status status = check_rows(shard, err);
    if (status == HR_OK)
        status = check_slots(shard, err);
    return status == HR_OK ? check_lists(shard, err) : status;
}

bool hr_shard_is_valid(const hr_shard *shard)
{
    hr_error ignored;
    return hr_shard_check(shard, &ignored) == HR_OK;
}
