#include "partition/plan/plan_table.h"

#include "io/base/checked.h"
#include "io/base/memory.h"
#include "io/base/offsets.h"

#include <inttypes.h>

static double largest_over_mean(const int64_t *ptr, int32_t parts)
{
    return (double)hr_offsets_largest(ptr, parts) * parts / (double)ptr[parts];
}

void hr_plan_summarise(const hr_plan *plan, hr_plan_summary *summary)
{
    *summary = (hr_plan_summary){.parts = plan->parts,
                                 .users = plan->users,
                                 .movies = plan->movies,
                                 .edges = plan->edges,
                                 .cut_edges = plan->cut_edges,
                                 .ghosts = plan->ghost_ptr[plan->parts],
                                 .matching = plan->matching,
                                 .usual_halo = plan->usual_halo,
                                 .edge_balance = largest_over_mean(plan->edge_ptr, plan->parts),
                                 .vertex_balance = largest_over_mean(plan->vertex_ptr, plan->parts)};
}

int64_t hr_plan_layer_bytes(const hr_plan_summary *summary, int64_t dim)
{
    return 2 * summary->ghosts * dim * (int64_t)sizeof(float);
}

static void print_part(const hr_plan *plan, int32_t part, FILE *out)
{
    const int64_t owned = plan->vertex_ptr[part + 1] - plan->vertex_ptr[part];
    fprintf(out, "%6d %12" PRId64 " %12" PRId64 " %12" PRId64 " %14" PRId64 "\n", part,
            plan->owned_users[part], owned - plan->owned_users[part],
            plan->ghost_ptr[part + 1] - plan->ghost_ptr[part],
            plan->edge_ptr[part + 1] - plan->edge_ptr[part]);
}

void hr_plan_print(const hr_plan_summary *s, const hr_plan *plan, int64_t dim, FILE *out)
{
    fprintf(out, "parts           %14d\n", s->parts);
    fprintf(out,
            "vertices        %14" PRId64 "  %" PRId64 " users, %" PRId64
            " movies; largest part over mean %.3f\n",
            s->users + s->movies, s->users, s->movies, s->vertex_balance);
    fprintf(out, "edges           %14" PRId64 "  largest part over mean %.3f\n", s->edges, s->edge_balance);
    fprintf(out, "cut edges       %14" PRId64 "  ends with different owners: %.1f %%\n", s->cut_edges,
            100.0 * (double)s->cut_edges / (double)s->edges);
    fprintf(out, "ghosts          %14" PRId64 "  rows that go out, and come back, per layer\n", s->ghosts);
    fprintf(out, "matching        %14" PRId64 "  %s\n", s->matching,
            s->matching == s->ghosts ? "equal: no fewer ghosts are possible"
                                     : "not equal: more ghosts than needed");
    fprintf(out, "rows a layer    %14" PRId64 "  out and back\n", 2 * s->ghosts);
    fprintf(out, "usual halo      %14" PRId64 "  rows a layer if every neighbour were copied\n",
            s->usual_halo);
    fprintf(out, "bytes a layer   %14" PRId64 "  at %" PRId64 " columns, all ranks together\n",
            hr_plan_layer_bytes(s, dim), dim);
    if (!plan)
        return;
    fprintf(out, "\n%6s %12s %12s %12s %14s\n", "part", "users", "movies", "ghosts", "edges");
    for (int32_t p = 0; p < plan->parts; p++)
        print_part(plan, p, out);
}

/* Lengths of the arrays of a partition file, of all parts together. */
typedef struct lengths {
    int64_t parts, offsets, vertices, ghosts, user_slots, movie_slots, edges, rated;
} lengths;

static hr_status expect_length(hr_h5 *file, const char *name, int64_t expected, hr_error *err)
{
    int64_t rows = 0, cols = 0;
    const hr_status status = hr_h5_shape(file, name, &rows, &cols, err);
    if (status != HR_OK || (rows == expected && cols == 1))
        return status;
    return hr_fail(err, HR_INPUT,
                   "%s: the array %s has %" PRId64 " x %" PRId64 " elements, expected %" PRId64
                   " x 1; the file is damaged: cut the dataset again",
                   hr_h5_path(file), name, rows, cols, expected);
}

