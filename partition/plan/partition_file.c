#include "partition/plan/partition_file.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { FORMAT_VERSION = 2 };

/* An array of a plan: its name in the file, type, length and content. */
typedef struct array {
    const char *name;
    hr_h5_type type;
    int64_t length;
    const void *data;
} array;

static int64_t type_bytes(hr_h5_type type)
{
    return type == HR_H5_I32 || type == HR_H5_F32 ? (int64_t)sizeof(int32_t) : (int64_t)sizeof(int64_t);
}

static hr_status write_arrays(hr_h5 *file, const array *arrays, size_t count, hr_error *err)
{
    hr_status status = HR_OK;
    for (size_t i = 0; i < count && status == HR_OK; i++)
        status = hr_h5_write(file, arrays[i].name, arrays[i].type, arrays[i].length, 1, arrays[i].data, err);
    return status;
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

hr_status hr_partition_write(const hr_plan *plan, const hr_partition_origin *origin, const char *path,
                             hr_error *err)
{
    assert(hr_plan_is_valid(plan));
    const int64_t parts = plan->parts, vertices = plan->users + plan->movies, ghosts = plan->ghost_ptr[parts];
    const int64_t user_slots = plan->user_slot_ptr[parts];
    const array arrays[] = {
        {"part/vertex_ptr", HR_H5_I64, parts + 1, plan->vertex_ptr},
        {"part/owned_users", HR_H5_I64, parts, plan->owned_users},
        {"part/ghost_ptr", HR_H5_I64, parts + 1, plan->ghost_ptr},
        {"part/user_slot_ptr", HR_H5_I64, parts + 1, plan->user_slot_ptr},
        {"part/movie_slot_ptr", HR_H5_I64, parts + 1, plan->movie_slot_ptr},
        {"part/edge_ptr", HR_H5_I64, parts + 1, plan->edge_ptr},
        {"part/rated_ptr", HR_H5_I64, parts + 1, plan->rated_ptr},
        {"owner", HR_H5_I32, vertices, plan->owner},
        {"vertex/number", HR_H5_I64, vertices, plan->vertex},
        {"vertex/degree", HR_H5_I32, vertices, plan->vertex_degree},
        {"ghost/number", HR_H5_I64, ghosts, plan->ghost},
        {"ghost/owner", HR_H5_I32, ghosts, plan->ghost_owner},
        {"ghost/row", HR_H5_I32, ghosts, plan->ghost_row},
        {"user_slot/row", HR_H5_I32, user_slots, plan->user_row},
        {"user_slot/edges", HR_H5_I64, user_slots, plan->slot_edges},
        {"user_slot/first_edge", HR_H5_I64, user_slots, plan->first_edge},
        {"user_slot/rated", HR_H5_I64, user_slots, plan->slot_rated},
        {"movie_slot/row", HR_H5_I32, plan->movie_slot_ptr[parts], plan->movie_row},
        {"edge/movie", HR_H5_I32, plan->edges, plan->edge_movie},
        {"rated/movie", HR_H5_I32, plan->rated_ptr[parts], plan->rated_movie},
        {"rated/value", HR_H5_F32, plan->rated_value ? plan->rated_ptr[parts] : 0, plan->rated_value},
    };
    const size_t count = sizeof arrays / sizeof *arrays;
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_plan_summary summary;
    int64_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += arrays[i].length * type_bytes(arrays[i].type);
    hr_plan_summarise(plan, &summary);
    HR_TRY(hr_h5_create(&file, path, HR_PARTITION_FORMAT, FORMAT_VERSION, bytes, err));
    HR_TRY(write_attributes(file, &summary, origin, err));
    HR_TRY(write_arrays(file, arrays, count, err));
    HR_TRY(hr_h5_publish(file, err));
done:
    hr_h5_close(file);
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
    if (method < HR_CUT_METIS || method > HR_CUT_RANDOM)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: method %" PRId64 " is not known; the file is damaged",
                       hr_h5_path(file), method));
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
done:
    if (status != HR_OK) {
        hr_h5_close(*file);
        *file = NULL;
    }
    return status;
}

hr_status hr_partition_match(const hr_h5 *file, const hr_partition_origin *origin, const char *fingerprint,
                             double valid_share, hr_error *err)
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
