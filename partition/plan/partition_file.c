#include "partition/plan/partition_file.h"

#include "io/hdf5/shared_file.h"
#include "partition/plan/plan_lists.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

enum { FORMAT_VERSION = 2 };

/* An array of a plan, of which this rank writes a piece. */
typedef struct array {
    const char *name;
    hr_h5_type type;
    int64_t length;       /* over all parts */
    int64_t first, count; /* this rank's piece */
    const void *data;     /* of it */
} array;

enum { EDGE_MOVIE = 18, RATED_MOVIE = 19, RATED_VALUE = 20, ARRAYS = 21 };

/* A partition file while it is written. */
typedef struct writer {
    array array[ARRAYS];
    int64_t offset[ARRAYS]; /* of the array in the file */
    hr_shared_file *file;
} writer;

static int64_t type_bytes(hr_h5_type type)
{
    return type == HR_H5_I32 || type == HR_H5_F32 ? (int64_t)sizeof(int32_t) : (int64_t)sizeof(int64_t);
}

static hr_status write_attributes(hr_h5 *file, const hr_plan_summary *s, const hr_partition_origin *o,
                                  hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_h5_set_text(file, "fingerprint", o->fingerprint, err));
    HR_TRY(hr_h5_set_f64(file, "valid_share", o->valid_share, err));
    HR_TRY(hr_h5_set_i64(file, "method", o->method, err));
    HR_TRY(hr_h5_set_i64(file, "seed", (int64_t)o->seed, err));
    HR_TRY(hr_h5_set_i64(file, "parts", s->parts, err));
    HR_TRY(hr_h5_set_i64(file, "users", s->users, err));
    HR_TRY(hr_h5_set_i64(file, "movies", s->movies, err));
    HR_TRY(hr_h5_set_i64(file, "edges", s->edges, err));
    HR_TRY(hr_h5_set_i64(file, "cut_edges", s->cut_edges, err));
    HR_TRY(hr_h5_set_i64(file, "ghosts", s->ghosts, err));
    HR_TRY(hr_h5_set_i64(file, "matching", s->matching, err));
    HR_TRY(hr_h5_set_i64(file, "usual_halo", s->usual_halo, err));
    HR_TRY(hr_h5_set_f64(file, "edge_balance", s->edge_balance, err));
    HR_TRY(hr_h5_set_f64(file, "vertex_balance", s->vertex_balance, err));
done:
    return status;
}

/* What is on all ranks rank 0 writes; what is of parts, their rank; lists come later. */
static void list_arrays(const hr_plan *plan, bool values, array out[ARRAYS])
{
    const int64_t parts = plan->parts, vertices = plan->users + plan->movies, first = plan->first_part;
    const int64_t *ghosts = plan->ghost_ptr, *users = plan->user_slot_ptr, *movies = plan->movie_slot_ptr;
    const int64_t ghosts_here = ghosts[plan->end_part] - ghosts[first];
    const int64_t users_here = users[plan->end_part] - users[first];
    const int64_t movies_here = movies[plan->end_part] - movies[first];
    const int64_t rated = plan->rated_ptr[parts], rank0 = plan->comm.rank == 0;
    const array arrays[ARRAYS] = {
        {"part/vertex_ptr", HR_H5_I64, parts + 1, 0, rank0 * (parts + 1), plan->vertex_ptr},
        {"part/owned_users", HR_H5_I64, parts, 0, rank0 * parts, plan->owned_users},
        {"part/ghost_ptr", HR_H5_I64, parts + 1, 0, rank0 * (parts + 1), ghosts},
        {"part/user_slot_ptr", HR_H5_I64, parts + 1, 0, rank0 * (parts + 1), users},
        {"part/movie_slot_ptr", HR_H5_I64, parts + 1, 0, rank0 * (parts + 1), movies},
        {"part/edge_ptr", HR_H5_I64, parts + 1, 0, rank0 * (parts + 1), plan->edge_ptr},
        {"part/rated_ptr", HR_H5_I64, parts + 1, 0, rank0 * (parts + 1), plan->rated_ptr},
        {"owner", HR_H5_I32, vertices, 0, rank0 * vertices, plan->owner},
        {"vertex/number", HR_H5_I64, vertices, 0, rank0 * vertices, plan->vertex},
        {"vertex/degree", HR_H5_I32, vertices, 0, rank0 * vertices, plan->vertex_degree},
        {"ghost/number", HR_H5_I64, ghosts[parts], ghosts[first], ghosts_here, plan->ghost},
        {"ghost/owner", HR_H5_I32, ghosts[parts], ghosts[first], ghosts_here, plan->ghost_owner},
        {"ghost/row", HR_H5_I32, ghosts[parts], ghosts[first], ghosts_here, plan->ghost_row},
        {"user_slot/row", HR_H5_I32, users[parts], users[first], users_here, plan->user_row},
        {"user_slot/edges", HR_H5_I64, users[parts], users[first], users_here, plan->slot_edges},
        {"user_slot/first_edge", HR_H5_I64, users[parts], users[first], users_here, plan->first_edge},
        {"user_slot/rated", HR_H5_I64, users[parts], users[first], users_here, plan->slot_rated},
        {"movie_slot/row", HR_H5_I32, movies[parts], movies[first], movies_here, plan->movie_row},
        [EDGE_MOVIE] = {"edge/movie", HR_H5_I32, plan->edges, 0, 0, NULL},
        [RATED_MOVIE] = {"rated/movie", HR_H5_I32, rated, 0, 0, NULL},
        [RATED_VALUE] = {"rated/value", HR_H5_F32, values ? rated : 0, 0, 0, NULL}};
    memcpy(out, arrays, sizeof arrays);
}