/* Offsets over parts: from 0, ascending, to *total. */
static hr_status read_total(hr_h5 *file, const char *name, int64_t offsets, int64_t *total, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *ptr = NULL;
    HR_TRY(expect_length(file, name, offsets, err));
    HR_ALLOC(ptr, offsets);
    HR_TRY(hr_h5_read_rows(file, name, HR_H5_I64, 0, offsets, 1, ptr, err));
    for (int64_t p = 0; p < offsets; p++)
        if (p == 0 ? ptr[p] != 0 : ptr[p] < ptr[p - 1])
            HR_TRY(hr_fail(err, HR_INPUT,
                           "%s: %s does not ascend from 0, at part %" PRId64 "; the file is damaged",
                           hr_h5_path(file), name, p));
    *total = ptr[offsets - 1];
done:
    free(ptr);
    return status;
}

static hr_status read_lengths(hr_h5 *file, const hr_plan_summary *s, lengths *l, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t rows = 0;
    *l = (lengths){.parts = s->parts, .offsets = (int64_t)s->parts + 1};
    HR_TRY(read_total(file, "part/vertex_ptr", l->offsets, &l->vertices, err));
    HR_TRY(read_total(file, "part/ghost_ptr", l->offsets, &l->ghosts, err));
    HR_TRY(read_total(file, "part/user_slot_ptr", l->offsets, &l->user_slots, err));
    HR_TRY(read_total(file, "part/movie_slot_ptr", l->offsets, &l->movie_slots, err));
    HR_TRY(read_total(file, "part/edge_ptr", l->offsets, &l->edges, err));
    HR_TRY(read_total(file, "part/rated_ptr", l->offsets, &l->rated, err));
    const bool agree = hr_sum_fits(s->users, s->movies, &rows) && rows == l->vertices &&
                       l->edges == s->edges && l->ghosts == s->ghosts && s->cut_edges >= 0 &&
                       s->cut_edges <= s->edges;
    if (!agree)
        status = hr_fail(err, HR_INPUT,
                         "%s: its parts have %" PRId64 " vertices, %" PRId64 " edges and %" PRId64
                         " ghosts, but it says %" PRId64 " users, %" PRId64 " movies, %" PRId64
                         " edges, %" PRId64 " of them cut, and %" PRId64 " ghosts; the file is damaged",
                         hr_h5_path(file), l->vertices, l->edges, l->ghosts, s->users, s->movies, s->edges,
                         s->cut_edges, s->ghosts);
done:
    return status;
}

hr_status hr_plan_summary_check(hr_h5 *file, const hr_plan_summary *summary, hr_error *err)
{
    hr_status status = HR_OK;
    lengths l;
    int64_t values = 0;
    HR_TRY(read_lengths(file, summary, &l, err));
    const struct {
        const char *name;
        int64_t length;
    } arrays[] = {{"part/owned_users", l.parts},
                  {"owner", l.vertices},
                  {"vertex/number", l.vertices},
                  {"vertex/degree", l.vertices},
                  {"ghost/number", l.ghosts},
                  {"ghost/owner", l.ghosts},
                  {"ghost/row", l.ghosts},
                  {"user_slot/row", l.user_slots},
                  {"user_slot/edges", l.user_slots},
                  {"user_slot/rated", l.user_slots},
                  {"user_slot/first_edge", l.user_slots},
                  {"movie_slot/row", l.movie_slots},
                  {"edge/movie", l.edges},
                  {"rated/movie", l.rated}};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        HR_TRY(expect_length(file, arrays[i].name, arrays[i].length, err));
    HR_TRY(hr_h5_shape(file, "rated/value", &values, NULL, err));
    HR_TRY(expect_length(file, "rated/value", values == 0 ? 0 : l.rated, err)); /* none of a graph without */
done:
    return status;
}