/* Rank 0 makes the file with all its arrays, empty. */
static hr_status lay_out(writer *w, const hr_plan *plan, const hr_partition_origin *origin, const char *path,
                         hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_plan_summary summary;
    int64_t bytes = 0;
    for (int i = 0; i < ARRAYS; i++)
        bytes += w->array[i].length * type_bytes(w->array[i].type);
    hr_plan_summarise(plan, &summary);
    HR_TRY(hr_h5_create(&file, path, HR_PARTITION_FORMAT, FORMAT_VERSION, bytes, err));
    HR_TRY(write_attributes(file, &summary, origin, err));
    for (int i = 0; i < ARRAYS; i++) {
        HR_TRY(hr_h5_declare(file, w->array[i].name, w->array[i].type, w->array[i].length, 1, err));
        if (w->array[i].length > 0)
            HR_TRY(hr_h5_offset(file, w->array[i].name, &w->offset[i], err));
    }
    HR_TRY(hr_h5_hand_over(file, err));
done:
    hr_h5_close(file);
    return status;
}

static hr_status write_piece(const writer *w, int i, int64_t first, int64_t count, const void *data,
                             hr_error *err)
{
    const int64_t bytes = type_bytes(w->array[i].type);
    return hr_shared_write(w->file, w->offset[i] + first * bytes, data, count * bytes, err);
}

static hr_status write_lists(void *context, const hr_slot_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
    const writer *w = context;
    HR_TRY(write_piece(w, EDGE_MOVIE, lists->first_edge, lists->edges, lists->edge_movie, err));
    HR_TRY(write_piece(w, RATED_MOVIE, lists->first_rated, lists->rated, lists->rated_movie, err));
    if (lists->rated_value)
        HR_TRY(write_piece(w, RATED_VALUE, lists->first_rated, lists->rated, lists->rated_value, err));
done:
    return status;
}

static hr_status write_arrays(writer *w, const hr_plan *plan, const hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; i < ARRAYS && status == HR_OK; i++)
        status = write_piece(w, i, w->array[i].first, w->array[i].count, w->array[i].data, err);
    HR_TRY(hr_agree(&plan->comm, status, NULL, err));
    HR_TRY(hr_plan_each_list(plan, graph, write_lists, w, err));
done:
    return status;
}

hr_status hr_partition_write(const hr_plan *plan, const hr_graph *graph, const hr_partition_origin *origin,
                             const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = &plan->comm;
    writer w = {.file = NULL};
    int64_t values = graph->user_value != NULL;
    assert(hr_plan_is_valid(plan));
    HR_TRY(hr_max_i64(comm, &values, 1, err)); /* a rank without users has none */
    list_arrays(plan, values > 0, w.array);
    if (comm->rank == 0)
        status = lay_out(&w, plan, origin, path, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, w.offset, sizeof w.offset, 0, err));
    HR_TRY(hr_shared_open(&w.file, comm, path, err));
    status = write_arrays(&w, plan, graph, err);
    status = hr_shared_publish(w.file, status, err);
done:
    hr_shared_close(w.file);
    return status;
}

static hr_status read_origin(hr_h5 *file, hr_partition_origin *o, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t method = 0, seed = 0;
    HR_TRY(hr_h5_get_text(file, "fingerprint", o->fingerprint, sizeof o->fingerprint, err));
    HR_TRY(hr_h5_get_f64(file, "valid_share", &o->valid_share, err));
    HR_TRY(hr_h5_get_i64(file, "method", &method, err));
    HR_TRY(hr_h5_get_i64(file, "seed", &seed, err));
    if (method < HR_CUT_METIS || method > HR_CUT_STREAM)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: method %" PRId64 " is not known; the file is damaged",
                       hr_h5_path(file), method));
    if (!(o->valid_share >= 0.0 && o->valid_share < 1.0))
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: a valid_share of %g, expected one from 0 to 1; the file is damaged",
                       hr_h5_path(file), o->valid_share));
    o->method = (hr_cut_method)method;
    o->seed = (uint64_t)seed;
done:
    return status;
}

static hr_status read_summary(hr_h5 *file, hr_plan_summary *s, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t parts = 0;
    HR_TRY(hr_h5_get_i64(file, "parts", &parts, err));
    HR_TRY(hr_h5_get_i64(file, "users", &s->users, err));
    HR_TRY(hr_h5_get_i64(file, "movies", &s->movies, err));
    HR_TRY(hr_h5_get_i64(file, "edges", &s->edges, err));
    HR_TRY(hr_h5_get_i64(file, "cut_edges", &s->cut_edges, err));
    HR_TRY(hr_h5_get_i64(file, "ghosts", &s->ghosts, err));
    HR_TRY(hr_h5_get_i64(file, "matching", &s->matching, err));
    HR_TRY(hr_h5_get_i64(file, "usual_halo", &s->usual_halo, err));
    HR_TRY(hr_h5_get_f64(file, "edge_balance", &s->edge_balance, err));
    HR_TRY(hr_h5_get_f64(file, "vertex_balance", &s->vertex_balance, err));
    if (parts < 1 || parts > INT32_MAX || s->users < 1 || s->movies < 1 || s->edges < 1)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: %" PRId64 " parts, %" PRId64 " users, %" PRId64 " movies, %" PRId64
                       " edges: expected at least 1 of each; the file is damaged",
                       hr_h5_path(file), parts, s->users, s->movies, s->edges));
    s->parts = (int32_t)parts;
done:
    return status;
}

hr_status hr_partition_open(hr_h5 **file, hr_partition_origin *origin, hr_plan_summary *summary,
                            const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_h5_open(file, path, HR_PARTITION_FORMAT, FORMAT_VERSION, err));
    HR_TRY(read_origin(*file, origin, err));
    HR_TRY(read_summary(*file, summary, err));
    HR_TRY(hr_plan_summary_check(*file, summary, err));
done:
    if (status != HR_OK) {
        hr_h5_close(*file);
        *file = NULL;
    }
    return status;
}

hr_status hr_partition_match(const hr_h5 *file, const hr_partition_origin *origin,
                             const hr_plan_summary *summary, const char *fingerprint, double valid_share,
                             hr_graph_size size, hr_error *err)
{
    const char *path = hr_h5_path(file);
    if (strcmp(origin->fingerprint, fingerprint) != 0)
        return hr_fail(
            err, HR_INPUT,
            "%s: cut from the dataset with fingerprint %s, not from this one, %s; cut this one with halorec "
            "partition",
            path, origin->fingerprint, fingerprint);
    if (origin->valid_share != valid_share)
        return hr_fail(err, HR_USAGE,
                       "%s: cut with --valid %g, but --valid is %g here; cut again with --valid %g", path,
                       origin->valid_share, valid_share, valid_share);
    if (summary->users != size.users || summary->movies != size.movies || summary->edges != size.edges)
        return hr_fail(
            err, HR_INPUT,
            "%s: of %" PRId64 " users, %" PRId64 " movies and %" PRId64 " edges, but the dataset has %" PRId64
            ", %" PRId64 " and %" PRId64 "; one of them is damaged",
            path, summary->users, summary->movies, summary->edges, size.users, size.movies, size.edges);
    return HR_OK;
}

hr_status hr_partition_grid(const hr_h5 *file, const hr_plan_summary *summary, const char *asked,
                            int32_t ranks, hr_grid_shape *shape, hr_error *err)
{
    const int32_t parts = summary->parts;
    *shape = (hr_grid_shape){parts, ranks / parts};
    if (*asked) {
        const hr_status status = hr_grid_shape_parse(asked, ranks, shape, err);
        if (status != HR_OK || shape->parts == parts)
            return status;
        return hr_fail(err, HR_USAGE, "%s: has %d parts, but --grid %s wants %d; cut again with --parts %d",
                       hr_h5_path(file), parts, asked, shape->parts, shape->parts);
    }
    if (ranks % parts != 0)
        return hr_fail(
            err, HR_USAGE,
            "%s: has %d parts, but there are %d ranks; start %d ranks or a multiple of that, or cut "
            "again with --parts %d",
            hr_h5_path(file), parts, ranks, parts, ranks);
    return HR_OK;
}
